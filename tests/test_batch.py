"""Many scenarios: a record for each, in order, whatever some of them are, and however the run ends."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from authcheck.cli.blocks import after, blocks_of, found_of, loaded_of
from authcheck.cli.kept import Kept
from authcheck.cli.reading import Reader
from authcheck.cli.unfinished import Tally
from authcheck.decision.decision import Decision
from authcheck.schemas import result_schema
from tests import test_batch_verdicts as varied
from tests.shipped import Run, pack

STRIKE = {"operation_type": "airstrike", "operation_location": "host_country"}


def line(number: int, **more: object) -> str:
    return json.dumps({"id": f"r{number}", "scenario": f"Number {number}", "facts": STRIKE, **more})


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in text.splitlines()]


def test_each_record_says_what_the_full_answer_says(run: Run) -> None:
    full = records(run("batch", "authorities/scenarios", "--full", "-o", "-").stdout)
    short = records(run("batch", "authorities/scenarios", "-o", "-").stdout)
    assert len(full) == len(short) > 10
    for answer, record in zip(full, short, strict=True):
        jsonschema.validate(record, result_schema("verdicts"))
        for key in ("scenario", "place", "option", "relies_on"):
            assert record[key] == answer[key]
        for kind in ("authorities", "powers"):
            for name, told in record[kind].items():
                assert told == {key: answer[kind][name][key] for key in told}


def test_batch_and_evaluate_write_the_same_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), line(2), '{"facts": {}}', line(3)]), encoding="utf-8")
    of_batch = run("batch", "in.jsonl", "-f", "csv", cwd=tmp_path)
    assert of_batch.stdout == run("evaluate", "in.jsonl", "-f", "csv", cwd=tmp_path).stdout
    assert of_batch.returncode == 3
    said = "4 inputs; 1 could not be answered, the first: in.jsonl:3:1: `scenario` is missing\n"
    assert of_batch.stderr == said


def test_records_that_state_the_same_differ_in_their_names_alone(run: Run, tmp_path: Path) -> None:
    lines = [line(1), line(2), line(3, as_of="1975-01-01"), line(4, description='say "so"\\')]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    together = records(run("batch", "in.jsonl", cwd=tmp_path).stdout)
    assert [one["scenario"] for one in together] == ["r1", "r2", "r3", "r4"]
    assert [one["place"]["line"] for one in together] == [1, 2, 3, 4]
    assert [one["as_of"] for one in together][2:] == ["1975-01-01", together[0]["as_of"]]
    for number, text in enumerate(lines):
        (tmp_path / "alone.jsonl").write_text(text, encoding="utf-8")
        (alone,) = records(run("batch", "alone.jsonl", cwd=tmp_path).stdout)
        assert {**alone, "place": {}} == {**together[number], "place": {}}


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("{", "not JSON"),
        ('{"id": "r2", "scenario": "A", "scenario": "B", "facts": {}}', "twice"),
        (line(2, scenario=""), "some text"),
        (line(2, id="no id!"), "name"),
        (line(2, facts={**STRIKE, "operation_type": "airstrke"}), "airstrke"),
        (line(2, scenario="\ud800"), "UTF-8"),
        (line(2, facts={"no_such_fact": True}), "no fact"),
        ("[1]", "keys with values"),
    ],
)
def test_a_bad_record_is_named_with_its_line_and_the_rest_goes_on(
    run: Run, tmp_path: Path, broken: str, words: str
) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), broken, line(3)]), encoding="utf-8")
    done = run("batch", "in.jsonl", cwd=tmp_path)
    first, bad, last = records(done.stdout)
    assert done.returncode == 3
    assert (first["scenario"], last["scenario"]) == ("r1", "r3")
    assert bad["schema"] == "authcheck.problem/1"
    assert bad["problems"][0]["place"]["line"] == 2
    assert any(words in problem["message"] for problem in bad["problems"])


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_records_that_contradict_themselves_alike_are_each_named_with_their_own_line(
    form: str, run: Run, tmp_path: Path
) -> None:
    own = [("a", "none"), ("", "none"), ("c", "given"), ("d", "none"), ("e", "refused")]
    names = ("operation_location", "host_consent_status", "host_consent_covers_operation")
    if form == "csv":
        lines = [",".join(("id", "scenario", *names)), *(f"{id},One,host_country,{status},yes" for id, status in own)]
    else:
        each = [dict(zip(names, ("host_country", status, True), strict=True)) for _, status in own]
        named = [{"id": id} if id else {} for id, _ in own]
        lines = [json.dumps({**name, "scenario": "One", "facts": told}) for name, told in zip(named, each, strict=True)]
    file = tmp_path / f"some.{form}"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = records(run("batch", str(file)).stdout)
    first = len(lines) - len(own) + 1
    for at, ((id, status), record) in enumerate(zip(own, found, strict=True)):
        here = f"{file}:{first + at}:1"
        if status == "given":
            assert record["schema"] == "authcheck.verdicts/1"
            continue
        (problem,) = record["problems"]
        assert record["scenario"] == (id or f"{file}:{first + at}")
        assert problem["place"] == {"file": str(file), "line": first + at, "column": 1}
        assert f"`host_consent_status` {status}" in problem["message"]
        assert problem["help"].startswith(f"`host_consent_status` stands at {here}; see ")


def test_a_strict_run_stops_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), "{", line(3)]), encoding="utf-8")
    done = run("batch", "in.jsonl", "--strict", "-o", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert "in.jsonl:2" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b"])
def test_a_cell_holds_plain_text_alone(character: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"id,scenario\na,x{character}y\nb,plain\n", encoding="utf-8")
    done = run("batch", "in.csv", "-f", "csv", cwd=tmp_path)
    assert done.returncode == 3
    assert f"in.csv:2:1: this row holds the character U+{ord(character):04X}" in done.stderr
    assert "\nb," in done.stdout


def test_a_table_states_what_its_cells_say(run: Run, tmp_path: Path) -> None:
    heads = "id,operation_type,days_since_hostilities_began,host_consent_status"
    rows = f"{heads}\na,airstrike,70,given\nb,airstrike|training,,unknown\nc,,,\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    with gzip.open(tmp_path / "t.csv.gz", "wb") as stream:
        stream.write(rows.encode())
    facts = [
        {"operation_type": "airstrike", "days_since_hostilities_began": 70, "host_consent_status": "given"},
        {"operation_type": ["airstrike", "training"], "host_consent_status": "unknown"},
    ]
    lines = [line(number, facts=told) for number, told in enumerate(facts, start=1)]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")

    of_table = records(run("batch", "t.csv", cwd=tmp_path).stdout)
    of_lines = records(run("batch", "t.jsonl", cwd=tmp_path).stdout)

    assert [one["scenario"] for one in of_table] == ["a", "b", "c"]
    assert [one["place"]["line"] for one in of_table] == [2, 3, 4]
    for told, alike in zip(of_table, of_lines, strict=False):
        assert (told["authorities"], told["powers"]) == (alike["authorities"], alike["powers"])
    packed = run("batch", "t.csv.gz", cwd=tmp_path).stdout
    assert packed.replace("t.csv.gz", "t.csv") == run("batch", "t.csv", cwd=tmp_path).stdout


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "none.jsonl.gz"])
def test_what_is_no_whole_file_of_gzip_is_said_to_be_none(run: Run, tmp_path: Path, name: str) -> None:
    data = gzip.compress("\n".join(line(number) for number in range(9000)).encode())
    (tmp_path / name).write_bytes(data[: len(data) // 2] if name.startswith("cut") else b"none")
    done = run("batch", name, "--select", "scenario", cwd=tmp_path)
    assert done.returncode == 3
    assert f"`{name}` is broken off, or no file of gzip" in done.stdout.splitlines()[-1]


def test_a_column_that_is_no_fact_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,operation_typ\na,airstrike\n", encoding="utf-8")
    done = run("batch", "t.csv", cwd=tmp_path)
    (bad,) = records(done.stdout)
    assert done.returncode == 3
    assert bad["problems"][0]["help"] == "did you mean `operation_type`?"


def test_selected_columns_stand_in_the_order_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), line(2)]), encoding="utf-8")
    shown = run("batch", "in.jsonl", "-f", "csv", "--select", "gaps,scenario,article-ii", cwd=tmp_path).stdout
    rows = list(csv.reader(io.StringIO(shown)))
    assert rows[0] == ["gaps", "scenario", "article-ii"]
    assert [row[1] for row in rows[1:]] == ["r1", "r2"]
    (one, two) = records(run("batch", "in.jsonl", "--select", "scenario,gaps", cwd=tmp_path).stdout)
    assert (list(one), two["scenario"]) == (["scenario", "gaps"], "r2")
    assert run("batch", "in.jsonl", "--select", "gap", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("file", ["in.jsonl", "in.csv", "in.parquet"])
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_what_is_not_selected_is_not_decided(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, form: str
) -> None:
    if "parquet" in (form, file):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    {"in.jsonl": varied.write_lines, "in.csv": varied.write_table, "in.parquet": varied.write_parquet}[file](
        tmp_path / file
    )
    names = (
        ("scenario", "authorities") if form == "jsonl" else ("scenario", "article-ii", "war-powers_hedge", "problem")
    )

    def told(target: str, *select: str) -> list[dict[str, Any]]:
        run("batch", file, "-o", target, *select, cwd=tmp_path)
        rows = varied.read(tmp_path / target)
        return [{name: row.get(name) for name in names} for row in rows if not row.get("problem", row.get("problems"))]

    every = told(f"whole.{form}")
    assert len(every) > 50

    def decided(_: Decision, name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(Decision, "power", decided)
    assert told(f"selected.{form}", "--select", ",".join(names)) == every


@pytest.mark.parametrize("file", ["out.csv", "out.jsonl", "out.parquet"])
def test_a_run_that_is_interrupted_while_its_file_is_opened_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    if file.endswith("parquet"):
        pytest.importorskip("pyarrow")
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    step = "parquet.KeptParquet._begin" if file.endswith("parquet") else "unfinished.Unfinished.note"
    monkeypatch.setattr(f"authcheck.cli.{step}", interrupted)
    done = run("batch", "in.jsonl", "-o", file, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (130, "")
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("file", ["out.csv", "out.jsonl", "out.parquet"])
def test_a_run_of_standard_input_that_is_interrupted_before_anything_is_answered_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    if file.endswith("parquet"):
        pytest.importorskip("pyarrow")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("authcheck.cli.answering.Answering.answered", interrupted)
    done = run("batch", "-", "-o", file, stdin=line(1).encode(), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (130, "")
    assert [*tmp_path.iterdir()] == []


def test_an_interrupted_run_goes_on_where_it_was_broken_off(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join(line(number) for number in range(4000)), encoding="utf-8")
    select = ("--select", "scenario,place,relies_on")
    whole = run("batch", "in.jsonl", *select, cwd=tmp_path).stdout
    add = Kept.add

    def broken_off(self: Kept, texts: Sequence[bytes], tally: Tally) -> None:
        if self.tally.inputs:
            raise KeyboardInterrupt
        add(self, texts, tally)

    with monkeypatch.context() as patch:
        patch.setattr(Kept, "add", broken_off)
        assert run("batch", "in.jsonl", *select, "-o", "out.jsonl", cwd=tmp_path).returncode == 130
    assert not (tmp_path / "out.jsonl").exists()
    part = (tmp_path / "out.jsonl.part").read_text(encoding="utf-8")
    assert part
    assert whole.startswith(part)
    assert part != whole

    refused = run("batch", "in.jsonl", *select, "-o", "out.jsonl", "--resume", "--lens", "all", cwd=tmp_path)
    assert refused.returncode == 2
    assert "--lens was documents, and is all" in " ".join(refused.stderr.split())

    assert run("batch", "in.jsonl", *select, "-o", "out.jsonl", "--resume", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == whole
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    nothing = run("batch", "in.jsonl", *select, "-o", "new.jsonl", "--resume", cwd=tmp_path)
    assert nothing.returncode == 2


def test_a_run_that_is_broken_off_before_its_first_record_has_one_head(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    add = Kept.add

    def broken_off(self: Kept, texts: Sequence[bytes], tally: Tally) -> None:
        if tally.inputs:
            raise KeyboardInterrupt
        add(self, texts, tally)

    for asked in (["-f", "csv"], ["--full", "--passages", "apart"]):
        whole = run("batch", "in.jsonl", *asked, cwd=tmp_path).stdout
        with monkeypatch.context() as patch:
            patch.setattr(Kept, "add", broken_off)
            assert run("batch", "in.jsonl", *asked, "-o", "out", cwd=tmp_path).returncode == 130
        assert (tmp_path / "out.part").read_text(encoding="utf-8") == whole.splitlines(keepends=True)[0]
        assert run("batch", "in.jsonl", *asked, "-o", "out", "--resume", cwd=tmp_path).returncode == 0
        assert (tmp_path / "out").read_text(encoding="utf-8") == whole
        (tmp_path / "out").unlink()


@pytest.mark.parametrize("name", ["in.jsonl", "in.csv"])
def test_what_is_left_after_any_number_of_inputs_is_what_follows_them(tmp_path: Path, name: str) -> None:
    lines = [line(1), "", line(2), line(3), "", "", line(4)]
    rows = ["id,operation_type", "a,airstrike", ",", "b,training", "c,airstrike", "d,training"]
    file = tmp_path / name
    file.write_text("\n".join(lines if name == "in.jsonl" else rows), encoding="utf-8")

    def read(count: int) -> list[tuple[str, int]]:
        blocks = after(blocks_of(found_of([str(file)], None), pack()), count, Reader(pack()).read)
        return [
            (one.scenario.id, one.scenario.place.line)
            for block in blocks
            for one in loaded_of(block, pack())
            if one.scenario is not None
        ]

    assert len(read(0)) == 4
    for count in range(6):
        assert read(count) == read(0)[count:]


def test_a_strict_run_writes_what_comes_before_the_fault(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), line(2), "{", line(3)]), encoding="utf-8")
    done = run("batch", "in.jsonl", "--strict", cwd=tmp_path)
    assert [one["scenario"] for one in records(done.stdout)] == ["r1", "r2"]
    assert done.returncode == 3


@pytest.mark.parametrize(
    "end",
    ['"facts": {}, "id": "a"}', '"facts": {}, "description": "a"}', r'"facts": {}, "\u0069d": "a"}'],
)
def test_a_line_that_ends_as_a_sound_one_may_be_at_fault(run: Run, tmp_path: Path, end: str) -> None:
    sound = f'{{"scenario": "A", {end}'
    twice = f'{{"id": "b", "scenario": "B", "description": "b", {end}'
    (tmp_path / "in.jsonl").write_text(f"{sound}\n{sound}\n{twice}\n", encoding="utf-8")
    good, alike, bad = records(run("batch", "in.jsonl", cwd=tmp_path).stdout)
    assert "problems" not in good | alike
    assert "twice" in bad["problems"][0]["message"]


@pytest.mark.parametrize(
    ("sound", "bad"),
    [
        ('"facts": {"days_since_hostilities_began": 100.0}', '"facts": {"days_since_hostilities_began": 1e2}'),
        (
            '"facts": {"days_since_hostilities_began": 1.0}',
            '"facts": {"days_since_hostilities_began": 1.00000000000000000001}',
        ),
        ('"facts": {}', '"id": null, "facts": {}'),
    ],
)
def test_what_is_at_fault_is_so_after_a_line_of_the_same_value(run: Run, tmp_path: Path, sound: str, bad: str) -> None:
    (tmp_path / "in.jsonl").write_text(f'{{"scenario": "A", {sound}}}\n{{"scenario": "A", {bad}}}\n', encoding="utf-8")
    first, second = records(run("batch", "in.jsonl", cwd=tmp_path).stdout)
    assert [first["schema"], second["schema"]] == ["authcheck.verdicts/1", "authcheck.problem/1"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_full_device_is_said_to_be_full_and_stays_one(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    done = run("batch", "in.jsonl", "-f", form, "-o", "/dev/full", cwd=tmp_path)
    assert done.returncode == 3
    assert "`/dev/full` cannot be written: no space left on device" in done.stderr
    assert Path("/dev/full").is_char_device()
    assert not Path("/dev/full.part").exists()


def test_a_pattern_names_the_files_that_match_it(run: Run, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text("scenario: One\nfacts:\n  operation_type: airstrike\n", encoding="utf-8")
    found = records(run("batch", "*.yaml", cwd=tmp_path).stdout)
    assert [one["scenario"] for one in found] == ["a", "b"]


# Tables at fault.


def test_an_input_that_a_pattern_names_is_not_written_over(run: Run, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(line(1), encoding="utf-8")
    done = run("batch", "*.jsonl", "-o", "b.jsonl", "--force", cwd=tmp_path)
    assert done.returncode == 2
    assert "`b.jsonl` is one of the inputs; write to another file" in " ".join(done.stderr.split())
    assert (tmp_path / "b.jsonl").read_text(encoding="utf-8") == line(1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('"a"x,airstrike', "no row of a table"),
        ('a,"airstrike', "no row of a table"),
        (f"{'x' * 200_000},airstrike", "longer than 131,072 characters"),
        ("caf\u00e9,airstrike", "not text in UTF-8"),
        ('"a\ncaf\u00e9",airstrike', "not text in UTF-8"),
    ],
)
def test_a_row_that_is_none_is_named_and_the_rest_goes_on(run: Run, tmp_path: Path, row: str, words: str) -> None:
    rows = f"scenario,operation_type\na,training\n{row}\nb,airstrike\nc,airstrike\n"
    (tmp_path / "t.csv").write_text(rows, encoding="latin-1")
    done = run("batch", "t.csv", cwd=tmp_path)
    first, bad, *rest = records(done.stdout)
    problem = bad["problems"][0]
    assert done.returncode == 3
    assert "problems" not in first
    assert words in problem["message"]
    assert problem["help"]
    assert problem["place"]["line"] == 3 + row.startswith('"a\n')
    assert sum("problems" not in one for one in rest) == 2


def test_rows_after_many_that_are_none_are_all_answered(run: Run, tmp_path: Path) -> None:
    bad = '"a"x,airstrike\n' * 3000
    (tmp_path / "t.csv").write_text(
        f'id,operation_type\n{bad}b,airstrike\nc,"airstrike\nd,training\n', encoding="utf-8"
    )
    done = run("batch", "t.csv", "-f", "csv", "--select", "line,problem", cwd=tmp_path)
    rows = list(csv.reader(io.StringIO(done.stdout)))[1:]
    assert [int(line) for line, _ in rows] == [*range(2, 3005)]
    assert [line for line, problem in rows if not problem] == ["3002", "3004"]
    by_two = run("batch", "t.csv", "-f", "csv", "--select", "line,problem", "--jobs", "2", cwd=tmp_path)
    assert (by_two.stdout, by_two.stderr) == (done.stdout, done.stderr)
    assert done.stderr.startswith("3,003 inputs; 3,001 could not be answered, the first: t.csv:2:1: this is no row")


def test_columns_at_fault_are_placed_where_they_begin(run: Run, tmp_path: Path) -> None:
    head = 'id,"a,""b""",op"x,"m\nn",nix,id'
    (tmp_path / "t.csv").write_text(f"\n{head}\na\n", encoding="utf-8")
    (bad,) = records(run("batch", "t.csv", cwd=tmp_path).stdout)
    places = [(one["place"]["line"], one["place"]["column"]) for one in bad["problems"]]
    assert places == [(2, 4), (2, 14), (2, 19), (3, 4), (3, 8)]


def test_what_is_wrong_is_said_whatever_is_selected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,uses_armed_force\na,yes\nb,1\n", encoding="utf-8")
    done = run("batch", "t.csv", "-f", "csv", "--select", "scenario,gaps", cwd=tmp_path)
    problem = "t.csv:3:1: `uses_armed_force` is a yes/no fact, and `1` is neither"
    assert done.stderr == f"2 inputs; 1 could not be answered, the first: {problem}\n"
    whole = run("batch", "t.csv", "-f", "csv", "--select", "problem", cwd=tmp_path).stdout
    assert "is neither: write `true`, `false` or `unknown`" in whole
    for name in ("nowhere/", "nowhere.csv"):
        done = run("batch", name, "-o", "verdicts.jsonl", "--force", cwd=tmp_path)
        assert done.returncode == 3
        assert f"the first: {name}: there is no file `{name}`" in done.stderr


def test_what_a_folder_holds_that_is_not_read_is_named(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "m").mkdir(parents=True)
    (folder / "a.yaml").write_text("scenario: One\nfacts:\n  operation_type: airstrike\n", encoding="utf-8")
    for name in ("b.csv", "m/c.jsonl", "d.csv.gz", "e.parquet", "f.txt", ".g.csv", "out.jsonl"):
        (folder / name).write_text("", encoding="utf-8")
    done = run("batch", "in", "-o", "in/out.jsonl", "--force", "--exclude", "d.*", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "1 scenario",
        "of a folder only YAML is read; name what else is to be answered: `in/b.csv`, `in/e.parquet`, `in/m/c.jsonl`",
    ]
    named = run("batch", "in", "in/b.csv", "--exclude", "m", "--exclude", "[de].*", "--exclude", "out*", cwd=tmp_path)
    assert "only YAML" not in named.stderr


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "folder"])
def test_what_holds_no_scenario_is_nothing_to_do(run: Run, tmp_path: Path, name: str) -> None:
    if name == "folder":
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_text("id,operation_type\n" if name == "t.csv" else "\n", encoding="utf-8")
    done = run("batch", name, cwd=tmp_path)
    assert done.returncode == 5
    assert records(done.stdout)[0]["problems"][0]["message"] == f"`{name}` holds no scenario"
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    assert run("batch", name, "bad.jsonl", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize(
    "asked",
    [
        *(("batch", "day-75", "--cluster", where) for where in ("", "0", "-3", "nonsense", "host", "tcp://host")),
        *(("batch", "day-75", "--select", names) for names in ("", ",,", "scenario,")),
        ("batch", "day-75", "--full", "--select", ""),
        ("check", "--explain", ""),
    ],
)
def test_what_means_nothing_is_a_usage_error(run: Run, asked: tuple[str, ...]) -> None:
    done = run(*asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Invalid value for {asked[-2]}" in " ".join(done.stderr.split())


@pytest.mark.parametrize("name", ["x.yaml.gz", "t.parquet.gz", "x.yaml.zst"])
def test_a_form_that_may_not_be_packed_is_said_to_be_none(run: Run, tmp_path: Path, name: str) -> None:
    begins = b"\x28\xb5\x2f\xfd" if name.endswith("zst") else gzip.compress(b"scenario: A\n")
    (tmp_path / name).write_bytes(begins)
    done = run("batch", name, cwd=tmp_path)
    assert done.returncode == 3
    assert f"`{name}` is packed, and only JSON lines and tables of CSV may be" in done.stderr
