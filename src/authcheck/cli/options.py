"""The options that commands share, each declared once, and what completes them in a shell."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from authcheck.model.pack import Pack
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
    "claim_names",
    "lens_names",
    "scenario_names",
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


def scenario_names(incomplete: str) -> list[str]:
    """Return the scenarios of the installed pack whose names begin so."""
    from authcheck.loading.folders import shipped_pack, shipped_scenarios

    return _beginning(shipped_scenarios(shipped_pack()), incomplete)


def claim_names(incomplete: str) -> list[str]:
    """Return the claims of the installed pack whose names begin so."""
    return _beginning(_installed().claims, incomplete)


def lens_names(incomplete: str) -> list[str]:
    """Return the lenses of the installed pack whose names begin so."""
    return _beginning(_installed().lenses, incomplete)


def _authority_names(incomplete: str) -> list[str]:
    return _beginning(_installed().authorities, incomplete)


def _reading_names(incomplete: str) -> list[str]:
    name, separator, _ = incomplete.partition("=")
    questions = _installed().questions
    if not separator:
        return _beginning([f"{question}=" for question in questions], name)
    readings = questions[name].readings if name in questions else ()
    return _beginning([f"{name}={reading}" for reading in readings], incomplete)


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _installed() -> Pack:
    from authcheck.cli.inputs import open_pack

    return open_pack(None)


PackFolder: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--pack",
        metavar="FOLDER",
        envvar="AUTHCHECK_PACK",
        help="The pack to answer from.",
        show_default="the pack that is installed",
    ),
]
LensName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--lens",
        envvar="AUTHCHECK_LENS",
        help="Whose readings count; `authcheck show lens` lists them.",
        autocompletion=lens_names,
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
        autocompletion=_reading_names,
    ),
]
Settings: TypeAlias = Annotated[
    list[str] | None, typer.Option("--set", metavar="FACT=VALUE", help="State a fact anew; may be given several times.")
]
AuthorityIds: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--authority",
        "-a",
        metavar="ID",
        help="Only this authority; may be given several times.",
        autocompletion=_authority_names,
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
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file.", show_default="standard output"),
]
Plain: TypeAlias = Annotated[
    bool, typer.Option("--plain", envvar="AUTHCHECK_PLAIN", help="No colour and no wrapping, as in a pipe.")
]
ColourOption: TypeAlias = Annotated[
    Colour, typer.Option("--color", envvar="AUTHCHECK_COLOR", help="Colour on verdicts and headings.")
]
