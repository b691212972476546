"""The combinations of a sweep as a file of Parquet, of which the bytes come as they are made."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from authcheck.asking.sweep import Outcome, Row, Variation, value_of
from authcheck.rendering.verdict_columns import Beside, cells_of, names_of, told_beside

__all__ = ["parquet_of"]

_FEW = pa.dictionary(pa.int32(), pa.string())
_LISTED = pa.list_(pa.string())
_LISTS = ("changed", "relies_on", "gaps")

# So many rows stand in a group of the file, which is held at once.
_GROUP = 1 << 16


class _Sink(io.RawIOBase):
    """What is written, until it is taken."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what has been written since this was last asked."""
        data, self._held = b"".join(self._held), []
        return data


def parquet_of(
    rows: Iterable[Row],
    varied: Sequence[Variation],
    authorities: Sequence[str],
    powers: Sequence[str],
    beside: Beside,
) -> Iterator[bytes]:
    """Return the rows as bytes of a file of Parquet: the columns of CSV, names in lists, what is empty null."""
    facts = [one.fact for one in varied]
    limits = told_beside(beside, authorities, powers)
    things = dict(zip((*authorities, *powers), limits.values(), strict=True))
    schema = pa.schema(
        [
            *((name, _FEW) for name in facts),
            *((name, _LISTED) for name in _LISTS),
            *((name, _FEW) for name in names_of(limits)),
        ]
    )
    sink, left = _Sink(), iter(rows)
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as file:
        while some := list(itertools.islice(left, _GROUP)):
            file.write_table(pa.Table.from_arrays([*_values(some, facts), *_outcomes(some, things)], schema=schema))
            yield sink.taken()
    yield sink.taken()


def _values(rows: Sequence[Row], facts: Sequence[str]) -> Iterator[pa.Array]:
    """Return a column of values for each fact; null where it does not vary in the row."""
    columns: dict[str, list[str | None]] = {name: [None] * len(rows) for name in facts}
    for at, row in enumerate(rows):
        for stated in row.values:
            columns[stated.fact][at] = value_of(stated)
    for column in columns.values():
        yield pa.array(column, pa.string()).dictionary_encode()


def _outcomes(rows: Sequence[Row], things: Beside) -> Iterator[pa.Array]:
    """Return the other columns; what rows come to together is put into them once."""
    alike: dict[int, Outcome] = {id(row.outcome): row.outcome for row in rows}
    number = {known: at for at, known in enumerate(alike)}
    which = pa.array([number[id(row.outcome)] for row in rows], pa.int32())
    for lists in zip(*((one.changed, one.relies_on, one.gaps) for one in alike.values()), strict=True):
        yield pa.array(lists, _LISTED).take(which)
    cells = zip(
        *(
            [cell for name, limits in things.items() for cell in cells_of(one.told(name), limits)]
            for one in alike.values()
        ),
        strict=True,
    )
    for column in cells:
        yield pa.array([cell or None for cell in column], pa.string()).dictionary_encode().take(which)
