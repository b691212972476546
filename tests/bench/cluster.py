"""Measures `batch --cluster` beside one process and beside `--jobs`, as ratios within one run.

    pip install 'authcheck[cluster,tables]'
    python -m tests.bench.cluster [--repeats N] [--alike N] [--different N] [--workers N]

Timed is what a user waits for, the start of the workers included; the time of all processors is told beside it. Runs
are interleaved, and what each writes is compared to the byte: one that writes something else gets no ratio. Nothing is
asserted: machines are shared and noisy, and only ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, shipped_pack
from authcheck.model.fact import FactType
from tests.bench.measuring import ENVIRONMENT, reached

STATES = 300
TARGET = 1.1
Seconds = tuple[float, float]


def drawn(count: int) -> list[dict[str, object]]:
    """Return so many statements of facts, the same each time, of which few are alike."""
    draw = random.Random(7)  # noqa: S311 - nothing is secret here.
    facts = [one for one in load_pack(shipped_pack(), Cache(None)).facts.values() if one.type is not FactType.DATE]

    def value(of: FactType, values: Sequence[object]) -> object:
        return draw.randint(1, 120) if of is FactType.NUMBER else draw.choice(values)

    return [
        {one.fact: value(one.type, one.options) for one in draw.sample(facts, draw.randint(2, 6))} for _ in range(count)
    ]


def write_lines(file: Path, states: int, count: int) -> None:
    """Write so many records as lines of JSON, which state the same in turn."""
    told = [json.dumps({"scenario": "One", "facts": facts})[1:] for facts in drawn(states)]
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(f'{{"id": "r{number}", {told[number % states]}\n' for number in range(count))


def write_table(file: Path, states: int, count: int) -> None:
    """Write as many records as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = [{name: str(one).lower() for name, one in facts.items()} for facts in drawn(states)]
    names = sorted({name for row in words for name in row})
    told = pa.table({name: [row.get(name) for row in words] for name in names})
    table = told.take(pa.array([number % states for number in range(count)]))
    pq.write_table(table.add_column(0, "id", pa.array([f"r{number}" for number in range(count)])), file)


def timed(read: Path, write: Path, options: Sequence[str]) -> Seconds:
    """Return how long `batch` takes, and how much of all processors. Raises RuntimeError where it breaks off."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "authcheck", "batch", str(read), "-o", str(write), "--force", *options]
    done = subprocess.run(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    # Of facts that are drawn, some cannot be so together: their records say it.
    if done.returncode not in {0, 3} or not re.search(rb"^[\d,]+ (scenarios|inputs)\b", done.stderr, re.MULTILINE):
        raise RuntimeError(done.stderr.decode())
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compared(
    title: str, read: Path, ending: str, options: Sequence[str], workers: int, repeats: int, *, is_new: bool
) -> str:
    """Return medians and spreads of each way of answering a file, and ratios to one process."""
    ways = {
        "one process": (),
        f"--jobs {workers}": ("--jobs", str(workers)),
        f"--cluster {workers}": ("--cluster", str(workers)),
    }
    times: dict[str, list[Seconds]] = {name: [] for name in ways}
    files = {name: read.with_name(f"{at}{ending}") for at, name in enumerate(ways)}
    for turn in range(repeats + 1):
        for name, way in ways.items():
            # What differs is decided in each run; of what is alike, the run before the first has met every state.
            for kept in Path(ENVIRONMENT["AUTHCHECK_CACHE"]).glob("verdicts-*") if is_new else ():
                kept.unlink()
            taken = timed(read, files[name], (*options, *way))
            if turn:
                times[name].append(taken)
    first, base = files["one process"].read_bytes(), median(wall for wall, _ in times["one process"])
    # Of what takes some seconds, the start of the workers is the most.
    target_of = {} if is_new else {f"--cluster {workers}": TARGET}
    rows = [f"{title:<52} {'s':>8} {'least':>8} {'most':>8} {'cpu':>8} {'ratio':>7}"]
    for name, taken_each in times.items():
        walls = [wall for wall, _ in taken_each]
        cpu = median(one for _, one in taken_each)
        found, target = median(walls) / base, target_of.get(name)
        ratio = f"{found:7.2f}  {reached(found, target)}" if files[name].read_bytes() == first else "differs"
        rows.append(f"{name:<52} {median(walls):8.2f} {min(walls):8.2f} {max(walls):8.2f} {cpu:8.2f} {ratio}".rstrip())
    return "\n".join(rows)


def main() -> int:
    """Return 0 if everything could be timed, else 1."""
    parser = argparse.ArgumentParser(description="Ratios of a cluster to one process.")
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="runs of each (3)")
    parser.add_argument("--alike", type=int, default=3_000_000, metavar="N", help="records of few states (3000000)")
    parser.add_argument("--different", type=int, default=3000, metavar="N", help="records that differ (3000)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="workers, on as many cores (2)")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {asked.repeats} interleaved runs.\n")
    with tempfile.TemporaryDirectory() as name:
        folder, many, few = Path(name), asked.alike, asked.different
        ENVIRONMENT["AUTHCHECK_CACHE"] = str(folder / "kept")
        alike, table, different = folder / "alike.jsonl", folder / "alike.parquet", folder / "different.jsonl"
        write_lines(alike, STATES, many)
        write_table(table, STATES, many)
        write_lines(different, few, few)
        for title, read, ending, options in (
            (f"{many:,} alike, Parquet to Parquet", table, ".parquet", ()),
            (f"{many:,} alike, JSON lines to CSV", alike, ".csv", ()),
            (f"{few:,} that differ, JSON lines to CSV", different, ".csv", ()),
            (f"{few:,} that differ, whole answers", different, ".jsonl", ("--full", "--passages", "apart")),
        ):
            try:
                is_new = read == different
                told = compared(title, read, ending, options, asked.workers, asked.repeats, is_new=is_new)
                print(told + "\n", flush=True)
            except RuntimeError as error:
                print(f"no ratios: a command failed while it was timed: {error}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
