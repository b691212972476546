"""authcheck sources."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from authcheck.asking.verification import verify_sources
from authcheck.cli import candidates
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.request import Request
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import quoted
from authcheck.rendering.layouts.verification import verification_layout

__all__ = ["sources"]

sources = typer.Typer(rich_markup_mode=None)


@sources.callback()
def about() -> None:
    """The documents behind the pack.

    \b
    Examples:
      authcheck sources verify --documents texts/
    """


@sources.command()
@asking(Request)
def verify(
    request: Request,
    documents: Annotated[
        Path,
        typer.Option(
            "--documents",
            metavar="FOLDER",
            envvar="AUTHCHECK_DOCUMENTS",
            help="The full texts.",
            autocompletion=candidates.folders,
        ),
    ],
) -> Exit:
    """Find every quotation again in the full texts: once, letter for letter, in its paragraph.

    \b
    Examples:
      authcheck sources verify --documents texts/
    """
    if not os.path.isdir(documents):  # noqa: PTH112 - it never raises.
        problem = Diagnostic("file-missing", f"there is no folder {quoted(str(documents))}", Place(str(documents)))
        raise AuthcheckError([problem])
    checks = verify_sources(request.pack, documents)
    if any(check.problems for check in checks):
        request.exits.append(Exit.NEGATIVE)
    return request.write(
        {"schema": "authcheck.verification/1", "documents": checks}, lambda _: verification_layout(checks)
    )
