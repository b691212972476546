"""Claims proved or refuted over every world that the vocabulary allows, with scenarios that show it."""

from __future__ import annotations

from authcheck.asking.proof.prover import Prover
from authcheck.asking.proof.results import SCHEMA, ClaimResult, Exhibit, Part, Proof, Result
from authcheck.asking.proof.scenarios import scenario_of

__all__ = ["SCHEMA", "ClaimResult", "Exhibit", "Part", "Proof", "Prover", "Result", "scenario_of"]
