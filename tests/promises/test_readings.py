"""What lenses and the parts of a law do to a verdict, and what they never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from authcheck.answer import Decider, decide
from authcheck.answer.answer import Kind
from authcheck.decision.known import know
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.worlds import Vocabulary
from authcheck.meaning import lasts
from authcheck.model.authority import Exclusion
from authcheck.model.condition import Constant, Truth
from authcheck.model.verdict import Verdict
from tests.promises.strategies import (
    AS_OF,
    FEWER,
    PLACE,
    SILENT,
    Case,
    Maker,
    cases,
    leaves_of,
    lens_of_one_reading_each,
    stating,
)

RANK = {Verdict.UNAVAILABLE: 0, Verdict.SILENT: 1, Verdict.AVAILABLE: 2}


def decided(case: Case) -> Decider:
    """Return a decider for the case; cases that contradict themselves are left out."""
    try:
        know(Vocabulary(case.pack.facts), case.scenario.facts, case.scenario.unstated, AS_OF)
    except AuthcheckError:
        assume(False)  # noqa: FBT003
    return Decider(case.pack)


@given(cases(), st.sampled_from(["documents", "scholar"]))
def test_a_lens_that_admits_more_never_turns_contested_into_agreement(case: Case, lens: str) -> None:
    decider = decided(case)
    wider = decider.decide(case.scenario, lens="all")
    narrower = decider.decide(case.scenario, lens=lens)

    pairs = [
        *((one.possible, wider.authorities[name].possible) for name, one in narrower.authorities.items()),
        *((one.possible, wider.powers[name].possible) for name, one in narrower.powers.items()),
    ]
    for few, many in pairs:
        assert Verdict.CONTESTED not in few or Verdict.CONTESTED in many
        assert few != (Verdict.CONTESTED,) or many == (Verdict.CONTESTED,)
        assert Verdict.CONTESTED in many or few == many
    for name, one in narrower.authorities.items():
        assert set(one.crux) <= set(wider.authorities[name].crux)


@FEWER
@given(cases())
def test_what_is_not_governed_is_not_engaged_on_every_reading(case: Case) -> None:
    decider = decided(case)
    for lens in case.pack.lenses:
        for name, found in decider.decide(case.scenario, lens=lens).authorities.items():
            governs = [one for one in found.tree.parts if one.kind == Kind.GOVERNS]
            never = bool(governs) and governs[0].truths == (Truth.FALSE,)
            always = not governs or governs[0].truths == (Truth.TRUE,)
            if never:
                assert found.verdict is Verdict.NOT_ENGAGED
                assert not found.crux
            if always and not case.pack.authorities[name].displaced_by:
                assert Verdict.NOT_ENGAGED not in found.possible
            assert not governs or not governs[0].by_reading


@FEWER
@given(cases())
def test_what_is_not_in_force_holds_on_no_reading(case: Case) -> None:
    decider = decided(case)
    for lens in case.pack.lenses:
        for name, found in decider.decide(case.scenario, lens=lens).authorities.items():
            authority = case.pack.authorities[name]
            if not lasts(authority.in_force, case.pack.as_of):
                verdicts = {verdict for one in found.readings for verdict in one.possible} or set(found.possible)
                assert verdicts <= {Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED}


@FEWER
@given(cases(), st.data())
def test_an_exception_proves_nothing(case: Case, data: st.DataObject) -> None:
    alone = lens_of_one_reading_each(case.pack)
    pack = replace(case.pack, lenses={**case.pack.lenses, "alone": alone})
    before = decided(Case(pack, case.scenario, "alone")).decide(case.scenario, lens="alone")
    when = Maker(data.draw).condition([*leaves_of(pack.facts), (SILENT,)])
    exception = Exclusion("extra", "It is taken away.", when, (), PLACE)
    narrowed = {name: replace(one, exceptions=(*one.exceptions, exception)) for name, one in pack.authorities.items()}
    after = decide(replace(pack, authorities=narrowed), case.scenario, lens="alone")

    for name, found in before.authorities.items():
        old = [RANK[one] for one in found.possible if one is not Verdict.NOT_ENGAGED]
        new = [RANK[one] for one in after.authorities[name].possible if one is not Verdict.NOT_ENGAGED]
        assert bool(old) == bool(new)
        assert not old or (max(new) <= max(old) and min(new) <= min(old))


@FEWER
@given(cases())
def test_an_exception_that_always_holds_takes_everything_away(case: Case) -> None:
    exception = Exclusion("extra", "It is taken away.", Constant(Truth.TRUE), (), PLACE)
    barred = {name: replace(one, exceptions=(exception,)) for name, one in case.pack.authorities.items()}
    narrowed = Case(replace(case.pack, authorities=barred), case.scenario, case.lens)

    answer = decided(narrowed).decide(case.scenario, lens=case.lens)

    for name, found in answer.authorities.items():
        verdicts = {verdict for one in found.readings for verdict in one.possible} or set(found.possible)
        assert verdicts <= {Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED}
        if found.verdict is Verdict.UNAVAILABLE and lasts(case.pack.authorities[name].in_force, AS_OF):
            exists = any(one.kind == Kind.GROUND for one in found.tree.parts)
            assert found.reason
            assert ("It is taken away." in found.reason) == exists
    assert not answer.relies_on


@FEWER
@given(cases())
def test_duties_cautions_and_remarks_never_change_a_verdict(case: Case) -> None:
    before = decided(case).decide(case.scenario, lens=case.lens)
    bare = {name: replace(one, duties=()) for name, one in case.pack.authorities.items()}
    after = decide(replace(case.pack, authorities=bare, cautions={}), case.scenario, lens=case.lens)

    assert after.verdicts == before.verdicts
    assert after.relies_on == before.relies_on
    assert {name: one.possible for name, one in after.powers.items()} == {
        name: one.possible for name, one in before.powers.items()
    }


@FEWER
@given(cases(), st.data())
def test_an_option_is_answered_as_the_scenario_with_its_facts(case: Case, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(list(case.pack.facts.values())))
    changed = Maker(data.draw).statement(fact)
    scenario = replace(case.scenario, options={"other": {fact.fact: changed}})
    decider = decided(case)
    try:
        expected = decider.decide(stating(scenario, changed), option="other", lens=case.lens)
    except AuthcheckError:
        with pytest.raises(AuthcheckError):
            decider.decide(scenario, lens=case.lens)
        return

    found = decider.decide(scenario, option="other", lens=case.lens)
    short = decider.decide(scenario, lens=case.lens).options["other"]

    assert found == replace(expected, description=found.description)
    assert short.verdicts == expected.verdicts
    assert short.relies_on == expected.relies_on
    assert short.gaps == tuple(name for name, one in expected.powers.items() if one.gap)
