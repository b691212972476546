"""What relying on an authority requires: where each duty stands, and when it falls due."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from authcheck.answer import decide
from authcheck.answer.answer import Answer, DutyAnswer
from authcheck.loading.scenarios import build_scenario
from authcheck.model.authority import ALWAYS, Ground
from authcheck.model.pack import Pack

Ask = Callable[..., Answer]

PERMITTED = "entering: true, permit: granted, pilot_aboard: true, seaworthy: true"


def duties(answer: Answer) -> dict[str, DutyAnswer]:
    return {one.duty: one for one in answer.duties}


@pytest.mark.parametrize(
    ("day", "fee", "state"),
    [
        ("2024-05-03", "false", "owed"),
        ("2024-05-04", "false", "overdue"),
        ("2024-05-03", "true", "done"),
        ("2024-05-04", "true", "done-undated"),
        ("2024-05-04", "unknown", "unknown"),
    ],
)
def test_a_duty_is_owed_overdue_unknown_or_done_on_a_day_or_none(ask: Ask, day: str, fee: str, state: str) -> None:
    answer = ask(f"as_of: {day}\nfacts: {{{PERMITTED}, arrival_date: 2024-05-01, fee_paid: {fee}}}")

    found = duties(answer)["pay"]
    assert found.state.value == state
    assert found.due == datetime.date(2024, 5, 3)
    assert found.due_words == "within two days"
    assert (found.by, found.text, found.passages) == ("the captain", "Pay the fee.", ("act-1",))


def test_a_duty_that_may_not_be_owed_is_owed_perhaps(ask: Ask) -> None:
    answer = ask("facts: {cargo: grain, entering: unknown, fee_paid: false}")

    assert duties(answer)["pay"].state.value == "perhaps"


def test_a_duty_without_a_day_is_owed_until_it_is_done(ask: Ask) -> None:
    greet = duties(ask(f"facts: {{{PERMITTED}}}"))["greet"]

    assert greet.state.value == "owed"
    assert (greet.due, greet.due_words, greet.clock) == (None, "", "")
    assert greet.passages == ("gazette-pilots", "act-1")


def test_the_day_is_counted_back_from_a_stated_count(ask: Ask) -> None:
    answer = ask(f"as_of: 2024-05-10\nfacts: {{{PERMITTED}, days_moored: 3, fee_paid: false}}")

    assert duties(answer)["pay"].due == datetime.date(2024, 5, 10)
    assert duties(answer)["pay"].state.value == "owed"


@pytest.mark.parametrize("count", ["0", "{at_least: 3}", "unknown"])
def test_without_one_certain_day_of_arrival_no_date_is_given(ask: Ask, count: str) -> None:
    answer = ask(f"facts: {{{PERMITTED}, days_moored: {count}, fee_paid: false}}")

    assert duties(answer)["pay"].due is None
    assert duties(answer)["pay"].state.value == "owed"


@pytest.mark.parametrize(
    "facts", ["days_moored: 999999", "arrival_date: 9999-12-31"], ids=["before the calendar", "after the calendar"]
)
def test_a_day_that_the_calendar_does_not_have_is_not_given(ask: Ask, facts: str) -> None:
    assert duties(ask(f"facts: {{{PERMITTED}, {facts}, fee_paid: false}}"))["pay"].due is None


@pytest.mark.parametrize(("days", "state"), [("10", "owed"), ("11", "overdue"), ("{at_least: 10}", "owed")])
def test_a_clock_runs_out_after_its_last_day(harbour: Pack, days: str, state: str) -> None:
    act = harbour.authorities["harbour-act"]
    act = replace(act, grounds=(bare(act.grounds[0]),))
    pack = replace(harbour, authorities={**harbour.authorities, "harbour-act": act})
    text = f"scenario: A ship\nfacts: {{{PERMITTED}, days_moored: {days}, fee_paid: false}}"

    leave = duties(decide(pack, build_scenario(text, "ship.yaml", pack)))["leave"]

    assert leave.state.value == state
    assert leave.clock == "stay"


def bare(ground: Ground) -> Ground:
    """Return the ground without its exceptions."""
    return replace(ground, exceptions=())


@pytest.mark.parametrize(
    ("facts", "state", "day", "first", "last"),
    [
        ("days_moored: 7", "running", 7, "2024-05-01", "2024-05-10"),
        ("arrival_date: 2024-05-01", "running", 7, "2024-05-01", "2024-05-10"),
        ("arrival_date: 2024-04-27", "over", 11, "2024-04-27", "2024-05-06"),
        ("arrival_date: 2024-05-09", "not-started", 0, "2024-05-09", "2024-05-18"),
        ("days_moored: 0", "not-started", 0, None, None),
        ("days_moored: unknown", "unknown", 0, None, None),
    ],
)
def test_a_clock_says_where_it_stands(
    ask: Ask, facts: str, state: str, day: int, first: str | None, last: str | None
) -> None:
    (clock,) = ask(f"as_of: 2024-05-07\nfacts: {{{PERMITTED}, {facts}, fee_paid: false}}").clocks

    assert (clock.clock, clock.holder, clock.limit, clock.at_latest) == ("stay", "keeper", 10, False)
    assert (clock.state.value, clock.day) == (state, day)
    assert [one and one.isoformat() for one in (clock.first, clock.last)] == [first, last]


def test_of_a_count_that_is_at_least_so_many_the_latest_days_are_given(ask: Ask) -> None:
    (clock,) = ask(f"as_of: 2024-05-07\nfacts: {{{PERMITTED}, days_moored: {{at_least: 7}}, fee_paid: false}}").clocks

    assert (str(clock.first), str(clock.last), clock.at_latest) == ("2024-05-01", "2024-05-10", True)


def test_a_clock_that_does_not_run_is_not_shown(ask: Ask) -> None:
    assert ask(f"facts: {{{PERMITTED}, days_moored: 7, fee_paid: true}}").clocks == ()


def test_a_clock_that_may_not_run_runs_perhaps(ask: Ask) -> None:
    (clock,) = ask(f"facts: {{{PERMITTED}, days_moored: 7, fee_paid: unknown}}").clocks

    assert clock.perhaps


def test_what_is_not_relied_on_requires_only_what_goes_with_the_activity(ask: Ask) -> None:
    answer = ask("facts: {entering: true, permit: refused, fee_paid: false}")

    assert answer.verdicts["harbour-act"].value == "unavailable"
    assert list(duties(answer)) == ["pay"]


def test_an_undetermined_authority_that_a_fact_raises_shows_its_duties(ask: Ask) -> None:
    answer = ask("facts: {entering: true, permit: unknown, fee_paid: false}")

    assert answer.verdicts["harbour-act"].value == "undetermined"
    assert {name: one.state.value for name, one in duties(answer).items()} == {
        "pay": "owed",
        "leave": "perhaps",
        "greet": "perhaps",
    }


def test_where_no_ship_enters_nothing_is_required(ask: Ask) -> None:
    assert ask("facts: {permit: granted, fee_paid: false}").duties == ()


def test_a_duty_past_a_clock_of_which_the_sources_fall_silent_is_owed_perhaps(harbour: Pack) -> None:
    act = harbour.authorities["harbour-act"]
    act = replace(act, grounds=(bare(act.grounds[0]),))
    (stay,) = act.clocks
    quiet = replace(stay, silent_when=ALWAYS, silence="Nobody says what a storm does to the count.")
    loud, pack = (
        replace(harbour, authorities={**harbour.authorities, "harbour-act": replace(act, clocks=(clock,))})
        for clock in (stay, quiet)
    )

    def state(law: Pack, day: str) -> str:
        text = f"scenario: A ship\nas_of: {day}\nfacts: {{{PERMITTED}, fee_paid: false, arrival_date: 2024-05-01}}"
        return duties(decide(law, build_scenario(text, "ship.yaml", law)))["leave"].state.value

    assert (state(loud, "2024-05-10"), state(pack, "2024-05-10")) == ("owed", "owed")
    assert (state(loud, "2024-05-11"), state(pack, "2024-05-11")) == ("overdue", "perhaps")
