"""Batches of facts become batches of verdicts: what rows state is decided once, and looked up for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar, Unpack

import pyarrow as pa
import pyarrow.compute as pc

from authcheck.answer.decider import Decider, Terms
from authcheck.answer.record import Record
from authcheck.arrow.reading import cells_of
from authcheck.arrow.writing import array_of, schema_of
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.keeping import keep
from authcheck.loading.folders import load_record
from authcheck.loading.records import what_is_alike
from authcheck.loading.tables import check_columns, record_of
from authcheck.model.scenario import Scenario
from authcheck.rendering.verdict_columns import OWN, Value, columns_of, problem_values, told_of, verdicts_of

__all__ = ["BatchDecider"]

Key = TypeVar("Key", bound=Hashable)
Rest = Sequence[Value]
"""The cells of a row but those that are a scenario's own."""

_WORDS = ("scenario", "description")
# A number of a row fits into 64 bits.
_MOST_CODES = 1 << 62


class BatchDecider:
    """Decides record batches of Arrow, whose columns are facts, `id`, `scenario`, `description`, `as_of`, `unstated`.

        decide = BatchDecider(Decider(pack), lens="all")
        verdicts = decide(batch)

    A batch of verdicts has a row for each row: the columns of the CSV of `authcheck batch`, what is empty there being
    null. Null states nothing, `unknown` that it is not known, `a|b` or a list that it is one of several. A row that
    cannot be answered has what is wrong in `problem`, and null elsewhere.
    """

    def __init__(
        self,
        decider: Decider,
        *,
        columns: Sequence[str] = (),
        record: Callable[[Scenario], Record] | None = None,
        counts: bool = False,
        plain: bool = False,
        **terms: Unpack[Terms],
    ) -> None:
        """Take who decides, the columns that are wanted, by default all, and the terms, as `decide` takes them.

        `record` gives the record of a scenario in place of the decider's, on terms of its own; `counts` says that it
        counts days from a date of its own, so that no number of days stands for another. `plain` gives texts instead
        of dictionaries of them, for engines that do not know these.
        """
        self._pack = decider.pack
        self._first_alike = None if counts else decider.law.first_alike
        self._record = record or (lambda scenario: decider.record(scenario, **terms))
        self._columns = columns_of(decider.pack)
        self.schema = schema_of(columns or self._columns, plain=plain)
        self._text = schema_of(("file",), plain=plain).field("file").type
        self._met: dict[tuple[str, ...], Rest] = {}
        self._alike: dict[str, Rest] = {}

    def __call__(self, batch: pa.RecordBatch, *, file: str = "<table>", first: int = 1) -> pa.RecordBatch:
        """Return the verdicts on each row; places name the file, and number its rows from `first` on.

        Raises AuthcheckError with every column that is no fact, or of a type that its fact cannot have.
        """
        return self.answered(batch, file, first)[0]

    def answered(
        self, batch: pa.RecordBatch, file: str, first: int
    ) -> tuple[pa.RecordBatch, Sequence[Sequence[Diagnostic]]]:
        """Return the verdicts as the call does, and what is wrong with each row that could not be answered."""
        check_columns(batch.schema.names, file, self._pack)
        cells = dict(zip(batch.schema.names, cells_of(batch, file, self._pack), strict=True))
        stated = {name: column for name, column in cells.items() if name not in {"id", *_WORDS}}
        which, firsts = _distinct(list(stated.values()), batch.num_rows)
        columns = [column.take(firsts).to_pylist() for column in stated.values()]
        states = zip(*columns, strict=True) if columns else [()] * len(firsts)
        rests = [self._rest(row, tuple(stated)) for row in states]
        names, unanswered = _names(cells.get("id"), first, batch.num_rows), []
        odd = _odd(cells, which, [at for at, rest in enumerate(rests) if rest is None], batch.num_rows)
        if odd:
            named, numbered = names.to_pylist(), which.to_pylist()
            for at in odd:
                row = [column[at].as_py() for column in cells.values()]
                named[at], rest, problems = self._of_row(row, tuple(cells), Place(file, first + at, 1))
                numbered[at] = len(rests)
                rests.append(rest)
                if problems:
                    unanswered.append(problems)
            names, which = pa.array(named, pa.string()), pa.array(numbered, pa.int32())
        return self._written(names, file, first, which, rests), unanswered

    def _rest(self, row: Sequence[str], columns: tuple[str, ...]) -> Rest | None:
        """Return what is written of rows that state this; None where they may be at fault."""
        key = (*columns, *row)
        if key not in self._met:
            try:
                text = record_of(row, columns, Place("", 1, 1), self._pack)
            except AuthcheckError:
                return None
            _, alike = what_is_alike(text, self._pack, self._first_alike)
            if alike not in self._alike:
                loaded = load_record(text, 1, "", self._pack)
                if not alike or loaded.scenario is None:
                    return None
                try:
                    record = self._record(loaded.scenario)
                except AuthcheckError:
                    return None
                keep(self._alike, alike, (*told_of(record), *verdicts_of(record))[len(OWN) :])
            keep(self._met, key, self._alike[alike])
        return self._met[key]

    def _of_row(
        self, row: Sequence[str], columns: Sequence[str], place: Place
    ) -> tuple[str, Rest, Sequence[Diagnostic]]:
        """Return the name of one row, what is written of it, and what is wrong with it."""
        name = f"{place.file}:{place.line}"
        try:
            loaded = load_record(record_of(row, columns, place, self._pack), place.line, place.file, self._pack)
            name, problems = loaded.name, loaded.problems
            if loaded.scenario is not None:
                record = self._record(loaded.scenario)
                return name, (*told_of(record), *verdicts_of(record))[len(OWN) :], ()
        except AuthcheckError as error:
            problems = error.diagnostics
        here = [replace(one, place=Place(one.place.file, one.place.line, 1), excerpt=()) for one in problems]
        return name, problem_values(name, here, len(self._columns))[len(OWN) :], here

    def _written(
        self, names: pa.Array, file: str, first: int, which: pa.Array, rests: Sequence[Rest | None]
    ) -> pa.RecordBatch:
        count = len(names)
        # Few of them differ, however many the rows state.
        unlike = {id(rest): rest or (None,) * (len(self._columns) - len(OWN)) for rest in rests}
        number = {known: at for at, known in enumerate(unlike)}
        which = pa.array([number[id(rest)] for rest in rests], pa.int32()).take(which)
        own = {
            "scenario": names,
            "file": array_of([file], self._text).take(pa.array([0] * count, pa.int32())),
            "line": pa.array(range(first, first + count), pa.int64()),
        }

        def column(field: pa.Field) -> pa.Array:
            if field.name in own:
                return own[field.name]
            at = self._columns.index(field.name) - len(OWN)
            return array_of([rest[at] for rest in unlike.values()], field.type).take(which)

        return pa.RecordBatch.from_arrays([*map(column, self.schema)], schema=self.schema)


def _distinct(columns: Sequence[pa.Array], count: int) -> tuple[pa.Array, pa.Array]:
    """Return for each row the number of what it states, and of each such number the first row."""
    which, size = pa.array([0] * count, pa.int64()), 1
    for column in columns:
        codes = column.dictionary_encode()
        values = len(codes.dictionary)
        if values * size > _MOST_CODES:
            found = which.dictionary_encode()
            which, size = found.indices.cast(pa.int64()), len(found.dictionary)
        if values > 1:
            which, size = pc.add(pc.multiply(which, values), codes.indices.cast(pa.int64())), size * values
    which = which.dictionary_encode().indices
    rows = pa.table({"which": which, "row": pa.array(range(count), pa.int64())})
    firsts = rows.group_by("which", use_threads=False).aggregate([("row", "min")]).sort_by("which")
    return which, firsts["row_min"].combine_chunks()


def _names(ids: pa.Array | None, first: int, count: int) -> pa.Array:
    """Return by what each row goes: its id, or its number."""
    numbers = pa.array(range(first, first + count), pa.int64()).cast(pa.string())
    lines = pc.binary_join_element_wise("line-", numbers, "")
    if ids is None:
        return lines
    said = pc.utf8_trim_whitespace(ids)
    return pc.if_else(pc.equal(said, ""), lines, said)


def _odd(cells: dict[str, pa.Array], which: pa.Array, unknown: Sequence[int], count: int) -> list[int]:
    """Return the rows that may be at fault, in what they state or in their ids and words."""
    is_odd = pa.array([False] * count, pa.bool_()) if not unknown else pc.is_in(which, pa.array(unknown, pa.int32()))
    if "id" in cells:
        is_id = pc.match_substring_regex(pc.utf8_trim_whitespace(cells["id"]), "^([A-Za-z0-9][A-Za-z0-9-]*)?$")
        is_odd = pc.or_(is_odd, pc.invert(is_id))
    for name in _WORDS:
        if name in cells:
            is_sound = pc.or_(pc.string_is_ascii(cells[name]), pc.utf8_is_printable(cells[name]))
            is_odd = pc.or_(is_odd, pc.invert(is_sound))
    odd: list[int] = pc.indices_nonzero(is_odd).to_pylist()
    return odd
