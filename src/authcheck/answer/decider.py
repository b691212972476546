"""A pack and a scenario make a decision, and a decision an answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict, Unpack

from authcheck.answer.answer import Answer
from authcheck.answer.building import answer_of
from authcheck.decision.decision import DaySource, Decision, Inquiry, Law
from authcheck.model.pack import Pack
from authcheck.model.question import Lens
from authcheck.model.scenario import Scenario, Unstated

__all__ = ["DEFAULT_LENS", "Decider", "Terms", "decide"]

DEFAULT_LENS = "documents"


class Terms(TypedDict, total=False):
    """On what terms a scenario is decided; what is left out, or None, is as the scenario or the pack has it.

    `lens` names whose readings count, by default those of the documents; `readings` chooses one reading for a
    question, whatever the lens admits. `unstated` and `as_of` override the scenario's own; `option` names one of its
    courses of action.
    """

    lens: str
    readings: Mapping[str, str]
    unstated: Unstated | None
    as_of: datetime.date | None
    option: str


def decide(pack: Pack, scenario: Scenario, *, version: str = "", **terms: Unpack[Terms]) -> Answer:
    """Return the answer to one scenario. To answer many, make a `Decider` of the pack once.

    `version` is the tool's, for the receipt. Raises AuthcheckError where the stated facts contradict one another, and
    KeyError for a lens, a question, a reading or an option that does not exist. Of several activities it takes one:
    it raises ValueError for a scenario that is not taken `alone`.
    """
    return Decider(pack, version=version).decide(scenario, **terms)


class Decider:
    """Decides scenarios from one pack. What scenarios have in common is worked out once."""

    def __init__(self, pack: Pack, *, version: str = "") -> None:
        """Take the pack, and the version of the tool for receipts."""
        self.pack = pack
        self.law = Law(pack, version)

    def decision(self, scenario: Scenario, **terms: Unpack[Terms]) -> Decision:
        """Return what the scenario comes to, on which everything else is asked. Raises as `decide` does."""
        if scenario.activities:
            raise ValueError("a scenario of several activities is decided one by one: take one with `alone`")
        option, readings = terms.get("option", ""), terms.get("readings", {})
        given = {
            DaySource.OPTION: terms.get("as_of"),
            DaySource.SCENARIO: scenario.as_of,
            DaySource.PACK: self.pack.as_of,
        }
        source, day = next((source, day) for source, day in given.items() if day is not None)
        return Decision(
            self.law,
            Inquiry(scenario, option, readings, source),
            {**scenario.facts, **(scenario.options[option] if option else {})},
            terms.get("unstated") or scenario.unstated,
            day,
            self._lens(terms.get("lens", DEFAULT_LENS), readings),
        )

    def decide(self, scenario: Scenario, **terms: Unpack[Terms]) -> Answer:
        """Return the answer, as the function `decide` does."""
        return answer_of(self.decision(scenario, **terms))

    def _lens(self, name: str, readings: Mapping[str, str]) -> Lens:
        """Return the lens, narrowed to the readings that are chosen."""
        lens = self.pack.lenses[name]
        if not readings:
            return lens
        chosen = {
            question: (self.pack.questions[question].readings[reading].reading,)
            for question, reading in readings.items()
        }
        return replace(
            lens,
            admits={**lens.admits, **chosen},
            off_record=tuple(question for question in lens.off_record if question not in chosen),
        )
