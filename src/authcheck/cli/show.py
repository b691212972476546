"""authcheck show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import SCENARIO_FILE, Format, asking
from authcheck.cli.inputs import known_name
from authcheck.cli.request import Request
from authcheck.loading.folders import shipped_pack, shipped_scenarios
from authcheck.model.pack import Pack
from authcheck.rendering.layout import Line, line
from authcheck.rendering.layouts.listing import KINDS, list_layout, names_of, thing_layout
from authcheck.topics import words

__all__ = ["show"]


@dataclass(kw_only=True, eq=False, repr=False)
class ShowRequest(Request):
    """Which thing of the pack is to be shown, and how."""

    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="authority, fact, term, power, question, lens, holder, caution, claim, document, passage, scenario or "
            "word.",
            autocompletion=candidates.kinds,
        ),
    ] = ""
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="One of them, in full.",
            autocompletion=candidates.things,
        ),
    ] = ""
    graph: options.GraphOption = None
    full: Annotated[bool, typer.Option("--full", help="In a picture, unfold every condition.")] = False


@asking(ShowRequest, may_be=(SCENARIO_FILE,))
def show(request: ShowRequest) -> Exit:
    """List what the pack holds, or show one thing of it with its passages.

    \b
    Examples:
      authcheck show
      authcheck show authority
      authcheck show authority title-50
      authcheck show fact attack_status
      authcheck show passage war-zone-p17-fto-no-force
      authcheck show word contested
      authcheck show authority title-50 --graph mermaid
    """
    pack = request.pack
    scenarios = {name: str(path) for name, path in shipped_scenarios(request.folder or shipped_pack()).items()}
    things = {**{name: names_of(pack, name) for name in KINDS}, "scenario": scenarios, "word": words()}
    kind, id = _kind(request.kind, things) if request.kind else "", request.id
    if request.graph is not None:
        return _draw(request, kind, request.graph)
    if request.full:
        raise typer.BadParameter("only a picture can be unfolded: add --graph", param_hint="--full")
    if not kind:
        counts = {name: len(held) for name, held in things.items()}
        return request.write(
            {"pack": pack.id, "version": pack.version, "kinds": counts}, lambda _: _overview(pack, counts)
        )
    if kind == "word":
        word = _word(id, things[kind]) if id else ""
        shown = {word: things[kind][word]} if word else things[kind]
        return request.write(shown, lambda shown: [line((word, "title"), f": {shown[word]}") for word in shown])
    if not id:
        if kind == "scenario":
            return request.write(scenarios, lambda _: _titles(pack, scenarios))
        return request.write(things[kind], lambda _: list_layout(pack, kind))
    thing = things[kind][known_name(id, things[kind], kind, "ID")]
    if kind == "scenario":
        if request.format in {Format.MARKDOWN, Format.HTML}:
            raise typer.BadParameter("a scenario is shown as its file stands: leave it out", param_hint="--format")
        with request.out as out, open(str(thing), encoding="utf-8") as file:  # noqa: PTH123
            out.text(file.read())
        return Exit.DONE
    return request.write(thing, lambda thing: thing_layout(pack, thing))


def _draw(request: ShowRequest, kind: str, form: options.GraphForm) -> Exit:
    if kind != "authority" or not request.id or request.format is not Format.TEXT:
        message = "a picture is of one authority, as in `authcheck show authority title-50 --graph mermaid`"
        raise typer.BadParameter(message, param_hint="--graph")
    from authcheck.rendering.graph.picture import rule_graph

    pack = request.pack
    authority = pack.authorities[known_name(request.id, pack.authorities, kind, "ID")]
    return request.draw(rule_graph(authority, pack, full=request.full), form)


def _kind(named: str, things: Mapping[str, Mapping[str, object]]) -> str:
    """Return the kind, also where it is written in the plural. Raises a usage error for anything else."""
    plurals = {"authorities": "authority", "lenses": "lens"}
    for singular in (plurals.get(named, named), named.removesuffix("s")):
        if singular in things:
            return singular
    shown = [f"`authcheck show {kind} {named}`" for kind, known in things.items() if named in known]
    if shown:
        raise typer.BadParameter(f"`{named}` is no kind of thing; see {' or '.join(shown)}", param_hint="KIND")
    return known_name(named, things, "kind of thing", "KIND")


def _word(named: str, words: Mapping[str, object]) -> str:
    """Return the word, also as the JSON has it or without its article. Raises a usage error where no answer has it."""
    word = named.lower().replace("-", " ")
    with_article = (f"{article} {word}" for article in ("a", "an", "the"))
    return known_name(next(filter(words.__contains__, with_article), word), words, "word of an answer", "ID")


def _overview(pack: Pack, counts: Mapping[str, int]) -> list[Line]:
    return [
        line((pack.title, "title"), f" ({pack.id} {pack.version})"),
        line(pack.review, indent=2),
        line(pack.disclaimer, indent=2),
        *(line(f"{count:>4}  ", (name, "title")) for name, count in counts.items()),
    ]


def _titles(pack: Pack, scenarios: Mapping[str, str]) -> list[Line]:
    head = line((f"Every scenario of {pack.title}", "name"))
    return [head, *(line((name, "title"), f"  {_title(path)}") for name, path in scenarios.items())]


def _title(path: str) -> str:
    """Return the title of a scenario's file, which its first line gives."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        first = next((row for row in file if row.startswith("scenario:")), "")
    return first.removeprefix("scenario:").strip().strip("\"'")
