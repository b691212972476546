"""The hedges of a verdict: those of the parts that carry it, as long as there is the law."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from authcheck.answer import Decider
from authcheck.answer.answer import Kind, Outcome, PartedKind
from authcheck.answer.reasons import walk
from authcheck.loading.scenarios import build_scenario
from authcheck.model.pack import Pack
from authcheck.model.period import Period
from authcheck.model.verdict import Verdict
from tests import shipped

WORDS = "the old town"
CONNECTED = (
    "operation_type: airstrike, target_type: cartel, target_connection_to_islamic_terror_group: direct_and_significant"
)
AGAIN = (
    "operation_type: airstrike, operation_location: host_country, operation_tempo: repeated, "
    "presidential_approval: true, target_is_priority_us_target: true, presidential_finding: true, "
    "intelligence_committees_notified: true, covert_action_oversight_compliance: true, "
    "conducting_element: us_special_operations_forces"
)


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


@pytest.mark.parametrize("lens", shipped.pack().lenses)
@pytest.mark.parametrize("name", shipped.PATHS)
def test_a_silence_is_hedged_only_in_words_that_it_quotes(name: str, lens: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    for authority in answer.authorities.values():
        if authority.verdict is Verdict.SILENT:
            silences = " ".join(part.silence for part in walk(authority.tree))
            assert all(hedge.words in silences for hedge in authority.hedges)
        for part in walk(authority.tree):
            if part.outcome is Outcome.SILENT:
                assert all(words in part.silence for words in part.hedges)


@pytest.mark.parametrize(
    ("facts", "lens", "authority", "hedges"),
    [
        # "he would likely need a new AUMF" is said of cartels: of a vessel, Ali says nothing.
        ("operation_type: airstrike, target_type: vessel", "ali", "article-ii", []),
        # "At present, cartels are not considered": of one that is so connected, nothing is said.
        (
            CONNECTED,
            "documents",
            "aumf-2001",
            [],
        ),
        # "would probably only do that once" is what leaves him silent on a second time.
        (
            AGAIN,
            "ali",
            "title-50",
            ["would probably only do that once"],
        ),
    ],
)
def test_what_an_expert_says_of_one_thing_does_not_hedge_his_silence_on_another(
    facts: str, lens: str, authority: str, hedges: list[str]
) -> None:
    answer = shipped.decider().decide(shipped.written(f"as_of: 2025-02-25\nfacts: {{{facts}}}\n"), lens=lens)
    found = answer.authorities[authority]

    assert found.verdict is Verdict.SILENT
    assert [hedge.words for hedge in found.hedges] == hedges


def test_what_is_silent_supplies_nothing_that_a_hedge_could_limit(harbour: Pack) -> None:
    act = harbour.authorities["harbour-act"]
    cited = next(iter(act.grounds[0].elements)).cite
    quote = harbour.passages[cited[0]].quote
    supplies = tuple(replace(supply, hedge=quote, cite=cited) for supply in act.supplies)
    pack = replace(harbour, authorities={**harbour.authorities, "harbour-act": replace(act, supplies=supplies)})

    def hedges(permit: str) -> list[str]:
        facts = f"entering: true, storm: none, seaworthy: true, pilot_aboard: true, fee_paid: true, permit: {permit}"
        scenario = build_scenario(f"scenario: A ship\nfacts: {{{facts}}}", "ship.yaml", pack)
        answer = Decider(pack).decide(scenario)
        assert answer.authorities["harbour-act"].verdict.value == {"granted": "available", "sought": "silent"}[permit]
        power = answer.powers[act.supplies[0].power]
        return [hedge.words for hedge in power.hedges]

    assert hedges("granted") == [quote]
    assert hedges("sought") == []


def test_what_is_silent_by_an_exception_says_in_its_words_on_what() -> None:
    facts = (
        "{operation_type: detention, operation_location: other_foreign_country, target_planned_911: true, "
        "conducting_element: us_armed_forces}"
    )
    claimed = "claimed: [{authority: aumf-2001, by: the White House, source: a letter}]"
    answer = shipped.decider().decide(shipped.written(f"as_of: 2025-02-25\n{claimed}\nfacts: {facts}\n"))
    found = answer.authorities["aumf-2001"]

    assert found.verdict is Verdict.SILENT
    (exception,) = (one for one in found.tree.of(Kind.EXCEPTION) if one.id == "short-of-force")
    assert found.reason == exception.text
    assert [(part.kind, part.text) for part in answer.claimed[0].parted_by] == [(PartedKind.EXCEPTION, exception.text)]


@pytest.mark.parametrize("name", shipped.PATHS)
def test_no_silence_goes_without_its_reason(name: str) -> None:
    for lens in shipped.pack().lenses:
        answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
        assert "The sources do not say." not in {one.reason for one in answer.authorities.values()}
