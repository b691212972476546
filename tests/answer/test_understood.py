"""A scenario's stated facts, summed up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.shipped import decider, pack, scenario_in


def clauses(tmp_path: Path, facts: Mapping[str, object]) -> tuple[str, ...]:
    file = tmp_path / "story.yaml"
    told = {"scenario": "A story", "as_of": "2025-03-01", "description": "d", "facts": facts}
    file.write_text(yaml.safe_dump(told), encoding="utf-8")
    return decider().decide(scenario_in(file)).understood


def test_what_is_stated_is_summed_up_by_groups(tmp_path: Path) -> None:
    facts = {"operation_type": "airstrike", "operation_location": "host_country", "host_consent_status": "refused"}
    assert clauses(tmp_path, facts) == ("an airstrike in the host country", "the host has refused")


@pytest.mark.parametrize(
    ("value", "clause"),
    [
        (["given", "refused"], "the host has consented or the host has refused"),
        ({"value": "given", "status": "reported"}, "the host has consented (reported)"),
    ],
)
def test_what_is_not_sure_does_not_sound_so(tmp_path: Path, value: object, clause: str) -> None:
    assert clauses(tmp_path, {"operation_type": "liaison", "host_consent_status": value})[1:] == (clause,)


def test_a_date_has_no_words(tmp_path: Path) -> None:
    assert clauses(tmp_path, {"operation_type": "liaison", "attack_date": "2025-02-01"}) == ("liaison with host units",)


@pytest.mark.parametrize("value", ["unknown", {"value": "given", "status": "disputed"}])
def test_what_is_not_known_is_not_told(tmp_path: Path, value: object) -> None:
    assert clauses(tmp_path, {"operation_type": "liaison", "host_consent_status": value}) == (
        "liaison with host units",
    )


def test_no_fact_of_a_choice_is_left_without_words_for_some_values() -> None:
    for fact in pack().facts.values():
        untold = [value for value in fact.values if value not in fact.brief and value != fact.absent]
        assert not fact.brief or not fact.values or len(untold) <= 1, fact.fact
