"""What a story holds that no fact says: it stands before every answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.answer.answer import UnmodelledAnswer
from authcheck.rendering.layout import Line, line
from authcheck.wording import listed

__all__ = ["UNMODELLED", "unmodelled_lines"]

UNMODELLED = "The story holds what no fact says"


def unmodelled_lines(unmodelled: Iterable[UnmodelledAnswer], side: str = "") -> Iterator[Line]:
    """Return what no fact says, each with that on which it bears, under a heading; nothing where there is nothing."""
    parts = list(unmodelled)
    if parts:
        yield line((UNMODELLED + side, "heading"), " (a verdict that it touches is marked `apart from`)")
    for part in parts:
        yield line(part.text, (f" (bears on {listed(part.bears_on.values(), 'and')})", "quiet"), indent=2)
