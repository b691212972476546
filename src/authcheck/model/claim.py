"""A claim: a sentence of the documents about all worlds, in a form that can be proved or refuted.

The conditions of a claim are those of the rules, and ask two things more: what the verdict on an authority is, and
whether a caution is shown. Both are written as tests, of names that no fact can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Condition, Test, parts
from authcheck.model.period import WhileInForce
from authcheck.model.verdict import Verdict

__all__ = [
    "All",
    "Changes",
    "Claim",
    "Form",
    "Iff",
    "Moves",
    "NeverHigher",
    "NeverLower",
    "Some",
    "Unchanged",
    "authorities_of",
    "authority_asked",
    "caution_asked",
    "caution_name",
    "cautions_of",
    "conditions_of",
    "verdict_name",
]

_VERDICT_OF, _CAUTION = "verdict of ", "caution "

Moves: TypeAlias = Mapping[str, tuple[bool | str, ...]]
"""The facts that are changed together, each with the values that it runs through; none stands for all that it has."""


@dataclass(frozen=True, slots=True)
class All:
    """In every world, where `given` holds, `then` holds."""

    given: Condition
    then: Condition


@dataclass(frozen=True, slots=True)
class Some:
    """In some world the condition holds."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Iff:
    """In every world both conditions hold, or neither."""

    one: Condition
    other: Condition


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Of two worlds that differ in these facts alone, the authorities are the same in both, on every reading."""

    of: tuple[str, ...]
    by: Moves


@dataclass(frozen=True, slots=True)
class Changes:
    """For each authority there are two worlds that differ in these facts alone, with this verdict and with that."""

    of: tuple[str, ...]
    by: Moves
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class NeverLower:
    """From a world `before` to a world `after` that is otherwise the same, no reading makes the authorities less.

    Both worlds meet `given`. The facts that the two conditions test move, and all that constraints tie to them.
    """

    of: tuple[str, ...]
    given: Condition
    before: Condition
    after: Condition


@dataclass(frozen=True, slots=True)
class NeverHigher:
    """As the number grows and nothing else changes, no reading makes the authorities more."""

    of: tuple[str, ...]
    given: Condition
    along: str


Form: TypeAlias = All | Some | Iff | Unchanged | Changes | NeverLower | NeverHigher


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the documents, how they hedge it, and what it comes to under one lens.

    `in_force` is the time of the law of which it speaks: before and after, nothing is claimed.
    """

    claim: str
    text: str
    form: Form
    cite: tuple[str, ...]
    place: Place
    lens: str
    hedge: str = ""
    note: str = ""
    in_force: WhileInForce = None


def verdict_name(authority: str) -> str:
    """Return the name under which a condition asks for the verdict on an authority."""
    return f"{_VERDICT_OF}{authority}"


def caution_name(caution: str) -> str:
    """Return the name under which a condition asks whether a caution is shown."""
    return f"{_CAUTION}{caution}"


def authority_asked(test: Test) -> str:
    """Return the authority for whose verdict the test asks; nothing where it asks for something else."""
    return test.fact.removeprefix(_VERDICT_OF) if test.fact.startswith(_VERDICT_OF) else ""


def caution_asked(test: Test) -> str:
    """Return the caution for which the test asks; nothing where it asks for something else."""
    return test.fact.removeprefix(_CAUTION) if test.fact.startswith(_CAUTION) else ""


def conditions_of(form: Form) -> tuple[Condition, ...]:
    """Return the conditions of a claim, in the order in which it is read."""
    match form:
        case All(given, then):
            return given, then
        case Some(condition):
            return (condition,)
        case Iff(one, other):
            return one, other
        case NeverLower(given=given, before=before, after=after):
            return given, before, after
        case NeverHigher(given=given):
            return (given,)
        case Unchanged() | Changes():
            return ()
        case _:  # pragma: no cover
            assert_never(form)


def authorities_of(form: Form) -> tuple[str, ...]:
    """Return the authorities of which a claim speaks, in order of first appearance."""
    named = () if isinstance(form, All | Some | Iff) else form.of
    asked = (authority_asked(test) for test in _tests(form))
    return tuple(dict.fromkeys([*named, *(one for one in asked if one)]))


def cautions_of(form: Form) -> tuple[str, ...]:
    """Return the cautions of which a claim speaks, in order of first appearance."""
    return tuple(dict.fromkeys(one for test in _tests(form) if (one := caution_asked(test))))


def _tests(form: Form) -> Iterator[Test]:
    for condition in conditions_of(form):
        yield from (part for part in parts(condition) if isinstance(part, Test))
