"""What a scenario raises, it states."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.decision.known import Origin, know, opened_by
from authcheck.diagnostics import AuthcheckError, Severity
from authcheck.evaluation.worlds import Vocabulary
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "raised-and-left-out"
SEVERITY = Severity.NOTE
SUMMARY = "a stated value raises a fact that the scenario leaves out"
WHY = (
    "What a stated value raises is not assumed away: the fact stays open, and with it every verdict that turns on it. "
    "Often it was taken to be said already."
)
EXAMPLE = (
    Excerpt(
        "strike.yaml",
        good="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a terror group in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: islamic_terror_group
  target_connection_to_islamic_terror_group: is_such_group
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a terror group in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: islamic_terror_group
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint for each fact that a value opens and that is open since nobody states it."""
    facts = Vocabulary(pack.facts)
    complaints: dict[Complaint, None] = {}
    for changes in ({}, *scenario.restatements):
        stated = {**scenario.facts, **changes}
        try:
            known = know(facts, stated, scenario.unstated, scenario.as_of or pack.as_of).facts
        except (AuthcheckError, ValueError):
            # Facts that no situation has together, and tables that are too large, are reported for themselves.
            continue
        for fact in facts.openers:
            said = stated.get(fact.fact)
            if said is None or said.unknown:
                continue
            for value, name in opened_by(fact, known[fact.fact].allowed):
                if name not in stated and known[name].origin is Origin.UNKNOWN:
                    message = f"`{fact.fact}` {value} raises `{name}`, which is left out and so stays open"
                    complaints[Complaint(said.place, message, f"state it: {facts[name].question}")] = None
    yield from complaints
