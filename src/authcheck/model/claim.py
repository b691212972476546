"""A claim: a sentence of the documents about all worlds, in a form that can be proved or refuted.

The conditions of a claim are those of the rules, and ask two things more: what the verdict on an authority is, and
whether a caution is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import CautionShown, Condition, VerdictIs, parts
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
    "cautions_of",
    "conditions_of",
]

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
    asked = (part.authority for part in _parts(form) if isinstance(part, VerdictIs))
    return tuple(dict.fromkeys([*named, *asked]))


def cautions_of(form: Form) -> tuple[str, ...]:
    """Return the cautions of which a claim speaks, in order of first appearance."""
    return tuple(dict.fromkeys(part.caution for part in _parts(form) if isinstance(part, CautionShown)))


def _parts(form: Form) -> Iterator[Condition]:
    for condition in conditions_of(form):
        yield from parts(condition)
