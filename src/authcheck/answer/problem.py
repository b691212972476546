"""What stands for a scenario that could not be answered, among the answers to others."""

from __future__ import annotations

from authcheck.answer.result import ResultType
from authcheck.diagnostics import Diagnostic
from authcheck.frozen import dataclass

__all__ = ["RESULT", "SCHEMA", "ProblemRecord", "problem_record"]

SCHEMA = "authcheck.problem/1"


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """What is wrong with an input, by its name: every problem, with its place."""

    schema: str
    scenario: str
    problems: tuple[Diagnostic, ...]


RESULT = ResultType("problem", "A record of problems of authcheck", SCHEMA, ProblemRecord)


def problem_record(name: str, problems: tuple[Diagnostic, ...]) -> ProblemRecord:
    """Return the record of a scenario that could not be answered."""
    return ProblemRecord(SCHEMA, name, problems)
