"""Tables of Parquet, read and written: they say what a table of text says."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import json
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from authcheck.cli.parquet import KeptParquet
from authcheck.cli.unfinished import Tally
from tests.processes import started
from tests.shipped import Run
from tests.test_batch import line
from tests.test_batch_verdicts import write_parquet

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'authcheck[tables]'")
pq = pytest.importorskip("pyarrow.parquet")

from authcheck.arrow.writing import Writer  # noqa: E402 - it needs pyarrow.

STRIKE = {"operation_type": ["airstrike"], "operation_location": ["host_country"]}


def rows(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(file).to_pylist()
    return found


def as_text(row: Mapping[str, object]) -> dict[str, str]:
    words = {name: " ".join(value) if isinstance(value, list) else value for name, value in row.items()}
    return {name: "" if value is None else str(value) for name, value in words.items()}


def write(file: Path, **columns: object) -> None:
    pq.write_table(pa.table(columns), file)


def test_parquet_says_what_a_table_of_text_says(run: Run, tmp_path: Path) -> None:
    write_parquet(tmp_path / "in.parquet")
    run("batch", "in.parquet", "-o", "out.parquet", cwd=tmp_path)
    table = run("batch", "in.parquet", "-f", "csv", cwd=tmp_path).stdout
    assert [*map(as_text, rows(tmp_path / "out.parquet"))] == [*csv.DictReader(io.StringIO(table))]


def test_columns_of_every_type_state_what_the_same_text_states(run: Run, tmp_path: Path) -> None:
    write(
        tmp_path / "typed.parquet",
        id=["a", "b", "c", None],
        operation_type=pa.array([["airstrike"], ["airstrike", "training"], None, ["training"]]),
        uses_armed_force=[True, None, False, None],
        days_since_hostilities_began=pa.array([70, None, 61, 3], pa.int16()),
        war_powers_report_date=[datetime.date(2025, 1, 5), None, None, None],
        host_consent_status=pa.array(["given", "unknown", None, "given"]).dictionary_encode(),
        as_of=[datetime.date(2025, 2, 4), None, None, datetime.date(1975, 1, 1)],
    )
    heads = "id,operation_type,uses_armed_force,days_since_hostilities_began,war_powers_report_date,host_consent_status"
    text = f"{heads},as_of\na,airstrike,true,70,2025-01-05,given,2025-02-04\nb,airstrike|training,,,,unknown,\n"
    (tmp_path / "typed.csv").write_text(f"{text}c,,no,61,,,\n,training,,3,,given,1975-01-01\n", encoding="utf-8")

    def told(name: str) -> list[dict[str, str]]:
        found = [*csv.DictReader(io.StringIO(run("batch", name, "-f", "csv", cwd=tmp_path).stdout))]
        return [{key: value.replace(name, "") for key, value in row.items() if key != "line"} for row in found]

    of_table, of_text = told("typed.parquet"), told("typed.csv")
    assert [row["scenario"] for row in of_table] == ["a", "b", "c", "line-4"]
    assert of_table[:3] == of_text[:3]
    assert {**of_table[3], "scenario": ""} == {**of_text[3], "scenario": ""}


def test_a_column_that_cannot_be_is_named(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "name.parquet", id=["a"], operation_typ=["airstrike"])
    write(tmp_path / "type.parquet", id=["a"], operation_type=[1], uses_armed_force=["yes"], nix=pa.array([None]))
    write(tmp_path / "kind.parquet", operation_type=[1], days_since_hostilities_began=[datetime.date(2025, 1, 1)])
    for name, words in (
        ("name", ["did you mean `operation_type`?"]),
        ("type", ["`nix` is no fact"]),
        (
            "kind",
            ["column `operation_type` is of the type int64", "`days_since_hostilities_began` is of the type date32"],
        ),
    ):
        done = run("batch", f"{name}.parquet", cwd=tmp_path)
        record = json.loads(done.stdout)
        assert (done.returncode, record["schema"]) == (3, "authcheck.problem/1")
        assert all(word in done.stdout for word in words)


def test_a_bad_row_is_named_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    write(
        tmp_path / "in.parquet",
        id=["a", "b", "c", "d", "e"],
        operation_type=pa.array([["airstrike"], ["airstrke"], ["airstrike", None], ["training"], None]),
        days_since_hostilities_began=[1.0, 2.0, 3.0, 4.5, None],
    )
    done = run("batch", "in.parquet", "-o", "out.parquet", cwd=tmp_path)
    found = rows(tmp_path / "out.parquet")
    assert done.returncode == 3
    assert [(row["line"], row["problem"] is None) for row in found] == [
        (1, True), (2, False), (3, False), (4, False), (5, True)
    ]  # fmt: skip
    assert "in.parquet:2:1: `airstrke` is no value" in found[1]["problem"]
    assert "whole number" in found[3]["problem"]
    assert "5 inputs; 3 could not be answered, the first: in.parquet:2:1: `airstrke` is no value" in done.stderr
    assert all(found[1][name] is None for name in ("relies_on", "article-ii", "as_of"))


def test_a_table_without_rows_is_nothing_to_do(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.parquet", id=pa.array([], pa.string()))
    for more in ((), ("-o", "out.parquet")):
        done = run("batch", "in.parquet", *more, cwd=tmp_path)
        assert done.returncode == 5
        assert "`in.parquet` holds no scenario" in done.stderr


@pytest.mark.parametrize("name", ["cut.parquet", "none.parquet", "cut.jsonl.zst", "none.csv.zst"])
def test_a_file_that_is_broken_off_is_said_to_be(run: Run, tmp_path: Path, name: str) -> None:
    if name.endswith(".zst"):
        with pa.CompressedOutputStream(tmp_path / name, "zstd") as stream:
            stream.write(b'{"scenario": "A", "facts": {}}\n' * 9000)
    else:
        write(tmp_path / name, **STRIKE)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) * 9 // 10] if name.startswith("cut") else b"none of it")
    done = run("batch", name, "--select", "scenario", cwd=tmp_path)
    assert done.returncode == 3
    assert "is broken off, or no file of" in done.stdout.splitlines()[-1]


def test_what_zstd_has_packed_is_read_as_what_it_packs(run: Run, tmp_path: Path) -> None:
    for name, text in (("in.jsonl", '{"scenario": "A", "facts": {}}\n\n{\n'), ("in.csv", "id\na\n\nb\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pa.CompressedOutputStream(tmp_path / f"{name}.zst", "zstd") as stream:
            stream.write(text.encode())
        packed = run("batch", f"{name}.zst", cwd=tmp_path).stdout
        assert packed.replace(f"{name}.zst", name) == run("batch", name, cwd=tmp_path).stdout


def test_selected_columns_stand_in_the_order_asked_for(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.parquet", id=["a", "b"], operation_type=["airstrike", "training"])
    run("batch", "in.parquet", "-o", "out.parquet", "--select", "gaps,scenario,article-ii", cwd=tmp_path)
    assert pq.read_schema(tmp_path / "out.parquet").names == ["gaps", "scenario", "article-ii"]
    assert [row["scenario"] for row in rows(tmp_path / "out.parquet")] == ["a", "b"]
    assert run("batch", "in.parquet", "-o", "x.parquet", "--select", "gap", cwd=tmp_path).returncode == 2


def test_scenarios_of_every_kind_are_written_as_in_a_table_of_text(run: Run, tmp_path: Path) -> None:
    shown = run("batch", "authorities/scenarios", "-f", "csv").stdout
    run("batch", "authorities/scenarios", "-o", str(tmp_path / "out.parquet"))
    assert [*map(as_text, rows(tmp_path / "out.parquet"))] == [*csv.DictReader(io.StringIO(shown))]


def test_an_interrupted_run_goes_on_in_another_part(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"{line(number)}\n" for number in range(4000))
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    asked = ("batch", "in.jsonl", "-o", "out.parquet", "--select", "scenario,line,gaps,article-ii")
    # A group has three tables, and a part two: the groups are the same in the end.
    monkeypatch.setattr("authcheck.cli.batch._SIZE_OF_TABLE", 1 << 16)
    monkeypatch.setattr("authcheck.arrow.writing._GROUP", 1500)
    run(*asked, cwd=tmp_path)
    whole, data = rows(tmp_path / "out.parquet"), (tmp_path / "out.parquet").read_bytes()
    (tmp_path / "out.parquet").unlink()
    add = KeptParquet.add
    monkeypatch.setattr("authcheck.cli.parquet._OFTEN", 1.0)
    monkeypatch.setattr("authcheck.cli.parquet.time", SimpleNamespace(monotonic=itertools.count().__next__))

    def broken_off(self: KeptParquet, tables: Sequence[bytes], tally: Tally) -> None:
        if self.tally.inputs - begun > 1000:
            raise KeyboardInterrupt
        add(self, tables, tally)

    for begun in (0, 1000):
        with monkeypatch.context() as patch:
            patch.setattr(KeptParquet, "add", broken_off)
            assert run(*asked, *(["--resume"] if begun else []), cwd=tmp_path).returncode == 130
        assert not (tmp_path / "out.parquet").exists()
        parts = sorted(tmp_path.glob("out.parquet.part.[0-9]"))
        found = [row for part in parts for row in rows(part)]
        assert begun < len(found) < len(whole)
        assert found == whole[: len(found)]
    refused = run(*asked, "--resume", "--lens", "all", cwd=tmp_path)
    assert (refused.returncode, "--lens was documents, and is all" in " ".join(refused.stderr.split())) == (2, True)
    assert run(*asked, "--resume", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out.parquet").read_bytes() == data
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", "out.parquet"]


def test_a_run_that_is_interrupted_while_rows_are_written_doubles_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"{line(number)}\n" for number in range(2000))
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    asked = ("batch", "in.jsonl", "-o", "out.parquet", "--select", "scenario,line")
    monkeypatch.setattr("authcheck.cli.parquet._OFTEN", 0.0)
    monkeypatch.setattr("authcheck.cli.batch._SIZE_OF_TABLE", 1 << 16)
    wrote = Writer._write  # noqa: SLF001 - there it may be interrupted.
    count = 0

    def interrupted(self: Writer) -> None:
        nonlocal count
        count += 1
        held = self._held
        wrote(self)
        if count == 2:
            self._held = held
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_write", interrupted)
        done = run(*asked, cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (130, 1)
    begun = rows(tmp_path / "out.parquet.part.1")
    assert 0 < len(begun) < 2000
    assert sorted(one.name for one in tmp_path.glob("out*")) == [
        f"out.parquet.part{end}" for end in ("", ".1", ".json")
    ]
    assert run(*asked, "--resume", cwd=tmp_path).returncode == 0
    assert [row["line"] for row in rows(tmp_path / "out.parquet")] == [*range(1, 2001)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system cannot kill a process at once")
def test_a_run_that_is_killed_loses_and_doubles_nothing(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    count = 60_000
    kinds = pa.array(["airstrike", "training", "airstrke"]).take(pa.array([at % 3 for at in range(count)]))
    write(tmp_path / "in.parquet", id=[f"r{number}" for number in range(count)], operation_type=kinds)
    asked = ("batch", "in.parquet", "-o", "out.parquet", "--select", "scenario,line,problem,article-ii")
    # Blocks are small and parts shorter, lest the run be over before it is killed.
    script = "import sys; from authcheck.cli import batch, main, parquet; batch._SIZE_OF_TABLE = 1 << 16; "
    script += "parquet._OFTEN = 0.05; sys.argv[0] = 'authcheck'; main()"
    part = tmp_path / "out.parquet.part.3"
    with started([sys.executable, "-c", script, *asked], cwd=tmp_path, env=clean_environment) as process:
        while process.poll() is None and not part.exists():
            time.sleep(0.005)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert run(*asked, "--resume", cwd=tmp_path).returncode == 3
    found = rows(tmp_path / "out.parquet")
    assert [row["line"] for row in found] == [*range(1, count + 1)]
    assert all((row["problem"] is None) == (row["line"] % 3 > 0) for row in found)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_a_run_that_stops_at_what_is_wrong_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"scenario": "A", "facts": {}}\n{\n', encoding="utf-8")
    assert run("batch", "in.jsonl", "-o", "out.parquet", "--strict", cwd=tmp_path).returncode == 3
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-f", "parquet"), "Parquet is written to a file"),
        (("-o", "out.parquet", "--resume"), "nothing to go on with"),
        (("-o", "out.parquet", "--full"), "a table has no room"),
    ],
)
def test_what_parquet_cannot_be_is_said(run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    write(tmp_path / "in.parquet", **STRIKE)
    done = run("batch", "in.parquet", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert [one.name for one in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize("arguments", [("in.parquet",), ("in.jsonl.zst",), ("in.jsonl", "-o", "out.parquet")])
def test_without_the_library_it_is_said_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    for name in ("in.parquet", "in.jsonl.zst", "in.jsonl"):
        (tmp_path / name).write_bytes(b'{"scenario": "A", "facts": {}}')
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("batch", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'authcheck[tables]'" in " ".join(done.stderr.split())
    assert done.stdout == ""
