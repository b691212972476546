"""Records of every kind, alike and not, in every form: the verdicts are those of a decision of each alone.

AUTHCHECK_RECORDS=100000 tries so many under every lens, AUTHCHECK_DIFFERENT=10000 says how many of them differ (all).
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from authcheck.answer import Decider
from authcheck.decision.verdicts import single_verdict
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.folders import load_record
from authcheck.model.fact import FactType
from tests.shipped import Run, pack

Verdicts = Mapping[str, str]
RECORDS = int(os.environ.get("AUTHCHECK_RECORDS", "0"))
DAYS = ("2025-02-04", "2003-05-01", "1975-01-01", "2026-03-01")
LENSES = tuple(pack().lenses) if RECORDS else ("documents", "all", "executive")
# So many differ; the others are some of them again, under another name.
COUNT = int(os.environ.get("AUTHCHECK_DIFFERENT", RECORDS or 80))
AGAIN = max(RECORDS - COUNT, min(COUNT, 1000))
MOST_FILES = 2000


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
    """Return records that all differ, then some of them again under another name."""
    draw = random.Random(10)  # noqa: S311 - nothing is secret here.
    found: dict[str, dict[str, object]] = {}
    while len(found) < COUNT:
        record: dict[str, object] = {"facts": dict(facts(draw))}
        if draw.random() < 0.7:
            record["as_of"] = draw.choice(DAYS)
        if draw.random() < 0.08:
            record["unstated"] = draw.choice(["unknown", "absent"])
        found.setdefault(json.dumps(record, sort_keys=True), {"scenario": f"Number {len(found)}", **record})
    every = [*found.values()]
    again = draw.choices(every, k=AGAIN)
    return [{"id": f"r{number}", **record} for number, record in enumerate([*every, *again])]


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


def of_lines(lines: Iterable[str]) -> Iterator[Verdicts]:
    for record in map(json.loads, lines):
        if record["schema"] == "authcheck.problem/1":
            yield {}
            continue
        powers = {f"power: {name}": one["verdict"] or "not-needed" for name, one in record["powers"].items()}
        named = {name: one["verdict"] for name, one in record["authorities"].items()}
        lists = {key: " ".join(record[key]) for key in ("relies_on", "gaps")}
        yield {**named, **powers, **lists}


def of_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[Verdicts]:
    """Yield the verdicts of rows of a table, in which names may be lists."""
    names = [*pack().authorities, *(f"power: {name}" for name in pack().powers), "relies_on", "gaps"]
    for row in rows:
        told = {name: row[name] or "" for name in names}
        words = {name: one if isinstance(one, str) else " ".join(one) for name, one in told.items()}
        yield {} if row["problem"] else words


def of_table(text: str) -> list[Verdicts]:
    return [*of_rows(csv.DictReader(io.StringIO(text)))]


def cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(map(cell, value))
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def as_rows() -> Iterator[dict[str, str]]:
    """Yield each record as a row of a table of text, with the cells that are not empty."""
    for record in drawn():
        told = {name: cell(value) for name, value in record.items() if name != "facts"}
        stated = record["facts"]
        assert isinstance(stated, dict)
        yield {**told, **{name: cell(value) for name, value in stated.items()}}


def write_lines(file: Path) -> None:
    file.write_text("".join(f"{json.dumps(record)}\n" for record in drawn()), encoding="utf-8")


def write_table(file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, ["id", "scenario", "as_of", "unstated", *pack().facts])
        rows.writeheader()
        rows.writerows(as_rows())


def write_parquet(file: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [*as_rows()]
    names = ("id", "scenario", "as_of", "unstated", *{name: None for row in rows for name in row})
    pq.write_table(pa.table({name: [row.get(name) for row in rows] for name in dict.fromkeys(names)}), file)


def read(file: Path) -> list[dict[str, Any]]:
    """Return the records of a file, or the rows of a table, as their keys and cells have them."""
    match file.suffix:
        case ".jsonl":
            return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        case ".csv":
            with file.open(encoding="utf-8", newline="") as lines:
                return [*csv.DictReader(lines)]
        case _:
            import pyarrow.parquet as pq

            rows: list[dict[str, Any]] = pq.read_table(file).to_pylist()
            return rows


def assert_decided(found: Iterable[Verdicts], lens: str, count: int | None = None) -> None:
    """Assert that these are the verdicts on the first records, each as its decision alone has them."""
    for record, verdicts, wanted in zip(drawn()[:count], found, decided(lens)[:count], strict=True):
        assert verdicts == wanted, (lens, record)


@pytest.mark.parametrize("lens", LENSES)
def test_the_records_are_of_every_kind(lens: str) -> None:
    assert 0 < sum(not one for one in decided(lens)) < len(drawn()) / 3
    unknown = sum("unknown" in json.dumps(record) for record in drawn())
    assert len(drawn()) * 0.4 < unknown < len(drawn()) * 0.8
    assert len({json.dumps(one) for one in decided(lens)}) > 20


@pytest.mark.parametrize("lens", LENSES)
def test_the_verdicts_of_lines_are_those_of_a_decision_of_each(run: Run, tmp_path: Path, lens: str) -> None:
    write_lines(tmp_path / "in.jsonl")
    run("batch", "in.jsonl", "-o", "out.jsonl", "--lens", lens, cwd=tmp_path)
    with (tmp_path / "out.jsonl").open(encoding="utf-8") as lines:
        assert_decided(of_lines(lines), lens)


@pytest.mark.parametrize("lens", LENSES)
def test_the_verdicts_of_a_table_are_those_of_a_decision_of_each(run: Run, tmp_path: Path, lens: str) -> None:
    write_table(tmp_path / "in.csv")
    run("batch", "in.csv", "-o", "out.csv", "--lens", lens, cwd=tmp_path)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as lines:
        assert_decided(of_rows(csv.DictReader(lines)), lens)


@pytest.mark.parametrize("lens", LENSES)
def test_the_verdicts_of_parquet_are_those_of_a_decision_of_each(run: Run, tmp_path: Path, lens: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    write_parquet(tmp_path / "in.parquet")
    run("batch", "in.parquet", "-o", "out.parquet", "--lens", lens, cwd=tmp_path)
    table = parquet.ParquetFile(tmp_path / "out.parquet")
    assert_decided(of_rows(row for some in table.iter_batches() for row in some.to_pylist()), lens)


@pytest.mark.parametrize("lens", LENSES)
def test_the_verdicts_of_files_are_those_of_a_decision_of_each(run: Run, tmp_path: Path, lens: str) -> None:
    for number, record in enumerate(drawn()[:MOST_FILES]):
        text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in record.items() if key != "id")
        (tmp_path / f"r{number:06}.yaml").write_text(text, encoding="utf-8")
    assert_decided(of_lines(run("batch", ".", "--lens", lens, cwd=tmp_path).stdout.splitlines()), lens, MOST_FILES)
