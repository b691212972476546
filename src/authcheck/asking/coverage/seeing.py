"""What one scenario shows of every authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.answer.building import answer_of
from authcheck.asking.coverage.points import rows_of
from authcheck.asking.coverage.results import Aspect, Point, State
from authcheck.decision.decision import Decision
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import DutyState

__all__ = ["points_of_decision", "points_of_scenario"]


def points_of_scenario(scenario: Scenario, decider: Decider) -> frozenset[Point]:
    """Return what the scenario shows, on each of the terms on which something is expected of it.

    What is true of it is seen on every reading, whatever its lens. Raises AuthcheckError where its facts contradict
    one another.
    """
    return frozenset(point for decision in _decisions(scenario, decider) for point in points_of_decision(decision))


def _decisions(scenario: Scenario, decider: Decider) -> Iterator[Decision]:
    for part in scenario.parts:
        terms = [(one.lens or DEFAULT_LENS, one.unstated or scenario.unstated, one.option) for one in part.expect]
        for lens, unstated, option in dict.fromkeys(terms or [(DEFAULT_LENS, scenario.unstated, "")]):
            yield decider.decision(part, lens=lens, unstated=unstated, option=option)


def points_of_decision(decision: Decision) -> Iterable[Point]:
    """Return what a decision shows: what the facts leave one truth, what they leave open, and where duties stand."""
    for case in decision.cases.values():
        for row in rows_of(case.tables):
            for state in row.states(case.mask):
                yield _as(row.point, state)
    for duty in answer_of(decision).duties:
        is_done = duty.state in {DutyState.DONE, DutyState.DONE_LATE, DutyState.DONE_UNDATED}
        state = State.DONE if is_done else State(duty.state.value)
        yield Point(duty.authority, Aspect.DUTY, duty.duty, state)


def _as(point: Point, state: State) -> Point:
    return Point(point.authority, point.aspect, point.id, state, point.ground, point.reading)
