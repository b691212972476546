"""Worlds that show something of a claim, written as scenarios that anybody can evaluate."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from authcheck.answer import Decider
from authcheck.answer.hedges import hedges_of
from authcheck.asking.proof.results import ClaimResult, Exhibit, Part
from authcheck.decision.decision import Decision
from authcheck.decision.known import know, single
from authcheck.diagnostics import Place
from authcheck.evaluation.plainest import plainest_value
from authcheck.evaluation.worlds import facts_of
from authcheck.frozen import dataclass
from authcheck.model.claim import Claim, authorities_of, cautions_of, conditions_of
from authcheck.model.condition import Truth
from authcheck.model.scenario import Expectation, Scenario, StatedFact, Unstated, stated_as
from authcheck.model.verdict import Verdict

__all__ = ["Shown", "exhibits", "scenario_of"]

Settled: TypeAlias = bool | int | str
Values: TypeAlias = Mapping[str, Settled]


@dataclass(frozen=True, slots=True)
class Shown:
    """A world that shows something, as far as the claim tells it from others, and the readings that show it."""

    part: Part
    values: Values
    readings: Mapping[str, str] = field(default_factory=dict)


def exhibits(claim: Claim, shown: Sequence[Shown], decider: Decider) -> tuple[Exhibit, ...]:
    """Return the scenarios of the worlds: each states what the claim names, and what it takes to settle the rest."""
    named = {fact for condition in conditions_of(claim.form) for fact in facts_of([condition])}
    named |= _changed([exhibit.values for exhibit in shown])
    stated = _pruned(_settled(claim, shown, decider), named, decider)
    return tuple(_exhibit(claim, exhibit, values, decider) for exhibit, values in zip(shown, stated, strict=True))


def scenario_of(result: ClaimResult, exhibit: Exhibit, as_of: datetime.date) -> Scenario:
    """Return the scenario of an exhibit, with the verdicts that it shows as its expected answer."""
    place = Place(f"{exhibit.name}.yaml")
    # An expectation names a lens and no readings.
    expected = () if exhibit.readings or not exhibit.verdicts else (_expectation(result, exhibit, place),)
    return Scenario(
        id=exhibit.name,
        title=f"{_TITLES[exhibit.part]}: {result.claim}",
        place=place,
        digest="",
        facts=_as_stated(exhibit.facts, place),
        description=result.text,
        as_of=as_of,
        unstated=Unstated.ABSENT,
        expect=expected,
    )


_TITLES = {
    Part.EXAMPLE: "An example of a claim",
    Part.REFUTATION: "A scenario against a claim",
    Part.BEFORE: "Before the change that a claim speaks of",
    Part.AFTER: "After the change that a claim speaks of",
}


def _expectation(result: ClaimResult, exhibit: Exhibit, place: Place) -> Expectation:
    verdicts = {name: verdict.value for name, verdict in exhibit.verdicts.items()}
    return Expectation(place, verdicts, {}, lens=result.lens, exact=False)


def _changed(worlds: Sequence[Values]) -> set[str]:
    """Return the facts in which the worlds differ."""
    return {name for world in worlds for other in worlds for name in world if world[name] != other[name]}


def _settled(claim: Claim, shown: Sequence[Shown], decider: Decider) -> list[dict[str, Settled]]:
    """Return the worlds with all further facts on which a verdict would still turn, the same in each."""
    worlds = [dict(exhibit.values) for exhibit in shown]
    while asked := _open_fact(claim, shown, worlds, decider):
        worlds = [{**world, **asked} for world in worlds]
    return worlds


def _open_fact(claim: Claim, shown: Sequence[Shown], worlds: Sequence[Values], decider: Decider) -> Values:
    """Return a fact on which the verdict on an authority of the claim still turns, with a value that it can have."""
    for exhibit, values in zip(shown, worlds, strict=True):
        decision = _decision(claim, exhibit, values, decider)
        for name in authorities_of(claim.form):
            case = decision.case(name)
            if case.still_needed:
                fact = case.still_needed[0]
                return {fact: plainest_value(case.tables.worlds, decider.pack.facts[fact], case.mask)}
    return {}


def _pruned(worlds: Sequence[Mapping[str, Settled]], named: set[str], decider: Decider) -> list[dict[str, Settled]]:
    """Return the worlds without what goes without saying: facts that, left out of all, are taken to be the same."""
    order = [name for name in decider.pack.facts if worlds and name in worlds[0]]
    kept = [dict(world) for world in worlds]
    for name in order:
        fewer = [{other: value for other, value in values.items() if other != name} for values in kept]
        if name not in named and all(map(_says_all, fewer, worlds, itertools.repeat(decider))):
            kept = fewer
    return [{name: values[name] for name in order if name in values} for values in kept]


def _says_all(left: Values, world: Values, decider: Decider) -> bool:
    """Whether what is left makes all of the world known."""
    stated = _as_stated(left, Place(""))
    known = know(decider.law.facts, stated, Unstated.ABSENT, decider.pack.as_of).allowed
    return all(known[name] == single(value) for name, value in world.items())


def _exhibit(claim: Claim, shown: Shown, values: Values, decider: Decider) -> Exhibit:
    decision = _decision(claim, shown, values, decider)
    verdicts: dict[str, Verdict] = {name: decision.case(name).verdict for name in authorities_of(claim.form)}
    hedges = {name: hedges_of(decision.case(name)) for name in verdicts}
    part = shown.part
    suffix = f"-{part.value}" if part in {Part.BEFORE, Part.AFTER} else ""
    return Exhibit(
        part=part,
        name=f"{claim.claim}{suffix}",
        facts=values,
        readings=shown.readings,
        verdicts=verdicts,
        hedges={name: hedge for name, hedge in hedges.items() if hedge},
        cautions={name: _is_shown(name, decision) for name in cautions_of(claim.form)},
    )


def _is_shown(caution: str, decision: Decision) -> bool:
    """Whether the caution is shown; every fact on which that turns is known."""
    shown = decision.law.pack.cautions.get(caution)
    return shown is not None and Truth.TRUE in decision.truths(shown.when)


def _decision(claim: Claim, shown: Shown, values: Values, decider: Decider) -> Decision:
    facts = _as_stated(values, Place(""))
    scenario = Scenario(claim.claim, claim.text, Place(""), "", facts, unstated=Unstated.ABSENT)
    return decider.decision(scenario, lens=claim.lens, readings=shown.readings)


def _as_stated(values: Values, place: Place) -> dict[str, StatedFact]:
    return {name: stated_as(name, single(value), place) for name, value in values.items()}
