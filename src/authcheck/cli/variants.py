"""authcheck variants."""

from __future__ import annotations

import contextlib
import enum
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Annotated, Any

import typer

from authcheck import __version__
from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.asking.variants import Found, Variants, find_variants, variant_scenario, variants_of
from authcheck.cli import options
from authcheck.cli.answering import Asked
from authcheck.cli.exits import Exit, worst
from authcheck.cli.folder import write_folder
from authcheck.cli.inputs import known_name, spare_inputs
from authcheck.cli.output import Output
from authcheck.model.scenario import Scenario

__all__ = ["variants"]


class Format(enum.Enum):
    """The formats of the list."""

    TEXT = "text"
    JSON = "json"


class Facts(enum.Enum):
    """How many facts a variant changes."""

    ONE = "one"
    TWO = "two"


@dataclass(frozen=True, slots=True)
class _Result:
    """The variants of one scenario: as they are told, and what was found."""

    scenario: Scenario
    told: Variants
    found: Sequence[Found]


def variants(
    scenarios: options.Scenarios,
    most: Annotated[int, typer.Option("--number", "-n", metavar="N", min=1, help="How many, at most.")] = 10,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FOLDER", help="Write them here, each as a scenario with `expect:`.", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over files that exist.")] = False,
    facts: Annotated[
        Facts | None,
        typer.Option("--facts", help="Change one fact only, or two.", show_default="one or two"),
    ] = None,
    authority: Annotated[
        list[str] | None,
        typer.Option(
            "--authority",
            "-a",
            metavar="ID",
            help="Only what alters this authority; may be given several times.",
            autocompletion=options.authority_names,
            show_default="any",
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="Text, or JSON.")] = Format.TEXT,
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
    """Find the changes of one or two facts that alter a verdict, or what a dispute turns on.

    Those that teach most come first: an authority gained or lost, a dispute settled or opened, a silence met. A
    change of two facts is named where neither fact alone does the same.

    \b
    Examples:
      authcheck variants drone-attack
      authcheck variants drone-attack --authority article-ii
      authcheck variants title-50-raid --unstated absent --facts two
      authcheck variants drone-attack -n 5 --out variants/
    """
    if folder is not None and readings:
        raise typer.BadParameter("an expectation names a lens and no reading: leave out --reading", param_hint="--out")
    spare_inputs(output, scenarios, pack)
    asked = Asked(scenarios, pack, lens, readings or (), as_of, unstated, settings or (), option)
    found = asked.pack()
    for name in authority or ():
        known_name(name, found.authorities, "authority", "--authority")
    decider = Decider(found, version=__version__)
    sizes = {None: {1, 2}, Facts.ONE: {1}, Facts.TWO: {2}}[facts]

    def work(scenario: Scenario, **chosen: Any) -> _Result:  # noqa: ANN401 - they are those of `Decider.decision`.
        decision = decider.decision(scenario, **chosen)
        with _told_if_long(scenario):
            every = find_variants(decision, authority or ())
        shown = [one for one in every if len(one.stated) in sizes][:most]
        told = variants_of(every, shown, decision, authority or ())
        return _Result(scenario, told, shown)

    every = list(asked.each(found, work))
    results = [one for _, one in every if isinstance(one, _Result)]
    files = _written(results, folder, force=force) if folder is not None else []
    asked.exits.extend(Exit.NOTHING for one in results if not one.found)
    out = Output(output, options.colour_of(color), plain)
    if format is Format.JSON:
        asked.write_json([(name, one.told if isinstance(one, _Result) else one) for name, one in every], out)
    else:
        _write([one.told for one in results], files, out)
    out.close()
    return worst(asked.exits)


def _written(results: Sequence[_Result], folder: Path, *, force: bool) -> list[Path]:
    """Write every variant as a scenario; return the files."""
    from authcheck.rendering.scenario_file import scenario_file

    texts: list[tuple[str, str]] = []
    for result in results:
        for variant, found in zip(result.told.variants, result.found, strict=True):
            scenario = variant_scenario(result.scenario, result.told.option, variant, found)
            changed = " and ".join(f"{one.fact}: {one.before} → {one.after}" for one in variant.changes)
            comments = [f"A variant of {result.told.scenario}. {changed}.", f"It isolates {variant.isolates}."]
            texts.append((f"{variant.name}.yaml", scenario_file(scenario, comments)))
    return write_folder(folder, texts, force=force)


def _write(told: Sequence[Variants], files: Sequence[Path], out: Output) -> None:
    from authcheck.rendering.layouts.variants import variants_layout

    rest = iter(files)
    out.blocks(variants_layout(one, [str(next(rest)) for _ in one.variants] if files else ()) for one in told)


@contextlib.contextmanager
def _told_if_long(scenario: Scenario) -> Iterator[None]:
    """Say on a terminal what is going on, if it takes more than a moment."""

    def tell() -> None:
        sys.stderr.write(f"trying changes of {scenario.id} …\n")

    timer = Timer(2.0, tell)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
