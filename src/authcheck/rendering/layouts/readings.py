"""The verdicts on every choice of readings as text."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer.unmodelled import apart_from
from authcheck.asking.contrast.readings import OnReadings, Readings, ReadVerdict
from authcheck.rendering.layout import Columns, Line, Span, line
from authcheck.rendering.layouts.crux import left_out_lines
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import STYLE_OF, apart, aside_words, holder_words, possible_words

__all__ = ["readings_layout"]

_BLANK = Line()


def readings_layout(found: Readings) -> Iterator[Line | Columns]:
    """Return, for each authority on which readings part, its verdict on every choice of them."""
    yield from head_lines(found.title, found.receipt, found.option)
    if found.unmodelled:
        yield _BLANK
        yield from unmodelled_lines(found.unmodelled)
    if not found.authorities and not found.powers:
        yield _BLANK
        yield line(("The readings that are admitted part on no authority.", "heading"))
    told: set[str] = set()
    for one in (*found.authorities, *found.powers):
        yield _BLANK
        yield line((one.title, "heading"), ": ", _verdict(one, one, found))
        yield from _questions(one, found, told)
        yield Columns(
            rows=tuple(_table(one, found)),
            instead=tuple(_list(one, found)),
            indent=2,
            aligned=True,
            caption="Side by side",
        )
    if found.left_out:
        yield _BLANK
        yield line(("Left out, and would change a verdict", "heading"), " (the option at the end of a line shows it)")
        left = (
            (found.titles[name] + aside_words(apart_from(found.unmodelled, name)), each)
            for name, some in found.left_out.items()
            for each in some
        )
        yield from left_out_lines(left, found.questions, found.holders, 2)
    yield _BLANK
    yield from scenario_lines(found.disclaimer, found.scenario, found.receipt)


def _verdict(one: OnReadings | ReadVerdict, of: OnReadings, found: Readings) -> Span:
    words = possible_words(one.verdict, one.possible, one.hedges) + apart(found.unmodelled, of.id)
    return words, STYLE_OF[one.verdict]


def _questions(one: OnReadings, found: Readings, told: set[str]) -> Iterator[Line]:
    """Return what the readings of the questions say, each question once in a table."""
    for name in one.questions:
        question = found.questions[name]
        yield line(f"{name}: {question.text}", indent=2)
        for reading, text in question.readings.items():
            if text.admitted and name not in told:
                whose = holder_words(text, found.holders)
                yield line((f"{reading}: {text.text} ({whose})", "quiet"), indent=4)
        if question.note and name not in told:
            yield line((question.note, "quiet"), indent=4)
        told.add(name)


def _table(one: OnReadings, found: Readings) -> Iterator[tuple[tuple[Line, ...], ...]]:
    heads = [*((name, "title") for name in one.questions), ("verdict", "title")]
    yield tuple((line(head, hang=0),) for head in heads)
    for choice in one.choices:
        cells = [*((_read(name, choice, found), "") for name in one.questions), _verdict(choice, one, found)]
        yield tuple((line(cell, hang=0),) for cell in cells)


def _list(one: OnReadings, found: Readings) -> Iterator[Line]:
    for choice in one.choices:
        chosen = ", ".join(f"{name} {_read(name, choice, found)}" for name in one.questions)
        yield line(f"on {chosen}: ", _verdict(choice, one, found), indent=2)


def _read(question: str, choice: ReadVerdict, found: Readings) -> str:
    """Return the reading of a question in a choice, and whose it is."""
    name = choice.readings[question]
    return f"{name} ({holder_words(found.questions[question].readings[name], found.holders)})"
