"""authcheck compare."""

from __future__ import annotations

import datetime
import enum
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

import typer

from authcheck import __version__
from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.answer.building import answer_of
from authcheck.asking.contrast.comparison import Comparison, Side, comparison
from authcheck.asking.contrast.matrix import Matrix, matrix
from authcheck.asking.contrast.readings import Readings, readings_table
from authcheck.asking.precedents import Past, Precedents, find_precedents
from authcheck.cli import options
from authcheck.cli.answering import Asked
from authcheck.cli.exits import Exit, worst
from authcheck.cli.inputs import (
    date_of,
    known_name,
    load_scenarios,
    open_pack,
    read_choices,
    read_settings,
    spare_inputs,
    with_settings,
)
from authcheck.cli.output import Output, report
from authcheck.diagnostics import Diagnostic, Place
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact, Unstated

__all__ = ["compare"]

Given = TypeVar("Given")
Made = TypeVar("Made")
Result: TypeAlias = Comparison | Matrix | Readings | Precedents


class Format(enum.Enum):
    """The formats. CSV and Markdown are for courses of action."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class _Alone(enum.Enum):
    """What one scenario shows on its own, by the option that asks for it."""

    COURSES = "--courses"
    READINGS = "--readings"
    PRECEDENTS = "--precedents"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a side is answered from, beside its scenario."""

    lens: str
    readings: Mapping[str, str]
    as_of: datetime.date | None
    unstated: Unstated | None
    stated: Mapping[str, StatedFact]
    option: str = ""


def compare(
    scenario: options.OneScenario,
    other: options.OtherScenario = "",
    settings: options.Settings = None,
    as_of: options.AsOfEach = None,
    lens: options.LensOfEach = None,
    readings: options.ReadingChoices = None,
    unstated: options.UnstatedOfEach = None,
    option: options.OptionOfEach = None,
    courses: Annotated[bool, typer.Option("--courses", help="Set all courses of action side by side.")] = False,
    table: Annotated[bool, typer.Option("--readings", help="Show the verdict on every choice of readings.")] = False,
    precedents: Annotated[
        bool, typer.Option("--precedents", help="Show the past events that are most like it.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show what is the same as well.")] = False,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Text or JSON; of courses of action, CSV and Markdown too.")
    ] = Format.TEXT,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: Annotated[
        bool,
        typer.Option("--plain", envvar="AUTHCHECK_PLAIN", help="No colour and no wrapping, and no tables."),
    ] = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """Show what differs between two answers, from the fact, date or reading that causes it to the verdict.

    With one scenario, an option says what is otherwise on the second side; with two, it holds for both. Given
    twice, --as-of, --lens, --unstated and --option say what holds on either side. A scenario with courses of
    action has them set side by side where nothing else is asked.

    \b
    Examples:
      authcheck compare drone-attack day-75
      authcheck compare drone-attack --set attack_attributed_to_target=false
      authcheck compare soleimani --as-of 2025-12-17 --as-of 2025-12-18
      authcheck compare monthly-raids --lens ali --lens waxman
      authcheck compare three-courses
      authcheck compare monthly-raids --readings --lens all
      authcheck compare title-50-raid --precedents
    """
    spare_inputs(output, filter(None, [scenario, other]), pack)
    shows = _alone(courses=courses, readings=table, precedents=precedents)
    if shows is not None and other:
        raise typer.BadParameter(f"{shows.value} takes one scenario", param_hint="OTHER")
    if courses and option:
        raise typer.BadParameter("all courses of action are set side by side; leave it out", param_hint="--option")
    if [scenario, other] == ["-", "-"]:
        raise typer.BadParameter("standard input may stand for one of the two", param_hint="OTHER")
    if shows is None and not other and not any((settings, as_of, lens, readings, unstated, option)):
        shows = _Alone.COURSES
    if format in {Format.CSV, Format.MARKDOWN} and shows is not _Alone.COURSES:
        raise typer.BadParameter(f"{format.value} is for courses of action alone", param_hint="--format")
    found = open_pack(pack)
    stated, chosen = read_settings(settings or (), found), read_choices(readings or (), found)
    both = shows is not None or bool(other)
    bases = _bases(found)
    lenses = _each(
        "--lens", [known_name(one, found.lenses, "lens", "--lens") for one in lens or ()], bases.lens, both=both
    )
    days = _each("--as-of", [date_of(one) for one in as_of or ()], bases.as_of, both=both)
    rules = _each("--unstated", unstated or (), bases.unstated, both=both)
    named = _each("--option", option or (), "", both=both)
    second = _Chosen(lenses[1], chosen, days[1], rules[1], stated, named[1])
    first = _Chosen(lenses[0], chosen if both else {}, days[0], rules[0], stated if both else {}, named[0])
    if shows is not None and first != second:
        raise typer.BadParameter(f"{shows.value} has one side: give each option once", param_hint="SCENARIO")
    result: Result | None
    out = Output(output, options.colour_of(color), plain)
    if shows is None:
        result, exits = _compared([scenario, *filter(None, [other])], pack, found, (first, second))
    else:
        result, exits = _shown(shows, scenario, pack, found, first, asked=courses)
    if result is not None:
        _write(result, format, out, everything=everything)
    out.close()
    return worst(exits)


def _alone(*, courses: bool, readings: bool, precedents: bool) -> _Alone | None:
    asked = {_Alone.COURSES: courses, _Alone.READINGS: readings, _Alone.PRECEDENTS: precedents}
    named = [one for one, given in asked.items() if given]
    if len(named) > 1:
        raise typer.BadParameter(f"{named[0].value} and {named[1].value} exclude each other", param_hint=named[1].value)
    return named[0] if named else None


def _bases(pack: Pack) -> _Chosen:
    """Return what holds where no option says otherwise: what the environment says, or nothing."""
    lens, day, unstated = (os.environ.get(f"AUTHCHECK_{name}") for name in ("LENS", "AS_OF", "UNSTATED"))
    words = [one.value for one in Unstated]
    return _Chosen(
        lens=known_name(lens or DEFAULT_LENS, pack.lenses, "lens", "AUTHCHECK_LENS"),
        readings={},
        as_of=date_of(day or None),
        unstated=Unstated(known_name(unstated, words, "way", "AUTHCHECK_UNSTATED")) if unstated else None,
        stated={},
    )


def _each(option: str, given: Sequence[Given], base: Given, *, both: bool) -> tuple[Given, Given]:
    """Return what holds on each side. What is given once holds for both, or on the second side alone."""
    match given:
        case []:
            return base, base
        case [one]:
            return (one if both else base), one
        case [one, other]:
            return one, other
        case _:
            raise typer.BadParameter("there are two sides", param_hint=option)


def _compared(
    scenarios: Sequence[str], folder: Path | None, pack: Pack, chosen: tuple[_Chosen, _Chosen]
) -> tuple[Comparison | None, Sequence[Exit]]:
    """Return the comparison of two scenarios, or of one with itself; none where one cannot be answered."""
    decider = Decider(pack, version=__version__)
    waiting = list(chosen)

    def sides(scenario: Scenario) -> list[Side]:
        # One scenario has both sides; of two, each has the next.
        mine = chosen if len(scenarios) == 1 else [waiting.pop(0)]
        return [_side(scenario, one, decider) for one in mine]

    made, exits = _made(scenarios, folder, pack, sides)
    found = [side for some in made for side in some]
    return (None if exits else comparison(*found)), exits


def _side(scenario: Scenario, chosen: _Chosen, decider: Decider) -> Side:
    if chosen.option:
        known_name(chosen.option, scenario.options, "option of the scenario", "--option")
    asked = with_settings(scenario, chosen.stated, decider.pack)
    settings: dict[str, Any] = {
        "lens": chosen.lens,
        "readings": chosen.readings,
        "as_of": chosen.as_of,
        "unstated": chosen.unstated,
        "option": chosen.option,
    }
    decision = decider.decision(asked, **settings)
    return Side(decision, answer_of(decision))


def _shown(
    shows: _Alone, scenario: str, folder: Path | None, pack: Pack, chosen: _Chosen, *, asked: bool
) -> tuple[Matrix | Readings | Precedents | None, Sequence[Exit]]:
    """Return what one scenario shows on its own; none where it cannot be answered."""
    decider = Decider(pack, version=__version__)
    failed: list[Exit] = []

    def work(scenario: Scenario) -> Matrix | Readings | Precedents:
        side = _side(scenario, chosen, decider)
        match shows:
            case _Alone.READINGS:
                return readings_table(side.answer)
            case _Alone.PRECEDENTS:
                past = _past(scenario, folder, decider, chosen, failed)
                return find_precedents(side.decision, past)
            case _Alone.COURSES:
                if not scenario.options:
                    nothing = "the scenario has no `options:`" if asked else _NOTHING
                    raise typer.BadParameter(nothing, param_hint="--courses" if asked else "OTHER")
                each = (_side(scenario, replace(chosen, option=name), decider) for name in scenario.options)
                return matrix(side.answer, [one.answer for one in each])

    made, exits = _made([scenario], folder, pack, work)
    for one in made:
        if isinstance(one, Precedents) and not one.events:
            report([Diagnostic("no-precedents", "the pack tells of no past event", Place(pack.id))])
            return None, [*exits, *failed, Exit.NOTHING]
    return (made[0] if made else None), [*exits, *failed]


_NOTHING = (
    "nothing to compare with: name a second scenario, or give --set, --as-of, --lens, --reading, --unstated, "
    "--option, --readings or --precedents"
)


def _made(
    scenarios: Sequence[str], folder: Path | None, pack: Pack, work: Callable[[Scenario], Made]
) -> tuple[list[Made], Sequence[Exit]]:
    """Return what the work makes of each scenario that can be answered, and what the others come to."""
    for one in scenarios:
        if os.path.isdir(one):  # noqa: PTH112 - unlike `Path.is_dir`, it never raises.
            raise typer.BadParameter(f"`{one}` is a folder: name one scenario of it", param_hint="SCENARIO")
    asked = Asked(scenarios, folder, DEFAULT_LENS, (), None, None, (), "")
    found: list[Scenario] = []

    def one_more(scenario: Scenario, **_: object) -> Made:
        found.append(scenario)
        if len(found) > len(scenarios):
            raise typer.BadParameter("standard input holds more than one scenario", param_hint="SCENARIO")
        return work(scenario)

    made = [one for _, one in asked.each(pack, one_more)]
    return [one for one in made if not isinstance(one, tuple)], asked.exits


def _past(
    scenario: Scenario, folder: Path | None, decider: Decider, chosen: _Chosen, failed: list[Exit]
) -> Iterator[Past]:
    """Return the past events of the pack, but for the scenario itself; those that cannot be read are reported."""
    from authcheck.loading.folders import shipped_pack, shipped_scenarios

    paths = shipped_scenarios(folder or shipped_pack()).values()
    for loaded in load_scenarios(map(str, paths), decider.pack, folder):
        if loaded.scenario is None:
            report(loaded.problems)
            failed.append(Exit.INVALID)
        elif loaded.scenario.precedent is not None and loaded.scenario.digest != scenario.digest:
            yield Past(loaded.scenario, decider.decision(loaded.scenario, lens=chosen.lens, readings=chosen.readings))


def _write(result: Result, format: Format, out: Output, *, everything: bool) -> None:
    if format is Format.JSON:
        from authcheck.rendering.values import json_text

        out.text(json_text(result))
        return
    match result:
        case Comparison():
            from authcheck.rendering.layouts.comparison import comparison_layout

            out.lines(comparison_layout(result, everything=everything))
        case Readings():
            from authcheck.rendering.layouts.readings import readings_layout

            out.lines(readings_layout(result))
        case Precedents():
            from authcheck.rendering.layouts.precedents import precedents_layout

            out.lines(precedents_layout(result, everything=everything))
        case Matrix():
            _write_matrix(result, format, out, everything=everything)


def _write_matrix(found: Matrix, format: Format, out: Output, *, everything: bool) -> None:
    from authcheck.rendering.layouts.matrix import matrix_layout, matrix_rows
    from authcheck.rendering.on_markdown import markdown_text
    from authcheck.rendering.values import csv_text

    match format:
        case Format.CSV:
            out.text(csv_text(matrix_rows(found)))
        case Format.MARKDOWN:
            out.text(markdown_text(matrix_layout(found, everything=True)))
        case _:
            out.lines(matrix_layout(found, everything=everything))
