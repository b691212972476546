"""authcheck batch."""

from __future__ import annotations

import glob
import os
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typer

from authcheck import __version__
from authcheck.cli.answering import Answered, Answering, BatchRequest
from authcheck.cli.blocks import (
    SIZE,
    Block,
    Found,
    after,
    blocks_of,
    found_of,
    require_readers,
    size_of,
)
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import spare_inputs
from authcheck.cli.kept import Kept, stamps_of
from authcheck.cli.output import report
from authcheck.cli.parquet import KeptParquet, ParquetColumns, check_parquet
from authcheck.cli.reading import Reader
from authcheck.cli.table import Columns
from authcheck.cli.unfinished import Tally
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.loading.files import printable, quoted
from authcheck.loading.folders import files_in, without_loops
from authcheck.loading.record_files import is_record_file
from authcheck.rendering.apart import PartsMet
from authcheck.wording import counted

__all__ = ["batch"]


@asking(BatchRequest, forms=(Format.JSONL, Format.CSV, Format.PARQUET))
def batch(request: BatchRequest) -> Exit:
    """Answer many scenarios: a record of verdicts for each, in their order.

    Reads folders of YAML, files whose names match a pattern, JSON on each line, tables of facts as CSV, both also
    packed as .gz or .zst, tables as Parquet, and standard input. Parquet and .zst need `pip install
    'authcheck[tables]'`. An input that cannot be answered becomes a record of its problems, and the rest goes on. In a
    table the column `id` names each row, and the columns are facts; an empty cell states nothing, `unknown` that it is
    not known, and `a|b` one of several; in Parquet null states nothing, and a list is one of several. A scenario of
    several activities has a record for each; one of several courses of action has one, of what it states beside them,
    or of the one that `--option` names.

    \b
    Examples:
      authcheck batch my-scenarios/ -o verdicts.jsonl
      authcheck batch facts.csv -o verdicts.csv --select scenario,gaps,problem
      authcheck batch - --full < scenarios.jsonl
      authcheck batch facts.parquet -o verdicts.parquet
    """
    _check(request)
    matching = [file for argument in request.scenarios for file in _matching(argument)]
    if matching != list(request.scenarios):
        # A pattern may match what is written to.
        spare_inputs(request.output, matching, request.folder)
    request.scenarios = matching
    file = _file(request)
    if request.format is Format.PARQUET:
        check_parquet(file)
    named = found_of(request.scenarios, request.folder, request.exclude or ())
    found = [(argument, tuple(places)) for argument, places in named]
    stamps = _stamps(place for _, places in found for place in places)
    if request.resume and (file is None or "-" in request.scenarios):
        message = "a run can go on that reads files and writes one: add --output FILE"
        raise typer.BadParameter(message, param_hint="--resume")
    basis, selected = _basis(request, stamps), _selected(request.select)
    columns: Columns | ParquetColumns
    kept: Kept | KeptParquet
    if request.format is Format.PARQUET and file is not None:
        columns = ParquetColumns(request.pack, selected)
        kept = KeptParquet(file, columns.names, basis, request.resume, request.force)
    else:
        columns = Columns(request.format is not Format.JSONL, request.pack, selected)
        kept = Kept(file, basis, request.resume, request.force)
    return _Run(Answering(request, columns), kept, found, total=sum(size for size, _ in stamps.values())).run()


def _check(request: BatchRequest) -> None:
    """Raise a usage error where options do not go together."""
    if request.full and request.format is not Format.JSONL:
        raise typer.BadParameter("a table has no room for whole answers: write JSON lines", param_hint="--full")
    if request.full and request.select is not None:
        raise typer.BadParameter("whole answers are written whole", param_hint="--select")
    if request.cluster is not None:
        _check_cluster(request.cluster, request.jobs)
    request.check_passages(are_lines=request.full, help="add --full")


def _selected(select: str | None) -> tuple[str, ...]:
    if select is None:
        return ()
    names = tuple(name.strip() for name in select.split(","))
    if not all(names):
        raise typer.BadParameter("a name is missing: write names with commas between them", param_hint="--select")
    if twice := [name for at, name in enumerate(names) if name in names[:at]]:
        raise typer.BadParameter(f"{quoted(twice[0])} is named twice: name it once", param_hint="--select")
    return names


# An address with its port, as `tcp://10.0.0.1:8786`; IPv6 stands in brackets.
_ADDRESS = re.compile(r"(?:[a-z]+://)?(?:[^\s:/\[\]]+|\[[0-9a-f:.]+\]):[0-9]{1,5}", re.IGNORECASE)


def _check_cluster(where: str, jobs: int) -> None:
    """Raise a usage error where no cluster can be meant."""
    if jobs > 1:
        raise typer.BadParameter("a cluster has its own workers: leave out `--jobs`", param_hint="--cluster")
    is_count = where.isascii() and where.isdecimal() and where.strip("0") != ""
    if not is_count and not _ADDRESS.fullmatch(where):
        message = f"{quoted(where)} is no address, as `tcp://10.0.0.1:8786`, and no number of at least 1"
        raise typer.BadParameter(message, param_hint="--cluster")


def _matching(argument: str) -> Sequence[str]:
    """Return the files that a pattern matches, or the argument itself."""
    if os.path.lexists(argument) or not glob.has_magic(argument):
        return [argument]
    found = glob.glob(argument, recursive=True)  # noqa: PTH207 - it takes what a shell takes.
    return sorted(without_loops(found) if "**" in argument else found) or [argument]


def _file(request: BatchRequest) -> Path | None:
    return None if str(request.output) in {"None", "-", "/dev/stdout"} else request.output


def _stamps(places: Iterable[Found]) -> dict[str, tuple[int, int]]:
    paths = [place[1] for place in places if isinstance(place, tuple)]
    require_readers(paths)
    return stamps_of(paths)


def _basis(request: BatchRequest, stamps: dict[str, tuple[int, int]]) -> dict[str, object]:
    """Return what the records are made from."""
    return {
        "version": __version__,
        "pack": request.pack.digest,
        "form": "full" if request.full else request.format.value,
        "--passages": request.passages.value,
        "--select": request.select,
        "--lens": request.lens,
        "--reading": request.readings or [],
        "--as-of": request.as_of,
        "--unstated": request.unstated and request.unstated.value,
        "--set": request.settings or [],
        "--option": request.option,
        "--activity": request.activity,
        "--exclude": request.exclude or [],
        "SCENARIO": list(request.scenarios),
        "input": stamps,
    }


# A full answer is some hundred times as long as what it answers; a row of Parquet takes next to nothing.
_SIZE_IN_FULL = 1 << 12
_SIZE_OF_TABLE = 1 << 22
# A cluster takes as long to hand out a block as one process to answer some thousand records; of little, each worker
# is to have some blocks, and not much is to be lost where a run is broken off.
_SIZE_AFAR = 1 << 21
_LEAST_AFAR = 1 << 15
_BLOCKS_AFAR = 64

# So many files are named that were not read.
_NAMED = 3


@dataclass(slots=True)
class _Run:
    """One run over all inputs."""

    answering: Answering
    kept: Kept | KeptParquet
    found: Sequence[tuple[str, Sequence[Found]]]
    total: int = field(kw_only=True)

    def run(self) -> Exit:
        """Write what each input comes to; return the exit status. What a run that is broken off left is told."""
        try:
            return self._with_workers()
        except AuthcheckError as error:
            if not self.kept.left:
                raise
            report(error.diagnostics)
            self._say_what_is_left()
            return worst([Exit(self.kept.tally.status), Exit.INVALID])
        except BaseException:
            self._say_what_is_left()
            raise

    def _say_what_is_left(self) -> None:
        if self.kept.left:
            sys.stderr.write(f"{printable(self.kept.left)}\n")

    def _with_workers(self) -> Exit:
        request = self.answering.request
        if request.cluster:
            from authcheck.cli.cluster import Cluster

            with Cluster(request.cluster, self.answering) as cluster:
                return self._run(cluster.answered)
        if request.jobs == 1:
            return self._run(lambda blocks: ((block, self.answering.answered(block)) for block in blocks))
        from authcheck.cli.workers import Workers

        with Workers(request.jobs, self.answering) as workers:
            return self._run(workers.answered)

    def _run(self, answers_to: Callable[[Iterable[Block]], Iterator[tuple[Block, Answered]]]) -> Exit:
        request = self.answering.request
        progress = _Progress(self.total) if sys.stderr.isatty() and not request.is_read_out else None
        stopped_at: Sequence[Diagnostic] = ()
        try:
            with self.kept as kept:
                stopped_at = self._written(kept, answers_to, progress)
                if stopped_at:
                    kept.drop()
        except (KeyboardInterrupt, SystemExit, AuthcheckError, typer.BadParameter) as ended:
            self._drop_what_is_no_use(ended)
            raise
        finally:
            request.keep_states()
            if progress is not None:
                progress.end()
        if stopped_at:
            report(stopped_at)
            self._say_where_it_stopped()
        else:
            self._count()
        return worst([*request.exits, Exit(self.kept.tally.status)])

    def _written(
        self,
        kept: Kept | KeptParquet,
        answers_to: Callable[[Iterable[Block]], Iterator[tuple[Block, Answered]]],
        progress: _Progress | None,
    ) -> Sequence[Diagnostic]:
        """Write what the inputs come to that are still to be answered; return the problems at which a run stops."""
        request = self.answering.request
        blocks = blocks_of(self.found, request.pack, self._size, afar=bool(request.cluster))
        met = PartsMet()
        if isinstance(kept, Kept) and request.has_parts:
            # The parts that stand are known again; the lines are no use besides.
            deque(met.fresh(kept.lines()), maxlen=0)
        if not kept.tally.inputs and (head := request.head.encode() or self.answering.columns.head):
            kept.add([head], kept.tally)
        for block, answered in answers_to(after(blocks, kept.tally.inputs, Reader(request.pack).read)):
            written = [*met.fresh(answered.written)] if request.has_parts else answered.written
            kept.add(written, _with(kept.tally, answered))
            if answered.unanswered and request.strict:
                return answered.problems
            if progress is not None:
                progress.show(kept.tally.inputs, size_of(block))
        return ()

    def _drop_what_is_no_use(self, ended: BaseException) -> None:
        """Leave nothing with which no run could go on.

        With standard input none does: where nothing is answered, what stands is of no use. Nor is it to whoever is
        told what is to be mended before.
        """
        is_mended_first = isinstance(ended, AuthcheckError | typer.BadParameter)
        if not self.kept.standing and (is_mended_first or "-" in self.answering.request.scenarios):
            self.kept.drop()

    @property
    def _size(self) -> int:
        """How many bytes are read at once."""
        request = self.answering.request
        if request.full:
            return _SIZE_IN_FULL
        if request.format is Format.PARQUET:
            return _SIZE_OF_TABLE
        return min(_SIZE_AFAR, max(_LEAST_AFAR, self.total // _BLOCKS_AFAR)) if request.cluster else SIZE

    def _say_where_it_stopped(self) -> None:
        request = self.answering.request
        kept = "" if _file(request) is None else f"; {quoted(str(request.output))} is not written"
        sys.stderr.write(f"{counted(self.kept.tally.inputs - 1, 'scenario')} answered before{kept}\n")

    def _count(self) -> None:
        tally = self.kept.tally
        told = counted(tally.inputs, "scenario")
        if tally.unanswered:
            # What cannot be answered may be no scenario at all: a file that is missing or holds none.
            unanswered = f"{tally.unanswered:,} could not be answered, the first: {tally.first}"
            told = f"{counted(tally.inputs, 'input')}; {unanswered}"
        sys.stderr.write(f"{printable(told)}\n")
        self._say_what_was_not_read()

    def _say_what_was_not_read(self) -> None:
        """Name the tables and JSON lines in folders, of which the scenarios alone are answered."""
        request = self.answering.request
        folders = (Path(one) for one in request.scenarios if one and os.path.isdir(one))  # noqa: PTH112 - it never raises.
        files = {one for folder in folders for one in files_in(folder, request.exclude or ()) if is_record_file(one)}
        written = request.output and os.path.realpath(request.output)
        named = {os.path.realpath(one) for one in request.scenarios} | {written}
        passed = sorted(one for one in files if os.path.realpath(one) not in named)
        if passed:
            names = ", ".join(map(quoted, passed[:_NAMED]))
            more = f" and {len(passed) - _NAMED:,} more" if len(passed) > _NAMED else ""
            sys.stderr.write(f"of a folder only YAML is read; name what else is to be answered: {names}{more}\n")


def _with(tally: Tally, answered: Answered) -> Tally:
    """Return what a run has come to with a block."""
    first, status = tally.first, Exit(tally.status)
    if answered.unanswered:
        first = first or f"{answered.problems[0].place}: {answered.problems[0].message}"
        nothing = all(problem.code == "no-scenarios" for problem in answered.problems)
        status = worst([status, Exit.NOTHING if nothing else Exit.INVALID])
    return Tally(tally.inputs + answered.inputs, tally.unanswered + answered.unanswered, first, int(status))


@dataclass(slots=True)
class _Progress:
    """How far a run is, on a terminal."""

    total: int
    begun: float = field(default_factory=time.monotonic)
    shown: float = 0.0
    read: int = 0

    def show(self, count: int, size: int) -> None:
        """Show the count and the rate twice a second, and how long is left where that can be told.

        `size` is how many bytes have been read since this was last told.
        """
        self.read += size
        now = time.monotonic()
        if now - self.shown < 0.5:  # noqa: PLR2004 - more often is no use to anybody.
            return
        self.shown = now
        rate = count / max(now - self.begun, 0.001)
        read = self.read
        left = f", {(self.total - read) / read * (now - self.begun):,.0f} s left" if 0 < read < self.total else ""
        sys.stderr.write(f"\r\x1b[K{count:,} scenarios, {rate:,.0f} a second{left}")

    def end(self) -> None:
        """Clear the line, however the run has ended."""
        sys.stderr.write("\r\x1b[K")
