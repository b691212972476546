"""What the exit status says, and which one wins where several apply."""

from __future__ import annotations

import enum
from collections.abc import Iterable

__all__ = ["Exit", "worst"]


class Exit(enum.IntEnum):
    """The statuses with which the program ends."""

    DONE = 0
    NEGATIVE = 1
    USAGE = 2
    INVALID = 3
    NOTHING = 5
    INTERNAL = 70
    INTERRUPTED = 130
    CLOSED_PIPE = 141
    TERMINATED = 143


_PRECEDENCE = (Exit.INTERNAL, Exit.USAGE, Exit.INVALID, Exit.NEGATIVE, Exit.NOTHING)


def worst(exits: Iterable[Exit]) -> Exit:
    """Return the status that wins: internal, usage, invalid, negative, nothing to do, done."""
    given = set(exits)
    return next((status for status in _PRECEDENCE if status in given), Exit.DONE)
