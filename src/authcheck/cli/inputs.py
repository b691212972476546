"""From what the command line names to loaded things; what cannot be loaded is told, and the rest goes on."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from authcheck import __version__
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.cache import default_cache
from authcheck.loading.folders import Loaded, load_pack, scenario_paths, shipped_pack
from authcheck.model.fact import NOT_KNOWN, Fact, FactType, as_said
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact

__all__ = [
    "date_of",
    "known_name",
    "load_scenarios",
    "one_activity",
    "open_pack",
    "read_choices",
    "read_settings",
    "spare_inputs",
    "with_settings",
]


def open_pack(folder: Path | None) -> Pack:
    """Return the pack of the folder, or the one that is installed."""
    return load_pack(folder or shipped_pack(), default_cache(__version__))


def load_scenarios(
    arguments: Iterable[str], pack: Pack, folder: Path | None, exclude: Sequence[str] = ()
) -> Iterator[Loaded]:
    """Return everything that the arguments name, loaded or with what is wrong with it.

    `exclude` are patterns of what is passed over in folders.
    """
    from authcheck.cli.blocks import blocks_of, found_of, loaded_of

    for block in blocks_of(found_of(arguments, folder, exclude), pack):
        yield from loaded_of(block, pack)


def spare_inputs(output: Path | None, scenarios: Iterable[str], folder: Path | None) -> None:
    """Raise a usage error where the output would take the place of what is read: a scenario, or a file of the pack."""
    if output is None or not os.path.isfile(output):  # noqa: PTH113 - unlike `Path.is_file`, it never raises.
        return
    from authcheck.loading.files import quoted

    pack = folder or shipped_pack()
    real, written = Path(os.path.realpath(output)), output.stat()
    if real.suffix == ".yaml" and real.is_relative_to(os.path.realpath(pack)):
        problem = "is a file of the pack"
    elif any(_is_same(written, file) for argument in scenarios for file in _files_of(argument, pack)):
        problem = "is one of the inputs"
    else:
        return
    raise typer.BadParameter(f"{quoted(str(output))} {problem}; write to another file", param_hint="--output")


def _files_of(argument: str, pack: Path) -> Iterator[Path | int]:
    """Return what an argument reads: files, or what standard input is connected to."""
    if argument == "-":
        with contextlib.suppress(AttributeError, OSError):
            yield sys.stdin.fileno()
    else:
        yield from (place[1] for place in scenario_paths(argument, pack) if not isinstance(place, Diagnostic))


def _is_same(written: os.stat_result, read: Path | int) -> bool:
    try:
        return os.path.samestat(written, os.stat(read))  # noqa: PTH116 - it takes an open file as well.
    except (OSError, ValueError):
        return False


def read_settings(settings: Iterable[str], pack: Pack, option: str = "--set") -> Mapping[str, StatedFact]:
    """Return the facts that `--set fact=value`, or another option, states. Raises a usage error."""
    lines: dict[str, str] = {}
    for setting in settings:
        name, separator, value = (part.strip() for part in setting.partition("="))
        if not separator:
            raise typer.BadParameter(f"`{setting}` is not FACT=VALUE", param_hint=option)
        if name in lines:
            raise typer.BadParameter(f"`{name}` is stated twice: state it once", param_hint=option)
        lines[name] = f"  {name}: {_yaml(value, pack.facts.get(name))}"
    if not lines:
        return {}
    from authcheck.loading.scenarios import build_scenario

    try:
        facts = build_scenario("\n".join([f"scenario: {option}", "facts:", *lines.values()]), option, pack).facts
    except AuthcheckError as error:
        # Quotes are for the text of a file: no fact is text.
        helps = [problem.help.partition(", or put it in quotes")[0] for problem in error.diagnostics]
        faults = [
            problem.message + (f" ({help})" if help else "")
            for problem, help in zip(error.diagnostics, helps, strict=True)
        ]
        raise typer.BadParameter("; ".join(faults), param_hint=option) from None
    # Lines are of a file: what the command line states stands on it.
    return {name: replace(fact, place=Place(option)) for name, fact in facts.items()}


_YES_NO = {"yes": "true", "no": "false", "true": "true", "false": "false"}


def _yaml(value: str, fact: Fact | None) -> str:
    """Return the value as YAML: on a command line `yes` means yes to a yes/no fact, and is a word to any other."""
    said = as_said(value)
    if fact is not None and said in NOT_KNOWN and value not in fact.values:
        return "unknown"
    if fact is not None and (called := fact.called(said)):
        return called
    plain = _YES_NO.get(value.lower())
    if plain is None:
        return value
    return plain if fact is not None and fact.type is FactType.YES_NO else f'"{value}"'


def with_settings(scenario: Scenario, stated: Mapping[str, StatedFact], pack: Pack) -> Scenario:
    """Return the scenario with facts stated anew, in the order of the vocabulary."""
    if not stated:
        return scenario
    from authcheck.loading.scenarios import digest_of

    merged = {**scenario.facts, **stated}
    facts = {name: merged[name] for name in pack.facts if name in merged}
    # The receipt of the answer must not pass for that of the scenario as it stands in its file.
    changes = "".join(f"{name}={stated[name].said}\n" for name in facts if name in stated)
    return replace(scenario, facts=facts, digest=digest_of(f"{scenario.digest}\n{changes}"))


def read_choices(choices: Iterable[str], pack: Pack) -> Mapping[str, str]:
    """Return the readings that `--reading question=name` chooses, by question. Raises a usage error."""
    hint = "--reading"
    chosen: dict[str, str] = {}
    for choice in choices:
        name, separator, reading = (part.strip() for part in choice.partition("="))
        if not separator:
            raise typer.BadParameter(f"`{choice}` is not QUESTION=NAME", param_hint=hint)
        question = pack.questions[known_name(name, pack.questions, "question", hint)]
        if chosen.get(name, reading) != reading:
            raise typer.BadParameter(f"`{name}` is given two readings", param_hint=hint)
        chosen[name] = known_name(reading, question.readings, f"reading of `{name}`", hint)
    return chosen


def one_activity(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario of the one activity that is asked about.

    Raises AuthcheckError where it has several and none is named, a usage error where it has none of the name.
    """
    if name:
        return scenario.alone(known_name(name, scenario.activities, "activity of the scenario", "--activity"))
    if scenario.activities:
        message = "the scenario has several activities, and this is asked of one"
        help = "choose it with " + " or ".join(f"`--activity {one}`" for one in scenario.activities)
        raise AuthcheckError([Diagnostic("several-activities", message, scenario.place, help=help)])
    return scenario


_FEW = 12


def date_of(text: str | None) -> datetime.date | None:
    """Return the date of `--as-of`."""
    if text is None:
        return None
    from authcheck.loading.fields import day_of

    if (day := day_of(text)) is None:
        raise typer.BadParameter(f"`{text}` is no day such as 2025-02-04", param_hint="--as-of")
    return day


def known_name(name: str, known: Iterable[str], kind: str, hint: str) -> str:
    """Return the name if it is known. Raises a usage error with the nearest one otherwise."""
    names = list(known)
    if name in names:
        return name
    from authcheck.loading.fields import nearest

    help = nearest(name, names)
    if not help:
        listed = ", ".join(names[:_FEW]) + (" …" if len(names) > _FEW else "")
        help = f"known: {listed}" if names else "there is none"
    raise typer.BadParameter(f"`{name}` is no {kind}; {help}", param_hint=hint)
