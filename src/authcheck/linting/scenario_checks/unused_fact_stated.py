"""A fact is stated because something turns on it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping

from authcheck.decision.decision import Law
from authcheck.decision.known import Known, everything_allowed, know
from authcheck.decision.verdicts import conditions_of
from authcheck.diagnostics import AuthcheckError, Severity
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.projection import reduced
from authcheck.evaluation.worlds import Vocabulary, facts_of
from authcheck.linting.rule import Complaint, Excerpt
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
EXAMPLE = (
    Excerpt(
        "strike.yaml",
        good="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
  host_legislature_approval: given
""",
    ),
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
        # What is done, and to whom, belongs to the story, whatever turns on it.
        fact = pack.facts[one.fact]
        told = fact.narrative or fact.kind is FactKind.ACTIVITY or fact.opens
        if one.fact not in bearing and not told:
            message = f"the fact `{one.fact}` bears on nothing that the scenario engages"
            help = f"see `authcheck show fact {one.fact}` for what asks for it, or leave it out"
            yield Complaint(one.place, message, help)


def _bearing(stated: Mapping[str, StatedFact], scenario: Scenario, pack: Pack) -> Iterator[str]:
    """Return the stated facts that bear on something asked, or from which something follows for what is."""
    day = scenario.as_of or pack.as_of
    facts = Vocabulary(pack.facts)
    known = know(facts, stated, scenario.unstated, day)
    asked = _asked(known, facts, pack, day)
    done = {name: one for name, one in stated.items() if facts[name].kind is FactKind.ACTIVITY}
    bare = know(facts, done, scenario.unstated, day)
    for name, one in stated.items():
        if name in asked:
            yield name
            continue
        told = know(facts, {**done, name: one}, scenario.unstated, day)
        if any(told.allowed[other] != bare.allowed[other] for other in asked):
            yield name


def _asked(known: Known, facts: Vocabulary, pack: Pack, day: datetime.date) -> Collection[str]:
    """Return the facts on which, for what is done and where, an authority engaged, a power or a caution may turn."""
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
                named.extend(filter(None, [duty.due.from_date, duty.due.done_on]) if duty.due is not None else [])
            for clock in authority.clocks:
                asked.extend(one for one in (clock.when, clock.silent_when) if one is not None)
                named.extend(start.date for start in clock.starts)
    # Of all but what is done and where, anything might have been stated.
    given = {
        name: known.allowed[name] if fact.kind is FactKind.ACTIVITY else everything_allowed(fact)
        for name, fact in facts.items()
    }
    return {*facts_of(reduced(one, given) for one in asked), *named}
