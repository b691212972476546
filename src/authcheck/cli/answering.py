"""What comes of the inputs of a block, as it is written: what is alike is answered once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

import typer

from authcheck.answer.building import answer_of
from authcheck.answer.record import Record
from authcheck.cli.answers import AnswersRequest
from authcheck.cli.blocks import Batch, Block, Lines, Rows, loaded_of, of_line, of_row, rows_of
from authcheck.cli.parquet import ParquetColumns
from authcheck.cli.table import Columns
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, moved
from authcheck.keeping import keep
from authcheck.loading.files import decode_line
from authcheck.loading.folders import Loaded
from authcheck.loading.records import PLAIN, is_id, is_sound, what_is_alike
from authcheck.loading.tables import record_of
from authcheck.model.scenario import Scenario
from authcheck.rendering.verdict_columns import asks_for_powers

if TYPE_CHECKING:
    # The library waits until there is a file of its kind.
    from authcheck.arrow.deciding import BatchDecider

__all__ = ["Answered", "Answering", "BatchRequest"]

Key = TypeVar("Key", bound=Hashable)
Templates: TypeAlias = Sequence[Any]
"""What is written of what is alike: one for each activity, as the columns have it."""


@dataclass(kw_only=True, eq=False, repr=False)
class BatchRequest(AnswersRequest):
    """What is asked of many scenarios, and how they are gone through."""

    full: Annotated[
        bool, typer.Option("--full", help="Write whole answers, with all that stands behind them, as JSON lines.")
    ] = False
    select: Annotated[
        str | None,
        typer.Option(
            "--select", metavar="COLUMNS", help="Only these columns of the table or keys of the JSON, by comma."
        ),
    ] = None
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first input that cannot be answered; no FILE is then written.")
    ] = False
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            min=1,
            metavar="N",
            help="Answer with so many processes, at most eight for each processor; pays for whole answers, and where "
            "most inputs state something else.",
        ),
    ] = 1
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS|N",
            help="Answer with the workers of a cluster of Dask: the one of a scheduler, or N that are started here, at "
            "most eight for each processor; see `authcheck help cluster`.",
        ),
    ] = None
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run, from what it left beside FILE.")
    ] = False

    @property
    def are_many(self) -> bool:
        """An input that cannot be answered becomes a record of its problems, be it the only one."""
        return True


@dataclass(slots=True)
class Answered:
    """What a block comes to: the lines or tables to write, of how many inputs, and how many could not be answered.

    Of parts that stand apart, every one that an answer names is there, also where it has been written before.

    `problems` are those of the first such input, which is told, and at which a strict run stops. Where a file
    `breaks_off`, what comes after the block in it cannot be read either.
    """

    written: list[Any] = field(default_factory=list)
    inputs: int = 0
    unanswered: int = 0
    problems: Sequence[Diagnostic] = ()
    breaks_off: bool = False


# Where one of these stands in the rest of a line, its id or its words may be said twice.
_AMBIGUOUS = (b'"id"', b'"description"', b"\\")


class Answering:
    """Answers blocks on the terms of a request."""

    def __init__(self, request: BatchRequest, columns: Columns | ParquetColumns) -> None:
        """Take what is asked, and the columns or keys of what is written."""
        self.request = request
        self.columns = columns
        # By what stands in a line or a row beside its id and its words, and by what the law tells apart of that.
        self._met: dict[Hashable, Templates] = {}
        self._alike: dict[str, Templates] = {}
        # By all that stands there, what is wrong with the first such line or row, and where it is.
        self._at_fault: dict[Hashable, tuple[Sequence[Diagnostic], Place]] = {}
        self._decide: BatchDecider | None = None
        self._powers = asks_for_powers(columns.names)
        is_counted = any(told.date is not None for told in request.basis.stated.values())
        self._first_alike = None if is_counted else request.decider.law.first_alike

    def answered(self, block: Block) -> Answered:
        """Return what the inputs of a block come to."""
        done = Answered()
        match block:
            case Lines() if not self.request.full:
                self._lines(block, done)
            case Rows() if not self.request.full:
                self._rows(block, done)
            case Batch() if not self.request.full:
                self._batch(block, done)
            case _:
                for loaded in loaded_of(block, self.request.pack):
                    done.inputs += 1
                    self._write(loaded, done)
                    if self.request.strict and done.problems:
                        break
        self.columns.finish(done.written)
        return done

    def _lines(self, block: Lines, done: Answered) -> None:
        plain, met, file = PLAIN.fullmatch, self._met, self.columns.file_cell(block.file)
        for number, line in enumerate(block.lines, start=block.first):
            record = line.strip()
            if not record:
                continue
            done.inputs += 1
            found = plain(record)
            id, key = found.groups() if found else (None, b"")
            templates = met.get(key)
            if templates is not None:
                self.columns.fill(templates, id or b"line-%d" % number, file, number, done.written)
                continue
            try:
                text = decode_line(record, block.file)
            except AuthcheckError:
                text = ""
            load = partial(of_line, record, number, block.file, self.request.pack)
            is_clear = found is not None and not any(word in key for word in _AMBIGUOUS)
            self._read(text, Place(block.file, number, 1), load, key if is_clear else None, file, done)
            if self.request.strict and done.problems:
                return

    def _rows(self, block: Rows, done: Answered) -> None:
        met, file = self._met, self.columns.file_cell(block.file)
        columns, pack = tuple(block.columns), self.request.pack
        id_at = columns.index("id") if "id" in columns else -1
        words_at = [at for at, name in enumerate(columns) if name in {"scenario", "description"}]
        others_at = [at for at in range(len(columns)) if at != id_at and at not in words_at]
        for number, row in block.rows:
            done.inputs += 1
            key, id = None, ""
            if len(row) == len(columns) and all(is_sound(row[at]) for at in words_at):
                id = row[id_at].strip() if id_at >= 0 else ""
                key = (columns, *[row[at] for at in others_at]) if not id or is_id(id) else None
            templates = met.get(key)
            if templates is not None:
                self.columns.fill(templates, id.encode() or b"line-%d" % number, file, number, done.written)
                continue
            try:
                text = record_of(row, columns, Place(block.file, number, 1), pack)
            except AuthcheckError:
                text = ""
            place = Place(block.file, number, 1)
            self._read(text, place, partial(of_row, row, number, block, pack), key, file, done)
            if self.request.strict and done.problems:
                return

    def _batch(self, block: Batch, done: Answered) -> None:
        columns, request = self.columns, self.request
        if not isinstance(columns, ParquetColumns) or request.strict:
            self._rows(rows_of(block, request.pack), done)
            return
        if self._decide is None:
            from authcheck.arrow.deciding import BatchDecider

            record = partial(request.basis.record, decider=request.decider, powers=self._powers)
            counts = self._first_alike is None
            self._decide = BatchDecider(request.decider, columns=columns.names, record=record, counts=counts)
        verdicts, unanswered = self._decide.answered(block.rows, block.file, block.first)
        done.unanswered, done.problems = len(unanswered), unanswered[0] if unanswered else ()
        done.inputs = block.rows.num_rows
        done.written.append(verdicts)

    def _read(
        self, text: str, place: Place, load: Callable[[], Loaded], key: Hashable, file: bytes, done: Answered
    ) -> None:
        """Answer a record whose line or row has not been met; what is alike it is known by the key from now on."""
        id, alike = what_is_alike(text, self.request.pack, self._first_alike)
        templates = self._alike.get(alike)
        if templates is None:
            if alike and key in self._at_fault:
                problems, before = self._at_fault[key]
                self._refuse(id or f"{place.file}:{place.line}", moved(problems, before, place), done)
                return
            loaded = load()
            if not alike or loaded.scenario is None:
                self._write(loaded, done)
                return
            try:
                templates = [self.columns.template(record) for record in self._records(loaded.scenario)]
            except AuthcheckError as error:
                if key is not None:
                    keep(self._at_fault, key, (error.diagnostics, place))
                self._refuse(loaded.name, error.diagnostics, done)
                return
            keep(self._alike, alike, templates)
        if key is not None:
            keep(self._met, key, templates)
        self.columns.fill(templates, id.encode() or b"line-%d" % place.line, file, place.line, done.written)

    def _write(self, loaded: Loaded, done: Answered) -> None:
        """Write what one input comes to."""
        if loaded.scenario is None:
            self._refuse(loaded.name, loaded.problems, done)
            return
        request = self.request
        try:
            if self.request.full:
                parts = self._parts(loaded.scenario)
                answers = [answer_of(request.basis.decision(part, request.decider)) for part in parts]
                done.written += (line for answer in answers for line in request.lines(answer))
                return
            records = self._records(loaded.scenario)
        except AuthcheckError as error:
            self._refuse(loaded.name, error.diagnostics, done)
            return
        for record in records:
            self.columns.record(record, done.written)

    def _records(self, scenario: Scenario) -> list[Record]:
        request, parts = self.request, self._parts(scenario)
        return [request.basis.record(part, request.decider, powers=self._powers) for part in parts]

    def _parts(self, scenario: Scenario) -> Sequence[Scenario]:
        return (scenario,) if self.request.activity else scenario.parts

    def _refuse(self, name: str, problems: Sequence[Diagnostic], done: Answered) -> None:
        """Write what is wrong with one input; a strict run reports it instead."""
        done.unanswered += 1
        done.problems = done.problems or problems
        if not self.request.strict:
            self.columns.refuse(name, problems, done.written)
