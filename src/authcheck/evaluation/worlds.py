"""The worlds of a set of facts, one bit of an integer for each."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from authcheck.frozen import dataclass
from authcheck.keeping import keep, once
from authcheck.model.condition import AnyOf, Condition, Not, Range, Test, Truth, tests_of
from authcheck.model.fact import Fact, FactType

__all__ = [
    "TOO_LARGE",
    "Allowed",
    "Cell",
    "Cuts",
    "Demands",
    "Dimension",
    "TooLargeError",
    "Vocabulary",
    "Worlds",
    "constrained",
    "constraints",
    "facts_of",
    "has_one_of",
    "is_known",
]

# A table of more bits than this is refused: the facts that span it must be named, not waited for.
TOO_LARGE = 1 << 25

Cell: TypeAlias = "tuple[bool | str, ...] | Range"
"""Values that no condition at hand tells apart, or the numbers between two thresholds."""

Allowed: TypeAlias = "tuple[bool | str, ...] | tuple[Range, ...]"
"""The values or numbers that a fact may still have."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One fact of a space of worlds: its cells, and the distance in bits between two neighbours."""

    fact: str
    cells: tuple[Cell, ...]
    stride: int


def facts_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Return the names of the facts that the conditions test, in order of first appearance."""
    return tuple(dict.fromkeys(test.fact for condition in conditions for test in tests_of(condition)))


def constraints(fact: Fact) -> Iterator[tuple[Test, Condition]]:
    """Return what `implies`, `excludes` and `only_if` demand: where the test holds, the condition must."""
    follows = [*fact.implies.items(), *((value, Not(excluded)) for value, excluded in fact.excludes.items())]
    # Values of which the same is demanded are one test: nothing else tells their worlds apart.
    for demand in dict.fromkeys(one for _, one in follows):
        yield has_one_of(fact, [value for value, one in follows if one == demand]), demand
    # A date is no value of a world: when it can be one is seen where it is stated.
    if fact.only_if is not None and fact.type is not FactType.DATE:
        absent = fact.usual
        present = tuple(one for one in fact.options if one != absent)
        yield Test(fact.fact, present), fact.only_if


def has_one_of(fact: Fact, values: Iterable[str]) -> Test:
    """Return the test that the fact has one of these values, which stand in a file as keys."""
    return Test(fact.fact, tuple({"true": True, "false": False}.get(value, value) for value in values))


class Vocabulary(dict[str, Fact]):
    """Facts by name, with what their constraints demand and tie together, worked out once.

    `clauses` are the demands on each group of tied facts, each with the facts that it is of, and `neighbours` the facts
    that share one with a fact; `openers` are facts of which a value opens others, `counted` those that follow from a
    date. `reduced`, `projected`, `coarsened`, `narrowed` and `truths` keep what has been worked out.
    """

    def __init__(self, facts: Mapping[str, Fact], openers: Iterable[Fact] = ()) -> None:
        """Take the facts, and facts besides that open some of them."""
        super().__init__(facts)
        self.openers = tuple(fact for fact in (*facts.values(), *openers) if fact.opens)
        self.counted = tuple(fact for fact in facts.values() if fact.derived is not None)
        self.demands = {name: tuple(constraints(fact)) for name, fact in facts.items()}
        beside: dict[str, set[str]] = {name: {name} for name in facts}
        for name, found in self.demands.items():
            for _, follows in found:
                tie = {name, *facts_of((follows,))}
                for one in tie:
                    beside.setdefault(one, set()).update(tie)
        self.neighbours = {name: frozenset(beside[name]) for name in facts}
        order = {name: at for at, name in enumerate(facts)}
        self.tied: dict[str, tuple[str, ...]] = {}
        for name in facts:
            if name not in self.tied:
                group = _grown(name, beside)
                self.tied.update(dict.fromkeys(group, tuple(sorted(group & order.keys(), key=order.__getitem__))))
        self.clauses: dict[tuple[str, ...], dict[Condition, tuple[str, ...]]] = {
            group: {
                clause: facts_of([clause])
                for name in group
                for test, follows in self.demands[name]
                for clause in (AnyOf((Not(test), follows)),)
            }
            for group in dict.fromkeys(self.tied.values())
        }
        self.reduced: dict[tuple[object, ...], Demands] = {}
        self.projected: dict[tuple[object, ...], tuple[Condition, ...]] = {}
        self.coarsened: dict[tuple[object, ...], tuple[tuple[Condition, ...], tuple[Condition, ...]]] = {}
        self.narrowed: dict[tuple[object, ...], tuple[frozenset[str], dict[str, Allowed]]] = {}
        self.truths: dict[tuple[object, ...], tuple[Truth, ...]] = {}
        self._numbers = itertools.count()
        self._states: dict[Hashable, int] = {}
        self._tested: dict[int, tuple[Condition, int, tuple[tuple[str, ...], ...]]] = {}

    def state(self, group: tuple[str, ...], allowed: Mapping[str, Allowed]) -> int:
        """Return a number for what is known of a group of tied facts: the same where the same is known."""
        key = (group, *[allowed[name] for name in group])
        # A number is never given twice: what has been kept under one that is forgotten is never found again.
        return once(self._states, key, self._numbers.__next__)

    def tested_in(self, condition: Condition) -> tuple[int, tuple[tuple[str, ...], ...]]:
        """Return a number for a condition, and the groups of tied facts of which it tests some."""
        known = self._tested.get(id(condition))
        if known is None:
            groups = tuple(dict.fromkeys(self.tied[name] for name in facts_of([condition])))
            # The condition is kept, so that nothing else gets its identity.
            known = keep(self._tested, id(condition), (condition, next(self._numbers), groups))
        return known[1:]

    def forget(self) -> None:
        """Drop what has been worked out."""
        worked_out = (self.reduced, self.projected, self.coarsened, self.narrowed, self.truths)
        for kept in (*worked_out, self._states, self._tested):
            kept.clear()

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of facts of which constraints demand something, in the order of the vocabulary."""
        return tuple(group for group, clauses in self.clauses.items() if clauses)


def _grown(name: str, beside: Mapping[str, set[str]]) -> set[str]:
    """Return the fact with everything that ties join to it, directly or through others."""
    group, left = {name}, [name]
    while left:
        more = beside[left.pop()] - group
        group |= more
        left += more
    return group


def constrained(names: Iterable[str], facts: Vocabulary) -> tuple[str, ...]:
    """Return the names with all facts that constraints tie to them, directly or through others."""
    tied = facts.tied
    first = tuple(names)
    return tuple(dict.fromkeys([*first, *(one for name in first for one in tied[name])]))


Demands: TypeAlias = Mapping[Condition, frozenset[str]]
"""What is demanded, and of which facts."""


class TooLargeError(ValueError):
    """Raised, with the names of the facts, where a table would have more bits than TOO_LARGE."""


class Worlds:
    """The worlds of some facts that a scenario leaves open, as far as the conditions at hand tell them apart.

    World *i* is bit *i*; a fact that is known has one cell and takes no room. `everything` has the bit of every
    world set; `possible` is for those that the vocabulary's constraints leave, once they are worked out.
    """

    def __init__(
        self,
        conditions: Sequence[Condition],
        facts: Vocabulary,
        allowed: Mapping[str, Allowed],
        cut_by: Sequence[Condition] = (),
        only: Sequence[str] = (),
    ) -> None:
        """Lay out the facts that the conditions test.

        `allowed` gives the values that each fact may have; `cut_by` are further conditions whose distinctions
        among these facts are kept. `only` names the facts to lay out instead, neighbours in the first closest.
        Raises TooLargeError, naming the facts, where the table would be too large.
        """
        self.names = facts_of(conditions)
        names = tuple(only) or self.names
        # A fact that is known is one cell, whatever is asked of it.
        tests: dict[str, list[Test]] = {name: [] for name in names if not is_known(allowed[name])}
        if tests:
            for condition in (*conditions, *cut_by):
                for test in tests_of(condition):
                    if test.fact in tests:
                        tests[test.fact].append(test)
        self.dimensions: dict[str, Dimension] = {}
        self.size = 1
        for name in names:
            cells = (
                tuple(cell for cell in _cells(facts[name], tests[name]) if _meets(cell, allowed[name]))
                if name in tests
                else _known_cells(allowed[name])
            )
            self.dimensions[name] = Dimension(name, cells, self.size)
            self.size *= len(cells)
        if self.size > TOO_LARGE:
            # As the conditions name them, in whichever order they are laid out.
            named = dict.fromkeys([*(name for name in self.names if name in self.dimensions), *names])
            raise TooLargeError(", ".join(name for name in named if len(self.dimensions[name].cells) > 1))
        self.everything = (1 << self.size) - 1
        self.possible = self.everything
        self._columns: dict[tuple[str, int], int] = {}

    @property
    def open_facts(self) -> tuple[str, ...]:
        """The facts that are not known."""
        return tuple(name for name, one in self.dimensions.items() if len(one.cells) > 1)

    def column(self, fact: str, cell: int) -> int:
        """Return the worlds in which the fact lies in the cell."""
        if (fact, cell) not in self._columns:
            dimension = self.dimensions[fact]
            block = len(dimension.cells) * dimension.stride
            found = ((1 << dimension.stride) - 1) << (cell * dimension.stride)
            # The pattern of one block, doubled until it fills the table.
            while block < self.size:
                found |= found << block
                block *= 2
            self._columns[fact, cell] = found & self.everything
        return self._columns[fact, cell]

    def where(self, test: Test) -> int:
        """Return the worlds in which the test holds."""
        found = 0
        for index, cell in enumerate(self.dimensions[test.fact].cells):
            if isinstance(cell, Range):
                if test.range is not None and test.range.holds(cell):
                    found |= self.column(test.fact, index)
            elif test.has(cell[0]):
                found |= self.column(test.fact, index)
        return found

    def within(self, fact: str, cell: Cell) -> int:
        """Return the worlds in which the fact may lie in the cell."""
        values: Allowed = (cell,) if isinstance(cell, Range) else cell
        found = 0
        for index, own in enumerate(self.dimensions[fact].cells):
            if _meets(own, values):
                found |= self.column(fact, index)
        return found

    def folded(self, worlds: int, facts: Iterable[str]) -> int:
        """Return the worlds as they are apart from these facts: each stands in the first cell of every one of them.

        Without its outermost facts, a table is what is left of it once they are folded.
        """
        # The outermost first: what is left to fold is then smallest.
        for name in sorted(facts, key=lambda name: -self.dimensions[name].stride):
            dimension, first, left = self.dimensions[name], self.column(name, 0), 0
            for cell in range(len(dimension.cells)):
                left |= (worlds >> (cell * dimension.stride)) & first
            worlds = left
        return worlds

    def turning(self, truths: Sequence[int]) -> tuple[str, ...]:
        """Return the open facts on which it turns which of these truths hold: alone, or where the others allow it.

        One turns it where a cell of it narrows the truths that occur in a possible world, or where two possible
        worlds that differ in it alone differ in one of them.
        """
        occurring = [bool(truth & self.possible) for truth in truths]
        found = []
        for name in self.open_facts:
            columns = (self.possible & self.column(name, cell) for cell in range(len(self.dimensions[name].cells)))
            narrows = any([bool(truth & there) for truth in truths] != occurring for there in columns if there)
            if narrows or self.flips(name, truths):
                found.append(name)
        return tuple(found)

    def flips(self, fact: str, truths: Iterable[int]) -> bool:
        """Whether two possible worlds that differ in this fact alone differ in one of the truths."""
        dimension = self.dimensions[fact]
        first = self.column(fact, 0)
        cells = range(len(dimension.cells))
        there = [(self.possible >> (index * dimension.stride)) & first for index in cells]
        for truth in truths:
            true = [(truth >> (index * dimension.stride)) & there[index] for index in cells]
            false = [there[index] & ~true[index] for index in cells]
            if any(true[one] & false[other] for one in cells for other in cells):
                return True
        return False


class Cuts:
    """How conditions cut the facts that they test: which values they tell apart, found when it is asked for."""

    def __init__(self, conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> None:
        """Take the conditions, and the facts by name."""
        self.conditions = tuple(conditions)
        self._facts = facts
        self._tests: dict[str, list[Test]] = {}
        for condition in self.conditions:
            for test in tests_of(condition):
                self._tests.setdefault(test.fact, []).append(test)
        self.names = tuple(self._tests)
        self._cells: dict[str, tuple[Cell, ...]] = {}
        self._alike: dict[tuple[str, Allowed], Allowed] = {}

    def cells(self, name: str, allowed: Allowed) -> tuple[Cell, ...]:
        """Return the values that a fact may still have, those together that no condition tells apart."""
        met = self._met(name, allowed)
        return tuple(cell if isinstance(cell, Range) else tuple(one for one in cell if one in allowed) for cell in met)

    def alike(self, allowed: Mapping[str, Allowed], finer: Collection[str] = ()) -> dict[str, Allowed]:
        """Return what is allowed of each fact with all that no condition tells apart from some of it.

        `finer` are facts that something else tells apart: of these only what is allowed.
        """
        return {name: allowed[name] if name in finer else self._alike_of(name, allowed[name]) for name in self.names}

    def _alike_of(self, name: str, allowed: Allowed) -> Allowed:
        if (name, allowed) not in self._alike:
            met = self._met(name, allowed)
            values = tuple(value for cell in met for value in ((cell,) if isinstance(cell, Range) else cell))
            # Two values at once are alike to nothing else.
            return keep(self._alike, (name, allowed), cast("Allowed", values or allowed))
        return self._alike[name, allowed]

    def _met(self, name: str, allowed: Allowed) -> tuple[Cell, ...]:
        """Return the cells of a fact in which some allowed value lies."""
        cells = once(self._cells, name, lambda: _cells(self._facts[name], self._tests.get(name, ())))
        return tuple(cell for cell in cells if _meets(cell, allowed))


def which_has(cell: Cell, cells: Iterable[Cell]) -> int:
    """Return the index of the cell in which another lies that is no wider."""
    for index, own in enumerate(cells):
        if isinstance(own, Range):
            if isinstance(cell, Range) and own.meets(cell):
                return index
        elif not isinstance(cell, Range) and cell[0] in own:
            return index
    raise AssertionError(cell)  # pragma: no cover


def is_known(allowed: Allowed) -> bool:
    """Whether a fact has one value, or is one number."""
    first = allowed[0] if len(allowed) == 1 else None
    return first is not None and (not isinstance(first, Range) or first.low == first.high)


def _known_cells(allowed: Allowed) -> tuple[Cell, ...]:
    """Return the one cell of a fact that is known."""
    value = allowed[0]
    return (value,) if isinstance(value, Range) else ((value,),)


def _meets(cell: Cell, allowed: Allowed) -> bool:
    """Whether some allowed value lies in the cell."""
    if isinstance(cell, Range):
        return any(isinstance(one, Range) and one.meets(cell) for one in allowed)
    return any(one in cell for one in allowed)


def _cells(fact: Fact, tests: Iterable[Test]) -> tuple[Cell, ...]:
    """Return the cells of a fact: values that every test treats alike are one cell."""
    if fact.type is FactType.NUMBER:
        bounds = [test.range for test in tests if test.range is not None]
        cuts = {fact.minimum, *(one.low for one in bounds), *(one.high + 1 for one in bounds if one.high is not None)}
        starts = sorted(cut for cut in cuts if cut >= fact.minimum)
        ends: list[int | None] = [start - 1 for start in starts[1:]]
        return tuple(Range(low, high) for low, high in zip(starts, [*ends, None], strict=True))
    # Many ask for the same values.
    return _alike(fact.options, tuple(dict.fromkeys([test.values for test in tests])))


@functools.lru_cache(1 << 12)
def _alike(options: tuple[bool | str, ...], told_apart: tuple[tuple[bool | str, ...], ...]) -> tuple[Cell, ...]:
    """Return the values in cells of those that none of these sets of values tells apart."""
    alike: dict[tuple[bool, ...], list[bool | str]] = {}
    for value in options:
        alike.setdefault(tuple([value in values for values in told_apart]), []).append(value)
    return tuple([tuple(group) for group in alike.values()])
