"""What a condition, an element and a ground are in every world at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from authcheck.evaluation.worlds import Allowed, Worlds
from authcheck.frozen import dataclass
from authcheck.model.authority import Element, Exclusion, Ground, Rule
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, InForce, Not, Term, Test, Truth
from authcheck.model.fact import Fact

__all__ = [
    "Setting",
    "Table",
    "all_of",
    "any_of",
    "element_table",
    "ground_table",
    "lay_out",
    "negated",
    "rule_of",
    "table",
    "table_alone",
    "without",
]


@dataclass(frozen=True, slots=True)
class Table:
    """The worlds in which something is true and those in which it is silent; in the others it is false."""

    true: int
    silent: int

    def truths(self, mask: int) -> tuple[Truth, ...]:
        """Return the truths that occur within the mask, in a fixed order."""
        found = []
        if self.true & mask:
            found.append(Truth.TRUE)
        if mask & ~(self.true | self.silent):
            found.append(Truth.FALSE)
        if self.silent & mask:
            found.append(Truth.SILENT)
        return tuple(found)

    def false(self, mask: int) -> int:
        """Return the worlds within the mask in which it is false."""
        return mask & ~(self.true | self.silent)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is fixed while the facts vary: which authorities are in force, and the readings chosen."""

    worlds: Worlds
    in_force: frozenset[str]
    readings: Mapping[str, str]

    def exists(self, only_on: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the readings chosen are among those on which something exists."""
        return all(self.readings[question] in readings for question, readings in only_on.items())


def lay_out(
    conditions: Iterable[Condition],
    facts: Mapping[str, Fact],
    allowed: Mapping[str, Allowed],
    cut_by: Iterable[Condition] = (),
    only: Sequence[str] = (),
) -> Worlds:
    """Return the worlds of the conditions' facts, those that break a constraint left out."""
    worlds = Worlds(tuple(conditions), facts, allowed, tuple(cut_by), only)
    bare = Setting(worlds, frozenset(), {})
    for test, follows in worlds.demands:
        worlds.possible &= ~worlds.where(test) | table(follows, bare).true
    return worlds


def table(condition: Condition, setting: Setting) -> Table:
    """Return the condition's truth in every world, by the three-valued tables of all, any and not."""
    match condition:
        case Constant(truth):
            everything = setting.worlds.everything
            return Table(everything if truth is Truth.TRUE else 0, everything if truth is Truth.SILENT else 0)
        case Test():
            return Table(setting.worlds.where(condition), 0)
        case InForce(authority):
            return Table(setting.worlds.everything if authority in setting.in_force else 0, 0)
        case AllOf(inner):
            return all_of((table(one, setting) for one in inner), setting)
        case AnyOf(inner):
            return any_of((table(one, setting) for one in inner), setting)
        case Not(inside):
            return negated(table(inside, setting), setting)
        case Term(condition=inside):
            return table(inside, setting)
        case _:  # pragma: no cover
            assert_never(condition)


def table_alone(
    condition: Condition, facts: Mapping[str, Fact], allowed: Mapping[str, Allowed], in_force: frozenset[str]
) -> tuple[Worlds, Table]:
    """Return the worlds of the condition's own facts, and its truth in each."""
    worlds = lay_out([condition], facts, allowed)
    return worlds, table(condition, Setting(worlds, in_force, {}))


def all_of(tables: Iterable[Table], setting: Setting) -> Table:
    """Return the conjunction: false wins, then silent."""
    true = not_false = setting.worlds.everything
    for one in tables:
        true &= one.true
        not_false &= one.true | one.silent
    return Table(true, not_false & ~true)


def any_of(tables: Iterable[Table], setting: Setting) -> Table:
    """Return the disjunction: true wins, then silent."""
    true = not_false = setting.worlds.everything & 0
    for one in tables:
        true |= one.true
        not_false |= one.true | one.silent
    return Table(true, not_false & ~true)


def negated(one: Table, setting: Setting) -> Table:
    """Return the negation; silent stays silent."""
    return Table(setting.worlds.everything & ~(one.true | one.silent), one.silent)


def without(one: Table, exceptions: Iterable[Table], setting: Setting) -> Table:
    """Return what is left once the exceptions that are true take it away; a silent one leaves it silent."""
    return all_of((one, *(negated(exception, setting) for exception in exceptions)), setting)


def rule_of(element: Element, setting: Setting) -> Rule:
    """Return the element's rule, that of the reading chosen for its question if it has one."""
    rule = element.readings[setting.readings[element.question]] if element.question else element.rule
    assert rule is not None  # Invariant: an element has a rule or a question with readings.
    return rule


def element_table(element: Element, setting: Setting) -> Table:
    """Return the element's truth in every world, under the reading chosen for its question."""
    return rule_table(rule_of(element, setting), setting)


def rule_table(rule: Rule, setting: Setting) -> Table:
    """True where `when` is and `unless` is not; silent where `when` is or `silent_when` holds; else false."""
    when = table(rule.when, setting)
    true, silent = when.true, when.silent
    if rule.unless is not None:
        unless = table(rule.unless, setting)
        silent |= true & unless.silent
        true &= ~(unless.true | unless.silent)
    if rule.silent_when is not None:
        silent |= table(rule.silent_when, setting).true
    return Table(true, silent & ~true)


def exception_table(exception: Exclusion, setting: Setting) -> Table:
    """Return the exception's truth in every world."""
    return table(exception.when, setting)


def ground_table(ground: Ground, setting: Setting) -> Table:
    """Return whether all elements hold and no exception takes them away; false where the ground does not exist."""
    if not setting.exists(ground.only_on):
        return Table(0, 0)
    elements = all_of((element_table(one, setting) for one in ground.elements), setting)
    return without(elements, (exception_table(one, setting) for one in ground.exceptions), setting)
