"""authcheck check."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from authcheck.cli import options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.inputs import load_scenarios, open_pack, spare_inputs
from authcheck.cli.output import Output
from authcheck.diagnostics import AuthcheckError, Diagnostic, Severity, in_file_order
from authcheck.frozen import dataclass
from authcheck.loading.folders import Loaded
from authcheck.model.pack import Pack

__all__ = ["check"]


class Format(enum.Enum):
    """The forms of what is found."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Scenarios, folders of them, or the folder of a pack.",
            show_default="the installed pack and its scenarios",
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="The form of what is found.")] = Format.FULL,
    fail_level: Annotated[
        Severity, typer.Option("--fail-level", help="Exit 1 if anything at least as grave is found.")
    ] = Severity.WARNING,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
    """Load scenarios or a pack and say what is wrong, or doubtful; nothing is answered.

    \b
    Examples:
      authcheck check my-scenario.yaml
      authcheck check my-scenarios/ --format concise
      authcheck check authorities
      authcheck check --format github --fail-level note
    """
    from authcheck.loading.folders import shipped_pack

    spare_inputs(output, paths or (), pack)
    found: list[Diagnostic] = []
    exits: list[Exit] = []
    checked = 0
    for path in paths or [str(pack or shipped_pack())]:
        folder = Path(path)
        try:
            one = _pack(folder) if (folder / "pack.yaml").is_file() else _scenarios([path], pack)
        except AuthcheckError as error:
            one = _Checked(1, error.diagnostics)
        checked += one.files
        found.extend([*one.unread, *one.doubtful])
        if one.unread:
            exits.append(Exit.NOTHING if {each.code for each in one.unread} == {"no-scenarios"} else Exit.INVALID)
        if any(_GRAVITY.index(each.severity) <= _GRAVITY.index(fail_level) for each in one.doubtful):
            exits.append(Exit.NEGATIVE)
    out = Output(output, options.colour_of(color), plain)
    _write(in_file_order(found), checked, format, out)
    out.close()
    return worst(exits)


@dataclass(frozen=True, slots=True)
class _Checked:
    """How many files were checked, why some could not be read, and what is doubtful in the others."""

    files: int
    unread: tuple[Diagnostic, ...]
    doubtful: tuple[Diagnostic, ...] = ()


def _pack(folder: Path) -> _Checked:
    """Check a pack with its scenarios."""
    from authcheck.linting import lint_pack
    from authcheck.loading.folders import read_pack_text, shipped_scenarios

    pack = open_pack(folder)
    paths = [str(path) for path in shipped_scenarios(folder).values()]
    loaded = list(load_scenarios(paths, pack, folder))
    scenarios = [one.scenario for one in loaded if one.scenario is not None]
    checked = _loaded(loaded, pack)
    files = len(read_pack_text(folder).files) + checked.files
    return _Checked(files, checked.unread, (*checked.doubtful, *lint_pack(pack, scenarios)))


def _scenarios(paths: list[str], folder: Path | None) -> _Checked:
    """Check the scenarios that paths name."""
    pack = open_pack(folder)
    return _loaded(list(load_scenarios(paths, pack, folder)), pack)


def _loaded(loaded: Sequence[Loaded], pack: Pack) -> _Checked:
    from authcheck.linting import lint_scenario, rules

    unread = [problem for one in loaded for problem in one.problems]
    doubtful: list[Diagnostic] = []
    for one in loaded:
        for problem in () if one.scenario is None else lint_scenario(one.scenario, pack):
            # What the engine itself refuses is no rule of the linter: such a scenario cannot be answered.
            (doubtful if problem.code in rules() else unread).append(problem)
    return _Checked(len(loaded), tuple(unread), tuple(doubtful))


def _write(found: tuple[Diagnostic, ...], checked: int, format: Format, out: Output) -> None:
    from authcheck.rendering.diagnostics import concise_lines, diagnostic_lines, github_lines
    from authcheck.rendering.layout import line
    from authcheck.rendering.values import json_text

    counts = {one: sum(found_one.severity is one for found_one in found) for one in _GRAVITY}
    summary = f"{_some(checked, 'file')} checked: " + ", ".join(
        _some(count, one.value) for one, count in counts.items()
    )
    match format:
        case Format.JSON:
            out.text(json_text({"schema": "authcheck.check/1", "checked": checked, "diagnostics": found}))
        case Format.GITHUB:
            out.lines(github_lines(found))
        case Format.CONCISE:
            out.lines([*concise_lines(found), line(summary)])
        case Format.FULL:
            out.lines([*diagnostic_lines(found), line(summary)])


def _some(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
