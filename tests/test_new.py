"""A scenario that is begun reads as it stands, is clean, and holds what bears and nothing else."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from authcheck.asking.beginning import begin, main_activity
from tests import shipped
from tests.shipped import HARBOUR, Run

PACK = shipped.pack()
MAIN = main_activity(PACK)


def begun(run: Run, path: Path, *options: str) -> str:
    result = run("new", str(path), *options)
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    assert f"{path} is begun" in result.stderr
    return path.read_text(encoding="utf-8")


def assert_clean(run: Run, path: Path, *options: str) -> None:
    result = run("check", str(path), "--fail-level", "note", *options)
    assert (result.returncode, result.stdout) == (0, "1 file checked: 0 errors, 0 warnings, 0 notes\n")


@pytest.mark.parametrize("name", PACK.authorities)
def test_what_is_begun_for_an_authority_is_clean(name: str, run: Run, tmp_path: Path) -> None:
    begun(run, tmp_path / "a.yaml", "--for", name)
    assert_clean(run, tmp_path / "a.yaml")


@pytest.mark.parametrize("value", MAIN.values)
def test_what_is_begun_for_an_activity_is_clean_and_states_it(value: str, run: Run, tmp_path: Path) -> None:
    begun(run, tmp_path / "a.yaml", "--type", value)
    assert_clean(run, tmp_path / "a.yaml")
    stated, *raised = shipped.scenario_in(tmp_path / "a.yaml").facts.values()
    assert (stated.fact, stated.values) == (MAIN.fact, (value,))
    assert {(one.fact, one.said) for one in raised} <= {(name, "unknown") for name in MAIN.opens.get(value, ())}


@pytest.mark.parametrize("day", ["1789-03-04", "1964-08-05", "2030-01-01"])
def test_what_is_begun_for_another_day_is_clean(day: str, run: Run, tmp_path: Path) -> None:
    begun(run, tmp_path / "a.yaml", "--type", "airstrike", "--as-of", day)
    if day < "2025-02-05":
        # What is cited of such a day is later law: an author may want that, or not.
        assert_clean(run, tmp_path / "a.yaml", "--exclude-rule", "cites-later-law")
    assert shipped.scenario_in(tmp_path / "a.yaml").as_of is not None


def test_every_fact_that_is_uncommented_can_be_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = begun(run, path, "--for", ",".join(PACK.authorities))
    facts = [line.removeprefix("  # ") for line in text.splitlines() if line.startswith("  # ") and "unknown" in line]
    names = {one.partition(":")[0] for one in facts} & set(PACK.facts)
    for name in names:
        text = text.replace(f"  # {name}: unknown", f"  {name}: unknown")
    path.write_text(text, encoding="utf-8")

    assert {*names, MAIN.fact} == set(shipped.scenario_in(path).facts)
    assert len(names) > len(PACK.facts) / 2


def test_what_is_begun_for_nothing_asks_what_a_story_tells_first_and_is_answered_on_a_screen(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    text = begun(run, path)
    assert len(text.splitlines()) < 150
    assert {"target_type", "attack_status", "host_consent_status", "conducting_element"} <= {
        one.fact.fact for one in begin(PACK, PACK.as_of).facts
    }
    assert_clean(run, path)
    screen = [row for line in run("evaluate", str(path)).stdout.splitlines() for row in textwrap.wrap(line, 80)]
    assert len(screen) < 24
    assert any(row.startswith("Ask next: ") for row in screen)


def test_facts_that_bear_on_another_authority_alone_are_left_out(run: Run, tmp_path: Path) -> None:
    text = begun(run, tmp_path / "a.yaml", "--for", "financial-measures")
    assert "financial_measures_used: unknown" in text
    assert "host_consent_status" not in text
    assert "Financial" in text.partition("scenario:")[0]


def test_an_activity_brings_the_facts_of_what_it_engages_and_not_what_it_settles() -> None:
    names = {one.fact.fact for one in begin(PACK, PACK.as_of, "airstrike").facts}
    assert {"attack_status", "attack_location", "host_consent_status", "lethal_force_intended"} <= names
    assert not {"uses_armed_force", MAIN.fact, "host_legislature_approval"} & names


def test_what_is_left_out_is_said_to_be_what_it_would_be(run: Run, tmp_path: Path) -> None:
    text = begun(run, tmp_path / "a.yaml", "--type", "airstrike")
    assert "Left out, it is assumed to be none.\n  # attack_status: unknown" in text
    assert "Left out, it is unknown.\n  # host_consent_status: unknown" in text


def test_a_file_that_is_there_is_kept_unless_forced(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("mine\n", encoding="utf-8")
    assert run("new", str(path)).returncode == 2
    assert path.read_text(encoding="utf-8") == "mine\n"
    begun(run, path, "--force")


@pytest.mark.parametrize(
    "options", [("--for", "title-51"), ("--type", "airstrke"), ("--as-of", "yesterday")], ids=lambda given: given[0]
)
def test_what_is_not_known_is_a_usage_error(options: tuple[str, str], run: Run, tmp_path: Path) -> None:
    result = run("new", str(tmp_path / "a.yaml"), *options)
    assert result.returncode == 2
    assert options[1] in result.stderr
    assert not (tmp_path / "a.yaml").exists()


def test_the_name_of_the_file_says_that_it_is_a_scenario(run: Run, tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "a.json")).returncode == 2


def test_another_pack_has_its_own_facts(run: Run, tmp_path: Path) -> None:
    text = begun(run, tmp_path / "a.yaml", "--pack", str(HARBOUR), "--title", "A [red] ship")
    assert "cargo: unknown" in text
    assert 'scenario: "A [red] ship"' in text
    assert_clean(run, tmp_path / "a.yaml", "--pack", str(HARBOUR))


def test_it_goes_to_standard_output_too(run: Run) -> None:
    result = run("new", "-", "--type", "training")
    assert result.stdout.startswith("# yaml-language-server: $schema=")
    assert result.stderr == ""
