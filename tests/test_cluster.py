"""Many scenarios on more than one machine: the same bytes as here, also where a worker is lost."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from authcheck.topics import topic
from tests.processes import started
from tests.shipped import Run
from tests.test_batch import line
from tests.test_batch_verdicts import (
    LENSES,
    RECORDS,
    assert_decided,
    drawn,
    of_lines,
    of_rows,
    write_lines,
    write_parquet,
)
from tests.test_jobs import SELECT, lines

needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason="Dask is not installed: pip install 'authcheck[cluster]'"
)


def descendants_of(process: int) -> Iterator[int]:
    """Yield the processes that a process has started, whichever of its threads did, and theirs."""
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for one in thread.read_text(encoding="utf-8").split():
                yield int(one)
                yield from descendants_of(int(one))


def command_of(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")


@needs_dask
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the children of a process")
def test_a_cluster_writes_the_same_bytes_and_survives_the_loss_of_a_worker(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_text(lines(40_000), encoding="utf-8")
    run("batch", "in.jsonl", "-o", "alone.jsonl", *SELECT, cwd=tmp_path)
    command = [sys.executable, "-m", "authcheck", "batch", "in.jsonl", "-", "-o", "out.jsonl", "--cluster", "2"]
    streams = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with started([*command, *SELECT], cwd=tmp_path, env=clean_environment, **streams) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        part = tmp_path / "out.jsonl.part"
        while process.poll() is None and not (part.exists() and part.stat().st_size):
            time.sleep(0.05)
        workers = [one for one in descendants_of(process.pid) if "spawn_main" in command_of(one)]
        os.kill(workers[-1], signal.SIGKILL)
        more = "".join(f"{line(number)}\n" for number in range(4000))
        process.stdin.write(more.encode())
        process.stdin.close()
        process.stdin = None
        said = process.stderr.read().decode()
        status = process.wait()
    (tmp_path / "more.jsonl").write_text(more, encoding="utf-8")
    rest = run("batch", "more.jsonl", *SELECT, cwd=tmp_path).stdout.replace("more.jsonl", "<stdin>")
    assert (status, said.splitlines()[-1].partition(", the first")[0]) == (
        3,
        "44,001 scenarios; 1 could not be answered",
    )
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == (
        (tmp_path / "alone.jsonl").read_text(encoding="utf-8") + rest
    )


@needs_dask
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the children of a process")
@pytest.mark.parametrize("lens", LENSES if RECORDS else ["all"])
def test_the_verdicts_of_a_cluster_that_loses_a_worker_are_those_of_a_decision_of_each(
    clean_environment: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lens: str
) -> None:
    monkeypatch.setattr("tests.processes.LIMIT", 60 + RECORDS // 100)
    write_lines(tmp_path / "in.jsonl")
    lines = (tmp_path / "in.jsonl").read_bytes().splitlines(keepends=True)
    half = len(lines) // 2
    (tmp_path / "in.jsonl").write_bytes(b"".join(lines[:half]))
    command = [sys.executable, "-m", "authcheck", "batch", "in.jsonl", "-", "-o", "out.jsonl", "--cluster", "2"]
    streams = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with started([*command, "--lens", lens], cwd=tmp_path, env=clean_environment, **streams) as process:
        assert process.stdin is not None
        while process.poll() is None and not (tmp_path / "out.jsonl.part").exists():
            time.sleep(0.02)
        process.stdin.write(b"".join(lines[half : half + half // 2]))
        workers = [one for one in descendants_of(process.pid) if "spawn_main" in command_of(one)]
        os.kill(workers[0], signal.SIGKILL)
        process.stdin.write(b"".join(lines[half + half // 2 :]))
        process.communicate()
    with (tmp_path / "out.jsonl").open(encoding="utf-8") as found:
        assert_decided(of_lines(found), lens)


OF_THREADS = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=4, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@needs_dask
@pytest.mark.slow
def test_threads_of_one_worker_lose_and_double_nothing(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "cluster.py").write_text(OF_THREADS, encoding="utf-8")
    (tmp_path / "in").mkdir()
    for number in range(800):
        (tmp_path / "in" / f"{number}.yaml").write_text(line(number), encoding="utf-8")
    run("batch", "in", "-o", "alone.parquet", cwd=tmp_path)
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with started([sys.executable, "cluster.py"], cwd=tmp_path, env=clean_environment, **streams) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        done = run("batch", "in", "-o", "together.parquet", "--cluster", address, cwd=tmp_path)
        process.stdin.close()
        process.stdin = None
    assert (done.returncode, done.stderr) == (0, "800 scenarios\n")
    assert (tmp_path / "together.parquet").read_bytes() == (tmp_path / "alone.parquet").read_bytes()


@needs_dask
@pytest.mark.slow
def test_a_cluster_started_here_leaves_the_port_of_another_alone(run_apart: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(line(1), encoding="utf-8")
    with contextlib.ExitStack() as taken:
        # Somebody else may have it already.
        with contextlib.suppress(OSError):
            taken.enter_context(socket.create_server(("127.0.0.1", 8787)))
        done = run_apart("batch", "in.jsonl", "-o", "out.csv", "--cluster", "1", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "1 scenario\n")


@needs_dask
@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_said_not_to(run_apart: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(2), encoding="utf-8")
    done = run_apart("batch", "in.jsonl", "-o", "out.jsonl", "--cluster", "nope://localhost:1", cwd=tmp_path)
    assert done.returncode == 3
    assert "no cluster with workers answers at `nope://localhost:1`" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_cluster_has_its_own_workers(run: Run) -> None:
    done = run("batch", "drone-attack", "--cluster", "2", "--jobs", "2")
    assert done.returncode == 2
    assert "leave out `--jobs`" in done.stderr


def test_without_dask_it_is_said_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("batch", "drone-attack", "--cluster", "2")
    assert done.returncode == 2
    assert "pip install 'authcheck[cluster]'" in " ".join(done.stderr.split())


# `.ci/run` puts it here, so that it is fetched once; one that is installed otherwise serves as well.
SPARK = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "authcheck-tests" / "spark"

needs_spark = pytest.mark.skipif(
    find_spec("pyarrow") is None
    or shutil.which("java") is None
    or not (find_spec("pyspark") or (SPARK / "pyspark").is_dir()),
    reason="no Java with pyspark: pip install --target ~/.cache/authcheck-tests/spark pyspark",
)


def on_spark(script: str, environment: Mapping[str, str], folder: Path) -> None:
    """Run a script that starts a Spark of its own."""
    found = os.pathsep.join([environment["PYTHONPATH"], str(SPARK)])
    settings = {**environment, "PYTHONPATH": found, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    subprocess.run([sys.executable, "-c", script], cwd=folder, env=settings, check=True, timeout=300 + RECORDS // 50)


ON_SPARK = """
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from authcheck import load_pack
from authcheck.answer import Decider
from authcheck.arrow import BatchDecider


def decider():
    return BatchDecider(Decider(load_pack()), plain=True, lens="LENS")


def decided(batches):
    yield from map(decider(), batches)


spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
facts = spark.read.parquet("facts.parquet").repartition(2)
facts.mapInArrow(decided, from_arrow_schema(decider().schema)).write.parquet("verdicts")
"""


@pytest.mark.slow
@needs_spark
@pytest.mark.parametrize("lens", LENSES if RECORDS else ["all"])
def test_the_verdicts_on_spark_are_those_of_a_decision_of_each(
    clean_environment: Mapping[str, str], tmp_path: Path, lens: str
) -> None:
    import pyarrow.parquet as pq

    write_parquet(tmp_path / "facts.parquet")
    on_spark(ON_SPARK.replace("LENS", lens), clean_environment, tmp_path)
    # Spark keeps no order, and a row at fault goes by its id too.
    rows = {row["scenario"]: row for row in pq.read_table(tmp_path / "verdicts").to_pylist()}
    assert len(rows) == len(drawn())
    assert_decided(of_rows(rows[str(record["id"])] for record in drawn()), lens)


@pytest.mark.slow
@needs_spark
def test_the_recipe_for_spark_gives_the_verdicts_of_batch(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = ["airstrike", "training", None, "ground_raid|training", "airstrke"]
    table = pa.table({"id": [f"r{number}" for number in range(100)], "operation_type": kinds * 20})
    pq.write_table(table, tmp_path / "facts.parquet")
    found = re.search(r"```python\n(.*?)```", topic("cluster"), re.DOTALL)
    assert found is not None
    on_spark(found[1], clean_environment, tmp_path)
    of_spark = {row["scenario"]: row for row in pq.read_table(tmp_path / "verdicts").to_pylist()}
    of_batch = csv.DictReader(run("batch", "facts.parquet", "-f", "csv", cwd=tmp_path).stdout.splitlines())
    assert len(of_spark) == 100
    for row in of_batch:
        verdicts = of_spark[row["scenario"]]
        assert (verdicts["problem"] is None) == (row["problem"] == "")
        assert (verdicts["article-ii"] or "") == row["article-ii"]
        assert " ".join(verdicts["gaps"] or ()) == row["gaps"]
