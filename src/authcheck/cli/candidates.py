"""What completes a word in a shell: names of the pack that is asked about, values behind `=`, and files.

Each function gets what has been typed of the word, and the parameters before it where they bear on it. What ends in
`=` or `/` goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import TypeAlias

import typer

from authcheck.diagnostics import AuthcheckError
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack

__all__ = [
    "any_files",
    "authorities",
    "claims",
    "codes",
    "courses",
    "folders",
    "kinds",
    "lenses",
    "powers",
    "readings",
    "rules",
    "scenario_files",
    "scenarios",
    "settings",
    "things",
    "variations",
]

Candidates: TypeAlias = Iterable[tuple[str, str]]
Completer: TypeAlias = Callable[[typer.Context, str], list[tuple[str, str]]]

_SCENARIO_ENDINGS = (".yaml", ".yml", ".jsonl")


def _completer(function: Callable[[typer.Context, str], Candidates]) -> Completer:
    """Return what gives the candidates that begin as the word does; none where the pack cannot be read."""

    # Typer tells the parameters apart by what they are annotated with.
    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        try:
            return [(value, help) for value, help in function(context, incomplete) if value.startswith(incomplete)]
        except (AuthcheckError, OSError):
            return []

    return wraps(function)(complete)


def _pack(context: typer.Context) -> Pack:
    from authcheck.cli.inputs import open_pack

    return open_pack(_folder(context))


def _folder(context: typer.Context) -> Path | None:
    named = context.params.get("folder") or os.environ.get("AUTHCHECK_PACK")
    return Path(named) if named else None


def _titles(things: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Return the names with what each is called, where it is called something."""
    for name, thing in things.items():
        words = (getattr(thing, key, "") for key in ("title", "question", "text", "name"))
        yield name, next((word for word in words if isinstance(word, str) and word not in {"", name}), "")


def _paths(incomplete: str, endings: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    """Return the folders, and the files with these endings, that the word may go on to; None stands for any ending."""
    folder, _, begun = incomplete.rpartition("/")
    inside = f"{folder}/" if incomplete.startswith("/") or folder else ""
    with os.scandir(inside or ".") as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith(".") and not begun.startswith("."):
                continue
            if entry.is_dir():
                yield f"{inside}{entry.name}/", ""
            elif endings is None or entry.name.endswith(endings):
                yield f"{inside}{entry.name}", ""


@_completer
def scenarios(context: typer.Context, incomplete: str) -> Candidates:
    """Return the scenarios of the pack, and one's own."""
    from authcheck.loading.folders import shipped_pack, shipped_scenarios

    yield from ((name, "") for name in shipped_scenarios(_folder(context) or shipped_pack()))
    yield from _paths(incomplete, _SCENARIO_ENDINGS)


@_completer
def scenario_files(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the files that may hold scenarios."""
    return _paths(incomplete, _SCENARIO_ENDINGS)


@_completer
def any_files(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return files of any kind."""
    return _paths(incomplete, None)


@_completer
def folders(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return folders."""
    return _paths(incomplete, ())


@_completer
def authorities(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the authorities."""
    return _titles(_pack(context).authorities)


@_completer
def powers(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the powers."""
    return _titles(_pack(context).powers)


@_completer
def lenses(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the lenses."""
    return _titles(_pack(context).lenses)


@_completer
def claims(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the claims."""
    return _titles(_pack(context).claims)


@_completer
def courses(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the courses of action of the scenarios that are named."""
    from authcheck.cli.inputs import load_scenarios

    # Behind an option that waits for its value, what stands alone is not told apart yet.
    named = context.params.get("scenarios") or [context.params.get("scenario"), *context.args]
    for loaded in load_scenarios([name for name in named if name and name != "-"], _pack(context), _folder(context)):
        yield from ((name, "") for name in (loaded.scenario.options if loaded.scenario else ()))


@_completer
def readings(context: typer.Context, incomplete: str) -> Candidates:
    """Return the questions, and behind `=` the readings of one."""
    questions = _pack(context).questions
    name, separator, _ = incomplete.partition("=")
    if not separator:
        return ((f"{question}=", words) for question, words in _titles(questions))
    answers = questions[name].readings if name in questions else {}
    return ((f"{name}={reading}", words) for reading, words in _titles(answers))


@_completer
def rules(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the codes of what is doubtful."""
    from authcheck.linting import rules

    return ((code, rule.summary) for code, rule in rules().items())


@_completer
def codes(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the codes of what is doubtful, and of errors."""
    from authcheck.linting import rules
    from authcheck.linting.errors import ERRORS
    from authcheck.linting.ignoring import IGNORING

    return ((code, page.summary) for code, page in {**rules(), **IGNORING, **ERRORS}.items())


@_completer
def settings(context: typer.Context, incomplete: str) -> Candidates:
    """Return the facts, and behind `=` the values of one."""
    facts = _pack(context).facts
    name, separator, _ = incomplete.partition("=")
    if not separator:
        return ((f"{fact}=", words) for fact, words in _titles(facts))
    return ((f"{name}={value}", words) for value, words in _values(facts[name])) if name in facts else ()


def _values(fact: Fact) -> Iterator[tuple[str, str]]:
    if fact.type is FactType.YES_NO:
        yield from (("true", "yes"), ("false", "no"))
    yield from fact.values.items()
    yield "unknown", "not known"


@_completer
def variations(context: typer.Context, incomplete: str) -> Candidates:
    """Return the facts, and behind `=` and each comma the values of one that are not named yet."""
    facts = _pack(context).facts
    name, separator, named = incomplete.partition("=")
    if not separator:
        return ((fact, words) for fact, words in _titles(facts))
    before = named.rpartition(",")[0]
    values = (("any", "every value"), *_values(facts[name])) if name in facts else ()
    start = f"{name}={before}," if before else f"{name}="
    return ((f"{start}{value}", words) for value, words in values if value not in before.split(","))


@_completer
def kinds(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the kinds of things that can be shown."""
    from authcheck.rendering.layouts.listing import KINDS

    return ((name, "") for name in (*KINDS, "scenario", "word"))


@_completer
def things(context: typer.Context, incomplete: str) -> Candidates:  # noqa: ARG001 - all are asked alike.
    """Return the things of the kind that is named."""
    from authcheck.loading.folders import shipped_pack, shipped_scenarios
    from authcheck.rendering.layouts.listing import KINDS, names_of

    kind = context.params.get("kind", "")
    if kind == "scenario":
        return ((name, "") for name in shipped_scenarios(_folder(context) or shipped_pack()))
    return _titles(names_of(_pack(context), kind)) if kind in KINDS else ()
