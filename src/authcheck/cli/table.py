"""Verdicts on many scenarios as a table: a row for each, as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TypeAlias

from authcheck.answer.record import AuthorityVerdict, PowerRecord, Record
from authcheck.cli.inputs import known_name
from authcheck.cli.output import Output
from authcheck.cli.request import problem_record
from authcheck.diagnostics import Diagnostic
from authcheck.frozen import dataclass
from authcheck.model.pack import Pack
from authcheck.rendering.values import csv_cell, csv_text, json_line
from authcheck.rendering.words import hedge_cell

__all__ = ["Columns", "Template", "write_table"]

Recorded: TypeAlias = tuple[str, Sequence[Record] | tuple[Diagnostic, ...]]
"""The records of one scenario, or what is wrong with it, with its name."""

_TOLD = (
    "scenario",
    "file",
    "line",
    "option",
    "activity",
    "as_of",
    "lens",
    "relies_on",
    "gaps",
    "agreed",
    "claimed_not_found",
    "found_not_claimed",
)
_VERDICTS = ("authorities", "powers")
_KEYS = tuple(one.name for one in fields(Record) if one.name not in _VERDICTS)

# What records have of their own that say the same: their names and places.
_OWN = frozenset(["scenario", "file", "line", "place"])

_ESCAPED = frozenset('"\\')

# So many states are kept in words; then all are dropped, so that memory does not grow with the records.
_MOST = 1 << 13


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
        names = _columns(pack) if is_table else [one.name for one in fields(Record)]
        kind = "column of the table" if is_table else "key of a record"
        self.names = [known_name(name, names, kind, "--select") for name in selected] or names
        self._at = [names.index(name) for name in self.names] if selected else []
        self._width = len(names)
        self._said: dict[int, tuple[Record, list[str]]] = {}

    @property
    def head(self) -> str:
        """The first row of a table."""
        return csv_text([self.names]) if self.is_table else ""

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
        """Return what stands for `%(file)b` in a template."""
        return (csv_cell(file) if self.is_table else _text(file)).encode(errors="backslashreplace")

    def problem(self, name: str, problems: Sequence[Diagnostic]) -> str:
        """Return the line of a scenario that could not be answered."""
        if not self.is_table:
            return json_line(problem_record(name, tuple(problems)))
        place = problems[0].place
        words = "; ".join(f"{problem.place}: {problem.message}" for problem in problems)
        told = [name, place.file, str(place.line or "")]
        row = [*told, *[""] * (self._width - len(told) - 1), words]
        return csv_text([[row[at] for at in self._at] if self._at else row])

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
        place, day = record.place, str(record.as_of)
        told = [record.scenario, place.file, str(place.line), record.option, record.activity, day, record.lens]
        listed = (record.relies_on, record.gaps, record.agreed, record.claimed_not_found, record.found_not_claimed)
        return [csv_cell(cell) for cell in (*told, *(" ".join(names) for names in listed))]

    def _verdicts(self, record: Record) -> list[str]:
        """Return the cells of the verdicts, which scenarios share that come to the same."""
        things = id(record.authorities)
        if things not in self._said:
            if len(self._said) == _MOST:
                self._said.clear()
            self._said[things] = record, _table_cells(record) if self.is_table else _json_cells(record)
        return self._said[things][1]


def write_table(results: Iterable[Recorded], pack: Pack, out: Output) -> None:
    """Write a row for each record as it comes, and for each scenario that could not be answered."""
    columns = Columns(True, pack)
    out.text(columns.head)
    for name, found in results:
        if isinstance(found, tuple):
            out.text(columns.problem(name, found))
        else:
            out.text("".join(columns.line(columns.cells(record)) for record in found))


def _columns(pack: Pack) -> list[str]:
    """Return the columns: those of the verdicts each beside its hedges and what it leaves out of account."""
    names = [*pack.authorities, *(f"power: {name}" for name in pack.powers)]
    return [*_TOLD, *(column for name in names for column in (name, f"{name}_hedge", f"{name}_apart_from")), "problem"]


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


def _table_cells(record: Record) -> list[str]:
    things: tuple[AuthorityVerdict | PowerRecord, ...] = (*record.authorities.values(), *record.powers.values())
    cells = (cell for thing in things for cell in _standing(thing))
    return [*(csv_cell(cell) for cell in cells), ""]


def _standing(thing: AuthorityVerdict | PowerRecord) -> tuple[str, str, str]:
    """Return the bare verdict on an authority or a power, or that the power is not needed; then what limits it."""
    verdict = "not-needed" if thing.verdict is None else thing.verdict.value
    in_effect = thing.in_effect if isinstance(thing, AuthorityVerdict) else ""
    return verdict, hedge_cell(thing.hedges, in_effect), "; ".join(thing.apart_from)
