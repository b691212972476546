"""Any value of the program as JSON data, and as bytes that are the same for the same value."""

from __future__ import annotations

import datetime
import enum
import functools
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass

from authcheck.loading.files import printable

__all__ = ["csv_cell", "csv_text", "json_line", "json_text"]


_NAMES: dict[type, tuple[str, ...]] = {}
"""The names of the fields of each kind of value that has been written."""


def _data(value: object) -> object:
    """Return what JSON has for a value that is no dictionary, list, text, number, true, false or null."""
    names = _NAMES.get(type(value))
    if names is None:
        match value:
            case enum.Enum():
                return value.value
            case datetime.date():
                return value.isoformat()
            case Mapping():
                return dict(value)
            case Iterable():
                return list(value)
        if not is_dataclass(value):  # pragma: no cover
            raise TypeError(type(value).__name__)
        names = _NAMES[type(value)] = tuple(field.name for field in fields(value))
    return {name: getattr(value, name) for name in names}


def json_text(value: object) -> str:
    """Return the value as indented JSON with a last newline."""
    return _shown(json.dumps(value, default=_data, ensure_ascii=False, indent=2)) + "\n"


_LINES = json.JSONEncoder(default=_data, ensure_ascii=False, separators=(",", ":"))


def json_line(value: object) -> str:
    """Return the value as one line of JSON with a last newline."""
    return _shown(_LINES.encode(value)) + "\n"


def _shown(text: str) -> str:
    """Return JSON in which what a terminal would obey is written as an escape."""
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(
        r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", text
    )


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV with Unix line ends. No cell is one that a spreadsheet would run: see `_inert`."""
    import csv

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_inert(cell) for cell in row] for row in rows)
    return text.getvalue()


# A cell that certainly stands as it is.
_PLAIN_CELL = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./ -]*")


@functools.lru_cache(maxsize=1024)
def csv_cell(cell: str) -> str:
    """Return one cell as it stands in a row of CSV."""
    return cell if _PLAIN_CELL.fullmatch(cell) else csv_text([[cell, ""]]).removesuffix(",\n")


def _inert(cell: str) -> str:
    """Return the cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{printable(cell)}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else printable(cell)
