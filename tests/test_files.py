"""Which files are read of a folder or a stream, and where results go: whole, and never over a file unasked."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from authcheck.cli.output import write_files
from authcheck.diagnostics import AuthcheckError
from authcheck.rendering.values import csv_text
from tests.processes import LIMIT
from tests.shipped import Run

STRIKE = "scenario: A strike\nas_of: 2025-02-04\ndescription: One.\nfacts: {operation_type: airstrike}\n"
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
        assert "`kept.txt` exists; `--force` writes over it" in refused.stderr
        assert kept.read_text(encoding="utf-8") == "Kept.\n"
    assert run("show", "-o", "kept.txt", "--force", cwd=tmp_path).returncode == 0
    assert kept.read_text(encoding="utf-8") == run("show").stdout


def test_a_file_that_is_made_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    def texts() -> Iterator[str]:
        yield "New.\n"
        (tmp_path / "b.txt").write_text("Kept.\n", encoding="utf-8")

    with pytest.raises(AuthcheckError, match="has been made in the meantime, and is not written over"):
        write_files([(tmp_path / "a.txt", "A.\n"), (tmp_path / "b.txt", texts())], force=False)
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("b.txt", "Kept.\n")]
    write_files([(tmp_path / "b.txt", texts())], force=True)
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "New.\n"


def test_where_no_file_has_two_names_none_is_written_over_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", unsupported)
    test_a_file_that_is_made_meanwhile_is_not_written_over(tmp_path)
    write_files([(tmp_path / "c.txt", "C.\n")], force=False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.txt", "c.txt"]


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


# What is read.


def folder_of(files: Mapping[str, str], folder: Path) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


COURSE = {
    "week1/strike.yaml": STRIKE,
    "week1/.#strike.yaml": "someone@somewhere\n",
    "week1/.strike.yaml.swp.yaml": "nothing\n",
    "week1/~$strike.yaml": "nothing\n",
    "week2/draft.yml": STRIKE,
    "_config.yml": "theme: plain\n",
    ".pre-commit-config.yaml": "repos: []\n",
    ".github/workflows/ci.yml": "jobs: {}\n",
    ".venv/lib/z.yaml": "a: b\n",
    "venv/pyvenv.cfg": "home = /usr\n",
    "venv/lib/z.yaml": "a: b\n",
    "node_modules/x/z.yml": "a: b\n",
    "__MACOSX/week1/._strike.yaml": "nothing\n",
}


def test_of_a_folder_what_is_hidden_or_of_a_tool_is_passed_over(run: Run, tmp_path: Path) -> None:
    done = run("check", ".", "--format", "concise", cwd=folder_of(COURSE, tmp_path))
    assert done.returncode == 3
    stray, *twins, summary = done.stdout.splitlines()
    assert stray == (
        "_config.yml:1:1: error[no-scenario]: this is no scenario: it has none of the keys of one "
        "(give the file another ending, or pass over it with `--exclude`)"
    )
    assert twins == []
    assert summary == "3 files checked: 1 error, 0 warnings, 0 notes"


@pytest.mark.parametrize("pattern", ["_*", "_config.yml"])
def test_more_can_be_passed_over(pattern: str, run: Run, tmp_path: Path) -> None:
    folder_of(COURSE, tmp_path)
    for command in ("check", "evaluate", "test"):
        assert run(command, ".", "--exclude", pattern, cwd=tmp_path).returncode in {0, 5}
    shown = run("evaluate", ".", "--exclude", pattern, "--exclude", "week1/*", "-f", "csv", cwd=tmp_path).stdout
    assert [row["file"] for row in csv.DictReader(io.StringIO(shown))] == ["week2/draft.yml"]
    # What is named is read.
    assert run("check", "_config.yml", "--exclude", pattern, cwd=tmp_path).returncode == 3


def test_of_a_folder_capitals_and_links_are_read_once(run: Run, tmp_path: Path) -> None:
    folder, beside = tmp_path / "in", tmp_path / "beside"
    for name in ("in/A.YAML", "in/b.yml", "in/.hidden/h.yaml", "in/sub/c.yaml", "beside/d.Yaml", "beside/on/e.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(STRIKE, encoding="utf-8")
    # What leads into what is read, around it, or back; and what leads elsewhere, also by way of another link.
    for name, to in {"again": "sub", "self": ".", "up": "..", "away": "../beside", "shown": ".hidden"}.items():
        (folder / name).symlink_to(to)
    (beside / "back").symlink_to("../in")
    (beside / "round").symlink_to("on")
    done = run("evaluate", "in", "-f", "csv", cwd=tmp_path)
    assert [row["file"] for row in csv.DictReader(io.StringIO(done.stdout))] == [
        *("in/A.YAML", "in/away/d.Yaml", "in/away/on/e.yaml", "in/b.yml", "in/shown/h.yaml", "in/sub/c.yaml")
    ]
    assert done.returncode == 0


def test_a_pattern_goes_round_no_loop(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.yaml").write_text(STRIKE, encoding="utf-8")
    (tmp_path / "in" / "sub" / "loop").symlink_to("..")
    one = run("batch", "in/**/*.yaml", "-f", "csv", "--select", "file", cwd=tmp_path)
    assert one.stdout.splitlines() == ["file", "in/sub/a.yaml"]


def test_a_folder_of_which_all_is_excluded_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.yaml").write_text(STRIKE, encoding="utf-8")
    done = run("batch", "in", "--exclude", "*", cwd=tmp_path)
    assert done.returncode == 5
    assert "`in` holds no scenario but what `--exclude` passes over" in done.stderr
    (tmp_path / "empty").mkdir()
    assert "--exclude" not in run("batch", "empty", "--exclude", "*", cwd=tmp_path).stderr


def test_of_one_name_the_path_tells_the_scenarios_apart(run: Run, tmp_path: Path) -> None:
    folder_of({"week1/strike.yaml": STRIKE, "week2/strike.yaml": STRIKE}, tmp_path)
    rows = list(csv.DictReader(io.StringIO(run("evaluate", ".", "-f", "csv", cwd=tmp_path).stdout)))
    assert [(row["scenario"], row["file"]) for row in rows] == [
        ("strike", "week1/strike.yaml"),
        ("strike", "week2/strike.yaml"),
    ]
    shown = run("evaluate", ".", "-f", "jsonl", cwd=tmp_path).stdout.splitlines()
    assert [json.loads(answer)["place"]["file"] for answer in shown] == [row["file"] for row in rows]


def test_of_a_stream_the_line_tells_them_apart(run: Run) -> None:
    record = json.dumps({"scenario": "A", "id": "twin", "facts": {}})
    shown = run("evaluate", "-", "-f", "csv", stdin=f"{record}\n\n{record}\n".encode()).stdout
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert [(row["scenario"], row["file"], row["line"]) for row in rows] == [
        ("twin", "<stdin>", "1"),
        ("twin", "<stdin>", "3"),
    ]


@pytest.mark.parametrize(
    "text", [STRIKE, '{"scenario":"A","facts":{}}\n{"scenario":"B","facts":{}}\n', "\n\n" + STRIKE]
)
def test_a_byte_order_mark_is_passed_over(text: str, run: Run, tmp_path: Path) -> None:
    marked = run("evaluate", "-", "-f", "csv", stdin=b"\xef\xbb\xbf" + text.encode())
    assert (marked.returncode, marked.stderr) == (0, "")
    assert marked.stdout == run("evaluate", "-", "-f", "csv", stdin=text.encode()).stdout
    name = "x.jsonl" if text.startswith("{") else "x.yaml"
    (tmp_path / name).write_text("\ufeff" + text, encoding="utf-8")
    assert run("evaluate", name, "-f", "csv", cwd=tmp_path).returncode == 0


def test_a_mark_before_the_replies_is_passed_over(run: Run) -> None:
    done = run("interview", "--pack", "tests/packs/club", stdin=b"\xef\xbb\xbfyes\nquit\n")
    assert done.returncode == 0
    assert "party_held: true" in done.stdout


def test_records_in_a_file_are_answered_as_those_of_a_stream(run: Run, tmp_path: Path) -> None:
    text = '{"scenario":"A","facts":{}}\n{"scenario":"B","id":"b","facts":{"operation_type":"airstrike"}}\n'
    (tmp_path / "two.jsonl").write_text(text, encoding="utf-8")
    for form in ("json", "jsonl", "csv", "text"):
        of_file = run("evaluate", "two.jsonl", "-f", form, cwd=tmp_path)
        of_stream = run("evaluate", "-", "-f", form, stdin=text.encode())
        assert of_file.stdout == of_stream.stdout.replace("<stdin>", "two.jsonl")
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    assert run("evaluate", "none.jsonl", cwd=tmp_path).returncode == 5


def test_no_cell_of_a_table_is_run_by_a_spreadsheet() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "1-1", "drone-attack", ""]
    (row,) = csv.reader(io.StringIO(csv_text([cells])))
    assert row == ["'=1+1", "'+1", "'-1", "'@x", "' =1", "' =1", "1-1", "drone-attack", ""]


def test_the_table_has_powers_and_gaps(run: Run) -> None:
    answer = json.loads(run("evaluate", "arrest-abroad", "-f", "json").stdout)
    (row,) = csv.DictReader(io.StringIO(run("evaluate", "arrest-abroad", "-f", "csv").stdout))
    for name, power in answer["powers"].items():
        assert row[f"power: {name}"] == (power["verdict"] or "not-needed")
    assert row["gaps"].split() == [name for name, power in answer["powers"].items() if power["gap"]] != []


MARKUP = """\
scenario: 'T* _x_ `c` [red]# h | p[/red] [l](javascript:alert(1)) <img src=x onerror=alert(1)> "q" &amp; %% | {z}'
as_of: 2025-02-04
description: |
  # Not a heading
  <script>alert(1)</script> and [click](javascript:alert(1)) and ![i](http://evil/x.png)
  [^1]: a forged footnote
  1. a list
  ~~~
facts:
  operation_type: airstrike
  operation_location: host_country
  conducting_element: us_armed_forces
  host_consent_status: {value: refused, status: reported, note: '<b>n</b> [bold] `x` #2; [z](javascript:1)'}
"""


def test_no_markup_of_a_file_is_obeyed(run: Run) -> None:
    def shown(form: str, *more: str) -> str:
        return run("evaluate", "-", "-f", form, *more, stdin=MARKUP.encode()).stdout

    assert shown("text").startswith(
        'T* _x_ `c` [red]# h | p[/red] [l](javascript:alert(1)) <img src=x onerror=alert(1)> "q"'
    )
    for more in ((), ("--memo",)):
        page = shown("html", *more)
        assert "<img" not in page
        assert "<b>n" not in page
        assert "alert(1)</script>" not in page
        assert 'href="javascript' not in page
        document = shown("markdown", *more)
        for obeyed in (
            "\n# Not a heading",
            "\n~~~",
            "\n[^1]: a forged",
            " <script>",
            "\n1. a list",
            " [click](",
            " ![i](",
        ):
            assert obeyed not in document
