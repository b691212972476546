"""Conditions as they are written, read into the language of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from authcheck.loading.fields import Problems
from authcheck.loading.files import printable
from authcheck.loading.text import Node
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    Condition,
    Constant,
    InForce,
    Not,
    Option,
    Range,
    Term,
    Test,
    Truth,
    parts,
)
from authcheck.model.fact import Fact, FactType

__all__ = ["Scope", "is_ever_silent", "is_plain", "read_choice", "read_condition", "read_range", "read_test", "shown"]


@dataclass(slots=True)
class Scope:
    """The names that a condition may use. Terms are read when they are first named.

    `more` are keys that only some conditions have, each with what reads its value.
    """

    facts: Mapping[str, Fact]
    authorities: frozenset[str]
    problems: Problems
    more: Mapping[str, Callable[[Node], Condition | None]] = field(default_factory=dict)
    unread_terms: dict[str, tuple[Node, str, tuple[str, ...]]] = field(default_factory=dict)
    terms: dict[str, Term | None] = field(default_factory=dict)
    reading: list[str] = field(default_factory=list)

    def term(self, name: str, node: Node) -> Term | None:
        """Return the term, read now if need be; None, with a problem, if it runs in a circle or is broken."""
        if name in self.reading:
            circle = " → ".join([*self.reading[self.reading.index(name) :], name])
            self.problems.add(
                "cycle", f"the terms run in a circle: {circle}", node.place, "a term may not rest on itself"
            )
            return None
        if name not in self.terms:
            condition_node, text, cite = self.unread_terms[name]
            self.reading.append(name)
            condition = read_condition(condition_node, self)
            self.reading.pop()
            self.terms[name] = None if condition is None else Term(name, text, condition, cite)
        return self.terms[name]


def read_condition(node: Node, scope: Scope) -> Condition | None:
    """Return the condition, or None after adding what is wrong with it."""
    match node.value:
        case bool(value):
            return Constant(Truth.TRUE if value else Truth.FALSE)
        case "silent":
            return Constant(Truth.SILENT)
        case str(name):
            return _named(name, node, scope)
        case tuple():
            scope.problems.add("bare-list", "a list is no condition", node.place, "write `all: [...]` or `any: [...]`")
        case Mapping() as mapping if len(mapping) != 1:
            keys = ", ".join(f"`{key}`" for key in mapping) or "nothing"
            scope.problems.add(
                "several-keys",
                f"a condition has one key; this one has {keys}",
                node.place,
                "join them with `all:` or `any:`",
            )
        case Mapping() as mapping:
            key = next(iter(mapping))
            return _keyed(key, mapping[key], node, scope)
        case value:
            scope.problems.add(
                "no-condition",
                f"`{value}` is no condition",
                node.place,
                "name a fact with its value, as in `{fact: value}`",
            )
    return None


def _named(name: str, node: Node, scope: Scope) -> Condition | None:
    if name in scope.facts:
        fact = scope.facts[name]
        if fact.type is FactType.YES_NO:
            return Test(name, (True,))
        scope.problems.add(
            "value-needed",
            f"`{name}` is a {fact.type.value}; say which value",
            node.place,
            f"write `{{{name}: ...}}`",
        )
        return None
    if name in scope.unread_terms or name in scope.terms:
        return scope.term(name, node)
    scope.problems.unknown(
        "unknown-name", "fact or term", printable(name), node.place, [*scope.facts, *scope.unread_terms]
    )
    return None


def _keyed(key: str, value: Node, node: Node, scope: Scope) -> Condition | None:
    match key:
        case "all" | "any":
            if not isinstance(value.value, tuple) or not value.value:
                scope.problems.add("list-needed", f"`{key}` needs a list of conditions", value.place)
                return None
            inner = [read_condition(part, scope) for part in value.value]
            read = tuple(part for part in inner if part is not None)
            if len(read) < len(inner):
                return None
            return AllOf(read) if key == "all" else AnyOf(read)
        case "not":
            part = read_condition(value, scope)
            return None if part is None else Not(part)
        case "in_force":
            if isinstance(value.value, str) and value.value in scope.authorities:
                return InForce(value.value)
            scope.problems.unknown("unknown-authority", "authority", shown(value.value), value.place, scope.authorities)
            return None
        case _ if key in scope.more:
            return scope.more[key](value)
        case _ if key in scope.facts:
            return read_test(scope.facts[key], value, scope)
        case _:
            place = node.key_place(key)
            known = [*scope.facts, "all", "any", "not", "in_force", *scope.more]
            if key in scope.unread_terms or key in scope.terms:
                scope.problems.add(
                    "term-with-value",
                    f"`{key}` is a term and takes no value",
                    place,
                    f"write `{key}`, or `{{not: {key}}}`",
                )
            else:
                scope.problems.unknown("unknown-name", "fact", printable(key), place, known)
            return None


def read_test(fact: Fact, value: Node, scope: Scope) -> Condition | None:
    """Return the condition that the fact has a value as written, or None after adding what is wrong with it."""
    if fact.type is FactType.DATE:
        scope.problems.add(
            "date-tested",
            f"`{fact.fact}` is a date, which no condition tests",
            value.place,
            "derive a number from it",
        )
        return None
    if fact.type is FactType.NUMBER:
        return _number(fact, value, scope)
    return read_choice(fact.fact, fact.options, value, scope, lambda values: Test(fact.fact, values))


def read_choice(
    name: str,
    options: Sequence[Option],
    value: Node,
    scope: Scope,
    is_one_of: Callable[[tuple[Option, ...]], Condition],
) -> Condition | None:
    """Return the condition that what is named is one of the options written, or none; None where they are wrong."""
    if not isinstance(value.value, Mapping):
        values = _options(name, options, value, scope)
        return is_one_of(values) if values else None
    if list(value.value) != ["not"]:
        message = f"`{name}` takes a value, a list of values, or `{{not: value}}`"
        scope.problems.add("unknown-form", message, value.place)
        return None
    excluded = _options(name, options, value.value["not"], scope)
    return Not(is_one_of(excluded)) if excluded else None


def _options(name: str, options: Sequence[Option], value: Node, scope: Scope) -> tuple[Option, ...]:
    """Return the options that are written; none, with problems, where something else is."""
    items = value.value if isinstance(value.value, tuple) else (value,)
    known: list[Option] = []
    for item in items:
        if isinstance(item.value, bool | str) and item.value in options:
            known.append(item.value)
        else:
            near = [shown(option) for option in options]
            scope.problems.unknown("unknown-value", f"value of `{name}`", shown(item.value), item.place, near)
    return tuple(known) if len(known) == len(items) else ()


def _number(fact: Fact, value: Node, scope: Scope) -> Test | None:
    bounds = read_range(fact, value)
    if bounds is None and is_reversed(value):
        message = f"the range of `{fact.fact}` ends before it begins"
        scope.problems.add("reversed-range", message, value.place, "exchange `at_least` and `at_most`")
        return None
    if bounds is None:
        scope.problems.add(
            "range-needed",
            f"`{fact.fact}` needs a whole number of at least {fact.minimum}, or `{{at_least: n, at_most: n}}`",
            value.place,
        )
        return None
    return Test(fact.fact, (), bounds)


def is_reversed(node: Node) -> bool:
    """Whether the value is a range whose end lies before its beginning."""
    if not isinstance(node.value, Mapping) or set(node.value) != {"at_least", "at_most"}:
        return False
    low, high = node.value["at_least"].value, node.value["at_most"].value
    return isinstance(low, int) and isinstance(high, int) and low > high


def read_range(fact: Fact, node: Node) -> Range | None:
    """Return the numbers that a value or `{at_least, at_most}` gives; None where it gives none of the fact's."""
    low, high = fact.minimum, None
    match node.value:
        case bool():
            return None
        case int(number):
            low = high = number
        case Mapping() as bounds if bounds and set(bounds) <= {"at_least", "at_most"}:
            for key, bound in bounds.items():
                if isinstance(bound.value, bool) or not isinstance(bound.value, int):
                    return None
                if key == "at_least":
                    low = bound.value
                else:
                    high = bound.value
        case _:
            return None
    return Range(low, high) if low >= fact.minimum and (high is None or low <= high) else None


def shown(value: object) -> str:
    """Return a value as a message names it; a list and a mapping by their brackets alone."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return "[…]"
        case Mapping():
            return "{…}"
        case _:
            return printable(str(value))


def is_plain(condition: Condition) -> bool:
    """Whether the condition is never silent and turns on facts alone."""
    return not is_ever_silent(condition) and not any(isinstance(part, InForce) for part in parts(condition))


def is_ever_silent(condition: Condition) -> bool:
    """Whether the condition has a part that is silent whatever the facts are."""
    return any(isinstance(part, Constant) and part.truth is Truth.SILENT for part in parts(condition))
