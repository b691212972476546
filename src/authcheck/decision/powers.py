"""Which powers an activity needs, and whether some source supplies each through the means it calls for.

An authority's tables range over its own facts alone, in its own cells. A power turns on several authorities at once:
their tables are followed together, one fact after another, and what has become alike on the way is followed once.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from authcheck.decision.verdicts import ORDER, AuthorityTables, questions_of, told_apart_by
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.projection import coarsened, demanded
from authcheck.evaluation.truth import where_all
from authcheck.evaluation.worlds import Cell, Cuts, Dimension, Vocabulary, Worlds, facts_of, is_known, which_has
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority
from authcheck.model.condition import Condition, Truth
from authcheck.model.pack import Power
from authcheck.model.verdict import Need, Verdict

__all__ = ["PowerReading", "PowerTables", "PowerVerdict"]

Held: TypeAlias = tuple[int, int]
"""The choices of readings (bit *i* = choice *i*) under which something is available, and silent."""

State: TypeAlias = tuple[Held, Held, tuple[tuple[int, ...], ...]]
"""What the sources and the means that are settled come to, and the masks left of each strand that is not."""

BitsOf: TypeAlias = Mapping[str, Mapping[str, int]]
"""The choices that have each reading of each question."""

NOTHING: Held = (0, 0)

# The ways of an authority are kept with tables of so few worlds.
_MOST_WORLDS = 1 << 12


@dataclass(frozen=True, slots=True)
class PowerReading:
    """What a power may be on one reading of each question of what supplies it."""

    readings: Mapping[str, str]
    possible: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class PowerVerdict:
    """Whether a power is needed and, where it may be, its possible verdicts.

    `unsupplied` is true where it is available in no world, on no reading. `readings` part where a question does of
    what supplies the power; those that act on an authority part that authority.
    """

    needed: Need
    possible: tuple[Verdict, ...]
    unsupplied: bool = False
    readings: tuple[PowerReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Strand:
    """One table to follow: for each thing that it may make of the power, the worlds in which it does.

    Worlds that are in none of the masks are left out of the count.
    """

    dimensions: Mapping[str, Dimension]
    size: int
    ways: tuple[Held, ...]
    masks: tuple[int, ...]
    is_source: bool = False


class PowerTables:
    """The sources and means of one power on one date, and what they have come to where some of their facts are open."""

    def __init__(
        self,
        power: Power,
        authorities: Iterable[Authority],
        facts: Vocabulary,
        inwards: Iterable[str],
        tables: Callable[[str, Circumstances], AuthorityTables],
    ) -> None:
        """Find the sources and means of the power; nothing is laid out before it is known to be needed.

        `inwards` are the facts in the order in which `tables` lays them out for an authority. `cuts` is how the
        conditions on which the verdict turns cut their facts, `questions` are those on whose readings it may turn, and
        `supply_questions` those on whose readings a source supplies the power or does not.
        """
        everyone = list(authorities)
        self.power = power
        self.sources = [one for one in everyone if any(supply.power == power.power for supply in one.supplies)]
        self.means = [one for one in everyone if power.power in one.means_for]
        self.involved = (*self.sources, *self.means)
        own = [one for one in (power.needed_when, power.silent_when) if one is not None]
        self.cuts = Cuts([*own, *(one for some in self.involved for one in told_apart_by(some))], facts)
        self.supply_questions = tuple(dict.fromkeys(name for one in self.sources for name in self._supplied_on(one)))
        of_authorities = (name for one in self.involved for name in questions_of(one))
        self.questions = tuple(dict.fromkeys([*self.supply_questions, *of_authorities]))
        self._inwards = tuple(name for name in inwards if name in self.cuts.names)
        self._tables = tables

    def verdict(self, circumstances: Circumstances, admits: Mapping[str, tuple[str, ...]]) -> PowerVerdict:
        """Return whether the power is needed, and its verdicts over the worlds in which it is."""
        needed = circumstances.truths(self.power.needed_when)
        if Truth.TRUE not in needed:
            return PowerVerdict(Need.NOT_NEEDED, ())
        every, bits_of = _choices(tuple((name, admits[name]) for name in self.questions))
        allowed = circumstances.allowed
        cells = {
            name: self.cuts.cells(name, allowed[name])
            for name in reversed(self._inwards)
            if not is_known(allowed[name])
        }
        held = _followed(self._strands(circumstances, every, bits_of), cells, every)
        return PowerVerdict(
            Need.NEEDED if needed == (Truth.TRUE,) else Need.PERHAPS,
            _verdicts(held, every),
            not any(available for available, _ in held),
            tuple(self._readings(held, every, bits_of)),
        )

    def _readings(self, held: Iterable[Held], every: int, bits_of: BitsOf) -> Iterator[PowerReading]:
        """Return what the power may be on the readings of the questions of its supply on which it turns."""
        found = tuple(held)
        crux = tuple(name for name in self.supply_questions if _turns_on(bits_of[name].values(), found))
        for chosen in itertools.product(*(bits_of[name].items() for name in crux)) if crux else ():
            bits = _all_of(every, chosen)
            within = ((available & bits, silent & bits) for available, silent in found)
            readings = {name: reading for name, (reading, _) in zip(crux, chosen, strict=True)}
            yield PowerReading(readings, _verdicts(within, bits))

    def _supplied_on(self, authority: Authority) -> Mapping[str, tuple[str, ...]]:
        return next(one.only_on for one in authority.supplies if one.power == self.power.power)

    def _strands(self, circumstances: Circumstances, every: int, bits_of: BitsOf) -> Iterator[Strand]:
        """Return the table of the need, those of the constraints, and that of each source and means.

        In every table the facts stand in the same order; each is cut into the cells that the table itself tells apart.
        """
        facts, allowed = circumstances.facts, circumstances.allowed

        def among(some: Sequence[Condition]) -> Worlds:
            kept = set(facts_of(some))
            return Worlds(some, facts, allowed, only=tuple(name for name in self._inwards if name in kept))

        # No two demands share a fact.
        demands = demanded(frozenset(self._inwards), facts, allowed)
        for told in (self.power.needed_when, *coarsened(demands, self.cuts.conditions, facts, allowed)):
            worlds = among((told,))
            yield Strand(worlds.dimensions, worlds.size, ((every, 0),), (where_all((told,), worlds),))
        silent_when = self.power.silent_when
        if silent_when is not None:
            quiet = among((silent_when,))
            where = where_all((silent_when,), quiet)
            # Where the sources do not say, it is as if one more were silent.
            ways = {(0, every): where, NOTHING: quiet.everything & ~where}
            yield Strand(quiet.dimensions, quiet.size, tuple(ways), tuple(ways.values()), is_source=True)
        admitted = tuple(tuple(bits_of[name].items()) for name in self.questions)
        for one in self.involved:
            tables = self._tables(one.authority, circumstances)
            worlds = tables.worlds
            find = functools.partial(self._ways, tables, bits_of, every)
            with tables.remembering():
                found = tables.once(find, self, *admitted) if worlds.size <= _MOST_WORLDS else find()
            yield Strand(worlds.dimensions, worlds.size, tuple(found), tuple(found.values()), one in self.sources)

    def _ways(self, tables: AuthorityTables, bits_of: BitsOf, every: int) -> dict[Held, int]:
        """Return, for everything that an authority may be under the choices of readings, its worlds."""
        is_source = tables.authority in self.sources
        only_on = self._supplied_on(tables.authority) if is_source else {}
        own = tuple(dict.fromkeys((*tables.questions, *only_on)))
        ways: dict[Held, int] = {NOTHING: tables.worlds.everything}
        for chosen in itertools.product(*(bits_of[name].items() for name in own)):
            choice = {name: reading for name, (reading, _) in zip(own, chosen, strict=True)}
            bits = _all_of(every, chosen)
            if not all(choice[name] in readings for name, readings in only_on.items()):
                continue
            split = tables.split({name: choice[name] for name in tables.questions})
            # A means that is not engaged bars nothing.
            holds, silent = split.available | (0 if is_source else split.not_engaged), split.silent
            parted: dict[Held, int] = {}
            for (available, quiet), worlds in ways.items():
                thirds = (
                    ((available | bits, quiet), worlds & holds),
                    ((available, quiet | bits), worlds & silent),
                    ((available, quiet), worlds & ~(holds | silent)),
                )
                parted.update({way: there for way, there in thirds if there})
            ways = parted
        return ways


@functools.lru_cache
def _choices(admitted: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[int, BitsOf]:
    """Return all choices of a reading of each question, and those that have each reading of each."""
    left = math.prod(len(readings) for _, readings in admitted)
    every, found = (1 << left) - 1, {}
    for question, readings in admitted:
        # The last question changes from one choice to the next, and each before it where those after begin anew.
        turn = left
        left //= len(readings)
        first = every // ((1 << turn) - 1) * ((1 << left) - 1)
        found[question] = {reading: first << (at * left) for at, reading in enumerate(readings)}
    return every, found


def _all_of(every: int, chosen: Iterable[tuple[str, int]]) -> int:
    """Return the choices that have all these readings, each given with those that have it."""
    return functools.reduce(operator.and_, (bits for _, bits in chosen), every)


def _followed(strands: Iterable[Strand], cells_of_open: Mapping[str, tuple[Cell, ...]], every: int) -> set[Held]:
    """Return everything that the strands together make of the power in some world.

    The open facts are followed from the outermost on, each through the cells that the strands together tell apart. Any
    source will do; then every means must be met.
    """
    followed = tuple(strands)
    start = _settled(
        (NOTHING, (every, 0), tuple(one.masks for one in followed)), followed, [one.size for one in followed]
    )
    states = set() if start is None else {start}
    for name, cells in cells_of_open.items():
        at = {index: one.dimensions[name] for index, one in enumerate(followed) if name in one.dimensions}
        sizes = [at[index].stride if index in at else 0 for index in range(len(followed))]
        own = [[(index, one.stride, which_has(cell, one.cells)) for index, one in at.items()] for cell in cells]
        moved = (_settled(_at_cells(state, there), followed, sizes) for state in states for there in own)
        states = {state for state in moved if state is not None}
    return {_both(sources, means) for sources, means, _ in states}


def _at_cells(state: State, there: Iterable[tuple[int, int, int]]) -> State:
    """Return what is left of a state once the outermost fact of some strands, of this size, is in this cell of each."""
    sources, means, left = state
    moved = list(left)
    for index, size, cell in there:
        moved[index] = tuple((mask >> (cell * size)) & ((1 << size) - 1) for mask in left[index])
    return sources, means, tuple(moved)


def _settled(state: State, strands: Sequence[Strand], sizes: Sequence[int]) -> State | None:
    """Return the state with every strand that is alike in all worlds left taken up; None where none are left."""
    sources, means, left = state
    kept = list(left)
    for index, (strand, size) in enumerate(zip(strands, sizes, strict=True)):
        masks = left[index]
        if not masks or not size:
            continue
        if not any(masks):
            return None
        everything = (1 << size) - 1
        if everything in masks:
            way = strand.ways[masks.index(everything)]
            kept[index] = ()
            if strand.is_source:
                sources = _either(sources, way)
            else:
                means = _both(means, way)
    return sources, means, tuple(kept)


def _either(one: Held, other: Held) -> Held:
    available = one[0] | other[0]
    return available, (one[1] | other[1]) & ~available


def _both(one: Held, other: Held) -> Held:
    available = one[0] & other[0]
    return available, (one[0] | one[1]) & (other[0] | other[1]) & ~available


def _verdicts(held: Iterable[Held], every: int) -> tuple[Verdict, ...]:
    """Return the verdicts that occur, in a fixed order."""
    found = {_verdict(one, every) for one in held}
    return tuple(one for one in ORDER if one in found)


def _turns_on(bits_of: Iterable[int], held: Iterable[Held]) -> bool:
    """Whether the reading alone of a question, whose choices these are, changes what the power is in some world."""
    # From one reading to another, the choices that are alike in all else are moved.
    alike = [(bits, bits & -bits) for bits in bits_of]
    return any(
        len({((available & bits) // lowest, (silent & bits) // lowest) for bits, lowest in alike}) > 1
        for available, silent in held
    )


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
