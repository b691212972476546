"""What was seen, what was missed and why, and what cannot be seen, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.answer import Decider
from authcheck.asking.coverage.covering import Proposal, proposals
from authcheck.asking.coverage.duties import never
from authcheck.asking.coverage.points import Described, points_of
from authcheck.asking.coverage.reaching import Reach, Reached, bare, reach_of
from authcheck.asking.coverage.results import SCHEMA, Aspect, AuthorityCoverage, Coverage, Outcome, Point, Sight, State
from authcheck.model.authority import Authority
from authcheck.wording import counted, listed

__all__ = ["coverage_of", "point_words"]


def coverage_of(
    shown: Mapping[str, frozenset[Point]], decider: Decider, authorities: Iterable[str] = (), *, propose: bool = False
) -> tuple[Coverage, tuple[Proposal, ...]]:
    """Return what scenarios show of the pack, or of some of its authorities, by what each of them shows.

    Where it is to `propose`, also scenarios that would show what they miss; these have names of their own.
    """
    names = tuple(authorities) or tuple(decider.pack.authorities)
    described = [one for name in names for one in _points(decider.pack.authorities[name], decider)]
    teller = _Teller(shown, decider)
    sights = {one.point: teller.sight(one) for one in described}
    found: tuple[Proposal, ...] = ()
    if propose:
        missed = (point for point, sight in sights.items() if sight.outcome is Outcome.MISSED)
        found = proposals(missed, teller.reaches, decider, shown)
        found = tuple(_described(proposal, sights, decider) for proposal in found)
        for proposal in found:
            for point in proposal.shows:
                sights[point] = replace(sights[point], shown_by=proposal.scenario.id)
    return _coverage(sights, shown, decider, found), found


def _described(proposal: Proposal, sights: Mapping[Point, Sight], decider: Decider) -> Proposal:
    """Return the proposal with the first thing that it shows as its description."""
    point, *others = proposal.shows
    more = f", and {counted(len(others), 'thing')} more" if others else ""
    title = decider.pack.authorities[point.authority].title
    said = f"Written to show of {title} that this is {point.state.value}{more}: {sights[point].text}"
    return replace(proposal, scenario=replace(proposal.scenario, description=said))


def _points(authority: Authority, decider: Decider) -> Iterator[Described]:
    return points_of(authority, decider.pack.questions)


def _coverage(
    sights: Mapping[Point, Sight], shown: Collection[str], decider: Decider, found: Sequence[Proposal]
) -> Coverage:
    pack = decider.pack
    names = dict.fromkeys(point.authority for point in sights)
    of = {name: tuple(one for point, one in sights.items() if point.authority == name) for name in names}
    authorities = tuple(
        AuthorityCoverage(name, pack.authorities[name].title, _seen(some), _possible(some), some)
        for name, some in of.items()
    )
    seen, possible = (sum(counts) for counts in zip(*((one.seen, one.possible) for one in authorities), strict=True))
    return Coverage(
        schema=SCHEMA,
        pack=pack.id,
        version=pack.version,
        scenarios=tuple(shown),
        seen=seen,
        possible=possible,
        percent=100 * seen // max(possible, 1),
        authorities=authorities,
        proposed=tuple(one.scenario.id for one in found),
    )


def _seen(sights: Sequence[Sight]) -> int:
    return sum(one.outcome is Outcome.SEEN for one in sights)


def _possible(sights: Sequence[Sight]) -> int:
    return sum(one.outcome is not Outcome.IMPOSSIBLE for one in sights)


class _Teller:
    """Says what became of each point."""

    def __init__(self, shown: Mapping[str, frozenset[Point]], decider: Decider) -> None:
        self.shown = shown
        self.decider = decider
        self._reached: dict[str, Reached] = {}

    @property
    def reaches(self) -> Mapping[Point, Reach]:
        """Where each point is shown of which that has been asked."""
        return {point: reach for reached in self._reached.values() for point, reach in reached.reaches.items()}

    def sight(self, described: Described) -> Sight:
        """Return what became of a point."""
        point = described.point
        seen_in = tuple(name for name, points in self.shown.items() if point in points)
        never_why, cases = ("", 0) if seen_in else self._never(point)
        outcome = Outcome.SEEN if seen_in else Outcome.IMPOSSIBLE if never_why else Outcome.MISSED
        reason = "" if seen_in else never_why or self._missed(point)
        return Sight(point, described.text, described.place, outcome, seen_in, reason, cases, "")

    def _of(self, authority: str) -> Reached:
        if authority not in self._reached:
            self._reached[authority] = reach_of(authority, self.decider.law)
        return self._reached[authority]

    def _never(self, point: Point) -> tuple[str, int]:
        """Return why no world shows the point, with how many cases that was proved over; nothing where one does."""
        if point.aspect is Aspect.DUTY:
            return never(point, self.decider)
        reached = self._of(point.authority)
        if point in reached.reaches:
            return "", 0
        cases = reached.asked.get(bare(point), 0)
        if not cases:
            return "it is asked in no case, at no time", 0
        if point.aspect is Aspect.READING:
            return "no other reading gives another verdict in any case", cases
        states = [one.value for one in (State.TRUE, State.FALSE, State.SILENT) if one in reached.seen[bare(point)]]
        return f"wherever it is asked it is {listed(states, 'or')}", cases

    def _missed(self, point: Point) -> str:
        """Return what the scenarios show instead."""
        instead: dict[State, int] = {}
        for points in self.shown.values():
            for other in points:
                if replace(other, state=point.state) == point:
                    instead[other.state] = instead.get(other.state, 0) + 1
        if instead:
            return "; ".join(f"{state.value} in {counted(count, 'scenario')}" for state, count in sorted_by(instead))
        match point.aspect:
            case Aspect.READING:
                return "in no scenario does the verdict turn on it"
            case Aspect.DUTY:
                return "no scenario raises it"
            case _:
                return f"no scenario asks it: none engages {point.authority} so that it is known"


def sorted_by(instead: Mapping[State, int]) -> list[tuple[State, int]]:
    """Return what is seen instead, in the order of the states."""
    return [(state, instead[state]) for state in State if state in instead]


def point_words(point: Point) -> str:
    """Return what a point is, in a few words without its authority."""
    named = f" {point.id}" if point.id else ""
    ground = f" of {point.ground}" if point.ground else ""
    if point.aspect is Aspect.READING:
        return f"reading {point.id}={point.reading} decides"
    reading = f" on the reading {point.reading}" if point.reading else ""
    return f"{point.aspect.value}{named}{ground}{reading}: {point.state.value}"
