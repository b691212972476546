"""What the comments of a file say to the program: facts that are suggested, and what is not to be reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from authcheck.diagnostics import Place
from authcheck.loading.text import LOADER
from authcheck.model.scenario import Comment

__all__ = ["comments_of"]

# It begins with a character, so that it is tried where one stands, and not everywhere.
_SPOKEN = re.compile(r"#(?<!\S#)\s*((?:suggested|authcheck):[^\r\n]*)")


def comments_of(text: str, file: str) -> tuple[Comment, ...]:
    """Return the comments that begin with `suggested:` or `authcheck:`; what stands in a text is none."""
    found = list(_SPOKEN.finditer(text))
    if not found:
        return ()
    scalars = list(_scalars(text))
    return tuple(
        Comment(match[1].strip(), Place(file, text.count("\n", 0, match.start()) + 1, _column(text, match.start())))
        for match in found
        if not any(start <= match.start() < end for start, end in scalars)
    )


def _scalars(text: str) -> Iterator[tuple[int, int]]:
    """Return where each scalar begins and ends; those before a fault, where the text cannot be read."""
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if isinstance(token, yaml.ScalarToken):
                yield token.start_mark.index, token.end_mark.index
    except yaml.YAMLError:
        return


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1) + 1
