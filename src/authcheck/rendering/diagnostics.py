"""What is wrong with an input, as lines: the place, the sentence, the lines around, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.diagnostics import Diagnostic
from authcheck.loading.files import first_column
from authcheck.rendering.layout import Line, line

__all__ = ["concise_lines", "diagnostic_lines", "github_lines"]


def diagnostic_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """Return each diagnostic in full, with a caret under its column."""
    for one in diagnostics:
        yield line(f"{one.place}: ", (one.severity.value, one.severity.value), f": {one.message} [{one.code}]")
        width = max((len(str(number)) for number, _ in one.excerpt), default=0)
        for number, text in one.excerpt:
            yield line((f"{number:>{width}} | ", "quiet"), text, indent=2, hang=0)
            if number == one.place.line and one.place.column:
                yield line(
                    " " * width,
                    (" | ", "quiet"),
                    " " * (one.place.column - first_column(one.place.column)),
                    ("^", "error"),
                    indent=2,
                    hang=0,
                )
        if one.help:
            yield line("help: ", one.help, indent=2)


def concise_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """Return one line for each diagnostic."""
    for one in diagnostics:
        help = f" ({one.help})" if one.help else ""
        yield line(f"{one.place}: {one.severity.value}[{one.code}]: {one.message}{help}", hang=0)


def github_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """Return each diagnostic as an annotation of a GitHub workflow."""
    level = {"error": "error", "warning": "warning", "note": "notice"}
    for one in diagnostics:
        properties = {"file": one.place.file, "title": one.code}
        if one.place.line:
            properties |= {"line": str(one.place.line), "col": str(one.place.column)}
        said = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in properties.items())
        message = one.message + (f". {one.help[0].upper()}{one.help[1:]}" if one.help else "")
        yield line(f"::{level[one.severity.value]} {said}::{_escaped(message)}", hang=0)


def _escaped(text: str, more: str = "") -> str:
    """Return the text for a command of a workflow, in which these characters, and `more` of a property, end it."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
