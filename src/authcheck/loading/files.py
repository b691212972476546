"""The text of a file, and text made fit to be shown."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.frozen import dataclass

__all__ = [
    "PackText",
    "decode",
    "decode_line",
    "excerpt_of",
    "first_column",
    "lines_of",
    "opened",
    "printable",
    "quoted",
    "read_bytes",
    "read_text",
    "refuse_unfit",
    "unfit_in",
    "with_excerpt",
]

_USUAL_FILE = 16 * 1024
_LARGEST_FILE = 1024 * 1024
# An excerpt fits beside its line numbers on a terminal of 80 columns, so that the caret stands under its place.
_LONGEST_LINE = 66
_LONGEST_QUOTATION = 60

# Bytes of which every text is fit, as can be told at once.
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n\r"

# What no text file holds, and the line ends of YAML 1.1 that YAML 1.2 takes for text.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# These three wait to be compiled until there is something to report.
# What a terminal may obey, or by which it may show a line in another order than it was written.
_UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
_LINE_END = "\r\n|[\r\n\x85\u2028\u2029]"


@dataclass(frozen=True, slots=True)
class PackText:
    """The bytes of every law file of a pack by its path in the pack, with the digest of them all."""

    folder: str
    files: Mapping[str, bytes]
    digest: str


def read_text(path: Path, *, shown_as: str | None = None) -> str:
    """Return the text of the file, which messages call by its path or as `shown_as` says."""
    return decode(read_bytes(path, shown_as=shown_as), str(path) if shown_as is None else shown_as)


def read_bytes(path: Path, *, shown_as: str | None = None) -> bytes:
    """Return the bytes of the file, one more than the largest file has at most."""
    file = str(path) if shown_as is None else shown_as
    try:
        with _stream(path, file, buffering=0) as stream:
            # A buffer of the largest size would be most of the time that a small file takes.
            data = part = stream.read(_USUAL_FILE)
            while part:
                part = stream.read(min(len(data), _LARGEST_FILE + 1 - len(data)))
                data += part
    except (OSError, ValueError) as error:
        raise _unread(error, file) from None
    return data


@contextmanager
def opened(path: Path, file: str) -> Iterator[IO[bytes]]:
    """Open the file, which messages call `file`, to read its bytes. Raises AuthcheckError where that cannot be done."""
    try:
        with _stream(path, file) as stream:
            yield stream
    except (OSError, ValueError) as error:
        raise _unread(error, file) from None


def _stream(path: Path, file: str, buffering: int = -1) -> IO[bytes]:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise _refusal("file-is-folder", f"{quoted(file)} is a folder", Place(file), "name a file in it")
    if not stat.S_ISREG(mode):
        raise _refusal("file-not-regular", f"{quoted(file)} is no regular file", Place(file), "save its text in one")
    return path.open("rb", buffering=buffering)


def _unread(error: OSError | ValueError, file: str) -> AuthcheckError:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return _refusal(
            "file-missing", f"there is no file {quoted(file)}", Place(file), "check the name and the folder"
        )
    reason = (error.strerror or "the system does not say why").lower()
    help = "check who may read it" if isinstance(error, PermissionError) else "look at where it stands"
    return _refusal("file-unreadable", f"{quoted(file)} cannot be read: {reason}", Place(file), help)


def decode(data: bytes, file: str) -> str:
    """Return the text that the bytes of a file hold, without its byte order mark."""
    if len(data) > _LARGEST_FILE:
        help = "split it into several files"
        raise _refusal("file-too-large", f"{quoted(file)} is larger than 1 MiB", Place(file), help)
    text = decode_line(data, file)
    if data.translate(None, _PLAIN):
        refuse_unfit(text, file)
    return text


def decode_line(data: bytes, file: str) -> str:
    """Return the text that a line of JSON is, without a byte order mark. What JSON allows in it is all fit."""
    if len(data) > _LARGEST_FILE:
        raise _refusal("line-too-long", "this line is longer than 1 MiB", Place(file), "write a record on each line")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = _end_of(data[: error.start].decode(), file)
        help = "save it as plain text in UTF-8"
        raise _refusal("file-not-text", f"{quoted(file)} is not text in UTF-8", place, help) from None


def with_excerpt(diagnostic: Diagnostic, text: str) -> Diagnostic:
    """Return the diagnostic with the line that it is about and its neighbours, and a character there that misleads."""
    lines = lines_of(text)
    if not text.isascii():
        from authcheck.loading.lookalikes import with_lookalike

        diagnostic = with_lookalike(diagnostic, lines)
    return replace(diagnostic, excerpt=excerpt_of(lines, diagnostic.place.line, diagnostic.place.column))


def printable(text: str) -> str:
    """Return the text on one line, without anything that a terminal would obey rather than show."""
    if text.isprintable():
        return text
    return re.sub(_UNPRINTABLE, lambda found: " " if found[0] in "\t\r\n\u2028\u2029" else "\ufffd", text)


def quoted(text: str) -> str:
    """Return the text in backticks, made printable and cut where it is long."""
    shown = printable(text[:_LONGEST_QUOTATION])
    return f"`{shown}`" if len(text) <= _LONGEST_QUOTATION else f"`{shown}…`"


@lru_cache(maxsize=1)
def lines_of(text: str) -> Sequence[str]:
    """Return the lines of the text, as YAML counts them."""
    lines = re.split(_LINE_END, text)
    return lines if lines[-1] else lines[:-1]


def _end_of(text: str, file: str) -> Place:
    lines = re.split(_LINE_END, text.removeprefix("\ufeff"))
    return Place(file, len(lines), len(lines[-1]) + 1)


def first_column(column: int) -> int:
    """Return the column at which the lines of an excerpt begin: far along a line, a little before its place."""
    return 1 if column < _LONGEST_LINE else column - _LONGEST_LINE // 2


def excerpt_of(lines: Sequence[str], line: int, column: int = 0) -> tuple[tuple[int, str], ...]:
    """Return the line, the one before and the one after, each with its number, from `first_column` on."""
    first = first_column(column) - 1
    shown = range(max(line - 1, 1), min(line + 1, len(lines)) + 1) if line else ()
    return tuple((number, printable(_cut(lines[number - 1], first))) for number in shown)


def _cut(line: str, first: int) -> str:
    """Return what is shown of a line, with a mark for what is cut off on either side."""
    last = first + _LONGEST_LINE
    before, after = "…" if first and line[first:] else "", "…" if len(line) > last else ""
    return f"{before}{line[first + len(before) : last - len(after)]}{after}"


def _refusal(code: str, message: str, place: Place, help: str, text: str = "") -> AuthcheckError:
    return AuthcheckError([with_excerpt(Diagnostic(code, message, place, help=help), text)])


def refuse_unfit(text: str, file: str) -> None:
    """Raise the problem of a text that holds a character which no text file has."""
    at = unfit_in(text)
    if at is not None:
        message = f"{quoted(file)} holds the character U+{ord(text[at]):04X}, which is not plain text"
        help = "save it as plain text, without such characters"
        raise _refusal("file-not-text", message, _end_of(text[:at], file), help, text)


def unfit_in(text: str) -> int | None:
    """Return where the first character stands that no text file has; None where there is none."""
    # What can all be shown on one line holds none, and is quicker to tell.
    match = None if text.isprintable() else _UNFIT.search(text)
    return None if match is None else match.start()
