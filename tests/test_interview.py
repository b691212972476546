"""An interview asks what can matter and nothing else, comes to the answer, and writes the file that gives it."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from rich.cells import cell_len

from authcheck.asking.interview import (
    AskedFact,
    BearingKind,
    Interview,
    ReplyError,
    Word,
    bearings,
    begin,
    progress,
    read_reply,
)
from authcheck.cli.conversation import Conversation
from authcheck.decision.known import KnownFact
from authcheck.diagnostics import Place
from authcheck.loading.writing import scenario_file
from authcheck.meaning import agreed, choices_of, day_of, is_allowed, truth_of, verdict_in
from authcheck.model.authority import Authority
from authcheck.model.condition import Condition, Range, Truth
from authcheck.model.fact import FactKind, FactType, Value
from authcheck.model.scenario import FactStatus, Scenario, StatedFact, Unstated
from authcheck.model.verdict import Verdict
from tests import reference, shipped
from tests.processes import ESCAPE, Terminal
from tests.reference import conditions_behind
from tests.shipped import Run
from tests.test_worked_scenarios import RAISED, expected

World: TypeAlias = dict[str, Value]

ROOT = Path(__file__).resolve().parent.parent
PACK, DECIDER = shipped.pack(), shipped.decider()
HERE = Place("here")


def begun(text: str = "facts: {}", lens: str = "documents") -> Interview:
    """Return an interview that begins with the facts of a scenario's text."""
    return begin(DECIDER.decision(shipped.written(text), lens=lens))


def asked(interview: Interview) -> str:
    assert interview.asking is not None
    return interview.asking.fact.fact


def replied(interview: Interview, *replies: str) -> Interview:
    """Return the interview once the replies have been given, as the command gives them."""
    for text in replies:
        assert interview.asking is not None
        match read_reply(text, interview.asking):
            case StatedFact() as stated:
                interview = interview.stated(stated)
            case Word.DONT_KNOW:
                interview = interview.not_known()
            case Word.SKIP:
                interview = interview.skipped()
            case other:
                raise AssertionError(other)
    return interview


# Each worked scenario, asked for as if nobody had written it down.


def reply_of(known: KnownFact) -> str:
    """Return what somebody says who has the scenario in mind: `don't know` where it says nothing."""
    if len(known.allowed) != 1 or (known.stated is not None and known.stated.status is FactStatus.DISPUTED):
        return "don't know"
    (value,) = known.allowed
    if isinstance(value, Range):
        return str(value.low) if value.low == value.high else "don't know"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value


@cache
def session(name: str) -> tuple[tuple[Interview, str], ...]:
    """Return every stage of the interview that comes to a worked scenario, with the reply that is then given."""
    scenario = shipped.scenario(name)
    known = DECIDER.decision(scenario, unstated=Unstated.ABSENT).known.facts
    interview = begun(f"as_of: {scenario.as_of}\nfacts: {{}}")
    stages = []
    while interview.asking is not None:
        text = reply_of(known[asked(interview)])
        if text not in {"don't know", "yes", "no"} and not text.isdecimal():
            assert text in interview.asking.values
        stages.append((interview, text))
        interview = replied(interview, text)
    return (*stages, (interview, ""))


def replies(name: str) -> list[str]:
    return [text for _, text in session(name)[:-1]]


@pytest.mark.parametrize("name", RAISED)
def test_a_worked_scenario_is_reached_in_few_questions(name: str) -> None:
    assert 10 <= len(replies(name)) <= 25


def arguments_for(name: str) -> list[str]:
    return ["interview", "--title", name, "--as-of", str(session(name)[0][0].decision.day)]


@pytest.mark.parametrize("name", RAISED)
def test_an_interview_comes_to_the_answer_and_to_a_file_that_gives_it(name: str, run: Run, tmp_path: Path) -> None:
    typed = "\n".join(replies(name)).encode()
    told = run(*arguments_for(name), "--format", "json", "--out", "told.yaml", stdin=typed, cwd=tmp_path)

    assert told.returncode == 0
    verdicts = json.loads(told.stdout)["verdicts"].items()
    assert {authority: verdict for authority, verdict in verdicts if verdict != "not-engaged"} == expected(name)
    assert run("evaluate", "told.yaml", "--format", "json", cwd=tmp_path).stdout == told.stdout


@pytest.mark.parametrize("name", ["bank-pressure", "cia-team", "drone-attack"])
def test_the_file_that_is_shown_gives_the_text_that_is_shown(name: str, run: Run, tmp_path: Path) -> None:
    told = run(*arguments_for(name), stdin="\n".join(replies(name)).encode(), cwd=tmp_path)
    text, file = told.stdout.split("\nThe scenario file (save it as interview.yaml)\n\n")
    (tmp_path / "interview.yaml").write_text(file, encoding="utf-8")

    assert run("evaluate", "interview.yaml", cwd=tmp_path).stdout == text


@pytest.mark.parametrize("name", RAISED)
def test_what_is_told_settled_stays_settled_and_is_so_in_the_end(name: str) -> None:
    *_, (last, _) = session(name)
    for interview, _ in session(name):
        settled = {
            one: verdict for one, verdict in interview.decision.verdicts.items() if verdict is not Verdict.UNDETERMINED
        }
        assert progress(interview).settled == len(settled)
        assert settled.items() <= last.decision.verdicts.items()
        assert progress(interview).left >= len(session(name)) - 1 - len(interview.steps)


# What can matter, by brute force.


def values_of(name: str, interview: Interview) -> Sequence[Value]:
    """Return what the fact may still be; of a number, the numbers at and beside every threshold."""
    fact = PACK.facts[name]
    said = interview.written.stated.get(name)
    if fact.type is not FactType.NUMBER:
        return said.values if said is not None and not said.unknown else fact.options
    conditions = [condition for one in PACK.authorities.values() for condition in conditions_behind(one)]
    bounds = [test.range for test in reference.tests_in(conditions) if test.fact == name and test.range is not None]
    near = {fact.minimum, *(number for one in bounds for number in (one.low, (one.high or one.low) + 1))}
    if said is not None and not said.unknown:
        near |= {one.low for one in said.ranges}
        near = {number for number in near if any(one.holds(Range(number, number)) for one in said.ranges)}
    return sorted(near)


def with_what_they_demand(names: set[str]) -> set[str]:
    """Return the facts, with those that their constraints test."""
    demands = [one for name in names for one in reference.demands_on(PACK.facts[name])]
    more = {test.fact for test in reference.tests_in(demands)} - names
    return with_what_they_demand(names | more) if more else names


def draws(values: Mapping[str, Sequence[Value]], dice: random.Random) -> Iterator[World]:
    """Return one world after another that the vocabulary allows, each fact with one of its values."""
    scopes = {
        name: {name, *(one.fact for one in reference.tests_in(reference.demands_on(PACK.facts[name])))}
        for name in values
    }
    # Facts that are known come first, and then always one of those that constraints tie closest to the ones before.
    names = [name for name in sorted(values) if len(values[name]) == 1]
    while left := sorted(set(values) - set(names)):
        names.append(max(left, key=lambda name: sum(name in one and len(one & {*names}) for one in scopes.values())))
    due = [
        {one: PACK.facts[one] for one in names if name in scopes[one] and scopes[one] <= set(names[: index + 1])}
        for index, name in enumerate(names)
    ]

    def is_drawn(world: World, index: int) -> bool:
        if index == len(names):
            return True
        name = names[index]
        for value in dice.sample(values[name], len(values[name])):
            world[name] = value
            if is_allowed(world, due[index]) and is_drawn(world, index + 1):
                return True
        del world[name]
        return False

    while True:
        world: World = {}
        if not is_drawn(world, 0):
            return
        yield world


def makes_a_difference(
    name: str, tested: set[str], outcome: Callable[[World], object], interview: Interview, tries: int
) -> Iterator[bool]:
    """Try again and again whether two values of the fact leave different outcomes, others being equal.

    Of the other facts, those that no constraint ties to it have one value; each of those that one does has one
    value too, or is left open.
    """
    known = with_what_they_demand({name, *tested})
    around = sorted(known & reference.tied([name], PACK.facts) - {name})
    values = {one: values_of(one, interview) for one in known}
    facts = {one: PACK.facts[one] for one in known}
    dice = random.Random(name)  # noqa: S311 - the same tries every time.
    for fixed in itertools.islice(draws(values, dice), tries):
        ties = [values[one] if dice.random() < 0.2 else [fixed[one]] for one in around]
        found = set()
        for value in values[name]:
            worlds = (
                {**fixed, name: value, **dict(zip(around, chosen, strict=True))} for chosen in itertools.product(*ties)
            )
            found.add(frozenset(outcome(world) for world in worlds if is_allowed(world, facts)))
        yield len(found - {frozenset()}) > 1


def outcomes(interview: Interview) -> Iterator[tuple[set[str], Callable[[World], object]]]:
    """Return everything that an interview wants to know: each verdict and each need, with the facts behind it."""
    day = day_of(PACK, interview.decision.day)
    admits = interview.decision.lens.admits

    def verdict(authority: Authority) -> Callable[[World], object]:
        behind = reference.questions_behind(authority)
        choices = choices_of({one: readings for one, readings in admits.items() if one in behind})
        return lambda world: agreed(verdict_in(authority, world, choice, day) for choice in choices)

    def need(condition: Condition) -> Callable[[World], object]:
        return lambda world: truth_of(condition, world, day.in_force) is Truth.TRUE

    for power in PACK.powers.values():
        yield {test.fact for test in reference.tests_in([power.needed_when])}, need(power.needed_when)
    for authority in PACK.authorities.values():
        yield {test.fact for test in reference.tests_in(conditions_behind(authority))}, verdict(authority)


def can_matter(name: str, interview: Interview, tries: int = 4_000) -> bool:
    """Whether some verdict or need is found to turn on the fact. The outcomes take turns: one is enough."""
    near = reference.tied([name], PACK.facts)
    attempts = [
        makes_a_difference(name, tested, outcome, interview, tries)
        for tested, outcome in outcomes(interview)
        if tested & near
    ]
    return any(itertools.chain.from_iterable(zip(*attempts, strict=True)))


@pytest.mark.parametrize("name", RAISED)
def test_every_fact_that_is_asked_can_matter(name: str) -> None:
    for interview, _ in session(name)[:-1]:
        assert can_matter(asked(interview), interview), asked(interview)


def test_a_fact_that_cannot_matter_is_found_out() -> None:
    # So the search above can fail: consent is of no use where nothing is done on the territory of the host.
    told = "operation_type: financial_measures, operation_location: united_states, enters_host_airspace: false"
    more = "uses_armed_force: false, law_enforcement_measures_used: false, training_or_advising_used: false"
    interview = begun(f"facts: {{{told}, {more}, us_ground_forces_in_host_country: false}}")
    assert not can_matter("host_consent_status", interview, tries=200)
    assert "host_consent_status" not in interview.open_facts


@pytest.mark.parametrize("name", RAISED)
def test_every_question_can_be_told_why_it_is_asked(name: str) -> None:
    for interview, _ in session(name)[:-1]:
        found = bearings(interview)
        assert found
        for one in found:
            assert one.text
            assert one.passage or one.kind is BearingKind.ENGAGEMENT


# The order of the questions.


def test_what_an_answer_implies_is_not_asked() -> None:
    interview = begun()
    assert asked(interview) == "operation_type"
    assert "training_or_advising_used" not in replied(interview, "training").open_facts
    assert asked(replied(interview, "airstrike")) == "conducting_element"
    assert "uses_armed_force" not in replied(interview, "airstrike").open_facts


def test_the_part_in_an_attack_is_asked_only_of_who_had_one() -> None:
    facts = "operation_type: airstrike, operation_location: host_country, conducting_element: us_armed_forces"
    parts = {"target_planned_911", "target_aided_or_harbored_911_planners", "target_further_part_in_911"}
    interview = begun(f"facts: {{{facts}}}")
    while asked(interview) != "target_part_in_911":
        interview = replied(interview, "don't know")
    assert not parts & set(replied(interview, "no").open_facts)
    assert parts <= set(replied(interview, "yes").open_facts)


def test_what_engages_an_authority_is_asked_before_what_it_asks_for() -> None:
    stages = [interview for name in RAISED for interview, _ in session(name)[:-1]]
    asks_who_it_is = [one for one in stages if asked(one) == "target_is_us_person"]
    assert asks_who_it_is
    for interview in asks_who_it_is:
        assert interview.decision.known.allowed["intelligence_collection_used"] == (True,)


def test_a_finding_is_asked_first_where_it_settles_no_less_than_the_approval_that_follows_from_it() -> None:
    order = [asked(one) for one, _ in session("cia-team")[:-1]]
    assert "presidential_finding" in order
    assert "presidential_approval" not in order


def test_a_subject_is_asked_to_its_end() -> None:
    facts = [PACK.facts[asked(one)] for one, _ in session("drone-attack")[:-1]]
    # What is done is asked where it matters, and is no subject of its own.
    groups = [fact.group for fact in facts if fact.kind is not FactKind.ACTIVITY]
    after_what_is_in_play = groups[groups.index("AUMF") :]
    assert [group for group, _ in itertools.groupby(after_what_is_in_play)] == list(
        dict.fromkeys(after_what_is_in_play)
    )


def test_an_airstrike_in_a_host_country_is_asked_about_attack_and_consent_first() -> None:
    told = {
        "operation_type": "airstrike",
        "conducting_element": "us_armed_forces",
        "operation_location": "host_country",
    }
    interview, order = begun(), []
    while interview.asking is not None:
        order.append(asked(interview))
        interview = replied(interview, told.get(order[-1], "don't know"))

    assert {"attack_status", "host_consent_status"} <= set(order[:8])
    assert order.index("training_or_advising_used") > order.index("days_since_hostilities_began")


def test_what_may_not_apply_waits_until_it_is_known_to_apply() -> None:
    told = "operation_type: airstrike, operation_location: host_country, conducting_element: us_armed_forces"
    interview = begun(f"facts: {{{told}}}")
    while asked(interview) != "attack_status":
        interview = replied(interview, "no" if interview.asking and not interview.asking.fact.values else "1")
    about_it = {name for name in PACK.facts if name.startswith("attack_")}

    assert about_it & set(replied(interview, "occurred").open_facts) == {
        "attack_location",
        "attack_is_direct",
        "attack_attributed_to_target",
    }
    assert asked(replied(interview, "occurred")) == "attack_location"
    assert not about_it & set(replied(interview, "none").open_facts)
    # Where it is not known whether there was an attack, nobody is asked where it was.
    interview = replied(interview, "don't know")
    while interview.asking is not None:
        assert asked(interview) not in about_it
        interview = replied(interview, "don't know")


def test_a_value_for_what_does_not_apply_is_not_offered() -> None:
    stages = {asked(one): one for one, _ in session("drone-attack")[:-1]}
    asking = stages["attack_location"].asking
    assert asking is not None
    assert asking.values == ("united_states", "us_territory_or_possession", "host_country", "elsewhere")


def test_a_value_that_is_excluded_is_not_offered() -> None:
    asking = begun("facts: {uses_armed_force: false}").asking
    assert asking is not None
    assert asking.fact.fact == "operation_type"
    assert not {"airstrike", "ground_raid"} & set(asking.values)


@pytest.mark.parametrize(("lens", "is_asked"), [("documents", False), ("congress", True)])
def test_only_what_matters_to_the_lens_is_asked(lens: str, is_asked: bool) -> None:  # noqa: FBT001 - The case.
    facts = "operation_type: airstrike, conducting_element: us_armed_forces, days_since_hostilities_began: 75"
    assert ("military_necessity_certified" in begun(f"facts: {{{facts}}}", lens).open_facts) == is_asked


# Not to know, to skip, to go back, to end early.


def test_what_is_not_known_stays_open_and_is_not_asked_again() -> None:
    interview = replied(begun(), "don't know")
    assert interview.facts["operation_type"].unknown
    assert "operation_type" not in interview.open_facts
    assert len(interview.decision.known.allowed["operation_type"]) == len(PACK.facts["operation_type"].options)


def test_what_is_skipped_is_left_out_and_taken_as_the_file_takes_it() -> None:
    interview = replied(begun(), "skip", "skip", "skip")
    skipped = ["operation_type", "uses_armed_force", "military_activity_short_of_force"]
    assert [step.fact for step in interview.steps] == skipped
    assert interview.before is not None
    assert interview.before.asking is not None
    assert interview.before.asking.if_skipped == "no"
    assert not {*skipped} & set(interview.facts)
    assert interview.decision.verdicts["article-ii"] is Verdict.NOT_ENGAGED


def test_going_back_takes_the_last_answer_back() -> None:
    first = replied(begun(), "airstrike")
    second = replied(first, "us_armed_forces")
    assert second.before is first
    assert asked(first) == "conducting_element"
    assert "conducting_element" not in first.facts


def test_a_story_that_ends_early_assumes_nothing_that_was_not_asked() -> None:
    interview = replied(begun(), "airstrike", "us_armed_forces")
    assert interview.facts["attack_status"].unknown
    # A status is unknown where it is not stated, and need not be written out.
    assert "presidential_approval" not in interview.facts
    scenario = Scenario("early", "Early", HERE, "", interview.facts)
    assert DECIDER.decision(scenario).verdicts == interview.decision.verdicts


def test_a_story_that_ended_early_can_be_gone_on_with() -> None:
    early = replied(begun(), "airstrike", "us_armed_forces")
    again = begin(DECIDER.decision(Scenario("early", "Early", HERE, "", early.facts)))
    assert set(again.open_facts) == set(early.open_facts)


def test_a_disputed_fact_is_not_asked() -> None:
    interview = begun("facts: {operation_type: {value: airstrike, status: disputed}}")
    assert "operation_type" not in interview.open_facts
    assert len(interview.decision.known.allowed["operation_type"]) == len(PACK.facts["operation_type"].options)


def test_a_number_that_follows_from_a_date_is_not_asked() -> None:
    facts = "operation_type: airstrike, hostilities_start_date: 2025-01-01"
    interview = begun(f"as_of: 2025-02-04\nfacts: {{{facts}}}")
    assert interview.decision.known.allowed["days_since_hostilities_began"] == (Range(35, 35),)
    assert "days_since_hostilities_began" not in interview.open_facts


# What is typed.


def read(name: str, text: str) -> str:
    """Return what a reply to the question about a fact comes to, in words."""
    fact = PACK.facts[name]
    found = read_reply(text, AskedFact(fact, fact.options, "unknown"))
    return found.said if isinstance(found, StatedFact) else found.value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("operation_tempo", "1", "single"),
        ("operation_tempo", "sustained", "sustained"),
        ("operation_tempo", "  SUSTAINED ", "sustained"),
        ("operation_tempo", "su", "sustained"),
        ("operation_tempo", "3,1", "single or sustained"),
        ("operation_tempo", "single or repeated", "single or repeated"),
        ("operation_tempo", "1,2,3", "don't know"),
        ("operation_type", "ground raid", "ground_raid"),
        ("host_consent_status", "none", "none"),
        ("uses_armed_force", "yes", "yes"),
        ("uses_armed_force", "Y", "yes"),
        ("uses_armed_force", "true", "yes"),
        ("uses_armed_force", "n", "no"),
        ("uses_armed_force", "false", "no"),
        ("uses_armed_force", "yes or no", "don't know"),
        ("days_since_hostilities_began", "61", "61"),
        ("days_since_hostilities_began", "61 days", "61"),
        ("days_since_hostilities_began", "day 61", "61"),
        ("days_since_hostilities_began", "5-12", "5 to 12"),
        ("days_since_hostilities_began", "5 to 12", "5 to 12"),
        ("days_since_hostilities_began", "at least 61", "61 or more"),
        ("days_since_hostilities_began", "61 or more", "61 or more"),
        ("days_since_hostilities_began", "61+", "61 or more"),
        ("days_since_hostilities_began", "at most 60", "0 to 60"),
        ("days_since_hostilities_began", "60 or less", "0 to 60"),
        ("days_since_hostilities_began", "3, 5-12 or at least 61", "3 or 5 to 12 or 61 or more"),
        ("uses_armed_force", "don't know", "don't know"),
        ("uses_armed_force", "don’t know", "don't know"),
        ("uses_armed_force", "Dont  know", "don't know"),
        ("uses_armed_force", "unknown", "don't know"),
        ("uses_armed_force", "skip", "skip"),
        ("uses_armed_force", "back", "back"),
        ("uses_armed_force", "why", "why"),
        ("uses_armed_force", "?", "?"),
        ("uses_armed_force", "help", "?"),
        ("uses_armed_force", "quit", "quit"),
    ],
)
def test_a_reply_is_understood(name: str, text: str, said: str) -> None:
    assert read(name, text) == said


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("operation_tempo", "", "type an answer, or `?` for what it means"),
        ("operation_tempo", "4", "`4` is no number from 1 to 3"),
        ("operation_tempo", "0", "`0` is no number from 1 to 3"),
        ("operation_tempo", "9" * 5000, f"`{'9' * 60}…` is no number from 1 to 3"),
        ("operation_tempo", "singel", "`singel` is none of the values; did you mean `single`?"),
        (
            "operation_tempo",
            "often",
            "`often` is none of the values; answer with a number from 1 to 3, or a name",
        ),
        ("operation_tempo", "s", "`s` may be `single` or `sustained`"),
        ("operation_tempo", "1,", "`` is none of the values; answer with a number from 1 to 3, or a name"),
        ("uses_armed_force", "perhaps", "`perhaps` is neither yes nor no; answer yes or no"),
        ("uses_armed_force", "1", "`1` is neither yes nor no; answer yes or no"),
        (
            "days_since_hostilities_began",
            "two months",
            "`two months` is no whole number of days; write one, a range such as 5-12, or `at least 61`",
        ),
        ("days_since_hostilities_began", "12-5", "no number is at least 12 and at most 5"),
        (
            "days_since_hostilities_began",
            "-5",
            "`-5` is no whole number of days; write one, a range such as 5-12, or `at least 61`",
        ),
    ],
)
def test_a_bad_reply_is_told_in_one_sentence(name: str, text: str, sentence: str) -> None:
    with pytest.raises(ReplyError) as error:
        read(name, text)
    assert str(error.value) == sentence


def test_a_number_below_the_least_is_refused() -> None:
    fact = dataclasses.replace(PACK.facts["days_since_hostilities_began"], minimum=1, unit="")
    for text in ("0", "0-5", "at least 0"):
        with pytest.raises(ReplyError, match=r"^the least possible is 1$"):
            read_reply(text, AskedFact(fact, (), "unknown"))


# Why.


def test_why_names_the_element_its_reading_and_the_words() -> None:
    stages = {asked(one): one for one, _ in session("drone-attack")[:-1]}
    found = {one.authority: one for one in bearings(stages["attack_is_direct"])}
    assert found["article-ii"].kind is BearingKind.ELEMENT
    assert found["article-ii"].question == "article-ii-without-attack"
    assert found["article-ii"].readings == ("attack-or-congress",)
    assert found["article-ii"].passage == "war-zone-p10-attack-widest-latitude"
    # "such an attack": Article 51 asks for a direct one as well.
    assert set(found) == {"article-ii", "war-powers", "un-charter-51"}


def test_why_tells_what_is_only_implied() -> None:
    found = bearings(begun())
    through = {(one.authority, one.through) for one in found if one.kind is BearingKind.ENGAGEMENT}
    assert ("article-ii", "uses_armed_force") in through
    assert {fact for authority, fact in through if authority == "title-50"} == {""}


def test_why_tells_needs_exceptions_and_what_falls_away() -> None:
    kinds = {
        asked(interview): {one.kind for one in bearings(interview)}
        for name in ("cia-team", "day-75-aumf-passed")
        for interview, _ in session(name)[:-1]
    }
    assert BearingKind.NEED in kinds["training_or_advising_used"]
    assert BearingKind.EXCEPTION in kinds["uses_armed_force"]
    assert BearingKind.DISPLACEMENT in kinds["target_part_in_911"]


# In a pipe.


def test_a_pipe_gets_the_results_and_standard_error_the_questions(run: Run) -> None:
    told = run("interview", stdin=b"airstrike\nwhy\nback\nfinancial_measures\nquit\n")
    assert told.returncode == 0
    assert told.stdout.startswith("Interview (as of 2025-02-04)")
    assert "1. What is the main thing" in told.stderr
    assert "> airstrike\n" in told.stderr
    assert "Ended early" in told.stderr
    assert "?" not in told.stdout.partition("\n")[0]


def test_empty_lines_and_comments_are_passed_over(run: Run) -> None:
    told = run("interview", stdin=b"\n# what it is\nairstrike\n\n  \nquit\n")
    assert told.returncode == 0
    assert "operation_type: airstrike" in told.stdout


def test_the_end_of_the_replies_ends_the_interview(run: Run) -> None:
    ended, quitted = (run("interview", stdin=typed) for typed in (b"airstrike", b"airstrike\nquit\n"))
    assert (ended.returncode, ended.stdout) == (0, quitted.stdout)


@pytest.mark.parametrize("typed", [b"", b"\n# nothing\n", b"quit\n"])
def test_nothing_answered_is_nothing_to_do(typed: bytes, run: Run, tmp_path: Path) -> None:
    told = run("interview", "--out", "told.yaml", stdin=typed, cwd=tmp_path)
    assert (told.returncode, told.stdout) == (5, "")
    assert told.stderr.endswith("Nothing has been answered, so there is no scenario.\n")
    assert not list(tmp_path.iterdir())


def test_a_bad_reply_counts_more_than_that_nothing_was_answered(run: Run, tmp_path: Path) -> None:
    told = run("interview", stdin=b"perhaps so\n", cwd=tmp_path)
    assert (told.returncode, told.stdout) == (3, "")
    assert "[bad-reply]" in told.stderr


def test_the_file_names_the_pack_and_the_lens_that_its_answer_needs(run: Run, tmp_path: Path) -> None:
    club = str(Path(__file__).parent / "packs" / "club")
    cases: list[tuple[list[str], bytes, dict[str, str]]] = [
        (["--pack", club], b"yes\n", {}),
        (["--lens", "documents"], b"airstrike\n", {"AUTHCHECK_LENS": "ali"}),
    ]
    for arguments, reply, settings in cases:
        told = run("interview", *arguments, "--out", "m.yaml", "--force", stdin=reply, cwd=tmp_path, **settings)
        command = (tmp_path / "m.yaml").read_text(encoding="utf-8").splitlines()[1].removeprefix("#").strip()
        assert run(*shlex.split(command)[1:], cwd=tmp_path, **settings).stdout == told.stdout


def test_without_standard_input_nothing_is_answered(clean_environment: Mapping[str, str]) -> None:
    command = f"{sys.executable} -m authcheck interview <&-"
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=clean_environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr


def test_a_bad_reply_is_reported_with_its_line_and_the_next_is_taken(run: Run) -> None:
    told = run("interview", stdin=b"airstrke\n\nback\nairstrike\nquit\n")
    assert told.returncode == 3
    assert "<stdin>:1:1: error: `airstrke` is none of the values; did you mean `airstrike`? [bad-reply]" in told.stderr
    assert "<stdin>:3:1: error: there is no answer to take back [bad-reply]" in told.stderr
    assert told.stdout == run("interview", stdin=b"airstrike\nquit\n").stdout


@pytest.mark.parametrize("typed", [b"\xff\xfe\n", b"\x1b[A\n", "無人機\n".encode(), b"x" * 100_000 + b"\n"])
def test_no_reply_is_too_strange(typed: bytes, run: Run) -> None:
    told = run("interview", stdin=typed + b"airstrike\n")
    assert told.returncode == 3
    assert "\x1b" not in told.stderr
    assert max(map(len, told.stderr.splitlines())) < 1000
    assert told.stdout == run("interview", stdin=b"airstrike\n").stdout


def test_a_reply_too_many_is_reported(run: Run) -> None:
    typed = replies("bank-pressure")
    told = run("interview", stdin="\n".join([*typed, "", "no", "yes"]).encode())
    assert told.returncode == 3
    assert f"<stdin>:{len(typed) + 2}:1: error: nothing is left to ask" in told.stderr
    assert told.stdout == run("interview", stdin="\n".join(typed).encode()).stdout


def test_what_the_story_holds_beyond_its_facts_is_asked_last_and_written_to_the_file(run: Run, tmp_path: Path) -> None:
    beyond = ["The bank's own lawyers.", "financial-measure", "financial-measures, use-force-abroad", "none"]
    told = run(
        "interview", "--out", "told.yaml", stdin="\n".join([*replies("bank-pressure"), *beyond]).encode(), cwd=tmp_path
    )
    assert told.returncode == 3
    assert "`financial-measure` is no authority or power; did you mean `financial-measures`?" in told.stderr
    (part,) = shipped.scenario_in(tmp_path / "told.yaml").unmodelled
    assert (part.text, part.bears_on) == ("The bank's own lawyers", ("financial-measures", "use-force-abroad"))
    assert "apart from The bank's own lawyers" in told.stdout


def test_what_bears_on_nothing_that_is_named_is_reported_and_left_out(run: Run, tmp_path: Path) -> None:
    typed = "\n".join([*replies("bank-pressure"), "the bank's own lawyers"])
    told = run("interview", "--out", "told.yaml", stdin=typed.encode(), cwd=tmp_path)
    assert told.returncode == 3
    assert "nothing is named on which it bears, so it is left out" in told.stderr
    assert not shipped.scenario_in(tmp_path / "told.yaml").unmodelled


def test_json_is_the_answer_alone_and_the_file_is_not_lost(run: Run, tmp_path: Path) -> None:
    told = run("interview", "-f", "json", stdin=b"airstrike\n")
    assert json.loads(told.stdout)["schema"] == "authcheck.answer/2"
    (tmp_path / "interview.yaml").write_text(told.stderr[told.stderr.index("# Written by") :], encoding="utf-8")
    assert run("evaluate", "interview.yaml", "-f", "json", cwd=tmp_path).stdout == told.stdout


# What it starts from and ends with.


def test_a_scenario_is_gone_on_with(run: Run, tmp_path: Path) -> None:
    told = run("interview", "--from", "bank-pressure", "--out", "more.yaml", stdin=b"yes\n", cwd=tmp_path)
    assert told.returncode == 0
    assert "1. Does the United States use armed force" in told.stderr
    file = (tmp_path / "more.yaml").read_text(encoding="utf-8")
    assert "as_of: 2025-02-25" in file
    assert "  target_type: financial_institution\n" in file
    assert "  uses_armed_force: true\n" in file
    # What was expected was expected of other facts.
    assert "expect" not in file
    assert run("evaluate", "more.yaml", cwd=tmp_path).stdout == told.stdout


def test_what_a_scenario_leaves_open_can_all_be_told(run: Run, tmp_path: Path) -> None:
    left = session("drone-attack")[-1][0]
    (tmp_path / "done.yaml").write_text(
        scenario_file(Scenario("done", "Done", HERE, "", left.facts)), encoding="utf-8", newline="\n"
    )
    told = run("interview", "--from", "done.yaml", cwd=tmp_path)
    assert told.returncode == 0
    assert told.stderr == f"\nNo other fact can matter: all {len(PACK.authorities)} verdicts are settled.\n\n"


def test_what_no_text_file_holds_is_written_all_the_same(run: Run, tmp_path: Path) -> None:
    text = 'scenario: "one\\u0085 two"\ndescription: "a\\u009b b\\u2028"\nfacts: {operation_type: airstrike}\n'
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    told = run("interview", "--from", "odd.yaml", "--out", "told.yaml", cwd=tmp_path)
    assert told.returncode == 0
    assert run("evaluate", "told.yaml", cwd=tmp_path).stdout == told.stdout


def test_the_file_says_how_to_have_its_answer_again(run: Run, tmp_path: Path) -> None:
    arguments = ["--lens", "ali", "--reading", "article-51-threat=attack-alone"]
    told = run("interview", *arguments, "--out", "a b.yaml", stdin=b"airstrike\n", cwd=tmp_path)
    command = (tmp_path / "a b.yaml").read_text(encoding="utf-8").splitlines()[1].removeprefix("#").strip()
    assert command == "authcheck evaluate 'a b.yaml' --lens ali --reading article-51-threat=attack-alone"
    assert run(*shlex.split(command)[1:], cwd=tmp_path).stdout == told.stdout


@pytest.mark.parametrize(
    "settings",
    [
        {"AUTHCHECK_AS_OF": "2026-06-01"},
        {"AUTHCHECK_UNSTATED": "absent"},
        {"AUTHCHECK_UNSTATED": "unknown"},
        {"AUTHCHECK_LENS": "waxman"},
    ],
    ids=str,
)
def test_the_environment_settles_the_same_for_the_interview_and_the_file(
    settings: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    typed = b"airstrike\nskip\nskip\nskip\n"
    told = run("interview", "--out", "told.yaml", stdin=typed, cwd=tmp_path, **settings)
    assert told.returncode == 0
    assert run("evaluate", "told.yaml", cwd=tmp_path, **settings).stdout == told.stdout


def test_the_options_stand_in_the_file(run: Run, tmp_path: Path) -> None:
    arguments = ["--as-of", "2025-03-01", "--unstated", "absent", "--title", "  A\x1b raid: #1\n"]
    told = run("interview", *arguments, "--out", "told.yaml", stdin=b"airstrike\n", cwd=tmp_path)
    file = (tmp_path / "told.yaml").read_text(encoding="utf-8")
    assert 'scenario: "A\ufffd raid: #1"\nas_of: 2025-03-01\nunstated: absent\n' in file
    assert run("evaluate", "told.yaml", cwd=tmp_path).stdout == told.stdout


def test_a_file_is_not_written_over_unless_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "told.yaml"
    path.write_text("mine\n", encoding="utf-8")
    refused = run("interview", "--out", "told.yaml", stdin=b"airstrike\n", cwd=tmp_path)
    assert refused.returncode == 2
    assert "`told.yaml` exists; `--force` writes over it" in " ".join(refused.stderr.split())
    # Nothing has been asked.
    assert "What is the main thing" not in refused.stderr
    assert path.read_text(encoding="utf-8") == "mine\n"

    forced = run("interview", "--out", "told.yaml", "--force", stdin=b"airstrike\n", cwd=tmp_path)
    assert forced.returncode == 0
    assert "operation_type: airstrike" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("out", "sentence"),
    [("-", "`-` is no file"), (".", "`.` is no file"), ("no/told.yaml", "there is no folder `no`")],
)
def test_a_file_that_cannot_be_is_told_before_anything_is_asked(
    out: str, sentence: str, run: Run, tmp_path: Path
) -> None:
    refused = run("interview", "--out", out, stdin=b"airstrike\n", cwd=tmp_path)
    assert refused.returncode == 2
    assert sentence in " ".join(refused.stderr.split())
    assert "What is the main thing" not in refused.stderr


@pytest.mark.parametrize(
    ("start", "status", "sentence"),
    [
        ("-", 2, "standard input holds the replies"),
        ("several", 2, "`several` holds several scenarios"),
        ("bank-presure", 3, "did you mean `bank-pressure`?"),
        ("bad.yaml", 3, "bad.yaml:3:3: error: `operation_typ` is no fact"),
        ("torn.yaml", 3, "no situation has these facts together"),
    ],
)
def test_a_start_that_cannot_be_is_told(start: str, status: int, sentence: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "several").mkdir()
    for name in ("one", "two"):
        (tmp_path / "several" / f"{name}.yaml").write_text("scenario: x\nfacts: {}\n", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("scenario: x\nfacts:\n  operation_typ: training\n", encoding="utf-8")
    torn = "scenario: x\nfacts: {operation_type: airstrike, uses_armed_force: false}\n"
    (tmp_path / "torn.yaml").write_text(torn, encoding="utf-8")
    refused = run("interview", "--from", start, cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (status, "")
    assert sentence in " ".join(refused.stderr.split())


def test_a_file_that_appears_in_the_meantime_is_spared_and_nothing_is_lost(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "told.yaml"
    hold = Conversation.hold

    def held_while_somebody_writes(self: Conversation) -> None:
        hold(self)
        path.write_text("theirs\n", encoding="utf-8")

    monkeypatch.setattr(Conversation, "hold", held_while_somebody_writes)
    told = run("interview", "--out", "told.yaml", stdin=b"airstrike\n", cwd=tmp_path)
    assert told.returncode == 3
    assert "`told.yaml` has been made in the meantime" in told.stderr
    assert path.read_text(encoding="utf-8") == "theirs\n"
    assert "\n  operation_type: airstrike\n" in told.stdout


def test_the_file_is_there_even_if_nobody_reads_the_answer(
    clean_environment: Mapping[str, str], tmp_path: Path
) -> None:
    command = f"{sys.executable} -m authcheck interview --out told.yaml 2>/dev/null | true"
    subprocess.run(
        ["/bin/sh", "-c", command], input=b"airstrike\n", cwd=tmp_path, env=clean_environment, timeout=60, check=True
    )
    assert "operation_type: airstrike" in (tmp_path / "told.yaml").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["told.yaml"]


# At a terminal.


@pytest.fixture
def terminal(clean_environment: Mapping[str, str], tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Return a function that begins an interview at a terminal."""
    begun: list[Terminal] = []

    def terminal(*arguments: str) -> Terminal:
        begun.append(Terminal("interview", *arguments, cwd=tmp_path, environment=clean_environment))
        return begun[-1]

    yield terminal
    for interviewed in begun:
        interviewed.close()


def test_somebody_is_interviewed_at_a_terminal(terminal: Callable[..., Terminal], run: Run, tmp_path: Path) -> None:
    at = terminal("--out", "told.yaml")
    assert at.seen.endswith("\nTitle of the scenario [Interview]: ")
    assert "1. What is the main thing" in at.type("Two banks")

    assert "decides whether these are engaged" in at.type("why")
    assert "`skip` leaves `operation_type` out of the scenario" in at.type("?")
    refused = at.type("bnks")
    assert "`bnks` is none of the values" in refused
    # The question is asked again, its values are not.
    assert "\n1. What is the main thing" in refused
    assert "domestic_preparation" not in refused

    assert "operation_type: financial_measures · settled: 0 of 17" in at.type("fin")
    assert "fto_designation_in_effect: unknown" in at.type("don't know")
    assert "financial_measure: pressure · settled: 1 of 17" in " ".join(at.type("pressure").split())
    told = " ".join(at.type("no").split())
    assert "uses_armed_force: no · settled: 1 of 17 verdicts · narrowed: " in told
    assert re.search(r"at most \d+ questions left", told)
    assert "taken back: uses_armed_force" in at.type("back")
    assert "4. Does the United States use armed force" in at.seen
    assert "uses_armed_force: unknown" in at.type("don't know")
    assert "5. Do armed forces, the CIA or agents do something military" in at.type("back", "no")
    told = " ".join(at.type("no").split())
    newly = told.partition("now not engaged: ")[2].partition(" · ")[0].split("; ")
    assert "Article II, the president's own power" in newly
    assert "Another approval by Congress of these operations" in newly
    assert "specific-authorization" not in told
    assert "6. Who carries it out?" in told
    assert "operation_location: united_states" in at.type("us_treasury", "1")
    assert "training_or_advising_used: skipped" in at.type("no", "no", "skip")
    at.type("no", "no")
    assert "What does the story hold that nothing asked for?" in at.seen
    assert "`yes`" not in at.type("the bank's own lawyers")
    assert "`financial-measures`?" in at.type("financial-measure")
    assert "Financial measures" in at.type("?")
    at.type("financial-measures")
    shown = at.type("none")

    assert "Nothing is left to ask: 16 of 17 verdicts are settled." in shown
    assert "Two banks" in shown
    assert "apart from the bank's own lawyers" in " ".join(shown.split())
    assert "The scenario is in told.yaml. The same answer again: authcheck evaluate" in shown
    assert at.end() == 0
    assert max(map(cell_len, at.seen.splitlines())) <= 80
    answer = run("evaluate", "told.yaml", columns=80, cwd=tmp_path, NO_COLOR="1").stdout
    assert ESCAPE.sub("", answer) in shown


def test_the_end_of_input_at_a_terminal_ends_it_early(terminal: Callable[..., Terminal]) -> None:
    at = terminal("--title", "Early")
    at.type("airstrike")
    shown = at.type("\x04")
    assert "Ended early: 0 of 17 verdicts are settled." in shown
    assert "The scenario file (save it as interview.yaml)" in shown
    assert at.end() == 0


@pytest.mark.parametrize("out", [["--out", "told.yaml"], []], ids=["to a file", "to the screen"])
def test_what_has_been_answered_survives_an_interruption(
    out: list[str], terminal: Callable[..., Terminal], run: Run, tmp_path: Path
) -> None:
    at = terminal("--title", "Cut", *out)
    at.type("airstrike", "us_armed_forces")
    shown = at.interrupt()
    assert at.end() == 130
    assert "Interrupted. What has been answered is" in shown
    assert "It would rely on" not in shown
    if out:
        file = (tmp_path / "told.yaml").read_text(encoding="utf-8")
    else:
        file = shown[shown.index("# Written by") :]
        (tmp_path / "told.yaml").write_text(file, encoding="utf-8")
    assert "\n  operation_type: airstrike\n" in file
    assert "\n  conducting_element: us_armed_forces\n" in file
    assert run("evaluate", "told.yaml", cwd=tmp_path).returncode == 0


def test_what_has_been_answered_survives_an_end_from_outside(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    at = terminal("--title", "Cut", "--out", "told.yaml")
    at.type("airstrike", "us_armed_forces")
    at.process.terminate()
    assert at.end() == 143
    assert "\n  operation_type: airstrike\n" in (tmp_path / "told.yaml").read_text(encoding="utf-8")


def test_an_interruption_before_the_first_answer_leaves_nothing(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    at = terminal("--out", "told.yaml")
    at.interrupt()
    assert at.end() == 130
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("columns", [80, 120])
def test_every_line_fits_the_screen(columns: int, run: Run) -> None:
    typed = "\n".join(["A title", *(word for text in replies("cia-team") for word in ("?", "why", text))])
    told = run("interview", stdin=typed.encode(), columns=columns)
    assert told.returncode == 0
    # Nothing shows what is typed, so that the next line stands behind the prompt.
    shown = re.sub("^> ", "", ESCAPE.sub("", told.stdout), flags=re.MULTILINE)
    answer = shown.partition("\nThe scenario file")[0]
    assert max(map(cell_len, answer.splitlines())) <= columns


def test_plain_has_no_colour_and_no_wrapping(run: Run) -> None:
    typed = b"A title\nairstrike\nwhy\nquit\n"
    shown = run("interview", "--plain", stdin=typed, columns=80)
    assert "\x1b" not in shown.stdout + shown.stderr
    piped = run("interview", "--title", "A title", stdin=typed.partition(b"\n")[2])
    assert piped.stdout in shown.stdout


# What people say.


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("navy seals", "us_special_operations_forces"),
        ("SEAL  Team-6", "us_special_operations_forces"),
        ("CIA team", "cia_special_operations_group"),
        ("2", "us_special_operations_forces"),
        *((words, "unknown") for words in ("dont know", "I don’t know", "idk", "not sure")),
    ],
)
def test_what_people_call_a_value_is_understood(said: str, value: str, run: Run) -> None:
    done = run("interview", stdin=f"airstrike\n{said}\nquit\n".encode())
    assert done.returncode == 0
    assert f"conducting_element: {value}\n" in done.stdout.partition("The scenario file")[2]
    if not said.isdecimal():
        command = ("evaluate", "drone-attack", "--set", f"conducting_element={said}", "-f", "json")
        stated = json.loads(run(*command).stdout)["facts"]["conducting_element"]
        # What is not known of it may still be narrowed by the other facts.
        assert stated["origin"] == ("unknown" if value == "unknown" else "stated")
        assert value in {"unknown", stated["value"]}


@pytest.mark.parametrize(("arguments", "settings"), [(["--plain"], {}), ([], {"AUTHCHECK_ACCESSIBLE": "1"})], ids=str)
def test_for_a_screen_reader_every_reply_has_a_number(arguments: list[str], settings: dict[str, str], run: Run) -> None:
    done = run("interview", "--pack", "tests/packs/club", *arguments, stdin=b"1\n2\nquit\n", **settings)
    assert done.returncode == 0
    assert "Question 1. Is a party held? (1 or 2)\n   1 yes\n   2 no\nReply: 1\n" in done.stderr
    assert "party_held: true\n" in done.stdout
    # The second value of the second question.
    assert "Reply: 2\n" in done.stderr
    assert "garden: half_open\n" in done.stdout


def test_elsewhere_yes_and_no_have_no_number(run: Run) -> None:
    done = run("interview", "--pack", "tests/packs/club", stdin=b"1\nquit\n")
    assert "`1` is neither yes nor no" in done.stderr
