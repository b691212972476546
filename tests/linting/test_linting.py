from __future__ import annotations

import os
from collections.abc import Iterator
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
    assert shown.rstrip().endswith(rule.why)


def test_what_is_looked_for_can_be_chosen(run: shipped.Run) -> None:
    case = HERE / "bad" / "option-changes-nothing" / "scenario.yaml"
    asked = ("check", str(case), "--pack", str(MINIMAL), "--format", "concise")
    every, chosen = run(*asked), run(*asked, "--select", "option-changes-nothing")
    assert "[option-changes-nothing]" in every.stdout
    assert chosen.returncode == 1
    assert {line.split("[")[1].split("]")[0] for line in chosen.stdout.splitlines()[:-1]} == {"option-changes-nothing"}
    assert run(*asked, "--exclude-rule", "option-changes-nothing", "--fail-level", "warning").returncode == 0
    assert run(*asked, "--select", "option-change-nothing").returncode == 2
