"""What is asked of too many open facts at once is refused by name, whoever asks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from authcheck.answer import decide
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation import worlds
from authcheck.model.condition import AllOf
from authcheck.model.condition import Test as FactTest
from authcheck.model.scenario import Scenario, StatedFact
from tests import shipped

PACK = shipped.pack()
PLACE = Place("scenario.yaml", 1, 1)


def test_a_caution_on_too_many_open_facts_is_a_problem_of_the_scenario_and_no_internal_error() -> None:
    some = next(fact for fact in PACK.facts.values() if fact.options == (True, False) and not fact.implies)
    many = [f"fact_{number}" for number in range(worlds.TOO_LARGE.bit_length())]
    facts = {name: replace(some, fact=name, excludes={}, only_if=None) for name in many}
    caution = next(iter(PACK.cautions.values()))
    asked = replace(caution, when=AllOf(tuple(FactTest(name, (True,)) for name in many)), in_force=None)
    pack = replace(PACK, facts={**PACK.facts, **facts}, cautions={caution.caution: asked})
    open_facts = {name: StatedFact(name, PLACE, unknown=True) for name in many}

    with pytest.raises(AuthcheckError, match="too many facts are open at once: fact_0, fact_1, "):
        decide(pack, Scenario("open", "Nothing is known", PLACE, "", open_facts))
