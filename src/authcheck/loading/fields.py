"""Reading the values of a file whose shape has been checked, each with its place."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from authcheck.diagnostics import Diagnostic, Place, Severity
from authcheck.loading.files import printable
from authcheck.loading.text import Node

__all__ = ["DAY", "Fields", "Problems", "as_date", "day_of", "nearest"]


_MOST_PROBLEMS = 1000


def nearest(name: str, known: Iterable[str]) -> str:
    """Return "did you mean ...?" with the nearest known name, or nothing."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean `{found[0]}`?" if found else ""


class Problems:
    """Collects diagnostics, so that one run reports all of them; past the first thousand, the rest are counted."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Diagnostic] = []
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, code: str, message: str, place: Place, help: str | Callable[[], str] = "") -> None:
        """Add an error; values of the file in its sentences must be made printable by the caller or be ids.

        A `help` that takes long to find is given as what finds it.
        """
        if len(self.found) < _MOST_PROBLEMS:
            words = help if isinstance(help, str) else help()
            self.found.append(Diagnostic(code, printable(message), place, Severity.ERROR, printable(words)))
            return
        self._more += 1
        counted = "one more problem is" if self._more == 1 else f"{self._more} more problems are"
        last = Diagnostic("too-many-problems", f"{counted} not listed", place, help="solve the others first")
        if self._more > 1:
            last = replace(last, place=self.found.pop().place)
        self.found.append(last)

    def unknown(self, code: str, kind: str, name: str, place: Place, known: Iterable[str]) -> None:
        """Add that a name is not one of its kind, with the nearest that is.

        Where the kind is that of one thing ("value of ..."), the few that there are are listed.
        """
        names = tuple(known)
        shown = " or ".join(f"`authcheck show {one}`" for one in kind.split(" or "))
        others = f"known: {', '.join(names) or 'none'}" if " of " in kind else f"see {shown}"
        self.add(code, f"`{name}` is no {kind}", place, lambda: nearest(name, names) or others)


class Fields:
    """A mapping of a file, read by key. Its shape has been checked: a value of another type is an error here."""

    def __init__(self, node: Node) -> None:
        """Take the node of a mapping."""
        self.whole = node
        self._values: Mapping[str, Node] = node.value if isinstance(node.value, dict) else {}

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    @property
    def place(self) -> Place:
        """The place of the mapping."""
        return self.whole.place

    def place_of(self, key: str) -> Place:
        """Return the place of the value, else of the mapping."""
        return self._values[key].place if key in self._values else self.place

    def key_place(self, key: str) -> Place:
        """Return the place of the key itself."""
        return self.whole.key_place(key)

    def node(self, key: str) -> Node | None:
        """Return the value with its place, or None."""
        return self._values.get(key)

    def whole_of(self, key: str) -> Node:
        """Return the value of a key that is there."""
        return self._values[key]

    def nodes(self, key: str) -> tuple[Node, ...]:
        """Return a list of values, or one value written without a list; empty where the key is missing."""
        node = self._values.get(key)
        if node is None:
            return ()
        return node.value if isinstance(node.value, tuple) else (node,)

    def text(self, key: str) -> str:
        """Return a text, stripped; empty where the key is missing."""
        value = self._values[key].value if key in self._values else ""
        return value.strip() if isinstance(value, str) else str(value)

    def date(self, key: str) -> datetime.date | None:
        """Return a date, written plain or in quotes; None where the key is missing or the day does not exist."""
        return as_date(self._values[key]) if key in self._values else None

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of names, or one name written without a list; empty where the key is missing."""
        return tuple(name for name, _ in self.placed_names(key))

    def placed_names(self, key: str) -> tuple[tuple[str, Place], ...]:
        """Return a list of names, each with its place."""
        node = self._values.get(key)
        if node is None:
            return ()
        items = node.value if isinstance(node.value, tuple) else (node,)
        return tuple((str(one.value), one.place) for one in items)

    def each(self, key: str) -> tuple[Fields, ...]:
        """Return the mappings of a list; empty where the key is missing."""
        node = self._values.get(key)
        if node is None or not isinstance(node.value, tuple):
            return ()
        return tuple(Fields(one) for one in node.value)

    def inner(self, key: str) -> Fields | None:
        """Return the mapping under a key, or None."""
        node = self._values.get(key)
        return None if node is None else Fields(node)


def as_date(node: Node) -> datetime.date | None:
    """Return the date that a value gives, or None."""
    return node.value if isinstance(node.value, datetime.date) else day_of(str(node.value))


def day_of(text: str) -> datetime.date | None:
    """Return the day that a text names as 2025-02-04 names one, or None; what else ISO 8601 allows is none."""
    try:
        return datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""How a day is written."""
