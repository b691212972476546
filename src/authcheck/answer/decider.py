"""A pack and a scenario make an answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from authcheck.answer.answer import Answer
from authcheck.answer.building import AnswerBuilder
from authcheck.decision.decision import Decision, Law
from authcheck.model.pack import Pack
from authcheck.model.question import Lens
from authcheck.model.scenario import Scenario, Unstated

__all__ = ["DEFAULT_LENS", "Decider", "decide"]

DEFAULT_LENS = "documents"

NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})


def decide(
    pack: Pack,
    scenario: Scenario,
    *,
    lens: str = DEFAULT_LENS,
    readings: Mapping[str, str] = NOTHING_CHOSEN,
    unstated: Unstated | None = None,
    as_of: datetime.date | None = None,
    option: str = "",
    version: str = "",
) -> Answer:
    """Return the answer to one scenario. To answer many, make a `Decider` of the pack once.

    `readings` chooses one reading for a question, whatever the lens admits. `unstated` and `as_of` override the
    scenario's own; `option` names one of its courses of action; `version` is the tool's, for the receipt. Raises
    AuthcheckError where the stated facts contradict one another, and KeyError for a lens, a question, a reading
    or an option that does not exist.
    """
    decider = Decider(pack, version=version)
    return decider.decide(scenario, lens=lens, readings=readings, unstated=unstated, as_of=as_of, option=option)


class Decider:
    """Answers scenarios from one pack. What scenarios have in common is worked out once."""

    def __init__(self, pack: Pack, *, version: str = "") -> None:
        """Take the pack, and the version of the tool for receipts."""
        self.pack = pack
        self.version = version
        self.law = Law(pack)

    def decision(
        self,
        scenario: Scenario,
        *,
        lens: str = DEFAULT_LENS,
        readings: Mapping[str, str] = NOTHING_CHOSEN,
        unstated: Unstated | None = None,
        as_of: datetime.date | None = None,
        option: str = "",
    ) -> Decision:
        """Return what the scenario comes to; the arguments and errors are those of the function `decide`."""
        stated = {**scenario.facts, **(scenario.options[option] if option else {})}
        day = as_of or scenario.as_of or self.pack.as_of
        return Decision(self.law, stated, unstated or scenario.unstated, day, self._lens(lens, readings))

    def decide(
        self,
        scenario: Scenario,
        *,
        lens: str = DEFAULT_LENS,
        readings: Mapping[str, str] = NOTHING_CHOSEN,
        unstated: Unstated | None = None,
        as_of: datetime.date | None = None,
        option: str = "",
    ) -> Answer:
        """Return the answer, as the function `decide` does."""
        decision = self.decision(scenario, lens=lens, readings=readings, unstated=unstated, as_of=as_of, option=option)
        given = "option" if as_of is not None else "scenario" if scenario.as_of is not None else "pack"
        return AnswerBuilder(decision, self.version).answer(scenario, option, given, readings)

    def _lens(self, name: str, readings: Mapping[str, str]) -> Lens:
        """Return the lens, narrowed to the readings that are chosen."""
        lens = self.pack.lenses[name]
        if not readings:
            return lens
        chosen = {
            question: (self.pack.questions[question].readings[one].reading,) for question, one in readings.items()
        }
        return replace(
            lens,
            admits={**lens.admits, **chosen},
            off_record=tuple(one for one in lens.off_record if one not in chosen),
        )
