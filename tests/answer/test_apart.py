"""Whole answers that have their passages and parts apart: put together again, they are the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from authcheck.cli.kept import Kept
from authcheck.cli.unfinished import Tally
from authcheck.rendering import apart
from authcheck.schemas import result_schema
from tests import test_batch_verdicts as varied
from tests.shipped import EVERY_PATH, Run, pack

APART = ("--passages", "apart")


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in text.splitlines()]


def whole(value: object, parts: Mapping[str, object]) -> Any:  # noqa: ANN401 - it is any JSON.
    """Return a value with the parts that it names in their place."""
    if isinstance(value, dict):
        return (
            whole(parts[value["$part"]], parts) if "$part" in value else {k: whole(v, parts) for k, v in value.items()}
        )
    return [whole(one, parts) for one in value] if isinstance(value, list) else value


def put_together(text: str) -> Iterator[dict[str, Any]]:
    """Yield the answers, each of what stands before it."""
    first, *others = records(text)
    parts: dict[str, Any] = {}
    for record in others:
        if record["schema"] == "authcheck.part/1":
            parts[record["part"]] = record["value"]
            continue
        answer = whole(record, parts)
        for one in answer.get("answers", {"": answer}).values():
            if "passages" in one:
                one["passages"] = {id: first["passages"][id] for id in one["passages"]}
        yield answer


def write_varied(file: Path, count: int) -> None:
    lines = [json.dumps(record) for record in varied.drawn()[:count]]
    file.write_text("\n".join([*lines[: count // 2], '{"facts": {}}', *lines[count // 2 :]]), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("command", [("batch", "--full"), ("evaluate", "--format", "jsonl")])
def test_answers_put_together_of_their_parts_are_the_answers(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    write_varied(tmp_path / "in.jsonl", 30)
    asked = [command[0], *map(str, EVERY_PATH.values()), "in.jsonl", *command[1:]]
    within, apart = run(*asked, cwd=tmp_path), run(*asked, *APART, cwd=tmp_path)

    assert apart.returncode == within.returncode == 3
    assert apart.stderr == within.stderr
    assert list(put_together(apart.stdout)) == records(within.stdout)
    assert set(records(apart.stdout)[0]["passages"]) == set(pack().passages)


@pytest.mark.slow
def test_what_stands_apart_has_the_published_form(run: Run, tmp_path: Path) -> None:
    write_varied(tmp_path / "in.jsonl", 8)
    asked = ("evaluate", "arrests-and-strikes", "raid-or-strike", "in.jsonl", "--format", "jsonl", *APART)
    told = records(run(*asked, cwd=tmp_path).stdout)
    schemas = {name: result_schema(name) for name in ("answer", "activities", "passages", "part")}
    forms = {name: jsonschema.Draft7Validator(schema) for name, schema in schemas.items()}
    found = [one["schema"].removeprefix("authcheck.").partition("/")[0] for one in told]
    assert {*found} == {*forms, "problem"}
    for name, record in zip(found, told, strict=True):
        if name in forms:
            forms[name].validate(record)


@pytest.mark.slow
def test_a_record_is_kilobytes(run: Run, tmp_path: Path) -> None:
    write_varied(tmp_path / "in.jsonl", 60)
    lines = run("batch", "in.jsonl", "--full", *APART, cwd=tmp_path).stdout.splitlines()
    answers = [line for line in lines if line.startswith('{"schema":"authcheck.answer/2"')]
    assert len(answers) > 50
    assert max(map(len, answers)) < 16_000
    names = [record["part"] for record in records("\n".join(lines)) if record["schema"] == "authcheck.part/1"]
    assert len(names) == len({*names})


@pytest.mark.slow
def test_parts_that_are_forgotten_are_written_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_varied(tmp_path / "in.jsonl", 20)
    asked = ("batch", "in.jsonl", "--full")
    once = run(*asked, *APART, cwd=tmp_path).stdout
    monkeypatch.setattr(apart, "MOST_MET", 100)
    again = run(*asked, *APART, cwd=tmp_path).stdout
    assert len(again.splitlines()) > len(once.splitlines())
    assert list(put_together(again)) == list(put_together(once)) == records(run(*asked, cwd=tmp_path).stdout)
    assert run(*asked, *APART, "--jobs", "2", cwd=tmp_path).stdout == again


@pytest.mark.slow
def test_processes_write_what_one_writes(run: Run, tmp_path: Path) -> None:
    write_varied(tmp_path / "in.jsonl", 60)
    asked = ("batch", "in.jsonl", "--full", *APART)
    assert run(*asked, "--jobs", "2", cwd=tmp_path).stdout == run(*asked, cwd=tmp_path).stdout


@pytest.mark.slow
@pytest.mark.parametrize("most", [apart.MOST_MET, 100])
def test_a_run_that_goes_on_knows_the_parts_that_stand(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    write_varied(tmp_path / "in.jsonl", 60)
    monkeypatch.setattr(apart, "MOST_MET", most)
    asked = ("batch", "in.jsonl", "--full", *APART)
    expected = run(*asked, cwd=tmp_path).stdout
    add = Kept.add

    def broken_off(self: Kept, texts: Sequence[bytes], tally: Tally) -> None:
        if self.tally.inputs > 20:
            raise KeyboardInterrupt
        add(self, texts, tally)

    with monkeypatch.context() as patch:
        patch.setattr(Kept, "add", broken_off)
        assert run(*asked, "-o", "out", cwd=tmp_path).returncode == 130
    begun = (tmp_path / "out.part").read_text(encoding="utf-8")
    assert expected.startswith(begun)
    assert 0 < len(records(begun)) < len(records(expected))
    run(*asked, "-o", "out", "--resume", cwd=tmp_path)
    assert (tmp_path / "out").read_text(encoding="utf-8") == expected


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
