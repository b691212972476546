"""The shipped pack as it answers a whole scenario: courses of action compared, and what they leave as it was."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from authcheck.answer import Decider, decide
from authcheck.answer.answer import Answer
from authcheck.decision.decision import DaySource
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.loading.scenarios import build_scenario
from authcheck.model.scenario import Scenario, Unstated
from authcheck.model.verdict import Verdict
from tests import shipped


@pytest.fixture(scope="module")
def three_courses() -> Scenario:
    return shipped.scenario("three-courses")


@pytest.fixture(scope="module")
def compared(three_courses: Scenario) -> Answer:
    return decide(shipped.pack(), three_courses)


def test_doing_none_of_the_courses_relies_on_nothing(compared: Answer) -> None:
    assert compared.relies_on == ()
    assert compared.verdicts["article-ii"] is Verdict.NOT_ENGAGED
    assert compared.verdicts["fto-designation"] is Verdict.AVAILABLE


def test_three_courses_of_action_are_compared_side_by_side(compared: Answer) -> None:
    assert list(compared.options) == ["strike", "title-50-raid", "pressure"]
    assert all(list(one.verdicts) == list(compared.verdicts) for one in compared.options.values())
    strike, raid, pressure = compared.options.values()
    assert strike.changes["operation_type"] == "airstrike"
    assert strike.changes["lethal_force_intended"] == "yes"
    assert strike.changes["days_since_hostilities_began"] == "1"
    # Whether the attack was a direct one is not known.
    assert strike.relies_on == ()
    assert raid.relies_on == ("title-50",)
    assert pressure.relies_on == ("fto-designation", "financial-measures")
    # Nobody has said whether the host consents, so that no course is ruled out for want of it.
    assert [one.verdicts["host-consent"].value for one in (strike, raid, pressure)] == [
        "undetermined",
        "undetermined",
        "not-engaged",
    ]
    assert [one.gaps for one in (strike, raid, pressure)] == [(), (), ()]


def test_a_course_answered_in_full_says_what_the_comparison_says(three_courses: Scenario, compared: Answer) -> None:
    decider = Decider(shipped.pack())
    for name, short in compared.options.items():
        full = decider.decide(three_courses, option=name)
        assert full.option == name
        assert full.verdicts == short.verdicts
        assert full.relies_on == short.relies_on
        assert tuple(power for power, one in full.powers.items() if one.gap) == short.gaps
        assert full.options == {}


def test_a_course_is_the_same_as_a_scenario_that_states_its_facts(three_courses: Scenario) -> None:
    changes = three_courses.options["strike"]
    stated = {name: changes.get(name) or three_courses.facts.get(name) for name in shipped.pack().facts}
    alone = dataclasses.replace(
        three_courses, facts={name: one for name, one in stated.items() if one is not None}, options={}
    )

    assert (
        decide(shipped.pack(), alone).authorities == decide(shipped.pack(), three_courses, option="strike").authorities
    )


def test_a_decider_asked_again_gives_the_same_answer_as_a_fresh_one(three_courses: Scenario) -> None:
    decider = Decider(shipped.pack())
    first = decider.decide(three_courses)
    decider.decide(three_courses, lens="all", unstated=Unstated.UNKNOWN, as_of=datetime.date(2001, 1, 1))

    assert decider.decide(three_courses) == first == decide(shipped.pack(), three_courses)


def test_what_is_asked_for_goes_before_what_the_scenario_says(three_courses: Scenario) -> None:
    receipt = decide(
        shipped.pack(), three_courses, lens="all", unstated=Unstated.ABSENT, as_of=datetime.date(2002, 2, 4)
    ).receipt

    assert (receipt.lens, receipt.unstated) == ("all", Unstated.ABSENT)
    assert (receipt.as_of, receipt.as_of_from) == (datetime.date(2002, 2, 4), DaySource.OPTION)


def test_every_passage_that_an_answer_names_is_cited_in_full(compared: Answer) -> None:
    named = {passage for one in compared.authorities.values() for passage in one.passages}
    named |= {passage for one in compared.duties for passage in one.passages}
    named |= {passage for one in compared.cautions for passage in one.passages}
    named |= {
        passage for one in compared.disputes.values() for view in one.readings.values() for passage in view.passages
    }

    assert named <= set(compared.passages)
    assert list(compared.passages) == sorted(compared.passages)
    assert all(one.title and one.document_class for one in compared.passages.values())
    held = {holder for one in compared.disputes.values() for view in one.readings.values() for holder in view.holders}
    assert held == set(compared.holders)


def test_an_option_that_cannot_be_is_named_at_its_own_place() -> None:
    text = "scenario: x\nfacts: {operation_type: airstrike}\noptions:\n  bare:\n    uses_armed_force: false\n"
    scenario = build_scenario(text, "x.yaml", shipped.pack())

    with pytest.raises(AuthcheckError) as raised:
        Decider(shipped.pack()).decide(scenario)

    (problem,) = raised.value.diagnostics
    assert problem.message.startswith("under the option `bare`, no situation has these facts together")
    assert problem.place == Place("x.yaml", 5, 5)


def test_a_reading_of_a_law_that_is_not_in_force_cannot_be_chosen() -> None:
    scenario = shipped.written("as_of: 1964-08-05\nfacts: {operation_type: airstrike}\n")
    question = shipped.pack().questions["war-powers-grant"]
    reading = next(iter(question.readings))

    with pytest.raises(AuthcheckError) as raised:
        shipped.decider().decide(scenario, readings={question.question: reading})

    (problem,) = raised.value.diagnostics
    assert (problem.code, problem.place) == ("reading-of-another-time", Place("--reading"))
    assert "begins on 1973-11-07: on 1964-08-05 there is no such reading" in problem.message
    later = shipped.decider().decide(scenario, as_of=datetime.date(1980, 1, 1), readings={question.question: reading})
    assert list(later.receipt.readings.items()) == [(question.question, reading)]


def test_a_story_of_several_activities_has_no_one_answer() -> None:
    text = "activities: {strike: {operation_type: airstrike}, talk: {operation_type: liaison}}\n"

    with pytest.raises(ValueError, match="take one of its `parts`"):
        shipped.decider().decide(shipped.written(text))


def test_what_is_unstated_is_said_by_a_word_that_there_is() -> None:
    story = shipped.scenario("drone-attack")
    assert shipped.decider().decide(story, unstated="unknown") == shipped.decider().decide(
        story, unstated=Unstated.UNKNOWN
    )
    with pytest.raises(KeyError, match="unkown"):
        shipped.decider().decide(story, unstated="unkown")


@pytest.mark.parametrize(
    ("terms", "words"),
    [({"lense": "ali"}, "there is no term `lense`"), ({"as_of": "2025-02-01"}, "`as_of` is a date, .*, and no str")],
)
def test_a_term_that_there_is_not_or_of_another_type_is_refused(terms: dict[str, Any], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        shipped.decider().decide(shipped.scenario("drone-attack"), **terms)
