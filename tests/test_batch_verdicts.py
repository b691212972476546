"""Records of every kind, alike and not, in every form: the verdicts are those of a decision of each alone."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from authcheck.answer import Decider
from authcheck.decision.verdicts import single_verdict
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.folders import load_record
from authcheck.model.fact import FactType
from tests.shipped import Run, pack

Verdicts = Mapping[str, str]
DAYS = ("2025-02-04", "2003-05-01", "1975-01-01", "2026-03-01")
LENSES = ("documents", "all", "executive")
COUNT = 80


def facts(draw: random.Random) -> Iterator[tuple[str, object]]:
    """Yield facts that may all be so, and now and then some that cannot be."""
    yield (
        "operation_type",
        draw.choice(["airstrike", "ground_raid", "training", ["airstrike", "ground_raid"], "unknown"]),
    )
    yield "operation_location", draw.choice(["host_country", "united_states", "unknown"])
    for fact in draw.sample(list(pack().facts.values()), draw.randint(0, 4)):
        match fact.type:
            case FactType.NUMBER:
                yield fact.fact, draw.choice([fact.minimum, 5, 45, 59, 60, 61, 90, 400, "unknown", [5, 70]])
            case FactType.DATE:
                yield fact.fact, draw.choice(["2024-12-20", "2001-09-11", "unknown"])
            case FactType.YES_NO:
                yield fact.fact, draw.choice([True, False, "unknown"])
            case _:
                yield fact.fact, draw.choice([*fact.values, "unknown", draw.sample(list(fact.values), 2)])


@cache
def drawn() -> list[dict[str, object]]:
    """Return records, each of which comes again later under another name."""
    draw = random.Random(10)  # noqa: S311 - nothing is secret here.
    found: list[dict[str, object]] = []
    for number in range(COUNT):
        record: dict[str, object] = {"scenario": f"Number {number}", "facts": dict(facts(draw))}
        if draw.random() < 0.7:
            record["as_of"] = draw.choice(DAYS)
        if draw.random() < 0.08:
            record["unstated"] = draw.choice(["unknown", "absent"])
        found.append(record)
    again = [*found, *draw.sample(found, len(found))]
    return [{"id": f"r{number}", **record} for number, record in enumerate(again)]


@cache
def decided(lens: str) -> list[Verdicts]:
    """Return the verdicts on each record by itself; none where it cannot be answered."""
    expected: dict[str, Verdicts] = {}
    ask = Decider(pack())
    for record in drawn()[:COUNT]:
        loaded = load_record(json.dumps(record), 1, "here", pack())
        expected[str(record["scenario"])] = {}
        if loaded.scenario is None:
            continue
        try:
            decision = ask.decision(loaded.scenario, lens=lens)
            powers = {
                f"power: {name}": single_verdict(power.possible).value if power.possible else "not-needed"
                for name, power in decision.powers.items()
            }
            named = {name: one.value for name, one in decision.verdicts.items()}
            gaps = " ".join(name for name in decision.powers if decision.is_gap(name))
        except AuthcheckError:
            continue
        expected[str(record["scenario"])] = {**named, **powers, "relies_on": " ".join(decision.relies_on), "gaps": gaps}
    return [expected[str(record["scenario"])] for record in drawn()]


def of_lines(text: str) -> list[Verdicts]:
    found: list[Verdicts] = []
    for record in map(json.loads, text.splitlines()):
        if record["schema"] == "authcheck.problem/1":
            found.append({})
            continue
        powers = {f"power: {name}": one["verdict"] or "not-needed" for name, one in record["powers"].items()}
        named = {name: one["verdict"] for name, one in record["authorities"].items()}
        lists = {key: " ".join(record[key]) for key in ("relies_on", "gaps")}
        found.append({**named, **powers, **lists})
    return found


def of_table(text: str) -> list[Verdicts]:
    names = [*pack().authorities, *(f"power: {name}" for name in pack().powers), "relies_on", "gaps"]
    rows = csv.DictReader(io.StringIO(text))
    return [{} if row["problem"] else {name: row[name] for name in names} for row in rows]


def cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(map(cell, value))
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("lens", LENSES)
def test_the_verdicts_of_lines_are_those_of_a_decision_of_each(run: Run, tmp_path: Path, lens: str) -> None:
    assert sum(not one for one in decided(lens)) < COUNT < len(drawn())
    text = "".join(f"{json.dumps(record)}\n" for record in drawn())
    (tmp_path / "in.jsonl").write_text(text, encoding="utf-8")
    assert of_lines(run("batch", "in.jsonl", "--lens", lens, cwd=tmp_path).stdout) == decided(lens)


def test_the_verdicts_of_a_table_are_those_of_a_decision_of_each(run: Run, tmp_path: Path) -> None:
    columns = ["id", "scenario", "as_of", "unstated", *pack().facts]
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(columns)
        for record in drawn():
            stated = record["facts"]
            assert isinstance(stated, dict)
            told = {**record, **stated}
            rows.writerow([cell(told.get(name, "")) for name in columns])
    assert of_table(run("batch", "in.csv", "-f", "csv", cwd=tmp_path).stdout) == decided("documents")
