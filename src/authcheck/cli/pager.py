"""What is longer than the terminal is shown by a pager, as git does: `PAGER`, or else `less`."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys

__all__ = ["ForTerminal", "page"]


class ForTerminal(io.StringIO):
    """A text that is held until it is complete, and goes to the terminal then."""

    def isatty(self) -> bool:
        """Say that it is a terminal's, so that it is wrapped and coloured for one."""
        return True


def page(text: str) -> None:
    """Show the text through the pager; as it is where it fits, where none is wanted, or where the pager fails."""
    pager = os.environ.get("PAGER", "less").strip()
    fits = text.count("\n") < shutil.get_terminal_size().lines
    if fits or pager in {"", "cat"} or not _shown_by(pager, text):
        sys.stdout.write(text)


def _shown_by(pager: str, text: str) -> bool:
    """Show the text through the pager; return whether that went well."""
    sys.stdout.flush()
    # As git has it: quit on one screen, keep colours, and leave the text on the terminal.
    settings = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(pager, shell=True, stdin=subprocess.PIPE, env=settings)  # noqa: S602 - the user's own.
    except OSError:
        return False
    # A reader who leaves early closes the pipe, and may interrupt the pager: it alone minds that.
    with contextlib.suppress(BrokenPipeError):
        process.communicate(text.encode("utf-8"))
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait() == 0
