"""What further facts do to an answer: they settle what was open, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import assume, event, given
from hypothesis import strategies as st

from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.decision.known import Known, KnownFact, Origin, know
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.worlds import Vocabulary
from authcheck.model.condition import Range
from authcheck.model.fact import FactKind, FactType
from authcheck.model.scenario import FactStatus, Scenario, StatedFact
from authcheck.model.verdict import Need, Verdict
from tests import shipped
from tests.promises.strategies import AS_OF, FEWER, PLACE, Case, cases, stated_as, stating


def known_of(case: Case, scenario: Scenario) -> Known:
    return know(Vocabulary(case.pack.facts), scenario.facts, scenario.unstated, AS_OF)


def assumed_in(known: Known) -> set[str]:
    return {name for name, one in known.facts.items() if one.origin is Origin.ASSUMED}


def open_facts(known: Known) -> list[KnownFact]:
    """Return the facts that are not settled: unknown, or stated as one of several values."""
    return [
        one
        for one in known.facts.values()
        if one.fact.type is not FactType.DATE
        and (len(one.allowed) > 1 or any(isinstance(it, Range) and it.low != it.high for it in one.allowed))
    ]


def values_left(one: KnownFact) -> Iterator[bool | str | int]:
    """Return the values that an open fact may have; of a number, those around all thresholds."""
    for value in one.allowed:
        if isinstance(value, Range):
            yield from (number for number in range(one.fact.minimum, 10) if value.holds(Range(number, number)))
        else:
            yield value


def answered(case: Case) -> tuple[Decider, Answer, Known]:
    """Return the answer to a case, and what is known in it; cases that contradict themselves are left out."""
    decider = Decider(case.pack)
    try:
        return decider, decider.decide(case.scenario, lens=case.lens), known_of(case, case.scenario)
    except AuthcheckError:
        assume(False)  # noqa: FBT003
        raise


@given(cases(), st.data())
def test_more_facts_never_unsettle_a_definite_verdict(case: Case, data: st.DataObject) -> None:
    decider, before, known = answered(case)
    unknown = [one for one in open_facts(known) if one.origin is not Origin.STATED]
    assume(unknown)
    one = data.draw(st.sampled_from(unknown))
    value = data.draw(st.sampled_from(list(values_left(one))))
    more = stating(case.scenario, stated_as(one.fact, value))
    try:
        lifted = assumed_in(known) - assumed_in(known_of(case, more))
    except AuthcheckError:
        # Of a number, and of what is counted from a date, values are listed that no situation has beside the others.
        assert one.fact.type is FactType.NUMBER or one.fact.derived is not None
        return
    if lifted:
        # What the scenario leaves open in so many words never stands against an assumption; other facts may.
        assert one.stated is None
        return
    after = decider.decide(more, lens=case.lens)

    for name, found in before.authorities.items():
        assert set(after.authorities[name].possible) <= set(found.possible)
        if found.verdict is not Verdict.UNDETERMINED:
            assert after.verdicts[name] is found.verdict
    for name, power in before.powers.items():
        assert set(after.powers[name].possible) <= set(power.possible)
        if power.needed is not Need.PERHAPS:
            assert after.powers[name].needed is power.needed
    assert set(before.relies_on) <= set(after.relies_on)


@FEWER
@given(st.integers(min_value=0))
def test_of_the_shipped_pack_more_facts_never_take_a_reliance_away(seed: int) -> None:
    pack, decider = shipped.pack(), shipped.decider()
    drawn = random.Random(seed)  # noqa: S311 - The seed is hypothesis's.
    scenario = drawn.choice(shipped.scenarios())
    known = know(Vocabulary(pack.facts), scenario.facts, scenario.unstated, scenario.as_of or pack.as_of)
    opened = [name for name in scenario.facts if pack.facts[name].kind is FactKind.STATUS]
    unknown = {name: StatedFact(name, PLACE, unknown=True) for name in drawn.sample(opened, min(3, len(opened)))}
    # Other means than the scenario's own, and none: what is not known may bar.
    means = stated_as(pack.facts["conducting_element"], drawn.choice(pack.facts["conducting_element"].options))
    less = stating(scenario, *unknown.values(), *([means] if drawn.random() < 1 / 2 else []))
    try:
        before = decider.decide(less)
    except AuthcheckError:
        return
    name = drawn.choice([*unknown, *(name for name, one in known.facts.items() if one.origin is Origin.UNKNOWN)])
    fact = pack.facts[name]
    if not fact.options:
        return
    more = stating(less, stated_as(fact, drawn.choice(fact.options)))
    day = scenario.as_of or pack.as_of
    try:
        if assumed_in(know(decider.law.facts, less.facts, less.unstated, day)) - assumed_in(
            know(decider.law.facts, more.facts, more.unstated, day)
        ):
            return
        after = decider.decide(more)
    except AuthcheckError:
        return

    event("relied on" if before.relies_on else "nothing relied on")
    assert set(before.relies_on) <= set(after.relies_on)


@given(cases(), st.data())
def test_undetermined_exactly_when_facts_are_still_needed_and_only_those_can_change_it(
    case: Case, data: st.DataObject
) -> None:
    decider, before, known = answered(case)
    for found in before.authorities.values():
        assert (found.verdict is Verdict.UNDETERMINED) == bool(found.still_needed)
    unsettled = open_facts(known)
    assume(unsettled)
    one = data.draw(st.sampled_from(unsettled))
    value = data.draw(st.sampled_from(list(values_left(one))))
    more = stating(case.scenario, stated_as(one.fact, value))
    try:
        changed = assumed_in(known) - {one.fact.fact} != assumed_in(known_of(case, more))
    except AuthcheckError:
        return
    if changed:
        return
    after = decider.decide(more, lens=case.lens)

    for name, found in before.authorities.items():
        if one.fact.fact not in found.still_needed:
            assert after.authorities[name].possible == found.possible


@FEWER
@given(cases())
def test_what_is_said_to_be_unknown_is_never_assumed(case: Case) -> None:
    _, _, known = answered(case)

    for name, one in known.facts.items():
        said = case.scenario.facts.get(name)
        if said is not None and (said.unknown or said.status is FactStatus.DISPUTED):
            assert one.origin in {Origin.UNKNOWN, Origin.IMPLIED}
