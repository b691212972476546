"""A course of action is another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from authcheck.diagnostics import Place, Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact

CODE = "option-changes-nothing"
SEVERITY = Severity.WARNING
SUMMARY = "a course of action states the facts that are stated already, or those of another"
WHY = "Courses of action are set side by side for what differs. Often the value that was meant is another."
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
options:
  by-the-cia: {conducting_element: cia_other}
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
options:
  by-the-forces: {conducting_element: us_armed_forces}
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint for each course of action with the facts of the scenario, or of one before it."""
    same = {_facts(scenario.facts): "the scenario states already"}
    for name, changes in scenario.options.items():
        facts = _facts({**scenario.facts, **changes})
        if facts in same:
            place = next((stated.place for stated in changes.values()), scenario.place)
            message = f"the course of action `{name}` states what {same[facts]}"
            yield Complaint(place, message, "state what is done otherwise, or leave it out")
        same.setdefault(facts, f"`{name}` states too")


def _facts(stated: Mapping[str, StatedFact]) -> frozenset[StatedFact]:
    """Return what is stated, wherever it stands."""
    return frozenset(replace(fact, place=Place(""), note="") for fact in stated.values())
