"""Sentences of which some words stand out, the lines that hold them, and the notes to which they point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from authcheck.answer.answer import AuthorityAnswer, CitedPassage, PowerAnswer
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.words import aside_words, inference_mark, quoted

__all__ = [
    "Notes",
    "Words",
    "emphasized",
    "item",
    "joined",
    "listed_words",
    "marked",
    "named",
    "numbered_item",
    "prose",
    "said",
    "strong",
    "titled",
]

Words: TypeAlias = tuple[Span, ...]
"""A sentence, or a part of one."""


def said(*parts: str | Words) -> Words:
    """Return parts as one sentence; plain words that follow one another are one span."""
    spans: list[Span] = []
    for part in parts:
        for words, tone in ((part, ""),) if isinstance(part, str) else part:
            if spans and not tone and not spans[-1][1]:
                spans[-1] = (spans[-1][0] + words, "")
            elif words:
                spans.append((words, tone))
    return tuple(spans)


def joined(parts: Iterable[str | Words], between: str = " ") -> Words:
    """Return the parts that are not empty, one after another."""
    sentence: Words = ()
    for part in parts:
        if part:
            sentence = said(sentence, between, part) if sentence else said(part)
    return sentence


def listed_words(parts: Iterable[Words], last: str = "and") -> Words:
    """Return parts as a sentence lists them; nothing where there are none."""
    *first, end = [*parts] or [()]
    return said(joined(first, ", "), f" {last} ", end) if first else end


def emphasized(words: str) -> Words:
    """Return words set off from the sentence in which they stand."""
    return ((words, "emphasis"),)


def strong(words: str) -> Words:
    """Return words that stand out."""
    return ((words, "strong"),)


def named(authority: AuthorityAnswer) -> Words:
    """Return the title of an authority, set off from the sentence in which it stands."""
    return emphasized(authority.title)


def titled(one: AuthorityAnswer | PowerAnswer) -> Words:
    """Return the title of what has a verdict, with what that leaves out of account."""
    return said(emphasized(one.title), aside_words(one.apart_from))


def marked(authority: AuthorityAnswer) -> Words:
    """Return its title where its verdict is told: with what that leaves out, and how much is inferred."""
    return said(titled(authority), inference_mark(authority))


def prose(indent: int, *parts: str | Words) -> Line:
    """Return a paragraph."""
    return line(*said(*parts), indent=indent, hang=0)


def item(indent: int, *parts: str | Words) -> Line:
    """Return an item of a list."""
    return line(*said(*parts), indent=indent)


def numbered_item(indent: int, number: int, *parts: str | Words) -> Line:
    """Return an item of a numbered list."""
    return line((f"{number}. ", "number"), *said(*parts), indent=indent, hang=len(f"{number}. "))


class Notes:
    """The notes of one document, numbered as they are first cited: one passage has one note."""

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

    def cite(self, passages: Iterable[str]) -> Words:
        """Return the marks for passages."""
        names = dict.fromkeys(passages)
        self._cited |= names
        return tuple((f"[{self._numbers.setdefault(name, len(self._numbers) + 1)}]", "cite") for name in names)

    def written(self, passages: Mapping[str, CitedPassage]) -> Iterator[Line]:
        """Return the notes that were cited since the last call: the words, who says them, and where."""
        for name, number in list(self._numbers.items())[self._written :]:
            yield line((f"[{number}]", "note"), " ", *quoted(passages[name]), hang=len(f"[{number}] "))
        self._written = len(self._numbers)
