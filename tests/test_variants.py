"""One thing of a worked scenario is changed: the answers change where the sources say so, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest

from tests.shipped import Run

Changes: TypeAlias = Mapping[str, tuple[str, str]]

AFTER_REPEAL, LAST_DAY = "2025-12-18", "2025-12-17"


@dataclass(frozen=True, slots=True)
class Variant:
    """A scenario, what is changed in it, and everything that follows for the verdicts and the powers."""

    scenario: str
    change: Sequence[str]
    verdicts: Changes = field(default_factory=dict)
    powers: Changes = field(default_factory=dict)


def stated(**facts: str) -> tuple[str, ...]:
    return tuple(word for name, value in facts.items() for word in ("--set", f"{name}={value}"))


ENACTED = stated(tailored_aumf_status="enacted", tailored_aumf_covers_target="true")

VARIANTS: Mapping[str, Variant] = {
    "the attack's author is not established": Variant(
        "drone-attack",
        stated(attack_attributed_to_target="unknown"),
        {
            "article-ii": ("available", "undetermined"),
            "un-charter-51": ("available", "undetermined"),
            "war-powers": ("available", "undetermined"),
        },
        {
            "use-force-abroad": ("available", "undetermined"),
            "justify-force-internationally": ("available", "undetermined"),
        },
    ),
    "the attack was another's": Variant(
        "drone-attack",
        stated(attack_attributed_to_target="false"),
        {
            "article-ii": ("available", "contested"),
            "un-charter-51": ("available", "silent"),
            "war-powers": ("available", "silent"),
        },
        {
            "use-force-abroad": ("available", "contested"),
            "justify-force-internationally": ("available", "silent"),
        },
    ),
    # The documents name a finding for CIA teams alone.
    "a raid by the armed forces without a finding": Variant("title-50-raid", stated(presidential_finding="false")),
    "a CIA team without a finding": Variant(
        "cia-team",
        stated(presidential_finding="false"),
        {"title-50": ("available", "unavailable"), "cia-sog": ("available", "unavailable")},
        {"use-force-abroad": ("available", "unavailable")},
    ),
    "a CIA team, and nothing known of a finding": Variant(
        "cia-team",
        stated(presidential_finding="unknown"),
        {"title-50": ("available", "undetermined"), "cia-sog": ("available", "undetermined")},
        {"use-force-abroad": ("available", "undetermined")},
    ),
    "the committees are not notified": Variant(
        "title-50-raid",
        stated(intelligence_committees_notified="false", covert_action_oversight_compliance="false"),
        {"title-50": ("available", "unavailable")},
        {"use-force-abroad": ("available", "contested")},
    ),
    "day 60": Variant("drone-attack", stated(days_since_hostilities_began="60")),
    "day 61": Variant(
        "drone-attack",
        stated(days_since_hostilities_began="61"),
        {"article-ii": ("available", "silent"), "war-powers": ("available", "unavailable")},
        {"use-force-abroad": ("available", "silent")},
    ),
    "day 75": Variant(
        "drone-attack",
        stated(days_since_hostilities_began="75"),
        {"article-ii": ("available", "silent"), "war-powers": ("available", "unavailable")},
        {"use-force-abroad": ("available", "silent")},
    ),
    "an authorization is passed": Variant(
        "drone-attack",
        ENACTED,
        {"cartel-aumf": ("unavailable", "available"), "war-powers": ("available", "not-engaged")},
    ),
    "an authorization is passed that leaves the target out": Variant(
        "drone-attack", stated(tailored_aumf_status="enacted", tailored_aumf_covers_target="false")
    ),
    "an authorization is passed by day 75": Variant(
        "day-75",
        ENACTED,
        {
            "article-ii": ("silent", "available"),
            "cartel-aumf": ("unavailable", "available"),
            "war-powers": ("unavailable", "not-engaged"),
        },
        {"use-force-abroad": ("silent", "available")},
    ),
    "the attack on the last day of the authorization of 2002": Variant("drone-attack", ("--as-of", LAST_DAY)),
    "the attack after its repeal": Variant("drone-attack", ("--as-of", AFTER_REPEAL)),
    "an ally of such a group on its last day": Variant("al-qaeda-ally", ("--as-of", LAST_DAY)),
    "an ally of such a group after its repeal": Variant(
        "al-qaeda-ally", ("--as-of", AFTER_REPEAL), {"aumf-2002": ("silent", "unavailable")}
    ),
    "Soleimani after its repeal": Variant(
        "soleimani", ("--as-of", AFTER_REPEAL), {"aumf-2002": ("available", "unavailable")}
    ),
}


def answer(run: Run, *arguments: str) -> dict[str, Any]:
    done = run("evaluate", *arguments, "--unstated", "absent", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    assert list(before) == list(after)
    return {name: (old, after[name]) for name, old in before.items() if old != after[name]}


def verdicts_of_powers(found: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: power["verdict"] or power["needed"] for name, power in found["powers"].items()}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_answers_change_where_the_sources_say_so_and_only_there(name: str, run: Run) -> None:
    variant = VARIANTS[name]
    before, after = answer(run, variant.scenario), answer(run, variant.scenario, *variant.change)
    assert changes(before["verdicts"], after["verdicts"]) == variant.verdicts
    assert changes(verdicts_of_powers(before), verdicts_of_powers(after)) == variant.powers


def duties(found: Mapping[str, Any]) -> Mapping[str, tuple[str, str | None]]:
    return {one["duty"]: (one["state"], one["due"]) for one in found["duties"]}


def test_a_missing_finding_is_a_duty_where_it_is_no_condition(run: Run) -> None:
    before = duties(answer(run, "title-50-raid"))
    after = duties(answer(run, "title-50-raid", *stated(presidential_finding="false")))
    assert before["finding"][0] == "done"
    assert after["finding"][0] == "owed"
    assert {name: one for name, one in before.items() if name != "finding"} == {
        name: one for name, one in after.items() if name != "finding"
    }


def test_the_clock_runs_out_on_the_sixtieth_day(run: Run) -> None:
    # Day 1 is 25 February 2025, so day 60 is 25 April.
    assert duties(answer(run, "drone-attack"))["seek-approval"] == ("owed", "2025-04-25")
    sixtieth = answer(run, "drone-attack", *stated(days_since_hostilities_began="60"))
    assert duties(sixtieth)["seek-approval"] == ("owed", "2025-02-25")
    late = answer(run, "drone-attack", *stated(days_since_hostilities_began="61"))
    assert duties(late)["seek-approval"] == ("overdue", "2025-02-24")
    by_date = answer(
        run,
        "drone-attack",
        "--as-of",
        "2025-04-05",
        *stated(hostilities_start_date="2025-02-04", days_since_hostilities_began="61"),
    )
    assert duties(by_date)["seek-approval"] == ("overdue", "2025-04-04")


def test_no_clock_runs_once_congress_has_approved(run: Run) -> None:
    assert "seek-approval" in duties(answer(run, "day-75"))
    assert "seek-approval" not in duties(answer(run, "day-75", *ENACTED))


def test_the_repeal_is_given_as_the_reason_with_its_law(run: Run) -> None:
    shown = run("explain", "soleimani", "-a", "aumf-2002", "--as-of", AFTER_REPEAL).stdout
    assert "2025-12-18" in shown or "18 December 2025" in shown
    before = run("explain", "soleimani", "-a", "aumf-2002", "--as-of", LAST_DAY).stdout
    # What was claimed of the strike stands first.
    (verdict,) = (line for line in before.splitlines() if line.startswith("Authorization for Use of Military Force"))
    assert "available" in verdict
    assert "unavailable" not in verdict


def test_an_authorization_is_in_force_from_its_first_day(run: Run) -> None:
    planner = stated(target_planned_911="true")
    assert answer(run, "neptune-spear", *planner)["verdicts"]["aumf-2001"] == "available"
    early = answer(run, "neptune-spear", *planner, "--as-of", "2001-09-17")
    assert early["verdicts"]["aumf-2001"] == "unavailable"
    assert answer(run, "neptune-spear", *planner, "--as-of", "2001-09-18")["verdicts"]["aumf-2001"] == "available"


def test_the_source_of_a_setting_is_the_command_line(run: Run) -> None:
    facts = answer(run, "drone-attack", *stated(attack_attributed_to_target="false"))["facts"]
    assert facts["attack_attributed_to_target"]["place"]["file"] == "--set"
    assert facts["attack_status"]["place"]["file"].endswith("drone-attack.yaml")
