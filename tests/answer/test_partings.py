"""Where the readings of a contested question part, and what they share up to there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from authcheck.answer.answer import Answer, Finding, Kind, Parting
from tests import shipped

Ask = Callable[..., Answer]


def test_the_readings_part_on_an_element_and_share_those_that_all_of_them_meet(ask: Ask) -> None:
    answer = ask("facts: {entering: true, seaworthy: true, permit: granted, pilot_aboard: false, crew_size: 2}")

    assert answer.authorities["harbour-act"].partings == (
        Parting(
            "pilots", Kind.ELEMENT, "pilot", "A pilot is aboard where one is needed.", "leave", ("permit-granted",)
        ),
    )


def test_an_element_that_is_open_or_silent_is_not_shared(ask: Ask) -> None:
    facts = "entering: true, seaworthy: true, permit: [granted, sought], pilot_aboard: false, crew_size: 2"
    (parting,) = ask(f"facts: {{{facts}}}").authorities["harbour-act"].partings

    assert parting.shared == ()


def test_the_readings_part_on_a_ground_that_one_of_them_lacks(ask: Ask) -> None:
    shelter = ask("facts: {entering: true, permit: sought, storm: raging}", lens="all").authorities["storm-shelter"]

    assert shelter.partings == (Parting("shelter", Kind.GROUND, "storm", "A storm", "storm", ("raging",)),)


def test_the_readings_part_on_what_makes_an_authority_fall_away(ask: Ask) -> None:
    shelter = ask("facts: {entering: true, permit: refused, storm: none}", lens="all").authorities["storm-shelter"]

    assert [(one.question, one.kind, one.text) for one in shelter.partings] == [
        ("shelter", Kind.DISPLACEMENT, "The law alone counts.")
    ]


def test_where_the_readings_agree_they_part_on_nothing(ask: Ask) -> None:
    answer = ask("facts: {entering: true, permit: refused, pilot_aboard: false, crew_size: 2}")

    assert answer.authorities["harbour-act"].partings == ()


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_crux_has_a_finding_on_which_its_readings_part(name: str) -> None:
    for one in shipped.decider().decide(shipped.scenario(name), lens="all").authorities.values():
        assert {part.question for part in one.partings} == set(one.crux)
        for part in one.partings:
            found = [
                each for each in walk(one.tree) if (each.kind, each.id, each.text) == (part.kind, part.id, part.text)
            ]
            assert any(part.question in under.readings for each in found for under in each.by_reading)


def walk(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from walk(part)
