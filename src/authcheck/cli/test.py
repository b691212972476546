"""authcheck test."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from authcheck.asking.expectations import Aspect, ExpectationResult, check_expectations, expected_today
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.failures import FailedBefore
from authcheck.cli.frame import RESULT_FORMS, Format, asking
from authcheck.cli.inputs import known_name, load_scenarios
from authcheck.cli.output import report, write_files, write_folder
from authcheck.cli.request import Request
from authcheck.cli.watching import watched
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, Severity
from authcheck.loading.amendments import Amendment, CannotAmendError, amended, ended
from authcheck.loading.files import quoted
from authcheck.loading.folders import Loaded, coverage_scenarios, scenario_paths, shipped_pack
from authcheck.model.scenario import Expectation, Scenario
from authcheck.rendering.layout import Block
from authcheck.rendering.layouts.expectations import expectations_layout
from authcheck.rendering.test_reports import github_report, junit_text, tap_lines

if TYPE_CHECKING:
    # What is shown is looked at where it is asked for.
    from authcheck.asking.coverage import Coverage, Point, Proposal

__all__ = ["test"]


@dataclass(kw_only=True, eq=False, repr=False)
class TestRequest(Request):
    """What is to be tested."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Scenarios, or folders of them, with `expect:`.",
            show_default="the scenarios of the pack",
            autocompletion=candidates.scenarios,
        ),
    ] = None
    keyword: Annotated[str, typer.Option("-k", metavar="WORD", help="Only scenarios whose name holds the word.")] = ""
    first: Annotated[bool, typer.Option("-x", help="End with the first scenario that fails.")] = False
    last_failed: Annotated[
        bool,
        typer.Option("--last-failed", help="Only those that failed the last time here; all, where none did."),
    ] = False
    write_expected: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Where the answer differs, correct `expect:` in the file; where there is none, add it. "
            "The rest of the file stays as it is.",
        ),
    ] = False
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Say what the scenarios show of the pack, what they miss and why."),
    ] = False
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--authority",
            "-a",
            metavar="ID",
            help="With --coverage: of this authority alone; may be given several times.",
            autocompletion=candidates.authorities,
        ),
    ] = None
    threshold: Annotated[
        int | None,
        typer.Option(
            "--threshold", metavar="PERCENT", min=0, max=100, help="Exit 1 where they show less of what can be shown."
        ),
    ] = None
    write_missing: Annotated[
        Path | None,
        typer.Option(
            "--write-missing",
            metavar="FOLDER",
            help="Write scenarios here that show what is missed, each with `expect:`.",
            autocompletion=candidates.folders,
        ),
    ] = None
    watch: Annotated[bool, typer.Option("--watch", help="Test again whenever a file changes, until Ctrl-C.")] = False
    exclude: options.Exclude = None

    @property
    def covers(self) -> bool:
        """Whether what the scenarios show is looked at."""
        return self.coverage or self.threshold is not None or self.write_missing is not None

    @property
    def covered(self) -> tuple[str, ...]:
        """The authorities of which it is looked at; none named, of all. Raises a usage error where one is not known."""
        if self.only and not self.covers:
            raise typer.BadParameter("it says of what `--coverage` tells", param_hint="--authority")
        return tuple(known_name(name, self.pack.authorities, "authority", "--authority") for name in self.only or ())

    @property
    def inputs(self) -> Sequence[str]:
        """The scenarios."""
        return self.paths or ()


@asking(TestRequest, forms=(*RESULT_FORMS, Format.JUNIT, Format.GITHUB, Format.TAP))
def test(request: TestRequest) -> Exit:
    """Compare the answer to each scenario with what its author expects.

    \b
    Examples:
      authcheck test
      authcheck test my-scenarios/ -k raid
      authcheck test my-scenarios/ --last-failed -x
      authcheck test my-scenarios/ --format junit -o report.xml
      authcheck test my-scenarios/ --write
      authcheck test my-scenarios/ --coverage -a title-50
      authcheck test my-scenarios/ --write-missing missing/
    """
    if not request.watch:
        return _test(request)
    if request.output is not None or request.write_expected or request.write_missing is not None:
        raise typer.BadParameter("it shows results and writes no file", param_hint="--watch")
    return watched(lambda: _test(replace(request)), lambda: _watched_files(request))


def _watched_files(request: TestRequest) -> Iterator[Path]:
    """Return the files of the scenarios that are named, and of the pack."""
    pack = request.folder or shipped_pack()
    yield from pack.rglob("*.yaml")
    for argument in request.inputs:
        for place in scenario_paths(argument, pack, request.exclude or ()):
            if not isinstance(place, Diagnostic):
                yield place[1]


def _test(request: TestRequest) -> Exit:
    # What is no authority is said before anything is tested.
    _ = request.covered
    tested = _Tested(shown={} if request.covers else None)
    named = request.inputs or _shipped(request)
    every = load_scenarios(named, request.pack, request.folder, request.exclude or ())
    matching = [loaded for loaded in every if request.keyword in loaded.name]
    memory = FailedBefore.here()
    again = memory.among(matching) if request.last_failed else []
    for loaded in again or matching:
        failed = not tested.add(loaded, request, write=request.write_expected)
        memory.keep(loaded, failed=failed)
        if request.first and failed:
            break
    memory.write()
    if not tested.results and not tested.unread and not tested.shown:
        request.exits.append(Exit.NOTHING)
    if request.keyword and not matching:
        report([Diagnostic("no-match", f"no scenario's name holds {quoted(request.keyword)}", Place("-k"))])
    if request.covers:
        tested.cover(request)
    if request.format is Format.JUNIT:
        with request.out as out:
            out.text(junit_text(tested.results, tested.without, tested.unread))
        return worst(request.exits)
    return request.write(
        {"schema": "authcheck.test/1", "results": tested.results, "without_expectation": tested.without}
        | ({"written": tested.written} if request.write_expected else {})
        | ({"coverage": tested.coverage} if request.covers else {}),
        lambda _: tested.layout(request.format),
    )


@dataclass(slots=True)
class _Tested:
    """What the expectations came to, the scenarios that have none, and those whose files were corrected."""

    results: list[ExpectationResult] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unread: list[tuple[str, Sequence[Diagnostic]]] = field(default_factory=list)
    shown: dict[str, frozenset[Point]] | None = None
    coverage: Coverage | None = None

    def layout(self, form: Format) -> Iterable[Block]:
        """Return what it came to as lines."""
        match form:
            case Format.TAP:
                return tap_lines(self.results, self.without, self.unread)
            case Format.GITHUB:
                return github_report(self.results, self.unread)
            case _ if self.coverage is not None:
                from authcheck.rendering.layouts.coverage import coverage_layout

                in_full = form is not Format.TEXT
                failed = expectations_layout(self.results, self.without, self.written, failed_alone=not in_full)
                return [*failed, *coverage_layout(self.coverage, in_full=in_full)]
            case _:
                return expectations_layout(self.results, self.without, self.written)

    def cover(self, request: TestRequest) -> None:
        """Say what was shown of the pack, and write the scenarios that show the rest, where these are asked for."""
        from authcheck.asking.coverage import coverage_of

        folder, threshold = request.write_missing, request.threshold
        propose = folder is not None or request.format is not Format.TEXT
        shown = self.shown or {}
        self.coverage, proposals = coverage_of(shown, request.decider, request.covered, propose=propose)
        if folder is not None:
            files = _write_missing(folder, proposals, force=request.force)
            self.coverage = replace(self.coverage, written=tuple(map(str, files)))
        if threshold is not None and self.coverage.percent < threshold:
            message = f"{self.coverage.percent} % of what can be shown is, and {threshold} % is asked for"
            report([Diagnostic("coverage-below-threshold", message, Place("--threshold"))])
            request.exits.append(Exit.NEGATIVE)

    def add(self, loaded: Loaded, request: Request, *, write: bool) -> bool:
        """Compare the answer to a scenario with what is expected of it, or correct that; whether all is well now."""
        try:
            return self._add(loaded, request, write=write)
        except AuthcheckError as error:
            report(error.diagnostics)
            if any(problem.code != "no-scenarios" for problem in error.diagnostics):
                request.exits.append(Exit.INVALID)
                self.unread.append((loaded.name, error.diagnostics))
            return False

    def _add(self, loaded: Loaded, request: Request, *, write: bool) -> bool:
        if loaded.scenario is None:
            raise AuthcheckError(loaded.problems)
        results = check_expectations(request.decider, loaded.scenario)
        if write and not loaded.scenario.expect:
            results = _begin(loaded, loaded.scenario, request)
            self.written.append(loaded.name)
        if self.shown is not None:
            from authcheck.asking.coverage import points_of_scenario

            shown = points_of_scenario(loaded.scenario, request.decider)
            self.shown[loaded.scenario.id] = self.shown.get(loaded.scenario.id, frozenset()) | shown
        met = all(result.met for result in results)
        if not met:
            if write:
                _correct(loaded, loaded.scenario, results, request)
                self.written.append(loaded.name)
            else:
                request.exits.append(Exit.NEGATIVE)
        self.results.extend(results)
        if not results:
            self.without.append(loaded.name)
        return met or write


def _shipped(request: Request) -> list[str]:
    """Return the folders of the pack's scenarios: those that it shows, and those that show the rest of it."""
    folder = request.folder or shipped_pack()
    return [str(folder / "scenarios"), *([str(folder / "coverage")] if coverage_scenarios(folder) else [])]


def _write_missing(folder: Path, proposals: Sequence[Proposal], *, force: bool) -> list[Path]:
    """Write the scenarios into the folder; return their files."""
    from authcheck.asking.coverage import point_words
    from authcheck.loading.writing import scenario_file

    texts = []
    for proposal in proposals:
        shows = [f"  {point.authority} {point_words(point)}" for point in proposal.shows]
        comments = ["Written to show what no other scenario does:", *shows]
        texts.append((f"{proposal.scenario.id}.yaml", scenario_file(proposal.scenario, comments)))
    if not texts:
        message = "no scenario had to be written: nothing is missed that one could show"
        report([Diagnostic("nothing-to-write", message, Place(str(folder)), Severity.NOTE)])
    return write_folder(folder, texts, force=force, option="--write-missing")


def _begin(loaded: Loaded, scenario: Scenario, request: Request) -> tuple[ExpectationResult, ...]:
    """Write the answer as it is into a file that expects nothing. Raises AuthcheckError as `_write` does."""
    from authcheck.loading.writing import expectation_lines

    lines = expectation_lines(expected_today(request.decider, scenario))
    return _write(loaded, scenario, request, lambda text: ended(text, lines))


def _correct(loaded: Loaded, scenario: Scenario, results: Sequence[ExpectationResult], request: Request) -> None:
    """Write the expectations of a file so that all are met. Raises AuthcheckError as `_write` does."""
    # What is expected of several activities at once differs from one to the other.
    if len(results) != len(scenario.expect):
        raise AuthcheckError([_not_written(loaded, scenario)])
    amendments = [_amendment(expectation, result) for expectation, result in zip(scenario.expect, results, strict=True)]
    _write(loaded, scenario, request, lambda text: amended(text, amendments))


def _write(
    loaded: Loaded, scenario: Scenario, request: Request, rewritten: Callable[[str], str]
) -> tuple[ExpectationResult, ...]:
    """Write the text of a scenario anew into its file; return what its expectations come to, all met.

    Raises AuthcheckError where they are not, or something else changes, or there is no file: nothing is written then.
    """
    from authcheck.loading.files import decode, read_bytes
    from authcheck.loading.scenarios import build_scenario

    problem = _not_written(loaded, scenario)
    if loaded.path is None:
        raise AuthcheckError([problem])
    data = read_bytes(loaded.path)
    try:
        text = rewritten(decode(data, loaded.name))
        results = check_expectations(request.decider, build_scenario(text, loaded.name, request.pack, id=scenario.id))
    except (AuthcheckError, CannotAmendError):
        raise AuthcheckError([problem]) from None
    if not all(result.met for result in results):
        raise AuthcheckError([problem])
    mark = "\ufeff" if data.startswith(codecs.BOM_UTF8) else ""
    write_files([(loaded.path, mark + text)], force=True)
    return results


def _not_written(loaded: Loaded, scenario: Scenario) -> Diagnostic:
    if not scenario.expect:
        message = f"`expect:` cannot be added to {quoted(loaded.name)} in place"
        return Diagnostic("not-corrected", message, scenario.place, help="write it by hand")
    message = f"the expectations of {quoted(loaded.name)} cannot be corrected in place"
    return Diagnostic("not-corrected", message, scenario.expect[0].place, help="correct them by hand")


def _amendment(expectation: Expectation, result: ExpectationResult) -> Amendment:
    """Return what the expectation is to say, by the points on which the answer differs."""
    verdicts = {point.authority: point.got for point in result.differences if point.aspect is Aspect.VERDICT}
    reliance = {point.authority: point.got == "yes" for point in result.differences if point.aspect is Aspect.RELIES_ON}
    if not reliance:
        return Amendment(verdicts)
    kept = [name for name in expectation.relies_on or () if name not in reliance]
    return Amendment(verdicts, (*kept, *(name for name, is_relied_on in reliance.items() if is_relied_on)))
