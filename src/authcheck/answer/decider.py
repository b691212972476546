"""A pack and a scenario make a decision, and a decision an answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import UnionType
from typing import TypedDict, Unpack, cast

from authcheck.answer.answer import Answer
from authcheck.answer.building import answer_of, filled
from authcheck.answer.record import Record, Verdicts, record_of, verdicts_of
from authcheck.answer.states_met import StatesMet
from authcheck.decision.decision import DaySource, Decision, Inquiry, Law
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.keeping import keep
from authcheck.model.pack import Pack
from authcheck.model.period import in_force_on
from authcheck.model.question import Lens, Reading
from authcheck.model.scenario import FactStatus, Scenario, StatedFact, Unstated
from authcheck.wording import listed

__all__ = ["DEFAULT_LENS", "Decider", "Terms", "check_terms", "decide"]

DEFAULT_LENS = "documents"

# The verdicts of so many states are kept.
_MOST_STATES = 1 << 13

# When so much is kept of authorities and powers, which takes some hundred megabytes, all of it is dropped.
_MOST_OF_THE_LAW = 1 << 13

# An answer is larger than its verdicts.
_MOST_ANSWERS = 1 << 9


class Terms(TypedDict, total=False):
    """On what terms a scenario is decided; what is left out, or None, is as the scenario or the pack has it.

    `lens` names whose readings count, by default those of the documents; `readings` chooses one reading for a
    question, whatever the lens admits. `unstated`, also as the word that a scenario has for it, and `as_of` override
    the scenario's own; `option` names one of its courses of action.
    """

    lens: str
    readings: Mapping[str, str]
    unstated: Unstated | str | None
    as_of: datetime.date | None
    option: str


# What each term may be, and how that is said.
_KINDS: Mapping[str, tuple[type | UnionType, str]] = {
    "lens": (str, "a name"),
    "readings": (Mapping, "readings by their questions"),
    "unstated": (str | Unstated, "a word"),
    "as_of": (datetime.date, "a date, as datetime.date(2025, 2, 4)"),
    "option": (str, "a name"),
}


def check_terms(terms: Terms) -> Terms:
    """Return the terms without those that are None. Raises TypeError for one that there is not, or of another type."""
    told = {name: value for name, value in terms.items() if value is not None or name not in _KINDS}
    for name, value in told.items():
        if name not in _KINDS:
            raise TypeError(f"there is no term `{name}`: the terms are {listed([*_KINDS], 'and')}")
        kind, words = _KINDS[name]
        # A moment is a date to Python, and is compared with none.
        if not isinstance(value, kind) or isinstance(value, datetime.datetime):
            raise TypeError(f"`{name}` is {words}, and no {type(value).__name__}")
    return cast("Terms", told)


def decide(pack: Pack, scenario: Scenario, *, version: str = "", **terms: Unpack[Terms]) -> Answer:
    """Return the answer to one scenario. To answer many, make a `Decider` of the pack once.

    `version` is the tool's, for the receipt. Raises AuthcheckError where the stated facts contradict one another,
    KeyError for a lens, a question, a reading, an option or an `unstated` that does not exist, and TypeError for a term
    that does not, or is of another type. Of several activities it takes one: it raises ValueError for a scenario that
    is not taken `alone`.
    """
    return Decider(pack, version=version).decide(scenario, **terms)


class Decider:
    """Decides scenarios from one pack. What scenarios have in common is worked out once."""

    def __init__(self, pack: Pack, *, version: str = "", met: StatesMet | None = None) -> None:
        """Take the pack, the version of the tool for receipts, and the states that earlier runs have met, if any."""
        self.pack = pack
        self.met = met
        self.law = Law(pack, version)
        self._verdicts: dict[tuple[bool, tuple[object, ...]], Verdicts] = {}
        self._answers: dict[tuple[object, ...], Answer] = {}
        self._last: Decision | None = None

    def decision(self, scenario: Scenario, **terms: Unpack[Terms]) -> Decision:
        """Return what the scenario comes to, on which everything else is asked. Raises as `decide` does."""
        _refuse_several(scenario)
        return self._decision(scenario, check_terms(terms))

    def _decision(self, scenario: Scenario, terms: Terms) -> Decision:
        """Return what a scenario of one activity comes to on terms that are checked."""
        if self.law.kept > _MOST_OF_THE_LAW:
            self.law.forget()
        option, readings = terms.get("option", ""), terms.get("readings", {})
        source, day = self._day(scenario, terms)
        unstated = _unstated_of(scenario, terms)
        # Of what is said alike in the scenario before, the same is known.
        last = self._last
        near = last.known if last is not None and (last.unstated, last.day) == (unstated, day) else None
        self._last = Decision(
            self.law,
            Inquiry(scenario, option, readings, source),
            {**scenario.facts, **(scenario.options[option] if option else {})},
            unstated,
            day,
            self._lens(terms.get("lens", DEFAULT_LENS), readings, day),
            near,
        )
        return self._last

    def _day(self, scenario: Scenario, terms: Terms) -> tuple[DaySource, datetime.date]:
        if (day := terms.get("as_of")) is not None:
            return DaySource.OPTION, day
        return (DaySource.SCENARIO, scenario.as_of) if scenario.as_of is not None else (DaySource.PACK, self.pack.as_of)

    def record(self, scenario: Scenario, *, powers: bool = True, **terms: Unpack[Terms]) -> Record:
        """Return the verdicts alone, as `decide` has them. Raises as it does.

        What the law does not tell apart is decided once, when it is first met, and looked up after that. Without
        `powers` the authorities alone are decided: powers, gaps and what is relied on are then empty.
        """
        _refuse_several(scenario)
        terms = check_terms(terms)
        day = self._day(scenario, terms)[1]
        law, option = self.law.on(day), terms.get("option", "")
        own = (
            [{**scenario.facts, **scenario.options[option]}] if option else [scenario.facts, *scenario.options.values()]
        )
        # What is counted from a date is counted to the day: then no number stands for another.
        counted = any(told.date is not None for some in own for told in some.values())
        stated = own if counted else [self.law.in_short(some) for some in own]
        lens, readings = terms.get("lens", DEFAULT_LENS), terms.get("readings", {})
        unstated = _unstated_of(scenario, terms)
        told = (day if counted else law.span, lens, *readings.items(), unstated, *map(_told, stated))
        verdicts = self._verdicts.get((powers, told))
        if verdicts is None:
            verdicts = None if self.met is None else self.met.find(told, powers=powers)
            if verdicts is None:
                verdicts = self._decided(scenario, stated, terms, powers=powers)
                if self.met is not None:
                    self.met.add(told, verdicts)
            keep(self._verdicts, (powers, told), verdicts, _MOST_STATES)
        return record_of(verdicts, scenario, self.pack, day, lens, option)

    def _decided(
        self, scenario: Scenario, stated: Sequence[Mapping[str, StatedFact]], terms: Terms, *, powers: bool
    ) -> Verdicts:
        """Return the verdicts on a scenario, whose facts and then whose courses of action are told in short."""
        courses = {} if terms.get("option") else dict(zip(scenario.options, stated[1:], strict=True))
        alone: Terms = {**terms, "option": ""}
        try:
            return _verdicts(self._decision(replace(scenario, facts=stated[0], options=courses), alone), powers=powers)
        except AuthcheckError:
            # What is wrong is said in the scenario's own numbers.
            return _verdicts(self._decision(scenario, terms), powers=powers)

    def decide(self, scenario: Scenario, **terms: Unpack[Terms]) -> Answer:
        """Return the answer, as the function `decide` does.

        To scenarios that state the same it is the same, but for what each says of itself: that is filled in.
        """
        _refuse_several(scenario)
        terms = check_terms(terms)
        if scenario.unmodelled or scenario.claimed:
            return answer_of(self._decision(scenario, terms))
        option, stated = terms.get("option", ""), (scenario.facts, *scenario.options.values())
        key = (
            *self._day(scenario, terms),
            terms.get("lens", DEFAULT_LENS),
            *terms.get("readings", {}).items(),
            _unstated_of(scenario, terms),
            option,
            *scenario.options,
            *map(_told, stated),
            *[told.status for some in stated for told in some.values()],
        )
        answer = self._answers.get(key)
        if answer is None:
            return keep(self._answers, key, answer_of(self._decision(scenario, terms)), _MOST_ANSWERS)
        return filled(answer, scenario)

    def _lens(self, name: str, readings: Mapping[str, str], day: datetime.date) -> Lens:
        """Return the lens, narrowed to the readings that are chosen. Raises AuthcheckError for one of another time."""
        lens = self.pack.lenses[name]
        if not readings:
            return lens
        for question, reading in readings.items():
            chosen_reading = self.pack.questions[question].readings[reading]
            if not in_force_on(chosen_reading, day):
                raise AuthcheckError([_of_another_time(question, chosen_reading, day)])
        chosen = {
            question: (self.pack.questions[question].readings[reading].reading,)
            for question, reading in readings.items()
        }
        return replace(
            lens,
            admits={**lens.admits, **chosen},
            off_record=tuple(question for question in lens.off_record if question not in chosen),
        )


def _unstated_of(scenario: Scenario, terms: Terms) -> Unstated:
    """Return what is taken of what is not stated. Raises KeyError for a word that says nothing of it."""
    given = terms.get("unstated")
    if given is None:
        return scenario.unstated
    try:
        return Unstated(given)
    except ValueError:
        raise KeyError(given) from None


def _refuse_several(scenario: Scenario) -> None:
    if scenario.activities:
        raise ValueError("a scenario of several activities is decided one by one: take one of its `parts`")


def _verdicts(decision: Decision, *, powers: bool) -> Verdicts:
    """Return the verdicts. Raises AuthcheckError where a course of action contradicts what is stated."""
    for option in decision.inquiry.scenario.options if not decision.inquiry.option else ():
        verdicts_of(decision.under(option), powers=powers)
    return verdicts_of(decision, powers=powers)


def _told(stated: Mapping[str, StatedFact]) -> tuple[tuple[object, ...], ...]:
    """Return what a verdict may turn on of what is stated."""
    return tuple(
        (one.fact, one.unknown, one.status is FactStatus.DISPUTED, one.values, one.ranges, one.date)
        for one in stated.values()
    )


def _of_another_time(question: str, reading: Reading, day: datetime.date) -> Diagnostic:
    assert reading.in_force is not None  # Invariant: what has no time is of every time.
    begins = reading.in_force.is_ahead_of(day)
    when = f"begins on {reading.in_force.first}" if begins else f"was in force until {reading.in_force.over}"
    message = f"the reading `{question}={reading.reading}` is of a law that {when}: on {day} there is no such reading"
    return Diagnostic("reading-of-another-time", message, Place("--reading"), help="choose another, or another date")
