"""What a scenario tells has happened by its date."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "date-to-come"
SEVERITY = Severity.WARNING
SUMMARY = "a stated date, or that of a claim, comes after the scenario's own"
WHY = "The answer is for the scenario's date. What is told of a later day has not happened, and counts no days."
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
  hostilities_start_date: 2025-02-24
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
  hostilities_start_date: 2025-03-24
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint for each date, and each claim, that lies after the day for which the scenario is answered."""
    day = scenario.as_of or pack.as_of
    for facts in (scenario.facts, *scenario.restatements):
        for name, one in facts.items():
            if one.date is not None and one.date > day:
                message = f"`{name}` is {one.date}, after the scenario's date, {day}"
                yield Complaint(one.place, message, "correct one of the two dates")
    for claim in scenario.claimed:
        if claim.on is not None and claim.on > day:
            message = f"what {claim.by} claimed is of {claim.on}, after the scenario's date, {day}"
            yield Complaint(claim.place, message, "correct one of the two dates")
