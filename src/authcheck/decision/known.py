"""What is known of every fact: stated, derived, implied, assumed, or still open."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.evaluation.truth import lay_out
from authcheck.evaluation.worlds import Allowed, Vocabulary, Worlds
from authcheck.frozen import dataclass
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, FactKind, FactType, Value
from authcheck.model.scenario import FactStatus, StatedFact, Unstated

__all__ = ["Known", "KnownFact", "Origin", "everything_allowed", "know", "single"]


class Origin(enum.Enum):
    """Where the value of a fact comes from."""

    STATED = "stated"
    DERIVED = "derived"
    IMPLIED = "implied"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """The values that a fact may have, where that comes from, and what the scenario says of it."""

    fact: Fact
    allowed: Allowed
    origin: Origin
    stated: StatedFact | None = None
    date: datetime.date | None = None

    @property
    def said(self) -> str:
        """The value in words."""
        if self.date is not None:
            return self.date.isoformat()
        if self.fact.type is FactType.DATE or self.allowed == everything_allowed(self.fact):
            return "unknown"
        return " or ".join(
            {True: "yes", False: "no"}.get(one, str(one)) if isinstance(one, bool) else str(one) for one in self.allowed
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Everything known of a scenario, by fact, with the date for which it is asked."""

    facts: Mapping[str, KnownFact]
    allowed: Mapping[str, Allowed]
    as_of: datetime.date


def know(facts: Vocabulary, stated: Mapping[str, StatedFact], unstated: Unstated, as_of: datetime.date) -> Known:
    """Return what the scenario makes known of every fact of the vocabulary.

    Raises AuthcheckError where no world has the stated facts, or a stated number differs from the derived one.
    """
    known: dict[str, KnownFact] = {}
    assumed: dict[str, Allowed] = {}
    problems: list[Diagnostic] = []
    for name, fact in facts.items():
        said = stated.get(name)
        known[name] = _as_stated(fact, said)
        # Unknown, written out, always wins.
        if fact.derived is not None and (said is None or known[name].origin is Origin.STATED):
            start = stated.get(fact.derived.from_date)
            if start is not None and start.date is not None and start.status is not FactStatus.DISPUTED:
                number = max(fact.minimum, (as_of - start.date).days + fact.derived.first)
                if known[name].origin is Origin.STATED and not _has(known[name].allowed, number):
                    problems.append(_differs(fact, known[name], start, number))
                known[name] = KnownFact(fact, (Range(number, number),), Origin.DERIVED, said)
        value = _taken_for_granted(fact, unstated)
        if said is None and known[name].origin is Origin.UNKNOWN and value is not None:
            assumed[name] = single(value)
    for names in facts.groups:
        problems.extend(_narrow(names, facts, known, assumed))
    if problems:
        raise AuthcheckError(problems)
    for name, allowed in assumed.items():
        known[name] = KnownFact(facts[name], allowed, Origin.ASSUMED)
    return Known(known, {name: one.allowed for name, one in known.items()}, as_of)


def everything_allowed(fact: Fact) -> Allowed:
    """Return all values of a fact, or all its numbers; nothing for a date, which no condition tests."""
    if fact.type is FactType.NUMBER:
        return (Range(fact.minimum),)
    return fact.options


def _as_stated(fact: Fact, said: StatedFact | None) -> KnownFact:
    if said is None or said.unknown or said.status is FactStatus.DISPUTED:
        return KnownFact(fact, everything_allowed(fact), Origin.UNKNOWN, said)
    return KnownFact(fact, said.values or said.ranges, Origin.STATED, said, said.date)


def _taken_for_granted(fact: Fact, unstated: Unstated) -> Value | None:
    """Return the value that an unstated fact is taken to have, or None where it stays open."""
    if fact.kind is FactKind.EVENT:
        return None if unstated is Unstated.UNKNOWN else fact.unless_stated
    if fact.kind is FactKind.STATUS and unstated is not Unstated.ABSENT:
        return None
    return fact.absent


def single(value: Value) -> Allowed:
    """Return the one value as what a fact may still have."""
    if isinstance(value, bool | str):
        return (value,)
    assert isinstance(value, int)  # Invariant: a date has no absent value.
    return (Range(value, value),)


def _has(allowed: Allowed, number: int) -> bool:
    return any(isinstance(one, Range) and one.meets(Range(number, number)) for one in allowed)


def _differs(fact: Fact, known: KnownFact, start: StatedFact, number: int) -> Diagnostic:
    assert known.stated is not None  # Invariant: only a stated number can differ.
    return Diagnostic(
        "numbers-differ",
        f"`{fact.fact}` is stated as {known.said}, but is {number} when counted from `{start.fact}` {start.said}",
        known.stated.place,
        help="state one of the two, or correct the scenario's date",
    )


def _narrow(
    names: tuple[str, ...],
    facts: Vocabulary,
    known: dict[str, KnownFact],
    assumed: dict[str, Allowed],
) -> list[Diagnostic]:
    """Narrow the facts of one group to what the scenario leaves possible; drop assumptions that stand against it."""
    group = _Group(names, facts, known)
    if not group.lay({}).possible:
        return [_impossible(names, facts, known)]
    taken = group.taken({name: assumed[name] for name in names if name in assumed})
    for name in names:
        if name in assumed and name not in taken:
            del assumed[name]
    worlds = group.lay(taken)
    for name in names:
        is_open = known[name].origin is Origin.UNKNOWN and name not in taken
        if is_open and facts[name].type is not FactType.NUMBER:
            known[name] = _left(known[name], worlds)
    return []


class _Group:
    """Facts that constraints tie together, as far as the scenario tells of them."""

    def __init__(self, names: tuple[str, ...], facts: Vocabulary, known: Mapping[str, KnownFact]) -> None:
        self.facts = facts
        self.demands = [test for name in names for test, _ in facts.demands[name]]
        self.allowed = {name: known[name].allowed for name in names}
        self.told = [name for name in names if known[name].stated is not None]
        self.untold = [name for name in names if known[name].stated is None]

    def lay(self, assumed: Mapping[str, Allowed]) -> Worlds:
        """Return the worlds of the group under these assumptions."""
        return lay_out(self.demands, self.facts, {**self.allowed, **assumed}, only=(*self.told, *self.untold))

    def taken(self, assumed: Mapping[str, Allowed]) -> dict[str, Allowed]:
        """Return the assumptions that exclude nothing of what the scenario leaves open in so many words.

        They are taken together or, where they exclude one another, not at all: their order never matters.
        """
        told = self._told_in({})
        alone = {name: value for name, value in assumed.items() if self._told_in({name: value}) == told}
        return alone if self._told_in(alone) == told else {}

    def _told_in(self, assumed: Mapping[str, Allowed]) -> int:
        worlds = self.lay(assumed)
        return worlds.folded(worlds.possible, self.untold)


def _left(known: KnownFact, worlds: Worlds) -> KnownFact:
    """Return the fact with the values that it has in some possible world; implied where that is one."""
    name = known.fact.fact
    cells = [
        cell for index, cell in enumerate(worlds.dimensions[name].cells) if worlds.possible & worlds.column(name, index)
    ]
    # What is stated may be two values at once, which is no option of the fact.
    values = dict.fromkeys([*known.fact.options, *(one for one in known.allowed if not isinstance(one, Range))])
    left = tuple(value for value in values if any(not isinstance(cell, Range) and value in cell for cell in cells))
    if left == known.allowed:
        return known
    return KnownFact(known.fact, left, Origin.IMPLIED if len(left) == 1 else Origin.UNKNOWN, known.stated)


def _impossible(names: tuple[str, ...], facts: Mapping[str, Fact], known: Mapping[str, KnownFact]) -> Diagnostic:
    """Name the stated facts that no world has together, or what the vocabulary demands and no world meets."""
    told = [known[name] for name in names if known[name].origin in {Origin.STATED, Origin.DERIVED}]
    if not told:
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        place = min(facts[name].place for name in names)
        return Diagnostic("facts-contradict", f"no situation meets what the vocabulary demands of {listed}", place)
    places = {one.fact.fact: _place_of(one, known) for one in told}
    told.sort(key=lambda one: places[one.fact.fact])
    # What applies under a condition is at fault, then what implies something, then whatever is told first.
    culprit = min(told, key=lambda one: (one.fact.only_if is None, not one.fact.implies)).fact.fact
    together = ", ".join(f"`{one.fact.fact}` {one.said}" for one in told)
    return Diagnostic(
        "facts-contradict",
        f"no situation has these facts together: {together}",
        places[culprit],
        help=f"see `authcheck show fact {culprit}` for what it implies and when it applies",
    )


def _place_of(one: KnownFact, known: Mapping[str, KnownFact]) -> Place:
    """Return where the scenario states the fact, or the date from which it is derived."""
    derived = one.fact.derived
    stated = one.stated if one.stated is not None or derived is None else known[derived.from_date].stated
    assert stated is not None  # Invariant: what is told is stated, or derived from what is.
    return stated.place
