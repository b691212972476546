"""A line of text with styles, of which every screen is made."""

from __future__ import annotations

from typing import TypeAlias

from authcheck.frozen import dataclass
from authcheck.loading.files import printable

__all__ = ["Line", "Span", "line"]

Span: TypeAlias = tuple[str, str]
"""A piece of text and the name of its style; an empty name is plain text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its indent in columns, its spans, and how much further a wrapped rest is indented."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    hang: int = 2

    @property
    def text(self) -> str:
        """The line without styles."""
        return " " * self.indent + "".join(text for text, _ in self.spans) if self.spans else ""


def line(*parts: str | Span, indent: int = 0, hang: int = 2) -> Line:
    """Return a line of plain and styled parts; what a terminal would obey is taken out of every part."""
    spans = [(part, "") if isinstance(part, str) else part for part in parts]
    return Line(tuple((printable(text), style) for text, style in spans if text), indent, hang)
