"""authcheck prove."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from authcheck import __version__
from authcheck.asking.proof import ClaimResult, Proof, Prover, over_time, scenario_of
from authcheck.cli import candidates
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.inputs import date_of, known_name
from authcheck.cli.output import report, write_folder
from authcheck.cli.request import Request
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, Severity
from authcheck.model.period import in_force_on
from authcheck.rendering.layouts.proof import command_of, proof_layout

__all__ = ["prove"]


@dataclass(kw_only=True, eq=False, repr=False)
class ProveRequest(Request):
    """What is to be proved, and where what shows it goes."""

    claims: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLAIM...",
            help="Claims of the pack; `authcheck show claim` lists them.",
            autocompletion=candidates.claims,
            show_default="all of them",
        ),
    ] = None
    full: Annotated[
        bool,
        typer.Option("--full", help="Add the quoted words, and scenarios that show what holds; so do named claims."),
    ] = False
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="Prove for this date.", show_default="the pack's"),
    ] = None
    all_times: Annotated[
        bool,
        typer.Option("--over-time", help="Prove each also on every day on which a law begins or ends; takes a minute."),
    ] = False
    out_folder: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Write the scenarios that refute or show a claim here.",
            autocompletion=candidates.folders,
        ),
    ] = None


@asking(ProveRequest)
def prove(request: ProveRequest) -> Exit:
    """Prove the claims of the documents over every possible scenario, or refute them with one.

    A claim ranges over fully stated worlds, on one date, under its lens. It speaks of a law, and nothing is claimed
    before that law begins or once it is gone.

    \b
    Examples:
      authcheck prove
      authcheck prove designation-and-force title-50-alone
      authcheck prove sixty-days-end --over-time
      authcheck prove --out shown/ --format json
    """
    prover = Prover(request.pack, date_of(request.as_of), version=__version__)
    proof = prover.proof(_results(request, prover))
    if any(result.fails for result in proof.claims):
        request.exits.append(Exit.NEGATIVE)
    pack = str(request.folder or "")
    files = {} if request.out_folder is None else _written(proof, request.out_folder, pack, force=request.force)
    if request.out_folder is not None and not files:
        message = "no scenario had to be written: none refutes or shows a claim"
        report([Diagnostic("nothing-to-write", message, Place(str(request.out_folder)), Severity.NOTE)])
    in_full = request.full or bool(request.claims)
    return request.write(proof, lambda _: proof_layout(proof, files, pack, full=in_full))


def _results(request: ProveRequest, prover: Prover) -> list[ClaimResult]:
    """Return what the claims that are asked for come to, as far as they can be proved; the others are told of."""
    law = request.pack
    claimed = [name for name, claim in law.claims.items() if request.all_times or in_force_on(claim, prover.day)]
    names = dict.fromkeys(known_name(name, law.claims, "claim", "CLAIM") for name in request.claims or claimed)
    if not names:
        request.fail([Diagnostic("no-claims", "the pack makes no claim", Place(law.id))], Exit.NOTHING)
    results: list[ClaimResult] = []
    for name in names:
        try:
            results.append(prover.result(law.claims[name]))
        except AuthcheckError as error:
            request.fail(error.diagnostics)
    if request.all_times:
        try:
            spans = over_time(law, (law.claims[result.claim] for result in results))
        except AuthcheckError as error:
            request.fail(error.diagnostics)
        else:
            return [replace(result, over_time=spans[result.claim]) for result in results]
    return results


def _written(proof: Proof, folder: Path, pack: str, *, force: bool) -> dict[str, str]:
    """Write the scenarios of all claims into the folder; return the file of each by its name."""
    from authcheck.loading.writing import scenario_file

    shown = [(claim, exhibit) for claim in proof.claims for exhibit in claim.scenarios]
    texts = []
    for claim, exhibit in shown:
        file = f"{exhibit.name}.yaml"
        comments = [f"The claim {claim.claim} is {claim.result.value}.", command_of(claim, exhibit, file, pack)]
        texts.append((file, scenario_file(scenario_of(claim, exhibit, proof.as_of), comments)))
    files = write_folder(folder, texts, force=force)
    return {exhibit.name: str(file) for (_, exhibit), file in zip(shown, files, strict=True)}
