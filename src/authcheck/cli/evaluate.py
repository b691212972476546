"""authcheck evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, TypeAlias

import typer

from authcheck.answer.answer import Answer
from authcheck.answer.building import answer_of
from authcheck.answer.problem import problem_record
from authcheck.answer.record import Record
from authcheck.asking.activities import Activities, activities_of
from authcheck.cli.answers import AnswersRequest
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import RESULT_FORMS, Format, asking
from authcheck.cli.request import Basis, Problems, layout_of_answers
from authcheck.frozen import dataclass as frozen_dataclass
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Block

__all__ = ["evaluate"]

Answered: TypeAlias = Iterable[tuple[str, Answer | Activities | Problems]]
"""What scenarios come to, each with its name: an answer, those to several activities, or its problems."""


@dataclass(kw_only=True, eq=False, repr=False)
class EvaluateRequest(AnswersRequest):
    """What is to be answered, and how much of it is shown."""

    fail_on: Annotated[
        list[Verdict] | None,
        typer.Option("--fail-on", metavar="VERDICT", help="Exit 1 if any authority has this verdict."),
    ] = None
    memo: Annotated[bool, typer.Option("--memo", help="Write a memorandum of law: as text, Markdown or a page.")] = (
        False
    )
    full: Annotated[bool, typer.Option("--full", help="Show all of the answer, not only what fits a screen.")] = False
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every passage behind each line of the screen.")
    ] = False
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Let what is longer than the screen scroll.")] = False


@asking(EvaluateRequest, forms=(*RESULT_FORMS, Format.JSONL, Format.CSV), variable="AUTHCHECK_FORMAT")
def evaluate(request: EvaluateRequest) -> Exit:
    """Answer scenarios: what each would rely on, what is contested, owed, open, and out of reach.

    \b
    Examples:
      authcheck evaluate drone-attack
      authcheck evaluate drone-attack --full
      authcheck evaluate drone-attack --lens all
      authcheck evaluate drone-attack --set attack_is_direct=unknown
      authcheck evaluate day-75 --format markdown --memo -o memo.md
      authcheck evaluate day-75 --format html -o day-75.html
      authcheck evaluate my-scenarios/ --format csv -o answers.csv
      authcheck evaluate - --format jsonl < scenarios.jsonl
    """
    form = request.format
    if request.memo and form not in {Format.TEXT, Format.MARKDOWN, Format.HTML}:
        raise typer.BadParameter(
            f"a memorandum is written in words, not as {form.value}: add --format markdown", param_hint="--memo"
        )
    request.check_passages(are_lines=form is Format.JSONL, help="add --format jsonl")
    work = _Work(request, request.basis, frozenset(request.fail_on or ()))
    if form is Format.CSV:
        return work.table()
    answers = request.results_of(request.scenarios, work.answer, request.exclude or ())
    if form is Format.JSONL:
        return _write_lines(request, answers)
    if request.memo:
        from authcheck.rendering.layouts.memo.memorandum import memorandum_layout
        from authcheck.rendering.layouts.memo.sentences import Notes

        notes = Notes()
        return _write(request, answers, lambda _, answer: memorandum_layout(answer, notes=notes))
    if form is Format.TEXT and not request.full:
        from authcheck.rendering.layouts.first_screen import first_screen

        whole = request.verbose
        return _write(
            request,
            answers,
            lambda name, answer: first_screen(answer, _again(request, name, answer), whole=whole),
            in_short=not whole,
        )
    layout = layout_of_answers(form)
    return _write(request, answers, lambda _, answer: layout(answer), paged=request.full and not request.no_pager)


@frozen_dataclass(frozen=True, slots=True)
class _Work:
    """What is made of each scenario, and the verdicts at which the command fails."""

    request: EvaluateRequest
    basis: Basis
    failing: frozenset[Verdict]

    def answer(self, scenario: Scenario) -> Answer | Activities:
        """Return the answer, or those to its activities with a summary."""
        if self.request.activity or not scenario.activities:
            return self._answer(scenario)
        return activities_of(
            scenario, {part.activity: self._answer(part) for part in scenario.parts}, self.request.pack
        )

    def _answer(self, scenario: Scenario) -> Answer:
        answer = answer_of(self.basis.decision(scenario, self.request.decider))
        self._fail_on(answer.verdicts.values())
        return answer

    def table(self) -> Exit:
        """Write the verdicts alone, a row for each scenario or activity; return the exit status."""
        from authcheck.cli.table import write_table

        request, basis = self.request, self.basis

        def recorded(scenario: Scenario) -> list[Record]:
            parts = (scenario,) if request.activity else scenario.parts
            records = [basis.record(part, request.decider) for part in parts]
            self._fail_on(one.verdict for record in records for one in record.authorities.values())
            return records

        with request.out as out:
            write_table(request.results_of(request.scenarios, recorded, request.exclude or ()), request.pack, out)
        request.keep_states()
        return worst(request.exits)

    def _fail_on(self, verdicts: Iterable[Verdict]) -> None:
        if not self.failing.isdisjoint(verdicts):
            self.request.exits.append(Exit.NEGATIVE)


@frozen_dataclass(frozen=True, slots=True)
class _Named:
    """An answer, or the summary of several, with the name of the scenario."""

    name: str
    answer: Answer | Activities


def _write_lines(request: EvaluateRequest, answers: Answered) -> Exit:
    """Write an answer on each line, and the problems of what has none."""
    from authcheck.rendering.apart import PartsMet
    from authcheck.rendering.values import json_line

    met = PartsMet()
    with request.out as out:
        out.text(request.head)
        for name, answer in answers:
            if isinstance(answer, tuple):
                out.text(json_line(problem_record(name, answer)))
            else:
                out.text(b"".join(met.fresh(request.lines(answer))).decode())
    return worst(request.exits)


def _write(
    request: EvaluateRequest,
    answers: Answered,
    layout: Callable[[str, Answer], Iterable[Block]],
    *,
    paged: bool = False,
    in_short: bool = False,
) -> Exit:
    """Write the answers; in words, several activities are a summary and, but `in_short`, the answer to each."""

    def shown(named: _Named) -> Iterable[Block]:
        if isinstance(named.answer, Answer):
            return layout(named.name, named.answer)
        from authcheck.rendering.layouts.activities import activities_layout

        again = (_again(request, named.name, answer) for answer in named.answer.answers.values())
        return activities_layout(named.answer, filter(None, again) if in_short else None)

    if request.format is Format.JSON:
        return request.write_each(answers, lambda _: ())
    return request.write_each(_one_by_one(answers, in_short=in_short), shown, paged=paged)


def _one_by_one(answers: Answered, *, in_short: bool) -> Iterator[tuple[str, _Named | Problems]]:
    for name, answer in answers:
        yield name, answer if isinstance(answer, tuple) else _Named(name, answer)
        if isinstance(answer, Activities) and not in_short:
            yield from ((name, _Named(name, part)) for part in answer.answers.values())


def _again(request: EvaluateRequest, name: str, answer: Answer) -> str:
    """Return the command line that gets the answer again, of one activity too; empty where none does."""
    command = request.again("evaluate", name)
    activity = "" if request.activity else answer.receipt.activity
    return f"{command} --activity {activity}" if command and activity else command
