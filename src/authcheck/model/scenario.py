"""A scenario: the facts that somebody states, and what they expect of the answer."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Annotated

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Range
from authcheck.model.names import Named, Of
from authcheck.model.verdict import Verdict

__all__ = ["Expectation", "FactStatus", "Precedent", "Scenario", "StatedFact", "Unstated", "stated_as"]


class FactStatus(enum.Enum):
    """How a fact is put: as given, or as somebody's claim. A disputed fact counts as unknown."""

    STIPULATED = "stipulated"
    CLAIMED = "claimed"
    REPORTED = "reported"
    DISPUTED = "disputed"


class Unstated(enum.Enum):
    """What an unstated fact is taken to be: as its kind says, absent, or unknown (activities stay closed)."""

    DEFAULT = "default"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatedFact:
    """What a scenario says of one fact: the values it may have, all of them if it is said to be unknown."""

    fact: str
    place: Place
    unknown: bool = False
    values: tuple[bool | str, ...] = ()
    ranges: tuple[Range, ...] = ()
    date: datetime.date | None = None
    status: FactStatus = FactStatus.STIPULATED
    note: str = ""

    @property
    def said(self) -> str:
        """The value in words, as the scenario states it."""
        if self.unknown:
            return "unknown"
        if self.date is not None:
            return self.date.isoformat()
        shown = [{True: "yes", False: "no"}.get(one, str(one)) if isinstance(one, bool) else one for one in self.values]
        return " or ".join([*shown, *map(str, self.ranges)])

    @property
    def setting(self) -> str:
        """What states the fact on a command line, `fact=value`: the first of several values."""
        value = self.values[0] if self.values else self.said
        return f"{self.fact}={str(value).lower() if isinstance(value, bool) else value}"


def stated_as(fact: str, allowed: Iterable[bool | str | Range], place: Place) -> StatedFact:
    """Return the statement that the fact has one of these values, or lies in one of these ranges."""
    told = tuple(allowed)
    values = tuple(one for one in told if not isinstance(one, Range))
    return StatedFact(fact, place, values=values, ranges=tuple(one for one in told if isinstance(one, Range)))


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the author expects of the answer. `exact` demands that each authority be listed that is engaged."""

    place: Place
    verdicts: Mapping[str, str]
    verdict_places: Mapping[str, Place]
    relies_on: tuple[str, ...] | None = None
    lens: str = ""
    unstated: Unstated | None = None
    exact: bool = True

    def admits(self, authority: str, verdict: Verdict) -> bool:
        """Whether the authority may have the verdict: the one listed, or none of note where it is left out."""
        expected = self.verdicts.get(authority)
        if expected is None:
            return not self.exact or verdict is Verdict.NOT_ENGAGED
        return expected == verdict.value


@dataclass(frozen=True, slots=True)
class Precedent:
    """The authorities to which the text ties a past event, and on whose word."""

    authorities: Annotated[tuple[str, ...], Of("authority"), Named("id")]
    text: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A described situation. `options` are courses of action: each states some facts anew."""

    id: str
    title: str
    place: Place
    digest: str
    facts: Mapping[str, StatedFact]
    description: str = ""
    as_of: datetime.date | None = None
    unstated: Unstated = Unstated.DEFAULT
    options: Mapping[str, Mapping[str, StatedFact]] = field(default_factory=dict)
    expect: tuple[Expectation, ...] = ()
    precedent: Precedent | None = None
    cite: tuple[str, ...] = ()
