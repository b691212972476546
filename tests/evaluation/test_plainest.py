"""The plainest of several worlds, in which facts are what they usually are."""

from __future__ import annotations

from dataclasses import replace

from authcheck.diagnostics import Place
from authcheck.evaluation.plainest import plainest, plainest_value
from authcheck.evaluation.worlds import Vocabulary, Worlds
from authcheck.model import condition
from authcheck.model.condition import AllOf, Range
from authcheck.model.fact import Fact, FactKind, FactType

PLACE = Place("facts.yaml", 1, 1)
SKY = Fact(
    "sky",
    "group",
    FactKind.STATUS,
    FactType.CHOICE,
    "?",
    "?",
    PLACE,
    {name: name for name in ("blue", "grey", "black")},
    absent="grey",
)
DAYS = Fact("days", "group", FactKind.EVENT, FactType.NUMBER, "?", "?", PLACE, unless_stated=0)
FACTS = Vocabulary({"sky": SKY, "days": DAYS})
ASKED = AllOf((condition.Test("sky", ("black",)), condition.Test("days", (), Range(10))))


def laid_out(facts: Vocabulary = FACTS) -> Worlds:
    return Worlds([ASKED], facts, {"sky": SKY.options, "days": (Range(0),)})


def values(worlds: Worlds, mask: int, facts: Vocabulary = FACTS) -> list[object]:
    world = plainest(worlds, facts, mask)
    assert world.bit_count() == 1
    return [plainest_value(worlds, facts[name], world) for name in ("sky", "days")]


def test_a_fact_is_what_it_usually_is_where_it_can_be() -> None:
    worlds = laid_out()

    assert values(worlds, worlds.everything) == ["grey", 0]


def test_where_it_cannot_be_it_is_the_first_that_it_can() -> None:
    worlds = laid_out()

    assert values(worlds, worlds.where(condition.Test("days", (), Range(10)))) == ["grey", 10]
    assert values(worlds, worlds.where(condition.Test("sky", ("black",)))) == ["black", 0]


def test_a_fact_without_a_usual_value_has_the_first() -> None:
    facts = Vocabulary({"sky": replace(SKY, absent=None), "days": replace(DAYS, unless_stated=None)})
    worlds = laid_out(facts)

    assert values(worlds, worlds.everything, facts) == ["blue", 0]
