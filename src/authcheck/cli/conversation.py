"""Asking one question after another: of a person at a terminal, or of a pipe that holds the replies."""

from __future__ import annotations

import codecs
import sys
from dataclasses import dataclass, field
from typing import assert_never

from authcheck.asking.interview import Interview, ReplyError, Word, read_bearing, read_beyond, read_reply
from authcheck.cli.exits import Exit
from authcheck.cli.output import report
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import printable
from authcheck.model.scenario import StatedFact, Unmodelled
from authcheck.rendering.layout import Line, line
from authcheck.rendering.layouts import interview as words
from authcheck.rendering.on_screen import Screen, write

__all__ = ["Conversation"]

_LONGEST_ECHO = 200


@dataclass(slots=True)
class Conversation:
    """What is asked and answered; `interview` is as far as it has come, also where it is broken off.

    `is_person` is true where the replies are typed at a terminal; others are written behind what they answer. Where it
    is `numbered`, each reply that can be chosen has a number, and the prompt is a word.
    `exits` gathers what the bad replies of a pipe come to, `unmodelled` what the story holds that no fact says.
    """

    interview: Interview
    title: str
    screen: Screen
    is_person: bool
    numbered: bool = False
    exits: list[Exit] = field(default_factory=list)
    unmodelled: tuple[Unmodelled, ...] = ()
    _number: int = 0
    _ahead: str | None = None

    def say(self, *lines: Line) -> None:
        """Write lines where the questions stand."""
        write(lines, self.screen)
        self.screen.file.flush()

    def ask_title(self) -> None:
        """Ask for the title, which stays as it is where none is typed."""
        self.title = self._reply(f"Title of the scenario [{self.title}]: ") or self.title

    def hold(self) -> None:
        """Ask until nothing is left to ask, the replies are over, or one says so."""
        asked: Interview | None = None
        while self.interview.asking is not None:
            # After `why`, `?` or a bad reply the question alone is enough.
            anew = self.interview is not asked
            self.say(*words.question_lines(self.interview, in_full=anew, numbered=self.numbered))
            asked = self.interview
            text = self._reply("Reply: " if self.numbered else "> ")
            if text is None:
                return
            try:
                if not self._goes_on(read_reply(text, self.interview.asking, numbered=self.numbered)):
                    return
            except ReplyError as error:
                self._refuse(str(error))
            except AuthcheckError as error:
                self._refuse(error.diagnostics[0].message)

    def ask_beyond(self) -> None:
        """Ask what the story holds that no fact says, and on what it bears, until nothing more is told."""
        if not self.is_person:
            # A pipe that is over is asked nothing.
            self._ahead = self._read()
            if self._ahead is None:
                return
        self.say(*words.beyond_lines())
        while (text := self._reply("> ")) and text.lower() not in {"none", Word.QUIT.value}:
            try:
                told = read_beyond(text)
            except ReplyError as error:
                self._refuse(str(error))
                continue
            bears_on = self._ask_bearing()
            if bears_on is None:
                self._refuse("nothing is named on which it bears, so it is left out")
                return
            self.unmodelled += (Unmodelled(told, bears_on),)
            self.say(*words.beyond_lines())

    def _ask_bearing(self) -> tuple[str, ...] | None:
        """Return the authorities and powers on which something bears; None where the replies are over."""
        pack = self.interview.decision.law.pack
        self.say(*words.bearing_lines())
        while (text := self._reply("> ")) is not None:
            try:
                if text != Word.MEANING.value:
                    return read_bearing(text, pack)
                self.say(*words.names_lines(pack))
            except ReplyError as error:
                self._refuse(str(error))
        return None

    def check_rest(self) -> None:
        """Report a reply of a pipe to which no question is left."""
        if self.interview.asking is None and not self.is_person and self._read() is not None:
            self._refuse("nothing is left to ask: this reply and those after it are not used")

    def _goes_on(self, reply: StatedFact | Word) -> bool:
        """Do what the reply says; return whether to go on."""
        match reply:
            case StatedFact():
                self.interview = self.interview.stated(reply)
            case Word.DONT_KNOW:
                self.interview = self.interview.not_known()
            case Word.SKIP:
                self.interview = self.interview.skipped()
            case Word.BACK:
                self._go_back()
                return True
            case Word.WHY:
                self.say(*words.why_lines(self.interview))
                return True
            case Word.MEANING:
                self.say(*words.meaning_lines(self.interview))
                return True
            case Word.QUIT:
                return False
            case _:  # pragma: no cover
                assert_never(reply)
        self.say(words.running_line(self.interview))
        return True

    def _go_back(self) -> None:
        if self.interview.before is None:
            raise ReplyError("there is no answer to take back")
        self.say(line(f"taken back: {self.interview.steps[-1].fact}", indent=3))
        self.interview = self.interview.before

    def _refuse(self, sentence: str) -> None:
        if self.is_person:
            self.say(line((sentence, "error"), indent=3))
        else:
            report([Diagnostic("bad-reply", sentence, Place("<stdin>", self._number, 1))])
            self.exits.append(Exit.INVALID)

    def _reply(self, prompt: str) -> str | None:
        """Return what is typed behind the prompt, None where nothing more comes."""
        self.screen.file.write(prompt)
        self.screen.file.flush()
        text = self._read()
        if text is None or not self.is_person:
            echo = text or ""
            self.screen.file.write((f"{echo[:_LONGEST_ECHO]}…" if len(echo) > _LONGEST_ECHO else echo) + "\n")
        return text

    def _read(self) -> str | None:
        """Return the next line; of a pipe, the next that is neither empty nor a comment."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            return ahead
        while raw := _line():
            self._number += 1
            text = printable(raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")).strip()
            if self.is_person or (text and not text.startswith("#")):
                return text
        return None


def _line() -> bytes:
    """Return one line of standard input; nothing where it is over, closed or gone."""
    if sys.stdin is None:
        return b""
    try:
        return sys.stdin.buffer.readline()
    except OSError:
        return b""
