"""`test --watch`, and the hook that checks before a commit."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import pytest
import yaml

from tests.shipped import Run

ROOT = Path(__file__).resolve().parent.parent
STORY = """\
scenario: A designation, and nothing else
facts: {fto_designation_in_effect: true}
expect: {match: subset, verdicts: {fto-designation: EXPECTED}}
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.yaml"
    file.write_text(STORY.replace("EXPECTED", "available"), encoding="utf-8")
    return file


@pytest.fixture
def watching(story: Path, clean_environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    # Behind `&` in a script SIGINT is ignored, and what is ignored is inherited. A handler is not.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "authcheck", "test", str(story), "--watch"],
            env={**os.environ, **clean_environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    patience = threading.Timer(60, process.kill)
    patience.start()
    yield process
    patience.cancel()
    process.kill()
    process.communicate()


def read_to(stream: IO[str], end: str) -> list[str]:
    """Return the lines up to the one that is the end."""
    lines: list[str] = []
    for line in stream:
        if line.rstrip() == end:
            return lines
        lines.append(line.rstrip())
    raise AssertionError(lines)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="an interruption is sent otherwise there")
def test_a_change_is_tested_again_and_an_interruption_ends_it_with_the_last_status(
    watching: subprocess.Popen[str], story: Path
) -> None:
    assert watching.stdout is not None
    assert read_to(watching.stdout, "watching; Ctrl-C ends it")[-1] == "1 met, 0 not met, 0 without an expectation"

    story.write_text(STORY.replace("EXPECTED", "unavailable"), encoding="utf-8")

    first, *_, last = read_to(watching.stdout, "watching; Ctrl-C ends it")
    assert (first, last) == (f"changed: {story}", "0 met, 1 not met, 0 without an expectation")
    watching.send_signal(signal.SIGINT)
    assert (watching.stdout.read().strip(), watching.wait()) == ("", 1)


def test_what_is_watched_writes_nothing(story: Path, run: Run) -> None:
    for option in (["--write"], ["-o", "results.txt"], ["--write-missing", "missing"]):
        done = run("test", str(story), "--watch", *option)
        assert done.returncode == 2
        assert "it shows results and writes no file" in done.stderr


def test_the_hook_checks_the_files_that_it_is_given(story: Path, run: Run) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    command, *arguments = shlex.split(hook["entry"])
    wrong = story.with_name("wrong.yaml")
    wrong.write_text("scenario: A\nfacts: {no_such_fact: true}\n", encoding="utf-8")

    assert (hook["id"], command, hook["language"]) == ("authcheck", "authcheck", "python")
    assert run(*arguments, str(story)).returncode == 0
    refused = run(*arguments, str(story), str(wrong))
    assert refused.returncode == 3
    assert "[unknown-fact]" in refused.stdout
