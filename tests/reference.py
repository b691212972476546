"""A naive evaluator of whole scenarios to hold the engine against: it tries every world and every reading in turn.

It stands on `authcheck.meaning` and shares no code with the engine: no bits, no tables, no merging of values,
nothing worked out twice as fast. Slow, and for small packs alone.
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from authcheck.meaning import (
    Choice,
    World,
    agreed,
    choices_of,
    day_of,
    duty_in,
    duty_state,
    exists,
    hedges_in,
    is_allowed,
    is_asked,
    lasts,
    power_in,
    shared,
    time_of,
    truth_of,
    verdict_in,
)
from authcheck.model.authority import Authority, Role
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    Condition,
    Range,
    Test,
    Truth,
    parts,
)
from authcheck.model.fact import Fact, FactKind, FactType, Value
from authcheck.model.pack import Pack
from authcheck.model.scenario import FactStatus, StatedFact, Unstated
from authcheck.model.verdict import DutyState, Need, Verdict


class Contradiction(Exception):  # noqa: N818 - It is an answer to expect, not a fault.
    """No world has the facts that the scenario states."""


# --- what a pack speaks of


def conditions_in(pack: Pack) -> Iterator[Condition]:
    """Return every condition of the pack."""
    for fact in pack.facts.values():
        yield from demands_on(fact)
    for power in pack.powers.values():
        yield power.needed_when
    for caution in pack.cautions.values():
        yield caution.when
    for authority in pack.authorities.values():
        yield from conditions_behind(authority)
        for duty in authority.duties:
            yield from (one for one in (duty.when, duty.done_when) if one is not None)
        for clock in authority.clocks:
            yield from (one for one in (clock.when, clock.silent_when) if one is not None)


def demands_on(fact: Fact) -> Iterator[Condition]:
    """Return the conditions that the fact's constraints name."""
    yield from fact.implies.values()
    yield from fact.excludes.values()
    if fact.only_if is not None and fact.type is not FactType.DATE:
        yield fact.only_if


def conditions_behind(authority: Authority) -> Iterator[Condition]:
    """Return every condition on which the authority's verdict can turn."""
    yield authority.governs
    yield from (one.when for one in authority.displaced_by)
    yield from (one.when for one in authority.exceptions)
    for ground in authority.grounds:
        yield from (one.when for one in ground.exceptions)
        for element in ground.elements:
            for rule in element.readings.values() if element.rule is None else [element.rule]:
                yield from (one for one in (rule.when, rule.unless, rule.silent_when) if one is not None)


def questions_behind(authority: Authority) -> set[str]:
    """Return every question on which the authority's verdict can turn."""
    found = {question for one in authority.displaced_by for question in one.only_on}
    for ground in authority.grounds:
        found |= {*ground.only_on, *(one.question for one in ground.elements if one.question)}
    return found


def tests_in(conditions: Iterable[Condition]) -> Iterator[Test]:
    """Return every test of a fact in the conditions."""
    for condition in conditions:
        yield from (one for one in parts(condition) if isinstance(one, Test))


def tied(names: Iterable[str], facts: Mapping[str, Fact]) -> set[str]:
    """Return the facts, with all those that share a constraint with one of them, and so on."""
    ties = [
        {fact.fact, *(test.fact for test in tests_in([one]))} for fact in facts.values() for one in demands_on(fact)
    ]
    found = set(names)
    while more := set().union(*(tie for tie in ties if tie & found)) - found:
        found |= more
    return found


def can_be(world: World, facts: Mapping[str, Fact]) -> bool:
    """Whether the vocabulary allows the world with some values of the facts that it does not tell of."""
    demands = [(one, {one.fact, *(test.fact for test in tests_in(demands_on(one)))}) for one in singly(facts)]

    def can_go_on(told: World, left: Sequence[tuple[Fact, set[str]]]) -> bool:
        known = told.keys()
        asked = [(one, scope) for one, scope in left if is_open(told, one)]
        if not all(is_allowed(told, {one.fact: one}) for one, scope in asked if scope <= known):
            return False
        missing = [(scope - known, scope) for _, scope in asked if not scope <= known]
        if not missing:
            return True
        # That fact is tried first which shares most demands that lack fewest facts.
        fewest = min(len(names) - bool(scope & known) for names, scope in missing)
        nearest = Counter(
            name for names, scope in missing if len(names) - bool(scope & known) == fewest for name in sorted(names)
        )
        name = nearest.most_common(1)[0][0]
        tried = ({**told, name: value} for value in facts[name].options or (facts[name].minimum,))
        return any(can_go_on(more, asked) for more in tried)

    return can_go_on(world, demands)


def singly(facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Return each fact once for each thing that is demanded of it, with that demand alone."""
    for fact in facts.values():
        bare = replace(fact, only_if=None, implies={}, excludes={})
        if fact.only_if is not None and fact.type is not FactType.DATE:
            yield from (replace(bare, only_if=part) for part in parts_of(AllOf, fact.only_if))
        for value, implied in fact.implies.items():
            yield from (replace(bare, implies={value: part}) for part in parts_of(AllOf, implied))
        for value, excluded in fact.excludes.items():
            yield from (replace(bare, excludes={value: part}) for part in parts_of(AnyOf, excluded))


def parts_of(form: type[AllOf | AnyOf], condition: Condition) -> Sequence[Condition]:
    """Return what stands in the condition, if it is of that form, or else the condition."""
    return condition.parts if isinstance(condition, form) else [condition]


def is_open(told: World, fact: Fact) -> bool:
    """Whether the one demand on the fact is made where the facts are as told, as far as they are."""
    return (
        fact.fact not in told
        or fact.only_if is not None
        or str(told[fact.fact]).lower() in {**fact.implies, **fact.excludes}
    )


def absent_value(fact: Fact) -> Value | None:
    """Return the value that the fact has where it does not apply."""
    return fact.unless_stated if fact.absent is None else fact.absent


def when_absent(fact: Fact) -> Value | None:
    """Return the value that the fact has where there is nothing of the kind: without one, no, or the first number."""
    if absent_value(fact) is not None:
        return absent_value(fact)
    if fact.type is FactType.YES_NO:
        return False
    return fact.minimum if fact.type is FactType.NUMBER else None


# --- what a scenario makes known


@dataclass(frozen=True, slots=True)
class ReferenceFact:
    """The values left to a fact, and where they come from. Of a number, only values worth trying are listed."""

    values: frozenset[Value]
    origin: str


@dataclass(frozen=True, slots=True)
class ReferenceAuthority:
    """What one authority is: over all worlds and readings, and for each choice of its own readings."""

    possible: frozenset[Verdict]
    by_choice: Mapping[tuple[tuple[str, str], ...], frozenset[Verdict]]
    crux: frozenset[str]
    still_needed: frozenset[str]
    hedges: frozenset[str]

    @property
    def verdict(self) -> Verdict:
        """The verdict that all worlds share."""
        return shared(self.possible)


@dataclass(frozen=True, slots=True)
class ReferencePower:
    """Whether a power is needed, and what it is in the worlds in which it is."""

    needed: Need
    possible: frozenset[Verdict]
    unsupplied: bool


class Reference:
    """What one scenario comes to under one lens."""

    def __init__(
        self,
        pack: Pack,
        stated: Mapping[str, StatedFact],
        admits: Mapping[str, tuple[str, ...]],
        unstated: Unstated,
        as_of: datetime.date,
    ) -> None:
        """Enumerate the worlds. Raises Contradiction where there are none."""
        self.pack = pack
        self.facts = {name: one for name, one in pack.facts.items() if one.type is not FactType.DATE}
        self.stated = stated
        self.unstated = unstated
        self.as_of = as_of
        self.day = day_of(pack, as_of)
        self.choices = choices_of(admits)
        self.known: dict[str, ReferenceFact] = {}
        self.worlds: list[World] = []
        self._know()
        self._verdicts: dict[str, list[dict[tuple[str, ...], Verdict]]] = {}
        self.authorities = {name: self._authority(one) for name, one in pack.authorities.items()}
        self.powers = {name: self._power(name) for name in pack.powers}
        self.relies_on = frozenset(name for name in pack.authorities if self._is_relied_on(name))
        self.cautions = {
            name: set(truths) == {Truth.TRUE}
            for name, caution in pack.cautions.items()
            if lasts(caution.in_force, as_of)
            and Truth.TRUE in (truths := [truth_of(caution.when, one, frozenset()) for one in self.worlds])
        }

    # --- facts

    def _know(self) -> None:
        """Find the worlds, and what they leave to each fact."""
        values = {name: self._values(fact) for name, fact in self.facts.items()}
        derived = {name: number for name in self.facts if (number := self._derived(name)) is not None}
        said = {name: one for name, one in self.stated.items() if name in self.facts and says_something(one)}
        yet_to_come = self._yet_to_come()
        for name, number in derived.items():
            if name in said and not fits(number, said[name]):
                raise Contradiction(name)
        open_values = [
            [
                value
                for value in values[name]
                if (name not in said or fits(value, said[name]))
                and (name not in derived or value == derived[name] or name in yet_to_come)
                and (name not in yet_to_come or value == yet_to_come[name])
            ]
            for name in self.facts
        ]
        every = (dict(zip(self.facts, chosen, strict=True)) for chosen in itertools.product(*open_values))
        possible = [world for world in every if is_allowed(world, self.facts)]
        if not possible:
            raise Contradiction
        assumed = {
            name: value
            for name in self.facts
            if name not in self.stated
            and name not in derived
            and name not in yet_to_come
            and (value := self._granted(name)) is not None
        }
        kept = self._kept(assumed, possible)
        self.worlds = [world for world in possible if all(world[name] == value for name, value in kept.items())]
        for name in self.facts:
            left = frozenset(world[name] for world in self.worlds)
            if name in yet_to_come:
                origin = "implied"
            elif name in derived:
                origin = "derived"
            elif name in said:
                origin = "stated"
            elif name in kept:
                origin = "assumed"
            elif len(left) == 1 and self.facts[name].type is not FactType.NUMBER:
                origin = "implied"
            else:
                origin = "unknown"
            self.known[name] = ReferenceFact(left, origin)

    def _yet_to_come(self) -> dict[str, Value]:
        """Return what a fact is that only a law of a later day defines. Raises Contradiction where it is stated."""
        found = {}
        for name, fact in self.pack.facts.items():
            stated = self.stated.get(name)
            if stated is not None and self._is_too_early(fact, stated):
                raise Contradiction(name)
            begins = None if fact.in_force is None else fact.in_force.first
            nothing = when_absent(fact)
            if begins is None or begins <= self.as_of or nothing is None:
                continue
            if stated is None or not says_something(stated) or any(fits(one, stated) for one in self._others(fact)):
                found[name] = nothing
        return found

    def _others(self, fact: Fact) -> Iterator[Value]:
        """Return what the fact may be beside what it is where there is nothing of the kind."""
        nothing = when_absent(fact)
        if fact.type is FactType.NUMBER:
            yield from (number for number in self._values(fact) if number != nothing)
        else:
            yield from (value for value in fact.options if value != nothing)

    def _is_too_early(self, fact: Fact, stated: StatedFact) -> bool:
        """Whether something is stated that a law of a later day defines."""
        begins = None if fact.in_force is None else fact.in_force.first
        day = self.as_of if stated.date is None else min(self.as_of, stated.date)
        if begins is None or begins <= day or stated.unknown:
            return False
        nothing = when_absent(fact)
        return nothing is None or not fits(nothing, stated)

    def _values(self, fact: Fact) -> Sequence[Value]:
        """Return all values of a fact; of a number, the smallest and all those at and beside a threshold."""
        if fact.type is not FactType.NUMBER:
            return fact.options
        bounds = [test.range for test in tests_in(conditions_in(self.pack)) if test.fact == fact.fact]
        said = self.stated.get(fact.fact)
        near = {fact.minimum, *(self._granted_number(fact)), *self._derived_numbers(fact)}
        for one in [*bounds, *(said.ranges if said is not None else ())]:
            if one is not None:
                near |= {one.low - 1, one.low, one.low + 1}
                if one.high is not None:
                    near |= {one.high - 1, one.high, one.high + 1}
        return sorted(number for number in near if number >= fact.minimum)

    def _granted_number(self, fact: Fact) -> Iterator[int]:
        for value in (fact.absent, fact.unless_stated):
            if isinstance(value, int):
                yield value

    def _derived_numbers(self, fact: Fact) -> Iterator[int]:
        number = self._derived(fact.fact)
        if number is not None:
            yield number

    def _derived(self, name: str) -> int | bool | None:
        """Return the number, or the yes or no, that follows from the scenario's date and a stated one."""
        rule = self.facts[name].derived
        if rule is None or (name in self.stated and not says_something(self.stated[name])):
            return None
        start = self.stated.get(rule.from_date)
        if start is None or start.date is None or not says_something(start):
            return None
        if self.facts[name].type is FactType.YES_NO:
            return self.as_of >= start.date
        return max(self.facts[name].minimum, (self.as_of - start.date).days + rule.first)

    def _granted(self, name: str) -> Value | None:
        """Return the value that the fact is taken to have if nobody states it, unless what is stated raises it."""
        fact = self.facts[name]
        if fact.derived is not None and fact.derived.from_date in self.stated:
            return None
        for other, said in self.stated.items():
            values = said.values if says_something(said) else self.pack.facts[other].options
            if any(name in self.pack.facts[other].opens.get(str(value).lower(), ()) for value in values):
                return None
        if fact.kind is FactKind.ACTIVITY:
            return fact.absent
        if fact.kind is FactKind.EVENT:
            return None if self.unstated is Unstated.UNKNOWN else fact.unless_stated
        return fact.absent if self.unstated is Unstated.ABSENT else None

    def _kept(self, assumed: Mapping[str, Value], possible: Sequence[World]) -> Mapping[str, Value]:
        """Return the assumptions that are made however what the scenario leaves open of the facts it names turns out.

        In each way in which that may turn out, those of facts that constraints tie are made which are possible
        there: together or, where they exclude one another, not at all.
        """
        found: dict[str, Value] = {}
        for name in assumed:
            group = tied([name], self.facts)
            told = [one for one in self.facts if one in group and one in self.stated]
            ways: dict[tuple[Value, ...], list[World]] = {}
            for world in possible:
                ways.setdefault(tuple(world[one] for one in told), []).append(world)
            mine = {other: value for other, value in assumed.items() if other in group}
            if all(name in taken_together(mine, worlds) for worlds in ways.values()):
                found[name] = assumed[name]
        return found

    # --- authorities

    def _authority(self, authority: Authority) -> ReferenceAuthority:
        asked = [name for name in (self.choices[0] if self.choices else {}) if name in questions_behind(authority)]
        choices = {tuple(choice[name] for name in asked): choice for choice in self.choices}
        table = [
            {key: verdict_in(authority, world, choice, self.day) for key, choice in choices.items()}
            for world in self.worlds
        ]
        self._verdicts[authority.authority] = [
            {tuple(choice.values()): row[tuple(choice[name] for name in asked)] for choice in self.choices}
            for row in table
        ]
        verdicts = [agreed(row.values()) for row in table]
        possible = frozenset(verdicts)
        return ReferenceAuthority(
            possible,
            {tuple(zip(asked, key, strict=True)): frozenset(row[key] for row in table) for key in choices},
            frozenset(name for position, name in enumerate(asked) if turns_on(table, position)),
            self._still_needed(authority, verdicts) if len(possible) > 1 else frozenset(),
            frozenset().union(
                *(
                    hedges_in(authority, self.pack.questions, world, choice, self.day)
                    for world in self.worlds
                    for choice in choices.values()
                )
            ),
        )

    def _still_needed(self, authority: Authority, verdicts: Sequence[Verdict]) -> frozenset[str]:
        """Return the facts that alone can change the verdict or, where none can, all that are open."""
        possible = set(verdicts)
        conditions = list(conditions_behind(authority))
        tested = {test.fact for test in tests_in(conditions)}
        found = set()
        for name in tied(tested, self.facts):
            by_value: dict[Value, set[Verdict]] = {}
            by_rest: dict[tuple[Value, ...], set[Verdict]] = {}
            for world, verdict in zip(self.worlds, verdicts, strict=True):
                by_value.setdefault(world[name], set()).add(verdict)
                rest = tuple(world[other] for other in sorted(tested) if other != name)
                by_rest.setdefault(rest, set()).add(verdict)
            narrows = any(some != possible for some in by_value.values())
            flips = any(len(some) > 1 for some in by_rest.values())
            if narrows or flips:
                found.add(name)
        if found:
            return frozenset(found)
        # None moves alone: all are needed of which the rules tell apart two values that are left.
        return frozenset(name for name in tested if self._is_told_apart(name, conditions))

    def _is_told_apart(self, name: str, conditions: Sequence[Condition]) -> bool:
        """Whether a test tells two of the values left to the fact apart."""
        tests = [one for one in tests_in(conditions) if one.fact == name]
        marks = {
            tuple(truth_of(test, {name: value}, frozenset()) for test in tests) for value in self.known[name].values
        }
        return len(marks) > 1

    # --- powers

    def _power(self, name: str) -> ReferencePower:
        needed = [
            truth_of(self.pack.powers[name].needed_when, world, self.day.in_force) is Truth.TRUE
            for world in self.worlds
        ]
        if not any(needed):
            return ReferencePower(Need.NOT_NEEDED, frozenset(), unsupplied=False)
        table = [
            {tuple(choice.values()): self._supplied(name, position, choice) for choice in self.choices}
            for position, is_needed in enumerate(needed)
            if is_needed
        ]
        possible = frozenset(agreed(rows[tuple(choice.values())] for choice in self.choices) for rows in table)
        supplied = any(Verdict.AVAILABLE in rows.values() for rows in table)
        return ReferencePower(Need.NEEDED if all(needed) else Need.PERHAPS, possible, not supplied)

    def _supplied(self, power: str, position: int, choice: Choice) -> Verdict:
        """Return whether any source supplies the power, and every means that is engaged is met."""
        authorities = self.pack.authorities.values()
        return power_in(self.pack.powers[power], authorities, self.worlds[position], choice, self.day)

    def _is_relied_on(self, name: str) -> bool:
        """Whether the source is available for some needed power that no means may bar."""
        authority = self.pack.authorities[name]
        return self.authorities[name].verdict is Verdict.AVAILABLE and any(
            self.powers[supply.power].needed is Need.NEEDED
            and all(exists(supply.only_on, choice) for choice in self.choices)
            and not any(
                supply.power in one.means_for
                and one.role is Role.MEANS
                and self.authorities[other].possible - {Verdict.AVAILABLE, Verdict.NOT_ENGAGED}
                for other, one in self.pack.authorities.items()
            )
            for supply in authority.supplies
        )

    # --- duties

    def duties(self, raised: Container[str]) -> dict[tuple[str, str], tuple[DutyState, datetime.date | None]]:
        """Return where each duty stands, and its last day, where these authorities are raised if undetermined."""
        carrying = {name for name, one in self.authorities.items() if one.verdict is Verdict.CONTESTED}
        carrying |= self.relies_on
        dates, latest = self._dates()
        found: dict[tuple[str, str], tuple[DutyState, datetime.date | None]] = {}
        for name, authority in self.pack.authorities.items():
            verdict = self.authorities[name].verdict
            for duty in authority.duties:
                if not is_asked(duty, authority, verdict, self.day, is_raised=name in raised):
                    continue
                time = time_of(duty, authority.clocks, self.worlds, dates, latest, self.day)
                is_certain = duty.with_engagement or verdict is not Verdict.UNDETERMINED
                other = found.get((name, duty.done_with))
                state = duty_state(
                    (duty_in(duty, world, time, self.day) for world in self.worlds),
                    is_certain=is_certain and carrying.isdisjoint(duty.perhaps_with),
                    with_another=bool(duty.done_with),
                    other=None if other is None else other[0],
                )
                if state is not None:
                    found[name, duty.duty] = state, time.last
        return found

    def _dates(self) -> tuple[dict[str, datetime.date], dict[str, datetime.date]]:
        """Return the dates that are known, and with them the last days that others may be.

        A date that nobody states is counted back from a number that is stated, if it is far enough from its start.
        """
        dates = {
            name: said.date for name, said in self.stated.items() if said.date is not None and says_something(said)
        }
        latest = dict(dates)
        for name, fact in self.pack.facts.items():
            rule, counted = fact.derived, fact.type is FactType.NUMBER and self.known[name].origin == "stated"
            if rule is None or not counted or rule.from_date in latest:
                continue
            numbers = [value for value in self.known[name].values if isinstance(value, int)]
            if min(numbers) >= max(rule.first, 1):
                latest[rule.from_date] = self.as_of + datetime.timedelta(rule.first - min(numbers))
                if len(numbers) == 1:
                    dates[rule.from_date] = latest[rule.from_date]
        return dates, latest


RANK = {Verdict.UNAVAILABLE: 0, Verdict.SILENT: 1, Verdict.AVAILABLE: 2}


def taken_together(assumed: Mapping[str, Value], worlds: Sequence[World]) -> set[str]:
    """Return the assumptions that some of the worlds allow, or none where no world allows these together."""
    alone = {name for name, value in assumed.items() if any(world[name] == value for world in worlds)}
    together = any(all(world[name] == assumed[name] for name in alone) for world in worlds)
    return alone if together else set()


def says_something(stated: StatedFact) -> bool:
    """Whether the statement counts: an unknown or disputed fact is as good as unknown."""
    return not stated.unknown and stated.status is not FactStatus.DISPUTED


def fits(value: Value, stated: StatedFact) -> bool:
    """Whether the statement allows the value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return any(Range(one.low, one.high).holds(Range(value, value)) for one in stated.ranges)
    return value in stated.values


def turns_on(table: Sequence[Mapping[tuple[str, ...], Verdict]], position: int) -> bool:
    """Whether in some world two choices that differ at this position alone give different verdicts."""
    for row in table:
        found: dict[tuple[str, ...], Verdict] = {}
        for key, verdict in row.items():
            others = key[:position] + key[position + 1 :]
            if found.setdefault(others, verdict) is not verdict:
                return True
    return False
