"""A scenario has a date."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "no-date"
SEVERITY = Severity.NOTE
SUMMARY = "a scenario states no date"
WHY = "What is in force depends on the date. Without one the pack's own is used, and the answer says so."


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint where the scenario leaves out `as_of`."""
    if scenario.as_of is None:
        message = f"the scenario states no date, so it is answered as of {pack.as_of}, the pack's own"
        yield Complaint(scenario.place, message, "add `as_of:` with the day for which it is asked")
