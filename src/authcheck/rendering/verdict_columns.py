"""The columns of a table of verdicts, and what stands in them of a record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from authcheck.answer.record import AuthorityVerdict, PowerRecord, Record
from authcheck.diagnostics import Diagnostic
from authcheck.model.pack import Pack
from authcheck.rendering.words import hedge_cell

__all__ = [
    "LISTS",
    "OWN",
    "Value",
    "asks_for_powers",
    "columns_of",
    "problem_values",
    "standing_of",
    "told_of",
    "verdicts_of",
]

Value: TypeAlias = str | int | datetime.date | tuple[str, ...] | None

OWN = ("scenario", "file", "line")
"""The columns that differ where scenarios come to the same."""

LISTS = (
    *("relies_on", "gaps"),
    *("agreed", "claimed_not_found", "claimed_open", "claimed_not_relied_on", "found_not_claimed"),
)
"""The columns of which a cell holds several names."""

# The columns before the verdicts.
_TOLD = (*OWN, "option", "activity", "as_of", "lens", *LISTS)


def columns_of(pack: Pack) -> tuple[str, ...]:
    """Return the columns: those of the verdicts each beside its hedges and what it leaves out of account."""
    names = [*pack.authorities, *(f"power: {name}" for name in pack.powers)]
    verdicts = (column for name in names for column in (name, f"{name}_hedge", f"{name}_apart_from"))
    return (*_TOLD, *verdicts, "problem")


def told_of(record: Record) -> tuple[Value, ...]:
    """Return what stands in the columns before the verdicts."""
    place, lists = record.place, (getattr(record, name) for name in LISTS)
    told = (record.scenario, place.file, place.line, record.option, record.activity, record.as_of, record.lens)
    return (*told, *lists)


def verdicts_of(record: Record, width: int) -> tuple[Value, ...]:
    """Return what stands in the columns of the verdicts, and in that of what is wrong, which is nothing.

    The row has so many cells; those of powers that are not decided are empty.
    """
    things: tuple[AuthorityVerdict | PowerRecord, ...] = (*record.authorities.values(), *record.powers.values())
    values = [value for thing in things for value in standing_of(thing)]
    return (*values, *[None] * (width - len(_TOLD) - len(values) - 1), "")


def asks_for_powers(names: Iterable[str]) -> bool:
    """Whether a column of these, or a key of a record, says something of powers, as what is relied on does."""
    return any(name in LISTS or name == "powers" or name.startswith("power: ") for name in names)


def problem_values(name: str, problems: Sequence[Diagnostic], width: int) -> tuple[Value, ...]:
    """Return the row, of so many cells, of a scenario that could not be answered."""
    place = problems[0].place
    words = "; ".join(
        ": ".join(filter(None, (str(problem.place), problem.message, problem.help))) for problem in problems
    )
    return (name, place.file, place.line or None, *[None] * (width - len(OWN) - 1), words)


def standing_of(thing: AuthorityVerdict | PowerRecord) -> tuple[str, str, str]:
    """Return the bare verdict on an authority or a power, or that the power is not needed; then what limits it."""
    verdict = "not-needed" if thing.verdict is None else thing.verdict.value
    in_effect = thing.in_effect if isinstance(thing, AuthorityVerdict) else ""
    return verdict, hedge_cell(thing.hedges, in_effect), "; ".join(thing.apart_from)
