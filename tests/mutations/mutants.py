"""Mistakes that a pack's author could make, one in each copy of the pack: made by rule, from every part of every rule.

What is mutated is what verdicts and reliance turn on, what facts demand of one another, and what stands beside a
verdict: whose words it has, how sure they are, what is inferred, and since when.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar, assert_never

from authcheck.decision.verdicts import conditions_of, questions_of
from authcheck.model.authority import (
    ALWAYS,
    Authority,
    Clock,
    Displacement,
    Duty,
    Element,
    Exclusion,
    Ground,
    NonEffect,
    Remark,
    Rule,
    Supply,
    Waiver,
)
from authcheck.model.claim import authorities_of
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    CautionShown,
    Condition,
    Constant,
    InForce,
    Not,
    Range,
    Term,
    Test,
    VerdictIs,
    parts,
)
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Caution, Pack
from authcheck.model.period import Period
from authcheck.model.question import Question, Reading
from authcheck.model.source import Passage, Speech

__all__ = ["Kind", "Mutant", "mutants_of"]

Value = TypeVar("Value")


class Kind(enum.Enum):
    """Where the mistake is: in a rule, in what a fact demands, in what is left silent or open, in words."""

    RULE = "rule"
    DEMAND = "demand"
    SILENCE = "silence"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A copy of the pack with one mistake.

    `authorities` are those of which a verdict may be another, none where only words are; `supplies` says whether
    a power may be supplied or needed elsewhere, with the same verdicts.
    """

    of: Kind
    name: str
    pack: Pack
    authorities: tuple[str, ...]
    supplies: bool


def mutants_of(pack: Pack) -> Iterator[Mutant]:
    """Return every mutant, in the order of the files."""
    for name, authority in pack.authorities.items():
        for words, changed in changes_of(authority, pack.facts):
            if changed != authority:
                supplies = (changed.supplies, changed.means_for) != (authority.supplies, authority.means_for)
                affected = affected_by(authority, changed, pack)
                yield Mutant(
                    Kind.RULE, f"{name}: {words}", anew(pack, "authorities", name, changed), affected, supplies
                )
    mentioned = terms_within(pack)
    for name, term in pack.terms.items():
        for words, condition in conditions_from(term.condition, pack.facts):
            mistaken = with_term_in_pack(pack, replace(term, condition=condition), mentioned)
            supplies = mistaken.powers != pack.powers
            yield Mutant(Kind.RULE, f"the term {name}: {words}", mistaken, told_apart(pack, mistaken), supplies)
    for name, fact in pack.facts.items():
        for words, demanding in demand_changes(fact):
            mistaken = anew(pack, "facts", name, demanding)
            # A claim ranges over worlds that are fully stated, in which nothing is open.
            kind = Kind.SILENCE if demanding.opens != fact.opens else Kind.DEMAND
            yield Mutant(kind, f"the fact {name}: {words}", mistaken, tuple(pack.authorities), supplies=False)
    yield from with_other_silences(pack)
    yield from with_other_words(pack)


def anew(pack: Pack, section: str, name: str, part: object) -> Pack:
    """Return the pack with another part of this name."""
    everything: Mapping[str, Any] = getattr(pack, section)
    changed: dict[str, Any] = {section: {**everything, name: part}}
    return replace(pack, **changed)


def with_other_silences(pack: Pack) -> Iterator[Mutant]:
    """Return the pack without what leaves a power silent, or an authority out of the question."""
    for name, power in pack.powers.items():
        if power.silent_when is not None:
            mistaken = anew(pack, "powers", name, replace(power, silent_when=None, silence=""))
            yield Mutant(Kind.SILENCE, f"the power {name}: its silence dropped", mistaken, (), supplies=False)
    for name, authority in pack.authorities.items():
        if authority.not_raised_when is not None:
            mistaken = anew(pack, "authorities", name, replace(authority, not_raised_when=None))
            yield Mutant(Kind.SILENCE, f"{name}: raised by everything", mistaken, (), supplies=False)


def affected_by(before: Authority, after: Authority, pack: Pack) -> tuple[str, ...]:
    """Return the authority that is changed, with those that ask whether it is in force where its time is."""
    asking = (
        name
        for name, authority in pack.authorities.items()
        if before.in_force != after.in_force
        and any(
            isinstance(part, InForce) and part.authority == before.authority
            for condition in conditions_of(authority)
            for part in parts(condition)
        )
    )
    return tuple(dict.fromkeys([before.authority, *asking]))


def told_apart(pack: Pack, mistaken: Pack) -> tuple[str, ...]:
    """Return the authorities that differ, and those of which a claim asks that differs; all where a fact does."""
    if mistaken.facts != pack.facts:
        return tuple(pack.authorities)
    names = {name for name, authority in pack.authorities.items() if mistaken.authorities[name] != authority}
    for name, claim in pack.claims.items():
        if mistaken.claims[name] != claim:
            names.update(authorities_of(claim.form))
    return tuple(name for name in pack.authorities if name in names)


# What a value of a fact demands of other facts.


def demand_changes(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """Return the fact without what one of its values implies, excludes or opens, and which that is."""
    for field in ("implies", "excludes", "opens"):
        demands = getattr(fact, field)
        for value in demands:
            left: dict[str, Any] = {field: {name: demand for name, demand in demands.items() if name != value}}
            yield f"what {value} {field} dropped", replace(fact, **left)


# Words, speakers and times. A check or the register holds what no verdict shows.

Change: TypeAlias = Callable[[Any, Pack], Iterator[tuple[str, Any]]]


def with_other_words(pack: Pack) -> Iterator[Mutant]:
    """Return the pack without a hedge or an inferred step, with other words in a mouth, or with another time."""
    changes: tuple[Change, ...] = (words_dropped, speech_changes, time_changes)
    for change, section in itertools.product(changes, ("passages", "authorities", "questions", "facts", "cautions")):
        everything: Mapping[str, Any] = getattr(pack, section)
        for name, part in everything.items():
            for words, changed in within(part, change, pack):
                mistaken = anew(pack, section, name, changed)
                affected = asking(name, pack) if section == "questions" and change is time_changes else ()
                yield Mutant(Kind.WORDS, f"{name}{words}", mistaken, affected, supplies=False)


def asking(question: str, pack: Pack) -> tuple[str, ...]:
    return tuple(name for name, authority in pack.authorities.items() if question in questions_of(authority))


PARTS = (
    *(Authority, Caution, Clock, Displacement, Duty, Element, Exclusion, Fact, Ground, NonEffect, Passage, Question),
    *(Reading, Remark, Rule, Supply, Waiver),
)


def within(part: Any, change: Change, pack: Pack) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a pack.
    """Return a part of the pack with one change in it, or in a part of it, and where and what that is."""
    if isinstance(part, tuple):
        for number, one in enumerate(part):
            for words, changed in within(one, change, pack):
                yield f" {number + 1}{words}", (*part[:number], changed, *part[number + 1 :])
    elif isinstance(part, Mapping):
        for name, one in part.items():
            for words, changed in within(one, change, pack):
                yield f", {name}{words}", {**part, name: changed}
    elif isinstance(part, PARTS):
        yield from change(part, pack)
        for field in dataclasses.fields(part):
            for words, changed in within(getattr(part, field.name), change, pack):
                yield f", {field.name}{words}", replace(part, **{field.name: changed})


def words_dropped(part: Any, _: Pack) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a pack.
    for name in ("hedge", "hedge_unmet", "inferred"):
        if getattr(part, name, ""):
            yield f", {name} dropped", replace(part, **{name: ""})


def speech_changes(part: Any, pack: Pack) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a pack.
    if not isinstance(part, Passage) or part.speech is None:
        return
    yield ", speech dropped", replace(part, speech=None)
    other = Speech.INDIRECT if part.speech is Speech.DIRECT else Speech.DIRECT
    yield f", speech {other.value}", replace(part, speech=other)
    yield ", said by the document", replace(part, speaker=pack.documents[part.document].voice)
    if part.through:
        yield ", through dropped", replace(part, through="")


def time_changes(part: Any, _: Pack) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a pack.
    """Return a part with another time, if a change of its authority is not that already."""
    if isinstance(part, Caution | Clock | Duty | Fact | Reading | Remark):
        for words, period in period_changes(part.in_force):
            yield f" {words}", replace(part, in_force=period)


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
        case VerdictIs(name) | CautionShown(name):
            return f"what becomes of {name}"
        case _:
            assert_never(condition)


# Parts put in and left out.


def without(parts: tuple[Value, ...], left_out: Value) -> tuple[Value, ...]:
    return tuple(one for one in parts if one is not left_out)


def swapped(parts: tuple[Value, ...], old: Value, new: Value) -> tuple[Value, ...]:
    return tuple(new if one is old else one for one in parts)


def terms_within(pack: Pack) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return, by section of the pack and part of it, the terms that it names."""
    sections = (field.name for field in dataclasses.fields(pack) if isinstance(getattr(pack, field.name), Mapping))
    return {
        section: {name: frozenset(terms_in(part)) for name, part in getattr(pack, section).items()}
        for section in sections
    }


def terms_in(value: object) -> Iterator[str]:
    if isinstance(value, Term):
        yield value.term
    if isinstance(value, tuple):
        inner: Iterable[object] = value
    elif isinstance(value, Mapping):
        inner = value.values()
    elif dataclasses.is_dataclass(value):
        inner = (getattr(value, field.name) for field in dataclasses.fields(value))
    else:
        return
    for one in inner:
        yield from terms_in(one)


def with_term_in_pack(pack: Pack, term: Term, mentioned: Mapping[str, Mapping[str, frozenset[str]]]) -> Pack:
    """Return the pack with a term of this name wherever there was one, also within other terms."""
    sections: dict[str, Any] = {
        section: {
            name: with_term(part, term) if term.term in mentioned[section][name] else part
            for name, part in getattr(pack, section).items()
        }
        for section in mentioned
    }
    return replace(pack, **sections)


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
