"""A picture in SVG, drawn by Graphviz."""

from __future__ import annotations

import html
import re

from authcheck.rendering.graph.dot import dot_text
from authcheck.rendering.graph.picture import Graph

__all__ = ["CannotDrawError", "svg_text"]


class CannotDrawError(Exception):
    """Raised, with what to do about it, where what draws is not installed."""


def svg_text(graph: Graph) -> str:
    """Return the graph in SVG, named and described for those who do not see it.

    Raises CannotDrawError where the library or the program is missing.
    """
    try:
        import graphviz  # type: ignore[import-untyped]
    except ImportError:
        message = "svg needs the library graphviz: pip install 'authcheck[svg]'; mermaid and dot need nothing"
        raise CannotDrawError(message) from None
    try:
        drawn: str = graphviz.Source(dot_text(graph)).pipe(format="svg", encoding="utf-8", quiet=True)
    except graphviz.ExecutableNotFound:
        message = (
            "svg needs the program `dot` of Graphviz, which is not found: install Graphviz "
            "(`apt install graphviz`, `brew install graphviz`, or https://graphviz.org/download/)"
        )
        raise CannotDrawError(message) from None
    named = (
        f'<title id="title">{html.escape(graph.title)}</title>\n<desc id="desc">{html.escape(graph.description)}</desc>'
    )
    return re.sub(
        r"<svg\b([^>]*)>",
        lambda found: f'<svg role="graphics-document" aria-labelledby="title desc"{found[1]}>\n{named}',
        drawn,
        count=1,
    )
