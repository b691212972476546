"""A sweep as it is shown to people: how often each verdict occurs, matrices, and combinations where they are few."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from authcheck.answer.answer import Receipt, UnmodelledAnswer
from authcheck.answer.building import answer_of
from authcheck.answer.record import AuthorityVerdict, PowerRecord
from authcheck.asking.sweep.parts import Variation
from authcheck.asking.sweep.results import Row, Tally
from authcheck.asking.sweep.sweeping import Sweep
from authcheck.decision.decision import Decision
from authcheck.frozen import dataclass
from authcheck.wording import listed

__all__ = ["MOST_CELLS", "Grid", "Swept", "Told", "grids_of", "left_out_by", "swept"]

MOST_CELLS = 2000
"""Of so many combinations at most there is a matrix: nobody reads more."""

Told: TypeAlias = AuthorityVerdict | PowerRecord
"""What an authority or a power is."""


@dataclass(frozen=True, slots=True)
class Grid:
    """An authority or a power in all combinations: one fact across, the others down.

    `columns` and `rows` are the values; a cell is None where the combination cannot be so. `stands` is the row and the
    column of the scenario as it stands, where it is one of them.
    """

    name: str
    down: tuple[str, ...]
    across: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Told | None, ...], ...]
    stands: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Swept:
    """What is shown of the sweeps over one scenario: one, or one for each pair of facts.

    `titles` are of the authorities and powers that are shown, and `as_it_stands` what they are in the scenario as it
    stands. `refused` counts by the reason what cannot be so, and `no_longer_apply` tells with which values something
    that the scenario states is left out. Of `count` combinations that are asked for, `rows` are the first. `holders`
    names those who hold a reading.
    """

    title: str
    option: str
    scenario: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    disclaimer: str
    receipt: Receipt
    titles: Mapping[str, str]
    holders: Mapping[str, str]
    as_it_stands: Mapping[str, Told]
    varied: tuple[Variation, ...]
    total: int
    possible: int
    refused: Mapping[str, int]
    no_longer_apply: tuple[str, ...]
    tallies: tuple[Tally, ...]
    grids: tuple[Grid, ...]
    rows: tuple[Row, ...]
    count: int


def swept(
    decision: Decision,
    sweeps: Sequence[Sweep],
    titles: Mapping[str, str],
    *,
    tallies: Iterable[Tally] = (),
    grids: Iterable[Grid] = (),
    rows: Iterable[Row] = (),
    count: int = 0,
) -> Swept:
    """Return what is shown of the authorities and powers that have titles here."""
    answer = answer_of(decision)
    refused: dict[str, int] = {}
    for sweep in sweeps:
        for why, times in sweep.refused.items():
            refused[why] = refused.get(why, 0) + times
    return Swept(
        title=answer.title,
        option=answer.option,
        scenario=answer.scenario,
        unmodelled=answer.unmodelled,
        disclaimer=answer.disclaimer,
        receipt=answer.receipt,
        titles=titles,
        holders={name: holder.name for name, holder in decision.law.pack.holders.items()},
        as_it_stands={name: told for name, told in sweeps[0].as_it_stands.items() if name in titles},
        varied=tuple({one.fact: one for sweep in sweeps for one in sweep.variations}.values()),
        total=sum(sweep.total for sweep in sweeps),
        possible=sum(sweep.possible for sweep in sweeps),
        refused=refused,
        no_longer_apply=left_out_by(sweeps),
        tallies=tuple(tallies),
        grids=tuple(grids),
        rows=tuple(rows),
        count=count,
    )


def left_out_by(sweeps: Iterable[Sweep]) -> tuple[str, ...]:
    """Return, in words, each value with what the scenario states and no longer applies then."""
    found = {one: some for sweep in sweeps for one, some in sweep.no_longer_apply.items()}
    return tuple(
        f"with {one.fact} {one.said}, {listed([fact.fact for fact in some], 'and')} no longer "
        f"{'applies' if len(some) == 1 else 'apply'}"
        for one, some in found.items()
    )


def grids_of(sweep: Sweep, names: Sequence[str]) -> tuple[Grid, ...]:
    """Return a matrix for each of these authorities and powers: of two facts the one of fewer values stands across.

    All combinations are held at once.
    """
    down, last = _laid_out(sweep.variations)
    across = (None,) if last is None else last.values
    outcomes = {frozenset(row.values): row.outcome for row in sweep.rows()}
    labels = [*itertools.product(*(one.values for one in down))]
    rows = [[outcomes.get(frozenset((*some, *([value] if value else [])))) for value in across] for some in labels]
    known = sweep.decision.known.facts
    stands = [
        (at, place)
        for at, some in enumerate(labels)
        for place, value in enumerate(across)
        if all(told.said == known[told.fact].said for told in (*some, *([value] if value else [])))
    ]
    return tuple(
        Grid(
            name=name,
            down=tuple(one.fact for one in down),
            across="" if last is None else last.fact,
            columns=tuple("" if value is None else value.said for value in across),
            rows=tuple(tuple(told.said for told in some) for some in labels),
            cells=tuple(tuple(None if one is None else one.told(name) for one in row) for row in rows),
            stands=stands[0] if stands else None,
        )
        for name in names
    )


def _laid_out(variations: Sequence[Variation]) -> tuple[Sequence[Variation], Variation | None]:
    """Return which facts stand down, and which across."""
    match variations:
        case [one]:
            return [one], None
        case [first, second] if len(first.values) < len(second.values):
            return [second], first
        case [*down, last]:
            return down, last
    raise ValueError("nothing varies")
