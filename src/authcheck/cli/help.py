"""authcheck help."""

from __future__ import annotations

from typing import Annotated

import typer

from authcheck.cli.exits import Exit
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import known_name
from authcheck.cli.request import Request
from authcheck.rendering.layouts.topics import topic_layout, topics_layout
from authcheck.topics import TOPICS, topic
from authcheck.wording import listed

__all__ = ["help"]


@asking(Request, forms=(Format.TEXT, Format.MARKDOWN, Format.HTML))
def help(
    request: Request,
    name: Annotated[
        str,
        typer.Argument(
            metavar="TOPIC",
            help=f"{listed([*TOPICS], 'or')}.",
            autocompletion=lambda incomplete: [name for name in TOPICS if name.startswith(incomplete)],
        ),
    ] = "",
) -> Exit:
    """Read a page on one topic, or list the topics.

    \b
    Examples:
      authcheck help
      authcheck help scenario
      authcheck help words
    """
    if not name:
        return request.write(TOPICS, topics_layout)
    return request.write(topic(known_name(name, TOPICS, "topic", "TOPIC")), topic_layout)
