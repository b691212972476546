"""authcheck settle."""

from __future__ import annotations

from typing import Annotated

import typer

from authcheck.asking.settling import settle as settlement
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.inputs import known_name
from authcheck.cli.request import ScenarioRequest
from authcheck.rendering.layouts.settlement import settlement_layout

__all__ = ["settle"]


@asking(ScenarioRequest)
def settle(
    request: ScenarioRequest,
    authority: options.AuthorityIds = None,
    power: Annotated[
        list[str] | None,
        typer.Option(
            "--power",
            metavar="ID",
            help="This power, with what supplies it; may be given several times.",
            autocompletion=candidates.powers,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Show also what is not engaged, and what nothing that is stated raises.")
    ] = False,
) -> Exit:
    """Say what would settle each open verdict, and what would turn each of the others.

    For an open verdict: the facts to state, the most useful first, and what each answer would do. For a definite
    one: the smallest changes of facts that would gain or lose it, or that there are none. What is done stays as
    it is in all of them: another operation is another scenario.

    \b
    Examples:
      authcheck settle drone-attack
      authcheck settle drone-attack --set attack_attributed_to_target=unknown
      authcheck settle designation-alone --authority article-ii --lens ali
      authcheck settle invited-raid --power enter-host-territory
      authcheck settle cia-team --all --unstated absent
    """
    authorities = request.authorities(authority)
    powers = [known_name(name, request.pack.powers, "power", "--power") for name in power or ()]
    return request.show(lambda decision: settlement(decision, authorities, powers, every=every), settlement_layout)
