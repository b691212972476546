"""Two victims, or two places: values that are so at once, which no list of possible values can say."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from authcheck.answer import Decider
from authcheck.decision.verdicts import conditions_of
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.writing import scenario_file
from authcheck.model import condition
from authcheck.model.scenario import stated_as
from authcheck.model.verdict import Verdict
from tests import shipped

ATTACK = "status: occurred, is_direct: true, attributed_to_target: true, means: explosive_device"


def told(attack: str) -> str:
    return f"""\
as_of: 2025-02-04
facts:
  operation: {{type: airstrike, location: host_country}}
  conducting_element: us_armed_forces
  attack: {{{ATTACK}, {attack}}}
"""


def verdict(attack: str, authority: str) -> Verdict:
    answer = shipped.decider().decide(shipped.written(told(attack)))
    return answer.authorities[authority].verdict


def test_a_condition_that_one_of_two_values_meets_is_met_by_both_at_once() -> None:
    both = "location: {all_of: [united_states, elsewhere]}, victims: us_civilians"
    assert verdict(both, "un-charter-51") is Verdict.AVAILABLE
    assert verdict("location: elsewhere, victims: us_civilians", "un-charter-51") is Verdict.SILENT


def test_two_values_at_once_are_not_one_of_them_not_known_which() -> None:
    one = "location: [united_states, elsewhere], victims: us_civilians"
    assert verdict(one, "un-charter-51") is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "attack",
    [
        "location: {all_of: [united_states, not_applicable]}",
        "location: {all_of: [united_states]}",
        "location: {all_of: [united_states, mars]}",
        "means: {all_of: [small_arms, explosive_device]}",
        "location: [{all_of: [united_states, elsewhere]}, host_country]",
    ],
)
def test_values_that_cannot_be_so_at_once_are_refused(attack: str) -> None:
    with pytest.raises(AuthcheckError) as raised:
        shipped.written(f"as_of: 2025-02-04\nfacts: {{attack: {{status: occurred, {attack}}}}}")
    assert [problem.code for problem in raised.value.diagnostics] == ["at-once"]


def test_two_values_at_once_are_written_as_they_are_read() -> None:
    scenario = shipped.written(told("location: {all_of: [united_states, elsewhere]}, victims: other"))
    text = scenario_file(scenario)
    assert "attack_location: {all_of: [united_states, elsewhere]}" in text
    again = shipped.written(text.split("\n", 1)[1])
    assert again.facts["attack_location"].values == scenario.facts["attack_location"].values


def test_no_rule_tells_two_values_at_once_from_both_of_them() -> None:
    # Worlds have one value for each fact: two at once must lie in the world of one of the two.
    for fact in shipped.pack().facts.values():
        for authority in shipped.pack().authorities.values():
            asked = itertools.chain.from_iterable(map(condition.parts, conditions_of(authority)))
            tests = [part for part in asked if isinstance(part, condition.Test) and part.fact == fact.fact]
            for both, pair in fact.pairs.items():
                answers = [[test.has(value) for test in tests] for value in (both, *pair)]
                assert answers[0] in answers[1:], (authority.authority, both)


@pytest.mark.parametrize("name", ["attack_location", "attack_victims", "target_type"])
def test_two_values_at_once_are_answered_whatever_was_asked_before(name: str) -> None:
    asked = Decider(shipped.pack())
    scenario = shipped.written(told("location: united_states, victims: us_civilians"))
    for both in shipped.pack().facts[name].pairs:
        stated = {**scenario.facts, name: stated_as(name, (both,), scenario.place)}
        one = replace(scenario, facts=stated)
        assert asked.record(one, lens="all") == Decider(shipped.pack()).record(one, lens="all"), both
