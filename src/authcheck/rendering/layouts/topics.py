"""A page on a topic, which is written as Markdown, as an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from authcheck.rendering.layout import Block, Line, Span, line

__all__ = ["topic_layout", "topics_layout"]


def topics_layout(topics: Mapping[str, str]) -> Iterator[Block]:
    """Return the topics, each with what it is about."""
    yield line(("Every topic of authcheck help", "name"))
    width = max(map(len, topics))
    for name, about in topics.items():
        yield line((f"{name:<{width}}", "title"), f"  {about}", hang=width + 2)


def topic_layout(page: str) -> Iterator[Block]:
    """Return the page: its headings, paragraphs, items and tables; what stands in a block is kept line by line."""
    held: list[str] = []
    in_block = False
    for row in [*page.splitlines(), ""]:
        if row.startswith("```"):
            in_block = not in_block
        elif in_block:
            yield line((row, "cite"), indent=4) if row else Line()
        elif row and held and not re.match(r"\||- |\d\. |#", row) and not held[-1].startswith(("|", "#")):
            held.append(row.strip())
        else:
            yield from _paragraph(" ".join(held))
            held = [row] if row else []
            if not row:
                yield Line()


def _paragraph(text: str) -> Iterator[Line]:
    if heading := re.fullmatch(r"(#+) (.*)", text):
        yield line((heading[2], "title" if heading[1] == "#" else "heading"))
    elif text.startswith("|"):
        first, *rest = (cell.strip() for cell in text.strip("|").split("|"))
        # The line under the head of a table only parts them.
        if set(first) != {"-"}:
            parting = ": " if first else ""
            yield line(*_spans(first, "strong"), parting, *_spans(" · ".join(cell for cell in rest if cell)), indent=2)
    elif item := re.fullmatch(r"(?:- |(\d\.) )(.*)", text):
        yield line(*([f"{item[1]} "] if item[1] else []), *_spans(item[2]), indent=2)
    elif text and not text.startswith("<!--"):
        yield line(*_spans(text), hang=0)


def _spans(text: str, tone: str = "") -> Iterator[Span]:
    """Return the text with its emphasis as tones; links are their words alone."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    for part in re.split(r"(\*\*[^*]+\*\*|(?<![\w*])\*[^*`]+\*(?![\w*]))", text):
        if part.startswith("**"):
            yield part.strip("*"), "strong"
        elif re.fullmatch(r"\*[^*`]+\*", part):
            yield part.strip("*"), "emphasis"
        else:
            yield part, tone
