"""Columns: cells that stand side by side where there is room for them, and in lines elsewhere."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from authcheck.rendering.layout import Cell, Columns, Line, Span

__all__ = ["aligned", "side_by_side"]


def side_by_side(columns: Columns, width: int) -> tuple[Line, ...]:
    """Return the columns as lines for a terminal of this width; nothing is cut."""
    from rich.cells import cell_len

    room = width - columns.indent - columns.gap * (len(columns.rows[0]) - 1)
    widths = _widths(columns, room, cell_len)
    if width < columns.least or sum(widths) > room:
        return columns.instead
    found: list[Line] = []
    for row in columns.rows:
        cells = [
            [part for block in cell for part in _wrapped(block, size, cell_len)]
            for cell, size in zip(row, widths, strict=True)
        ]
        found.extend(_joined(parts, widths, columns, cell_len) for parts in itertools.zip_longest(*cells, fillvalue=()))
    return tuple(found)


def aligned(columns: Columns) -> tuple[Line, ...]:
    """Return each row as one line in which nothing is wrapped."""
    rows = [[_in_one_line(cell) for cell in row] for row in columns.rows]
    widths = [max(_length(row[index], len) for row in rows) for index in range(len(rows[0]))]
    return tuple(_joined(row, widths, columns, len) for row in rows)


def _in_one_line(cell: Cell) -> tuple[Span, ...]:
    spaced = ((*block.spans, (" ", "")) for block in cell)
    return tuple(itertools.chain.from_iterable(spaced))[:-1]


def _widths(columns: Columns, room: int, length: Callable[[str], int]) -> list[int]:
    """Return a width for each column: all that it wants, or an equal part of the room.

    It is never less than its longest word or, where these have no room together, the longest part of one.
    """
    cells = [[block for row in columns.rows for block in row[index]] for index in range(len(columns.rows[0]))]
    wanted = [max((length(block.text) for block in lines), default=0) for lines in cells]
    least = [max((_least(block, length, parted=False) for block in lines), default=0) for lines in cells]
    if sum(least) > room:
        least = [max((_least(block, length, parted=True) for block in lines), default=0) for lines in cells]
    part = max(wanted)
    while part and sum(_shared(wanted, least, part)) > room:
        part -= 1
    return _shared(wanted, least, part)


def _shared(wanted: Sequence[int], least: Sequence[int], part: int) -> list[int]:
    return [max(low, min(high, part)) for high, low in zip(wanted, least, strict=True)]


def _least(text: Line, length: Callable[[str], int], *, parted: bool) -> int:
    """Return the width of the longest word of a line, or of the longest part of one, where it stands furthest in."""
    words = _words(text.text)
    parts = [part for word in words for part in _parts(word)] if parted else words
    return text.indent + text.hang + max(length(part.rstrip()) for part in parts)


def _words(text: str) -> list[str]:
    return re.split(r"(?<=\s)(?=\S)", text)


def _parts(word: str) -> list[str]:
    """Return the parts of a word between which it may be parted: after a hyphen between letters."""
    return re.split(r"(?<=[^\W\d]-)(?=[^\W\d])", word)


def _wrapped(block: Line, width: int, length: Callable[[str], int]) -> Iterator[tuple[Span, ...]]:
    """Return the rows of a line that is no wider than this, the later ones further in."""
    text = "".join(words for words, _ in block.spans)
    further = block.indent + block.hang
    start = end = 0
    indent = block.indent
    for word in _words(text):
        # A word is parted only where it has no room of its own.
        for part in _parts(word) if further + length(word.rstrip()) > width else [word]:
            if end > start and indent + length((text[start:end] + part).rstrip()) > width:
                yield ((" " * indent, ""), *_between(block.spans, start, end))
                start, indent = end, further
            end += len(part)
    yield ((" " * indent, ""), *_between(block.spans, start, end))


def _between(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    at = 0
    for text, style in spans:
        yield text[max(0, start - at) : max(0, end - at)], style
        at += len(text)


def _joined(
    parts: Sequence[tuple[Span, ...]], widths: Sequence[int], columns: Columns, length: Callable[[str], int]
) -> Line:
    """Return the parts of the cells as one line, each in its place."""
    spans: list[Span] = []
    for part, width in zip(parts, widths, strict=True):
        rest = width + columns.gap - _length(part, length)
        spans += [*part, (" " * rest, "")]
    while spans and not spans[-1][0].rstrip():
        spans.pop()
    if spans:
        text, style = spans.pop()
        spans.append((text.rstrip(), style))
    return Line(tuple(span for span in spans if span[0]), columns.indent)


def _length(spans: Iterable[Span], length: Callable[[str], int]) -> int:
    return sum(length(text) for text, _ in spans)
