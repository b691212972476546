"""What is read at once of many inputs: files, or records of one file, in their order."""

from __future__ import annotations

import codecs
import itertools
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import typer

from authcheck import __version__
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.frozen import dataclass
from authcheck.loading.cache import Cache, default_cache
from authcheck.loading.files import decode, decode_line, opened, quoted
from authcheck.loading.folders import Loaded, load_record, load_scenario, scenario_paths, shipped_pack
from authcheck.loading.record_files import PARQUET, TABLE, ZSTD, is_packed, is_record_file, unpacked
from authcheck.model.pack import Pack

if TYPE_CHECKING:
    # The library waits until there is a file of its kind.
    from authcheck.arrow.reading import RecordBatch

__all__ = [
    "SIZE",
    "Batch",
    "Block",
    "Files",
    "Found",
    "Lines",
    "Rows",
    "Slice",
    "Stretch",
    "after",
    "blocks_of",
    "found_of",
    "lines_of",
    "loaded_of",
    "of_line",
    "of_row",
    "require_readers",
    "rows_of",
    "size_of",
    "stamp_of",
]


@dataclass(frozen=True, slots=True)
class Files:
    """Scenario files, each with the name by which the user knows it; `is_kept` says that what is built is kept.

    Where they are read elsewhere, each has its stamp: what is read must be the same file.
    """

    places: Sequence[tuple[str, Path]]
    is_kept: bool
    stamps: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of JSON of one file, the first with its number. Those that are empty are no records."""

    file: str
    first: int
    lines: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, each with the number of its line; those that are empty are left out."""

    file: str
    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one file of Parquet as Arrow has them, the first with its number."""

    file: str
    first: int
    rows: RecordBatch


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where whole lines of JSON of one file stand, the first with its number, and the sum of their bytes."""

    file: str
    path: Path
    first: int
    start: int
    size: int
    sum: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Where rows of one file of Parquet stand: from `start` on among so many `rows` at a time of some of its groups.

    `first` is the number of the first in the file, which is known by its stamp.
    """

    file: str
    path: Path
    first: int
    stamp: tuple[int, int]
    groups: range
    start: int
    rows: int

    @property
    def goes_on(self) -> bool:
        """Whether there are rows before these."""
        return self.first > 1


Found: TypeAlias = tuple[str, Path] | Diagnostic
"""A file with the name by which the user knows it, or what is wrong with what was looked for."""

Block: TypeAlias = Files | Lines | Rows | Batch | Loaded | Stretch | Slice
"""What is read at once, or where that stands; what could not be read stands by itself."""

# So much is read at once: enough that what comes with each block takes no time, and little memory.
SIZE = 1 << 18
_FILES = 64
_ROW = 64


def require_readers(paths: Iterable[Path]) -> None:
    """Raise a usage error where a file cannot be read without a library that is not installed."""
    from authcheck.arrow import NotInstalledError, require

    for path in paths:
        if path.name.lower().endswith((PARQUET, ZSTD)) and is_record_file(path):
            try:
                require(f"reading {quoted(str(path))}")
            except NotInstalledError as error:
                raise typer.BadParameter(str(error)) from None


def found_of(
    arguments: Iterable[str], folder: Path | None, exclude: Sequence[str] = ()
) -> Iterator[tuple[str, Iterator[Found]]]:
    """Return each argument with what it names, standard input with nothing.

    `exclude` are patterns of what is passed over in folders.
    """
    pack = folder or shipped_pack()
    for argument in arguments:
        yield argument, iter(()) if argument == "-" else scenario_paths(argument, pack, exclude)


def blocks_of(
    found: Iterable[tuple[str, Iterable[Found]]], pack: Pack, size: int = SIZE, *, afar: bool = False
) -> Iterator[Block]:
    """Return everything that was found, in blocks of about so many bytes.

    What is answered `afar` is read there where it can be read in parts: of that, it is returned where they stand.
    """
    for argument, places in found:
        if argument == "-":
            yield from _standard_input(pack, size)
            continue
        # Many files are read as fast as they would be found again.
        is_kept = not os.path.isdir(argument)  # noqa: PTH112 - it never raises.
        for files, some in itertools.groupby(places, _is_file):
            if files:
                named = [place for place in some if isinstance(place, tuple)]
                yield from _files_afar(named, is_kept, pack) if afar else _files(Files(named, is_kept))
                continue
            for place in some:
                if isinstance(place, Diagnostic):
                    yield Loaded(argument, problems=(place,))
                else:
                    yield from _record_file(place[1], pack, size, afar)


def _files(files: Files) -> Iterator[Files]:
    for start in range(0, len(files.places), _FILES):
        some = slice(start, start + _FILES)
        yield replace(files, places=tuple(files.places[some]), stamps=tuple(files.stamps[some]))


def _files_afar(named: Iterable[tuple[str, Path]], is_kept: bool, pack: Pack) -> Iterator[Block]:
    """Return files by their whole paths with their stamps; one that is not here is told to be missing here already."""
    for is_here, some in itertools.groupby(named, lambda place: place[1].is_file()):
        if is_here:
            places = [(name, path.absolute()) for name, path in some]
            yield from _files(Files(places, is_kept, [stamp_of(path.stat()) for _, path in places]))
        else:
            yield from loaded_of(Files(tuple(some), is_kept), pack)


def _is_file(place: Found) -> bool:
    return not isinstance(place, Diagnostic) and not is_record_file(place[1])


def loaded_of(block: Block, pack: Pack) -> Iterator[Loaded]:
    """Return what stands in a block, loaded or with what is wrong with it."""
    match block:
        case Files():
            yield from _of_files(block, pack)
        case Lines():
            for number, line in enumerate(block.lines, start=block.first):
                if record := line.strip():
                    yield of_line(record, number, block.file, pack)
        case Rows():
            for number, row in block.rows:
                yield of_row(row, number, block, pack)
        case Batch():
            yield from loaded_of(rows_of(block, pack), pack)
        case Loaded():
            yield block
        case _:
            # Invariant: what says only where something stands is read before.
            raise AssertionError(block)


def _of_files(block: Files, pack: Pack) -> Iterator[Loaded]:
    cache = default_cache(__version__) if block.is_kept else Cache(None)
    for name, path in block.places:
        try:
            yield Loaded(name, load_scenario(path, pack, cache, shown_as=name), path=path)
        except AuthcheckError as error:
            is_unreadable = is_packed(path) and error.diagnostics[0].code == "file-not-text"
            yield Loaded(name, problems=(_packed(name),) if is_unreadable else error.diagnostics)


def _packed(name: str) -> Diagnostic:
    message = f"{quoted(name)} is packed, and only JSON lines and tables of CSV may be"
    return Diagnostic("file-not-text", message, Place(name), help="unpack it")


def of_line(record: bytes, number: int, file: str, pack: Pack) -> Loaded:
    """Return the scenario of a line of JSON, or what is wrong with it."""
    try:
        return load_record(decode_line(record, file), number, file, pack)
    except AuthcheckError as error:
        here = tuple(replace(one, place=Place(file, number, max(1, one.place.column))) for one in error.diagnostics)
        return Loaded(f"{file}:{number}", problems=here)


def of_row(row: Sequence[str], number: int, block: Rows, pack: Pack) -> Loaded:
    """Return the scenario of a row of a table, or what is wrong with it.

    Its problems have no excerpts, which would show the row as what it is not.
    """
    from authcheck.loading.tables import record_of

    try:
        record = record_of(row, block.columns, Place(block.file, number, 1), pack)
    except AuthcheckError as error:
        return Loaded(f"{block.file}:{number}", problems=error.diagnostics)
    loaded = load_record(record, number, block.file, pack)
    problems = tuple(
        replace(one, place=Place(one.place.file, one.place.line, 1), excerpt=()) for one in loaded.problems
    )
    return replace(loaded, problems=problems) if problems else loaded


def after(blocks: Iterable[Block], count: int, read: Callable[[Block], Block]) -> Iterator[Block]:
    """Return the blocks without their first inputs. Those that say where something stands are read to count it."""
    is_broken = False
    for place in blocks:
        if is_broken and isinstance(place, Slice) and place.goes_on:
            continue
        if not count:
            yield place
            continue
        block = read(place)
        is_broken = isinstance(place, Slice) and isinstance(block, Loaded)
        match block:
            case Files():
                here = len(block.places)
                left: Block = replace(block, places=block.places[count:], stamps=block.stamps[count:])
            case Lines():
                records = [at for at, line in enumerate(block.lines) if line.strip()]
                here = len(records)
                start = records[count] if count < here else 0
                left = replace(block, first=block.first + start, lines=block.lines[start:])
            case Rows():
                here = len(block.rows)
                left = replace(block, rows=block.rows[count:])
            case Batch():
                here = block.rows.num_rows
                left = replace(block, first=block.first + count, rows=block.rows.slice(count))
            case _:
                here, left = 1, block
        if count < here:
            yield left
        count = max(0, count - here)


def size_of(block: Block) -> int:
    """Return how many bytes of its file a block takes, about; 0 where that cannot be told."""
    match block:
        case Lines():
            return sum(map(len, block.lines)) + len(block.lines)
        case Rows():
            return sum(len(cell) + 1 for _, row in block.rows for cell in row)
        case Stretch():
            return block.size
        case _:
            return 0


def stamp_of(found: os.stat_result) -> tuple[int, int]:
    """Return the size and the time of a file, by which a change is seen."""
    return (found.st_size, found.st_mtime_ns)


def _record_file(path: Path, pack: Pack, size: int, afar: bool) -> Iterator[Block]:
    """Return the records of a file, or where they stand."""
    file = str(path)
    require_readers([path])
    try:
        with opened(path, file) as raw:
            if path.name.lower().endswith(PARQUET):
                yield from _of_parquet(raw, path, pack, size, afar)
            else:
                yield from _of_text(raw, path, pack, size, afar)
    except AuthcheckError as error:
        yield Loaded(file, problems=error.diagnostics)


def _of_text(raw: IO[bytes], path: Path, pack: Pack, size: int, afar: bool) -> Iterator[Block]:
    """Return the lines or the rows of a file, which may be packed."""
    import gzip

    file = str(path)
    try:
        stream = _unpacking(raw, path.suffix.lower())
        head = _head(stream)
        if not head:
            yield _without_scenario(file)
        elif unpacked(file.lower()).endswith(TABLE):
            yield from _rows(head, stream, file, pack)
        elif stream is raw and raw.seekable():
            yield from _stretches(raw, path, size, afar)
        else:
            yield from _lines(head, stream, file, size)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        packer = "zstd" if path.suffix.lower() == ZSTD else "gzip"
        problem = Diagnostic("file-unreadable", f"{quoted(file)} is broken off, or no file of {packer}", Place(file))
        yield Loaded(file, problems=(problem,))


def _unpacking(raw: IO[bytes], suffix: str) -> IO[bytes]:
    """Return the stream of what is packed, as the ending of the file's name says."""
    match suffix:
        case ".gz":
            import gzip

            return gzip.open(raw)  # type: ignore[return-value]
        case ".zst":
            from authcheck.arrow.reading import unpacked

            return unpacked(raw)
        case _:
            return raw


def _without_scenario(file: str) -> Loaded:
    return Loaded(file, problems=(Diagnostic("no-scenarios", f"{quoted(file)} holds no scenario", Place(file)),))


def _stretches(stream: IO[bytes], path: Path, size: int, afar: bool) -> Iterator[Stretch | Lines]:
    """Return the lines of a file, or where they stand, so many bytes at a time and the rest of the last line."""
    number, start = 1, stream.seek(0)
    while data := stream.read(size):
        data += stream.readline()
        if afar:
            yield Stretch(str(path), path.absolute(), number, start, len(data), zlib.crc32(data))
        else:
            yield lines_of(str(path), number, start, data)
        number += data.count(b"\n")
        start += len(data)


def lines_of(file: str, number: int, start: int, data: bytes) -> Lines:
    """Return the lines that stand in a file from a byte on, the first with its number."""
    return Lines(file, number, tuple((data if start else data.removeprefix(codecs.BOM_UTF8)).split(b"\n")))


def _of_parquet(raw: IO[bytes], path: Path, pack: Pack, size: int, afar: bool) -> Iterator[Block]:
    from authcheck.arrow.reading import TableFile

    file, rows, number = str(path), max(size // _ROW, 1), 1
    stamp, table = stamp_of(os.fstat(raw.fileno())), TableFile(raw, file, pack)
    for groups, count in table.groups(rows):
        if afar:
            for start in range(0, count, rows):
                yield Slice(file, path.absolute(), number + start, stamp, groups, start, rows)
        else:
            for at, batch in enumerate(table.batches(groups, rows)):
                yield Batch(file, number + at * rows, batch)
        number += count
    if number == 1:
        yield _without_scenario(file)


def rows_of(block: Batch, pack: Pack) -> Rows:
    """Return a batch as rows of text. Raises AuthcheckError where a column is of a type that it cannot have."""
    from authcheck.arrow import reading

    rows = enumerate(reading.rows_of(block.rows, block.file, pack), start=block.first)
    return Rows(block.file, tuple(block.rows.schema.names), tuple(rows))


_ROWS = 1024


def _rows(head: bytes, stream: IO[bytes], file: str, pack: Pack) -> Iterator[Block]:
    """Return the rows of a table, and by itself what is no row. Raises AuthcheckError as `table_of` does."""
    from authcheck.loading.tables import table_of

    columns, rows = table_of(head, stream, file, pack)
    some: list[tuple[int, Sequence[str]]] = []
    is_empty = True
    try:
        for row in rows:
            is_empty = False
            if isinstance(row, Diagnostic):
                if some:
                    yield Rows(file, columns, tuple(some))
                    some = []
                yield Loaded(f"{file}:{row.place.line}", problems=(row,))
                continue
            some.append(row)
            if len(some) == _ROWS:
                yield Rows(file, columns, tuple(some))
                some = []
    except Exception:
        if some:
            yield Rows(file, columns, tuple(some))
        raise
    if some:
        yield Rows(file, columns, tuple(some))
    elif is_empty:
        yield _without_scenario(file)


def _head(stream: IO[bytes]) -> bytes:
    """Return the first lines up to one that is not empty, without a byte order mark; nothing where all are empty."""
    head = stream.readline().removeprefix(codecs.BOM_UTF8)
    while not head.strip() and (part := stream.readline()):
        head += part
    return head if head.strip() else b""


def _standard_input(pack: Pack, size: int) -> Iterator[Block]:
    """Return the records of standard input: JSON on each line, or one scenario as YAML or as JSON of many lines."""
    from authcheck.loading.scenarios import build_scenario

    name = "<stdin>"
    if sys.stdin is None:
        yield Loaded(name, problems=(Diagnostic("file-missing", "there is no standard input", Place(name)),))
        return
    stream = sys.stdin.buffer
    head = _head(stream)
    if not head:
        problem = Diagnostic("no-scenarios", "standard input holds no scenario", Place(name))
        yield Loaded(name, problems=(problem,))
        return
    first = head.strip()
    is_one = not first.startswith(b"{") or first == b"{"
    if not is_one and not _is_json(first):
        # It may be the first of many records that is at fault, or a mapping of YAML that is all there is.
        more = stream.readline()
        head, is_one = head + more, not more
    try:
        if is_one:
            text = decode(head + stream.read(1 << 20), name)
            yield Loaded(name, build_scenario(text, name, pack, id="stdin"))
            return
    except AuthcheckError as error:
        yield Loaded(name, problems=error.diagnostics)
        return
    yield from _lines(head, stream, name, size)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(head: bytes, stream: IO[bytes], file: str, size: int) -> Iterator[Lines]:
    """Return the first lines and the rest of a stream as they come, up to the last whole one where it is broken off."""
    number, held = 1, [head]
    while held:
        try:
            part = stream.read1(size)  # type: ignore[attr-defined]
        except Exception:
            whole, end, _ = b"".join(held).rpartition(b"\n")
            if end:
                yield Lines(file, number, tuple(whole.split(b"\n")))
            raise
        held.append(part)
        if part and b"\n" not in part:
            continue
        lines = b"".join(held).split(b"\n")
        held = [lines.pop()] if part else []
        if lines:
            yield Lines(file, number, tuple(lines))
            number += len(lines)
