"""The table of contents of the command line."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import typer

__all__ = ["COMMANDS", "app_for"]

# Each command is a module of its own: its function, or its group of commands, bears the same name.
COMMANDS: Mapping[str, str] = {
    "evaluate": "Answer scenarios.",
    "batch": "Answer many scenarios, a record for each.",
    "explain": "Show why, with the quoted words.",
    "settle": "Say what would settle or turn a verdict.",
    "compare": "Show what differs between two answers.",
    "interview": "Ask for the facts, then answer.",
    "show": "List or show what the pack holds.",
    "new": "Begin a scenario, with the facts that bear.",
    "check": "Find what is wrong with scenarios or a pack.",
    "test": "Compare answers with what is expected.",
    "variants": "Find changes that alter the answer.",
    "sweep": "Decide every combination of some facts.",
    "prove": "Prove or refute the claims of the documents.",
    "sources": "The documents behind the pack.",
    "schema": "Print the JSON Schemas.",
    "help": "Read a page on one topic.",
}


def app_for(named: str) -> typer.Typer:
    """Return the app; where the command is known, with that one alone, so that the others need not load."""
    app = typer.Typer(
        name="authcheck",
        # Plain help is the same in a pipe and for a screen reader, and needs no rich.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(about)
    for name in [named] if named in COMMANDS else COMMANDS:
        command = getattr(importlib.import_module(f"authcheck.cli.{name}"), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name, short_help=COMMANDS[name])
        else:
            app.command(name, short_help=COMMANDS[name])(command)
    return app


def _version(asked: bool) -> None:
    if asked:
        from authcheck import __version__

        typer.echo(f"authcheck {__version__}")
        raise typer.Exit


def _install(shell: str) -> None:
    if shell:
        from authcheck.cli.completion import install

        typer.echo(f"Completion for {shell} is in {install(shell)}; a new {shell} has it.")
        raise typer.Exit


def _script(shell: str) -> None:
    if shell:
        from authcheck.cli.completion import script_for

        typer.echo(script_for(shell), nl=False)
        raise typer.Exit


def about(
    _version: bool = typer.Option(
        False, "--version", callback=_version, help="Print the version and exit.", is_eager=True
    ),
    _debug: bool = typer.Option(False, "--debug", help="Show the traceback of an internal error."),
    _completed: str = typer.Option(
        "",
        "--install-completion",
        metavar="SHELL",
        callback=_install,
        is_eager=True,
        help="Teach bash, zsh or fish to complete words: the shell in use, unless one is named.",
        show_default=False,
    ),
    _shown: str = typer.Option(
        "",
        "--show-completion",
        metavar="SHELL",
        callback=_script,
        is_eager=True,
        help="Print the script for it instead.",
        show_default=False,
    ),
) -> None:
    """On which legal authorities would a described scenario rely, and who says so?

    \b
    Examples:
      authcheck evaluate drone-attack              answer a scenario of the pack
      authcheck explain drone-attack -a title-50   show why, with the words
      authcheck show authority title-50            read one authority
      authcheck evaluate my-scenario.yaml          answer one of your own
      authcheck check my-scenario.yaml             find what is wrong with it
      authcheck show word contested                look a word of an answer up
      authcheck help scenario                      how to write a scenario

    For teaching. Not legal advice.

    \b
    Exit status:
      0 done   1 a negative finding   2 usage   3 an input is invalid
      5 nothing to do   70 internal error   130 interrupted   141 closed pipe
    """
