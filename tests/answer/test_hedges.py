"""The hedges of a verdict: those of the parts that carry it, as long as there is the law."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from authcheck.answer import Decider
from authcheck.answer.building import answer_of
from authcheck.answer.hedges import rests_on_inference
from authcheck.answer.support import is_inferred_in_part
from authcheck.loading.scenarios import build_scenario
from authcheck.model.pack import Pack
from authcheck.model.period import Period
from authcheck.model.verdict import Verdict
from tests import shipped

WORDS = "the old town"


@pytest.fixture
def hedged(harbour: Pack) -> Pack:
    """Return the pack in which the charter's only element has a hedge."""
    charter = harbour.authorities["old-charter"]
    (ground,) = charter.grounds
    (element,) = ground.elements
    assert element.rule is not None
    element = replace(element, rule=replace(element.rule, hedge=WORDS))
    period = Period(("gazette-charter",), datetime.date(2030, 1, 1), datetime.date(2035, 1, 1))
    charter = replace(charter, in_force=period, grounds=(replace(ground, elements=(element,)),))
    return replace(harbour, authorities={**harbour.authorities, "old-charter": charter})


@pytest.mark.parametrize(
    ("year", "crew_size", "hedges"),
    [(2029, 2, []), (2031, 2, [(WORDS, ("gazette-charter",))]), (2031, 9, []), (2036, 2, [])],
)
def test_what_carries_no_verdict_hedges_none(
    hedged: Pack, year: int, crew_size: int, hedges: list[tuple[str, tuple[str, ...]]]
) -> None:
    scenario = build_scenario(f"scenario: A ship\nfacts: {{crew_size: {crew_size}}}", "ship.yaml", hedged)
    found = Decider(hedged).decide(scenario, as_of=datetime.date(year, 1, 1)).authorities["old-charter"]

    assert [(hedge.words, hedge.passages) for hedge in found.hedges] == hedges


@pytest.mark.parametrize("name", shipped.PATHS)
def test_a_power_takes_for_inferred_what_its_answer_shows_as_inferred(name: str) -> None:
    for lens in shipped.pack().lenses:
        decision = shipped.decider().decision(shipped.scenario(name), lens=lens)
        answer = answer_of(decision)
        for authority, case in decision.cases.items():
            if case.verdict is Verdict.AVAILABLE:
                assert rests_on_inference(case) == is_inferred_in_part(answer.authorities[authority])
