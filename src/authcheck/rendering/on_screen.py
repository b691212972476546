"""Where lines and columns go: written plain to a pipe, wrapped and coloured on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from authcheck.frozen import dataclass
from authcheck.rendering.columns import aligned, side_by_side
from authcheck.rendering.layout import Block, Fold, Line, Span, line

if TYPE_CHECKING:
    # rich waits until a terminal needs it.
    from rich.console import Console
    from rich.text import Text

__all__ = ["Line", "Screen", "Span", "line", "write"]

# Colour helps the eye and is never the only bearer of a meaning: every mark is a word as well.
STYLES: Mapping[str, str] = {
    "title": "bold",
    "heading": "bold underline",
    "available": "bold green",
    "contested": "bold magenta",
    "silent": "bold blue",
    "unavailable": "bold red",
    "undetermined": "bold yellow",
    "quiet": "dim",
    "quote": "italic",
    "emphasis": "italic",
    "strong": "bold",
    "cite": "dim",
    "source": "dim",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold blue",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """Where lines go. `colour` None asks the terminal and the environment; `plain` forbids wrapping and colour."""

    file: TextIO
    colour: bool | None = None
    plain: bool = False

    @property
    def wraps(self) -> bool:
        """Whether lines are wrapped: on a terminal alone."""
        return not self.plain and self.file.isatty()

    @property
    def colours(self) -> bool:
        """Whether lines are styled: as asked, else as the environment says, else on a terminal."""
        if self.plain or self.colour is not None:
            return bool(self.colour) and not self.plain
        if os.environ.get("FORCE_COLOR"):
            return True
        return self.wraps and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(shown: Iterable[Block], screen: Screen | None = None) -> None:
    """Write lines, and columns as lines. Off a terminal nothing is wrapped, boxed or cut."""
    screen = screen or Screen(sys.stdout)
    if not screen.wraps and not screen.colours:
        screen.file.writelines(block.text + "\n" for block in _lines(shown, screen))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=screen.file,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=True,
        color_system="standard" if screen.colours else None,
        no_color=not screen.colours,
        # Without a terminal to ask there is no width to wrap at. Given with a height, it holds on a dumb terminal too.
        width=None if screen.wraps else 10_000,
        height=None if screen.wraps else 25,
    )
    for block in _lines(shown, screen, console.width):
        if not block.spans:
            console.print()
            continue
        text = Text()
        for words, style in block.spans:
            text.append(words, STYLES.get(style, "") if screen.colours else "")
        first = max(20, console.width - block.indent)
        wrapped = text.wrap(console, first) if block.hang == 0 else _hanging(text, console, first, block.hang)
        for row in wrapped:
            row.rstrip()
            console.print(Text(" " * block.indent) + row, no_wrap=True, overflow="ignore", crop=False)


def _lines(shown: Iterable[Block], screen: Screen, width: int = 0) -> Iterator[Line]:
    """Return what is shown as lines for this screen, which has a width where it wraps."""
    for block in shown:
        if isinstance(block, Line):
            if block.tone != "name":
                yield block
        elif isinstance(block, Fold):
            yield block.summary
            yield from _lines(block.blocks, screen, width)
        elif screen.wraps:
            yield from side_by_side(block, width)
        elif block.aligned and not screen.plain:
            yield from aligned(block)
        else:
            yield from block.instead


def _hanging(text: Text, console: Console, width: int, hang: int) -> list[Text]:
    """Return the rows of a text, the later ones further in."""
    from rich.text import Text

    rows = list(text.wrap(console, width))
    if len(rows) <= 1:
        return rows
    hang = min(hang, width // 3)
    rest = text[len(rows[0].plain) :]
    start = len(rest.plain) - len(rest.plain.lstrip())
    return [rows[0], *(Text(" " * hang) + row for row in rest[start:].wrap(console, max(20, width - hang)))]
