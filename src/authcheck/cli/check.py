"""authcheck check."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from authcheck import __version__
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import known_name, load_scenarios, open_pack
from authcheck.cli.output import report, write_files
from authcheck.cli.request import Request
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, Severity, in_file_order
from authcheck.frozen import dataclass as frozen_dataclass
from authcheck.linting.rule import RuleDoc
from authcheck.loading.files import decode, read_bytes
from authcheck.loading.folders import (
    Loaded,
    coverage_scenarios,
    read_pack_text,
    scenario_paths,
    shipped_pack,
    shipped_scenarios,
)
from authcheck.loading.record_files import is_record_file
from authcheck.model.pack import Pack
from authcheck.model.scenario import Comment, Scenario
from authcheck.rendering.diagnostics import concise_lines, diagnostic_lines, github_lines
from authcheck.rendering.layout import Block, Line, line
from authcheck.wording import counted

if TYPE_CHECKING:
    # What mends waits until something is to be mended.
    from authcheck.linting.mending import Mend

__all__ = ["check"]

_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(kw_only=True, eq=False, repr=False)
class CheckRequest(Request):
    """What is to be checked."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Scenarios, folders of them, or the folder of a pack.",
            show_default="the installed pack and its scenarios",
            autocompletion=candidates.scenario_files,
        ),
    ] = None
    fail_level: Annotated[
        Severity, typer.Option("--fail-level", help="Exit 1 if anything at least as grave is found.")
    ] = Severity.WARNING
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="CODE",
            help="Of what is doubtful, only this; may be given several times.",
            autocompletion=candidates.rules,
        ),
    ] = None
    exclude_rule: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude-rule",
            metavar="CODE",
            help="Of what is doubtful, all but this; may be given several times.",
            autocompletion=candidates.rules,
        ),
    ] = None
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="CODE",
            help="Say instead what a code finds and why, with an example; `all` lists the codes.",
            show_default=False,
            autocompletion=candidates.codes,
        ),
    ] = None
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Mend in scenarios what has one mend alone, say what, and check what is left; no file of law."
        ),
    ] = False
    exclude: options.Exclude = None

    @property
    def inputs(self) -> Sequence[str]:
        """The scenarios, and the pack."""
        return self.paths or ()


@asking(CheckRequest, forms=(Format.FULL, Format.CONCISE, Format.JSON, Format.SARIF, Format.GITHUB))
def check(request: CheckRequest) -> Exit:
    """Load scenarios or a pack and say what is wrong, or doubtful; nothing is answered.

    \b
    Examples:
      authcheck check my-scenario.yaml
      authcheck check my-scenarios/ --format concise
      authcheck check authorities
      authcheck check --format github --fail-level note
      authcheck check my-scenarios/ -o found.sarif
      authcheck check --select unused-fact-stated
      authcheck check --explain duplicate-id
      authcheck check --explain all
      authcheck check my-scenarios/ --fix

    A comment `# authcheck: ignore CODE because REASON`, on a line or the one before it, keeps quiet what is doubtful
    there.
    """
    if request.explain == "all":
        return request.write(tuple(_pages().values()), _codes)
    if request.explain is not None:
        return request.write(_pages()[known_name(request.explain, _pages(), "code", "--explain")], _rule_lines)
    excluded = {_known_code(code, "--exclude-rule") for code in request.exclude_rule or ()}
    mends = _mend(request) if request.fix else ()
    every = _every(request, {_known_code(code, "--select") for code in request.select or _documented()} - excluded)
    for checked in every:
        if checked.unread:
            nothing = {problem.code for problem in checked.unread} == {"no-scenarios"}
            request.exits.append(Exit.NOTHING if nothing else Exit.INVALID)
        if any(_GRAVITY.index(problem.severity) <= _GRAVITY.index(request.fail_level) for problem in checked.doubtful):
            request.exits.append(Exit.NEGATIVE)
    files = sum(checked.files for checked in every)
    diagnostics = in_file_order(problem for checked in every for problem in (*checked.unread, *checked.doubtful))
    if request.format is Format.SARIF:
        from authcheck.rendering.sarif import sarif_text

        with request.out as out:
            out.text(sarif_text(diagnostics, _pages(), __version__))
        return worst(request.exits)
    return request.write(
        {"schema": "authcheck.check/1", "checked": files, "diagnostics": diagnostics}
        | ({"mended": mends} if request.fix else {}),
        lambda _: [*_mended_lines(mends), *_lines(diagnostics, files, request.format)],
    )


def _mend(request: CheckRequest) -> tuple[Mend, ...]:
    """Mend the files of scenarios that are named, each whole or not at all; return what was mended."""
    from authcheck.linting.mending import mended

    report(_unmended(request))
    mends: list[Mend] = []
    texts: list[tuple[Path, str]] = []
    for name, path in _files(request):
        try:
            data = read_bytes(path)
            text = decode(data, name)
        except AuthcheckError:
            # Why it cannot be read is said when it is checked.
            continue
        after, found = mended(text, name, request.pack)
        if found:
            mends += found
            texts.append((path, ("\ufeff" if data.startswith(codecs.BOM_UTF8) else "") + after))
    write_files(texts, force=True)
    return tuple(mends)


def _unmended(request: CheckRequest) -> Iterator[Diagnostic]:
    """Say of each pack that its law is not mended: of two names that are near, either may be the law that is meant."""
    for folder in _inputs(request):
        if (Path(folder) / "pack.yaml").is_file():
            message = (
                "of a pack, the scenarios alone are mended: what its files say is law, and its author's to correct"
            )
            yield Diagnostic("pack-not-mended", message, Place(folder), Severity.NOTE)


def _inputs(request: CheckRequest) -> Sequence[str]:
    """Return what is to be checked: the pack, where nothing is named."""
    return request.inputs or [str(request.folder or shipped_pack())]


def _files(request: CheckRequest) -> Iterator[tuple[str, Path]]:
    """Return the files of scenarios that are named; of a pack, its own."""
    for argument in _inputs(request):
        folder = Path(argument)
        if (folder / "pack.yaml").is_file():
            yield from ((str(path), path) for path in shipped_scenarios(folder).values())
        elif argument != "-":
            for place in scenario_paths(argument, request.folder or shipped_pack(), request.exclude or ()):
                if not isinstance(place, Diagnostic) and not is_record_file(place[1]):
                    yield place


@frozen_dataclass(frozen=True, slots=True)
class _Checked:
    """How many files were checked, why some could not be read, what is doubtful in the others, and their scenarios."""

    files: int
    unread: tuple[Diagnostic, ...]
    doubtful: tuple[Diagnostic, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


def _documented() -> Mapping[str, RuleDoc]:
    """Return what is said of all that is doubtful: every rule, and the comments that ignore one."""
    from authcheck.linting import rules
    from authcheck.linting.ignoring import IGNORING

    return {**rules(), **IGNORING}


def _pages() -> Mapping[str, RuleDoc]:
    """Return what a reader may look up: what is doubtful, and every error."""
    from authcheck.linting.errors import ERRORS

    return {**_documented(), **ERRORS}


def _known_code(code: str, option: str) -> str:
    if code in _pages() and code not in _documented():
        raise typer.BadParameter(f"`{code}` is an error, which is always reported", param_hint=option)
    return known_name(code, _documented(), "code of what is doubtful", option)


def _every(request: CheckRequest, selected: Collection[str]) -> list[_Checked]:
    """Check what each path names, and all scenarios beside one another; of what is doubtful, keep the selected."""
    from authcheck.linting import lint_scenarios, rules
    from authcheck.linting.ignoring import heeded

    every: list[_Checked] = []
    for path in _inputs(request):
        folder = Path(path)
        try:
            every.append(_pack(folder) if (folder / "pack.yaml").is_file() else _scenarios(path, request))
        except AuthcheckError as error:
            every.append(_Checked(1, error.diagnostics))
    scenarios = [scenario for checked in every for scenario in checked.scenarios]
    doubtful = (*(problem for checked in every for problem in checked.doubtful), *lint_scenarios(scenarios))
    comments = (*(comment for scenario in scenarios for comment in scenario.comments), *_comments(doubtful, scenarios))
    left = heeded(dict.fromkeys(doubtful), comments, rules())
    kept = tuple(problem for problem in left if problem.code in selected)
    return [*(replace(checked, doubtful=()) for checked in every), _Checked(0, (), kept)]


def _comments(doubtful: Iterable[Diagnostic], scenarios: Iterable[Scenario]) -> Iterator[Comment]:
    """Return the comments of the files of a pack in which something is doubtful."""
    from authcheck.loading.comments import comments_of
    from authcheck.loading.files import read_text

    known = {scenario.place.file for scenario in scenarios}
    for name in dict.fromkeys(problem.place.file for problem in doubtful):
        if name not in known and Path(name).is_file():
            yield from comments_of(read_text(Path(name)), name)


def _pack(folder: Path) -> _Checked:
    """Check a pack with its scenarios."""
    from authcheck.linting import lint_pack

    pack = open_pack(folder)
    paths = [str(path) for path in (*shipped_scenarios(folder).values(), *coverage_scenarios(folder))]
    loaded = list(load_scenarios(paths, pack, folder))
    checked = _loaded(loaded, pack)
    files = len(read_pack_text(folder).files) + checked.files
    doubtful = (*checked.doubtful, *lint_pack(pack, checked.scenarios))
    return _Checked(files, checked.unread, doubtful, checked.scenarios)


def _scenarios(path: str, request: CheckRequest) -> _Checked:
    """Check the scenarios that a path names."""
    return _loaded(list(load_scenarios([path], request.pack, request.folder, request.exclude or ())), request.pack)


def _loaded(loaded: Sequence[Loaded], pack: Pack) -> _Checked:
    from authcheck.linting import lint_scenario, rules

    unread = [problem for record in loaded for problem in record.problems]
    doubtful: list[Diagnostic] = []
    scenarios = tuple(record.scenario for record in loaded if record.scenario is not None)
    for scenario in scenarios:
        for problem in lint_scenario(scenario, pack):
            # What the engine itself refuses is no rule of the linter: such a scenario cannot be answered.
            (doubtful if problem.code in rules() else unread).append(problem)
    return _Checked(len(loaded), tuple(unread), tuple(doubtful), scenarios)


def _codes(pages: Iterable[RuleDoc]) -> list[Block]:
    found = sorted(pages, key=lambda page: (_SUBJECTS.index(page.subject), page.code))
    errors = [page for page in found if page.code not in _documented()]
    return [
        *(_code_line(page) for page in found if page not in errors),
        Line(),
        line("What keeps a file from being read, or a scenario from being answered:"),
        *(_code_line(page) for page in errors),
    ]


def _code_line(page: RuleDoc) -> Line:
    return line((page.code, "title"), f": {page.summary} ({page.severity.value}, of {_of(page)})")


_SUBJECTS = ("scenario", "scenarios", "file", "pack")


def _of(rule: RuleDoc) -> str:
    return f"{'a ' * (rule.subject != 'scenarios')}{rule.subject}"


def _rule_lines(rule: RuleDoc) -> list[Block]:
    article = "An" if rule.severity is Severity.ERROR else "A"
    lines: list[Block] = [
        line((rule.code, "title"), f": {rule.summary}"),
        line(f"{article} {rule.severity.value}, of {_of(rule)}. {rule.why}", indent=2),
    ]
    for word, tone, texts in (
        ("is found in", "unavailable", [(one.file, one.bad) for one in rule.example]),
        ("is not in", "available", [(one.file, one.good) for one in rule.example]),
    ):
        for file, text in texts:
            lines += [Line(), line((word, tone), f" {file}:", indent=2)]
            lines += [line(row, indent=4) for row in text.splitlines()]
    return lines


def _mended_lines(mends: Iterable[Mend]) -> Iterator[Block]:
    for mend in mends:
        said = f"`{mend.before}` → `{mend.after}`" if mend.after else f"`{mend.before}` is taken away"
        yield line(f"{mend.problem.place}: ", ("mended", "available"), f" {said} [{mend.problem.code}]")


def _lines(diagnostics: tuple[Diagnostic, ...], files: int, form: Format) -> list[Block]:
    if form is Format.GITHUB:
        return [*github_lines(diagnostics)]
    counts = [(sum(problem.severity is gravity for problem in diagnostics), gravity.value) for gravity in _GRAVITY]
    summary = f"{counted(files, 'file')} checked: " + ", ".join(counted(count, gravity) for count, gravity in counts)
    problems = concise_lines(diagnostics) if form is Format.CONCISE else diagnostic_lines(diagnostics)
    return [*problems, line(summary)]
