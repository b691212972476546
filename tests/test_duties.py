"""Where a duty stands: what was done late is not said to be done in time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shipped import Run

STRIKE = """\
scenario: A strike
as_of: 2025-03-30
facts:
  operation: {{type: airstrike, tempo: {tempo}, location: international_airspace_or_waters}}
  conducting_element: us_armed_forces
  hostilities_start_date: 2025-03-01
  {report}
"""
REPORT = "report-within-48-hours"
INCIDENT = "report-incident"


def strike(folder: Path, report: str, tempo: str = "single") -> str:
    """Return the file of a strike on 1 March 2025 of which Congress was told so."""
    file = folder / "strike.yaml"
    file.write_text(STRIKE.format(report=report, tempo=tempo), encoding="utf-8")
    return str(file)


def states(run: Run, file: str, *options: str) -> dict[str, tuple[str, str | None]]:
    """Return each duty's state, and the day on which it was done."""
    done = run("evaluate", file, "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    return {duty["duty"]: (duty["state"], duty["done_on"]) for duty in json.loads(done.stdout)["duties"]}


@pytest.mark.parametrize(
    ("report", "state", "day"),
    [
        ("war_powers_report_date: 2025-03-03", "done", "2025-03-03"),
        ("war_powers_report_date: 2025-03-04", "done-late", "2025-03-04"),
        ("war_powers_report_submitted: true", "done-undated", None),
        ("war_powers_report_submitted: false", "overdue", None),
    ],
)
def test_a_report_is_done_in_time_late_or_on_a_day_that_nobody_states(
    run: Run, tmp_path: Path, report: str, state: str, day: str | None
) -> None:
    assert states(run, strike(tmp_path, report))[REPORT] == (state, day)


def test_what_is_done_before_its_time_is_over_is_done_in_time_whatever_its_day(run: Run, tmp_path: Path) -> None:
    file = strike(tmp_path, "war_powers_report_submitted: true")
    assert states(run, file, "--as-of", "2025-03-03")[REPORT] == ("done", None)


def test_every_form_says_that_a_report_was_late(run: Run, tmp_path: Path) -> None:
    file = strike(tmp_path, "war_powers_report_date: 2025-03-20")
    forms = {form: " ".join(run("evaluate", file, form).stdout.split()) for form in ("--full", "--memo")}
    assert "done late: Report in writing" in forms["--full"]
    assert "within 48 hours after forces are introduced: 2025-03-03, done 2025-03-20" in forms["--full"]
    assert "Done late by the President: Report in writing" in forms["--memo"]
    assert "(March 3, 2025); done on March 20, 2025." in forms["--memo"]


@pytest.mark.parametrize(
    ("report", "tempo", "state"),
    [
        ("war_powers_report_date: 2025-03-03", "single", "done"),
        ("war_powers_report_date: 2025-03-20", "single", "unknown"),
        ("war_powers_report_date: 2025-03-03", "sustained", "unknown"),
        ("war_powers_report_submitted: true", "single", "unknown"),
    ],
)
def test_one_report_in_time_spares_the_report_of_one_incident_alone(
    run: Run, tmp_path: Path, report: str, tempo: str, state: str
) -> None:
    assert states(run, strike(tmp_path, report, tempo))[INCIDENT][0] == state


def test_an_incident_under_an_authorization_by_congress_has_perhaps_been_reported_before(
    run: Run, tmp_path: Path
) -> None:
    granted = ("--set", "congressional_approval_status=granted", "--set", "act_of_congress=specific_authorization")
    file = strike(tmp_path, "war_powers_report_date: 2025-03-03", "sustained")
    assert states(run, file, *granted)[INCIDENT][0] == "perhaps"


def test_no_notice_is_done_as_narrowed_where_nobody_says_that_it_was(run: Run) -> None:
    told = ("finding_reported_before_start=true", "finding_reported_to_leaders_only=unknown")
    found = states(run, "title-50-raid", *(word for setting in told for word in ("--set", setting)))
    assert (found["narrowed-notice"][0], found["prior-notice"][0]) == ("perhaps", "perhaps")
