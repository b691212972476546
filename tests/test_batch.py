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

from authcheck.cli.blocks import after, blocks_of, loaded_of
from authcheck.cli.kept import Kept
from authcheck.schemas import result_schema
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
    assert of_batch.stderr == "4 scenarios; 1 could not be answered\n"


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


def test_a_strict_run_stops_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), "{", line(3)]), encoding="utf-8")
    done = run("batch", "in.jsonl", "--strict", "-o", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert "in.jsonl:2" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


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


def test_an_interrupted_run_goes_on_where_it_was_broken_off(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join(line(number) for number in range(4000)), encoding="utf-8")
    select = ("--select", "scenario,place,relies_on")
    whole = run("batch", "in.jsonl", *select, cwd=tmp_path).stdout
    add = Kept.add

    def broken_off(self: Kept, texts: Sequence[bytes], inputs: int) -> None:
        if self.done:
            raise KeyboardInterrupt
        add(self, texts, inputs)

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

    def broken_off(self: Kept, texts: Sequence[bytes], inputs: int) -> None:
        if inputs:
            raise KeyboardInterrupt
        add(self, texts, inputs)

    for asked in (["-f", "csv"], ["--full", "--passages", "apart"]):
        whole = run("batch", "in.jsonl", *asked, cwd=tmp_path).stdout
        with monkeypatch.context() as patch:
            patch.setattr(Kept, "add", broken_off)
            assert run("batch", "in.jsonl", *asked, "-o", "out", cwd=tmp_path).returncode == 130
        assert (tmp_path / "out.part").read_text(encoding="utf-8") == whole.splitlines(keepends=True)[0]
        assert run("batch", "in.jsonl", *asked, "-o", "out", "--resume", cwd=tmp_path).returncode == 0
        assert (tmp_path / "out").read_text(encoding="utf-8") == whole
        (tmp_path / "out").unlink()


# Passages apart.


def put_together(text: str) -> list[dict[str, Any]]:
    """Return the answers with the passages of the first record in place of their ids."""
    first, *answers = records(text)
    jsonschema.validate(first, result_schema("passages"))
    for answer in [part for one in answers for part in one.get("answers", {"": one}).values()]:
        if "passages" in answer:
            answer["passages"] = {id: first["passages"][id] for id in answer["passages"]}
    return answers


@pytest.mark.parametrize("command", [("batch", "--full"), ("evaluate", "--format", "jsonl")])
def test_answers_and_passages_apart_are_the_answers(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), '{"facts": {}}', line(2)]), encoding="utf-8")
    asked = [command[0], "arrests-and-strikes", "day-75", "in.jsonl", *command[1:]]
    within, apart = run(*asked, cwd=tmp_path), run(*asked, "--passages", "apart", cwd=tmp_path)

    assert apart.returncode == within.returncode == 3
    assert apart.stderr == within.stderr
    assert put_together(apart.stdout) == records(within.stdout)
    assert set(records(apart.stdout)[0]["passages"]) == set(pack().passages)
    for answer in records(apart.stdout)[1:]:
        name = answer["schema"].removeprefix("authcheck.").partition("/")[0]
        if name != "problem":
            jsonschema.validate(answer, result_schema(name))


def test_processes_have_the_passages_apart_as_one_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join(map(line, range(40))), encoding="utf-8")
    asked = ("batch", "in.jsonl", "--full", "--passages", "apart")
    assert run(*asked, "--jobs", "2", cwd=tmp_path).stdout == run(*asked, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("batch",), "add --full"),
        (("batch", "-f", "csv"), "add --full"),
        (("batch", "-o", "out.parquet"), "add --full"),
        (("evaluate",), "add --format jsonl"),
        (("evaluate", "-f", "json"), "add --format jsonl"),
        (("evaluate", "-f", "jsonl", "--set", "no_such_fact=true"), "is no fact"),
    ],
)
def test_passages_stand_apart_from_whole_answers_in_lines_alone(
    run: Run, tmp_path: Path, asked: tuple[str, ...], words: str
) -> None:
    command, *options = asked
    done = run(command, "day-75", *options, "--passages", "apart", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["in.jsonl", "in.csv"])
def test_what_is_left_after_any_number_of_inputs_is_what_follows_them(tmp_path: Path, name: str) -> None:
    lines = [line(1), "", line(2), line(3), "", "", line(4)]
    rows = ["id,operation_type", "a,airstrike", ",", "b,training", "c,airstrike", "d,training"]
    file = tmp_path / name
    file.write_text("\n".join(lines if name == "in.jsonl" else rows), encoding="utf-8")

    def read(count: int) -> list[tuple[str, int]]:
        blocks = after(blocks_of([str(file)], pack(), None), count)
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
