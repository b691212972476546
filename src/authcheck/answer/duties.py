"""What relying on an authority requires, where each duty stands, and when it falls due."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from authcheck.answer.answer import Attention, ClockAnswer, DutyAnswer, DutyState
from authcheck.answer.clocks import shifted, start_of
from authcheck.decision.known import Known
from authcheck.evaluation.circumstances import Circumstances
from authcheck.model.authority import Authority, Duty
from authcheck.model.condition import Truth
from authcheck.model.verdict import Verdict

__all__ = ["Duties"]


class Duties:
    """The duties of one authority in some circumstances."""

    def __init__(
        self,
        authority: Authority,
        circumstances: Circumstances,
        known: Known,
        clocks: Sequence[ClockAnswer],
        relied_on: frozenset[str],
    ) -> None:
        """Take the authority, the circumstances, the clocks that run, and the authorities that are relied on."""
        self.authority = authority
        self.circumstances = circumstances
        self.known = known
        self.clocks = clocks
        self.relied_on = relied_on

    def raised(self, verdict: Verdict, attention: Attention | None) -> tuple[DutyAnswer, ...]:
        """Return the duties that the scenario raises, in the order of the pack."""
        relied_on = verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or attention is Attention.RAISED
        found = []
        for duty in self.authority.duties:
            if not (duty.with_engagement or relied_on):
                continue
            # What an authority requires that may not be relied on is owed perhaps, and no more.
            certain = duty.with_engagement or verdict is not Verdict.UNDETERMINED
            certain = certain and self.relied_on.isdisjoint(duty.perhaps_with)
            answer = self._duty(duty, certain=certain)
            if answer is not None:
                found.append(answer)
        return tuple(found)

    def _duty(self, duty: Duty, *, certain: bool) -> DutyAnswer | None:
        owed = self.circumstances.truths(duty.when)
        if not certain and Truth.TRUE in owed:
            owed = (Truth.TRUE, Truth.FALSE)
        if Truth.TRUE not in owed:
            return None
        done = (Truth.FALSE,) if duty.done_when is None else self.circumstances.truths(duty.done_when)
        due, words = self._time(duty)
        past = due is not None and self.known.as_of > due
        if past and any(clock.silence for clock in self._clocks(duty)):
            owed = (Truth.TRUE, Truth.FALSE)
        return DutyAnswer(
            duty=duty.duty,
            authority=self.authority.authority,
            text=duty.text,
            by=duty.by,
            state=_state(owed, done, past=past),
            due=due,
            due_words=words,
            clock=duty.clock,
            passages=(*duty.cite, *duty.see_also),
            inferred=duty.inferred,
        )

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


def _state(owed: tuple[Truth, ...], done: tuple[Truth, ...], *, past: bool) -> DutyState:
    if done == (Truth.TRUE,):
        return DutyState.DONE
    if owed != (Truth.TRUE,):
        return DutyState.PERHAPS
    if Truth.TRUE in done:
        return DutyState.UNKNOWN
    return DutyState.OVERDUE if past else DutyState.OWED
