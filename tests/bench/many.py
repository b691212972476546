"""Measures how long many scenarios take, beside what only reads them, as ratios within one run.

    python -m tests.bench.many [--repeats N] [--files N] [--lines N]

Whole processes are timed by the time of the processor, start included, and their runs are interleaved. Each record is
compared with the full answer to some of the scenarios before anything is timed: a run that says something else gets no
ratio. Nothing is asserted: machines are shared and noisy, and only ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from authcheck.answer import Decider
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, load_record, shipped_pack, shipped_scenarios
from authcheck.model.scenario import Scenario
from tests.bench.measuring import ENVIRONMENT, interleaved, table, used

READ_YAML = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(file.read_bytes(), yaml.CSafeLoader)
"""
READ_JSON = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        json.loads(line)
"""
FACTS: Mapping[str, Sequence[str]] = {
    "operation_type": ("airstrike", "ground_raid", "capture_operation", "training", "intelligence_collection"),
    "conducting_element": ("us_armed_forces", "cia_special_operations_group", "us_law_enforcement"),
    "host_consent_status": ("none", "requested", "given", "refused", "unknown"),
}
# What is varied of the scenarios of the pack that are as long as most that people write.
LENGTHS = range(1500, 2600)
DAY = re.compile(r"^(as_of: \d{4}-\d\d)-\d\d$", re.MULTILINE)
STATED = re.compile(r"^( +[a-z_]+: )(?:true|false)$", re.MULTILINE)


def made(count: int) -> list[dict[str, object]]:
    """Return so many records of few facts, the same each time, with at most some thousands of distinct ones."""
    draw = random.Random(3)  # noqa: S311 - nothing is secret here.
    found: list[dict[str, object]] = []
    for number in range(count):
        facts: dict[str, object] = {name: draw.choice(values) for name, values in FACTS.items()}
        facts["operation_location"] = "host_country"
        if draw.random() < 0.5:
            facts["days_since_hostilities_began"] = draw.randint(1, 60)
        found.append({"id": f"r{number}", "scenario": f"Number {number} of a list", "facts": facts})
    return found


def varied(count: int) -> Iterator[str]:
    """Return the text of so many scenarios of about 2 KB, the same each time, no two of one title.

    Each is one of the pack with all that stands in it, on another day of its month, and one of its facts is unknown:
    so none contradicts itself.
    """
    draw = random.Random(5)  # noqa: S311 - nothing is secret here.
    shipped = [path.read_text(encoding="utf-8") for path in shipped_scenarios(shipped_pack()).values()]
    long = [text for text in shipped if len(text) in LENGTHS]
    for number in range(count):
        text = draw.choice(long).replace("scenario: ", f"scenario: Number {number} of a list, ", 1)
        text = DAY.sub(rf"\1-{draw.randint(1, 28):02}", text)
        stated = draw.choice([*STATED.finditer(text)])
        yield f"{text[: stated.end(1)]}unknown{text[stated.end() :]}"


def product(*arguments: str, fresh: bool = False) -> Callable[[], float]:
    """Return what times a command line of the product; where it is fresh, no state was met by a run before."""

    def work() -> float:
        for kept in Path(ENVIRONMENT["AUTHCHECK_CACHE"]).glob("verdicts-*") if fresh else ():
            kept.unlink()
        return used([sys.executable, "-m", "authcheck", *arguments])

    return work


def of_files(folder: Path, count: int, repeats: int) -> str:
    """Return how long a table of small YAML files takes beside reading them."""
    files = folder / "files"
    files.mkdir()
    for record in made(count):
        text = yaml.safe_dump({"scenario": record["scenario"], "facts": record["facts"]}, sort_keys=False)
        (files / f"{record['id']}.yaml").write_text(text, encoding="utf-8")
    return of_folder(f"{count:,} YAML files to CSV", files, repeats, 4.0)


def of_long_files(folder: Path, count: int, repeats: int) -> str:
    """Return how long a table of YAML files takes that are as long as people write them, beside reading them."""
    files = folder / "long-files"
    files.mkdir()
    for number, text in enumerate(varied(count)):
        (files / f"f{number}.yaml").write_text(text, encoding="utf-8")
    return of_folder(f"{count:,} YAML files of 2 KB to CSV", files, repeats, 2.0)


def of_folder(title: str, files: Path, repeats: int, target: float) -> str:
    """Return how long a table of the files of a folder takes beside reading them."""
    written = str(files.with_suffix(".csv"))
    works = {
        "C loader alone": lambda: used([sys.executable, "-c", READ_YAML, str(files)]),
        "batch, no state met before": product("batch", str(files), "-o", written, "--force", fresh=True),
        "batch, as in each run after": product("batch", str(files), "-o", written, "--force"),
        "evaluate --format csv": product("evaluate", str(files), "-o", written, "--force"),
    }
    targets = dict.fromkeys([name for name in works if name != "C loader alone"], target)
    return table(title, interleaved(works, repeats), targets)


def of_lines(folder: Path, count: int, repeats: int) -> str:
    """Return how long records of JSON take beside reading them."""
    lines = folder / "lines.jsonl"
    lines.write_text("".join(f"{json.dumps(record)}\n" for record in made(count)), encoding="utf-8")
    written = str(folder / "out")
    select = "scenario,relies_on,gaps"
    authorities = ",".join(["scenario", *load_pack(shipped_pack(), Cache(None)).authorities])
    works = {
        "json.loads alone": lambda: used([sys.executable, "-c", READ_JSON, str(lines)]),
        "batch, JSONL, no state met before": product(
            "batch", str(lines), "-o", f"{written}.jsonl", "--force", fresh=True
        ),
        "batch, JSONL": product("batch", str(lines), "-o", f"{written}.jsonl", "--force"),
        "batch, CSV": product("batch", str(lines), "-o", f"{written}.csv", "--force"),
        "batch, CSV of three columns": product(
            "batch", str(lines), "-o", f"{written}.csv", "--force", "--select", select
        ),
        "batch, CSV of the authorities": product(
            "batch", str(lines), "-o", f"{written}.csv", "--force", "--select", authorities
        ),
    }
    targets = {name: 3.0 for name in works if "CSV" in name}
    return table(f"{count:,} JSON lines", interleaved(works, repeats), targets)


def of_growth(folder: Path, most: int) -> str:
    """Return how time grows with the number of records."""
    rows = [f"{'records':>10} {'ms':>9}"]
    count = 1000
    while count <= most:
        lines = folder / f"{count}.jsonl"
        lines.write_text("".join(f"{json.dumps(record)}\n" for record in made(count)), encoding="utf-8")
        seconds = product("batch", str(lines), "-o", str(folder / "grown.jsonl"), "--force")()
        rows.append(f"{count:>10,} {1000 * seconds:9.1f}")
        count *= 10
    return "\n".join(rows)


def in_process(scenarios: Sequence[Scenario], repeats: int) -> str:
    """Return how long one scenario takes, met for the first time and again, as a record and as a full answer."""
    pack = load_pack(shipped_pack(), Cache(None))

    def each(work: Callable[[Scenario], object]) -> float:
        start = time.process_time()
        for scenario in scenarios:
            work(scenario)
        return (time.process_time() - start) / len(scenarios)

    deciders: list[Decider] = []

    def first() -> float:
        deciders.append(Decider(pack))
        return each(deciders[-1].record)

    works = {
        "record, met again": lambda: each(deciders[-1].record) if deciders else 0.0,
        "record, first of a run": first,
        "full answer": lambda: each(deciders[-1].decide),
    }
    return table(f"one of {len(scenarios)} scenarios, in process", interleaved(works, repeats))


def fault(scenarios: Sequence[Scenario]) -> str:
    """Return where a record says something else than the full answer, if it does."""
    decider = Decider(load_pack(shipped_pack(), Cache(None)))
    for scenario in scenarios:
        record, answer = decider.record(scenario), decider.decide(scenario)
        if {name: one.verdict for name, one in record.authorities.items()} != dict(answer.verdicts):
            return scenario.id
    return ""


def main() -> int:
    """Return 0 if everything could be timed, else 1."""
    parser = argparse.ArgumentParser(description="Ratios of many scenarios to reading them.")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="runs of each (5)")
    parser.add_argument("--files", type=int, default=1000, metavar="N", help="YAML files (1000)")
    parser.add_argument("--lines", type=int, default=100_000, metavar="N", help="JSON lines (100000)")
    asked = parser.parse_args()

    pack = load_pack(shipped_pack(), Cache(None))
    loaded = [load_record(json.dumps(one), 1, "here", pack).scenario for one in made(100)]
    scenarios = [one for one in loaded if one is not None]
    if wrong := fault(scenarios):
        print(f"no ratios: the record of {wrong} is not what its answer says", file=sys.stderr)
        return 1
    print(f"Python {platform.python_version()}, medians of {asked.repeats} interleaved runs, time of the processor.\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ENVIRONMENT["AUTHCHECK_CACHE"] = str(folder / "kept")
        try:
            print(of_files(folder, asked.files, asked.repeats) + "\n", flush=True)
            print(of_long_files(folder, asked.files, asked.repeats) + "\n", flush=True)
            print(of_lines(folder, asked.lines, asked.repeats) + "\n", flush=True)
            print(in_process(scenarios, asked.repeats) + "\n", flush=True)
            print(of_growth(folder, asked.lines))
        except subprocess.CalledProcessError as error:
            print(f"no ratios: a command failed while it was timed: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
