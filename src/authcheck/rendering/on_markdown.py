"""A layout as Markdown: headings, paragraphs, nested lists, tables, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from authcheck.loading.files import printable
from authcheck.rendering.layout import Block, Cell, Columns, Entry, Fold, Line, Span, nested, title_of

__all__ = ["escaped", "markdown_text"]


def escaped(words: str) -> str:
    """Return words of a file on one line, with nothing left that Markdown would take for its own."""
    # At the beginning of a line these make a list, a rule or a heading.
    return re.sub(r"^(?:(\d+)(?=[.)](?: |$))|(?=[-+=]))", r"\1\\", _escaped_within(words))


def _escaped_within(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(printable(words).split()))


def markdown_text(layout: Iterable[Block]) -> str:
    """Return the layout as Markdown, ending in a newline. Nothing of a file's words is taken for Markdown's own."""
    entries = nested(layout)
    title = title_of(entries)
    rows = [row for entry in entries for row in _part(entry, 1 if entry.block is title else 2)]
    # One empty line between parts, none between footnotes, and none at the end.
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n") + "\n"
    return re.sub(r"^(\[\^\d+\]: .*\n)\n(?=\[\^)", r"\1", text, flags=re.MULTILINE)


def _part(entry: Entry, level: int) -> Iterator[str]:
    """Return what is no item of a list: a title, a section of this level, or a paragraph."""
    block = entry.block
    if isinstance(block, Columns):
        yield from ("", *_columns(block, ""), "")
        return
    if isinstance(block, Fold):
        yield from _part(Entry(block.summary, nested(block.blocks)), level)
        return
    if block.tone == "number":
        yield from ("", *_item(entry, ""), "")
        return
    if block.tone == "note":
        yield from ("", _words(block, plain=True))
        for under in entry.under:
            yield from _item(under, "    ")
        yield ""
        return
    heads = block.tone == "heading" or level == 1
    yield from ("", f"{'#' * min(level, 6)} {_words(block, plain=True)}" if heads else _words(block), "")
    for under in entry.under:
        if isinstance(under.block, Line) and heads and (under.block.is_prose or under.block.tone == "heading"):
            yield from _part(under, level + 1)
        else:
            yield from _item(under, "")


def _item(entry: Entry, margin: str) -> Iterator[str]:
    """Return an item of a list, that stands as far in as the margin, with what is under it."""
    block = entry.block
    if isinstance(block, Columns):
        yield from _columns(block, margin)
        return
    if isinstance(block, Fold):
        yield from _item(Entry(block.summary, nested(block.blocks)), margin)
        return
    mark = block.spans[0][0] if block.tone == "number" else "- "
    yield f"{margin}{mark}{_words(block)}"
    for under in entry.under:
        yield from _item(under, margin + " " * len(mark))


def _columns(columns: Columns, margin: str) -> Iterator[str]:
    """Return a table where each cell is one line, and else what the columns say in lines."""
    if columns.aligned and not margin:
        head, *rows = columns.rows if columns.headed else (((),) * len(columns.rows[0]), *columns.rows)
        yield from ("", _row(head, plain=True), _row_of("---" for _ in head), *map(_row, rows), "")
        return
    for entry in nested(columns.instead):
        yield from _item(entry, margin)


def _row(cells: Iterable[Cell], *, plain: bool = False) -> str:
    return _row_of(" ".join(_words(line, plain=plain) for line in cell) for cell in cells)


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(line: Line, *, plain: bool = False) -> str:
    """Return the words of a line; its verdicts and truths stand out, and so do exact words."""
    parts = [_span(span, plain=plain) for span in line.spans]
    return "".join(parts).strip()


def _span(span: Span, *, plain: bool) -> str:
    words, tone = span
    if tone in _MARKS:
        return "" if tone == "number" else f"[^{words.strip('[]')}]{':' if tone == 'note' else ''}"
    inner = _escaped_within(words) if plain else escaped(words)
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    around = "" if plain or tone in _PLAIN else "*" if tone in {"quote", "emphasis"} else "**"
    return f"{before}{around}{inner}{around}{after}"


_PLAIN = frozenset({"", "quiet", "source"})
_MARKS = frozenset({"number", "cite", "note"})
