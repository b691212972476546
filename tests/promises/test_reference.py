"""The engine agrees with a naive evaluator that tries every world and every reading."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from authcheck.answer import decide
from authcheck.answer.answer import Answer, Attention
from authcheck.decision.known import know
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.worlds import Vocabulary
from authcheck.meaning import admitted_on, is_allowed, shared
from authcheck.model.condition import Range
from authcheck.model.fact import FactType, Value
from authcheck.model.scenario import Scenario, StatedFact
from authcheck.model.verdict import Verdict
from tests import shipped
from tests.promises.strategies import AS_OF, FEWER, PLACE, Case, cases, stated_as
from tests.reference import Contradiction, Reference, ReferenceAuthority, questions_behind

SHIPPED = shipped.pack()
ASKED = {
    question
    for one in SHIPPED.authorities.values()
    for question in (*questions_behind(one), *(name for supply in one.supplies for name in supply.only_on))
}


@given(cases())
def test_the_engine_agrees_with_a_naive_evaluator(case: Case) -> None:
    scenario = case.scenario
    try:
        admits = admitted_on(case.pack, case.lens, AS_OF)
        reference = Reference(case.pack, scenario.facts, admits, scenario.unstated, AS_OF)
    except Contradiction:
        event("contradiction")
        with pytest.raises(AuthcheckError):
            decide(case.pack, scenario, lens=case.lens)
        return
    answer = decide(case.pack, scenario, lens=case.lens)

    check_facts(case, reference)
    for name, expected in reference.authorities.items():
        event(expected.verdict.value)
        check_authority(name, answer, expected)
    check_powers(answer, reference)
    all_there = admitted_on(case.pack, "all", AS_OF)
    every = Reference(case.pack, scenario.facts, all_there, scenario.unstated, AS_OF)
    for name, power in answer.powers.items():
        possible = set(power.possible)
        assert power.gap == (possible == {Verdict.UNAVAILABLE} and every.powers[name].unsupplied)
        assert power.supplied_if_left_out == (power.unsupplied and not every.powers[name].unsupplied)
    assert {one.caution: one.holds for one in answer.cautions} == reference.cautions
    check_duties(answer, reference)


@FEWER
@given(st.integers(min_value=0))
def test_the_shipped_pack_is_answered_as_a_naive_evaluator_answers_it(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - The seed is hypothesis's.
    world = drawn_world(drawn)
    opened = drawn.sample(sorted(world), 3)
    stated = {
        name: StatedFact(name, PLACE, unknown=True) if name in opened else stated_as(SHIPPED.facts[name], value)
        for name, value in world.items()
    } | drawn_dates(world, drawn)
    scenario = Scenario("drawn", "Drawn", PLACE, "", stated)
    # Questions on which no rule turns would only multiply the choices.
    admits = {name: some for name, some in admitted_on(SHIPPED, "documents", SHIPPED.as_of).items() if name in ASKED}

    answer = decide(SHIPPED, scenario)

    reference = Reference(SHIPPED, stated, admits, scenario.unstated, SHIPPED.as_of)
    for name, expected in reference.authorities.items():
        check_authority(name, answer, expected)
    check_powers(answer, reference)
    check_duties(answer, reference)


def drawn_dates(world: Mapping[str, Value], drawn: random.Random) -> dict[str, StatedFact]:
    """Return dates that go with a world, some of those on which the time of a duty turns."""
    days = world["days_since_hostilities_began"]
    assert isinstance(days, int)
    ago = {
        "war_powers_report_date": drawn.randint(0, days + 3) if world["war_powers_report_submitted"] else None,
        "presidential_decision_date": drawn.randint(0, 4) if world["presidential_approval"] is True else None,
        "hostilities_start_date": days - 1 if days else None,
    }
    return {
        name: StatedFact(name, PLACE, date=SHIPPED.as_of - datetime.timedelta(number))
        for name, number in ago.items()
        if number is not None and drawn.choice((True, False))
    }


def drawn_world(drawn: random.Random) -> dict[str, Value]:
    """Return some world of the shipped pack's facts."""
    facts = {name: one for name, one in SHIPPED.facts.items() if one.type is not FactType.DATE}
    while True:
        world: dict[str, Value] = {name: drawn.choice(one.options or (0, 1, 60, 61, 75)) for name, one in facts.items()}
        if is_allowed(world, facts):
            return world


def check_authority(name: str, answer: Answer, expected: ReferenceAuthority) -> None:
    found = answer.authorities[name]
    assert answer.verdicts[name] is found.verdict is expected.verdict
    assert set(found.possible) == expected.possible
    assert set(found.crux) == expected.crux
    assert set(found.still_needed) == expected.still_needed
    assert {hedge.words for hedge in found.hedges} == expected.hedges
    by_reading = {tuple(one.readings.items()): one for one in found.readings}
    assert len(by_reading) == len(found.readings)
    for choice, possible in expected.by_choice.items() if found.crux else ():
        one = by_reading[within(choice, found.crux)]
        assert set(one.possible) == possible
        assert one.verdict is shared(possible)


def check_powers(answer: Answer, reference: Reference) -> None:
    for name, power in reference.powers.items():
        found = answer.powers[name]
        assert found.needed is power.needed
        assert set(found.possible) == power.possible
        assert found.verdict is (shared(power.possible) if power.possible else None)
        assert found.unsupplied == power.unsupplied
    assert set(answer.relies_on) == reference.relies_on


def check_duties(answer: Answer, reference: Reference) -> None:
    raised = {name for name, one in answer.authorities.items() if one.attention is Attention.RAISED}
    expected = reference.duties(raised)
    for state, last in expected.values():
        event(f"a duty {state.value}, {'by a day' if last else 'by no day'}")
    assert {(one.authority, one.duty): (one.state, one.due) for one in answer.duties} == expected


def within(choice: tuple[tuple[str, str], ...], questions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the part of a choice of readings that answers these questions."""
    chosen: Mapping[str, str] = dict(choice)
    return tuple((name, chosen[name]) for name in questions)


def check_facts(case: Case, reference: Reference) -> None:
    known = know(Vocabulary(case.pack.facts), case.scenario.facts, case.scenario.unstated, AS_OF)
    for name, expected in reference.known.items():
        found = known.facts[name]
        assert found.origin.value == expected.origin
        if found.origin.value == "stated":
            continue
        if case.pack.facts[name].type is not FactType.NUMBER:
            assert set(found.allowed) == expected.values
        elif found.origin.value in {"derived", "assumed"}:
            assert {Range(value, value) for value in expected.values if isinstance(value, int)} == set(found.allowed)
