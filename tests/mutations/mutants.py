"""Mistakes that a pack's author could make, one in each copy of the pack: made by rule, from every part of every rule.

What is mutated is what verdicts and reliance turn on. Duties, cautions, limits and notes change no verdict.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, assert_never

from authcheck.model.authority import (
    ALWAYS,
    Authority,
    Displacement,
    Element,
    Exclusion,
    Ground,
    NonEffect,
    Rule,
    Supply,
)
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, InForce, Not, Range, Term, Test
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.model.period import Period
from authcheck.model.question import Question, Reading

__all__ = ["Mutant", "mutants_of"]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A copy of the pack with one mistake.

    `authorities` are those of which a verdict may be another; `supplies` says whether a power may be supplied or
    needed elsewhere, with the same verdicts.
    """

    name: str
    pack: Pack
    authorities: tuple[str, ...]
    supplies: bool


def mutants_of(pack: Pack) -> Iterator[Mutant]:
    """Return every mutant, in the order of the files."""
    for name, authority in pack.authorities.items():
        for words, changed in changes_of(authority, pack.facts):
            if changed != authority:
                everyone = {**pack.authorities, name: changed}
                supplies = (changed.supplies, changed.means_for) != (authority.supplies, authority.means_for)
                yield Mutant(f"{name}: {words}", replace(pack, authorities=everyone), (name,), supplies)
    for name, term in pack.terms.items():
        for words, condition in conditions_from(term.condition, pack.facts):
            mistaken = with_term(pack, replace(term, condition=condition))
            yield Mutant(f"the term {name}: {words}", mistaken, tuple(pack.authorities), supplies=True)
    for words, mistaken in without_a_hedge(pack):
        yield Mutant(f"{words} dropped", mistaken, (), supplies=False)


# A hedge.


def without_a_hedge(pack: Pack) -> Iterator[tuple[str, Pack]]:
    """Return the pack without one of the sources' hedges, and of what it was one. No verdict changes by that."""
    for name, authority in pack.authorities.items():
        for words, changed in unhedged(authority):
            yield f"{name}{words}", replace(pack, authorities={**pack.authorities, name: changed})
    for name, question in pack.questions.items():
        for words, asked in unhedged(question):
            yield f"{name}{words}", replace(pack, questions={**pack.questions, name: asked})


def unhedged(part: Value) -> Iterator[tuple[str, Value]]:
    """Return a part of the pack without one of the hedges within it, and where that stood."""
    if isinstance(part, tuple):
        for number, one in enumerate(part):
            for words, changed in unhedged(one):
                yield f" {number + 1}{words}", (*part[:number], changed, *part[number + 1 :])  # type: ignore[misc]
    elif isinstance(part, Mapping):
        for name, one in part.items():
            for words, changed in unhedged(one):
                yield f", {name}{words}", {**part, name: changed}  # type: ignore[misc]
    elif isinstance(part, Authority | Element | Exclusion | Ground | NonEffect | Question | Reading | Rule | Supply):
        yield from unhedged_fields(part)


def unhedged_fields(part: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a pack.
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if field.name in {"hedge", "hedge_unmet"} and value:
            yield f", {field.name}", replace(part, **{field.name: ""})
        for words, changed in unhedged(value):
            yield f", {field.name}{words}", replace(part, **{field.name: changed})


# An authority.


def changes_of(one: Authority, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Authority]]:
    """Return the authority with one thing of it changed, and what that is."""
    if one.governs != ALWAYS:
        yield "governs everything", replace(one, governs=ALWAYS)
        for words, condition in conditions_from(one.governs, facts):
            yield f"governs: {words}", replace(one, governs=condition)
    for number, displacement in enumerate(one.displaced_by, start=1):
        yield f"displacement {number} dropped", replace(one, displaced_by=without(one.displaced_by, displacement))
        for words, changed in displacement_changes(displacement, facts):
            others = swapped(one.displaced_by, displacement, changed)
            yield f"displacement {number}: {words}", replace(one, displaced_by=others)
    for words, period in period_changes(one.in_force):
        yield words, replace(one, in_force=period)
    yield from changes_of_grounds(one, facts)
    for words, exceptions in exception_changes(one.exceptions, facts):
        yield words, replace(one, exceptions=exceptions)
    for supply in one.supplies:
        yield f"does not supply {supply.power}", replace(one, supplies=without(one.supplies, supply))
        always = swapped(one.supplies, supply, replace(supply, only_on={}))
        yield f"supplies {supply.power} on every reading", replace(one, supplies=always)
    yield "no means for anything", replace(one, means_for=())


def period_changes(period: Period | None) -> Iterator[tuple[str, Period | None]]:
    """Return the time of a law with a day of it dropped, or moved by ten years, and what that is."""
    if period is None:
        return
    if period.first is not None:
        yield "never begins", replace(period, first=None) if period.over else None
        yield "begins ten years later", replace(period, first=years_after(period.first, 10))
        yield "begins ten years sooner", replace(period, first=years_after(period.first, -10))
    if period.over is not None:
        yield "never ends", replace(period, over=None) if period.first else None
        yield "ends ten years later", replace(period, over=years_after(period.over, 10))


def years_after(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year + years)


def changes_of_grounds(one: Authority, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Authority]]:
    for ground in one.grounds:
        if len(one.grounds) > 1:
            yield f"the ground {ground.ground} dropped", replace(one, grounds=without(one.grounds, ground))
        of = f"{ground.ground}: " if len(one.grounds) > 1 else ""
        for words, changed in ground_changes(ground, facts):
            yield f"{of}{words}", replace(one, grounds=swapped(one.grounds, ground, changed))


def displacement_changes(one: Displacement, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Displacement]]:
    yield "on every reading", replace(one, only_on={})
    for words, condition in conditions_from(one.when, facts):
        yield words, replace(one, when=condition)
    for words, period in period_changes(one.in_force):
        yield words, replace(one, in_force=period)


def ground_changes(ground: Ground, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Ground]]:
    yield "on every reading", replace(ground, only_on={})
    for words, period in period_changes(ground.in_force):
        yield words, replace(ground, in_force=period)
    for element in ground.elements:
        yield f"{element.element} dropped", replace(ground, elements=without(ground.elements, element))
        for words, changed in element_changes(element, facts):
            elements = swapped(ground.elements, element, changed)
            yield f"{element.element}: {words}", replace(ground, elements=elements)
    for words, exceptions in exception_changes(ground.exceptions, facts):
        yield words, replace(ground, exceptions=exceptions)


def element_changes(element: Element, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Element]]:
    for words, period in period_changes(element.in_force):
        yield words, replace(element, in_force=period)
    if element.rule is not None:
        for words, rule in rule_changes(element.rule, facts):
            yield words, replace(element, rule=rule)
        return
    names = list(element.readings)
    for one, other in itertools.pairwise(names):
        if element.readings[one] != element.readings[other]:
            both = {one: element.readings[other], other: element.readings[one]}
            yield f"{one} and {other} swapped", replace(element, readings={**element.readings, **both})
    for name, of in element.readings.items():
        for words, rule in rule_changes(of, facts):
            yield f"on {name}: {words}", replace(element, readings={**element.readings, name: rule})


def rule_changes(rule: Rule, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Rule]]:
    for words, condition in conditions_from(rule.when, facts):
        yield words, replace(rule, when=condition)
    if rule.unless is not None:
        yield "unless dropped", replace(rule, unless=None)
    if rule.silent_when is not None:
        yield "its silence dropped", replace(rule, silent_when=None)
        yield "always silent where not met", replace(rule, silent_when=ALWAYS)
        for words, condition in conditions_from(rule.silent_when, facts):
            yield f"silent when: {words}", replace(rule, silent_when=condition)


def exception_changes(
    exceptions: tuple[Exclusion, ...], facts: Mapping[str, Fact]
) -> Iterator[tuple[str, tuple[Exclusion, ...]]]:
    for one in exceptions:
        yield f"the exception {one.exception} dropped", without(exceptions, one)
        for words, period in period_changes(one.in_force):
            yield f"the exception {one.exception}: {words}", swapped(exceptions, one, replace(one, in_force=period))
        for words, condition in conditions_from(one.when, facts):
            changed = swapped(exceptions, one, replace(one, when=condition))
            yield f"the exception {one.exception}: {words}", changed


# A condition.


def conditions_from(condition: Condition, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Condition]]:
    """Return the condition with one mistake in it, and what that is."""
    match condition:
        case Test(fact=name):
            yield from tests_from(condition, facts[name])
        case Not(inside):
            yield f"`not` lost before {said(inside)}", inside
            for words, one in conditions_from(inside, facts):
                yield words, Not(one)
        case AllOf(parts):
            yield f"`all` of {said(*parts)} read as `any`", AnyOf(parts)
            yield from (within for within in inner(parts, AllOf, facts))
        case AnyOf(parts):
            yield f"`any` of {said(*parts)} read as `all`", AllOf(parts)
            yield from (within for within in inner(parts, AnyOf, facts))
        case Term(term=name):
            yield f"`not` put before {name}", Not(condition)
        case _:
            return


def inner(
    parts: tuple[Condition, ...], join: Callable[[tuple[Condition, ...]], Condition], facts: Mapping[str, Fact]
) -> Iterator[tuple[str, Condition]]:
    for number, part in enumerate(parts):
        rest = (*parts[:number], *parts[number + 1 :])
        yield f"{said(part)} dropped", join(rest)
        for words, one in conditions_from(part, facts):
            yield words, join((*parts[:number], one, *parts[number + 1 :]))


def tests_from(test: Test, fact: Fact) -> Iterator[tuple[str, Condition]]:
    """Return the test with another threshold, or with a value more or less."""
    if test.range is not None:
        low, high = test.range.low, test.range.high
        if high is not None:
            yield f"{said(test)} up to {high + 1}", replace(test, range=Range(low, high + 1))
            yield f"{said(test)} up to {high - 1}", replace(test, range=Range(low, high - 1))
        if low > fact.minimum:
            yield f"{said(test)} from {low - 1}", replace(test, range=Range(low - 1, high))
            yield f"{said(test)} from {low + 1}", replace(test, range=Range(low + 1, high))
        return
    if fact.type is FactType.YES_NO:
        yield f"{said(test)} turned round", replace(test, values=tuple(not one for one in test.values))
        return
    for value in fact.options:
        if value not in test.values:
            yield f"{said(test)} or {value}", replace(test, values=(*test.values, value))
        elif len(test.values) > 1:
            yield (
                f"{said(test)} without {value}",
                replace(test, values=tuple(one for one in test.values if one != value)),
            )


def said(*conditions: Condition) -> str:
    """Return conditions in short."""
    return " and ".join(one_said(one) for one in conditions)


def one_said(condition: Condition) -> str:
    match condition:
        case Term(term=name):
            return name
        case Test(fact=name, range=None, values=values):
            return name if values == (True,) else f"{name}: {' or '.join(str(one).lower() for one in values)}"
        case Test(fact=name, range=bounds):
            return f"{name}: {bounds}"
        case Not(inside):
            return f"not {one_said(inside)}"
        case AllOf(parts):
            return f"({', '.join(map(one_said, parts))})"
        case AnyOf(parts):
            return f"({' or '.join(map(one_said, parts))})"
        case InForce(authority):
            return f"{authority} in force"
        case Constant(truth):
            return truth.value
        case _:
            assert_never(condition)


# Parts put in and left out.


def without(parts: tuple[Value, ...], left_out: Value) -> tuple[Value, ...]:
    return tuple(one for one in parts if one is not left_out)


def swapped(parts: tuple[Value, ...], old: Value, new: Value) -> tuple[Value, ...]:
    return tuple(new if one is old else one for one in parts)


def with_term(value: Value, term: Term) -> Value:
    """Return the value with a term of this name wherever there was one, also within other terms."""
    if isinstance(value, Term) and value.term == term.term:
        return term  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(with_term(one, term) for one in value)  # type: ignore[return-value]
    if isinstance(value, Mapping):
        return {name: with_term(one, term) for name, one in value.items()}  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: with_term(getattr(value, one.name), term) for one in dataclasses.fields(value)}
        return replace(value, **changed)
    return value
