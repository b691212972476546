"""The worked scenarios of the pack, answered as a user would ask for them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.shipped import Run

SCENARIOS = Path(__file__).resolve().parent.parent / "authorities" / "scenarios"

# Of the cautions named here, those that a scenario raises; the pack holds others.
CAUTIONS = frozenset(
    [
        "airspace",
        "assassination",
        "confrontation",
        "one-off",
        "preparation",
        "retaliation",
        "sofa",
        "training-risk",
    ]
)
RAISED: Mapping[str, frozenset[str]] = {
    "al-qaeda-ally": frozenset(["airspace", "confrontation", "preparation", "retaliation"]),
    "bank-pressure": frozenset(),
    "cartel-aumf-campaign": frozenset(["airspace", "confrontation", "preparation", "retaliation", "sofa"]),
    "cia-team": frozenset(["assassination", "confrontation", "one-off", "preparation", "retaliation", "sofa"]),
    "day-75": frozenset(["airspace", "confrontation", "preparation", "retaliation"]),
    "day-75-aumf-passed": frozenset(["airspace", "confrontation", "preparation", "retaliation", "sofa"]),
    "designation-alone": frozenset(["confrontation", "preparation", "retaliation", "sofa"]),
    "drone-attack": frozenset(["airspace", "confrontation", "preparation", "retaliation"]),
    "gulf-of-california": frozenset(),
    "invited-raid": frozenset(["retaliation"]),
    "monthly-raids": frozenset(["confrontation", "one-off", "preparation", "retaliation", "sofa"]),
    "title-50-raid": frozenset(["confrontation", "one-off", "preparation", "retaliation", "sofa"]),
    "title-50-unnotified": frozenset(["confrontation", "preparation", "retaliation", "sofa"]),
    "training-approved": frozenset(["training-risk"]),
}


def expected(name: str) -> Mapping[str, str]:
    """Return the verdicts that the scenario's file expects with what it does not state taken as absent."""
    expectations = yaml.safe_load((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))["expect"]
    found = [
        one["verdicts"]
        for one in (expectations if isinstance(expectations, list) else [expectations])
        if (one.get("lens", "documents"), one.get("unstated")) == ("documents", "absent")
    ]
    assert len(found) == 1
    return defaultdict(lambda: "not-engaged", found[0])


def test_every_worked_scenario_is_here() -> None:
    worked = {
        path.stem
        for path in SCENARIOS.glob("*.yaml")
        if "expect" in (data := yaml.safe_load(path.read_text(encoding="utf-8"))) and "precedent" not in data
    }
    assert set(RAISED) <= worked
    assert len(RAISED) == 14


@pytest.mark.parametrize("name", RAISED)
def test_the_verdicts_are_those_that_the_documents_support(name: str, run: Run) -> None:
    done = run("evaluate", name, "--lens", "documents", "--unstated", "absent", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["schema"] == "authcheck.answer/2"
    verdicts = expected(name)
    assert answer["verdicts"] == {authority: verdicts[authority] for authority in answer["verdicts"]}


@pytest.mark.parametrize("name", RAISED)
def test_what_is_not_stated_leaves_a_verdict_open_or_as_it_is(name: str, run: Run) -> None:
    verdicts = json.loads(run("evaluate", name, "--format", "json").stdout)["verdicts"]
    others = {
        authority: verdict
        for authority, verdict in verdicts.items()
        if verdict not in {"undetermined", expected(name)[authority]}
    }
    assert not others


@pytest.mark.parametrize("name", RAISED)
def test_an_open_verdict_may_still_become_the_expected_one(name: str, run: Run) -> None:
    authorities = json.loads(run("evaluate", name, "--format", "json").stdout)["authorities"]
    for authority, verdict in expected(name).items():
        assert verdict in authorities[authority]["possible"]


@pytest.mark.parametrize("name", RAISED)
def test_the_cautions_are_those_that_the_documents_raise(name: str, run: Run) -> None:
    done = run("evaluate", name, "--lens", "documents", "--unstated", "absent", "--format", "json")
    raised = {one["caution"] for one in json.loads(done.stdout)["cautions"] if one["holds"]}
    assert raised & CAUTIONS == RAISED[name]


def test_the_pack_meets_its_own_expectations(run: Run) -> None:
    done = run("test")
    assert (done.returncode, done.stderr) == (0, "")
