"""The worlds over which a claim ranges, as far as it tells them apart.

An authority's own table may have a million worlds, and a claim may speak of several authorities at once. So each
verdict is first projected to the facts on which it really turns, and written as a condition of these; a claim is
then about facts alone, and its table has only those that matter to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from authcheck.evaluation.truth import Setting, lay_out, table
from authcheck.evaluation.worlds import Allowed, Cell, Dimension, Vocabulary, Worlds, constrained, facts_of
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, Not, Range, Term, Test, Truth
from authcheck.model.fact import Fact, Value

__all__ = ["Demands", "Space", "as_condition", "narrowed", "plainest_value"]

TRUE, FALSE = Constant(Truth.TRUE), Constant(Truth.FALSE)


class Demands:
    """What the vocabulary demands of some facts, whatever the others are: conditions of these facts alone."""

    def __init__(self, facts: Vocabulary, allowed: Mapping[str, Allowed]) -> None:
        """Take the facts, with all the values that they may have."""
        self.facts = facts
        self.allowed = allowed
        self._found: dict[tuple[str, ...], Condition] = {}

    def on(self, names: Collection[str]) -> tuple[Condition, ...]:
        """Return the conditions that hold of the facts in every possible world."""
        groups = dict.fromkeys(self.facts.tied[name] for name in names)
        asked = [tuple(name for name in group if name in names) for group in groups if len(group) > 1]
        return tuple(self._of(one) for one in asked)

    def _of(self, names: tuple[str, ...]) -> Condition:
        """Return what is demanded of some facts that constraints tie together."""
        if names not in self._found:
            group = self.facts.tied[names[0]]
            worlds = lay_out([], self.facts, self.allowed, only=group)
            others = [name for name in group if name not in names]
            possible, every = (worlds.folded(one, others) for one in (worlds.possible, worlds.everything))
            self._found[names] = as_condition(worlds, possible, every)
        return self._found[names]


class Space:
    """The worlds that some conditions tell apart; `possible` are those that the vocabulary allows.

    Facts that constraints tie to those of the conditions are laid out only where they are tied to facts that are
    to be `moved`: of the others it is enough that some value fits.
    """

    def __init__(
        self,
        conditions: Iterable[Condition],
        demands: Demands,
        in_force: frozenset[str],
        allowed: Mapping[str, Allowed],
        moved: Iterable[str] = (),
    ) -> None:
        """Lay them out. Raises TooLargeError where they are too many."""
        asked = tuple(conditions)
        self.facts = demands.facts
        names = dict.fromkeys([*facts_of(asked), *constrained(moved, self.facts)])
        demanded = demands.on(names)
        self.worlds = lay_out([*asked, *demanded], self.facts, allowed, only=tuple(names))
        self._setting = Setting(self.worlds, in_force, {})
        self.possible = self.worlds.possible
        self.possible = self.where(AllOf(demanded))

    def where(self, condition: Condition) -> int:
        """Return the possible worlds in which the condition, of facts that are laid out, is true."""
        return self.possible & table(condition, self._setting).true

    @property
    def size(self) -> int:
        """How many worlds are possible."""
        return self.possible.bit_count()

    def at(self, fact: str) -> tuple[int, ...]:
        """Return the possible worlds of each cell of a fact, in order."""
        cells = range(len(self.worlds.dimensions[fact].cells))
        return tuple(self.possible & self.worlds.column(fact, cell) for cell in cells)

    def folded(self, mask: int, facts: Iterable[str]) -> int:
        """Return the worlds of the mask as they are apart from some facts: each stands in the first cells of these."""
        return self.worlds.folded(mask, facts)

    def unfolded(self, mask: int, facts: Iterable[str]) -> int:
        """Return the possible worlds that are those of a folded mask apart from the facts."""
        for name in facts:
            dimension, first = self.worlds.dimensions[name], mask
            for cell in range(1, len(dimension.cells)):
                mask |= first << (cell * dimension.stride)
        return mask & self.possible

    def plainest(self, mask: int) -> int:
        """Return one world of the mask: the first in which as many facts as can be are what they usually are."""
        for name in self.worlds.dimensions:
            mask &= self.worlds.column(name, _plainest_cell(self.worlds, self.facts[name], mask))
        return mask & -mask

    def values(self, world: int) -> dict[str, bool | int | str]:
        """Return a value for every fact in one world, the usual one where it can be."""
        return {name: plainest_value(self.worlds, self.facts[name], world) for name in self.worlds.dimensions}


def plainest_value(worlds: Worlds, fact: Fact, mask: int) -> bool | int | str:
    """Return a value that the fact has in some world of the mask, the usual one if it can be."""
    return _value(worlds.dimensions[fact.fact].cells[_plainest_cell(worlds, fact, mask)], usual_value(fact))


def _plainest_cell(worlds: Worlds, fact: Fact, mask: int) -> int:
    """Return the cell of the fact's usual value, or else the first that it has in some world of the mask."""
    usual = usual_value(fact)
    cells = worlds.dimensions[fact.fact].cells
    there = [index for index in range(len(cells)) if mask & worlds.column(fact.fact, index)]
    return min(there, key=lambda index: not _holds(cells[index], usual))


def usual_value(fact: Fact) -> Value | None:
    """Return the value that a fact has where nothing of the kind is told; None where there is none."""
    return fact.unless_stated if fact.absent is None else fact.absent


def as_condition(worlds: Worlds, truth: int, mask: int) -> Condition:
    """Return a condition that holds in the same worlds of the mask, of no more facts than it takes."""
    true, false = truth & mask, mask & ~truth
    for name in worlds.dimensions:
        folded = worlds.folded(true, [name]), worlds.folded(false, [name])
        # The fact can be left out where the others settle the matter without it.
        if not folded[0] & folded[1]:
            true, false = folded
    outermost_first = tuple(one for one in reversed(worlds.dimensions.values()) if len(one.cells) > 1)
    return _tree(outermost_first, true, true | false)


def narrowed(allowed: Mapping[str, Allowed], condition: Condition) -> dict[str, Allowed]:
    """Return the values that facts can have where the condition holds, as far as it names them one by one."""
    found = dict(allowed)
    for part in _together(condition):
        match part:
            case Test(fact, values, None):
                found[fact] = tuple(one for one in _values(found[fact]) if one in values)
            case Not(Test(fact, values, None)):
                found[fact] = tuple(one for one in _values(found[fact]) if one not in values)
            case _:
                pass
    return found


def _values(allowed: Allowed) -> tuple[bool | str, ...]:
    return tuple(one for one in allowed if not isinstance(one, Range))


def _together(condition: Condition) -> Iterator[Condition]:
    """Return the conditions that all hold where this one does."""
    match condition:
        case AllOf(inner):
            for one in inner:
                yield from _together(one)
        case Not(AnyOf(inner)):
            for one in inner:
                yield from _together(Not(one))
        case Term(condition=inside):
            yield from _together(inside)
        case Not(Term(condition=inside)):
            yield from _together(Not(inside))
        case _:
            yield condition


def _tree(dimensions: Sequence[Dimension], true: int, mask: int) -> Condition:
    """Return a condition that is true in these worlds of the mask and false in its others."""
    if not true:
        return FALSE
    if true == mask:
        return TRUE
    first, rest = dimensions[0], dimensions[1:]
    block = (1 << first.stride) - 1
    branches: dict[Condition, list[Cell]] = {}
    for index, cell in enumerate(first.cells):
        here = (mask >> (index * first.stride)) & block
        if here:
            inner = _tree(rest, (true >> (index * first.stride)) & here, here)
            branches.setdefault(inner, []).append(cell)
    if len(branches) == 1:
        return next(iter(branches))
    ways = [
        _lies_in(first.fact, cells) if inner == TRUE else AllOf((_lies_in(first.fact, cells), inner))
        for inner, cells in branches.items()
        if inner != FALSE
    ]
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def _lies_in(fact: str, cells: Sequence[Cell]) -> Condition:
    """Return the condition that the fact lies in one of the cells."""
    ranges = tuple(Test(fact, (), cell) for cell in cells if isinstance(cell, Range))
    if ranges:
        return ranges[0] if len(ranges) == 1 else AnyOf(ranges)
    return Test(fact, tuple(value for cell in cells if not isinstance(cell, Range) for value in cell))


def _holds(cell: Cell, value: Value | None) -> bool:
    if isinstance(cell, Range):
        return isinstance(value, int) and cell.meets(Range(value, value))
    return value in cell


def _value(cell: Cell, usual: Value | None) -> bool | int | str:
    """Return a value of the cell."""
    if isinstance(cell, Range):
        return usual if isinstance(usual, int) and _holds(cell, usual) else cell.low
    return next((one for one in cell if one == usual), cell[0])
