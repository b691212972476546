"""What is known of every fact: stated, derived, implied, assumed, or still open."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.projection import bound, is_possible, reduced
from authcheck.evaluation.worlds import Allowed, Vocabulary, Worlds, facts_of, has_one_of, is_known
from authcheck.frozen import dataclass
from authcheck.keeping import keep
from authcheck.model.condition import Constant, Range, Test, Truth, in_words
from authcheck.model.fact import Fact, FactKind, FactType, Value
from authcheck.model.period import is_yet_to_come
from authcheck.model.scenario import FactStatus, StatedFact, Unstated

__all__ = [
    "Known",
    "KnownFact",
    "Origin",
    "everything_allowed",
    "know",
    "opened_by",
    "openings_of",
    "possible_on",
    "single",
]


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
        return " or ".join(map(in_words, self.allowed))


@dataclass(frozen=True, slots=True)
class Known:
    """Everything known of a scenario, by fact, with the date for which it is asked, and from what it is known.

    `opened` are the facts of which nothing is assumed, since what is stated raises them.
    """

    facts: Mapping[str, KnownFact]
    allowed: Mapping[str, Allowed]
    as_of: datetime.date
    stated: Mapping[str, StatedFact]
    opened: frozenset[str]


def know(
    facts: Vocabulary,
    stated: Mapping[str, StatedFact],
    unstated: Unstated,
    as_of: datetime.date,
    near: Known | None = None,
) -> Known:
    """Return what the scenario makes known of every fact of the vocabulary.

    `near` is what is known, on the same terms, where other facts are stated: of a fact that is tied to none of which
    something else is said, the same is known. Raises AuthcheckError where no world has the stated facts, a stated
    number differs from the derived one, or the law that defines a stated fact is yet to come.
    """
    known: dict[str, KnownFact] = {} if near is None else {**near.facts}
    assumed: dict[str, Allowed] = {}
    problems: list[Diagnostic] = []
    opened = frozenset(_raised(facts, stated))
    anew = facts if near is None else _said_anew(facts, stated, opened, near)
    for name in anew:
        fact, said = facts[name], stated.get(name)
        known[name] = _as_stated(fact, said)
        too_early = said is not None and _comes_too_early(fact, said, as_of)
        if said is not None and too_early:
            problems.append(_too_early(fact, said, as_of))
        # Unknown, written out, always wins.
        if fact.derived is not None and (said is None or known[name].origin is Origin.STATED):
            known[name] = _counted(fact, known[name], stated.get(fact.derived.from_date), as_of, problems)
        if not too_early:
            known[name] = _as_defined(known[name], as_of)
        value = None if name in opened else _taken_for_granted(fact, unstated)
        if said is None and known[name].origin is Origin.UNKNOWN and value is not None:
            assumed[name] = single(value)
    for names in facts.groups:
        if names[0] in anew:
            problems.extend(_narrow(names, facts, known, assumed))
    problems.extend(_misdated(known, as_of))
    if problems:
        raise AuthcheckError(problems)
    for name, allowed in assumed.items():
        known[name] = KnownFact(facts[name], allowed, Origin.ASSUMED)
    return Known(known, {name: one.allowed for name, one in known.items()}, as_of, stated, opened)


def _as_defined(known: KnownFact, as_of: datetime.date) -> KnownFact:
    """Return the fact; where only a later law defines it and what is stated leaves that open, there is nothing."""
    fact = known.fact
    if not is_yet_to_come(fact, as_of):
        return known
    possible = possible_on(fact, as_of)
    if known.allowed == possible or possible == everything_allowed(fact):
        return known
    return KnownFact(fact, possible, Origin.IMPLIED, known.stated)


def _said_anew(
    facts: Vocabulary, stated: Mapping[str, StatedFact], opened: frozenset[str], near: Known
) -> dict[str, None]:
    """Return the facts of which something else may be known, in the order of the vocabulary."""
    before = near.stated
    changed = {name for name in (*stated, *before) if name in facts and stated.get(name) is not before.get(name)}
    changed |= opened ^ near.opened
    changed |= {fact.fact for fact in facts.counted if fact.derived is not None and fact.derived.from_date in changed}
    tied = {other for name in changed for other in facts.tied[name]}
    return {name: None for name in facts if name in tied}


def _counted(
    fact: Fact, known: KnownFact, start: StatedFact | None, as_of: datetime.date, problems: list[Diagnostic]
) -> KnownFact:
    """Return the fact as it follows from the date, where one is stated; a value stated that differs is a problem."""
    if fact.derived is None or start is None or start.date is None or start.status is FactStatus.DISPUTED:
        return known
    value: Value = as_of >= start.date
    if fact.type is FactType.NUMBER:
        value = max(fact.minimum, (as_of - start.date).days + fact.derived.first)
    found = KnownFact(fact, single(value), Origin.DERIVED, known.stated)
    if known.origin is Origin.STATED and not _has(known.allowed, value):
        problems.append(_differs(known, start, found.said))
    return found


def _misdated(known: Mapping[str, KnownFact], as_of: datetime.date) -> Iterator[Diagnostic]:
    """Return each date of what has come about, as it is stated, only after the day or not at all."""
    for one in known.values():
        condition = one.fact.only_if
        if one.date is None or condition is None or one.stated is None or one.stated.status is FactStatus.DISPUTED:
            continue
        # What is only assumed gives way to a date that is stated.
        told = {name: known[name] for name in facts_of([condition])}
        allowed = {
            name: everything_allowed(fact.fact) if fact.origin is Origin.ASSUMED else fact.allowed
            for name, fact in told.items()
        }
        left = reduced(condition, allowed)
        if left != Constant(Truth.TRUE if one.date > as_of else Truth.FALSE):
            continue
        names = ", ".join(f"`{name}` {known[name].said}" for name in facts_of([condition]))
        when = f"after the scenario's date, {as_of}" if one.date > as_of else "a day of what has not come about"
        message = f"`{one.fact.fact}` is {one.date}, {when}, beside {names}"
        yield Diagnostic("facts-contradict", message, one.stated.place, help="correct one of the two")


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


def possible_on(fact: Fact, day: datetime.date) -> Allowed:
    """Return the values that a fact may have on a day: of what only a later law defines there is nothing yet."""
    nothing = _when_absent(fact) if is_yet_to_come(fact, day) else None
    return everything_allowed(fact) if nothing is None else single(nothing)


def _when_absent(fact: Fact) -> Value | None:
    """Return the value that the fact has where there is nothing of the kind; a date has none."""
    value = fact.usual
    nothing: Mapping[FactType, Value] = {FactType.YES_NO: False, FactType.NUMBER: fact.minimum}
    return nothing.get(fact.type) if value is None else value


def _comes_too_early(fact: Fact, said: StatedFact, as_of: datetime.date) -> bool:
    """Whether something is stated that only a law of a later day defines."""
    if said.date is not None:
        as_of = min(as_of, said.date)
    if said.unknown or not is_yet_to_come(fact, as_of):
        return False
    absent = _when_absent(fact)
    return absent is None or not _has(said.values or said.ranges, absent)


def _too_early(fact: Fact, said: StatedFact, as_of: datetime.date) -> Diagnostic:
    assert fact.in_force is not None  # Invariant: what has no time is never too early.
    day = as_of if said.date is None else min(as_of, said.date)
    return Diagnostic(
        "before-its-law",
        f"`{fact.fact}` is stated as {said.said}, but the law that defines it begins on {fact.in_force.first}",
        said.place,
        help=f"on {day} there was nothing of the kind: leave it out, or correct the date",
    )


def single(value: Value) -> Allowed:
    """Return the one value as what a fact may still have."""
    if isinstance(value, bool | str):
        return (value,)
    assert isinstance(value, int)  # Invariant: a date has no absent value.
    return (Range(value, value),)


def _raised(facts: Vocabulary, stated: Mapping[str, StatedFact]) -> Iterator[str]:
    """Return the facts of which nothing is assumed, since the scenario raises them.

    One that is counted from a date is raised with it: of a date that is stated and not known nothing follows.
    """
    for fact in facts.openers:
        allowed = _as_stated(fact, stated[fact.fact]).allowed if fact.fact in stated else ()
        yield from (name for _, name in opened_by(fact, allowed))
    yield from (fact.fact for fact in facts.counted if fact.derived is not None and fact.derived.from_date in stated)


def openings_of(fact: Fact) -> tuple[Test, ...]:
    """Return the test of each value of the fact that opens others."""
    return tuple(has_one_of(fact, [value]) for value in fact.opens)


def opened_by(fact: Fact, allowed: Allowed) -> Iterator[tuple[str, str]]:
    """Return each value of a fact, among those it may have, with each fact that it opens."""
    for test, (value, names) in zip(openings_of(fact), fact.opens.items(), strict=True):
        if any(test.has(one) for one in allowed if not isinstance(one, Range)):
            yield from ((value, name) for name in names)


def _has(allowed: Allowed, value: Value) -> bool:
    (own,) = single(value)
    return any(one.meets(own) if isinstance(one, Range) and isinstance(own, Range) else one == own for one in allowed)


def _differs(known: KnownFact, start: StatedFact, counted: str) -> Diagnostic:
    assert known.stated is not None  # Invariant: only what is stated can differ.
    fact = known.fact.fact
    return Diagnostic(
        "numbers-differ",
        f"`{fact}` is stated as {known.said}, but is {counted} when counted from `{start.fact}` {start.said}",
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
    # Scenarios that tell the same of a group leave the same of it: that is worked out once.
    told = tuple(
        (known[name].allowed, known[name].origin, known[name].stated is None, assumed.get(name)) for name in names
    )
    kept = facts.narrowed.get((names, told))
    if kept is None:
        group = _Group(names, facts, known)
        if not group.is_possible(group.allowed):
            return list(_contradictions(group, known))
        kept = keep(facts.narrowed, (names, told), _narrowed(group, known, assumed))
    taken, left = kept
    for name in names:
        if name in assumed and name not in taken:
            del assumed[name]
    for name, allowed in left.items():
        origin = Origin.IMPLIED if len(allowed) == 1 else Origin.UNKNOWN
        known[name] = KnownFact(facts[name], allowed, origin, known[name].stated)
    return []


def _narrowed(
    group: _Group, known: Mapping[str, KnownFact], assumed: Mapping[str, Allowed]
) -> tuple[frozenset[str], dict[str, Allowed]]:
    """Return which assumptions on a group are made, and what is left of each fact of it that is narrowed."""
    names, facts = group.names, group.facts
    taken = group.taken({name: assumed[name] for name in names if name in assumed})
    allowed = {**group.allowed, **taken}
    still_bound = bound(names, facts, allowed)
    left: dict[str, Allowed] = {}
    for name in names:
        is_open = known[name].origin is Origin.UNKNOWN and name not in taken
        if is_open and name in still_bound and facts[name].type is not FactType.NUMBER:
            values = _left(facts[name], lay_out([], facts, allowed, only=(name,)))
            if values != known[name].allowed:
                left[name] = values
    return frozenset(taken), left


class _Group:
    """Facts that constraints tie together, as far as the scenario tells of them."""

    def __init__(self, names: tuple[str, ...], facts: Vocabulary, known: Mapping[str, KnownFact]) -> None:
        self.names = names
        self.facts = facts
        self.allowed = {name: known[name].allowed for name in names}
        # What is told and known holds in every world.
        self.told_open = tuple(
            name for name in names if known[name].stated is not None and not is_known(known[name].allowed)
        )

    def is_possible(self, allowed: Mapping[str, Allowed]) -> bool:
        """Whether the facts can have some of these values, all at once."""
        return is_possible(self.names, self.facts, allowed)

    def taken(self, assumed: Mapping[str, Allowed]) -> dict[str, Allowed]:
        """Return the assumptions that are made however what the scenario leaves open in so many words turns out.

        Each way in which that may turn out takes those that are possible there, together or, where they exclude one
        another, not at all: their order never matters, and what is stated later takes none of them away.
        """
        told = self._told_in({})
        if not assumed or self._told_in(assumed) == told:
            return dict(assumed)
        alone = {name: self._told_in({name: value}) for name, value in assumed.items()}
        ways: list[tuple[int, dict[str, Allowed]]] = [(told, {})]
        for name, possible in alone.items():
            with_it = [(way & possible, {**taken, name: assumed[name]}) for way, taken in ways]
            without = [(way & ~possible, taken) for way, taken in ways]
            ways = [one for one in (*with_it, *without) if one[0]]
        if any(way & ~self._told_in(taken) for way, taken in ways):
            return {}
        return {name: assumed[name] for name, possible in alone.items() if possible == told}

    def _told_in(self, assumed: Mapping[str, Allowed]) -> int:
        """Return the ways in which what is told may turn out under these assumptions."""
        allowed = {**self.allowed, **assumed}
        if not self.told_open:
            return int(self.is_possible(allowed))
        return lay_out([], self.facts, allowed, self.facts.clauses[self.names], self.told_open).possible


def _left(fact: Fact, worlds: Worlds) -> Allowed:
    """Return the values that a fact, of which nothing is told, has in some possible world."""
    cells = enumerate(worlds.dimensions[fact.fact].cells)
    left = [cell for index, cell in cells if worlds.possible & worlds.column(fact.fact, index)]
    return tuple(value for value in fact.options if any(not isinstance(cell, Range) and value in cell for cell in left))


def _contradictions(group: _Group, known: Mapping[str, KnownFact]) -> Iterator[Diagnostic]:
    """Return each set of stated facts that no world has together, or what the vocabulary demands and no world meets."""
    everything = {name: everything_allowed(group.facts[name]) for name in group.names}
    # Of what only a later law defines there is nothing yet, whatever is stated.
    later = {name: known[name].allowed for name in group.names if known[name].origin is Origin.IMPLIED}
    everything.update(later)
    told = [known[name] for name in group.names if known[name].origin in {Origin.STATED, Origin.DERIVED}]
    if not group.is_possible(everything):
        listed = ", ".join(f"`{name}`" for name in sorted(group.names))
        place = min(group.facts[name].place for name in group.names)
        yield Diagnostic("facts-contradict", f"no situation meets what the vocabulary demands of {listed}", place)
        return
    told.sort(key=lambda one: (_place_of(one, known), one.fact.fact))

    def contradicts(some: Sequence[KnownFact]) -> bool:
        return not group.is_possible({**everything, **{one.fact.fact: one.allowed for one in some}})

    while contradicts(told):
        core = told
        # What is told first is named before what is told later.
        for one in reversed(told):
            fewer = [other for other in core if other is not one]
            if contradicts(fewer):
                core = fewer
        yield _contradiction(core, known, later)
        told = [one for one in told if one not in core]


def _contradiction(core: Sequence[KnownFact], known: Mapping[str, KnownFact], later: Iterable[str]) -> Diagnostic:
    """Name facts that no situation has together, of which none can be left out, each with its place.

    They may be so since there is nothing yet of what a later law defines, which is named too.
    """
    places = {one.fact.fact: _place_of(one, known) for one in core}
    # What applies under a condition is at fault, then what implies or excludes something, then what is told first.
    culprit = min(core, key=lambda one: (one.fact.only_if is None, not (one.fact.implies or one.fact.excludes)))
    name = culprit.fact.fact
    together = ", ".join(f"`{one.fact.fact}` {one.said}" for one in core)
    others = [f"`{other}` stands at {place}" for other, place in places.items() if other != name]
    others += [f"`{other}` {known[other].said}, as a later law defines it" for other in later]
    others.append(f"see `authcheck show fact {name}` for what it implies and excludes, and when it applies")
    message = f"no situation has these facts together: {together}"
    return Diagnostic("facts-contradict", message, places[name], help="; ".join(others))


def _place_of(one: KnownFact, known: Mapping[str, KnownFact]) -> Place:
    """Return where the scenario states the fact, or the date from which it is derived."""
    derived = one.fact.derived
    stated = one.stated if one.stated is not None or derived is None else known[derived.from_date].stated
    assert stated is not None  # Invariant: what is told is stated, or derived from what is.
    return stated.place
