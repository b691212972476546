"""A scenario written as a file reads back as the same scenario."""

from __future__ import annotations

import dataclasses

import pytest

from authcheck.diagnostics import Place
from authcheck.loading.scenarios import build_scenario
from authcheck.loading.writing import scenario_file
from authcheck.model.scenario import Expectation, Scenario, StatedFact, Unstated
from tests import shipped

PACK = shipped.pack()
HERE = Place("scenario.yaml")

EVERYTHING = """
scenario: "A raid: \\"at night\\", #1 \\u2013 é"
as_of: 2025-03-01
description: |
  Two lines,
  and a tab:\t.
unstated: absent
facts:
  operation_type: ground_raid
  operation_tempo: [single, repeated]
  days_since_hostilities_began: [{at_least: 5, at_most: 12}, 20, {at_least: 70}]
  attack_status: occurred
  attack_is_direct: {value: true, status: disputed, note: "one: two"}
  attack_date: 2025-02-01
  intelligence_committees_notified: unknown
  host_consent_status: {value: [refused, none], status: reported}
options:
  strike: {operation_type: airstrike}
unmodelled:
  - {text: "the crew's: oath", bears_on: [article-ii, use-force-abroad]}
claimed:
  - {authority: title-50, by: "A: B", on: 2025-02-04, cite: [war-zone-p3-eo-signed], source: "a #1", note: "n: m"}
cite: [war-zone-p3-eo-signed]
precedent: {authorities: [title-50], text: "Tied, it is said."}
expect:
  - {match: subset, relies_on: [], verdicts: {article-ii: contested}}
  - {lens: waxman, unstated: unknown, match: subset, verdicts: {title-50: unavailable}}
"""


def without_places(scenario: Scenario) -> Scenario:
    def bare(facts: dict[str, StatedFact]) -> dict[str, StatedFact]:
        return {name: dataclasses.replace(one, place=HERE) for name, one in facts.items()}

    def expected(one: Expectation) -> Expectation:
        return dataclasses.replace(one, place=HERE, verdict_places={})

    return dataclasses.replace(
        scenario,
        place=HERE,
        digest="",
        facts=bare(dict(scenario.facts)),
        options={name: bare(dict(one)) for name, one in scenario.options.items()},
        activities={name: bare(dict(one)) for name, one in scenario.activities.items()},
        claimed=tuple(dataclasses.replace(one, place=HERE) for one in scenario.claimed),
        expect=tuple(map(expected, scenario.expect)),
        comments=(),
    )


def read_back(scenario: Scenario) -> Scenario:
    text = scenario_file(scenario, ["What it is for.", ""])
    return build_scenario(text, "written.yaml", PACK, id=scenario.id)


@pytest.mark.parametrize("name", shipped.EVERY_PATH)
def test_a_scenario_of_the_pack_reads_back(name: str) -> None:
    scenario = shipped.scenario(name)
    assert without_places(read_back(scenario)) == without_places(scenario)


@pytest.mark.parametrize("unstated", Unstated)
def test_everything_that_a_scenario_may_say_reads_back(unstated: Unstated) -> None:
    scenario = dataclasses.replace(build_scenario(EVERYTHING, "scenario.yaml", PACK), unstated=unstated)
    assert without_places(read_back(scenario)) == without_places(scenario)


def test_lines_of_a_description_stay_lines() -> None:
    text = EVERYTHING.replace("and a tab:\t.", "\n  and a third: '#'.")
    written = scenario_file(build_scenario(text, "scenario.yaml", PACK))
    assert "description: |-\n  Two lines,\n\n  and a third: '#'.\nunstated:" in written
    assert build_scenario(written, "written.yaml", PACK).description == "Two lines,\n\nand a third: '#'."


def test_a_scenario_that_states_nothing_reads_back() -> None:
    scenario = build_scenario("scenario: Nothing\nfacts: {}\n", "scenario.yaml", PACK)
    assert without_places(read_back(scenario)) == without_places(scenario)
