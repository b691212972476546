"""authcheck sources."""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import Annotated

import typer

from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.inputs import open_pack, spare_inputs
from authcheck.cli.output import Output
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place

__all__ = ["sources"]

sources = typer.Typer(rich_markup_mode=None)


class Format(enum.Enum):
    """The forms of the results."""

    TEXT = "text"
    JSON = "json"


@sources.callback()
def about() -> None:
    """The documents behind the pack.

    \b
    Examples:
      authcheck sources verify --documents texts/
    """


@sources.command()
def verify(
    documents: Annotated[
        Path,
        typer.Option(
            "--documents",
            metavar="FOLDER",
            envvar="AUTHCHECK_DOCUMENTS",
            help="The full texts.",
            show_default=False,
        ),
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="The form of the results.")] = Format.TEXT,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """Find every quotation again in the full texts: once, letter for letter, in its paragraph.

    \b
    Examples:
      authcheck sources verify --documents texts/
    """
    from authcheck.asking.verification import verify_sources
    from authcheck.loading.files import quoted

    spare_inputs(output, (), pack)
    if not os.path.isdir(documents):  # noqa: PTH112 - it never raises.
        problem = Diagnostic("file-missing", f"there is no folder {quoted(str(documents))}", Place(str(documents)))
        raise AuthcheckError([problem])
    checks = verify_sources(open_pack(pack), documents)
    out = Output(output, options.colour_of(color), plain)
    if format is Format.JSON:
        from authcheck.rendering.values import json_text

        out.text(json_text({"schema": "authcheck.verification/1", "documents": checks}))
    else:
        from authcheck.rendering.layouts.verification import verification_layout

        out.lines(verification_layout(checks))
    out.close()
    return Exit.NEGATIVE if any(one.problems for one in checks) else Exit.DONE
