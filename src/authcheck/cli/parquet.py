"""Verdicts on many scenarios as a file of Parquet."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import typer

from authcheck.answer.record import Record
from authcheck.cli.inputs import known_name
from authcheck.cli.output import is_stream, not_written
from authcheck.diagnostics import Diagnostic
from authcheck.model.pack import Pack
from authcheck.rendering.verdict_columns import OWN, Value, columns_of, problem_values, told_of, verdicts_of

if TYPE_CHECKING:
    # The library waits until a table is made.
    from authcheck.arrow.reading import RecordBatch
    from authcheck.arrow.writing import Row, Writer

__all__ = ["KeptParquet", "ParquetColumns", "check_parquet"]


def check_parquet(file: Path | None, *, resume: bool = False) -> None:
    """Raise a usage error where no file of Parquet can be written, or one is to be gone on with."""
    from authcheck.arrow import NotInstalledError, require

    try:
        require("writing Parquet")
    except NotInstalledError as error:
        raise typer.BadParameter(f"{error}; CSV and JSON lines need nothing", param_hint="--format") from None
    if file is None or str(file) in {"-", "/dev/stdout"}:
        raise typer.BadParameter("Parquet is written to a file: add --output FILE", param_hint="--format")
    if resume:
        message = "a file of Parquet that is broken off cannot be read, nor gone on with: write CSV or JSON lines"
        raise typer.BadParameter(message, param_hint="--resume")


class ParquetColumns:
    """The columns of a record with their types, which are held until a block is answered.

    They are those of CSV; what is empty there is null, and a cell of several names is a list.
    """

    head = b""

    def __init__(self, pack: Pack, selected: Sequence[str] = ()) -> None:
        """Take the columns that are selected; none, for all. Raises a usage error for one that there is not."""
        self.columns = columns_of(pack)
        known = [known_name(name, self.columns, "column of the table", "--select") for name in selected]
        self.names = tuple(dict.fromkeys(known)) or self.columns
        self._rows: list[Row] = []

    def template(self, record: Record) -> Sequence[Value]:
        """Return what all records have that say the same of scenarios of other names and places."""
        return (*told_of(record), *verdicts_of(record))[len(OWN) :]

    def file_cell(self, file: str) -> bytes:
        """Return how a file is named in `fill`."""
        return file.encode(errors="backslashreplace")

    def fill(self, templates: Sequence[Sequence[Value]], name: bytes, file: bytes, line: int, _: list[bytes]) -> None:
        """Hold the rows of a scenario that comes to what is known already."""
        for template in templates:
            self._rows.append((name.decode(), file.decode(), line, template))

    def record(self, record: Record, _: list[bytes]) -> None:
        """Hold the row of a record."""
        self._rows.append((record.scenario, record.place.file, record.place.line, self.template(record)))

    def refuse(self, name: str, problems: Sequence[Diagnostic], _: list[bytes]) -> None:
        """Hold the row of a scenario that could not be answered."""
        scenario, file, line, *rest = problem_values(name, problems, len(self.columns))
        self._rows.append((scenario, file, line, rest))

    def take(self, verdicts: RecordBatch, written: list[bytes]) -> None:
        """Write verdicts that are a table already."""
        from authcheck.arrow.writing import packed

        written.append(packed(verdicts))

    def finish(self, written: list[bytes]) -> None:
        """Write the rows as a table that another process can read."""
        from authcheck.arrow.writing import packed, table_of

        if self._rows:
            written.append(packed(table_of(self._rows, self.columns, self.names)))
            self._rows = []


@dataclass(slots=True)
class KeptParquet:
    """The rows of a run in a file that appears whole: what is broken off nobody could read, and it is removed."""

    path: Path
    names: Sequence[str]
    done: int = field(default=0, init=False)
    _stream: IO[bytes] | None = field(default=None, init=False)
    _writer: Writer | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Begin the file."""
        from authcheck.arrow.writing import Writer

        try:
            self._stream = self._part.open("wb")
            self._writer = Writer(self._stream, self.names)
        except OSError as error:
            raise not_written(error, str(self.path)) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give the file its name where all went well; else remove it."""
        if self._stream is None or self._writer is None:
            return
        try:
            if kind is None:
                self._writer.close()
                self._stream.close()
                if self._part != self.path:
                    self._part.replace(os.path.realpath(self.path))
        except OSError as error:
            self.drop()
            raise not_written(error, str(self.path)) from None
        if kind is not None:
            self.drop()

    def add(self, tables: Sequence[bytes], inputs: int) -> None:
        """Write what so many inputs come to."""
        assert self._writer is not None
        try:
            self._writer.add(tables)
        except OSError as error:
            raise not_written(error, str(self.path)) from None
        self.done += inputs

    def drop(self) -> None:
        """Leave nothing behind."""
        if self._stream is not None:
            # What is still held has nowhere to go, which is told already.
            for part in (self._writer, self._stream):
                with contextlib.suppress(OSError, ValueError):
                    if part is not None:
                        part.close()
            self._stream = self._writer = None
            if self._part != self.path:
                self._part.unlink(missing_ok=True)

    @property
    def _part(self) -> Path:
        return self.path if is_stream(self.path) else Path(f"{self.path}.part")
