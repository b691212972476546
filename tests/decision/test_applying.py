"""What a scenario states goes where another of its facts leaves it nothing to apply to."""

from __future__ import annotations

import json

import pytest

from authcheck.decision.applying import no_longer_apply
from authcheck.diagnostics import Place
from authcheck.loading.folders import load_record
from authcheck.model.scenario import StatedFact
from tests.shipped import decider, pack

HERE = Place("here")
ATTACK = {"attack_status": "occurred", "attack_location": "united_states", "operation_type": "airstrike"}


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (StatedFact("attack_status", HERE, values=("none",)), {"attack_location": "not_applicable"}),
        (StatedFact("attack_status", HERE, values=("threatened",)), {}),
        (StatedFact("attack_status", HERE, unknown=True), {}),
        (StatedFact("operation_type", HERE, values=("training",)), {}),
    ],
)
def test_a_fact_goes_with_what_it_applies_to(change: StatedFact, gone: dict[str, str]) -> None:
    scenario = load_record(json.dumps({"scenario": "A", "facts": ATTACK}), 1, "here", pack()).scenario
    assert scenario is not None
    found = no_longer_apply(change, decider().decision(scenario))
    assert {one.fact: one.said for one in found} == gone
