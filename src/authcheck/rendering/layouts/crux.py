"""The crux of a contested verdict as text: on what the readings part, what they share, and who holds what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from authcheck.answer.answer import (
    Answer,
    AuthorityAnswer,
    Dispute,
    Finding,
    Kind,
    LeftOut,
    Parting,
    PowerAnswer,
)
from authcheck.answer.hedges import said_by
from authcheck.answer.support import passages_on
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Columns, Line, Span, line
from authcheck.rendering.words import (
    STYLE_OF,
    apart_words,
    hedged,
    holder_words,
    holders,
    inference_words,
    left_out_words,
    possible_words,
    quoted,
)
from authcheck.wording import spoken

__all__ = ["crux_lines", "left_out_lines", "note_lines", "power_crux_lines", "verdict_on"]

# A terminal at least as wide shows readings side by side, and each of them at least so wide.
WIDE, COLUMN = 100, 40


def crux_lines(
    authority: AuthorityAnswer, questions: Collection[str], answer: Answer, shown: set[str], indent: int
) -> Iterator[Line | Columns]:
    """Return these crux questions of an authority, each with where the readings part, and who holds what.

    The words behind the readings stand once in an answer: `shown` takes the questions whose words have been given.
    """
    for question in questions:
        shared = _shared(authority, question)
        if shared:
            yield line(f"met on every reading that the lens admits: {' '.join(shared)}", indent=indent)
        yield line(f"the crux: {answer.disputes[question].text}", *_turning(authority, question), indent=indent)
        cells = tuple(
            tuple(_reading(question, name, authority, answer, quotes=question not in shown))
            for name, reading in answer.disputes[question].readings.items()
            if reading.admitted
        )
        yield Columns(
            rows=(cells,),
            instead=tuple(replace(part, indent=part.indent + indent + 2) for cell in cells for part in cell),
            indent=indent + 2,
            gap=3,
            least=max(WIDE, COLUMN * len(cells)),
        )
        yield from note_lines(question, answer, shown, indent + 2)
        shown.add(question)
    if questions and not any(Verdict.AVAILABLE in under.possible for under in authority.readings):
        yield line("no reading makes it available; they differ only on why", indent=indent)


def verdict_on(thing: AuthorityAnswer | PowerAnswer, question: str, reading: str, answer: Answer) -> Span:
    """Return the verdict on one reading, with the hedges that its holders say.

    Where other questions bear on it too, it is all that it may then be.
    """
    under = [one for one in thing.readings if one.readings[question] == reading]
    view = answer.disputes[question].readings[reading]
    names = {answer.holders[holder] for holder in view.holders}
    said = said_by((hedge for one in under for hedge in one.hedges), names, view.passages, answer.passages)
    hedges = dict.fromkeys(hedge.words for hedge in said)
    if len({one.possible for one in under}) == 1:
        return possible_words(under[0].verdict, under[0].possible, hedges), STYLE_OF[under[0].verdict]
    found = [spoken(verdict.value) for verdict in Verdict if any(verdict in one.possible for one in under)]
    return f"{hedged(' or '.join(found), hedges)}, by how the other questions are read", STYLE_OF[Verdict.CONTESTED]


def power_crux_lines(power: PowerAnswer, answer: Answer, indent: int) -> Iterator[Line]:
    """Return each question on whose reading something supplies the power or does not, with who holds what."""
    for question in power.crux:
        dispute = answer.disputes[question]
        yield line(f"the crux: {dispute.text}", indent=indent)
        for name, reading in dispute.readings.items():
            if any(under.readings[question] == name for under in power.readings):
                whose = (f"{holders(reading, answer)}: ", "title")
                words, _ = verdict_on(power, question, name, answer)
                yield line(whose, f"{reading.text} → {words}", indent=indent + 2)


def note_lines(question: str, answer: Answer, shown: Collection[str], indent: int) -> Iterator[Line]:
    """Return what is to be noted on a question, once in an answer: `shown` has the questions already told."""
    note = answer.disputes[question].note
    if note and question not in shown:
        yield line((note, "quiet"), indent=indent)


def left_out_lines(
    left_out: Iterable[tuple[str, LeftOut]], disputes: Mapping[str, Dispute], names: Mapping[str, str], indent: int
) -> Iterator[Line]:
    """Return, for each title of an authority, a reading that is left out, and the option that shows it."""
    for title, left in left_out:
        reading = disputes[left.question].readings[left.reading]
        yield line(
            f"on {title}, {holder_words(reading, names)}: {reading.text} → ",
            (left_out_words(left), STYLE_OF[left.verdict]),
            f" (`--reading {left.question}={left.reading}`)",
            indent=indent,
        )


def _reading(question: str, name: str, authority: AuthorityAnswer, answer: Answer, *, quotes: bool) -> Iterator[Line]:
    """Return what a reading says, who holds it, what the authority is on it, and the words."""
    found = answer.disputes[question].readings[name]
    words, _ = verdict_on(authority, question, name, answer)
    yield line((f"{holders(found, answer)}: ", "title"), f"{found.text} → {words}{apart_words(authority.apart_from)}")
    if found.inferred:
        step = inference_words(found.inferred, (answer.passages[passage] for passage in found.passages))
        yield line((step, "quiet"), indent=2)
    for passage in passages_on(authority, question, name, answer) if quotes else ():
        yield line(*quoted(answer.passages[passage]), indent=2)


_TURNING = {
    Kind.ELEMENT: "It turns on",
    Kind.GROUND: "It turns on whether there is this ground",
    Kind.DISPLACEMENT: "It turns on whether this makes it fall away",
}


def _turning(authority: AuthorityAnswer, question: str) -> Iterator[str]:
    for part in authority.partings:
        if part.question == question:
            yield f" {_TURNING[part.kind]}: {part.text.rstrip('.')}."


def _shared(authority: AuthorityAnswer, question: str) -> list[str]:
    """Return the texts of the elements that are met on every reading, where the readings of a question part."""
    asked = [part for part in authority.partings if part.question == question]
    return list(dict.fromkeys(text for part in asked for text in _texts(part, authority.tree.parts)))


def _texts(part: Parting, grounds: Iterable[Finding]) -> Iterator[str]:
    for ground in grounds:
        if ground.kind is Kind.GROUND and ground.id == part.ground:
            yield from (
                element.text for element in ground.parts if element.kind is Kind.ELEMENT and element.id in part.shared
            )
