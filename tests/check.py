"""Runs every check of the project: each step is named and timed, and all run even if one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Sequence
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
        "-n",
        "auto",
        "-m",
        "not slow",
        "--cov",
        "--cov-report=",
        "tests/model",
        "tests/evaluation",
        "tests/decision",
        "tests/answer",
    ),
    "coverage": ("coverage", "report", f"--include={MEANING}", "--fail-under=100", "--show-missing"),
    "pack": ("authcheck", "check", "authorities", "--fail-level", "note"),
    "scenarios": ("authcheck", "test", "--pack", "authorities", "--threshold", "100"),
    "claims": ("authcheck", "prove", "--over-time", "--pack", "authorities"),
}

# What is tried again with the lowest releases that the project says it takes: loading, commands, worked scenarios.
AGAIN = ("loading", "test_bad_input.py", "test_expectations.py", "test_golden.py", "test_worked_scenarios.py")

# What those tests need.
TOOLS = ("graphviz", "hypothesis", "jsonschema", "pytest", "pytest-xdist")


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


def take(step: str, command: Sequence[str], python: str = sys.executable) -> Outcome:
    """Return the outcome of one step, which prints for itself."""
    print(f"\n=== {step}: {' '.join(command)}", flush=True)
    start = time.perf_counter()
    run = subprocess.run(
        [python, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **THOROUGH},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Outcome(step, run.returncode, time.perf_counter() - start)


def take_lowest(folder: Path) -> list[Outcome]:
    """Return the outcomes of the steps with the lowest declared dependencies, installed in the folder."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lowest = [one.replace(">=", "==") for one in project["dependencies"]]
    tools = [one for one in project["optional-dependencies"]["dev"] if one.partition(">")[0] in TOOLS]
    outcomes = [take("lowest", ("pip", "install", "--quiet", "-e", ".", *lowest, *tools), python)]
    # An old release may warn of a newer one that it brings along: that is for it to mend.
    tests = ("pytest", "-q", "-n", "auto", "-o", "filterwarnings=", *(f"tests/{name}" for name in AGAIN))
    return outcomes if outcomes[0].status else [*outcomes, take("again", tests, python)]


def main() -> int:
    """Return 0 if every step passed, else 1."""
    outcomes = [take(step, command) for step, command in STEPS.items()]
    with tempfile.TemporaryDirectory() as folder:
        outcomes += take_lowest(Path(folder))
    print("\n=== summary", *outcomes, sep="\n", flush=True)
    return int(any(outcome.status for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
