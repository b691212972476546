"""A record of verdicts, which says what the full answer says and no more."""

from __future__ import annotations

import pytest

from authcheck.answer import Decider, decider
from authcheck.answer.answer import Answer, ClaimStanding
from authcheck.answer.record import Record
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.scenarios import build_scenario
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CLAIMED = "claimed: [{authority: old-charter, by: the captain, source: the log}]"
STORIES = {
    "numbers": "facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: 2}",
    "other numbers of the same": "facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: 3}",
    "another number": "facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: 4}",
    "several numbers": "facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: [2, 7]}",
    "a date": "facts: {entering: true, permit: granted, arrival_date: 2024-05-01}",
    "a claim": f"{CLAIMED}\nfacts: {{entering: true, storm: raging, pilot_aboard: true}}",
    "courses": "facts: {permit: granted}\noptions: {enter: {entering: true}, unload: {cargo: grain}}",
    "what no fact says": (
        "unmodelled: [{text: an oath, bears_on: [harbour-act]}, {text: a debt, bears_on: [unload]}]\n"
        "facts: {entering: true, cargo: grain, permit: granted}"
    ),
}


def ship(text: str, harbour: Pack) -> Scenario:
    return build_scenario(f"scenario: A ship\n{text}", "ship.yaml", harbour, id="ship")


def check(record: Record, answer: Answer) -> None:
    """The record says of every authority, power and claim what the answer does."""
    assert {name: one.verdict for name, one in record.authorities.items()} == answer.verdicts
    assert record.relies_on == answer.relies_on
    for name, power in answer.powers.items():
        short = record.powers[name]
        assert (short.verdict, short.possible, short.gap) == (power.verdict, power.possible, power.gap)
        assert short.apart_from == power.apart_from
    assert {name: one.apart_from for name, one in record.authorities.items()} == {
        name: one.apart_from for name, one in answer.authorities.items()
    }
    found = {
        ClaimStanding.AGREED: record.agreed,
        ClaimStanding.NOT_FOUND: record.claimed_not_found,
        ClaimStanding.OPEN: record.claimed_open,
        ClaimStanding.NOT_RELIED_ON: record.claimed_not_relied_on,
        ClaimStanding.NOT_CLAIMED: record.found_not_claimed,
    }
    claims = [(standing, name) for standing, names in found.items() for name in names]
    assert sorted(claims, key=str) == sorted(((one.standing, one.authority) for one in answer.claimed), key=str)


def test_without_powers_the_verdicts_on_authorities_are_the_same(harbour: Pack) -> None:
    ask = Decider(harbour)
    scenario = ship("facts: {}", harbour)
    for _ in range(2):
        every, alone = ask.record(scenario), ask.record(scenario, powers=False)
        assert alone.authorities == every.authorities
        assert every.powers
        assert [*alone.powers, *alone.relies_on, *alone.gaps] == []


@pytest.mark.parametrize("kept", [1, 1 << 13])
def test_a_record_says_what_the_answer_says_however_many_are_kept(
    harbour: Pack, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(decider, "_MOST_STATES", kept)
    asked = Decider(harbour)

    for text in (*STORIES.values(), *STORIES.values()):
        scenario = ship(text, harbour)
        for option in ("", *scenario.options):
            check(asked.record(scenario, option=option), Decider(harbour).decide(scenario, option=option))


def test_what_is_wrong_is_said_in_the_numbers_of_the_scenario(harbour: Pack) -> None:
    # No rule tells twelve days from thirteen, and what is looked up stands for both.
    text = "facts: {days_moored: 13, storm: none, storm_named: true}"

    with pytest.raises(AuthcheckError, match="`storm` none, `storm_named` yes"):
        Decider(harbour).record(ship(text, harbour))


@pytest.mark.parametrize("powers", [True, False])
def test_a_course_that_contradicts_what_is_stated_is_refused(harbour: Pack, *, powers: bool) -> None:
    scenario = ship("facts: {storm: none}\noptions: {named: {storm_named: true}}", harbour)

    with pytest.raises(AuthcheckError, match="under the option `named`"):
        Decider(harbour).record(scenario, powers=powers)
