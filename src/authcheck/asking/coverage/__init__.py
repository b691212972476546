"""What scenarios show of a pack, and scenarios that show the rest."""

from __future__ import annotations

from authcheck.asking.coverage.covering import Proposal
from authcheck.asking.coverage.results import (
    SCHEMA,
    Aspect,
    AuthorityCoverage,
    Coverage,
    Outcome,
    Point,
    Sight,
    State,
)
from authcheck.asking.coverage.seeing import points_of_scenario
from authcheck.asking.coverage.telling import coverage_of, point_words

__all__ = [
    "SCHEMA",
    "Aspect",
    "AuthorityCoverage",
    "Coverage",
    "Outcome",
    "Point",
    "Proposal",
    "Sight",
    "State",
    "coverage_of",
    "point_words",
    "points_of_scenario",
]
