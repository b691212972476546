"""The same inputs give the same bytes: under any hash seed and locale, from any folder, in any order of the facts."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shipped import Run

SCENARIOS = Path(__file__).resolve().parent.parent / "authorities" / "scenarios"
FORMATS = ["text", "json", "jsonl", "csv", "markdown"]
# This one has a contest, a silence, something open, duties and cautions.
SCENARIO = "monthly-raids"


@pytest.mark.parametrize("format", FORMATS)
def test_the_seed_of_the_hashes_changes_no_byte(format: str, run_apart: Run) -> None:
    kept = run_apart("evaluate", SCENARIO, "-f", format, PYTHONHASHSEED="1")
    fresh = run_apart("evaluate", SCENARIO, "-f", format, PYTHONHASHSEED="4242", AUTHCHECK_CACHE="off")
    assert kept.returncode == 0
    assert kept.stdout == fresh.stdout


@pytest.mark.parametrize(
    "command", [("explain", SCENARIO), ("show", "authority", "title-50"), ("check",)], ids=" ".join
)
def test_the_seed_changes_no_byte_of_the_other_commands(command: tuple[str, ...], run_apart: Run) -> None:
    shown = [run_apart(*command, PYTHONHASHSEED=seed) for seed in ("0", "1")]
    assert shown[0].stdout == shown[1].stdout
    assert shown[0].stderr == shown[1].stderr


LOCALES: Mapping[str, Mapping[str, str]] = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "UTF-8": {"LC_ALL": "C.UTF-8"},
    "none": {},
    "C, as it is spelled": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    # As a pipe is encoded on Windows.
    "Windows": {"PYTHONIOENCODING": "cp1252"},
    "Latin": {"PYTHONIOENCODING": "latin-1"},
}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_locale_changes_no_byte(locale: str, run_apart: Run, run: Run) -> None:
    for format in ("text", "json"):
        done = run_apart("evaluate", SCENARIO, "-f", format, **LOCALES[locale])
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == run("evaluate", SCENARIO, "-f", format).stdout


@pytest.mark.parametrize("locale", LOCALES)
def test_a_message_is_written_in_any_locale(locale: str, run_apart: Run, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("scenario: “Ação”\nfacts: {“ação”: true}\n", encoding="utf-8")
    done = run_apart("evaluate", "s.yaml", cwd=tmp_path, **LOCALES[locale])
    assert done.returncode == 3
    assert "is no fact [unknown-fact]" in done.stderr


@pytest.mark.parametrize("format", FORMATS)
def test_the_folder_changes_no_byte(format: str, run: Run, tmp_path: Path) -> None:
    assert (
        run("evaluate", SCENARIO, "-f", format, cwd=tmp_path).stdout == run("evaluate", SCENARIO, "-f", format).stdout
    )


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_of_the_same_name_gives_the_same_bytes_in_every_folder(format: str, run: Run, tmp_path: Path) -> None:
    text = (SCENARIOS / f"{SCENARIO}.yaml").read_bytes()
    shown = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "raids.yaml").write_bytes(text)
        shown.append(run("evaluate", "raids.yaml", "-f", format, cwd=tmp_path / name).stdout)
    assert shown[0] == shown[1]


def test_no_place_of_the_machine_is_in_an_answer_from_the_pack(run: Run) -> None:
    for format in FORMATS:
        assert str(SCENARIOS.parents[1]) not in run("evaluate", SCENARIO, "-f", format).stdout
    assert str(SCENARIOS.parents[1]) not in run("explain", SCENARIO).stdout


def test_the_date_of_the_machine_is_not_read(run_apart: Run, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import time\n\ndef no_clock(*_):\n    raise RuntimeError('the clock was read')\n\n"
        "time.localtime = time.gmtime = no_clock\n",
        encoding="utf-8",
    )
    # A scenario without a date takes that of the pack.
    (tmp_path / "s.yaml").write_text("scenario: x\nfacts: {operation_type: airstrike}\n", encoding="utf-8")
    import authcheck

    path = f"{tmp_path}:{Path(authcheck.__file__).parents[1]}"
    done = run_apart("evaluate", "s.yaml", "-f", "json", cwd=tmp_path, PYTHONPATH=path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["receipt"]["as_of_from"] == "pack"


# The order of the facts.


def turned(value: object) -> object:
    """Return the value with the keys of every mapping the other way round, but for the courses of action."""
    if isinstance(value, dict):
        turned_round = {key: turned(value[key]) for key in reversed(value)}
        if "options" in value:
            # These are shown as the file lists them.
            turned_round["options"] = {name: turned(facts) for name, facts in value["options"].items()}
        return turned_round
    return value


def without_places(value: object) -> object:
    """Return the value without digests and places, which follow the text."""
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key not in {"place", "scenario_digest"}}
    if isinstance(value, list):
        return [without_places(one) for one in value]
    return value


@pytest.mark.parametrize("name", ["drone-attack", "monthly-raids", "rc-135-flights", "three-courses"])
def test_the_order_of_the_facts_changes_only_digests_and_places(name: str, run: Run, tmp_path: Path) -> None:
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    data["as_of"] = data["as_of"].isoformat()
    (tmp_path / f"{name}.yaml").write_text(
        yaml.safe_dump(turned(data), sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    usual = run("evaluate", name, "-f", "json").stdout
    other = run("evaluate", f"{name}.yaml", "-f", "json", cwd=tmp_path).stdout
    assert json.dumps(without_places(json.loads(other))) == json.dumps(without_places(json.loads(usual)))
    texts = (run("evaluate", one, "--full", cwd=tmp_path).stdout for one in (name, f"{name}.yaml"))
    masked = [re.sub(r"\([0-9a-f]{12}\)", "(digest)", one) for one in texts]
    assert masked[0] == masked[1]


@pytest.mark.parametrize("format", ["text", "json", "csv"])
def test_an_order_of_scenarios_is_kept(format: str, run: Run) -> None:
    names = ["title-50-raid", "cia-team", "day-75"]
    shown = run("evaluate", *names, "-f", format).stdout
    found = [shown.index(one) for one in names]
    assert found == sorted(found)


def test_a_folder_is_read_in_the_order_of_its_names(run: Run) -> None:
    rows = run("evaluate", str(SCENARIOS), "-f", "csv").stdout.splitlines()[1:]
    # One of several activities has a row for each.
    names = [*dict.fromkeys(row.partition(",")[0] for row in rows)]
    assert names == [path.stem for path in sorted(SCENARIOS.glob("*.yaml"), key=lambda path: path.name)]


# One answer, whatever its form and however it is asked for.


def forms(run: Run) -> Iterator[dict[str, Any]]:
    text = (SCENARIOS / f"{SCENARIO}.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text) | {"id": SCENARIO}
    data["as_of"] = data["as_of"].isoformat()
    yield json.loads(run("evaluate", SCENARIO, "-f", "json").stdout)
    yield json.loads(run("evaluate", SCENARIO, "-f", "jsonl").stdout)
    yield json.loads(run("evaluate", "-", "-f", "jsonl", stdin=text.encode()).stdout) | {"scenario": SCENARIO}
    yield json.loads(run("evaluate", "-", "-f", "jsonl", stdin=json.dumps(data).encode()).stdout)
    yield json.loads(run("explain", SCENARIO, "-f", "json").stdout)


def test_a_scenario_has_one_answer_however_it_is_given(run: Run) -> None:
    assert all(without_places(one) == without_places(other) for one, other in pairwise(forms(run)))


def test_the_table_says_what_the_json_says(run: Run) -> None:
    answer = json.loads(run("evaluate", SCENARIO, "-f", "json").stdout)
    head, row = csv.reader(run("evaluate", SCENARIO, "-f", "csv").stdout.splitlines())
    found = dict(zip(head, row, strict=True))
    assert {name: found[name] for name in answer["verdicts"]} == answer["verdicts"]
    assert found["relies_on"].split() == answer["relies_on"]
