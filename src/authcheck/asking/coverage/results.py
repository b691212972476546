"""What scenarios show of a pack: what was seen, what was missed and why, and what no scenario can show."""

from __future__ import annotations

import enum

from authcheck.answer.result import ResultType
from authcheck.diagnostics import Place
from authcheck.frozen import dataclass

__all__ = ["RESULT", "SCHEMA", "Aspect", "AuthorityCoverage", "Coverage", "Outcome", "Point", "Sight", "State"]

SCHEMA = "authcheck.coverage/1"


class Aspect(enum.Enum):
    """What of an authority is looked at."""

    ENGAGEMENT = "engagement"
    DISPLACEMENT = "displacement"
    ELEMENT = "element"
    EXCEPTION = "exception"
    READING = "reading"
    DUTY = "duty"


class State(enum.Enum):
    """As what it is seen: a truth, or where a duty stands. A reading decides where another gives another verdict.

    Open is what is not known: more than one truth is possible.
    """

    TRUE = "true"
    FALSE = "false"
    SILENT = "silent"
    OPEN = "open"
    DECIDES = "decides"
    OWED = "owed"
    DONE = "done"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    PERHAPS = "perhaps"


class Outcome(enum.Enum):
    """What the scenarios make of it."""

    SEEN = "seen"
    MISSED = "missed"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing of an authority, seen as one thing. `reading` is that on which an element is asked."""

    authority: str
    aspect: Aspect
    id: str
    state: State
    ground: str = ""
    reading: str = ""

    @property
    def name(self) -> str:
        """What it is, in one word: the name of a scenario that shows it."""
        named = [self.authority, self.id or self.aspect.value, self.reading, self.state.value]
        return "-".join(part for part in named if part)


@dataclass(frozen=True, slots=True)
class Sight:
    """What became of one point: the scenarios that show it, or why none does, and one that would.

    `cases` counts those over which something is proved impossible, where it takes a proof.
    """

    point: Point
    text: str
    place: Place
    outcome: Outcome
    seen_in: tuple[str, ...]
    reason: str
    cases: int
    shown_by: str


@dataclass(frozen=True, slots=True)
class AuthorityCoverage:
    """What is seen of one authority, of what can be seen."""

    authority: str
    title: str
    seen: int
    possible: int
    sights: tuple[Sight, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What scenarios show of a pack. `percent` is what is seen of what can be, rounded down.

    `scenarios` are the names of those that were tested, and `proposed` of those that would show what is missed.
    """

    schema: str
    pack: str
    version: str
    scenarios: tuple[str, ...]
    seen: int
    possible: int
    percent: int
    authorities: tuple[AuthorityCoverage, ...]
    proposed: tuple[str, ...]
    written: tuple[str, ...] = ()


RESULT = ResultType("coverage", "What scenarios show of a pack, of authcheck", SCHEMA, Coverage)
