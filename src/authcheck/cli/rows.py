"""The combinations of a sweep as they are written for programs: a row of a table, or a line of JSON, for each."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from authcheck.asking.sweep import SCHEMA, Outcome, Row, Variation, value_of
from authcheck.keeping import keep
from authcheck.model.scenario import StatedFact
from authcheck.rendering.values import csv_cell, csv_text, json_line
from authcheck.rendering.verdict_columns import Beside, cells_of, names_of, told_beside

__all__ = ["RowWriter", "array_of"]

_AT_ONCE = 256


class RowWriter:
    """Writes rows; what combinations that come to the same have in common is put into words once."""

    def __init__(
        self,
        varied: Sequence[Variation],
        authorities: Sequence[str],
        powers: Sequence[str],
        beside: Beside,
        *,
        is_table: bool,
    ) -> None:
        """Take the facts that vary, and the authorities and powers of which the verdicts are written, in order.

        In a table what limits a verdict stands beside it.
        """
        self.varied = tuple(one.fact for one in varied)
        self.authorities = tuple(authorities)
        self.powers = tuple(powers)
        self.beside = told_beside(beside, authorities, powers)
        self.is_table = is_table
        # The outcome is kept beside its words, lest another take its number.
        self._said: dict[int, tuple[Outcome, str]] = {}
        self._values: dict[int, tuple[StatedFact, str]] = {}

    @property
    def head(self) -> str:
        """The first row of a table."""
        if not self.is_table:
            return ""
        return csv_text([[*self.varied, "changed", "relies_on", "gaps", *names_of(self.beside)]])

    def texts(self, rows: Iterator[Row]) -> Iterator[str]:
        """Return the head and the lines of the rows as they come, some at a time."""
        yield self.head
        while some := [self.line(row) for row in itertools.islice(rows, _AT_ONCE)]:
            yield "".join(some)

    def line(self, row: Row) -> str:
        """Return the line of a row."""
        kept = self._said.get(id(row.outcome))
        if kept is None:
            kept = keep(self._said, id(row.outcome), (row.outcome, self._words(row)))
        if not self.is_table:
            facts = ",".join([self._value(one) for one in row.values])
            return f'{{"schema":"{SCHEMA}","facts":{{{facts}}},{kept[1]}'
        if len(row.values) < len(self.varied):
            told = {one.fact: self._value(one) for one in row.values}
            return f"{','.join([told.get(name, '') for name in self.varied])},{kept[1]}"
        return f"{','.join([self._value(one) for one in row.values])},{kept[1]}"

    def _value(self, stated: StatedFact) -> str:
        """Return a value as it stands in a row: alone in a table, else behind the fact."""
        kept = self._values.get(id(stated))
        if kept is None:
            word = value_of(stated)
            text = csv_cell(word) if self.is_table else json_line({stated.fact: word})[1:-2]
            kept = self._values[id(stated)] = stated, text
        return kept[1]

    def _words(self, row: Row) -> str:
        """Return what the outcome of the row adds to its line."""
        one = row.outcome
        if not self.is_table:
            authorities = {name: one.authorities[name] for name in self.authorities}
            powers = {name: one.powers[name] for name in self.powers}
            keys = {"changed": one.changed, "relies_on": one.relies_on, "gaps": one.gaps}
            return json_line({**keys, "authorities": authorities, "powers": powers})[1:]
        listed = (" ".join(names) for names in (one.changed, one.relies_on, one.gaps))
        things = zip((*self.authorities, *self.powers), self.beside.values(), strict=True)
        cells = (cell for name, limits in things for cell in cells_of(one.told(name), limits))
        return ",".join(csv_cell(cell) for cell in (*listed, *cells)) + "\n"


def array_of(texts: Iterable[str]) -> Iterator[str]:
    """Return lines of JSON, as they come, as one array of them."""
    before = "[\n"
    for text in filter(None, texts):
        yield before + text.removesuffix("\n").replace("\n", ",\n")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
