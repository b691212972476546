"""Which passages carry a verdict and which facts decide a finding, and that every form shows the same."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from authcheck.answer.answer import Answer, Finding, Kind, Outcome
from authcheck.answer.findings import condition_text
from authcheck.answer.restated import StatedAnew
from authcheck.answer.support import (
    carrying,
    chosen_reading,
    chosen_words,
    deciding_facts,
    passages_on,
)
from authcheck.decision.known import Origin
from authcheck.model.condition import CautionShown, Truth, VerdictIs
from authcheck.model.scenario import stated_as
from authcheck.model.verdict import Verdict
from authcheck.rendering.layouts.answer import answer_layout
from authcheck.rendering.on_markdown import markdown_text
from authcheck.rendering.on_page import page_text
from authcheck.rendering.on_screen import Screen, write
from authcheck.rendering.values import json_line
from tests import shipped


def walk(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from walk(part)


@pytest.mark.parametrize(
    ("team", "cited"), [("cia_special_operations_group", True), ("us_special_operations_forces", False)]
)
def test_what_is_said_of_a_team_of_one_kind_does_not_stand_behind_another(team: str, *, cited: bool) -> None:
    raid = shipped.scenario("title-50-raid")
    of_team = {**raid.facts, "conducting_element": stated_as("conducting_element", [team], raid.place)}
    answer = shipped.decider().decide(replace(raid, facts=of_team))
    ground = answer.authorities["title-50"].tree.of(Kind.GROUND)[0]
    elements = {one.id: one.passages for one in ground.of(Kind.ELEMENT)}

    assert ("war-zone-p32-sog-finding-oversight" in elements["finding"]) == cited
    assert bool(elements["not-a-political-killing"]) == cited


@pytest.mark.parametrize(
    ("name", "of_cartels"), [("al-baghdadi", False), ("al-qaeda-ally", True), ("stray-fire", True)]
)
def test_what_is_said_of_cartels_stands_behind_an_answer_on_cartels_alone(name: str, *, of_cartels: bool) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    for authority in ("aumf-2001", "aumf-2002"):
        practice = next(one for one in answer.authorities[authority].tree.of(Kind.GROUND) if one.id == "practice")
        cited = {passage for element in practice.of(Kind.ELEMENT) for passage in element.passages}
        assert ("war-zone-p25-no-nexus" in cited) == of_cartels
        assert bool(cited - {"war-zone-p25-no-nexus", "war-zone-p25-no-nexus-now"}) != of_cartels


def answers(name: str) -> Iterator[Answer]:
    for lens in ("documents", "ali"):
        yield shipped.decider().decide(shipped.scenario(name), lens=lens)


def letters(words: str) -> str:
    """Return the words without what a form adds to them or leaves out: marks, spaces, escapes."""
    return re.sub(r"[\W_]", "", words)


def forms(answer: Answer) -> dict[str, str]:
    text = io.StringIO()
    write(answer_layout(answer), Screen(text))
    page = re.sub(r"<[^>]*>", "", page_text([answer_layout(answer)]))
    return {
        "text": letters(text.getvalue()),
        "Markdown": letters(html.unescape(markdown_text(answer_layout(answer)))),
        "page": letters(html.unescape(page)),
    }


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_form_of_an_answer_quotes_the_same_passages_and_all_that_carry_it(name: str) -> None:
    for answer in answers(name):
        quotes = {id: letters(passage.quote) for id, passage in answer.passages.items() if passage.quote}
        shown = {form: {id for id, quote in quotes.items() if quote in words} for form, words in forms(answer).items()}
        sources = {id for power in answer.powers.values() for id in power.sources} & set(answer.relies_on)
        carried = {id for source in sources for id in carrying(answer.authorities[source], answer)}

        assert shown["text"] == shown["Markdown"] == shown["page"]
        assert carried & set(quotes) <= shown["text"]


@pytest.mark.parametrize("name", shipped.PATHS)
def test_what_carries_a_verdict_and_what_decides_a_finding_stand_in_its_tree(name: str) -> None:
    for answer in answers(name):
        for authority in answer.authorities.values():
            assert set(carrying(authority, answer)) <= set(authority.passages)
            for finding in walk(authority.tree):
                facts = {fact for part in walk(finding) for fact in part.facts}
                assert set(deciding_facts(finding)) <= facts
                reading = chosen_reading(finding, answer) if finding.kind is Kind.ELEMENT else None
                if reading is not None:
                    views = answer.disputes[reading.question].readings
                    assert [id for id, view in views.items() if view.admitted] == [reading.reading]


@pytest.mark.parametrize("name", shipped.PATHS)
def test_an_authority_on_which_the_readings_part_is_contested(name: str) -> None:
    for answer in answers(name):
        for authority in answer.authorities.values():
            if authority.verdict is Verdict.CONTESTED:
                assert authority.is_contested
            elif authority.is_contested:
                assert authority.verdict is Verdict.UNDETERMINED
                assert Verdict.CONTESTED in authority.possible
        articles = [passage for passage in answer.passages.values() if passage.of_article]
        assert all(passage.document_class.is_article for passage in articles)


def test_a_fact_stated_anew_says_what_it_was_and_what_it_is() -> None:
    anew = StatedAnew("entering", "Does it enter?", "no", Origin.ASSUMED, "yes")

    shown = json.loads(json_line(anew))

    assert isinstance(shown, dict)
    assert list(shown.values()) == ["entering", "Does it enter?", "no", "assumed", "yes"]


def test_an_outcome_is_worded_as_of_an_element() -> None:
    words = {outcome: outcome.words for outcome in Outcome}

    assert (words.pop(Outcome.TRUE), words.pop(Outcome.FALSE)) == ("met", "not met")
    assert words == {outcome: outcome.value.replace("-", " ") for outcome in words}


def test_what_a_claim_asks_of_verdicts_and_cautions_is_put_into_words() -> None:
    assert condition_text(VerdictIs("harbour-act", (Verdict.AVAILABLE, Verdict.SILENT))) == (
        "verdict of harbour-act: available or silent"
    )
    assert condition_text(CautionShown("storm")) == "caution storm: yes"


def unmet() -> dict[tuple[str, str], set[str]]:
    """Return, for each element and reading, the passages that speak for it only where it is not met."""
    pack = shipped.pack()
    elements = (one for law in pack.authorities.values() for ground in law.grounds for one in ground.elements)
    readings = (view for question in pack.questions.values() for view in question.readings.values())
    found = {("element", one.element): set(one.cite_unmet) for one in elements if one.cite_unmet}
    return found | {("reading", one.reading): set(one.cite_unmet) for one in readings if one.cite_unmet}


@pytest.mark.parametrize("lens", shipped.pack().lenses)
@pytest.mark.parametrize("name", shipped.PATHS)
def test_nothing_that_is_met_rests_on_words_that_deny_it(name: str, lens: str) -> None:
    denying = unmet()
    assert {"war-zone-p25-ali-new-aumf-needed", "war-zone-p26-bill-never-passed"} <= set().union(*denying.values())
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    for authority in answer.authorities.values():
        for one in walk(authority.tree):
            denied = denying.get((one.kind.value, one.reading or one.id), set())
            if one.outcome is Outcome.TRUE:
                assert not denied & set(one.passages)
            elif Truth.TRUE in one.truths:
                assert not denied & set(one.passages[:1]) or denied >= set(one.passages)
            elif one.kind is Kind.READING:
                assert denied <= set(one.passages)


@pytest.mark.parametrize(
    ("status", "said", "unsaid"), [("occurred", "widest latitude", "new AUMF"), ("none", "new AUMF", "widest latitude")]
)
def test_the_words_of_a_reading_are_those_for_what_it_comes_to(status: str, said: str, unsaid: str) -> None:
    place = "location: united_states, is_direct: true, attributed_to_target: true" if status == "occurred" else ""
    facts = f"""
as_of: 2025-02-25
facts:
  operation: {{type: airstrike, tempo: single, location: host_country}}
  conducting_element: us_armed_forces
  target_type: cartel
  attack: {{status: {status}, {place}}}
"""
    answer = shipped.decider().decide(shipped.written(facts), lens="ali")
    authority = answer.authorities["article-ii"]
    assert authority.verdict is (Verdict.AVAILABLE if status == "occurred" else Verdict.UNAVAILABLE)
    element = next(one for one in walk(authority.tree) if one.id == "attack-or-claim")
    (reading,) = element.readings
    words = [answer.passages[passage].quote for passage in reading.passages]
    assert said in words[0]
    assert passages_on(authority, reading.question, reading.reading, answer) == reading.passages
    if status == "occurred":
        carried = [answer.passages[passage].quote for passage in carrying(authority, answer, every=True)]
        assert any(said in quote for quote in carried)
        assert not any(unsaid in quote for quote in carried)


def test_an_operation_without_force_rests_on_no_word_of_a_raid_across_a_border() -> None:
    again = """
as_of: 2025-02-25
facts:
  operation: {type: covert_action, tempo: repeated, location: host_country}
  uses_armed_force: false
  conducting_element: us_armed_forces
  target_type: cartel
  target_is_priority_us_target: true
  presidential_approval: true
  presidential_finding: true
  intelligence_committees_notified: true
  covert_action_oversight_compliance: true
"""
    for lens in ("documents", "ali"):
        answer = shipped.decider().decide(shipped.written(again), lens=lens)
        title_50 = answer.authorities["title-50"]
        assert title_50.verdict is Verdict.AVAILABLE
        carried = [answer.passages[passage].quote for passage in carrying(title_50, answer, every=True)]
        assert carried
        assert not any("one-off" in quote or "only do that once" in quote for quote in carried)


def test_what_a_power_is_on_a_reading_is_said_by_all_that_the_reading_cites() -> None:
    answer = shipped.decider().decide(shipped.scenario("invited-raid"), lens="all")
    (power,) = (one for one in answer.powers.values() if one.crux)
    for question in power.crux:
        for name, reading in answer.disputes[question].readings.items():
            assert passages_on(power, question, name, answer) == reading.passages


def test_what_speaks_only_where_a_thing_is_not_met_is_shown_as_that(run: shipped.Run) -> None:
    for shown in (
        run("show", "question", "article-ii-without-attack").stdout,
        run("show", "authority", "cartel-aumf").stdout,
    ):
        assert re.search("only where it is not met: “(he would likely need a new AUMF|The measure never passed)", shown)


@pytest.mark.parametrize(("lens", "document"), [("text", "un-charter"), ("ali", ""), ("documents", ""), ("all", "")])
def test_the_words_of_the_reading_that_a_lens_chose_are_those_of_its_holder(lens: str, document: str) -> None:
    answer = shipped.decider().decide(shipped.scenario("drone-attack"), lens=lens)
    words = chosen_words(answer.authorities["un-charter-51"], answer)
    assert {answer.passages[passage].document for passage in words} == ({document} if document else set())
