"""What happens to input that cannot be answered: it is named, with its place, and the rest is answered.

Each folder of tests/bad is a case: `command` holds command lines, run in a copy of the folder; `expected` holds what
is seen of them. Files that git would change, or that are too large to keep, are made here, by the case's name. A case
that has a folder `pack`, or names one, gets the pack of tests/packs/club, with its own files put over it.
To add a case, write all but `expected`, and run: AUTHCHECK_GOLDEN=write pytest tests/test_bad_input.py
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from authcheck.answer import Decider
from tests.processes import LIMIT, started
from tests.shipped import HARBOUR, Run

ROOT = Path(__file__).resolve().parent.parent
CLUB = ROOT / "tests" / "packs" / "club"
CASES = sorted(path for path in (ROOT / "tests" / "bad").iterdir() if path.is_dir())

STRIKE = "scenario: A strike\nas_of: 2025-02-04\nfacts:\n  operation_type: airstrike\n"
MISTYPED = STRIKE.replace("operation_type", "operation_typ")
DEEP = 50_000

MADE: Mapping[str, bytes] = {
    "binary": b"scenario: A strike\nfacts: \xff\xfe\x00\x80\n" + bytes(range(256)),
    "byte-order-mark": b"\xef\xbb\xbf" + MISTYPED.encode(),
    "carriage-returns": MISTYPED.replace("\n", "\r").encode(),
    "carriage-returns-and-line-feeds": MISTYPED.replace("\n", "\r\n").encode(),
    "nesting-block-lists": b"- " * DEEP,
    # A deeper file of this kind is larger than any that is read: each level is indented further.
    "nesting-block-mappings": b"".join(b" " * level + b"a:\n" for level in range(1_400)),
    "nesting-flow-lists": b"scenario: A strike\nfacts: " + b"[" * DEEP,
    "nesting-flow-mappings": b"scenario: A strike\nfacts: " + b"{a: " * DEEP,
    "too-large": b"scenario: A strike\ndescription: " + b"a" * 1024 * 1024,
    "utf-16": STRIKE.encode("utf-16"),
}


@pytest.fixture
def scenario(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a scenario and returns its file."""

    def scenario(text: str, name: str = "scenario.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return scenario


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_named_and_the_rest_is_answered(
    case: Path, transcript: Callable[..., str], golden: Callable[[Path, str], None], tmp_path: Path
) -> None:
    command = (case / "command").read_text(encoding="utf-8")
    folder = tmp_path / "case"
    if "pack" in command.split():
        # A folder of the case may stand where the pack has a file.
        own = {path.relative_to(case).as_posix() for path in case.rglob("*")}
        shutil.copytree(CLUB, folder / "pack")
        for path in [one for one in (folder / "pack").rglob("*") if one.relative_to(folder).as_posix() in own]:
            if path.is_file():
                path.unlink()
    shutil.copytree(case, folder, dirs_exist_ok=True)
    if case.name in MADE:
        (folder / "scenario.yaml").write_bytes(MADE[case.name])
    golden(case / "expected", transcript(command.splitlines(), folder))


@pytest.mark.parametrize("command", ["evaluate", "explain", "check", "test"])
def test_a_folder_without_scenarios_is_nothing_to_do(command: str, run: Run, tmp_path: Path) -> None:
    assert run(command, ".", cwd=tmp_path).returncode == 5


def test_every_made_input_has_its_case() -> None:
    assert set(MADE) <= {case.name for case in CASES}


# Files that cannot be read.


# Root reads every file. On Linux it gives that right up here for good, by its number, before the program begins.
WITHOUT_RIGHTS = """
import ctypes, os, sys
if os.geteuid() == 0:
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.fixture
def run_without_rights(clean_environment: Mapping[str, str], tmp_path: Path) -> Run:
    """Return a function that runs a command line in a process from which a file of mode 0 is closed."""

    def python(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_RIGHTS, *words],
            cwd=tmp_path,
            env={**clean_environment, **settings},
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )

    (tmp_path / "closed").touch(mode=0)
    if python("-c", "open('closed')").returncode == 0:
        pytest.skip("every file can be read here, whatever its mode")
    (tmp_path / "closed").unlink()
    return lambda *arguments, **settings: python("-m", "authcheck", *arguments, **settings)


def test_a_file_without_permission_is_named_and_the_rest_is_answered(run_without_rights: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text(STRIKE, encoding="utf-8")
    (tmp_path / "b.yaml").chmod(0)
    done = run_without_rights("evaluate", ".", "-f", "csv")
    rows = done.stdout.splitlines()[1:]
    assert done.returncode == 3
    assert [row.partition(",")[0] for row in rows] == ["a", "b.yaml", "c"]
    assert done.stderr == (
        "b.yaml: error: `b.yaml` cannot be read: permission denied [file-unreadable]\n  help: check who may read it\n"
    )


@pytest.mark.parametrize("named", ["closed", "closed/a.yaml", "."])
def test_a_folder_without_permission_is_named(named: str, run_without_rights: Run, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.yaml").write_text(STRIKE, encoding="utf-8")
    closed.chmod(0)
    done = run_without_rights("evaluate", named)
    closed.chmod(0o755)
    assert done.returncode == 3
    assert "closed" in done.stderr
    assert "permission denied" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_may_not_be_written_stays_as_it_is(run_without_rights: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o555)
    done = run_without_rights("evaluate", "drone-attack", "-o", "folder/answer.txt")
    assert done.returncode == 3
    assert "`folder/answer.txt` cannot be written: permission denied" in done.stderr
    assert not list(folder.iterdir())


def test_a_cache_without_permission_changes_no_answer(
    run_without_rights: Run, tmp_path: Path, plain_answer: str
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0)
    done = run_without_rights("evaluate", "drone-attack", AUTHCHECK_CACHE=str(cache))
    cache.chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == plain_answer
    assert not list(cache.iterdir())


def test_a_link_to_nothing_is_named_in_a_folder_as_well(run: Run, scenario: Callable[..., Path]) -> None:
    folder = scenario(STRIKE).parent
    (folder / "link.yaml").symlink_to("nowhere.yaml")
    assert run("evaluate", "link.yaml", cwd=folder).returncode == 3
    done = run("evaluate", ".", cwd=folder)
    assert done.returncode == 3
    assert "link.yaml" in done.stderr


def test_a_pipe_is_no_scenario_and_is_not_waited_for(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    done = run("evaluate", "pipe.yaml", cwd=tmp_path)
    assert done.returncode == 3
    assert "`pipe.yaml` is no regular file" in done.stderr


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv", "markdown"])
def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_can_be(format: str, run_apart: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(STRIKE, encoding="utf-8")
    try:
        (tmp_path / os.fsdecode(b"b\xff.yaml")).write_text(STRIKE, encoding="utf-8")
        (tmp_path / os.fsdecode(b"c\xff.yaml")).write_text(MISTYPED, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    done = run_apart("evaluate", ".", "-f", format, cwd=tmp_path)
    assert done.returncode == 3
    assert "internal error" not in done.stderr
    assert "`operation_typ` is no fact" in done.stderr


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".yaml", "x" * 5000, "folder/" * 1000])
def test_a_name_that_is_too_long_is_named(name: str, run: Run) -> None:
    done = run("evaluate", name)
    assert done.returncode == 3
    assert "internal error" not in done.stderr


def test_an_empty_name_is_no_scenario(run: Run, scenario: Callable[..., Path]) -> None:
    # A variable that is not set must not stand for everything in the folder.
    done = run("evaluate", "", cwd=scenario(STRIKE).parent)
    assert done.returncode in {2, 3}
    assert done.stdout == ""


# Values that only look harmless.


def test_a_fact_and_its_syntax_are_told_in_one_run(run: Run, scenario: Callable[..., Path]) -> None:
    path = scenario(MISTYPED + "  uses_armed_force: NO\n")
    errors = run("evaluate", path.name, cwd=path.parent).stderr
    assert "`operation_typ` is no fact" in errors
    assert "`NO` means yes or no" in errors


@pytest.mark.parametrize("name", ["contradictory-facts", "numbers-differ"])
def test_facts_that_clash_are_shown_with_their_lines(name: str, run: Run) -> None:
    folder = ROOT / "tests" / "bad" / name
    assert "    |   ^\n" in run("evaluate", "scenario.yaml", cwd=folder).stderr


@pytest.mark.parametrize("digits", [19, 400, 5000])
def test_a_number_of_many_digits_is_no_fault_of_the_program(digits: int, run: Run) -> None:
    number = "9" * digits
    facts = '{"scenario": "x", "facts": {"days_since_hostilities_began": ' + number + "}}\n"
    last = '{"id": "last", "scenario": "x"}\n'
    done = run("evaluate", "-", "-f", "csv", stdin=(facts + last).encode())
    assert done.returncode in {0, 3}
    assert done.stdout.splitlines()[-1].startswith("last,")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("cite: [" + ", ".join(f"p{number}" for number in range(3000)) + "]\n", 2000),
        ("".join(f"key{number}: true\n" for number in range(1001)), 1),
    ],
)
def test_of_thousands_of_faults_those_past_the_first_thousand_are_counted(
    text: str, rest: int, run: Run, scenario: Callable[..., Path]
) -> None:
    done = run("check", str(scenario("scenario: x\n" + text)))
    counted = "one more problem is" if rest == 1 else f"{rest} more problems are"
    assert done.returncode == 3
    assert f"error: {counted} not listed [too-many-problems]" in done.stdout
    assert "1 file checked: 1,001 errors" in done.stdout


@pytest.mark.parametrize(("value", "shown"), [("{not: old-charter}", "{…}"), ("[old-charter]", "[…]"), ("2", "2")])
def test_what_stands_for_the_name_of_an_authority_is_refused_in_place(
    value: str, shown: str, run: Run, tmp_path: Path
) -> None:
    shutil.copytree(HARBOUR, tmp_path / "pack")
    act = tmp_path / "pack" / "harbour-act.yaml"
    text, number = re.subn(r"in_force: [a-z-]+", f"in_force: {value}", act.read_text(encoding="utf-8"), count=1)
    assert number == 1
    act.write_text(text, encoding="utf-8")
    done = run("check", "--pack", str(tmp_path / "pack"))
    assert f"error: `{shown}` is no authority [unknown-authority]" in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days(
    day: str, start: str, run: Run, scenario: Callable[..., Path]
) -> None:
    path = scenario(STRIKE.replace("2025-02-04", day) + f"  hostilities_start_date: {start}\n  attack_date: {start}\n")
    done = run("evaluate", str(path))
    assert done.returncode in {0, 3}
    assert "internal error" not in done.stderr


@pytest.mark.parametrize("value", ['"\\ud800"', '{"\\ud800": 1}', "1e400", "NaN", "[[]]", '{"value": {"value": 1}}'])
def test_a_strange_value_is_named_and_the_next_record_is_answered(value: str, run: Run) -> None:
    strange = '{"scenario": "x", "facts": {"operation_type": ' + value + "}}\n"
    done = run("evaluate", "-", "-f", "jsonl", stdin=f'{strange}{{"id": "last", "scenario": "x"}}\n'.encode())
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 3
    assert [record["schema"] for record in records] == ["authcheck.problem/1", "authcheck.answer/2"]
    assert "internal error" not in done.stderr


def test_a_bad_record_goes_by_its_own_name(run: Run) -> None:
    record = '{"id": "mine", "scenario": "x", "facts": {"operation_typ": "airstrike"}}\n'
    done = run("evaluate", "-", "-f", "jsonl", stdin=record.encode())
    assert json.loads(done.stdout)["scenario"] == "mine"


def test_a_bad_setting_is_told_once_and_is_a_usage_error(run: Run) -> None:
    done = run("evaluate", "drone-attack", "day-75", "--set", "operation_typ=airstrike")
    assert done.returncode == 2
    assert done.stderr.count("`operation_typ` is no fact") == 1


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["evaluate", "drone-attack", "--format", "jsom"], "json"),
        (["evaluate", "drone-attack", "--unstated", "abesnt"], "absent"),
        (["evaluate", "drone-attack", "--fail-on", "availabel"], "available"),
        (["explain", "drone-attack", "--only", "fialed"], "failed"),
        (["evaluate", "drone-attack", "--lens", "documnts"], "documents"),
        (["evaluate", "dron-attack"], "drone-attack"),
        (["explain", "drone-attack", "-a", "titel-50"], "title-50"),
        (["evaluate", "drone-attack", "--lens", "alli"], "all"),
        (["evaluate", "dron-attack.yaml"], "drone-attack"),
        (["evaluate", "nowhere/drone-attack.yaml"], "drone-attack"),
        (["show", "authorty"], "authority"),
        (["show", "fact", "attack_statuss"], "attack_status"),
        (["evalute", "drone-attack"], "evaluate"),
        (["evaluate", "drone-attack", "--fromat", "json"], "--format"),
        (["schema", "answr"], "answer"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_an_unknown_name_is_told_with_the_nearest(arguments: list[str], nearest: str, run: Run) -> None:
    done = run(*arguments)
    assert done.returncode in {2, 3}
    assert done.stdout == ""
    told = done.stderr.partition("rror: ")[2]
    assert (
        f"did you mean `{nearest}`?" in told
        or f"Did you mean '{nearest}'?" in told
        or ("Possible options: " in told and nearest in told)
    )


@pytest.mark.parametrize("named", ["swarm", "swarm.yml", "swarn.yaml", "./swarm"])
@pytest.mark.parametrize("command", ["evaluate", "check"])
def test_a_file_that_lies_beside_is_told(
    command: str, named: str, run: Run, scenario: Callable[..., Path], tmp_path: Path
) -> None:
    scenario(STRIKE, "swarm.yaml")
    done = run(command, named, cwd=tmp_path)
    assert done.returncode == 3
    assert "help: did you mean `swarm.yaml`?\n" in done.stdout + done.stderr


def test_a_file_that_lies_beside_in_another_folder_is_told_with_it(
    run: Run, scenario: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    scenario(STRIKE, "mine/swarm.yaml")
    assert "did you mean `mine/swarm.yaml`?" in run("evaluate", "mine/swarm.yml", cwd=tmp_path).stderr
    assert "did you mean" not in run("evaluate", "mine/b.yml", cwd=tmp_path).stderr


def test_the_id_of_a_thing_that_stands_for_its_kind_is_told_with_its_kind(run: Run) -> None:
    done = run("show", "attack_status")
    assert done.returncode == 2
    assert "`attack_status` is no kind of thing; see `authcheck show fact attack_status`\n" in done.stderr
    assert run("show", "drone-attack").stderr.endswith("see `authcheck show scenario drone-attack`\n")
    assert "`tempers` is no kind of thing" in run("show", "tempers").stderr


@pytest.mark.parametrize(("said", "meant"), [("yes", "true"), ("No", "false"), ("TRUE", "true")])
def test_on_a_command_line_yes_and_no_are_values_of_a_yes_no_fact(said: str, meant: str, run: Run) -> None:
    line = ["evaluate", "drone-attack", "--format", "csv", "--set"]
    told = run(*line, f"presidential_approval={said}")
    assert told.returncode == 0
    assert told.stdout == run(*line, f"presidential_approval={meant}").stdout


# Text that a terminal, rich or Markdown would take for something else.

BRACKETS = "[a]n officer may use [deadly] force [sic] [/] [bold]not bold[/bold] :gun: [link=x]y[/link] a_b_c *d* `e`"
ESCAPES = "before \\e[31m red \\e]0;title\\a \\x9b1m \\x85 \\b\\r \\u202e \\u2028 after"
CONTROLS = {chr(code) for code in [*range(32), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FORMATS = {
    "evaluate": ["text", "json", "jsonl", "csv", "markdown"],
    "explain": ["text", "json"],
    "show": ["text", "json"],
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a folder with a pack and a scenario whose every text holds brackets and escapes."""
    both = f'"{BRACKETS} {ESCAPES}"'
    shutil.copytree(CLUB, tmp_path / "pack")
    replaced = {
        'quote: "members, and none but members"': f"quote: {both}",
        "title: The club's rule book": f"title: {both}",
        "text: It is for the members, or guests may come.": f"text: {both}",
        "text: A party gives no leave to make noise.": f"text: {both}",
        "text: Cake draws wasps.": f"text: {both}",
        "text: May guests come?": f"text: {both}",
        "text: Guests may come.": f"text: {both}",
        "name: the founder}": f"name: {both}}}",
        "speaker: The founder": f"speaker: {both}",
        "publisher: The Club Gazette": f"publisher: {both}",
        "silence: Nobody says whether half open is open.": f"silence: {both}",
        "text: Sweep the paths.": f"text: {both}",
        "title: Leave to hold a party": f"title: {both}",
        "disclaimer: For tests.": f"disclaimer: {both}",
        "not_engaged: No party is held.": f"not_engaged: {both}",
    }
    for path in (tmp_path / "pack").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "party.yaml").write_text(
        f"scenario: {both}\ndescription: {both}\nfacts:\n"
        f"  party_held: {{value: true, status: reported, note: {both}}}\n  garden: half_open\n",
        encoding="utf-8",
    )
    return tmp_path


def commands(format: str, command: str) -> list[list[str]]:
    things = [
        ["authority", "rule-book"],
        ["question", "guests"],
        ["passage", "letter-guests"],
        ["document", "letter"],
        ["caution", "wasps"],
        ["power", "hold-party"],
        ["authority"],
        ["passage"],
        [],
    ]
    given = {
        "evaluate": [["evaluate", "party.yaml"]],
        "explain": [["explain", "party.yaml"], ["explain", "party.yaml", "--full"]],
        "show": [["show", *thing] for thing in things],
    }
    return [[*one, "--pack", "pack", "--format", format] for one in given[command]]


CASES_OF_TEXT = [
    pytest.param(one, colour, id=f"{' '.join(one[:-4])} {format} {colour}")
    for command, formats in FORMATS.items()
    for format in formats
    for one in commands(format, command)
    for colour in ("always", "never")
]


@pytest.mark.parametrize(("arguments", "colour"), CASES_OF_TEXT)
def test_nothing_in_a_text_is_obeyed(arguments: list[str], colour: str, run: Run, hostile: Path) -> None:
    done = run(*arguments, "--color", colour, cwd=hostile)
    assert (done.returncode, done.stderr) == (0, "")
    # What is left once the colours are gone that the program itself may set: digits and a final m.
    left = COLOUR.sub("", done.stdout) if colour == "always" else done.stdout
    assert not CONTROLS - {"\n"} & set(left)
    assert "🔫" not in left


@pytest.mark.parametrize("colour", ["always", "never"])
@pytest.mark.parametrize("command", ["evaluate", "explain"])
def test_brackets_are_printed_to_the_letter(command: str, colour: str, run: Run, hostile: Path) -> None:
    whole = ["--full"] if command == "evaluate" else []
    done = run(command, "party.yaml", "--pack", "pack", "--color", colour, *whole, cwd=hostile)
    shown = COLOUR.sub("", done.stdout)
    # The title, the rule's text, the quotation and more.
    assert shown.count(BRACKETS) >= 5
    assert BRACKETS in shown.splitlines()[0]
    plain = run(command, "party.yaml", "--pack", "pack", *whole, cwd=hostile).stdout
    assert shown.split() == plain.split()


def test_markdown_takes_no_text_for_its_own(run: Run, hostile: Path) -> None:
    shown = run("evaluate", "party.yaml", "--pack", "pack", "--format", "markdown", cwd=hostile).stdout
    assert r"\[a\]n officer may use \[deadly\] force \[sic\]" in shown.splitlines()[0]
    assert r"a\_b\_c \*d\* \`e\`" in shown.splitlines()[0]


def test_a_mistake_is_shown_without_its_escapes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        'scenario: x\nfacts:\n  "[red]operation_typ\\e[31m": "\\e[32m[/]"\n  operation_type: "\\e[33m"\n',
        encoding="utf-8",
    )
    for arguments in (["evaluate"], ["explain"], ["check"], ["check", "--format", "github"]):
        done = run(*arguments, "s.yaml", "--color", "never", cwd=tmp_path)
        assert done.returncode == 3
        assert not CONTROLS - {"\n"} & set(done.stdout + done.stderr)
        assert "[red]operation_typ�[31m" in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_an_escape_in_the_name_of_a_file_is_not_printed(run: Run, tmp_path: Path) -> None:
    name = "raid\x1b[31m\x07.yaml"
    assert run("new", name, "--type", "ground_raid", cwd=tmp_path).stderr.startswith("raid�[31m�.yaml is begun")
    for arguments in (
        ["evaluate", name],
        ["evaluate", name, "--full"],
        ["explain", name],
        ["settle", name],
        ["test", name],
        ["test", name, "--write"],
        ["check", name],
        ["compare", name, "--set", "attack_status=occurred"],
        ["batch", name],
        ["evaluate", "."],
        ["evaluate", f"no-{name}"],
    ):
        done = run(*arguments, cwd=tmp_path)
        assert not CONTROLS - {"\n"} & set(done.stdout + done.stderr), arguments


def test_an_escape_on_the_command_line_is_not_printed(run: Run) -> None:
    for arguments in (
        ["evaluate", "\x1b[31m"],
        ["evaluate", "drone-attack", "--lens", "\x1b[31m"],
        ["show", "\x1b[31m"],
    ):
        done = run(*arguments)
        assert done.returncode in {2, 3}
        assert "\x1b" not in done.stderr


# Ends of all kinds.


def test_an_answer_goes_whole_to_its_file_or_not_at_all(run: Run, tmp_path: Path) -> None:
    shown = run("evaluate", "drone-attack").stdout
    (tmp_path / "answer.txt").write_text("before\n", encoding="utf-8")
    done = run("evaluate", "drone-attack", "-o", "answer.txt", "--force", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == shown
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]


@pytest.mark.parametrize("output", ["nowhere/answer.txt", "folder", ""])
def test_a_file_that_cannot_be_written_leaves_nothing_behind(output: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = run("evaluate", "drone-attack", "-o", output, cwd=tmp_path)
    assert done.returncode in {2, 3}
    assert done.stdout == ""
    assert "rror: " in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


@pytest.mark.parametrize(
    "line",
    [
        "evaluate nowhere.yaml",
        "evaluate nowhere.yaml --format markdown --memo",
        "evaluate nowhere.yaml --format html",
        "evaluate nowhere.yaml --format json",
        "explain nowhere.yaml",
        "explain nowhere.yaml --graph dot",
        "settle nowhere.yaml",
        "settle nowhere.yaml --format json",
        "variants nowhere.yaml",
        "compare nowhere.yaml drone-attack",
        "compare nowhere.yaml --courses",
    ],
)
def test_where_there_is_no_result_a_file_stays_as_it_was(line: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "keep").write_text("precious\n", encoding="utf-8")
    assert run(*line.split(), "-o", "keep", "--force", cwd=tmp_path).returncode == 3
    assert (tmp_path / "keep").read_text(encoding="utf-8") == "precious\n"
    run(*line.split(), "-o", "new", cwd=tmp_path)
    assert not (tmp_path / "new").exists()


def test_a_result_that_is_empty_is_one(run: Run, scenario: Callable[..., Path], tmp_path: Path) -> None:
    scenario(STRIKE.replace("facts:", "description: A drone fires once.\nfacts:"))
    (tmp_path / "found.txt").write_text("from before\n", encoding="utf-8")
    done = run("check", "scenario.yaml", "--format", "github", "-o", "found.txt", "--force", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "line",
    [
        "evaluate mine/swarm.yaml --format html -o mine/swarm.yaml",
        "evaluate drone-attack mine/swarm.yaml -o ./mine/../mine/swarm.yaml",
        "evaluate mine/swarm.yaml -o link.yaml",
        "evaluate link.yaml -o mine/swarm.yaml",
        "evaluate mine --format csv -o mine/swarm.yaml",
        "explain mine/swarm.yaml -o mine/swarm.yaml",
        "settle mine/swarm.yaml -o mine/swarm.yaml",
        "variants mine/swarm.yaml -o mine/swarm.yaml",
        "compare drone-attack mine/swarm.yaml -o mine/swarm.yaml",
        "check mine -o mine/swarm.yaml",
        "test mine -o mine/swarm.yaml",
        "evaluate scenario.yaml --pack pack -o pack/pack.yaml",
        "show authority --pack pack -o pack/rule-book.yaml",
        "prove --pack pack -o pack/vocabulary/facts.yaml",
    ],
)
def test_an_input_is_not_written_over(line: str, run: Run, scenario: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    scenario(STRIKE, "mine/swarm.yaml")
    (tmp_path / "link.yaml").symlink_to("mine/swarm.yaml")
    shutil.copytree(CLUB, tmp_path / "pack")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run(*line.split(), "--force", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search("is (one of the inputs|a file of the pack); write to another file\n", done.stderr)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_standard_input_is_not_written_over(
    scenario: Callable[..., Path], clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    path = scenario(STRIKE)
    with path.open("rb") as given:
        done = subprocess.run(
            [sys.executable, "-m", "authcheck", "evaluate", "-", "-o", "scenario.yaml"],
            stdin=given,
            cwd=tmp_path,
            env=clean_environment,
            timeout=LIMIT,
            check=False,
        )
    assert done.returncode == 2
    assert path.read_text(encoding="utf-8") == STRIKE


def test_an_answer_may_go_into_the_folder_that_is_answered(
    run: Run, scenario: Callable[..., Path], tmp_path: Path
) -> None:
    scenario(STRIKE)
    for _ in range(2):
        assert run("evaluate", ".", "--format", "csv", "-o", "answers.csv", "--force", cwd=tmp_path).returncode == 0


# Several scenarios as one JSON document.

# Variants of every authority take long, and here it is not asked what they are.
FEW: Mapping[str, Sequence[str]] = {"variants": ("-a", "financial-measures")}


@pytest.mark.parametrize("command", ["evaluate", "explain", "settle", "variants"])
def test_several_are_a_list_in_which_a_bad_one_has_its_problems(
    command: str, run: Run, scenario: Callable[..., Path], tmp_path: Path
) -> None:
    scenario(STRIKE, "a.yaml")
    scenario(MISTYPED, "b.yaml")
    scenario(STRIKE, "c.yaml")
    asked = {"as files": ["a.yaml", "b.yaml", "c.yaml"], "as a folder": ["."]}
    for how, named in asked.items():
        done = run(command, *named, *FEW.get(command, ()), "--format", "json", cwd=tmp_path)
        assert done.returncode == 3
        first, bad, last = json.loads(done.stdout)
        assert (first["scenario"], bad["scenario"], last["scenario"]) == ("a", "b.yaml", "c"), how
        assert bad["schema"] == "authcheck.problem/1"
        assert [one["code"] for one in bad["problems"]] == ["unknown-fact"]


@pytest.mark.parametrize("command", ["evaluate", "explain", "settle", "variants"])
def test_records_of_standard_input_are_a_list(command: str, run: Run) -> None:
    records = [
        {"scenario": "One", "id": "one", "facts": {"operation_type": "airstrike"}},
        {"scenario": "Two", "id": "two", "facts": {"operation_typ": "airstrike"}},
        {"scenario": "Three", "id": "three", "facts": {"operation_type": "airstrike"}},
    ]
    for some in (records, records[:1], records[1:2]):
        done = run(
            command, "-", *FEW.get(command, ()), "--format", "json", stdin="\n".join(map(json.dumps, some)).encode()
        )
        assert [one["scenario"] for one in json.loads(done.stdout)] == [one["id"] for one in some]
    alone = run(command, "-", *FEW.get(command, ()), "--format", "json", stdin=STRIKE.encode())
    assert json.loads(alone.stdout)["scenario"] == "stdin"


@pytest.mark.parametrize("command", ["evaluate", "explain", "settle", "variants"])
def test_one_alone_is_an_object_or_nothing(command: str, run: Run) -> None:
    assert json.loads(run(command, "drone-attack", "--format", "json").stdout)["scenario"] == "drone-attack"
    bad = run(command, "nowhere.yaml", "--format", "json")
    assert (bad.returncode, bad.stdout) == (3, "")


def test_several_records_are_no_side_of_a_comparison(run: Run) -> None:
    record = json.dumps({"scenario": "One", "facts": {"operation_type": "airstrike"}}).encode()
    done = run("compare", "-", "drone-attack", "--format", "json", stdin=record + b"\n" + record)
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input holds more than one scenario" in done.stderr


# Where there is nothing to show, that is said.


def test_a_proof_without_scenarios_says_that_it_wrote_none(run: Run, tmp_path: Path) -> None:
    done = run("prove", "designation-and-force", "--out", "shown", cwd=tmp_path)
    assert done.returncode == 0
    assert "shown: note: no scenario had to be written" in done.stderr
    assert not (tmp_path / "shown").exists()
    assert run("prove", "designation-and-force").stderr == ""


def test_an_explanation_of_nothing_says_so(run: Run) -> None:
    assert run("explain", "drone-attack", "-a", "title-50", "--only", "failed").stdout.endswith(
        "\nNo element of title-50 failed.\n"
    )
    assert run("explain", "drone-attack", "-a", "fto-designation", "--only", "open").stdout.endswith(
        "\nNo element of fto-designation is open.\n"
    )
    assert "No element" not in run("explain", "drone-attack", "-a", "title-50", "--only", "open").stdout


def test_an_output_that_is_no_regular_file_is_written_to_and_not_replaced(run_apart: Run, tmp_path: Path) -> None:
    # A pipe stands for /dev/null and its like, which a test must not put at risk.
    os.mkfifo(tmp_path / "pipe")
    copy = "import shutil, sys; shutil.copyfileobj(open('pipe', 'rb'), sys.stdout.buffer)"
    with started([sys.executable, "-c", copy], cwd=tmp_path, stdout=subprocess.PIPE) as reader:
        done = run_apart("show", "authority", "-o", "pipe", cwd=tmp_path)
        still = (tmp_path / "pipe").is_fifo()
        if not still:
            reader.terminate()
        read, _ = reader.communicate()
    assert done.returncode == 0
    assert still
    assert read.decode() == run_apart("show", "authority").stdout


def test_an_output_that_is_a_link_is_written_through(run: Run, tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("before\n", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("target.txt")
    run("show", "authority", "-o", "link.txt", "--force", cwd=tmp_path)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "target.txt").read_text(encoding="utf-8") == run("show", "authority").stdout


def test_an_internal_error_is_one_line_and_its_own_status(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def decision(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault\nof two lines")

    monkeypatch.setattr(Decider, "_decision", decision)
    for command in ("evaluate", "explain", "test"):
        done = run(command, "drone-attack")
        assert (done.returncode, done.stdout) == (70, "")
        assert done.stderr.startswith("authcheck: internal error: ZeroDivisionError: a fault of two lines\n")
        assert "report" in done.stderr
        assert "Traceback" not in done.stderr
    assert "Traceback" in run("evaluate", "drone-attack", "--debug").stderr
    assert "Traceback" in run("--debug", "evaluate", "drone-attack").stderr
    assert "Traceback" in run("evaluate", "drone-attack", AUTHCHECK_DEBUG="1").stderr


CLOSED = [
    ["--version"],
    ["--help"],
    ["evaluate", "drone-attack"],
    ["evaluate", "drone-attack", "--color", "always"],
    ["evaluate", "drone-attack", "--format", "json"],
    ["explain", "drone-attack"],
    ["check"],
    ["schema", "answer"],
]


@pytest.mark.parametrize("arguments", CLOSED, ids=" ".join)
def test_a_pipe_that_nobody_reads_ends_silently(arguments: list[str], clean_environment: Mapping[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "authcheck", *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=clean_environment,
            timeout=LIMIT,
            check=False,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_pipe_that_closes_after_its_first_line_ends_silently(clean_environment: Mapping[str, str]) -> None:
    with started(
        [sys.executable, "-m", "authcheck", "evaluate", "authorities/scenarios", "-f", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=clean_environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["schema"] == "authcheck.answer/2"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_a_stream_that_is_not_there_is_no_fault_of_the_program(
    stream: str, clean_environment: Mapping[str, str]
) -> None:
    command = {"stdin": "evaluate - <&-", "stdout": "evaluate drone-attack >&-"}[stream]
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m authcheck {command}', sys.executable],
        capture_output=True,
        cwd=ROOT,
        env=clean_environment,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 3
    assert b"internal error" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [["--version"], ["evaluate", "drone-attack"], ["show"]], ids=" ".join)
def test_a_full_disk_is_no_fault_of_the_program(arguments: list[str], clean_environment: Mapping[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "authcheck", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=clean_environment,
            timeout=LIMIT,
            check=False,
        )
    assert done.returncode not in {0, 70}
    assert b"no space left" in done.stderr.lower()
    assert b"fault of authcheck" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("sweep drone-attack --vary nonsense 2>/dev/full", 2),
        ("evaluate drone-attack >/dev/full 2>/dev/full", 3),
        ("evaluate no-such 2>/dev/full", 3),
        ("evaluate drone-attack 2>&-", 0),
        ("evaluate no-such 2>&-", 3),
    ],
)
def test_a_message_that_cannot_be_written_changes_no_status(
    command: str, status: int, clean_environment: Mapping[str, str]
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m authcheck {command}', sys.executable],
        capture_output=True,
        cwd=ROOT,
        env=clean_environment,
        timeout=LIMIT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (status, b"")


def test_a_run_that_is_ended_from_outside_leaves_nothing(clean_environment: Mapping[str, str], tmp_path: Path) -> None:
    varied = ("operation_type", "target_type", "conducting_element", "host_consent_status", "attack_victims")
    asked = ["sweep", "drone-attack", *(f"--vary={name}" for name in varied), "-o", str(tmp_path / "rows.csv")]
    with started(
        [sys.executable, "-m", "authcheck", *asked],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=clean_environment,
    ) as process:
        assert process.stderr is not None
        # The file is begun under another name, and there are rows for many seconds.
        while process.poll() is None and not list(tmp_path.iterdir()):
            time.sleep(0.05)
        process.terminate()
        assert process.wait(LIMIT) == 143
        assert process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_silently(clean_environment: Mapping[str, str]) -> None:
    with started(
        [sys.executable, "-u", "-m", "authcheck", "evaluate", "-", "-f", "csv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=clean_environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        # Once the head of the table is there, the program waits for what stands on standard input.
        assert process.stdout.readline().startswith(b"scenario,")
        try:
            # A signal that comes just before the program begins to wait is seen only with the next one.
            for _ in range(20):
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=1)
                    break
            assert process.returncode == 130
            assert process.stderr.read() == b""
        finally:
            process.kill()


# The cache.


@pytest.fixture(scope="module")
def plain_answer(clean_environment: Mapping[str, str]) -> str:
    """Return the answer that no cache had a part in."""
    return subprocess.run(
        [sys.executable, "-m", "authcheck", "evaluate", "drone-attack"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**clean_environment, "AUTHCHECK_CACHE": "off"},
        timeout=LIMIT,
        check=True,
    ).stdout


def nulled(kept: bytes) -> bytes:
    """Return what was kept with every part of it put to nothing, in the same form."""
    head, *lines = kept.split(b"\n")
    parts = [json.loads(line) for line in lines]
    return b"\n".join([head, *(json.dumps([one[0], *[None] * (len(one) - 1)]).encode() for one in parts)])


SPOILT: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda kept: kept[: len(kept) // 2],
    "not text": lambda _: bytes(range(256)),
    "null": lambda _: b"null",
    "another list": lambda _: b"[[], 3]",
    "an unknown tag": lambda _: b"[9999, 1]",
    "a nest": lambda _: b"[" * 100_000,
    "a field too many": lambda kept: kept.rstrip()[:-1] + b",1]",
    "nothing in it": nulled,
    "another date": lambda kept: kept.replace(b"2025-02-04", b"2025-99-99"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_cache_changes_no_answer(how: str, run: Run, tmp_path: Path, plain_answer: str) -> None:
    cache = str(tmp_path)
    assert run("evaluate", "drone-attack", AUTHCHECK_CACHE=cache).stdout == plain_answer
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(SPOILT[how](path.read_bytes()))
    for _ in range(2):
        done = run("evaluate", "drone-attack", AUTHCHECK_CACHE=cache)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == plain_answer


def test_a_cache_that_cannot_be_a_folder_changes_no_answer(run: Run, tmp_path: Path, plain_answer: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for cache in ("off", str(tmp_path / "file"), str(tmp_path / "file" / "cache"), "/dev/null/cache"):
        done = run("evaluate", "drone-attack", AUTHCHECK_CACHE=cache)
        assert (done.returncode, done.stdout, done.stderr) == (0, plain_answer, "")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_cache_of_another_pack_is_not_read(run: Run, tmp_path: Path) -> None:
    shutil.copytree(CLUB, tmp_path / "pack")
    cache = str(tmp_path / "cache")
    arguments = ["evaluate", "summer-party", "--full", "--pack", str(tmp_path / "pack")]
    assert "Cake draws wasps." in run(*arguments, AUTHCHECK_CACHE=cache).stdout
    cautions = tmp_path / "pack" / "vocabulary" / "cautions.yaml"
    cautions.write_text(cautions.read_text(encoding="utf-8").replace("wasps", "bees"), encoding="utf-8")
    assert "Cake draws bees." in run(*arguments, AUTHCHECK_CACHE=cache).stdout
