"""The options that commands share, each declared once."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from authcheck.cli import candidates
from authcheck.model.scenario import Unstated

__all__ = [
    "AuthorityIds",
    "Colour",
    "ColourOption",
    "Exclude",
    "Force",
    "GraphForm",
    "GraphOption",
    "LensName",
    "OutputFile",
    "PackFolder",
    "Plain",
    "Readings",
    "Settings",
    "UnstatedRule",
]


class Colour(enum.Enum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class GraphForm(enum.Enum):
    """The forms of a picture."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


PackFolder: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--pack",
        metavar="FOLDER",
        envvar="AUTHCHECK_PACK",
        help="The pack to answer from.",
        autocompletion=candidates.folders,
        show_default="the pack that is installed",
    ),
]
LensName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--lens",
        envvar="AUTHCHECK_LENS",
        help="Whose readings count; `authcheck show lens` lists them.",
        autocompletion=candidates.lenses,
    ),
]
UnstatedRule: TypeAlias = Annotated[
    Unstated | None,
    typer.Option(
        "--unstated",
        envvar="AUTHCHECK_UNSTATED",
        help="What a fact is taken to be that the scenario does not state.",
        show_default="as the scenario says",
    ),
]
Readings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="QUESTION=NAME",
        help="Take this reading of a question, whatever the lens admits; may be given several times.",
        autocompletion=candidates.readings,
    ),
]
Settings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        help="State a fact anew; may be given several times.",
        autocompletion=candidates.settings,
    ),
]
AuthorityIds: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--authority",
        "-a",
        metavar="ID",
        help="Only this authority; may be given several times.",
        autocompletion=candidates.authorities,
    ),
]
Exclude: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="GLOB",
        help="In folders, pass over what is named so, or has such a path in them; may be given several times.",
    ),
]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Write over a file that exists.")]
GraphOption: TypeAlias = Annotated[
    GraphForm | None, typer.Option("--graph", help="Draw it instead, in the languages mermaid or dot, or as svg.")
]
OutputFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file.",
        show_default="standard output",
        autocompletion=candidates.any_files,
    ),
]
Plain: TypeAlias = Annotated[
    bool, typer.Option("--plain", envvar="AUTHCHECK_PLAIN", help="No colour and no wrapping, as in a pipe.")
]
ColourOption: TypeAlias = Annotated[
    Colour, typer.Option("--color", envvar="AUTHCHECK_COLOR", help="Colour on verdicts and headings.")
]
