"""Three truths: what conditions, rules and exceptions come to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from authcheck.diagnostics import Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.truth import Setting, Table, all_of, any_of, element_table, ground_table, rule_table, table
from authcheck.evaluation.worlds import Vocabulary
from authcheck.model import condition
from authcheck.model.authority import Element, Exclusion, Ground, Rule
from authcheck.model.condition import AllOf, AnyOf, Constant, InForce, Not, Term, Truth
from authcheck.model.fact import Fact, FactKind, FactType

PLACE = Place("facts.yaml", 1, 1)
FACTS = Vocabulary(
    {name: Fact(name, "g", FactKind.STATUS, FactType.YES_NO, "?", "?", PLACE) for name in ("left", "right")}
)
LEFT, RIGHT = condition.Test("left", (True,)), condition.Test("right", (True,))

T, F, S = Constant(Truth.TRUE), Constant(Truth.FALSE), Constant(Truth.SILENT)


def setting(
    *conditions: condition.Condition, in_force: frozenset[str] = frozenset(), readings: Mapping[str, str] | None = None
) -> Setting:
    worlds = lay_out(conditions, FACTS, {name: fact.options for name, fact in FACTS.items()})
    return Setting(worlds, in_force, readings or {})


def truth(one: condition.Condition) -> str:
    found = table(one, setting()).truths(1)
    return " ".join(value.value for value in found)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (T, T, "true", "true"),
        (T, F, "false", "true"),
        (T, S, "silent", "true"),
        (F, F, "false", "false"),
        (F, S, "false", "silent"),
        (S, S, "silent", "silent"),
    ],
)
def test_false_wins_in_all_and_true_in_any_and_silence_comes_next(
    one: condition.Condition, other: condition.Condition, both: str, either: str
) -> None:
    assert truth(AllOf((one, other))) == truth(AllOf((other, one))) == both
    assert truth(AnyOf((one, other))) == truth(AnyOf((other, one))) == either


def test_not_exchanges_true_and_false_and_keeps_silence() -> None:
    assert [truth(Not(one)) for one in (T, F, S)] == ["false", "true", "silent"]


def test_a_term_is_the_condition_that_it_names() -> None:
    assert truth(Term("quiet", "It is quiet.", S)) == "silent"


def test_an_authority_is_in_force_in_every_world_or_in_none() -> None:
    at = setting(LEFT, in_force=frozenset({"act"}))

    assert table(InForce("act"), at).truths(at.worlds.possible) == (Truth.TRUE,)
    assert table(InForce("charter"), at).truths(at.worlds.possible) == (Truth.FALSE,)


def test_a_table_holds_every_truth_that_occurs() -> None:
    at = setting(LEFT)
    found = table(AnyOf((LEFT, S)), at)

    assert found.truths(at.worlds.possible) == (Truth.TRUE, Truth.SILENT)
    assert found.false & at.worlds.possible == 0
    assert table(LEFT, at).truths(at.worlds.possible) == (Truth.TRUE, Truth.FALSE)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(T), "true"),
        (Rule(F), "false"),
        (Rule(S), "silent"),
        (Rule(T, unless=T), "false"),
        (Rule(T, unless=F), "true"),
        (Rule(T, unless=S), "silent"),
        (Rule(F, unless=S), "false"),
        (Rule(S, unless=T), "silent"),
        (Rule(F, silent_when=T), "silent"),
        (Rule(F, silent_when=F), "false"),
        (Rule(F, silent_when=S), "false"),
        (Rule(T, silent_when=T), "true"),
        (Rule(T, unless=T, silent_when=T), "silent"),
    ],
)
def test_an_element_is_met_where_its_rule_says(rule: Rule, expected: str) -> None:
    element = Element("element", "It is met.", (), PLACE, rule)

    assert [one.value for one in rule_table(rule, setting()).truths(1)] == [expected]
    assert [one.value for one in element_table(element, setting()).truths(1)] == [expected]


def test_a_contested_element_follows_the_reading_that_is_chosen() -> None:
    element = Element("element", "It is met.", (), PLACE, None, "question", {"broad": Rule(T), "narrow": Rule(LEFT)})

    def truths(reading: str) -> tuple[Truth, ...]:
        at = setting(LEFT, readings={"question": reading})
        return element_table(element, at).truths(at.worlds.possible)

    assert truths("broad") == (Truth.TRUE,)
    assert truths("narrow") == (Truth.TRUE, Truth.FALSE)


@pytest.mark.parametrize(
    ("held", "exception", "left"),
    [
        (T, T, "false"),
        (T, F, "true"),
        (T, S, "silent"),
        (S, T, "false"),
        (S, F, "silent"),
        (S, S, "silent"),
        (F, T, "false"),
        (F, F, "false"),
        (F, S, "false"),
    ],
)
def test_an_exception_takes_away_and_a_silent_one_leaves_silent_what_would_hold(
    held: condition.Condition, exception: condition.Condition, left: str
) -> None:
    found = all_of([table(held, setting()), ~table(exception, setting())], setting())
    ground = Ground(
        "ground",
        "A ground",
        (Element("element", "It is met.", (), PLACE, Rule(held)),),
        PLACE,
        (Exclusion("exception", "It is not.", exception, (), PLACE),),
    )

    assert [one.value for one in found.truths(1)] == [left]
    assert [one.value for one in ground_table(ground, setting()).truths(1)] == [left]


def test_a_ground_of_several_elements_holds_where_all_do() -> None:
    elements = tuple(Element(one.fact, "It is met.", (), PLACE, Rule(one)) for one in (LEFT, RIGHT))
    at = setting(LEFT, RIGHT)

    found = ground_table(Ground("ground", "A ground", elements, PLACE), at)

    both = at.worlds.where(LEFT) & at.worlds.where(RIGHT)
    assert found == Table(both, at.worlds.everything & ~both)


def test_a_ground_does_not_hold_on_a_reading_on_which_it_does_not_exist() -> None:
    element = Element("element", "It is met.", (), PLACE, Rule(T))
    ground = Ground("ground", "A ground", (element,), PLACE, only_on={"question": ("broad", "open")})

    found = {
        reading: ground_table(ground, setting(readings={"question": reading})).truths(1)
        for reading in ("broad", "open", "narrow")
    }
    assert found == {"broad": (Truth.TRUE,), "open": (Truth.TRUE,), "narrow": (Truth.FALSE,)}


def test_tables_are_joined_as_conditions_are() -> None:
    at = setting(LEFT, RIGHT)
    left, right = table(AnyOf((LEFT, S)), at), table(RIGHT, at)

    assert all_of([left, right], at) == table(AllOf((AnyOf((LEFT, S)), RIGHT)), at)
    assert any_of([left, right], at) == table(AnyOf((LEFT, S, RIGHT)), at)
    assert ~left == table(Not(AnyOf((LEFT, S))), at)
