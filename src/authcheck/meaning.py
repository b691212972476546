"""What a pack means, in one world and on one reading at a time: read this first.

The rules of the README's "How the meaning works", each by a function, with nothing worked out twice as fast. The
engine decides all worlds at once and never uses this module, which shares no code with it: the tests hold the
one against the other.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias, assert_never

from authcheck.frozen import dataclass
from authcheck.model.authority import Authority, Clock, Duty, Element, Exclusion, Ground, Rule
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    CautionShown,
    Condition,
    Constant,
    InForce,
    Not,
    Term,
    Test,
    Truth,
    VerdictIs,
)
from authcheck.model.fact import Fact, FactType, Value
from authcheck.model.pack import Pack, Power
from authcheck.model.period import Period
from authcheck.model.question import Question
from authcheck.model.verdict import DutyState, Verdict

__all__ = [
    "Choice",
    "Day",
    "Time",
    "World",
    "admitted_on",
    "agreed",
    "best",
    "choices_of",
    "day_of",
    "duty_in",
    "duty_state",
    "element_truth",
    "exists",
    "ground_truth",
    "hedges_in",
    "is_allowed",
    "is_asked",
    "is_there",
    "lasts",
    "power_in",
    "rule_truth",
    "shared",
    "taken_away",
    "time_of",
    "truth_of",
    "verdict_in",
    "worst",
]

World: TypeAlias = Mapping[str, Value]
"""One value for every fact that a condition can test."""

Choice: TypeAlias = Mapping[str, str]
"""One reading for every question of which a reading is left on the day."""


# What rests on a law applies while that law is in force, and neither before it nor after it.


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is asked about, and the authorities that are in force on it."""

    date: datetime.date
    in_force: frozenset[str]


def lasts(period: Period | None, date: datetime.date) -> bool:
    """Whether a law of this time is in force: on its first day and after, and not on the first day without it."""
    began = period is None or period.first is None or period.first <= date
    ended = period is not None and period.over is not None and period.over <= date
    return began and not ended


def day_of(pack: Pack, date: datetime.date) -> Day:
    """Return what a date is for a pack."""
    return Day(date, frozenset(name for name, authority in pack.authorities.items() if lasts(authority.in_force, date)))


def admitted_on(pack: Pack, lens: str, date: datetime.date) -> Mapping[str, tuple[str, ...]]:
    """Return the readings that a lens admits on a date, of every question of which a reading is left at all.

    Nobody reads a statute that does not exist. A lens of which no reading is left takes those of the documents, and
    where none of these is left either, all that are. A question without any reading is not asked: whatever made
    somebody ask it lies in a law that does not exist.
    """
    found = {}
    for name, question in pack.questions.items():
        left = [reading for reading, view in question.readings.items() if lasts(view.in_force, date)]
        by_choice = (pack.lenses[lens].admits[name], pack.lenses["documents"].admits[name], left)
        if left:
            found[name] = next(
                kept for readings in by_choice if (kept := tuple(reading for reading in readings if reading in left))
            )
    return found


# A condition is true, false or silent.


def truth_of(condition: Condition, world: World, in_force: frozenset[str]) -> Truth:
    """Return what the condition is in the world, where these authorities are in force."""
    match condition:
        case Constant(truth):
            return truth
        case Test(fact, values, bounds):
            value = world[fact]
            if isinstance(value, int) and not isinstance(value, bool):
                assert bounds is not None  # Invariant: numbers are tested by bounds, and nothing else is.
                return _truly(holds=bounds.low <= value and (bounds.high is None or value <= bounds.high))
            # Two values at once meet a test that either of them meets.
            at_once = value.split(" and ") if isinstance(value, str) else [value]
            return _truly(holds=any(part in values for part in at_once))
        case InForce(authority):
            return _truly(holds=authority in in_force)
        case AllOf(inner):
            return worst(truth_of(part, world, in_force) for part in inner)
        case AnyOf(inner):
            return best(truth_of(part, world, in_force) for part in inner)
        case Not(inside):
            opposite = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.SILENT: Truth.SILENT}
            return opposite[truth_of(inside, world, in_force)]
        case Term(condition=inside):
            return truth_of(inside, world, in_force)
        case VerdictIs() | CautionShown():  # pragma: no cover
            raise TypeError(condition)
        case _:  # pragma: no cover
            assert_never(condition)


def _truly(*, holds: bool) -> Truth:
    return Truth.TRUE if holds else Truth.FALSE


def worst(truths: Iterable[Truth]) -> Truth:
    """`all`: false if any part is false, else silent if any is silent, else true."""
    occurring = set(truths)
    return next((truth for truth in (Truth.FALSE, Truth.SILENT) if truth in occurring), Truth.TRUE)


def best(truths: Iterable[Truth]) -> Truth:
    """`any`: true if any part is true, else silent if any is silent, else false."""
    occurring = set(truths)
    return next((truth for truth in (Truth.TRUE, Truth.SILENT) if truth in occurring), Truth.FALSE)


# A world is allowed by what its facts imply and exclude, and where they apply.


def is_allowed(world: World, facts: Mapping[str, Fact]) -> bool:
    """Whether every value has what it implies and nothing that it excludes, and is absent where it does not apply."""

    def holds(condition: Condition) -> bool:
        return truth_of(condition, world, frozenset()) is Truth.TRUE

    for name, fact in facts.items():
        value = str(world[name]).lower() if isinstance(world[name], bool) else world[name]
        at_once = value.split(" and ") if isinstance(value, str) else [value]
        if any(stated in at_once and not holds(follows) for stated, follows in fact.implies.items()):
            return False
        if any(stated in at_once and holds(excluded) for stated, excluded in fact.excludes.items()):
            return False
        absent = fact.unless_stated if fact.absent is None else fact.absent
        applies = fact.only_if is None or fact.type is FactType.DATE or holds(fact.only_if)
        if not applies and world[name] != absent:
            return False
    return True


# An element is met by its rule, a ground by all its elements; an exception takes away.


def rule_truth(rule: Rule, world: World, in_force: frozenset[str]) -> Truth:
    """True where `when` is and `unless` is neither true nor silent.

    Else silent where `when` is silent, where only a silent `unless` stands in the way, or where `silent_when` holds;
    else false.
    """
    when = truth_of(rule.when, world, in_force)
    unless = Truth.FALSE if rule.unless is None else truth_of(rule.unless, world, in_force)
    if when is Truth.TRUE and unless is Truth.FALSE:
        return Truth.TRUE
    if when is Truth.SILENT or (when is Truth.TRUE and unless is Truth.SILENT):
        return Truth.SILENT
    if rule.silent_when is not None and truth_of(rule.silent_when, world, in_force) is Truth.TRUE:
        return Truth.SILENT
    return Truth.FALSE


def is_there(element: Element, choice: Choice, day: Day) -> bool:
    """Whether the element is one of its ground: its law is in force, and of its question a reading is left."""
    return lasts(element.in_force, day.date) and (not element.question or element.question in choice)


def element_truth(element: Element, world: World, choice: Choice, day: Day) -> Truth | None:
    """Return what the element is, on the reading chosen for its question if it has one; None where it is not asked."""
    if not is_there(element, choice, day):
        return None
    rule = element.readings.get(choice[element.question]) if element.question else element.rule
    return None if rule is None else rule_truth(rule, world, day.in_force)


def taken_away(truth: Truth, exceptions: Iterable[Exclusion], world: World, day: Day) -> Truth:
    """Return what exceptions leave: a true one takes it away, a silent one leaves what would hold silent."""
    applying = (exception for exception in exceptions if lasts(exception.in_force, day.date))
    occurring = {truth_of(exception.when, world, day.in_force) for exception in applying}
    if Truth.TRUE in occurring:
        return Truth.FALSE
    if Truth.SILENT in occurring and truth is Truth.TRUE:
        return Truth.SILENT
    return truth


def ground_truth(ground: Ground, world: World, choice: Choice, day: Day) -> Truth:
    """Return whether all elements that are asked hold, less what exceptions take away; without any, it is no ground."""
    if not any(is_there(element, choice, day) for element in ground.elements):
        return Truth.FALSE
    truths = [element_truth(element, world, choice, day) for element in ground.elements]
    return taken_away(worst(truth for truth in truths if truth is not None), ground.exceptions, world, day)


def exists(only_on: Mapping[str, tuple[str, ...]], choice: Choice) -> bool:
    """Whether the readings chosen are among those on which something exists; nothing is where none could be chosen."""
    return all(choice.get(question) in readings for question, readings in only_on.items())


# The verdict: engaged, then in force, then any ground. The world first, then the readings, then all worlds.


def verdict_in(authority: Authority, world: World, choice: Choice, day: Day) -> Verdict:
    """Return what the authority is in one world under one choice of readings."""
    if truth_of(authority.governs, world, day.in_force) is not Truth.TRUE:
        return Verdict.NOT_ENGAGED
    if authority.authority not in day.in_force:
        return Verdict.UNAVAILABLE
    for displacement in authority.displaced_by:
        displaces = exists(displacement.only_on, choice) and lasts(displacement.in_force, day.date)
        if displaces and truth_of(displacement.when, world, day.in_force) is Truth.TRUE:
            return Verdict.NOT_ENGAGED
    grounds = (
        ground for ground in authority.grounds if exists(ground.only_on, choice) and lasts(ground.in_force, day.date)
    )
    holds = best(ground_truth(ground, world, choice, day) for ground in grounds)
    verdicts = {Truth.TRUE: Verdict.AVAILABLE, Truth.SILENT: Verdict.SILENT, Truth.FALSE: Verdict.UNAVAILABLE}
    return verdicts[taken_away(holds, authority.exceptions, world, day)]


# The hedges of a verdict: those of what carries it, unless something else carries it without one.


def hedges_in(
    authority: Authority, questions: Mapping[str, Question], world: World, choice: Choice, day: Day
) -> frozenset[str]:
    """Return the sources' own hedges of what the authority is in one world under one choice of readings."""
    verdict = verdict_in(authority, world, choice, day)
    if verdict is Verdict.NOT_ENGAGED or authority.authority not in day.in_force:
        return frozenset()
    there = [ground for ground in authority.grounds if _is_ground(ground, questions, choice, day)]
    if verdict is Verdict.UNAVAILABLE:
        failures = (_why_it_fails(part, authority, questions, world, choice, day) for part in there)
        return frozenset().union(*map(_unless_sure, failures))
    existing = [ground for ground in there if exists(ground.only_on, choice)]
    if verdict is Verdict.SILENT:
        left = [ground for ground in existing if ground_truth(ground, world, choice, day) is not Truth.FALSE]
        return _unless_sure(_quoted_by_silences(ground, questions, world, choice, day) for ground in left)
    carriers = []
    for ground in existing:
        if ground_truth(ground, world, choice, day) is Truth.TRUE:
            hedges = {ground.hedge, *(questions[name].readings[choice[name]].hedge for name in ground.only_on)}
            for element in (part for part in ground.elements if is_there(part, choice, day)):
                hedges.add(_hedges_of(element, questions, choice)[0])
            carriers.append(hedges - {""})
    return _unless_sure(carriers)


def _quoted_by_silences(
    ground: Ground, questions: Mapping[str, Question], world: World, choice: Choice, day: Day
) -> set[str]:
    """Return the hedges that the words of its silences quote: a silence says nothing else that a hedge could limit."""
    hedges = set()
    for element in ground.elements:
        if element_truth(element, world, choice, day) is Truth.SILENT:
            rule = element.readings[choice[element.question]] if element.question else element.rule
            assert rule is not None  # Invariant: what is silent is asked, by a rule.
            words = _hedges_of(element, questions, choice)[1]
            if words in rule.silence:
                hedges.add(words)
    return hedges - {""}


def _is_ground(ground: Ground, questions: Mapping[str, Question], choice: Choice, day: Day) -> bool:
    """Whether the ground is in force, has an element, and exists on some reading that is there, chosen or not."""
    left = (
        any(lasts(questions[name].readings[reading].in_force, day.date) for reading in readings)
        for name, readings in ground.only_on.items()
    )
    has_element = any(is_there(element, choice, day) for element in ground.elements)
    return lasts(ground.in_force, day.date) and has_element and all(left)


def _why_it_fails(
    ground: Ground,
    authority: Authority,
    questions: Mapping[str, Question],
    world: World,
    choice: Choice,
    day: Day,
) -> Iterable[set[str]]:
    """Return the hedge of each thing that fails the ground: a reading without it, an element, an exception."""
    for name, readings in ground.only_on.items():
        if choice[name] not in readings:
            yield {questions[name].readings[choice[name]].hedge_unmet} - {""}
            return
    for element in ground.elements:
        if element_truth(element, world, choice, day) is Truth.FALSE:
            yield {_hedges_of(element, questions, choice)[1]} - {""}
    for exception in (*ground.exceptions, *authority.exceptions):
        applies = lasts(exception.in_force, day.date)
        if applies and truth_of(exception.when, world, day.in_force) is Truth.TRUE:
            yield {exception.hedge} - {""}


def _hedges_of(element: Element, questions: Mapping[str, Question], choice: Choice) -> tuple[str, str]:
    """Return the hedges of an element where it is met, and where it is not; its rule's go before its reading's."""
    if not element.question:
        assert element.rule is not None  # Invariant: an element has a rule, or a question with readings.
        return element.rule.hedge, element.rule.hedge_unmet
    rule = element.readings.get(choice[element.question])
    reading = questions[element.question].readings[choice[element.question]]
    if rule is None:
        return reading.hedge, ""
    return rule.hedge or reading.hedge, rule.hedge_unmet or reading.hedge_unmet


def _unless_sure(carriers: Iterable[set[str]]) -> frozenset[str]:
    found = list(carriers)
    return frozenset().union(*found) if all(found) else frozenset()


# A power: any source will do, and every means that is engaged must be met.


def power_in(power: Power, authorities: Iterable[Authority], world: World, choice: Choice, day: Day) -> Verdict:
    """Return what a power that is needed is in one world under one choice of readings."""
    sources, means = {Verdict.UNAVAILABLE}, set()
    for authority in authorities:
        verdict = verdict_in(authority, world, choice, day)
        if any(supply.power == power.power and exists(supply.only_on, choice) for supply in authority.supplies):
            sources.add(verdict)
        if power.power in authority.means_for:
            means.add(verdict)
    # Where the sources do not say, they are silent.
    if power.silent_when is not None and truth_of(power.silent_when, world, day.in_force) is Truth.TRUE:
        sources.add(Verdict.SILENT)
    supplied = next(
        outcome for outcome in (Verdict.AVAILABLE, Verdict.SILENT, Verdict.UNAVAILABLE) if outcome in sources
    )
    bars = (Verdict.UNAVAILABLE, Verdict.SILENT)
    return next((outcome for outcome in bars if outcome in means or outcome is supplied), Verdict.AVAILABLE)


# A duty: no condition of anything. It stands where the facts, and the days that are known, put it.


@dataclass(frozen=True, slots=True)
class Time:
    """The last day on which a duty is done in time, and the day on which it was done, as far as these are known.

    A duty to which no time `is_set` is done in time whenever it is done. `is_silent`: no document says how it goes on.
    """

    is_set: bool = False
    last: datetime.date | None = None
    done: datetime.date | None = None
    is_silent: bool = False


def time_of(
    duty: Duty,
    clocks: Iterable[Clock],
    worlds: Collection[World],
    dates: Mapping[str, datetime.date],
    latest: Mapping[str, datetime.date],
    day: Day,
) -> Time:
    """Return the time of a duty: some days after a date that is known, or by the clock that it names, where that runs.

    `dates` are those that are known, `latest` with them the last days that others may be: a clock is over then, if not
    before.
    """
    if duty.due is not None:
        start = dates.get(duty.due.from_date)
        last = None if start is None else start + datetime.timedelta(duty.due.days)
        return Time(is_set=True, last=last, done=dates.get(duty.due.done_on))
    for clock in clocks:
        runs = lasts(clock.in_force, day.date) and _may_be(clock.when, worlds, day)
        if clock.clock == duty.clock and runs:
            begun = [
                latest[start.date] + datetime.timedelta(start.days) for start in clock.starts if start.date in latest
            ]
            last = min(begun) + datetime.timedelta(clock.days - clock.first) if begun else None
            is_silent = clock.silent_when is not None and _may_be(clock.silent_when, worlds, day)
            return Time(is_set=True, last=last, is_silent=is_silent)
    return Time()


def _may_be(condition: Condition, worlds: Iterable[World], day: Day) -> bool:
    return any(truth_of(condition, world, day.in_force) is Truth.TRUE for world in worlds)


def is_asked(duty: Duty, authority: Authority, verdict: Verdict, day: Day, *, is_raised: bool) -> bool:
    """Whether a duty is told of: with what is done, or with its authority, if relied on or, undetermined, raised."""
    is_relied_on = verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or is_raised
    is_law = authority.authority in day.in_force and lasts(duty.in_force, day.date)
    return is_law and (duty.with_engagement or is_relied_on)


def duty_in(duty: Duty, world: World, time: Time, day: Day) -> DutyState | None:
    """Return where a duty stands in one world; None where it does not arise there."""
    if truth_of(duty.when, world, day.in_force) is not Truth.TRUE:
        return None
    is_past = time.last is not None and day.date > time.last
    if duty.done_when is None or truth_of(duty.done_when, world, day.in_force) is not Truth.TRUE:
        if is_past and time.is_silent:
            return DutyState.PERHAPS
        return DutyState.OVERDUE if is_past else DutyState.OWED
    if not time.is_set:
        return DutyState.DONE
    if time.last is None:
        return DutyState.DONE_UNDATED
    # Done on whatever day, it was done in time as long as that is not over.
    if not is_past or (time.done is not None and time.done <= time.last):
        return DutyState.DONE
    return DutyState.DONE_UNDATED if time.done is None else DutyState.DONE_LATE


def duty_state(
    states: Iterable[DutyState | None], *, is_certain: bool, with_another: bool = False, other: DutyState | None = None
) -> DutyState | None:
    """Return where a duty stands in a scenario, from where it stands in each world; None where it arises in none.

    What may not arise, or is not certain to be owed, is owed perhaps. What is done in one world and not in another is
    not known to be done. Nor is what is done `with_another`, which stands where `other` says, unless both are in time.
    """
    occurring = set(states)
    if occurring <= {None}:
        return None
    if None in occurring:
        return DutyState.PERHAPS
    is_done = occurring <= {DutyState.DONE, DutyState.DONE_LATE, DutyState.DONE_UNDATED}
    if DutyState.PERHAPS in occurring or not (is_done or is_certain):
        return DutyState.PERHAPS
    in_time = other is DutyState.DONE and occurring == {DutyState.DONE}
    return DutyState.UNKNOWN if len(occurring) > 1 or (with_another and not in_time) else occurring.pop()


def choices_of(admits: Mapping[str, tuple[str, ...]]) -> list[Choice]:
    """Return every choice of one admitted reading for each question."""
    return [dict(zip(admits, chosen, strict=True)) for chosen in itertools.product(*admits.values())]


def agreed(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of one world: that on which all choices of readings agree, or contested."""
    occurring = set(verdicts)
    return occurring.pop() if len(occurring) == 1 else Verdict.CONTESTED


def shared(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a scenario: that which all its worlds share, or undetermined."""
    occurring = set(verdicts)
    return occurring.pop() if len(occurring) == 1 else Verdict.UNDETERMINED
