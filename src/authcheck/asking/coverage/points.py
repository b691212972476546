"""Everything of an authority that a scenario may show, with the worlds in which it is what."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.asking.coverage.results import Aspect, Point, State
from authcheck.decision.verdicts import AuthorityTables, Combination, questions_of
from authcheck.diagnostics import Place
from authcheck.evaluation.truth import Table, rule_table, table
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority, Displacement, Duty, Ground, Rule
from authcheck.model.condition import AllOf, Condition, Constant, InForce, Term, Test, Truth, parts
from authcheck.model.question import Question

__all__ = ["DUTY_STATES", "Described", "Row", "points_of", "rows_of"]

DUTY_STATES = (State.OWED, State.DONE, State.OVERDUE, State.UNKNOWN, State.PERHAPS)

_TRUTHS = {Truth.TRUE: State.TRUE, Truth.FALSE: State.FALSE, Truth.SILENT: State.SILENT}


@dataclass(frozen=True, slots=True)
class Described:
    """A point with what it is in words, and where it stands in the pack."""

    point: Point
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """Something with a truth in every world of a table, as far as it is asked in it.

    `point` has whatever state. A reading decides where its table is true.
    """

    point: Point
    table: Table
    within: int

    def where(self, state: State) -> int:
        """Return the worlds in which it is this."""
        match state:
            case State.TRUE | State.DECIDES:
                return self.table.true & self.within
            case State.FALSE:
                return self.table.false & self.within
            case _:
                return self.table.silent(self.within)

    def states(self, possible: int) -> tuple[State, ...]:
        """Return what it is over these worlds, of which it must be asked in all; open where it is more than one."""
        truths = self.table.truths(possible & self.within)
        if self.point.state is State.DECIDES:
            return (State.DECIDES,) if truths == (Truth.TRUE,) and not possible & ~self.within else ()
        if len(truths) > 1:
            return (State.OPEN,)
        return tuple(_TRUTHS[truth] for truth in truths) if not possible & ~self.within else ()


def points_of(authority: Authority, questions: Mapping[str, Question]) -> Iterator[Described]:
    """Return all that may be seen of an authority, in the order of its file; whether it can be is another question."""
    for part, text, place, conditions in _parts(authority):
        states = [State.TRUE, State.FALSE, State.OPEN]
        if any(map(_may_be_silent, conditions)):
            states.insert(2, State.SILENT)
        yield from (Described(replace(part, state=state), text, place) for state in states)
    for name in questions_of(authority):
        question = questions[name]
        for reading in question.readings.values():
            point = Point(authority.authority, Aspect.READING, name, State.DECIDES, reading=reading.reading)
            yield Described(point, reading.text, question.place)
    for duty in authority.duties:
        yield from _duty_points(authority, duty)


def _duty_points(authority: Authority, duty: Duty) -> Iterator[Described]:
    for state in DUTY_STATES:
        yield Described(Point(authority.authority, Aspect.DUTY, duty.duty, state), duty.text, duty.place)


def _parts(authority: Authority) -> Iterator[tuple[Point, str, Place, Sequence[Condition]]]:
    name = authority.authority
    yield (
        Point(name, Aspect.ENGAGEMENT, "", State.TRUE),
        "whether it is engaged",
        authority.place,
        (authority.governs,),
    )
    for one in authority.displaced_by:
        yield Point(name, Aspect.DISPLACEMENT, _named(one), State.TRUE), one.text, one.place, (one.when,)
    for ground in authority.grounds:
        for element in ground.elements:
            for reading, rule in _rules(element.rule, element.readings):
                point = Point(name, Aspect.ELEMENT, element.element, State.TRUE, ground.ground, reading)
                yield point, element.text, element.place, _conditions(rule)
        for exception in ground.exceptions:
            point = Point(name, Aspect.EXCEPTION, exception.exception, State.TRUE, ground.ground)
            yield point, exception.text, exception.place, (exception.when,)
    for exception in authority.exceptions:
        point = Point(name, Aspect.EXCEPTION, exception.exception, State.TRUE)
        yield point, exception.text, exception.place, (exception.when,)


def _named(displacement: Displacement) -> str:
    """Return what a displacement goes by, which has no name: what its condition asks."""
    when = displacement.when
    return "-".join(["displaced-by", *map(_asked, when.parts if isinstance(when, AllOf) else (when,))])


def _asked(condition: Condition) -> str:
    match condition:
        case Term(term=name) | InForce(name) | Test(fact=name):
            return name.replace("_", "-")
        case _:
            return "more"


def _rules(rule: Rule | None, readings: Mapping[str, Rule]) -> Iterator[tuple[str, Rule]]:
    if rule is not None:
        yield "", rule
    yield from readings.items()


def _conditions(rule: Rule) -> tuple[Condition, ...]:
    silent = Constant(Truth.SILENT)
    return tuple(one for one in (rule.when, rule.unless, silent if rule.silent_when else None) if one is not None)


def _may_be_silent(condition: Condition) -> bool:
    return any(part == Constant(Truth.SILENT) for part in parts(condition))


def rows_of(tables: AuthorityTables) -> Iterator[Row]:
    """Return everything of the authority that has a truth in its worlds; nothing where it is not in force.

    An element is asked where the authority is engaged on a reading on which its ground is there.
    """
    authority = tables.authority
    if authority.authority not in tables.in_force:
        return
    every = {name: tuple(question.readings) for name, question in tables.questions.items()}
    combinations = tables.combinations(every)
    setting = tables.setting(combinations[0])
    governs = table(authority.governs, setting)
    yield Row(Point(authority.authority, Aspect.ENGAGEMENT, "", State.TRUE), governs, tables.worlds.everything)
    for one in authority.displaced_by:
        point = Point(authority.authority, Aspect.DISPLACEMENT, _named(one), State.TRUE)
        yield Row(point, table(one.when, setting), governs.true)
    engaged = [_engaged(authority, governs.true, tables, one) for one in combinations]
    for ground in authority.grounds:
        yield from _ground_rows(ground, tables, combinations, engaged)
    anywhere = _any(engaged)
    for exception in authority.exceptions:
        point = Point(authority.authority, Aspect.EXCEPTION, exception.exception, State.TRUE)
        yield Row(point, table(exception.when, setting), anywhere)
    for question in tables.questions:
        for reading in every[question]:
            point = Point(authority.authority, Aspect.READING, question, State.DECIDES, reading=reading)
            decides = _any(_parting(tables, combinations, question, reading))
            everything = tables.worlds.everything
            yield Row(point, Table(decides, everything & ~decides), everything)


def _engaged(authority: Authority, governed: int, tables: AuthorityTables, combination: Combination) -> int:
    """Return the worlds in which the authority is engaged under one choice of readings."""
    setting = tables.setting(combination)
    for one in authority.displaced_by:
        if setting.exists(one.only_on):
            governed &= ~table(one.when, setting).true
    return governed


def _ground_rows(
    ground: Ground, tables: AuthorityTables, combinations: Sequence[Combination], engaged: Sequence[int]
) -> Iterator[Row]:
    setting = tables.setting(combinations[0])
    there = [
        (combination, worlds)
        for combination, worlds in zip(combinations, engaged, strict=True)
        if tables.setting(combination).exists(ground.only_on)
    ]
    name = tables.authority.authority
    for element in ground.elements:
        for reading, rule in _rules(element.rule, element.readings):
            asked = (worlds for one, worlds in there if not reading or one[element.question] == reading)
            point = Point(name, Aspect.ELEMENT, element.element, State.TRUE, ground.ground, reading)
            yield Row(point, rule_table(rule, setting), _any(asked))
    for exception in ground.exceptions:
        point = Point(name, Aspect.EXCEPTION, exception.exception, State.TRUE, ground.ground)
        yield Row(point, table(exception.when, setting), _any(worlds for _, worlds in there))


def _any(some: Iterable[int]) -> int:
    found = 0
    for worlds in some:
        found |= worlds
    return found


def _parting(
    tables: AuthorityTables, combinations: Sequence[Combination], question: str, reading: str
) -> Iterator[int]:
    """Return worlds in which the verdict on a reading is another than on another reading of the same question."""
    for combination in combinations:
        if combination[question] != reading:
            continue
        mine = tables.split(combination).worlds
        for other in tables.questions[question].readings:
            theirs = tables.split({**combination, question: other}).worlds
            yield _any(own & ~their for own, their in itertools.zip_longest(mine, theirs, fillvalue=0))
