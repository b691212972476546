"""What a run of `batch` leaves beside its file, who may take it, and that nothing of anybody else's is touched."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from authcheck.cli.kept import Kept
from authcheck.cli.parquet import KeptParquet
from authcheck.cli.unfinished import Tally
from tests.processes import started
from tests.shipped import Run
from tests.test_batch import line

FORMS = ["jsonl", "csv", *(["parquet"] if find_spec("pyarrow") else [])]
COUNT = 5000
FAULT = '{"id": "x", "scenario": "X", "facts": {"operation_type": "airstrke"}}'
ASKED = ("--select", "scenario")


def write(folder: Path) -> None:
    """Write as many lines as are several blocks; the second cannot be answered."""
    lines = [line(0), FAULT, *(line(number) for number in range(2, COUNT))]
    (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def interrupted(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> subprocess.CompletedProcess[str]:
    """Return what comes of a run that is interrupted after its first block."""
    write(tmp_path)
    return broken_off(run, tmp_path, monkeypatch, "out.jsonl")


def broken_off(
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    *more: str,
    first: str = "in.jsonl",
    stdin: bytes = b"",
) -> subprocess.CompletedProcess[str]:
    kind: Any = KeptParquet if file.endswith("parquet") else Kept
    add: Any = kind.add

    def interrupted(self: Kept, texts: list[bytes], tally: Tally) -> None:
        if self.tally.inputs:
            raise KeyboardInterrupt
        add(self, texts, tally)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "add", interrupted)
        patch.setattr("authcheck.cli.batch._SIZE_OF_TABLE", 1 << 16)
        return run("batch", first, *ASKED, "-o", file, *more, cwd=folder, stdin=stdin)


def said(done: subprocess.CompletedProcess[str]) -> str:
    return " ".join(done.stderr.split())


@pytest.mark.parametrize("form", FORMS)
def test_a_run_that_goes_on_sums_up_all_of_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    write(tmp_path)
    whole = run("batch", "in.jsonl", *ASKED, "-o", f"whole.{form}", cwd=tmp_path)
    assert (whole.returncode, "5,000 inputs; 1 could not be answered, the first: in.jsonl:2:1" in whole.stderr) == (
        3,
        True,
    )
    assert broken_off(run, tmp_path, monkeypatch, f"out.{form}").returncode == 130
    done = run("batch", "in.jsonl", *ASKED, "-o", f"out.{form}", "--resume", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (whole.returncode, whole.stderr)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", f"out.{form}", f"whole.{form}"]
    if form != "parquet":
        assert (tmp_path / f"out.{form}").read_bytes() == (tmp_path / f"whole.{form}").read_bytes()


def test_a_run_that_holds_nothing_is_nothing_to_do_where_it_goes_on_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    whole = run("batch", "empty.jsonl", "in.jsonl", *ASKED, "-o", "whole.jsonl", cwd=tmp_path)
    broken_off(run, tmp_path, monkeypatch, "out.jsonl", "in.jsonl", first="empty.jsonl")
    done = run("batch", "empty.jsonl", *ASKED, "in.jsonl", "-o", "out.jsonl", "--resume", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (whole.returncode, whole.stderr) == (5, done.stderr)


@pytest.mark.parametrize("form", FORMS)
def test_an_interrupted_run_says_what_stands_and_how_to_go_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    write(tmp_path)
    done = broken_off(run, tmp_path, monkeypatch, f"out.{form}")
    part = f"out.{form}.part.1" if form == "parquet" else f"out.{form}.part"
    assert (tmp_path / part).exists()
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("what ")
    assert done.stderr.endswith(f" inputs came to stands in `{part}`; the same command with `--resume` goes on\n")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signals")
def test_a_run_that_is_ended_from_outside_says_so_too(clean_environment: Mapping[str, str], tmp_path: Path) -> None:
    write(tmp_path)
    script = (
        "import sys; from authcheck.cli import batch, main; batch.SIZE = 1 << 10; sys.argv[0] = 'authcheck'; main()"
    )
    command = [sys.executable, "-c", script, "batch", "in.jsonl", "--full", "-o", "out.jsonl"]
    with started(command, cwd=tmp_path, env=clean_environment, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        part = tmp_path / "out.jsonl.part"
        while process.poll() is None and not (part.exists() and part.stat().st_size):
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        told = process.stderr.read().decode()
        assert process.wait() == 143
    assert "stands in `out.jsonl.part`; the same command with `--resume` goes on" in told


def test_of_standard_input_it_is_said_that_no_run_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "\n".join(line(number) for number in range(COUNT)).encode()
    done = broken_off(run, tmp_path, monkeypatch, "out.jsonl", first="-", stdin=lines)
    assert "what reads standard input cannot be gone on with: `--force` begins anew" in done.stderr
    assert run("batch", "-", *ASKED, "-o", "out.jsonl", stdin=lines, cwd=tmp_path).returncode == 2
    assert run("batch", "-", *ASKED, "-o", "out.jsonl", "--force", stdin=lines, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("form", FORMS)
def test_what_an_interrupted_run_left_makes_way_only_where_that_is_forced(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    write(tmp_path)
    broken_off(run, tmp_path, monkeypatch, f"out.{form}")
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    asked = ("batch", "in.jsonl", "--lens", "all", "-o", f"out.{form}")
    done = run(*asked, cwd=tmp_path)
    assert done.returncode == 2
    assert f"`out.{form}.part` is of an interrupted run, which had gone through " in said(done)
    assert "`--resume` goes on, and `--force` begins anew" in said(done)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
    assert run(*asked, "--force", cwd=tmp_path).returncode == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", f"out.{form}"]


@pytest.mark.parametrize("options", [(), ("--force",)])
@pytest.mark.parametrize(
    ("form", "kind"),
    [
        *itertools.product(FORMS, ["file", "link", "folder", "notes"]),
        *(("parquet", "numbered") for form in FORMS if form == "parquet"),
    ],
)
def test_a_file_of_others_beside_the_output_is_left_alone(
    run: Run, tmp_path: Path, form: str, kind: str, options: tuple[str, ...]
) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    ending = {"notes": ".json", "numbered": ".1"}.get(kind, "")
    file = tmp_path / f"out.{form}.part{ending}"
    if kind == "link":
        (tmp_path / "precious").write_text("Kept.", encoding="utf-8")
        file.symlink_to("precious")
    elif kind == "folder":
        file.mkdir()
    else:
        file.write_text("Kept.", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    done = run("batch", "in.jsonl", "-o", f"out.{form}", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert f"`{file.name}`" in said(done)
    assert "move it away, or write to another file" in said(done)
    assert sorted(tmp_path.iterdir()) == before
    assert kind == "folder" or file.read_text(encoding="utf-8") == "Kept."


def test_an_empty_part_with_nothing_noted_of_it_makes_way_where_that_is_forced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    (tmp_path / "out.jsonl.part").write_bytes(b"")
    assert run("batch", "in.jsonl", "-o", "out.jsonl", cwd=tmp_path).returncode == 2
    assert run("batch", "in.jsonl", "-o", "out.jsonl", "--force", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no file is locked there")
@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_a_run_is_writing_is_taken_by_no_other(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path, form: str
) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    file = f"out.{form}"
    command = [sys.executable, "-m", "authcheck", "batch", "-", "-o", file]
    with started(
        command, cwd=tmp_path, env=clean_environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while process.poll() is None and not (tmp_path / f"{file}.part.json").exists():
            time.sleep(0.005)
        for options in ([], ["--force"], ["--resume"]):
            done = run("batch", "in.jsonl", "-o", file, *options, cwd=tmp_path)
            assert done.returncode == 2
            assert f"another run is writing `{file}`: wait for it, or write to another file" in said(done)
        told = process.communicate(f"{line(1)}\n{line(2)}\n".encode())[1].decode()
    assert (process.returncode, told) == (0, "2 scenarios\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", file]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_forced", [False, True])
def test_a_file_that_is_made_meanwhile_is_written_over_only_where_that_is_forced(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, *, is_forced: bool
) -> None:
    write(tmp_path)
    file = tmp_path / f"out.{form}"
    kind: Any = KeptParquet if form == "parquet" else Kept
    add: Any = kind.add

    def made(self: Kept, texts: list[bytes], tally: Tally) -> None:
        file.write_text("Kept.", encoding="utf-8")
        add(self, texts, tally)

    asked = ("batch", "in.jsonl", *ASKED, "-o", file.name)
    with monkeypatch.context() as patch:
        patch.setattr(kind, "add", made)
        done = run(*asked, *["--force"] * is_forced, cwd=tmp_path)
    assert done.returncode == 3
    if is_forced:
        assert "5,000 inputs" in done.stderr
    else:
        assert f"`{file.name}` has been made in the meantime, and is not written over" in said(done)
        assert f"move `{file.name}` away, and go on with `--resume`" in said(done)
        assert file.read_text(encoding="utf-8") == "Kept."
        file.unlink()
        assert "5,000 inputs; 1 could not" in run(*asked, "--resume", cwd=tmp_path).stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", file.name]
    assert file.read_bytes() != b"Kept."


@pytest.mark.parametrize("form", FORMS)
def test_a_link_to_a_file_on_another_disk_stays_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    replace = Path.replace

    def across(self: Path, target: str) -> Path:
        if ".part" in self.name and not self.name.startswith("."):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return replace(self, target)

    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    (tmp_path / f"real.{form}").write_text("Old.", encoding="utf-8")
    (tmp_path / f"out.{form}").symlink_to(f"real.{form}")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", across)
        done = run("batch", "in.jsonl", "-o", f"out.{form}", "--force", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "1 scenario\n")
    assert (tmp_path / f"out.{form}").is_symlink()
    assert (tmp_path / f"real.{form}").stat().st_size > 100
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", f"out.{form}", f"real.{form}"]


@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("cut", "`out.jsonl.part` is damaged, or no file of this program: it does not match `out.jsonl.part.json`"),
        ("altered", "`out.jsonl.part` is damaged, or no file of this program: it does not match `out.jsonl.part.json`"),
        ("gone", "`out.jsonl.part` is missing, of which `out.jsonl.part.json` says how far it goes"),
        ("notes gone", "`out.jsonl.part` is there, but no `out.jsonl.part.json` of an interrupted run"),
        ("notes broken", "`out.jsonl.part.json` is damaged, or no file of this program"),
    ],
)
def test_what_is_damaged_is_not_gone_on_with_and_said_to_be(run: Run, tmp_path: Path, fault: str, words: str) -> None:
    part, notes = tmp_path / "out.jsonl.part", tmp_path / "out.jsonl.part.json"
    data = part.read_bytes()
    match fault:
        case "cut":
            part.write_bytes(data[:-1])
        case "altered":
            part.write_bytes(data.replace(b'"r0"', b'"r9"'))
        case "gone":
            part.unlink()
        case "notes gone":
            notes.unlink()
        case _:
            notes.write_text(notes.read_text(encoding="utf-8")[:-1], encoding="utf-8")
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    done = run("batch", "in.jsonl", *ASKED, "-o", "out.jsonl", "--resume", cwd=tmp_path)
    assert (done.returncode, words in said(done)) == (2, True)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_an_altered_part_of_parquet_is_not_gone_on_with(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    write(tmp_path)
    broken_off(run, tmp_path, monkeypatch, "out.parquet")
    part = tmp_path / "out.parquet.part.1"
    part.write_bytes(part.read_bytes()[:-1] + b"\0")
    done = run("batch", "in.jsonl", *ASKED, "-o", "out.parquet", "--resume", cwd=tmp_path)
    assert (done.returncode, "is damaged" in said(done)) == (2, True)


@pytest.mark.usefixtures("interrupted")
def test_what_has_changed_is_said_as_it_was_given(run: Run, tmp_path: Path) -> None:
    more = ("--set", "operation_type=training", "--select", "lens")
    done = run("batch", "in.jsonl", "-o", "out.jsonl", "--resume", *more, cwd=tmp_path)
    assert done.returncode == 2
    assert "--select was scenario, and is lens; --set was not given, and is operation_type=training;" in said(done)


def test_a_strict_run_says_how_far_it_came(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([line(1), line(2), FAULT]), encoding="utf-8")
    assert run("batch", "in.jsonl", "--strict", cwd=tmp_path).stderr.endswith("2 scenarios answered before\n")
    done = run("batch", "in.jsonl", "--strict", "-o", "out.jsonl", cwd=tmp_path)
    assert done.stderr.endswith("2 scenarios answered before; `out.jsonl` is not written\n")


def test_what_cannot_be_noted_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("authcheck.cli.unfinished.tempfile.mkstemp", full)
        done = run("batch", "in.jsonl", "-o", "out.jsonl", cwd=tmp_path)
    assert (done.returncode, "`out.jsonl` cannot be written: no space left on device" in said(done)) == (3, True)
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_table_whose_end_cannot_be_written_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("authcheck.cli.unfinished.Unfinished.sum_of_part", full)
        done = run("batch", "in.jsonl", "-o", "out.parquet", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "`out.parquet` cannot be written: no space left on device" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_folder_is_no_output_and_said_to_be_none_at_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("authcheck.cli.answering.Answering.answered", answered)
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    (tmp_path / "out").mkdir()
    done = run("batch", "in.jsonl", "-o", "out", cwd=tmp_path)
    assert (done.returncode, "`out` cannot be written: is a directory" in said(done)) == (3, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", "out"]


@pytest.mark.skipif(os.name == "nt", reason="the system knows no such rights")
@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_written_over_may_be_read_by_whoever_might_before(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    file = tmp_path / f"out.{form}"
    file.write_text("", encoding="utf-8")
    for mode in (0o600, 0o664):
        file.chmod(mode)
        assert run("batch", "in.jsonl", "-o", file.name, "--force", cwd=tmp_path).returncode == 0
        assert file.stat().st_mode & 0o777 == mode
        assert file.stat().st_size
