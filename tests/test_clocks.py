"""The ways of counting sixty days, side by side, each with its holder, its passage, its first and its last day."""

from __future__ import annotations

import datetime

import pytest

from authcheck.answer import decide
from authcheck.answer.answer import Answer, ClockAnswer, ClockState
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.scenarios import build_scenario
from authcheck.model.verdict import DutyState, Verdict
from tests import shipped

PACK = shipped.pack()

WAR = """
scenario: A war with a state, and a cease-fire before day sixty
as_of: {day}
facts:
  operation_type: airstrike
  operation_tempo: sustained
  conducting_element: us_armed_forces
  operation_location: host_country
  enters_host_airspace: true
  hostilities_start_date: 2026-02-28
  target_type: none
  attack: {{status: none}}
  host_consent_status: refused
  congressional_approval_status: not_sought
"""

RAID = """
scenario: A raid in answer to an attack
as_of: 2025-02-04
facts:
  operation: {type: ground_raid, tempo: single, location: host_country}
  conducting_element: us_special_operations_forces
  direct_action_by_us_personnel: true
  hostilities_start_date: 2025-02-04
  target: {type: organization_leader, is_priority_us_target: true}
  attack: {status: occurred, location: united_states, is_direct: true, attributed_to_target: true}
  congressional_approval_status: not_sought
  military_necessity_certified: false
"""

COVERT = """
  presidential_finding: true
  intelligence_committees_notified: true
  covert_action_oversight_compliance: true
  presidential_approval: true
"""

BOAT = """
scenario: A boat at sea
as_of: 2025-09-10
facts:
  operation_type: airstrike
  operation_tempo: single
  conducting_element: us_armed_forces
  operation_location: international_airspace_or_waters
  hostilities_start_date: 2025-09-02
  target_type: cartel
"""

REPORTED = "  war_powers_report_date: 2026-03-02\n  military_necessity_certified: false\n"
CERTIFIED = REPORTED.replace("false", "true")
ATTACK = "{status: occurred, location: united_states, is_direct: true, attributed_to_target: true}"


def asked(text: str) -> Answer:
    return decide(PACK, build_scenario(text, "story.yaml", PACK))


def clocks(text: str) -> dict[str, ClockAnswer]:
    return {clock.clock: clock for clock in asked(text).clocks}


def days(clock: ClockAnswer) -> tuple[str, str]:
    return str(clock.first), str(clock.last)


def test_each_way_of_counting_has_its_own_last_day() -> None:
    found = clocks(WAR.format(day="2026-04-01") + REPORTED)

    # February 2026 has 28 days, so day 1 is 28 February, day 2 is 1 March, and day 60 is 28 April.
    assert days(found["from-introduction"]) == ("2026-02-28", "2026-04-28")
    assert days(found["after-introduction"]) == ("2026-03-01", "2026-04-29")
    # Sixty days after the report of 2 March, which was due on that day.
    assert days(found["from-report"]) == ("2026-03-03", "2026-05-01")
    assert "from-report-certified" not in found
    assert {clock.state for clock in found.values()} == {ClockState.RUNNING, ClockState.NONE}
    assert (found["from-introduction"].day, found["from-report"].day) == (33, 30)
    assert not any(clock.at_latest for clock in found.values())


def test_a_certificate_adds_no_more_than_thirty_days() -> None:
    found = clocks(WAR.format(day="2026-05-02") + CERTIFIED)

    assert str(found["from-report-certified"].last) == "2026-05-31"
    assert found["from-report-certified"].state is ClockState.RUNNING
    assert found["from-report"].state is ClockState.OVER


def test_the_earlier_of_the_report_and_its_due_day_counts() -> None:
    early = clocks(WAR.format(day="2026-04-01") + "  war_powers_report_date: 2026-02-28\n")
    late = clocks(WAR.format(day="2026-04-01") + "  war_powers_report_date: 2026-03-20\n")
    none = clocks(WAR.format(day="2026-04-01") + "  war_powers_report_submitted: false\n")

    assert str(early["from-report"].last) == "2026-04-29"
    assert str(late["from-report"].last) == str(none["from-report"].last) == "2026-05-01"


def test_where_the_day_of_a_report_is_not_known_the_last_day_is_the_latest() -> None:
    found = clocks(BOAT + "  war_powers_report_submitted: true\n")["from-report"]
    dated = clocks(BOAT + "  war_powers_report_date: 2025-09-04\n")["from-report"]

    assert (str(found.last), found.at_latest) == ("2025-11-03", True)
    assert (str(dated.last), dated.at_latest) == ("2025-11-03", False)


def test_no_count_is_in_a_mouth_that_did_not_make_it() -> None:
    found = clocks(WAR.format(day="2026-04-01") + REPORTED)

    assert {name: clock.holder for name, clock in found.items()} == {
        "from-introduction": "",
        "from-report": "text",
        "after-introduction": "",
        "no-hostilities": "executive",
    }
    assert all(clock.passages and bool(clock.inferred) == (not clock.holder) for clock in found.values())


def test_that_the_operations_are_no_hostilities_is_said_as_its_holders_and_of_libya() -> None:
    clock = clocks(WAR.format(day="2026-04-01"))["no-hostilities"]

    assert (clock.state, clock.last) == (ClockState.NONE, None)
    assert "Libya" in clock.title
    assert "no-hostilities" not in clocks(RAID)
    boarded = WAR.format(day="2026-04-01").replace("airstrike", "blockade\n  uses_armed_force: true")
    assert "no-hostilities" not in clocks(boarded)
    assert "no-hostilities" not in clocks(WAR.format(day="2011-06-14").replace("2026-02-28", "2011-05-01"))


def test_what_a_cease_fire_does_to_the_days_is_left_open() -> None:
    text = WAR.format(day="2026-05-02") + REPORTED
    held = asked(text + "  cease_fire: in_effect\n")
    silences = {clock.silence for clock in held.clocks if clock.limit}

    assert silences == {
        "Whether a cease-fire stops the days, or lets them begin anew, neither the documents nor the statute say."
    }
    assert state(asked(text), "terminate-after-sixty-days") is DutyState.OVERDUE
    assert state(held, "terminate-after-sixty-days") is DutyState.PERHAPS


def state(answer: Answer, duty: str) -> DutyState | None:
    return next((one.state for one in answer.duties if one.duty == duty), None)


def test_approval_is_sought_when_the_days_are_over_and_after_an_attack() -> None:
    text = WAR.format(day="2026-05-10") + REPORTED
    attacked = asked(text.replace("{status: none}", ATTACK))

    assert state(asked(text), "seek-approval") is None
    (duty,) = (one for one in attacked.duties if one.duty == "seek-approval")
    assert (duty.state, str(duty.due)) == (DutyState.OVERDUE, "2026-04-28")
    assert "when the sixty days are over" in duty.text
    (own,) = (one for one in attacked.duties if one.duty == "terminate-after-sixty-days")
    assert (own.state, str(own.due)) == (DutyState.OVERDUE, "2026-05-01")


def test_where_title_50_is_relied_on_the_inferred_duty_is_owed_perhaps_and_the_statutes_own_is_owed() -> None:
    without, covert = asked(RAID + "  presidential_approval: false\n"), asked(RAID + COVERT)

    assert without.verdicts["title-50"] is Verdict.UNAVAILABLE
    assert state(without, "seek-approval") is DutyState.OWED
    assert covert.verdicts["title-50"] in {Verdict.AVAILABLE, Verdict.CONTESTED}
    assert state(covert, "seek-approval") is DutyState.PERHAPS
    assert state(covert, "terminate-after-sixty-days") is DutyState.OWED


def test_a_report_is_submitted_from_its_day_on() -> None:
    before = asked(WAR.format(day="2026-03-01") + REPORTED).facts["war_powers_report_submitted"]
    on_the_day = asked(WAR.format(day="2026-03-02") + REPORTED).facts["war_powers_report_submitted"]

    assert (before.value, on_the_day.value) == ("no", "yes")


def test_a_report_with_a_day_cannot_be_missing() -> None:
    with pytest.raises(AuthcheckError) as refused:
        asked(WAR.format(day="2026-04-01") + REPORTED + "  war_powers_report_submitted: false\n")

    assert [one.code for one in refused.value.diagnostics] == ["numbers-differ"]


def test_no_clock_counts_before_the_resolution() -> None:
    before = datetime.date(1973, 11, 6)
    text = WAR.format(day=before).replace("2026-02-28", "1973-10-01").replace("  target_type: none\n", "")

    assert asked(text).clocks == ()
