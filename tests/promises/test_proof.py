"""Over packs and claims made up at random, the prover says what a naive one says that tries every world and pair."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import event, given
from hypothesis import strategies as st

from authcheck.answer import Decider
from authcheck.asking.expectations import check_expectations
from authcheck.asking.proof import Exhibit, Prover, Result, scenario_of
from authcheck.decision.known import know
from authcheck.evaluation.worlds import Vocabulary
from authcheck.loading.scenarios import build_scenario
from authcheck.loading.writing import scenario_file
from authcheck.model.authority import ALWAYS
from authcheck.model.claim import (
    All,
    Changes,
    Claim,
    Form,
    Iff,
    Moves,
    NeverHigher,
    NeverLower,
    Some,
    Unchanged,
    conditions_of,
)
from authcheck.model.condition import CautionShown, Condition, Range, VerdictIs
from authcheck.model.fact import Fact, FactType, Value
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict
from tests import reference
from tests.promises.strategies import LENSES, PLACE, Maker, brief, leaves_of
from tests.proof.naive import Naive
from tests.reference import RANK, tied

SETTLED = tuple(verdict for verdict in Verdict if verdict is not Verdict.UNDETERMINED)


@dataclass(frozen=True, slots=True, repr=False)
class Claimed:
    """A pack and a claim about it."""

    pack: Pack
    claim: Claim

    def __repr__(self) -> str:
        shown = {"facts": self.pack.facts, "authorities": self.pack.authorities, "claim": self.claim}
        return "\n".join(f"{name}: {brief(value)}" for name, value in shown.items())


class ClaimMaker(Maker):
    """Makes claims, of every form."""

    def claim(self, pack: Pack) -> Claim:
        """Return a claim about the pack."""
        return Claim("claim", "It is so.", self.form(pack), ("passage-1",), PLACE, self.pick(LENSES))

    def form(self, pack: Pack) -> Form:
        """Return one of the forms; that of a growing number only where the pack has a number."""
        plain = leaves_of(pack.facts)
        verdicts = [
            tuple(VerdictIs(name, some) for some in (SETTLED[:1], SETTLED[1:2], SETTLED[2:3], SETTLED[3:]))
            for name in pack.authorities
        ]
        cautions = [tuple(CautionShown(name) for name in pack.cautions)]
        # Verdicts are asked for as often as facts.
        leaves: list[Sequence[Condition]] = [*plain, *verdicts, *verdicts, *cautions]
        of = self.pick([*((name,) for name in pack.authorities), tuple(pack.authorities)])
        numbers = [name for name, one in pack.facts.items() if one.type is FactType.NUMBER]
        match self.pick(("all", "some", "iff", "unchanged", "changes", "lower", *("higher" for _ in numbers))):
            case "all":
                return All(self.condition(leaves), self.condition(leaves))
            case "some":
                return Some(self.condition(leaves))
            case "iff":
                one = self.condition(leaves)
                by_construction = [cautions[0][0], next(iter(pack.cautions.values())).when]
                return Iff(*by_construction) if self.once_in(3) else Iff(one, self.condition(leaves))
            case "unchanged":
                return Unchanged(of, self.moves(pack.facts))
            case "changes":
                before, after = self.pick(tuple(itertools.permutations(SETTLED, 2)))
                return Changes(of, self.moves(pack.facts, 2), before, after)
            case "lower":
                given = self.condition(leaves) if self.once_in(2) else ALWAYS
                # Two values of one fact can move where two conditions seldom do.
                one, other = self.pick(list(itertools.permutations(self.pick(plain), 2)))
                if self.once_in(2):
                    one, other = self.condition(plain, 1), self.condition(plain, 1)
                return NeverLower(of, given, one, other)
            case _:
                given = self.condition(leaves) if self.once_in(2) else ALWAYS
                return NeverHigher(of, given, self.pick(numbers))

    def moves(self, facts: Mapping[str, Fact], most: int = 3) -> Moves:
        """Return one or two facts, each with values through which it runs, or with all that it has."""
        named = [name for name, one in facts.items() if one.type is not FactType.DATE]
        chosen = dict.fromkeys(self.pick(named) for _ in range(self.pick((1, 2))))
        return {
            name: self.pick((facts[name].options[:most], facts[name].options[-2:])) if self.once_in(2) else ()
            for name in chosen
        }


@st.composite
def claimed(draw: st.DrawFn) -> Claimed:
    """Return a pack and a claim about it."""
    maker = ClaimMaker(draw)
    pack = maker.pack()
    return Claimed(pack, maker.claim(pack))


@given(claimed())
def test_the_prover_agrees_with_a_naive_one(made: Claimed) -> None:
    found = Prover(made.pack).result(made.claim)
    naive = Naive(made.pack, made.claim)
    event(f"{found.form} {found.result.value}")

    assert found.result.value == naive.result
    if found.scenarios:
        check_scenarios(made, found.scenarios, naive)
    elif found.result is Result.REFUTED:
        assert isinstance(made.claim.form, Some | Changes)


def check_scenarios(made: Claimed, exhibits: Sequence[Exhibit], naive: Naive) -> None:
    """Check that the scenarios, written down and read back, have the verdicts they say, and show what they should."""
    decider = Decider(made.pack)
    found = Prover(made.pack).result(made.claim)
    scenarios = []
    for exhibit in exhibits:
        text = scenario_file(scenario_of(found, exhibit, made.pack.as_of))
        scenario = build_scenario(text, "shown.yaml", made.pack, id=exhibit.name)
        assert all(one.met for one in check_expectations(decider, scenario))
        decision = decider.decision(scenario, lens=made.claim.lens, readings=exhibit.readings)
        assert {name: decision.case(name).verdict for name in exhibit.verdicts} == exhibit.verdicts
        assert Verdict.UNDETERMINED not in exhibit.verdicts.values()
        scenarios.append(scenario)
    if len(exhibits) == 1:
        check_one(made, scenarios[0], naive)
    else:
        check_two(made.claim.form, exhibits, made.pack)


def check_one(made: Claimed, scenario: Scenario, naive: Naive) -> None:
    """Check that every world that the scenario leaves possible shows what it should."""
    allowed = know(Vocabulary(made.pack.facts), scenario.facts, scenario.unstated, made.pack.as_of).allowed
    there = [world for world in naive.worlds if all(lies_in(world[name], allowed[name]) for name in naive.facts)]
    assert there
    first, *rest = conditions_of(made.claim.form)
    for world in there:
        holds = naive.holds(first, world)
        match made.claim.form:
            case All():
                assert holds
                assert not naive.holds(rest[0], world)
            case Iff():
                assert holds != naive.holds(rest[0], world)
            case _:
                assert holds


def check_two(form: Form, exhibits: Sequence[Exhibit], pack: Pack) -> None:
    """Check that two scenarios differ in what moves alone, and in the verdict as the claim says or denies."""
    before, after = exhibits
    differing = {name for name in before.facts if before.facts[name] != after.facts.get(name)}
    match form:
        case Unchanged(of, by):
            assert differing <= set(by)
            assert any(before.verdicts[name] is not after.verdicts[name] for name in of)
        case Changes(of, by, was, becomes):
            assert differing <= set(by)
            assert (before.verdicts[of[0]], after.verdicts[of[0]]) == (was, becomes)
        case NeverLower(of=of, before=first, after=second):
            assert differing <= tied({test.fact for test in reference.tests_in([first, second])}, pack.facts)
            assert any(less(after.verdicts[name], before.verdicts[name]) for name in of)
        case NeverHigher(of=of, along=along):
            assert differing == {along}
            assert any(less(before.verdicts[name], after.verdicts[name]) for name in of)
        case _:
            raise AssertionError(form)


def less(one: Verdict, other: Verdict) -> bool:
    return one in RANK and other in RANK and RANK[one] < RANK[other]


def lies_in(value: Value, allowed: Sequence[object]) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return any(isinstance(one, Range) and one.holds(Range(value, value)) for one in allowed)
    return value in allowed
