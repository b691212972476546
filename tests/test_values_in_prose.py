"""The values of files and programs are for these: prose says them as words."""

from __future__ import annotations

import enum
import re
from pathlib import Path

import pytest

from authcheck.answer.answer import Attention, ClaimStanding, ClockState, Kind, Outcome
from authcheck.model.source import DocumentClass
from authcheck.model.verdict import DutyState, Need, Verdict
from tests import shipped
from tests.shipped import Run

KINDS: list[type[enum.Enum]] = [
    Attention,
    ClaimStanding,
    ClockState,
    DocumentClass,
    DutyState,
    Kind,
    Need,
    Outcome,
    Verdict,
]
VALUES = "|".join(one.value for kind in KINDS for one in kind if re.search("[-_]", str(one.value)))
# What stands between ` and `, or behind --, is to be typed.
RAW = re.compile(rf"(?<![\w`=-])(?:{VALUES})(?![\w`-])")


@pytest.mark.parametrize(
    "command",
    [
        ["evaluate"],
        ["evaluate", "--full"],
        ["evaluate", "--memo"],
        ["evaluate", "--format", "markdown"],
        ["explain", "--full"],
        ["settle"],
        ["compare", "drone-attack"],
        ["compare", "--readings"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", shipped.PATHS)
def test_no_screen_of_a_shipped_scenario_shows_a_raw_value(command: list[str], name: str, run: Run) -> None:
    done = run(command[0], name, *command[1:], "--no-pager")
    assert [line for line in done.stdout.splitlines() if RAW.search(line)] == []


@pytest.mark.parametrize("name", ["drone-attack", "designation-alone", "three-courses"])
def test_nor_do_variants(name: str, run: Run) -> None:
    assert [line for line in run("variants", name).stdout.splitlines() if RAW.search(line)] == []


def test_a_claim_of_what_nothing_described_raises_says_why(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "claim.yaml"
    path.write_text(
        "scenario: Money\nas_of: 2025-02-25\n"
        "claimed: [{authority: article-ii, by: the White House, source: a letter}]\n"
        "facts: {operation_type: financial_measures}\n"
    )
    (line,) = (line for line in run("evaluate", str(path)).stdout.splitlines() if line.startswith("Claimed: "))
    reason = shipped.pack().authorities["article-ii"].governs_text.rstrip(".")
    assert line.endswith(f"found not engaged: {reason}")


@pytest.mark.parametrize("form", [["--full"], ["--memo"], ["--format", "markdown"], ["--format", "html"]])
@pytest.mark.parametrize(
    ("facts", "cited"),
    [
        ("operation_type: protection_at_home, conducting_element: us_national_guard, uses_armed_force: true", "275"),
        ("operation_type: law_enforcement, conducting_element: us_armed_forces", "1385"),
    ],
)
def test_the_limits_at_home_stand_in_every_form_that_is_whole(
    form: list[str], facts: str, cited: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "home.yaml"
    path.write_text(f"scenario: At home\nas_of: 2025-06-10\nfacts: {{operation_location: united_states, {facts}}}\n")
    done = run("evaluate", str(path), *form, "--no-pager")
    assert "Space Force" in done.stdout
    assert f"U.S.C. § {cited}" in done.stdout
