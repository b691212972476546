"""Running the app: every way in which it can end becomes an exit status, and none a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from authcheck.cli.exits import Exit
from authcheck.cli.output import ClosedPipeError, report, standard_streams
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.files import printable

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run the app with the arguments; return the exit status."""
    standard_streams()
    debug = bool(os.environ.get("AUTHCHECK_DEBUG")) or "--debug" in arguments
    try:
        if os.environ.get("_AUTHCHECK_COMPLETE"):
            from authcheck.cli.completion import complete

            return complete(arguments)
        # Without arguments the help is shown, and that is no error.
        return _invoke(_with_shell([argument for argument in arguments if argument != "--debug"]) or ["--help"])
    except (BrokenPipeError, ClosedPipeError):
        _drop(sys.stdout)
        return Exit.CLOSED_PIPE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except AuthcheckError as error:
        if any(problem.place.file == "<stdout>" for problem in error.diagnostics):
            _drop(sys.stdout)
        report(error.diagnostics)
        return Exit.INVALID
    except Exception as error:  # noqa: BLE001 - a fault of the program is said in one line, not in a traceback.
        if debug:
            import traceback

            traceback.print_exc()
        else:
            sys.stderr.write(
                f"authcheck: internal error: {type(error).__name__}: {printable(' '.join(str(error).split()))[:200]}\n"
                "This is a fault of authcheck; please report it with the command that you ran and what "
                "`--debug` prints.\n"
            )
        return Exit.INTERNAL


def _with_shell(arguments: list[str]) -> list[str]:
    """Return the arguments with the shell in use where one is to be named and none is."""
    if arguments[-1:] not in (["--install-completion"], ["--show-completion"]):
        return arguments
    from authcheck.cli.completion import shell_in_use

    return [*arguments, shell_in_use()]


def _drop(stream: TextIO) -> None:
    """Send nowhere, silently, what is still held and cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _invoke(arguments: Sequence[str]) -> int:
    import typer

    from authcheck.cli.app import app_for

    # What the parser raises can show itself; typer names its common base nowhere.
    usage_error: type[Any] = typer.BadParameter.__mro__[2]
    try:
        status = app_for(arguments[0])(args=list(arguments), prog_name="authcheck", standalone_mode=False)
        sys.stdout.flush()
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return Exit.INTERRUPTED
    except usage_error as error:
        message = _with_nearest(error.message)
        # Where click adds what may have been meant, some releases of typer have said it already.
        error.message = message.partition(" Did you mean ")[0] if getattr(error, "possibilities", None) else message
        error.show()
        return Exit.USAGE
    return int(status) if isinstance(status, int) else Exit.DONE


def _with_nearest(message: str) -> str:
    """Return the message of the parser with the nearest value, where one of several was asked for."""
    import re

    message = message.replace("Value error, ", "")
    refused = re.search(r"'(.*)' is not one of (.*)\.", message)
    if refused is None:
        return message
    from authcheck.loading.fields import nearest

    help = nearest(refused[1], re.findall(r"'([^']*)'", refused[2]))
    return f"{message.rstrip('.')}; {help}" if help else message
