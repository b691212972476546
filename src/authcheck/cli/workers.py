"""Blocks answered by several processes at once, in their order."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from authcheck.cli.answering import Answered, Answering, BatchRequest
from authcheck.cli.blocks import Block
from authcheck.cli.parquet import ParquetColumns
from authcheck.cli.table import Columns
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place

__all__ = ["Workers", "most_workers"]

# More for each processor would wait for each other, and take memory.
_FOR_EACH = 8

# So many seconds a process has to end by itself, when nothing is left for it to do.
_PATIENCE = 5.0

_ENDING = frozenset({signal.SIGINT, signal.SIGTERM})


def most_workers(asked: int) -> int:
    """Return how many workers are started of so many: at most eight for each processor."""
    return min(asked, _FOR_EACH * (os.cpu_count() or 1))


class Workers:
    """Processes that answer blocks, each one at a time, until there is nothing left or the work is broken off."""

    def __init__(self, count: int, answering: Answering) -> None:
        """Start so many processes, as far as they are of use, each of which answers on the same terms."""
        terms = (answering.request, answering.columns)
        self._columns = answering.columns
        self._workers: list[tuple[BaseProcess, Connection]] = []
        try:
            with _uninterrupted():
                for _ in range(most_workers(count)):
                    here, there = multiprocessing.Pipe()
                    process = multiprocessing.Process(target=_work, args=(there, here, *terms), daemon=True)
                    process.start()
                    # Where the process ends, nobody else holds its end open: that is how its end is noticed.
                    there.close()
                    self._workers.append((process, here))
        except BaseException:
            # What was held back comes when the last has been started.
            self._end(at_once=True)
            raise

    def __enter__(self) -> Self:
        """Take blocks."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the processes: at once, where something went wrong."""
        self._end(at_once=kind is not None)

    def _end(self, *, at_once: bool) -> None:
        for process, pipe in self._workers:
            pipe.close()
            if at_once:
                process.terminate()
        for process, _ in self._workers:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()

    def answered(self, blocks: Iterable[Block]) -> Iterator[tuple[Block, Answered]]:
        """Return each block with what it comes to. Raises what a process does, and AuthcheckError where one is lost."""
        # Blocks are dealt out in turn, so that answers come in their order.
        turn = 0
        given: deque[tuple[Block, Connection]] = deque()
        for block in blocks:
            pipe = self._workers[turn][1]
            turn = (turn + 1) % len(self._workers)
            done = (given[0][0], self._answer_of(given.popleft()[1])) if len(given) == len(self._workers) else None
            _give(block, pipe)
            given.append((block, pipe))
            if done is not None:
                yield done
        for block, pipe in given:
            yield block, self._answer_of(pipe)

    def _answer_of(self, pipe: Connection) -> Answered:
        try:
            answered: Answered | Exception = pipe.recv()
        except (EOFError, OSError):
            raise _lost() from None
        if isinstance(answered, Exception):
            raise answered
        answered.written = self._columns.unpacked(answered.written)
        return answered


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back what ends a process, also from those that are started meanwhile, until each can end without a word."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    pipe: Connection,
    other: Connection,
    request: BatchRequest,
    columns: Columns | ParquetColumns,
) -> None:
    """Answer what comes through the pipe, until its other end is closed."""
    # Who interrupts the run interrupts the process that started this one, which then ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    other.close()
    answering = Answering(request, columns)
    while True:
        try:
            block = pipe.recv()
        except (EOFError, OSError):
            request.keep_states()
            return
        try:
            done = answering.answered(block)
            done.written = columns.packed(done.written)
            answered: Answered | Exception = done
        except Exception as error:  # noqa: BLE001 - it is raised where the work is shared out.
            answered = error
        try:
            pipe.send(answered)
        except OSError:
            return


def _give(block: Block, pipe: Connection) -> None:
    try:
        pipe.send(block)
    except OSError:
        raise _lost() from None


def _lost() -> AuthcheckError:
    message = "a process that answered was ended from outside"
    help = "there may have been too little memory: take fewer `--jobs`; to a file, `--resume` goes on"
    return AuthcheckError([Diagnostic("worker-lost", message, Place("--jobs"), help=help)])
