"""The tree under a verdict: its shape, its words, and what it shows to be open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from authcheck.answer import decide
from authcheck.answer.answer import Answer, Finding, Kind, Outcome
from authcheck.answer.findings import condition_text, positioned
from authcheck.diagnostics import Place
from authcheck.model import condition
from authcheck.model.authority import Element, Ground, Rule
from authcheck.model.condition import AllOf, AnyOf, Constant, InForce, Not, Range, Term, Truth
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact
from authcheck.model.verdict import Verdict

Ask = Callable[..., Answer]

PLACE = Place("ship.yaml", 1, 1)
STORM = condition.Test("storm", ("warned", "raging"))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Constant(Truth.TRUE), "true"),
        (Constant(Truth.SILENT), "silent"),
        (condition.Test("seaworthy", (True,)), "seaworthy: yes"),
        (condition.Test("seaworthy", (False,)), "seaworthy: no"),
        (STORM, "storm: warned or raging"),
        (condition.Test("days", (), Range(61)), "days: at least 61"),
        (condition.Test("days", (), Range(0, 60)), "days: at most 60"),
        (condition.Test("days", (), Range(4, 5)), "days: 4 to 5"),
        (condition.Test("days", (), Range(4, 4)), "days: 4"),
        (InForce("old-charter"), "old-charter is in force"),
        (AllOf((STORM,)), "all of these"),
        (AnyOf((STORM,)), "any of these"),
        (Not(STORM), "not"),
        (Term("bad-weather", "A storm is coming or here.", STORM), "A storm is coming or here."),
    ],
)
def test_a_condition_is_said_in_the_words_of_the_vocabulary(one: condition.Condition, words: str) -> None:
    assert condition_text(one) == words


def sketch(finding: Finding) -> list[object]:
    """Return the kinds, identifiers and outcomes of a tree."""
    return [f"{finding.kind.value} {finding.id} {finding.outcome.value}", *(sketch(one) for one in finding.parts)]


def test_a_tree_asks_first_whether_it_is_engaged_then_what_takes_it_away_then_its_grounds(ask: Ask) -> None:
    tree = ask("facts: {entering: true, permit: granted, seaworthy: true, pilot_aboard: true, fee_paid: true}")

    act = tree.authorities["harbour-act"].tree
    assert (act.kind, act.id, act.text, act.outcome) == (Kind.AUTHORITY, "harbour-act", "The Harbour Act", Outcome.TRUE)
    assert [(one.kind.value, one.id, one.outcome.value) for one in act.parts] == [
        ("governs", "governs", "true"),
        ("in-force", "in-force", "true"),
        ("exception", "wreck", "false"),
        ("ground", "leave", "true"),
        ("ground", "town", "false"),
    ]
    assert [(one.kind.value, one.id) for one in act.parts[3].parts] == [
        ("element", "permit-granted"),
        ("element", "pilot"),
        ("exception", "overstay"),
    ]


def test_each_finding_of_a_tree_has_a_position_of_its_own(ask: Ask) -> None:
    facts = "entering: true, seaworthy: true, fee_paid: true, permit: refused, storm: raging"
    answer = ask(f"facts: {{{facts}}}", lens="all")
    act, shelter = (dict(positioned(answer.authorities[name].tree)) for name in ("harbour-act", "storm-shelter"))

    assert [(ground, kind.value, id) for ground, kind, id in act] == [
        ("", "governs", "governs"),
        ("", "in-force", "in-force"),
        ("", "exception", "wreck"),
        ("leave", "ground", "leave"),
        ("leave", "element", "permit-granted"),
        ("leave", "element", "pilot"),
        ("leave", "exception", "overstay"),
        ("town", "ground", "town"),
        ("town", "element", "charter"),
    ]
    assert ("", Kind.DISPLACEMENT, "The law alone counts.") in shelter
    assert all(one.id == position[2] for position, one in act.items())


def test_every_part_of_a_condition_is_a_finding_and_each_test_names_its_fact(ask: Ask) -> None:
    answer = ask("facts: {entering: true, storm: warned, seaworthy: unknown, pilot_aboard: true}")

    wreck = answer.authorities["harbour-act"].tree.parts[2]
    assert sketch(wreck) == [
        "exception wreck unknown",
        [
            "all all unknown",
            [
                "term bad-weather true",
                ["any any true", ["test test true"], ["test test false"]],
            ],
            ["not not unknown", ["test test unknown"]],
        ],
    ]
    term, negation = wreck.parts[0].parts
    assert (term.text, term.passages) == ("A storm is coming or here.", ("gazette-shelter",))
    assert (negation.parts[0].facts, negation.parts[0].text) == (("seaworthy",), "seaworthy: yes")
    assert negation.parts[0].truths == (Truth.TRUE, Truth.FALSE)


def test_a_rule_shows_what_it_leaves_out_and_where_the_sources_are_silent(ask: Ask) -> None:
    grounds = ask("facts: {entering: true, permit: sought}").authorities["harbour-act"].tree.parts[3:]

    permit = grounds[0].parts[0]
    assert sketch(permit) == [
        "element permit-granted silent",
        ["test test false"],
        ["silent-when silent-when true", ["test test true"]],
    ]
    assert permit.silence == "Nobody says whether asking is enough."
    assert sketch(grounds[1].parts[0]) == [
        "element charter false",
        ["in-force in-force false"],
        ["unless unless silent", ["constant constant silent"]],
    ]


def test_a_contested_element_shows_the_admitted_readings_each_with_its_own_truth(ask: Ask) -> None:
    text = "facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: 2}"

    def readings(lens: str) -> dict[str, str]:
        act = ask(text, lens=lens).authorities["harbour-act"].tree
        return {one.id: one.outcome.value for one in act.parts[3].parts[1].parts}

    both = {"pilots=strict": "false", "pilots=relaxed": "true"}
    assert readings("documents") == both
    assert readings("all") == {**both, "pilots=none": "not-asked"}
    # The lens of one holder has one reading, and so nothing on which to part.
    alone = ask(text, lens="master").authorities["harbour-act"].tree.parts[3].parts[1]
    assert (sketch(alone)[0], alone.by_reading) == ("element pilot false", ())


def test_a_finding_on_which_readings_part_and_facts_are_open_is_unknown_and_says_both(ask: Ask) -> None:
    answer = ask("facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: {at_most: 3}}", lens="all")
    settled = answer.authorities["harbour-act"].tree.parts[3].parts[1]
    assert settled.outcome is Outcome.CONTESTED

    answer = ask("facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: [2, 9]}", lens="all")
    pilot = answer.authorities["harbour-act"].tree.parts[3].parts[1]
    assert pilot.outcome is Outcome.UNKNOWN
    assert pilot.truths == (Truth.TRUE, Truth.FALSE)
    assert {one.readings["pilots"]: one.truths for one in pilot.by_reading} == {
        "strict": (Truth.FALSE,),
        "relaxed": (Truth.TRUE, Truth.FALSE),
        "none": (),
    }


def test_what_a_reading_does_not_ask_bars_nothing_there_and_is_not_called_met(ask: Ask) -> None:
    text = "facts: {entering: true, permit: granted, pilot_aboard: false, crew_size: 2}"
    act = ask(text, readings={"pilots": "none"}).authorities["harbour-act"]
    pilot = act.tree.parts[3].parts[1]

    assert act.verdict is Verdict.AVAILABLE
    assert (pilot.outcome, pilot.truths, pilot.by_reading) == (Outcome.NOT_ASKED, (), ())

    both = (
        ask(text.replace("aboard: false", "aboard: true"), lens="all").authorities["harbour-act"].tree.parts[3].parts[1]
    )
    assert both.outcome is Outcome.TRUE
    assert [one.truths for one in both.by_reading] == [(Truth.TRUE,), (Truth.TRUE,), ()]


def test_a_ground_that_no_admitted_reading_knows_is_not_shown(ask: Ask) -> None:
    text = "facts: {entering: true, permit: sought, storm: raging}"

    def kinds(lens: str) -> list[str]:
        return [one.kind.value for one in ask(text, lens=lens).authorities["storm-shelter"].tree.parts]

    assert kinds("all") == ["governs", "displacement", "displacement", "ground"]
    assert kinds("text") == ["governs", "displacement", "displacement"]
    assert kinds("documents") == ["governs", "displacement", "ground"]


def test_an_element_that_cites_a_silence_without_words_shows_none(harbour: Pack) -> None:
    element = Element("quiet", "It is quiet.", ("act-1",), PLACE, Rule(Constant(Truth.SILENT)))
    charter = replace(
        harbour.authorities["old-charter"],
        in_force=None,
        grounds=(Ground("ground", "A ground", (element,), PLACE),),
    )
    pack = replace(harbour, authorities={**harbour.authorities, "old-charter": charter})
    entering = StatedFact("entering", PLACE, values=(True,))

    answer = decide(pack, Scenario("ship", "A ship", PLACE, "", {"entering": entering}))

    tree = answer.authorities["old-charter"].tree
    assert sketch(tree) == [
        "authority old-charter silent",
        ["ground ground silent", ["element quiet silent", ["constant constant silent"]]],
    ]
    assert tree.parts[0].parts[0].silence == ""
