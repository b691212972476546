"""What is shown, whatever it is shown on: an outline of lines and columns.

A builder in `layouts` makes the outline of one result and knows no form. A writer for each form (`on_screen`,
`on_markdown`, `on_page`) reads it and knows no law. In an outline

- the first line, of tone `title`, names the whole, and one of tone `heading` a section, or one within another;
- tone `name` is for the name of a whole that has no title on a screen: a screen leaves the line out;
- in a section a line that does not hang is a paragraph, and any other an item; tone `number` is for an item's number;
- a line that stands further in than the one above it belongs under it;
- a part of tone `quote` has exact words, and the part of tone `source` that follows says whose they are;
- a part of tone `cite` points to the line that begins with the same words in tone `note`;
- a part of tone `emphasis` is set off from its sentence, and one of tone `strong` stands out;
- a part of another tone is a verdict, a truth, or what stands back (`quiet`): the word itself always says so.

A new result is a function that returns an outline: every form is then there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from authcheck.frozen import dataclass
from authcheck.loading.files import printable

__all__ = ["Block", "Cell", "Columns", "Entry", "Fold", "Line", "Span", "line", "nested", "title_of"]

Span: TypeAlias = tuple[str, str]
"""A piece of text and its tone; an empty tone is plain text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its indent in columns, its spans, and how much further a wrapped rest is indented."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    hang: int = 2

    @property
    def text(self) -> str:
        """The line without tones."""
        return " " * self.indent + "".join(text for text, _ in self.spans) if self.spans else ""

    @property
    def is_prose(self) -> bool:
        """Whether the line is a paragraph, which does not hang, rather than an item of a list."""
        return self.hang == 0

    @property
    def tone(self) -> str:
        """The tone with which the line begins."""
        return self.spans[0][1] if self.spans else ""


def line(*parts: str | Span, indent: int = 0, hang: int = 2) -> Line:
    """Return a line of plain and toned parts; what a terminal would obey is taken out of every part."""
    spans = [(part, "") if isinstance(part, str) else part for part in parts]
    return Line(tuple((printable(text), tone) for text, tone in spans if text), indent, hang)


Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of cells, `gap` columns apart, on a terminal of at least `least` columns that has room for them.

    `instead` says the same in lines, for everywhere else. Where `aligned` is true, what is no terminal shows the
    rows as well, one line for each, as wide as they are. Where `headed` is true, the first row heads the others.
    A page gives the table its `caption`.
    """

    rows: tuple[tuple[Cell, ...], ...]
    instead: tuple[Line, ...]
    indent: int = 0
    gap: int = 2
    least: int = 0
    aligned: bool = False
    headed: bool = True
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """What unfolds where something can, and stands under its summary elsewhere."""

    summary: Line
    blocks: tuple[Block, ...]

    @property
    def indent(self) -> int:
        """The indent of the summary."""
        return self.summary.indent


Block: TypeAlias = Line | Columns | Fold
"""A part of an outline."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of an outline with what stands under it."""

    block: Block
    under: tuple[Entry, ...] = ()


def nested(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """Return an outline as a tree, by the indents of its parts; lines without words, which only part, are left out."""
    parts = [block for block in blocks if not isinstance(block, Line) or block.spans]
    return tuple(_entries(parts, 0, len(parts)))


def title_of(entries: Sequence[Entry]) -> Line | None:
    """Return the first line, where it names the whole: where the next is a title as well, it is a list."""
    first, second = (entry.block for entry in (*entries, Entry(Line()), Entry(Line()))[:2])
    if not isinstance(first, Line) or first.tone not in {"title", "name"}:
        return None
    return None if first.tone == "title" and isinstance(second, Line) and second.tone == "title" else first


def _entries(parts: list[Block], start: int, end: int) -> Iterator[Entry]:
    while start < end:
        stop = start + 1
        # Under columns and folds stands what they hold, and nothing else.
        while isinstance(parts[start], Line) and stop < end and parts[stop].indent > parts[start].indent:
            stop += 1
        yield Entry(parts[start], tuple(_entries(parts, start + 1, stop)))
        start = stop
