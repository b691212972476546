"""Which passages carry a verdict and which facts decide a finding, and that every form shows the same."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from authcheck.answer import decide
from authcheck.answer.answer import Answer, Finding, Kind, Outcome
from authcheck.answer.findings import condition_text
from authcheck.answer.restated import StatedAnew
from authcheck.answer.support import carrying, chosen_reading, deciding_facts, is_inferred_in_part
from authcheck.decision.known import Origin
from authcheck.loading.scenarios import build_scenario
from authcheck.model.condition import CautionShown, VerdictIs
from authcheck.model.pack import Pack
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


def test_what_the_pack_infers_in_part_is_said_of_the_grounds_that_hold(harbour: Pack) -> None:
    boat = harbour.authorities["pilot-boat"]
    (ground,) = boat.grounds
    boat = replace(boat, grounds=(replace(ground, inferred="Who pilots leads."),))
    pack = replace(harbour, authorities={**harbour.authorities, "pilot-boat": boat})

    def inferred(law: Pack, aboard: str) -> bool:
        text = f"scenario: A ship\nfacts: {{entering: true, storm: raging, pilot_aboard: {aboard}}}"
        answer = decide(law, build_scenario(text, "ship.yaml", law))
        return is_inferred_in_part(answer.authorities["pilot-boat"])

    assert inferred(pack, "true")
    assert not inferred(pack, "false")
    assert not inferred(harbour, "true")


def test_what_a_claim_asks_of_verdicts_and_cautions_is_put_into_words() -> None:
    assert condition_text(VerdictIs("harbour-act", (Verdict.AVAILABLE, Verdict.SILENT))) == (
        "verdict of harbour-act: available or silent"
    )
    assert condition_text(CautionShown("storm")) == "caution storm: yes"
