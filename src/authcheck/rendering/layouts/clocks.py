"""Where the clocks stand, in a line each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from authcheck.answer.answer import Answer, ClockAnswer, ClockState
from authcheck.rendering.layout import Line, line

__all__ = ["clock_of_the_law", "clocks_in_short"]


def clocks_in_short(answer: Answer) -> Iterator[Line]:
    """Return where each clock stands that matters most, those first that somebody counts by."""
    yield from _lines(_chosen(answer.clocks))


def clock_of_the_law(answer: Answer) -> Iterator[Line]:
    """Return where the first clock stands that somebody counts by, once its first day has come."""
    held = (clock for clock in _chosen(answer.clocks) if not clock.inferred)
    yield from _lines([clock for clock in held if clock.state is not ClockState.NOT_STARTED][:1])


def _lines(clocks: Iterable[ClockAnswer]) -> Iterator[Line]:
    for clock in clocks:
        perhaps, earlier = "perhaps " if clock.perhaps else "", " or earlier" if clock.at_latest else ""
        inferred = " (inference)" if clock.inferred else ""
        start = clock.title.partition(",")[0]
        words = f"{perhaps}day {clock.day} of {clock.limit}, last {clock.last}{earlier}, {start}{inferred}"
        label = "Clock over: " if clock.state is ClockState.OVER else "Clock: "
        yield line((label, "strong"), words)


def _chosen(clocks: Sequence[ClockAnswer]) -> Sequence[ClockAnswer]:
    """Return of the clocks that have begun one for each first day that somebody counts from, and one that is inferred.

    Of those that lengthen each other it is the longest that is known to run or, where none is, the shortest.
    """
    begun = [clock for clock in clocks if clock.last is not None]
    held = [clock for clock in begun if not clock.inferred]
    lengthened: dict[tuple[str, datetime.date | None], ClockAnswer] = {}
    for clock in sorted(held, key=lambda clock: clock.limit):
        if not clock.perhaps:
            lengthened[clock.holder, clock.first] = clock
        lengthened.setdefault((clock.holder, clock.first), clock)
    return [*lengthened.values(), *[clock for clock in begun if clock.inferred][:1]]
