"""authcheck check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from authcheck.cli import options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import load_scenarios, open_pack
from authcheck.cli.request import Request
from authcheck.diagnostics import AuthcheckError, Diagnostic, Severity, in_file_order
from authcheck.frozen import dataclass as frozen_dataclass
from authcheck.loading.folders import Loaded, read_pack_text, shipped_pack, shipped_scenarios
from authcheck.model.pack import Pack
from authcheck.rendering.diagnostics import concise_lines, diagnostic_lines, github_lines
from authcheck.rendering.layout import Block, line
from authcheck.wording import counted

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
        ),
    ] = None
    exclude: options.Exclude = None

    @property
    def inputs(self) -> Sequence[str]:
        """The scenarios, and the pack."""
        return self.paths or ()


@asking(CheckRequest, forms=(Format.FULL, Format.CONCISE, Format.JSON, Format.GITHUB))
def check(
    request: CheckRequest,
    fail_level: Annotated[
        Severity, typer.Option("--fail-level", help="Exit 1 if anything at least as grave is found.")
    ] = Severity.WARNING,
) -> Exit:
    """Load scenarios or a pack and say what is wrong, or doubtful; nothing is answered.

    \b
    Examples:
      authcheck check my-scenario.yaml
      authcheck check my-scenarios/ --format concise
      authcheck check authorities
      authcheck check --format github --fail-level note
    """
    problems: list[Diagnostic] = []
    files = 0
    for path in request.inputs or [str(request.folder or shipped_pack())]:
        folder = Path(path)
        try:
            checked = _pack(folder) if (folder / "pack.yaml").is_file() else _scenarios(path, request)
        except AuthcheckError as error:
            checked = _Checked(1, error.diagnostics)
        files += checked.files
        problems += [*checked.unread, *checked.doubtful]
        if checked.unread:
            nothing = {problem.code for problem in checked.unread} == {"no-scenarios"}
            request.exits.append(Exit.NOTHING if nothing else Exit.INVALID)
        if any(_GRAVITY.index(problem.severity) <= _GRAVITY.index(fail_level) for problem in checked.doubtful):
            request.exits.append(Exit.NEGATIVE)
    diagnostics = in_file_order(problems)
    return request.write(
        {"schema": "authcheck.check/1", "checked": files, "diagnostics": diagnostics},
        lambda _: _lines(diagnostics, files, request.format),
    )


@frozen_dataclass(frozen=True, slots=True)
class _Checked:
    """How many files were checked, why some could not be read, and what is doubtful in the others."""

    files: int
    unread: tuple[Diagnostic, ...]
    doubtful: tuple[Diagnostic, ...] = ()


def _pack(folder: Path) -> _Checked:
    """Check a pack with its scenarios."""
    from authcheck.linting import lint_pack

    pack = open_pack(folder)
    paths = [str(path) for path in shipped_scenarios(folder).values()]
    loaded = list(load_scenarios(paths, pack, folder))
    scenarios = [record.scenario for record in loaded if record.scenario is not None]
    checked = _loaded(loaded, pack)
    files = len(read_pack_text(folder).files) + checked.files
    return _Checked(files, checked.unread, (*checked.doubtful, *lint_pack(pack, scenarios)))


def _scenarios(path: str, request: CheckRequest) -> _Checked:
    """Check the scenarios that a path names."""
    return _loaded(list(load_scenarios([path], request.pack, request.folder, request.exclude or ())), request.pack)


def _loaded(loaded: Sequence[Loaded], pack: Pack) -> _Checked:
    from authcheck.linting import lint_scenario, rules

    unread = [problem for record in loaded for problem in record.problems]
    doubtful: list[Diagnostic] = []
    for record in loaded:
        for problem in () if record.scenario is None else lint_scenario(record.scenario, pack):
            # What the engine itself refuses is no rule of the linter: such a scenario cannot be answered.
            (doubtful if problem.code in rules() else unread).append(problem)
    return _Checked(len(loaded), tuple(unread), tuple(doubtful))


def _lines(diagnostics: tuple[Diagnostic, ...], files: int, form: Format) -> list[Block]:
    if form is Format.GITHUB:
        return [*github_lines(diagnostics)]
    counts = [(sum(problem.severity is gravity for problem in diagnostics), gravity.value) for gravity in _GRAVITY]
    summary = f"{counted(files, 'file')} checked: " + ", ".join(counted(count, gravity) for count, gravity in counts)
    problems = concise_lines(diagnostics) if form is Format.CONCISE else diagnostic_lines(diagnostics)
    return [*problems, line(summary)]
