"""Many scenarios on more than one machine: the same bytes as here, also where a worker is lost."""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from authcheck.cli.blocks import Slice, after, blocks_of, found_of, loaded_of
from authcheck.cli.reading import Reader
from authcheck.diagnostics import Diagnostic
from authcheck.loading.folders import Loaded
from authcheck.model.scenario import Scenario
from authcheck.topics import topic
from tests.processes import started
from tests.shipped import Run, pack
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


ODD = ["in", "nix.yaml", "no.yaml", "nix.jsonl"]


@pytest.fixture
def odd(tmp_path: Path) -> list[str]:
    """Return what is asked of files with all that is odd in some, which stand here."""
    here = [line(number).encode() for number in range(40)]
    made = {
        "blank.jsonl": b"\n \r\n" + b"\n\n\n".join(here),
        "mark.jsonl": codecs.BOM_UTF8 + b"\n".join(here) + b"\n",
        "mark-alone.jsonl": codecs.BOM_UTF8 + b"\n \n" + here[0],
        "windows.jsonl": b"\r\n".join(here) + b"\r\n",
        "faulty.jsonl": b"\n".join(
            [here[0], b"{", b"\xff", b'"\xe2\x80\xa8"', here[1].replace(b"airstrike", b"air"), here[2]]
        ),
        "long.jsonl": b"\n".join(
            [here[0], b'{"scenario": "' + b"x" * 2_000_000 + b'"}', here[1], b"{}" + b" " * 900_000]
        ),
        "one.jsonl": here[0],
        "empty.jsonl": b"",
        "spaces.jsonl": b" \n\n",
        "packed.jsonl.gz": gzip.compress(b"\n".join(here)),
        "cut.jsonl.gz": gzip.compress(b"\n".join(here))[:-9],
        "facts.csv": b'id,scenario,operation_type\na,"of\ntwo",airstrike\n,b,training\nc,"\n',
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.yaml").write_bytes(here[number])
    (tmp_path / "nix.yaml").symlink_to("nothing")
    return [*ODD, *made, *(odd_tables(tmp_path) if find_spec("pyarrow") else [])]


def odd_tables(folder: Path) -> list[str]:
    """Return the names of files of Parquet with what is odd in some, which are written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ids = [f"r{number}" for number in range(200)]
    table = pa.table({"id": ids, "operation_type": ["airstrike", None, "training", "air"] * 50})
    pq.write_table(table, folder / "one.parquet")
    pq.write_table(table, folder / "small.parquet", row_group_size=7)
    pq.write_table(table, folder / "groups.parquet", row_group_size=60)
    with pq.ParquetWriter(folder / "gaps.parquet", table.schema) as writer:
        for part in (table[:0], table[:5], table[:0], table[:0], table[5:9], table[:0]):
            writer.write_table(part)
    with pq.ParquetWriter(folder / "no-rows.parquet", table.schema) as writer:
        writer.write_table(table[:0])
    pq.write_table(table.rename_columns(["id", "operation"]), folder / "name.parquet")
    pq.write_table(table.append_column("uses_armed_force", pa.array([1] * 200)), folder / "type.parquet")
    whole = (folder / "groups.parquet").read_bytes()
    (folder / "cut.parquet").write_bytes(whole[:-20])
    at = pq.read_metadata(folder / "groups.parquet").row_group(1).column(0).data_page_offset
    (folder / "broken.parquet").write_bytes(whole[:at] + b"\xff" * 40 + whole[at + 40 :])
    names = ("one", "small", "groups", "gaps", "no-rows", "name", "type", "cut", "broken", "one")
    return [f"{name}.parquet" for name in names]


@pytest.mark.parametrize("size", [64, 640, 1 << 18])
def test_what_is_read_where_it_is_answered_is_what_is_read_here(
    odd: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.chdir(tmp_path)
    read = Reader(pack()).read

    def told(count: int, *, afar: bool) -> list[tuple[str, Scenario | None, Sequence[Diagnostic]]]:
        blocks = after(blocks_of(found_of(odd, None), pack(), size, afar=afar), count, read)
        found: list[tuple[str, Scenario | None, Sequence[Diagnostic]]] = []
        is_broken = False
        for place in blocks:
            if is_broken and isinstance(place, Slice) and place.goes_on:
                continue
            block = read(place)
            is_broken = isinstance(place, Slice) and isinstance(block, Loaded)
            found += ((one.name, one.scenario, one.problems) for one in loaded_of(block, pack()))
        return found

    here = told(0, afar=False)
    assert told(0, afar=True) == here
    if "type.parquet" in odd:
        files = [(scenario or problems[0]).place.file for _, scenario, problems in here]
        assert [files.count(f"{name}.parquet") for name in ("type", "gaps", "one")] == [1, 9, 400]
    for count in (1, 44, 171, len(here) - 210, len(here)):
        assert told(count, afar=True) == here[count:]


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
    (tmp_path / "in.jsonl").write_text(lines(150_000), encoding="utf-8")
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
        "154,001 inputs; 1 could not be answered",
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


CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    workers, threads = map(int, sys.argv[1:])
    with LocalCluster(
        n_workers=workers, threads_per_worker=threads, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextlib.contextmanager
def cluster_in(folder: Path, environment: Mapping[str, str], *, workers: int, threads: int) -> Iterator[str]:
    """Return the address of a cluster whose workers stand in the folder."""
    folder.mkdir()
    command = [sys.executable, "-c", CLUSTER, str(workers), str(threads)]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with started(command, cwd=folder, env=environment, **streams) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.stdin.close()
        process.stdin = None


@needs_dask
@pytest.mark.slow
def test_threads_of_one_worker_lose_and_double_nothing(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(800):
        (tmp_path / "in" / f"{number}.yaml").write_text(line(number), encoding="utf-8")
    run("batch", "in", "-o", "alone.parquet", cwd=tmp_path)
    with cluster_in(tmp_path / "afar", clean_environment, workers=1, threads=4) as address:
        done = run("batch", "in", "-o", "together.parquet", "--cluster", address, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "800 scenarios\n")
    assert (tmp_path / "together.parquet").read_bytes() == (tmp_path / "alone.parquet").read_bytes()


@needs_dask
@pytest.mark.slow
def test_workers_read_odd_files_by_themselves_to_the_same_bytes(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path, odd: list[str]
) -> None:
    with cluster_in(tmp_path / "afar", clean_environment, workers=2, threads=2) as address:
        for options in (["-f", "jsonl"], ["-f", "csv"], ["-f", "parquet"], ["--full"], ["-f", "csv", "--strict"]):
            # Where whole answers are written, a few are enough.
            asked = ["batch", *(odd[:8] if "--full" in options else odd), *options, "--force", "-o"]
            alone = run(*asked, "alone", cwd=tmp_path)
            together = run(*asked, "together", "--cluster", address, cwd=tmp_path)
            said = alone.stderr.replace("`alone`", "`together`")
            assert (together.returncode, together.stderr) == (alone.returncode, said)
            if "--strict" in options:
                assert not (tmp_path / "together.part").exists()
            else:
                assert (tmp_path / "together").read_bytes() == (tmp_path / "alone").read_bytes()


@needs_dask
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="no path leads to another file for each process")
def test_a_worker_that_sees_no_file_or_another_is_told_and_the_run_goes_on_when_it_sees_it(
    run: Run, clean_environment: Mapping[str, str], tmp_path: Path, odd: list[str]
) -> None:
    afar = tmp_path / "afar"
    with cluster_in(afar, clean_environment, workers=1, threads=1) as address:
        for name in ("in/0.yaml", "one.jsonl", *(one for one in odd if one == "groups.parquet")):
            asked = ["batch", f"/proc/self/cwd/{name}", "-o", "out.csv", "--cluster", address]
            before = {*tmp_path.iterdir()}
            done = run(*asked, cwd=tmp_path)
            assert (done.returncode, {*tmp_path.iterdir()}) == (3, before)
            assert f"a worker of the cluster cannot read `/proc/self/cwd/{name}`" in done.stderr
            assert "must see all files under the same path" in " ".join(done.stderr.split())
            (afar / name).parent.mkdir(exist_ok=True)
            (afar / name).write_bytes((tmp_path / name).read_bytes().replace(b"airstrike", b"air_raids"))
            done = run(*asked, cwd=tmp_path)
            assert (done.returncode, {*tmp_path.iterdir()}) == (3, before)
            assert f"`/proc/self/cwd/{name}` is another file for a worker of the cluster" in done.stderr
            (afar / name).unlink()
            asked[1:1] = ["mark.jsonl"]
            assert run(*asked, cwd=tmp_path).returncode == 3
            shutil.copy2(tmp_path / name, afar / name)
            done = run(*asked, "--resume", cwd=tmp_path)
            alone = run(*asked[:3], "-o", "alone.csv", "--force", cwd=tmp_path)
            assert done.returncode == alone.returncode
            assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()
            (tmp_path / "out.csv").unlink()


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
