"""Processes that tests start. Each has a time limit, and hears of Ctrl-C however the tests themselves were started."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

__all__ = ["ESCAPE", "LIMIT", "Terminal", "started"]

LIMIT = 60
"""After so many seconds a process is killed: whoever still waits for what it says is told that nothing more comes."""

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@contextmanager
def started(arguments: list[str], **settings: Any) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ANN401 - those of Popen.
    """Start a process, which has ended when the block has."""
    # Behind `&` in a script SIGINT is ignored, and what is ignored is inherited. A handler is not.
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(arguments, **settings)
    finally:
        signal.signal(signal.SIGINT, before)
    limit = Timer(LIMIT, process.kill)
    limit.daemon = True
    limit.start()
    try:
        with process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
    finally:
        limit.cancel()


class Terminal:
    """A real terminal, at which a command line runs and somebody types."""

    def __init__(self, *arguments: str, cwd: Path, environment: Mapping[str, str], columns: int = 80) -> None:
        # Windows has neither of the two.
        fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
        self.ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        # Who opens a terminal as the leader of a new session is who Ctrl-C is for.
        opened = 'exec "$@" <"$TTY" >"$TTY" 2>&1'
        settings = {name: value for name, value in environment.items() if name != "COLUMNS"}
        self._running = started(
            ["/bin/sh", "-c", opened, "sh", sys.executable, "-m", "authcheck", *arguments],
            cwd=cwd,
            env={**settings, "TTY": os.ttyname(theirs)},
            start_new_session=True,
        )
        self.process = self._running.__enter__()
        self.read = b""
        self.is_over = False
        # The end is told only once nobody else has the terminal open; who speaks or has ended has opened it.
        while not self._listen(0.1) and self.process.poll() is None:
            pass
        os.close(theirs)
        self._until_asked()

    @property
    def shown(self) -> str:
        """All that has been on the screen."""
        return self.read.decode(errors="ignore").replace("\r\n", "\n")

    @property
    def seen(self) -> str:
        """All that has been on the screen, without colours."""
        return ESCAPE.sub("", self.shown)

    def type(self, *lines: str) -> str:
        """Type the lines one by one, each at its prompt; return what is seen after the last."""
        before = ""
        for text in lines:
            before = self.seen
            os.write(self.ours, text.encode() if text == "\x04" else f"{text}\n".encode())
            self._until_asked(len(self.read))
        return self.seen.removeprefix(before)

    def interrupt(self) -> str:
        """Press Ctrl-C; return what is seen until it is over.

        Python may hear of it a moment too late, when it reads the terminal already: then it is pressed again.
        """
        before = self.seen
        while not self.is_over:
            os.write(self.ours, b"\x03")
            while self._listen(5) and not self.is_over:
                pass
        return self.seen.removeprefix(before)

    def end(self) -> int:
        """Wait until it is over; return the exit status."""
        while not self.is_over:
            assert self._listen(LIMIT), self.seen
        os.close(self.ours)
        return self.process.wait(LIMIT)

    def close(self) -> None:
        """Let nothing of it run on."""
        self.process.kill()
        self._running.__exit__(None, None, None)

    def _until_asked(self, start: int = 0) -> None:
        """Read until something is asked, or it is over. A minute without a word is a failure."""
        while not self.is_over and not re.search(rb"(> |\]: )$", self.read[start:]):
            assert self._listen(LIMIT), self.seen

    def _listen(self, seconds: float) -> bool:
        """Whether something is said in so many seconds, or nothing is left to be said."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self.ours, 65_536)
        except OSError:
            # So the end of a terminal is told on Linux.
            part = b""
        self.is_over = not part
        self.read += part
        return True
