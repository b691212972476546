"""A scenario tells its story."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "no-description"
SEVERITY = Severity.NOTE
SUMMARY = "a scenario has no description"
WHY = "The facts alone do not let a reader judge whether they were read off the story rightly."
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
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint where the scenario leaves out `description`."""
    if not scenario.description:
        yield Complaint(scenario.place, "the scenario has no description", "tell the story under `description:`")
