"""A long result in a file that appears whole: until then it stands beside it, and can be gone on with."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

import typer

from authcheck.cli.blocks import stamp_of
from authcheck.cli.output import ClosedPipeError, is_stream, not_written
from authcheck.loading.files import quoted

__all__ = ["Kept", "Notes", "stamps_of"]

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
class Notes:
    """What is noted beside a file that is not whole yet: how much of it stands, of how many inputs, made from what."""

    path: Path
    basis: Mapping[str, object]

    @property
    def part(self) -> Path:
        """Where the file stands until it is whole."""
        return Path(f"{self.path}.part")

    @property
    def _file(self) -> Path:
        return Path(f"{self.path}.part.json")

    @property
    def _new(self) -> Path:
        return Path(f"{self._file}.new")

    def write(self, inputs: int, standing: int) -> None:
        """Note so many inputs, and how much stands of them. Raises OSError where it cannot be written."""
        state = {"inputs": inputs, "standing": standing, "basis": self.basis}
        self._new.write_text(json.dumps(state), encoding="utf-8")
        self._new.replace(self._file)

    def read(self, stands: Callable[[int], bool]) -> tuple[int, int]:
        """Return how many inputs are noted, and how much stands of them, if that is there.

        Raises a usage error where there is nothing to go on with, or it is made from something else.
        """
        try:
            state = json.loads(self._file.read_text("utf-8"))
            basis, standing, inputs = state["basis"], int(state["standing"]), int(state["inputs"])
            is_whole = stands(standing)
        except (OSError, ValueError, LookupError, TypeError):
            is_whole, basis, standing, inputs = False, {}, 0, 0
        if not is_whole or not isinstance(basis, dict):
            message = f"there is nothing to go on with: no {quoted(str(self.part))} of an interrupted run"
            raise typer.BadParameter(message, param_hint="--resume")
        now = json.loads(json.dumps(self.basis))
        changed = [_said(name, basis.get(name), now.get(name)) for name in now if basis.get(name) != now.get(name)]
        if changed:
            message = f"what the records were made from has changed: {'; '.join(changed)}; run it without --resume"
            raise typer.BadParameter(message, param_hint="--resume")
        return inputs, standing

    def remove(self) -> None:
        """Note nothing any more."""
        self._file.unlink(missing_ok=True)
        self._new.unlink(missing_ok=True)


@dataclass(slots=True)
class Kept:
    """The records of a run. `basis` is what they are made from: a run goes on only where that is the same.

    They stand in `FILE.part`, whole, and `FILE.part.json` says of what and how many inputs they are. A device or a
    pipe is written to, and without a file standard output.
    """

    path: Path | None
    basis: Mapping[str, object]
    resume: bool = False
    done: int = 0
    _stream: IO[bytes] | None = field(default=None, init=False)
    _whole: int = field(default=0, init=False)
    _noted: float = field(default=0.0, init=False)

    def __enter__(self) -> Self:
        """Open what is written to. Raises a usage error where there is nothing to go on with, or it has changed."""
        if self.path is None:
            return self
        if self.resume:
            self.done, size = self._notes.read(lambda size: self._part.stat().st_size >= size)
            # What stands before the first is written anew.
            self._whole = size if self.done else 0
        try:
            self._stream = self._part.open("r+b" if self.resume else "wb", buffering=_BUFFER)
            if self.resume:
                self._stream.truncate(self._whole)
                self._stream.seek(self._whole)
            self._note()
        except OSError as error:
            raise not_written(error, str(self.path)) from None
        except BaseException:
            # Interrupted before it is noted, a new part is nothing to go on with.
            if not self.resume:
                self.drop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give the file its name where all went well; else leave what there is to go on with."""
        if self._stream is None:
            if kind is None:
                sys.stdout.flush()
            return
        assert self.path is not None
        try:
            self._note()
            self._stream.close()
            if kind is None:
                self._end()
        except OSError as error:
            with contextlib.suppress(OSError):
                self._stream.close()
            raise not_written(error, str(self.path)) from None

    def add(self, texts: Sequence[bytes], inputs: int) -> None:
        """Write what so many inputs come to."""
        if self._stream is None:
            sys.stdout.write(b"".join(texts).decode())
            self.done += inputs
            return
        try:
            data = b"".join(texts)
            self._stream.write(data)
            self._whole += len(data)
            self.done += inputs
            if time.monotonic() - self._noted > _OFTEN:
                self._note()
        except BrokenPipeError:
            raise ClosedPipeError from None
        except OSError as error:
            raise not_written(error, str(self.path)) from None

    def lines(self) -> Iterator[bytes]:
        """Return the lines that stand already, as they are read. Raises AuthcheckError where they cannot be read."""
        if self._whole:
            try:
                with self._part.open("rb") as stream:
                    yield from stream
            except OSError as error:
                raise not_written(error, str(self.path)) from None

    def drop(self) -> None:
        """Leave nothing behind."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if self.path is not None and not self._is_stream:
            self._part.unlink(missing_ok=True)
            self._notes.remove()

    def _end(self) -> None:
        if not self._is_stream:
            self._part.replace(os.path.realpath(str(self.path)))
            self._notes.remove()

    @property
    def _is_stream(self) -> bool:
        return self.path is not None and is_stream(self.path)

    @property
    def _notes(self) -> Notes:
        return Notes(Path(str(self.path)), self.basis)

    @property
    def _part(self) -> Path:
        return Path(str(self.path)) if self._is_stream else self._notes.part

    def _note(self) -> None:
        """Note how far the records go, once they are written."""
        assert self._stream is not None
        self._stream.flush()
        self._noted = time.monotonic()
        if not self._is_stream:
            self._notes.write(self.done, self._whole)


def _said(name: str, before: object, now: object) -> str:
    """Return what has changed of one thing; of the inputs, which."""
    if not isinstance(before, dict) or not isinstance(now, dict):
        return f"{name} was {before}, and is {now}"
    names = [one for one in {**before, **now} if before.get(one) != now.get(one)]
    return f"{name} {', '.join(quoted(one) for one in names[:3])}{' …' if len(names) > 3 else ''}"  # noqa: PLR2004 - a few suffice.
