"""The columns of a table of verdicts, and what stands in them of a record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from authcheck.answer.answer import LeftOut
from authcheck.answer.record import AuthorityVerdict, PowerRecord, Record
from authcheck.decision.verdicts import questions_of
from authcheck.diagnostics import Diagnostic
from authcheck.model.authority import Authority, Element, Ground
from authcheck.model.pack import Pack
from authcheck.model.question import Reading
from authcheck.rendering.words import hedge_cell, left_out_words, unsupplied_words

__all__ = [
    "LISTS",
    "OWN",
    "Beside",
    "Value",
    "asks_for_powers",
    "beside_of",
    "cells_of",
    "columns_of",
    "names_of",
    "problem_values",
    "told_beside",
    "told_of",
    "verdicts_of",
]

Value: TypeAlias = str | int | datetime.date | tuple[str, ...] | None

Beside: TypeAlias = Mapping[str, Sequence[str]]
"""The column of each verdict, and what of it stands in columns beside, which have its name and theirs."""

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
    """Return the columns: those of the verdicts, each before those of what limits it."""
    return (*_TOLD, *names_of(beside_of(pack)), "problem")


def beside_of(pack: Pack) -> Beside:
    """Return what may limit the verdict on each authority, and on each power; what no rule of one has is not there."""
    return {
        **{name: tuple(_limits(authority, pack)) for name, authority in pack.authorities.items()},
        **{f"power: {name}": ("hedge", "unsupplied", "apart_from") for name in pack.powers},
    }


def _limits(authority: Authority, pack: Pack) -> Iterator[str]:
    views = [view for name in questions_of(authority) for view in pack.questions[name].readings.values()]
    grounds = authority.grounds
    parts: tuple[Ground | Element | Reading, ...] = (
        *grounds,
        *(element for ground in grounds for element in ground.elements),
        *views,
    )
    yield "hedge"
    if any(part.inferred for part in parts):
        yield "inferred"
    if views:
        yield "disputed"
    if authority.in_effect:
        yield "in_effect"
    yield "apart_from"


def told_beside(beside: Beside, authorities: Iterable[str], powers: Iterable[str]) -> Beside:
    """Return what may limit the verdicts on these authorities and powers alone."""
    return {column: beside[column] for column in (*authorities, *(f"power: {name}" for name in powers))}


def names_of(beside: Beside) -> tuple[str, ...]:
    """Return the columns of these verdicts, each before those of what limits it."""
    return tuple(name for stem, limits in beside.items() for name in (stem, *(f"{stem}_{limit}" for limit in limits)))


def told_of(record: Record) -> tuple[Value, ...]:
    """Return what stands in the columns before the verdicts."""
    place, lists = record.place, (getattr(record, name) for name in LISTS)
    told = (record.scenario, place.file, place.line, record.option, record.activity, record.as_of, record.lens)
    return (*told, *lists)


def verdicts_of(record: Record, beside: Beside, width: int) -> tuple[Value, ...]:
    """Return what stands in the columns of the verdicts, and in that of what is wrong, which is nothing.

    The row has so many cells; those of powers that are not decided are empty.
    """
    things: tuple[AuthorityVerdict | PowerRecord, ...] = (*record.authorities.values(), *record.powers.values())
    # Powers come last, and where they are not decided, there are none.
    values = [
        value for thing, limits in zip(things, beside.values(), strict=False) for value in cells_of(thing, limits)
    ]
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


def cells_of(thing: AuthorityVerdict | PowerRecord, limits: Iterable[str]) -> Iterator[str]:
    """Return the bare verdict on an authority or a power, or that the power is not needed; then what limits it."""
    yield "not-needed" if thing.verdict is None else thing.verdict.value
    told = _limits_of_power(thing) if isinstance(thing, PowerRecord) else _limits_of_authority(thing)
    told |= {"hedge": hedge_cell(thing.hedges), "apart_from": "; ".join(thing.apart_from)}
    yield from (told[limit] for limit in limits)


def _limits_of_power(power: PowerRecord) -> dict[str, str]:
    return {"unsupplied": unsupplied_words(power)}


def _limits_of_authority(authority: AuthorityVerdict) -> dict[str, str]:
    return {
        "inferred": authority.inferred.value if authority.inferred else "",
        "disputed": "; ".join(dict.fromkeys(map(_disputed, authority.left_out))),
        "in_effect": authority.in_effect,
    }


def _disputed(left: LeftOut) -> str:
    """Return who reads it otherwise than the lens admits, and what it is then; whose view is nobody's, which view."""
    whose = " and ".join(left.holders) or f"{left.question}={left.reading}"
    return f"{whose}: {left_out_words(left)}"
