"""An answer as Markdown: the same sections as the text, with the passages as footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.answer.answer import Answer, Finding, Kind, Outcome
from authcheck.answer.support import carrying
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.markdown import Footnotes, escaped
from authcheck.rendering.words import DUTY_WORDS, holders, possible_words, unsettled_words, verdict_span

__all__ = ["answer_markdown"]


def answer_markdown(answer: Answer, notes: Footnotes) -> str:
    """Return the answer as Markdown, ending in a newline. Answers that stand in one document share its footnotes."""
    return "\n".join([*_body(answer, notes), *notes.written(answer.passages)]) + "\n"


def _body(answer: Answer, notes: Footnotes) -> Iterator[str]:
    receipt = answer.receipt
    chosen = f"lens `{receipt.lens}`, " + "".join(
        f"reading `{question}={name}`, " for question, name in receipt.readings.items()
    )
    yield f"# {escaped(answer.title)}"
    yield ""
    yield f"As of {receipt.as_of}, {chosen}unstated facts `{receipt.unstated.value}`."
    yield from _powers(answer, notes)
    yield from _verdicts(answer, notes)
    yield from _contested(answer, notes)
    if answer.duties:
        yield from ("", "## Duties and clocks", "")
        for duty in answer.duties:
            due = f", {escaped(duty.due_words)}" if duty.due_words else ""
            on = f": {duty.due}" if duty.due else ""
            by = f"({escaped(duty.by)}{due}{on})"
            yield f"- **{DUTY_WORDS[duty.state]}**: {escaped(duty.text)} {by}{notes.cite(duty.passages)}"
    if answer.options:
        yield from ("", "## Courses of action", "")
        for name, option in answer.options.items():
            relies = ", ".join(f"`{one}`" for one in option.relies_on) or "nothing available"
            unsettled = [unsettled_words(answer.powers[power].title, one) for power, one in option.unsettled.items()]
            gaps = [answer.powers[power].title for power in option.gaps]
            yield f"- **{escaped(name)}**: relies on {relies}.{_listed('Unsettled', unsettled)}{_listed('Gaps', gaps)}"
    if answer.cautions:
        yield from ("", "## Cautions", "")
        for caution in answer.cautions:
            perhaps = "" if caution.holds else " (depends on facts not known)"
            yield f"- {escaped(caution.text)}{perhaps}{notes.cite(caution.passages)}"
    if answer.assumed:
        yield from ("", "## Assumed, since not stated", "")
        yield from (f"- `{one.fact}`: {escaped(one.value)}" for one in answer.assumed)
    yield from ("", f"*{escaped(answer.disclaimer)}*", "")
    yield (
        f"{receipt.tool} {receipt.version}; pack `{receipt.pack}` {receipt.pack_version} "
        f"`{receipt.pack_digest[7:19]}`; scenario `{receipt.scenario_digest[7:19]}`."
    )
    yield ""


def _listed(word: str, titles: Sequence[str]) -> str:
    return f" {word}: {escaped('; '.join(titles))}." if titles else ""


def _powers(answer: Answer, notes: Footnotes) -> Iterator[str]:
    yield from ("", "## What it would rely on", "")
    needed = [one for one in answer.powers.values() if one.needed is not Need.NOT_NEEDED]
    for power in needed:
        verdict = "a gap" if power.gap else possible_words(power.verdict or Verdict.UNAVAILABLE, power.possible)
        yield f"- **{escaped(power.title)}**: {verdict}{notes.cite(power.passages)}"
        for name, found in power.sources.items():
            if found in {Verdict.AVAILABLE, Verdict.CONTESTED}:
                one = answer.authorities[name]
                yield f"  - {escaped(one.title)}: {found.value}{notes.cite(carrying(one, answer))}"
            elif found is Verdict.UNDETERMINED and power.verdict is not Verdict.AVAILABLE:
                one = answer.authorities[name]
                yield f"  - {escaped(one.title)}: {possible_words(found, one.possible)}"
        for name, found in power.through.items():
            yield f"  - through {escaped(answer.authorities[name].title)}: {found.value}"
        for note in power.not_called_for:
            yield f"  - {escaped(note.text)}{notes.cite(note.passages)}"
    if not needed:
        yield "Nothing that is described needs a power that the documents speak of."


def _verdicts(answer: Answer, notes: Footnotes) -> Iterator[str]:
    yield from ("", "## Every authority", "", "| authority | verdict | why |", "|---|---|---|")
    for one in answer.authorities.values():
        misread = [note for note in one.does_not_supply if answer.powers[note.power].needed is not Need.NOT_NEEDED]
        why = escaped(one.reason) + "".join(f" {escaped(note.text)}{notes.cite(note.passages)}" for note in misread)
        # What does not take place is not decided by an element.
        decided = _deciding(one.tree) if one.verdict is not Verdict.NOT_ENGAGED else ()
        yield f"| {escaped(one.title)} | {escaped(verdict_span(one)[0])} | {why}{notes.cite(decided)} |"


def _deciding(tree: Finding) -> Iterator[str]:
    """Return the passages of the elements that are not met, silent or open."""
    for ground in tree.parts:
        for element in ground.parts if ground.kind is Kind.GROUND else ():
            if element.kind is Kind.ELEMENT and element.outcome is not Outcome.TRUE:
                yield from element.passages


def _contested(answer: Answer, notes: Footnotes) -> Iterator[str]:
    decided = {name: one for name, one in answer.disputes.items() if one.decides}
    if decided:
        yield from ("", "## Who holds what", "")
    for dispute in decided.values():
        yield f"**{escaped(dispute.text)}**"
        yield ""
        for reading in dispute.readings.values():
            left = "" if reading.admitted else " (left out by the lens)"
            yield f"- {escaped(holders(reading, answer))}: {escaped(reading.text)}{left}{notes.cite(reading.passages)}"
        if dispute.note:
            yield f"- {escaped(dispute.note)}"
        yield ""
