"""What the parts of the model say of themselves."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from authcheck.diagnostics import Place
from authcheck.model import condition
from authcheck.model.condition import AllOf, AnyOf, Constant, InForce, Not, Range, Term, Truth, parts
from authcheck.model.fact import Fact, FactKind, FactType, at_once
from authcheck.model.period import Period
from authcheck.model.scenario import Expectation, Scenario, StatedFact, stated_as
from authcheck.model.source import DocumentClass
from authcheck.model.verdict import Verdict

PLACE = Place("file.yaml", 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "meets", "holds"),
    [
        (Range(1, 5), Range(5, 9), True, False),
        (Range(1, 5), Range(6), False, False),
        (Range(6), Range(1, 5), False, False),
        (Range(1, 5), Range(2, 3), True, True),
        (Range(1, 5), Range(2), True, False),
        (Range(1), Range(7), True, True),
        (Range(3), Range(1), True, False),
    ],
)
def test_ranges_meet_where_they_share_a_number_and_hold_what_lies_in_them(
    one: Range,
    other: Range,
    meets: bool,  # noqa: FBT001
    holds: bool,  # noqa: FBT001
) -> None:
    assert one.meets(other) == other.meets(one) == meets
    assert one.holds(other) == holds


@pytest.mark.parametrize(
    ("others", "nearest"),
    [([Range(20)], 9), ([Range(20), Range(4, 4)], 5), ([Range(0, 2)], 5), ([], 5)],
)
def test_the_nearest_number_of_a_range_is_its_last_where_all_others_lie_above(
    others: list[Range], nearest: int
) -> None:
    assert Range(5, 9).nearest(others) == nearest
    assert Range(5).nearest(others) == 5


@pytest.mark.parametrize(("one", "words"), [(Range(3, 3), "3"), (Range(3, 5), "3 to 5"), (Range(3), "3 or more")])
def test_a_range_is_said_in_words(one: Range, words: str) -> None:
    assert str(one) == words


def test_the_parts_of_a_condition_come_outermost_first() -> None:
    rain, act = condition.Test("rain", (True,)), InForce("act")
    term = Term("term", "A term", Not(rain))
    whole = AllOf((AnyOf((act, Constant(Truth.SILENT))), term))

    assert list(parts(whole)) == [whole, whole.parts[0], act, Constant(Truth.SILENT), term, term.condition, rain]


def test_a_fact_lists_the_values_that_it_may_take() -> None:
    def fact(type: FactType, *values: str) -> Fact:
        return Fact("fact", "group", FactKind.STATUS, type, "?", "?", PLACE, {value: value for value in values})

    assert fact(FactType.YES_NO).options == (True, False)
    assert fact(FactType.CHOICE, "few", "many").options == ("few", "many")
    assert fact(FactType.NUMBER).options == fact(FactType.DATE).options == ()


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (StatedFact("fact", PLACE, unknown=True), "unknown"),
        (StatedFact("fact", PLACE, date=datetime.date(2025, 2, 4)), "2025-02-04"),
        (StatedFact("fact", PLACE, values=(True,)), "yes"),
        (StatedFact("fact", PLACE, values=(False, True)), "no or yes"),
        (StatedFact("fact", PLACE, values=("few", "many")), "few or many"),
        (StatedFact("fact", PLACE, ranges=(Range(3, 3), Range(9))), "3 or 9 or more"),
    ],
)
def test_a_stated_fact_says_its_value_in_words(stated: StatedFact, said: str) -> None:
    assert stated.said == said


def test_articles_say_what_others_hold_and_law_speaks_for_itself() -> None:
    assert [one for one in DocumentClass if one.is_article] == [DocumentClass.EXPERT_ANALYSIS, DocumentClass.REPORTING]


@pytest.mark.parametrize(
    ("allowed", "setting"),
    [
        ([True], "fact=true"),
        ([False], "fact=false"),
        (["few", "many"], "fact=few"),
        ([Range(3, 3)], "fact=3"),
    ],
)
def test_a_value_that_is_stated_is_set_as_a_command_line_takes_it(
    allowed: list[bool | str | Range], setting: str
) -> None:
    stated = stated_as("fact", allowed, PLACE)

    assert (stated.fact, stated.place, stated.setting) == ("fact", PLACE, setting)
    assert [*stated.values, *stated.ranges] == allowed
    assert StatedFact("fact", PLACE, unknown=True).setting == "fact=unknown"


@pytest.mark.parametrize(
    ("exact", "authority", "verdict", "admitted"),
    [
        (True, "act", Verdict.AVAILABLE, True),
        (True, "act", Verdict.SILENT, False),
        (True, "charter", Verdict.NOT_ENGAGED, True),
        (True, "charter", Verdict.SILENT, False),
        (False, "charter", Verdict.SILENT, True),
    ],
)
def test_an_exact_expectation_lists_what_is_engaged(
    exact: bool,  # noqa: FBT001 - It is one column of the table.
    authority: str,
    verdict: Verdict,
    admitted: bool,  # noqa: FBT001
) -> None:
    expectation = Expectation(PLACE, {"act": "available"}, {"act": PLACE}, exact=exact)

    assert expectation.admits(authority, verdict) is admitted


def test_a_law_is_in_force_from_its_first_day_until_the_day_on_which_it_is_gone() -> None:
    def in_force(begins: int | None, ends: int | None, year: int) -> bool:
        days = (None if one is None else datetime.date(one, 1, 1) for one in (begins, ends))
        return Period(("act",), *days).holds(datetime.date(year, 1, 1))

    assert [in_force(2000, 2020, year) for year in (1999, 2000, 2019, 2020)] == [False, True, True, False]
    assert in_force(None, None, 1066)
    assert not in_force(None, 2020, 2025)
    assert in_force(2000, None, 2025)


def test_two_values_at_once_are_named_where_the_fact_may_have_several() -> None:
    values = {name: f"It is {name}." for name in ("none", "wet", "dark")}
    sky = Fact("sky", "group", FactKind.STATUS, FactType.CHOICE, "?", "?", PLACE, values)
    both = at_once(["wet", "dark"])

    assert dict(sky.pairs) == {}
    assert dict(replace(sky, several=True, absent="none").pairs) == {both: ("wet", "dark")}
    wet, bright = condition.Test("sky", ("wet",)), condition.Test("sky", ("bright",))
    assert (wet.has("wet"), wet.has(both), bright.has(both)) == (True, True, False)


def test_a_value_is_known_by_what_people_call_it() -> None:
    sky = Fact("sky", "group", FactKind.STATUS, FactType.CHOICE, "?", "?", PLACE, also={"wet": ("rainy", "damp")})

    assert (sky.called("damp"), sky.called("dry")) == ("wet", "")


def test_an_activity_states_its_facts_over_those_of_the_story() -> None:
    def told(*values: str) -> dict[str, StatedFact]:
        return {"sky": StatedFact("sky", PLACE, values=values)}

    story = Scenario("story", "A story", PLACE, "", told("wet"), activities={"sail": told("dark"), "row": {}})

    assert story.restatements == (told("dark"), {})
    assert [(one.activity, one.facts, one.activities) for one in story.parts] == [
        ("sail", told("dark"), {}),
        ("row", told("wet"), {}),
    ]
    (sail, _) = story.parts
    assert sail.parts == (sail,)
