"""What an author expects of the answer to a scenario, held against the answer."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.answer.answer import Answer
from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.scenario import Expectation, Scenario
from authcheck.model.verdict import Verdict

__all__ = ["Aspect", "Difference", "ExpectationResult", "check_expectations", "expected_today"]


class Aspect(enum.Enum):
    """What of an answer an author may expect something of."""

    VERDICT = "verdict"
    RELIES_ON = "relies-on"


@dataclass(frozen=True, slots=True)
class Difference:
    """One point on which the answer is not as expected.

    For verdicts, `expected` and `got` are verdicts, and `expected` is empty where an exact expectation leaves
    out an authority that is engaged. For what is relied on, they are `yes` and `no`. `reason` and `possible` are
    the answer's.
    """

    aspect: Aspect
    authority: str
    expected: str
    got: str
    reason: str
    possible: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """Whether one expectation of a scenario is met, and if not, every point on which the answer differs.

    `activity` or `option` is the one of which it is expected, where it is not the scenario as it stands.
    """

    scenario: str
    activity: str
    option: str
    title: str
    place: Place
    lens: str
    unstated: str
    met: bool
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """What of which it is expected, and on which terms, in words."""
        part = self.activity or self.option
        return f"{self.scenario}{f', {part}' if part else ''} (lens {self.lens}, unstated {self.unstated})"


def check_expectations(decider: Decider, scenario: Scenario) -> tuple[ExpectationResult, ...]:
    """Return the result for each expectation of the scenario, in their order; none where it states none.

    Of several activities, an expectation that names none has a result for each.

    Raises AuthcheckError where the stated facts contradict one another.
    """
    return tuple(
        _check(decider, part, expectation)
        for expectation in scenario.expect
        for part in scenario.parts
        if expectation.activity in {"", part.activity}
    )


def expected_today(decider: Decider, scenario: Scenario) -> tuple[Expectation, ...]:
    """Return what the answer as it is meets: to each activity, or to the scenario and each course of action.

    Raises AuthcheckError where the stated facts contradict one another.
    """
    return tuple(
        _today(decider.decide(part, option=option), part, option)
        for part in scenario.parts
        for option in ("", *part.options)
    )


def _today(answer: Answer, scenario: Scenario, option: str) -> Expectation:
    engaged = {name: verdict.value for name, verdict in answer.verdicts.items() if verdict is not Verdict.NOT_ENGAGED}
    return Expectation(scenario.place, engaged, {}, tuple(answer.relies_on), activity=scenario.activity, option=option)


def _check(decider: Decider, scenario: Scenario, expectation: Expectation) -> ExpectationResult:
    lens = expectation.lens or DEFAULT_LENS
    unstated = expectation.unstated or scenario.unstated
    answer = decider.decide(scenario, lens=lens, unstated=unstated, option=expectation.option)
    differences = (*_verdicts(expectation, answer), *_reliance(expectation, answer))
    return ExpectationResult(
        scenario=scenario.id,
        activity=scenario.activity,
        option=expectation.option,
        title=scenario.title,
        place=expectation.place,
        lens=lens,
        unstated=unstated.value,
        met=not differences,
        differences=differences,
    )


def _verdicts(expectation: Expectation, answer: Answer) -> Iterator[Difference]:
    for name, verdict in answer.verdicts.items():
        if not expectation.admits(name, verdict):
            expected = expectation.verdicts.get(name, "")
            place = expectation.verdict_places.get(name, expectation.place)
            yield _difference(Aspect.VERDICT, name, expected, verdict.value, answer, place)


def _reliance(expectation: Expectation, answer: Answer) -> Iterator[Difference]:
    if expectation.relies_on is None:
        return
    for name in answer.authorities:
        expected, got = name in expectation.relies_on, name in answer.relies_on
        if expected is not got:
            yield _difference(Aspect.RELIES_ON, name, _YES_NO[expected], _YES_NO[got], answer, expectation.place)


_YES_NO = {True: "yes", False: "no"}


def _difference(aspect: Aspect, authority: str, expected: str, got: str, answer: Answer, place: Place) -> Difference:
    answered = answer.authorities[authority]
    possible = tuple(verdict.value for verdict in answered.possible)
    return Difference(aspect, authority, expected, got, answered.reason, possible, place)
