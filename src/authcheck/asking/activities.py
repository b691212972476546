"""Several activities of one scenario, each answered by itself, with a summary of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from authcheck.answer.answer import Answer, Receipt, UnmodelledAnswer
from authcheck.answer.reasons import unsettled_in
from authcheck.answer.result import ResultType
from authcheck.answer.standing import PowerStanding
from authcheck.answer.unmodelled import unmodelled_of
from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = ["RESULT", "SCHEMA", "Activities", "InShort", "activities_of"]

SCHEMA = "authcheck.activities/1"


@dataclass(frozen=True, slots=True)
class InShort:
    """What one activity relies on, and the powers that it needs, or may need, and that are unsettled or a gap."""

    relies_on: tuple[str, ...]
    unsettled: Mapping[str, PowerStanding]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activities:
    """The answers to a scenario of several activities, which are all done, by activity; `summary` has each in short."""

    schema: str
    scenario: str
    title: str
    description: str
    place: Place
    unmodelled: tuple[UnmodelledAnswer, ...]
    summary: Mapping[str, InShort]
    answers: Mapping[str, Answer]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("activities", "Answers to several activities of one scenario, of authcheck", SCHEMA, Activities)


def activities_of(scenario: Scenario, answers: Mapping[str, Answer], pack: Pack) -> Activities:
    """Return the answers to the activities of a scenario, at least one, together."""
    first = next(iter(answers.values()))
    return Activities(
        schema=SCHEMA,
        scenario=scenario.id,
        title=scenario.title,
        description=scenario.description,
        place=scenario.place,
        unmodelled=unmodelled_of(scenario, pack),
        summary={name: _in_short(answer) for name, answer in answers.items()},
        answers=answers,
        disclaimer=first.disclaimer,
        receipt=replace(first.receipt, activity=""),
    )


def _in_short(answer: Answer) -> InShort:
    gaps = tuple(name for name, power in answer.powers.items() if power.gap)
    return InShort(answer.relies_on, unsettled_in(answer), gaps)
