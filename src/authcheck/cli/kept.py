"""A long result in a file that appears whole: until then it stands beside it, and can be gone on with."""

from __future__ import annotations

import contextlib
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from authcheck.cli.blocks import stamp_of
from authcheck.cli.output import ClosedPipeError, is_stream, not_written
from authcheck.cli.unfinished import Resumable, State, Tally, Unfinished

__all__ = ["Kept", "stamps_of"]

# So many seconds' records are lost at most where a run is killed.
_OFTEN = 1.0
_BUFFER = 1 << 20


def stamps_of(files: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Return the stamp of each file that is there."""
    stamps = {}
    for file in files:
        with contextlib.suppress(OSError, ValueError):
            stamps[str(file)] = stamp_of(file.stat())
    return stamps


@dataclass(slots=True)
class Kept(Resumable):
    """The records of a run. `basis` is what they are made from: a run goes on only where that is the same.

    They stand in `FILE.part`, whole, and `FILE.part.json` says of what and how many inputs they are. A device or a
    pipe is written to, and without a file standard output. `force` writes over a file, and begins anew what an
    interrupted run left.
    """

    path: Path | None
    basis: Mapping[str, object]
    resume: bool = False
    force: bool = False
    _state: State = field(default_factory=State, init=False)
    _unfinished: Unfinished | None = field(default=None, init=False)
    _stream: IO[bytes] | None = field(default=None, init=False)
    _noted: float = field(default=0.0, init=False)

    def __enter__(self) -> Self:
        """Open what is written to.

        Raises a usage error where there is nothing to go on with, it has changed, or what stands beside the file is
        not this run's; AuthcheckError where it cannot be written to.
        """
        if self.path is None:
            return self
        with self._beginning():
            if is_stream(self.path):
                self._stream = self.path.open("wb", buffering=_BUFFER)
                return self
            self._unfinished = Unfinished(self.path, self.basis, self.force)
            state = self._unfinished.take(resume=self.resume)
            # What stands before the first is written anew.
            self._state = state if state.tally.inputs else State()
            self._stream = self._unfinished.stream()
            self._stream.truncate(self._state.size)
            self._stream.seek(self._state.size)
            self._note()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give the file its name where all went well; else leave what there is to go on with."""
        if self._stream is None:
            if kind is None:
                sys.stdout.flush()
            return
        try:
            self._note()
            self._stream.close()
            if kind is None and self._unfinished is not None:
                self._unfinished.finish(self._unfinished.part)
        except OSError as error:
            self._give_up()
            raise not_written(error, str(self.path)) from None
        finally:
            if self._unfinished is not None:
                self._unfinished.close()

    @property
    def tally(self) -> Tally:
        """What the run has come to so far."""
        return self._state.tally

    def add(self, texts: Sequence[bytes], tally: Tally) -> None:
        """Write some more, with which the run has come to so much."""
        data = b"".join(texts)
        # At once, lest an interruption come between the two.
        after = State(self._state.size + len(data), 0, zlib.crc32(data, self._state.sum), tally)
        if self._stream is None:
            sys.stdout.write(data.decode())
            self._state = after
            return
        try:
            self._stream.write(data)
            self._state = after
            if time.monotonic() - self._noted > _OFTEN:
                self._note()
        except BrokenPipeError:
            raise ClosedPipeError from None
        except OSError as error:
            raise not_written(error, str(self.path)) from None

    def lines(self) -> Iterator[bytes]:
        """Return the lines that stand already, as they are read. Raises AuthcheckError where they cannot be read."""
        if self._unfinished is not None and self._state.size:
            try:
                with self._unfinished.part.open("rb") as stream:
                    yield from stream
            except OSError as error:
                raise not_written(error, str(self.path)) from None

    def drop(self) -> None:
        """Leave nothing behind."""
        self._give_up()
        if self._unfinished is not None:
            self._unfinished.drop()

    def _give_up(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._stream = None

    def _note(self) -> None:
        """Note how far the records go, once they are written."""
        assert self._stream is not None
        self._stream.flush()
        self._noted = time.monotonic()
        if self._unfinished is not None:
            self._unfinished.note(self._state)
