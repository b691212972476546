"""Where results go: never over a file that was not named to be written over, whole, and in the form that they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.processes import LIMIT
from tests.shipped import Run

HEAD = "Drone attack on a Texas border post"


def test_a_file_is_written_over_only_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("Kept.\n", encoding="utf-8")
    for line in (
        "evaluate drone-attack",
        "variants drone-attack -n 1",
        "settle drone-attack",
        "prove no-force",
        "show",
    ):
        refused = run(*line.split(), "-o", "kept.txt", cwd=tmp_path)
        assert refused.returncode == 2
        assert kept.read_text(encoding="utf-8") == "Kept.\n"
    assert "`kept.txt` exists; `--force` writes over it" in refused.stderr
    assert run("show", "-o", "kept.txt", "--force", cwd=tmp_path).returncode == 0
    assert kept.read_text(encoding="utf-8") == run("show").stdout


def test_a_link_to_nothing_is_a_file_that_exists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("nowhere.txt")
    assert run("show", "-o", "link.txt", cwd=tmp_path).returncode == 2
    assert run("show", "-o", "link.txt", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "nowhere.txt").is_file()


@pytest.mark.parametrize(
    ("ending", "start"),
    [("json", "{\n"), ("jsonl", '{"'), ("csv", "scenario,"), ("md", f"# {HEAD}"), ("html", "<!"), ("txt", HEAD)],
)
def test_the_ending_of_a_file_chooses_the_form(ending: str, start: str, run: Run, tmp_path: Path) -> None:
    # A variable of the environment says what is usual, and the file is nearer.
    assert run("evaluate", "drone-attack", "-o", f"x.{ending}", cwd=tmp_path, AUTHCHECK_FORMAT="html").returncode == 0
    assert (tmp_path / f"x.{ending}").read_text(encoding="utf-8").startswith(start)


def test_another_ending_chooses_nothing(run: Run, tmp_path: Path) -> None:
    run("evaluate", "drone-attack", "-o", "x.out", cwd=tmp_path, AUTHCHECK_FORMAT="json")
    assert json.loads((tmp_path / "x.out").read_text(encoding="utf-8"))["scenario"] == "drone-attack"
    run("show", "scenario", "drone-attack", "-o", "mine.yaml", cwd=tmp_path)
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == run("show", "scenario", "drone-attack").stdout


def shell(line: str, folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Return what a line comes to in a shell, in which `authcheck` is the program."""
    function = f'authcheck() {{ "{sys.executable}" -m authcheck "$@"; }}\n'
    done = subprocess.run(
        ["/bin/bash", "-c", function + line],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=LIMIT,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "authcheck show -o /dev/stdout | cat",
        "authcheck show -o /dev/stdout > x; cat x",
        "authcheck show -o /dev/fd/3 3>&1",
        "authcheck show -o /dev/fd/3 3> x; cat x",
        "authcheck show -o /dev/stderr 2>&1",
        "authcheck show -o >(cat) | cat",
        "authcheck show -o /dev/null; authcheck show",
    ],
)
def test_a_device_or_a_pipe_is_written_to(
    line: str, tmp_path: Path, clean_environment: Mapping[str, str], run: Run
) -> None:
    status, shown, said = shell(line, tmp_path, clean_environment)
    assert (status, shown, said) == (0, run("show").stdout, "")


COMMANDS = [
    "evaluate drone-attack",
    "evaluate drone-attack --format json",
    "evaluate drone-attack day-75 --format jsonl",
    "explain drone-attack --full",
    "settle drone-attack",
    "compare drone-attack day-75",
    "variants drone-attack -n 2",
    "show passage",
    "test",
    "prove --full",
    "schema answer",
    "check --help",
    "--help",
]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full disk to write to")  # noqa: PTH110
@pytest.mark.parametrize("to", ["> /dev/full", "-o /dev/full"])
def test_a_full_disk_is_said(to: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> None:
    status, _, said = shell(f"authcheck evaluate drone-attack {to}", tmp_path, clean_environment)
    assert status == 3
    assert said.endswith("cannot be written: no space left on device [not-written]\n")
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_has_gone_is_no_fault(command: str, clean_environment: Mapping[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "authcheck", *command.split()],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            env=clean_environment,
            timeout=LIMIT,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_reader_of_another_pipe_that_has_gone_is_no_fault_either(
    tmp_path: Path, clean_environment: Mapping[str, str]
) -> None:
    line = "authcheck evaluate drone-attack --format json -o >(head -c 1)"
    assert shell(line, tmp_path, clean_environment) == (141, "{", "")
