"""The command line. `app` is its table of contents; each command has a module: load, ask, show, exit.

Importing this package imports nothing heavy: `--version` answers before the rest is loaded.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its status."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None and "_AUTHCHECK_COMPLETE" not in os.environ:
        from authcheck import __version__

        try:
            print(f"authcheck {__version__}", flush=True)
        except OSError:
            # The long way says what is wrong with standard output.
            pass
        else:
            sys.exit(0)
    # What is loaded at the start stays until the end: collecting in between only costs time.
    gc.set_threshold(200_000, 50, 50)
    try:
        import signal

        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _terminate)
        from authcheck.cli.running import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    except SystemExit:
        status = 143
    # All is written: taking a whole pack apart, object by object, would only keep the caller waiting.
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(status)


def _terminate(*_: object) -> None:
    """End as an interruption does, so that nothing half written stays."""
    sys.exit(143)
