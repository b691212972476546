"""Rows of verdicts as tables of Arrow, and those as a file of Parquet."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from authcheck.rendering.verdict_columns import LISTS, OWN, Value

__all__ = ["Row", "Writer", "array_of", "join", "packed", "rows_over", "schema_of", "table_of", "unpacked"]

Row = tuple[Value, Value, Value, Sequence[Value]]
"""A row: the scenario, its file and line, and the rest of the columns, which rows share that come to the same."""

# What few rows tell apart is written once, and pointed to.
_FEW = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"scenario": pa.string(), "line": pa.int64(), "as_of": pa.date32(), "problem": pa.string()}

# So many rows stand in a group of the file, which is read at once.
_GROUP = 1 << 16


def schema_of(names: Sequence[str], *, plain: bool = False) -> pa.Schema:
    """Return the types of the columns: lists of names, a number, a date, and texts, by dictionary unless plain."""
    listed, text = pa.list_(pa.string()), pa.string() if plain else _FEW
    return pa.schema([(name, listed if name in LISTS else _TYPES.get(name, text)) for name in names])


def table_of(rows: Sequence[Row], columns: Sequence[str], names: Sequence[str]) -> pa.RecordBatch:
    """Return the rows as a table of the named ones of the columns; what is empty is null."""
    alike = {id(rest): rest for _, _, _, rest in rows}
    number = {known: at for at, known in enumerate(alike)}
    which = pa.array([number[id(rest)] for _, _, _, rest in rows], pa.int32())
    own = dict(zip(OWN, zip(*(row[:3] for row in rows), strict=True), strict=True))
    schema = schema_of(names)
    arrays = []
    for field in schema:
        if field.name in own:
            arrays.append(array_of(own[field.name], field.type))
            continue
        at = columns.index(field.name) - len(OWN)
        arrays.append(array_of([rest[at] for rest in alike.values()], field.type).take(which))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def array_of(values: Sequence[Value], of: pa.DataType) -> pa.Array:
    """Return values as an array of the type; what is empty is null."""
    found = pa.array([None if value == "" else value for value in values], pa.string() if of == _FEW else of)
    return found.dictionary_encode() if of == _FEW else found


def packed(table: pa.RecordBatch) -> bytes:
    """Return a table as the bytes that another process takes: a tenth of it, as rows say mostly the same."""
    stream = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_stream(stream, table.schema, options=options) as writer:
        writer.write_batch(table)
    return stream.getvalue().to_pybytes()  # type: ignore[no-any-return]


def unpacked(data: bytes) -> pa.RecordBatch:
    """Return the table that `packed` has made bytes of."""
    return pa.ipc.open_stream(data, options=pa.ipc.IpcReadOptions(use_threads=False)).read_next_batch()


class Writer:
    """Writes tables to a file of Parquet, some ten thousand rows in a group."""

    def __init__(self, stream: IO[bytes], names: Sequence[str], before: int = 0) -> None:
        """Begin the file. Raises OSError, as everything here does, where it cannot be written.

        Of its first group there stand so many rows `before`, in another file with which it is joined.
        """
        self.schema = schema_of(names)
        # Names of scenarios are all different: a dictionary of them, and the least and the greatest, are of no use.
        few = [one.name for one in self.schema if one.type == _FEW or one.name in LISTS or one.name == "as_of"]
        self._file = pq.ParquetWriter(
            stream,
            self.schema,
            compression="zstd",
            use_dictionary=few,
            # Numbers of lines follow each other.
            column_encoding={"line": "DELTA_BINARY_PACKED"} if "line" in names else None,
            write_statistics=["line", "as_of"],
        )
        self._held: list[pa.RecordBatch] = []
        self.rows = before
        """How many rows of a group stand here or before that is not whole yet."""

    def add(self, tables: Iterable[pa.RecordBatch]) -> None:
        """Write tables, in their order."""
        for table in tables:
            self._held.append(table)
            self.rows += table.num_rows
            if self.rows >= _GROUP:
                self._write()
                self.rows = 0

    def close(self) -> None:
        """Write what is held, and the end of the file, without which it cannot be read."""
        if self._held:
            self._write()
        self._file.close()

    def leave(self) -> None:
        """Leave the file without its end, as it cannot be written; wherever it was broken off, nothing more is said."""
        with contextlib.suppress(OSError, ValueError):
            self._file.close()
        # Else it would try again when it is let go of.
        self._file.is_open = False

    def _write(self) -> None:
        together = pa.Table.from_batches(self._held).unify_dictionaries()
        self._file.write_table(together.combine_chunks(), row_group_size=len(together))
        self._held = []


def rows_over(parts: Iterable[Path]) -> int:
    """Return how many rows of a group stand at the end of parts that is not whole yet. Raises OSError."""
    rows = 0
    for part in parts:
        found = pq.read_metadata(part)
        for group in range(found.num_row_groups):
            rows += found.row_group(group).num_rows
            rows = rows if rows < _GROUP else 0
    return rows


def join(parts: Sequence[Path], stream: IO[bytes], names: Sequence[str]) -> None:
    """Write the rows of several files of Parquet, of these columns, as one. Raises OSError where it cannot be done."""
    writer = Writer(stream, names)
    try:
        for part in parts:
            with pq.ParquetFile(part) as file:
                for group in range(file.num_row_groups):
                    writer.add(file.read_row_group(group).cast(writer.schema).combine_chunks().to_batches())
        writer.close()
    except BaseException:
        writer.leave()
        raise
