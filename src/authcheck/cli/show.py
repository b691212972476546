"""authcheck show."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Annotated

import typer

from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.inputs import known_name, open_pack, spare_inputs
from authcheck.cli.output import Output
from authcheck.model.pack import Pack
from authcheck.rendering.layout import Line

__all__ = ["show"]


class Format(enum.Enum):
    """The formats of a listing."""

    TEXT = "text"
    JSON = "json"


def _kinds(incomplete: str) -> list[str]:
    from authcheck.rendering.layouts.listing import KINDS

    return [one for one in [*KINDS, "scenario"] if one.startswith(incomplete)]


def show(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="authority, fact, term, power, question, lens, holder, caution, claim, document, passage or scenario.",
            autocompletion=_kinds,
            show_default=False,
        ),
    ] = "",
    id: Annotated[str, typer.Argument(metavar="ID", help="One of them, in full.", show_default=False)] = "",
    format: Annotated[Format, typer.Option("--format", "-f", help="Text, or JSON.")] = Format.TEXT,
    graph: options.GraphOption = None,
    full: Annotated[bool, typer.Option("--full", help="In a picture, unfold every condition.")] = False,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """List what the pack holds, or show one thing of it with its passages.

    \b
    Examples:
      authcheck show
      authcheck show authority
      authcheck show authority title-50
      authcheck show fact attack_status
      authcheck show passage war-zone-p17-fto-no-force
      authcheck show authority title-50 --graph mermaid
    """
    from authcheck.loading.folders import shipped_pack, shipped_scenarios
    from authcheck.rendering.layout import line
    from authcheck.rendering.layouts.listing import KINDS, list_layout, names_of, thing_layout
    from authcheck.rendering.values import json_text

    spare_inputs(output, (), pack)
    found = open_pack(pack)
    out = Output(output, options.colour_of(color), plain)
    scenarios = {name: str(path) for name, path in shipped_scenarios(pack or shipped_pack()).items()}
    kind = _kind(kind, {**{one: names_of(found, one) for one in KINDS}, "scenario": scenarios}) if kind else ""
    if graph is not None:
        if kind != "authority" or not id or format is Format.JSON:
            message = "a picture is of one authority, as in `authcheck show authority title-50 --graph mermaid`"
            raise typer.BadParameter(message, param_hint="--graph")
        from authcheck.cli.drawing import draw
        from authcheck.rendering.graph.picture import rule_graph

        authority = found.authorities[known_name(id, found.authorities, kind, "ID")]
        draw(rule_graph(authority, found, full=full), graph, out)
    elif full:
        raise typer.BadParameter("only a picture can be unfolded: add --graph", param_hint="--full")
    elif not kind:
        counts = {name: len(names_of(found, name)) for name in KINDS} | {"scenario": len(scenarios)}
        if format is Format.JSON:
            out.text(json_text({"pack": found.id, "version": found.version, "kinds": counts}))
        else:
            out.lines(_about(found))
            out.lines(line(f"{count:>4}  ", (name, "title")) for name, count in counts.items())
    elif kind == "scenario":
        if id:
            out.text(open(scenarios[known_name(id, scenarios, kind, "ID")], encoding="utf-8").read())  # noqa: PTH123, SIM115
        elif format is Format.JSON:
            out.text(json_text(scenarios))
        else:
            out.lines(line((name, "title"), f"  {_title(path)}") for name, path in scenarios.items())
    else:
        things = names_of(found, kind)
        if format is Format.JSON:
            out.text(json_text(things[known_name(id, things, kind, "ID")] if id else things))
        elif id:
            out.lines(thing_layout(found, things[known_name(id, things, kind, "ID")]))
        else:
            out.lines(list_layout(found, kind))
    out.close()
    return Exit.DONE


def _kind(named: str, things: Mapping[str, Mapping[str, object]]) -> str:
    """Return the kind, also where it is written in the plural. Raises a usage error for anything else."""
    plurals = {"authorities": "authority", "lenses": "lens"}
    for one in (plurals.get(named, named), named.removesuffix("s")):
        if one in things:
            return one
    shown = [f"`authcheck show {kind} {named}`" for kind, known in things.items() if named in known]
    if shown:
        raise typer.BadParameter(f"`{named}` is no kind of thing; see {' or '.join(shown)}", param_hint="KIND")
    return known_name(named, things, "kind of thing", "KIND")


def _about(pack: Pack) -> list[Line]:
    from authcheck.rendering.layout import line

    return [
        line((pack.title, "title"), f" ({pack.id} {pack.version})"),
        line(pack.review, indent=2),
        line(pack.disclaimer, indent=2),
    ]


def _title(path: str) -> str:
    """Return the title of a scenario's file, which its first line gives."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        first = next((row for row in file if row.startswith("scenario:")), "")
    return first.removeprefix("scenario:").strip().strip("\"'")
