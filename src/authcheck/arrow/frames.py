"""Tables in memory, of Arrow or of pandas: rows of facts become a table of verdicts of the same kind."""

from __future__ import annotations

import contextlib
from typing import Any, TypeVar, Unpack, cast

import pyarrow as pa

from authcheck.answer.decider import Decider, Terms
from authcheck.arrow.deciding import BatchDecider
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.plain import is_nothing, plain
from authcheck.loading.tables import NO_VALUES
from authcheck.rendering.verdict_columns import columns_of

__all__ = ["decided"]

Table = TypeVar("Table")

# What is of a file, or the same in every row.
_LEFT_OUT = ("file", "line", "option", "activity")

# So many rows are decided at once: what each batch takes by itself is then nothing.
_ROWS = 1 << 16


def decided(table: Table, file: str, decider: Decider, **terms: Unpack[Terms]) -> Table:
    """Return the verdicts on the rows of a table as another of its kind, with the index that it has, if any.

    Raises AuthcheckError where it is no table, or a column is no fact or of a type that it cannot have.
    """
    decide = BatchDecider(
        decider, columns=[name for name in columns_of(decider.pack) if name not in _LEFT_OUT], **terms
    )
    read, first, found = _arrow_of(table, file), 1, []
    # Without rows there is still a column that may be wrong.
    for batch in read.to_batches(_ROWS) or [pa.RecordBatch.from_pylist([], schema=read.schema)]:
        found.append(decide(batch, file=file, first=first))
        first += batch.num_rows
    verdicts = pa.Table.from_batches(found, decide.schema)
    if not _is_of_pandas(table):
        return cast("Table", verdicts)
    frame = verdicts.to_pandas()
    frame.index = table.index  # type: ignore[attr-defined]
    return cast("Table", frame)


def _arrow_of(table: object, file: str) -> pa.Table:
    """Return the table as one of Arrow. Raises AuthcheckError where it is none."""
    try:
        if not _is_of_pandas(table):
            return pa.table(table)
        named = [(str(name), _texts(column)) for name, column in table.items()]  # type: ignore[attr-defined]
        if named:
            return pa.Table.from_arrays([column for _, column in named], [name for name, _ in named])
        words = "it has no column"
    except (pa.ArrowException, TypeError, ValueError) as error:
        words = str(error).splitlines()[0]
    message = f"this is no table that can be read: {words}"
    raise AuthcheckError([Diagnostic("no-table", message, Place(file))])


def _is_of_pandas(table: object) -> bool:
    # Of pandas nothing is imported: who has a frame has it.
    return type(table).__module__.partition(".")[0] == "pandas" and hasattr(table, "index")


def _texts(column: Any) -> pa.Array:  # noqa: ANN401 - a column of pandas.
    """Return a column of pandas; one of values of several types, as texts."""
    try:
        return pa.Array.from_pandas(column)
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        return pa.array([None if is_nothing(value) else _text(value) for value in column], pa.string())


def _text(value: object) -> str:
    """Return a value as it stands in a table of text."""
    with contextlib.suppress(TypeError):
        value = plain(value)
    if isinstance(value, list | tuple):
        return "|".join(map(_text, value)) if value else NO_VALUES
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return words.encode(errors="backslashreplace").decode()
