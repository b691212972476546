"""authcheck new."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from authcheck.asking.beginning import Beginning, begin, main_activity
from authcheck.asking.suggestions import Suggestion, suggestions
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.inputs import date_of, known_name, open_pack
from authcheck.cli.output import Output, spare_file
from authcheck.diagnostics import Place
from authcheck.loading.files import printable, read_text
from authcheck.loading.writing import scenario_file
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from authcheck.rendering.skeleton import skeleton_head, skeleton_lines

__all__ = ["new"]

_STORY = "Tell here what is done, by whom, where and against whom, and what came before it."
_WIDTH = 100
_SCHEMA = "scenario.schema.json"


@dataclass(kw_only=True, eq=False, repr=False)
class NewRequest:
    """What is to be begun."""

    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The file to begin, or - for standard output.", autocompletion=candidates.any_files
        ),
    ]
    authorities: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="ID,...",
            help="Only the facts that bear on these authorities.",
            autocompletion=candidates.authorities,
        ),
    ] = None
    activity: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="VALUE",
            help="State the main activity, a value of `operation_type`; of the facts, only those that then bear.",
            show_default=False,
        ),
    ] = ""
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="The scenario's date.", show_default="the pack's"),
    ] = None
    story: Annotated[
        Path | None,
        typer.Option(
            "--from-text",
            metavar="FILE",
            help="Begin with the story of this text, and list beside each fact what its words suggest.",
            autocompletion=candidates.any_files,
        ),
    ] = None
    title: Annotated[str, typer.Option("--title", help="Its title.", show_default="the name of the file")] = ""
    force: options.Force = False
    folder: options.PackFolder = None


@asking(NewRequest)
def new(request: NewRequest) -> Exit:
    """Begin a scenario: a file with the facts that bear, each with its question and its choices, to be filled in.

    \b
    Examples:
      authcheck new my-raid.yaml --for title-50,article-ii
      authcheck new my-strike.yaml --type airstrike --as-of 2025-02-04
      authcheck new my-own.yaml --from-text story.txt

    What a text suggests stands as `# suggested: fact: value  # its words`: nothing is stated before you take away
    what stands before the fact. `check` says so while one is left.
    """
    pack, path = open_pack(request.folder), _path(request)
    names = [name for given in request.authorities or () for name in given.split(",") if name]
    named = [known_name(name, pack.authorities, "authority", "--for") for name in names]
    if request.activity:
        main = main_activity(pack)
        known_name(request.activity, main.values, f"value of `{main.fact}`", "--type")
    day = date_of(request.as_of) or pack.as_of
    told = "" if request.story is None else read_text(request.story).strip()
    suggested = suggestions(told, pack, day)
    if not named:
        meant = next((str(one.value) for one in suggested if one.fact == main_activity(pack).fact), "")
        named = [*begin(pack, day, request.activity or meant).authorities]
    beginning = begin(pack, day, request.activity, named, [one.fact for one in suggested])
    text = _skeleton(pack, beginning, printable(request.title).strip() or _title(path), _wrapped(told), suggested)
    with Output(path, force=request.force) as out:
        out.text(text)
    if path is not None:
        beside = path.with_name(_SCHEMA)
        hint = "" if beside.exists() else f"\nFor the editor: authcheck schema scenario -o {printable(str(beside))}"
        count = f", of which the words of the text suggest {len(suggested) or 'none'}" if request.story else ""
        name = printable(str(path))
        sys.stderr.write(f"{name} is begun, with {len(beginning.facts)} facts to fill in{count}.{hint}\n")
    return Exit.DONE


def _path(request: NewRequest) -> Path | None:
    """Return the file to begin. Raises a usage error where its name is none of a scenario, or it is there."""
    path = None if request.file == "-" else Path(request.file)
    if path is not None and path.suffix.lower() not in {".yaml", ".yml"}:
        raise typer.BadParameter("the name of a scenario's file ends in `.yaml`", param_hint="FILE")
    spare_file(path, "FILE", force=request.force)
    return path


def _title(path: Path | None) -> str:
    return "A scenario" if path is None else printable(path.stem.replace("-", " ").replace("_", " ").capitalize())


def _wrapped(story: str) -> str:
    """Return the story in lines that can be read, its paragraphs kept."""
    return "\n".join(textwrap.fill(printable(line), _WIDTH) for line in story.splitlines())


def _skeleton(pack: Pack, beginning: Beginning, title: str, story: str, suggested: Sequence[Suggestion]) -> str:
    """Return the text of the file."""
    facts = {beginning.operation.fact: beginning.operation}
    scenario = Scenario("", title, Place(""), "", facts, description=story or _STORY, as_of=beginning.as_of)
    titles = {name: authority.title for name, authority in pack.authorities.items()}
    text = scenario_file(scenario, skeleton_head(beginning, titles, _SCHEMA))
    # The one stated fact is the last line.
    *head, stated = text.splitlines()
    if beginning.operation.values:
        head.append(stated)
    return "\n".join([*head, *skeleton_lines(beginning, stated, suggested), ""])
