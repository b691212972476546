"""A scenario has a date."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "no-date"
SEVERITY = Severity.NOTE
SUMMARY = "a scenario states no date"
WHY = "What is in force depends on the date. Without one the pack's own is used, and the answer says so."
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
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint where the scenario leaves out `as_of`."""
    if scenario.as_of is None:
        message = f"the scenario states no date, so it is answered as of {pack.as_of}, the pack's own"
        yield Complaint(scenario.place, message, "add `as_of:` with the day for which it is asked")
