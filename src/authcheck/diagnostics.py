"""What is wrong with an input, where it stands, and what to do about it."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable

from authcheck.frozen import dataclass

__all__ = ["AuthcheckError", "Diagnostic", "Place", "Severity", "in_file_order", "moved"]


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: path as given, line and column from 1. Line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Severity(enum.Enum):
    """How grave a diagnostic is: an error leaves the input unread, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem of an input.

    `code` can be looked up, `message` is one lower-case sentence in the words of the file,
    `help` says what to do, `excerpt` holds the lines around the place, as (number, text).
    """

    code: str
    message: str
    place: Place
    severity: Severity = Severity.ERROR
    help: str = ""
    excerpt: tuple[tuple[int, str], ...] = ()


class AuthcheckError(Exception):
    """Raised with every problem that was found in one run, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the problems in the order of their places."""
        self.diagnostics = in_file_order(diagnostics)
        super().__init__("; ".join(f"{one.place}: {one.message}" for one in self.diagnostics))

    def __reduce__(self) -> tuple[object, ...]:
        """Return how it is made again in another process, of the problems and not of their words."""
        return type(self), (self.diagnostics,)


def in_file_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics sorted by place, then code and message, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda one: (one.place, one.code, one.message)))


def moved(diagnostics: Iterable[Diagnostic], before: Place, now: Place) -> tuple[Diagnostic, ...]:
    """Return the problems of one record as those of another that says the same and stands elsewhere."""
    # They name the place in words too, where one fact of a record stands against another.
    there, here = str(before), str(now)
    return tuple(
        dataclasses.replace(
            one,
            message=one.message.replace(there, here),
            place=now if one.place == before else one.place,
            help=one.help.replace(there, here),
        )
        for one in diagnostics
    )
