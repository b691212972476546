"""Whether a power is needed and supplied: over several authorities, readings and unknown facts at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from authcheck.answer.answer import Answer
from authcheck.decision.known import everything_allowed
from authcheck.decision.powers import PowerTables, PowerVerdict
from authcheck.decision.verdicts import conditions_of
from authcheck.evaluation.circumstances import Circumstances, lay_out
from authcheck.evaluation.worlds import Allowed, Vocabulary, Worlds, facts_of
from authcheck.meaning import Choice, agreed, choices_of, day_of, is_allowed, power_in, truth_of
from authcheck.model import condition
from authcheck.model.authority import Authority, Supply
from authcheck.model.condition import Condition, Range, Truth
from authcheck.model.fact import Value
from authcheck.model.pack import Pack
from authcheck.model.verdict import Need, Verdict
from tests import shipped
from tests.reference import questions_behind

Ask = Callable[..., Answer]

SHIPPED = shipped.pack()
DAY = day_of(SHIPPED, SHIPPED.as_of)
FACTS = Vocabulary(SHIPPED.facts)
EVERYTHING: Mapping[str, Allowed] = {name: everything_allowed(fact) for name, fact in FACTS.items()}

# As many worlds as are tried of each power.
SAMPLE = 25


# --- the shipped pack with everything unknown


def tables_of(power: str, allowed: Mapping[str, Allowed]) -> PowerTables:
    return PowerTables(
        SHIPPED.powers[power],
        SHIPPED.authorities.values(),
        SHIPPED.questions,
        Circumstances(FACTS, allowed, DAY.in_force),
    )


def found(power: str, lens: str, allowed: Mapping[str, Allowed] = EVERYTHING) -> PowerVerdict:
    return tables_of(power, allowed).verdict(SHIPPED.lenses[lens].admits)


def involved(power: str) -> list[Authority]:
    tables = tables_of(power, EVERYTHING)
    return [*tables.sources, *tables.means]


def groups_of(power: str) -> list[Worlds]:
    """Return the worlds of each group of tied facts on which the power turns; a world of each makes one of all."""
    conditions: list[Condition] = [SHIPPED.powers[power].needed_when]
    conditions.extend(one for authority in involved(power) for one in conditions_of(authority))
    groups = dict.fromkeys(FACTS.tied[name] for name in facts_of(conditions))
    return [lay_out([], FACTS, EVERYTHING, conditions, group) for group in groups]


def values_at(worlds: Worlds, index: int) -> Iterator[tuple[str, Value]]:
    for name, dimension in worlds.dimensions.items():
        cell = dimension.cells[index // dimension.stride % len(dimension.cells)]
        yield name, cell.low if isinstance(cell, Range) else cell[0]


def possible_in(worlds: Worlds) -> list[int]:
    return [index for index in range(worlds.size) if worlds.possible >> index & 1]


def naive(power: str, world: Mapping[str, Value], lens: str) -> Verdict | None:
    """Return what the power is in the world, worked out reading by reading; None where it is not needed."""
    if truth_of(SHIPPED.powers[power].needed_when, world, DAY.in_force) is not Truth.TRUE:
        return None
    authorities = involved(power)
    questions = set().union(*(questions_behind(one) for one in authorities))
    questions |= {name for one in authorities for supply in one.supplies for name in supply.only_on}

    def supplied(choice: Choice) -> Verdict:
        return power_in(SHIPPED.powers[power], authorities, world, choice, DAY)

    admits = SHIPPED.lenses[lens].admits
    return agreed(supplied(choice) for choice in choices_of({name: admits[name] for name in sorted(questions)}))


def settled(value: Value) -> Allowed:
    if isinstance(value, bool | str):
        return (value,)
    assert isinstance(value, int)
    return (Range(value, value),)


def witness(power: str, lens: str, verdict: Verdict) -> dict[str, Value]:
    """Return a world in which the power is needed and has the verdict, settling one group of facts after another."""
    allowed, world = dict(EVERYTHING), dict[str, Value]()
    certain = PowerVerdict(Need.NEEDED, (verdict,))
    is_certain = False
    for worlds in sorted(groups_of(power), key=lambda one: one.size, reverse=True):
        for index in possible_in(worlds):
            values = dict(values_at(worlds, index))
            tried = {**allowed, **{name: settled(value) for name, value in values.items()}}
            # Once it is certain, any world of the groups that are left will do.
            answer = certain if is_certain else found(power, lens, tried)
            if verdict in answer.possible:
                allowed, is_certain = tried, answer == certain
                world.update(values)
                break
        else:
            pytest.fail(f"in no world is `{power}` {verdict.value}")
    return world


@pytest.mark.parametrize("lens", ["documents", "all"])
@pytest.mark.parametrize("power", SHIPPED.powers)
def test_every_verdict_said_to_be_possible_of_a_power_has_a_world(power: str, lens: str) -> None:
    answer = found(power, lens)

    assert answer.needed is Need.PERHAPS
    assert answer.possible
    for verdict in answer.possible:
        world = witness(power, lens, verdict)
        assert is_allowed(world, {name: FACTS[name] for name in world})
        assert naive(power, world, lens) is verdict


@pytest.mark.parametrize("lens", ["documents", "all"])
@pytest.mark.parametrize("power", SHIPPED.powers)
def test_no_world_gives_a_power_another_verdict_than_those_said_to_be_possible(power: str, lens: str) -> None:
    draw = random.Random(20250204)  # noqa: S311 - The same worlds each time.
    groups = [(worlds, possible_in(worlds)) for worlds in groups_of(power)]
    possible = found(power, lens).possible

    for _ in range(SAMPLE):
        world = {name: one for worlds, indices in groups for name, one in values_at(worlds, draw.choice(indices))}
        assert naive(power, world, lens) in {None, *possible}


# --- several sources


def with_supply(pack: Pack, **supplies: tuple[Supply, ...]) -> Pack:
    changed = {
        name: replace(pack.authorities[name.replace("_", "-")], supplies=some) for name, some in supplies.items()
    }
    return replace(pack, authorities={**pack.authorities, **{one.authority: one for one in changed.values()}})


def enter(pack: Pack, lens: str, **facts: bool | str) -> list[str]:
    """Return what leave to enter may be, for a ship that enters and these facts."""
    allowed = {name: everything_allowed(fact) for name, fact in pack.facts.items()}
    allowed |= {name: settled(value) for name, value in {"entering": True, **facts}.items()}
    in_force = frozenset(pack.authorities) - {"old-charter"}
    tables = PowerTables(
        pack.powers["enter-harbour"],
        pack.authorities.values(),
        pack.questions,
        Circumstances(Vocabulary(pack.facts), allowed, in_force),
    )
    return [one.value for one in tables.verdict(pack.lenses[lens].admits).possible]


def test_a_source_that_is_silent_leaves_the_power_silent_unless_another_supplies_it(harbour: Pack) -> None:
    sound: dict[str, bool | str] = {"seaworthy": True, "pilot_aboard": True, "fee_paid": True}

    assert enter(harbour, "documents", **sound, permit="sought", storm="none") == ["silent"]
    assert enter(harbour, "documents", **sound, permit="sought", storm="raging") == ["available"]
    assert enter(harbour, "documents", **sound, permit="refused", storm="none") == ["unavailable"]


def test_sources_that_stand_on_opposite_readings_supply_a_power_together_on_every_reading(harbour: Pack) -> None:
    # The shelter stands where a storm opens the harbour, and here the Act supplies leave only where none does.
    closed = (Supply("enter-harbour", {"shelter": ("closed",)}),)
    pack = with_supply(harbour, harbour_act=closed)
    facts: dict[str, bool | str] = {
        "seaworthy": True,
        "pilot_aboard": True,
        "fee_paid": True,
        "permit": "granted",
        "storm": "raging",
    }

    # Leave granted displaces the shelter: the Act alone is left, on one reading.
    assert enter(pack, "all", **facts) == ["contested"]

    shelter = replace(pack.authorities["storm-shelter"], displaced_by=())
    both = replace(pack, authorities={**pack.authorities, "storm-shelter": shelter})
    assert enter(both, "all", **facts) == ["available"]
    assert enter(both, "text", **facts) == ["available"]
    assert enter(with_supply(both, harbour_act=()), "all", **facts) == ["contested"]


def test_what_is_unknown_and_shared_by_source_and_means_is_the_same_for_both(harbour: Pack) -> None:
    # Whether the pilot is aboard decides at once on the Act, read strictly, and on the boat that must lead.
    facts: dict[str, bool | str] = {"seaworthy": True, "fee_paid": True, "permit": "granted", "storm": "raging"}

    assert enter(harbour, "master", **facts) == ["available", "unavailable"]
    without_pilot = condition.Test("pilot_aboard", (False,))
    boat = harbour.authorities["pilot-boat"]
    (ground,) = boat.grounds
    (element,) = ground.elements
    assert element.rule is not None
    opposite = replace(element, rule=replace(element.rule, when=without_pilot))
    boat = replace(boat, grounds=(replace(ground, elements=(opposite,)),))
    pack = replace(harbour, authorities={**harbour.authorities, "pilot-boat": boat})
    assert enter(pack, "master", **facts) == ["unavailable"]


def test_a_power_is_not_looked_into_where_nothing_needs_it(ask: Ask) -> None:
    power = ask("facts: {entering: false}").powers["enter-harbour"]

    assert (power.needed, power.verdict, power.possible) == (Need.NOT_NEEDED, None, ())


def test_a_power_without_any_source_is_a_gap(harbour: Pack) -> None:
    assert enter(with_supply(harbour, harbour_act=(), storm_shelter=()), "all") == ["unavailable"]
