"""Blocks answered by the workers of a cluster of Dask, in their order. This alone knows Dask, the extra `cluster`."""

from __future__ import annotations

import copy
import functools
import threading
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, TypeAlias

import typer

from authcheck.cli.answering import Answered, Answering, BatchRequest
from authcheck.cli.blocks import Block, Slice
from authcheck.cli.parquet import ParquetColumns
from authcheck.cli.reading import Reader
from authcheck.cli.table import Columns
from authcheck.cli.workers import most_workers
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.folders import Loaded

__all__ = ["Cluster"]

# So many seconds a cluster has to answer at all, and so often a block is tried that no worker gave back.
_PATIENCE = 20
_RETRIES = 3
# So many tasks are with each worker at once, so that none waits for the next.
_AT_ONCE = 2
# Who reads some rows of a group unpacks all before them: so many slices of one go to the same worker.
_SLICES = 8


class Cluster:
    """Workers of a cluster. A block whose worker is lost goes to another one."""

    def __init__(self, where: str, answering: Answering) -> None:
        """Connect to the scheduler at an address, or start so many workers here.

        Raises a usage error where Dask is not installed, and AuthcheckError where nobody answers at the address.
        """
        try:
            import distributed
        except ImportError:
            message = "a cluster needs the library distributed of Dask: pip install 'authcheck[cluster]'"
            raise typer.BadParameter(message, param_hint="--cluster") from None
        # Workers stand elsewhere: the pack goes by its whole path.
        request = copy.copy(answering.request)
        request.folder = request.folder and request.folder.absolute()
        self._terms = (request, answering.columns)
        self._columns = answering.columns
        self._digest = answering.request.pack.digest
        # What it logs is for who runs the cluster; what comes of the run is said here.
        self._local: Any = None
        try:
            if where.isdecimal():
                self._local = distributed.LocalCluster(
                    n_workers=most_workers(int(where)),
                    threads_per_worker=1,
                    dashboard_address=None,
                    # Left out, it takes the port that another cluster of the user's has, or wants.
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                    silence_logs=50,
                    # Nobody sees where the time of these workers goes, and to look takes a tenth of it.
                    config={"distributed.worker.profile.enabled": False},
                )
            # What workers answer need not come by the scheduler; those elsewhere may be reached by it alone.
            direct = True if self._local else None
            self._client = distributed.Client(
                self._local or where, timeout=_PATIENCE, set_as_default=False, direct_to_workers=direct
            )
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            self._close()
            message = f"no cluster with workers answers at `{where}`: {str(error) or type(error).__name__}"
            raise AuthcheckError([Diagnostic("no-cluster", message, Place("--cluster"))]) from None

    def __enter__(self) -> Self:
        """Take blocks."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Leave the cluster, and end what was started here."""
        self._close()

    def _close(self) -> None:
        for opened in (getattr(self, "_client", None), self._local):
            if opened is not None:
                opened.close()

    def answered(self, blocks: Iterable[Block]) -> Iterator[tuple[Block, Answered]]:
        """Return each block with what it comes to. Raises what a worker does, AuthcheckError where they are lost."""
        is_broken = False
        for some, future in self._given(blocks):
            for block, answered in zip(some, _result_of(future), strict=True):
                if is_broken and isinstance(block, Slice) and block.goes_on:
                    continue
                answered.written = self._columns.unpacked(answered.written)
                is_broken = answered.breaks_off
                yield block, answered

    def _given(self, blocks: Iterable[Block]) -> Iterator[tuple[Sequence[Block], Any]]:
        """Return the blocks of each task with what a worker is at, some tasks ahead."""
        # A run has its own name, lest a worker meet what it knows from another.
        answer = functools.partial(_answer, uuid.uuid4().hex, self._digest, self._terms)
        given: deque[tuple[Sequence[Block], Any]] = deque()
        for some in _tasks(blocks):
            given.append((some, self._client.submit(answer, some, pure=False, retries=_RETRIES)))
            if len(given) > _AT_ONCE * len(self._client.nthreads()):
                yield given.popleft()
        yield from given


def _tasks(blocks: Iterable[Block]) -> Iterator[Sequence[Block]]:
    """Return the blocks, those together that one worker is to answer."""
    some: list[Block] = []
    for block in blocks:
        if some and (len(some) == _SLICES or _group_of(block) != _group_of(some[0])):
            yield some
            some = []
        some.append(block)
        if not isinstance(block, Slice):
            # It waits for no other one, which may be long in coming.
            yield some
            some = []
    if some:
        yield some


def _group_of(block: Block) -> object:
    return (block.path, block.groups) if isinstance(block, Slice) else None


Terms: TypeAlias = "tuple[BatchRequest, Columns | ParquetColumns]"


# What a worker reads and answers with, by the run: the last is kept. The threads of a worker share it.
_KNOWN: dict[str, tuple[Reader, Answering]] = {}
_ONE_AT_A_TIME = threading.Lock()


def _answer(run: str, digest: str, terms: Terms, blocks: Sequence[Block]) -> Sequence[Answered] | Exception:
    """Return what blocks come to, packed, or what was raised, in a worker."""
    with _ONE_AT_A_TIME:
        try:
            if run not in _KNOWN:
                request, columns = terms
                if request.pack.digest != digest:
                    message = f"a worker has another pack: {request.pack.digest}, not {digest}"
                    help = "install the same version of authcheck, and the same pack, for all workers"
                    return AuthcheckError([Diagnostic("other-pack", message, Place("--cluster"), help=help)])
                _KNOWN.clear()
                _KNOWN[run] = Reader(request.pack), Answering(request, columns)
            return [_answer_to(block, *_KNOWN[run]) for block in blocks]
        except Exception as error:  # noqa: BLE001 - it is raised where the work is shared out.
            return error


def _answer_to(block: Block, reader: Reader, answering: Answering) -> Answered:
    read = reader.read(block)
    answered = answering.answered(read)
    answered.written = answering.columns.packed(answered.written)
    answered.breaks_off = isinstance(block, Slice) and isinstance(read, Loaded)
    return answered


def _result_of(future: Any) -> Sequence[Answered]:  # noqa: ANN401 - Dask has no types.
    from distributed import KilledWorker

    try:
        answered: Sequence[Answered] | Exception = future.result()
    except (KilledWorker, OSError) as error:
        message = f"the workers of the cluster are lost: {' '.join(str(error).split())[:200]}"
        help = "to a file, `--resume` goes on"
        raise AuthcheckError([Diagnostic("worker-lost", message, Place("--cluster"), help=help)]) from None
    if isinstance(answered, Exception):
        raise answered
    return answered
