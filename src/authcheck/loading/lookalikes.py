"""Characters that look like others, or like nothing: what the one at fault is called, and what to type instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.diagnostics import Diagnostic

__all__ = ["with_lookalike"]

# What to do about a character of a category of Unicode, and for some of no such category.
_BY_CATEGORY: Mapping[str, str] = {"Zs": "type a space", "Cf": "leave it out", "Pd": "type `-`"}
_BY_CHARACTER: Mapping[str, str] = {
    "\u2212": "type `-`",
    "\uff1a": "type `:`",
    "\uff0c": "type `,`",
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", 'type `"`'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "type `'`"),
}
# Where a line is indented, and what follows its key: there a space alone belongs.
_SPACE = r"[\s\u00ad\u200b-\u200f\u2060]*"
_SPACING = re.compile(rf"({_SPACE})(?:- )?(?:[\w-]+:({_SPACE}))?")
# Longer text is prose, in which each of these characters may well be meant.
_VALUE = re.compile(r"[^,\]}#]{1,40}")


def with_lookalike(diagnostic: Diagnostic, lines: Sequence[str]) -> Diagnostic:
    """Return the diagnostic; where such a character stands at its place, with the help that names it."""
    place = diagnostic.place
    if place.line > len(lines):
        # Of a record the line alone is at hand.
        return diagnostic
    near = [place.line, place.line + 1, place.line - 1]
    for number in (number for number in near if 0 < number <= len(lines)):
        column = next(_columns(lines[number - 1], place.column if number == place.line else 0), 0)
        if column:
            character = lines[number - 1][column - 1]
            where = f"column {column}" + (f" of line {number}" if number != place.line else "")
            name = unicodedata.name(character, "character").lower()
            return replace(
                diagnostic,
                help=f"{where} holds a {name} (U+{ord(character):04X}): {_instead(character)}",
            )
    return diagnostic


def _columns(line: str, column: int) -> Iterator[int]:
    """Return where such characters stand: in the spacing of the line, and in the value at the column, if any."""
    if line.isascii():
        return
    spacing = _SPACING.match(line)
    spans = [spacing.span(group) for group in (1, 2)] if spacing else []
    if column and (match := _VALUE.match(line, column - 1)):
        spans.append(match.span())
    for start, end in spans:
        yield from (place + 1 for place in range(start, end) if _instead(line[place]))


def _instead(character: str) -> str:
    if character.isascii():
        return ""
    return _BY_CHARACTER.get(character) or _BY_CATEGORY.get(unicodedata.category(character), "")
