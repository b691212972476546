"""A fact is stated because something turns on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.decision.decision import Law
from authcheck.decision.known import know
from authcheck.decision.verdicts import conditions_of
from authcheck.diagnostics import AuthcheckError, Severity
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.worlds import Vocabulary, constrained, facts_of
from authcheck.linting.rule import Complaint
from authcheck.model.condition import Condition, Truth
from authcheck.model.fact import FactKind
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact

CODE = "unused-fact-stated"
SEVERITY = Severity.NOTE
SUMMARY = "a stated event or status bears on nothing that the scenario engages"
WHY = (
    "Somebody took the trouble to state it. Often another fact is missing: the one that would "
    "engage the authority meant."
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return every stated event and status on which nothing turns, whatever course of action is taken."""
    courses: list[Mapping[str, StatedFact]] = [{}, *scenario.restatements]
    try:
        bearing = {name for one in courses for name in _bearing({**scenario.facts, **one}, scenario, pack)}
    except (AuthcheckError, ValueError):
        # Facts that no situation has together, and tables that are too large, are reported for themselves.
        return
    for one in (stated for facts in (scenario.facts, *scenario.restatements) for stated in facts.values()):
        # What is done belongs to the story, whatever turns on it.
        told = pack.facts[one.fact].narrative or pack.facts[one.fact].kind is FactKind.ACTIVITY
        if one.fact not in bearing and not told:
            message = f"the fact `{one.fact}` bears on nothing that the scenario engages"
            help = f"see `authcheck show fact {one.fact}` for what asks for it, or leave it out"
            yield Complaint(one.place, message, help)


def _bearing(stated: Mapping[str, StatedFact], scenario: Scenario, pack: Pack) -> tuple[str, ...]:
    """Return the facts that may bear on an authority that may be engaged, on a power or on a caution."""
    day = scenario.as_of or pack.as_of
    facts = Vocabulary(pack.facts)
    known = know(facts, stated, scenario.unstated, day)
    law = Law(pack).on(day)
    pack = law.pack
    circumstances = Circumstances(facts, known.allowed, law.in_force)
    asked: list[Condition] = [power.needed_when for power in pack.powers.values()]
    asked.extend(caution.when for caution in pack.cautions.values())
    named: list[str] = []
    for authority in pack.authorities.values():
        asked.append(authority.governs)
        if Truth.TRUE in circumstances.truths(authority.governs):
            asked.extend(conditions_of(authority))
            for duty in authority.duties:
                asked.extend(one for one in (duty.when, duty.done_when) if one is not None)
                named.extend([duty.due.from_date] if duty.due is not None else [])
                named.extend([duty.clock.counter] if duty.clock is not None else [])
    tied = constrained([*facts_of(asked), *named], facts)
    derived = (pack.facts[name].derived for name in tied)
    return (*tied, *(one.from_date for one in derived if one is not None))
