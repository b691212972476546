"""What relying on an authority requires, where each duty stands, and when it falls due."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from authcheck.answer.answer import Attention, ClockAnswer, DutyAnswer
from authcheck.answer.clocks import shifted, start_of
from authcheck.decision.decision import Decision
from authcheck.model.authority import Authority, Duty
from authcheck.model.condition import Truth
from authcheck.model.verdict import DutyState, Verdict

__all__ = ["Duties"]


class Duties:
    """The duties of one authority under a decision."""

    def __init__(
        self,
        authority: Authority,
        decision: Decision,
        clocks: Sequence[ClockAnswer],
        relied_on: frozenset[str],
    ) -> None:
        """Take the authority, the decision, the clocks that run, and the authorities that are relied on."""
        self.authority = authority
        self.decision = decision
        self.known = decision.known
        self.clocks = clocks
        self.relied_on = relied_on

    def raised(self, verdict: Verdict, attention: Attention | None) -> tuple[DutyAnswer, ...]:
        """Return the duties that the scenario raises, in the order of the pack."""
        relied_on = verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or attention is Attention.RAISED
        found: dict[str, DutyAnswer] = {}
        for duty in self.authority.duties:
            if not (duty.with_engagement or relied_on):
                continue
            # What an authority requires that may not be relied on is owed perhaps, and no more.
            certain = duty.with_engagement or verdict is not Verdict.UNDETERMINED
            certain = certain and self.relied_on.isdisjoint(duty.perhaps_with)
            answer = self._duty(duty, certain=certain)
            if answer is None:
                continue
            found[duty.duty] = _done_with(answer, found.get(duty.done_with)) if duty.done_with else answer
        return tuple(found.values())

    def _duty(self, duty: Duty, *, certain: bool) -> DutyAnswer | None:
        arises = self.decision.truths(duty.when)
        if Truth.TRUE not in arises:
            return None
        due, words = self._time(duty)
        state, done_on = DutyState.PERHAPS, None
        if arises == (Truth.TRUE,):
            state, done_on = self._state(duty, due, timed=bool(words), certain=certain)
        return DutyAnswer(
            duty=duty.duty,
            authority=self.authority.authority,
            text=duty.text,
            by=duty.by,
            state=state,
            due=due,
            due_words=words,
            clock=duty.clock,
            passages=(*duty.cite, *duty.see_also),
            inferred=duty.inferred,
            done_on=done_on,
        )

    def _state(
        self, duty: Duty, due: datetime.date | None, *, timed: bool, certain: bool
    ) -> tuple[DutyState, datetime.date | None]:
        """Return where a duty stands that arises, and the day on which it was done, where it is known."""
        done = (Truth.FALSE,) if duty.done_when is None else self.decision.truths(duty.done_when)
        past = due is not None and self.known.as_of > due
        if done == (Truth.TRUE,):
            day = self.known.facts[duty.due.done_on].date if duty.due is not None and duty.due.done_on else None
            if not timed or (due is not None and (not past or (day is not None and day <= due))):
                return DutyState.DONE, day
            return DutyState.DONE_LATE if due is not None and day is not None else DutyState.DONE_UNDATED, day
        if not certain or (past and any(clock.silence for clock in self._clocks(duty))):
            return DutyState.PERHAPS, None
        if Truth.TRUE in done:
            return DutyState.UNKNOWN, None
        return DutyState.OVERDUE if past else DutyState.OWED, None

    def _time(self, duty: Duty) -> tuple[datetime.date | None, str]:
        """Return the day on which a duty falls due, where it is known, and its time in words."""
        if duty.due is not None:
            start, may_be_earlier = start_of(duty.due.from_date, self.known)
            day = None if start is None or may_be_earlier else shifted(start, duty.due.days)
            return day, duty.due.words
        for clock in self._clocks(duty):
            return clock.last, f"by the end of {clock.counted}" + (" at the latest" if clock.at_latest else "")
        return None, ""

    def _clocks(self, duty: Duty) -> tuple[ClockAnswer, ...]:
        """Return the clock on whose last day a duty falls due, where it runs."""
        own = (clock for clock in self.clocks if clock.authority == self.authority.authority)
        return tuple(clock for clock in own if clock.clock == duty.clock)


def _done_with(answer: DutyAnswer, other: DutyAnswer | None) -> DutyAnswer:
    """Return a duty that is done with another in time; without that, no fact says whether it is done."""
    in_time = other is not None and other.state is answer.state is DutyState.DONE
    return answer if in_time or answer.state is DutyState.PERHAPS else replace(answer, state=DutyState.UNKNOWN)
