"""From what the command line names to loaded things; what cannot be loaded is told, and the rest goes on."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import typer

from authcheck import __version__
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.cache import default_cache
from authcheck.loading.folders import (
    Loaded,
    load_pack,
    load_record,
    load_scenario,
    scenario_paths,
    shipped_pack,
)
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, StatedFact

__all__ = ["date_of", "known_name", "load_scenarios", "open_pack", "read_choices", "read_settings", "with_settings"]


def open_pack(folder: Path | None) -> Pack:
    """Return the pack of the folder, or the one that is installed."""
    return load_pack(folder or shipped_pack(), default_cache(__version__))


def load_scenarios(arguments: Iterable[str], pack: Pack, folder: Path | None) -> Iterator[Loaded]:
    """Return everything that the arguments name, loaded or with what is wrong with it."""
    cache = default_cache(__version__)
    for argument in arguments:
        if argument == "-":
            yield from _standard_input(pack)
            continue
        for found in scenario_paths(argument, folder or shipped_pack()):
            if isinstance(found, Diagnostic):
                yield Loaded(argument, problems=(found,))
                continue
            name, path = found
            try:
                scenario = load_scenario(path, pack, cache, shown_as=name)
            except AuthcheckError as error:
                yield Loaded(name, problems=error.diagnostics)
            else:
                yield Loaded(name, scenario, path=path)


def _standard_input(pack: Pack) -> Iterator[Loaded]:
    """Return the records of standard input: JSON on each line, or one scenario as YAML."""
    from authcheck.loading.files import decode
    from authcheck.loading.scenarios import build_scenario

    name = "<stdin>"
    if sys.stdin is None:
        yield Loaded(name, problems=(Diagnostic("file-missing", "there is no standard input", Place(name)),))
        return
    stream = sys.stdin.buffer
    head = b""
    while not head.strip() and (part := stream.readline()):
        head += part
    if not head.strip():
        problem = Diagnostic("no-scenarios", "standard input holds no scenario", Place(name))
        yield Loaded(name, problems=(problem,))
        return
    try:
        if not head.lstrip().startswith(b"{"):
            text = decode(head + stream.read(1 << 20), name)
            yield Loaded(name, build_scenario(text, name, pack, id="stdin"))
            return
    except AuthcheckError as error:
        yield Loaded(name, problems=error.diagnostics)
        return
    number = head.count(b"\n") or 1
    record = head.strip()
    while True:
        if record:
            try:
                yield load_record(decode(record, name), number, name, pack)
            except AuthcheckError as error:
                here = tuple(replace(one, place=replace(one.place, line=number)) for one in error.diagnostics)
                yield Loaded(f"{name}:{number}", problems=here)
        part = stream.readline()
        if not part:
            return
        number += 1
        record = part.strip()


def read_settings(settings: Iterable[str], pack: Pack) -> Mapping[str, StatedFact]:
    """Return the facts that `--set fact=value` states. Raises a usage error."""
    lines = []
    for one in settings:
        name, separator, value = one.partition("=")
        if not separator:
            raise typer.BadParameter(f"`{one}` is not FACT=VALUE", param_hint="--set")
        lines.append(f"  {name.strip()}: {value.strip()}")
    if not lines:
        return {}
    from authcheck.loading.scenarios import build_scenario

    try:
        return build_scenario("\n".join(["scenario: --set", "facts:", *lines]), "--set", pack).facts
    except AuthcheckError as error:
        said = "; ".join(f"{one.message}{f' ({one.help})' if one.help else ''}" for one in error.diagnostics)
        raise typer.BadParameter(said, param_hint="--set") from None


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
    found: dict[str, str] = {}
    for one in choices:
        name, separator, reading = (part.strip() for part in one.partition("="))
        if not separator:
            raise typer.BadParameter(f"`{one}` is not QUESTION=NAME", param_hint=hint)
        question = pack.questions[known_name(name, pack.questions, "question", hint)]
        if found.get(name, reading) != reading:
            raise typer.BadParameter(f"`{name}` is given two readings", param_hint=hint)
        found[name] = known_name(reading, question.readings, f"reading of `{name}`", hint)
    return found


_FEW = 12


def date_of(text: str | None) -> datetime.date | None:
    """Return the date of `--as-of`."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"`{text}` is no day such as 2025-02-04", param_hint="--as-of") from None


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
