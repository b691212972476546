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


def readings_layout(table: Readings) -> Iterator[Line | Columns]:
    """Return, for each authority on which readings part, its verdict on every choice of them."""
    yield from head_lines(table.title, table.receipt, table.option)
    if table.unmodelled:
        yield _BLANK
        yield from unmodelled_lines(table.unmodelled)
    if not table.authorities and not table.powers:
        yield _BLANK
        yield line(("The readings that are admitted part on no authority.", "heading"))
    told: set[str] = set()
    for parted in (*table.authorities, *table.powers):
        yield _BLANK
        yield line((parted.title, "heading"), ": ", _verdict(parted, parted, table))
        yield from _questions(parted, table, told)
        yield Columns(
            rows=tuple(_table(parted, table)),
            instead=tuple(_list(parted, table)),
            indent=2,
            aligned=True,
            caption="Side by side",
        )
    if table.left_out:
        yield _BLANK
        yield line(("Left out, and would change a verdict", "heading"), " (the option at the end of a line shows it)")
        left = (
            (table.titles[name] + aside_words(apart_from(table.unmodelled, name)), reading)
            for name, some in table.left_out.items()
            for reading in some
        )
        yield from left_out_lines(left, table.questions, table.holders, 2)
    yield _BLANK
    yield from scenario_lines(table.disclaimer, table.scenario, table.receipt)


def _verdict(standing: OnReadings | ReadVerdict, of: OnReadings, table: Readings) -> Span:
    words = possible_words(standing.verdict, standing.possible, standing.hedges) + apart(table.unmodelled, of.id)
    return words, STYLE_OF[standing.verdict]


def _questions(parted: OnReadings, table: Readings, told: set[str]) -> Iterator[Line]:
    """Return what the readings of the questions say, each question once in a table."""
    for name in parted.questions:
        question = table.questions[name]
        yield line(f"{name}: {question.text}", indent=2)
        for reading, text in question.readings.items():
            if text.admitted and name not in told:
                whose = holder_words(text, table.holders)
                yield line((f"{reading}: {text.text} ({whose})", "quiet"), indent=4)
        if question.note and name not in told:
            yield line((question.note, "quiet"), indent=4)
        told.add(name)


def _table(parted: OnReadings, table: Readings) -> Iterator[tuple[tuple[Line, ...], ...]]:
    heads = [*((name, "title") for name in parted.questions), ("verdict", "title")]
    yield tuple((line(head, hang=0),) for head in heads)
    for choice in parted.choices:
        cells = [*((_read(name, choice, table), "") for name in parted.questions), _verdict(choice, parted, table)]
        yield tuple((line(cell, hang=0),) for cell in cells)


def _list(parted: OnReadings, table: Readings) -> Iterator[Line]:
    for choice in parted.choices:
        chosen = ", ".join(f"{name} {_read(name, choice, table)}" for name in parted.questions)
        yield line(f"on {chosen}: ", _verdict(choice, parted, table), indent=2)


def _read(question: str, choice: ReadVerdict, table: Readings) -> str:
    """Return the reading of a question in a choice, and whose it is."""
    name = choice.readings[question]
    return f"{name} ({holder_words(table.questions[question].readings[name], table.holders)})"
