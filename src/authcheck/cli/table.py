"""Verdicts on many scenarios as a table: a row for each, as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from authcheck.answer.record import AuthorityVerdict, PowerRecord, Record
from authcheck.cli.output import Output
from authcheck.diagnostics import Diagnostic
from authcheck.model.pack import Pack
from authcheck.rendering.values import csv_text
from authcheck.rendering.words import hedge_cell

__all__ = ["columns_of", "row_of", "row_of_problems", "write_table"]

Recorded: TypeAlias = tuple[str, Sequence[Record] | tuple[Diagnostic, ...]]
"""The records of one scenario, or what is wrong with it, with its name."""

_TOLD = (
    "scenario",
    "file",
    "line",
    "option",
    "activity",
    "as_of",
    "lens",
    "relies_on",
    "gaps",
    "agreed",
    "claimed_not_found",
    "found_not_claimed",
)


def columns_of(pack: Pack) -> list[str]:
    """Return the columns: those of the verdicts each beside its hedges and what it leaves out of account."""
    names = [*pack.authorities, *(f"power: {name}" for name in pack.powers)]
    return [*_TOLD, *(column for name in names for column in (name, f"{name}_hedge", f"{name}_apart_from")), "problem"]


def row_of(record: Record) -> list[str]:
    """Return the row of one record."""
    place = record.place
    told = [
        record.scenario,
        place.file,
        str(place.line),
        record.option,
        record.activity,
        str(record.as_of),
        record.lens,
    ]
    listed = (record.relies_on, record.gaps, record.agreed, record.claimed_not_found, record.found_not_claimed)
    things: tuple[AuthorityVerdict | PowerRecord, ...] = (*record.authorities.values(), *record.powers.values())
    verdicts = [cell for thing in things for cell in _cells(thing)]
    return [*told, *(" ".join(names) for names in listed), *verdicts, ""]


def row_of_problems(name: str, problems: Sequence[Diagnostic], width: int) -> list[str]:
    """Return the row of a scenario that could not be answered: its name, its place and its problems."""
    place = problems[0].place
    told = [name, place.file, str(place.line or "")]
    words = "; ".join(f"{problem.place}: {problem.message}" for problem in problems)
    return [*told, *[""] * (width - len(told) - 1), words]


def write_table(results: Iterable[Recorded], pack: Pack, out: Output) -> None:
    """Write a row for each record as it comes, and for each scenario that could not be answered."""
    columns = columns_of(pack)
    out.text(csv_text([columns]))
    for name, found in results:
        if isinstance(found, tuple):
            out.text(csv_text([row_of_problems(name, found, len(columns))]))
        else:
            out.text(csv_text(map(row_of, found)))


def _cells(thing: AuthorityVerdict | PowerRecord) -> tuple[str, str, str]:
    """Return the bare verdict on an authority or a power, or that the power is not needed; then what limits it."""
    verdict = "not-needed" if thing.verdict is None else thing.verdict.value
    in_effect = thing.in_effect if isinstance(thing, AuthorityVerdict) else ""
    return verdict, hedge_cell(thing.hedges, in_effect), "; ".join(thing.apart_from)
