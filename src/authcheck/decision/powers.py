"""Which powers an activity needs, and whether some source supplies each through the means it calls for.

An authority's tables range over its own facts alone. A power turns on several authorities: each one's
verdict is first projected to the facts that it shares with the others, and only these are joined.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from authcheck.decision.verdicts import ORDER, AuthorityTables, Combination, conditions_of, questions_of
from authcheck.evaluation.truth import Setting, lay_out, table
from authcheck.evaluation.worlds import Allowed, Worlds
from authcheck.frozen import dataclass
from authcheck.model.answer import Need, Verdict
from authcheck.model.authority import Authority
from authcheck.model.fact import Fact
from authcheck.model.pack import Power
from authcheck.model.question import Question

__all__ = ["PowerTables", "PowerVerdict"]

Held: TypeAlias = tuple[int, int]
"""The choices of readings (bit *i* = choice *i*) under which something is available, and silent."""

Relation: TypeAlias = dict[tuple[int, ...], set[Held]]
"""For each tuple of cells of the shared facts, everything that the other facts may make of the power there."""


@dataclass(frozen=True, slots=True)
class PowerVerdict:
    """Whether a power is needed and, where it may be, its possible verdicts."""

    needed: Need
    possible: tuple[Verdict, ...]


class PowerTables:
    """The sources and means of one power for what one scenario leaves open, on one date."""

    def __init__(
        self,
        power: Power,
        authorities: Iterable[Authority],
        facts: Mapping[str, Fact],
        questions: Mapping[str, Question],
        in_force: frozenset[str],
        allowed: Mapping[str, Allowed],
    ) -> None:
        """Lay out each source and means, cutting the facts that several of them test alike for all."""
        everyone = list(authorities)
        self.power = power
        self.facts = facts
        self.asked_of = questions
        self.in_force = in_force
        self.allowed = allowed
        self.sources = [one for one in everyone if any(supply.power == power.power for supply in one.supplies)]
        self.means = [one for one in everyone if power.power in one.means_for]
        self.tables: dict[str, AuthorityTables] = {}

    def verdict(self, admits: Mapping[str, tuple[str, ...]]) -> PowerVerdict:
        """Return whether the power is needed, and its verdicts over the worlds in which it is."""
        involved = [*self.sources, *self.means]
        common = [self.power.needed_when, *(condition for one in involved for condition in conditions_of(one))]
        need = lay_out([self.power.needed_when], self.facts, self.allowed, cut_by=common)
        needed = need.possible & table(self.power.needed_when, Setting(need, self.in_force, {})).true
        if not needed:
            return PowerVerdict(Need.NOT_NEEDED, ())
        self.tables = {
            one.authority: AuthorityTables(one, self.facts, self.asked_of, self.in_force, self.allowed, cut_by=common)
            for one in involved
        }
        asked = dict.fromkeys(name for one in self.sources for name in self._supplied_on(one))
        asked.update(dict.fromkeys(name for one in involved for name in questions_of(one)))
        choices = [
            dict(zip(asked, chosen, strict=True)) for chosen in itertools.product(*(admits[name] for name in asked))
        ]
        every = (1 << len(choices)) - 1
        # Any source will do; then every means that is engaged must be met; all where the power is needed.
        steps = [
            *((self._space(one), self._held(one, choices, source=True), _either) for one in self.sources),
            *((self._space(one), self._held(one, choices, source=False), _both) for one in self.means),
            (need, {(every, 0): needed}, _both),
        ]
        count = Counter(name for worlds, _, _ in steps for name in worlds.open_facts)
        # A fact that none of them tests but a constraint ties is free for all alike once the others are fixed.
        tested = {name for worlds, _, _ in steps for name in worlds.names}
        shared = {name for name, times in count.items() if times > 1 and name in tested}
        names: tuple[str, ...] = ()
        joined: Relation = {(): {(0, 0)}}
        for position, (worlds, classes, merge) in enumerate(steps):
            theirs = tuple(name for name in worlds.open_facts if name in shared)
            relation = _project(worlds, theirs, classes)
            later = {name for others, _, _ in steps[position + 1 :] for name in others.open_facts}
            names, joined = _join(names, joined, theirs, relation, merge, later)
        verdicts = {_verdict(held, every) for helds in joined.values() for held in helds}
        need_found = Need.NEEDED if needed == need.possible else Need.PERHAPS
        return PowerVerdict(need_found, tuple(one for one in ORDER if one in verdicts))

    def _space(self, authority: Authority) -> Worlds:
        return self.tables[authority.authority].worlds

    def _supplied_on(self, authority: Authority) -> Mapping[str, tuple[str, ...]]:
        return next(one.only_on for one in authority.supplies if one.power == self.power.power)

    def _held(self, authority: Authority, choices: Sequence[Combination], *, source: bool) -> dict[Held, int]:
        """Return, for everything that an authority may be under the choices of readings, its worlds."""
        tables = self.tables[authority.authority]
        only_on = self._supplied_on(authority) if source else {}
        classes: dict[Held, int] = {(0, 0): tables.worlds.everything}
        for index, choice in enumerate(choices):
            split = tables.split({name: choice[name] for name in tables.questions})
            # A means that is not engaged bars nothing.
            holds, silent = split.available | (0 if source else split.not_engaged), split.silent
            if not all(choice[name] in readings for name, readings in only_on.items()):
                holds = silent = 0
            bit = 1 << index
            parted: dict[Held, int] = {}
            for (available, quiet), worlds in classes.items():
                for held, there in (
                    ((available | bit, quiet), worlds & holds),
                    ((available, quiet | bit), worlds & silent),
                    ((available, quiet), worlds & ~(holds | silent)),
                ):
                    if there:
                        parted[held] = parted.get(held, 0) | there
            classes = parted
        return classes


def _either(one: Held, other: Held) -> Held:
    available = one[0] | other[0]
    return available, (one[1] | other[1]) & ~available


def _both(one: Held, other: Held) -> Held:
    available = one[0] & other[0]
    return available, (one[0] | one[1]) & (other[0] | other[1]) & ~available


def _verdict(held: Held, every: int) -> Verdict:
    match held:
        case (available, _) if available == every:
            return Verdict.AVAILABLE
        case (_, silent) if silent == every:
            return Verdict.SILENT
        case (0, 0):
            return Verdict.UNAVAILABLE
        case _:
            return Verdict.CONTESTED


def _project(worlds: Worlds, names: tuple[str, ...], classes: Mapping[Held, int]) -> Relation:
    """Return the classes by the cells of the named facts, the other facts left open."""
    relation: Relation = {}
    kept = [worlds.dimensions[name] for name in names]
    for held, there in classes.items():
        left = there & worlds.possible
        for name, dimension in worlds.dimensions.items():
            if name not in names:
                folded = 0
                for cell in range(len(dimension.cells)):
                    folded |= left >> (cell * dimension.stride)
                left = folded & worlds.column(name, 0)
        while left:
            world = (left & -left).bit_length() - 1
            left &= left - 1
            cells = tuple(world // one.stride % len(one.cells) for one in kept)
            relation.setdefault(cells, set()).add(held)
    return relation


def _join(
    names: tuple[str, ...],
    joined: Relation,
    others: tuple[str, ...],
    relation: Relation,
    merge: Callable[[Held, Held], Held],
    later: set[str],
) -> tuple[tuple[str, ...], Relation]:
    """Return both relations as one, over the facts that a later one still needs."""
    both = [name for name in others if name in names]
    kept = tuple(name for name in dict.fromkeys([*names, *others]) if name in later)
    matching: dict[tuple[int, ...], list[tuple[tuple[int, ...], set[Held]]]] = {}
    for cells, helds in relation.items():
        matching.setdefault(tuple(cells[others.index(name)] for name in both), []).append((cells, helds))
    result: Relation = {}
    for mine, held_here in joined.items():
        for theirs, held_there in matching.get(tuple(mine[names.index(name)] for name in both), []):
            at = dict(zip(others, theirs, strict=True)) | dict(zip(names, mine, strict=True))
            key = tuple(at[name] for name in kept)
            result.setdefault(key, set()).update(merge(one, two) for one in held_here for two in held_there)
    return kept, result
