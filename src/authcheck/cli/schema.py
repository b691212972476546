"""authcheck schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import Format, form_of
from authcheck.cli.inputs import known_name, open_pack, spare_inputs
from authcheck.cli.output import Output, spare_file
from authcheck.rendering.values import json_text
from authcheck.schemas import RESULTS, Schema, pack_schema, result_schema, scenario_schema

__all__ = ["schema"]

_NAMES = ("scenario", "pack", *RESULTS)


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help=f"What it is of: {', '.join(_NAMES)}.",
            autocompletion=lambda incomplete: [name for name in _NAMES if name.startswith(incomplete)],
        ),
    ],
    output: options.OutputFile = None,
    force: options.Force = False,
    pack: options.PackFolder = None,
) -> Exit:
    """Print the JSON Schema (draft 7) of scenarios, packs or results, for editors and programs.

    \b
    Examples:
      authcheck schema scenario -o scenario.schema.json
      authcheck schema answer
    """
    spare_inputs(output, (), pack)
    form_of(output, "", (Format.JSON.value,))
    spare_file(output, "--output", force=force)
    others: Mapping[str, Callable[[], Schema]] = {
        "scenario": lambda: scenario_schema(open_pack(pack)),
        "pack": pack_schema,
    }
    known_name(name, _NAMES, "thing with a schema", "NAME")
    with Output(output, force=force) as out:
        out.text(json_text(others[name]() if name in others else result_schema(name)))
    return Exit.DONE
