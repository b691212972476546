"""The rows of a table of facts as records of JSON."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.fields import nearest
from authcheck.loading.files import quoted
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack

__all__ = ["OWN", "check_columns", "record_of", "table_of"]

OWN = ("id", "scenario", "description", "as_of", "unstated")
_LONGEST_NUMBER = 19
_YES_NO = {"true": True, "false": False, "yes": True, "no": False}


def table_of(
    head: bytes, stream: IO[bytes], file: str, pack: Pack
) -> tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]:
    """Return the columns of a table, which its first row names, and each row with the number of its line.

    The columns are facts, and what else stands at the top of a record. Raises AuthcheckError where one is neither,
    and its rows where the text is not UTF-8 or no table.
    """
    lines = itertools.chain(io.BytesIO(head), stream)
    rows = _rows(_decoded(lines, file), file)
    _, columns = next(rows)
    check_columns(columns, file, pack)
    return tuple(columns), (numbered for numbered in rows if any(numbered[1]))


def _rows(lines: Iterator[str], file: str) -> Iterator[tuple[int, Sequence[str]]]:
    rows = csv.reader(lines, strict=True)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        problem = Diagnostic("syntax", f"this is no row of a table: {error}", Place(file, rows.line_num, 1))
        raise AuthcheckError([problem]) from None


def _decoded(lines: Iterable[bytes], file: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for line in lines:
            yield decoder.decode(line)
    except UnicodeDecodeError:
        problem = Diagnostic("file-not-text", f"{quoted(file)} is not text in UTF-8", Place(file))
        raise AuthcheckError([problem]) from None


def check_columns(columns: Sequence[str], file: str, pack: Pack) -> None:
    """Raise the problems of columns that are not known, or stand twice."""
    known = (*OWN, *pack.facts)
    place = Place(file, 1, 1)
    problems = [
        Diagnostic("unknown-column", f"{quoted(name)} is no fact", place, help=nearest(name, known))
        for name in columns
        if name not in known
    ]
    problems += [
        Diagnostic("duplicate-key", f"the column {quoted(name)} stands here twice", place, help="keep one of them")
        for name in dict.fromkeys(columns)
        if columns.count(name) > 1
    ]
    if problems:
        raise AuthcheckError(problems)


def record_of(row: Sequence[str], columns: Sequence[str], place: Place, pack: Pack) -> str:
    """Return a row as a record of JSON. Raises AuthcheckError where it has other cells than the table has columns.

    An empty cell states nothing, `unknown` that it is not known, and `a|b` that it is one of several.
    """
    if len(row) != len(columns):
        message = f"this row has {len(row)} cells, and the table {len(columns)} columns"
        help = "put text with commas in double quotes"
        raise AuthcheckError([Diagnostic("cells", message, place, help=help)])
    told = {name: cell.strip() for name, cell in zip(columns, row, strict=True) if cell.strip()}
    facts = {name: _value(pack.facts[name], cell) for name, cell in told.items() if name not in OWN}
    own = {name: told[name] for name in OWN if name in told}
    title = own.get("scenario") or own.get("id") or f"Row {place.line}"
    return json.dumps({**own, "scenario": title, **({"facts": facts} if facts else {})}, ensure_ascii=False)


def _value(fact: Fact, cell: str) -> object:
    values = [_single(fact, one.strip()) for one in cell.split("|")]
    return values if len(values) > 1 else values[0]


def _single(fact: Fact, word: str) -> object:
    if fact.type is FactType.YES_NO:
        return _YES_NO.get(word.lower(), word)
    if fact.type is FactType.NUMBER and word.isascii() and word.isdigit() and len(word) < _LONGEST_NUMBER:
        return int(word)
    return word
