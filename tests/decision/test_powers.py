"""Whether a power is needed and supplied: over several authorities, readings and unknown facts at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from authcheck.answer.answer import Answer
from authcheck.decision.decision import Law
from authcheck.decision.known import everything_allowed
from authcheck.decision.powers import PowerVerdict
from authcheck.decision.verdicts import conditions_of
from authcheck.evaluation.circumstances import Circumstances, lay_out
from authcheck.evaluation.projection import is_possible
from authcheck.evaluation.worlds import Allowed, Cell, Vocabulary, facts_of
from authcheck.meaning import Choice, World, agreed, choices_of, day_of, is_allowed, power_in, truth_of
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

# What the tables are laid out of: the pack without what is not law on its day.
LAW = Law(SHIPPED).on(SHIPPED.as_of)
FACTS = Vocabulary(SHIPPED.facts)
EVERYTHING: Mapping[str, Allowed] = {name: everything_allowed(fact) for name, fact in FACTS.items()}

# As many worlds as are tried of each power, and guessed at before one is sought.
SAMPLE = 10
GUESSES = 25


# --- the shipped pack with everything unknown


TABLES = {name: LAW.power_tables(name) for name in LAW.pack.powers}


def found(power: str, lens: str, allowed: Mapping[str, Allowed] = EVERYTHING) -> PowerVerdict:
    return TABLES[power].verdict(Circumstances(FACTS, allowed, DAY.in_force), SHIPPED.lenses[lens].admits)


def involved(power: str) -> list[Authority]:
    return [SHIPPED.authorities[one.authority] for one in TABLES[power].involved]


def cells_of_facts(power: str) -> dict[str, tuple[Cell, ...]]:
    """Return the values, as far as a rule or a constraint tells them apart, of each fact that the power can turn on."""
    conditions: list[Condition] = [SHIPPED.powers[power].needed_when]
    conditions.extend(one for authority in involved(power) for one in conditions_of(authority))
    groups = dict.fromkeys(FACTS.tied[name] for name in facts_of(conditions))
    laid_out = [lay_out([], FACTS, EVERYTHING, conditions, group) for group in groups]
    return {name: one.cells for worlds in laid_out for name, one in worlds.dimensions.items()}


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


def settled(cell: Cell) -> Value:
    return cell.low if isinstance(cell, Range) else cell[0]


def known(value: Value) -> Allowed:
    if isinstance(value, bool | str):
        return (value,)
    assert isinstance(value, int)
    return (Range(value, value),)


def world_where(cells: Mapping[str, Sequence[Cell]], can_go_on: Callable[[str, Mapping[str, Allowed]], bool]) -> World:
    """Return a world settled one fact after another, so that each time it can go on from there."""
    allowed, world = dict(EVERYTHING), dict[str, Value]()
    for name, choices in cells.items():
        for value in map(settled, choices):
            tried = {**allowed, name: known(value)}
            if can_go_on(name, tried):
                allowed, world[name] = tried, value
                break
        else:
            pytest.fail(f"no value of `{name}` can go on from {world}")
    return world


def is_possible_still(name: str, allowed: Mapping[str, Allowed]) -> bool:
    """Whether the facts that are tied to this one, which was settled last, can be so together."""
    return is_possible(FACTS.tied[name], FACTS, allowed)


def shuffled(cells: Mapping[str, Sequence[Cell]], draw: random.Random) -> Mapping[str, Sequence[Cell]]:
    """Return the facts and the cells of each in another order."""
    return {name: draw.sample(cells[name], len(cells[name])) for name in draw.sample(list(cells), len(cells))}


def witness(power: str, lens: str, verdict: Verdict) -> World:
    """Return a world in which the power is said to be needed and to have the verdict."""
    certain = PowerVerdict(Need.NEEDED, (verdict,))
    cells, draw = cells_of_facts(power), random.Random(20250204)  # noqa: S311 - The same worlds each time.
    for _ in range(GUESSES):
        world = world_where(shuffled(cells, draw), is_possible_still)
        answer = found(power, lens, {**EVERYTHING, **{name: known(value) for name, value in world.items()}})
        if (answer.needed, answer.possible) == (certain.needed, certain.possible):
            return world
    answers = [found(power, lens)]

    def can_go_on(name: str, allowed: Mapping[str, Allowed]) -> bool:
        if not is_possible_still(name, allowed):
            return False
        # Once it is certain, any world will do.
        if answers[-1] != certain:
            answers.append(found(power, lens, allowed))
        if verdict not in answers[-1].possible:
            answers.pop()
            return False
        return True

    return world_where(cells, can_go_on)


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("lens", ["documents", "all"])
@pytest.mark.parametrize("power", SHIPPED.powers)
def test_no_world_gives_a_power_another_verdict_than_those_said_to_be_possible(power: str, lens: str) -> None:
    draw = random.Random(20250204)  # noqa: S311 - The same worlds each time.
    cells = cells_of_facts(power)
    possible = found(power, lens).possible

    for _ in range(SAMPLE):
        assert naive(power, world_where(shuffled(cells, draw), is_possible_still), lens) in {None, *possible}


# --- several sources


def with_supply(pack: Pack, **supplies: tuple[Supply, ...]) -> Pack:
    changed = {
        name: replace(pack.authorities[name.replace("_", "-")], supplies=some) for name, some in supplies.items()
    }
    return replace(pack, authorities={**pack.authorities, **{one.authority: one for one in changed.values()}})


def enter(pack: Pack, lens: str, **facts: bool | str) -> list[str]:
    """Return what leave to enter may be, for a ship that enters and these facts."""
    allowed = {name: everything_allowed(fact) for name, fact in pack.facts.items()}
    allowed |= {name: known(value) for name, value in {"entering": True, **facts}.items()}
    in_force = frozenset(pack.authorities) - {"old-charter"}
    tables = Law(pack).on(pack.as_of).power_tables("enter-harbour")
    circumstances = Circumstances(Vocabulary(pack.facts), allowed, in_force)
    return [one.value for one in tables.verdict(circumstances, pack.lenses[lens].admits).possible]


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
