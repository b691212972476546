"""The shipped pack with every fact unknown: each possible verdict is there, no other is, and it takes no time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

import pytest

from authcheck.answer import decide
from authcheck.answer.answer import Answer
from authcheck.decision.decision import Law
from authcheck.decision.known import everything_allowed
from authcheck.decision.verdicts import ORDER, AuthorityTables, conditions_of, occurring
from authcheck.diagnostics import Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.worlds import Vocabulary, Worlds
from authcheck.meaning import agreed, choices_of, day_of, verdict_in
from authcheck.model.authority import Authority
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, Value
from authcheck.model.scenario import Scenario, StatedFact
from authcheck.model.verdict import Need, Verdict
from tests import shipped
from tests.reference import can_be, questions_behind

PACK = shipped.pack()
PLACE = Place("scenario.yaml", 1, 1)
UNKNOWN = Scenario(
    "unknown", "Nothing is known", PLACE, "", {name: StatedFact(name, PLACE, unknown=True) for name in PACK.facts}
)

DAY = day_of(PACK, PACK.as_of)
LAW = Law(PACK).on(PACK.as_of)

# As many worlds as are tried where there are too many to try all.
SAMPLE = 2_000


@cache
def answer(lens: str) -> Answer:
    return decide(PACK, UNKNOWN, lens=lens)


def tables_of(authority: Authority) -> AuthorityTables:
    allowed = {name: everything_allowed(fact) for name, fact in PACK.facts.items()}
    worlds = lay_out(conditions_of(authority), Vocabulary(PACK.facts), allowed, coarse=True)
    return AuthorityTables(authority, PACK.questions, worlds, DAY.in_force)


def naive_verdict(authority: Authority, world: Mapping[str, Value], lens: str) -> Verdict:
    """Return what the authority is in the world, worked out reading by reading."""
    admits = {name: PACK.lenses[lens].admits[name] for name in questions_behind(authority)}
    return agreed(verdict_in(authority, world, choice, DAY) for choice in choices_of(admits))


def world_at(worlds: Worlds, index: int) -> dict[str, Value]:
    """Return the world that a bit stands for."""
    found: dict[str, Value] = {}
    for name, dimension in worlds.dimensions.items():
        cell = dimension.cells[index // dimension.stride % len(dimension.cells)]
        found[name] = cell.low if isinstance(cell, Range) else cell[0]
    return found


def told_at(worlds: Worlds, index: int) -> tuple[dict[str, Value], dict[str, Fact]]:
    """Return the values that a bit settles, and the facts, each with the values that the bit leaves it."""
    told: dict[str, Value] = {}
    facts = dict(PACK.facts)
    for name, dimension in worlds.dimensions.items():
        cell = dimension.cells[index // dimension.stride % len(dimension.cells)]
        if isinstance(cell, Range) or len(cell) == 1:
            told[name] = cell.low if isinstance(cell, Range) else cell[0]
        elif facts[name].values:
            facts[name] = replace(facts[name], values=dict.fromkeys(map(str, cell), ""))
    return told, facts


def some_worlds(worlds: Worlds, most: int = SAMPLE) -> Iterable[int]:
    """Return all worlds, or as many as can be tried."""
    if worlds.size <= most:
        return range(worlds.size)
    return random.Random(20250204).sample(range(worlds.size), most)  # noqa: S311 - The same worlds each time.


@pytest.mark.parametrize("lens", ["documents", "all"])
@pytest.mark.parametrize("name", PACK.authorities)
def test_every_verdict_that_is_possible_is_found_and_no_other(name: str, lens: str) -> None:
    authority, written = LAW.pack.authorities[name], PACK.authorities[name]
    tables = tables_of(authority)
    worlds = tables.worlds
    split = tables.agreed(tables.combinations(PACK.lenses[lens].admits))
    possible = answer(lens).authorities[name].possible

    assert possible == occurring(split, worlds.possible)
    for verdict, there in zip(ORDER, split.worlds, strict=True):
        if verdict in possible:
            witness = world_at(worlds, (there & worlds.possible).bit_length() - 1)
            assert naive_verdict(written, witness, lens) is verdict
    for index in some_worlds(worlds):
        is_possible = bool(worlds.possible >> index & 1)
        assert not is_possible or naive_verdict(written, world_at(worlds, index), lens) in possible


@pytest.mark.slow
@pytest.mark.parametrize("name", PACK.authorities)
def test_those_worlds_are_possible_that_the_vocabulary_allows(name: str) -> None:
    worlds = tables_of(LAW.pack.authorities[name]).worlds

    for index in some_worlds(worlds, SAMPLE // 20):
        assert can_be(*told_at(worlds, index)) == bool(worlds.possible >> index & 1)


@pytest.mark.parametrize("lens", ["documents", "all"])
def test_each_fact_that_is_asked_for_is_open_and_what_is_undetermined_asks_for_some(lens: str) -> None:
    for found in answer(lens).authorities.values():
        assert (found.verdict is Verdict.UNDETERMINED) == bool(found.still_needed)
        assert set(found.still_needed) <= set(PACK.facts)


@pytest.mark.parametrize("lens", ["documents", "all"])
def test_every_power_may_be_needed_and_none_is_ruled_out_that_an_authority_may_supply(lens: str) -> None:
    found = answer(lens)
    for name, power in found.powers.items():
        assert power.needed is Need.PERHAPS
        sources = [found.authorities[one] for one in power.sources]
        if Verdict.AVAILABLE in power.possible:
            assert any(Verdict.AVAILABLE in one.possible for one in sources), name
