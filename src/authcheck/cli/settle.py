"""authcheck settle."""

from __future__ import annotations

from typing import Annotated

import typer

from authcheck.asking.settling import settle as settlement
from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.request import ScenarioRequest
from authcheck.rendering.layouts.settlement import settlement_layout

__all__ = ["settle"]


@asking(ScenarioRequest)
def settle(
    request: ScenarioRequest,
    authority: options.AuthorityIds = None,
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
      authcheck settle cia-team --all --unstated absent
    """
    authorities = request.authorities(authority)
    return request.show(lambda decision: settlement(decision, authorities, every=every), settlement_layout)
