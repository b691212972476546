"""What is fixed while a rule is decided: what each fact may still be, and which authorities are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from authcheck.evaluation.projection import coarsened, demanded, reduced
from authcheck.evaluation.truth import Setting, Table, table, where_all
from authcheck.evaluation.worlds import Allowed, Vocabulary, Worlds, facts_of
from authcheck.keeping import once
from authcheck.model.condition import Condition, Constant, Truth

__all__ = ["Circumstances", "lay_out"]


def lay_out(
    conditions: Iterable[Condition],
    facts: Vocabulary,
    allowed: Mapping[str, Allowed],
    cut_by: Iterable[Condition] = (),
    only: Sequence[str] = (),
    *,
    coarse: bool = False,
) -> Worlds:
    """Return the worlds of the conditions' facts; as for `Worlds`.

    Possible are those that the vocabulary allows, whatever facts besides these must be for it. Where they are `coarse`,
    values that the conditions treat alike are one cell even if the vocabulary does not: a world is then possible where
    some world in its cells is, and the first value of each cell need not make one.
    """
    asked = tuple(conditions)
    demands = demanded(frozenset(only or facts_of(asked)), facts, allowed)
    if coarse:
        demands = coarsened(demands, (*asked, *cut_by), facts, allowed)
    worlds = Worlds(asked, facts, allowed, (*cut_by, *demands), only)
    worlds.possible = where_all(demands, worlds)
    return worlds


class Circumstances:
    """The facts of a vocabulary, what each may still be, and the authorities that are in force."""

    def __init__(self, facts: Vocabulary, allowed: Mapping[str, Allowed], in_force: frozenset[str]) -> None:
        """Take what each fact may still be, and what is in force."""
        self.facts = facts
        self.allowed = allowed
        self.in_force = in_force
        self._states: dict[tuple[str, ...], int] = {}

    def where(self, allowed: Mapping[str, Allowed]) -> Circumstances:
        """Return the circumstances in which some facts may be this instead."""
        return Circumstances(self.facts, {**self.allowed, **allowed}, self.in_force)

    def state(self, groups: Iterable[tuple[str, ...]]) -> tuple[int, ...]:
        """Return a number for what is known of each of these groups of tied facts: the same where the same is known."""
        states = self._states
        for group in groups:
            if group not in states:
                states[group] = self.facts.state(group, self.allowed)
        return tuple([states[group] for group in groups])

    def table(self, condition: Condition) -> tuple[Worlds, Table]:
        """Return the worlds of the condition's own facts, and its truth in each."""
        worlds = lay_out([condition], self.facts, self.allowed)
        return worlds, table(condition, Setting(worlds, self.in_force, {}))

    def truths(self, condition: Condition) -> tuple[Truth, ...]:
        """Return the truths of the condition that occur in a possible world, in a fixed order."""
        number, groups = self.facts.tested_in(condition)
        key = (number, self.in_force, self.state(groups))
        return once(self.facts.truths, key, lambda: self._truths(condition))

    def _truths(self, condition: Condition) -> tuple[Truth, ...]:
        settled = reduced(condition, self.allowed)
        if isinstance(settled, Constant):
            # Whatever else is so: there is always a world that is possible.
            return (settled.truth,)
        worlds, truth = self.table(condition)
        return truth.truths(worlds.possible)
