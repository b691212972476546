"""What somebody claimed to rely on, beside what is found, and what parts the two."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from authcheck.answer.answer import Answer, ClaimedAnswer, ClaimStanding, PartedKind

Ask = Callable[..., Answer]
SOUND = "seaworthy: true, pilot_aboard: true, fee_paid: true"
CALM_ENTRY = f"entering: true, storm: none, {SOUND}"
# What is claimed and available, or open, is not told as wanting.
STANDING = {
    "available": ClaimStanding.NOT_RELIED_ON,
    "undetermined": ClaimStanding.OPEN,
    "contested": ClaimStanding.OPEN,
}
OUT_OF_FORCE = (PartedKind.ELEMENT, "charter", "The old charter is in force.")


def claimed(ask: Ask, authority: str, facts: str, lens: str) -> list[ClaimedAnswer]:
    text = f"claimed: [{{authority: {authority}, by: the captain, on: 2024-05-09, source: the log}}]\n"
    return list(ask(f"{text}facts: {{{facts}}}", lens=lens).claimed)


@pytest.mark.parametrize(
    ("authority", "facts", "lens", "verdict", "parted_by"),
    [
        (
            "harbour-act",
            "entering: true, permit: granted, pilot_aboard: false, crew_size: 2, seaworthy: true, fee_paid: true",
            "all",
            "contested",
            [(PartedKind.READING, "pilots", "Must a pilot be aboard?")],
        ),
        (
            "harbour-act",
            CALM_ENTRY,
            "documents",
            "undetermined",
            [(PartedKind.FACT, "permit", "What became of the permit?")],
        ),
        (
            "storm-shelter",
            "entering: false, cargo: grain",
            "documents",
            "not-engaged",
            [(PartedKind.FACT, "entering", "Does a ship enter the harbour?")],
        ),
        (
            "harbour-act",
            f"{CALM_ENTRY}, permit: sought",
            "documents",
            "silent",
            [(PartedKind.ELEMENT, "permit-granted", "The permit has been granted.")],
        ),
        (
            "harbour-act",
            f"{CALM_ENTRY}, permit: refused",
            "documents",
            "unavailable",
            [(PartedKind.ELEMENT, "permit-granted", "The permit has been granted."), OUT_OF_FORCE],
        ),
        (
            "harbour-act",
            "entering: true, storm: raging, permit: granted, pilot_aboard: true, fee_paid: true, seaworthy: false",
            "documents",
            "unavailable",
            [(PartedKind.EXCEPTION, "wreck", "The ship would sink at the quay."), OUT_OF_FORCE],
        ),
        (
            "old-charter",
            "entering: true, crew_size: 2",
            "documents",
            "unavailable",
            [(PartedKind.REASON, "old-charter", "Its law begins on 2030-01-01.")],
        ),
        (
            "storm-shelter",
            "entering: true, storm: raging, permit: sought, pilot_aboard: false",
            "documents",
            "available",
            [(PartedKind.MEANS, "pilot-boat", "The pilot boat")],
        ),
        (
            "harbour-act",
            f"entering: false, cargo: grain, permit: granted, storm: none, {SOUND}",
            "text",
            "available",
            [(PartedKind.REASON, "harbour-act", "Nothing that is described certainly needs what it supplies.")],
        ),
    ],
)
def test_a_claim_that_is_not_found_is_parted_from_the_answer_by_what_its_verdict_turns_on(
    ask: Ask, authority: str, facts: str, lens: str, verdict: str, parted_by: list[tuple[PartedKind, str, str]]
) -> None:
    claim = claimed(ask, authority, facts, lens)[0]

    assert (claim.authority, claim.by, claim.on) == (authority, "the captain", datetime.date(2024, 5, 9))
    assert (claim.standing, claim.verdict.value) == (STANDING.get(verdict, ClaimStanding.NOT_FOUND), verdict)
    assert [(part.kind, part.id, part.text) for part in claim.parted_by] == parted_by


def test_a_claim_that_is_found_is_parted_from_the_answer_by_nothing(ask: Ask) -> None:
    (claim,) = claimed(ask, "harbour-act", f"{CALM_ENTRY}, permit: granted", "documents")

    assert (claim.standing, claim.parted_by) == (ClaimStanding.AGREED, ())


def test_what_is_found_and_was_not_claimed_is_named_with_the_grounds_that_hold(ask: Ask) -> None:
    *_, found = claimed(ask, "old-charter", f"{CALM_ENTRY}, permit: granted", "documents")

    assert (found.authority, found.standing, found.by) == ("harbour-act", ClaimStanding.NOT_CLAIMED, "")
    assert [(part.kind, part.id) for part in found.parted_by] == [(PartedKind.GROUND, "leave")]


def test_where_nothing_is_claimed_nothing_stands_beside_the_answer(ask: Ask) -> None:
    assert ask(f"facts: {{{CALM_ENTRY}, permit: granted}}").claimed == ()
