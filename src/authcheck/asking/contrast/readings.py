"""The verdicts on every choice of readings."""

from __future__ import annotations

from collections.abc import Mapping

from authcheck.answer.answer import (
    Answer,
    AuthorityAnswer,
    Dispute,
    LeftOut,
    PowerAnswer,
    Receipt,
    UnmodelledAnswer,
)
from authcheck.answer.hedges import Hedge
from authcheck.answer.result import ResultType
from authcheck.frozen import dataclass
from authcheck.model.verdict import Verdict

__all__ = ["RESULT", "SCHEMA", "OnReadings", "ReadVerdict", "Readings", "readings_table"]

SCHEMA = "authcheck.readings/1"


@dataclass(frozen=True, slots=True)
class ReadVerdict:
    """What an authority is on one choice of readings: the reading of each question, and who holds it."""

    readings: Mapping[str, str]
    holders: Mapping[str, tuple[str, ...]]
    verdict: Verdict
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]


@dataclass(frozen=True, slots=True)
class OnReadings:
    """What readings part on: its verdict on every choice of readings of the questions that bear on it.

    It is an authority or, where readings say whether a source supplies it, a power.
    """

    id: str
    title: str
    verdict: Verdict
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]
    questions: tuple[str, ...]
    choices: tuple[ReadVerdict, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """Every authority and power on which the readings that the lens admits part, with the questions and all readings.

    `left_out` gives, for each of them, the readings that the lens leaves out and that would change its verdict.
    """

    schema: str
    scenario: str
    title: str
    option: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    authorities: tuple[OnReadings, ...]
    powers: tuple[OnReadings, ...]
    left_out: Mapping[str, tuple[LeftOut, ...]]
    titles: Mapping[str, str]
    questions: Mapping[str, Dispute]
    holders: Mapping[str, str]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("readings", "The verdicts on every choice of readings, of authcheck", SCHEMA, Readings)


def readings_table(answer: Answer) -> Readings:
    """Return the verdict on each choice of readings, for each authority of an answer on which they part."""
    parted = {name: authority for name, authority in answer.authorities.items() if authority.crux}
    powers = {name: power for name, power in answer.powers.items() if power.crux}
    everything: dict[str, AuthorityAnswer | PowerAnswer] = {**answer.authorities, **answer.powers}
    left_out = {name: item.left_out for name, item in everything.items() if item.left_out}
    asked = {question for item in everything.values() for question in item.crux}
    asked |= {reading.question for left in left_out.values() for reading in left}
    questions = {name: dispute for name, dispute in answer.disputes.items() if name in asked}
    named = {holder for item in questions.values() for reading in item.readings.values() for holder in reading.holders}
    return Readings(
        schema=SCHEMA,
        scenario=answer.scenario,
        title=answer.title,
        option=answer.option,
        unmodelled=answer.unmodelled,
        authorities=tuple(_on_readings(name, item, answer) for name, item in parted.items()),
        powers=tuple(_on_readings(name, power, answer) for name, power in powers.items()),
        left_out=left_out,
        titles={name: item.title for name, item in everything.items() if item.crux or name in left_out},
        questions=questions,
        holders={name: title for name, title in answer.holders.items() if name in named},
        disclaimer=answer.disclaimer,
        receipt=answer.receipt,
    )


def _on_readings(name: str, parted: AuthorityAnswer | PowerAnswer, answer: Answer) -> OnReadings:
    assert parted.verdict is not None  # Invariant: what readings part on has a verdict.
    return OnReadings(
        id=name,
        title=parted.title,
        verdict=parted.verdict,
        possible=parted.possible,
        hedges=parted.hedges,
        questions=parted.crux,
        choices=tuple(
            ReadVerdict(
                under.readings,
                {asked: answer.disputes[asked].readings[reading].holders for asked, reading in under.readings.items()},
                under.verdict,
                under.possible,
                under.hedges,
            )
            for under in parted.readings
        ),
    )
