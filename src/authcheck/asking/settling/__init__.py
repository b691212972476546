"""What would settle a verdict that is open, and what would turn one that is not.

`settlement.py` comes first: what is told of each authority. `search.py` finds the smallest changes that turn a verdict.
"""

from __future__ import annotations

from authcheck.asking.settling.settlement import (
    AuthoritySettlement,
    FactStated,
    IfStated,
    OpenFact,
    PowerSettlement,
    Settlement,
    Step,
    Turning,
    Turnings,
    settle,
)

__all__ = [
    "AuthoritySettlement",
    "FactStated",
    "IfStated",
    "OpenFact",
    "PowerSettlement",
    "Settlement",
    "Step",
    "Turning",
    "Turnings",
    "settle",
]
