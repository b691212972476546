"""What an authority or a power is: what every result that tells of one begins with."""

from __future__ import annotations

from dataclasses import fields
from typing import TypeVar

from authcheck.answer.hedges import Hedge
from authcheck.frozen import dataclass
from authcheck.model.verdict import Need, Verdict

__all__ = ["PowerStanding", "PowerSupply", "Standing", "narrowed"]

Told = TypeVar("Told", bound="Standing | PowerStanding")


@dataclass(frozen=True, slots=True)
class Standing:
    """What an authority is, with the sources' own hedges; `in_effect` words it where it has its own effects alone."""

    verdict: Verdict
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]
    in_effect: str


@dataclass(frozen=True, slots=True)
class PowerStanding:
    """Whether a power is needed, and what it then is; its verdict is None where it is not needed.

    `unsupplied` is true where no reading that the lens admits supplies it, whatever the open facts are, and
    `supplied_if_left_out` where one does that the lens leaves out.
    """

    needed: Need
    verdict: Verdict | None
    possible: tuple[Verdict, ...]
    unsupplied: bool
    supplied_if_left_out: bool
    hedges: tuple[Hedge, ...]


@dataclass(frozen=True, slots=True)
class PowerSupply(PowerStanding):
    """What a power is, and whether that is a gap: it is unavailable, and no reading supplies it."""

    gap: bool


def narrowed(kind: type[Told], told: Told) -> Told:
    """Return of what tells more of an authority or a power what this kind tells."""
    return kind(*(getattr(told, one.name) for one in fields(kind)))
