"""Where results and messages go: results to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, in_file_order
from authcheck.rendering.diagnostics import diagnostic_lines
from authcheck.rendering.screen import Line, Screen, write

__all__ = ["ClosedPipeError", "Output", "report"]


class ClosedPipeError(Exception):
    """Raised where the reader of standard output has gone: there is nothing left to do."""


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Write what is wrong to standard error, in the order of the places."""
    write(diagnostic_lines(in_file_order(diagnostics)), Screen(sys.stderr))


@dataclass(slots=True)
class Output:
    """The results of one command: written as they come, or to a file that appears whole or not at all."""

    path: Path | None = None
    colour: bool | None = None
    plain: bool = False
    _held: StringIO | None = None

    def __post_init__(self) -> None:
        """Hold what goes to a file until it is complete."""
        if self.path is not None:
            self._held = StringIO()

    def text(self, text: str) -> None:
        """Write a text as it is."""
        try:
            (self._held or sys.stdout).write(text)
        except BrokenPipeError:
            raise ClosedPipeError from None

    def lines(self, lines: Iterable[Line]) -> None:
        """Write lines, for people on a terminal and plainly elsewhere."""
        try:
            write(lines, Screen(self._held or sys.stdout, self.colour, self.plain))
        except BrokenPipeError:
            raise ClosedPipeError from None

    def close(self) -> None:
        """Finish: the file, if one was asked for, takes its name only now."""
        if self._held is None or self.path is None:
            try:
                sys.stdout.flush()
            except BrokenPipeError:
                raise ClosedPipeError from None
            return
        import tempfile

        try:
            folder = self.path.parent
            with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8", newline="") as file:
                file.write(self._held.getvalue())
            Path(file.name).chmod(0o666 & ~_umask())
            Path(file.name).replace(self.path)
        except OSError as error:
            message = f"`{self.path}` cannot be written: {(error.strerror or 'unknown reason').lower()}"
            raise AuthcheckError([Diagnostic("not-written", message, Place(str(self.path)))]) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
