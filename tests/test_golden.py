"""The screens that users see, each kept as a file in tests/golden.

A file begins with its command line, `$ authcheck …`. To add a screen, write a file with that line alone; the help
of every command has one without that.
To rewrite all of them after a change that was meant: AUTHCHECK_GOLDEN=write pytest tests/test_golden.py, and read
the difference. Digests, the version and the checkout's folder are masked.
"""

from __future__ import annotations

import importlib.metadata
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


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--debug", "--version"], ["--version", "evaluate"]], ids=" ".join
)
def test_the_version_is_told(arguments: list[str], run_apart: Run) -> None:
    done = run_apart(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"authcheck {__version__}\n", "")
