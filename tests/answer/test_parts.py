"""An answer is the same whatever has been answered before it: what cases have in common is found once for all."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from authcheck.answer import Decider, decide
from authcheck.answer.answer import Outcome
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.loading.folders import load_record
from authcheck.loading.scenarios import build_scenario
from authcheck.model import condition
from authcheck.model.authority import Element, Ground, Rule
from authcheck.model.condition import AnyOf, Not
from authcheck.model.fact import FactType
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from tests.shipped import pack, scenario

# Of each, the facts are changed one by one; the same change comes again under another lens.
NAMES = ("drone-attack", "cia-team", "three-courses")


def changed(name: str) -> Iterator[Scenario]:
    """Yield a scenario, and as it is where one fact more is stated, or another value of it."""
    draw = random.Random(name)  # noqa: S311 - nothing is secret here.
    whole = replace(scenario(name), options={})
    yield whole
    for fact in draw.sample([one for one in pack().facts.values() if one.type is not FactType.DATE], 25):
        value = draw.choice([*(fact.options or (5, 61)), "unknown"])
        told = load_record(json.dumps({"scenario": "One", "facts": {fact.fact: value}}), 1, "here", pack())
        if told.scenario is not None:
            yield replace(whole, facts={**whole.facts, **told.scenario.facts})


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_the_same_whatever_was_answered_before(name: str) -> None:
    decider, compared = Decider(pack()), 0
    for one in changed(name):
        for lens in ("documents", "all", "executive"):
            try:
                answer = decider.decide(one, lens=lens)
            except AuthcheckError:
                continue
            assert answer == decide(pack(), one, lens=lens)
            compared += 1
    assert compared > 30


def test_what_a_fact_beside_them_leaves_possible_of_the_facts_of_a_part_decides_it(harbour: Pack) -> None:
    place = Place("ship.yaml", 1, 1)
    safe = AnyOf((Not(condition.Test("seaworthy", (True,))), condition.Test("pilot_aboard", (True,))))
    element = Element("safe", "It has a pilot, or cannot sail.", ("act-1",), place, Rule(safe))
    grounds = (Ground("ground", "A ground", (element,), place),)
    charter = replace(harbour.authorities["old-charter"], in_force=None, grounds=grounds)
    paid = replace(harbour.facts["fee_paid"], implies={"true": safe})
    pack = replace(
        harbour,
        authorities={**harbour.authorities, "old-charter": charter},
        facts={**harbour.facts, "fee_paid": paid},
    )
    decider = Decider(pack)

    def outcome(is_paid: str) -> Outcome:
        text = f"scenario: A ship\nunstated: unknown\nfacts: {{entering: true, fee_paid: {is_paid}}}"
        answer = decider.decide(build_scenario(text, "ship.yaml", pack))
        return answer.authorities["old-charter"].tree.parts[0].parts[0].outcome

    assert [outcome(one) for one in ("false", "true", "unknown")] == [Outcome.UNKNOWN, Outcome.TRUE, Outcome.UNKNOWN]
