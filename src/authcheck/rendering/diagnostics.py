"""What is wrong with an input, as lines: the place, the sentence, the lines around, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.diagnostics import Diagnostic
from authcheck.loading.files import first_column
from authcheck.rendering.layout import Line, line

__all__ = ["concise_lines", "diagnostic_lines", "github_lines"]


def diagnostic_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """Return each diagnostic in full, with a caret under its column."""
    for diagnostic in diagnostics:
        yield line(
            f"{diagnostic.place}: ",
            (diagnostic.severity.value, diagnostic.severity.value),
            f": {diagnostic.message} [{diagnostic.code}]",
        )
        width = max((len(str(number)) for number, _ in diagnostic.excerpt), default=0)
        for number, text in diagnostic.excerpt:
            yield line((f"{number:>{width}} | ", "quiet"), text, indent=2, hang=0)
            if number == diagnostic.place.line and diagnostic.place.column:
                yield line(
                    " " * width,
                    (" | ", "quiet"),
                    " " * (diagnostic.place.column - first_column(diagnostic.place.column)),
                    ("^", "error"),
                    indent=2,
                    hang=0,
                )
        if diagnostic.help:
            yield line("help: ", diagnostic.help, indent=2)


def concise_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """Return one line for each diagnostic."""
    for diagnostic in diagnostics:
        help = f" ({diagnostic.help})" if diagnostic.help else ""
        yield line(
            f"{diagnostic.place}: {diagnostic.severity.value}[{diagnostic.code}]: {diagnostic.message}{help}", hang=0
        )


def github_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """Return each diagnostic as an annotation of a GitHub workflow."""
    level = {"error": "error", "warning": "warning", "note": "notice"}
    for diagnostic in diagnostics:
        properties = {"file": diagnostic.place.file, "title": diagnostic.code}
        if diagnostic.place.line:
            properties |= {"line": str(diagnostic.place.line), "col": str(diagnostic.place.column)}
        said = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in properties.items())
        message = diagnostic.message + (
            f". {diagnostic.help[0].upper()}{diagnostic.help[1:]}" if diagnostic.help else ""
        )
        yield line(f"::{level[diagnostic.severity.value]} {said}::{_escaped(message)}", hang=0)


def _escaped(text: str, more: str = "") -> str:
    """Return the text for a command of a workflow, in which these characters, and `more` of a property, end it."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
