"""What a condition, an element and a ground are in every world at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, assert_never

from authcheck.evaluation.worlds import Worlds
from authcheck.frozen import dataclass
from authcheck.model.authority import Element, Exclusion, Ground, Rule
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

__all__ = [
    "Setting",
    "Table",
    "all_of",
    "any_of",
    "element_table",
    "ground_table",
    "is_at_hand",
    "rule_of",
    "rule_table",
    "table",
    "untaken",
    "where_all",
]

Part = TypeVar("Part", Condition, Rule)


@dataclass(frozen=True, slots=True)
class Table:
    """The worlds in which something is true and those in which it is false; in the others it is silent."""

    true: int
    false: int

    def __invert__(self) -> Table:
        """Return the negation; silent stays silent."""
        return Table(self.false, self.true)

    def silent(self, mask: int) -> int:
        """Return the worlds within the mask in which it is silent."""
        return mask & ~(self.true | self.false)

    def truths(self, mask: int) -> tuple[Truth, ...]:
        """Return the truths that occur within the mask, in a fixed order."""
        occurring = (
            (Truth.TRUE, self.true & mask),
            (Truth.FALSE, self.false & mask),
            (Truth.SILENT, self.silent(mask)),
        )
        return tuple([truth for truth, worlds in occurring if worlds])


@dataclass(frozen=True, slots=True)
class Setting:
    """What is fixed while the facts vary: which authorities are in force, and the readings chosen.

    `tables` keeps the table of each condition and rule, by its identity, where these are asked over and over and stay.
    """

    worlds: Worlds
    in_force: frozenset[str]
    readings: Mapping[str, str]
    tables: dict[int, Table] | None = None

    def exists(self, only_on: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the readings chosen are among those on which something exists."""
        return all(self.readings[question] in readings for question, readings in only_on.items())


def table(condition: Condition, setting: Setting) -> Table:
    """Return the condition's truth in every world, by the three-valued tables of all, any and not."""
    return _once(_table, condition, setting)


def _once(find: Callable[[Part, Setting], Table], part: Part, setting: Setting) -> Table:
    """Return the table of a condition or a rule, found once where the setting keeps them."""
    kept = setting.tables
    if kept is None:
        return find(part, setting)
    found = kept.get(id(part))
    if found is None:
        found = kept[id(part)] = find(part, setting)
    return found


def _table(condition: Condition, setting: Setting) -> Table:
    everything = setting.worlds.everything
    match condition:
        case Test():
            where = setting.worlds.where(condition)
            return Table(where, everything & ~where)
        case AllOf():
            return all_of([table(part, setting) for part in condition.parts], setting)
        case AnyOf():
            return any_of([table(part, setting) for part in condition.parts], setting)
        case Term():
            return table(condition.condition, setting)
        case Not():
            return ~table(condition.part, setting)
        case Constant(truth):
            return Table(everything if truth is Truth.TRUE else 0, everything if truth is Truth.FALSE else 0)
        case InForce(authority):
            return Table(everything, 0) if authority in setting.in_force else Table(0, everything)
        case VerdictIs() | CautionShown():  # pragma: no cover
            raise TypeError(condition)
        case _:  # pragma: no cover
            assert_never(condition)


def where_all(conditions: Iterable[Condition], worlds: Worlds) -> int:
    """Return the worlds in which conditions that are of facts alone are true together."""
    return table(AllOf(tuple(conditions)), Setting(worlds, frozenset(), {})).true


def all_of(tables: Iterable[Table], setting: Setting) -> Table:
    """Return the conjunction of all: false wins, then silent; true where there is none."""
    true, false = setting.worlds.everything, 0
    for part in tables:
        true &= part.true
        false |= part.false
    return Table(true, false)


def any_of(tables: Iterable[Table], setting: Setting) -> Table:
    """Return the disjunction of all: true wins, then silent; false where there is none."""
    true, false = 0, setting.worlds.everything
    for part in tables:
        true |= part.true
        false &= part.false
    return Table(true, false)


def rule_of(element: Element, setting: Setting) -> Rule | None:
    """Return the element's rule, that of the reading chosen for its question if it has one; None if it is not asked."""
    return element.readings.get(setting.readings[element.question]) if element.question else element.rule


def is_at_hand(element: Element, setting: Setting, worlds: int) -> bool:
    """Whether that of which the element's passages speak is so in some of the worlds."""
    return element.speaks_of is None or bool(table(element.speaks_of, setting).true & worlds)


def element_table(element: Element, setting: Setting) -> Table:
    """Return the element's truth in every world, under the reading chosen; true, so no bar, where it is not asked."""
    rule = rule_of(element, setting)
    return Table(setting.worlds.everything, 0) if rule is None else rule_table(rule, setting)


def rule_table(rule: Rule, setting: Setting) -> Table:
    """True where `when` is and `unless` is not; silent where `when` is or `silent_when` holds; else false."""
    return _once(_rule_table, rule, setting)


def _rule_table(rule: Rule, setting: Setting) -> Table:
    when = table(rule.when, setting)
    if rule.unless is not None:
        unless = table(rule.unless, setting)
        # Where `unless` is not false, the rule is not met; where it is silent, what would be met is silent.
        when = Table(when.true & unless.false, when.false | (when.true & unless.true))
    if rule.silent_when is not None:
        when = Table(when.true, when.false & ~table(rule.silent_when, setting).true)
    return when


def ground_table(ground: Ground, setting: Setting) -> Table:
    """Return whether all elements hold and no exception takes them away; false where the ground does not exist."""
    if not setting.exists(ground.only_on):
        return Table(0, setting.worlds.everything)
    elements = [element_table(element, setting) for element in ground.elements]
    return all_of([*elements, *untaken(ground.exceptions, setting)], setting)


def untaken(exceptions: Iterable[Exclusion], setting: Setting) -> Iterator[Table]:
    """Return for each exception whether it takes nothing away; a silent one leaves it silent."""
    return (~table(exception.when, setting) for exception in exceptions)
