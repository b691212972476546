"""Writing a picture, in the language or the form that is asked for."""

from __future__ import annotations

import typer

from authcheck.cli.options import GraphForm
from authcheck.cli.output import Output
from authcheck.rendering.graph.picture import Graph

__all__ = ["draw"]


def draw(graph: Graph, form: GraphForm, out: Output) -> None:
    """Write the picture. Raises a usage error where what draws it is not installed."""
    match form:
        case GraphForm.MERMAID:
            from authcheck.rendering.graph.mermaid import mermaid_text

            out.text(mermaid_text(graph))
        case GraphForm.DOT:
            from authcheck.rendering.graph.dot import dot_text

            out.text(dot_text(graph))
        case GraphForm.SVG:
            from authcheck.rendering.graph.svg import CannotDrawError, svg_text

            try:
                out.text(svg_text(graph))
            except CannotDrawError as error:
                raise typer.BadParameter(str(error), param_hint="--graph") from None
