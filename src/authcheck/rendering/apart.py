"""Whole answers as lines of JSON that have their parts apart: a part that many have is written once, before them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from authcheck.answer.answer import Answer, AuthorityAnswer, FactAnswer, Finding
from authcheck.answer.apart import ENTRIES, REFERENCE, SCHEMA, WHOLE
from authcheck.asking.activities import Activities
from authcheck.keeping import keep
from authcheck.rendering.values import json_line

__all__ = ["MOST_MET", "PartWriter", "PartsMet"]

MOST_MET = 1 << 16
"""So many parts are known as written; then all are forgotten, and written again where they are met again."""

_BEGIN = f'{{"schema":"{SCHEMA}","part":"'.encode()
_BYTES = 8
_NAMED = slice(len(_BEGIN), len(_BEGIN) + 2 * _BYTES)

# What is no longer than what would stand in its place stays where it is.
_LEAST = 64

# A tree, and the line of a part, take some ten kilobytes.
_MOST_TREES = 1 << 9
_MOST_LINES = 1 << 11


class PartWriter:
    """Writes answers as their parts, each a line, and a line that names these."""

    def __init__(self) -> None:
        """Know no part."""
        self._lines: dict[str, bytes] = {}
        # A tree is kept beside its part, lest another take its number.
        self._trees: dict[int, tuple[Finding, object, list[bytes]]] = {}

    def lines(self, answer: Answer | Activities) -> list[bytes]:
        """Return every part of an answer, or of those to several activities, each before what names it; it is last."""
        lines: list[bytes] = []
        if isinstance(answer, Answer):
            naming = self._naming(answer, lines)
        else:
            naming = _keys(answer) | {
                "answers": {name: self._naming(one, lines) for name, one in answer.answers.items()}
            }
        return [*lines, json_line(naming).encode()]

    def _naming(self, answer: Answer, lines: list[bytes]) -> dict[str, object]:
        """Return the keys of an answer with its parts named, and put their lines to those that there are."""
        keys = _keys(answer) | {"passages": tuple(answer.passages)}
        for key in ENTRIES:
            some = keys[key]
            if isinstance(some, Mapping):
                keys[key] = {name: self._entry(one, lines) for name, one in some.items()}
            else:
                assert isinstance(some, tuple)
                keys[key] = [self._entry(one, lines) for one in some]
        return keys | {key: self._part(keys[key], lines) for key in WHOLE}

    def _entry(self, value: object, lines: list[bytes]) -> object:
        match value:
            case FactAnswer(place=place) if place is not None:
                # No other scenario says it at that place.
                return value
            case AuthorityAnswer():
                return self._part(_keys(value) | {"tree": self._tree(value.tree, lines)}, lines)
            case _:
                return self._part(value, lines)

    def _tree(self, tree: Finding, lines: list[bytes]) -> object:
        """Return what stands for a tree, which is put into words once for all answers that have it."""
        kept = self._trees.get(id(tree))
        if kept is None:
            own: list[bytes] = []
            kept = keep(self._trees, id(tree), (tree, self._part(tree, own), own), _MOST_TREES)
        lines += kept[2]
        return kept[1]

    def _part(self, value: object, lines: list[bytes]) -> object:
        text = json_line(value).removesuffix("\n")
        if len(text) <= _LEAST:
            return value
        name = hashlib.blake2b(text.encode(), digest_size=_BYTES).hexdigest()
        line = self._lines.get(name)
        if line is None:
            line = keep(self._lines, name, b'%b%b","value":%b}\n' % (_BEGIN, name.encode(), text.encode()), _MOST_LINES)
        lines.append(line)
        return {REFERENCE: name}


class PartsMet:
    """The parts that stand in what is written already."""

    def __init__(self) -> None:
        """Know none."""
        self._names: set[bytes] = set()

    def fresh(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Return the lines, of which several may be in one piece, without those of parts that stand already.

        From now on these do too.
        """
        for line in (line for some in lines for line in some.splitlines(keepends=True)):
            if line.startswith(_BEGIN):
                name = line[_NAMED]
                if name in self._names:
                    continue
                if len(self._names) == MOST_MET:
                    self._names.clear()
                self._names.add(name)
            yield line


def _keys(value: Answer | Activities | AuthorityAnswer) -> dict[str, object]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
