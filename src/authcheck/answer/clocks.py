"""The ways of counting days, each with its first and last day, and where it stands on the scenario's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from authcheck.answer.answer import ClockAnswer, ClockState
from authcheck.decision.decision import Decision
from authcheck.decision.known import Known, Origin
from authcheck.model.authority import Authority, Clock
from authcheck.model.condition import Range, Truth
from authcheck.model.fact import FactType

__all__ = ["clocks_of", "shifted", "start_of"]


def clocks_of(authority: Authority, decision: Decision) -> Iterator[ClockAnswer]:
    """Return the clocks of an authority that run or may run, begun or not, in the order of the pack."""
    known = decision.known
    for clock in authority.clocks:
        runs = decision.truths(clock.when)
        if Truth.TRUE in runs:
            is_silent = clock.silent_when is not None and Truth.TRUE in decision.truths(clock.silent_when)
            first, at_latest = _first_day(clock, known)
            last = None if first is None else shifted(first, clock.days - 1)
            yield ClockAnswer(
                clock=clock.clock,
                authority=authority.authority,
                title=clock.title,
                holder=clock.holder,
                state=_state(clock, first, last, known),
                perhaps=runs != (Truth.TRUE,),
                day=0 if first is None else max(0, (known.as_of - first).days + 1),
                limit=clock.days,
                first=first,
                last=last,
                at_latest=at_latest and first is not None,
                silence=clock.silence if is_silent else "",
                passages=clock.cite,
                inferred=clock.inferred,
            )


def start_of(fact: str, known: Known) -> tuple[datetime.date | None, bool]:
    """Return the day that a date fact gives, and whether it may be an earlier one.

    Where the date itself is not known it is counted back from a number that is stated.
    """
    start = known.facts[fact].date
    if start is not None:
        return start, False
    for one in known.facts.values():
        derived = one.fact.derived
        if derived is not None and derived.from_date == fact and one.origin is Origin.STATED:
            ranges = [part for part in one.allowed if isinstance(part, Range)]
            fewest = min((part.low for part in ranges), default=0)
            if ranges and fewest >= max(derived.first, 1):
                is_exact = all(part.low == part.high == fewest for part in ranges)
                return shifted(known.as_of, derived.first - fewest), not is_exact
    return None, True


def shifted(day: datetime.date, days: int) -> datetime.date | None:
    """Return the day so many days later; None where the calendar has no such day."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


def _first_day(clock: Clock, known: Known) -> tuple[datetime.date | None, bool]:
    """Return day 1, by the earliest start that is known, and whether it may be an earlier day."""
    days: list[datetime.date] = []
    at_latest = False
    for start in clock.starts:
        day, may_be_earlier = start_of(start.date, known)
        day = None if day is None else shifted(day, start.days)
        if day is not None:
            days.append(day)
        at_latest |= may_be_earlier and not (day is None and _has_not_come(start.date, known))
    first = min(days, default=None)
    return (None if first is None else shifted(first, 1 - clock.first)), at_latest


def _has_not_come(date: str, known: Known) -> bool:
    """Whether what is so from the day of a date fact on is known not to be so yet."""
    return any(
        one.fact.derived is not None
        and one.fact.derived.from_date == date
        and one.fact.type is FactType.YES_NO
        and one.allowed == (False,)
        for one in known.facts.values()
    )


def _state(clock: Clock, first: datetime.date | None, last: datetime.date | None, known: Known) -> ClockState:
    if not clock.starts:
        return ClockState.NONE
    if first is not None:
        if known.as_of < first:
            return ClockState.NOT_STARTED
        return ClockState.OVER if last is not None and known.as_of > last else ClockState.RUNNING
    counters = (
        one
        for start in clock.starts
        for one in known.facts.values()
        if one.fact.derived is not None and one.fact.derived.from_date == start.date
    )
    begun = [one for one in counters if not _is_nothing_yet(one.allowed)]
    return ClockState.UNKNOWN if begun else ClockState.NOT_STARTED


def _is_nothing_yet(allowed: object) -> bool:
    """Whether a number that counts from a date is 0, or what is so from it on is not so."""
    match allowed:
        case (Range(0, 0),) | (False,):
            return True
        case _:
            return False
