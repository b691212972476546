"""Runs every check of the project: each step is named and timed, and all run even if one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The packages that say what the law means, of which the tests reach every branch.
ROOMS = ("model", "evaluation", "decision", "answer")

MEANING = ",".join(f"*/authcheck/{room}/*" for room in ROOMS)

STEPS = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy", "--strict", "src", "tests"),
    "tests": ("pytest", "-n", "auto"),
    # Counting branches slows a test down several times, so that only those meant to reach them all are counted.
    "branches": (
        "pytest",
        "-q",
        "--cov",
        "--cov-report=",
        "tests/model",
        "tests/evaluation",
        "tests/decision",
        "tests/answer",
    ),
    "coverage": ("coverage", "report", f"--include={MEANING}", "--fail-under=100", "--show-missing"),
    "pack": ("authcheck", "check", "authorities"),
    "scenarios": ("authcheck", "test", "authorities/scenarios"),
    "claims": ("authcheck", "prove", "--pack", "authorities"),
}


# Here every mistake of tests/mutations is tried, where pytest alone tries a sample, and each promise on more cases.
THOROUGH = {"AUTHCHECK_MUTANTS": "all", "AUTHCHECK_HYPOTHESIS": os.environ.get("AUTHCHECK_HYPOTHESIS", "ci")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step."""

    step: str
    status: int
    seconds: float

    def __str__(self) -> str:
        word = "failed" if self.status else "passed"
        return f"{word}  {self.step:<9}  {self.seconds:6.1f} s"


def take(step: str) -> Outcome:
    """Return the outcome of one step, which prints for itself."""
    command = STEPS[step]
    print(f"\n=== {step}: {' '.join(command)}", flush=True)
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **THOROUGH},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Outcome(step, run.returncode, time.perf_counter() - start)


def main() -> int:
    """Return 0 if every step passed, else 1."""
    outcomes = [take(step) for step in STEPS]
    print("\n=== summary", *outcomes, sep="\n", flush=True)
    return int(any(outcome.status for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
