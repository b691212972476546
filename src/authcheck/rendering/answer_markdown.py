"""An answer as Markdown: the same sections as the text, with the passages as footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from authcheck.loading.files import printable
from authcheck.model.answer import Answer, AuthorityAnswer, Finding, Need, Outcome, Verdict
from authcheck.rendering.words import holders, possible_words, quoted, verdict_span

__all__ = ["answer_markdown"]

_Cite: TypeAlias = Callable[[Iterable[str]], str]


def answer_markdown(answer: Answer) -> str:
    """Return one Markdown document, ending in a newline."""
    notes: dict[str, int] = {}

    def cite(passages: Iterable[str]) -> str:
        return "".join(f"[^{notes.setdefault(one, len(notes) + 1)}]" for one in dict.fromkeys(passages))

    body = list(_body(answer, cite))
    for passage, number in notes.items():
        body.append(f"[^{number}]: {_text(''.join(words for words, _ in quoted(answer.passages[passage])))}")
    return "\n".join(body) + "\n"


def _text(words: str) -> str:
    """Return words of a file with nothing left that Markdown would take for its own."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", printable(words))


def _body(answer: Answer, cite: _Cite) -> Iterator[str]:
    receipt = answer.receipt
    chosen = f"lens `{receipt.lens}`, " + "".join(
        f"reading `{question}={name}`, " for question, name in receipt.readings.items()
    )
    yield f"# {_text(answer.title)}"
    yield ""
    yield f"As of {receipt.as_of}, {chosen}unstated facts `{receipt.unstated}`."
    yield from _powers(answer, cite)
    yield from _verdicts(answer, cite)
    yield from _contested(answer, cite)
    if answer.duties:
        yield from ("", "## Duties and clocks", "")
        for duty in answer.duties:
            due = f", {duty.due_words}" if duty.due_words else ""
            on = f" ({duty.due})" if duty.due else ""
            words = f"{_text(duty.text)} {_text(duty.by)}{_text(due)}{on}."
            yield f"- **{duty.state.value}**: {words}{cite(duty.passages)}"
    if answer.options:
        yield from ("", "## Courses of action", "")
        for name, option in answer.options.items():
            relies = ", ".join(f"`{one}`" for one in option.relies_on) or "nothing available"
            yield f"- **{_text(name)}**: relies on {relies}."
    if answer.cautions:
        yield from ("", "## Cautions", "")
        for caution in answer.cautions:
            perhaps = "" if caution.holds else " (depends on facts not known)"
            yield f"- {_text(caution.text)}{perhaps}{cite(caution.passages)}"
    if answer.assumed:
        yield from ("", "## Assumed, since not stated", "")
        yield from (f"- `{one.fact}`: {_text(one.value)}" for one in answer.assumed)
    yield from ("", f"*{_text(answer.disclaimer)}*", "")
    yield (
        f"{receipt.tool} {receipt.version}; pack `{receipt.pack}` {receipt.pack_version} "
        f"`{receipt.pack_digest[7:19]}`; scenario `{receipt.scenario_digest[7:19]}`."
    )
    yield ""


def _powers(answer: Answer, cite: _Cite) -> Iterator[str]:
    yield from ("", "## What it would rely on", "")
    needed = [one for one in answer.powers.values() if one.needed is not Need.NOT_NEEDED]
    for power in needed:
        verdict = "a gap" if power.gap else possible_words(power.verdict or Verdict.UNAVAILABLE, power.possible)
        yield f"- **{_text(power.title)}**: {verdict}{cite(power.passages)}"
        for name, found in power.sources.items():
            if found in {Verdict.AVAILABLE, Verdict.CONTESTED}:
                one = answer.authorities[name]
                yield f"  - {_text(one.title)}: {found.value}{cite(_carrying(one))}"
        for name, found in power.through.items():
            yield f"  - through {_text(answer.authorities[name].title)}: {found.value}"
        for note in power.not_called_for:
            yield f"  - {_text(note.text)}{cite(note.passages)}"
    if not needed:
        yield "Nothing that is described needs a power that the documents speak of."


def _carrying(one: AuthorityAnswer) -> Iterator[str]:
    for ground in one.tree.parts:
        if ground.kind == "ground" and ground.outcome in {Outcome.TRUE, Outcome.CONTESTED}:
            for element in ground.parts:
                yield from element.passages


def _verdicts(answer: Answer, cite: _Cite) -> Iterator[str]:
    yield from ("", "## Every authority", "", "| authority | verdict | why |", "|---|---|---|")
    for one in answer.authorities.values():
        misread = [note for note in one.does_not_supply if answer.powers[note.power].needed is not Need.NOT_NEEDED]
        why = _text(one.reason) + "".join(f" {_text(note.text)}{cite(note.passages)}" for note in misread)
        yield f"| {_text(one.title)} | {verdict_span(one)[0]} | {why}{cite(_deciding(one.tree))} |"


def _deciding(tree: Finding) -> Iterator[str]:
    """Return the passages of the elements that are not met, silent or open."""
    for ground in tree.parts:
        for element in ground.parts if ground.kind == "ground" else ():
            if element.kind == "element" and element.outcome is not Outcome.TRUE:
                yield from element.passages


def _contested(answer: Answer, cite: _Cite) -> Iterator[str]:
    decided = {name: one for name, one in answer.disputes.items() if one.decides}
    if decided:
        yield from ("", "## Who holds what", "")
    for dispute in decided.values():
        yield f"**{_text(dispute.text)}**"
        yield ""
        for reading in dispute.readings.values():
            left = "" if reading.admitted else " (left out by the lens)"
            yield f"- {_text(holders(reading, answer))}: {_text(reading.text)}{left}{cite(reading.passages)}"
        if dispute.note:
            yield f"- {_text(dispute.note)}"
        yield ""
