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


def variants_layout(variants: Variants, files: Iterable[str] = ()) -> Iterator[Line]:
    """Return the variants, numbered, each under the file that it was written to, if it was."""
    receipt = variants.receipt
    option = (f" · option {variants.option}" if variants.option else "") + activity_words(receipt)
    yield line((variants.title, "title"))
    yield line((f"as of {receipt.as_of}{option} · {lens_words(receipt)} · unstated {receipt.unstated.value}", "quiet"))
    yield from unmodelled_lines(variants.unmodelled)
    yield line(_counts(variants))
    named = [*files] or [""] * len(variants.variants)
    for number, (variant, file) in enumerate(zip(variants.variants, named, strict=True), start=1):
        yield Line()
        yield from _variant(number, variant, variants, file)
    every = variants.of_one_fact + variants.of_two_facts
    if len(named) < every:
        yield Line()
        yield line((f"`--number {every}` lists more", "quiet"))
    yield Line()
    yield from scenario_lines(variants.disclaimer, variants.scenario, receipt)


def _counts(variants: Variants) -> str:
    every = variants.of_one_fact + variants.of_two_facts
    what = f"a verdict or a crux{' of ' if variants.authorities else ''}{' or '.join(variants.authorities)}"
    if not every:
        return f"no change of one or two facts alters {what}"
    sizes = f"{variants.of_one_fact} of one fact, {variants.of_two_facts} of two"
    shown = "" if len(variants.variants) == every else f"; the {len(variants.variants)} that teach most"
    return f"changes that alter {what}: {sizes}{shown}"


def _variant(number: int, variant: Variant, variants: Variants, file: str) -> Iterator[Line]:
    for count, change in enumerate(variant.changes):
        changed = (f"{before_words(change)} → {value_words(change.after)}", "title")
        asked = f"{change.question} "
        yield line(asked, changed, indent=3) if count else line((f"{number}. ", "number"), asked, changed, hang=3)
    if variant.no_longer_apply:
        yield line("no longer asked: ", " ".join(change.question for change in variant.no_longer_apply), indent=3)
    for count, alteration in enumerate(variant.alterations):
        yield from _alteration(alteration, variants, in_full=count == 0)
    if variant.alike:
        yield line(("the same with: ", "quiet"), "; ".join(variant.alike), indent=3)
    stated = [*variant.changes, *variant.no_longer_apply]
    yield line(" ".join(f"--set {fact.setting}" for fact in stated), indent=3)
    if file:
        yield line(f"written to {file}", indent=3)


def _alteration(alteration: Alteration, variants: Variants, *, in_full: bool) -> Iterator[Line]:
    effect = [_EFFECT.get(alteration.effect, ""), "only by both together" if alteration.only_together else ""]
    said = ", ".join(words for words in effect if words)
    yield line(
        f"{alteration.title}: ",
        _verdict(alteration, alteration.before, alteration.possible_before, alteration.hedges_before),
        " → ",
        _verdict(alteration, alteration.after, alteration.possible_after, alteration.hedges_after),
        f" ({said})" if said else "",
        apart(variants.unmodelled, alteration.authority),
        indent=3,
    )
    if alteration.crux_after != alteration.crux_before:
        for name in alteration.crux_after:
            yield line(f"the crux: {variants.questions[name]}", indent=5)
    for turn in alteration.turns if in_full else ():
        # That it is engaged, or not, the verdicts say.
        if turn.kind is not Kind.GOVERNS:
            yield line(_turn(turn), indent=5)


def _verdict(alteration: Alteration, verdict: Verdict, possible: Iterable[Verdict], hedges: Iterable[Hedge]) -> Span:
    open_words = f" ({either(possible)})" if verdict is Verdict.UNDETERMINED else ""
    return hedged(alteration.words(verdict) + open_words, hedges), verdict_tone(verdict, alteration.in_effect)


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
