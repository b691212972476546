"""Verdicts on many scenarios as a file of Parquet."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

import typer

from authcheck.answer.record import Record
from authcheck.cli.inputs import known_name
from authcheck.cli.output import is_stream, not_written
from authcheck.cli.unfinished import Resumable, State, Tally, Unfinished
from authcheck.diagnostics import Diagnostic
from authcheck.model.pack import Pack
from authcheck.rendering.verdict_columns import OWN, Value, beside_of, columns_of, problem_values, told_of, verdicts_of

if TYPE_CHECKING:
    # The library waits until a table is made.
    from authcheck.arrow.reading import RecordBatch
    from authcheck.arrow.writing import Row, Writer

__all__ = ["KeptParquet", "ParquetColumns", "check_parquet"]

# So many seconds' rows are lost at most where a run is killed; a shorter run is not joined of parts.
_OFTEN = 10.0


def check_parquet(file: Path | None) -> None:
    """Raise a usage error where no file of Parquet can be written."""
    from authcheck.arrow import NotInstalledError, require

    try:
        require("writing Parquet")
    except NotInstalledError as error:
        raise typer.BadParameter(f"{error}; CSV and JSON lines need nothing", param_hint="--format") from None
    if file is None or str(file) in {"-", "/dev/stdout"}:
        raise typer.BadParameter("Parquet is written to a file: add --output FILE", param_hint="--format")


class ParquetColumns:
    """The columns of a record with their types, which are held until a block is answered.

    They are those of CSV; what is empty there is null, and a cell of several names is a list.
    """

    head = b""

    def __init__(self, pack: Pack, selected: Sequence[str] = ()) -> None:
        """Take the columns that are selected; none, for all. Raises a usage error for one that there is not."""
        self.columns = columns_of(pack)
        self._beside = beside_of(pack)
        known = [known_name(name, self.columns, "column of the table", "--select") for name in selected]
        self.names = tuple(dict.fromkeys(known)) or self.columns
        self._rows: list[Row] = []

    def template(self, record: Record) -> Sequence[Value]:
        """Return what all records have that say the same of scenarios of other names and places."""
        return (*told_of(record), *verdicts_of(record, self._beside, len(self.columns)))[len(OWN) :]

    def file_cell(self, file: str) -> bytes:
        """Return how a file is named in `fill`."""
        return file.encode(errors="backslashreplace")

    def fill(self, templates: Sequence[Sequence[Value]], name: bytes, file: bytes, line: int, _: list[Any]) -> None:
        """Hold the rows of a scenario that comes to what is known already."""
        for template in templates:
            self._rows.append((name.decode(), file.decode(), line, template))

    def record(self, record: Record, _: list[Any]) -> None:
        """Hold the row of a record."""
        self._rows.append((record.scenario, record.place.file, record.place.line, self.template(record)))

    def refuse(self, name: str, problems: Sequence[Diagnostic], _: list[Any]) -> None:
        """Hold the row of a scenario that could not be answered."""
        scenario, file, line, *rest = problem_values(name, problems, len(self.columns))
        self._rows.append((scenario, file, line, rest))

    def finish(self, written: list[Any]) -> None:
        """Write the rows as a table."""
        from authcheck.arrow.writing import table_of

        if self._rows:
            written.append(table_of(self._rows, self.columns, self.names))
            self._rows = []

    def packed(self, written: list[Any]) -> list[Any]:
        """Return the tables as they go to another process."""
        from authcheck.arrow.writing import packed

        return [*map(packed, written)]

    def unpacked(self, written: list[Any]) -> list[Any]:
        """Return the tables that `packed` has made bytes of."""
        from authcheck.arrow.writing import unpacked

        return [*map(unpacked, written)]


@dataclass(slots=True)
class KeptParquet(Resumable):
    """The rows of a run in a file that appears whole. `basis`, `resume` and `force` are those of `Kept`.

    A file that is broken off nobody could read: until all is done the rows stand in parts, `FILE.part.1` and so on,
    each a file of its own, and `FILE.part.json` says of what and how many inputs the whole ones are. A run of one part
    gives it the file's name; several are joined in `FILE.part`. A device is written to.
    """

    path: Path
    names: Sequence[str]
    basis: Mapping[str, object]
    resume: bool = False
    force: bool = False
    tally: Tally = field(default_factory=Tally, init=False)
    _unfinished: Unfinished | None = field(default=None, init=False)
    _state: State = field(default_factory=State, init=False)
    _stream: IO[bytes] | None = field(default=None, init=False)
    _writer: Writer | None = field(default=None, init=False)
    _begun: float = field(default=0.0, init=False)
    # How many rows of a group the parts end with that is not whole yet, so that groups are the same without parts.
    _over: int | None = field(default=None, init=False)
    # The last part that this run has made.
    _made: int = field(default=0, init=False)
    # Interrupted while it is written to or ended, a part may have rows that are not counted.
    _is_torn: bool = field(default=False, init=False)

    def __enter__(self) -> Self:
        """Begin a part. Raises as that of `Kept` does."""
        with self._beginning():
            if not is_stream(self.path):
                self._unfinished = Unfinished(self.path, self.basis, self.force, numbers_parts=True)
                self._state = self._unfinished.take(resume=self.resume)
                self.tally = self._state.tally
                self._unfinished.note(self._state)
            self._begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give the file its name where all went well; else leave the parts to go on with."""
        try:
            if self._writer is None:
                return
            if self._is_torn or (kind is not None and self.tally is self._state.tally):
                # What is not whole is lost, and what is empty is no use.
                self._give_up()
                return
            self._end_part()
            if kind is None and self._unfinished is not None:
                self._join(self._unfinished)
        except OSError as error:
            self._give_up()
            raise not_written(error, str(self.path)) from None
        finally:
            if self._unfinished is not None:
                self._unfinished.close()

    def add(self, tables: Sequence[RecordBatch], tally: Tally) -> None:
        """Write some more, with which the run has come to so much."""
        assert self._writer is not None
        try:
            self._is_torn = True
            self._writer.add(tables)
            self.tally = tally
            self._is_torn = False
            if time.monotonic() - self._begun > _OFTEN and self._unfinished is not None:
                self._end_part()
                self._begin()
        except OSError as error:
            self._give_up()
            raise not_written(error, str(self.path)) from None

    def drop(self) -> None:
        """Leave nothing behind."""
        self._give_up()
        if self._unfinished is not None:
            self._unfinished.drop(max(self._state.parts, self._made))

    def _begin(self) -> None:
        """Begin the next part."""
        from authcheck.arrow.writing import Writer, rows_over

        if self._over is None:
            parts = range(1, self._state.parts + 1)
            self._over = rows_over([self._unfinished.numbered(number) for number in parts] if self._unfinished else ())
        self._begun = time.monotonic()
        if self._unfinished is None:
            self._stream = self.path.open("wb")
        else:
            self._stream = self._unfinished.numbered_stream(self._state.parts + 1)
            self._made = self._state.parts + 1
        self._writer = Writer(self._stream, self.names, self._over)

    def _end_part(self) -> None:
        """Write the end of the part, without which it cannot be read, and note it."""
        assert self._writer is not None
        assert self._stream is not None
        self._is_torn = True
        self._writer.close()
        self._stream.close()
        self._over = self._writer.rows
        self._writer = self._stream = None
        if self._unfinished is not None:
            number = self._state.parts + 1
            self._state = State(0, number, self._unfinished.sum_of_part(number, self._state.sum), self.tally)
            self._unfinished.note(self._state)
        self._is_torn = False

    def _give_up(self) -> None:
        """Leave the part that is begun, which cannot be read, and remove it."""
        # What is still held has nowhere to go, which is told already.
        if self._writer is not None:
            self._writer.leave()
        if self._stream is not None:
            with contextlib.suppress(OSError, ValueError):
                self._stream.close()
        self._writer = self._stream = None
        if self._made > self._state.parts and self._unfinished is not None:
            self._unfinished.numbered(self._made).unlink(missing_ok=True)

    def _join(self, unfinished: Unfinished) -> None:
        """Make one file of the parts, and give it its name."""
        count, whole = self._state.parts, unfinished.numbered(1)
        if count > 1:
            from authcheck.arrow.writing import join

            whole = unfinished.part
            with unfinished.stream() as stream:
                stream.truncate(0)
                join([unfinished.numbered(number) for number in range(1, count + 1)], stream, self.names)
        unfinished.finish(whole)
