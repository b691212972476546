"""authcheck compare."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, TypeVar

import typer

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.building import answer_of
from authcheck.answer.decider import Terms
from authcheck.asking.contrast.comparison import Side, comparison
from authcheck.asking.contrast.matrix import Matrix, matrix
from authcheck.asking.contrast.readings import Readings, readings_table
from authcheck.asking.precedents import Past, Precedents, find_precedents
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import RESULT_FORMS, Format, asking
from authcheck.cli.inputs import date_of, known_name, load_scenarios, one_activity, read_choices, read_settings
from authcheck.cli.output import Layout
from authcheck.cli.request import Basis, Request
from authcheck.diagnostics import Diagnostic, Place
from authcheck.loading.files import quoted
from authcheck.model.scenario import Scenario, Unstated

__all__ = ["compare"]

Given = TypeVar("Given")
Result = TypeVar("Result")

_NOTHING = (
    "nothing to compare with: name a second scenario, or give --set, --as-of, --lens, --reading, --unstated, "
    "--option, --activity, --readings or --precedents"
)


@dataclass(kw_only=True, eq=False, repr=False)
class ComparisonRequest(Request):
    """What is asked of one scenario or two; an option given twice says what holds on either side."""

    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A file, the name of a scenario that comes with the pack, or - for standard input.",
            autocompletion=candidates.scenarios,
        ),
    ]
    other: Annotated[
        str,
        typer.Argument(metavar="OTHER", help="Another one, to hold against it.", autocompletion=candidates.scenarios),
    ] = ""
    settings: options.Settings = None
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help="Answer for this date.",
            show_default="AUTHCHECK_AS_OF, or the scenario's",
        ),
    ] = None
    lens: Annotated[
        list[str] | None,
        typer.Option(
            "--lens",
            metavar="NAME",
            help="Whose readings count; `authcheck show lens` lists them.",
            autocompletion=candidates.lenses,
            show_default="AUTHCHECK_LENS, or documents",
        ),
    ] = None
    readings: options.Readings = None
    unstated: Annotated[
        list[Unstated] | None,
        typer.Option(
            "--unstated",
            metavar="default|absent|unknown",
            help="What a fact is taken to be that the scenario does not state.",
            show_default="AUTHCHECK_UNSTATED, or as the scenario says",
        ),
    ] = None
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option", metavar="NAME", help="One of the courses of action.", autocompletion=candidates.courses
        ),
    ] = None
    activity: Annotated[
        list[str] | None, typer.Option("--activity", metavar="NAME", help="One of the scenario's activities.")
    ] = None

    @property
    def inputs(self) -> Sequence[str]:
        """The scenarios."""
        return [name for name in (self.scenario, self.other) if name]

    @property
    def names_another_side(self) -> bool:
        """Whether anything is given that a second side could differ in."""
        two = len(self.activity or ()) > 1
        given = (self.other, self.settings, self.as_of, self.lens, self.readings, self.unstated, self.option)
        return two or any(given)

    def bases(self, *, both: bool) -> tuple[Basis, Basis]:
        """Return on what each side is decided: what is given once holds on both, or on the second alone."""
        lens, day, rule = (os.environ.get(f"AUTHCHECK_{name}") for name in ("LENS", "AS_OF", "UNSTATED"))
        rules = [unstated.value for unstated in Unstated]
        stated, readings = read_settings(self.settings or (), self.pack), read_choices(self.readings or (), self.pack)
        lenses = _pair(
            "--lens",
            [known_name(name, self.pack.lenses, "lens", "--lens") for name in self.lens or ()],
            known_name(lens or DEFAULT_LENS, self.pack.lenses, "lens", "AUTHCHECK_LENS"),
            both=both,
        )
        days = _pair("--as-of", [date_of(text) for text in self.as_of or ()], date_of(day or None), both=both)
        usual = Unstated(known_name(rule, rules, "way", "AUTHCHECK_UNSTATED")) if rule else None
        unstated = _pair("--unstated", self.unstated or (), usual, both=both)
        named = _pair("--option", self.option or (), "", both=both)
        # Of one scenario both sides are the same activity, unless two are given.
        activities = _pair("--activity", self.activity or (), "", both=True)
        first, second = (
            Terms(
                lens=lenses[side],
                readings=readings if both or side else {},
                as_of=days[side],
                unstated=unstated[side],
                option=named[side],
            )
            for side in (0, 1)
        )
        return Basis(first, stated if both else {}, activities[0]), Basis(second, stated, activities[1])

    def basis(self, flag: str) -> Basis:
        """Return on what the one side is decided of which the flag asks. Raises a usage error where there are two."""
        if self.other:
            raise typer.BadParameter(f"{flag} takes one scenario", param_hint="OTHER")
        first, second = self.bases(both=True)
        if first != second:
            raise typer.BadParameter(f"{flag} has one side: give each option once", param_hint="SCENARIO")
        return first

    def sides(self, bases: Sequence[Basis], scenario: Scenario) -> list[Side]:
        """Return what the scenario comes to on each basis."""
        decisions = [basis.decision(scenario, self.decider) for basis in bases]
        return [Side(decision, answer_of(decision)) for decision in decisions]

    def result(self, argument: str, work: Callable[[Scenario], Result]) -> Result | None:
        """Return what the work makes of the scenario; none, and a report, where it cannot be answered."""
        results: list[Result] = []
        for _, result in self.results_of([argument], work):
            if not isinstance(result, tuple):
                results.append(result)
            if len(results) > 1:
                holder = "standard input" if argument == "-" else quoted(argument)
                raise typer.BadParameter(f"{holder} holds more than one scenario", param_hint="SCENARIO")
        return results[0] if results else None

    def show(self, work: Callable[[Scenario], Result], layout: Layout[Result]) -> Exit:
        """Write what the work makes of the one scenario, if it can be answered; return the exit status."""
        result = self.result(self.scenario, work)
        return worst(self.exits) if result is None else self.write(result, layout)


@asking(ComparisonRequest, forms=(*RESULT_FORMS, Format.CSV))
def compare(
    request: ComparisonRequest,
    courses: Annotated[bool, typer.Option("--courses", help="Set all courses of action side by side.")] = False,
    table: Annotated[bool, typer.Option("--readings", help="Show the verdict on every choice of readings.")] = False,
    precedents: Annotated[
        bool, typer.Option("--precedents", help="Show the past events that are most like it.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show what is the same as well.")] = False,
) -> Exit:
    """Show what differs between two answers, from the fact, date or reading that causes it to the verdict.

    With one scenario, an option says what is otherwise on the second side; with two, it holds for both. Given
    twice, --as-of, --lens, --unstated and --option say what holds on either side. A scenario with courses of
    action has them set side by side where nothing else is asked; only these can be written as CSV.

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
    asked = {"--courses": courses, "--readings": table, "--precedents": precedents}
    flags = [flag for flag, given in asked.items() if given]
    if len(flags) > 1:
        raise typer.BadParameter(f"{flags[0]} and {flags[1]} exclude each other", param_hint=flags[1])
    if courses and request.option:
        raise typer.BadParameter("all courses of action are set side by side; leave it out", param_hint="--option")
    are_courses = courses or not (flags or request.names_another_side)
    if request.format is Format.CSV and not are_courses:
        raise typer.BadParameter("csv is for courses of action alone", param_hint="--format")
    for name in request.inputs:
        if os.path.isdir(name):  # noqa: PTH112 - unlike `Path.is_dir`, it never raises.
            raise typer.BadParameter(f"`{name}` is a folder: name one scenario of it", param_hint="SCENARIO")
    if table:
        return _show_readings(request)
    if precedents:
        return _show_precedents(request, everything=everything)
    if are_courses:
        return _show_courses(request, named=courses, everything=everything)
    return _show_difference(request, everything=everything)


def _pair(option: str, given: Sequence[Given], usual: Given, *, both: bool) -> tuple[Given, Given]:
    """Return what holds on each side. What is given once holds for both, or on the second side alone."""
    match given:
        case []:
            return usual, usual
        case [second]:
            return (second if both else usual), second
        case [first, second]:
            return first, second
        case _:
            raise typer.BadParameter("there are two sides", param_hint=option)


def _show_difference(request: ComparisonRequest, *, everything: bool) -> Exit:
    """Compare two scenarios, or one on two bases."""
    from authcheck.rendering.layouts.comparison import comparison_layout

    if request.inputs == ["-", "-"]:
        raise typer.BadParameter("standard input may stand for one of the two", param_hint="OTHER")
    bases = request.bases(both=bool(request.other))
    of_each = [(name, [basis]) for name, basis in zip(request.inputs, bases, strict=False)]
    sides: list[Side] = []
    for name, on in of_each if request.other else [(request.scenario, bases)]:
        sides += request.result(name, partial(request.sides, on)) or ()
    if request.exits:
        return worst(request.exits)
    return request.write(comparison(*sides), lambda result: comparison_layout(result, everything=everything))


def _show_courses(request: ComparisonRequest, *, named: bool, everything: bool) -> Exit:
    """Set the courses of action of one scenario beside it as it stands."""
    from authcheck.rendering.layouts.matrix import matrix_layout, matrix_rows
    from authcheck.rendering.values import csv_text

    basis = request.basis("--courses")

    def work(scenario: Scenario) -> Matrix:
        one_activity(scenario, basis.activity)
        if not scenario.options:
            nothing = "the scenario has no `options:`" if named else _NOTHING
            raise typer.BadParameter(nothing, param_hint="--courses" if named else "OTHER")
        courses = [
            Basis(basis.terms | Terms(option=option), basis.stated, basis.activity)
            for option in ("", *scenario.options)
        ]
        base, *others = (answer_of(course.decision(scenario, request.decider)) for course in courses)
        return matrix(base, others)

    if request.format is not Format.CSV:
        return request.show(work, lambda result: matrix_layout(result, everything=everything))
    result = request.result(request.scenario, work)
    with request.out as out:
        if result is not None:
            out.text(csv_text(matrix_rows(result)))
    return worst(request.exits)


def _show_readings(request: ComparisonRequest) -> Exit:
    """Show the verdict on every choice of readings."""
    from authcheck.rendering.layouts.readings import readings_layout

    basis = request.basis("--readings")

    def work(scenario: Scenario) -> Readings:
        return readings_table(answer_of(basis.decision(scenario, request.decider)))

    return request.show(work, readings_layout)


def _show_precedents(request: ComparisonRequest, *, everything: bool) -> Exit:
    """Show the past events of the pack beside the scenario."""
    from authcheck.rendering.layouts.precedents import precedents_layout

    basis = request.basis("--precedents")

    def work(scenario: Scenario) -> Precedents:
        return find_precedents(basis.decision(scenario, request.decider), _past(request, scenario, basis))

    result = request.result(request.scenario, work)
    if result is None:
        return worst(request.exits)
    if not result.events:
        request.fail(
            [Diagnostic("no-precedents", "the pack tells of no past event", Place(request.pack.id))], Exit.NOTHING
        )
        return worst(request.exits)
    return request.write(result, lambda result: precedents_layout(result, everything=everything))


def _past(request: ComparisonRequest, scenario: Scenario, basis: Basis) -> Iterator[Past]:
    """Return the past events of the pack, but for the scenario itself; those that cannot be read are reported."""
    from authcheck.loading.folders import shipped_pack, shipped_scenarios

    paths = shipped_scenarios(request.folder or shipped_pack()).values()
    terms = Terms(lens=basis.terms["lens"], readings=basis.terms["readings"])
    for loaded in load_scenarios(map(str, paths), request.pack, request.folder):
        if loaded.scenario is None:
            request.fail(loaded.problems)
        elif loaded.scenario.precedent is not None and loaded.scenario.digest != scenario.digest:
            for part in loaded.scenario.parts:
                yield Past(part, request.decider.decision(part, **terms))
