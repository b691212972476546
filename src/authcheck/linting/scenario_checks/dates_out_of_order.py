"""What days are counted from has its dates in their order."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "dates-out-of-order"
SEVERITY = Severity.WARNING
SUMMARY = "a date from which days are counted comes before the day of what it follows"
WHY = (
    "The days of a clock are counted from the earlier of two dates, such as that of a report and that on which it is "
    "due. A report of operations that begin later is of others, or one of the dates is mistyped: the days are then "
    "counted from before anything began."
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
  hostilities_start_date: 2025-02-20
  war_powers_report_date: 2025-02-21
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
  hostilities_start_date: 2025-02-20
  war_powers_report_date: 2025-01-21
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint for each date of a clock that lies before the first date from which the clock counts."""
    pairs = {
        (clock.starts[0].date, later.date): None
        for authority in pack.authorities.values()
        for clock in authority.clocks
        for later in clock.starts[1:]
    }
    for stated in (scenario.facts, *scenario.restatements):
        facts = {**scenario.facts, **stated}
        for first, later in pairs:
            if later not in stated and first not in stated:
                continue
            start, follows = facts.get(first), facts.get(later)
            if start is None or follows is None or start.date is None or follows.date is None:
                continue
            if follows.date < start.date:
                message = f"`{later}` is {follows.date}, before `{first}`, {start.date}"
                yield Complaint(follows.place, message, "correct one of the two dates")
