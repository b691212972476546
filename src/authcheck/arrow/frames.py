"""Tables in memory, of Arrow or of pandas: rows of facts as records, and verdicts as a table of the same kind."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

import pyarrow as pa

from authcheck.answer.record import Record
from authcheck.arrow.reading import cells_of
from authcheck.arrow.writing import Row, schema_of, table_of
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.tables import check_columns, record_of
from authcheck.model.pack import Pack
from authcheck.rendering.verdict_columns import OWN, Value, columns_of, problem_values, told_of, verdicts_of

__all__ = ["records_in", "with_verdicts"]

Table = TypeVar("Table")

# What is of a file, or the same in every row.
_LEFT_OUT = ("file", "line", "option", "activity")


def records_in(table: object, file: str, pack: Pack) -> Iterator[tuple[int, str | AuthcheckError]]:
    """Return each row as a record of JSON with its number, or what is wrong with it.

    Raises AuthcheckError where it is no table, or a column is no fact or of a type that it cannot have.
    """
    read = _arrow_of(table, file)
    names = read.column_names
    check_columns(names, file, pack)
    number = 0
    for batch in read.to_batches():
        for row in zip(*(column.to_pylist() for column in cells_of(batch, file, pack)), strict=True):
            number += 1
            try:
                yield number, record_of(row, names, Place(file, number, 1), pack)
            except AuthcheckError as error:
                yield number, error


def with_verdicts(found: Iterable[tuple[int, Record | AuthcheckError]], like: Table, pack: Pack) -> Table:
    """Return the verdicts on the rows of a table as another of its kind, with the index that it has, if any."""
    columns = columns_of(pack)
    names = [name for name in columns if name not in _LEFT_OUT]
    rows: list[Row] = []
    # The record is kept beside what it says, lest another take its number.
    said: dict[tuple[int, datetime.date], tuple[Record, Sequence[Value]]] = {}
    for number, record in found:
        if isinstance(record, AuthcheckError):
            scenario, _, _, *rest = problem_values(f"line-{number}", record.diagnostics, len(columns))
            rows.append((scenario, None, None, rest))
            continue
        key = id(record.authorities), record.as_of
        if key not in said:
            said[key] = record, (*told_of(record), *verdicts_of(record))[len(OWN) :]
        rows.append((record.scenario, None, None, said[key][1]))
    verdicts = table_of(rows, columns, names) if rows else schema_of(names).empty_table()
    if not _is_of_pandas(like):
        return cast("Table", verdicts)
    frame = verdicts.to_pandas()
    frame.index = like.index  # type: ignore[attr-defined]
    return cast("Table", frame)


def _arrow_of(table: object, file: str) -> pa.Table:
    """Return the table as one of Arrow. Raises AuthcheckError where it is none."""
    try:
        if _is_of_pandas(table):
            return pa.table({str(name): _texts(column) for name, column in table.items()})  # type: ignore[attr-defined]
        return pa.table(table)
    except (pa.ArrowException, TypeError, ValueError) as error:
        message = f"this is no table that can be read: {str(error).splitlines()[0]}"
        raise AuthcheckError([Diagnostic("no-table", message, Place(file))]) from None


def _is_of_pandas(table: object) -> bool:
    # Of pandas nothing is imported: who has a frame has it.
    return type(table).__module__.partition(".")[0] == "pandas" and hasattr(table, "index")


def _texts(column: Any) -> pa.Array:  # noqa: ANN401 - a column of pandas.
    """Return a column of pandas; one of values of several types, as texts."""
    try:
        return pa.Array.from_pandas(column)
    except pa.ArrowException:
        return pa.array([None if value is None or value != value else _text(value) for value in column], pa.string())  # noqa: PLR0124 - NaN.


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
