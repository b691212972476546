"""The time in which a law is in force, and with it whatever rests on that law."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Protocol, TypeAlias, TypeVar

from authcheck.frozen import dataclass
from authcheck.model.names import Cites, Key, Least, Said

__all__ = ["Dated", "Period", "WhileInForce", "among", "in_force_on", "is_yet_to_come"]


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of a law to the first day without it; an end that is left out is none."""

    cite: Annotated[Cites, Least(1), Said("Who says so.")]
    first: Annotated[datetime.date | None, Key("from"), Said("The first day.")] = None
    over: Annotated[datetime.date | None, Key("to"), Said("The first day on which it is gone.")] = None

    def holds(self, day: datetime.date) -> bool:
        """Whether the day lies in it."""
        return not self.is_ahead_of(day) and (self.over is None or day < self.over)

    def is_ahead_of(self, day: datetime.date) -> bool:
        """Whether it begins after the day."""
        return self.first is not None and day < self.first

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The days on which it begins and ends."""
        return tuple(day for day in (self.first, self.over) if day is not None)


WhileInForce: TypeAlias = Annotated[
    Period | None, Said("The time of the law on which it rests: before and after, it does not apply.")
]


class Dated(Protocol):
    """A part of the law that may rest on a law with a time of its own."""

    @property
    def in_force(self) -> Period | None:
        """The time of that law; None where the part rests on none that is dated apart from the whole."""


Part = TypeVar("Part", bound=Dated)


def in_force_on(part: Dated, day: datetime.date) -> bool:
    """Whether what the part rests on is in force on the day."""
    return part.in_force is None or part.in_force.holds(day)


def is_yet_to_come(part: Dated, day: datetime.date) -> bool:
    """Whether what the part rests on begins after the day."""
    return part.in_force is not None and part.in_force.is_ahead_of(day)


def among(parts: Iterable[Part], day: datetime.date) -> tuple[Part, ...]:
    """Return the parts that rest on nothing which is not in force on the day."""
    return tuple(part for part in parts if in_force_on(part, day))
