"""What an answer says of each authority, and why."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from authcheck.answer import Decider, decide
from authcheck.answer.answer import Answer, Attention, Finding, Outcome
from authcheck.answer.building import answer_of
from authcheck.answer.reasons import unsettled, unsettled_in
from authcheck.decision.decision import DaySource
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.worlds import TOO_LARGE
from authcheck.loading.scenarios import build_scenario
from authcheck.model import condition
from authcheck.model.authority import Authority, Rule
from authcheck.model.condition import Truth
from authcheck.model.fact import Fact, FactKind, FactType
from authcheck.model.pack import Pack
from authcheck.model.period import Period
from authcheck.model.scenario import Scenario, StatedFact
from authcheck.model.source import DocumentClass
from authcheck.model.verdict import Need, Verdict

Ask = Callable[..., Answer]

CALM = "entering: true, seaworthy: true, fee_paid: true"
PERMITTED = f"{CALM}, permit: granted, pilot_aboard: true"

PLACE = Place("ship.yaml", 2, 3)
SCENARIO = Scenario("ship", "A ship", PLACE, "sha256:ship", {"entering": StatedFact("entering", PLACE, values=(True,))})


def walk(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from walk(part)


def with_authority(pack: Pack, authority: Authority) -> Pack:
    return replace(pack, authorities={**pack.authorities, authority.authority: authority})


def found_in(answer: Answer, authority: str, id: str) -> Finding:
    return next(one for one in walk(answer.authorities[authority].tree) if one.id == id)


# --- verdicts and their reasons


def test_an_available_authority_names_the_ground_that_holds(ask: Ask) -> None:
    answer = ask(f"facts: {{{PERMITTED}}}")

    act = answer.authorities["harbour-act"]
    assert (act.verdict.value, act.reason) == ("available", "Leave of the harbour.")
    assert act.in_effect == "Leave to enter is in effect."
    assert answer.relies_on == ("harbour-act",)
    assert act.still_needed == ()


def test_an_authority_is_not_engaged_where_nothing_of_its_kind_is_done(ask: Ask) -> None:
    answer = ask("facts: {permit: granted}")

    act = answer.authorities["harbour-act"]
    assert (act.verdict.value, act.reason) == ("not-engaged", "No ship enters.")
    assert (act.weakest, act.rests_on, act.in_effect) == (None, (), "")


def test_an_authority_that_another_displaces_says_by_what(ask: Ask) -> None:
    shelter = ask(f"facts: {{{PERMITTED}, storm: raging}}").authorities["storm-shelter"]

    assert (shelter.verdict.value, shelter.reason) == ("not-engaged", "Leave has been granted.")


def test_a_displacement_on_one_reading_is_shown_under_that_reading(ask: Ask) -> None:
    answer = ask(f"facts: {{{CALM}, permit: refused, storm: raging}}", lens="all")

    displaced = found_in(answer, "storm-shelter", "displaced-by")
    assert answer.authorities["storm-shelter"].verdict.value == "contested"
    assert displaced.text == "Leave has been granted."
    law_alone = answer.authorities["storm-shelter"].tree.parts[2]
    assert law_alone.text == "The law alone counts."
    assert {one.readings["shelter"]: one.truths for one in law_alone.by_reading} == {
        "opens": (Truth.FALSE,),
        "closed": (Truth.TRUE,),
    }


def test_an_unavailable_authority_names_the_element_that_fails(ask: Ask) -> None:
    act = ask(f"facts: {{{CALM}, permit: refused, pilot_aboard: true}}").authorities["harbour-act"]

    assert act.verdict.value == "unavailable"
    assert [cause.parts for cause in act.because] == [("permit-granted",), ("charter",)]
    assert act.reason == "Not met: The permit has been granted. Not met: The old charter is in force."


def test_an_exception_that_always_holds_is_named_too(ask: Ask) -> None:
    answer = ask("facts: {entering: true, permit: [granted, refused], storm: raging, seaworthy: false}")

    act = answer.authorities["harbour-act"]
    assert [cause.parts for cause in act.because] == [("wreck",), ("charter", "wreck")]
    assert act.reason == "The ship would sink at the quay. Not met: The old charter is in force."


def test_the_smallest_set_is_named_of_which_one_always_fails(harbour: Pack) -> None:
    facts = {
        **harbour.facts,
        "pilot_aboard": replace(
            harbour.facts["pilot_aboard"],
            implies={"true": condition.Test("permit", ("refused",))},
        ),
    }
    pack = replace(harbour, facts=facts)
    act = decide(pack, SCENARIO, lens="master").authorities["harbour-act"]

    assert act.verdict.value == "unavailable"
    assert [(cause.parts, cause.one_of) for cause in act.because] == [
        (("permit-granted", "pilot"), True),
        (("charter",), False),
    ]
    assert act.reason.startswith("One of these at least: Not met: The permit has been granted. Not met: A pilot is")


def test_what_fails_on_one_reading_alone_is_no_reason_where_something_fails_on_every_one(ask: Ask) -> None:
    act = ask(f"facts: {{{CALM}, permit: refused, pilot_aboard: false}}", lens="all").authorities["harbour-act"]

    assert act.verdict.value == "unavailable"
    assert act.reason == "Not met: The permit has been granted. Not met: The old charter is in force."


def test_where_each_reading_is_failed_by_something_else_the_reason_says_on_which(harbour: Pack) -> None:
    act = harbour.authorities["harbour-act"]
    leave, town = act.grounds
    pilot = next(one for one in leave.elements if one.element == "pilot")
    # Who asks for no pilot asks for a storm.
    storm = Rule(condition.Test("storm", ("raging",)))
    elements = (pilot, replace(pilot, element="storm", text="A storm rages.", readings={"none": storm}))
    asked = replace(act, grounds=(replace(leave, elements=elements, exceptions=()), town), exceptions=())
    facts = {name: StatedFact(name, PLACE, values=(False,)) for name in ("pilot_aboard", "fee_paid")}
    facts["storm"] = StatedFact("storm", PLACE, values=("none",))
    facts["crew_size"] = StatedFact("crew_size", PLACE, ranges=(condition.Range(9, 9),))
    scenario = replace(SCENARIO, facts={**SCENARIO.facts, **facts})

    found = decide(with_authority(harbour, asked), scenario, lens="all").authorities["harbour-act"]

    assert found.verdict.value == "unavailable"
    assert [(cause.parts, cause.on) for cause in found.because] == [
        (("pilot",), {"pilots": ("strict", "relaxed")}),
        (("storm",), {"pilots": ("none",)}),
        (("charter",), {}),
    ]
    assert "): Not met: A storm rages." in found.reason


def test_an_authority_without_a_ground_on_any_admitted_reading_gives_that_reading_as_the_reason(ask: Ask) -> None:
    shelter = ask(f"facts: {{{CALM}, permit: sought, storm: raging}}", lens="text").authorities["storm-shelter"]

    assert (shelter.verdict.value, shelter.because) == ("unavailable", ())
    assert shelter.reason == "Nothing but leave opens a harbour."
    assert [(one.reading, one.holders, one.verdict.value) for one in shelter.left_out] == [
        ("opens", ("keeper",), "available")
    ]


@pytest.mark.parametrize(
    ("day", "verdict", "reason"),
    [
        ("1999-12-31", "unavailable", "Its law begins on 2000-01-01."),
        ("2000-01-01", "available", "Leave of the harbour."),
        ("2025-12-31", "available", "Leave of the harbour."),
        ("2026-01-01", "unavailable", "Not in force since 2026-01-01."),
    ],
)
def test_an_authority_holds_from_its_first_day_to_the_day_before_its_end(
    ask: Ask, day: str, verdict: str, reason: str
) -> None:
    answer = ask(f"as_of: {day}\nfacts: {{{PERMITTED}}}")

    assert answer.authorities["harbour-act"].verdict.value == verdict
    assert answer.authorities["harbour-act"].reason == reason
    assert found_in(answer, "harbour-act", "in-force").text == (
        "in force from 2000-01-01 until 2026-01-01, when it no longer is"
    )


def test_an_authority_without_a_first_day_shows_its_end(harbour: Pack) -> None:
    ends = Period(("act-9",), over=datetime.date(2026, 1, 1))
    act = replace(harbour.authorities["harbour-act"], in_force=ends)

    answer = decide(with_authority(harbour, act), SCENARIO)

    found = found_in(answer, "harbour-act", "in-force")
    assert (found.text, found.passages) == ("in force until 2026-01-01, when it no longer is", ("act-9",))


def test_a_rule_may_turn_on_what_is_in_force(ask: Ask) -> None:
    answer = ask(
        f"facts: {{{CALM}, permit: granted, pilot_aboard: false, crew_size: 2}}", as_of=datetime.date(2030, 1, 1)
    )

    assert answer.verdicts["old-charter"].value == "available"
    assert answer.receipt.as_of_from is DaySource.OPTION
    assert found_in(answer, "old-charter", "in-force").text == "in force from 2030-01-01"


def test_a_silent_authority_says_what_the_sources_leave_open(ask: Ask) -> None:
    act = ask(f"facts: {{{CALM}, permit: sought, pilot_aboard: true}}").authorities["harbour-act"]

    assert (act.verdict.value, act.reason) == ("silent", "Nobody says whether asking is enough.")


def test_a_silence_is_that_of_a_ground_that_is_silent(harbour: Pack) -> None:
    charter = harbour.authorities["old-charter"]
    (town,) = charter.grounds
    silent = Rule(condition.Constant(condition.Truth.SILENT), silence="It goes without saying.")
    other = Rule(condition.Constant(condition.Truth.SILENT), silence="It is beside the point.")
    never = Rule(condition.Constant(condition.Truth.FALSE))
    element = town.elements[0]
    failed = replace(town, elements=(replace(element, rule=other), replace(element, element="never", rule=never)))
    left = replace(town, ground="left", elements=(replace(element, rule=silent),))
    charter = replace(charter, in_force=None, grounds=(failed, left))

    answer = decide(with_authority(harbour, charter), SCENARIO)

    assert answer.authorities["old-charter"].reason == "It goes without saying."


def test_the_silence_is_that_of_the_reading_that_is_silent(ask: Ask) -> None:
    answer = ask(f"facts: {{{CALM}, permit: granted, pilot_aboard: false, crew_size: 4}}")

    act = answer.authorities["harbour-act"]
    assert {one.readings["pilots"]: one.verdict.value for one in act.readings} == {
        "strict": "unavailable",
        "relaxed": "silent",
    }
    assert found_in(answer, "harbour-act", "pilot").silence == "Nobody says where a small crew ends."


def test_a_silence_without_words_is_said_in_general_ones(harbour: Pack) -> None:
    charter = harbour.authorities["old-charter"]
    (town,) = charter.grounds
    quiet = Rule(condition.Constant(condition.Truth.SILENT))
    element = replace(town.elements[0], rule=quiet)
    charter = replace(charter, in_force=None, grounds=(replace(town, elements=(element,)),))

    answer = decide(with_authority(harbour, charter), SCENARIO)

    assert answer.authorities["old-charter"].verdict.value == "silent"
    assert answer.authorities["old-charter"].reason == "The sources do not say."


# --- readings


def test_a_contested_authority_asks_the_question_on_which_its_readings_part(ask: Ask) -> None:
    answer = ask(f"facts: {{{CALM}, permit: granted, pilot_aboard: false, crew_size: 2}}")

    act = answer.authorities["harbour-act"]
    assert (act.verdict.value, act.reason) == ("contested", "Must a pilot be aboard?")
    assert act.crux == ("pilots",)
    assert {one.readings["pilots"]: one.verdict.value for one in act.readings} == {
        "strict": "unavailable",
        "relaxed": "available",
    }
    pilot = found_in(answer, "harbour-act", "pilot")
    assert pilot.outcome is Outcome.CONTESTED
    dispute = answer.disputes["pilots"]
    assert dispute.decides == ("harbour-act",)
    assert [name for name, one in dispute.readings.items() if one.admitted] == ["strict", "relaxed"]
    assert dispute.readings["strict"].reported_by == "The Harbour Gazette"
    assert answer.holders["captains"] == "the captains"


def test_a_reading_that_the_lens_leaves_out_is_named_where_it_would_change_the_verdict(ask: Ask) -> None:
    narrow = ask(f"facts: {{{CALM}, permit: granted, pilot_aboard: false, crew_size: 9}}")
    assert narrow.verdicts["harbour-act"].value == "unavailable"
    (left,) = narrow.authorities["harbour-act"].left_out
    assert (left.question, left.reading, left.holders, left.verdict.value) == ("pilots", "none", ("text",), "available")

    settled = ask(f"facts: {{{CALM}, permit: refused, pilot_aboard: false, crew_size: 9}}")
    assert settled.authorities["harbour-act"].left_out == ()


def test_a_holder_that_is_not_on_record_is_said_to_be_so(ask: Ask) -> None:
    answer = ask(f"facts: {{{PERMITTED}, storm: raging}}", lens="master")

    assert answer.authorities["harbour-act"].off_record == ()
    assert answer.authorities["storm-shelter"].off_record == ("shelter",)


def test_a_reading_that_is_chosen_counts_alone_whatever_the_lens_admits(ask: Ask) -> None:
    text = f"facts: {{{CALM}, permit: granted, pilot_aboard: false, crew_size: 9}}"
    chosen = ask(text, readings={"pilots": "none"})

    assert (ask(text).verdicts["harbour-act"].value, chosen.verdicts["harbour-act"].value) == (
        "unavailable",
        "available",
    )
    assert chosen.receipt.readings == {"pilots": "none"}
    assert [one.admitted for one in chosen.disputes["pilots"].readings.values()] == [False, False, True]
    assert (
        ask(f"facts: {{{PERMITTED}, storm: raging}}", lens="master", readings={"shelter": "closed"})
        .authorities["storm-shelter"]
        .off_record
        == ()
    )


def test_a_question_on_which_no_rule_turns_is_shown_with_its_authority(ask: Ask) -> None:
    colours = ask(f"facts: {{{PERMITTED}}}").disputes["colours"]
    assert (colours.shown_with, colours.decides, colours.note) == (("harbour-act",), (), "No rule turns on it.")

    assert "colours" not in ask("facts: {permit: granted}").disputes


# --- what is open


def test_an_undetermined_authority_names_the_facts_on_which_it_turns(ask: Ask) -> None:
    act = ask("facts: {entering: true, permit: unknown, pilot_aboard: true}").authorities["harbour-act"]

    assert act.verdict.value == "undetermined"
    assert [one.value for one in act.possible] == ["available", "silent", "unavailable"]
    assert act.still_needed == ("permit",)
    assert act.reason == "Turns on: What became of the permit?"
    assert act.attention is Attention.RAISED


def test_facts_that_move_only_together_are_needed_together(harbour: Pack) -> None:
    # Of three dials any two say where the third stands, so that no two worlds differ in one dial alone,
    # and wherever a dial stands, the lamp may be on or off.
    settings = {"a": 0, "b": 1, "c": 2}

    def dial(name: str, first: str, second: str) -> Fact:
        def stand(at: str) -> condition.Condition:
            pairs = itertools.product(settings, repeat=2)
            return either(
                both(first, one, second, other)
                for one, other in pairs
                if (settings[at] + settings[one] + settings[other]) % 3 == 0
            )

        values = {value: value for value in settings}
        implies = {value: stand(value) for value in settings}
        return Fact(name, "dials", FactKind.STATUS, FactType.CHOICE, "?", "?", PLACE, values, implies=implies)

    def both(first: str, one: str, second: str, other: str) -> condition.Condition:
        return condition.AllOf((condition.Test(first, (one,)), condition.Test(second, (other,))))

    def either(conditions: Iterable[condition.Condition]) -> condition.Condition:
        return condition.AnyOf(tuple(conditions))

    dials = {
        "one": dial("one", "two", "three"),
        "two": dial("two", "three", "one"),
        "three": dial("three", "one", "two"),
    }
    lamp = either(
        condition.AllOf(tuple(condition.Test(dial, (at,)) for dial in ("one", "two", "three"))) for at in settings
    )
    charter = replace(harbour.authorities["old-charter"], in_force=None, governs=lamp, grounds=())
    pack = replace(harbour, facts={**harbour.facts, **dials})

    found = decide(with_authority(pack, charter), SCENARIO).authorities["old-charter"]

    assert [one.value for one in found.possible] == ["unavailable", "not-engaged"]
    assert set(found.still_needed) == {"one", "two", "three"}


def test_attention_is_raised_by_a_fact_in_question_for_a_power_or_not_at_all(ask: Ask) -> None:
    raised = ask("facts: {entering: true, crew_size: 2}")
    in_question = ask("facts: {entering: true, cargo: oil}", as_of=datetime.date(2031, 1, 1))
    quiet = ask("facts: {entering: false}", as_of=datetime.date(2031, 1, 1))

    assert raised.authorities["harbour-act"].attention is Attention.RAISED
    assert in_question.authorities["old-charter"].attention is Attention.IN_QUESTION
    assert quiet.authorities["old-charter"].attention is Attention.QUIET
    assert quiet.authorities["harbour-act"].attention is None
    at_issue = [raised.authorities["harbour-act"], in_question.authorities["old-charter"]]
    assert [one.is_at_issue for one in (*at_issue, quiet.authorities["old-charter"])] == [True, True, False]
    assert not ask("facts: {entering: false}").authorities["harbour-act"].is_at_issue


# --- what a verdict rests on


def test_a_verdict_names_claims_reports_and_judgements_on_which_it_rests(ask: Ask) -> None:
    answer = ask(
        "facts: {entering: true, seaworthy: true, fee_paid: true, pilot_aboard: true,"
        " permit: {value: granted, status: claimed}}"
    )

    assert answer.authorities["harbour-act"].rests_on == ("permit", "seaworthy")
    assert answer.facts["permit"].status == "claimed"


def test_a_verdict_names_its_weakest_source_anonymous_ones_last(ask: Ask) -> None:
    act = ask(f"facts: {{{PERMITTED}}}").authorities["harbour-act"].weakest
    assert act is not None
    assert (act.passage, act.document_class, act.anonymous) == ("gazette-pilots", DocumentClass.REPORTING, False)

    shelter = ask(f"facts: {{{CALM}, permit: sought, storm: raging}}").authorities["storm-shelter"].weakest
    assert shelter is not None
    assert (shelter.speaker, shelter.anonymous) == ("A former lighthouse keeper", True)


def test_a_verdict_without_passages_rests_on_no_weakest_source(ask: Ask) -> None:
    text = ask(f"facts: {{{CALM}, permit: sought, storm: raging}}", lens="text")

    assert text.authorities["storm-shelter"].weakest is None


def test_what_is_shown_and_never_computed_is_carried_along(ask: Ask) -> None:
    answer = ask(f"facts: {{{PERMITTED}}}")
    act = answer.authorities["harbour-act"]

    assert [one.text for one in act.limits] == ["By day alone."]
    assert [one.text for one in act.notes] == ["The Act is old."]
    assert [one.text for one in act.not_said] == ["What a ship is."]
    assert [(one.power, one.misconception) for one in act.does_not_supply] == [
        ("unload", "Whoever may enter may unload.")
    ]
    assert "act-9" in act.passages
    assert answer.passages["act-9"].quote == "This Act is repealed."
    assert answer.passages["gazette-pilots"].document_class is DocumentClass.REPORTING


@pytest.mark.parametrize(
    ("storm", "holds"), [("none", None), ("raging", True), ("[none, raging]", False), ("[warned, raging]", True)]
)
def test_a_caution_holds_or_may_hold(ask: Ask, storm: str, holds: bool | None) -> None:  # noqa: FBT001
    answer = ask(f"facts: {{{PERMITTED}, storm: {storm}}}")

    assert {one.caution: one.holds for one in answer.cautions} == ({} if holds is None else {"rocks": holds})


# --- powers


def test_a_needed_power_names_its_sources_and_what_is_relied_on(ask: Ask) -> None:
    power = ask(f"facts: {{{PERMITTED}}}").powers["enter-harbour"]

    assert (power.needed.value, power.verdict and power.verdict.value, power.gap) == ("needed", "available", False)
    assert {name: one.value for name, one in power.sources.items()} == {
        "harbour-act": "available",
        "storm-shelter": "not-engaged",
    }
    assert power.through == {}


def test_a_power_that_nothing_asks_for_has_no_verdict(ask: Ask) -> None:
    unload = ask(f"facts: {{{PERMITTED}}}").powers["unload"]

    assert (unload.needed.value, unload.verdict, unload.possible, unload.gap) == ("not-needed", None, (), False)


def test_a_power_may_be_needed_perhaps(ask: Ask) -> None:
    assert ask("facts: {entering: unknown}").powers["enter-harbour"].needed.value == "perhaps"


def test_a_means_that_is_engaged_and_not_met_bars_the_power(ask: Ask) -> None:
    barred = ask("facts: {entering: true, seaworthy: true, permit: refused, storm: raging, pilot_aboard: false}")
    assert barred.verdicts["storm-shelter"].value == "available"
    assert barred.verdicts["pilot-boat"].value == "unavailable"
    assert barred.powers["enter-harbour"].gap
    assert barred.relies_on == ()

    led = ask("facts: {entering: true, seaworthy: true, permit: refused, storm: raging, pilot_aboard: true}")
    assert {name: one.value for name, one in led.powers["enter-harbour"].through.items()} == {"pilot-boat": "available"}
    assert led.relies_on == ("storm-shelter",)


def test_a_power_supplied_on_some_readings_alone_is_contested(ask: Ask) -> None:
    facts = f"facts: {{{PERMITTED}, cargo: oil}}"

    assert ask(facts).relies_on == ("harbour-act",)
    assert ask(facts, lens="documents").powers["unload"].possible[0].value == "available"
    contested = ask(facts, lens="all").powers["unload"]
    assert [one.value for one in contested.possible] == ["contested"]
    # The reading that supplies it is left out: no gap, since it is one on every reading or none.
    left_out = ask(facts, lens="text").powers["unload"]
    assert [one.value for one in left_out.possible] == ["unavailable"]
    assert (left_out.unsupplied, left_out.supplied_if_left_out, left_out.gap) == (True, True, False)
    assert {one.verdict.value for one in left_out.left_out} >= {"available"}


def test_a_source_is_relied_on_only_where_it_supplies_the_power_on_every_reading(ask: Ask) -> None:
    facts = f"facts: {{{PERMITTED.replace('entering: true', 'entering: false')}, cargo: grain}}"

    assert ask(facts).verdicts["harbour-act"] is ask(facts, lens="all").verdicts["harbour-act"] is Verdict.AVAILABLE
    assert ask(facts).relies_on == ("harbour-act",)
    assert ask(facts, lens="all").relies_on == ()


def test_a_power_is_contested_where_one_source_is_silent_and_another_holds_on_one_reading(harbour: Pack) -> None:
    shelter = replace(harbour.authorities["storm-shelter"], displaced_by=())
    without_boat = {name: one for name, one in harbour.authorities.items() if name != "pilot-boat"}
    pack = replace(harbour, authorities={**without_boat, "storm-shelter": shelter})
    text = f"scenario: A ship\nfacts: {{{CALM}, permit: granted, pilot_aboard: false, crew_size: 2, storm: warned}}"

    answer = decide(pack, build_scenario(text, "ship.yaml", pack))

    assert answer.verdicts["harbour-act"] is Verdict.CONTESTED
    assert answer.verdicts["storm-shelter"] is Verdict.SILENT
    assert answer.powers["enter-harbour"].verdict is Verdict.CONTESTED


def test_a_gap_that_a_source_does_not_call_for_is_said_to_be_so(ask: Ask) -> None:
    waived = ask(f"facts: {{{PERMITTED}, cargo: oil}}", lens="text").powers["unload"]
    assert [(one.power, one.text) for one in waived.not_called_for] == [
        ("harbour-act", "Leave to enter covers grain, says the keeper.")
    ]

    supplied = ask(f"facts: {{{PERMITTED}, cargo: oil}}").powers["unload"]
    assert supplied.not_called_for == ()


# --- options, receipt, limits


def test_each_option_is_answered_in_short_and_on_demand_in_full(ask: Ask) -> None:
    text = f"facts: {{{PERMITTED}, storm: none}}\noptions: {{wait: {{entering: false}}, rush: {{permit: refused}}}}"

    whole = ask(text)
    assert list(whole.options) == ["wait", "rush"]
    assert whole.options["wait"].changes == {"entering": "no"}
    assert whole.options["wait"].verdicts["harbour-act"].value == "not-engaged"
    assert whole.options["rush"].gaps == ("enter-harbour",)
    assert whole.options["rush"].relies_on == ()
    assert whole.options["rush"].unsettled == {}

    rush = ask(text, option="rush")
    assert (rush.option, rush.options) == ("rush", {})
    assert rush.verdicts["harbour-act"].value == "unavailable"


def test_an_option_names_the_powers_that_are_neither_available_nor_a_gap(ask: Ask) -> None:
    text = f"facts: {{{PERMITTED}, storm: none}}\noptions: {{wait: {{entering: false}}, ask: {{permit: unknown}}}}"

    options = ask(text).options
    assert options["wait"].unsettled == {}
    (power,) = options["ask"].unsettled.items()
    assert power[0] == "enter-harbour"
    assert (power[1].needed, power[1].verdict) == (Need.NEEDED, Verdict.UNDETERMINED)
    assert [one.value for one in power[1].possible] == ["available", "silent", "unavailable"]
    assert options["ask"].gaps == ()


def test_the_receipt_says_what_the_answer_was_made_from(ask: Ask) -> None:
    dated, undated = ask("as_of: 2024-05-01\nfacts: {}"), ask("facts: {}")

    assert (dated.receipt.as_of, dated.receipt.as_of_from) == (datetime.date(2024, 5, 1), DaySource.SCENARIO)
    assert (undated.receipt.as_of, undated.receipt.as_of_from) == (datetime.date(2024, 5, 10), DaySource.PACK)
    assert (undated.receipt.tool, undated.receipt.version, undated.receipt.lens) == ("authcheck", "9.9", "documents")
    assert undated.receipt.pack_digest.startswith("sha256:")
    assert undated.receipt.scenario_digest != dated.receipt.scenario_digest


def test_a_lens_or_an_option_that_does_not_exist_is_an_error_of_the_caller(ask: Ask) -> None:
    with pytest.raises(KeyError):
        ask("facts: {}", lens="telescope")
    with pytest.raises(KeyError):
        ask("facts: {}", option="swim")
    with pytest.raises(KeyError):
        ask("facts: {}", readings={"pilots": "perhaps"})


def test_more_open_facts_than_a_table_can_hold_are_named_and_not_waited_for(harbour: Pack) -> None:
    names = [f"fact_{number}" for number in range(TOO_LARGE.bit_length())]
    facts = {name: Fact(name, "many", FactKind.STATUS, FactType.YES_NO, "?", "?", PLACE) for name in names}
    governs = condition.AllOf(tuple(condition.Test(name, (True,)) for name in names))
    wide = replace(harbour.authorities["storm-shelter"], governs=governs)
    pack = replace(harbour, facts={**harbour.facts, **facts})

    with pytest.raises(AuthcheckError, match="too many facts are open at once: fact_0, fact_1") as caught:
        decide(with_authority(pack, wide), SCENARIO)
    assert caught.value.diagnostics[0].code == "table-too-large"


@pytest.mark.parametrize("facts", ["", "permit: granted", "permit: sought, storm: none", "storm: raging, cargo: oil"])
def test_what_is_unsettled_of_an_answer_is_what_is_unsettled_of_its_decision(harbour: Pack, facts: str) -> None:
    scenario = build_scenario(f"scenario: A ship\nfacts: {{entering: true, {facts}}}", "ship.yaml", harbour)
    for lens in ("documents", "all"):
        decision = Decider(harbour).decision(scenario, lens=lens)
        found = unsettled_in(answer_of(decision))

        assert found == unsettled(decision)
        assert all(power.needed is not Need.NOT_NEEDED for power in found.values())
