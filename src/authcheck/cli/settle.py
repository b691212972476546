"""authcheck settle."""

from __future__ import annotations

import enum
from typing import Annotated, Any

import typer

from authcheck import __version__
from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.asking.settling import Settlement
from authcheck.asking.settling import settle as settlement_of
from authcheck.cli import options
from authcheck.cli.answering import Asked
from authcheck.cli.exits import worst
from authcheck.cli.inputs import known_name, spare_inputs
from authcheck.cli.output import Output
from authcheck.model.scenario import Scenario

__all__ = ["settle"]


class Format(enum.Enum):
    """The formats of a settlement."""

    TEXT = "text"
    JSON = "json"


def settle(
    scenarios: options.Scenarios,
    authority: Annotated[
        list[str] | None,
        typer.Option(
            "--authority",
            "-a",
            metavar="ID",
            help="Only this authority; may be given several times.",
            autocompletion=options.authority_names,
            show_default="those that the scenario engages and raises",
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Show also what is not engaged, and what nothing that is stated raises.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="Text, or JSON with all changes.")] = Format.TEXT,
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
    spare_inputs(output, scenarios, pack)
    asked = Asked(scenarios, pack, lens, readings or (), as_of, unstated, settings or (), option)
    found = asked.pack()
    for name in authority or ():
        known_name(name, found.authorities, "authority", "--authority")
    decider = Decider(found, version=__version__)

    def work(scenario: Scenario, **chosen: Any) -> Settlement:  # noqa: ANN401 - they are those of `Decider.decision`.
        return settlement_of(decider.decision(scenario, **chosen), authority or (), every=every)

    out = Output(output, options.colour_of(color), plain)
    settled = asked.each(found, work)
    if format is Format.JSON:
        asked.write_json(list(settled), out)
    else:
        from authcheck.rendering.layouts.settlement import settlement_layout

        out.blocks(settlement_layout(one) for _, one in settled if isinstance(one, Settlement))
    out.close()
    return worst(asked.exits)
