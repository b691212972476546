"""What is found, in words and as scenarios."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.answer.answer import Finding, Kind, Outcome
from authcheck.answer.building import answer_of
from authcheck.answer.findings import Position, positioned
from authcheck.answer.hedges import hedges_of
from authcheck.answer.parts import part_of
from authcheck.asking.variants.results import (
    RANK,
    SCHEMA,
    Alteration,
    ConditionChange,
    Effect,
    FactChange,
    Variant,
    Variants,
)
from authcheck.asking.variants.search import HERE, AlteringChange
from authcheck.decision.decision import Case, Decision
from authcheck.loading.stories import AS_IT_WAS
from authcheck.model.scenario import Expectation, Scenario, StatedFact
from authcheck.model.verdict import Verdict
from authcheck.wording import listed

__all__ = ["variant_scenario", "variants_of"]


def variants_of(
    changes: Sequence[AlteringChange],
    shown: Sequence[AlteringChange],
    decision: Decision,
    authorities: Iterable[str] = (),
) -> Variants:
    """Return what is shown, in words, of all that was found; the decision is that before any change.

    The authorities are those that were asked for.
    """
    answer = answer_of(decision)
    teller = _Teller(decision, f"{answer.scenario}-{answer.option}" if answer.option else answer.scenario)
    told = tuple(map(teller.variant, shown))
    altered = [alteration for variant in told for alteration in variant.alterations]
    crux = {name for change in altered for name in (*change.crux_before, *change.crux_after)}
    return Variants(
        schema=SCHEMA,
        scenario=answer.scenario,
        title=answer.title,
        option=answer.option,
        unmodelled=answer.unmodelled,
        authorities=tuple(authorities),
        of_one_fact=sum(len(change.stated) == 1 for change in changes),
        of_two_facts=sum(len(change.stated) > 1 for change in changes),
        variants=told,
        questions={name: question.text for name, question in decision.law.pack.questions.items() if name in crux},
        disclaimer=answer.disclaimer,
        receipt=answer.receipt,
    )


class _Teller:
    def __init__(self, decision: Decision, name: str) -> None:
        self.decision = decision
        self.name = name
        self._turning: dict[str, Mapping[Position, Finding]] = {}

    def variant(self, altering: AlteringChange) -> Variant:
        """Return one variant in words."""
        names = sorted(altering.effects, key=lambda name: (name != altering.main, RANK[altering.effects[name]]))
        alterations = [self._alteration(name, altering) for name in names]
        changes = tuple(map(self._change, altering.stated.values()))
        slug = "-and-".join(f"{change.fact}-{change.after}" for change in changes)
        return Variant(
            name=re.sub(r"[^a-z0-9]+", "-", f"{self.name}-{slug}".lower()).strip("-"),
            changes=changes,
            no_longer_apply=tuple(map(self._change, altering.no_longer_apply.values())),
            isolates=_isolates(alterations),
            alterations=tuple(alterations),
            alike=tuple(
                ", ".join(f"{stated.fact}: {stated.said}" for stated in alike.values())
                for alike in altering.alike
                if altering.alike != (altering.stated,)
            ),
        )

    def _change(self, stated: StatedFact) -> FactChange:
        known = self.decision.known.facts[stated.fact]
        return FactChange(
            fact=stated.fact,
            question=known.fact.question,
            before=known.said,
            origin=known.origin,
            after=stated.said,
            setting=stated.setting,
        )

    def _alteration(self, name: str, change: AlteringChange) -> Alteration:
        before, after = self.decision.case(name), change.decision.case(name)
        if name not in self._turning:
            self._turning[name] = _conditions(before)
        return Alteration(
            authority=name,
            title=before.authority.title,
            effect=change.effects[name],
            before=before.verdict,
            after=after.verdict,
            possible_before=before.possible,
            possible_after=after.possible,
            hedges_before=hedges_of(before),
            hedges_after=hedges_of(after),
            crux_before=before.crux,
            crux_after=after.crux,
            in_effect=before.authority.in_effect,
            only_together=len(change.stated) > 1 and name in change.together,
            turns=tuple(_turns(self._turning[name], _conditions(after))),
        )


def variant_scenario(scenario: Scenario, option: str, variant: Variant, altering: AlteringChange) -> Scenario:
    """Return the variant of a scenario, or of one of its options, as a scenario that expects exactly its answer."""
    decision = altering.decision
    changed = " and ".join(f"{change.fact} is {change.after}" for change in variant.changes)
    chosen = f", option {option}" if option else ""
    count = "two facts" if len(variant.changes) > 1 else "one fact"
    story = [f"The story of {scenario.id}{chosen}, with {count} changed."]
    story += [f"{change.question} Now: {change.after}. Before: {change.before}." for change in variant.changes]
    if scenario.description:
        story += [AS_IT_WAS, "", scenario.description.strip()]
    expected = Expectation(
        place=HERE,
        verdicts={name: verdict.value for name, verdict in decision.verdicts.items()},
        verdict_places={},
        relies_on=decision.relies_on,
        lens=decision.lens.lens,
        unstated=decision.unstated,
    )
    return replace(
        scenario,
        id=variant.name,
        title=f"{scenario.title}{chosen}, but {changed}",
        description="\n".join([*story, ""]),
        as_of=decision.day,
        unstated=decision.unstated,
        facts={name: decision.stated[name] for name in decision.law.facts if name in decision.stated},
        options={},
        expect=(expected,),
        precedent=None,
        cite=(),
    )


def _conditions(case: Case) -> Mapping[Position, Finding]:
    """Return the findings on which an authority's verdict turns, but for the grounds that they make up."""
    tree = part_of(case).tree
    return {position: finding for position, finding in positioned(tree) if finding.kind is not Kind.GROUND}


def _turns(before: Mapping[Position, Finding], after: Mapping[Position, Finding]) -> Iterator[ConditionChange]:
    turned = [key for key in before if key in after and before[key].outcome is not after[key].outcome]
    # Whether an authority is engaged is asked before anything else.
    first = [key for key in turned if before[key].kind in {Kind.GOVERNS, Kind.DISPLACEMENT}]
    for key in first or before:
        if key in after:
            yield from _turn(before[key], after[key])


def _turn(before: Finding, after: Finding) -> Iterator[ConditionChange]:
    """Return what becomes of a condition or, where that is the same, of each reading that comes out otherwise."""
    if before.outcome is not after.outcome:
        yield ConditionChange(before.id, before.kind, before.text, "", before.outcome, after.outcome)
        return
    now = {part.id: part.outcome for part in after.readings}
    for part in before.readings:
        if now.get(part.id, part.outcome) is not part.outcome:
            yield ConditionChange(before.id, before.kind, before.text, part.reading, part.outcome, now[part.id])


def _isolates(alterations: Sequence[Alteration]) -> str:
    """Return what a variant isolates, in one line: the authority altered most tellingly, and why; then the others."""
    main, *others = alterations
    if main.effect is Effect.DISPUTE_MOVED:
        moved = [", ".join(crux) or "nothing" for crux in (main.crux_before, main.crux_after)]
        said = f"{main.authority}: the readings part on {moved[0]} → {moved[1]}"
    else:
        said = f"{main.authority}: {main.words(main.before)} → {main.words(main.after)}"
    telling = [change for change in main.turns if _tells(change, main.after)] or main.turns
    if telling:
        said += ", on " + listed(
            [f"{_ASKED.get(alteration.kind, alteration.id)} ({alteration.words})" for alteration in telling]
        )
    if main.only_together:
        said += ", by both facts together"
    if others:
        said += f"; with it {listed([alteration.authority for alteration in others])}"
    return said


_ASKED = {Kind.GOVERNS: "what it governs", Kind.DISPLACEMENT: "what displaces it"}
_CARRIES: Mapping[Verdict, Outcome] = {
    Verdict.AVAILABLE: Outcome.TRUE,
    Verdict.CONTESTED: Outcome.CONTESTED,
    Verdict.SILENT: Outcome.SILENT,
    Verdict.UNAVAILABLE: Outcome.FALSE,
    Verdict.UNDETERMINED: Outcome.UNKNOWN,
}


def _tells(turn: ConditionChange, verdict: Verdict) -> bool:
    """Whether the condition has turned to what carries the verdict; an exception that is met carries the contrary."""
    wanted = _CARRIES.get(verdict)
    if turn.kind is Kind.EXCEPTION and wanted in {Outcome.TRUE, Outcome.FALSE}:
        wanted = Outcome.FALSE if wanted is Outcome.TRUE else Outcome.TRUE
    return turn.after is wanted
