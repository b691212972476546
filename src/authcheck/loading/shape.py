"""Checking the shape of a file against the class that it is read into, with every fault at its place."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from authcheck.diagnostics import Diagnostic, Place
from authcheck.loading.conditions import shown
from authcheck.loading.fields import DAY, Problems, nearest
from authcheck.loading.files import printable, quoted
from authcheck.loading.forms import AS_WRITTEN
from authcheck.loading.slots import Slot, Written, slots
from authcheck.loading.text import Node
from authcheck.wording import listed

__all__ = ["check_shape", "check_text", "keys_of"]

_FORMS = {"id": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*"), "fact": re.compile(r"[a-z][a-z0-9_]*")}
# Looked up for every value: a member of the enumeration would take as long as the rest.
_SCALAR, _MAPPING, _LIST, _KEYED_LIST = Written.SCALAR, Written.MAPPING, Written.LIST, Written.KEYED_LIST
_PART = Written.PART


def check_shape(node: Node, cls: type) -> list[Diagnostic]:
    """Return the faults of a file or a part of one against its class; none where it fits."""
    shape = _Shape()
    shape.part(node, cls, "")
    return shape.problems.found


def check_text(node: Node, owner: str) -> list[Diagnostic]:
    """Return the faults of a value that must be a text, under a key that no class has; none where it is one."""
    shape = _Shape()
    shape.text(node, _TEXT, owner)
    return shape.problems.found


_TEXT = Slot("", ("",), str, Written.SCALAR, needed=False)

_Table: TypeAlias = "Mapping[str, tuple[Slot, _Table | None]]"
"""The keys of a mapping, each with its slot, and those under it where it is a step on the way to several."""


@functools.cache
def keys_of(cls: type) -> _Table:
    """Return the keys that a part of the class has, as it is written."""
    return _table([(slot.path, slot) for slot in slots(AS_WRITTEN.get(cls, cls))])


def _table(entries: Sequence[tuple[tuple[str, ...], Slot]]) -> _Table:
    by_key: dict[str, list[tuple[tuple[str, ...], Slot]]] = {}
    for path, slot in entries:
        by_key.setdefault(path[0], []).append((path[1:], slot))
    return {key: (under[0][1], _table(under) if under[0][0] else None) for key, under in by_key.items()}


def _is_day(value: object) -> bool:
    return isinstance(value, datetime.date) or (isinstance(value, str) and DAY.fullmatch(value) is not None)


# What a value that is no text is called, and whether a value is one.
_PLAIN: Mapping[object, tuple[str, Callable[[object], bool]]] = {
    bool: ("`true` or `false`", lambda value: isinstance(value, bool)),
    int: ("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    datetime.date: ("a date such as 2025-02-04", _is_day),
}
_ANY_PLAIN = ("`true` or `false`", lambda value: isinstance(value, bool | int | str))


class _Shape:
    def __init__(self) -> None:
        self.problems = Problems()
        self._told: set[tuple[Place, str]] = set()

    def add(self, code: str, message: str, place: Place, help: str | Callable[[], str] = "") -> None:
        # A value that could be several things is at fault once.
        if (place, code) not in self._told:
            self._told.add((place, code))
            self.problems.add(code, message, place, help)

    def needs(self, owner: str, what: str, node: Node, help: str = "") -> None:
        name = f"`{printable(owner)}`" if owner else "this file or record"
        self.add("wrong-type", f"{name} needs {what}", node.place, help)

    def part(self, node: Node, cls: type, owner: str) -> None:
        self.keys(node, keys_of(cls), owner)

    def keys(self, node: Node, table: _Table, owner: str) -> None:
        """Check a mapping that has the keys of a table."""
        values = node.value
        if not isinstance(values, dict):
            self.needs(owner, "keys with values", node)
            return
        for key in values:
            if key not in table:
                self.add(
                    "unknown-key",
                    f"`{printable(key)}` is not a key here",
                    node.key_place(key),
                    partial(_meant, key, tuple(table)),
                )
        for key, (slot, inner) in table.items():
            value = values.get(key)
            if value is None:
                if slot.needed:
                    self.add("missing-key", f"`{key}` is missing", node.place)
            elif inner is not None:
                self.keys(value, inner, key)
            else:
                self.value(value, slot, key)

    def value(self, node: Node, slot: Slot, owner: str) -> None:
        """Check one value: of a key, or an entry of its list."""
        written = slot.written
        if written is _SCALAR:
            self.scalar(node, slot, owner)
        elif written is _MAPPING:
            self.mapping(node, slot, owner)
        elif written is _LIST or written is _KEYED_LIST:
            self.entries(node, slot, owner)
        elif written is _PART and slot.short and not isinstance(node.value, dict):
            self.text(node, slot, owner)
        elif written is _PART:
            self.part(node, slot.hint, owner)

    def entries(self, node: Node, slot: Slot, owner: str) -> None:
        assert slot.inner is not None  # Invariant: a list has entries.
        if isinstance(node.value, tuple):
            for entry in node.value:
                self.value(entry, slot.inner, owner)
            self.least(node, len(node.value), slot)
        elif slot.or_one:
            self.value(node, slot.inner, owner)
        else:
            self.needs(owner, "a list", node)

    def mapping(self, node: Node, slot: Slot, owner: str) -> None:
        assert slot.inner is not None  # Invariant: a mapping has entries.
        values, inner, named = node.value, slot.inner, slot.named
        if not isinstance(values, dict):
            self.needs(owner, "keys with values", node)
            return
        for key, value in values.items():
            if named and not _FORMS[named].fullmatch(key):
                message = f"`{printable(key)}` needs a name of letters, digits and hyphens"
                self.add("wrong-type", message, node.key_place(key))
            self.value(value, inner, key)
        self.least(node, len(values), slot)

    def least(self, node: Node, count: int, slot: Slot) -> None:
        if count < slot.least:
            self.add("too-few", f"`{slot.key}` needs more entries", node.place)

    def scalar(self, node: Node, slot: Slot, owner: str) -> None:
        value = node.value
        if slot.words:
            if not isinstance(value, str) or value not in slot.words:
                given = shown(value)
                words = listed((f"`{word}`" for word in slot.words), "or")
                message = f"`{given}` is not one of {words}"
                self.add("wrong-value", message, node.place, partial(nearest, given, slot.words))
        elif slot.hint is str:
            self.text(node, slot, owner)
        else:
            needed, fits = _PLAIN.get(slot.hint, _ANY_PLAIN)
            if not fits(value):
                self.needs(owner, f"{needed}, and {quoted(shown(value))} is none", node)

    def text(self, node: Node, slot: Slot, owner: str) -> None:
        value = node.value
        if not isinstance(value, str):
            help = "" if isinstance(value, tuple | Mapping) else "put the text in quotes"
            self.needs(owner, "text", node, help)
        elif not value.isascii() and not _can_be_written(value):
            self.needs(owner, "text that can be written as UTF-8", node)
        elif slot.named and not _FORMS[slot.named].fullmatch(value):
            self.needs(owner, "a name of letters, digits and hyphens", node)
        elif slot.needed and not slot.named and not value:
            self.needs(owner, "some text", node)


def _meant(key: str, known: Sequence[str]) -> str:
    return nearest(key, known) or "the keys here are " + ", ".join(f"`{name}`" for name in known)


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
