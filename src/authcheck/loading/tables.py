"""The rows of a table of facts as records of JSON."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import IO

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.fields import nearest
from authcheck.loading.files import quoted, unfit_in
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.wording import counted

__all__ = ["NO_VALUES", "OWN", "check_columns", "record_of", "table_of"]

OWN = ("id", "scenario", "description", "as_of", "unstated")
NO_VALUES = "[]"
"""A list of no values as a cell, which states nothing, and is at fault."""

_SEPARATORS = dict.fromkeys(map(ord, "\u2028\u2029"), " ")
# A whole number, which programs with gaps in a column write with a fraction.
_WHOLE = re.compile(r"([0-9]{1,18})(\.0+)?")
_YES_NO = {"true": True, "false": False, "yes": True, "no": False}


def table_of(
    head: bytes, stream: IO[bytes], file: str, pack: Pack
) -> tuple[Sequence[str], Iterator[tuple[int, Sequence[str]] | Diagnostic]]:
    """Return the columns of a table, which its first row names, and each row with the number of its first line.

    The columns are facts, and what else stands at the top of a record. In place of a row that is none, or no text in
    UTF-8, stands what is wrong with it; the rows go on at the line after the one with which it begins. Raises
    AuthcheckError where the first row is none, or a column is not known.
    """
    lines = _Lines(itertools.chain(io.BytesIO(head), stream), file)
    rows = _rows(lines, file)
    first = next((row for row in rows if isinstance(row, Diagnostic) or row[1]), None)
    if isinstance(first, Diagnostic):
        raise AuthcheckError([first])
    columns = first[1] if first else ()
    check_columns(columns, file, pack, _places(lines.row, lines.first, file))
    return tuple(columns), (row for row in rows if isinstance(row, Diagnostic) or any(row[1]))


class _Lines:
    """The lines of a table as text, and of them the row that is being read: `first` is the number of its first."""

    def __init__(self, lines: Iterator[bytes], file: str) -> None:
        self._lines = lines
        self._file = file
        self._again: deque[bytes] = deque()
        self._read: list[bytes] = []
        self.first = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Return the next line. Raises AuthcheckError where it is no text in UTF-8."""
        line = self._again.popleft() if self._again else next(self._lines)
        self._read.append(line)
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            message = f"{quoted(self._file)} is not text in UTF-8"
            place = Place(self._file, self.number, len(line[: error.start].decode()) + 1)
            problem = Diagnostic("file-not-text", message, place, help="save it as CSV in UTF-8")
            raise AuthcheckError([problem]) from None

    @property
    def row(self) -> str:
        """What was read of the row."""
        return b"".join(self._read).decode()

    @property
    def number(self) -> int:
        """The number of the line that was read last."""
        return self.first + len(self._read) - 1

    def begin(self) -> None:
        """Begin a row after what was read."""
        self.first += len(self._read)
        self._read.clear()

    def go_back(self) -> None:
        """Begin a row at the second line of what was read."""
        self._again.extendleft(reversed(self._read[1:]))
        self.first += 1
        self._read.clear()


def _rows(lines: _Lines, file: str) -> Iterator[tuple[int, Sequence[str]] | Diagnostic]:
    rows = csv.reader(lines, strict=True)
    while True:
        lines.begin()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _no_row(error, Place(file, lines.first, 1))
            lines.go_back()
        except AuthcheckError as error:
            yield error.diagnostics[0]
            lines.go_back()
        else:
            yield lines.first, row


def _no_row(error: csv.Error, place: Place) -> Diagnostic:
    most = csv.field_size_limit()
    if str(most) in str(error):
        message, help = f"a cell here is longer than {most:,} characters", "shorten it, or close its quotes"
    elif "new-line" in str(error):
        message = "a carriage return stands here alone, and ends no line"
        help = "save the table with the line ends of Windows or Unix, and put a cell with line ends in quotes"
    else:
        message = f"this is no row of a table: {error}"
        help = "put a cell with commas, quotes or line ends in quotes, and write each quote in it twice"
    return Diagnostic("syntax", message, place, help=help)


def _places(head: str, line: int, file: str) -> list[Place]:
    """Return where each cell of a row begins."""
    places, line_begins, cell_begins, is_within = [Place(file, line, 1)], 0, 0, False
    for at, sign in enumerate(head):
        if sign == '"' and head[cell_begins] == '"':
            is_within = not is_within
        elif sign == "\n":
            line, line_begins = line + 1, at + 1
        elif sign == "," and not is_within:
            cell_begins = at + 1
            places.append(Place(file, line, cell_begins - line_begins + 1))
    return places


def check_columns(columns: Sequence[str], file: str, pack: Pack, places: Sequence[Place] = ()) -> None:
    """Raise the problems of columns that are not known, or stand twice; `places` is where each begins, if known."""
    known = (*OWN, *pack.facts)
    places = places or [Place(file, 1, 1)] * len(columns)
    problems = [
        _unknown_column(name, number, place, known, is_alone=len(columns) == 1)
        for number, (name, place) in enumerate(zip(columns, places, strict=True), start=1)
        if name not in known
    ]
    problems += [
        Diagnostic("duplicate-key", f"the column {quoted(name)} stands here twice", place, help="keep one of them")
        for at, (name, place) in enumerate(zip(columns, places, strict=True))
        if name and columns[:at].count(name) == 1
    ]
    if problems:
        raise AuthcheckError(problems)


# What other programs put between cells.
_OTHER_COMMAS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def _unknown_column(name: str, number: int, place: Place, known: Sequence[str], *, is_alone: bool) -> Diagnostic:
    other = next((sign for sign in _OTHER_COMMAS if sign in name), "")
    if not name.strip():
        message, help = f"column {number} has no name", "name it, or leave it out with its commas"
    elif is_alone and other:
        message = f"the cells of this table are parted by {_OTHER_COMMAS[other]}: {quoted(name)} is one column"
        help = "save it as CSV with commas between the cells"
    else:
        message, help = f"{quoted(name)} is no fact", nearest(name, known)
    return Diagnostic("unknown-column", message, place, help=help)


def record_of(row: Sequence[str], columns: Sequence[str], place: Place, pack: Pack) -> str:
    """Return a row as a record of JSON.

    An empty cell states nothing, `unknown` that it is not known, and `a|b` that it is one of several. Raises
    AuthcheckError where the row has other cells than the table has columns, or a character that no text file has.
    """
    if len(row) != len(columns):
        message = f"this row has {counted(len(row), 'cell')}, and the table {counted(len(columns), 'column')}"
        help = "put text with commas in double quotes"
        if len(row) < len(columns):
            help = "write a cell for each column; an empty one states nothing"
        raise AuthcheckError([Diagnostic("cells", message, place, help=help)])
    text = "".join(row)
    at = unfit_in(text)
    # These part lines where a cell is prose, as JSON allows them.
    at = at if at is None else unfit_in(text.translate(_SEPARATORS))
    if at is not None:
        message = f"this row holds the character U+{ord(text[at]):04X}, which is not plain text"
        help = "save it as plain text, without such characters"
        raise AuthcheckError([Diagnostic("file-not-text", message, place, help=help)])
    told = {name: cell.strip() for name, cell in zip(columns, row, strict=True) if cell.strip()}
    facts = {name: _value(pack.facts[name], cell) for name, cell in told.items() if name not in OWN}
    own = {name: told[name] for name in OWN if name in told}
    title = own.get("scenario") or own.get("id") or f"Row {place.line}"
    return json.dumps({**own, "scenario": title, **({"facts": facts} if facts else {})}, ensure_ascii=False)


def _value(fact: Fact, cell: str) -> object:
    if cell == NO_VALUES:
        return []
    values = [_single(fact, one.strip()) for one in cell.split("|")]
    return values if len(values) > 1 else values[0]


def _single(fact: Fact, word: str) -> object:
    if fact.type is FactType.YES_NO:
        return _YES_NO.get(word.lower(), word)
    if fact.type is FactType.NUMBER and (number := _WHOLE.fullmatch(word)):
        return int(number[1])
    return word
