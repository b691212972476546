"""The worlds over which a claim ranges, as far as it tells them apart.

An authority's own table may have a million worlds, and a claim may speak of several authorities at once. So each
verdict is first projected to the facts on which it really turns, and written as a condition of these; a claim is
then about facts alone, and its table has only those that matter to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.plainest import plainest, plainest_value
from authcheck.evaluation.truth import Setting, table
from authcheck.evaluation.worlds import Allowed, TooLargeError, Vocabulary, facts_of
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, Not, Range, Term, Test, Truth

__all__ = ["Space", "narrowed"]

TRUE, FALSE = Constant(Truth.TRUE), Constant(Truth.FALSE)


class Space:
    """The worlds that some conditions tell apart; `possible` are those that the vocabulary allows.

    Of facts that are to be `moved`, those on which constraints make demands together with them are laid out too: they
    stay as they are. Of all others it is enough that some value fits.
    """

    def __init__(
        self,
        conditions: Iterable[Condition],
        facts: Vocabulary,
        in_force: frozenset[str],
        allowed: Mapping[str, Allowed],
        moved: Iterable[str] = (),
    ) -> None:
        """Lay them out. Raises TooLargeError where they are too many."""
        asked = tuple(conditions)
        self.facts = facts
        beside = [other for name in moved for other in (name, *sorted(facts.neighbours[name]))]
        names = tuple(dict.fromkeys([*facts_of(asked), *beside]))
        try:
            self.worlds = lay_out(asked, facts, allowed, only=names)
        except TooLargeError:
            # More pairs of worlds are then compared than there are, and none fewer: what is proved so is proved.
            self.worlds = lay_out(asked, facts, allowed, only=names, coarse=True)
        self._setting = Setting(self.worlds, in_force, {})
        self.possible = self.worlds.possible

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
        return plainest(self.worlds, self.facts, mask)

    def values(self, world: int) -> dict[str, bool | int | str]:
        """Return a value for every fact in one world, the usual one where it can be."""
        return {name: plainest_value(self.worlds, self.facts[name], world) for name in self.worlds.dimensions}


def narrowed(allowed: Mapping[str, Allowed], condition: Condition) -> dict[str, Allowed]:
    """Return the values that facts can have where the condition holds, as far as it names them one by one."""
    found = dict(allowed)
    for part in _together(condition):
        match part:
            case Test(fact, values, None):
                found[fact] = tuple(value for value in _values(found[fact]) if value in values)
            case Not(Test(fact, values, None)):
                found[fact] = tuple(value for value in _values(found[fact]) if value not in values)
            case _:
                pass
    return found


def _values(allowed: Allowed) -> tuple[bool | str, ...]:
    return tuple(value for value in allowed if not isinstance(value, Range))


def _together(condition: Condition) -> Iterator[Condition]:
    """Return the conditions that all hold where this one does."""
    match condition:
        case AllOf(inner):
            for part in inner:
                yield from _together(part)
        case Not(AnyOf(inner)):
            for part in inner:
                yield from _together(Not(part))
        case Term(condition=inside):
            yield from _together(inside)
        case Not(Term(condition=inside)):
            yield from _together(Not(inside))
        case _:
            yield condition
