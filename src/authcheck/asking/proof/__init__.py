"""Claims proved or refuted over every world that the vocabulary allows, with scenarios that show it."""

from __future__ import annotations

from authcheck.asking.proof.over_time import over_time
from authcheck.asking.proof.prover import Prover
from authcheck.asking.proof.results import SCHEMA, ClaimResult, ClaimSpan, Exhibit, Part, Proof, Result
from authcheck.asking.proof.scenarios import scenario_of

__all__ = [
    "SCHEMA",
    "ClaimResult",
    "ClaimSpan",
    "Exhibit",
    "Part",
    "Proof",
    "Prover",
    "Result",
    "over_time",
    "scenario_of",
]
