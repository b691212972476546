"""The variants of a scenario as text: what is changed, what that alters and on what it turns, and how to try it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.answer.answer import Kind
from authcheck.answer.hedges import Hedge
from authcheck.asking.variants import Alteration, ConditionChange, Effect, Variant, Variants
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.receipt import activity_words, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import apart, before_words, either, hedged, lens_words, value_words, verdict_tone

__all__ = ["variants_layout"]


def variants_layout(found: Variants, files: Iterable[str] = ()) -> Iterator[Line]:
    """Return the variants, numbered, each under the file that it was written to, if it was."""
    receipt = found.receipt
    option = (f" · option {found.option}" if found.option else "") + activity_words(receipt)
    yield line((found.title, "title"))
    yield line((f"as of {receipt.as_of}{option} · {lens_words(receipt)} · unstated {receipt.unstated.value}", "quiet"))
    yield from unmodelled_lines(found.unmodelled)
    yield line(_counts(found))
    named = [*files] or [""] * len(found.variants)
    for number, (variant, file) in enumerate(zip(found.variants, named, strict=True), start=1):
        yield Line()
        yield from _variant(number, variant, found, file)
    every = found.of_one_fact + found.of_two_facts
    if len(named) < every:
        yield Line()
        yield line((f"`--number {every}` lists more", "quiet"))
    yield Line()
    yield from scenario_lines(found.disclaimer, found.scenario, receipt)


def _counts(found: Variants) -> str:
    every = found.of_one_fact + found.of_two_facts
    what = f"a verdict or a crux{' of ' if found.authorities else ''}{' or '.join(found.authorities)}"
    if not every:
        return f"no change of one or two facts alters {what}"
    sizes = f"{found.of_one_fact} of one fact, {found.of_two_facts} of two"
    shown = "" if len(found.variants) == every else f"; the {len(found.variants)} that teach most"
    return f"changes that alter {what}: {sizes}{shown}"


def _variant(number: int, variant: Variant, found: Variants, file: str) -> Iterator[Line]:
    for count, change in enumerate(variant.changes):
        changed = (f"{before_words(change)} → {value_words(change.after)}", "title")
        asked = f"{change.question} "
        yield line(asked, changed, indent=3) if count else line((f"{number}. ", "number"), asked, changed, hang=3)
    if variant.no_longer_apply:
        yield line("no longer asked: ", " ".join(one.question for one in variant.no_longer_apply), indent=3)
    for count, one in enumerate(variant.alterations):
        yield from _alteration(one, found, in_full=count == 0)
    if variant.alike:
        yield line(("the same with: ", "quiet"), "; ".join(variant.alike), indent=3)
    stated = [*variant.changes, *variant.no_longer_apply]
    yield line(" ".join(f"--set {one.setting}" for one in stated), indent=3)
    if file:
        yield line(f"written to {file}", indent=3)


def _alteration(one: Alteration, found: Variants, *, in_full: bool) -> Iterator[Line]:
    effect = [_EFFECT.get(one.effect, ""), "only by both together" if one.only_together else ""]
    said = ", ".join(words for words in effect if words)
    yield line(
        f"{one.title}: ",
        _verdict(one, one.before, one.possible_before, one.hedges_before),
        " → ",
        _verdict(one, one.after, one.possible_after, one.hedges_after),
        f" ({said})" if said else "",
        apart(found.unmodelled, one.authority),
        indent=3,
    )
    if one.crux_after != one.crux_before:
        for name in one.crux_after:
            yield line(f"the crux: {found.questions[name]}", indent=5)
    for turn in one.turns if in_full else ():
        # That it is engaged, or not, the verdicts say.
        if turn.kind is not Kind.GOVERNS:
            yield line(_turn(turn), indent=5)


def _verdict(one: Alteration, verdict: Verdict, possible: Iterable[Verdict], hedges: Iterable[Hedge]) -> Span:
    open_words = f" ({either(possible)})" if verdict is Verdict.UNDETERMINED else ""
    return hedged(one.words(verdict) + open_words, hedges), verdict_tone(verdict, one.in_effect)


def _turn(turn: ConditionChange) -> str:
    text = f"It falls away: {turn.text}" if turn.kind is Kind.DISPLACEMENT else turn.text
    named = f" [{turn.id}]" if turn.kind in {Kind.ELEMENT, Kind.EXCEPTION} else ""
    return f"{turn.words}: {text}{named}"


# Of the other effects the two verdicts say enough.
_EFFECT: Mapping[Effect, str] = {
    Effect.GAINED: "gained",
    Effect.LOST: "lost",
    Effect.DISPUTE_SETTLED: "the dispute is settled",
    Effect.DISPUTE_OPENED: "a dispute opens",
    Effect.DISPUTE_MOVED: "the readings part elsewhere",
}
