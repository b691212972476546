"""Where a duty can stand, and scenarios in which it stands there."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.asking.coverage.drafts import Draft, left_unknown, values_in, without_what_is_taken
from authcheck.asking.coverage.reaching import allowed_on
from authcheck.asking.coverage.results import Aspect, Point, State
from authcheck.decision.decision import LawOfTheDay
from authcheck.decision.verdicts import AuthorityTables
from authcheck.diagnostics import Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.truth import Setting, table
from authcheck.evaluation.worlds import Allowed, facts_of
from authcheck.model.authority import Authority, Duty
from authcheck.model.condition import AnyOf, Condition, Constant, Range, Test, Truth
from authcheck.model.fact import Fact, FactType
from authcheck.model.scenario import StatedFact, stated_as

__all__ = ["DutyDrafts", "never"]

_HERE = Place("")


class DutyDrafts:
    """Drafts that show duties of an authority as one thing, with the one that is missed first."""

    def __init__(self, point: Point, missed: Sequence[Point], decider: Decider) -> None:
        self.point = point
        self.decider = decider
        self.state = point.state
        named = [one.id for one in missed if one.aspect is Aspect.DUTY and one.state is point.state]
        self.names = tuple(dict.fromkeys([point.id, *named]))

    def drafts(self) -> Iterator[Draft]:
        """Return a draft for the first time at which there can be one."""
        for day, authority in times_of(self.point, self.decider):
            duties = {duty.duty: duty for duty in authority.duties}
            drafts = tuple(self._on(day, authority, [duties[name] for name in self.names if name in duties]))
            if drafts:
                yield from drafts
                return

    def _on(self, day: datetime.date, authority: Authority, duties: Sequence[Duty]) -> Iterator[Draft]:
        first, *_ = duties
        allowed = dict(allowed_on(self.decider.law, day))
        values: dict[str, StatedFact] = {}
        chosen: list[Duty] = []
        # What is told for one duty is kept for the next: all of them at once would be a large table.
        for duty in duties:
            arising = _Arising(
                authority, duty, self.state, day, self.decider, allowed, [DEFAULT_LENS] if duty is first else ()
            )
            if arising.worlds_there and duty.with_engagement == first.with_engagement:
                values |= values_in(arising.worlds, arising.worlds_there, arising.asked, allowed, self.decider)
                allowed |= {name: told.values or told.ranges for name, told in values.items()}
                chosen.append(duty)
            elif duty is first:
                return
        told = without_what_is_taken(values, day, self.decider)
        for left_open in self._left_open(chosen):
            yield Draft(self.point, day, {**told, **left_unknown(facts_of(left_open))})
        if self.state is State.UNKNOWN and first.done_when is not None:
            open_still = self._one_of_several(authority, first, day, {**allowed})
            # With more than one value possible, less is taken of the other facts.
            yield Draft(self.point, day, {**values, **open_still})
        if self.state is State.OVERDUE:
            yield Draft(self.point, day, self._long_ago(told, chosen, day))

    def _left_open(self, duties: Sequence[Duty]) -> Iterator[Sequence[Condition]]:
        """Return what is left unknown in each draft, so that the duties are what they are to be."""
        arises = [duty.when for duty in duties]
        is_done = [duty.done_when for duty in duties if duty.done_when is not None]
        match self.state:
            case State.UNKNOWN:
                yield is_done
            case State.PERHAPS:
                yield arises
                yield is_done
                yield [*arises, *is_done]
            case _:
                yield ()

    def _one_of_several(
        self, authority: Authority, duty: Duty, day: datetime.date, allowed: Mapping[str, Allowed]
    ) -> Mapping[str, StatedFact]:
        """Return what says whether the duty is done, each as the values with which it arises: one, not known which."""
        assert duty.done_when is not None  # Invariant: what no fact says cannot be unknown.
        found = {}
        for name in facts_of([duty.done_when]):
            alone = (
                (value, _Arising(authority, duty, self.state, day, self.decider, {**allowed, name: (value,)}))
                for value in self.decider.pack.facts[name].options
            )
            values = tuple(value for value, arising in alone if arising.is_certain)
            found[name] = stated_as(name, values, _HERE)
        return found

    def _long_ago(
        self, told: Mapping[str, StatedFact], duties: Sequence[Duty], day: datetime.date
    ) -> Mapping[str, StatedFact]:
        """Return what is told, with the days from which the duties' time runs so long ago that it is over."""
        authority = self.decider.pack.authorities[self.point.authority]
        dates: dict[str, int] = {}
        for name, days in (start for duty in duties for start in _starts(duty, authority)):
            dates[name] = max(dates.get(name, 0), days)
        facts = self.decider.pack.facts
        counted = {name for name, fact in facts.items() if fact.derived is not None and fact.derived.from_date in dates}
        begun = {
            name: StatedFact(name, _HERE, date=day - datetime.timedelta(days=days)) for name, days in dates.items()
        }
        return {**{name: one for name, one in told.items() if name not in counted}, **begun}


class _Arising:
    """The worlds in which a duty arises, and those of them in which it is done, or not, as it is to be."""

    def __init__(
        self,
        authority: Authority,
        duty: Duty,
        state: State,
        day: datetime.date,
        decider: Decider,
        allowed: Mapping[str, Allowed],
        lenses: Collection[str] = (),
    ) -> None:
        """Take the duty at one time; where `lenses` are named it is to be relied on under one of them, if need be."""
        law = decider.law.on(day)
        rules: tuple[Condition, ...] = ()
        if lenses and not duty.with_engagement:
            rules = law.rules_of[authority.authority]
        over = _is_over(duty, authority, law.facts) if state is State.OVERDUE else Constant(Truth.TRUE)
        self.asked = (*rules, over, *(one for one in (duty.when, duty.done_when) if one is not None))
        self.worlds = lay_out(self.asked, law.facts, allowed, coarse=True)
        setting = Setting(self.worlds, law.in_force, {})
        self.arises = self.worlds.possible & table(duty.when, setting).true & table(over, setting).true
        if rules:
            tables = AuthorityTables(authority, law.pack.questions, self.worlds, law.in_force)
            self.arises &= _relied_on(tables, law, lenses)
        self.worlds_there = self.arises
        if duty.done_when is not None and state is not State.PERHAPS:
            done = table(duty.done_when, setting)
            self.worlds_there &= done.true if state is State.DONE else done.false

    @property
    def is_certain(self) -> bool:
        """Whether the duty arises in every world, of which there are some."""
        return self.arises == self.worlds.possible != 0


def _starts(duty: Duty, authority: Authority) -> Iterator[tuple[str, int]]:
    """Return each date fact from which the duty's time is counted, with the days after which it is over."""
    if duty.due is not None:
        yield duty.due.from_date, duty.due.days + 1
    for clock in authority.clocks:
        if clock.clock == duty.clock:
            yield from ((start.date, start.days + clock.days + 1 - clock.first) for start in clock.starts)


def _is_over(duty: Duty, authority: Authority, facts: Mapping[str, Fact]) -> Condition:
    """Return the condition that the duty's time is over, as far as a number counts the days."""
    tests: list[Condition] = []
    for date, days in _starts(duty, authority):
        counters = [
            (fact.fact, fact.derived.first)
            for fact in facts.values()
            if fact.type is FactType.NUMBER and fact.derived is not None and fact.derived.from_date == date
        ]
        if not counters:
            return Constant(Truth.TRUE)
        tests += [Test(name, (), Range(days + first)) for name, first in counters]
    return AnyOf(tuple(tests))


def _relied_on(tables: AuthorityTables, law: LawOfTheDay, lenses: Collection[str]) -> int:
    """Return the worlds in which the authority is available, or contested, under one of the lenses."""
    found = 0
    for name in lenses:
        agreed = tables.agreed(tables.combinations(law.lens(law.whole.pack.lenses[name]).admits))
        found |= agreed.available | agreed.contested
    return found


def times_of(point: Point, decider: Decider) -> Iterator[tuple[datetime.date, Authority]]:
    """Return the times at which there is the duty, the pack's own day first, and the authority at each."""
    law = decider.law
    for day in (law.pack.as_of, *reversed(law.days)):
        today = law.on(day)
        authority = today.pack.authorities[point.authority]
        if authority.authority in today.in_force and any(duty.duty == point.id for duty in authority.duties):
            yield day, authority


def never(point: Point, decider: Decider) -> tuple[str, int]:
    """Return why a duty can never stand so, with the cases in which it arises; nothing where it perhaps can."""
    duty = next(one for one in decider.pack.authorities[point.authority].duties if one.duty == point.id)
    if point.state in {State.DONE, State.UNKNOWN} and duty.done_when is None:
        return "no fact says whether it is done", 0
    if point.state in {State.OWED, State.OVERDUE} and duty.done_with:
        return "it may be done otherwise, which no fact says", 0
    if point.state is State.OVERDUE and duty.due is None and not duty.clock:
        return "it has no day on which it falls due", 0
    if point.state is State.PERHAPS:
        return "", 0
    cases = 0
    for day, authority in times_of(point, decider):
        duty = next(one for one in authority.duties if one.duty == point.id)
        allowed = allowed_on(decider.law, day)
        lenses = () if point.state is State.DONE else tuple(decider.pack.lenses)
        arising = _Arising(authority, duty, point.state, day, decider, allowed, lenses)
        if arising.worlds_there:
            return "", 0
        cases += arising.arises.bit_count()
    if point.state is State.OVERDUE:
        return "once its time is over nothing raises it", cases
    done = "not done" if point.state is State.DONE else "done"
    return f"wherever it arises, it is {done} already: {point.authority} turns on the same", cases
