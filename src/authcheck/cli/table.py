"""Verdicts on many scenarios as a table: a row for each, as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TypeAlias

from authcheck.answer.problem import problem_record
from authcheck.answer.record import Record
from authcheck.cli.inputs import known_name
from authcheck.cli.output import Output
from authcheck.diagnostics import Diagnostic
from authcheck.frozen import dataclass
from authcheck.keeping import keep
from authcheck.model.pack import Pack
from authcheck.rendering.values import csv_cell, csv_text, json_line
from authcheck.rendering.verdict_columns import OWN, Value, beside_of, columns_of, problem_values, told_of, verdicts_of

__all__ = ["Columns", "Template", "write_table"]

Recorded: TypeAlias = tuple[str, Sequence[Record] | tuple[Diagnostic, ...]]
"""The records of one scenario, or what is wrong with it, with its name."""

_KEYS = tuple(one.name for one in fields(Record) if one.name not in {"authorities", "powers"})

# What records have of their own that say the same: their names and places.
_NAMED = frozenset([*OWN, "place"])

_ESCAPED = frozenset('"\\')


@dataclass(frozen=True, slots=True)
class Template:
    """A line up to the last cell that is a scenario's own, with marks for its name, file and line; and the rest."""

    head: bytes
    tail: bytes


class Columns:
    """The cells of a record, those of a table or the keys of a line of JSON, as they are written.

    What records have in common is put into words once.
    """

    def __init__(self, is_table: bool, pack: Pack, selected: Sequence[str] = ()) -> None:
        """Take the columns or keys that are selected; none, for all. Raises a usage error for one that there is not."""
        self.is_table = is_table
        names = [*columns_of(pack)] if is_table else [one.name for one in fields(Record)]
        kind = "column of the table" if is_table else "key of a record"
        self.names = [known_name(name, names, kind, "--select") for name in selected] or names
        self._at = [names.index(name) for name in self.names] if selected else []
        self._width = len(names)
        self._beside = beside_of(pack)
        self._said: dict[int, tuple[Record, list[str]]] = {}

    @property
    def head(self) -> bytes:
        """The first row of a table."""
        return csv_text([self.names]).encode() if self.is_table else b""

    def cells(self, record: Record) -> list[str]:
        """Return the cells of a record."""
        cells = [*self._told(record), *self._verdicts(record)]
        return [cells[at] for at in self._at] if self._at else cells

    def line(self, cells: Iterable[str]) -> str:
        """Return the line of a record."""
        return f"{','.join(cells)}\n" if self.is_table else f"{{{','.join(cells)}}}\n"

    def template(self, record: Record) -> Template:
        """Return the line of all records that say the same of scenarios of other names and places."""
        cells = self.cells(record)
        own = {
            at: self._own(name) for at, name in enumerate(self.names) if name in {"scenario", "file", "line", "place"}
        }
        last = max(own, default=-1) + 1
        head = [own.get(at, cell.replace("%", "%%")) for at, cell in enumerate(cells[:last])]
        begin, end = ("", "\n") if self.is_table else ("{", "}\n")
        comma = "," * (0 < last < len(cells))
        return Template(
            f"{begin}{','.join(head)}{comma}".encode(errors="backslashreplace"),
            f"{','.join(cells[last:])}{end}".encode(errors="backslashreplace"),
        )

    def file_cell(self, file: str) -> bytes:
        """Return how a file is named in `fill`."""
        return (csv_cell(file) if self.is_table else _text(file)).encode(errors="backslashreplace")

    def fill(self, templates: Sequence[Template], name: bytes, file: bytes, line: int, written: list[bytes]) -> None:
        """Write the lines of a scenario that comes to what is known already; its name is one that needs no quotes."""
        cells = {b"name": name, b"file": file, b"line": line}
        for template in templates:
            written += (template.head % cells, template.tail)

    def record(self, record: Record, written: list[bytes]) -> None:
        """Write the line of a record."""
        written.append(self.line(self.cells(record)).encode(errors="backslashreplace"))

    def refuse(self, name: str, problems: Sequence[Diagnostic], written: list[bytes]) -> None:
        """Write the line of a scenario that could not be answered."""
        written.append(self.problem(name, problems).encode(errors="backslashreplace"))

    def finish(self, written: list[bytes]) -> None:
        """Write what is held back, which is nothing."""

    def packed(self, written: list[bytes]) -> list[bytes]:
        """Return what is written as it goes to another process: in one piece."""
        return [b"".join(written)]

    def unpacked(self, written: list[bytes]) -> list[bytes]:
        """Return what `packed` has made."""
        return written

    def problem(self, name: str, problems: Sequence[Diagnostic]) -> str:
        """Return the line of a scenario that could not be answered."""
        if not self.is_table:
            return json_line(problem_record(name, tuple(problems)))
        row = [*map(_cell, problem_values(name, problems, self._width))]
        return f"{','.join([row[at] for at in self._at] if self._at else row)}\n"

    def _own(self, key: str) -> str:
        match key:
            case "scenario":
                return "%(name)b" if self.is_table else '"scenario":"%(name)b"'
            case "place":
                return '"place":{"file":%(file)b,"line":%(line)d,"column":1}'
            case _:
                return "%(file)b" if key == "file" else "%(line)d"

    def _told(self, record: Record) -> list[str]:
        if not self.is_table:
            return [f'"{name}":{_json(getattr(record, name))}' for name in _KEYS]
        return [*map(_cell, told_of(record))]

    def _verdicts(self, record: Record) -> list[str]:
        """Return the cells of the verdicts, which scenarios share that come to the same: in one piece if all are."""
        things = id(record.authorities)
        if things not in self._said:
            cells = (
                [*map(_cell, verdicts_of(record, self._beside, self._width))] if self.is_table else _json_cells(record)
            )
            keep(self._said, things, (record, cells if self._at else [",".join(cells)]))
        return self._said[things][1]


def write_table(results: Iterable[Recorded], pack: Pack, out: Output) -> None:
    """Write a row for each record as it comes, and for each scenario that could not be answered."""
    columns = Columns(True, pack)
    out.text(columns.head.decode())
    for name, found in results:
        if isinstance(found, tuple):
            out.text(columns.problem(name, found))
        else:
            out.text("".join(columns.line(columns.cells(record)) for record in found))


def _json(value: object) -> str:
    """Return a value as JSON; what is plain, without the long way."""
    if isinstance(value, str):
        return _text(value)
    return "[]" if value == () else json_line(value).removesuffix("\n")


def _text(text: str) -> str:
    is_plain = text.isascii() and text.isprintable() and not _ESCAPED.intersection(text)
    return f'"{text}"' if is_plain else json_line(text).removesuffix("\n")


def _json_cells(record: Record) -> list[str]:
    return [f'"authorities":{_json(record.authorities)}', f'"powers":{_json(record.powers)}']


def _cell(value: Value) -> str:
    """Return a value as a cell of CSV; names as a list with spaces between."""
    return csv_cell("" if value is None else " ".join(value) if isinstance(value, tuple) else str(value))
