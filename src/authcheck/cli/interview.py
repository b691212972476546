"""authcheck interview."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TextIO

import typer

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.decider import Terms
from authcheck.asking.interview import begin
from authcheck.cli import options
from authcheck.cli.conversation import Conversation
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import date_of, known_name, load_scenarios, read_choices
from authcheck.cli.output import Output, report, write_files, write_results
from authcheck.cli.request import Display
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import printable, quoted
from authcheck.loading.scenarios import build_scenario
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from authcheck.rendering.layout import Line
from authcheck.rendering.layouts import interview as words
from authcheck.rendering.layouts.answer import answer_layout
from authcheck.rendering.on_screen import Screen
from authcheck.rendering.scenario_file import scenario_file

__all__ = ["interview"]

_TITLE = "Interview"
_FILE = "interview.yaml"


@dataclass(frozen=True, kw_only=True)
class InterviewRequest(Display):
    """On what terms the scenario that comes of it is answered."""

    lens: options.LensName = DEFAULT_LENS
    readings: options.Readings = None
    unstated: options.UnstatedRule = None


@asking(InterviewRequest)
def interview(
    request: InterviewRequest,
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar="FILE", help="Write the scenario to this file.", show_default="shown after the answer"
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over the file if it exists.")] = False,
    start: Annotated[
        str,
        typer.Option("--from", metavar="SCENARIO", help="Ask only what this scenario leaves open.", show_default=False),
    ] = "",
    title: Annotated[
        str, typer.Option("--title", help="The scenario's title.", show_default="asked for on a terminal")
    ] = "",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            envvar="AUTHCHECK_AS_OF",
            help="The scenario's date.",
            show_default="the pack's",
        ),
    ] = None,
) -> Exit:
    """Ask for the facts that can still matter, one by one; end with the answer and a scenario file that gives it.

    Answer with a number, a name, yes or no. Or type `don't know` (it stays open), `skip` (it is left out of the
    scenario), `back`, `why`, `?` (what is meant) or `quit` (end with what there is). In a pipe, every line is one
    reply; empty lines and those that begin with # are passed over. A bad reply is reported, the question is asked
    again of the next line, and the exit status is 3.

    \b
    Examples:
      authcheck interview
      authcheck interview --out mine.yaml --title "A raid"
      authcheck interview --from my-scenario.yaml --lens all
      authcheck interview --format json < replies.txt

    After Ctrl-C, what has been answered is written to --out, or else to standard error.
    """
    _refuse_unfit(out, force=force)
    law = request.pack
    known_name(request.lens, law.lenses, "lens", "--lens")
    terms = Terms(lens=request.lens, readings=read_choices(request.readings or (), law))
    day = date_of(as_of)
    begun = _begun(start, law, request.folder)
    scenario = replace(begun, as_of=day or begun.as_of, unstated=request.unstated or begun.unstated)
    results = request.output_to(None)
    talk = Conversation(
        begin(request.decider.decision(scenario, **terms)),
        printable(title).strip() or begun.title,
        Screen(_stream_of_questions(request.format), results.colour, request.plain),
        is_person=sys.stdin is not None and sys.stdin.isatty(),
    )
    # Where the environment sets the date, it does so for `evaluate` too.
    overriding = Terms(**terms, as_of=day if os.environ.get("AUTHCHECK_AS_OF") else None)
    ending = _Ending(scenario, request, overriding, out, force)
    try:
        if talk.interview.asking is not None:
            talk.say(*words.welcome_lines())
        if talk.is_person and not title and not start:
            talk.ask_title()
        talk.hold()
    except KeyboardInterrupt:
        # Who presses Ctrl-C twice loses nothing either.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ending.rescue(talk)
        return Exit.INTERRUPTED
    if not talk.interview.steps and not scenario.facts:
        talk.say(*words.nothing_lines())
        return worst([*talk.exits, Exit.NOTHING])
    ending.show(talk, results)
    talk.check_rest()
    return worst(talk.exits)


def _refuse_unfit(out: str, *, force: bool) -> None:
    """Raise a usage error, before anything is asked, where the file could not be written at the end."""
    if not out:
        return
    path = Path(out)
    problem = ""
    if out == "-" or path.is_dir():
        problem = f"{quoted(out)} is no file"
    elif not path.parent.is_dir():
        problem = f"there is no folder {quoted(str(path.parent))}"
    elif os.path.lexists(path) and not force:
        problem = f"{quoted(out)} exists; `--force` writes over it"
    if problem:
        raise typer.BadParameter(problem, param_hint="--out")


def _begun(start: str, pack: Pack, folder: Path | None) -> Scenario:
    """Return the scenario to start from, without what its author expects of it; an empty one where none is named."""
    if not start:
        return Scenario(id="", title=_TITLE, place=Place(_FILE), digest="", facts={})
    if start == "-":
        raise typer.BadParameter("standard input holds the replies; name a file", param_hint="--from")
    found = list(load_scenarios([start], pack, folder))
    problems = [problem for one in found for problem in one.problems]
    if problems:
        raise AuthcheckError(problems)
    if len(found) != 1 or found[0].scenario is None:
        raise typer.BadParameter(f"{quoted(start)} holds several scenarios; name one", param_hint="--from")
    return replace(found[0].scenario, expect=())


def _stream_of_questions(format: Format) -> TextIO:
    """Return where the questions go: off a terminal, standard output is for the results alone."""
    return sys.stdout if format is Format.TEXT and sys.stdout.isatty() else sys.stderr


@dataclass(frozen=True, slots=True)
class _Ending:
    """What an interview ends with: the scenario that it started from with what has been answered, and the answer."""

    scenario: Scenario
    request: InterviewRequest
    terms: Terms
    out: str
    force: bool

    @property
    def file(self) -> str:
        """The file, or how it is called where none is named."""
        return self.out or _FILE

    @property
    def command(self) -> str:
        """The command line that gives the same answer again."""
        words = ["authcheck", "evaluate", self.file]
        lens, folder = self.request.lens, self.request.folder
        words += ["--lens", lens] if lens != DEFAULT_LENS or "AUTHCHECK_LENS" in os.environ else []
        for question, reading in self.terms["readings"].items():
            words += ["--reading", f"{question}={reading}"]
        words += ["--pack", str(folder)] if folder is not None else []
        return printable(shlex.join(words))

    def rescue(self, talk: Conversation) -> None:
        """Keep what has been answered until the interview was broken off."""
        talk.say(Line())
        if talk.interview.steps:
            text = self._text(talk)
            kept = self._is_kept(text, talk)
            talk.say(*words.interrupted_lines(self.file if kept else ""))
            if not kept:
                sys.stderr.write(text)

    def show(self, talk: Conversation, results: Output) -> None:
        """Write the file and the answer."""
        talk.say(*words.end_lines(talk.interview))
        text = self._text(talk)
        # The file comes first: it is there even if nobody reads the answer to its end.
        kept = self._is_kept(text, talk)
        scenario = build_scenario(text, self.file, self.request.pack, id=Path(self.file).stem)
        answer = self.request.decider.decide(scenario, **self.terms)
        form = self.request.format
        with results:
            write_results([answer], answer_layout, form, results)
            if not kept and form is Format.TEXT:
                results.lines(words.file_heading(self.file))
                results.text(text)
        if not kept and form is not Format.TEXT:
            sys.stderr.write(text)
        if kept:
            talk.say(*words.kept_lines(self.file, self.command))

    def _text(self, talk: Conversation) -> str:
        comments = ["Written by `authcheck interview`. This gives its answer again:", f"  {self.command}"]
        if talk.interview.open_facts:
            comments.append("A fact that is `unknown` is not known, or had not been asked when it ended.")
        return scenario_file(replace(self.scenario, title=talk.title, facts=talk.interview.facts), comments)

    def _is_kept(self, text: str, talk: Conversation) -> bool:
        """Write the file, if one is named; whether it is written. What hinders it is reported."""
        if not self.out:
            return False
        try:
            if os.path.lexists(self.out) and not self.force:
                message = f"{quoted(self.out)} has been made in the meantime, and is not written over"
                raise AuthcheckError([Diagnostic("not-written", message, Place(self.out))])
            write_files([(Path(self.out), text)])
        except AuthcheckError as error:
            report(error.diagnostics)
            talk.exits.append(Exit.INVALID)
            return False
        return True
