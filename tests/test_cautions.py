"""What a student asks beside the law is answered where the story raises it, and nowhere else."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from authcheck.model.scenario import Scenario
from tests import shipped
from tests.shipped import Run

BESIDE_THE_LAW = frozenset(
    [
        "actions-first",
        "cyber",
        "families",
        "order-asks",
        "raid-risks",
        "smaller-groups",
        "strike-or-raid",
        "tariff-deal",
        "unprecedented",
        "what-must-come-first",
    ]
)


@pytest.mark.parametrize(
    ("scenario", "raised"),
    [
        (
            "drone-attack",
            {
                "actions-first",
                "cyber",
                "smaller-groups",
                "strike-or-raid",
                "tariff-deal",
                "unprecedented",
                "what-must-come-first",
            },
        ),
        (
            "title-50-raid",
            {"cyber", "families", "raid-risks", "smaller-groups", "unprecedented", "what-must-come-first"},
        ),
        ("bank-pressure", set()),
        ("gulf-of-california", set()),
        ("training-approved", set()),
    ],
)
def test_cautions_beside_the_law_are_shown_where_the_story_raises_them(
    scenario: str, raised: set[str], run: Run
) -> None:
    answer = json.loads(run("evaluate", scenario, "--unstated", "absent", "--format", "json").stdout)
    shown = {caution["caution"] for caution in answer["cautions"] if caution["holds"]}
    assert shown & BESIDE_THE_LAW == raised


# What is said of any operation of its kind. Whatever else the documents warn of is said of cartels in Mexico, in 2025.
OF_ANY_TIME_AND_PLACE = {"assassination", "one-off", "sofa-in-force"}
OPERATIONS = Path(__file__).resolve().parent / "operations"
ELSEWHERE = [
    *(one for one in shipped.scenarios() if one.precedent is not None and one.id != "rc-135-flights"),
    *map(shipped.scenario_in, sorted(OPERATIONS.glob("*.yaml"))),
    *map(shipped.scenario, ("invasion-of-iraq", "drones-for-six-months")),
]


@pytest.mark.parametrize("scenario", ELSEWHERE, ids=lambda one: one.id)
def test_a_caution_on_the_cartels_of_2025_is_none_of_another_time_or_target(scenario: Scenario) -> None:
    """Neither as one that holds nor as one that may."""
    answer = shipped.decider().decide(scenario)
    assert {one.caution for one in answer.cautions} <= OF_ANY_TIME_AND_PLACE


@pytest.mark.parametrize("kind", ["rebel_group", "state", "public_official"])
def test_a_caution_on_cartels_is_none_of_a_leader_of_another_kind(kind: str) -> None:
    facts = "operation_type: ground_raid, operation_location: host_country"
    target = f"target_type: {{all_of: [organization_leader, {kind}]}}"
    answer = shipped.decider().decide(shipped.written(f"as_of: 2025-03-01\nfacts: {{{facts}, {target}}}"))
    assert {one.caution for one in answer.cautions} <= OF_ANY_TIME_AND_PLACE


@pytest.mark.parametrize("name", sorted(set(shipped.pack().cautions) - OF_ANY_TIME_AND_PLACE))
def test_a_caution_on_the_cartels_of_2025_is_not_shown_of_a_day_before_the_newest_of_its_documents(name: str) -> None:
    # Those that state no day of their own tell of the order of 20 January 2025.
    days = {"atlantic-council": datetime.date(2025, 1, 14), "war-zone": datetime.date(2025, 2, 4)}
    order = datetime.date(2025, 1, 20)
    pack = shipped.pack()
    caution = pack.cautions[name]
    cited = {pack.passages[passage].document for passage in caution.cite}
    said = {one for one in cited if pack.documents[one].restates not in cited}
    assert caution.in_force is not None
    assert caution.in_force.first is not None
    assert caution.in_force.first >= max(days.get(document, order) for document in said)


def test_no_story_of_a_designated_cartel_is_told_of_a_day_before_any_was_designated() -> None:
    first = shipped.pack().documents["fto-designations-2025"].date
    told = [one for one in shipped.scenarios() if "fto_designation_in_effect" in one.facts]
    designated = [one for one in told if one.facts["fto_designation_in_effect"].values == (True,)]
    assert len(designated) > 10
    assert all(one.as_of and str(one.as_of) >= first for one in designated)
