"""Rows of Parquet as the cells that they would be in a table of text, and what zstd has packed."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import RecordBatch, types

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import quoted
from authcheck.loading.tables import NO_VALUES, check_columns
from authcheck.model.fact import FactType
from authcheck.model.pack import Pack

__all__ = ["OF_ONE", "RecordBatch", "TableFile", "opened", "rows_of", "texts_of", "unpacked"]

OF_ONE = ("id", "scenario", "description")
"""The columns in which every row may say something else."""

# So many words of so many rows are few.
_WORDS_MET, _FIRST = 64, 1024


def unpacked(stream: IO[bytes]) -> IO[bytes]:
    """Return what zstd has packed, to be read as it comes; reading raises EOFError where it is broken off or none."""
    return io.BufferedReader(_Unpacked(stream))


class _Unpacked(io.RawIOBase):
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = pa.CompressedInputStream(stream, "zstd")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            return int(self._stream.readinto(buffer))
        except OSError as error:
            raise EOFError(str(error)) from None


def opened(path: Path) -> IO[bytes]:
    """Open a file, which is closed when nobody has it any more. Raises OSError."""
    return pa.OSFile(os.fsencode(path))  # type: ignore[no-any-return]


class TableFile:
    """A file of Parquet, read some rows at a time. All raises AuthcheckError where it is broken off, or none."""

    def __init__(self, stream: IO[bytes], file: str, pack: Pack) -> None:
        """Read what the file says of itself. Raises AuthcheckError where a column is no fact, or of another type."""
        self._file = file
        with self._read():
            table = pq.ParquetFile(stream)
            schema = table.schema_arrow
            check_columns(schema.names, file, pack)
            _check_types([one for one in schema if not _is_empty(table.metadata, one.name)], file, pack)
            # Words that are few are read as what points to them.
            named = [one.name for one in schema if one.name not in OF_ONE and types.is_string(one.type)]
            # Read ahead, a whole group of rows would be held, packed and unpacked.
            self._table = pq.ParquetFile(stream, metadata=table.metadata, read_dictionary=named, pre_buffer=False)

    @contextmanager
    def _read(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            words = f"{quoted(self._file)} is broken off, or no file of Parquet: {str(error).split('.')[0]}"
            raise AuthcheckError([Diagnostic("file-unreadable", words, Place(self._file))]) from None

    def groups(self, rows: int) -> Iterator[tuple[range, int]]:
        """Return groups of rows that are read together, so many rows at most or one group, and how many they are."""
        first = count = 0
        for number in range(self._table.num_row_groups):
            here = self._table.metadata.row_group(number).num_rows
            if count and count + here > rows:
                yield range(first, number), count
                first, count = number, 0
            count += here
        if count:
            yield range(first, self._table.num_row_groups), count

    def batches(self, groups: range, rows: int) -> Iterator[RecordBatch]:
        """Return the rows of these groups, so many at a time, and at last what is left."""
        held: list[RecordBatch] = []
        with self._read():
            # What is read at once comes in parts where the words of two groups differ.
            for batch in self._table.iter_batches(rows, row_groups=groups, use_threads=False):
                held.append(batch)
                if sum(one.num_rows for one in held) >= rows:
                    yield _together(held)
                    held = []
        if held:
            yield _together(held)


def _together(batches: Sequence[RecordBatch]) -> RecordBatch:
    if len(batches) == 1:
        return batches[0]
    return pa.Table.from_batches(batches).unify_dictionaries().combine_chunks().to_batches()[0]


def _is_empty(metadata: Any, name: str) -> bool:  # noqa: ANN401 - what pyarrow has of a file.
    """Whether a file says of a column that nothing stands in it."""
    at = metadata.schema.names.index(name) if name in metadata.schema.names else -1
    groups = [metadata.row_group(number).column(at) for number in range(metadata.num_row_groups if at >= 0 else 0)]
    told = [(one.statistics, one.num_values) for one in groups if one.path_in_schema == name]
    return bool(told) and all(one is not None and one.null_count == count for one, count in told)


def rows_of(batch: RecordBatch, file: str, pack: Pack) -> Sequence[Sequence[str]]:
    """Return the rows as cells of text; null is an empty one. Raises AuthcheckError as `texts_of` does."""
    return tuple(zip(*(column.to_pylist() for column in texts_of(batch, file, pack)), strict=True))


def texts_of(batch: RecordBatch, file: str, pack: Pack) -> list[pa.Array]:
    """Return each column as the texts that its cells would be in a table of text.

    Texts that are few come as a dictionary, in which each value is made a text once: all but those `OF_ONE` row.
    Raises AuthcheckError with every column of a type that it cannot have. One that holds nothing may be of any: NaN
    alone are numbers to those who make a table.
    """
    columns = [*zip(batch.schema, batch.columns, strict=True)]
    _check_types([field for field, column in columns if column.null_count < len(column)], file, pack)
    return [
        column.cast(pa.string()).fill_null("") if field.name in OF_ONE else _few(column)
        for field, column in (
            (field, column if column.null_count < len(column) else pa.nulls(len(column), pa.string()))
            for field, column in columns
        )
    ]


def _check_types(fields: Iterable[pa.Field], file: str, pack: Pack) -> None:
    problems = []
    for field in fields:
        words = _misfit(field.name, field.type, pack)
        if words:
            message = f"the column {quoted(field.name)} is of the type {field.type}, and takes {words}"
            problems.append(Diagnostic("column-type", message, Place(file, 1, 1), help="cast it, or leave it out"))
    if problems:
        raise AuthcheckError(problems)


_WORDS: Mapping[FactType | None, str] = {
    None: "text",
    FactType.CHOICE: "text, or lists of it",
    FactType.YES_NO: "yes and no, or text, or lists of them",
    FactType.NUMBER: "numbers or text, or lists of them",
    FactType.DATE: "dates or text",
}


def _misfit(name: str, of: pa.DataType, pack: Pack) -> str:
    """Return in words what a column takes, if its type is none of that; else nothing."""
    kind = pack.facts[name].type if name in pack.facts else FactType.DATE if name == "as_of" else None
    if kind not in {None, FactType.DATE} and (types.is_list(of) or types.is_large_list(of)):
        of = of.value_type
    if types.is_dictionary(of):
        of = of.value_type
    fits = types.is_string(of) or types.is_large_string(of) or types.is_string_view(of) or types.is_null(of)
    match kind:
        case FactType.YES_NO:
            fits = fits or types.is_boolean(of)
        case FactType.NUMBER:
            fits = fits or types.is_integer(of) or types.is_floating(of)
        case FactType.DATE:
            fits = fits or types.is_date(of) or types.is_timestamp(of)
    return "" if fits else _WORDS[kind]


def _few(column: pa.Array) -> pa.Array:
    """Return a column as a dictionary of texts, several values of one cell with bars between them; null is empty."""
    if types.is_list(column.type) or types.is_large_list(column.type):
        column = _joined(column.cast(pa.list_(pa.string())))
    if types.is_boolean(column.type):
        codes, texts = column.cast(pa.int32()), pa.array(["false", "true"])
    else:
        column = column if types.is_dictionary(column.type) else _encoded(column)
        codes, texts = column.indices, column.dictionary
        if codes.type != pa.int32():
            codes = codes.cast(pa.int32())
        if texts.type != pa.string() or texts.null_count:
            texts = _words(texts).fill_null("")
    if codes.null_count:
        codes, texts = codes.fill_null(len(texts)), pa.concat_arrays([texts, pa.array([""])])
    return pa.DictionaryArray.from_arrays(codes, texts, safe=False)


def _words(values: pa.Array) -> pa.Array:
    """Return values as texts; a moment at which a day begins is that day."""
    if not types.is_timestamp(values.type):
        return values.cast(pa.string())
    moments = pc.local_timestamp(values) if values.type.tz else values
    return pc.replace_substring_regex(moments.cast(pa.string()), " 00:00:00(\\.0+)?$", "")


def _encoded(column: pa.Array) -> pa.Array:
    """Return a column as a dictionary: where its first rows have few words, the others' are looked for among these."""
    if types.is_string(column.type):
        words = column.slice(0, _FIRST).unique()
        # To look for a word takes half as long as to put it with those that are met.
        codes = pc.index_in(column, value_set=words) if len(words) <= _WORDS_MET else None
        if codes is not None and not codes.null_count:
            return pa.DictionaryArray.from_arrays(codes, words, safe=False)
    return column.dictionary_encode(null_encoding="encode")


def _joined(column: pa.Array) -> pa.Array:
    """Return lists of texts each as one. A value that is missing, or no value, is at fault, and must not go unseen."""
    if column.flatten().null_count:
        some = [None if one is None else "|".join(word or "" for word in one) for one in column.to_pylist()]
        joined = pa.array(some, pa.string())
    else:
        joined = pc.binary_join(column, "|")
    return pc.if_else(pc.equal(joined, ""), NO_VALUES, joined)
