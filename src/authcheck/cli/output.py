"""Where results and messages go: results to standard output or a file, everything else to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, in_file_order
from authcheck.loading.files import quoted
from authcheck.rendering.diagnostics import diagnostic_lines
from authcheck.rendering.layout import Block, Line
from authcheck.rendering.on_screen import Screen, write

__all__ = ["ClosedPipeError", "Output", "report", "standard_streams"]


class ClosedPipeError(Exception):
    """Raised where the reader of standard output has gone: there is nothing left to do."""


class _Stream(io.TextIOWrapper):
    """A standard stream as UTF-8, whose faults are said as faults of the stream."""

    def write(self, text: str, /) -> int:
        """Write the text, and it alone: line ends stay as they are."""
        try:
            return super().write(text)
        except OSError as error:
            raise _fault(error, self.name) from None

    def flush(self) -> None:
        """Write what is still held."""
        try:
            super().flush()
        except OSError as error:
            raise _fault(error, self.name) from None


def _fault(error: OSError, name: str) -> Exception:
    if isinstance(error, BrokenPipeError):
        return ClosedPipeError()
    return _not_written(error, name)


def _not_written(error: OSError, name: str) -> AuthcheckError:
    reason = (error.strerror or "the system does not say why").lower()
    return AuthcheckError([Diagnostic("not-written", f"{quoted(name)} cannot be written: {reason}", Place(name))])


def standard_streams() -> None:
    """Make standard output and error UTF-8, whatever the locale; one that is not there takes what it is given."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - it stays open.
        # One that somebody has put in its place is left as it is.
        elif stream is getattr(sys, f"__{name}__") and isinstance(stream, io.TextIOWrapper):
            lines, through = stream.line_buffering, stream.write_through
            inner: IO[bytes] = stream.detach()
            made = _Stream(inner, "utf-8", "backslashreplace", "", line_buffering=lines, write_through=through)
            setattr(sys, name, made)
            setattr(sys, f"__{name}__", None)


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Write what is wrong to standard error, in the order of the places."""
    write(diagnostic_lines(in_file_order(diagnostics)), Screen(sys.stderr))


@dataclass(slots=True)
class Output:
    """The results of one command: written as they come, or to a file that appears whole or not at all.

    Where there is no result, not even an empty one, the file stays as it was.
    """

    path: Path | None = None
    colour: bool | None = None
    plain: bool = False
    _held: io.StringIO | None = None

    def __post_init__(self) -> None:
        """Take `-` for standard output."""
        if self.path == Path("-"):
            self.path = None

    def text(self, text: str) -> None:
        """Write a text as it is."""
        self._stream().write(text)

    def lines(self, lines: Iterable[Block]) -> None:
        """Write lines and columns, for people on a terminal and plainly elsewhere."""
        # A file is coloured only where that is asked for.
        colour = False if self.path is not None and self.colour is None else self.colour
        write(lines, Screen(self._stream(), colour, self.plain))

    def blocks(self, blocks: Iterable[Iterable[Block]]) -> None:
        """Write the lines of several results as they come, parted by two empty ones."""
        for count, one in enumerate(blocks):
            if count:
                self.lines([Line(), Line()])
            self.lines(one)

    def _stream(self) -> TextIO:
        """Return where to write; what goes to a file is held until it is complete."""
        if self.path is None:
            return sys.stdout
        if self._held is None:
            self._held = io.StringIO()
        return self._held

    def close(self) -> None:
        """Finish: the file, if one was asked for, takes its name only now."""
        if self.path is None:
            sys.stdout.flush()
            return
        if self._held is None:
            return
        try:
            _write_whole(self.path, self._held.getvalue())
        except OSError as error:
            raise _not_written(error, str(self.path)) from None


def _write_whole(path: Path, text: str) -> None:
    """Write the text to the file, through a link; a device or a pipe, which cannot be replaced, is written to."""
    import tempfile

    real = Path(os.path.realpath(path))
    if real.exists() and not real.is_file():
        with real.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        return
    mode = real.stat().st_mode if real.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=real.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - it is open already.
            file.write(text)
        Path(name).chmod(mode)
        Path(name).replace(real)
    except OSError:
        Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
