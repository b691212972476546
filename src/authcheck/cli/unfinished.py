"""The files beside a result in which that stands until it is whole: one run's alone, and nobody else's files."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, NoReturn

import typer

from authcheck.cli.output import file_mode, made_meanwhile, name_anew, not_written, write_files
from authcheck.loading.files import quoted
from authcheck.wording import counted

__all__ = ["Resumable", "State", "Tally", "Unfinished"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has come to: of how many inputs, how many could not be answered, the first of them, and the status."""

    inputs: int = 0
    unanswered: int = 0
    first: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """How much of a result stands: so many bytes of `FILE.part`, or whole parts beside it; their sum; and of what."""

    size: int = 0
    parts: int = 0
    sum: int = 0
    tally: Tally = field(default_factory=Tally)


# What may not be asked of a file on every system.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
# With these bytes a file of Parquet begins.
_PARQUET = b"PAR1"
_BUFFER = 1 << 20


@dataclass(slots=True)
class Unfinished:
    """`FILE.part`, and what is noted of it in `FILE.part.json`, while one run writes it.

    It is made by the run or is what an interrupted one left, and locked where the system can: no second run takes it,
    and what is no file of this program is neither written to nor removed. `basis` is what the result is made from.
    Parts of their own are `FILE.part.1` and so on. It `is_left` until it is dropped, or has the file's name.
    """

    path: Path
    basis: Mapping[str, object]
    force: bool = False
    numbers_parts: bool = False
    noted: State = field(default_factory=State, init=False)
    is_left: bool = field(default=False, init=False)
    _handle: int | None = field(default=None, init=False)
    _mode: int = field(default=0o600, init=False)

    @property
    def part(self) -> Path:
        """Where the file stands until it is whole."""
        return Path(f"{self.path}.part")

    def numbered(self, number: int) -> Path:
        """Return where a part of its own stands."""
        return Path(f"{self.part}.{number}")

    @property
    def _file(self) -> Path:
        return Path(f"{self.part}.json")

    def take(self, *, resume: bool) -> State:
        """Make the part, or take the one to go on with; return how much of it stands.

        Raises a usage error where there is nothing to go on with, it is made from something else, or what is there
        is another run's or no file of this program; OSError where it cannot be made.
        """
        if os.path.isdir(self.path):  # noqa: PTH112 - it never raises.
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._mode = file_mode(self.path)
        if resume:
            self.noted = self._go_on()
        else:
            self._begin()
        self.is_left = True
        return self.noted

    def _begin(self) -> None:
        """Make the part anew. What an interrupted run left makes way where that is forced."""
        old = self._opened() if os.path.lexists(self.part) else None
        try:
            left = self._left()
            if old is not None:
                # What was ended before it noted anything left an empty file.
                is_empty = not os.fstat(old).st_size and not os.path.lexists(self._file)
                if not self.force or not (is_empty or isinstance(left, State)):
                    _refuse(self._standing(left), "--output")
            elif isinstance(left, str) and os.path.lexists(self._file):
                _refuse(f"{left}; move it away, or write to another file", "--output")
            parts = left.parts if old is not None and isinstance(left, State) else 0
            self._spare_numbered(parts + 1, is_begun=old is not None and isinstance(left, State))
            if old is not None:
                self._remove(parts)
            try:
                handle = self._created(self.part)
            except FileExistsError:
                self._refuse_another_run()
            self._hold(handle)
        finally:
            if old is not None:
                os.close(old)

    def _go_on(self) -> State:
        """Take what an interrupted run left."""
        if not os.path.lexists(self.part) and not os.path.lexists(self._file):
            message = f"there is nothing to go on with: no {quoted(str(self.part))} of an interrupted run"
            _refuse(message, "--resume")
        if not os.path.lexists(self.part):
            message = f"{quoted(str(self.part))} is missing, of which {quoted(str(self._file))} says how far it goes"
            _refuse(f"{message}; begin anew without --resume", "--resume")
        handle = self._opened()
        try:
            left = self._left(is_gone_on_with=True)
            if isinstance(left, str):
                _refuse(f"{left}; move it away to begin anew", "--resume")
            self._spare_numbered(left.parts + 1, is_begun=True)
        except BaseException:
            os.close(handle)
            raise
        self._hold(handle)
        self.part.chmod(self._mode)
        return left

    def _opened(self) -> int:
        """Open and lock the part that is there. Raises a usage error where it is no file, or another run has it."""
        mode = os.lstat(self.part).st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "a link" if stat.S_ISLNK(mode) else "no regular file"
            message = f"{quoted(str(self.part))}, in which records are to stand until all are there, is {kind}"
            _refuse(f"{message}; move it away, or write to another file", "--output")
        handle = os.open(self.part, os.O_RDWR | _NO_LINK | _BINARY)
        if not self._is_alone(handle):
            os.close(handle)
            self._refuse_another_run()
        return handle

    def _hold(self, handle: int) -> None:
        self._handle = handle
        if not self._is_alone(handle):
            os.close(handle)
            self._handle = None
            self._refuse_another_run()

    def _is_alone(self, handle: int) -> bool:
        """Lock the part; return whether no other run has locked it, or has given it another name meanwhile."""
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:
                # There are no locks on this file system.
                pass
        try:
            return os.path.samestat(os.fstat(handle), os.lstat(self.part))
        except FileNotFoundError:
            return False

    def _refuse_another_run(self) -> NoReturn:
        _refuse(f"another run is writing {quoted(str(self.path))}: wait for it, or write to another file", "--output")

    def _standing(self, left: State | str) -> str:
        """Return what stands in the way, and what to do about it."""
        if isinstance(left, str):
            return f"{left}; move it away, or write to another file"
        message = f"{quoted(str(self.part))} is of an interrupted run, which had gone through "
        how = "`--resume` goes on, and `--force` begins anew" if self._can_go_on else "`--force` begins anew"
        return f"{message}{counted(left.tally.inputs, 'input')}: {how}"

    def _left(self, *, is_gone_on_with: bool = False) -> State | str:
        """Return what is noted of what an interrupted run left, or why it cannot be taken for that.

        Raises a usage error where it is to be gone on with, and is made from something else.
        """
        part, notes = quoted(str(self.part)), quoted(str(self._file))
        if not os.path.lexists(self._file):
            return f"{part} is there, but no {notes} of an interrupted run, which says how far it goes"
        try:
            data = json.loads(b"".join(_bytes_of(self._file)))
            basis, tally = dict(data["basis"]), Tally(**data["tally"])
            state = State(int(data["size"]), int(data["parts"]), int(data["sum"]), tally)
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return f"{notes} is damaged, or no file of this program"
        if is_gone_on_with:
            self._require_basis(basis)
        if not os.path.lexists(self.part) or self._sum_of(state) == state.sum:
            return state
        return f"{part} is damaged, or no file of this program: it does not match {notes}"

    def _require_basis(self, basis: Mapping[str, object]) -> None:
        now = json.loads(json.dumps(self.basis))
        changed = [_said(name, basis.get(name), now.get(name)) for name in now if basis.get(name) != now.get(name)]
        if changed:
            message = f"what the records were made from has changed: {'; '.join(changed)}"
            _refuse(f"{message}; `--force` without `--resume` begins anew", "--resume")

    def _sum_of(self, state: State) -> int | None:
        """Return the sum of what stands; None where less does."""
        found, left = 0, state.size
        try:
            for number in range(1, state.parts + 1):
                found = self.sum_of_part(number, found)
            for data in _bytes_of(self.part) if left else ():
                found = zlib.crc32(data[:left], found)
                left -= min(left, len(data))
                if not left:
                    break
        except OSError:
            return None
        return None if left else found

    def sum_of_part(self, number: int, before: int) -> int:
        """Return the sum of all parts up to this one, given that of those before. Raises OSError where it is gone."""
        for data in _bytes_of(self.numbered(number)):
            before = zlib.crc32(data, before)
        return before

    def _spare_numbered(self, number: int, *, is_begun: bool) -> None:
        """Remove the part that was begun last, which cannot be read. Raises a usage error for a file of others."""
        file = self.numbered(number)
        if not self.numbers_parts or not os.path.lexists(file):
            return
        if not is_begun or not _is_of_parquet(file):
            message = f"{quoted(str(file))}, in which records are to stand, is no file of an interrupted run"
            _refuse(f"{message}; move it away, or write to another file", "--output")
        file.unlink()

    def _created(self, file: Path) -> int:
        """Make a file that is not there, which may be read by whoever may read the one that it becomes."""
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, 0o600)
        file.chmod(self._mode)
        return handle

    def stream(self) -> IO[bytes]:
        """Return the part to be written to; to close it does not leave it to others."""
        assert self._handle is not None
        return open(os.dup(self._handle), "wb", buffering=_BUFFER)  # noqa: PTH123 - it is open already.

    def numbered_stream(self, number: int) -> IO[bytes]:
        """Return a part of its own, made anew. Raises OSError where there is such a file already."""
        return open(self._created(self.numbered(number)), "wb")  # noqa: PTH123 - it is open already.

    def note(self, state: State) -> None:
        """Note how much stands. Raises OSError where it cannot be written."""
        handle, name = tempfile.mkstemp(dir=self._file.absolute().parent, prefix=f".{self._file.name[:40]}.")
        try:
            with open(handle, "w", encoding="utf-8") as stream:  # noqa: PTH123 - it is open already.
                stream.write(json.dumps({**asdict(state), "basis": self.basis}))
            Path(name).chmod(self._mode)
            Path(name).replace(self._file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self.noted = state

    @property
    def _can_go_on(self) -> bool:
        arguments = self.basis.get("SCENARIO")
        return not (isinstance(arguments, list) and "-" in arguments)

    @property
    def left(self) -> str:
        """What to say of what is left to go on with; empty where nothing is."""
        if not self.is_left:
            return ""
        parts = self.noted.parts
        where = quoted(str(self.numbered(1) if parts else self.part))
        more = f" and {parts - 1} more" if parts > 1 else ""
        how = "the same command with `--resume` goes on"
        if not self._can_go_on:
            how = "what reads standard input cannot be gone on with: `--force` begins anew"
        return f"what {counted(self.noted.tally.inputs, 'input')} came to stands in {where}{more}; {how}"

    def finish(self, whole: Path) -> None:
        """Give the file its name, and note nothing any more.

        Raises OSError where that cannot be done, and AuthcheckError where there is such a file by now and it is not
        to be written over; all is left to go on with.
        """
        if sys.platform == "win32":
            # What is open has no other name there.
            self.close()
        try:
            if self.force:
                self._replace_by(whole)
            else:
                name_anew(whole, self.path)
        except FileExistsError:
            help = f"all stands beside it: move {quoted(str(self.path))} away, and go on with `--resume`"
            raise made_meanwhile(self.path, help) from None
        self.is_left = False
        self._remove(self.noted.parts)
        self.close()

    def _replace_by(self, whole: Path) -> None:
        try:
            whole.replace(os.path.realpath(self.path))
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # The file is a link to one on another disk.
            write_files([(self.path, _bytes_of(whole))], force=True)

    def drop(self, parts: int = 0) -> None:
        """Leave nothing of this run behind."""
        if self.is_left:
            self.is_left = False
            self._remove(parts)
        self.close()

    def close(self) -> None:
        """Leave the part to others."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _remove(self, parts: int) -> None:
        for file in (self._file, *map(self.numbered, range(1, parts + 1))):
            file.unlink(missing_ok=True)
        # Once it has the file's name, the next run may have made its own.
        with contextlib.suppress(FileNotFoundError):
            if self._handle is None or os.path.samestat(os.fstat(self._handle), os.lstat(self.part)):
                self.part.unlink()


class Resumable:
    """A result of which a run that is broken off leaves what stands, to go on with."""

    __slots__ = ()
    path: Path | None
    resume: bool
    _unfinished: Unfinished | None

    @property
    def standing(self) -> int:
        """Of how many inputs what they come to is noted, and can be gone on with."""
        return self._unfinished.noted.tally.inputs if self._unfinished is not None else 0

    @property
    def left(self) -> str:
        """What to say of what is left to go on with; empty where nothing is."""
        return self._unfinished.left if self._unfinished is not None else ""

    def drop(self) -> None:
        """Leave nothing behind."""
        raise NotImplementedError

    def _give_up(self) -> None:
        """Close what is written to, whatever becomes of it."""
        raise NotImplementedError

    @contextlib.contextmanager
    def _beginning(self) -> Iterator[None]:
        """Leave nothing new where it cannot begin: interrupted before it is noted, a part is nothing to go on with."""
        try:
            yield
        except BaseException as error:
            if not self.resume:
                self.drop()
            elif self._unfinished is not None:
                self._give_up()
                self._unfinished.close()
            if isinstance(error, OSError):
                raise not_written(error, str(self.path)) from None
            raise


def _refuse(message: str, option: str) -> NoReturn:
    raise typer.BadParameter(message, param_hint=option)


def _bytes_of(file: Path) -> Iterator[bytes]:
    """Return the bytes of a regular file, no link followed. Raises OSError where it is none."""
    if not stat.S_ISREG(os.lstat(file).st_mode):
        raise OSError
    with open(os.open(file, os.O_RDONLY | _NO_LINK | _BINARY), "rb", buffering=0) as stream:  # noqa: PTH123 - as above.
        while data := stream.read(_BUFFER):
            yield data


def _is_of_parquet(file: Path) -> bool:
    """Whether a file may be one of Parquet that is broken off."""
    with contextlib.suppress(OSError):
        data = next(_bytes_of(file), b"")
        return data[: len(_PARQUET)] == _PARQUET[: len(data)]
    return False


def _said(name: str, before: object, now: object) -> str:
    """Return what has changed of one thing; of the inputs, which."""
    if not isinstance(before, dict) or not isinstance(now, dict):
        return f"{name} {_was(before)}, and {_was(now, 'is')}"
    names = [one for one in {**before, **now} if before.get(one) != now.get(one)]
    return f"{name} {', '.join(quoted(one) for one in names[:3])}{' …' if len(names) > 3 else ''}"  # noqa: PLR2004 - a few suffice.


def _was(value: object, verb: str = "was") -> str:
    words = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"{verb} {words}" if words else f"{verb} not given"
