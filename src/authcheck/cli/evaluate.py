"""authcheck evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, TypeAlias

import typer

from authcheck.answer.answer import Answer, AuthorityAnswer, ClaimStanding, PowerAnswer
from authcheck.answer.building import answer_of
from authcheck.asking.activities import Activities, activities_of
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import RESULT_FORMS, Format, asking
from authcheck.cli.output import Output
from authcheck.cli.request import Problems, ScenarioRequest, layout_of_answers, problem_record
from authcheck.decision.decision import Decision
from authcheck.frozen import dataclass
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Block

__all__ = ["evaluate"]

Answered: TypeAlias = Iterable[tuple[str, Answer | Activities | Problems]]
"""What scenarios come to, each with its name: an answer, those to several activities, or its problems."""


@asking(ScenarioRequest, forms=(*RESULT_FORMS, Format.JSONL, Format.CSV), variable="AUTHCHECK_FORMAT")
def evaluate(
    request: ScenarioRequest,
    fail_on: Annotated[
        list[Verdict] | None,
        typer.Option("--fail-on", metavar="VERDICT", help="Exit 1 if any authority has this verdict."),
    ] = None,
    memo: Annotated[
        bool, typer.Option("--memo", help="Write a memorandum of law: as text, Markdown or a page.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Show all of the answer, not only what fits a screen.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every passage behind each line of the screen.")
    ] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Let what is longer than the screen scroll.")] = False,
) -> Exit:
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
    if memo and form not in {Format.TEXT, Format.MARKDOWN, Format.HTML}:
        raise typer.BadParameter(
            f"a memorandum is written in words, not as {form.value}: add --format markdown", param_hint="--memo"
        )
    failing = set(fail_on or ())

    def answered(decision: Decision) -> Answer:
        answer = answer_of(decision)
        if failing & set(answer.verdicts.values()):
            request.exits.append(Exit.NEGATIVE)
        return answer

    basis, pack = request.basis, request.pack

    def work(scenario: Scenario) -> Answer | Activities:
        if request.activity or not scenario.activities:
            return answered(basis.decision(scenario, request.decider))
        parts = {name: scenario.alone(name) for name in scenario.activities}
        answers = {name: answered(basis.decision(part, request.decider)) for name, part in parts.items()}
        return activities_of(scenario, answers, pack)

    answers = request.results_of(request.scenarios, work, request.exclude or ())
    if form in {Format.JSONL, Format.CSV}:
        with request.out as out:
            _write_rows(form, answers, request.pack, out)
    elif memo:
        from authcheck.rendering.layouts.memo.memorandum import memorandum_layout
        from authcheck.rendering.layouts.memo.sentences import Notes

        notes = Notes()
        return _write(request, answers, lambda _, answer: memorandum_layout(answer, notes=notes))
    elif form is Format.TEXT and not full:
        from authcheck.rendering.layouts.first_screen import first_screen

        return _write(
            request, answers, lambda name, answer: first_screen(answer, _again(request, name, answer), whole=verbose)
        )
    else:
        layout = layout_of_answers(form)
        return _write(request, answers, lambda _, answer: layout(answer), paged=full and not no_pager)
    return worst(request.exits)


@dataclass(frozen=True, slots=True)
class _Named:
    """An answer, or the summary of several, with the name of the scenario."""

    name: str
    answer: Answer | Activities


def _write(
    request: ScenarioRequest,
    answers: Answered,
    layout: Callable[[str, Answer], Iterable[Block]],
    *,
    paged: bool = False,
) -> Exit:
    """Write the answers; in words, several activities are a summary and then the answer to each."""

    def shown(named: _Named) -> Iterable[Block]:
        if isinstance(named.answer, Answer):
            return layout(named.name, named.answer)
        from authcheck.rendering.layouts.activities import activities_layout

        return activities_layout(named.answer)

    if request.format is Format.JSON:
        return request.write_each(answers, lambda _: ())
    return request.write_each(_one_by_one(answers), shown, paged=paged)


def _one_by_one(answers: Answered) -> Iterator[tuple[str, _Named | Problems]]:
    for name, answer in answers:
        yield name, answer if isinstance(answer, tuple) else _Named(name, answer)
        if isinstance(answer, Activities):
            yield from ((name, _Named(name, part)) for part in answer.answers.values())


def _again(request: ScenarioRequest, name: str, answer: Answer) -> str:
    """Return the command line that gets the answer again, of one activity too; empty where none does."""
    command = request.again("evaluate", name)
    activity = "" if request.activity else answer.receipt.activity
    return f"{command} --activity {activity}" if command and activity else command


_COLUMNS = (
    "scenario",
    "file",
    "line",
    "option",
    "activity",
    "as_of",
    "lens",
    "relies_on",
    "gaps",
    "agreed",
    "claimed_not_found",
    "found_not_claimed",
)


def _write_rows(form: Format, answers: Answered, pack: Pack, out: Output) -> None:
    """Write a row for each scenario as it comes; one that could not be answered has its name and its problems."""
    from authcheck.rendering.values import csv_text, json_line

    if form is Format.CSV:
        out.text(csv_text([[*_COLUMNS, *_verdict_columns(pack), "problem"]]))
    for name, answer in answers:
        if form is Format.CSV:
            parts = answer.answers.values() if isinstance(answer, Activities) else [answer]
            out.text(csv_text(_row(name, part, len(_verdict_columns(pack))) for part in parts))
        else:
            out.text(json_line(problem_record(name, answer) if isinstance(answer, tuple) else answer))


def _row(name: str, answer: Answer | Problems, width: int) -> list[str]:
    from authcheck.rendering.words import hedge_cell

    if isinstance(answer, Answer):
        things: tuple[AuthorityAnswer | PowerAnswer, ...] = (*answer.authorities.values(), *answer.powers.values())
        verdicts = [
            cell
            for thing in things
            for cell in (_standing(thing), hedge_cell(thing.hedges), "; ".join(thing.apart_from))
        ]
        gaps = " ".join(name for name, power in answer.powers.items() if power.gap)
        day, lens = str(answer.receipt.as_of), answer.receipt.lens
        claims = [
            " ".join(dict.fromkeys(claim.authority for claim in answer.claimed if claim.standing is standing))
            for standing in ClaimStanding
        ]
        told = [answer.option, answer.receipt.activity, day, lens, " ".join(answer.relies_on), gaps, *claims]
        return [answer.scenario, answer.place.file, str(answer.place.line), *told, *verdicts, ""]
    problems = "; ".join(f"{problem.place}: {problem.message}" for problem in answer)
    place = answer[0].place
    where = [place.file, str(place.line or "")]
    return [name, *where, *[""] * (len(_COLUMNS) - 1 - len(where) + width), problems]


def _verdict_columns(pack: Pack) -> list[str]:
    """Return the columns of the verdicts, each beside those of its hedges and of what it leaves out of account."""
    names = [*pack.authorities, *(f"power: {name}" for name in pack.powers)]
    return [column for name in names for column in (name, f"{name}_hedge", f"{name}_apart_from")]


def _standing(thing: AuthorityAnswer | PowerAnswer) -> str:
    """Return the bare verdict on an authority or a power, or that the power is not needed."""
    return "not-needed" if thing.verdict is None else thing.verdict.value
