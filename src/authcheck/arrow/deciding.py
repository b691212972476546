"""Batches of facts become batches of verdicts: what rows state is decided once, and looked up for each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar, Unpack

import pyarrow as pa
import pyarrow.compute as pc

from authcheck.answer.decider import Decider, Terms, check_terms
from authcheck.answer.record import Record
from authcheck.arrow.reading import OF_ONE, texts_of
from authcheck.arrow.writing import array_of, schema_of
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, moved
from authcheck.keeping import keep
from authcheck.loading.folders import load_record
from authcheck.loading.records import what_is_alike
from authcheck.loading.tables import check_columns, record_of
from authcheck.model.fact import FactType
from authcheck.model.scenario import Scenario
from authcheck.rendering.verdict_columns import (
    OWN,
    Value,
    asks_for_powers,
    beside_of,
    columns_of,
    problem_values,
    told_of,
    verdicts_of,
)

__all__ = ["BatchDecider"]

Key = TypeVar("Key", bound=Hashable)
Rest = Sequence[Value]
"""The cells of a row but those that are a scenario's own."""
Codes: TypeAlias = tuple[pa.Array, int]
"""A number for each row, and how many there may be."""

_WORDS = ("scenario", "description")
# A number of a row fits into 64 bits, or into 32.
_MOST_CODES, _MOST_NARROW = 1 << 62, 1 << 31
# So many rests are kept as columns, which are made again with each new one.
_MOST_UNLIKE = 1 << 10
# A number of so many digits fits there too.
_DIGITS = 18


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
        of dictionaries of them, for engines that do not know these. Raises TypeError for a term that there is not.
        """
        terms = check_terms(terms)
        self._pack = decider.pack
        self._first_alike = None if counts else decider.law.first_alike
        self._columns = columns_of(decider.pack)
        self._beside = beside_of(decider.pack)
        self.schema = schema_of(columns or self._columns, plain=plain)
        powers = asks_for_powers(self.schema.names)
        self._record = record or (lambda scenario: decider.record(scenario, powers=powers, **terms))
        self._text = schema_of(("file",), plain=plain).field("file").type
        self._met: dict[tuple[str, ...], Rest | None] = {}
        self._alike: dict[str, Rest] = {}
        # By all that a row states, what is wrong with the first such row, and where it is.
        self._at_fault: dict[tuple[tuple[str, str], ...], tuple[Sequence[Diagnostic], Place]] = {}
        self._unlike: dict[int, Rest | None] = {}
        self._told: dict[str, pa.Array] = {}

    def __call__(self, batch: pa.RecordBatch, *, file: str = "<table>", first: int = 1) -> pa.RecordBatch:
        """Return the verdicts on each row; places name the file, and number its rows from `first` on.

        Raises AuthcheckError with every column that is no fact, stands twice, or is of a type that its fact cannot
        have, unless it holds nothing.
        """
        return self.answered(batch, file, first)[0]

    def answered(
        self, batch: pa.RecordBatch, file: str, first: int
    ) -> tuple[pa.RecordBatch, Sequence[Sequence[Diagnostic]]]:
        """Return the verdicts as the call does, and what is wrong with each row that could not be answered."""
        check_columns(batch.schema.names, file, self._pack)
        cells = dict(zip(batch.schema.names, texts_of(batch, file, self._pack), strict=True))
        ids = pc.utf8_trim_whitespace(cells["id"]) if "id" in cells else None
        stated = self._told_apart({name: column for name, column in cells.items() if name not in OF_ONE})
        which, firsts = _distinct(list(stated.values()), batch.num_rows)
        columns = [_texts_at(firsts, column) for column in stated.values()]
        states = zip(*columns, strict=True) if columns else [()] * len(firsts)
        rests = [self._rest(row, tuple(stated)) for row in states]
        names, unanswered = _names(ids, first, batch.num_rows), []
        strange = _strange(cells, ids, batch.num_rows)
        odd = _odd(strange, which, [at for at, rest in enumerate(rests) if rest is None])
        if odd:
            named, numbered = names.to_pylist(), which.to_pylist()
            for at in odd:
                row = [column[at].as_py() for column in cells.values()]
                place, is_sound = Place(file, first + at, 1), not strange[at].as_py()
                named[at], rest, problems = self._of_row(row, tuple(cells), place, is_sound=is_sound)
                numbered[at] = len(rests)
                rests.append(rest)
                if problems:
                    unanswered.append(problems)
            names, which = pa.array(named, pa.string()), pa.array(numbered, pa.int32())
        return self._written(names, file, first, which, rests), unanswered

    def _told_apart(self, stated: dict[str, pa.Array]) -> dict[str, pa.Array]:
        """Return the columns, each number as the first that the law does not tell apart from it."""
        facts, first_alike = self._pack.facts, self._first_alike
        kinds = {name: facts[name].type for name in stated if name in facts}
        # What is counted from a date is counted to the day: then no number stands for another.
        if first_alike is None or FactType.DATE in kinds.values():
            return stated

        def alike(name: str, text: str) -> str:
            is_plain = text.isascii() and text.isdigit() and len(text) <= _DIGITS
            return str(first_alike(name, int(text))) if is_plain and int(text) >= facts[name].minimum else text

        for name in (name for name, kind in kinds.items() if kind is FactType.NUMBER):
            column = stated[name]
            texts = pa.array([alike(name, text) for text in column.dictionary.to_pylist()], pa.string())
            cells = texts.dictionary_encode()
            stated[name] = pa.DictionaryArray.from_arrays(cells.indices.take(column.indices), cells.dictionary)
        return stated

    def _rest(self, row: Sequence[str], columns: tuple[str, ...]) -> Rest | None:
        """Return what is written of rows that state this; None where they may be at fault."""
        key = (*columns, *row)
        if key not in self._met:
            return keep(self._met, key, self._new_rest(row, columns))
        return self._met[key]

    def _new_rest(self, row: Sequence[str], columns: tuple[str, ...]) -> Rest | None:
        try:
            text = record_of(row, columns, Place("", 1, 1), self._pack)
            _, alike = what_is_alike(text, self._pack, self._first_alike)
            if alike not in self._alike:
                loaded = load_record(text, 1, "", self._pack)
                if not alike or loaded.scenario is None:
                    return None
                keep(self._alike, alike, self._rest_of(self._record(loaded.scenario)))
        except AuthcheckError:
            return None
        return self._alike[alike]

    def _rest_of(self, record: Record) -> Rest:
        return (*told_of(record), *verdicts_of(record, self._beside, len(self._columns)))[len(OWN) :]

    def _of_row(
        self, row: Sequence[str], columns: Sequence[str], place: Place, *, is_sound: bool
    ) -> tuple[str, Rest, Sequence[Diagnostic]]:
        """Return the name of one row, what is written of it, and what is wrong with it.

        `is_sound` says that nothing is wrong with its id and its words.
        """
        name = f"{place.file}:{place.line}"
        stated = tuple((column, cell) for column, cell in zip(columns, row, strict=True) if column not in OF_ONE)
        problems: Sequence[Diagnostic]
        if is_sound and stated in self._at_fault:
            problems, before = self._at_fault[stated]
            id = next((cell.strip() for column, cell in zip(columns, row, strict=True) if column == "id"), "")
            return self._refused(id or name, moved(problems, before, place))
        try:
            loaded = load_record(record_of(row, columns, place, self._pack), place.line, place.file, self._pack)
            name, problems = loaded.name, loaded.problems
            if loaded.scenario is not None:
                record = self._record(loaded.scenario)
                return name, self._rest_of(record), ()
        except AuthcheckError as error:
            problems = error.diagnostics
        if is_sound:
            keep(self._at_fault, stated, (problems, place))
        return self._refused(name, problems)

    def _refused(self, name: str, problems: Iterable[Diagnostic]) -> tuple[str, Rest, Sequence[Diagnostic]]:
        """Return the name of a row that cannot be answered, what is written of it, and what is wrong with it."""
        here = [replace(one, place=Place(one.place.file, one.place.line, 1), excerpt=()) for one in problems]
        return name, problem_values(name, here, len(self._columns))[len(OWN) :], here

    def _written(
        self, names: pa.Array, file: str, first: int, which: pa.Array, rests: Sequence[Rest | None]
    ) -> pa.RecordBatch:
        numbers, told = self._numbered(rests)
        which = pa.array(numbers, pa.int32()).take(which)
        one_file = array_of([file], self._text)
        own = {
            "scenario": lambda: names,
            "file": lambda: one_file.take(pa.repeat(pa.scalar(0, pa.int32()), len(names))),
            "line": lambda: _numbers(first, len(names)),
        }
        columns = [own[name]() if name in own else _cells_at(which, told[name]) for name in self.schema.names]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _numbered(self, rests: Sequence[Rest | None]) -> tuple[Sequence[int], dict[str, pa.Array]]:
        """Return the number of each rest, and of each column the cells by these numbers.

        Words come in the order in which these have them, so that a file is the same whatever was met before.
        """
        # Few of them differ, however many the rows state; most are met again in the next batch.
        unlike = {id(rest): rest for rest in rests}
        if not self._told or not unlike.keys() <= self._unlike.keys():
            self._unlike = {**(self._unlike if len(self._unlike) < _MOST_UNLIKE else {}), **unlike}
            some = [rest or (None,) * (len(self._columns) - len(OWN)) for rest in self._unlike.values()]
            at = {name: number - len(OWN) for number, name in enumerate(self._columns)}
            self._told = {
                field.name: array_of([rest[at[field.name]] for rest in some], _plain(field.type))
                for field in self.schema
                if field.name not in OWN
            }
        met = {known: at for at, known in enumerate(self._unlike)}
        here = pa.array([met[known] for known in unlike], pa.int32())
        told = {name: column.take(here) for name, column in self._told.items()}
        few = {field.name for field in self.schema if pa.types.is_dictionary(field.type)}
        number = {known: at for at, known in enumerate(unlike)}
        return [number[id(rest)] for rest in rests], {
            name: column.dictionary_encode() if name in few else column for name, column in told.items()
        }


def _plain(of: pa.DataType) -> pa.DataType:
    return of.value_type if pa.types.is_dictionary(of) else of


def _distinct(columns: Sequence[pa.Array], count: int) -> tuple[pa.Array, pa.Array]:
    """Return for each row the number of what it states, and of each such number the first row."""
    told = [(one.indices, len(one.dictionary)) for one in columns if len(one.dictionary) > 1]
    # Of two neighbours together a row has one number, which is narrow as long as that will do.
    while len(told) > 1:
        pairs = zip(told[::2], told[1::2], strict=False)
        told = [*itertools.starmap(_together, pairs), *told[len(told) // 2 * 2 :]]
    which = told[0][0] if told else pa.repeat(pa.scalar(0, pa.int32()), count)
    found = which.dictionary_encode()
    return found.indices, pc.index_in(found.dictionary, value_set=which)


def _together(one: Codes, other: Codes) -> Codes:
    """Return for each row a number that says which two it has, and how many there may be."""
    if one[1] * other[1] > _MOST_CODES:
        one, other = _counted(one), _counted(other)
    (codes, values), (others, besides) = one, other
    size = values * besides
    # What is multiplied by a wide number is wide, and so is what is added to it.
    times = pa.scalar(besides, pa.int32() if size <= _MOST_NARROW else pa.int64())
    return pc.add(pc.multiply(codes, times), others), size


def _counted(codes: Codes) -> Codes:
    """Return the numbers with no more of them than there are rows."""
    found = codes[0].dictionary_encode()
    return found.indices, len(found.dictionary)


def _texts_at(rows: pa.Array, column: pa.Array) -> Sequence[str]:
    """Return the texts of some rows of a column; each is made one of Python once."""
    texts = column.dictionary.to_pylist()
    return [texts[code] for code in column.indices.take(rows).to_pylist()]


def _cells_at(numbers: pa.Array, column: pa.Array) -> pa.Array:
    """Return the cells of a column by their numbers."""
    is_empty = column.null_count == len(column)
    return pa.nulls(len(numbers), column.type) if is_empty else column.take(numbers)


def _numbers(first: int, count: int) -> pa.Array:
    """Return so many numbers from the first on."""
    return pc.cumulative_sum(pa.repeat(pa.scalar(1, pa.int64()), count), start=first - 1)


def _names(ids: pa.Array | None, first: int, count: int) -> pa.Array:
    """Return by what each row goes: its id, or its number."""
    if ids is not None and not pc.any(pc.equal(ids, "")).as_py():
        return ids
    lines = pc.binary_join_element_wise("line-", _numbers(first, count).cast(pa.string()), "")
    return lines if ids is None else pc.if_else(pc.equal(ids, ""), lines, ids)


def _strange(cells: dict[str, pa.Array], ids: pa.Array | None, count: int) -> pa.Array:
    """Return for each row whether something may be wrong with its id or its words."""
    is_strange = pa.array([False] * count, pa.bool_())
    if ids is not None:
        is_id = pc.match_substring_regex(ids, "^([A-Za-z0-9][A-Za-z0-9-]*)?$")
        is_strange = pc.or_(is_strange, pc.invert(is_id))
    for name in _WORDS:
        if name in cells:
            is_sound = pc.or_(pc.string_is_ascii(cells[name]), pc.utf8_is_printable(cells[name]))
            is_strange = pc.or_(is_strange, pc.invert(is_sound))
    return is_strange


def _odd(strange: pa.Array, which: pa.Array, unknown: Sequence[int]) -> list[int]:
    """Return the rows that may be at fault, in what they state or besides."""
    is_odd = pc.or_(strange, pc.is_in(which, pa.array(unknown, pa.int32()))) if unknown else strange
    odd: list[int] = pc.indices_nonzero(is_odd).to_pylist()
    return odd
