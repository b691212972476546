"""What a terminal shows: lines that fit, nothing cut, colour that is never needed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from rich.cells import cell_len

from tests.processes import ESCAPE, Terminal
from tests.shipped import Run

Shown: TypeAlias = Callable[..., list[str]]

ROOT = Path(__file__).resolve().parent.parent
HUE = re.compile(r"\x1b\[[0-9;]*(?<![0-9])(3[0-7]|4[0-7]|9[0-7]|38|48)(;[0-9;]*)?m")

# From this width on, the readings of a dispute stand side by side.
SIDE_BY_SIDE = 100

COMMANDS = [
    ["evaluate", "monthly-raids"],
    ["evaluate", "drone-attack", "--lens", "all"],
    ["evaluate", "three-courses"],
    ["explain", "drone-attack"],
    ["explain", "designation-alone", "-a", "article-ii", "--full"],
    ["compare", "drone-attack", "day-75"],
    ["compare", "title-50-raid", "--precedents"],
    ["show", "authority"],
    ["show", "authority", "title-50"],
    ["show", "fact", "attack_status"],
    ["show", "passage"],
    ["check"],
]


@pytest.fixture
def terminal(clean_environment: Mapping[str, str]) -> Shown:
    """Return a function that runs a command line on a terminal and returns the lines that it shows."""

    def terminal(*arguments: str, columns: int = 80, cwd: Path = ROOT) -> list[str]:
        at = Terminal(*arguments, cwd=cwd, environment=clean_environment, columns=columns)
        try:
            at.end()
        finally:
            at.close()
        return at.shown.splitlines()

    return terminal


def plain(lines: list[str]) -> str:
    return "\n".join(ESCAPE.sub("", line) for line in lines)


# On a real terminal.


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[3]], ids=" ".join)
def test_every_line_fits_a_terminal_and_nothing_is_cut(
    command: list[str], columns: int, terminal: Shown, run: Run
) -> None:
    check_fit(plain(terminal(*command, columns=columns)), run(*command), columns)


def check_fit(shown: str, piped: subprocess.CompletedProcess[str], columns: int) -> None:
    assert max(map(cell_len, shown.splitlines())) <= columns
    # The letters are those that a pipe gets, all of them: a path may be broken where it is wider than the screen.
    together = piped.stdout + piped.stderr
    letters, expected = "".join(shown.split()), "".join(together.split())
    # Where readings stand side by side, the rows go through both.
    assert letters == expected if columns < SIDE_BY_SIDE else sorted(letters) == sorted(expected)
    assert shown.count("…") == together.count("…")


TABLES = [["compare", "three-courses"], ["compare", "soleimani", "--readings", "--lens", "all"]]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_a_table_fits_a_terminal_or_is_said_in_lines(
    command: list[str], columns: int, terminal: Shown, run: Run
) -> None:
    shown = plain(terminal(*command, columns=columns))
    assert max(map(cell_len, shown.splitlines())) <= columns
    letters = sorted("".join(shown.split()))
    assert letters == sorted("".join(run(*command).stdout.split()))


def test_where_a_table_has_no_room_the_terminal_shows_what_plain_does(run: Run) -> None:
    shown = ESCAPE.sub("", run(*TABLES[0], columns=60).stdout)
    assert max(map(cell_len, shown.splitlines())) <= 60
    assert shown.split() == run(*TABLES[0], "--plain").stdout.split()


def test_a_terminal_has_colour(terminal: Shown) -> None:
    assert any(HUE.search(line) for line in terminal("evaluate", "drone-attack"))


def test_plain_is_what_a_pipe_gets(terminal: Shown, run: Run) -> None:
    assert terminal("evaluate", "drone-attack", "--plain") == run("evaluate", "drone-attack").stdout.splitlines()


# On streams that say of themselves that they are a terminal.


@pytest.mark.parametrize("columns", [80, 50])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_line_fits_and_nothing_is_cut(command: list[str], columns: int, run: Run) -> None:
    done = run(*command, columns=columns)
    check_fit(ESCAPE.sub("", done.stdout + done.stderr), run(*command), columns)


@pytest.mark.parametrize("command", COMMANDS[:5], ids=" ".join)
def test_a_terminal_shows_the_same_empty_lines_as_a_pipe(command: list[str], run: Run) -> None:
    def empty(lines: list[str]) -> list[str]:
        """Return each line that follows an empty one."""
        return [line.split()[0] if line else line for before, line in pairwise(lines) if not before]

    assert empty(ESCAPE.sub("", run(*command, columns=80).stdout).splitlines()) == empty(
        run(*command).stdout.splitlines()
    )


@pytest.mark.parametrize("columns", [80, 50])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_rest_of_a_wrapped_line_stands_no_further_out(command: list[str], columns: int, run: Run) -> None:
    rows = iter([row for row in ESCAPE.sub("", run(*command, columns=columns).stdout).splitlines() if row])
    for line in filter(None, run(*command).stdout.splitlines()):
        letters = "".join(line.split())
        first = next(rows)
        indent = len(first) - len(first.lstrip())
        assert indent == len(line) - len(line.lstrip())
        shown = "".join(first.split())
        while shown != letters:
            row = next(rows)
            assert len(row) - len(row.lstrip()) >= indent
            shown += "".join(row.split())


PALE: Mapping[str, tuple[list[str], Mapping[str, str]]] = {
    "NO_COLOR": ([], {"NO_COLOR": "1"}),
    "--color never": (["--color", "never"], {}),
    "AUTHCHECK_COLOR": ([], {"AUTHCHECK_COLOR": "never"}),
    "TERM=dumb": ([], {"TERM": "dumb"}),
    "--plain": (["--plain"], {}),
    "NO_COLOR and TERM=dumb": ([], {"NO_COLOR": "1", "TERM": "dumb"}),
}


@pytest.mark.parametrize("how", PALE)
def test_without_colour_no_word_is_lost(how: str, run: Run) -> None:
    arguments, settings = PALE[how]
    shown = run("evaluate", "drone-attack", *arguments, columns=80, **settings).stdout
    assert not HUE.search(shown)
    coloured = run("evaluate", "drone-attack", columns=80).stdout
    assert HUE.search(coloured)
    assert ESCAPE.sub("", shown).split() == ESCAPE.sub("", coloured).split()


# `--plain` promises no wrapping; the others take away colour, and no more than that.
@pytest.mark.parametrize("how", [name for name in PALE if name != "--plain"])
def test_without_colour_lines_still_fit(how: str, run: Run) -> None:
    arguments, settings = PALE[how]
    shown = run("evaluate", "drone-attack", *arguments, columns=80, **settings).stdout
    assert max(map(cell_len, ESCAPE.sub("", shown).splitlines())) <= 80


@pytest.mark.parametrize("how", ["--color never", "TERM=dumb", "--plain", "NO_COLOR and TERM=dumb"])
def test_where_nothing_is_to_be_styled_no_escape_is_written(how: str, run: Run) -> None:
    arguments, settings = PALE[how]
    assert "\x1b" not in run("evaluate", "drone-attack", *arguments, columns=80, **settings).stdout


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (["--color", "always"], {}),
        ([], {"FORCE_COLOR": "1"}),
        (["--color", "always"], {"NO_COLOR": "1"}),
        (["--color", "always"], {"TERM": "dumb"}),
    ],
    ids=str,
)
def test_colour_can_be_forced_into_a_pipe_and_changes_nothing_else(
    arguments: list[str], settings: Mapping[str, str], run: Run
) -> None:
    forced = run("evaluate", "drone-attack", *arguments, **settings)
    assert HUE.search(forced.stdout)
    assert ESCAPE.sub("", forced.stdout) == run("evaluate", "drone-attack").stdout


def test_the_environment_colours_no_file(run: Run, tmp_path: Path) -> None:
    run("evaluate", "drone-attack", "-o", "answer.txt", cwd=tmp_path, FORCE_COLOR="1")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == run("evaluate", "drone-attack").stdout


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "markdown"])
def test_a_form_for_programs_is_never_wrapped_or_coloured(format: str, run: Run) -> None:
    arguments = ["evaluate", "summer-party", "--pack", "tests/packs/club", "-f", format]
    assert run(*arguments, "--color", "always", columns=40).stdout == run(*arguments).stdout


def test_a_mistake_is_shown_under_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("scenario: x\nfacts:\n  operation_typ: airstrike\n", encoding="utf-8")
    done = run("evaluate", "s.yaml", cwd=tmp_path, columns=80)
    assert HUE.search(done.stderr)
    assert ESCAPE.sub("", done.stderr).splitlines() == [
        "s.yaml:3:3: error: `operation_typ` is no fact [unknown-fact]",
        "  2 | facts:",
        "  3 |   operation_typ: airstrike",
        "    |   ^",
        "  help: did you mean `operation_type`?",
    ]


def test_a_mistake_far_along_a_line_is_still_marked(run: Run, tmp_path: Path) -> None:
    text = 'scenario: x\nfacts: {"attack_status":' + " " * 200 + "none, operation_typ: airstrike}\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    for columns in (0, 80):
        rows = ESCAPE.sub("", run("evaluate", "s.yaml", cwd=tmp_path, columns=columns).stderr).splitlines()
        mark = next(number for number, row in enumerate(rows) if row.strip(" |") == "^")
        assert rows[mark - 1][rows[mark].index("^") :].startswith("operation_typ")


def test_wide_letters_are_counted_as_wide(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(f"scenario: {'無人機攻撃 ' * 20}\nfacts: {{}}\n", encoding="utf-8")
    shown = ESCAPE.sub("", run("evaluate", "s.yaml", cwd=tmp_path, columns=80).stdout)
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert shown.count("無人機攻撃") == 20


def test_help_fits_a_terminal(run: Run) -> None:
    for command in (
        [],
        ["evaluate"],
        ["explain"],
        ["compare"],
        ["show"],
        ["check"],
        ["test"],
        ["schema"],
        ["sources", "verify"],
    ):
        shown = run(*command, "--help", columns=80).stdout.splitlines()
        assert max(map(len, shown)) <= 80
        # No summary of a command is cut.
        assert not [line for line in shown if line.endswith("...") and not line.startswith("Usage: ")]
