"""authcheck test."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from authcheck import __version__
from authcheck.answer import Decider
from authcheck.asking.expectations import ExpectationResult, check_expectations
from authcheck.cli import options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.inputs import load_scenarios, open_pack, spare_inputs
from authcheck.cli.output import Output, report
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import quoted

__all__ = ["test"]


class Format(enum.Enum):
    """The forms of the results."""

    TEXT = "text"
    JSON = "json"


def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Scenarios, or folders of them, with `expect:`.",
            show_default="the scenarios of the pack",
        ),
    ] = None,
    keyword: Annotated[
        str,
        typer.Option("-k", metavar="WORD", help="Only scenarios whose name holds the word.", show_default=False),
    ] = "",
    format: Annotated[Format, typer.Option("--format", "-f", help="The form of the results.")] = Format.TEXT,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """Compare the answer to each scenario with what its author expects.

    \b
    Examples:
      authcheck test
      authcheck test my-scenarios/ -k raid
      authcheck test my-scenario.yaml --format json
    """
    from authcheck.loading.folders import shipped_pack

    spare_inputs(output, paths or (), pack)
    found = open_pack(pack)
    decider = Decider(found, version=__version__)
    exits: list[Exit] = []
    results: list[ExpectationResult] = []
    without: list[str] = []
    named = paths or [str((pack or shipped_pack()) / "scenarios")]
    matched = not keyword
    for loaded in load_scenarios(named, found, pack):
        if keyword not in loaded.name:
            continue
        matched = True
        problems = loaded.problems
        if loaded.scenario is not None:
            try:
                met = check_expectations(decider, loaded.scenario)
            except AuthcheckError as error:
                problems = error.diagnostics
            else:
                results.extend(met)
                if not met:
                    without.append(loaded.name)
                continue
        report(problems)
        if any(one.code != "no-scenarios" for one in problems):
            exits.append(Exit.INVALID)
    if any(not one.met for one in results):
        exits.append(Exit.NEGATIVE)
    if not results:
        exits.append(Exit.NOTHING)
    if not matched:
        report([Diagnostic("no-match", f"no scenario's name holds {quoted(keyword)}", Place("-k"))])
    out = Output(output, options.colour_of(color), plain)
    if format is Format.JSON:
        from authcheck.rendering.values import json_text

        out.text(json_text({"schema": "authcheck.test/1", "results": results, "without_expectation": without}))
    else:
        from authcheck.rendering.layouts.expectations import expectations_layout

        out.lines(expectations_layout(results, without))
    out.close()
    return worst(exits)
