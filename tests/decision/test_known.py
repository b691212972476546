"""What an answer takes each fact to be, and where that comes from."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from authcheck.answer.answer import Answer
from authcheck.decision.known import Origin, know
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.evaluation.worlds import Vocabulary
from authcheck.model import condition
from authcheck.model.fact import Derivation, Fact, FactKind, FactType, Value
from authcheck.model.pack import Pack
from authcheck.model.period import Period
from authcheck.model.scenario import StatedFact, Unstated

Ask = Callable[..., Answer]
TODAY = datetime.date(2024, 5, 10)


def taken(answer: Answer) -> dict[str, tuple[str, str]]:
    return {name: (one.value, one.origin.value) for name, one in answer.facts.items()}


def problem(ask: Ask, text: str) -> Diagnostic:
    with pytest.raises(AuthcheckError) as caught:
        ask(text)
    (found,) = caught.value.diagnostics
    return found


def test_an_activity_that_is_not_described_is_no_part_of_the_scenario(ask: Ask) -> None:
    answer = ask("facts: {}")

    assert taken(answer)["entering"] == ("no", "assumed")
    assert answer.verdicts["harbour-act"].value == "not-engaged"
    assert answer.assumed == ()


def test_an_event_that_is_not_stated_is_assumed_and_the_answer_says_so(ask: Ask) -> None:
    answer = ask("facts: {entering: true}")

    assert taken(answer)["storm"] == ("none", "assumed")
    assert [(one.fact, one.value) for one in answer.assumed] == [
        ("storm", "none"),
        ("days_moored", "0"),
    ]


def test_what_a_state_of_things_is_stays_unknown_until_it_is_stated(ask: Ask) -> None:
    answer = ask("facts: {entering: true}")

    assert taken(answer)["permit"] == ("unknown", "unknown")
    assert "seaworthy" not in answer.facts


@pytest.mark.parametrize(
    ("mode", "storm", "permit"),
    [
        ("default", ("none", "assumed"), ("unknown", "unknown")),
        ("absent", ("none", "assumed"), ("not_sought", "assumed")),
        ("unknown", ("unknown", "unknown"), ("unknown", "unknown")),
    ],
)
def test_a_scenario_may_say_what_unstated_facts_are(
    ask: Ask, mode: str, storm: tuple[str, str], permit: tuple[str, str]
) -> None:
    said = ask(f"unstated: {mode}\nfacts: {{entering: true}}")
    asked = ask("facts: {entering: true}", unstated=Unstated(mode))

    assert taken(said)["storm"] == taken(asked)["storm"] == storm
    assert taken(said)["permit"] == taken(asked)["permit"] == permit
    assert said.receipt.unstated == asked.receipt.unstated == Unstated(mode)


def test_unknown_written_out_always_wins(ask: Ask) -> None:
    answer = ask("unstated: absent\nfacts: {entering: unknown, storm: unknown, permit: unknown}")

    assert taken(answer)["entering"] == ("unknown", "unknown")
    assert taken(answer)["storm"] == ("unknown", "unknown")
    assert taken(answer)["permit"] == ("unknown", "unknown")


def test_a_disputed_fact_counts_as_unknown_and_the_answer_says_that_it_is_disputed(ask: Ask) -> None:
    answer = ask("facts: {entering: true, permit: {value: granted, status: disputed, note: The mayor denies it.}}")

    assert taken(answer)["permit"] == ("unknown", "unknown")
    assert answer.facts["permit"].status == "disputed"
    assert answer.facts["permit"].note == "The mayor denies it."
    assert answer.verdicts["harbour-act"].value == "undetermined"
    assert "permit" in answer.authorities["harbour-act"].rests_on


def test_a_value_that_follows_from_a_stated_one_is_implied(ask: Ask) -> None:
    answer = ask("facts: {cargo: oil}")

    assert taken(answer)["entering"] == ("yes", "implied")
    assert answer.powers["enter-harbour"].needed.value == "needed"


def test_what_the_stated_facts_exclude_is_left_out_of_an_unknown_fact(ask: Ask) -> None:
    answer = ask("facts: {storm_named: true, entering: true}")

    assert taken(answer)["storm"] == ("warned or raging", "unknown")
    assert taken(answer)["distress_signal"] == ("none", "assumed")


@pytest.mark.parametrize("cargo", ["unknown", "[grain, oil]", "{value: oil, status: disputed}"])
def test_an_assumption_gives_way_where_it_would_exclude_what_is_left_open_in_words(ask: Ask, cargo: str) -> None:
    # Oil is unloaded in the harbour alone: that no ship enters is not to be assumed where it may be oil.
    answer = ask(f"facts: {{cargo: {cargo}}}")

    assert taken(answer)["entering"] == ("unknown", "unknown")
    assert answer.powers["enter-harbour"].needed.value == "perhaps"
    assert taken(ask("facts: {cargo: grain}"))["entering"] == ("no", "assumed")


def test_assumptions_that_exclude_one_another_are_dropped_together(harbour: Pack) -> None:
    refuge_or_trade = condition.AnyOf((condition.Test("storm", ("raging",)), condition.Test("cargo", ("grain",))))
    facts = {**harbour.facts, "entering": replace(harbour.facts["entering"], implies={"true": refuge_or_trade})}
    entering = StatedFact("entering", Place("ship.yaml", 2, 3), values=(True,))

    known = know(Vocabulary(facts), {"entering": entering}, Unstated.DEFAULT, TODAY).facts

    # No storm is assumed, and no cargo; a ship that enters has one of the two.
    assert known["storm"].said == known["cargo"].said == "unknown"
    assert known["storm"].origin is known["cargo"].origin is Origin.UNKNOWN
    assert known["days_moored"].origin is Origin.ASSUMED


def test_an_assumption_that_some_value_left_open_would_drop_is_not_made() -> None:
    # Stating that no days have passed would make two assumptions clash that are apart possible.
    place = Place("pack.yaml", 1, 1)

    def fact(name: str, kind: FactKind, **more: Any) -> Fact:  # noqa: ANN401 - the fields of a fact.
        return Fact(name, "group", kind, FactType.YES_NO, "?", "?", place, **more)

    no_border, some_border = (condition.Test("border", (value,)) for value in (False, True))
    facts = Vocabulary(
        {
            "border": fact("border", FactKind.EVENT, unless_stated=False),
            "consent": fact("consent", FactKind.EVENT, unless_stated=False, implies={"false": some_border}),
            "days": fact("days", FactKind.STATUS, implies={"true": no_border}),
        }
    )

    def assumed(**days: Any) -> set[str]:  # noqa: ANN401 - the fields of a stated fact.
        known = know(facts, {"days": StatedFact("days", place, **days)}, Unstated.DEFAULT, TODAY)
        return {name for name, one in known.facts.items() if one.origin is Origin.ASSUMED}

    assert assumed(values=(True,)) == {"border"}
    assert assumed(values=(False,)) == set()
    assert assumed(unknown=True) == set()


def test_a_value_that_is_stated_may_leave_another_fact_open(harbour: Pack) -> None:
    facts = {**harbour.facts, "cargo": replace(harbour.facts["cargo"], opens={"oil": ("storm",)})}

    def storm(**cargo: Any) -> tuple[str, str]:  # noqa: ANN401 - the fields of a stated fact.
        stated = {"cargo": StatedFact("cargo", Place("ship.yaml", 2, 3), **cargo)} if cargo else {}
        found = know(Vocabulary(facts), stated, Unstated.DEFAULT, TODAY).facts["storm"]
        return found.said, found.origin.value

    assert storm() == storm(values=("grain",)) == ("none", "assumed")
    assert storm(values=("oil",)) == storm(values=("grain", "oil")) == storm(unknown=True) == ("unknown", "unknown")


def test_facts_that_contradict_one_another_are_named_with_their_places(ask: Ask) -> None:
    found = problem(ask, "facts:\n  storm: none\n  permit: granted\n  storm_named: true")

    assert found.code == "facts-contradict"
    assert found.message == "no situation has these facts together: `storm` none, `storm_named` yes"
    assert str(found.place) == "ship.yaml:5:3"
    assert found.help == (
        "`storm` stands at ship.yaml:3:3; see `authcheck show fact storm_named` for what it implies and excludes, "
        "and when it applies"
    )


def test_a_vocabulary_that_no_situation_meets_is_named_too(harbour: Pack) -> None:
    never = condition.Constant(condition.Truth.FALSE)
    facts = {**harbour.facts, "fee_paid": replace(harbour.facts["fee_paid"], implies={"true": never, "false": never})}

    with pytest.raises(AuthcheckError, match="no situation meets what the vocabulary demands of `fee_paid`"):
        know(Vocabulary(facts), {}, Unstated.DEFAULT, TODAY)


def test_an_event_that_cannot_have_happened_has_the_value_that_is_assumed_of_it(ask: Ask) -> None:
    answer = ask("unstated: unknown\nfacts: {entering: true, storm: warned}")

    assert taken(answer)["storm"] == ("warned", "stated")
    found = problem(ask, "facts:\n  storm: warned\n  distress_signal: flare")
    assert found.message == "no situation has these facts together: `storm` warned, `distress_signal` flare"


def test_a_count_of_days_follows_from_a_stated_date(ask: Ask) -> None:
    answer = ask("as_of: 2024-05-10\nfacts: {entering: true, arrival_date: 2024-05-01}")

    assert taken(answer)["days_moored"] == ("10", "derived")
    assert taken(answer)["arrival_date"] == ("2024-05-01", "stated")


def test_a_count_that_agrees_with_the_date_is_taken_once(ask: Ask) -> None:
    answer = ask(
        "as_of: 2024-05-10\nfacts: {entering: true, arrival_date: 2024-05-01, days_moored: {at_least: 5, at_most: 12}}"
    )

    assert taken(answer)["days_moored"] == ("10", "derived")


def test_a_count_that_differs_from_the_date_is_a_mistake(ask: Ask) -> None:
    found = problem(ask, "as_of: 2024-05-10\nfacts:\n  arrival_date: 2024-05-01\n  days_moored: 12")

    assert found.code == "numbers-differ"
    assert found.message == "`days_moored` is stated as 12, but is 10 when counted from `arrival_date` 2024-05-01"
    assert str(found.place) == "ship.yaml:5:3"


def test_a_day_to_come_counts_as_none(ask: Ask) -> None:
    assert taken(ask("as_of: 2024-05-10\nfacts: {arrival_date: 2024-06-01, entering: true}"))["days_moored"] == (
        "0",
        "derived",
    )


@pytest.mark.parametrize("date", ["unknown", "{value: 2024-05-01, status: disputed}"])
def test_nothing_is_counted_from_a_date_that_is_not_settled(ask: Ask, date: str) -> None:
    answer = ask(f"facts: {{entering: true, arrival_date: {date}}}")

    assert taken(answer)["days_moored"] == ("unknown", "unknown")
    assert taken(answer)["arrival_date"] == ("unknown", "unknown")
    assert "days_moored" not in {one.fact for one in answer.assumed}


def test_a_count_said_to_be_unknown_is_not_taken_from_the_date(ask: Ask) -> None:
    answer = ask("facts: {entering: true, arrival_date: 2024-05-01, days_moored: unknown}")

    assert taken(answer)["days_moored"] == ("unknown", "unknown")


def test_several_values_and_ranges_are_shown_as_they_are_stated(ask: Ask) -> None:
    answer = ask(
        "facts: {entering: true, permit: [granted, sought], crew_size: {at_least: 4}, seaworthy: [true, false]}"
    )

    assert taken(answer)["permit"] == ("granted or sought", "stated")
    assert taken(answer)["crew_size"] == ("4 or more", "stated")
    assert answer.facts["seaworthy"].judgement


def told(name: str, value: Value | datetime.date) -> StatedFact:
    place = Place("ship.yaml", 2, 3)
    if isinstance(value, datetime.date):
        return StatedFact(name, place, date=value)
    if isinstance(value, bool | str):
        return StatedFact(name, place, values=(value,))
    return StatedFact(name, place, ranges=(condition.Range(value, value),))


@pytest.mark.parametrize(
    ("entering", "arrival", "problem"),
    [
        (True, "2024-05-09", ""),
        (None, "2024-05-11", ""),
        (True, "2024-05-11", "2024-05-11, after the scenario's date, 2024-05-10, beside `entering` yes"),
        (False, "2024-05-09", "2024-05-09, a day of what has not come about, beside `entering` no"),
        (False, "2024-05-11", ""),
    ],
)
def test_the_date_of_what_has_come_about_lies_on_a_day_on_which_it_has(
    harbour: Pack,
    entering: bool | None,  # noqa: FBT001 - It is one column of the table.
    arrival: str,
    problem: str,
) -> None:
    enters = condition.Test("entering", (True,))
    facts = Vocabulary({**harbour.facts, "arrival_date": replace(harbour.facts["arrival_date"], only_if=enters)})
    stated = {"arrival_date": told("arrival_date", datetime.date.fromisoformat(arrival))}
    said = StatedFact("entering", Place("ship.yaml", 3, 3), unknown=True)
    stated["entering"] = said if entering is None else told("entering", entering)

    if not problem:
        assert know(facts, stated, Unstated.DEFAULT, TODAY).facts["arrival_date"].said == arrival
        return
    with pytest.raises(AuthcheckError) as caught:
        know(facts, stated, Unstated.DEFAULT, TODAY)
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("facts-contradict", f"`arrival_date` is {problem}")


@pytest.mark.parametrize(
    ("name", "value", "refused"),
    [
        ("permit", "granted", True),
        ("permit", "not_sought", False),
        ("days_moored", 2, True),
        ("days_moored", 0, False),
        ("arrival_date", datetime.date(2024, 5, 1), True),
    ],
)
def test_what_only_a_later_law_defines_cannot_be_stated(
    harbour: Pack,
    name: str,
    value: Value | datetime.date,
    refused: bool,  # noqa: FBT001 - It is one column of the table.
) -> None:
    later = Period(("act-1",), datetime.date(2030, 1, 1), None)
    facts = Vocabulary({**harbour.facts, name: replace(harbour.facts[name], in_force=later)})
    stated = {name: told(name, value)}

    if not refused:
        assert know(facts, stated, Unstated.DEFAULT, TODAY).facts[name].origin is Origin.STATED
        return
    with pytest.raises(AuthcheckError) as caught:
        know(facts, stated, Unstated.DEFAULT, TODAY)
    (found,) = caught.value.diagnostics
    assert found.code == "before-its-law"
    assert found.message.endswith("but the law that defines it begins on 2030-01-01")


def test_what_a_later_law_alone_would_make_possible_is_refused_and_says_so(harbour: Pack) -> None:
    later = Period(("act-1",), datetime.date(2030, 1, 1), None)
    facts = Vocabulary({**harbour.facts, "entering": replace(harbour.facts["entering"], in_force=later)})
    with pytest.raises(AuthcheckError) as caught:
        # Who unloads oil enters, and nobody enters yet.
        know(facts, {"cargo": told("cargo", "oil")}, Unstated.DEFAULT, TODAY)

    (found,) = caught.value.diagnostics
    assert found.message == "no situation has these facts together: `cargo` oil"
    assert "`entering` no, as a later law defines it" in found.help


def test_what_is_stated_to_be_one_or_the_other_is_nothing_before_its_law(harbour: Pack) -> None:
    later = Period(("act-1",), datetime.date(2030, 1, 1), None)
    facts = Vocabulary({**harbour.facts, "entering": replace(harbour.facts["entering"], in_force=later)})
    either = StatedFact("entering", Place("scenario.yaml", 1, 1), values=(True, False))
    known = know(facts, {"entering": either}, Unstated.DEFAULT, TODAY).facts["entering"]

    assert (known.said, known.origin) == ("no", Origin.IMPLIED)


@pytest.mark.parametrize(("arrival", "paid"), [("2024-05-10", "yes"), ("2024-05-11", "no")])
def test_a_yes_or_no_may_follow_from_a_date(harbour: Pack, arrival: str, paid: str) -> None:
    derived = Derivation("arrival_date", "Whoever has arrived has paid.")
    facts = Vocabulary({**harbour.facts, "fee_paid": replace(harbour.facts["fee_paid"], derived=derived)})
    stated = {"arrival_date": told("arrival_date", datetime.date.fromisoformat(arrival))}

    found = know(facts, stated, Unstated.DEFAULT, TODAY).facts["fee_paid"]
    assert (found.said, found.origin) == (paid, Origin.DERIVED)


def test_of_facts_that_contradict_one_another_those_alone_are_named_that_do(ask: Ask) -> None:
    found = problem(ask, "facts: {distress_signal: none, storm: none, storm_named: true}")

    assert found.message == "no situation has these facts together: `storm` none, `storm_named` yes"
