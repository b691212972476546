"""A scenario: the facts that somebody states, and what they expect of the answer."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Annotated, TypeAlias

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Range, in_words
from authcheck.model.names import Cites, Least, Named, Of, Said
from authcheck.model.verdict import Verdict

__all__ = [
    "Claimed",
    "Comment",
    "Expectation",
    "FactStatus",
    "InActivity",
    "Precedent",
    "Scenario",
    "StatedFact",
    "Unmodelled",
    "Unstated",
    "stated_as",
]


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
        return " or ".join(map(in_words, (*self.values, *self.ranges)))

    @property
    def setting(self) -> str:
        """What states the fact on a command line, `fact=value`: the first of several values."""
        value = self.values[0] if self.values else self.said
        return f"{self.fact}={str(value).lower() if isinstance(value, bool) else value}"


def stated_as(fact: str, allowed: Iterable[bool | str | Range], place: Place) -> StatedFact:
    """Return the statement that the fact has one of these values, or lies in one of these ranges."""
    told = tuple(allowed)
    values = tuple(value for value in told if not isinstance(value, Range))
    return StatedFact(fact, place, values=values, ranges=tuple(value for value in told if isinstance(value, Range)))


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the author expects of the answer, or of that to one activity or one course of action.

    `exact` demands that each authority be listed that is engaged.
    """

    place: Place
    verdicts: Mapping[str, str]
    verdict_places: Mapping[str, Place]
    relies_on: tuple[str, ...] | None = None
    lens: str = ""
    unstated: Unstated | None = None
    exact: bool = True
    activity: str = ""
    option: str = ""

    def admits(self, authority: str, verdict: Verdict) -> bool:
        """Whether the authority may have the verdict: the one listed, or none of note where it is left out."""
        expected = self.verdicts.get(authority)
        if expected is None:
            return not self.exact or verdict is Verdict.NOT_ENGAGED
        return expected == verdict.value


InActivity: TypeAlias = Annotated[
    str,
    Named("id"),
    Of("activity of the scenario"),
    Said("One of several activities; left out: of each."),
]


@dataclass(frozen=True, slots=True)
class Unmodelled:
    """What the story holds that no fact says, and on what it bears."""

    text: Annotated[str, Said("In words that go on from `apart from`.")]
    bears_on: Annotated[
        tuple[str, ...],
        Least(1),
        Of("authority or power"),
        Named("id"),
        Said("Whose verdicts it touches: authorities, or powers."),
    ]
    activity: InActivity = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An authority that somebody said was relied on, and where that is said."""

    authority: Annotated[str, Of("authority"), Named("id")]
    by: Annotated[str, Said("Who said so, or is said to have.")]
    place: Place
    on: Annotated[datetime.date | None, Said("The day on which it was said.")] = None
    cite: Annotated[Cites, Said("The passages of the pack in which it stands.")] = ()
    source: Annotated[str, Said("Where it stands that is no passage of the pack.")] = ""
    note: str = ""
    activity: InActivity = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a comment of the file says to the program, such as `suggested: attack_status: occurred`."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Precedent:
    """The authorities to which the text ties a past event, and on whose word."""

    authorities: Annotated[tuple[str, ...], Of("authority"), Named("id")]
    text: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A described situation. `options` are courses of action, of which one is taken; `activities` are all done.

    Each of either states some facts anew, and a scenario has at most one of the two. `activity` names the one of
    which the scenario is, once it is taken alone.
    """

    id: str
    title: str
    place: Place
    digest: str
    facts: Mapping[str, StatedFact]
    description: str = ""
    as_of: datetime.date | None = None
    unstated: Unstated = Unstated.DEFAULT
    options: Mapping[str, Mapping[str, StatedFact]] = field(default_factory=dict)
    activities: Mapping[str, Mapping[str, StatedFact]] = field(default_factory=dict)
    unmodelled: tuple[Unmodelled, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    expect: tuple[Expectation, ...] = ()
    precedent: Precedent | None = None
    cite: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    activity: str = ""

    @property
    def restatements(self) -> tuple[Mapping[str, StatedFact], ...]:
        """What each course of action, or each activity, states anew."""
        return (*self.options.values(), *self.activities.values())

    @property
    def parts(self) -> tuple[Scenario, ...]:
        """Each activity alone; the scenario itself where it has not several."""
        return tuple(map(self.alone, self.activities)) or (self,)

    def alone(self, activity: str) -> Scenario:
        """Return the scenario of one activity: the shared facts with its own, and what is said of it or of each."""
        return replace(
            self,
            facts={**self.facts, **self.activities[activity]},
            activities={},
            activity=activity,
            unmodelled=tuple(part for part in self.unmodelled if part.activity in {"", activity}),
            claimed=tuple(part for part in self.claimed if part.activity in {"", activity}),
            expect=tuple(part for part in self.expect if part.activity in {"", activity}),
        )
