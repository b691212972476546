"""The facts that undetermined verdicts still need, and what each answer would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from authcheck.answer import Decider
from authcheck.answer.needed import NeededFact, needed_facts, weight_of_change
from authcheck.decision import Decision
from authcheck.decision.decision import Law
from authcheck.loading.scenarios import build_scenario
from authcheck.model.condition import Range
from authcheck.model.pack import Pack
from authcheck.model.scenario import StatedFact

Needed = Callable[[str], tuple[NeededFact, ...]]
Decide = Callable[[str], Decision]


@pytest.fixture
def decision(harbour: Pack) -> Decide:
    def decision(facts: str) -> Decision:
        scenario = build_scenario(f"scenario: A ship\nfacts: {{{facts}}}", "ship.yaml", harbour)
        return Decider(harbour).decision(scenario)

    return decision


@pytest.fixture
def needed(decision: Decide, harbour: Pack) -> Needed:
    return lambda facts: needed_facts(decision(facts), harbour.authorities)


def test_nothing_is_needed_where_all_is_settled(needed: Needed) -> None:
    assert needed("entering: false, cargo: none") == ()


def test_each_answer_says_what_would_then_be_possible(needed: Needed) -> None:
    (permit,) = needed("entering: true, seaworthy: true, pilot_aboard: true, crew_size: 9, fee_paid: true")

    assert permit.fact == "permit"
    assert permit.cells == (("not_sought",), ("sought",), ("granted",), ("refused",))
    assert [one.value for one in permit.before["harbour-act"]] == ["available", "silent", "unavailable"]
    assert [[one.value for one in after] for after in permit.after["harbour-act"]] == [
        ["unavailable"],
        ["silent"],
        ["available"],
        ["unavailable"],
    ]
    # From three possible verdicts to one, and from two to one.
    assert sum(permit.narrowing.values()) == 3


def test_the_fact_that_narrows_most_is_the_first(needed: Needed) -> None:
    found = needed("entering: true, storm: raging, pilot_aboard: false")

    assert found[0].fact == "permit"


def test_what_only_tells_the_story_is_asked_last(decision: Decide, harbour: Pack) -> None:
    found = decision("entering: true, storm: raging, pilot_aboard: false")
    first, *rest = (one.fact for one in needed_facts(found, harbour.authorities))

    told = replace(harbour, facts={**harbour.facts, first: replace(harbour.facts[first], narrative=True)})
    again = Decision(Law(told), found.inquiry, found.stated, found.unstated, found.day, found.lens)
    assert [one.fact for one in needed_facts(again, told.authorities)] == [*rest, first]


def test_numbers_and_values_that_are_left_are_told_apart_as_the_rules_do(needed: Needed) -> None:
    facts = "entering: true, storm: [warned, raging], permit: [granted, sought], crew_size: [2, 7]"
    found = {one.fact: one for one in needed(facts)}

    assert found["crew_size"].cells == (Range(1, 3), Range(6))
    assert found["permit"].cells == (("sought",), ("granted",))


def test_an_answer_does_what_is_said_of_it(decision: Decide, harbour: Pack) -> None:
    found = decision("entering: true, storm: [warned, raging]")
    for one in needed_facts(found, harbour.authorities):
        for index, cell in enumerate(one.cells):
            ranges, values = ((cell,), ()) if isinstance(cell, Range) else ((), cell)
            stated = found.restated(
                {one.fact: StatedFact(one.fact, found.law.facts[one.fact].place, values=values, ranges=ranges)}
            )
            for name, after in one.after.items():
                assert stated.case(name).possible == after[index]


def test_a_change_counts_by_the_needed_powers_that_it_turns(decision: Decide) -> None:
    sound = "entering: true, pilot_aboard: true, fee_paid: true, seaworthy: true, storm: none"
    asked = decision(f"{sound}, permit: sought")

    def weight(facts: str, changed: str, authority: str = "harbour-act") -> float:
        return weight_of_change(asked, decision(facts), authority, [changed])

    granted = weight(f"{sound}, permit: granted", "permit")
    assert granted == 1
    assert weight(f"{sound}, permit: sought, crew_size: 9", "crew_size") < granted
    # What is done is what the story is about, and no stated fact raises the charter.
    assert weight(f"{sound}, permit: granted, cargo: grain", "cargo") < granted
    assert weight(f"{sound}, permit: granted", "permit", "old-charter") < granted
