"""authcheck interview."""

from __future__ import annotations

import datetime
import os
import shlex
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.answer import Answer
from authcheck.answer.decider import Terms
from authcheck.asking.interview import begin
from authcheck.cli import candidates, options
from authcheck.cli.conversation import Conversation
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import date_of, known_name, load_scenarios, one_activity, read_choices
from authcheck.cli.output import spare_file, write_files, write_results
from authcheck.cli.request import Display
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.loading.files import printable, quoted
from authcheck.loading.scenarios import build_scenario
from authcheck.loading.writing import scenario_file
from authcheck.model.scenario import Scenario
from authcheck.rendering.layout import Block, Line
from authcheck.rendering.layouts import interview as words
from authcheck.rendering.layouts.first_screen import first_screen
from authcheck.rendering.layouts.in_full import answer_in_full
from authcheck.rendering.on_screen import Screen

__all__ = ["interview"]

_FILE = "interview.yaml"


@dataclass(kw_only=True, eq=False, repr=False)
class InterviewRequest(Display):
    """From where an interview starts, on what terms its scenario is answered, and where that is written."""

    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write the scenario to this file.",
            show_default="shown after the answer",
            autocompletion=candidates.any_files,
        ),
    ] = ""
    force: options.Force = False
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="SCENARIO",
            help="Ask only what this scenario leaves open.",
            autocompletion=candidates.scenarios,
        ),
    ] = ""
    title: Annotated[
        str, typer.Option("--title", help="The scenario's title.", show_default="asked for on a terminal")
    ] = ""
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            envvar="AUTHCHECK_AS_OF",
            help="The scenario's date.",
            show_default="the pack's",
        ),
    ] = None
    activity: Annotated[
        str, typer.Option("--activity", metavar="NAME", help="Go on with one of the activities of that scenario.")
    ] = ""
    lens: options.LensName = DEFAULT_LENS
    readings: options.Readings = None
    unstated: options.UnstatedRule = None

    def __post_init__(self) -> None:
        """Refuse, before anything is asked, a file that could not be written at the end."""
        if not self.out:
            return
        path = Path(self.out)
        problem = ""
        if self.out == "-" or path.is_dir():
            problem = f"{quoted(self.out)} is no file"
        elif not path.parent.is_dir():
            problem = f"there is no folder {quoted(str(path.parent))}"
        if problem:
            raise typer.BadParameter(problem, param_hint="--out")
        spare_file(path, "--out", force=self.force)

    @property
    def day(self) -> datetime.date | None:
        """The date that is asked for."""
        return date_of(self.as_of)

    @property
    def terms(self) -> Terms:
        """On what terms the scenario is answered, beside those that it states itself."""
        known_name(self.lens, self.pack.lenses, "lens", "--lens")
        return Terms(lens=self.lens, readings=read_choices(self.readings or (), self.pack))

    def scenario(self) -> Scenario:
        """Return what the interview starts from; an empty scenario where none is named."""
        if not self.start and self.activity:
            raise typer.BadParameter("it is of the scenario that `--from` names", param_hint="--activity")
        if not self.start:
            scenario = Scenario(id="", title="Interview", place=Place(_FILE), digest="", facts={})
        elif self.start == "-":
            raise typer.BadParameter("standard input holds the replies; name a file", param_hint="--from")
        else:
            loaded = list(load_scenarios([self.start], self.pack, self.folder))
            problems = [problem for record in loaded for problem in record.problems]
            if problems:
                raise AuthcheckError(problems)
            if len(loaded) != 1 or loaded[0].scenario is None:
                raise typer.BadParameter(f"{quoted(self.start)} holds several scenarios; name one", param_hint="--from")
            # What its author expects is not expected of what comes of it.
            scenario = replace(one_activity(loaded[0].scenario, self.activity), expect=())
        return replace(scenario, as_of=self.day or scenario.as_of, unstated=self.unstated or scenario.unstated)

    @property
    def questions(self) -> Screen:
        """Where the questions go: off a terminal, standard output is for the results alone."""
        stream = sys.stdout if self.format is Format.TEXT and sys.stdout.isatty() else sys.stderr
        return Screen(stream, self.output_to(None).colour, self.is_read_out)


@asking(InterviewRequest)
def interview(request: InterviewRequest) -> Exit:
    """Ask for the facts that can still matter, one by one; end with the answer and a scenario file that gives it.

    Answer with a number, a name, yes or no. Or type `don't know` (it stays open), `skip` (it is left out of the
    scenario), `back`, `why`, `?` (what is meant) or `quit` (end with what there is). At the end it asks what the
    story holds that no fact says, and on what that bears. In a pipe, every line is one reply; empty lines and those
    that begin with # are passed over. A bad reply is reported, the question is asked again of the next line, and
    the exit status is 3.

    \b
    Examples:
      authcheck interview
      authcheck interview --out mine.yaml --title "A raid"
      authcheck interview --from my-scenario.yaml --lens all
      authcheck interview --format json < replies.txt

    After Ctrl-C, what has been answered is written to --out, or else to standard error.
    """
    terms, scenario = request.terms, request.scenario()
    talk = Conversation(
        begin(request.decider.decision(scenario, **terms)),
        printable(request.title).strip() or scenario.title,
        request.questions,
        is_person=sys.stdin is not None and sys.stdin.isatty(),
        numbered=request.is_read_out,
        exits=request.exits,
    )
    ending = _Ending(request, scenario, terms)
    try:
        if talk.interview.asking is not None:
            talk.say(*words.welcome_lines())
        if talk.is_person and not request.title and not request.start:
            talk.ask_title()
        talk.hold()
        # Who breaks off is asked nothing more.
        if talk.interview.asking is None:
            talk.ask_beyond()
    except (KeyboardInterrupt, SystemExit) as ended:
        # Who presses Ctrl-C twice loses nothing either.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ending.rescue(talk)
        if isinstance(ended, SystemExit):
            raise
        return Exit.INTERRUPTED
    if not talk.interview.steps and not scenario.facts:
        talk.say(*words.nothing_lines())
        request.exits.append(Exit.NOTHING)
    else:
        ending.show(talk)
        talk.check_rest()
    return worst(request.exits)


@dataclass(frozen=True, slots=True)
class _Ending:
    """What an interview ends with: the scenario that it started from with what has been answered, and the answer."""

    request: InterviewRequest
    scenario: Scenario
    terms: Terms

    @property
    def file(self) -> str:
        """The file, or how it is called where none is named."""
        return self.request.out or _FILE

    @property
    def command(self) -> str:
        """The command line that gives the same answer again."""
        typed = ["authcheck", "evaluate", self.file]
        lens, folder = self.request.lens, self.request.folder
        typed += ["--lens", lens] if lens != DEFAULT_LENS or "AUTHCHECK_LENS" in os.environ else []
        for question, reading in self.terms["readings"].items():
            typed += ["--reading", f"{question}={reading}"]
        typed += ["--pack", str(folder)] if folder is not None else []
        return printable(shlex.join(typed))

    def rescue(self, talk: Conversation) -> None:
        """Keep what has been answered until the interview was broken off."""
        talk.say(Line())
        if talk.interview.steps:
            text = self._text(talk)
            is_written = self._is_written(text)
            talk.say(*words.interrupted_lines(self.file if is_written else ""))
            if not is_written:
                sys.stderr.write(text)

    def show(self, talk: Conversation) -> None:
        """Write the file and the answer."""
        talk.say(*words.end_lines(talk.interview))
        text = self._text(talk)
        # The file comes first: it is there even if nobody reads the answer to its end.
        is_written = self._is_written(text)
        scenario = build_scenario(text, self.file, self.request.pack, id=Path(self.file).stem)
        # Where the environment sets the date, it does so for `evaluate` too.
        terms = self.terms | Terms(as_of=self.request.day) if os.environ.get("AUTHCHECK_AS_OF") else self.terms
        answer = self.request.decider.decide(scenario, **terms)
        form = self.request.format
        with self.request.output_to(None) as results:
            write_results([answer], self._layout, form, results)
            if not is_written and form is Format.TEXT:
                results.lines(words.file_heading(self.file))
                results.text(text)
        if is_written:
            talk.say(*words.kept_lines(self.file, self.command))
        elif form is not Format.TEXT:
            sys.stderr.write(text)

    def _layout(self, answer: Answer) -> Iterable[Block]:
        """Return the answer as `evaluate` shows it."""
        if self.request.format is Format.TEXT:
            return first_screen(answer, self.command)
        return answer_in_full(answer)

    def _text(self, talk: Conversation) -> str:
        comments = ["Written by `authcheck interview`. This gives its answer again:", f"  {self.command}"]
        if talk.interview.open_facts:
            comments.append("A fact that is `unknown` is not known, or had not been asked when it ended.")
        unmodelled = (*self.scenario.unmodelled, *talk.unmodelled)
        scenario = replace(self.scenario, title=talk.title, facts=talk.interview.facts, unmodelled=unmodelled)
        return scenario_file(scenario, comments)

    def _is_written(self, text: str) -> bool:
        """Write the file, if one is named; whether it is written. What hinders it is reported."""
        file = self.request.out
        if not file:
            return False
        try:
            write_files([(Path(file), text)], force=self.request.force)
        except AuthcheckError as error:
            self.request.fail(error.diagnostics)
            return False
        return True
