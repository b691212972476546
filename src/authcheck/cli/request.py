"""What commands are asked, as options, and what all of them do with it: open, answer each scenario, write, exit."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from authcheck import __version__
from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.answer.answer import Answer
from authcheck.answer.decider import Terms
from authcheck.answer.problem import problem_record
from authcheck.answer.record import Record
from authcheck.answer.states_met import StatesMet
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import Format
from authcheck.cli.inputs import (
    date_of,
    known_name,
    load_scenarios,
    one_activity,
    open_pack,
    read_choices,
    read_settings,
    spare_inputs,
    with_settings,
)
from authcheck.cli.output import Layout, Output, report, spare_file, write_results
from authcheck.decision.decision import Decision
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.frozen import dataclass as frozen_dataclass
from authcheck.loading.cache import default_cache
from authcheck.loading.files import printable
from authcheck.loading.folders import Loaded
from authcheck.loading.record_files import is_record_file
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact
from authcheck.wording import listed

if TYPE_CHECKING:
    # Pictures wait until one is asked for.
    from authcheck.rendering.graph.picture import Graph

__all__ = ["Basis", "Display", "Problems", "Request", "ScenarioRequest", "layout_of_answers"]

Result = TypeVar("Result")
Problems: TypeAlias = tuple[Diagnostic, ...]


@frozen_dataclass(frozen=True, slots=True)
class Basis:
    """On what terms a scenario is decided, and what is stated anew of it."""

    terms: Terms
    stated: Mapping[str, StatedFact]
    activity: str = ""
    is_of_many: bool = False

    def decision(self, scenario: Scenario, decider: Decider) -> Decision:
        """Return what the scenario comes to.

        Raises AuthcheckError where it has several activities and none is chosen. For a course of action or an activity
        that it does not have it raises a usage error or, where it is one of many, AuthcheckError too.
        """
        return decider.decision(self._asked(scenario, decider), **self.terms)

    def record(self, scenario: Scenario, decider: Decider, *, powers: bool = True) -> Record:
        """Return the verdicts alone, those on powers only where these are asked for. Raises as `decision` does."""
        return decider.record(self._asked(scenario, decider), powers=powers, **self.terms)

    def _asked(self, scenario: Scenario, decider: Decider) -> Scenario:
        try:
            part = one_activity(scenario, self.activity)
            if self.terms["option"]:
                known_name(self.terms["option"], part.options, "option of the scenario", "--option")
        except typer.BadParameter as error:
            if not self.is_of_many:
                raise
            raise AuthcheckError([Diagnostic("not-in-scenario", error.message, scenario.place)]) from None
        return with_settings(part, self.stated, decider.pack)


@dataclass(kw_only=True, eq=False, repr=False)
class Display:
    """From which pack a command answers, and how its result looks. `exits` gathers what the inputs come to."""

    format: Format
    folder: options.PackFolder = None
    plain: options.Plain = False
    color: options.ColourOption = options.Colour.AUTO
    exits: list[Exit] = field(default_factory=list, init=False)

    def __getstate__(self) -> dict[str, object]:
        """Return what is asked: another process makes for itself what is made of it."""
        made = {
            name for kind in type(self).__mro__ for name, one in vars(kind).items() if isinstance(one, cached_property)
        }
        return {name: value for name, value in vars(self).items() if name not in made}

    @property
    def is_read_out(self) -> bool:
        """Whether a screen reader is to follow: nothing is drawn twice, and replies have numbers."""
        return self.plain or bool(os.environ.get("AUTHCHECK_ACCESSIBLE"))

    @cached_property
    def pack(self) -> Pack:
        """The pack."""
        return open_pack(self.folder)

    @cached_property
    def decider(self) -> Decider:
        """Who answers from the pack."""
        return Decider(self.pack, version=__version__, met=StatesMet(self.pack, default_cache(__version__)))

    def keep_states(self) -> None:
        """Keep the verdicts of the states that this run has decided first, for those after it."""
        if self.decider.met is not None:
            self.decider.met.keep()

    def output_to(self, path: Path | None, *, force: bool = False) -> Output:
        """Return where a result goes: a file, in place of one that exists only if forced, or else standard output."""
        colour = None if self.color is options.Colour.AUTO else self.color is options.Colour.ALWAYS
        return Output(path, colour, self.is_read_out, force)

    def fail(self, problems: Iterable[Diagnostic], status: Exit = Exit.INVALID) -> None:
        """Report what is wrong, and end with the status."""
        report(problems)
        self.exits.append(status)


@dataclass(kw_only=True, eq=False, repr=False)
class Request(Display):
    """What a command is asked that writes a result. Raises a usage error where that would replace what is to stay."""

    output: options.OutputFile = None
    force: options.Force = False

    def __post_init__(self) -> None:
        """Spare what is read, and what is there."""
        spare_inputs(self.output, self.inputs, self.folder)
        spare_file(self.output, "--output", force=self.force)

    @property
    def inputs(self) -> Sequence[str]:
        """What is read beside the pack."""
        return ()

    @property
    def out(self) -> Output:
        """Where the result goes."""
        return self.output_to(self.output, force=self.force)

    def results_of(
        self, arguments: Iterable[str], work: Callable[[Scenario], Result], exclude: Sequence[str] = ()
    ) -> Iterator[tuple[str, Result | Problems]]:
        """Return what the work makes of each scenario, or its problems, which are reported as well, with its name."""
        for count, loaded in enumerate(load_scenarios(arguments, self.pack, self.folder, exclude), start=1):
            if not self.is_read_out:
                _progress(count)
            problems = loaded.problems
            if loaded.scenario is not None:
                try:
                    yield loaded.name, work(loaded.scenario)
                    continue
                except AuthcheckError as error:
                    problems = tuple(_with_lines(problem, loaded) for problem in error.diagnostics)
            nothing = all(problem.code == "no-scenarios" for problem in problems)
            self.fail(problems, Exit.NOTHING if nothing else Exit.INVALID)
            yield loaded.name, problems

    def write(self, result: Result, layout: Layout[Result]) -> Exit:
        """Write the one result in the form that is asked for; return the exit status."""
        with self.out as out:
            write_results([result], layout, self.format, out)
        return worst(self.exits)

    def draw(self, graph: Graph | None, form: options.GraphForm) -> Exit:
        """Write the picture, if there is one; return the exit status."""
        with self.out as out:
            if graph is not None:
                out.text(_drawn(graph, form))
        return worst(self.exits)


@dataclass(kw_only=True, eq=False, repr=False)
class ScenarioRequest(Request):
    """What is asked of every scenario."""

    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="A file, a folder, the name of a scenario that comes with the pack, or - for standard input: one "
            "scenario as YAML, or many as JSON, one on each line, as in a file that ends in .jsonl.",
            autocompletion=candidates.scenarios,
        ),
    ]
    lens: options.LensName = DEFAULT_LENS
    readings: options.Readings = None
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            envvar="AUTHCHECK_AS_OF",
            help="Answer for this date.",
            show_default="the scenario's",
        ),
    ] = None
    unstated: options.UnstatedRule = None
    settings: options.Settings = None
    option: Annotated[
        str,
        typer.Option(
            "--option",
            metavar="NAME",
            help="Answer for one of the scenario's courses of action.",
            autocompletion=candidates.courses,
        ),
    ] = ""
    activity: Annotated[
        str, typer.Option("--activity", metavar="NAME", help="Answer for one of the scenario's activities.")
    ] = ""
    exclude: options.Exclude = None

    @property
    def inputs(self) -> Sequence[str]:
        """The scenarios."""
        return self.scenarios

    @cached_property
    def pack(self) -> Pack:
        """The pack, once the lens is known to be one of it."""
        pack = open_pack(self.folder)
        known_name(self.lens, pack.lenses, "lens", "--lens")
        return pack

    @cached_property
    def basis(self) -> Basis:
        """On what terms the scenarios are decided. Raises a usage error where one of them cannot be read."""
        day = date_of(self.as_of)
        stated = read_settings(self.settings or (), self.pack)
        readings = read_choices(self.readings or (), self.pack)
        terms = Terms(lens=self.lens, readings=readings, as_of=day, unstated=self.unstated, option=self.option)
        return Basis(terms, stated, self.activity, self.are_many)

    def authorities(self, names: Iterable[str] | None) -> tuple[str, ...]:
        """Return the authorities that `--authority` names. Raises a usage error where one is not known."""
        return tuple(known_name(name, self.pack.authorities, "authority", "--authority") for name in names or ())

    def show(self, work: Callable[[Decision], Result], layout: Layout[Result]) -> Exit:
        """Write what the work makes of each scenario in the form that is asked for; return the exit status."""
        return self.write_each(self.results(work), layout)

    def results(self, work: Callable[[Decision], Result]) -> Iterator[tuple[str, Result | Problems]]:
        """Return what the work makes of each decision, or the problems of the scenario, as `results_of` does."""
        basis = self.basis

        def worked(scenario: Scenario) -> Result:
            decision = basis.decision(scenario, self.decider)
            self._say_what_is_left_out(decision)
            return work(decision)

        return self.results_of(self.scenarios, worked, self.exclude or ())

    def _say_what_is_left_out(self, decision: Decision) -> None:
        """Say beside an answer in words, to one question, that it leaves a scenario's courses of action out."""
        scenario = decision.inquiry.scenario
        if self.format is Format.TEXT and scenario.options and not self.option:
            named = listed((f"`--option {name}`" for name in scenario.options), "or")
            words = f"{scenario.place.file}: its courses of action are left out; for one of them add {named}"
            sys.stderr.write(f"{printable(words)}\n")

    def again(self, command: str, name: str) -> str:
        """Return the command line that asks this of one scenario; empty where it has no name that can be typed."""
        # One of the pack goes by the name that was typed.
        typed = next((argument for argument in self.scenarios if argument in {name, Path(name).stem}), name)
        if typed == name and not os.path.lexists(name):
            return ""
        given: list[str] = []
        for option, values in (
            ("--lens", [self.lens] if self.lens != DEFAULT_LENS or "AUTHCHECK_LENS" in os.environ else []),
            ("--reading", self.readings or []),
            # What the environment says holds the next time too.
            ("--as-of", [self.as_of] if self.as_of and "AUTHCHECK_AS_OF" not in os.environ else []),
            ("--unstated", [self.unstated.value] if self.unstated and "AUTHCHECK_UNSTATED" not in os.environ else []),
            ("--option", [self.option] if self.option else []),
            ("--activity", [self.activity] if self.activity else []),
            ("--pack", [str(self.folder)] if self.folder else []),
            ("--set", self.settings or []),
        ):
            given += [word for value in values for word in (option, value)]
        return shlex.join(["authcheck", command, typed, *given])

    def write_each(
        self, results: Iterable[tuple[str, Result | Problems]], layout: Layout[Result], *, paged: bool = False
    ) -> Exit:
        """Write the results of all scenarios in the form that is asked for; return the exit status.

        What is `paged` is shown through a pager, where that is on a terminal.

        As JSON, one scenario is an object, and several are a list in which each has its place. Which of the two is
        by what was asked, not by what could be answered. One that could not be answered has a record of its
        problems in the list; alone, it has nothing.
        """
        with self.out as out:
            out.paged = paged and self.format is Format.TEXT
            if self.format is Format.JSON:
                results = list(results)
                if self.are_many and [name for name, _ in results] != ["<stdin>"]:
                    from authcheck.rendering.values import json_text

                    out.text(json_text([_record(name, result) for name, result in results]))
                    return worst(self.exits)
            write_results((result for _, result in results if not isinstance(result, tuple)), layout, self.format, out)
        return worst(self.exits)

    @property
    def are_many(self) -> bool:
        """Whether more than one scenario may be asked about."""
        first = self.scenarios[0]
        return len(self.scenarios) > 1 or first == "-" or is_record_file(Path(first)) or os.path.isdir(first)  # noqa: PTH112 - it never raises.


def layout_of_answers(form: Format) -> Layout[Answer]:
    """Return how an answer is shown: with all that stands behind it where it is kept, and without on a screen."""
    if form is Format.TEXT:
        from authcheck.rendering.layouts.answer import answer_with_limits

        return answer_with_limits
    from authcheck.rendering.layouts.in_full import answer_in_full

    return answer_in_full


def _drawn(graph: Graph, form: options.GraphForm) -> str:
    """Return the picture in its form. Raises a usage error where what draws it is not installed."""
    match form:
        case options.GraphForm.MERMAID:
            from authcheck.rendering.graph.mermaid import mermaid_text

            return mermaid_text(graph)
        case options.GraphForm.DOT:
            from authcheck.rendering.graph.dot import dot_text

            return dot_text(graph)
        case options.GraphForm.SVG:
            from authcheck.rendering.graph.svg import CannotDrawError, svg_text

            try:
                return svg_text(graph)
            except CannotDrawError as error:
                raise typer.BadParameter(str(error), param_hint="--graph") from None


def _record(name: str, result: object) -> object:
    return problem_record(name, result) if isinstance(result, tuple) else result


def _progress(count: int) -> None:
    """Count long work on a terminal, and nowhere else."""
    if count % 100 == 0 and sys.stderr.isatty():
        sys.stderr.write(f"\r{count} scenarios\r")


def _with_lines(problem: Diagnostic, loaded: Loaded) -> Diagnostic:
    """Return the problem with the lines around its place, where these are at hand."""
    from authcheck.loading.files import read_text, with_excerpt

    if loaded.path is None or not problem.place.line or problem.place.file == "--set":
        return problem
    return with_excerpt(problem, read_text(loaded.path))
