"""What rests on a law is not there before that law, in the shipped pack and on every day on which a law begins."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.decision.law_of_the_day import days_of_change
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.loading.scenarios import build_scenario
from authcheck.meaning import lasts
from authcheck.model.authority import Supply
from authcheck.model.period import Period
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict
from tests import shipped

PACK = shipped.pack()
DECIDER = Decider(PACK)
SCENARIOS = {one.id: one for one in shipped.scenarios()}
EARLIEST = datetime.date(1789, 3, 4)
DAYS = sorted(
    {EARLIEST, datetime.date(2030, 1, 1)}
    | {day + datetime.timedelta(days=shift) for day in days_of_change(PACK) for shift in (-1, 0)}
)

DESTROYERS = """
scenario: Answer to an attack on two destroyers
as_of: 1964-08-05
facts:
  operation_type: airstrike
  operation_tempo: single
  conducting_element: us_armed_forces
  operation_location: host_country
  enters_host_airspace: true
  hostilities_start_date: 1964-08-05
  attack: {status: occurred, location: elsewhere, is_direct: true, attributed_to_target: true, victims: us_military}
"""


def decided(scenario: Scenario, day: datetime.date) -> tuple[Answer | None, tuple[Diagnostic, ...]]:
    try:
        return DECIDER.decide(scenario, as_of=day), ()
    except AuthcheckError as error:
        return None, tuple(error.diagnostics)


def check_times(answer: Answer) -> None:
    """Nothing that the answer names rests on a law that is not in force on its date."""
    day = answer.receipt.as_of
    duties = {(name, duty.duty): duty for name, one in PACK.authorities.items() for duty in one.duties}
    for owed in answer.duties:
        assert lasts(duties[owed.authority, owed.duty].in_force, day)
        assert lasts(PACK.authorities[owed.authority].in_force, day)
    for caution in answer.cautions:
        assert lasts(PACK.cautions[caution.caution].in_force, day)
    for name, dispute in answer.disputes.items():
        for reading in dispute.readings:
            assert lasts(PACK.questions[name].readings[reading].in_force, day)
    for name, found in answer.authorities.items():
        period = PACK.authorities[name].in_force
        if period is not None and period.first is not None and day < period.first:
            assert set(found.possible) <= {Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED}
            if found.verdict is Verdict.UNAVAILABLE:
                assert found.reason == f"Its law begins on {period.first}."
            said = (found.limits, found.notes, found.not_said, found.left_out, found.does_not_supply)
            assert not any(said)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_answer_names_what_rests_on_a_law_that_is_not_in_force(day: datetime.date) -> None:
    for scenario in SCENARIOS.values():
        answer, faults = decided(scenario, day)
        # What is stated and lies later than the day is refused, with its place.
        assert {one.code for one in faults} <= {"before-its-law", "numbers-differ", "facts-contradict"}
        assert all(one.place.line for one in faults)
        if answer is not None:
            check_times(answer)


@pytest.mark.parametrize("name", shipped.EVERY_PATH)
def test_from_year_to_year_a_verdict_changes_only_with_a_law_or_a_count_of_days(name: str) -> None:
    laws = days_of_change(PACK)
    for scenario in shipped.scenario(name).parts:
        counted = [fact.date for fact in scenario.facts.values() if fact.date is not None]
        last: tuple[datetime.date, object] | None = None
        for day in (datetime.date(year, 7, 1) for year in range(1789, 2031)):
            found: object
            try:
                found = DECIDER.decision(scenario, as_of=day).verdicts
            except AuthcheckError as error:
                found = sorted(one.code for one in error.diagnostics)
                assert {*found} <= {"before-its-law", "numbers-differ", "facts-contradict"}
            if last is not None and found != last[1]:
                between = [date for date in (*laws, *counted) if last[0] < date <= day]
                # A count of days from a stated date goes on for some years.
                counting = [date for date in counted if date <= day < date + datetime.timedelta(days=1200)]
                assert between or counting, (day, last[1], found)
            last = day, found


def test_in_1964_no_duty_of_a_statute_of_1973_is_owed() -> None:
    answer = DECIDER.decide(build_scenario(DESTROYERS, "destroyers.yaml", PACK))

    check_times(answer)
    assert not [one for one in answer.duties if one.authority == "war-powers"]
    assert answer.authorities["war-powers"].reason == "Its law begins on 1973-11-07."
    assert answer.verdicts["article-ii"] is Verdict.CONTESTED


@pytest.mark.parametrize(
    ("stated", "begins"),
    [
        ("fto_designation_in_effect: true", "1996-04-24"),
        ("war_powers_report_submitted: true", "1973-11-07"),
        ("presidential_finding: true", "1974-12-30"),
    ],
)
def test_a_fact_that_a_later_law_defines_cannot_be_stated(stated: str, begins: str) -> None:
    scenario = build_scenario(f"{DESTROYERS}  {stated}\n", "destroyers.yaml", PACK)

    with pytest.raises(AuthcheckError) as refused:
        DECIDER.decide(scenario)

    (fault,) = refused.value.diagnostics
    assert (fault.code, fault.place.line) == ("before-its-law", 12)
    assert begins in fault.message


def test_what_a_later_law_defines_may_be_said_not_to_be_so() -> None:
    scenario = build_scenario(f"{DESTROYERS}  presidential_finding: false\n", "destroyers.yaml", PACK)

    assert DECIDER.decide(scenario).verdicts["title-50"] is not Verdict.AVAILABLE


def test_what_a_law_to_come_supplies_on_readings_of_it_alone_is_not_there() -> None:
    law, later = shipped.pack(), Period((), datetime.date(2100, 1, 1))
    question = law.questions["war-powers-grant"]
    readings = {name: replace(one, in_force=later) for name, one in question.readings.items()}
    authority = law.authorities["war-powers"]
    supplies = tuple(Supply(one.power, {"war-powers-grant": ("grant",)}) for one in authority.supplies)
    to_come = replace(
        law,
        authorities={**law.authorities, "war-powers": replace(authority, in_force=later, supplies=supplies)},
        questions={**law.questions, "war-powers-grant": replace(question, readings=readings)},
    )
    answer = Decider(to_come).decide(shipped.scenario("drone-attack"))
    assert answer.verdicts["war-powers"] is Verdict.UNAVAILABLE
    assert "war-powers" not in answer.relies_on
