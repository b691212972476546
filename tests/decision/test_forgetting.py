"""What many scenarios leave behind is dropped in time, and nothing holds it."""

from __future__ import annotations

import datetime
import gc

import pytest

from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.answer.building import answer_of
from authcheck.decision.decision import Case, LawOfTheDay
from tests.shipped import pack, scenario, scenarios

DAYS = [datetime.date(year, 3, 1) for year in (2003, 2012, 2026)]


def living(kind: type) -> int:
    gc.collect()
    return sum(type(one) is kind for one in gc.get_objects())


def test_what_is_forgotten_is_gone() -> None:
    before = living(LawOfTheDay)
    ask = Decider(pack())
    for name in ("drone-attack", "invited-raid", "cia-team"):
        answer_of(ask.decision(scenario(name)))
    assert living(LawOfTheDay) > before
    ask.law.forget()
    # The last decision stays for the next; it is of another day here.
    ask.decision(scenario("soleimani"))
    assert living(LawOfTheDay) == before + 1


def left_by_many() -> tuple[list[Answer], int]:
    """Return the answers to some scenarios on some days, and how much of deciding them is still there."""
    before = living(Case)
    ask = Decider(pack())
    answers = [answer_of(ask.decision(story, as_of=day)) for day in DAYS for story in scenarios()[:4]]
    return answers, living(Case) - before


def test_of_what_is_decided_no_more_is_kept_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    expected, everything = left_by_many()
    monkeypatch.setattr("authcheck.answer.decider._MOST_OF_THE_LAW", 60)
    found, left = left_by_many()
    assert found == expected
    assert left < everything / 3
