"""Doing something again whenever a file changes, until it is interrupted."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from authcheck.cli.exits import Exit
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.files import printable

__all__ = ["watched"]

_SECONDS = 0.3

_State: TypeAlias = Mapping[Path, tuple[int, int]]


def watched(work: Callable[[], Exit], files: Callable[[], Iterable[Path]]) -> Exit:
    """Do the work, and again whenever one of the files changes, comes or goes; return how it ended the last time.

    An interruption is how it is meant to end. What has changed is said in a line, and nothing on the screen is cleared.
    """
    status = Exit.DONE
    try:
        while True:
            before = _state(files())
            status = _done(work)
            sys.stdout.flush()
            sys.stderr.write("watching; Ctrl-C ends it\n")
            sys.stderr.flush()
            while not (changed := _changed(before, _state(files()))):
                time.sleep(_SECONDS)
            sys.stderr.write(f"changed: {printable(str(changed))}\n")
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return status


def _done(work: Callable[[], Exit]) -> Exit:
    from authcheck.cli.output import report

    try:
        return work()
    except AuthcheckError as error:
        # A pack that is being written may be broken for a moment.
        report(error.diagnostics)
        return Exit.INVALID


def _state(files: Iterable[Path]) -> _State:
    found: dict[Path, tuple[int, int]] = {}
    for file in files:
        try:
            status = os.stat(file)  # noqa: PTH116 - it is asked again and again.
        except OSError:
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found


def _changed(before: _State, after: _State) -> Path | None:
    return next((file for file in {**before, **after} if before.get(file) != after.get(file)), None)
