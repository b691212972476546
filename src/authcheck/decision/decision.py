"""What a scenario comes to, before it is put into words: every answer, and every question about one, reads it."""

from __future__ import annotations

import bisect
import datetime
import enum
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar, cast

from authcheck.decision.known import Known, everything_allowed, know
from authcheck.decision.law_of_the_day import days_of_change, lens_on, pack_on
from authcheck.decision.powers import PowerTables, PowerVerdict
from authcheck.decision.verdicts import (
    AuthorityTables,
    Combination,
    Split,
    conditions_of,
    crux_of,
    occurring,
    questions_of,
    single_verdict,
    told_apart_by,
)
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.projection import as_told_apart, bearing, coarsened
from authcheck.evaluation.truth import where_all
from authcheck.evaluation.worlds import (
    Allowed,
    Cell,
    Cuts,
    TooLargeError,
    Vocabulary,
    Worlds,
    constrained,
    facts_of,
)
from authcheck.frozen import dataclass
from authcheck.keeping import keep, once
from authcheck.model.authority import Authority
from authcheck.model.condition import Condition, Range, Truth
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.model.period import in_force_on, is_yet_to_come
from authcheck.model.question import Lens
from authcheck.model.scenario import Scenario, StatedFact, Unstated
from authcheck.model.verdict import Need, Verdict

__all__ = ["Case", "DaySource", "Decision", "Inquiry", "Law", "LawOfTheDay"]

Found = TypeVar("Found")


class Case:
    """What one authority is under one lens, for all scenarios of which the same is known of its facts."""

    def __init__(
        self,
        law: LawOfTheDay,
        circumstances: Circumstances,
        tables: AuthorityTables,
        admits: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Take what is known, the tables of the authority, and the readings that are admitted."""
        self.law = law
        self.circumstances = circumstances
        self.tables = tables
        self.admits = admits
        self.combinations, self.agreed, self.possible = self.once(_outcome)

    @property
    def authority(self) -> Authority:
        """The authority."""
        return self.tables.authority

    @property
    def mask(self) -> int:
        """The worlds that the scenario leaves possible."""
        return self.tables.worlds.possible

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict that all worlds share, or undetermined."""
        return single_verdict(self.possible)

    @property
    def in_effect(self) -> str:
        """How the authority is worded where it is available, if it has effects of its own only; else nothing."""
        return self.authority.in_effect if self.verdict is Verdict.AVAILABLE else ""

    @cached_property
    def crux(self) -> tuple[str, ...]:
        """The questions whose reading alone can change the verdict."""
        splits = [self.tables.split(one).worlds for one in self.combinations]
        return crux_of(self.combinations, splits, self.mask)

    @cached_property
    def still_needed(self) -> tuple[str, ...]:
        """The open facts that, stated, can change the verdict, alone or together; none where it is definite.

        First those that the rules test, then those from which something may follow for these.
        """
        if len(self.possible) == 1:
            return ()
        worlds = self.tables.worlds
        tested = self.law.tested_by[self.authority.authority]
        turns = set(worlds.turning(self.agreed.worlds))
        turning = tuple(name for name in tested if name in turns)
        # What constraints tell apart within a cell of the table may narrow it too.
        finer = (name for name in tested if name not in turns and len(self.cells_of(name)) > 1)
        beside = (
            name
            for name in (*finer, *bearing(tested, self.law.facts, self.circumstances.allowed))
            # What cannot be so changes nothing.
            if any(self.possible_in(name, cell) not in {(), self.possible} for cell in self.cells_of(name))
        )
        # Facts that constraints tie so that none moves alone, and none narrows alone, are needed together.
        cuts, allowed = Cuts(self.law.rules_of[self.authority.authority], self.law.facts), self.circumstances.allowed
        return (*turning, *beside) or tuple(name for name in tested if len(cuts.cells(name, allowed[name])) > 1)

    def cells_of(self, name: str) -> tuple[Cell, ...]:
        """Return the values that a fact may still have, as far as the rules and constraints tell them apart."""
        facts, rules = self.law.facts, self.law.rules_of[self.authority.authority]
        cuts = Cuts((*rules, *facts.clauses[facts.tied[name]]), facts)
        return cuts.cells(name, self.circumstances.allowed[name])

    def possible_in(self, name: str, cell: Cell) -> tuple[Verdict, ...]:
        """Return the verdicts that are possible where a fact lies in the cell, one of its own or a part of one."""
        worlds = self.tables.worlds
        # The table does not tell apart what its rules do not: a part of one of its cells is asked for by itself.
        dimension = worlds.dimensions.get(name)
        if dimension is not None and all(_lies_within(own, cell) for own in dimension.cells):
            return occurring(self.agreed, worlds.possible & worlds.within(name, cell))
        return self.where(name, [cell]).possible

    def once(self, find: Callable[[Case], Found]) -> Found:
        """Return what `find` finds of the case: once for all that share its tables and the readings admitted for it."""
        return self.tables.once(lambda: find(self), find, *[self.admits[name] for name in self.tables.questions])

    def where(self, name: str, cells: Iterable[Cell]) -> Case:
        """Return what the authority is where a fact lies in one of the cells."""
        values = tuple(value for cell in cells for value in _narrowed(self.circumstances.allowed[name], cell))
        return self._with({name: cast("Allowed", values)})

    def opened(self, names: Iterable[str]) -> Case:
        """Return what the authority is where some facts may be anything."""
        return self._with({name: everything_allowed(self.law.facts[name]) for name in names})

    def _with(self, allowed: Mapping[str, Allowed]) -> Case:
        case = self.law.case(self.authority.authority, self.circumstances.where(allowed), self.admits)
        # Of such a case it is asked what it may be: what that is found from would only take room.
        if case.tables is not self.tables:
            case.tables.forget_splits()
        return case


def _outcome(case: Case) -> tuple[tuple[Combination, ...], Split, tuple[Verdict, ...]]:
    """Return the choices of readings that are admitted, the verdict on which they agree, and what it may be."""
    combinations = case.tables.combinations(case.admits)
    agreed = case.tables.agreed(combinations)
    return combinations, agreed, occurring(agreed, case.mask)


def _lies_within(own: Cell, cell: Cell) -> bool:
    """Whether a cell of a table lies within another cell, or apart from it."""
    if isinstance(own, Range) or isinstance(cell, Range):
        return isinstance(own, Range) and isinstance(cell, Range) and own.shared(cell) in {own, None}
    return set(own) <= set(cell) or not set(own) & set(cell)


def _narrowed(allowed: Allowed, cell: Cell) -> Allowed:
    """Return what is allowed of a cell."""
    if not isinstance(cell, Range):
        return cell
    return tuple(both for one in allowed if isinstance(one, Range) and (both := one.shared(cell)) is not None)


class DaySource(enum.Enum):
    """Where the date of a decision comes from: an option of the command line or a caller, the scenario, or the pack."""

    OPTION = "option"
    SCENARIO = "scenario"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What was asked: of which scenario, which of its courses of action, and the readings chosen beside the lens."""

    scenario: Scenario
    option: str
    readings: Mapping[str, str]
    day_from: DaySource


class Law:
    """A pack, whose law is another from day to day. What all scenarios have in common is worked out once."""

    def __init__(self, pack: Pack, version: str = "") -> None:
        """Take the pack, and the version of the tool for receipts."""
        self.pack = pack
        self.version = version
        self.facts = Vocabulary(pack.facts)
        self.days = days_of_change(pack)
        self._of: dict[int, LawOfTheDay] = {}

    def on(self, day: datetime.date) -> LawOfTheDay:
        """Return the law of a day; days between which nothing begins or ends share it."""
        span = bisect.bisect_right(self.days, day)
        return once(self._of, span, lambda: LawOfTheDay(self, day, span))

    @cached_property
    def thresholds(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of each fact at which a rule, a power or a constraint on some day tells it apart, in order."""
        pack = self.pack
        powers = (one for power in pack.powers.values() for one in (power.needed_when, power.silent_when))
        unraised = (authority.not_raised_when for authority in pack.authorities.values())
        conditions: list[Condition] = [
            *(one for authority in pack.authorities.values() for one in told_apart_by(authority)),
            *(one for one in (*powers, *unraised) if one is not None),
            *(one for clauses in self.facts.clauses.values() for one in clauses),
        ]
        cuts, found = Cuts(conditions, self.facts), {}
        for name, fact in pack.facts.items():
            if fact.type is FactType.NUMBER:
                taken = [one for one in (fact.absent, fact.unless_stated) if isinstance(one, int)]
                first = [cell.low for cell in cuts.cells(name, everything_allowed(fact)) if isinstance(cell, Range)]
                found[name] = tuple(sorted({*first, *taken, *(one + 1 for one in taken)}))
        return found

    def in_short(self, stated: Mapping[str, StatedFact]) -> dict[str, StatedFact]:
        """Return what is stated, each number as the first that no rule, power or constraint tells apart from it."""
        return {name: self._in_short(told) for name, told in stated.items()}

    def _in_short(self, told: StatedFact) -> StatedFact:
        if len(told.ranges) != 1 or told.ranges[0].low != told.ranges[0].high:
            return told
        first = self.first_alike(told.fact, told.ranges[0].low)
        return replace(told, ranges=(Range(first, first),))

    def first_alike(self, fact: str, number: int) -> int:
        """Return the first number that nothing tells apart from one that the fact may have."""
        numbers = self.thresholds[fact]
        return numbers[bisect.bisect_right(numbers, number) - 1]

    @property
    def kept(self) -> int:
        """How much has been worked out of authorities and powers, on all days."""
        return sum(law.kept for law in self._of.values())

    def forget(self) -> None:
        """Drop what has been worked out, so that what many scenarios leave behind does not grow with them."""
        self._of.clear()
        self.facts.forget()
        # What is dropped refers to itself: of authorities to their law, and of the law to them.
        gc.collect()


# What an answer says of an authority is kept as long as this is.
_MOST_CASES = 1 << 12


@dataclass(frozen=True, slots=True)
class TurnsOn:
    """On what an authority or a power turns, and what is said of it: facts, their groups of tied facts, and questions.

    Whether something raises an authority decides whether a power has its hedges: its facts are among the power's.
    `cuts` is how the conditions of the verdict cut their facts.
    """

    facts: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    questions: tuple[str, ...]
    cuts: Cuts


class LawOfTheDay:
    """The law as it is on a day, and on those around it on which it is the same."""

    def __init__(self, whole: Law, day: datetime.date, span: int) -> None:
        """Leave out of the whole what is not in force on the day, which lies in this span of days that share a law."""
        self.whole = whole
        self.span = span
        self.version = whole.version
        self.facts = whole.facts
        self.pack = pack = pack_on(whole.pack, day)
        self.in_force = frozenset(name for name, one in pack.authorities.items() if in_force_on(one, day))
        self.yet_to_come = frozenset(name for name, one in pack.facts.items() if is_yet_to_come(one, day))
        # The sources of each power and its means, in the order of the pack.
        self.involved: dict[str, list[Authority]] = {name: [] for name in pack.powers}
        for authority in pack.authorities.values():
            for power in dict.fromkeys([*(one.power for one in authority.supplies), *authority.means_for]):
                self.involved[power].append(authority)
        self.rules_of = {name: tuple(conditions_of(one)) for name, one in pack.authorities.items()}
        self.tested_by = {name: facts_of(rules) for name, rules in self.rules_of.items()}
        self.turns_on = {
            name: self._turns_on(Cuts(told_apart_by(one), self.facts), questions_of(one))
            for name, one in pack.authorities.items()
        }
        # Tables lay their facts out in one order, the innermost first: so several can be followed together.
        self.inwards = tuple(reversed(dict.fromkeys(self._outwards())))
        self.tied_to = {name: constrained(tested, self.facts) for name, tested in self.tested_by.items()}
        self.raised_by = {
            name: () if one.not_raised_when is None else facts_of([one.not_raised_when])
            for name, one in pack.authorities.items()
        }
        # What is stated of a fact may open another, of which something would be taken.
        self.bearing_on = {
            name: (*facts, *(one.fact for one in self.facts.openers if one.fact not in facts and _opens(one, facts)))
            for name, facts in self.tied_to.items()
        }
        self._lens: tuple[Lens, Lens] | None = None
        self._cases: dict[tuple[object, ...], Case] = {}
        self._tables: dict[tuple[object, ...], AuthorityTables] = {}
        self._tables_known: dict[tuple[object, ...], AuthorityTables] = {}
        self._powers: dict[tuple[object, ...], PowerVerdict] = {}
        self._powers_known: dict[tuple[object, ...], PowerVerdict] = {}
        self._found: dict[tuple[object, ...], object] = {}
        self._powers_turn_on: dict[str, TurnsOn] = {}
        self._power_tables: dict[tuple[str, str], PowerTables] = {}

    def _outwards(self) -> Iterator[str]:
        """Return the facts of powers, each with those of its sources and means, then those of all authorities."""
        for name, power in self.pack.powers.items():
            yield from facts_of(one for one in (power.needed_when, power.silent_when) if one is not None)
            for authority in self.involved[name]:
                yield from self.turns_on[authority.authority].facts
        for turns_on in self.turns_on.values():
            yield from turns_on.facts

    @property
    def kept(self) -> int:
        """How much has been worked out of authorities and powers."""
        return sum(len(kept) for kept in (self._cases, self._tables, self._powers, self._found))

    def _turns_on(self, cuts: Cuts, questions: tuple[str, ...], raising: Iterable[str] = ()) -> TurnsOn:
        facts = tuple(dict.fromkeys([*cuts.names, *raising]))
        return TurnsOn(facts, tuple(dict.fromkeys(self.facts.tied[name] for name in facts)), questions, cuts)

    def lens(self, asked: Lens) -> Lens:
        """Return the lens over the readings that there are; what is asked over and over is the same one."""
        if self._lens is None or self._lens[0] is not asked:
            self._lens = asked, lens_on(asked, self.whole.pack, self.pack.questions)
        return self._lens[1]

    def power(self, name: str, circumstances: Circumstances, admits: Mapping[str, tuple[str, ...]]) -> PowerVerdict:
        """Return whether a power is needed and supplied; what scenarios have in common of it is decided once."""
        known = _known(name, self.power_turns_on(name), circumstances, admits)
        return once(self._powers_known, known, lambda: self._power(name, circumstances, admits))

    def _power(self, name: str, circumstances: Circumstances, admits: Mapping[str, tuple[str, ...]]) -> PowerVerdict:
        turns_on = self.power_turns_on(name)
        demands, alike = as_told_apart(turns_on.cuts, self.facts, circumstances.allowed)
        key = (name, demands, *alike.values(), *[admits[one] for one in turns_on.questions])
        return once(self._powers, key, lambda: self.power_tables(name).verdict(circumstances, admits))

    def of_power(self, find: Callable[[str, Decision], Found], name: str, decision: Decision) -> Found:
        """Return what `find` finds of a power in a decision, found once where the same is known of it."""
        known = _known(name, self.power_turns_on(name), decision.circumstances, decision.lens.admits)
        return cast("Found", once(self._found, (find, *known), lambda: find(name, decision)))

    def of_cases(
        self,
        find: Callable[[str, Sequence[Case], Decision], Found],
        fact: str,
        cases: Sequence[Case],
        decision: Decision,
    ) -> Found:
        """Return what `find` finds of a fact in these authorities as they are decided, found once for the same ones."""
        return cast("Found", once(self._found, (find, fact, *cases), lambda: find(fact, cases, decision)))

    def power_turns_on(self, name: str) -> TurnsOn:
        """Return on what a power turns, and what is said of it."""
        if name not in self._powers_turn_on:
            tables = self.power_tables(name)
            raising = (fact for one in self.involved[name] for fact in self.raised_by[one.authority])
            self._powers_turn_on[name] = self._turns_on(tables.cuts, tables.questions, raising)
        return self._powers_turn_on[name]

    def power_tables(self, name: str, source: str = "") -> PowerTables:
        """Return the tables of a power's means and sources, or of one source alone."""
        if (name, source) not in self._power_tables:
            involved = [one for one in self.involved[name] if source in {"", one.authority} or name in one.means_for]
            self._power_tables[name, source] = PowerTables(
                self.pack.powers[name], involved, self.facts, self.inwards, self.tables
            )
        return self._power_tables[name, source]

    def case(self, name: str, circumstances: Circumstances, admits: Mapping[str, tuple[str, ...]]) -> Case:
        """Return what an authority is where these readings are admitted; decided once where the same is known of it."""
        key = _known(name, self.turns_on[name], circumstances, admits)
        return once(
            self._cases, key, lambda: Case(self, circumstances, self.tables(name, circumstances), admits), _MOST_CASES
        )

    def tables(self, name: str, circumstances: Circumstances) -> AuthorityTables:
        """Return the tables of an authority: scenarios that leave the same open, as its rules tell it, share them."""
        known = (name, circumstances.state(self.turns_on[name].groups))
        return once(self._tables_known, known, lambda: self._tables_of(name, circumstances.allowed))

    def _tables_of(self, name: str, allowed: Mapping[str, Allowed]) -> AuthorityTables:
        cuts = self.turns_on[name].cuts
        demands, alike = as_told_apart(cuts, self.facts, allowed)
        key = (name, demands, *alike.values())
        if key not in self._tables:
            order = [fact for fact in self.inwards if fact in alike]
            coarse = coarsened(demands, cuts.conditions, self.facts, allowed)
            worlds = Worlds(self.rules_of[name], self.facts, {**allowed, **alike}, (*cuts.conditions, *coarse), order)
            worlds.possible = where_all(coarse, worlds)
            found = AuthorityTables(self.pack.authorities[name], self.pack.questions, worlds, self.in_force)
            return keep(self._tables, key, found)
        return self._tables[key]


def _known(
    name: str, turns_on: TurnsOn, circumstances: Circumstances, admits: Mapping[str, tuple[str, ...]]
) -> tuple[object, ...]:
    """Return an authority or a power with all that is known, and the readings admitted, of that on which it turns."""
    return (name, circumstances.state(turns_on.groups), *[admits[one] for one in turns_on.questions])


def _opens(fact: Fact, others: Iterable[str]) -> bool:
    """Whether a value of the fact opens one of the others."""
    return any(not set(others).isdisjoint(names) for names in fact.opens.values())


class Decision:
    """What stated facts come to on one day under one lens. Cases and powers are worked out when they are asked for.

    All of it raises AuthcheckError where too many facts are open at once.
    """

    def __init__(
        self,
        law: Law,
        inquiry: Inquiry,
        stated: Mapping[str, StatedFact],
        unstated: Unstated,
        day: datetime.date,
        lens: Lens,
        near: Known | None = None,
    ) -> None:
        """Take what is stated. Raises AuthcheckError where the stated facts contradict one another, or the day.

        `near` is what is known on the same terms where other facts are stated. `lens_asked` is the lens as it was
        asked for, `lens` over the readings that there are on the day.
        """
        self.law = law.on(day)
        self.inquiry = inquiry
        self.stated = stated
        self.unstated = unstated
        self.day = day
        self.lens_asked = lens
        self.lens = self.law.lens(lens)
        self.in_force = self.law.in_force
        self.known: Known = _of_size(lambda: know(law.facts, stated, unstated, day, near))
        self.circumstances = Circumstances(law.facts, self.known.allowed, self.in_force)
        self._cases: dict[str, Case] = {}
        self._powers: dict[str, PowerVerdict] = {}

    def restated(self, stated: Mapping[str, StatedFact]) -> Decision:
        """Return the decision with these facts stated too, or anew. Raises AuthcheckError as a decision does."""
        return self.on_terms({**self.stated, **stated}, self.unstated, self.day, self.lens_asked)

    def under(self, option: str) -> Decision:
        """Return what one of the scenario's courses of action comes to.

        Raises AuthcheckError, with the place where it states its first fact, where it contradicts what is stated.
        """
        changes = self.inquiry.scenario.options[option]
        try:
            return self.restated(changes)
        except AuthcheckError as error:
            # The scenario's own facts are sound: the fault is the option's.
            place = min(stated.place for stated in changes.values())
            raise AuthcheckError(
                replace(fault, message=f"under the option `{option}`, {fault.message}", place=place)
                for fault in error.diagnostics
            ) from None

    def on_terms(
        self, stated: Mapping[str, StatedFact], unstated: Unstated, day: datetime.date, lens: Lens
    ) -> Decision:
        """Return what the same scenario comes to on other terms. Raises AuthcheckError as a decision does."""
        near = self.known if (unstated, day) == (self.unstated, self.day) else None
        return Decision(self.law.whole, self.inquiry, stated, unstated, day, lens, near)

    def case(self, name: str) -> Case:
        """Return what one authority is."""
        if name not in self._cases:
            self._cases[name] = _of_size(lambda: self.law.case(name, self.circumstances, self.lens.admits))
        return self._cases[name]

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """What every authority is, in the order of the pack."""
        return {name: self.case(name) for name in self.law.pack.authorities}

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on every authority."""
        return {name: case.verdict for name, case in self.cases.items()}

    @cached_property
    def powers(self) -> Mapping[str, PowerVerdict]:
        """Which powers are needed, and whether they are supplied."""
        return {name: self.power(name) for name in self.law.pack.powers}

    def power(self, name: str) -> PowerVerdict:
        """Return whether one power is needed, and whether it is supplied."""
        if name not in self._powers:
            self._powers[name] = _of_size(lambda: self.power_on(name, self.lens.admits))
        return self._powers[name]

    def power_on(self, name: str, admits: Mapping[str, tuple[str, ...]]) -> PowerVerdict:
        """Return what a power is where these readings are admitted."""
        return self.law.power(name, self.circumstances, admits)

    def of_power(self, find: Callable[[str, Decision], Found], name: str) -> Found:
        """Return what is found of a power: once for all of which the same is known of its sources and means.

        `find` must go by nothing else.
        """
        return _of_size(lambda: self.law.of_power(find, name, self))

    def is_gap(self, power: str) -> bool:
        """Whether a power that is or may be needed is unavailable, and no reading supplies it, admitted or not."""
        found = self.power(power)
        return (
            found.needed is not Need.NOT_NEEDED
            and found.possible == (Verdict.UNAVAILABLE,)
            and not self.is_supplied_if_left_out(power)
        )

    def is_supplied_if_left_out(self, power: str) -> bool:
        """Whether no reading that the lens admits supplies the power, and one that it leaves out does."""
        return (
            self.power(power).unsupplied and not _of_size(lambda: self.power_on(power, self.every_reading)).unsupplied
        )

    @cached_property
    def every_reading(self) -> Mapping[str, tuple[str, ...]]:
        """The readings of every question, admitted or not."""
        return {name: tuple(question.readings) for name, question in self.law.pack.questions.items()}

    def is_unraised(self, authority: Authority) -> bool:
        """Whether it may be so that no stated fact raises the authority, as it says itself."""
        unraised = authority.not_raised_when
        return unraised is not None and Truth.TRUE in self.truths(unraised)

    def truths(self, condition: Condition) -> tuple[Truth, ...]:
        """Return the truths of a condition that occur in a possible world, in a fixed order."""
        return _of_size(lambda: self.circumstances.truths(condition))

    def may_supply(self, authority: Authority, power: str) -> bool:
        """Whether the authority supplies the power on some reading that the lens admits."""
        return any(
            supply.power == power
            and all(set(self.lens.admits[question]) & set(readings) for question, readings in supply.only_on.items())
            for supply in authority.supplies
        )

    @cached_property
    def relies_on(self) -> tuple[str, ...]:
        """The sources available for a needed power that no unmet means bars."""
        found = {name for power in self.powers for name in self.relied_on_for(power)}
        return tuple(name for name in self.cases if name in found)

    def relied_on_for(self, power: str) -> tuple[str, ...]:
        """Return the sources available for a power, if it is needed and no unmet means bars it."""
        supplying = [one.authority for one in self.law.involved[power] if self._surely_supplies(one, power)]
        if not supplying or self.power(power).needed is not Need.NEEDED:
            return ()
        # A means that is available, or not engaged, bars nothing.
        if any({*case.possible} - {Verdict.AVAILABLE, Verdict.NOT_ENGAGED} for case in self._means(power)):
            return ()
        return tuple(name for name in supplying if self.case(name).verdict is Verdict.AVAILABLE)

    def carriers(self, power: str) -> tuple[str, ...]:
        """Return the sources that are available for an available power; where none is, each that alone fills its need.

        None does where it takes another source in one situation than in the next.
        """
        if self.power(power).possible != (Verdict.AVAILABLE,):
            return ()
        sources = [one for one in self.law.involved[power] if self.may_supply(one, power)]
        known = tuple(one.authority for one in sources if self.case(one.authority).verdict is Verdict.AVAILABLE)
        return known or tuple(one.authority for one in sources if self._carries_alone(one, power))

    def _carries_alone(self, authority: Authority, power: str) -> bool:
        """Whether the power is available wherever it is needed, if no other source supplies it."""
        tables = self.law.power_tables(power, authority.authority)
        return _of_size(lambda: tables.verdict(self.circumstances, self.lens.admits)).possible == (Verdict.AVAILABLE,)

    def _means(self, power: str) -> Iterator[Case]:
        return (self.case(one.authority) for one in self.law.involved[power] if power in one.means_for)

    def _surely_supplies(self, authority: Authority, power: str) -> bool:
        """Whether the authority supplies the power on every reading that the lens admits."""
        return any(
            one.power == power and all(set(self.lens.admits[q]) <= set(some) for q, some in one.only_on.items())
            for one in authority.supplies
        )

    @property
    def found(self) -> tuple[str, ...]:
        """What is relied on, and the means that are available for a power that is or may be needed."""
        through = (
            case.authority.authority
            for power, verdict in self.powers.items()
            if verdict.needed is not Need.NOT_NEEDED
            for case in self._means(power)
            if case.verdict is Verdict.AVAILABLE
        )
        return tuple(dict.fromkeys([*self.relies_on, *through]))


def _of_size(work: Callable[[], Found]) -> Found:
    """Return what the work finds. Raises AuthcheckError where a table would be too large."""
    try:
        return work()
    except TooLargeError as error:
        message = f"too many facts are open at once: {error}"
        problem = Diagnostic("table-too-large", message, Place("the scenario"), help="state some of them")
        raise AuthcheckError([problem]) from None
