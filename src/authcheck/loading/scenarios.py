"""The text of a scenario becomes its facts, or every problem that it has."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeGuard

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.comments import comments_of
from authcheck.loading.conditions import Scope, is_reversed, read_range, shown
from authcheck.loading.fields import Fields, Problems, as_date, nearest
from authcheck.loading.files import printable, quoted, with_excerpt
from authcheck.loading.forms import ScenarioForm
from authcheck.loading.reader import Reader
from authcheck.loading.shape import check_shape, check_text, keys_of
from authcheck.loading.text import Node, read_tree
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.model.scenario import (
    Claimed,
    Comment,
    Expectation,
    FactStatus,
    Precedent,
    Scenario,
    StatedFact,
    Unmodelled,
    Unstated,
)

__all__ = ["build_scenario", "digest_of"]

_STATED_KEYS = {"value", "status", "note"}
_RANGE_KEYS = {"at_least", "at_most"}
_AT_ONCE = {"all_of"}


def digest_of(text: str) -> str:
    """Return the digest by which a scenario's text is known."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def build_scenario(text: str, file: str, pack: Pack, *, id: str = "", node: Node | None = None) -> Scenario:
    """Return the scenario that the text holds. `node` is given where the text has been read already.

    Raises AuthcheckError with every problem, each at its place, with the lines around it.
    """
    unread: list[Diagnostic] = []
    if node is None:
        node, unread = read_tree(text, file)
    if node is None:
        raise AuthcheckError(with_excerpt(one, text) if one.place.line else one for one in unread)
    if _is_another_file(node):
        help = "give the file another ending, or pass over it with `--exclude`"
        stray = Diagnostic("no-scenario", "this is no scenario: it has none of the keys of one", node.place, help=help)
        raise AuthcheckError([with_excerpt(stray, text)])
    builder = _Builder(node, pack)
    scenario = builder.scenario(id, digest_of(text), () if unread else comments_of(text, file))
    # A value that could not be read is told once, and not again for what it fails to be.
    places = {one.place for one in unread}
    problems = [*unread, *(one for one in builder.problems.found if one.place not in places)]
    if scenario is None or problems:
        raise AuthcheckError(with_excerpt(one, text) if one.place.line else one for one in problems)
    return scenario


def _is_another_file(node: Node) -> bool:
    """Whether none of the keys is one of a scenario, or like one."""
    if not isinstance(node.value, dict) or not node.value:
        return False
    known = keys_of(ScenarioForm)
    return not any(key in known or nearest(key, known) for key in node.value)


def _meant_value(given: str, fact: Fact) -> str:
    near, known = nearest(given, fact.values), ", ".join(f"`{name}`" for name in fact.values)
    return f"{near} (it takes {known})" if near else f"it takes {known}"


def _is_option(value: object, fact: Fact) -> TypeGuard[bool | str]:
    """Whether the value is one of those of a yes/no fact or a choice."""
    if fact.type is FactType.YES_NO:
        return isinstance(value, bool)
    return isinstance(value, str) and value in fact.values


def _at_once(fact: Fact, node: Node) -> str | None:
    """Return the value that is the two under `all_of` at once; None where there is no such value."""
    if not isinstance(node.value, Mapping) or set(node.value) != _AT_ONCE:
        return None
    items = node.value["all_of"].value
    named = {one.value for one in items} if isinstance(items, tuple) else set()
    return next((both for both, pair in fact.pairs.items() if named == set(pair)), None)


class _Builder:
    def __init__(self, node: Node, pack: Pack) -> None:
        self.node = node
        self.pack = pack
        self.problems = Problems()

    def scenario(self, id: str, digest: str, comments: tuple[Comment, ...]) -> Scenario | None:
        faults = check_shape(self.node, ScenarioForm)
        self.problems.found.extend(faults)
        if not isinstance(self.node.value, Mapping):
            return None
        fields = Fields(self.node)
        # Facts are read even where another key is at fault, so that one run names every problem.
        facts = self._facts(fields.node("facts"))
        options, activities = (self._choices(fields, key) for key in ("options", "activities"))
        if options and activities:
            message = "a scenario has `options`, of which one is taken, or `activities`, which are all done; not both"
            help = "write a file with its `activities` for each course of action"
            self.problems.add("options-and-activities", message, fields.key_place("activities"), help)
        if faults:
            return None
        as_of = fields.date("as_of")
        if "as_of" in fields and as_of is None:
            message = f"`as_of` is no day of the calendar: {quoted(shown(fields.whole_of('as_of').value))}"
            self.problems.add("bad-date", message, fields.place_of("as_of"))
        reader = self._reader(options, activities)
        return Scenario(
            id=fields.text("id") or id,
            title=fields.text("scenario"),
            place=fields.place,
            digest=digest,
            facts=facts,
            description=fields.text("description"),
            as_of=as_of,
            unstated=Unstated(fields.text("unstated") or "default"),
            options=options,
            activities=activities,
            unmodelled=tuple(reader.read(Unmodelled, node) for node in fields.nodes("unmodelled")),
            claimed=tuple(reader.read(Claimed, node) for node in fields.nodes("claimed")),
            expect=tuple(self._expectation(Fields(node), reader) for node in fields.nodes("expect")),
            precedent=reader.read(Precedent, fields.whole_of("precedent")) if "precedent" in fields else None,
            cite=tuple(reader.name("passage", node) for node in fields.nodes("cite")),
            comments=comments,
        )

    def _choices(self, fields: Fields, key: str) -> dict[str, dict[str, StatedFact]]:
        """Return the facts that each course of action, or each activity, states."""
        choices = fields.inner(key)
        return {name: self._facts(choices.node(name)) for name in choices or () if choices is not None}

    def _reader(self, options: Collection[str], activities: Collection[str]) -> Reader:
        """Return what reads the parts that name things of the pack, a course of action or an activity."""
        pack = self.pack
        known: dict[str, Collection[str]] = {
            "authority": pack.authorities,
            "authority or power": (*pack.authorities, *pack.powers),
            "passage": pack.passages,
            "activity of the scenario": activities,
            "course of action of the scenario": options,
        }
        return Reader(Scope(pack.facts, frozenset(pack.authorities), self.problems), known)

    # --- facts

    def _facts(self, node: Node | None) -> dict[str, StatedFact]:
        found: dict[str, StatedFact] = {}
        if node is not None and isinstance(node.value, dict):
            for name, key_place, value in self._flat(node, ""):
                if name in found:
                    self.problems.add(
                        "stated-twice",
                        f"`{name}` is stated a second time",
                        key_place,
                        f"the first is at {found[name].place}",
                    )
                    continue
                stated = self._stated(self.pack.facts[name], value, key_place)
                if stated is not None:
                    found[name] = stated
        # The order of the vocabulary, so that the order of the file never matters.
        return {name: found[name] for name in self.pack.facts if name in found}

    def _flat(self, node: Node, prefix: str) -> Iterator[tuple[str, Place, Node]]:
        """Return each stated fact by its full name; nested keys are joined with `_`."""
        assert isinstance(node.value, dict)
        facts = self.pack.facts
        for key, value in node.value.items():
            name = f"{prefix}{key}"
            if name in facts:
                yield name, node.key_place(key), value
            elif isinstance(value.value, dict) and self._begin_with(f"{name}_", value.value):
                yield from self._flat(value, f"{name}_")
            else:
                help = partial(self._meant_fact, name)
                self.problems.add("unknown-fact", f"`{printable(name)}` is no fact", node.key_place(key), help)

    def _begin_with(self, prefix: str, keys: Iterable[str]) -> bool:
        """Whether there are facts whose names begin so; most often one of the keys says at once."""
        facts = self.pack.facts
        return any(f"{prefix}{key}" in facts for key in keys) or any(fact.startswith(prefix) for fact in facts)

    def _meant_fact(self, name: str) -> str:
        return nearest(name, self.pack.facts) or "see `authcheck show fact`"

    def _stated(self, fact: Fact, node: Node, key_place: Place) -> StatedFact | None:
        status, note = FactStatus.STIPULATED, ""
        value = node
        if isinstance(node.value, dict) and not (node.value.keys() <= _RANGE_KEYS or node.value.keys() == _AT_ONCE):
            fields = Fields(node)
            for key in fields:
                if key not in _STATED_KEYS:
                    self.problems.add(
                        "unknown-key",
                        f"`{printable(key)}` is not a key here",
                        fields.key_place(key),
                        nearest(key, _STATED_KEYS) or "a fact takes `value`, `status` and `note`",
                    )
            found = fields.node("value")
            if found is None:
                self.problems.add("missing-key", f"`value` is missing for `{fact.fact}`", node.place)
                return None
            value = found
            note = fields.text("note")
            if "note" in fields:
                self.problems.found.extend(check_text(fields.whole_of("note"), "note"))
            if "status" in fields:
                said = fields.text("status")
                known = [one.value for one in FactStatus]
                if said in known:
                    status = FactStatus(said)
                else:
                    listed = ", ".join(f"`{one}`" for one in known)
                    message = f"`{shown(fields.whole_of('status').value)}` is no status of a fact"
                    self.problems.add("unknown-status", message, fields.place_of("status"), f"it is one of {listed}")
        if value.value == "unknown":
            return StatedFact(fact.fact, key_place, unknown=True, status=status, note=note)
        return self._valued(fact, value, key_place, status, note)

    def _valued(self, fact: Fact, node: Node, place: Place, status: FactStatus, note: str) -> StatedFact | None:
        if fact.type is FactType.DATE:
            day = as_date(node) if isinstance(node.value, str | datetime.date) else None
            if day is None:
                message = f"`{fact.fact}` needs a date such as 2025-02-04, and {quoted(shown(node.value))} is none"
                self.problems.add("date-needed", message, node.place)
                return None
            return StatedFact(fact.fact, place, date=day, status=status, note=note)
        if _is_option(node.value, fact):
            return StatedFact(fact.fact, place, values=(node.value,), status=status, note=note)
        items = node.value if isinstance(node.value, tuple) else (node,)
        values: list[bool | str] = []
        ranges: list[Range] = []
        for item in items:
            bounds = read_range(fact, item) if fact.type is FactType.NUMBER else None
            if bounds is not None:
                ranges.append(bounds)
            elif _is_option(item.value, fact):
                values.append(item.value)
            elif item is node and (both := _at_once(fact, item)) is not None:
                values.append(both)
            else:
                self._misfit(fact, item, is_listed=item is not node)
        if not items:
            self.problems.add("no-value", f"`{fact.fact}` has an empty list", node.place)
        self._refuse_repeated(items)
        if len(values) + len(ranges) < len(items) or not items:
            return None
        return StatedFact(fact.fact, place, values=tuple(values), ranges=tuple(ranges), status=status, note=note)

    def _refuse_repeated(self, items: Sequence[Node]) -> None:
        listed: set[tuple[type, bool | str]] = set()
        for item in items:
            if isinstance(item.value, bool | str):
                known = (type(item.value), item.value)
                if known in listed:
                    message = f"{quoted(shown(item.value))} is listed a second time"
                    self.problems.add("listed-twice", message, item.place, "take one of the two away")
                listed.add(known)

    def _misfit(self, fact: Fact, item: Node, *, is_listed: bool) -> None:
        if isinstance(item.value, Mapping) and set(item.value) == _AT_ONCE:
            among = is_listed and _at_once(fact, item) is not None
            message = f"`{fact.fact}` has no such values at once"
            if among:
                message = f"two values at once cannot be one of several that `{fact.fact}` may have"
            help = f"`all_of` takes two of its values: {', '.join(f'`{one}`' for one in fact.values)}"
            help = "write them alone, or write one value" if among else help if fact.several else "write one value"
            self.problems.add("at-once", message, item.place, help)
        elif fact.type is FactType.NUMBER and is_reversed(item):
            message = f"the range of `{fact.fact}` ends before it begins"
            self.problems.add("reversed-range", message, item.place, "exchange `at_least` and `at_most`")
        elif fact.type is FactType.NUMBER:
            unit = f" of {fact.unit}" if fact.unit else ""
            message = f"`{fact.fact}` needs a whole number{unit}, at least {fact.minimum}"
            self.problems.add("number-needed", f"{message}, and {quoted(shown(item.value))} is none", item.place)
        elif fact.type is FactType.YES_NO:
            message = f"`{fact.fact}` is a yes/no fact, and {quoted(shown(item.value))} is neither"
            help = "write `true`, `false` or `unknown`"
            if isinstance(item.value, str) and item.value in {"true", "false"}:
                message, help = f"`{fact.fact}` is a yes/no fact, and in quotes this is text", "take the quotes away"
            self.problems.add("yes-no-needed", message, item.place, help)
        else:
            given = shown(item.value)
            message = f"{quoted(given)} is no value of `{fact.fact}`" if given else f"`{fact.fact}` has an empty value"
            self.problems.add("unknown-value", message, item.place, partial(_meant_value, given, fact))

    # --- the rest

    def _expectation(self, fields: Fields, reader: Reader) -> Expectation:
        if "lens" in fields and fields.text("lens") not in self.pack.lenses:
            self.problems.unknown(
                "unknown-lens", "lens", fields.text("lens"), fields.place_of("lens"), self.pack.lenses
            )
        verdicts = fields.inner("verdicts")
        assert verdicts is not None  # Invariant: the shape demands it.
        for name in verdicts:
            if name not in self.pack.authorities:
                self.problems.unknown(
                    "unknown-authority", "authority", name, verdicts.key_place(name), self.pack.authorities
                )
        relies_on = tuple(reader.name("authority", node) for node in fields.nodes("relies_on"))
        if fields.text("match") == "subset" and not list(verdicts) and "relies_on" not in fields:
            self.problems.add(
                "empty-expectation",
                "this expectation is met whatever the answer is",
                fields.place,
                "list the verdicts that are expected, or leave out `match: subset`",
            )
        return Expectation(
            place=fields.place,
            verdicts={name: verdicts.text(name) for name in verdicts},
            verdict_places={name: verdicts.key_place(name) for name in verdicts},
            relies_on=relies_on if "relies_on" in fields else None,
            lens=fields.text("lens"),
            unstated=Unstated(fields.text("unstated")) if "unstated" in fields else None,
            exact=fields.text("match") != "subset",
            activity="".join(reader.name("activity of the scenario", node) for node in fields.nodes("activity")),
            option="".join(reader.name("course of action of the scenario", node) for node in fields.nodes("option")),
        )
