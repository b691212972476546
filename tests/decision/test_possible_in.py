"""What an authority may be where a fact lies in a cell is what it may be where the fact is nothing else."""

from __future__ import annotations

import json

import pytest

from authcheck.decision.decision import Case
from authcheck.diagnostics import Place
from authcheck.evaluation.worlds import constrained
from authcheck.loading.folders import load_record
from authcheck.model.scenario import stated_as
from authcheck.model.verdict import Verdict
from tests.shipped import decider, pack, scenario

OPEN = {"operation_location": "host_country", "us_ground_forces_in_host_country": False}


def cases(facts: dict[str, object], **more: object) -> list[Case]:
    loaded = load_record(json.dumps({"scenario": "One", "facts": facts, **more}), 1, "here", pack())
    assert loaded.scenario is not None
    return [*decider().decision(loaded.scenario, lens="all").cases.values()]


def assert_alike(case: Case) -> int:
    """Assert it of each fact that may bear on the authority; return of how many cells."""
    count = 0
    for name in constrained(case.tables.worlds.names, case.law.facts):
        for cell in case.cells_of(name):
            assert case.possible_in(name, cell) == case.where(name, (cell,)).possible, (name, cell)
            count += 1
    return count


@pytest.mark.parametrize("name", ["drone-attack", "invited-raid", "cia-team"])
def test_in_a_scenario(name: str) -> None:
    assert sum(map(assert_alike, decider().decision(scenario(name)).cases.values())) > 100


def test_it_is_what_it_comes_to_once_the_fact_is_stated() -> None:
    # The constraints tell two values of a status apart that the rules do not.
    decision = decider().decision(scenario("invited-trainers"), unstated="unknown")
    case = decision.case("host-consent")
    assert "host_consent_withdrawn" in case.still_needed
    for value, verdict in ((True, Verdict.UNAVAILABLE), (False, Verdict.AVAILABLE)):
        stated = stated_as("host_consent_withdrawn", (value,), Place("here"))
        assert decision.restated({"host_consent_withdrawn": stated}).case("host-consent").possible == (verdict,)
        assert case.possible_in("host_consent_withdrawn", (value,)) == (verdict,)


@pytest.mark.slow
def test_where_much_is_open() -> None:
    found = cases({**OPEN, "operation_type": ["airstrike", "ground_raid"], "finding_in_writing": True})
    assert sum(map(assert_alike, found)) > 300
    found = cases({"operation_type": "training", "operation_location": "unknown"}, unstated="unknown")
    assert sum(map(assert_alike, found)) > 300


def test_what_cannot_be_so_is_no_possibility_and_not_asked_for() -> None:
    found = cases({**OPEN, "operation_type": ["airstrike", "ground_raid"]})
    (title_50,) = (case for case in found if case.authority.authority == "title-50")
    assert "operation_type" in title_50.tables.worlds.dimensions
    assert len(title_50.possible) > 1
    assert title_50.possible_in("operation_type", ("ground_raid",)) == ()
    assert title_50.possible_in("operation_type", ("airstrike",)) == title_50.possible
    assert "operation_type" not in title_50.still_needed
