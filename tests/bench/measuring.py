"""How the benchmarks time things that take turns, and show the times beside one another."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeAlias

__all__ = ["ENVIRONMENT", "MET", "MISSED", "Times", "interleaved", "reached", "table", "timed", "used"]

# The first two slow every start as no user sees it; the product's own options would change what is timed.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} and not name.startswith("AUTHCHECK_")
}
"""What whole processes find in their environment."""

Times: TypeAlias = dict[str, list[float]]
"""The seconds that each thing took, run by run."""

MET, MISSED = "met", "missed"

# A ratio below this is shown with more digits.
_SMALL = 0.1


def used(arguments: Sequence[str]) -> float:
    """Return the seconds of the processor that a process takes. Raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return what does the work and tells the seconds of the processor that it took."""

    def seconds() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return seconds


def interleaved(works: Mapping[str, Callable[[], float]], repeats: int) -> Times:
    """Return the seconds of each, as it tells them itself, of runs that take turns; each runs once before."""
    times: Times = {name: [] for name in works}
    for turn in range(repeats + 1):
        for name, work in works.items():
            seconds = work()
            if turn:
                times[name].append(seconds)
    return times


def table(title: str, times: Times, targets: Mapping[str, float] | None = None) -> str:
    """Return medians and spreads in milliseconds, and ratios to the first, with those that are to be reached."""
    base = median(next(iter(times.values())))
    rows = [f"{title:<54} {'ms':>10} {'least':>10} {'most':>10} {'ratio':>8}"]
    for name, taken in times.items():
        middle, least, most = (1000 * one for one in (median(taken), min(taken), max(taken)))
        ratio = median(taken) / base
        shown = f"{ratio:8.2f}" if ratio >= _SMALL else f"{ratio:8.4f}"
        target = reached(ratio, (targets or {}).get(name))
        rows.append(f"{name:<54} {middle:10.2f} {least:10.2f} {most:10.2f} {shown}  {target}".rstrip())
    return "\n".join(rows)


def reached(ratio: float, target: float | None) -> str:
    """Return what is to be reached, and whether it is; nothing where no target is set."""
    return "" if target is None else f"<= {target:g} {MET if ratio <= target else MISSED}"
