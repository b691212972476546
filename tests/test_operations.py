"""Real operations of 1957 to 2026: what a government invoked is never ruled out by the documents' silence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shipped import Run

FOLDER = Path(__file__).resolve().parent / "operations"
OPERATIONS = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def answer(run: Run, name: str, *options: str) -> Mapping[str, Any]:
    done = run("evaluate", str(FOLDER / f"{name}.yaml"), "--format", "json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def owed(found: Mapping[str, Any], authority: str) -> dict[str, str]:
    """Return the state of each duty of the authority that is owed or may be."""
    return {duty["duty"]: duty["state"] for duty in found["duties"] if duty["authority"] == authority}


def powers(found: Mapping[str, Any]) -> dict[str, str]:
    return {name: power["verdict"] for name, power in found["powers"].items() if power["needed"] != "not-needed"}


def test_every_operation_is_answered_as_expected(run: Run) -> None:
    done = run("test", str(FOLDER))
    assert done.returncode == 0, done.stdout
    assert len(OPERATIONS) > 15


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_was_invoked_is_not_ruled_out(name: str) -> None:
    """Each file expects a verdict on what was invoked; none is that it is not engaged, or unavailable."""
    expected = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))["expect"]
    verdicts = [one["verdicts"] for one in (expected if isinstance(expected, list) else [expected])]
    invoked = ("article-ii", "un-charter-51", "aumf-2001", "host-consent", "security-council", "forces-at-home")
    for one in verdicts:
        assert not {one[authority] for authority in invoked if authority in one} & {"not-engaged", "unavailable"}


@pytest.mark.parametrize("name", OPERATIONS)
def test_something_is_needed_wherever_something_military_is_done(name: str, run: Run) -> None:
    assert powers(answer(run, name))


def test_forces_that_enter_equipped_for_combat_are_reported_and_no_sixty_days_run(run: Run) -> None:
    found = answer(run, "haiti-2004")
    assert owed(found, "war-powers") == {"report-forces-equipped-for-combat": "done-undated"}
    assert found["verdicts"]["fid-training"] == "not-engaged"
    left_out = run("evaluate", str(FOLDER / "haiti-2004.yaml"), "--full").stdout
    assert "The president may order the armed forces to be deployed" in left_out


@pytest.mark.parametrize(
    ("setting", "state"),
    [
        ("forces_equipped_for_combat=false", None),
        ("deployment_for_support_alone=true", None),
        ("forces_equipped_for_combat=unknown", "perhaps"),
        ("war_powers_report_submitted=false", "overdue"),
        ("operation_location=international_airspace_or_waters", None),
    ],
)
def test_the_report_is_owed_where_the_statute_asks_for_it(setting: str, state: str | None, run: Run) -> None:
    elsewhere = ("us_ground_forces_in_host_country=false", "--set", "deployed_abroad_to_protect_americans=false")
    more: tuple[str, ...] = ("--set", *elsewhere) if "international" in setting else ()
    if "unknown" in setting:
        more = ("--set", "war_powers_report_submitted=false")
    duties = owed(answer(run, "haiti-2004", "--set", setting, *more), "war-powers")
    assert duties.get("report-forces-equipped-for-combat") == state


def test_substantially_enlarged_forces_are_reported(run: Run) -> None:
    found = answer(run, "haiti-2004", "--set", "forces_substantially_enlarged=true")
    assert owed(found, "war-powers")["report-enlarged-forces"] == "done-undated"


def test_accompanying_foreign_forces_that_fight_is_an_introduction_of_forces(run: Run) -> None:
    assert {"consult-congress", "report-within-48-hours"} <= set(owed(answer(run, "niger-2017"), "war-powers"))
    alone = answer(run, "niger-2017", "--set", "involvement_in_hostilities=none")
    assert alone["verdicts"]["war-powers"] == "not-engaged"


@pytest.mark.parametrize("name", ["dhow-boarding-2024", "stateless-boarding-2019"])
def test_whether_a_fight_is_at_hand_where_ships_are_stopped_is_not_assumed(name: str, run: Run) -> None:
    assert owed(answer(run, name), "war-powers")["report-within-48-hours"] == "perhaps"
    assert not owed(answer(run, name, "--set", "involvement_in_hostilities=none"), "war-powers")


@pytest.mark.parametrize("element", ["cia_other", "cia_special_operations_group", "us_law_enforcement"])
def test_the_statute_is_of_the_armed_forces_alone(element: str, run: Run) -> None:
    found = answer(run, "caracas-2026", "--set", f"conducting_element={element}")
    assert found["verdicts"]["war-powers"] == "not-engaged"
    assert not owed(found, "war-powers")


def test_the_coast_guard_is_one_of_the_armed_forces(run: Run) -> None:
    found = answer(run, "boat-strike-2025", "--set", "conducting_element=us_coast_guard")
    assert "report-within-48-hours" in owed(found, "war-powers")


def test_force_at_home_needs_a_power_on_which_the_documents_are_silent(run: Run) -> None:
    found = answer(run, "los-angeles-2025", "--set", "uses_armed_force=true")
    assert powers(found)["use-force-at-home"] == "silent"
    assert not owed(found, "war-powers")
    assert "posse-comitatus" in found["passages"]


def test_force_on_the_high_seas_is_silent_on_international_law(run: Run) -> None:
    assert powers(answer(run, "boat-strike-2025"))["justify-force-internationally"] == "silent"


def test_force_in_a_third_country_needs_justification_and_entry(run: Run) -> None:
    third = ("--set", "operation_location=other_foreign_country", "--set", "enters_host_airspace=false")
    found = answer(run, "nigeria-2025", *third, "--set", "third_state_consent=refused")
    assert powers(found)["enter-host-territory"] == "unavailable"
    assert "justify-force-internationally" in powers(found)
    given = answer(run, "nigeria-2025", *third, "--set", "third_state_consent=given")
    assert powers(given)["enter-host-territory"] == "available"
