"""The courses of action of a scenario beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from authcheck.answer.answer import Answer, Receipt, UnmodelledAnswer
from authcheck.answer.reasons import unsettled_in
from authcheck.answer.result import ResultType
from authcheck.answer.standing import PowerStanding, Standing, narrowed
from authcheck.frozen import dataclass

__all__ = ["RESULT", "SCHEMA", "Column", "Matrix", "Row", "matrix"]

SCHEMA = "authcheck.matrix/1"


@dataclass(frozen=True, slots=True)
class Column:
    """One course of action: what it changes, what it relies on, and its gaps. Without a name, it changes nothing.

    `unsettled` are the powers that it needs, or may need, and that are neither available nor a gap.
    """

    option: str
    changes: Mapping[str, str]
    relies_on: tuple[str, ...]
    unsettled: Mapping[str, PowerStanding]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One authority under each course of action, in the order of the columns."""

    authority: str
    title: str
    differs: bool
    cells: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every authority under every course of action, the scenario as it stands first.

    `powers` has the titles of those that are unsettled, or a gap, in some column.
    """

    schema: str
    scenario: str
    title: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    powers: Mapping[str, str]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("matrix", "Courses of action side by side, of authcheck", SCHEMA, Matrix)


def matrix(base: Answer, options: Sequence[Answer]) -> Matrix:
    """Return the answer to a scenario as it stands beside those to its courses of action."""
    answers = [base, *options]
    columns = tuple(_column(answer, base.options[answer.option].changes if answer.option else {}) for answer in answers)
    named = {name for column in columns for name in (*column.unsettled, *column.gaps)}
    return Matrix(
        schema=SCHEMA,
        scenario=base.scenario,
        title=base.title,
        unmodelled=base.unmodelled,
        columns=columns,
        rows=tuple(_row(name, answers) for name in base.authorities),
        powers={name: power.title for name, power in base.powers.items() if name in named},
        disclaimer=base.disclaimer,
        receipt=base.receipt,
    )


def _column(answer: Answer, changes: Mapping[str, str]) -> Column:
    gaps = tuple(name for name, power in answer.powers.items() if power.gap)
    return Column(answer.option, changes, answer.relies_on, unsettled_in(answer), gaps)


def _row(name: str, answers: Sequence[Answer]) -> Row:
    cells = tuple(narrowed(Standing, answer.authorities[name]) for answer in answers)
    return Row(name, answers[0].authorities[name].title, len(set(cells)) > 1, cells)
