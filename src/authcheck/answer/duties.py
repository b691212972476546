"""What relying on an authority requires, where each duty stands, and when it falls due."""

from __future__ import annotations

import datetime

from authcheck.answer.answer import Attention, ClockAnswer, DutyAnswer, DutyState
from authcheck.decision.known import Known, Origin
from authcheck.evaluation.circumstances import Circumstances
from authcheck.model.authority import Authority, Clock, Due, Duty
from authcheck.model.condition import Range, Truth
from authcheck.model.verdict import Verdict

__all__ = ["Duties"]


class Duties:
    """The duties of one authority in some circumstances."""

    def __init__(self, authority: Authority, circumstances: Circumstances) -> None:
        """Take the authority and the circumstances."""
        self.authority = authority
        self.circumstances = circumstances

    def raised(self, known: Known, verdict: Verdict, attention: Attention | None) -> tuple[DutyAnswer, ...]:
        """Return the duties that the scenario raises, in the order of the pack."""
        relied_on = verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or attention is Attention.RAISED
        found = []
        for duty in self.authority.duties:
            if not (duty.with_engagement or relied_on):
                continue
            # What an authority requires that may not be relied on is owed perhaps, and no more.
            certain = duty.with_engagement or verdict is not Verdict.UNDETERMINED
            answer = self._duty(duty, known, certain=certain)
            if answer is not None:
                found.append(answer)
        return tuple(found)

    def _duty(self, duty: Duty, known: Known, *, certain: bool) -> DutyAnswer | None:
        owed = self.circumstances.truths(duty.when)
        if not certain and Truth.TRUE in owed:
            owed = (Truth.TRUE, Truth.FALSE)
        if Truth.TRUE not in owed:
            return None
        done = (Truth.FALSE,) if duty.done_when is None else self.circumstances.truths(duty.done_when)
        due = None if duty.due is None else self._due(duty.due, known)
        return DutyAnswer(
            duty=duty.duty,
            authority=self.authority.authority,
            text=duty.text,
            by=duty.by,
            state=_state(owed, done, past=_past(duty, due, known)),
            due=due,
            due_words="" if duty.due is None else duty.due.words,
            clock=None if duty.clock is None else self._clock(duty.clock, duty, due, known),
            passages=(*duty.cite, *duty.see_also),
            inferred=duty.inferred,
        )

    def _due(self, due: Due, known: Known) -> datetime.date | None:
        """Return the day, counted from the stated date or, where only a count of days is stated, from that."""
        start = known.facts[due.from_date].date
        if start is None:
            for one in known.facts.values():
                derived = one.fact.derived
                if derived is not None and derived.from_date == due.from_date and one.origin is Origin.STATED:
                    day = _only(one.allowed)
                    if day is not None and day >= derived.first:
                        start = _shifted(known.as_of, derived.first - day)
        return None if start is None else _shifted(start, due.days)

    def _clock(self, clock: Clock, duty: Duty, due: datetime.date | None, known: Known) -> ClockAnswer:
        counter = known.facts[clock.counter]
        return ClockAnswer(duty.duty, self.authority.authority, counter.said, clock.limit, due)


def _shifted(day: datetime.date, days: int) -> datetime.date | None:
    """Return the day so many days later; None where the calendar has no such day."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


def _only(allowed: object) -> int | None:
    """Return the number that is the only one allowed, or None."""
    match allowed:
        case (Range(low, high),) if low == high:
            return low
        case _:
            return None


def _past(duty: Duty, due: datetime.date | None, known: Known) -> bool:
    """Whether the duty's day is certainly over on the scenario's date."""
    if due is not None:
        return known.as_of > due
    if duty.clock is None:
        return False
    ranges = known.allowed[duty.clock.counter]
    return all(isinstance(one, Range) and one.low > duty.clock.limit for one in ranges)


def _state(owed: tuple[Truth, ...], done: tuple[Truth, ...], *, past: bool) -> DutyState:
    if done == (Truth.TRUE,):
        return DutyState.DONE
    if owed != (Truth.TRUE,):
        return DutyState.PERHAPS
    if Truth.TRUE in done:
        return DutyState.UNKNOWN
    return DutyState.OVERDUE if past else DutyState.OWED
