"""authcheck schema."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.inputs import known_name, open_pack, spare_inputs
from authcheck.cli.output import Output

__all__ = ["schema"]


class Document(enum.Enum):
    """What has a schema."""

    SCENARIO = "scenario"
    PACK = "pack"
    ANSWER = "answer"
    SETTLEMENT = "settlement"
    COMPARISON = "comparison"
    MATRIX = "matrix"
    READINGS = "readings"
    PRECEDENTS = "precedents"
    VARIANTS = "variants"
    PROOF = "proof"


def _names(incomplete: str) -> list[str]:
    return [one.value for one in Document if one.value.startswith(incomplete)]


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help=f"What it is of: {', '.join(one.value for one in Document)}.",
            autocompletion=_names,
            show_default=False,
        ),
    ],
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
) -> int:
    """Print the JSON Schema (draft 7) of scenarios, packs or results, for editors and programs.

    \b
    Examples:
      authcheck schema scenario -o scenario.schema.json
      authcheck schema answer
    """
    from authcheck.rendering.values import json_text
    from authcheck.schemas import pack_schema, result_schema, scenario_schema

    spare_inputs(output, (), pack)
    document = Document(known_name(name, [one.value for one in Document], "thing with a schema", "NAME"))
    match document:
        case Document.SCENARIO:
            found = scenario_schema(open_pack(pack))
        case Document.PACK:
            found = pack_schema()
        case _:
            found = result_schema(document.value)
    out = Output(output)
    out.text(json_text(found))
    out.close()
    return Exit.DONE
