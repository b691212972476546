"""What an authority can be for a scenario, and whether a power is needed."""

from __future__ import annotations

import enum

__all__ = ["Need", "Verdict"]


class Verdict(enum.Enum):
    """What an authority is for a scenario. Only a scenario's verdict can be undetermined."""

    AVAILABLE = "available"
    CONTESTED = "contested"
    SILENT = "silent"
    UNAVAILABLE = "unavailable"
    NOT_ENGAGED = "not-engaged"
    UNDETERMINED = "undetermined"


class Need(enum.Enum):
    """Whether the scenario's activities need a power."""

    NEEDED = "needed"
    PERHAPS = "perhaps"
    NOT_NEEDED = "not-needed"
