"""The courses of action of a scenario beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from authcheck.frozen import dataclass
from authcheck.model.answer import Answer, Receipt, Verdict

__all__ = ["SCHEMA", "Cell", "Column", "Matrix", "Row", "matrix"]

SCHEMA = "authcheck.matrix/1"


@dataclass(frozen=True, slots=True)
class Column:
    """One course of action: what it changes, what it relies on, and its gaps. Without a name, it changes nothing."""

    option: str
    changes: Mapping[str, str]
    relies_on: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What an authority is under one course of action."""

    verdict: Verdict
    possible: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One authority under each course of action, in the order of the columns."""

    authority: str
    title: str
    differs: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every authority under every course of action, the scenario as it stands first."""

    schema: str
    scenario: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    powers: Mapping[str, str]
    disclaimer: str
    receipt: Receipt


def matrix(base: Answer, options: Sequence[Answer]) -> Matrix:
    """Return the answer to a scenario as it stands beside those to its courses of action."""
    answers = [base, *options]
    gaps = [tuple(name for name, power in one.powers.items() if power.gap) for one in answers]
    return Matrix(
        schema=SCHEMA,
        scenario=base.scenario,
        title=base.title,
        columns=tuple(
            Column(one.option, base.options[one.option].changes if one.option else {}, one.relies_on, open_ones)
            for one, open_ones in zip(answers, gaps, strict=True)
        ),
        rows=tuple(_row(name, answers) for name in base.authorities),
        powers={name: power.title for name, power in base.powers.items() if any(name in one for one in gaps)},
        disclaimer=base.disclaimer,
        receipt=base.receipt,
    )


def _row(name: str, answers: Sequence[Answer]) -> Row:
    cells = tuple(Cell(found.verdict, found.possible) for found in (one.authorities[name] for one in answers))
    return Row(name, answers[0].authorities[name].title, len(set(cells)) > 1, cells)
