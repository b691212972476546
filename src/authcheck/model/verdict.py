"""What an authority can be for a scenario, whether a power is needed, and where a duty stands."""

from __future__ import annotations

import enum

__all__ = ["DutyState", "Need", "Verdict"]


class Verdict(enum.Enum):
    """What an authority is for a scenario. Only a scenario's verdict can be undetermined."""

    AVAILABLE = "available"
    CONTESTED = "contested"
    SILENT = "silent"
    UNAVAILABLE = "unavailable"
    NOT_ENGAGED = "not-engaged"
    UNDETERMINED = "undetermined"

    # There is one of each: what it is tells them apart, and is quicker than its name.
    __hash__ = object.__hash__


class Need(enum.Enum):
    """Whether the scenario's activities need a power."""

    NEEDED = "needed"
    PERHAPS = "perhaps"
    NOT_NEEDED = "not-needed"


class DutyState(enum.Enum):
    """Where a duty stands on the scenario's date.

    Done undated: it is done, and not known whether in time. Unknown: it is owed, and not known whether it is done.
    Perhaps: it is not known whether it arises.
    """

    OWED = "owed"
    DONE = "done"
    DONE_LATE = "done-late"
    DONE_UNDATED = "done-undated"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    PERHAPS = "perhaps"
