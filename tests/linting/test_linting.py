from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from authcheck.diagnostics import Diagnostic, Severity
from authcheck.linting import (
    RuleDoc,
    checks,
    lint_pack,
    lint_scenario,
    lint_scenarios,
    rules,
    scenario_checks,
    set_checks,
)
from authcheck.linting.errors import ERRORS
from authcheck.linting.ignoring import IGNORING
from authcheck.linting.rule import Excerpt
from authcheck.loading.files import PackText
from authcheck.loading.folders import read_pack_text
from authcheck.loading.packs import build_pack
from authcheck.loading.scenarios import build_scenario
from tests import shipped

HERE = Path(__file__).parent
MINIMAL = HERE / "packs" / "minimal"
# A case is a folder: `edits.yaml` changes the minimal pack, `scenario.yaml` is linted with it, and
# `expected.txt` holds what is found. Set AUTHCHECK_GOLDEN=write to write it anew, and read the difference.
GOOD = sorted(path for path in (HERE / "good").iterdir() if path.is_dir())
BAD = sorted(path for path in (HERE / "bad").iterdir() if path.is_dir())


def edited(case: Path) -> PackText:
    text = read_pack_text(MINIMAL)
    files = {name: data.decode() for name, data in text.files.items()}
    edits = case / "edits.yaml"
    if not edits.exists() and (example := rules().get(case.name)) and example.subject == "pack":
        for excerpt in example.example:
            files[excerpt.file] = with_the_bad(files[excerpt.file], excerpt)
    for edit in yaml.safe_load(edits.read_text(encoding="utf-8")) if edits.exists() else []:
        name = edit["file"]
        if "add" in edit:
            files[name] += edit["add"]
        else:
            # The block scalars of `edits.yaml` end with a line end that the text to find may not have.
            find, replace = edit["find"].removesuffix("\n"), edit["replace"].removesuffix("\n")
            assert files[name].count(find) == 1, f"{name} must hold this once: {find}"
            files[name] = files[name].replace(find, replace)
    return PackText("pack", {name: one.encode() for name, one in files.items()}, text.digest)


def with_the_bad(text: str, excerpt: Excerpt) -> str:
    """Return the file with the lines that should be so as a rule finds them, as far in as they stand."""
    found = []
    for indent in range(0, 14, 2):
        good, bad = (f"\n{textwrap.indent(lines, ' ' * indent)}" for lines in (excerpt.good, excerpt.bad))
        if f"\n{text}".count(good) == 1:
            found.append(f"\n{text}".replace(good, bad).removeprefix("\n"))
    assert len(found) == 1, f"{excerpt.file} must hold this once: {excerpt.good}"
    return found[0]


def findings(case: Path) -> tuple[Diagnostic, ...]:
    pack = build_pack(edited(case))
    scenarios = [
        build_scenario(path.read_text(encoding="utf-8"), path.name, pack, id=case.name)
        for path in sorted(case.glob("scenario*.yaml"))
    ]
    found = [one for scenario in scenarios for one in lint_scenario(scenario, pack)]
    return (*lint_pack(pack, scenarios), *found, *lint_scenarios(scenarios))


def shown(found: tuple[Diagnostic, ...]) -> Iterator[str]:
    for one in found:
        yield f"{one.place}: {one.severity.value}[{one.code}]: {one.message}\n  {one.help}\n"


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_sound_input_has_no_findings(case: Path) -> None:
    assert "".join(shown(findings(case))) == ""


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_doubtful_input_has_the_findings_expected(case: Path) -> None:
    expected = case / "expected.txt"
    found = "".join(shown(findings(case)))
    if os.environ.get("AUTHCHECK_GOLDEN") == "write":
        expected.write_text(found, encoding="utf-8")

    assert found == expected.read_text(encoding="utf-8")
    assert f"[{code_of(case)}]" in found


SHOWN_IN_SCENARIOS = [rule for rule in rules().values() if rule.subject != "pack"]


@pytest.mark.parametrize("rule", SHOWN_IN_SCENARIOS, ids=lambda rule: rule.code)
def test_the_example_of_a_scenario_has_what_its_rule_finds_and_the_good_one_nothing(rule: RuleDoc) -> None:
    pack = shipped.pack()

    def codes(texts: Iterable[tuple[str, str]]) -> set[str]:
        scenarios = [build_scenario(text, file, pack, id=Path(file).stem) for file, text in texts]
        alone = [one for scenario in scenarios for one in lint_scenario(scenario, pack)]
        of_subject = lint_scenarios(scenarios) if rule.subject == "scenarios" else alone
        return {one.code for one in of_subject}

    assert codes((one.file, one.bad) for one in rule.example) == {rule.code}
    assert codes((one.file, one.good) for one in rule.example) == set()


@pytest.mark.parametrize("code", IGNORING)
def test_the_example_of_an_ignore_has_what_is_said_of_it(code: str, tmp_path: Path, run: shipped.Run) -> None:
    (example,) = IGNORING[code].example
    for name, text in (("good", example.good), ("bad", example.bad)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    done = run("check", str(tmp_path / "bad.yaml"), "--format", "concise", "--select", code)
    assert f"[{code}]" in done.stdout
    assert run("check", str(tmp_path / "good.yaml"), "--fail-level", "note").returncode == 0


def code_of(case: Path) -> str:
    return case.name.partition("--")[0]


def test_every_rule_has_a_case() -> None:
    assert set(rules()) <= {code_of(case) for case in BAD}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_every_rule_says_what_it_finds_and_why(rule: RuleDoc) -> None:
    assert rule.summary[0].islower()
    assert not rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.subject in {"pack", "scenario", "scenarios"}


def test_a_rule_stands_in_the_file_of_its_name() -> None:
    names = {
        path.stem.replace("_", "-")
        for package in (checks, scenario_checks, set_checks)
        for folder in package.__path__
        for path in Path(folder).glob("[a-z]*.py")
    }

    assert names == set(rules())


def test_the_shipped_pack_has_neither_errors_nor_warnings() -> None:
    pack, scenarios = shipped.pack(), shipped.scenarios()
    found = [
        *lint_pack(pack, scenarios),
        *lint_scenarios(scenarios),
        *(one for each in scenarios for one in lint_scenario(each, pack)),
    ]

    assert [one for one in found if one.severity is not Severity.NOTE] == []


def test_findings_come_in_the_order_of_the_files() -> None:
    found = findings(HERE / "bad" / "uncited")

    assert list(found) == sorted(found, key=lambda one: one.place)


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_every_code_can_be_looked_up(rule: RuleDoc, run: shipped.Run) -> None:
    shown = run("check", "--explain", rule.code).stdout
    assert shown.startswith(f"{rule.code}: {rule.summary}\n")
    assert rule.why in shown
    for example in rule.example:
        for lines in (example.bad, example.good):
            assert textwrap.indent(lines, "    ") in shown


def test_all_codes_are_listed(run: shipped.Run) -> None:
    doubtful, errors = run("check", "--explain", "all").stdout.split("\n\n")

    assert {line.partition(":")[0] for line in doubtful.splitlines()} == {*rules(), *IGNORING}
    assert {line.partition(":")[0] for line in errors.splitlines()[1:]} == {*ERRORS}


def test_what_is_looked_for_can_be_chosen(run: shipped.Run) -> None:
    case = HERE / "bad" / "option-changes-nothing" / "scenario.yaml"
    asked = ("check", str(case), "--pack", str(MINIMAL), "--format", "concise")
    every, chosen = run(*asked), run(*asked, "--select", "option-changes-nothing")
    assert "[option-changes-nothing]" in every.stdout
    assert chosen.returncode == 1
    assert {line.split("[")[1].split("]")[0] for line in chosen.stdout.splitlines()[:-1]} == {"option-changes-nothing"}
    assert run(*asked, "--exclude-rule", "option-changes-nothing", "--fail-level", "warning").returncode == 0
    assert run(*asked, "--select", "option-change-nothing").returncode == 2
