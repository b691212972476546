"""Tables and lines of JSON from other programs: what is read of them, and what is said where they are at fault."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.shipped import Run


def rows(run: Run, folder: Path, name: str) -> list[tuple[str, str, str]]:
    """The line, the name and the fault of each record of a file."""
    done = run("batch", name, "-f", "csv", "--select", "line,scenario,problem", cwd=folder)
    return [(row[0], row[1], row[2]) for row in list(csv.reader(io.StringIO(done.stdout)))[1:]]


def test_a_row_of_several_lines_is_at_its_first(run: Run, tmp_path: Path) -> None:
    table = 'id,description,operation_type\na,"one\ntwo\nthree",airstrke\n,"x\ny",airstrike\n'
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    bad, good = rows(run, tmp_path, "t.csv")
    assert bad[:2] == ("2", "a")
    assert bad[2].startswith("t.csv:2:1: `airstrke` is no value")
    assert good == ("5", "line-5", "")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("id;operation_type\na;airstrike\n", "t.csv:1:1: the cells of this table are parted by semicolons"),
        ("id\toperation_type\na\tairstrike\n", "t.csv:1:1: the cells of this table are parted by tabs"),
        ("id,operation_type,\na,airstrike,\n", "t.csv:1:19: column 3 has no name"),
        ("id,,operation_type,\na,,airstrike,\n", "t.csv:1:20: column 4 has no name"),
        ("id,operation_type\ra,airstrike\r", "t.csv:1:1: a carriage return stands here alone"),
        ("days_since_hostilities_began\nfive\n", "at least 0, and `five` is none"),
        ("hostilities_start_date\n1 May\n", "such as 2025-02-04, and `1 May` is none"),
        ("uses_armed_force\nmaybe\n", "is a yes/no fact, and `maybe` is neither"),
        ("as_of\n1 May\n", "`as_of` needs a date such as 2025-02-04, and `1 May` is none"),
        ("as_of\n2025-02-30\n", "`as_of` is no day of the calendar: `2025-02-30`"),
        ("operation_type\n[]\n", "`operation_type` has an empty list"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(run: Run, tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "t.csv").write_bytes(table.encode())
    ((_, _, problem),) = rows(run, tmp_path, "t.csv")
    assert words in problem


@pytest.mark.parametrize("name", ["t.tsv", "t.XLSX", "t.tsv.gz"])
def test_a_table_of_another_kind_is_neither_read_nor_written(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"id\toperation_type\na\tairstrike\n")
    read = run("batch", name, cwd=tmp_path)
    assert read.returncode == 3
    assert f"`{name}` is a table of a kind that is not read" in read.stderr
    assert "save it as CSV in UTF-8, with commas" in read.stdout
    written = run("batch", "day-75", "-o", f"new-{name}", cwd=tmp_path)
    assert written.returncode == 2
    assert "nothing is written as" in written.stderr
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_whole_number_may_have_a_fraction_of_nothing(run: Run, tmp_path: Path) -> None:
    numbers = ["61", "61.0", "61.5", "1e400", "NaN", "61.00"]
    lines = [f'{{"scenario": "A", "facts": {{"days_since_hostilities_began": {one}}}}}' for one in numbers]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "t.csv").write_text("\n".join(["days_since_hostilities_began", *numbers]), encoding="utf-8")
    of_lines, of_table = rows(run, tmp_path, "t.jsonl"), rows(run, tmp_path, "t.csv")
    assert [not problem for *_, problem in of_lines] == [True, True, False, False, False, True]
    assert [not problem for *_, problem in of_table] == [True, True, False, False, False, True]
    for number, (_, _, problem), (_, _, other) in zip(numbers, of_lines, of_table, strict=True):
        assert not problem or (f"`{number}`" in problem and f"`{number}`" in other)


def test_a_line_holds_whatever_json_allows(run: Run, tmp_path: Path) -> None:
    texts = ["a\u2028b", "a\u2029b", "a\x7fb", "a\ufeffb"]
    lines = [json.dumps({"scenario": "A", "description": one}, ensure_ascii=False) for one in texts]
    bad = '{"scenario": "A", "facts": {"operation_type": "a\u2028b"}}'
    (tmp_path / "t.jsonl").write_text("\n".join([*lines, bad, '{"scenario": "a\x01b"}']), encoding="utf-8")
    found = rows(run, tmp_path, "t.jsonl")
    assert [problem for *_, problem in found[:4]] == [""] * 4
    assert found[4][2].startswith("t.jsonl:5:1: `a b` is no value of `operation_type`")
    assert found[5][2].startswith("t.jsonl:6:16: this is not JSON: invalid control character: ")
    (tmp_path / "t.csv").write_text("scenario,operation_type\na\u2028b,airstrike\n", encoding="utf-8")
    assert rows(run, tmp_path, "t.csv") == [("2", "line-2", "")]


def test_a_record_at_fault_shows_no_line_by_another_number(run: Run, tmp_path: Path) -> None:
    line = '{"scenario": "A", "facts": {"operation_type": "x"}}\n'
    (tmp_path / "t.jsonl").write_text(line * 2, encoding="utf-8")
    said = run("check", "t.jsonl", cwd=tmp_path).stdout
    assert "t.jsonl:2:1: error: `x` is no value" in said
    assert " | " not in said


def test_what_holds_no_scenario_is_counted_as_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "folder").mkdir()
    for name in ("empty.jsonl", "folder", "nowhere.yaml"):
        done = run("batch", name, cwd=tmp_path)
        assert done.stderr.startswith(f"1 input; 1 could not be answered, the first: {name}: ")
        done = run("batch", "day-75", name, cwd=tmp_path)
        assert done.stderr.startswith(f"2 inputs; 1 could not be answered, the first: {name}: ")
    assert run("batch", "day-75", cwd=tmp_path).stderr == "1 scenario\n"


def test_a_column_is_selected_once(run: Run) -> None:
    for form in ("csv", "jsonl"):
        done = run("batch", "day-75", "-f", form, "--select", "scenario,gaps,scenario")
        assert (done.returncode, done.stdout) == (2, "")
        assert "`scenario` is named twice" in done.stderr


def test_a_file_of_pandas_says_what_its_frame_does(run: Run, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame(
        {
            "operation_type": [["airstrike"], [], ["airstrike"]],
            "hostilities_start_date": pandas.to_datetime(["2024-12-20", None, "2024-12-20 23:59"], format="ISO8601"),
            "host_consent_status": [float("nan")] * 3,
            "days_since_hostilities_began": [None, 61.0, None],
        }
    )
    frame.to_parquet(tmp_path / "t.parquet")
    first, second, third = rows(run, tmp_path, "t.parquet")
    assert first == ("1", "line-1", "")
    assert "t.parquet:2:1: `operation_type` has an empty list" in second[2]
    assert "and `2024-12-20 23:59:00.000000` is none" in third[2]
    frame[["operation_type", "host_consent_status"]].assign(host_consent_status=[float("nan"), 1.0, 2.0]).to_parquet(
        tmp_path / "u.parquet"
    )
    ((_, _, problem),) = rows(run, tmp_path, "u.parquet")
    assert "the column `host_consent_status` is of the type double" in problem
