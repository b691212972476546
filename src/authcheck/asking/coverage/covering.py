"""Scenarios that show what others have missed: few, each of which shows much."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.asking.coverage.drafts import Draft, expecting, left_unknown, values_in, without_what_is_taken
from authcheck.asking.coverage.duties import DutyDrafts
from authcheck.asking.coverage.reaching import Reach, allowed_on
from authcheck.asking.coverage.results import Aspect, Point, State
from authcheck.asking.coverage.seeing import points_of_decision
from authcheck.decision.decision import Decision
from authcheck.diagnostics import AuthcheckError
from authcheck.frozen import dataclass
from authcheck.model.scenario import Scenario, StatedFact, Unstated

__all__ = ["Proposal", "proposals"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A scenario that expects exactly its answer, with what it shows that nothing before it does."""

    scenario: Scenario
    shows: tuple[Point, ...]


def proposals(
    missed: Iterable[Point], reaches: Mapping[Point, Reach], decider: Decider, taken: Collection[str]
) -> tuple[Proposal, ...]:
    """Return scenarios that show as many of the points as can be found; none has a name that is taken.

    `reaches` has the worlds of those that some world shows.
    """
    maker = _Maker(dict.fromkeys(missed), reaches, decider)
    maker.make()
    return maker.proposals(taken)


class _Maker:
    def __init__(self, missed: dict[Point, None], reaches: Mapping[Point, Reach], decider: Decider) -> None:
        self.wanted = frozenset(missed)
        self.missed = missed
        self.reaches = reaches
        self.decider = decider
        self.law = decider.law
        self.kept: list[tuple[Draft, frozenset[Point]]] = []

    def make(self) -> None:
        """Try drafts for all that is missed, and keep those that show some of it."""
        for point in list(self.missed):
            if point in self.missed and point in self.reaches and point.state is not State.OPEN:
                self._try(self._in_a_world(point))
        for point in list(self.missed):
            if point in self.missed and point.aspect is Aspect.DUTY:
                for draft in DutyDrafts(point, tuple(self.missed), self.decider).drafts():
                    self._try(draft)
        for point in list(self.missed):
            if point in self.missed and point.state is State.OPEN:
                self._try(self._left_open(point))
        # One that came first may show nothing that later ones do not.
        for draft, shown in list(self.kept):
            others = frozenset().union(*(seen for other, seen in self.kept if other is not draft))
            if shown & self.wanted <= others:
                self.kept.remove((draft, shown))

    def _try(self, draft: Draft | None) -> None:
        if draft is None:
            return
        try:
            shown = frozenset(points_of_decision(self._decision(draft)))
        except AuthcheckError:
            return
        if shown & self.missed.keys():
            self.kept.append((draft, shown))
            for point in shown:
                self.missed.pop(point, None)

    def _decision(self, draft: Draft) -> Decision:
        return self.decider.decision(draft.scenario(draft.aim.name), lens=DEFAULT_LENS)

    def _in_a_world(self, point: Point) -> Draft:
        """Return a world that shows the point, and as much else of the same authority as it can."""
        reach = self.reaches[point]
        mask = reach.worlds
        for other in self.missed:
            found = self.reaches.get(other)
            if other.state is not State.OPEN and found and found.tables is reach.tables and mask & found.worlds:
                mask &= found.worlds
        rules = self.law.on(reach.day).rules_of[point.authority]
        values = values_in(reach.tables.worlds, mask, rules, allowed_on(self.law, reach.day), self.decider)
        return Draft(point, reach.day, without_what_is_taken(values, reach.day, self.decider))

    def _left_open(self, point: Point) -> Draft | None:
        """Return what engages the authority, as far as it must be told, with all else that it asks left open."""
        reach = self.reaches.get(point)
        if reach is None:
            return None
        tested = self.law.on(reach.day).tested_by[point.authority]
        governs = self.decider.pack.authorities[point.authority].governs
        told: dict[str, StatedFact] = {}
        if point.aspect is not Aspect.ENGAGEMENT:
            allowed = allowed_on(self.law, reach.day)
            told = values_in(reach.tables.worlds, reach.worlds, [governs], allowed, self.decider)
        left = left_unknown(name for name in tested if name not in told)
        return Draft(point, reach.day, {**told, **left}, Unstated.UNKNOWN)

    def proposals(self, taken: Collection[str]) -> tuple[Proposal, ...]:
        """Return the drafts that are kept as scenarios."""
        names = set(taken)
        found = []
        before: set[Point] = set()
        for draft, shown in self.kept:
            name = draft.aim.name
            number = 2
            while name in names:
                name, number = f"{draft.aim.name}-{number}", number + 1
            names.add(name)
            shows = tuple(sorted((shown & self.wanted) - before, key=lambda point: point.name))
            before |= shown
            found.append(Proposal(expecting(draft.scenario(name), self._decision(draft)), shows))
        return tuple(found)
