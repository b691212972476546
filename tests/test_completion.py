"""A word is completed in bash, zsh and fish: each shell that is there is taught, typed at, and asked what it ran."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.shipped import Run

SHELLS = ("bash", "zsh", "fish")
VALUES = ("any", "threatened", "occurred", "unknown")
SECONDS = 60
"""So long one line may take in a shell, on a machine that is busy with other tests."""


def candidates(run: Run, *words: str, cwd: Path | None = None) -> list[str]:
    settings = {"cwd": cwd} if cwd else {}
    done = run(*words, _AUTHCHECK_COMPLETE="words", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["eval"], ["evaluate"]),
        (["evaluate", "drone-at"], ["drone-attack"]),
        (["evaluate", "x", "--unst"], ["--unstated"]),
        (["evaluate", "x", "--unstated", "a"], ["absent"]),
        (["evaluate", "x", "--set", "attack_sta"], ["attack_status="]),
        (["evaluate", "x", "--set", "attack_status=o"], ["attack_status=occurred"]),
        (
            ["evaluate", "x", "--set", "attack_is_direct="],
            [f"attack_is_direct={one}" for one in ("true", "false", "unknown")],
        ),
        (["sweep", "x", "--vary", "attack_sta"], ["attack_status"]),
        (["sweep", "x", "--vary", "attack_status=none,"], [f"attack_status=none,{one}" for one in VALUES]),
        (["evaluate", "x", "--set=attack_status=o"], ["--set=attack_status=occurred"]),
        (["compare", "x", "--reading", "war-powers-gr"], ["war-powers-grant="]),
        (["compare", "x", "--reading", "war-powers-grant=no"], ["war-powers-grant=no-grant"]),
        (["evaluate", "--lens=al"], ["--lens=all", "--lens=ali"]),
        (["explain", "x", "-a", "title"], ["title-50"]),
        (["compare", "three-courses", "--option", "pre"], ["pressure"]),
        (["check", "--explain", "yes-"], ["yes-no-needed"]),
        (["check", "--select", "yes-"], []),
        (["show", "auth"], ["authority"]),
        (["show", "fact", "attack_sta"], ["attack_status"]),
        (["show", "scenario", "drone-at"], ["drone-attack"]),
        (["prove", "designation-and-f"], ["designation-and-force"]),
        (["schema", "scen"], ["scenario"]),
        (["evaluate", "summer", "--pack", "tests/packs/cl"], ["tests/packs/club/"]),
        (["explain", "--pack", "tests/packs/club", "x", "-a", ""], ["rule-book"]),
        (["show", "nothing", ""], []),
        (["explain", "--pack", "nowhere", "x", "-a", ""], []),
    ],
    ids=" ".join,
)
def test_what_a_word_may_go_on_to(line: list[str], expected: list[str], run: Run) -> None:
    assert candidates(run, *line) == expected


def test_own_files_stand_beside_the_scenarios_of_the_pack(run: Run, tmp_path: Path) -> None:
    for name in ("drone.yaml", "dreary.jsonl", "draft.txt", ".drone.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "one.yml").write_text("", encoding="utf-8")
    assert candidates(run, "evaluate", "dr", cwd=tmp_path) == [
        "drone-attack",
        "drones-for-six-months",
        "drafts/",
        "dreary.jsonl",
        "drone.yaml",
    ]
    assert candidates(run, "check", "drafts/", cwd=tmp_path) == ["drafts/one.yml"]
    assert candidates(run, "check", "nowhere/", cwd=tmp_path) == []
    assert candidates(run, "evaluate", "x", "-o", "draft", cwd=tmp_path) == ["draft.txt", "drafts/"]


def test_a_candidate_says_on_one_line_what_it_means(run: Run) -> None:
    done = run("evaluate", "x", "--set", "attack_sta", _AUTHCHECK_COMPLETE="words")
    assert done.stdout.startswith("attack_status=\tHas there been an attack")
    assert done.stdout.count("\n") == 1


# Teaching a shell.


def test_the_shell_that_is_named_is_taught_and_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".zshrc").write_text("setopt nobeep", encoding="utf-8")
    for _ in range(2):
        done = run("--install-completion", "zsh", HOME=str(tmp_path), SHELL="/bin/bash")
        assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        ".zfunc/_authcheck",
        ".zshrc",
    ]
    assert (tmp_path / ".zshrc").read_text(encoding="utf-8").splitlines() == [
        "setopt nobeep",
        "fpath+=~/.zfunc",
        "autoload -Uz compinit && compinit",
    ]
    assert (tmp_path / ".zfunc" / "_authcheck").read_text(encoding="utf-8") == run("--show-completion", "zsh").stdout


def test_where_none_is_named_it_is_the_one_in_use(run: Run, tmp_path: Path) -> None:
    run("--install-completion", HOME=str(tmp_path), SHELL="/usr/bin/fish")
    assert (tmp_path / ".config/fish/completions/authcheck.fish").is_file()


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_another_shell_is_refused(option: str, run: Run, tmp_path: Path) -> None:
    done = run(option, "tcsh", HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "`tcsh` is not bash, zsh or fish" in done.stderr
    assert list(tmp_path.iterdir()) == []


# Real shells.


class Shell:
    """A shell at a terminal of its own, at which somebody types."""

    def __init__(self, shell: str, cwd: Path, environment: Mapping[str, str]) -> None:
        self.ours, theirs = os.openpty()
        # Who opens a terminal as the leader of a new session has it for its own, as fish demands.
        opened = 'exec "$0" -i <"$TTY" >"$TTY" 2>&1'
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", opened, shell],
            cwd=cwd,
            env={**environment, "TTY": os.ttyname(theirs)},
            start_new_session=True,
        )
        self.end = time.monotonic() + SECONDS
        # Its prompt is there once it has said something and is silent.
        self.settle()
        os.close(theirs)

    def settle(self) -> None:
        """Read until something is shown, and nothing more for a moment."""
        self.read(SECONDS)
        while self.read(0.3):
            pass

    def read(self, seconds: float) -> bytes:
        """Return what is shown next; nothing where that is nothing for so many seconds."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return b""
        return os.read(self.ours, 65_536)

    def run(self, line: str, ran: Path) -> list[str]:
        """Type the line, and return with which words it ran the program."""
        # zsh completes nothing while more is typed already: each part is shown before the next is typed.
        for part in re.findall(r"[^\t]+|\t", f"{line}\r"):
            os.write(self.ours, part.encode())
            self.settle()
        while not ran.exists():
            assert time.monotonic() < self.end, "the line was not run"
            # What is shown is read, so that the shell never waits for its screen.
            self.read(0.1)
        words = ran.read_text(encoding="utf-8").splitlines()
        ran.unlink()
        return words

    def close(self) -> None:
        """Let nothing of it run on."""
        self.process.kill()
        self.process.wait(SECONDS)
        os.close(self.ours)


@pytest.fixture(params=SHELLS)
def typed(
    request: pytest.FixtureRequest, tmp_path: Path, clean_environment: Mapping[str, str]
) -> Iterator[Callable[..., list[str]]]:
    """Return a function that types a line at a real shell, and returns with which words it ran the program."""
    shell = shutil.which(request.param)
    if shell is None:
        pytest.skip(f"{request.param} is not installed")
    home, ran = tmp_path / "home", tmp_path / "ran"
    program = home / "bin" / "authcheck"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\n[ -n "$_AUTHCHECK_COMPLETE" ] && exec "{sys.executable}" -m authcheck "$@"\n'
        f'printf "%s\\n" "$@" > "{ran}.new"; mv "{ran}.new" "{ran}"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    environment = {name: value for name, value in clean_environment.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(home), "PATH": f"{program.parent}:{os.environ['PATH']}"}
    taught = [sys.executable, "-m", "authcheck", "--install-completion", request.param]
    subprocess.run(taught, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=SECONDS)
    shells: list[Shell] = []

    def typed(line: str, cwd: Path = home) -> list[str]:
        shells.append(Shell(shell, cwd, environment))
        return shells[-1].run(line, ran)

    yield typed
    for one in shells:
        one.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("authcheck eval\t drone-at\t --set attack_sta\toc\t", "evaluate drone-attack --set attack_status=occurred"),
        ("authcheck explain drone-at\t -a title\t --lens=wax\t", "explain drone-attack -a title-50 --lens=waxman"),
        ("authcheck compare x --reading war-powers-gr\tno\t", "compare x --reading war-powers-grant=no-grant"),
        ("authcheck show fact attack_sta\t --plai\t", "show fact attack_status --plain"),
    ],
)
def test_a_shell_completes_names_values_and_options(line: str, words: str, typed: Callable[[str], list[str]]) -> None:
    assert typed(line) == words.split()


@pytest.mark.slow
def test_a_shell_completes_own_files(typed: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "week 1").mkdir()
    (tmp_path / "week 1" / "my strike.yaml").write_text("", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("", encoding="utf-8")
    assert typed("authcheck check min\t", tmp_path) == ["check", "mine.yaml"]
    assert typed("authcheck check we\tmy\t", tmp_path) == ["check", "week 1/my strike.yaml"]
