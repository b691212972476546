"""A naive prover to hold the real one against: it goes through all worlds, and all pairs of them, one at a time.

Like tests/reference.py, whose words it uses, it shares no code with the engine. Slow, and for small packs alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias, assert_never

from authcheck.meaning import World, admitted_on, agreed, choices_of, day_of, is_allowed, lasts, truth_of, verdict_in
from authcheck.model.claim import (
    All,
    Changes,
    Claim,
    Form,
    Iff,
    NeverHigher,
    NeverLower,
    Some,
    Unchanged,
    conditions_of,
)
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    CautionShown,
    Condition,
    Constant,
    InForce,
    Not,
    Term,
    Test,
    Truth,
    VerdictIs,
)
from authcheck.model.fact import Fact, FactType, Value
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from tests.reference import (
    RANK,
    conditions_behind,
    conditions_in,
    questions_behind,
    tests_in,
    tied,
    when_absent,
)

__all__ = ["Naive"]

PROVED, UNASKED, VACUOUS, REFUTED = "proved", "unasked", "vacuous", "refuted"

Pair: TypeAlias = tuple[World, World]


class Naive:
    """What one claim comes to, tried out world by world."""

    def __init__(self, pack: Pack, claim: Claim) -> None:
        """Take the claim."""
        self.pack = pack
        self.claim = claim
        self.day = day_of(pack, pack.as_of)
        self.admits = admitted_on(pack, claim.lens, pack.as_of)
        self.facts = {name: one for name, one in pack.facts.items() if one.type is not FactType.DATE}
        self._verdicts: dict[tuple[str, tuple[Value, ...]], list[Verdict]] = {}

    @cached_property
    def worlds(self) -> list[World]:
        """Every world that the vocabulary allows; of a number, those at and beside a threshold."""
        values = [self.values(fact) for fact in self.facts.values()]
        every = (dict(zip(self.facts, chosen, strict=True)) for chosen in itertools.product(*values))
        return [world for world in every if is_allowed(world, self.facts)]

    def values(self, fact: Fact) -> Sequence[Value]:
        """Return the values of a fact; what only a later law defines is not so."""
        begins = None if fact.in_force is None else fact.in_force.first
        nothing = when_absent(fact)
        if begins is not None and self.day.date < begins and nothing is not None:
            return (nothing,)
        if fact.type is not FactType.NUMBER:
            return fact.options
        conditions = [*conditions_in(self.pack), *conditions_of(self.claim.form)]
        bounds = [test.range for test in tests_in(conditions) if test.fact == fact.fact]
        usual = {one for one in (fact.absent, fact.unless_stated) if isinstance(one, int)}
        near = {fact.minimum, fact.minimum + 1, *usual}
        for one in bounds:
            if one is not None:
                near |= {one.low, one.low + 1, *(() if one.high is None else (one.high, one.high + 1, one.high + 2))}
        return sorted(number for number in near if number >= fact.minimum)

    # --- what holds in one world

    def verdicts(self, name: str, world: World) -> list[Verdict]:
        """Return the verdict under each choice of admitted readings, in one order for all worlds."""
        key = (name, tuple(world.values()))
        if key not in self._verdicts:
            authority = self.pack.authorities[name]
            asked = {
                question: self.admits[question]
                for question in sorted(questions_behind(authority))
                if question in self.admits
            }
            self._verdicts[key] = [verdict_in(authority, world, one, self.day) for one in choices_of(asked)]
        return self._verdicts[key]

    def holds(self, condition: Condition, world: World) -> bool:
        """Whether the condition holds in the world."""
        match condition:
            case AllOf(inner):
                return all(self.holds(one, world) for one in inner)
            case AnyOf(inner):
                return any(self.holds(one, world) for one in inner)
            case Not(part):
                return not self.holds(part, world)
            case Term(condition=inside):
                return self.holds(inside, world)
            case VerdictIs(name, verdicts):
                return agreed(self.verdicts(name, world)) in verdicts
            case CautionShown(name):
                caution = self.pack.cautions[name]
                is_true = truth_of(caution.when, world, self.day.in_force) is Truth.TRUE
                return is_true and lasts(caution.in_force, self.day.date)
            case Constant() | Test() | InForce():
                return truth_of(condition, world, self.day.in_force) is Truth.TRUE
            case _:
                assert_never(condition)

    # --- pairs of worlds

    def pairs(self, worlds: Iterable[World], moved: Iterable[str]) -> Iterator[Pair]:
        """Return every two worlds, in both orders, that differ in some of these facts and in no other."""
        free = set(moved)
        groups: dict[tuple[Value, ...], list[World]] = {}
        for world in worlds:
            groups.setdefault(tuple(value for name, value in world.items() if name not in free), []).append(world)
        for group in groups.values():
            yield from itertools.permutations(group, 2)

    def lower(self, name: str, one: World, other: World) -> bool:
        """Whether on some reading the authority is less in the first world than in the second."""
        both = zip(self.verdicts(name, one), self.verdicts(name, other), strict=True)
        return any(mine in RANK and theirs in RANK and RANK[mine] < RANK[theirs] for mine, theirs in both)

    def comparable(self, name: str, one: World, other: World) -> bool:
        """Whether on some reading the authority is engaged in both worlds."""
        both = zip(self.verdicts(name, one), self.verdicts(name, other), strict=True)
        return any(mine in RANK and theirs in RANK for mine, theirs in both)

    # --- forms

    @property
    def result(self) -> str:
        """What the claim comes to."""
        return self._result(self.claim.form)

    def _result(self, form: Form) -> str:
        match form:
            case All(given, then):
                there = [world for world in self.worlds if self.holds(given, world)]
                if not all(self.holds(then, world) for world in there):
                    return REFUTED
                return PROVED if there else VACUOUS
            case Some(condition):
                return PROVED if any(self.holds(condition, world) for world in self.worlds) else REFUTED
            case Iff(one, other):
                if any(self.holds(one, world) != self.holds(other, world) for world in self.worlds):
                    return REFUTED
                return PROVED if any(self.holds(one, world) for world in self.worlds) else VACUOUS
            case Unchanged():
                return self._unchanged(form)
            case Changes():
                return PROVED if all(self._changes(name, form) for name in form.of) else REFUTED
            case NeverLower():
                return gravest(self._never_lower(name, form) for name in form.of)
            case NeverHigher():
                return gravest(self._never_higher(name, form) for name in form.of)
            case _:
                assert_never(form)

    def _unchanged(self, form: Unchanged) -> str:
        run = [
            world
            for world in self.worlds
            if all(not values or world[name] in values for name, values in form.by.items())
        ]
        pairs = list(self.pairs(run, form.by))
        if not pairs:
            return VACUOUS
        if any(self.verdicts(name, one) != self.verdicts(name, other) for name in form.of for one, other in pairs):
            return REFUTED
        asked = {test.fact for name in form.of for test in tests_in(conditions_behind(self.pack.authorities[name]))}
        return PROVED if asked & set(form.by) else UNASKED

    def _changes(self, name: str, form: Changes) -> bool:
        return any(
            agreed(self.verdicts(name, one)) is form.before
            and agreed(self.verdicts(name, other)) is form.after
            and all(not values or (one[fact], other[fact]) == values for fact, values in form.by.items())
            for one, other in self.pairs(self.worlds, form.by)
        )

    def _never_lower(self, name: str, form: NeverLower) -> str:
        moved = tied({test.fact for test in tests_in([form.before, form.after])}, self.facts)
        there = [world for world in self.worlds if self.holds(form.given, world)]
        pairs = [
            (one, other)
            for one, other in [*self.pairs(there, moved), *((world, world) for world in there)]
            if self.holds(form.before, one) and self.holds(form.after, other)
        ]
        if any(self.lower(name, other, one) for one, other in pairs):
            return REFUTED
        return PROVED if any(self.comparable(name, one, other) for one, other in pairs) else VACUOUS

    def _never_higher(self, name: str, form: NeverHigher) -> str:
        there = [world for world in self.worlds if self.holds(form.given, world)]
        pairs = [(one, other) for one, other in self.pairs(there, [form.along]) if grows(one, other, form.along)]
        if any(self.lower(name, one, other) for one, other in pairs):
            return REFUTED
        return PROVED if any(self.comparable(name, one, other) for one, other in pairs) else VACUOUS


def grows(one: World, other: World, along: str) -> bool:
    before, after = one[along], other[along]
    assert isinstance(before, int)
    assert isinstance(after, int)
    return before < after


def gravest(results: Iterable[str]) -> str:
    found = set(results)
    return next(one for one in (REFUTED, VACUOUS, PROVED) if one in found)
