"""The vocabulary of scenarios: facts, their kinds and the values that they may take."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Condition

__all__ = ["Derivation", "Fact", "FactKind", "FactType", "Value"]

Value: TypeAlias = bool | str | int | datetime.date


class FactKind(enum.Enum):
    """Why a story may leave a fact out, and so what its absence means."""

    ACTIVITY = "activity"
    EVENT = "event"
    STATUS = "status"


class FactType(enum.Enum):
    """The values that a fact takes."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A number that follows from the scenario's date and one stated date: `first` on that date itself."""

    from_date: str
    first: int
    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a scenario may state.

    `values` are the choices with their meanings. `absent` is the value under `unstated: absent`, which an
    activity takes whenever it is not stated; `unless_stated` is the value that an event then takes.
    Where `only_if` fails the fact has its absent value; `implies` gives, for a value, what follows from it.
    """

    fact: str
    group: str
    kind: FactKind
    type: FactType
    question: str
    meaning: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    absent: Value | None = None
    unless_stated: Value | None = None
    unit: str = ""
    minimum: int = 0
    derived: Derivation | None = None
    only_if: Condition | None = None
    implies: Mapping[str, Condition] = field(default_factory=dict)
    judgement: bool = False
    narrative: bool = False
    cite: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[bool | str, ...]:
        """The values of a yes/no fact or a choice, in the order of the vocabulary; none for the others."""
        if self.type is FactType.YES_NO:
            return (True, False)
        return tuple(self.values)
