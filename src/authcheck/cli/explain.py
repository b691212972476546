"""authcheck explain."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Annotated

import typer

from authcheck.answer.answer import Answer
from authcheck.answer.building import answer_of
from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import Format, asking
from authcheck.cli.request import ScenarioRequest
from authcheck.rendering.layouts.explanation import explanation_layout

__all__ = ["explain"]


class Only(enum.Enum):
    """Which elements are shown."""

    FAILED = "failed"
    OPEN = "open"


@asking(ScenarioRequest)
def explain(
    request: ScenarioRequest,
    authority: options.AuthorityIds = None,
    only: Annotated[
        Only | None, typer.Option("--only", help="Show only the elements that failed, or are open.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Unfold every condition, note and limit.")] = False,
    graph: options.GraphOption = None,
) -> Exit:
    """Show why: each element with its truth, the fact and its line, the quoted words and who said them.

    Of all authorities that are engaged, unless some are named. As JSON, it is the answer with its trees.

    \b
    Examples:
      authcheck explain drone-attack
      authcheck explain drone-attack --authority fto-designation
      authcheck explain designation-alone --authority article-ii --full
      authcheck explain day-75 --only failed
      authcheck explain drone-attack -a article-ii --graph mermaid
    """
    if graph is not None and (only is not None or request.format is not Format.TEXT):
        other = "--only" if only is not None else f"--format {request.format.value}"
        raise typer.BadParameter(f"a picture shows everything: leave out {other}", param_hint="--graph")
    authorities = request.authorities(authority)
    answers = request.results(answer_of)
    if graph is not None:
        return _draw(
            request, [answer for _, answer in answers if isinstance(answer, Answer)], authorities, graph, full=full
        )
    part = "" if only is None else only.value
    return request.write_each(
        answers, lambda answer: explanation_layout(answer, authorities or _engaged(answer), part, full=full)
    )


def _engaged(answer: Answer) -> tuple[str, ...]:
    return tuple(name for name, authority in answer.authorities.items() if authority.is_at_issue)


def _draw(
    request: ScenarioRequest,
    answers: Sequence[Answer],
    authorities: tuple[str, ...],
    form: options.GraphForm,
    *,
    full: bool,
) -> Exit:
    from authcheck.rendering.graph.picture import answer_graph

    if len(answers) > 1:
        raise typer.BadParameter("a picture is of one scenario: name one", param_hint="--graph")
    graphs = [answer_graph(answer, authorities or _engaged(answer), full=full) for answer in answers]
    return request.draw(graphs[0] if graphs else None, form)
