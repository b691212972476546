"""What is common to the forms written as Markdown: words made safe, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from authcheck.answer.answer import CitedPassage
from authcheck.loading.files import printable
from authcheck.rendering.words import quoted

__all__ = ["Footnotes", "escaped", "paragraphs"]


def escaped(words: str) -> str:
    """Return words of a file on one line, with nothing left that Markdown would take for its own."""
    line = re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(printable(words).split()))
    # At the beginning of a line these make a list, a rule or a heading.
    return re.sub(r"^(?:(\d+)(?=[.)](?: |$))|(?=[-+=]))", r"\1\\", line)


def paragraphs(words: str) -> Iterator[str]:
    """Return the paragraphs of a longer text of a file, each escaped and on one line."""
    for one in re.split(r"\n[ \t]*\n", words):
        if one.strip():
            yield escaped(one)


class Footnotes:
    """The footnotes of one document, numbered as they are first cited: one passage has one footnote."""

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[str, int] = {}
        self._written = 0
        self._cited: dict[str, None] = {}

    def begin(self) -> None:
        """Begin another text of the document: `cited` tells what is cited from here on."""
        self._cited = {}

    @property
    def cited(self) -> tuple[str, ...]:
        """The passages cited in the text at hand."""
        return tuple(self._cited)

    def cite(self, passages: Iterable[str]) -> str:
        """Return the marks for passages."""
        named = dict.fromkeys(passages)
        self._cited |= named
        return "".join(f"[^{self._numbers.setdefault(one, len(self._numbers) + 1)}]" for one in named)

    def written(self, passages: Mapping[str, CitedPassage]) -> Iterator[str]:
        """Return the footnotes that were cited since the last call: the words, who says them, and where."""
        for name, number in list(self._numbers.items())[self._written :]:
            yield f"[^{number}]: {escaped(''.join(words for words, _ in quoted(passages[name])))}"
        self._written = len(self._numbers)
