"""Whose consent counts: of every state on whose territory force falls, and of none besides."""

from __future__ import annotations

import itertools

import pytest

from authcheck.answer.answer import PowerAnswer
from authcheck.model.verdict import Verdict
from tests import shipped

LOCATIONS = ("host_country", "other_foreign_country")
CONSENTS = ("none", "given", "refused")


def international(location: str, host: str, third: str, *more: str) -> PowerAnswer:
    stated = [
        "operation_type: airstrike",
        "conducting_element: us_armed_forces",
        f"operation_location: {location}",
        f"host_consent_status: {host}",
        *(["host_consent_covers_operation: true"] if host == "given" else []),
        *([f"third_state_consent: {third}"] if location == "other_foreign_country" else []),
        *more,
    ]
    text = "as_of: 2025-06-01\nunstated: absent\nfacts:\n" + "".join(f"  {fact}\n" for fact in stated)
    return shipped.decider().decide(shipped.written(text)).powers["justify-force-internationally"]


@pytest.mark.parametrize(("location", "host", "third"), [*itertools.product(LOCATIONS, CONSENTS, CONSENTS)])
def test_international_law_is_silent_exactly_where_the_state_concerned_has_agreed(
    location: str, host: str, third: str
) -> None:
    agreed = (host if location == "host_country" else third) == "given"
    power = international(location, host, third)
    assert power.possible == ((Verdict.SILENT,) if agreed else (Verdict.UNAVAILABLE,))
    assert power.gap == (not agreed)


@pytest.mark.parametrize(("host", "third"), [*itertools.product(CONSENTS, CONSENTS)])
def test_where_force_falls_in_two_states_both_must_have_agreed(host: str, third: str) -> None:
    power = international("other_foreign_country", host, third, "enters_host_airspace: true")
    assert power.gap == ((host, third) != ("given", "given"))
