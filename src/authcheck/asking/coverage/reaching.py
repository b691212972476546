"""The worlds in which something of an authority is seen, at whatever time there are any."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from authcheck.asking.coverage.points import Row, rows_of
from authcheck.asking.coverage.results import Aspect, Point, State
from authcheck.decision.decision import Law, LawOfTheDay
from authcheck.decision.known import possible_on
from authcheck.decision.verdicts import AuthorityTables
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.worlds import Allowed
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority

__all__ = ["Reach", "Reached", "allowed_on", "reach_of"]


@dataclass(frozen=True, slots=True)
class Reach:
    """The worlds that show a point on one day, and the tables that tell them apart."""

    day: datetime.date
    tables: AuthorityTables
    worlds: int


@dataclass(frozen=True, slots=True)
class Reached:
    """Where each point of an authority is shown that some world shows.

    `asked` counts, for each point in its bare form, the cases in which it is asked at all, over all times that differ;
    `seen` has what it is in some of them.
    """

    reaches: Mapping[Point, Reach]
    asked: Mapping[Point, int]
    seen: Mapping[Point, frozenset[State]]


def allowed_on(law: Law, day: datetime.date) -> Mapping[str, Allowed]:
    """Return what each fact may be on a day where a scenario states nothing."""
    return {name: possible_on(fact, day) for name, fact in law.pack.facts.items()}


def bare(point: Point) -> Point:
    """Return the point in no state of its own."""
    return replace(point, state=State.DECIDES if point.aspect is Aspect.READING else State.TRUE)


def reach_of(authority: str, law: Law) -> Reached:
    """Return where the points of an authority are shown: on the pack's own day if they can be, else at another time."""
    reaches: dict[Point, Reach] = {}
    asked: dict[Point, int] = {}
    seen: dict[Point, frozenset[State]] = {}
    for day, tables in _times(authority, law):
        possible = tables.worlds.possible
        for row in rows_of(tables):
            asked[row.point] = asked.get(row.point, 0) + (possible & row.within).bit_count()
            there = {state: worlds for state in _states(row) if (worlds := possible & row.where(state))}
            seen[row.point] = seen.get(row.point, frozenset()).union(there)
            if len(there) > 1:
                there[State.OPEN] = possible & row.within
            for state, worlds in there.items():
                reaches.setdefault(replace(row.point, state=state), Reach(day, tables, worlds))
    return Reached(reaches, asked, seen)


def _states(row: Row) -> tuple[State, ...]:
    return (State.DECIDES,) if row.point.aspect is Aspect.READING else (State.TRUE, State.FALSE, State.SILENT)


def _times(authority: str, law: Law) -> Iterator[tuple[datetime.date, AuthorityTables]]:
    """Return the authority's tables at each time at which another of its rules is in force, the pack's own day first.

    Every fact is open in them that may be anything at the time.
    """
    seen: list[tuple[Authority, frozenset[str], Mapping[str, Allowed]]] = []
    for day in (law.pack.as_of, *reversed(law.days)):
        today = law.on(day)
        if authority not in today.in_force:
            continue
        allowed = {name: possible_on(law.pack.facts[name], day) for name in today.tied_to[authority]}
        key = (_rules_alone(today, authority), today.in_force, allowed)
        if key in seen:
            continue
        seen.append(key)
        circumstances = Circumstances(law.facts, allowed_on(law, day), today.in_force)
        yield day, today.tables(authority, circumstances)


def _rules_alone(law: LawOfTheDay, authority: str) -> Authority:
    """Return the authority without what no verdict turns on."""
    return replace(law.pack.authorities[authority], clocks=(), duties=(), limits=(), notes=(), not_said=())
