"""Runs every measurement beside its peers, in one run, and lists at the end what is to be reached.

    python -m tests.bench [--quick] [PART…]

Peers that are not there are installed from PyPI into a folder of their own; one that cannot be is left out, and said to
be. What a part prints, and how it compares what its peers say before it times them, stands at its head. Nothing is
asserted: machines are shared and noisy, and only ratios within one run mean anything. A full run takes about an hour;
`--quick` takes fewer records and repeats, and some minutes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.bench.measuring import MET, MISSED

ROOT = Path(__file__).resolve().parent.parent.parent

PARTS: Mapping[str, Sequence[str]] = {
    "startup": ("--repeats", "7"),
    "many": ("--repeats", "1", "--lines", "10000"),
    "tables": ("--repeats", "1", "--records", "100000", "--lines", "10000"),
    "sweep": ("--repeats", "1", "--facts", "18", "--rows", "8"),
    "growth": ("--records", "100000", "--authorities", "140", "--elements", "100"),
    "cluster": ("--repeats", "1", "--alike", "300000", "--different", "300"),
}
"""The scripts, each with what makes it quick."""

PEERS: Mapping[str, str] = {
    "rule_engine": "rule-engine",
    "zen": "zen-engine",
    "polars": "polars",
    "duckdb": "duckdb",
    "numpy": "numpy",
    "pyarrow": "pyarrow",
    "distributed": "distributed",
}
"""What is measured against or through, by the name under which it is imported."""


def installed(folder: Path) -> None:
    """Install what is not there into the folder, as far as that can be done."""
    for name, package in PEERS.items():
        if find_spec(name) is not None or (folder / name).is_dir():
            continue
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "--upgrade", package]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            print(f"{package} could not be installed: it is left out")


def lines_of(part: str, options: Sequence[str], folder: Path) -> Iterator[str]:
    """Yield what a part prints, as it prints it. Raises CalledProcessError where it fails."""
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep), str(folder)]
    command = [sys.executable, "-m", f"tests.bench.{part}", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield from process.stdout
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def main() -> int:
    """Return 0 if every part could be measured, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Every measurement in one run.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)} (all)")
    parser.add_argument("--quick", action="store_true", help="fewer records and repeats")
    asked = parser.parse_args()
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}")
    cache = os.environ.get("XDG_CACHE_HOME", "") or str(Path("~/.cache").expanduser())
    folder = Path(cache, "authcheck-tests", "peers")
    installed(folder)
    told: list[str] = []
    broken: list[str] = []
    for part in asked.parts or PARTS:
        print(f"=== {part}\n", flush=True)
        head = ""
        try:
            for line in lines_of(part, PARTS[part] if asked.quick else (), folder):
                print(line, end="", flush=True)
                # Under the head of their table stand the rows for which something is set.
                if line.rstrip().endswith(" ratio"):
                    head = f"\n{line.rstrip()}"
                elif line.rstrip().endswith((f" {MET}", f" {MISSED}")):
                    told += [head, line.rstrip()] if head else [line.rstrip()]
                    head = ""
        except subprocess.CalledProcessError as error:
            print(f"{part} could not be measured: exit status {error.returncode}", file=sys.stderr)
            broken.append(part)
        print()
    print("=== What is to be reached\n")
    if asked.quick:
        print("It is set for a full run: of few records, the start is the most.\n")
    print("\n".join(told))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
