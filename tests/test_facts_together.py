"""What a story says goes with what it does, and what cannot both be so is refused with the place of each."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from authcheck.answer import Decider
from authcheck.decision.known import Origin
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.scenarios import build_scenario
from authcheck.model.fact import Fact
from authcheck.model.verdict import Need, Verdict
from tests import shipped

PACK = shipped.pack()


@cache
def decider() -> Decider:
    return Decider(PACK)


def faults(text: str, with_facts: Decider | None = None) -> list[str]:
    """Return the message and the help of each contradiction among the facts."""
    scenario = build_scenario(f"scenario: A story\nas_of: 2025-02-04\nfacts:\n{text}", "story.yaml", PACK)
    try:
        (with_facts or decider()).decide(scenario)
    except AuthcheckError as error:
        return [f"{one.place}: {one.message}; {one.help}" for one in error.diagnostics]
    return []


def facts(*stated: str) -> str:
    return "".join(f"  {one}\n" for one in ("operation_location: host_country", *stated))


CONTRADICTIONS = (
    ("lethal_force_intended: false", "killing_characterization: political_killing"),
    ("lethal_force_intended: false", "killing_characterization: argued_not_political"),
    ("lethal_force_intended: true", "killing_characterization: not_a_killing"),
    ("host_consent_status: refused", "host_invitation: true"),
    ("host_consent_status: refused", "host_consent_covers_operation: true"),
    ("tailored_aumf_status: none", "tailored_aumf_covers_target: true"),
    ("presidential_finding: false", "finding_in_writing: true"),
    ("presidential_finding: false", "finding_reported_before_start: true"),
    ("presidential_finding: false", "finding_reported_to_leaders_only: true"),
    ("presidential_finding: true", "presidential_approval: false"),
    ("conducting_element: partner_forces", "direct_action_by_us_personnel: true"),
    ("conducting_element: allied_forces", "operation_type: ground_raid"),
    ("operation_type: ground_raid", "us_ground_forces_in_host_country: false"),
    ("operation_type: ground_raid", "direct_action_by_us_personnel: false"),
    ("operation_type: capture_operation", "conducting_element: us_armed_forces", "uses_armed_force: false"),
    ("executive_order_signed: false", "executive_order_implemented: true"),
    ("attack_status: none", "attack_location: united_states"),
    ("operation_type: training", "training_or_advising_used: false"),
)


@pytest.mark.parametrize("stated", CONTRADICTIONS, ids="+".join)
def test_facts_that_cannot_both_be_so_are_refused_with_the_place_of_each(stated: tuple[str, ...]) -> None:
    (fault,) = faults(facts(*stated))

    for line, one in enumerate(stated, start=5):
        assert f"`{one.partition(':')[0]}`" in fault
        assert f"story.yaml:{line}:3" in fault


def test_iraq_is_not_in_the_united_states() -> None:
    (fault,) = faults("  operation_location: united_states\n  operation_in_iraq: true\n")

    assert "story.yaml:4:3" in fault
    assert "story.yaml:5:3" in fault


@pytest.mark.parametrize(
    "stated",
    [
        ("covert_action_oversight_compliance: true", "intelligence_committees_notified: false"),
        ("presidential_approval: true", "presidential_finding: true"),
        ("host_consent_status: withdrawn", "host_invitation: true"),
    ],
    ids="+".join,
)
def test_facts_that_can_both_be_so_are_answered(stated: tuple[str, ...]) -> None:
    assert faults(facts(*stated)) == []


IMPLIED = (
    (("operation_type: capture_operation", "conducting_element: us_special_operations_forces"), "article-ii"),
    (("operation_type: covert_action", "lethal_force_intended: true"), "article-ii"),
    (("direct_action_by_us_personnel: true",), "article-ii"),
    (("conducting_element: cia_special_operations_group", "lethal_force_intended: true"), "article-ii"),
    (("operation_type: training",), "fid-training"),
    (("operation_type: advise_and_assist",), "fid-training"),
    (("operation_type: liaison",), "fid-training"),
    (("operation_type: intelligence_collection",), "intelligence-collection"),
    (("operation_type: law_enforcement",), "law-enforcement"),
    (("operation_type: financial_measures",), "financial-measures"),
)


@pytest.mark.parametrize(("stated", "authority"), IMPLIED, ids=str)
def test_an_activity_is_what_it_implies(stated: tuple[str, ...], authority: str) -> None:
    text = f"scenario: A story\nas_of: 2025-02-04\nfacts:\n{facts(*stated)}"
    answer = decider().decide(build_scenario(text, "story.yaml", PACK))

    assert answer.verdicts[authority] is not Verdict.NOT_ENGAGED


@pytest.mark.parametrize(
    "target", ["islamic_terror_group", "individual", "{all_of: [organization_leader, islamic_terror_group]}"]
)
def test_a_connection_that_the_target_raises_is_not_assumed_away(target: str) -> None:
    stated = facts("operation_type: airstrike", f"target_type: {target}")
    answer = decider().decide(build_scenario(f"scenario: A\nas_of: 2025-02-04\nfacts:\n{stated}", "s.yaml", PACK))

    assert answer.verdicts["aumf-2001"] is Verdict.UNDETERMINED
    assert "target_connection_to_islamic_terror_group" in answer.authorities["aumf-2001"].still_needed


OPENED = (
    ("operation_type: ground_raid", "us_ground_forces_in_host_country"),
    ("operation_type: capture_operation", "uses_armed_force"),
    ("operation_type: evacuation_or_rescue", "involvement_in_hostilities"),
    ("operation_type: interdiction_or_boarding", "involvement_in_hostilities"),
    ("operation_type: blockade", "involvement_in_hostilities"),
    ("operation_type: detention", "involvement_in_hostilities"),
    ("operation_type: covert_action", "uses_armed_force"),
    ("operation_type: evacuation_or_rescue", "uses_armed_force"),
    ("operation_type: interdiction_or_boarding", "uses_armed_force"),
    ("operation_type: blockade", "uses_armed_force"),
    ("target_type: islamic_terror_group", "target_connection_to_islamic_terror_group"),
    ("target_type: individual", "target_connection_to_islamic_terror_group"),
    ("target_part_in_911: true", "target_planned_911"),
)


@pytest.mark.parametrize(("stated", "opened"), OPENED, ids=str)
def test_what_a_story_raises_is_not_assumed(stated: str, opened: str) -> None:
    scenario = build_scenario(f"scenario: A\nas_of: 2025-02-04\nfacts:\n  {stated}\n", "s.yaml", PACK)

    assert decider().decision(scenario).known.facts[opened].origin is not Origin.ASSUMED


def test_what_was_decided_before_makes_no_contradiction_of_a_date() -> None:
    told = "scenario: A\nas_of: 2025-02-04\nfacts:\n  operation_type: liaison\n"
    asked = Decider(PACK)
    asked.decision(build_scenario(told, "s.yaml", PACK))
    known = asked.decision(build_scenario(f"{told}  attack_date: 2025-02-01\n", "s.yaml", PACK)).known
    assert known.facts["attack_date"].origin is Origin.STATED


def test_a_rescue_that_does_not_say_whether_force_is_used_is_asked_it_first() -> None:
    stated = facts("operation_type: evacuation_or_rescue", "target_type: cartel")
    answer = decider().decide(build_scenario(f"scenario: A\nas_of: 2025-02-04\nfacts:\n{stated}", "s.yaml", PACK))

    assert answer.asked[0].fact == "uses_armed_force"
    assert answer.powers["use-force-abroad"].needed is Need.PERHAPS


def test_what_an_assumption_alone_decides_is_said_in_the_reason() -> None:
    stated = facts("operation_type: airstrike", "target_type: cartel")
    answer = decider().decide(build_scenario(f"scenario: A\nas_of: 2025-02-04\nfacts:\n{stated}", "s.yaml", PACK))

    found = answer.authorities["cartel-aumf"]
    assert found.verdict is Verdict.UNAVAILABLE
    fact = PACK.facts["tailored_aumf_status"]
    assert found.reason.endswith(f"It is unavailable, assuming: {fact.question} {fact.values['none']}")


def without_a_demand(fact: Fact, kind: str) -> Decider:
    dropped = {"implies": replace(fact, implies={}), "excludes": replace(fact, excludes={})}[kind]
    return Decider(replace(PACK, facts={**PACK.facts, fact.fact: dropped}))


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ("lethal_force_intended", "excludes"),
        ("conducting_element", "excludes"),
        ("operation_type", "implies"),
        ("presidential_finding", "implies"),
        ("host_invitation", "implies"),
    ],
)
def test_a_demand_that_is_dropped_from_the_pack_lets_a_contradiction_pass(fact: str, kind: str) -> None:
    mistaken = without_a_demand(PACK.facts[fact], kind)

    assert any(not faults(facts(*stated), mistaken) for stated in CONTRADICTIONS)
