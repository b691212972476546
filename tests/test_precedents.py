"""Past events that the documents tell, beside a scenario."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from authcheck.asking.precedents import Past, PastEvent, Precedents, find_precedents
from authcheck.decision import Decision
from authcheck.decision.known import Origin, everything_allowed
from authcheck.loading.folders import shipped_pack
from authcheck.meaning import agreed, choices_of, day_of, verdict_in
from authcheck.model import condition
from authcheck.model.authority import Authority
from authcheck.model.condition import Range
from authcheck.model.fact import Value
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict
from tests import reference, shipped
from tests.reference import conditions_behind, questions_behind
from tests.shipped import Run

SCENARIOS: Mapping[str, Scenario] = {scenario.id: scenario for scenario in shipped.scenarios()}
EVENTS = [one for one in SCENARIOS.values() if one.precedent is not None]
WORKED = [name for name, one in SCENARIOS.items() if one.precedent is None]


def beside(asked: Scenario, events: Sequence[Scenario] = EVENTS) -> Precedents:
    past = (Past(one, shipped.decider().decision(one)) for one in events)
    return find_precedents(shipped.decider().decision(asked), past)


def told(facts: str, more: str = "") -> Scenario:
    return shipped.written(f"as_of: 2025-02-04\nfacts: {{{facts}}}\n{more}")


def event(name: str, found: Precedents) -> PastEvent:
    return next(one for one in found.events if one.precedent == name)


# The most that each worked scenario has in common with an event, as the documents tell it.
CLOSEST = {
    "al-qaeda-ally": "soleimani",
    "bank-pressure": "operation-firewall",
    "cartel-aumf-campaign": "neptune-spear",
    "cia-team": "al-baghdadi",
    "day-75": "soleimani",
    "day-75-aumf-passed": "neptune-spear",
    "designation-alone": "neptune-spear",
    "drone-attack": "soleimani",
    "gulf-of-california": "rc-135-flights",
    "invited-raid": "neptune-spear",
    "monthly-raids": "neptune-spear",
    "title-50-raid": "neptune-spear",
    "title-50-unnotified": "neptune-spear",
    "training-approved": "seventh-group-request",
}


@pytest.mark.parametrize("name", CLOSEST)
def test_the_closest_event_comes_first(name: str) -> None:
    found = beside(SCENARIOS[name])
    assert len(found.events) == len(EVENTS) == 9
    assert found.events[0].precedent == CLOSEST[name]
    order = [(-len(one.shared), sum(not pair.assumed for pair in one.differing)) for one in found.events]
    assert order == sorted(order)


@pytest.mark.parametrize("name", WORKED)
def test_facts_are_shared_differ_or_are_unknown_as_the_two_stories_tell_them(name: str) -> None:
    found = beside(SCENARIOS[name])
    matter = {fact for facts in found.turns_on.values() for fact in facts}
    for one in found.events:
        shared, differing, unknown = (
            {pair.fact for pair in pairs} for pairs in (one.shared, one.differing, one.unknown)
        )
        assert shared | differing | unknown == matter
        assert len(shared) + len(differing) + len(unknown) == len(matter)
        assert not set(one.also_shared) & matter
        assert all(pair.here == pair.there != "unknown" for pair in one.shared)
        assert all(pair.here != pair.there and "unknown" not in {pair.here, pair.there} for pair in one.differing)
        for pair in one.shared + one.differing:
            told = shipped.decider().decision(SCENARIOS[one.precedent]).known.facts[pair.fact]
            assert told.origin in {Origin.STATED, Origin.DERIVED, Origin.IMPLIED}


@pytest.mark.parametrize("name", WORKED)
def test_a_fact_that_is_said_to_matter_changes_a_verdict_at_issue(name: str) -> None:
    asked = SCENARIOS[name]
    found = beside(asked)
    decision = shipped.decider().decision(asked)
    for authority, facts in found.turns_on.items():
        rules = shipped.pack().authorities[authority]
        tests = [one for one in reference.tests_in(conditions_behind(rules)) if one.fact in decision.law.facts]
        left = {one.fact: tuple(values_left(one.fact, tests, decision)) for one in tests}
        every = {one.fact: tuple(values_left(one.fact, tests, None)) for one in tests}
        if math.prod(map(len, left.values())) > FEW_WORLDS:
            continue
        before = verdicts_over(rules, left, decision)
        for fact, values in left.items():
            otherwise = verdicts_over(rules, {**left, fact: every[fact]}, decision)
            alone = [verdicts_over(rules, {**left, fact: (value,)}, decision) for value in values]
            matters = otherwise != before or (len(values) > 1 and any(one != before for one in alone))
            assert fact in facts or not matters, (authority, fact)
            assert fact not in facts or matters or len(values) > 1, (authority, fact)


FEW_WORLDS = 200


def values_left(name: str, tests: Sequence[condition.Test], decision: Decision | None) -> Iterator[Value]:
    """Return values of a fact, one at least for each that the tests tell apart; all, or those that are left."""
    fact = shipped.pack().facts[name]
    allowed = everything_allowed(fact) if decision is None else decision.known.allowed[name]
    bounds = [one.range for one in tests if one.fact == name and one.range is not None]
    near = {fact.minimum, *(one.low for one in bounds), *(one.high + 1 for one in bounds if one.high is not None)}
    near |= {one.low for one in allowed if isinstance(one, Range)}
    ranges = [one for one in allowed if isinstance(one, Range)]
    yield from (one for one in allowed if not isinstance(one, Range))
    yield from (one for one in sorted(near) if any(bound.meets(Range(one, one)) for bound in ranges))


def verdicts_over(rules: Authority, values: Mapping[str, Sequence[Value]], decision: Decision) -> set[Verdict]:
    """Return what the authority is over these values, one world and one choice of readings at a time."""
    admits = {name: decision.lens.admits[name] for name in questions_behind(rules) if name in decision.lens.admits}
    worlds = (dict(zip(values, chosen, strict=True)) for chosen in itertools.product(*values.values()))
    choices, day = choices_of(admits), day_of(decision.law.whole.pack, decision.day)
    return {agreed(verdict_in(rules, world, one, day) for one in choices) for world in worlds}


def test_an_assumption_is_no_shared_fact() -> None:
    # Neither story speaks of an attack, of an authorization, or of days.
    found = event("neptune-spear", beside(SCENARIOS["title-50-raid"]))
    unknown = {pair.fact for pair in found.unknown}
    assert {"attack_status", "authorization_by_congress", "days_since_hostilities_began"} <= unknown
    assert {pair.fact: pair.here for pair in found.shared} == {
        "uses_armed_force": "yes",
        "operation_tempo": "single",
        "conducting_element": "us_special_operations_forces",
        "operation_location": "host_country",
    }


def test_what_one_story_tells_more_closely_than_the_other_is_unknown() -> None:
    found = event("plan-colombia", beside(SCENARIOS["monthly-raids"]))
    (tempo,) = (pair for pair in found.unknown if pair.fact == "operation_tempo")
    assert (tempo.here, tempo.there) == ("sustained", "repeated or sustained")


def test_numbers_that_may_be_the_same_are_unknown_and_others_differ() -> None:
    strike = "operation_type: airstrike, operation_location: host_country, conducting_element: us_armed_forces"
    attack = "attack: {status: occurred, location: united_states, is_direct: true, attributed_to_target: true}"

    def pair(here: str, there: str) -> str:
        asked = told(f"{strike}, {attack}, days_since_hostilities_began: {here}")
        past = replace(
            told(f"{strike}, {attack}, days_since_hostilities_began: {there}"), precedent=EVENTS[0].precedent
        )
        (one,) = beside(asked, [past]).events
        kinds = {"shared": one.shared, "differing": one.differing, "unknown": one.unknown}
        return next(kind for kind, pairs in kinds.items() if "days_since_hostilities_began" in {p.fact for p in pairs})

    assert pair("5", "5") == "shared"
    assert pair("5", "75") == "differing"
    assert pair("5", "{at_most: 60}") == "unknown"


def test_the_text_ties_each_event_to_authorities_whose_verdicts_are_those_of_the_scenario() -> None:
    asked = SCENARIOS["monthly-raids"]
    verdicts = shipped.decider().decide(asked).verdicts
    for one in beside(asked).events:
        precedent = SCENARIOS[one.precedent].precedent
        assert precedent is not None
        assert dict(one.authorities) == {name: verdicts[name] for name in precedent.authorities}
        assert (one.text, one.passages) == (precedent.text, SCENARIOS[one.precedent].cite)


def test_each_event_is_one_articles_word_alone() -> None:
    found = beside(SCENARIOS["drone-attack"])
    assert {one.precedent: one.articles for one in found.events} == {one.id: 1 for one in EVENTS}
    soleimani = event("soleimani", found)
    assert [name for name in soleimani.documents if found.documents[name].is_article] == ["war-zone"]
    assert [name for name in soleimani.documents if not found.documents[name].is_article] == ["soleimani-notice"]


@pytest.mark.parametrize(
    ("documents", "count"),
    [
        (["war-zone"], 1),
        (["atlantic-council", "veteranlife"], 1),
        (["veteranlife"], 1),
        (["war-zone", "veteranlife"], 2),
        (["war-zone", "business-insider", "atlantic-council", "veteranlife"], 3),
        (["soleimani-notice"], 0),
    ],
    ids=str,
)
def test_articles_that_restate_one_another_count_as_one(documents: list[str], count: int) -> None:
    cite = tuple(
        next(id for id, passage in shipped.pack().passages.items() if passage.document == document)
        for document in documents
    )
    past = replace(SCENARIOS["neptune-spear"], cite=cite)
    (one,) = beside(SCENARIOS["title-50-raid"], [past]).events
    assert (one.documents, one.articles) == (tuple(documents), count)


# As a user asks.


def test_soleimani_is_said_to_be_one_articles_word(run: Run) -> None:
    done = run("compare", "drone-attack", "--precedents")
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.split("\n\n")
    (soleimani,) = (part for part in shown if "(soleimani)" in part.splitlines()[0])
    assert "one article alone: The War Zone; and beside it " in soleimani
    assert (
        "tied to: Authorization for Use of Military Force (2001), here unavailable, “At present”; Article II"
        in soleimani
    )
    assert "The article alone ties the strike to the authorization of 2001" in soleimani
    assert "“were all conducted against terror groups” The War Zone, paragraph 23" in soleimani


def test_an_assumed_value_differs_from_what_an_event_tells_and_is_never_shared(run: Run) -> None:
    facts = "operation_type: airstrike, target_type: cartel"
    found = beside(told(facts))
    (connection,) = (pair for pair in event("al-baghdadi", found).differing if pair.assumed)
    assert (connection.fact, connection.here, connection.there) == (
        "target_connection_to_islamic_terror_group",
        "none",
        "is_such_group",
    )
    assert not [pair for one in found.events for pair in (*one.shared, *one.unknown) if pair.assumed]
    stated = beside(told(f"{facts}, {connection.fact}: none"))
    assert connection.fact not in {pair.fact for one in stated.events for pair in one.differing if pair.assumed}

    shown = run("compare", "cia-team", "--precedents").stdout
    assert "(al-baghdadi): 3 shared, 1 differing (1 from what is assumed here), 16 unknown\n" in shown
    differing = "target_connection_to_islamic_terror_group none (assumed here), there is_such_group"
    assert f"   differing: {differing}\n" in shown


def test_what_differs_is_shown_from_both_sides(run: Run) -> None:
    shown = run("compare", "cia-team", "--precedents").stdout
    differing = "conducting_element cia_special_operations_group, there us_special_operations_forces"
    assert f"   differing: {differing}\n" in shown
    assert "   unknown: not told there: uses_armed_force" in shown


@pytest.mark.parametrize("name", WORKED)
def test_every_scenario_has_its_events(name: str, run: Run) -> None:
    done = run("compare", name, "--precedents", "--all")
    assert (done.returncode, done.stderr) == (0, "")
    for one in EVENTS:
        assert f" ({one.id}): " in done.stdout


def test_events_that_share_nothing_are_named_in_one_line(run: Run) -> None:
    shown = run("compare", "bank-pressure", "--precedents").stdout
    assert "1. Operation Firewall (operation-firewall): 1 shared, 0 differing, 1 unknown\n" in shown
    assert "2. " not in shown
    assert "These share none of those facts (`--all` shows them): The raid on Abu Bakr al-Baghdadi" in shown


def test_a_words_source_is_named_where_they_have_been_quoted_before(run: Run) -> None:
    shown = run("compare", "drone-attack", "--precedents").stdout
    assert shown.count("“were all conducted against terror groups”") == 1
    # Passages one after the other are named in one line.
    assert shown.count("     as above: The War Zone, paragraph 23; The War Zone, paragraph 24\n") == 2


def test_an_event_is_not_held_against_itself(run: Run) -> None:
    found: Any = json.loads(run("compare", "soleimani", "--precedents", "-f", "json").stdout)
    assert "soleimani" not in {one["precedent"] for one in found["events"]}
    assert len(found["events"]) == 8


def test_an_event_that_cannot_be_read_is_reported_and_the_others_are_shown(run: Run, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "pack"
    shutil.copytree(shipped_pack(), folder)
    (folder / "scenarios" / "bolivia.yaml").write_text("scenario: x\nfacts: {nothing: true}\n", encoding="utf-8")
    done = run("compare", "title-50-raid", "--precedents", "--pack", str(folder))
    assert done.returncode == 3
    assert "bolivia.yaml:2:9: error: `nothing` is no fact" in done.stderr
    assert "(neptune-spear)" in done.stdout


def test_a_pack_without_events_says_so(run: Run) -> None:
    done = run("compare", "summer-party", "--precedents", "--pack", "tests/packs/club")
    assert (done.returncode, done.stdout) == (5, "")
    assert "the pack tells of no past event" in done.stderr


@pytest.mark.parametrize("name", ["title-50-raid", "soleimani", "three-courses"])
def test_what_is_written_fits_the_published_schema(name: str, run: Run) -> None:
    published = json.loads(run("schema", "precedents").stdout)
    Draft7Validator.check_schema(published)
    result = json.loads(run("compare", name, "--precedents", "-f", "json").stdout)
    assert result["schema"] == "authcheck.precedents/1"
    assert [one.message for one in Draft7Validator(published, format_checker=FormatChecker()).iter_errors(result)] == []
