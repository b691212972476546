"""A sweep on the command line: what varies, what is left out, what is marked, and what is written."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from authcheck.schemas import result_schema
from tests.shipped import Run

TWO = ("--vary", "attack_location", "--vary", "attack_is_direct")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_has_the_columns_of_batch_and_says_what_it_says(run: Run, tmp_path: Path) -> None:
    swept = rows(run("sweep", "drone-attack", *TWO, "-f", "csv").stdout)
    assert len(swept) == 8
    for row in swept[::3]:
        given = [f"--set={name}={row[name]}" for name in ("attack_location", "attack_is_direct")]
        (alone,) = rows(run("evaluate", "drone-attack", *given, "-f", "csv", cwd=tmp_path).stdout)
        own = {name: cell for name, cell in row.items() if name in alone}
        assert len(own) > 60
        assert own == {name: alone[name] for name in own}


def test_what_cannot_be_so_is_left_out_and_counted_with_its_reason(run: Run) -> None:
    done = run("sweep", "drone-attack", *TWO, "-f", "csv")
    assert done.stderr.splitlines()[:2] == ["8 of 10 combinations", "2 cannot be so:"]
    assert "  1: no situation has these facts together: `attack_is_direct` yes, `attack_location`" in done.stderr
    assert "not_applicable" not in done.stdout
    nothing = run("sweep", "drone-attack", "--vary", "attack_location=not_applicable")
    assert (nothing.returncode, nothing.stdout) == (5, "")
    assert "no combination can be so: no situation has these facts together" in nothing.stderr


def test_what_no_longer_applies_is_left_out_and_said_to_be(run: Run, tmp_path: Path) -> None:
    facts = "operation_type: airstrike\n  attack_status: occurred\n  attack_location: united_states\n"
    (tmp_path / "attack.yaml").write_text(f"scenario: An attack\nfacts:\n  {facts}", encoding="utf-8")
    (tmp_path / "none.yaml").write_text(
        "scenario: No attack\nfacts:\n  operation_type: airstrike\n  attack_status: none\n", encoding="utf-8"
    )
    asked = ("sweep", "attack.yaml", "--vary", "attack_status")
    done = run(*asked, "-f", "csv", cwd=tmp_path)
    found = {row["attack_status"]: row for row in rows(done.stdout)}
    (alone,) = rows(run("evaluate", "none.yaml", "-f", "csv", cwd=tmp_path).stdout)
    assert {name: cell for name, cell in found["none"].items() if name in alone} == {
        name: alone[name] for name in found["none"] if name in alone
    }
    said = "attack_location no longer applies"
    assert done.stderr.splitlines() == ["3 of 3 combinations", f"with attack_status none, {said}"]
    assert f"With attack_status none, {said}." in run(*asked, cwd=tmp_path).stdout
    # A fact that varies as well is not left out: what it cannot be is counted.
    both = run(*asked, "--vary", "attack_location=united_states", "-f", "csv", cwd=tmp_path)
    assert "none" not in {row["attack_status"] for row in rows(both.stdout)}
    assert "1 cannot be so:" in both.stderr
    assert said not in both.stderr


def test_a_line_of_json_has_its_schema_and_names_what_has_changed(run: Run) -> None:
    done = run("sweep", "drone-attack", "--vary", "attack_is_direct", "-f", "jsonl", "-a", "article-ii")
    same, other = (json.loads(line) for line in done.stdout.splitlines())
    for record in (same, other):
        jsonschema.validate(record, result_schema("sweep"))
        assert list(record["authorities"]) == ["article-ii"]
    assert (same["facts"], same["changed"]) == ({"attack_is_direct": "true"}, [])
    assert (other["facts"], other["changed"][:2]) == ({"attack_is_direct": "false"}, ["article-ii", "war-powers"])


def test_json_is_one_array_of_the_lines(run: Run, tmp_path: Path) -> None:
    asked = ("sweep", "drone-attack", *TWO, "--vary", "host_consent_status")
    lines = [json.loads(line) for line in run(*asked, "-f", "jsonl").stdout.splitlines()]
    assert len(lines) > 10
    assert run(*asked, "-o", "rows.json", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "rows.json").read_text(encoding="utf-8")) == lines
    assert json.loads(run(*asked, "-f", "json").stdout) == lines
    assert run(*asked, "-f", "json", "--where", "article-ii=not-engaged").stdout == "[]\n"


def test_a_file_of_parquet_holds_what_the_table_holds(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    asked = ("sweep", "drone-attack", *TWO, "--vary", "host_consent_status=given,refused", "--pairs")
    assert run(*asked, "-o", "rows.parquet", cwd=tmp_path).returncode == 0
    table = parquet.read_table(tmp_path / "rows.parquet").to_pylist()
    for row, of_text in zip(table, rows(run(*asked, "-f", "csv").stdout), strict=True):
        assert {name: " ".join(cell) if isinstance(cell, list) else cell or "" for name, cell in row.items()} == of_text
    assert run(*asked, "-f", "parquet").returncode == 2


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("attack_is_direct", ["true", "false"]),
        ("attack_is_direct=any,unknown", ["true", "false", "unknown"]),
        ("attack_is_direct=no,no", ["false"]),
        ("host_consent_status=given,given|refused", ["given", "given|refused"]),
        ("days_since_hostilities_began=0,59..61", ["0", "59", "60", "61"]),
        ("fto_designation_date=2025-01-31..2025-02-02", ["2025-01-31", "2025-02-01", "2025-02-02"]),
    ],
)
def test_a_fact_takes_the_values_that_are_named(asked: str, values: list[str], run: Run) -> None:
    name = asked.partition("=")[0]
    done = run("sweep", "drone-attack", "--vary", asked, "-f", "csv")
    assert [row[name] for row in rows(done.stdout)] == values, done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--vary", "attack_is_dirct"], "did you mean `attack_is_direct`"),
        (["--vary", "attack_status=ocurred"], "`ocurred` is no value of `attack_status`"),
        (["--vary", "days_since_hostilities_began"], "say which, such as days_since_hostilities_began=0,60,61"),
        (["--vary", "days_since_hostilities_began=9..1"], "`9..1` holds nothing"),
        (
            ["--vary", "days_since_hostilities_began=1..999999999999"],
            "`1..999999999999` holds 999,999,999,999 values, and 100,000 is the most: name a shorter range",
        ),
        (["--vary", "attack_date=0001-01-01..9999-12-31", "-f", "csv"], "holds 3,652,059 values"),
        (
            ["--vary=hostilities_start_date=2020-01-01..2023-12-31", "--vary=days_since_hostilities_began=1..1000"],
            "act on one another, and have 1,461,000 values together",
        ),
        (["--vary", "days_since_hostilities_began=1e3"], "`1e3` is not a whole number (write a whole number)"),
        (
            ["--vary", "host_consent_status", "--set", "host_consent_status=given"],
            "`host_consent_status` varies, and is set as well",
        ),
        (["--vary", "attack_status", "-o", "rows.csv.gz"], "nothing is written as `.gz`"),
        (["--vary", "attack_status", "--vary", "attack_status"], "varies once"),
        (["--vary", "attack_status", "--pairs"], "a pair takes two facts"),
        (["--vary", "attack_status", "--where", "target_type=cartel"], "`target_type` does not vary"),
        (["--vary", "attack_status", "--where", "article-ii=avaliable"], "did you mean `available`"),
        (["--vary", "attack_status", "--where", "article-ii"], "is not NAME=VALUE"),
        (["--vary", "attack_status", "--where", "attack_status!=any"], "no value of `attack_status` is left"),
        (["--vary", "operation_type", "--vary", "target_type", "--vary", "attack_victims", "-o", "m.svg"], "2,000"),
        (
            ["--vary", "attack_status", "--vary", "host_consent_status", "--pairs", "-o", "m.svg"],
            "Invalid value for --pairs: pairs are drawn of what is named: add -a ID or --power ID",
        ),
        (
            [
                "--vary=operation_type",
                "--vary=days_since_hostilities_began=1..100",
                "--pairs",
                "-aarticle-ii",
                "-om.svg",
            ],
            "combinations at most, and `operation_type` and `days_since_hostilities_began` have 2,100: vary less",
        ),
        (["--vary", "attack_status=occurred", "-o", "m.svg"], "nothing differs between these combinations: name"),
        ([], "Missing option '--vary'"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: list[str], words: str, run: Run, tmp_path: Path) -> None:
    done = run("sweep", "drone-attack", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_with_the_options_is_told_at_once(run: Run) -> None:
    wrong = {
        "--vary": "attack_statu",
        "--vary=attack_status=non,occured": "",
        "--where": "article-ii=avail",
        "--authority": "art",
        "--power": "y",
        "--set": "foo=2",
    }
    done = run("sweep", "drone-attack", "--pairs", *(word for pair in wrong.items() for word in pair if word))
    told = [line.strip() for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout) == (2, "")
    for words in (
        "--vary: `attack_statu` is no fact; did you mean `attack_status`?",
        "--vary: `non` is no value of `attack_status`",
        "--vary: `occured` is no value of `attack_status`",
        "--where: `avail` is no verdict; did you mean `available`?",
        "--authority: `art` is no authority",
        "--power: `y` is no power",
        "--set: `foo` is no fact",
    ):
        assert any(line.startswith(words) for line in told), (words, told)


def test_combinations_are_asked_for_by_value_and_by_verdict(run: Run) -> None:
    done = run("sweep", "drone-attack", *TWO, "--where", "article-ii=available", "-f", "csv")
    assert [row["attack_location"] for row in rows(done.stdout)] == ["united_states"]
    assert done.stderr.startswith("1 of 10 combinations; 7 not asked for\n")
    done = run("sweep", "drone-attack", *TWO, "--where", "attack_location!=united_states,elsewhere", "-f", "csv")
    assert {row["attack_location"] for row in rows(done.stdout)} == {"us_territory_or_possession", "host_country"}


def test_what_was_not_asked_for_by_its_value_is_counted_too(run: Run) -> None:
    where = ("--where", "attack_status!=none", "--where", "article-ii!=available")
    done = run("sweep", "drone-attack", "--vary", "attack_status", *where, "-f", "csv")
    assert done.stderr.splitlines()[0] == "1 of 3 combinations; 2 not asked for"
    # Of pairs, 3 times 5, 3 times 2 and 5 times 2.
    some = ("--vary", "attack_status", "--vary", "host_consent_status", "--vary", "presidential_approval", "--pairs")
    done = run("sweep", "drone-attack", *some, *where[:2], "-f", "csv")
    assert done.stderr.splitlines()[0] == "24 of 31 combinations; 7 not asked for"


def test_why_something_cannot_be_so_is_said_of_what_somebody_states(run: Run) -> None:
    done = run("sweep", "drone-attack", "--vary", "attack_status", "--vary", "attack_location", "-f", "csv")
    assert "attack_location` united_states, `attack_status` none" in done.stderr
    assert "attack_means` not_applicable" not in done.stderr


def test_pairs_vary_two_facts_and_leave_the_others_as_they_are(run: Run) -> None:
    done = run("sweep", "drone-attack", *TWO, "--vary", "host_consent_status=given,refused", "--pairs", "-f", "csv")
    varied = ("attack_location", "attack_is_direct", "host_consent_status")
    stated = [tuple(name for name in varied if row[name]) for row in rows(done.stdout)]
    assert stated == [varied[:2]] * 8 + [(varied[0], varied[2])] * 8 + [varied[1:]] * 4


def test_a_matrix_marks_what_differs_from_the_scenario_as_it_stands(run: Run) -> None:
    shown = run("sweep", "drone-attack", *TWO, "-a", "article-ii").stdout
    assert re.search(
        r"united_states +available \[a\] +→ contested|united_states +→|= available \[a\]  → contested", shown
    )
    assert re.search(r"not_applicable +– +–\n", shown)
    assert "[b] “at least up to a certain level”, “likely”" in shown
    assert "→ differs from the scenario as it stands; = the scenario as it stands; – cannot be so." in shown


def test_a_matrix_has_room_on_a_terminal_and_the_fact_of_fewer_values_across(run: Run) -> None:
    shown = run(
        "sweep", "drone-attack", "--vary", "attack_means", "--vary", "attack_location", "-a", "article-ii"
    ).stdout
    matrix = [line for line in shown.splitlines() if line.startswith("  ") and "available [a]" in line]
    assert max(map(len, matrix)) <= 80
    assert shown.count("\n  attack_means  ") == 2
    few = run("sweep", "drone-attack", *TWO[2:], *TWO[:2], "-a", "article-ii").stdout
    assert "attack_location down, attack_is_direct across" in few


def test_how_often_each_verdict_occurs_is_told_with_what_turns_it(run: Run) -> None:
    shown = run("sweep", "drone-attack", *TWO).stdout
    assert "contested [b] in 7; available [a] in 1\n  turned by attack_location and attack_is_direct" in shown
    assert "The same in all: Authorization for Use of Military Force (2001) (unavailable [c]);" in shown


def test_what_is_too_much_for_a_matrix_is_told_as_counts(run: Run) -> None:
    varied = ("--vary", "operation_type", "--vary", "conducting_element", "--vary", "host_consent_status", *TWO)
    shown = run("sweep", "drone-attack", *varied, "--power", "enter-host-territory").stdout
    assert "turned by host_consent_status" in shown
    assert "A matrix shows 2,000 combinations at most." in shown
    nothing = run("sweep", "gulf-of-california", "--vary", "attack_status").stdout
    assert "Nothing differs between them." in nothing
    assert "attack_status none" not in nothing


def test_a_picture_has_words_in_every_cell_and_stands_alone(run: Run, tmp_path: Path) -> None:
    assert run("sweep", "drone-attack", *TWO, "-a", "article-ii", "-o", "map.svg", cwd=tmp_path).returncode == 0
    text = (tmp_path / "map.svg").read_text(encoding="utf-8")
    picture = ET.fromstring(text)  # noqa: S314 - it is our own.
    space = {"svg": "http://www.w3.org/2000/svg"}
    cells = list(picture.iterfind(".//svg:g[svg:rect]", space))
    assert len(cells) == 10
    assert all(cell.findtext("svg:text", "", space).strip() for cell in cells)
    told = [cell.findtext("svg:title", "", space) for cell in cells]
    assert told[0] == "attack_location united_states, attack_is_direct yes: = available [a]"
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"href=|url\(|<script", text)
    assert picture.get("aria-labelledby") == "title desc"


def test_what_is_interrupted_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from authcheck.cli.rows import RowWriter

    line, seen = RowWriter.line, []

    def broken_off(self: RowWriter, row: object) -> str:
        seen.append(row)
        if len(seen) == 5:
            raise KeyboardInterrupt
        return line(self, row)  # type: ignore[arg-type]

    monkeypatch.setattr(RowWriter, "line", broken_off)
    assert run("sweep", "drone-attack", *TWO, "-o", "rows.csv", cwd=tmp_path).returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stands_is_not_written_over_and_a_full_disk_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("mine\n", encoding="utf-8")
    assert run("sweep", "drone-attack", *TWO, "-o", "rows.csv", cwd=tmp_path).returncode == 2
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8") == "mine\n"
    full = run("sweep", "drone-attack", *TWO, "-f", "csv", "-o", "/dev/full")
    assert full.returncode == 3
    assert "cannot be written: no space left on device" in full.stderr


def test_a_sweep_is_over_one_scenario(run: Run, tmp_path: Path) -> None:
    assert run("sweep", "drone-attack", "day-75", *TWO).returncode == 2
    lines = '{"scenario": "A", "facts": {}}\n' * 2
    (tmp_path / "two.jsonl").write_text(lines, encoding="utf-8")
    done = run("sweep", "two.jsonl", "--vary", "attack_status", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "a sweep is over one scenario" in done.stderr
    forgotten = run("sweep", "drone-attack", "--vary", "attack_status", "host_consent_status=given")
    assert forgotten.returncode == 2
    assert "`--vary host_consent_status=given`" in forgotten.stderr
    assert "--exclude" not in run("sweep", "--help").stdout


def test_a_course_of_action_and_other_terms_are_those_of_every_row(run: Run) -> None:
    bare = run("sweep", "three-courses", "--vary", "host_consent_status", "-f", "csv").stdout
    raid = run("sweep", "three-courses", "--vary", "host_consent_status", "-f", "csv", "--option", "strike").stdout
    assert bare.splitlines()[0] == raid.splitlines()[0]
    assert bare != raid
