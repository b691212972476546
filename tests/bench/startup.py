"""Measures how long whole processes take, as ratios to a typer hello-world in the same run.

    python -m tests.bench.startup [--repeats N]

A command that fails, or prints something else than expected, gets no ratio. Nothing is asserted:
machines are shared and noisy, and only ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from authcheck import __version__
from tests.bench.measuring import ENVIRONMENT, interleaved, table

ROOT = Path(__file__).resolve().parent.parent.parent
SCENARIO = "drone-attack"
BASELINE = "typer hello-world"
HELLO = """\
import typer

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    print(f"hello {name}")


if __name__ == "__main__":
    app()
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A process to time, what it must print, and the ratio to reach."""

    name: str
    arguments: tuple[str, ...]
    expected: str
    target: float | None = None


def product() -> tuple[str, ...]:
    """Return how authcheck is started: by its console script beside this Python, else as a module."""
    beside = Path(sys.executable).parent
    for script in (beside / "authcheck", beside / "authcheck.exe"):
        if script.is_file():
            return (str(script),)
    return (sys.executable, "-m", "authcheck")


def title() -> str:
    """Return the title of the scenario, which its answer must show."""
    (scenario,) = (ROOT / "authorities" / "scenarios").rglob(f"{SCENARIO}.yaml")
    return str(yaml.safe_load(scenario.read_text("utf-8"))["scenario"])


def commands(hello: Path) -> tuple[Command, ...]:
    """Return the processes to time, the baseline first."""
    evaluate = (*product(), "evaluate", SCENARIO)
    return (
        Command(BASELINE, (sys.executable, str(hello)), "hello world"),
        Command("python -c pass", (sys.executable, "-c", "pass"), ""),
        Command("authcheck --version", (*product(), "--version"), __version__, 0.6),
        Command("authcheck evaluate", evaluate, title(), 1.3),
        Command("authcheck evaluate, json", (*evaluate, "--format", "json"), "authcheck.answer/2"),
    )


def fault(command: Command) -> str | None:
    """Return why the command cannot be timed, if it cannot. Its run leaves bytecode and caches warm."""
    try:
        run = subprocess.run(
            command.arguments,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        return str(error)
    if run.returncode != 0:
        return f"exit status {run.returncode}"
    if command.expected not in run.stdout:
        return f"its output does not contain {command.expected!r}"
    return None


def seconds(command: Command) -> float:
    """Return how long one run of the command took, and raise if it failed."""
    start = time.perf_counter()
    subprocess.run(
        command.arguments,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main() -> int:
    """Return 0 if every command could be timed, else 1."""
    parser = argparse.ArgumentParser(description="Ratios of whole processes to a typer hello-world.")
    parser.add_argument("--repeats", type=int, default=21, metavar="N", help="runs of each command (21)")
    repeats = parser.parse_args().repeats

    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder, "hello.py")
        hello.write_text(HELLO, "utf-8")
        asked = commands(hello)
        faults = {command.name: reason for command in asked if (reason := fault(command))}
        for name, reason in faults.items():
            print(f"{name}: not timed: {reason}", file=sys.stderr)
        if BASELINE in faults:
            return 1
        timed = [command for command in asked if command.name not in faults]
        works = {command.name: partial(seconds, command) for command in timed}
        targets = {command.name: command.target for command in timed if command.target is not None}
        try:
            told = table("whole processes", interleaved(works, repeats), targets)
        except subprocess.CalledProcessError as error:
            print(f"no ratios: a command failed while it was timed: {error}", file=sys.stderr)
            return 1

    print(f"Python {platform.python_version()}, medians of {repeats} interleaved runs of whole processes.")
    print(f"The hello-world runs as `python hello.py`, authcheck as `{' '.join(product())}`.\n")
    print(told)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
