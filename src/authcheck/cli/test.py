"""authcheck test."""

from __future__ import annotations

from typing import Annotated

import typer

from authcheck.asking.expectations import ExpectationResult, check_expectations
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.inputs import load_scenarios, spare_inputs
from authcheck.cli.output import report
from authcheck.cli.request import Request
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import quoted
from authcheck.loading.folders import shipped_pack
from authcheck.rendering.layouts.expectations import expectations_layout

__all__ = ["test"]


@asking(Request)
def test(
    request: Request,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Scenarios, or folders of them, with `expect:`.",
            show_default="the scenarios of the pack",
        ),
    ] = None,
    keyword: Annotated[str, typer.Option("-k", metavar="WORD", help="Only scenarios whose name holds the word.")] = "",
) -> Exit:
    """Compare the answer to each scenario with what its author expects.

    \b
    Examples:
      authcheck test
      authcheck test my-scenarios/ -k raid
      authcheck test my-scenario.yaml --format json
    """
    spare_inputs(request.output, paths or (), request.folder)
    results: list[ExpectationResult] = []
    without: list[str] = []
    matched = not keyword
    named = paths or [str((request.folder or shipped_pack()) / "scenarios")]
    for loaded in load_scenarios(named, request.pack, request.folder):
        if keyword not in loaded.name:
            continue
        matched = True
        problems = loaded.problems
        if loaded.scenario is not None:
            try:
                met = check_expectations(request.decider, loaded.scenario)
            except AuthcheckError as error:
                problems = error.diagnostics
            else:
                results.extend(met)
                if not met:
                    without.append(loaded.name)
                continue
        report(problems)
        if any(problem.code != "no-scenarios" for problem in problems):
            request.exits.append(Exit.INVALID)
    if any(not result.met for result in results):
        request.exits.append(Exit.NEGATIVE)
    if not results:
        request.exits.append(Exit.NOTHING)
    if not matched:
        report([Diagnostic("no-match", f"no scenario's name holds {quoted(keyword)}", Place("-k"))])
    return request.write(
        {"schema": "authcheck.test/1", "results": results, "without_expectation": without},
        lambda _: expectations_layout(results, without),
    )
