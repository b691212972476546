"""What would settle the open verdicts, and turn the others, as text: the question to ask first, then each authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from authcheck.answer import DEFAULT_LENS
from authcheck.asking.settling import (
    AuthoritySettlement,
    FactStated,
    IfStated,
    OpenFact,
    PowerSettlement,
    Settlement,
    Step,
    Turning,
    Turnings,
)
from authcheck.decision.decision import DaySource
from authcheck.model.scenario import Unstated
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import (
    STYLE_OF,
    apart,
    before_words,
    doubts,
    hedged,
    number_words,
    power_tone,
    standing_words,
    supply_words,
    value_words,
    verdict_tone,
)
from authcheck.wording import listed, spoken

__all__ = ["settlement_layout"]

_BLANK = Line()

# So many facts to ask for are shown, and changes of so many steps together; the JSON has all.
_FEW = 6


def settlement_layout(settlement: Settlement) -> Iterator[Line]:
    """Return what would settle each open verdict, the most useful first, and what would turn each of the others."""
    receipt = settlement.receipt
    yield from head_lines(settlement.title, receipt, settlement.option)
    ordered = sorted(
        settlement.authorities, key=lambda name: settlement.authorities[name].verdict is not Verdict.UNDETERMINED
    )
    told = (
        _authority(settlement.authorities[name], apart(settlement.unmodelled, name), settlement.holders)
        for name in ordered
    )
    powers = (_power(power) for power in settlement.powers.values())
    sections = (
        unmodelled_lines(settlement.unmodelled),
        *powers,
        _order(settlement),
        *told,
        _left_out(settlement),
        _how_to_try(settlement),
    )
    for section in sections:
        lines = list(section)
        if lines:
            yield _BLANK
            yield from lines
    yield _BLANK
    yield from scenario_lines(settlement.disclaimer, settlement.scenario, receipt, f"unstated {receipt.unstated.value}")


def _power(power: PowerSettlement) -> Iterator[Line]:
    """Return what a power is, and what would settle or turn it; who supplies it follows, one by one."""
    if power.verdict is None:
        yield line((power.title, "heading"), ": not needed for what is described")
        return
    perhaps = " (perhaps needed)" if power.needed is Need.PERHAPS else ""
    yield line((power.title, "heading"), perhaps, ": ", (supply_words(power), power_tone(power)))
    if power.ask:
        yield from _needed(power.ask, power.possible)
    if power.turned_by:
        yield line("What turns it, of the smallest changes of what supplies it", indent=2)
        for number, turning in enumerate(power.turned_by[:_FEW], start=1):
            yield line(f"{number}. It would be ", *_verdicts(turning), " if", indent=4)
            for step in turning.steps:
                yield from _step(step, 7)
    elif not power.ask:
        nothing = "None of the smallest changes of what supplies it, which follow, turns it alone."
        yield line(nothing if power.sources else "Nothing supplies it.", indent=2)


def _order(settlement: Settlement) -> Iterator[Line]:
    """Return the facts to ask for, where several authorities are open, neighbours that bear on the same together."""
    if sum(authority.verdict is Verdict.UNDETERMINED for authority in settlement.authorities.values()) < 2:  # noqa: PLR2004 - several.
        return
    yield line(("To settle all that is open, ask in this order", "heading"))
    titles = ""
    for number, fact in enumerate(settlement.ask[:_FEW], start=1):
        before, titles = titles, "; ".join(settlement.authorities[name].title for name in fact.outcomes)
        if titles != before:
            yield line((f"for {titles}", "quiet"), indent=2)
        yield line((f"{number}. ", "number"), *_asked(fact), indent=4, hang=3)
    if len(settlement.ask) > _FEW:
        yield line((f"and {len(settlement.ask) - _FEW} more, under the authorities below", "quiet"), indent=2)


def _asked(fact: OpenFact | FactStated) -> tuple[Span, Span]:
    return (fact.question, ""), (f" [{fact.fact}]", "quiet")


def _authority(authority: AuthoritySettlement, left_out: str, holders: Mapping[str, str]) -> Iterator[Line]:
    """Return what would settle or turn a verdict, each time with what is left out of account."""
    yield line(
        (authority.title, "heading"),
        ": ",
        (standing_words(authority) + left_out, verdict_tone(authority.verdict, authority.in_effect)),
    )
    if authority.changes is None:
        yield from _needed(authority.needed, authority.possible, left_out, authority.in_effect)
    elif authority.changes.smallest:
        yield from _changes(authority, authority.changes, left_out, holders)
    else:
        yield from _nothing(authority, authority.changes)


# --- undetermined


def _needed(
    facts: Sequence[OpenFact], before: Sequence[Verdict], left_out: str = "", in_effect: str = ""
) -> Iterator[Line]:
    """Return the facts to state, and what each answer would do to what something may be; `in_effect` words its use."""
    useful = ", the most useful first" if len(facts) > 1 else ""
    yield line(f"To settle it, state{useful}", indent=2)
    for fact in facts:
        (answers,) = fact.outcomes.values()
        yield line(*_asked(fact), indent=4)
        yield line(*_answers(answers, before, in_effect), left_out, indent=6)


def _answers(answers: Sequence[IfStated], before: Sequence[Verdict], in_effect: str) -> Iterator[Span]:
    """Return what each answer would do; one that does nothing alone leaves the verdict open."""
    if all(answer.possible == before for answer in answers):
        yield "any answer alone leaves it open; together with the others it counts", ""
        return
    for number, answer in enumerate(answers):
        yield f"{'; ' if number else ''}{listed(map(value_words, answer.values), 'or')} → ", ""
        if answer.possible == before:
            yield "still open", STYLE_OF[Verdict.UNDETERMINED]
        elif not answer.possible:
            yield "not needed", ""
        else:
            yield from _verdicts(answer, in_effect)


def _verdicts(outcome: IfStated | Turning, in_effect: str = "") -> Iterator[Span]:
    """Return what an authority or a power may then be, with the hedges of all of it at the end."""
    words = [
        in_effect if in_effect and verdict is Verdict.AVAILABLE else spoken(verdict.value)
        for verdict in outcome.possible
    ]
    words[-1] = hedged(words[-1], outcome.hedges)
    for number, (word, verdict) in enumerate(zip(words, outcome.possible, strict=True)):
        yield from [(" or ", "")] if number else []
        yield word, verdict_tone(verdict, in_effect)


# --- definite


def _changes(
    authority: AuthoritySettlement, changes: Turnings, left_out: str, holders: Mapping[str, str]
) -> Iterator[Line]:
    """Return the smallest changes, those together that come to the same verdict."""
    by_verdict: dict[object, list[Turning]] = {}
    for turning in changes.smallest:
        alike = (turning.possible, turning.hedges, turning.inferred, turning.left_out)
        by_verdict.setdefault(alike, []).append(turning)
    for some in by_verdict.values():
        shown = some[: max(1, _FEW // len(some[0].steps))]
        become, instead = (
            ("It would become " if not authority.in_effect else "It would be ", "")
            if changes.gain
            else ("It would be ", " instead")
        )
        doubted = "; ".join(doubts(some[0].inferred, some[0].left_out, holders)) if changes.gain else ""
        limits = f" ({doubted})" if doubted else ""
        condition = f"{limits}{instead}{left_out}{',' if left_out else ''} {_condition(shown)}"
        yield line(become, *_verdicts(some[0], authority.in_effect), condition, indent=2)
        for number, turning in enumerate(shown, start=1):
            apart = len(shown) > 1 and len(turning.steps) > 1
            if apart:
                yield line(f"{number}. {'both' if len(turning.steps) == 2 else 'all'} of these", indent=4)  # noqa: PLR2004
            for step in turning.steps:
                yield from _step(step, 7 if apart else 4)
        if more := len(some) - len(shown):
            ways = f"{more} more ways" if more > 1 else "one more way"
            yield line((f"or in {ways} of the same size, which `--format json` lists", "quiet"), indent=4)


def _condition(ways: Sequence[Turning]) -> str:
    """Return how the lines that follow belong together."""
    steps = len(ways[0].steps)
    if len(ways) > 1:
        return (
            "if any one of these were so"
            if steps == 1
            else f"in any of these ways, each of {number_words(steps)} steps"
        )
    return {1: "if", 2: "if both of these were so"}.get(steps, f"if all {number_words(steps)} of these were so")


def _step(step: Step, indent: int) -> Iterator[Line]:
    """Return a term with the facts that it still takes, or a fact alone."""
    if step.term:
        yield line(step.text, (f" [{step.term}]", "quiet"), indent=indent)
    for fact in step.facts:
        yield from _stated(fact, indent + 2 if step.term else indent)


def _stated(fact: FactStated, indent: int) -> Iterator[Line]:
    after = listed(map(value_words, (fact.after, *fact.instead)), "or")
    yield line(*_asked(fact), indent=indent)
    yield line(f"{before_words(fact)} → ", (after, "title"), indent=indent + 2)


def _nothing(authority: AuthoritySettlement, changes: Turnings) -> Iterator[Line]:
    """Say that nothing would turn the verdict, why it is as it is, and what was tried."""
    wanted = "make it available" if changes.gain else "take it away"
    yield line(f"While what is done stays as it is, nothing that you can state would {wanted}.", indent=2)
    if authority.reason and changes.gain:
        contested = "The readings part: " if authority.verdict is Verdict.CONTESTED else ""
        yield line(contested, authority.reason, indent=4)
    facts = len(changes.may_change)
    if not facts:
        yield line(("No fact that could be stated anew bears on it.", "quiet"), indent=4)
        return
    tried = (
        f"{changes.cases:,} values of the one fact"
        if facts == 1
        else f"{changes.cases:,} combinations of {facts} facts"
    )
    yield line((f"Tried: all {tried} that could be stated anew.", "quiet"), indent=4)


# --- what is left out, and how to go on


def _left_out(settlement: Settlement) -> Iterator[Line]:
    if settlement.not_raised:
        yield line(("Not raised: " + "; ".join(settlement.not_raised.values()), "quiet"))
    if settlement.not_engaged:
        yield line(
            ("What the scenario describes does not engage: " + "; ".join(settlement.not_engaged.values()), "quiet")
        )
    if settlement.not_raised or settlement.not_engaged:
        yield line(("`--all` shows these as well", "quiet"))


def _how_to_try(settlement: Settlement) -> Iterator[Line]:
    """Return the setting to begin with."""
    # Of the answers to a question, the one that leaves least open.
    asked = [
        min(answers, key=lambda answer: len(answer.possible)).setting
        for asked_fact in settlement.ask
        for answers in asked_fact.outcomes.values()
    ]
    changed = [
        " --set ".join(fact.setting for step in change.steps for fact in step.facts)
        for authority in settlement.authorities.values()
        for change in (authority.changes.smallest if authority.changes is not None else ())
    ]
    if asked or changed:
        first = [*asked, *changed][0]
        words = " ".join(["authcheck evaluate SCENARIO", *_as_asked(settlement), f"--set {first}"])
        yield line((f"To see what comes of one: `{words}`", "quiet"))


def _as_asked(settlement: Settlement) -> Iterator[str]:
    """Return the options that make an answer the one that was asked about."""
    receipt = settlement.receipt
    if settlement.option:
        yield f"--option {settlement.option}"
    if receipt.lens != DEFAULT_LENS:
        yield f"--lens {receipt.lens}"
    yield from (f"--reading {question}={reading}" for question, reading in receipt.readings.items())
    if receipt.as_of_from is DaySource.OPTION:
        yield f"--as-of {receipt.as_of}"
    if receipt.unstated is not Unstated.DEFAULT:
        yield f"--unstated {receipt.unstated.value}"
