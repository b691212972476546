"""authcheck prove."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from authcheck import __version__
from authcheck.asking.proof import ClaimResult, Proof, Prover, Result, scenario_of
from authcheck.cli import options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.folder import write_folder
from authcheck.cli.inputs import known_name, open_pack, spare_inputs
from authcheck.cli.output import Output, report
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, Severity

__all__ = ["prove"]


class Format(enum.Enum):
    """The forms of the results."""

    TEXT = "text"
    JSON = "json"


def prove(
    claims: options.ClaimIds = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="Add the quoted words, and scenarios that show what holds; so do named claims."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Write the scenarios that refute or show a claim here.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over files that exist.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="The form of the results.")] = Format.TEXT,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """Prove the claims of the documents over every possible scenario, or refute them with one.

    A claim ranges over fully stated worlds, on the pack's date, under its lens.

    \b
    Examples:
      authcheck prove
      authcheck prove designation-and-force title-50-alone
      authcheck prove --out shown/ --format json
    """
    spare_inputs(output, (), pack)
    found = open_pack(pack)
    names = dict.fromkeys(known_name(name, found.claims, "claim", "CLAIM") for name in claims or found.claims)
    prover = Prover(found, version=__version__)
    exits: list[Exit] = []
    results: list[ClaimResult] = []
    for name in names:
        try:
            results.append(prover.result(found.claims[name]))
        except AuthcheckError as error:
            report(error.diagnostics)
            exits.append(Exit.INVALID)
    if any(one.result is Result.REFUTED for one in results):
        exits.append(Exit.NEGATIVE)
    if not names:
        report([Diagnostic("no-claims", "the pack makes no claim", Place(found.id))])
        exits.append(Exit.NOTHING)
    proof = prover.proof(results)
    files = {} if folder is None else _written(proof, folder, str(pack or ""), force=force)
    if folder is not None and not files:
        message = "no scenario had to be written: none refutes or shows a claim"
        report([Diagnostic("nothing-to-write", message, Place(str(folder)), Severity.NOTE)])
    out = Output(output, options.colour_of(color), plain)
    if format is Format.JSON:
        from authcheck.rendering.values import json_text

        out.text(json_text(proof))
    else:
        from authcheck.rendering.layouts.proof import proof_layout

        out.lines(proof_layout(proof, files, str(pack or ""), full=full or bool(claims)))
    out.close()
    return worst(exits)


def _written(proof: Proof, folder: Path, pack: str, *, force: bool) -> dict[str, str]:
    """Write the scenarios of all claims into the folder; return the file of each by its name."""
    from authcheck.rendering.layouts.proof import command_of
    from authcheck.rendering.scenario_file import scenario_file

    shown = [(claim, exhibit) for claim in proof.claims for exhibit in claim.scenarios]
    texts = []
    for claim, exhibit in shown:
        file = f"{exhibit.name}.yaml"
        comments = [f"The claim {claim.claim} is {claim.result.value}.", command_of(claim, exhibit, file, pack)]
        texts.append((file, scenario_file(scenario_of(claim, exhibit, proof.as_of), comments)))
    files = write_folder(folder, texts, force=force)
    return {exhibit.name: str(file) for (_, exhibit), file in zip(shown, files, strict=True)}
