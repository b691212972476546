"""Reading blocks that say only where something stands, as whoever answers them does."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from authcheck.cli.blocks import Batch, Block, Files, Lines, Slice, Stretch, lines_of, stamp_of
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import quoted
from authcheck.loading.folders import Loaded
from authcheck.model.pack import Pack

if TYPE_CHECKING:
    # The library waits until there is a file of its kind.
    from authcheck.arrow.reading import RecordBatch

__all__ = ["Reader"]


class Reader:
    """Reads blocks. The table of which it read last stays open, as slices mostly follow each other."""

    def __init__(self, pack: Pack) -> None:
        """Take the pack that says what columns are facts."""
        self._pack = pack
        self._table: _Table | None = None

    def read(self, block: Block) -> Block:
        """Return what a block comes to where it says only where that stands; a slice may be broken.

        Raises AuthcheckError where a file is not to be seen here, or is another than the one that is meant.
        """
        match block:
            case Files(stamps=[_, *_]):
                for (name, path), stamp in zip(block.places, block.stamps, strict=True):
                    if _stamp(name, path) != stamp:
                        raise _changed(name)
                return block
            case Stretch():
                return _lines(block)
            case Slice():
                table = self._table_of(block)
                try:
                    return Batch(block.file, block.first, table.rows(block))
                except AuthcheckError as error:
                    self._table = None
                    return Loaded(block.file, problems=error.diagnostics)
            case _:
                return block

    def _table_of(self, block: Slice) -> _Table:
        from authcheck.arrow.reading import opened

        if _stamp(block.file, block.path) != block.stamp:
            raise _changed(block.file)
        if self._table is None or self._table.known != (block.path, block.stamp):
            try:
                stream = opened(block.path)
            except OSError:
                raise _unseen(block.file, block.path) from None
            self._table = _Table(block, stream, self._pack)
        return self._table


class _Table:
    """A file of Parquet that is open, and how far its rows are read."""

    def __init__(self, block: Slice, stream: IO[bytes], pack: Pack) -> None:
        from authcheck.arrow.reading import TableFile

        self.known = block.path, block.stamp
        self._file = TableFile(stream, block.file, pack)
        self._read: tuple[range, int] | None = None
        self._next = 0
        self._batches: Iterator[RecordBatch] = iter(())

    def rows(self, block: Slice) -> RecordBatch:
        """Return the rows. Raises AuthcheckError where the file is broken off before their end."""
        if self._read != (block.groups, block.rows) or self._next > block.start:
            self._read, self._next = (block.groups, block.rows), 0
            self._batches = self._file.batches(block.groups, block.rows)
        while self._next < block.start:
            next(self._batches)
            self._next += block.rows
        self._next += block.rows
        return next(self._batches)


def _stamp(name: str, path: Path) -> tuple[int, int]:
    try:
        return stamp_of(path.stat())
    except OSError:
        raise _unseen(name, path) from None


def _lines(block: Stretch) -> Lines:
    try:
        with block.path.open("rb") as stream:
            stream.seek(block.start)
            data = stream.read(block.size)
    except OSError:
        raise _unseen(block.file, block.path) from None
    if zlib.crc32(data) != block.sum:
        raise _changed(block.file)
    return lines_of(block.file, block.first, block.start, data)


def _unseen(name: str, path: Path) -> AuthcheckError:
    message = f"a worker of the cluster cannot read {quoted(name)}: {quoted(str(path))} is not there, or not to be read"
    help = "workers read by themselves, and must see all files under the same path"
    return AuthcheckError([Diagnostic("file-unseen", message, Place(name), help=help)])


def _changed(name: str) -> AuthcheckError:
    message = f"{quoted(name)} is another file for a worker of the cluster, or it has changed since the run began"
    help = "workers must see the same file, of the same size and time, under the same path"
    return AuthcheckError([Diagnostic("file-changed", message, Place(name), help=help)])
