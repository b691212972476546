"""A record of verdicts says what the full answer says, however often the law has been asked before."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authcheck.answer import Decider
from authcheck.answer.answer import Answer, ClaimStanding
from authcheck.answer.decider import Terms
from authcheck.answer.record import AuthorityVerdict, PowerRecord, Record
from authcheck.diagnostics import AuthcheckError
from authcheck.model.condition import Range
from authcheck.model.scenario import Scenario, Unstated
from tests.promises.strategies import AS_OF, FEWER, Case, cases
from tests.shipped import decider, pack, scenario, scenarios

LENSES = ("documents", "all", "text", "executive")
DAYS = (None, datetime.date(1949, 5, 1), datetime.date(1975, 1, 1), datetime.date(2002, 1, 1))


def said(answer: Answer) -> Record:
    """Return what the answer says of that which a record holds."""
    claims = {
        standing: tuple(dict.fromkeys(one.authority for one in answer.claimed if one.standing is standing))
        for standing in ClaimStanding
    }
    return Record(
        schema="authcheck.verdicts/1",
        scenario=answer.scenario,
        place=answer.place,
        option=answer.option,
        activity=answer.receipt.activity,
        as_of=answer.receipt.as_of,
        lens=answer.receipt.lens,
        agreed=claims[ClaimStanding.AGREED],
        claimed_not_found=claims[ClaimStanding.NOT_FOUND],
        claimed_open=claims[ClaimStanding.OPEN],
        claimed_not_relied_on=claims[ClaimStanding.NOT_RELIED_ON],
        found_not_claimed=claims[ClaimStanding.NOT_CLAIMED],
        relies_on=answer.relies_on,
        gaps=tuple(name for name, power in answer.powers.items() if power.gap),
        authorities={
            name: AuthorityVerdict(
                one.verdict, one.possible, one.hedges, one.in_effect, one.inferred, one.left_out, one.apart_from
            )
            for name, one in answer.authorities.items()
        },
        powers={
            name: PowerRecord(
                one.needed,
                one.verdict,
                one.possible,
                one.unsupplied,
                one.supplied_if_left_out,
                one.hedges,
                one.gap,
                one.apart_from,
            )
            for name, one in answer.powers.items()
        },
    )


def told(ask: Decider, of: Scenario, **terms: Unpack[Terms]) -> tuple[object, object]:
    """Return what the record says and what the answer says, or what is wrong with the scenario to each."""
    works: tuple[Callable[[], Record], ...] = (
        lambda: ask.record(of, **terms),
        lambda: said(Decider(ask.pack).decide(of, **terms)),
    )
    found: list[object] = []
    for work in works:
        try:
            found.append(work())
        except AuthcheckError as error:
            found.append(error.diagnostics)
    return found[0], found[1]


@given(cases(), st.lists(st.sampled_from([0, 1, 2, 3, 4, 6]), min_size=2, max_size=3), st.sampled_from([0, 1]))
def test_scenarios_that_differ_in_their_numbers_have_each_its_own_record(
    case: Case, numbers: list[int], later: int
) -> None:
    ask = Decider(case.pack)
    for number in numbers:
        facts = {
            name: replace(one, ranges=(Range(one.ranges[0].low + number, one.ranges[0].low + number),))
            if one.ranges
            else one
            for name, one in case.scenario.facts.items()
        }
        again = replace(case.scenario, facts=facts, as_of=AS_OF + datetime.timedelta(days=later * number))
        record, answer = told(ask, again, lens=case.lens)
        assert record == answer


@FEWER
@given(cases(), st.sampled_from(tuple(Unstated)))
def test_each_lens_and_each_rule_for_the_unstated_has_its_own_record(case: Case, unstated: Unstated) -> None:
    ask = Decider(case.pack)
    for rule in (case.scenario.unstated, unstated):
        for lens in ("documents", "all", "scholar"):
            record, answer = told(ask, replace(case.scenario, unstated=rule), lens=lens)
            assert record == answer


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_shipped_scenario_has_the_record_of_its_answer(day: datetime.date | None) -> None:
    for one in scenarios()[:: 2 if day is None else 5]:
        for part in one.parts:
            for lens in LENSES if day is None else LENSES[:1]:
                record, answer = told(decider(), part, lens=lens, as_of=day)
                assert record == answer


def test_a_record_is_of_the_course_of_action_that_is_asked_for() -> None:
    some = next(one for one in scenarios() if one.options)
    for option in some.options:
        assert decider().record(some, option=option) == said(decider().decide(some, option=option))


def test_a_course_of_action_that_contradicts_what_is_stated_is_told_as_the_answer_tells_it() -> None:
    some = next(one for one in scenarios() if one.options)
    ask = Decider(pack())
    ask.record(some)
    place = next(iter(some.facts.values())).place
    broken = replace(
        some,
        options={
            "broken": {
                **scenario("drone-attack").facts,
                **{name: replace(one, unknown=True, place=place) for name, one in some.facts.items()},
            }
        },
    )
    record, answer = told(ask, broken)
    assert record == answer
