"""authcheck explain."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Annotated

import typer

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.answer import Answer
from authcheck.cli import options
from authcheck.cli.answering import Asked
from authcheck.cli.exits import worst
from authcheck.cli.inputs import known_name, spare_inputs
from authcheck.cli.output import Output

__all__ = ["explain"]


class Format(enum.Enum):
    """The formats of an explanation."""

    TEXT = "text"
    JSON = "json"


class Only(enum.Enum):
    """Which elements are shown."""

    FAILED = "failed"
    OPEN = "open"


def explain(
    scenarios: options.Scenarios,
    authority: options.AuthorityIds = None,
    only: Annotated[
        Only | None,
        typer.Option("--only", help="Show only the elements that failed, or are open.", show_default=False),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Unfold every condition, note and limit.")] = False,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Text, or the answer as JSON with its trees.")
    ] = Format.TEXT,
    graph: options.GraphOption = None,
    lens: options.LensOption = DEFAULT_LENS,
    readings: options.ReadingChoices = None,
    as_of: options.AsOf = None,
    unstated: options.UnstatedOption = None,
    settings: options.Settings = None,
    option: options.OptionName = "",
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """Show why: each element with its truth, the fact and its line, the quoted words and who said them.

    \b
    Examples:
      authcheck explain drone-attack
      authcheck explain drone-attack --authority fto-designation
      authcheck explain designation-alone --authority article-ii --full
      authcheck explain day-75 --only failed
      authcheck explain drone-attack -a article-ii --graph mermaid
    """
    if graph is not None and (only is not None or format is Format.JSON):
        other = "--only" if only is not None else "--format json"
        raise typer.BadParameter(f"a picture shows everything: leave out {other}", param_hint="--graph")
    spare_inputs(output, scenarios, pack)
    asked = Asked(scenarios, pack, lens, readings or (), as_of, unstated, settings or (), option)
    found = asked.pack()
    for name in authority or ():
        known_name(name, found.authorities, "authority", "--authority")
    out = Output(output, options.colour_of(color), plain)
    answered = asked.answers(found)
    answers = (answer for _, answer in answered if isinstance(answer, Answer))
    if graph is not None:
        _draw(list(answers), authority or (), graph, out, full=full)
    elif format is Format.JSON:
        asked.write_json(list(answered), out)
    else:
        from authcheck.rendering.layouts.explanation import explanation_layout

        for answer in answers:
            shown = tuple(authority or _engaged(answer))
            out.lines(explanation_layout(answer, shown, "" if only is None else only.value, full=full))
    out.close()
    return worst(asked.exits)


def _engaged(answer: Answer) -> list[str]:
    return [name for name, one in answer.authorities.items() if one.is_at_issue]


def _draw(
    answers: Sequence[Answer], authorities: Sequence[str], form: options.GraphForm, out: Output, *, full: bool
) -> None:
    from authcheck.cli.drawing import draw
    from authcheck.rendering.graph.picture import answer_graph

    if len(answers) > 1:
        raise typer.BadParameter("a picture is of one scenario: name one", param_hint="--graph")
    for answer in answers:
        draw(answer_graph(answer, authorities or _engaged(answer), full=full), form, out)
