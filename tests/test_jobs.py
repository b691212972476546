"""Many scenarios answered by several processes: the same bytes, and a clear end however it comes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from authcheck.cli.workers import most_workers
from tests.processes import started
from tests.shipped import PATHS, Run
from tests.test_batch import line

SELECT = ("--select", "scenario,place,relies_on")


def lines(count: int) -> str:
    made = [line(number, as_of=f"20{number % 26:02}-01-01") for number in range(count)]
    return "\n".join([*made[:5], "{", "", *made[5:]])


@pytest.mark.parametrize(
    ("count", "options"),
    [(9000, SELECT), (9000, ("-f", "csv", "--select", "scenario,line,gaps,problem")), (30, ("--full",))],
)
def test_several_processes_write_the_same_bytes(
    run: Run, run_apart: Run, tmp_path: Path, count: int, options: tuple[str, ...]
) -> None:
    (tmp_path / "in.jsonl").write_text(lines(count), encoding="utf-8")
    alone = run("batch", "in.jsonl", str(PATHS["drone-attack"]), *options, cwd=tmp_path)
    together = run_apart("batch", "in.jsonl", str(PATHS["drone-attack"]), *options, "--jobs", "3", cwd=tmp_path)
    assert (together.stdout, together.stderr, together.returncode) == (alone.stdout, alone.stderr, alone.returncode)


def write_alike(folder: Path) -> None:
    """Write lines and a table of so many records that each process meets other states first."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = ["airstrike", "training", "ground_raid", "capture_operation", "intelligence_collection"]
    count = 200_000
    stated = [(f"r{at}", kinds[at * 9 // count % 5], str(at * 31 // count)) for at in range(count)]
    table = pa.table([*zip(*stated, strict=True)], ["id", "operation_type", "days_since_hostilities_began"])
    pq.write_table(table, folder / "in.parquet", row_group_size=150_000)
    facts = '"facts": {"operation_type": "%s", "days_since_hostilities_began": %s}'
    made = (f'{{"id": "{id}", "scenario": "One", {facts % (kind, days)}}}\n' for id, kind, days in stated)
    (folder / "in.jsonl").write_text("".join(made), encoding="utf-8")


@pytest.mark.parametrize("name", ["in.jsonl", "in.parquet"])
@pytest.mark.parametrize(
    "shared",
    [
        ("--jobs", "2"),
        pytest.param(
            ("--cluster", "2"),
            marks=[
                pytest.mark.slow,
                pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed"),
            ],
        ),
    ],
)
def test_several_processes_write_the_same_parquet(
    run: Run, run_apart: Run, tmp_path: Path, name: str, shared: tuple[str, str]
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'authcheck[tables]'")
    write_alike(tmp_path)
    run("batch", name, "-o", "alone.parquet", cwd=tmp_path)
    run_apart("batch", name, "-o", "together.parquet", *shared, cwd=tmp_path)
    assert (tmp_path / "together.parquet").read_bytes() == (tmp_path / "alone.parquet").read_bytes()


def test_a_strict_run_stops_where_it_would_alone(run: Run, run_apart: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(20), encoding="utf-8")
    alone = run("batch", "in.jsonl", "--strict", *SELECT, cwd=tmp_path)
    together = run_apart("batch", "in.jsonl", "--strict", *SELECT, "--jobs", "2", cwd=tmp_path)
    assert (together.stdout, together.stderr, together.returncode) == (alone.stdout, alone.stderr, alone.returncode)
    assert together.returncode == 3


def test_what_is_wrong_with_what_is_asked_is_said_as_it_would_be_alone(
    run: Run, run_apart: Run, tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_text(lines(2), encoding="utf-8")
    alone = run("batch", "in.jsonl", "--option", "none", cwd=tmp_path)
    together = run_apart("batch", "in.jsonl", "--option", "none", "--jobs", "2", cwd=tmp_path)
    assert (together.stdout, together.stderr, together.returncode) == (alone.stdout, alone.stderr, 3)


def children_of(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def begun(process: subprocess.Popen[bytes], count: int = 3) -> list[int]:
    """Return the processes that a run has started, once there are so many."""
    while process.poll() is None and len(children_of(process.pid)) < count:
        time.sleep(0.001)
    return children_of(process.pid)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the children of a process")
def test_no_more_processes_are_started_than_are_of_use(clean_environment: Mapping[str, str], tmp_path: Path) -> None:
    assert most_workers(10**9) == 8 * (os.cpu_count() or 1)
    assert most_workers(2) == 2
    script = "import sys; from authcheck.cli import main, workers; workers._FOR_EACH = 1; sys.argv[0] = ''; main()"
    command = [sys.executable, "-c", script, "batch", "-", "-o", "out.csv", "--jobs", str(4 * (os.cpu_count() or 1))]
    with started(command, cwd=tmp_path, env=clean_environment, stdin=subprocess.PIPE) as process:
        while process.poll() is None and not (tmp_path / "out.csv.part.json").exists():
            time.sleep(0.001)
        count = len(children_of(process.pid))
        process.communicate(f"{line(1)}\n".encode())
    assert (count, process.returncode) == (os.cpu_count() or 1, 0)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the children of a process")
@pytest.mark.parametrize("ending", ["lost", "interrupted"])
def test_a_run_that_is_broken_off_ends_and_leaves_no_half_file(
    clean_environment: Mapping[str, str], tmp_path: Path, ending: str
) -> None:
    command = [sys.executable, "-m", "authcheck", "batch", "-", "-o", "out.csv", "--jobs", "3"]
    streams = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with started(command, cwd=tmp_path, env=clean_environment, start_new_session=True, **streams) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(f"{line(1)}\n".encode())
        workers = begun(process)
        if ending == "lost":
            os.kill(workers[1], signal.SIGKILL)
            with contextlib.suppress(BrokenPipeError):
                for _ in range(100):
                    process.stdin.write(f"{line(2)}\n".encode() * 2000)
        else:
            os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read().decode()
        status = process.wait()
    if ending == "lost":
        assert status == 3
        assert "a process that answered was ended from outside" in said
    else:
        assert status == 130
        assert said == ""
    assert not (tmp_path / "out.csv").exists()
    patience = time.monotonic() + 10
    while (left := [one for one in workers if Path(f"/proc/{one}").exists()]) and time.monotonic() < patience:
        time.sleep(0.01)
    assert left == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the children of a process")
@pytest.mark.parametrize("count", range(1, 9))
def test_a_run_that_is_interrupted_while_it_starts_says_nothing(
    clean_environment: Mapping[str, str], tmp_path: Path, count: int
) -> None:
    command = [sys.executable, "-m", "authcheck", "batch", "-", "-o", "out.csv", "--jobs", "8"]
    streams = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with started(command, cwd=tmp_path, env=clean_environment, start_new_session=True, **streams) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(f"{line(1)}\n".encode())
        begun(process, count)
        os.killpg(process.pid, signal.SIGINT)
        assert (process.stderr.read(), process.wait()) == (b"", 130)
    assert list(tmp_path.iterdir()) == []
