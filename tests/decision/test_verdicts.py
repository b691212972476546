"""The verdict in each world first, and only then over the readings."""

from __future__ import annotations

import pytest

from authcheck.decision.known import everything_allowed
from authcheck.decision.verdicts import (
    AuthorityTables,
    Combination,
    Split,
    combine,
    conditions_of,
    crux_of,
    occurring,
    questions_of,
)
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.worlds import Vocabulary, facts_of
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict


def words(verdicts: tuple[Verdict, ...]) -> list[str]:
    return [one.value for one in verdicts]


def test_verdicts_that_occur_are_listed_strongest_first_and_within_the_mask_alone() -> None:
    split = Split(available=0b0001, silent=0b0010, unavailable=0b0100, not_engaged=0b1000)

    assert words(occurring(split, 0b1111)) == ["available", "silent", "unavailable", "not-engaged"]
    assert words(occurring(split, 0b0110)) == ["silent", "unavailable"]
    assert occurring(split, 0) == ()


def test_a_world_in_which_readings_part_is_contested_and_one_in_which_they_agree_is_not() -> None:
    broad = Split(available=0b011, unavailable=0b100)
    narrow = Split(available=0b001, unavailable=0b110)

    assert combine([broad, narrow], 0b111) == Split(available=0b001, contested=0b010, unavailable=0b100)
    assert combine([broad], 0b111) == broad


def test_readings_that_part_on_different_worlds_leave_more_contested_than_either_alone() -> None:
    splits = [
        Split(available=0b11),
        Split(available=0b10, silent=0b01),
        Split(available=0b01, unavailable=0b10),
    ]

    assert combine(splits, 0b11) == Split(contested=0b11)


def test_a_question_is_a_crux_where_its_reading_alone_changes_the_outcome() -> None:
    choices: tuple[Combination, ...] = tuple({"first": one, "second": other} for one in "ab" for other in "ab")

    assert crux_of(choices, [(1,), (1,), (2,), (2,)], 0b11) == ("first",)
    assert crux_of(choices, [(1,), (2,), (1,), (2,)], 0b11) == ("second",)
    assert crux_of(choices, [(1,), (2,), (2,), (2,)], 0b11) == ("first", "second")
    assert crux_of(choices, [(1,)] * 4, 0b11) == ()


def test_a_difference_in_worlds_that_are_not_possible_is_no_crux() -> None:
    choices: tuple[Combination, ...] = ({"first": "a"}, {"first": "b"})

    assert crux_of(choices, [(0b01,), (0b11,)], 0b01) == ()
    assert crux_of(choices, [(0b01,), (0b11,)], 0b10) == ("first",)


def test_one_choice_of_readings_leaves_nothing_to_part_on() -> None:
    assert crux_of(({"first": "a"},), [(1,)], 1) == ()


@pytest.mark.parametrize(
    ("authority", "questions"),
    [("harbour-act", ("pilots",)), ("storm-shelter", ("shelter",)), ("pilot-boat", ())],
)
def test_an_authority_turns_on_the_questions_of_its_elements_grounds_and_displacements(
    harbour: Pack, authority: str, questions: tuple[str, ...]
) -> None:
    assert questions_of(harbour.authorities[authority]) == questions


def test_an_authority_turns_on_the_facts_of_every_part_of_its_rules(harbour: Pack) -> None:
    act, shelter = (harbour.authorities[name] for name in ("harbour-act", "storm-shelter"))

    assert set(facts_of(conditions_of(act))) == {
        "entering",
        "cargo",
        "permit",
        "pilot_aboard",
        "crew_size",
        "storm",
        "seaworthy",
        "days_moored",
        "fee_paid",
    }
    assert set(facts_of(conditions_of(shelter))) == {"entering", "storm", "permit"}


def tables(pack: Pack, name: str, **settled: tuple[bool | str, ...]) -> AuthorityTables:
    allowed = {**{fact: everything_allowed(one) for fact, one in pack.facts.items()}, **settled}
    authority = pack.authorities[name]
    worlds = lay_out(conditions_of(authority), Vocabulary(pack.facts), allowed)
    return AuthorityTables(authority, pack.questions, worlds, frozenset(pack.authorities))


def test_every_admitted_choice_of_readings_is_taken_once(harbour: Pack) -> None:
    shelter = tables(harbour, "storm-shelter")

    assert shelter.combinations({"shelter": ("opens", "closed")}) == ({"shelter": "opens"}, {"shelter": "closed"})
    assert tables(harbour, "pilot-boat").combinations({}) == ({},)


def test_every_world_has_one_verdict_under_every_reading_and_over_all_of_them(harbour: Pack) -> None:
    for name in harbour.authorities:
        found = tables(harbour, name)
        choices = found.combinations({one: tuple(question.readings) for one, question in harbour.questions.items()})
        for split in (*map(found.split, choices), found.agreed(choices)):
            assert sum(one.bit_count() for one in split.worlds) == found.worlds.size
            together = 0
            for one in split.worlds:
                together |= one
            assert together == found.worlds.everything


def test_a_displacement_leaves_an_authority_unengaged_only_on_the_readings_that_know_it(harbour: Pack) -> None:
    refused = tables(harbour, "storm-shelter", entering=(True,), storm=("raging",), permit=("refused",))
    mask = refused.worlds.possible

    assert words(occurring(refused.split({"shelter": "opens"}), mask)) == ["available"]
    assert words(occurring(refused.split({"shelter": "closed"}), mask)) == ["not-engaged"]
    assert words(occurring(refused.agreed(({"shelter": "opens"}, {"shelter": "closed"})), mask)) == ["contested"]
