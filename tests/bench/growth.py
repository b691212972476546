"""Measures how time and memory grow: with records, with the authorities of a pack, and with elements over ten facts.

    python -m tests.bench.growth [--records N] [--authorities N] [--elements N] [--plot FILE.svg]

Each series ends in its slope on a log-log plot, by least squares: 1.0 is as many times the time for as many times the
size. From the time for records that of a process with a single one is taken, which is its start. Packs are made up:
each authority has four facts, a power and a question of its own, and all of it is open. Nothing is asserted: machines
are shared and noisy.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from authcheck.answer import Decider
from authcheck.diagnostics import Place
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, shipped_pack
from authcheck.model.authority import Authority, Element, Ground, Role, Rule, Supply
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, Not, Test, Truth
from authcheck.model.fact import Fact, FactKind, FactType
from authcheck.model.pack import Pack, Power
from authcheck.model.question import Lens, Question, Reading
from authcheck.model.scenario import Scenario
from tests.bench.measuring import reached

HERE = Place("bench")
STEEPEST = 1.05
TRUE = Constant(Truth.TRUE)
READINGS = ("broad", "narrow")
VALUES: Mapping[str, Sequence[str]] = {
    "operation_type": ("airstrike", "ground_raid", "capture_operation", "training", "intelligence_collection"),
    "conducting_element": ("us_armed_forces", "cia_special_operations_group", "us_law_enforcement"),
    "host_consent_status": ("none", "requested", "given", "refused", "unknown"),
}


def slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of the line through the logarithms."""
    points = [(math.log(size), math.log(max(taken, 1e-9))) for size, taken in zip(sizes, seconds, strict=True)]
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    rise = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return float(rise / sum((x - middle[0]) ** 2 for x, _ in points))


def curve(rows: Sequence[tuple[int, float, float]], left: int, what: str) -> str:
    """Return the picture of the time for each size, on axes of logarithms, with the line whose slope is told."""
    sizes, seconds = [row[0] for row in rows], [max(row[1], 1e-9) for row in rows]
    rise = slope(sizes, seconds)
    logs = [[math.log10(value) for value in axis] for axis in (sizes, seconds)]
    (least, lowest), (most, highest) = ([end(axis) for axis in logs] for end in (min, max))
    middle = [sum(axis) / len(axis) for axis in logs]
    # The same distance is the same factor on both axes: a slope of one is a diagonal.
    unit = 220 / max(most - least, highest - lowest)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + 70 + (x - least) * unit, 260 - (y - lowest) * unit

    def words(x: float, y: float, text: str, more: str = "") -> str:
        return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{text}</text>'

    ends = [at(x, middle[1] + rise * (x - middle[0])) for x in (least, most)]
    marks = [at(x, y) for x, y in zip(*logs, strict=True)]
    (x1, y1), (x2, y2) = ends
    return "\n".join(
        [
            words(left + 70, 22, f"{what}: slope {rise:.2f}", 'font-weight="bold"'),
            f'<path d="M{left + 70} 30V260H{left + 290}" fill="none" stroke="#888"/>',
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#b40" stroke-dasharray="4"/>',
            *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#036"/>' for x, y in marks),
            words(left + 70, 276, f"{sizes[0]:,}"),
            words(left + 290, 276, f"{sizes[-1]:,}", 'text-anchor="end"'),
            *(
                words(left + 66, y, f"{1e3 * taken:,.4g} ms", 'text-anchor="end"')
                for taken, (_, y) in ((seconds[0], marks[0]), (seconds[-1], marks[-1]))
            ),
        ]
    )


def picture(series: Mapping[str, Sequence[tuple[int, float, float]]]) -> str:
    """Return the curves beside one another as SVG."""
    curves = [curve(rows, 350 * at, what) for at, (what, rows) in enumerate(series.items())]
    size = f'width="{350 * len(series)}" height="290"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *curves, "</svg>\n"])


def table(what: str, rows: Sequence[tuple[int, float, float]], ends_in: str = "") -> str:
    """Return sizes with their time, memory and time for each, and the slope."""
    lines = [f"{what:>12} {'ms':>10} {'MB':>8} {'us each':>10}"]
    lines += [
        f"{size:>12,} {1e3 * taken:>10.1f} {memory:>8.1f} {1e6 * taken / size:>10.2f}" for size, taken, memory in rows
    ]
    found = slope([row[0] for row in rows], [row[1] for row in rows])
    return "\n".join([*lines, f"{what}: slope {found:.2f}{ends_in}  {reached(found, STEEPEST)}"])


# --- records


def lines(count: int) -> Iterator[str]:
    """Return so many records of few facts, the same each time, with at most some thousands of distinct ones."""
    draw = random.Random(3)  # noqa: S311 - nothing is secret here.
    for number in range(count):
        facts: dict[str, object] = {name: draw.choice(values) for name, values in VALUES.items()}
        facts["days_since_hostilities_began"] = draw.randint(0, 90)
        yield json.dumps({"id": f"r{number}", "scenario": f"Number {number}", "facts": facts}) + "\n"


def answered(file: Path) -> tuple[float, float]:
    """Return the seconds of the processor and the most megabytes that a process takes for the records of a file."""
    command = [sys.executable, "-m", "authcheck", "batch", str(file), "-o", f"{file}.csv", "--force"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def of_records(most: int) -> tuple[list[tuple[int, float, float]], float]:
    """Return how a batch grows with its records, and the start that is taken off."""
    rows: list[tuple[int, float, float]] = []
    start = 0.0
    with tempfile.TemporaryDirectory() as name:
        for count in (1, *(10**power for power in range(3, 10) if 10**power <= most)):
            file = Path(name, f"{count}.jsonl")
            with file.open("w", encoding="utf-8") as stream:
                stream.writelines(lines(count))
            taken, memory = answered(file)
            if count == 1:
                start = taken
            else:
                rows.append((count, taken - start, memory))
    return rows, start


# --- packs


def pack_of(base: Pack, authorities: Mapping[str, Authority], facts: Sequence[str]) -> Pack:
    """Return a pack of these authorities and yes/no facts, each authority with a power and a question of its name."""
    readings = {
        reading: Reading(reading, f"The {reading} one.", (), (), in_documents=reading == READINGS[0])
        for reading in READINGS
    }
    both = dict.fromkeys(authorities, READINGS)
    return dataclasses.replace(
        base,
        authorities=authorities,
        facts={
            name: Fact(name, "made-up", FactKind.STATUS, FactType.YES_NO, f"Is {name} so?", "", HERE) for name in facts
        },
        powers={name: Power(name, name, "", TRUE, HERE) for name in authorities},
        questions={name: Question(name, f"How is {name} read?", readings, HERE) for name in authorities},
        lenses={name: Lens(name, name, HERE, both) for name in ("documents", "all")},
        terms={},
        cautions={},
        claims={},
    )


def authority_of(name: str, elements: Sequence[Mapping[str, Condition]]) -> Authority:
    """Return a source of the power of its name, with a ground of elements: under one reading each, or contested."""
    made = (
        Element(
            f"{name}-{at}",
            "It is so.",
            (),
            HERE,
            question=name,
            readings={one: Rule(when) for one, when in rules.items()},
        )
        for at, rules in enumerate(elements)
    )
    return Authority(
        authority=name,
        title=name,
        law=name,
        authority_class="statute",
        role=Role.SOURCE,
        place=HERE,
        governs=TRUE,
        governs_text="",
        supplies=(Supply(name, {}),),
        grounds=(Ground("ground", "The ground", tuple(made), HERE),),
    )


def wide(base: Pack, count: int) -> Pack:
    """Return a pack of so many authorities, each of four facts of its own."""
    facts = [f"fact_{number}_{at}" for number in range(count) for at in range(4)]
    authorities = {}
    for number in range(count):
        first, second, third, last = (Test(f"fact_{number}_{at}", (True,)) for at in range(4))
        rules: list[Mapping[str, Condition]] = [
            {"broad": AnyOf((first, second)), "narrow": AllOf((first, second))},
            dict.fromkeys(READINGS, AnyOf((third, Not(last)))),
        ]
        authorities[f"law-{number}"] = authority_of(f"law-{number}", rules)
    return pack_of(base, authorities, facts)


def deep(base: Pack, count: int) -> Pack:
    """Return a pack of one authority of so many elements over the same ten facts."""
    draw = random.Random(5)  # noqa: S311 - nothing is secret here.
    facts = [f"fact_{at}" for at in range(10)]

    def rule() -> Condition:
        return AnyOf(tuple(Test(name, (draw.random() < 0.5,)) for name in draw.sample(facts, 3)))

    rules = [dict.fromkeys(READINGS, rule()) for _ in range(count)]
    return pack_of(base, {"law": authority_of("law", rules)}, facts)


def decided(pack: Pack) -> tuple[float, float]:
    """Return the seconds that the verdicts of a scenario of nothing take, met for the first time, and the megabytes."""
    nothing = Scenario("bench", "Bench", HERE, "sha256:bench", {})
    seconds = []
    for _ in range(3):
        start = time.process_time()
        Decider(pack).record(nothing)
        seconds.append(time.process_time() - start)
    tracemalloc.start()
    Decider(pack).record(nothing)
    memory = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return min(seconds), memory


def sizes(least: int, most: int) -> Iterator[int]:
    """Return sizes from the least to the most, about three in every ten-fold."""
    size = float(least)
    while size < most * 1.01:
        yield round(size)
        size *= 10 ** (1 / 3)


def main() -> int:
    """Return 0 if everything could be measured, else 1."""
    parser = argparse.ArgumentParser(description="How time and memory grow.")
    parser.add_argument("--records", type=int, default=1_000_000, metavar="N", help="the most records (1000000)")
    parser.add_argument("--authorities", type=int, default=1400, metavar="N", help="the most authorities (1400)")
    parser.add_argument("--elements", type=int, default=1000, metavar="N", help="the most elements (1000)")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw all of it here, as SVG")
    asked = parser.parse_args()
    series: dict[str, list[tuple[int, float, float]]] = {}
    base = load_pack(shipped_pack(), Cache(None))
    for what, make, least, most in (
        ("authorities", wide, 14, asked.authorities),
        ("elements", deep, 10, asked.elements),
    ):
        series[what] = [(size, *decided(make(base, size))) for size in sizes(least, most)]
        print(table(what, series[what]) + "\n", flush=True)
    try:
        series["records"], start = of_records(asked.records)
    except subprocess.CalledProcessError as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    print(table("records", series["records"], f"; a start of {1e3 * start:.0f} ms is taken off"))
    if asked.plot is not None:
        asked.plot.write_text(picture(series), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
