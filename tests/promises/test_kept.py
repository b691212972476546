"""What is kept of one answer and used for the next never shows: each is as if nothing had been asked before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.model.pack import Pack
from authcheck.model.scenario import FactStatus, Scenario
from tests.promises.strategies import FEWER, packs_with_scenarios
from tests.shipped import decider, scenarios


def answered(work: Callable[[], Answer]) -> Answer | tuple[Diagnostic, ...]:
    """Return the answer, or what contradicts itself."""
    try:
        return work()
    except AuthcheckError as error:
        return tuple(error.diagnostics)


def elsewhere(scenario: Scenario) -> Scenario:
    """Return the same story under another name, its facts at other places and with other notes."""
    facts = {
        name: replace(one, place=Place("other.yaml", 100 + one.place.line, 7), note=f"as {name} says")
        for name, one in scenario.facts.items()
    }
    return replace(
        scenario,
        id="other",
        title="Another",
        description="Told again.",
        place=Place("other.yaml", 1, 1),
        digest="sha256:other",
        facts=facts,
    )


def claimed(scenario: Scenario) -> Scenario:
    """Return the scenario in which every fact is claimed only."""
    facts = {name: replace(one, status=FactStatus.CLAIMED) for name, one in scenario.facts.items()}
    return replace(scenario, facts=facts)


@FEWER
@given(packs_with_scenarios(), st.sampled_from(("documents", "all", "scholar")))
def test_an_answer_is_that_of_one_who_was_asked_nothing_before(made: tuple[Pack, list[Scenario]], lens: str) -> None:
    pack, stories = made
    asked = Decider(pack)
    again = [elsewhere(one) for one in stories]
    for scenario in (*stories, *again, *map(claimed, stories), *stories):
        for chosen in dict.fromkeys(("documents", lens)):
            expected = answered(lambda of=scenario, by=chosen: Decider(pack).decide(of, lens=by))  # type: ignore[misc]
            assert answered(lambda of=scenario, by=chosen: asked.decide(of, lens=by)) == expected  # type: ignore[misc]


@pytest.mark.parametrize("lens", ["documents", "all"])
def test_a_shipped_scenario_is_answered_as_if_nothing_had_been_asked_before(lens: str) -> None:
    asked = Decider(decider().pack, version="1")
    for scenario in scenarios()[:: 2 if lens == "all" else 1]:
        for part in scenario.parts:
            asked.decide(part, lens=lens)
            told = elsewhere(part)
            assert asked.decide(told, lens=lens) == Decider(asked.pack, version="1").decide(told, lens=lens)
            for option in part.options:
                courses = asked.decide(told, lens=lens, option=option), asked.decide(part, lens=lens, option=option)
                assert courses[0].verdicts == courses[1].verdicts
                assert courses[0].option == option
                assert courses[0].scenario == "other"
