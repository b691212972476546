"""The READMEs are true: their commands run, their outputs are real, their files load, and they name everything."""

from __future__ import annotations

import enum
import importlib
import itertools
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from authcheck.cli.app import COMMANDS, app_for
from authcheck.cli.exits import Exit
from authcheck.diagnostics import AuthcheckError, Severity
from authcheck.linting import lint_pack, lint_scenario
from authcheck.loading import forms
from authcheck.loading.conditions import Scope, read_condition
from authcheck.loading.fields import Problems
from authcheck.loading.folders import shipped_pack
from authcheck.loading.scenarios import build_scenario
from authcheck.loading.slots import Slot, Written, slots
from authcheck.loading.text import parse
from authcheck.model.authority import Authority, Rule
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from authcheck.topics import TOPICS
from tests import shipped
from tests.shipped import Run

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PACK_README = ROOT / "authorities" / "README.md"
TOPIC_PAGES = tuple(ROOT / "src" / "authcheck" / "topics" / f"{name}.md" for name in TOPICS)
PAGES = (README, PACK_README, *TOPIC_PAGES)
CUT = "[…]"


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of a README: its language, its text, its line, and the last line of text before it."""

    file: Path
    language: str
    text: str
    line: int
    before: str

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}"

    @property
    def commands(self) -> tuple[str, ...]:
        """The lines that run authcheck; none of a block that sets up a machine or is marked as not run."""
        if self.language != "bash" or "venv" in self.text or self.before == "<!-- not run -->":
            return ()
        return tuple(line for line in self.text.splitlines() if line.startswith("authcheck "))


def fences_of(file: Path) -> Iterator[Fence]:
    lines = file.read_text(encoding="utf-8").splitlines()
    before, start = "", 0
    language: str | None = None
    for number, line in enumerate(lines, start=1):
        if line.startswith("```") and language is None:
            language, start = line.removeprefix("```"), number
        elif line == "```":
            yield Fence(file, language or "", "\n".join(lines[start : number - 1]) + "\n", start, before)
            language, before = None, "```"
        elif language is None and line.strip():
            before = line
    assert language is None, f"the block at line {start} of {file.name} is not closed"


FENCES = tuple(fence for page in PAGES for fence in fences_of(page))


def prose_of(file: Path) -> str:
    """Return the text outside the blocks."""
    return re.sub(r"(?ms)^```.*?^```$", "", file.read_text(encoding="utf-8"))


# A span in one pair of backticks, or in two where it holds some itself.
SPAN = re.compile(r"``\s?(.+?)\s?``|`([^`]+)`")


def spans_of(file: Path) -> tuple[str, ...]:
    """Return what stands in backticks, outside the blocks."""
    return tuple(" ".join((two or one).split()) for two, one in SPAN.findall(prose_of(file)))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with the files that the READMEs show or speak of, and those of the examples of the help."""
    for fence in FENCES:
        name = re.match(r"# ([a-z-]+\.yaml)$", fence.text, re.MULTILINE)
        if fence.language == "yaml" and name:
            (tmp_path / name[1]).write_text(fence.text, encoding="utf-8")
        if fence.language == "json":
            (tmp_path / "scenarios.jsonl").write_text(fence.text, encoding="utf-8")
    shutil.copy(tmp_path / "raid.yaml", tmp_path / "my-scenario.yaml")
    (tmp_path / "facts.csv").write_text("id,operation_type\nstrike,airstrike\nraid,unknown\n", encoding="utf-8")
    (tmp_path / "my-scenarios").mkdir()
    shutil.copy(tmp_path / "raid.yaml", tmp_path / "my-scenarios")
    (tmp_path / "authorities").symlink_to(shipped_pack())
    (tmp_path / "replies.txt").write_text("skip\n", encoding="utf-8")
    (tmp_path / "story.txt").write_text("The president orders one raid.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def typed(desk: Path, run: Run, request: pytest.FixtureRequest) -> Run:
    """Return a function that runs a command line as it is typed at the desk."""

    def typed(line: str) -> subprocess.CompletedProcess[str]:
        command, _, given = line.partition(" < ")
        program, *arguments = shlex.split(command, comments=True)
        assert program == "authcheck"
        if "texts/" in arguments and not (desk / "texts").exists():
            (desk / "texts").symlink_to(request.getfixturevalue("documents"))
        if "facts.parquet" in arguments:
            reason = "pyarrow is not installed: pip install 'authcheck[tables]'"
            rows = pytest.importorskip("pyarrow.csv", reason=reason).read_csv(desk / "facts.csv")
            pytest.importorskip("pyarrow.parquet").write_table(rows, desk / "facts.parquet")
        # Who is interviewed says something.
        given = given.partition("#")[0].strip() or ("replies.txt" if arguments[0] == "interview" else "")
        return run(*arguments, stdin=(desk / given).read_bytes() if given else b"", cwd=desk)

    return typed


def page_on(topic: str) -> Path:
    return TOPIC_PAGES[list(TOPICS).index(topic)]


# Commands.


def status_of(line: str) -> int:
    stated = re.search(r"# exit status (\d+)$", line)
    return int(stated[1]) if stated else 0


@pytest.mark.parametrize("fence", [one for one in FENCES if one.commands], ids=lambda one: one.name)
def test_a_command_that_is_shown_runs(fence: Fence, typed: Run) -> None:
    for line in fence.commands:
        done = typed(line)
        assert done.returncode == status_of(line), f"{line}\n{done.stderr}"
        assert "Traceback" not in done.stderr


OUTPUTS = [
    (asked, told)
    for asked, told in itertools.pairwise(FENCES)
    if asked.commands and told.language == "text" and told.before == "```"
]


def in_order(shown: str, real: str) -> str:
    """Return the first line shown that the real output does not have in its place; nothing if it has all.

    `[…]` on a line of its own stands for any lines, and within a line for any words.
    """
    lines = real.splitlines()
    position, cut = 0, False
    for line in shown.splitlines():
        if line == CUT:
            cut = True
            continue
        form = re.compile(".*".join(re.escape(part) for part in line.split(CUT)))
        reach = range(position, len(lines) if cut else min(position + 1, len(lines)))
        found = next((number for number in reach if form.fullmatch(lines[number])), None)
        if found is None:
            return line
        position, cut = found + 1, False
    return "" if cut or position == len(lines) else lines[position]


@pytest.mark.parametrize(("asked", "told"), OUTPUTS, ids=lambda one: one.name)
def test_an_output_that_is_shown_is_the_real_one(asked: Fence, told: Fence, typed: Run) -> None:
    done = typed(asked.commands[-1])
    assert in_order(told.text, done.stdout + done.stderr) == ""


def test_a_shown_output_is_compared_line_by_line() -> None:
    assert in_order("a\n[…]\nc […] e\n", "a\nb\nc d e\n") == ""
    assert in_order("a\nc\n", "a\nb\nc\n") == "c"
    assert in_order("a\n", "a\nb\n") == "b"


def names_a_command(span: str) -> bool:
    return span.startswith("authcheck ") and not span.startswith("authcheck --")


def examples_of_the_help() -> Iterator[str]:
    for name in ("", *every_command()):
        shown = parsers()[name].help or ""
        yield from (one.strip() for one in re.findall(r"^ *(authcheck .+?)(?:   .*)?$", shown, re.MULTILINE))


def parsers() -> Mapping[str, Any]:
    """Return the parser of every command, of the groups of commands, and of the whole under the empty name."""
    whole: Any = typer.main.get_command(app_for(""))
    found = {"": whole}
    for name, command in whole.commands.items():
        found[name] = command
        found.update({f"{name} {inner}": one for inner, one in getattr(command, "commands", {}).items()})
    return found


def every_command() -> tuple[str, ...]:
    return tuple(name for name, one in parsers().items() if not hasattr(one, "commands"))


@pytest.mark.parametrize("line", sorted(set(examples_of_the_help())))
def test_an_example_of_the_help_does_what_it_says(line: str, typed: Run) -> None:
    done = typed(line)
    # The JSONL of the README has a record that cannot be read, on purpose.
    wanted = Exit.INVALID if "scenarios.jsonl" in line else Exit.DONE
    assert done.returncode == wanted, done.stderr


# Commands within a text that no help screen gives as an example.
SPANS = sorted(
    {one for file in PAGES for one in spans_of(file) if names_a_command(one)}.difference(examples_of_the_help())
)


@pytest.mark.parametrize("line", SPANS)
def test_a_command_within_the_text_runs(line: str, typed: Run) -> None:
    words = line.split()[1:]
    if " ".join(words) in every_command():
        return
    done = typed(line)
    assert done.returncode == 0, done.stderr


# What the README names.


@pytest.mark.parametrize("command", every_command())
def test_the_readme_names_every_command_with_an_example(command: str) -> None:
    row = next((line for line in prose_of(README).splitlines() if line.startswith(f"| `{command}` |")), "")
    assert f"`authcheck {command}" in row


def options() -> Iterator[tuple[str, str, str]]:
    """Return every option with its command and the variable of the environment that stands for it."""
    for name, parser in parsers().items():
        for one in parser.params:
            for option in one.opts:
                if option.startswith("-") and (option.startswith("--") or len(one.opts) == 1):
                    yield name, option, one.envvar or ""


@pytest.mark.parametrize("option", sorted({option for _, option, _ in options()} - {"--show-completion"}))
def test_the_help_names_every_option(option: str) -> None:
    assert any(option in span.split() for page in (README, *TOPIC_PAGES) for span in spans_of(page))


def test_the_help_names_every_variable_of_the_environment() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert {name for _, _, name in options() if name} <= set(re.findall(r"AUTHCHECK_[A-Z_]+", sources))
    assert set(re.findall(r"\bAUTHCHECK_[A-Z_]+\b", sources)) <= set(spans_of(page_on("exit")))


@pytest.mark.parametrize("module", [f"authcheck.cli.{name}" for name in COMMANDS])
def test_the_help_names_every_format(module: str) -> None:
    formats: Iterable[enum.Enum] = getattr(importlib.import_module(module), "Format", ())
    assert [one.value for one in formats if f"`{one.value}`" not in prose_of(page_on("options"))] == []


def test_the_help_names_every_exit_status() -> None:
    table = re.findall(r"^\| ([\d, ]+) \|", prose_of(page_on("exit")), re.MULTILINE)
    assert {int(one) for row in table for one in row.split(",")} == {int(one) for one in Exit}


def test_the_help_says_what_every_verdict_means(run: Run) -> None:
    _, _, meaning = prose_of(page_on("words")).partition("## How the meaning works")
    assert [one.value for one in Verdict if f"**{one.value.replace('-', ' ')}**" not in meaning] == []
    for verdict in Verdict:
        assert run("show", "word", verdict.value).stdout.startswith(f"{verdict.value.replace('-', ' ')}: ")


def test_the_help_names_every_lens() -> None:
    assert set(shipped.pack().lenses) <= set(spans_of(page_on("lens")))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_told_whole_in_every_form(name: str, form: str, run: Run) -> None:
    told = run("help", name, "--format", form)
    assert (told.returncode, told.stderr) == (0, "")
    shown = re.sub(r"<[^>]*>|&\w+;|[\\*`]", "", told.stdout)
    for word in re.findall(r"\b[a-z]{9,}\b", prose_of(page_on(name))):
        assert word in shown, word


def test_the_commands_of_the_app_are_those_of_its_table() -> None:
    assert {name.partition(" ")[0] for name in every_command()} == set(COMMANDS)


# Set-up: a machine with Python alone is set up by two commands, and one of them is the test command.


def test_two_commands_set_up_a_machine() -> None:
    set_up = [one for one in FENCES if "venv" in one.text]
    assert len(set_up) == 2
    assert all(one.text.count("\n") == 1 and one.text.startswith("python3 -m venv .venv && ") for one in set_up)
    assert [one.before == "<!-- test command -->" for one in set_up] == [False, True]
    assert "tests/check.py" in set_up[1].text


# Files that are shown.


def is_of(fence: Fence, key: str) -> bool:
    return fence.language == "yaml" and bool(re.search(rf"^{key}:", fence.text, re.MULTILINE))


@pytest.mark.parametrize(
    "fence", [one for one in FENCES if one.file == README and one.language == "yaml"], ids=lambda one: one.name
)
def test_a_scenario_that_is_shown_loads(fence: Fence) -> None:
    pack = shipped.pack()
    if fence.text.startswith("# typo.yaml"):
        with pytest.raises(AuthcheckError, match="is no fact"):
            build_scenario(fence.text, "typo.yaml", pack)
        return
    scenario = build_scenario(fence.text, "shown.yaml", pack)
    assert [one for one in lint_scenario(scenario, pack) if one.severity is not Severity.NOTE] == []


def test_the_first_scenario_is_short() -> None:
    first = next(one for one in FENCES if one.language == "yaml")
    assert first.text.count("\n") <= 12


def test_every_condition_that_is_shown_can_be_read() -> None:
    pack = shipped.pack()
    fence = next(one for one in FENCES if one.file == PACK_README and one.text.startswith("- "))
    problems = Problems()
    scope = Scope(pack.facts, frozenset(pack.authorities), problems, terms=dict(pack.terms))
    shown = parse(fence.text, "conditions.yaml").value
    assert isinstance(shown, tuple)
    assert all(read_condition(one, scope) is not None for one in shown), problems.found


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the shipped pack to which the example of its README has been added."""
    folder = tmp_path_factory.mktemp("example") / "pack"
    shutil.copytree(shipped_pack(), folder)
    for fence in FENCES:
        if fence.file != PACK_README or fence.language != "yaml" or fence.text.startswith("- "):
            continue
        content = yaml.safe_load(fence.text)
        match next(iter(content)):
            case "document":
                (folder / "sources" / f"{content['document']}.yaml").write_text(fence.text, encoding="utf-8")
            case "authority":
                (folder / f"{content['authority']}.yaml").write_text(fence.text, encoding="utf-8")
            case "scenario":
                name = "several-activities" if "activities" in content else "painted-flag"
                (folder / "scenarios" / f"{name}.yaml").write_text(fence.text, encoding="utf-8")
            case key:
                file = folder / "vocabulary" / f"{'lenses' if key == 'holders' else key}.yaml"
                kept = yaml.safe_load(file.read_text(encoding="utf-8"))
                merged = {name: [*items, *content.get(name, [])] for name, items in kept.items()}
                file.write_text(yaml.safe_dump(merged, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return folder


def test_the_example_of_the_pack_is_sound(example: Path) -> None:
    pack = shipped.pack()
    grown = shipped.pack_in(example)
    assert set(grown.authorities) - set(pack.authorities) == {"harbour-search"}
    scenario = shipped.scenario_in(example / "scenarios" / "painted-flag.yaml", grown)
    others = shipped.scenarios()

    def complaints(of: Pack) -> list[tuple[str, str]]:
        return [(one.code, one.message) for one in lint_pack(of, [*others, scenario])]

    assert [one for one in complaints(grown) if one not in complaints(pack)] == []
    assert lint_scenario(scenario, grown) == ()


@pytest.mark.parametrize("name", ["painted-flag", "several-activities"])
def test_the_expected_answers_of_an_example_are_met(name: str, example: Path, run: Run) -> None:
    done = run("test", str(example / "scenarios" / f"{name}.yaml"), "--pack", str(example))
    assert (done.returncode, done.stdout.count("met: ")) == (0, 2)


# The tables of keys.

TABLES: Mapping[str, type] = {
    "pack.yaml": forms.FILES["pack.yaml"],
    "An authority, `<authority>.yaml`": Authority,
    **{name: form for name, form in forms.FILES.items() if name != "pack.yaml"},
    "A document, `sources/<document>.yaml`": forms.DocumentForm,
    "A scenario, `scenarios/<name>.yaml`": forms.ScenarioForm,
}


def rows_of(heading: str) -> dict[str, tuple[bool, str]]:
    """Return the keys of a table, in order: whether each is needed, and what is said of it."""
    text = PACK_README.read_text(encoding="utf-8")
    section = text.partition(f"\n### {heading}\n")[2].partition("\n##")[0]
    rows = re.findall(r"^\| `([\w.]+)` \| (yes)? ?\| (.+) \|$", section, re.MULTILINE)
    assert rows, heading
    return {key: (needed == "yes", meaning) for key, needed, meaning in rows}


def inside(slot: Slot) -> Slot:
    """Return what stands in a list of lists, or the slot itself."""
    return slot if slot.inner is None else inside(slot.inner)


def keys_of(form: type, prefix: str, seen: set[type]) -> Iterator[tuple[str, bool, Slot]]:
    """Return every key of a file by its path; a part that stands in several places is given where it is first."""
    form = forms.AS_WRITTEN.get(form, form)
    seen.add(form)
    groups: set[str] = set()
    for slot in slots(form):
        for size in range(1, len(slot.path)):
            if slot.path[size - 1] not in groups:
                groups.add(slot.path[size - 1])
                yield prefix + ".".join(slot.path[:size]), False, slot
        key = prefix + ".".join(slot.path)
        yield key, slot.needed, slot
        part = forms.AS_WRITTEN.get(inside(slot).hint, inside(slot).hint)
        if inside(slot).written is Written.PART and part not in seen:
            yield from keys_of(part, f"{key}.", seen)


@pytest.mark.parametrize("heading", TABLES)
def test_the_table_of_a_file_has_its_keys_and_no_others(heading: str) -> None:
    keys = {key: needed for key, needed, _ in keys_of(TABLES[heading], "", set())}
    assert {key: needed for key, (needed, _) in rows_of(heading).items()} == keys


@pytest.mark.parametrize("heading", TABLES)
def test_the_table_of_a_file_names_the_words_that_a_key_takes(heading: str) -> None:
    text = PACK_README.read_text(encoding="utf-8")
    verdicts = {one.value for one in Verdict}
    for key, _, slot in keys_of(TABLES[heading], "", set()):
        missing = [word for word in inside(slot).words if f"`{word}`" not in text and word not in verdicts]
        assert not missing, key


def test_every_file_of_a_pack_has_its_table() -> None:
    assert set(TABLES.values()) == {*forms.PACK_FILES, forms.ScenarioForm}


def test_the_keys_of_a_reading_are_named_beside_it() -> None:
    _, meaning = rows_of("An authority, `<authority>.yaml`")["grounds.elements.readings"]
    assert [slot.key for slot in slots(Rule) if f"`{slot.key}`" not in meaning] == []


# Python, paths and the map.


def test_the_cells_in_python_run_one_after_another_and_print_what_is_shown(
    desk: Path, clean_environment: Mapping[str, str]
) -> None:
    cells = [pair for pair in itertools.pairwise(FENCES) if pair[0].language == "python"]
    # The recipe for a cluster has a test of its own, which needs one.
    pairs = [pair for pair in cells if pair[0].file != page_on("cluster")]
    assert len(pairs) > 3
    assert {(cell.file, told.file, told.language) for cell, told in pairs} == {(page_on("python"),) * 2 + ("text",)}
    done = subprocess.run(
        [sys.executable, "-c", "\nprint('----')\n".join(cell.text for cell, _ in pairs)],
        cwd=desk,
        env=clean_environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    printed = done.stdout.split("----\n")
    assert [in_order(told.text, real) for (_, told), real in zip(pairs, printed, strict=True)] == [""] * len(pairs)


PATHS = sorted(
    {
        (str(file.relative_to(ROOT)), path)
        for file in PAGES
        for path in (
            *re.findall(r"\]\(([^):#]+)\)", prose_of(file).replace("\n", " ")),
            *(one for one in spans_of(file) if re.match(r"(src|tests|authorities|\.ci)/[^<*]*$", one)),
        )
    }
)


@pytest.mark.parametrize(("file", "path"), PATHS)
def test_a_path_that_is_named_exists(file: str, path: str) -> None:
    assert (ROOT / path).exists() or ((ROOT / file).parent / path).exists()


def test_the_readme_is_read_in_one_go() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 200


def test_every_promise_names_the_test_that_holds_it() -> None:
    promises = re.search(r"^## Promises$(.*?)^## ", prose_of(README), re.MULTILINE | re.DOTALL)
    assert promises is not None
    each = re.split(r"^- ", promises[1], flags=re.MULTILINE)[1:]
    named = [re.findall(r"`((?:\w+/)?test_\w+\.py)`", one) for one in each]
    assert all(named)
    files = {name for names in named for name in names}
    tests, page = ROOT / "tests", (ROOT / "src/authcheck/topics/contribute.md").read_text(encoding="utf-8")
    assert all((tests / one).exists() for one in re.findall(r"`((?:\w+/)?test_\w+\.py)`", page))
    assert [one for one in files if not (tests / "promises" / one).exists() and not (tests / one).exists()] == []
    assert {path.name for path in (tests / "promises").glob("test_*.py")} <= files


def test_the_map_shows_the_modules_as_they_stand() -> None:
    shown = next(one for one in FENCES if one.text.startswith("src/authcheck/\n")).text
    home = ROOT / "src" / "authcheck"
    here = home
    for line in shown.splitlines()[1:]:
        head = re.match(r"  (\w+/|\w+\.py)(?= )", line)
        if head:
            assert (home / head[1]).exists(), line
            here = home / head[1] if head[1].endswith("/") else home
        named = re.findall(r"\w+\.py|\w+(?=/)", line)
        assert [one for one in named if not (here / one).exists() and not (home / one).exists()] == [], line
    modules = {path.name for path in home.iterdir() if path.name.strip("_") == path.name and path.name[0] != "."}
    top = set(re.findall(r"^  (\w+(?:\.py)?)/? ", shown, re.MULTILINE))
    assert {one for one in modules if one not in {"py.typed", "authorities"}} == top
