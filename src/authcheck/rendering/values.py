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

__all__ = ["csv_cell", "csv_text", "data", "json_line", "json_text"]


def data(value: object) -> object:
    """Return the value as dictionaries, lists, texts, numbers, true, false and null."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): data(part) for key, part in value.items()}
    if isinstance(value, Iterable):
        return [data(part) for part in value]
    if is_dataclass(value):
        return {field.name: data(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(type(value).__name__)  # pragma: no cover


def json_text(value: object) -> str:
    """Return the value as indented JSON with a last newline."""
    return _shown(json.dumps(data(value), ensure_ascii=False, indent=2)) + "\n"


def json_line(value: object) -> str:
    """Return the value as one line of JSON with a last newline."""
    return _shown(json.dumps(data(value), ensure_ascii=False, separators=(",", ":"))) + "\n"


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


@functools.lru_cache(maxsize=1024)
def csv_cell(cell: str) -> str:
    """Return one cell as it stands in a row of CSV."""
    return csv_text([[cell, ""]]).removesuffix(",\n")


def _inert(cell: str) -> str:
    """Return the cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{printable(cell)}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else printable(cell)
