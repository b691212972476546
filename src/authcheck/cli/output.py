"""Where results and messages go: results to standard output or a file, everything else to standard error."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, TextIO, TypeAlias, TypeVar

import typer

from authcheck.cli.frame import Format
from authcheck.cli.pager import ForTerminal, page
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, in_file_order
from authcheck.loading.files import quoted
from authcheck.rendering.diagnostics import diagnostic_lines
from authcheck.rendering.layout import Block, Line
from authcheck.rendering.on_screen import Screen, write

__all__ = [
    "ClosedPipeError",
    "Layout",
    "Output",
    "file_mode",
    "is_stream",
    "made_meanwhile",
    "name_anew",
    "not_written",
    "report",
    "spare_file",
    "standard_streams",
    "write_files",
    "write_folder",
    "write_results",
]

Result = TypeVar("Result")
Layout: TypeAlias = Callable[[Result], Iterable[Block]]


class ClosedPipeError(Exception):
    """Raised where the reader of standard output has gone: there is nothing left to do."""


class _Stream(io.TextIOWrapper):
    """A standard stream as UTF-8, whose faults are said as faults of the stream."""

    def write(self, text: str, /) -> int:
        """Write the text, and it alone: line ends stay as they are."""
        try:
            return super().write(text)
        except OSError as error:
            raise _fault(error, self.name) from None

    def flush(self) -> None:
        """Write what is still held."""
        try:
            super().flush()
        except OSError as error:
            raise _fault(error, self.name) from None


class _Messages(io.TextIOWrapper):
    """Standard error as UTF-8. What cannot be written there is lost, and no reason to end otherwise."""

    def write(self, text: str, /) -> int:
        """Write the text as far as that can be done."""
        with contextlib.suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is still held as far as that can be done."""
        with contextlib.suppress(OSError):
            super().flush()


def _fault(error: OSError, name: str) -> Exception:
    if isinstance(error, BrokenPipeError):
        return ClosedPipeError()
    return not_written(error, name)


def not_written(error: OSError, name: str) -> AuthcheckError:
    """Return the fault of a file that cannot be written."""
    reason = (error.strerror or "the system does not say why").lower()
    return AuthcheckError([Diagnostic("not-written", f"{quoted(name)} cannot be written: {reason}", Place(name))])


def made_meanwhile(file: Path, help: str = "") -> AuthcheckError:
    """Return the fault of a file that was not there when the run began, and is not to be written over."""
    message = f"{quoted(str(file))} has been made in the meantime, and is not written over"
    return AuthcheckError([Diagnostic("not-written", message, Place(str(file)), help=help)])


def standard_streams() -> None:
    """Make standard output and error UTF-8, whatever the locale.

    What is written to an output that is not there is a fault, and to such an error it is lost.
    """
    kinds: Mapping[str, type[io.TextIOWrapper]] = {"stdout": _Stream, "stderr": _Messages}
    for name, kind in kinds.items():
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _closed(name, kind))
        # One that somebody has put in its place is left as it is.
        elif stream is getattr(sys, f"__{name}__") and isinstance(stream, io.TextIOWrapper):
            lines, through = stream.line_buffering, stream.write_through
            inner: IO[bytes] = stream.detach()
            made = kind(inner, "utf-8", "backslashreplace", "", line_buffering=lines, write_through=through)
            setattr(sys, name, made)
            setattr(sys, f"__{name}__", None)


def _closed(name: str, kind: type[io.TextIOWrapper]) -> TextIO:
    """Return a stream in the place of one that is closed, to which nothing can be written."""
    unwritable = io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
    unwritable.name = f"<{name}>"
    return kind(io.BufferedWriter(unwritable), "utf-8", "backslashreplace", "", line_buffering=False)


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Write what is wrong to standard error, in the order of the places."""
    write(diagnostic_lines(in_file_order(diagnostics)), Screen(sys.stderr))


@dataclass(slots=True)
class Output:
    """The results of one command: written as they come, or to a file that appears whole or not at all.

    Where there is no result, not even an empty one, the file stays as it was. What is `paged` is held until it is
    complete, and then shown by a pager, where standard output is a terminal.
    """

    path: Path | None = None
    colour: bool | None = None
    plain: bool = False
    force: bool = False
    paged: bool = False
    _held: io.StringIO | None = None

    def __post_init__(self) -> None:
        """Take `-` for standard output."""
        if self.path in {Path("-"), Path("/dev/stdout")}:
            self.path = None

    def __enter__(self) -> Self:
        """Begin to write."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Finish, unless something went wrong: the file, if one was asked for, takes its name only now."""
        if kind is not None:
            return
        if self.path is None:
            if self._held is not None:
                page(self._held.getvalue())
            sys.stdout.flush()
        elif self._held is not None:
            write_files([(self.path, self._held.getvalue())], force=self.force)

    def text(self, text: str) -> None:
        """Write a text as it is."""
        self._stream().write(text)

    def stream(self, texts: Iterable[str] | Iterable[bytes]) -> None:
        """Write texts, or to a file bytes, as they come, none of them held: they are all that is written."""
        if self.path is None:
            for text in texts:
                assert isinstance(text, str)
                sys.stdout.write(text)
        else:
            write_files([(self.path, texts)], force=self.force)

    def lines(self, lines: Iterable[Block]) -> None:
        """Write lines and columns, for people on a terminal and plainly elsewhere."""
        # A file is coloured only where that is asked for.
        colour = False if self.path is not None and self.colour is None else self.colour
        write(lines, Screen(self._stream(), colour, self.plain))

    def blocks(self, blocks: Iterable[Iterable[Block]]) -> None:
        """Write the lines of several results as they come, parted by two empty ones."""
        for count, block in enumerate(blocks):
            if count:
                self.lines([Line(), Line()])
            self.lines(block)

    def _stream(self) -> TextIO:
        """Return where to write; what goes to a file is held until it is complete."""
        paged = self.path is None and self.paged and not self.plain and sys.stdout.isatty()
        if self.path is None and not paged:
            return sys.stdout
        if self._held is None:
            self._held = ForTerminal() if paged else io.StringIO()
        return self._held


def write_results(results: Iterable[Result], layout: Layout[Result], form: Format, out: Output) -> None:
    """Write results of one kind in one form, as they come; a page alone waits for the last."""
    match form:
        case Format.JSON:
            from authcheck.rendering.values import json_text

            for result in results:
                out.text(json_text(result))
        case Format.MARKDOWN:
            from authcheck.rendering.on_markdown import markdown_text

            for count, result in enumerate(results):
                out.text("\n" * (count > 0) + markdown_text(layout(result)))
        case Format.HTML:
            from authcheck.rendering.on_page import page_text

            layouts = [layout(result) for result in results]
            if layouts:
                out.text(page_text(layouts))
        case _:
            out.blocks(map(layout, results))


def write_folder(folder: Path, texts: Sequence[tuple[str, str]], *, force: bool, option: str = "--out") -> list[Path]:
    """Write each text under its name into the folder, which is made for them if need be; return the files.

    All are written, or none. Raises a usage error where a file exists already, unless forced, or two have one name;
    and AuthcheckError where one cannot be written.
    """
    if not texts:
        return []
    files = [folder / name for name, _ in texts]
    twice = [file for file, count in Counter(files).items() if count > 1]
    if twice:
        raise typer.BadParameter(f"two files would be named {quoted(str(twice[0]))}", param_hint=option)
    standing = [file for file in files if _stands(file)]
    if standing and not force:
        count = "one file exists" if len(standing) == 1 else f"{len(standing)} of the files exist"
        message = f"{count} already: {quoted(standing[0].name)}{' …' if len(standing) > 1 else ''}; --force writes over"
        raise typer.BadParameter(message, param_hint=option)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(error, str(error.filename or folder)) from None
    write_files([(file, text) for file, (_, text) in zip(files, texts, strict=True)], force=force)
    return files


def spare_file(file: Path | None, option: str, *, force: bool) -> None:
    """Raise a usage error where there is such a file already, unless it is forced. What cannot be replaced may be."""
    if file is not None and not force and _stands(file):
        raise typer.BadParameter(f"{quoted(str(file))} exists; `--force` writes over it", param_hint=option)


def _stands(file: Path) -> bool:
    """Whether there is a file that would be replaced, or a link to none."""
    return os.path.lexists(file) and not is_stream(file) and not os.path.isdir(file)  # noqa: PTH112 - it never raises.


def is_stream(file: Path) -> bool:
    """Whether it is written to rather than replaced: a device, a pipe, or what a shell holds open under a number."""
    if os.path.abspath(file).startswith(("/dev/", "/proc/")):  # noqa: PTH100 - what it links to has no such name.
        return True
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write_files(texts: Sequence[tuple[Path, str | Iterable[str] | Iterable[bytes]]], *, force: bool) -> None:
    """Write each text, or texts or bytes as they come, to its file, all or none: none has its name before all are done.

    A link stays one; a device or a pipe, which cannot be replaced, is written to. Raises AuthcheckError where a
    file cannot be written, or has come to be and is not to be written over.
    """
    import tempfile

    staged: list[tuple[Path, Path]] = []
    file = Path()
    try:
        for file, text in texts:
            # A folder is refused by the system, in its words.
            if is_stream(file) or file.is_dir():
                with file.open("wb") as stream:
                    stream.writelines(_data(text))
                continue
            if _stands(file) and not force:
                raise made_meanwhile(file)
            real = Path(os.path.realpath(file)) if force else file
            handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name[:_LONGEST_STEM]}.")
            staged.append((Path(name), real))
            with open(handle, "wb") as stream:  # noqa: PTH123 - it is open already.
                stream.writelines(_data(text))
            staged[-1][0].chmod(file_mode(file))
        _name_all(staged, force=force)
    except OSError as error:
        raise _fault(error, str(file)) from None
    finally:
        # Whatever broke it off, an interruption too, nothing half written stays.
        for written, _ in staged:
            with contextlib.suppress(OSError):
                written.unlink(missing_ok=True)


def _name_all(staged: Sequence[tuple[Path, Path]], *, force: bool) -> None:
    """Give all files their names, or none where one is there by now that is not to be written over."""
    named: list[Path] = []
    for written, file in staged:
        if force:
            written.replace(file)
            continue
        try:
            name_anew(written, file)
        except OSError as error:
            for one in named:
                one.unlink(missing_ok=True)
            raise made_meanwhile(file) if isinstance(error, FileExistsError) else _fault(error, str(file)) from None
        named.append(file)


def name_anew(written: Path, file: Path) -> None:
    """Give what is written its name. Raises FileExistsError where there is such a file or link already."""
    try:
        os.link(written, file)
    except FileExistsError:
        raise
    except OSError:
        # There are no second names on this file system.
        if os.path.lexists(file):
            raise FileExistsError from None
        written.rename(file)
    else:
        written.unlink()


def file_mode(file: Path) -> int:
    """Return who may do what with a file that is written anew: as with the one that it replaces."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except (OSError, ValueError):
        return 0o666 & ~_umask()


def _data(text: str | Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    return (part if isinstance(part, bytes) else part.encode() for part in ([text] if isinstance(text, str) else text))


# So much of a name that what is added fits beside it.
_LONGEST_STEM = 40


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
