"""A layout as Markdown: headings, nested lists, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.rendering.layout import Block, Cell, Columns, Entry, Fold, Line, Span, nested
from authcheck.rendering.markdown import escaped

__all__ = ["markdown_text"]


def markdown_text(layout: Iterable[Block]) -> str:
    """Return the layout as Markdown, ending in a newline. Nothing of a file's words is taken for Markdown's own."""
    rows: list[str] = []
    for number, entry in enumerate(nested(layout)):
        rows.extend(_top(entry, first=number == 0))
    # One empty line between parts, and none at the end.
    kept = [row for row, before in zip(rows, ["", *rows], strict=False) if row or before]
    return "\n".join(kept).rstrip() + "\n"


def _top(entry: Entry, *, first: bool = False) -> Iterator[str]:
    """Return what stands under nothing: a title, a section, or a paragraph."""
    block = entry.block
    if isinstance(block, Columns):
        yield from ("", *_columns(block, 0), "")
        return
    if isinstance(block, Fold):
        yield from _top(Entry(block.summary, nested(block.blocks)))
        return
    mark = "## " if block.tone == "heading" else "# " if first and block.tone == "title" else ""
    yield from ("", f"{mark}{_words(block, in_heading=bool(mark))}", "")
    for under in entry.under:
        yield from _item(under, 0)


def _item(entry: Entry, depth: int) -> Iterator[str]:
    block = entry.block
    if isinstance(block, Columns):
        yield from _columns(block, depth)
        return
    if isinstance(block, Fold):
        yield from _item(Entry(block.summary, nested(block.blocks)), depth)
        return
    yield f"{'  ' * depth}- {_words(block)}"
    for under in entry.under:
        yield from _item(under, depth + 1)


def _columns(columns: Columns, depth: int) -> Iterator[str]:
    """Return a table where each cell is one line, and else what the columns say in lines."""
    if columns.aligned and depth == 0:
        head, *rows = columns.rows
        yield from ("", _row(head, in_heading=True), _row_of("---" for _ in head), *map(_row, rows), "")
        return
    for entry in nested(columns.instead):
        yield from _item(entry, depth)


def _row(cells: Iterable[Cell], *, in_heading: bool = False) -> str:
    return _row_of(" ".join(_words(line, in_heading=in_heading) for line in cell) for cell in cells)


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(line: Line, *, in_heading: bool = False) -> str:
    """Return the words of a line; its verdicts and truths stand out, and so do exact words."""
    parts = [_span(span, in_heading=in_heading) for span in line.spans]
    return "".join(parts).strip()


def _span(span: Span, *, in_heading: bool) -> str:
    words, tone = span
    inner = escaped(words)
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    marked = (
        inner
        if in_heading or tone in {"", "quiet", "source"}
        else _MARKS.get(tone, "**") + inner + _MARKS.get(tone, "**")
    )
    return f"{before}{marked}{after}"


_MARKS = {"quote": "*"}
