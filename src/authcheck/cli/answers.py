"""What is asked of answers, one or many, and whole ones as JSON lines.

Each of these has all that stands behind it, or what many have in common apart from them, written once.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

import typer

from authcheck.answer.answer import Answer
from authcheck.answer.passages import passages_of
from authcheck.asking.activities import Activities
from authcheck.cli.request import ScenarioRequest
from authcheck.rendering.values import json_line

if TYPE_CHECKING:
    from authcheck.rendering.apart import PartWriter

__all__ = ["AnswersRequest", "Where"]


class Where(enum.Enum):
    """Where the passages stand that whole answers cite, and the parts that they have in common."""

    WITHIN = "within"
    APART = "apart"


@dataclass(kw_only=True, eq=False, repr=False)
class AnswersRequest(ScenarioRequest):
    """What is asked of every scenario, and where whole answers as JSON lines have what they cite and share."""

    passages: Annotated[
        Where,
        typer.Option(
            "--passages",
            help="In whole answers as JSON lines: all within each; or apart, the passages once in the first line, and "
            "what answers have in common once, before the first that has it.",
        ),
    ] = Where.WITHIN

    def check_passages(self, *, are_lines: bool, help: str) -> None:
        """Raise a usage error where passages are to stand apart and no whole answers as JSON lines are written."""
        if self.has_parts and not are_lines:
            message = f"passages stand apart from whole answers as JSON lines alone: {help}"
            raise typer.BadParameter(message, param_hint="--passages")

    @property
    def has_parts(self) -> bool:
        """Whether what answers cite and share stands apart from them."""
        return self.passages is Where.APART

    @property
    def head(self) -> str:
        """The line before all answers; empty where each has its passages within."""
        return json_line(passages_of(self.pack)) if self.has_parts else ""

    @cached_property
    def _parts(self) -> PartWriter:
        from authcheck.rendering.apart import PartWriter

        return PartWriter()

    def lines(self, answer: Answer | Activities) -> list[bytes]:
        """Return the line of an answer, or of those to several activities, after all of its parts that stand apart."""
        return self._parts.lines(answer) if self.has_parts else [json_line(answer).encode()]
