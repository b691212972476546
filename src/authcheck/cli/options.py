"""The options that commands share, each declared once."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from authcheck.model.scenario import Unstated

__all__ = [
    "AsOf",
    "AsOfEach",
    "AuthorityIds",
    "ClaimIds",
    "Colour",
    "ColourOption",
    "GraphForm",
    "GraphOption",
    "LensOfEach",
    "LensOption",
    "OneScenario",
    "OptionName",
    "OptionOfEach",
    "OtherScenario",
    "OutputFile",
    "PackFolder",
    "Plain",
    "ReadingChoices",
    "Scenarios",
    "Settings",
    "UnstatedOfEach",
    "UnstatedOption",
    "authority_names",
    "colour_of",
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


def colour_of(colour: Colour) -> bool | None:
    """Return whether colour is forced on or off; None leaves it to the terminal and its environment."""
    return None if colour is Colour.AUTO else colour is Colour.ALWAYS


def _scenario_names(incomplete: str) -> list[str]:
    from authcheck.loading.folders import shipped_pack, shipped_scenarios

    return [name for name in shipped_scenarios(shipped_pack()) if name.startswith(incomplete)]


def _ids(kind: str, incomplete: str) -> list[str]:
    from authcheck import __version__
    from authcheck.loading.cache import default_cache
    from authcheck.loading.folders import load_pack, shipped_pack
    from authcheck.rendering.layouts.listing import names_of

    return [
        name
        for name in names_of(load_pack(shipped_pack(), default_cache(__version__)), kind)
        if name.startswith(incomplete)
    ]


def _claims(incomplete: str) -> list[str]:
    return _ids("claim", incomplete)


def _lenses(incomplete: str) -> list[str]:
    return _ids("lens", incomplete)


def authority_names(incomplete: str) -> list[str]:
    """Return the authorities of the installed pack whose names begin so."""
    return _ids("authority", incomplete)


def _readings(incomplete: str) -> list[str]:
    question, separator, _ = incomplete.partition("=")
    if not separator:
        return [f"{name}=" for name in _ids("question", question)]
    from authcheck import __version__
    from authcheck.loading.cache import default_cache
    from authcheck.loading.folders import load_pack, shipped_pack

    found = load_pack(shipped_pack(), default_cache(__version__)).questions.get(question)
    every = [] if found is None else [f"{question}={name}" for name in found.readings]
    return [one for one in every if one.startswith(incomplete)]


Scenarios: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...",
        help="A file, a folder, the name of a scenario that comes with the pack, or - for standard input: one "
        "scenario as YAML, or many as JSON, one on each line.",
        autocompletion=_scenario_names,
        show_default=False,
    ),
]
OneScenario: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A file, the name of a scenario that comes with the pack, or - for standard input.",
        autocompletion=_scenario_names,
        show_default=False,
    ),
]
OtherScenario: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="OTHER",
        help="Another one, to hold against it.",
        autocompletion=_scenario_names,
        show_default=False,
    ),
]
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
LensOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--lens",
        envvar="AUTHCHECK_LENS",
        help="Whose readings count; `authcheck show lens` lists them.",
        autocompletion=_lenses,
    ),
]
LensOfEach: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--lens",
        metavar="NAME",
        help="Whose readings count; `authcheck show lens` lists them.",
        autocompletion=_lenses,
        show_default="AUTHCHECK_LENS, or documents",
    ),
]
UnstatedOfEach: TypeAlias = Annotated[
    list[Unstated] | None,
    typer.Option(
        "--unstated",
        metavar="default|absent|unknown",
        help="What a fact is taken to be that the scenario does not state.",
        show_default="AUTHCHECK_UNSTATED, or as the scenario says",
    ),
]
AsOfEach: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help="Answer for this date.",
        show_default="AUTHCHECK_AS_OF, or the scenario's",
    ),
]
OptionOfEach: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--option", metavar="NAME", help="One of the courses of action.", show_default=False),
]
UnstatedOption: TypeAlias = Annotated[
    Unstated | None,
    typer.Option(
        "--unstated",
        envvar="AUTHCHECK_UNSTATED",
        help="What a fact is taken to be that the scenario does not state.",
        show_default="as the scenario says",
    ),
]
ReadingChoices: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="QUESTION=NAME",
        help="Take this reading of a question, whatever the lens admits; may be given several times.",
        autocompletion=_readings,
        show_default=False,
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        envvar="AUTHCHECK_AS_OF",
        help="Answer for this date.",
        show_default="the scenario's",
    ),
]
OptionName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--option",
        metavar="NAME",
        help="Answer for one of the scenario's courses of action.",
        show_default=False,
    ),
]
Settings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        help="State a fact anew; may be given several times.",
        show_default=False,
    ),
]
AuthorityIds: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--authority",
        "-a",
        metavar="ID",
        help="Explain this authority; may be given several times.",
        autocompletion=authority_names,
        show_default="all that are engaged",
    ),
]
ClaimIds: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CLAIM...",
        help="Claims of the pack; `authcheck show claim` lists them.",
        autocompletion=_claims,
        show_default="all of them",
    ),
]
GraphOption: TypeAlias = Annotated[
    GraphForm | None,
    typer.Option(
        "--graph",
        help="Draw it instead, in the languages mermaid or dot, or as svg.",
        show_default=False,
    ),
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
