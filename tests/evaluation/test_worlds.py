"""The worlds that the facts leave open, and those that a vocabulary excludes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from authcheck.diagnostics import Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.projection import coarsened, demanded
from authcheck.evaluation.truth import Setting, table
from authcheck.evaluation.worlds import (
    TOO_LARGE,
    Allowed,
    Cuts,
    TooLargeError,
    Vocabulary,
    Worlds,
    constrained,
    facts_of,
)
from authcheck.model import condition
from authcheck.model.condition import AllOf, AnyOf, Not, Range, Term
from authcheck.model.fact import Fact, FactKind, FactType

PLACE = Place("facts.yaml", 1, 1)


def fact(name: str, *values: str, kind: FactKind = FactKind.STATUS) -> Fact:
    type = FactType.CHOICE if values else FactType.YES_NO
    return Fact(name, "group", kind, type, "?", "?", PLACE, {value: value for value in values})


RAIN, WIND, SKY = fact("rain"), fact("wind"), fact("sky", "blue", "grey", "black")
DAYS = Fact("days", "group", FactKind.EVENT, FactType.NUMBER, "?", "?", PLACE, minimum=1)
FACTS = Vocabulary({one.fact: one for one in (RAIN, WIND, SKY, DAYS)})
OPEN: Mapping[str, Allowed] = {
    "rain": (True, False),
    "wind": (True, False),
    "sky": ("blue", "grey", "black"),
    "days": (Range(1),),
}


def is_yes(name: str) -> condition.Test:
    return condition.Test(name, (True,))


def is_in(low: int, high: int | None = None) -> condition.Test:
    return condition.Test("days", (), Range(low, high))


def cells(worlds: Worlds, name: str) -> list[str]:
    return [" or ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in worlds.dimensions[name].cells]


def test_facts_are_named_in_the_order_in_which_conditions_test_them() -> None:
    nested = AllOf((Not(is_yes("wind")), Term("t", "t", AnyOf((is_yes("rain"), is_yes("wind"))))))

    assert facts_of([nested, is_in(2)]) == ("wind", "rain", "days")


def test_values_that_no_condition_tells_apart_are_one_cell() -> None:
    worlds = lay_out([condition.Test("sky", ("blue",))], FACTS, OPEN)

    assert cells(worlds, "sky") == ["blue", "grey or black"]
    assert worlds.size == 2


def test_a_further_condition_cuts_the_cells_and_adds_no_fact() -> None:
    blue, grey = condition.Test("sky", ("blue",)), condition.Test("sky", ("grey",))
    worlds = lay_out([blue], FACTS, OPEN, cut_by=[AllOf((grey, is_yes("rain")))])

    assert cells(worlds, "sky") == ["blue", "grey", "black"]
    assert list(worlds.dimensions) == ["sky"]


def test_numbers_are_cut_at_the_thresholds_and_nowhere_below_the_smallest() -> None:
    worlds = lay_out([AnyOf((is_in(0, 60), is_in(30)))], FACTS, OPEN)

    assert cells(worlds, "days") == ["1 to 29", "30 to 60", "61 or more"]
    assert worlds.where(is_in(30)) == worlds.column("days", 1) | worlds.column("days", 2)
    assert worlds.where(is_in(0, 60)) == worlds.column("days", 0) | worlds.column("days", 1)


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ((Range(45, 45),), ["45"]),
        ((Range(45),), ["30 to 60", "61 or more"]),
        ((Range(1, 3), Range(80)), ["1 to 29", "61 or more"]),
    ],
)
def test_a_stated_number_leaves_the_cells_that_it_may_lie_in(allowed: tuple[Range, ...], expected: list[str]) -> None:
    worlds = lay_out([AnyOf((is_in(0, 60), is_in(30)))], FACTS, {**OPEN, "days": allowed})

    assert cells(worlds, "days") == expected


def test_a_fact_that_is_known_takes_no_room() -> None:
    worlds = lay_out([is_yes("rain"), is_yes("wind")], FACTS, {**OPEN, "rain": (True,)})

    assert worlds.size == 2
    assert worlds.open_facts == ("wind",)
    assert worlds.where(is_yes("rain")) == worlds.everything


def test_columns_divide_the_worlds_among_the_cells() -> None:
    sky = [condition.Test("sky", (one,)) for one in ("blue", "grey", "black")]
    worlds = lay_out([is_yes("rain"), *sky, is_yes("wind")], FACTS, OPEN)

    assert worlds.size == 12
    assert [worlds.column("rain", cell) for cell in range(2)] == [0b010101010101, 0b101010101010]
    assert [worlds.column("sky", cell) for cell in range(3)] == [0b000011000011, 0b001100001100, 0b110000110000]
    assert [worlds.column("wind", cell) for cell in range(2)] == [0b000000111111, 0b111111000000]


def test_what_a_value_implies_excludes_worlds() -> None:
    facts = Vocabulary({**FACTS, "rain": replace(RAIN, implies={"true": is_yes("wind")})})
    worlds = lay_out([is_yes("rain"), is_yes("wind")], facts, OPEN)

    assert worlds.possible == worlds.everything & ~(worlds.column("rain", 0) & worlds.column("wind", 1))


def test_what_a_value_excludes_is_in_no_world_with_it() -> None:
    facts = Vocabulary({**FACTS, "rain": replace(RAIN, excludes={"true": is_yes("wind")})})
    worlds = lay_out([is_yes("rain"), is_yes("wind")], facts, OPEN)

    assert worlds.possible == worlds.everything & ~(worlds.column("rain", 0) & worlds.column("wind", 0))


def test_a_fact_that_no_condition_tests_takes_no_room_and_still_ties_those_that_are_tested() -> None:
    # Rain implies wind, and wind a sky that is not blue: so rain and a blue sky are never together.
    grey_or_black = Not(condition.Test("sky", ("blue",)))
    facts = Vocabulary(
        {
            **FACTS,
            "rain": replace(RAIN, implies={"true": is_yes("wind")}),
            "wind": replace(WIND, implies={"true": grey_or_black}),
        }
    )
    blue = condition.Test("sky", ("blue",))
    worlds = lay_out([is_yes("rain"), blue], facts, OPEN)

    assert list(worlds.dimensions) == ["rain", "sky"]
    assert worlds.possible == worlds.everything & ~(worlds.where(is_yes("rain")) & worlds.where(blue))
    assert lay_out([is_yes("rain")], facts, OPEN).size == 2
    calm = lay_out([is_yes("rain")], facts, {**OPEN, "wind": (False,)})
    assert calm.possible == calm.column("rain", 1)


@pytest.mark.parametrize(
    "sky",
    [
        replace(SKY, absent="black", only_if=is_yes("rain")),
        replace(SKY, kind=FactKind.EVENT, unless_stated="black", only_if=is_yes("rain")),
    ],
    ids=["a status", "an event"],
)
def test_a_fact_that_does_not_apply_has_its_absent_value(sky: Fact) -> None:
    worlds = lay_out([condition.Test("sky", ("black",))], Vocabulary({**FACTS, "sky": sky}), {**OPEN, "rain": (False,)})

    assert worlds.possible == worlds.where(condition.Test("sky", ("black",)))


def test_constraints_tie_facts_directly_and_through_others() -> None:
    facts = Vocabulary(
        {
            **FACTS,
            "rain": replace(RAIN, implies={"true": is_yes("wind")}),
            "sky": replace(SKY, implies={"blue": Not(is_yes("wind"))}),
        }
    )

    assert set(constrained(["rain"], facts)) == {"rain", "wind", "sky"}
    assert constrained(["days"], facts) == ("days",)
    assert facts.tied["sky"] == ("rain", "wind", "sky")


def test_a_table_may_be_laid_out_over_chosen_facts_alone() -> None:
    facts = Vocabulary({**FACTS, "rain": replace(RAIN, implies={"true": is_yes("wind"), "false": is_yes("wind")})})

    alone = lay_out([is_yes("rain")], facts, OPEN, only=["rain"])
    assert alone.possible == alone.everything == 0b11

    both = lay_out([is_yes("rain")], facts, OPEN, only=["wind", "rain"])
    assert list(both.dimensions) == ["wind", "rain"]
    assert both.possible == both.column("wind", 0)


def test_a_fact_flips_a_truth_where_two_worlds_differ_in_it_alone() -> None:
    either = AnyOf((is_yes("rain"), is_yes("wind")))
    worlds = lay_out([either], FACTS, OPEN)
    rain = worlds.where(is_yes("rain"))

    assert worlds.flips("rain", [rain])
    assert not worlds.flips("wind", [rain])

    # Where the two always go together, neither moves alone.
    worlds.possible = ~(rain ^ worlds.where(is_yes("wind"))) & worlds.everything
    assert not worlds.flips("rain", [rain])


def test_folded_worlds_stand_in_the_first_cell_of_what_they_are_apart_from() -> None:
    sky = [condition.Test("sky", (one,)) for one in ("blue", "grey", "black")]
    worlds = lay_out([is_yes("rain"), *sky, is_yes("wind")], FACTS, OPEN)
    black_and_calm = worlds.column("sky", 2) & worlds.column("wind", 1)

    assert worlds.folded(black_and_calm, ["sky"]) == worlds.column("sky", 0) & worlds.column("wind", 1)
    assert worlds.folded(black_and_calm, ["sky", "wind"]) == worlds.folded(worlds.everything, ["wind", "sky"]) == 0b11
    assert worlds.folded(black_and_calm, []) == black_and_calm


def test_a_truth_turns_on_the_facts_that_narrow_it_or_flip_it() -> None:
    worlds = lay_out([is_yes("rain"), is_yes("wind"), condition.Test("sky", ("black",))], FACTS, OPEN)
    rain, wind = worlds.column("rain", 0), worlds.column("wind", 0)

    assert worlds.turning([rain]) == ("rain",)
    # Neither narrows it alone: with either value of the one, it holds for one value of the other.
    assert worlds.turning([rain ^ wind]) == ("rain", "wind")
    assert worlds.turning([worlds.everything]) == worlds.turning([0]) == ()


def test_what_no_condition_tells_apart_from_a_value_is_alike_but_where_it_is_told_apart_otherwise() -> None:
    cuts = Cuts([condition.Test("sky", ("blue",)), is_in(2, 3), is_in(20)], FACTS)
    grey: Mapping[str, Allowed] = {**OPEN, "sky": ("grey",), "days": (Range(2, 2), Range(7, 7))}

    assert cuts.alike(grey) == {"sky": ("grey", "black"), "days": (Range(2, 3), Range(4, 19))}
    assert cuts.alike({**grey, "sky": ("black",)}) == cuts.alike(grey)
    assert cuts.alike({**grey, "sky": ("blue",)}) != cuts.alike(grey)
    assert cuts.alike(grey, finer=["sky"])["sky"] == ("grey",)


def test_a_table_that_is_too_large_names_its_open_facts() -> None:
    names = [f"fact_{number}" for number in range(TOO_LARGE.bit_length())]
    facts = Vocabulary({name: fact(name) for name in names})
    conditions = [is_yes(name) for name in names]

    with pytest.raises(TooLargeError, match=", ".join(names[1:])):
        lay_out(conditions, facts, {**dict.fromkeys(names, (True, False))})
    settled = lay_out(conditions, facts, {**dict.fromkeys(names, (True, False)), names[0]: (True,)})
    assert settled.size == TOO_LARGE


def test_numbers_that_the_tests_do_not_tell_apart_are_not_told_apart_by_what_is_demanded() -> None:
    # The term stands for its condition.
    term = Term("few", "A few days", AnyOf((is_in(2, 3), is_in(7, 9))))
    facts = Vocabulary({**FACTS, "rain": replace(RAIN, implies={"true": term})})
    tests = [is_yes("rain"), is_in(5), is_in(20)]
    coarse = coarsened(demanded(["rain", "days"], facts, OPEN), tests, facts, OPEN)
    worlds = lay_out([*tests, *coarse], FACTS, OPEN)

    assert cells(worlds, "days") == ["1 to 4", "5 to 19", "20 or more"]
    meets = table(AllOf(coarse), Setting(worlds, frozenset(), {})).true
    assert meets == worlds.everything & ~(worlds.column("rain", 0) & worlds.column("days", 2))
    for days, possible in ((Range(8, 8), 0b11), (Range(2, 4), 0b11), (Range(4, 6), 0b10)):
        told = lay_out([is_yes("rain")], facts, {**OPEN, "days": (days,)})
        assert told.possible == possible
