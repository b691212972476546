"""The language of conditions: tests of facts, joined by all, any and not."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import Annotated, TypeAlias

from authcheck.frozen import dataclass
from authcheck.model.names import Cites, Id, Key
from authcheck.model.verdict import Verdict

__all__ = [
    "AllOf",
    "AnyOf",
    "CautionShown",
    "Condition",
    "Constant",
    "InForce",
    "Not",
    "Option",
    "Range",
    "Term",
    "Test",
    "Truth",
    "VerdictIs",
    "in_words",
    "parts",
    "tests_of",
]


class Truth(enum.Enum):
    """What a condition can be in one world: true, false, or silent where the sources do not say."""

    TRUE = "true"
    FALSE = "false"
    SILENT = "silent"

    # There is one of each: what it is tells them apart, and is quicker than its name.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `low` to `high`, both included; `high` None means without end."""

    low: int
    high: int | None = None

    def meets(self, other: Range) -> bool:
        """Whether the two ranges share a number."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)

    def shared(self, other: Range) -> Range | None:
        """Return the numbers of both, if there are any."""
        ends = [span.high for span in (self, other) if span.high is not None]
        return Range(max(self.low, other.low), min(ends, default=None)) if self.meets(other) else None

    def holds(self, other: Range) -> bool:
        """Whether every number of the other range lies in this one."""
        if other.low < self.low:
            return False
        return self.high is None or (other.high is not None and other.high <= self.high)

    def nearest(self, others: Iterable[Range]) -> int:
        """Return the number of this range that is nearest to the others: its last where all of them lie above it."""
        above = [self.high is not None and self.high < other.low for other in others]
        return self.high if self.high is not None and above and all(above) else self.low

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low} or more"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Constant:
    """A condition that has one truth in every world."""

    truth: Truth


Option: TypeAlias = bool | str
"""A value of a yes/no fact or of a choice."""


def in_words(value: Option | Range) -> str:
    """Return a value, or the numbers of a range, in words."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Test:
    """The fact has one of these values (yes/no, choice), or lies in the range (number)."""

    fact: str
    values: tuple[bool | str, ...] = ()
    range: Range | None = None

    def has(self, value: Option) -> bool:
        """Whether the value is one of these, or one of the two that it is at once."""
        if isinstance(value, str) and " and " in value:
            return any(part in self.values for part in value.split(" and "))
        return value in self.values


@dataclass(frozen=True, slots=True)
class InForce:
    """The authority is in force on the scenario's date."""

    authority: str


@dataclass(frozen=True, slots=True)
class VerdictIs:
    """The verdict on the authority is one of these; only a claim asks for it."""

    authority: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class CautionShown:
    """The caution is shown; only a claim asks for it."""

    caution: str


class _Compound:
    """What is made of other conditions. Its tests are gathered when they are first asked for."""

    __slots__ = ("gathered",)

    gathered: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AllOf(_Compound):
    """False if any part is false, else silent if any is silent, else true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(_Compound):
    """True if any part is true, else silent if any is silent, else false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(_Compound):
    """True and false exchanged; silent stays silent."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Term(_Compound):
    """A named condition that several rules share; `text` is its meaning in words."""

    term: Id
    text: str
    condition: Annotated[Condition, Key("when")]
    cite: Cites = ()


Condition: TypeAlias = Constant | Test | InForce | VerdictIs | CautionShown | AllOf | AnyOf | Not | Term


def parts(condition: Condition) -> Iterator[Condition]:
    """Return the condition and everything inside it, outermost first."""
    yield condition
    match condition:
        case AllOf(inner) | AnyOf(inner):
            for part in inner:
                yield from parts(part)
        case Not(inside) | Term(condition=inside):
            yield from parts(inside)
        case _:
            pass


def tests_of(condition: Condition) -> tuple[Test, ...]:
    """Return the tests in the condition, in order."""
    if not isinstance(condition, _Compound):
        return (condition,) if isinstance(condition, Test) else ()
    try:
        return condition.gathered
    except AttributeError:
        inner = condition.parts if isinstance(condition, AllOf | AnyOf) else _inside(condition)
        gathered = tuple(test for part in inner for test in tests_of(part))
        object.__setattr__(condition, "gathered", gathered)
        return gathered


def _inside(condition: Not | Term) -> tuple[Condition]:
    return (condition.part if isinstance(condition, Not) else condition.condition,)
