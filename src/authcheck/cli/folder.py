"""Writing several files into a folder: all of them, or none."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import typer

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import quoted

__all__ = ["write_folder"]


def write_folder(folder: Path, texts: Sequence[tuple[str, str]], *, force: bool) -> list[Path]:
    """Write each text under its name into the folder, which is made for them if need be; return the files.

    Raises a usage error where a file exists already, unless forced, or two have one name; and AuthcheckError
    where one cannot be written. Each takes its name only once all are written.
    """
    if not texts:
        return []
    files = [folder / name for name, _ in texts]
    twice = [one for one, count in Counter(files).items() if count > 1]
    if twice:
        raise typer.BadParameter(f"two files would be named {quoted(str(twice[0]))}", param_hint="--out")
    standing = [one for one in files if os.path.lexists(one)]
    if standing and not force:
        count = "one file exists" if len(standing) == 1 else f"{len(standing)} of the files exist"
        message = f"{count} already: {quoted(standing[0].name)}{' …' if len(standing) > 1 else ''}; --force writes over"
        raise typer.BadParameter(message, param_hint="--out")
    staged: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        blocked = next((one for one in files if one.is_dir()), None)
        if blocked is not None:
            raise IsADirectoryError(0, "is a directory", str(blocked))
        for name, text in texts:
            staged.append(folder / f".{name}.{os.getpid()}")
            with staged[-1].open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        for one, path in zip(staged, files, strict=True):
            one.replace(path)
    except OSError as error:
        place = str(error.filename or folder)
        reason = (error.strerror or "the system does not say why").lower()
        problem = Diagnostic("not-written", f"{quoted(place)} cannot be written: {reason}", Place(place))
        raise AuthcheckError([problem]) from None
    finally:
        # Whatever broke it off, an interruption too, nothing half written stays.
        for one in staged:
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)
    return files
