"""The engine agrees with a naive evaluator that tries every world and every reading."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import event, given

from authcheck.decision import decide
from authcheck.decision.known import know
from authcheck.diagnostics import AuthcheckError
from authcheck.model.answer import Answer, Verdict
from authcheck.model.condition import Range
from authcheck.model.fact import FactType
from tests.promises.strategies import AS_OF, Case, cases
from tests.reference import Contradiction, Reference, ReferenceAuthority, shared


@given(cases())
def test_the_engine_agrees_with_a_naive_evaluator(case: Case) -> None:
    lens = case.pack.lenses[case.lens]
    scenario = case.scenario
    try:
        reference = Reference(case.pack, scenario.facts, lens.admits, scenario.unstated, AS_OF)
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
    for name, power in reference.powers.items():
        found = answer.powers[name]
        assert found.needed is power.needed
        assert set(found.possible) == power.possible
        assert found.verdict is (shared(power.possible) if power.possible else None)
        assert found.gap == (power.possible == {Verdict.UNAVAILABLE})
    assert set(answer.relies_on) == reference.relies_on
    assert {one.caution: one.holds for one in answer.cautions} == reference.cautions


def check_authority(name: str, answer: Answer, expected: ReferenceAuthority) -> None:
    found = answer.authorities[name]
    assert answer.verdicts[name] is found.verdict is expected.verdict
    assert set(found.possible) == expected.possible
    assert set(found.crux) == expected.crux
    assert set(found.still_needed) == expected.still_needed
    by_reading = {tuple(one.readings.items()): one for one in found.readings}
    assert len(by_reading) == len(found.readings)
    for choice, possible in expected.by_choice.items() if found.crux else ():
        one = by_reading[within(choice, found.crux)]
        assert set(one.possible) == possible
        assert one.verdict is shared(possible)


def within(choice: tuple[tuple[str, str], ...], questions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the part of a choice of readings that answers these questions."""
    chosen: Mapping[str, str] = dict(choice)
    return tuple((name, chosen[name]) for name in questions)


def check_facts(case: Case, reference: Reference) -> None:
    known = know(case.pack.facts, case.scenario.facts, case.scenario.unstated, AS_OF)
    for name, expected in reference.known.items():
        found = known.facts[name]
        assert found.origin.value == expected.origin
        if found.origin.value == "stated":
            continue
        if case.pack.facts[name].type is not FactType.NUMBER:
            assert set(found.allowed) == expected.values
        elif found.origin.value in {"derived", "assumed"}:
            assert {Range(value, value) for value in expected.values if isinstance(value, int)} == set(found.allowed)
