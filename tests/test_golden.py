"""The screens that users see, each kept as a file in tests/golden.

A file begins with its command line, `$ authcheck …`. To add a screen, write a file with that line alone; the help
of every command has one without that.
To rewrite all of them after a change that was meant: AUTHCHECK_GOLDEN=write pytest tests/test_golden.py, and read
the difference. Digests, the version and the checkout's folder are masked.
"""

from __future__ import annotations

import importlib.metadata
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from authcheck import __version__
from authcheck.cli.app import COMMANDS, app_for
from tests.shipped import Run

ROOT = Path(__file__).resolve().parent.parent
SCREENS = sorted((ROOT / "tests" / "golden").glob("*.txt"))
# How a help screen is laid out belongs to typer: these are compared under the version that wrote them.
HELP = ROOT / "tests" / "golden" / "help"
TYPER = HELP / "typer-version"


def command_of(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("$ ")
    return first.removeprefix("$ ")


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.stem)
def test_a_screen_is_as_kept(path: Path, transcript: Callable[..., str], golden: Callable[[Path, str], None]) -> None:
    golden(path, transcript([command_of(path)]))


def every_command() -> Iterator[str]:
    for name in COMMANDS:
        group = typer.main.get_command(app_for(name)).commands[name]  # type: ignore[attr-defined]
        yield name
        yield from (f"{name} {command}" for command in getattr(group, "commands", ()))


def help_screen(command: str) -> Path:
    return HELP / f"{command.replace(' ', '-') or 'authcheck'}.txt"


@pytest.mark.parametrize("command", ["", *every_command()])
def test_a_help_screen_is_as_kept(
    command: str, transcript: Callable[..., str], golden: Callable[[Path, str], None]
) -> None:
    installed = ".".join(importlib.metadata.version("typer").split(".")[:2]) + "\n"
    text = transcript([" ".join(["authcheck", *command.split(), "--help"])])
    if TYPER.read_text(encoding="utf-8") != installed:
        pytest.skip(f"the help screens are kept as typer {TYPER.read_text(encoding='utf-8').strip()} shows them")
    golden(help_screen(command), text)


def test_every_help_screen_is_of_a_command() -> None:
    assert set(HELP.glob("*.txt")) == {help_screen(command) for command in ("", *every_command())}


@pytest.mark.parametrize("command", ["", *every_command()])
def test_help_explains_the_command_and_gives_examples(command: str, run: Run) -> None:
    shown = run(*command.split(), "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: {' '.join(['authcheck', *command.split()])} ")
    assert "Examples:\n" in shown.stdout


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert run().stdout == run("--help").stdout
    assert run().returncode == 0


def examples() -> Iterator[str]:
    """Return every example that a help screen gives, as kept."""
    for path in sorted(HELP.glob("*.txt")):
        found = re.findall(r"^    (authcheck .*?)(?:   .*)?$", path.read_text(encoding="utf-8"), re.MULTILINE)
        yield from found


@pytest.mark.parametrize("line", sorted(set(examples())))
def test_an_example_of_the_help_runs(line: str, run: Run, tmp_path: Path) -> None:
    record = '{"scenario": "A strike", "facts": {"operation_type": "airstrike"}}\n'
    scenario = "scenario: A strike\nas_of: 2025-02-04\nfacts:\n  operation_type: airstrike\n"
    expected = scenario + "expect: {match: subset, verdicts: {financial-measures: not-engaged}}\n"
    (tmp_path / "scenarios.jsonl").write_text(record, encoding="utf-8")
    (tmp_path / "my-scenario.yaml").write_text(expected, encoding="utf-8")
    (tmp_path / "my-scenarios").mkdir()
    (tmp_path / "my-scenarios" / "raid.yaml").write_text(expected, encoding="utf-8")
    (tmp_path / "authorities").symlink_to(ROOT / "authorities")
    (tmp_path / "texts").mkdir()
    (tmp_path / "replies.txt").write_text("skip\n", encoding="utf-8")
    (tmp_path / "facts.csv").write_text("id,operation_type\nstrike,airstrike\n", encoding="utf-8")
    (tmp_path / "story.txt").write_text("The president orders one raid.\n", encoding="utf-8")
    words, _, given = line.partition(" < ")
    # Who is interviewed says something.
    given = given or ("replies.txt" if words.startswith("authcheck interview") else "")
    done = run(*shlex.split(words)[1:], stdin=(tmp_path / given).read_bytes() if given else b"", cwd=tmp_path)
    # An example may find something (a note, a missing text): it never fails to run.
    assert done.returncode in {0, 1}, done.stderr


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--debug", "--version"], ["--version", "evaluate"]], ids=" ".join
)
def test_the_version_is_told(arguments: list[str], run_apart: Run) -> None:
    done = run_apart(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"authcheck {__version__}\n", "")
