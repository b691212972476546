"""Reads a YAML file strictly: one document, each value in one way, each problem with its place."""

from __future__ import annotations

import contextlib
import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NoReturn, Protocol, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import excerpt_of, lines_of, printable, quoted, refuse_unfit

__all__ = ["KEY_WITHOUT_SPACE", "LOADER", "Node", "parse", "read_tree"]

Plain: TypeAlias = "bool | int | str | datetime.date | tuple[Node, ...] | Mapping[str, Node]"

LOADER: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST_NESTING = 64
_MOST_PROBLEMS = 1000

# Where the beginning of what PyYAML was reading tells more than the place where it gave up.
_BEGINNING_TELLS = r"simple key|quoted.*(stream|document)|an alias|an anchor|a directive|a tag:"

_OR_QUOTES = "or put it in quotes if it is text"
# Plain text that readers of YAML 1.1, readers of YAML 1.2 and people do not all take for the same:
# the code, the sentence, and what to write instead.
_REFUSED: Mapping[str, tuple[str, str, str]] = {
    "word": (
        "ambiguous",
        "{text} means yes or no to some YAML readers and is text to others",
        "write `true` or `false` for yes or no, the name of a value where there are several, or quotes if it is text",
    ),
    "nothing": ("ambiguous", "{text} says that there is no value", f"leave it out, {_OR_QUOTES}"),
    "sign": ("ambiguous", "{text} has a meaning of its own in YAML", "put it in quotes if it is text"),
    "long": ("ambiguous", "{text} has more than 18 digits", "put it in quotes if it is text"),
    "date": ("bad-date", "{text} is not a day of the calendar", "write a day that exists, as `YYYY-MM-DD`"),
    "time": ("ambiguous", "{text} is not a plain date", f"write the date as `YYYY-MM-DD`, {_OR_QUOTES}"),
    "clock": ("ambiguous", "{text} is a number to some YAML readers and text to others", "put it in quotes"),
    "digits": ("ambiguous", "{text} is not one number to all readers", f"write {{digits}}, {_OR_QUOTES}"),
    "base": ("ambiguous", "{text} is not one number to all readers", f"write plain digits, {_OR_QUOTES}"),
    "fraction": ("ambiguous", "{text} is not a whole number", f"write a whole number, {_OR_QUOTES}"),
}
_NO_ALIAS = f"write the value out in each place, {_OR_QUOTES}"
_EMPTY = ("empty-file", "the file is empty, but for comments", None, "write the document in it")
_WORDS: Mapping[str, bool | str] = {
    **{
        "".join(letters): "word"
        for word in ("yes", "no", "on", "off", "y", "n")
        for letters in product(*zip(word, word.upper(), strict=True))
    },
    **dict.fromkeys(["True", "TRUE", "False", "FALSE"], "word"),
    **dict.fromkeys(["~", "null", "Null", "NULL"], "nothing"),
    **dict.fromkeys(["=", "<<"], "sign"),
    "": "empty",
    "true": True,
    "false": False,
}
_ODD_KEYS = frozenset(["", "<<"])
_BLOCK_STYLES = frozenset("|>")
_NUMBER_STARTS = frozenset("+-.0123456789")
KEY_WITHOUT_SPACE = re.compile(r"([\w-]+):(?=[^\s/])")
"""What is no key to YAML, and most likely meant as one; an address is not."""

_NUMBER = re.compile(
    r"""(?P<integer>0|-?[1-9][0-9]{0,17})
    | (?P<long>-?[1-9][0-9]*)
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
    | (?P<time>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]*)?)?
        (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?)
    | (?P<clock>[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?)
    | (?P<digits>[-+]?[0-9][0-9_]*)
    | (?P<base>[-+]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+))
    | (?P<sign>[-+]?\.(?i:inf|nan))
    | (?P<fraction>[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?)""",
    re.VERBOSE,
)

# In PyYAML's words where libyaml has a limit of its own.
_NESTING = "nesting depth"

# From PyYAML's words, the character at the place, and whether it is its line's first: a sentence and a help.
_SYNTAX: Sequence[tuple[str, str, str]] = (
    (r"tab char|\[\t\]|'\\t'", "a tab stands where YAML wants spaces", "indent with spaces"),
    (r"\[`\]", "text cannot begin with a backtick", "put it in quotes"),
    (r"cannot start|directive|compat|alias|anchor|tag", "text cannot begin with `{0}`", "put it in quotes"),
    (r"without space", "no space follows the `:` of this key", "put a space after it, or put the text in quotes"),
    (r"values are", "a `:` stands where no key ends", "put text with `: ` in quotes, or mend the indent"),
    (r"unexpected ':'", "no space follows this `:`", "put a space after it, or put the text in quotes"),
    (r"entries are", "a list item cannot begin here", "begin each `- ` on a line of its own, or use quotes"),
    (r"keys are", "text cannot begin with `?`", "put it in quotes"),
    (r"simple key", "this key has no `:` after it", "write `key: value`, with a space after the `:`"),
    (r"',' or", "a `,` is missing, or the bracket of line {1} is not closed", "add what is missing"),
    (r"quoted.*(stream|document)", "these quotes are never closed", "close them with the same mark"),
    (r"quoted", "this `\\` begins no escape that YAML knows", "write it twice, or use single quotes"),
    (r"block scalar", "no text can follow `|` or `>` here", "begin it on the next line, or use quotes"),
    (r"(key|end>|indicator).*first", "this line does not fit those above it", "indent it as its neighbours"),
    (r"key|end>|indicator", "text follows a value that has ended", "put all in quotes, '' for an apostrophe"),
    (r"node content", "a value is missing here", "write it, close what is open, or put the text in quotes"),
    (r"document start", "text follows the end of the document", "keep the file one mapping or one list"),
    (r"", "this is not YAML", "look at a file that is"),
)


class Mark(Protocol):
    """A position as PyYAML gives it: line and column from 0."""

    line: int
    column: int


# The fields are `Final` rather than the class frozen, and places are made when they are asked for: a file has
# many nodes, one in order needs few places, and the two together would take a third of the time of reading.
@dataclass(slots=True, eq=False)
class Node:
    """One value of a file, with the place where it begins."""

    value: Final[Plain]
    file: Final[str]
    mark: Final[Mark | None]
    key_marks: Final[Mapping[str, Mark | None]]

    @property
    def place(self) -> Place:
        """Return the place where the value begins."""
        return _place(self.file, self.mark)

    def key_place(self, key: str) -> Place:
        """Return the place of a key of the mapping; of the value itself where it has no such key."""
        return _place(self.file, self.key_marks.get(key, self.mark))


_NO_MARKS: Mapping[str, Mark | None] = {}
_Marks: TypeAlias = dict[str, Mark | None]
# The collection around the one that is read: its items or entries, their keys, the last key, the beginning.
_Holder: TypeAlias = tuple[list[Node], dict[str, Node] | None, _Marks, str | None, Mark | None]


def parse(text: str, file: str) -> Node:
    """Return the tree of the one document in the text, or raise every problem that was found in it."""
    root, problems = read_tree(text, file)
    if problems or root is None:
        raise AuthcheckError(problems)
    return root


def read_tree(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Return the tree, as far as there is one, and every problem that was found in the text."""
    text = text.removeprefix("\ufeff")
    problems = _Problems(text, file)
    roots: list[Node] = []
    try:
        _grow(roots, LOADER(text), problems)
        if not roots:
            problems.add(*_EMPTY)
    except _EnoughError:
        pass
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is not None and _NESTING in str(error.problem):
            return _read_deep(text, error.problem_mark, error.problem_mark.index, problems)
        problems.add_syntax(error)
    except (yaml.YAMLError, ValueError):
        # What is left is a character that PyYAML does not read, written out or as an escape.
        refuse_unfit(text, file)
        problems.add("syntax", "an escape names no character", None, "write the character itself")
    return roots[0] if roots else None, problems.found


def _read_deep(text: str, mark: Mark, end: int, problems: _Problems) -> tuple[None, list[Diagnostic]]:
    """Return what is wrong with a text that the parser itself finds too deep at the mark, which is character `end`.

    Newer releases of libyaml, which read ahead, refuse what is far too deep before the first of it is handed over.
    """
    problems.found.clear()
    # What is cut off there may be no YAML any more, before its depth is seen.
    with contextlib.suppress(_EnoughError, yaml.MarkedYAMLError):
        _grow([], LOADER(text[:end]), problems)
    if not any(problem.code == "too-deep" for problem in problems.found):
        with contextlib.suppress(_EnoughError):
            problems.stop_depth(mark)
    return None, problems.found


def _place(file: str, mark: Mark | None) -> Place:
    return Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)


class _EnoughError(Exception):
    """Raised where nothing that follows is worth reading."""


class _Problems:
    """What is wrong with one text."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.found: list[Diagnostic] = []

    @functools.cached_property
    def lines(self) -> Sequence[str]:
        return lines_of(self.text)

    def add(self, code: str, message: str, mark: Mark | None, help: str) -> None:
        place = _place(self.file, mark)
        excerpt = excerpt_of(self.lines, place.line, place.column)
        self.found.append(Diagnostic(code, message, place, help=help, excerpt=excerpt))
        if len(self.found) == _MOST_PROBLEMS:
            self.stop("too-many-problems", "the file is not read beyond this", mark, "solve the others first")

    def stop(self, code: str, message: str, mark: Mark | None, help: str) -> NoReturn:
        self.add(code, message, mark, help)
        raise _EnoughError

    def add_decoration(self, event: AliasEvent | CollectionStartEvent | ScalarEvent) -> None:
        """Refuse an anchor, an alias and a tag."""
        mark = event.start_mark
        if isinstance(event, AliasEvent):
            self.add("alias", f"the alias {quoted(f'*{event.anchor}')} is not allowed", mark, _NO_ALIAS)
            return
        if event.anchor is not None:
            self.add("alias", f"the anchor {quoted(f'&{event.anchor}')} is not allowed", mark, _NO_ALIAS)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.add("tag", f"the tag {quoted(tag)} is not allowed", mark, f"leave it out, {_OR_QUOTES}")

    def check_start(self, event: CollectionStartEvent, depth: int, *, as_key: bool) -> None:
        """Refuse a list or a mapping that is decorated, that is a key, or that stands too deep."""
        self.add_decoration(event)
        if as_key:
            self.add("bad-key", "a list or a mapping cannot be a key", event.start_mark, "write a name")
        if depth == _DEEPEST_NESTING:
            self.stop_depth(event.start_mark)

    def stop_depth(self, mark: Mark | None) -> None:
        """Refuse what is nested too deep, and all that follows."""
        message = f"lists and mappings stand more than {_DEEPEST_NESTING} deep here"
        self.stop("too-deep", message, mark, "write them less deep")

    def add_key(self, event: ScalarEvent, first: Mark | None) -> None:
        """Refuse a key that is no name, or that stands in the mapping already, at `first`."""
        key, mark = event.value, event.start_mark
        if event.style in _BLOCK_STYLES:
            self.add("bad-key", "a key cannot begin with `|` or `>`", mark, "write the key on one line")
        elif key == "<<" and not event.style:
            self.add("merge-key", "the merge key `<<` is not allowed", mark, "write the keys out")
        elif not key and not event.style:
            self.add("bad-key", "there is no key before this `:`", mark, "write the key")
        elif first is not None:
            message = f"the key {quoted(key)} stands on line {first.line + 1} already"
            self.add("duplicate-key", message, mark, "keep one of the two")

    def meaning(self, text: str, mark: Mark | None, owner: str | None, *, alone: bool) -> Plain:
        """Return what a plain scalar means, or refuse it and return its text."""
        kind = _WORDS.get(text)
        if isinstance(kind, bool):
            return kind
        if kind is None and (match := _NUMBER.fullmatch(text)):
            kind = match.lastgroup
        if kind == "integer":
            return int(text)
        if kind == "date":
            with contextlib.suppress(ValueError):
                return datetime.date.fromisoformat(text)
        if kind == "empty":
            if alone:
                self.stop(*_EMPTY)
            message = "there is no value here" if owner is None else f"{quoted(owner)} has no value"
            spaced = owner is None or ":" not in owner
            help = "write a value, or leave it out" if spaced else "put a space after the `:`"
            if owner == "expect":
                help = "leave it out: `authcheck test --write` writes what is answered now"
            self.add("empty-value", message, mark, help)
        elif kind is not None:
            code, message, help = _REFUSED[kind]
            digits = text.replace("_", "").lstrip("+-0") or "0"
            digits = quoted(f"-{digits}" if text[0] == "-" and digits != "0" else digits)
            self.add(code, message.format(text=quoted(text)), mark, help.format(digits=digits))
        return text

    def add_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Say in plain words why PyYAML gave up."""
        words = f"{error.context}: {error.problem}"
        begun, mark = error.context_mark, error.problem_mark
        if begun is not None and (mark is None or re.search(_BEGINNING_TELLS, words)):
            mark = begun
        before = character = ""
        if mark is not None and mark.line < len(self.lines):
            line = self.lines[mark.line]
            before, character = line[: mark.column], line[mark.column : mark.column + 1]
        words += f" [{character}]" if before.strip(" -") else f" [{character}] first"
        if mark is not None and mark.line and "values are" in words:
            # What stands above may be no key for want of a space, and then takes this line in.
            above = self.lines[mark.line - 1]
            unspaced = KEY_WITHOUT_SPACE.match(above, len(above) - len(above.lstrip(" -")))
            if unspaced is not None:
                words, mark = "key without space", yaml.Mark("", 0, mark.line - 1, unspaced.start(), None, 0)
        message, help = next(row[1:] for row in _SYNTAX if re.search(row[0], words))
        self.add("syntax", message.format(printable(character), begun.line + 1 if begun else 0), mark, help)


def _grow(  # noqa: C901, PLR0912, PLR0915 - the loop takes most of the time of reading, and calls would cost more.
    roots: list[Node], loader: yaml.CSafeLoader | yaml.SafeLoader, problems: _Problems
) -> None:
    next_event, file = loader.get_event, problems.file
    holders: list[_Holder] = []
    items: list[Node] = roots
    entries: dict[str, Node] | None = None
    keys: _Marks = {}
    key: str | None = None
    begun: Mark | None = None
    while (event := next_event()) is not None:
        if isinstance(event, ScalarEvent):
            text, style, mark = event.value, event.style, event.start_mark
            if event.anchor is not None or event.tag is not None:
                problems.add_decoration(event)
                style = style or event.tag
            if entries is not None and key is None:
                if text in keys or text in _ODD_KEYS or style in _BLOCK_STYLES:
                    problems.add_key(event, keys.get(text))
                key = text
                keys.setdefault(key, mark)
                continue
            is_text = style or not (text in _WORDS or text[0] in _NUMBER_STARTS)
            value = text if is_text else problems.meaning(text, mark, key, alone=not holders)
            node = Node(value, file, mark, _NO_MARKS)
        elif isinstance(event, CollectionStartEvent):
            problems.check_start(event, len(holders), as_key=entries is not None and key is None)
            holders.append((items, entries, keys, key, begun))
            begun, key = event.start_mark, None
            if isinstance(event, MappingStartEvent):
                entries, keys = {}, {}
            else:
                items, entries, keys = [], None, {}
            continue
        elif isinstance(event, CollectionEndEvent):
            value = tuple(items) if entries is None else entries
            node = Node(value, file, begun, keys)
            items, entries, keys, key, begun = holders.pop()
        elif isinstance(event, AliasEvent):
            problems.add_decoration(event)
            node = Node("", file, event.start_mark, _NO_MARKS)
        elif isinstance(event, DocumentStartEvent) and roots:
            help = "give it a file of its own"
            problems.stop("several-documents", "a second document begins here", event.start_mark, help)
        else:
            continue
        if entries is None:
            items.append(node)
        elif key is None:
            # What stood here in place of a key has been refused: it is among no keys, and its value goes nowhere.
            key = ""
        else:
            if key in keys:
                entries[key] = node
            key = None
