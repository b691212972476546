"""Parts of a file become what they describe, as the fields of their classes and the marks beside these say."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar, assert_never

from authcheck.diagnostics import Place
from authcheck.loading.conditions import Scope, is_ever_silent, is_plain, read_condition, shown
from authcheck.loading.fields import as_date
from authcheck.loading.files import quoted
from authcheck.loading.forms import AS_WRITTEN
from authcheck.loading.slots import Slot, Written, slots
from authcheck.loading.text import Node
from authcheck.model.authority import ALWAYS
from authcheck.model.condition import Condition

__all__ = ["Reader"]

Part = TypeVar("Part")


@dataclasses.dataclass(slots=True)
class Reader:
    """Reads parts whose shape has been checked; what is wrong with their names goes to the problems of the scope.

    `known` has the names of each kind that may be named. `own` has what is read in a way of its own.
    """

    scope: Scope
    known: Mapping[str, Collection[str]]
    own: dict[type, Callable[[Node], Any]] = dataclasses.field(default_factory=dict)

    def read(self, cls: type[Part], node: Node, **given: object) -> Part:
        """Return the part; what is `given` the file does not have."""
        values = dict(given)
        for slot in slots(cls):
            value = _at(node, slot.path)
            if slot.name not in given and value is not None:
                values[slot.name] = self._value(slot, value)
        if "place" in cls.__dataclass_fields__ and "place" not in given:  # type: ignore[attr-defined]
            values["place"] = node.place
        return cls(**values)

    def _value(self, slot: Slot, node: Node) -> Any:  # noqa: ANN401 - a field may be anything.
        match slot.written:
            case Written.SCALAR:
                return self._scalar(slot, node)
            case Written.CONDITION:
                return self._condition(slot, node)
            case Written.PART:
                return self._part(slot, node)
            case Written.LIST:
                return self._several(slot, node)
            case Written.KEYED_LIST:
                parts = self._several(slot, node)
                return {str(getattr(part, slots(type(part))[0].name)): part for part in parts}
            case Written.MAPPING if slot.of == "question":
                return self._readings(node)
            case Written.MAPPING:
                assert slot.inner is not None
                assert isinstance(node.value, Mapping)  # Invariant: the shape has been checked.
                return {key: self._value(slot.inner, value) for key, value in node.value.items()}
            case Written.FREELY:
                return node
            case _:  # pragma: no cover
                assert_never(slot.written)

    def _part(self, slot: Slot, node: Node) -> object:
        if slot.short and not isinstance(node.value, Mapping):
            of = next(inner.of for inner in slots(slot.hint) if inner.name == slot.short)
            return slot.hint(**{slot.short: self._known(of, str(node.value), node.place)})
        read = self.own.get(slot.hint)
        return self.read(slot.hint, node) if read is None else read(node)

    def _several(self, slot: Slot, node: Node) -> tuple[Any, ...]:
        assert slot.inner is not None  # Invariant: a list has entries.
        items = node.value if isinstance(node.value, tuple) else (node,)
        if slot.inner.written is Written.PART:
            self._unique(slot.inner.hint, items)
        return tuple(self._value(slot.inner, item) for item in items)

    def _unique(self, cls: Any, items: tuple[Node, ...]) -> None:  # noqa: ANN401 - any class of a part.
        """Refuse a second part of the same name, where parts have names of their own."""
        first = slots(AS_WRITTEN.get(cls, cls))[0]
        if not first.named or first.of:
            return
        seen: set[object] = set()
        for item in items:
            name = _at(item, first.path)
            if name is not None and name.value in seen:
                message = f"the {first.name} `{name.value}` stands here twice"
                self.scope.problems.add("defined-twice", message, name.place)
            seen.add(None if name is None else name.value)

    def _readings(self, node: Node) -> dict[str, tuple[str, ...]]:
        """Return the readings that are named, by their question."""
        assert isinstance(node.value, Mapping)
        questions: Mapping[str, Any] = self.known["question"]  # type: ignore[assignment]
        chosen = {}
        for name, value in node.value.items():
            if self._known("question", name, node.key_place(name)) in questions:
                readings = questions[name].readings
                items = value.value if isinstance(value.value, tuple) else (value,)
                chosen[name] = tuple(self._known("reading", str(item.value), item.place, readings) for item in items)
        return chosen

    def _condition(self, slot: Slot, node: Node) -> Condition:
        """Return a condition; true where it is broken."""
        condition = read_condition(node, self.scope) or ALWAYS
        if slot.plain and not is_plain(condition):
            message = f"`{slot.key}` may not be silent, and may not ask what is in force"
            self.scope.problems.add("not-plain", message, node.place)
        elif slot.spoken and is_ever_silent(condition):
            self.scope.problems.add("not-plain", f"`{slot.key}` may not be silent", node.place)
        return condition

    def plain(self, key: str, node: Node) -> Condition:
        """Return a condition that turns on facts alone and is never silent; `key` is what it stands under."""
        return self._condition(Slot(key, (key,), Condition, Written.CONDITION, needed=False, plain=True), node)

    def name(self, kind: str, node: Node) -> str:
        """Return a name, which is one of its kind."""
        return self._known(kind, str(node.value), node.place)

    def _known(self, kind: str, name: str, place: Place, known: Collection[str] | None = None) -> str:
        names = self.known.get(kind) if known is None else known
        if names is not None and name not in names:
            code = f"unknown-{kind.partition(' of ')[0].replace(' ', '-')}"
            self.scope.problems.unknown(code, kind, name, place, names)
        return name

    def _scalar(self, slot: Slot, node: Node) -> object:
        if slot.is_switch:
            return node.value == slot.words[1]
        if slot.of:
            return self._known(slot.of, str(node.value), node.place)
        if slot.hint is str:
            return str(node.value) if slot.exact else str(node.value).strip()
        if slot.hint is datetime.date:
            return self.day(slot.key, node)
        return slot.hint(node.value) if slot.words else node.value

    def day(self, key: str, node: Node) -> datetime.date:
        """Return a day of the calendar; the first there is, after adding that it is none."""
        day = as_date(node)
        if day is None:
            self.scope.problems.add(
                "bad-date", f"`{key}` is no day of the calendar: {quoted(shown(node.value))}", node.place
            )
        return day or datetime.date.min


def _at(node: Node, path: tuple[str, ...]) -> Node | None:
    """Return what stands under the keys of a path, or None."""
    found: Node | None = node
    for key in path:
        found = found.value.get(key) if found is not None and isinstance(found.value, dict) else None
    return found
