"""A naive search for the smallest changes that turn a verdict: it tries all, the fewest steps first.

It is written from what the words mean and shares no code with the search that it stands against: each change is
stated and decided, one at a time. Slow, and for few facts alone.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from authcheck import meaning
from authcheck.asking.settling import Turning
from authcheck.decision import Decision
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.model.authority import Authority
from authcheck.model.condition import AllOf, Condition, Range, Term, Test, Truth, parts
from authcheck.model.fact import Fact, FactKind, FactType, Value
from authcheck.model.scenario import FactStatus, StatedFact
from authcheck.model.verdict import Verdict
from tests import reference

__all__ = ["Stated", "changeable", "is_named", "smallest_changes", "stated", "told", "values_of"]

Stated: TypeAlias = frozenset[tuple[str, Value]]
"""A change: the facts that it states, each with one value."""


def stated(change: Iterable[tuple[str, Value]]) -> dict[str, StatedFact]:
    """Return the change as a scenario states it."""
    found = {}
    for name, value in change:
        if isinstance(value, bool | str):
            found[name] = StatedFact(name, Place("change"), values=(value,))
        else:
            assert isinstance(value, int)
            found[name] = StatedFact(name, Place("change"), ranges=(Range(value, value),))
    return found


def changeable(decision: Decision, authority: Authority) -> list[Fact]:
    """Return the facts behind the authority that are no activities, no dates, not narrative, and not counted."""
    tests = {test.fact for test in reference.tests_in(reference.conditions_behind(authority))}
    found = []
    for name in sorted(reference.tied(tests, decision.law.facts)):
        fact = decision.law.facts[name]
        start = decision.stated.get(fact.derived.from_date) if fact.derived is not None else None
        counted = start is not None and start.date is not None and start.status is not FactStatus.DISPUTED
        begins = None if fact.in_force is None else fact.in_force.first
        if begins is not None and decision.day < begins:
            continue
        if fact.kind is not FactKind.ACTIVITY and fact.type is not FactType.DATE and not fact.narrative and not counted:
            found.append(fact)
    return found


def values_of(fact: Fact, decision: Decision) -> list[Value]:
    """Return the values of a fact; of a number, the first one and those at which some test begins or has ended."""
    if fact.type is not FactType.NUMBER:
        return [*fact.options]
    conditions = [one for law in decision.law.pack.authorities.values() for one in reference.conditions_behind(law)]
    conditions += [one for other in decision.law.facts.values() for one in reference.demands_on(other)]
    ranges = [
        test.range for test in reference.tests_in(conditions) if test.fact == fact.fact and test.range is not None
    ]
    ends = {one.high + 1 for one in ranges if one.high is not None}
    return sorted({fact.minimum, *(one.low for one in ranges), *ends})


def smallest_changes(
    decision: Decision, authority: Authority, *, gain: bool, most: int
) -> tuple[int, dict[Stated, tuple[Verdict, ...]]] | None:
    """Return the number of steps of the smallest changes, and these with what is possible after them.

    No steps and no changes where none turns the verdict; None where more than so many of one size were to be tried.
    """
    facts = changeable(decision, authority)
    steps = every_step(decision, authority, facts)
    tried: set[Stated] = set()
    for count in range(1, len(facts) + 1):
        if math.comb(len(steps), count) > most:
            return None
        found = {}
        for chosen in itertools.combinations(steps, count):
            change = frozenset().union(*chosen)
            if len({name for name, _ in change}) < len(change) or change in tried:
                continue
            tried.add(change)
            possible = after(decision, change, authority.authority)
            if possible and (possible == (Verdict.AVAILABLE,) if gain else Verdict.AVAILABLE not in possible):
                found[change] = possible
        if found:
            fewest = min(map(len, found))
            return count, {change: possible for change, possible in found.items() if len(change) == fewest}
    return 0, {}


def every_step(decision: Decision, authority: Authority, facts: Sequence[Fact]) -> list[Stated]:
    """Return every step: one fact at one value, or all that a term of the authority's rules lacks."""
    values = {fact.fact: values_of(fact, decision) for fact in facts}
    steps = [frozenset({(name, value)}) for name, some in values.items() for value in some]
    terms = {
        part.term: part
        for condition in reference.conditions_behind(authority)
        for part in parts(condition)
        if isinstance(part, Term)
    }
    for term in terms.values():
        tests = asked_by(term)
        lacking = {test.fact for test in tests or () if not holds_already(test, decision)}
        if tests is not None and lacking and lacking <= set(values):
            for chosen in itertools.product(*(values[name] for name in sorted(lacking))):
                world = dict(zip(sorted(lacking), chosen, strict=True))
                if all(passes(test, world) for test in tests if test.fact in lacking):
                    steps.append(frozenset(world.items()))
    return steps


def asked_by(condition: Condition) -> list[Test] | None:
    """Return the tests that a condition joins by `all`, or None where it is of another form."""
    if isinstance(condition, Test):
        return [condition]
    if isinstance(condition, Term):
        return asked_by(condition.condition)
    if not isinstance(condition, AllOf):
        return None
    inner = [asked_by(one) for one in condition.parts]
    return None if None in inner else [test for tests in inner for test in tests or ()]


def passes(test: Test, world: Mapping[str, Value]) -> bool:
    """Whether the test is true where the facts are so."""
    return meaning.truth_of(test, world, frozenset()) is Truth.TRUE


def holds_already(test: Test, decision: Decision) -> bool:
    """Whether every value that the fact may have passes the test."""
    allowed = decision.known.allowed[test.fact]
    if test.range is not None:
        return all(isinstance(one, Range) and test.range.holds(one) for one in allowed)
    return all(one in test.values for one in allowed)


def after(decision: Decision, change: Stated, authority: str) -> tuple[Verdict, ...]:
    """Return the verdicts that are possible after a change; none where it cannot be, or changes what is done."""
    try:
        found = decision.restated(stated(change))
    except AuthcheckError:
        return ()
    facts = decision.law.facts
    names = reference.tied([name for name, _ in change], facts)
    if any(
        facts[name].kind is FactKind.ACTIVITY and found.known.allowed[name] != decision.known.allowed[name]
        for name in names
    ):
        return ()
    return found.case(authority).possible


def told(changes: Iterable[Turning], decision: Decision) -> Iterator[tuple[Stated, tuple[Verdict, ...]]]:
    """Return the changes that are told, each fact at each of the values that are said to do."""
    for change in changes:
        anew = {one.fact: (one.after, *one.instead) for step in change.steps for one in step.facts}
        values = (
            [value for value in values_of(decision.law.facts[name], decision) if is_named(value, words)]
            for name, words in anew.items()
        )
        for chosen in itertools.product(*values):
            yield frozenset(zip(anew, chosen, strict=True)), change.possible


def is_named(value: Value, words: Iterable[str]) -> bool:
    """Whether the value is one of those that the words name."""
    if isinstance(value, bool):
        return ("yes" if value else "no") in words
    if isinstance(value, str):
        return value in words
    assert isinstance(value, int)
    for one in words:
        found = re.fullmatch(r"(\d+)(?: to (\d+)| (or more))?", one)
        assert found is not None
        low, high, endless = found.groups()
        if int(low) <= value and (endless or value <= int(high or low)):
            return True
    return False
