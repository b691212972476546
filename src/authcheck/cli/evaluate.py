"""authcheck evaluate."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import typer

from authcheck.answer.answer import Answer, PowerAnswer
from authcheck.answer.building import answer_of
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import RESULT_FORMS, Format, asking
from authcheck.cli.output import Output
from authcheck.cli.request import Problems, ScenarioRequest, layout_of_answers, problem_record
from authcheck.decision.decision import Decision
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict

__all__ = ["evaluate"]


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
) -> Exit:
    """Answer scenarios: what each would rely on, what is contested, owed, open, and out of reach.

    \b
    Examples:
      authcheck evaluate drone-attack
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

    answers = request.results(answered)
    if form in {Format.JSONL, Format.CSV}:
        with request.out as out:
            _write_rows(form, answers, request.pack, out)
    elif memo:
        from authcheck.rendering.layouts.memo.memorandum import memorandum_layout
        from authcheck.rendering.layouts.memo.sentences import Notes

        return request.write_each(answers, partial(memorandum_layout, notes=Notes()))
    else:
        return request.write_each(answers, layout_of_answers(form))
    return worst(request.exits)


_COLUMNS = ("scenario", "file", "line", "option", "as_of", "lens", "relies_on", "gaps")


def _write_rows(form: Format, answers: Iterable[tuple[str, Answer | Problems]], pack: Pack, out: Output) -> None:
    """Write a row for each scenario as it comes; one that could not be answered has its name and its problems."""
    from authcheck.rendering.values import csv_text, json_line

    if form is Format.CSV:
        authorities = (column for name in pack.authorities for column in (name, f"{name}_hedge"))
        powers = (column for name in pack.powers for column in (f"power: {name}", f"power: {name}_hedge"))
        out.text(csv_text([[*_COLUMNS, *authorities, *powers, "problem"]]))
    for name, answer in answers:
        if form is Format.CSV:
            out.text(csv_text([_row(name, answer, 2 * (len(pack.authorities) + len(pack.powers)))]))
        else:
            out.text(json_line(answer if isinstance(answer, Answer) else problem_record(name, answer)))


def _row(name: str, answer: Answer | Problems, width: int) -> list[str]:
    from authcheck.rendering.words import hedge_cell

    if isinstance(answer, Answer):
        verdicts = [cell for one in answer.authorities.values() for cell in (one.verdict.value, hedge_cell(one.hedges))]
        powers = [cell for one in answer.powers.values() for cell in (_standing(one), hedge_cell(one.hedges))]
        gaps = " ".join(name for name, power in answer.powers.items() if power.gap)
        day, lens = str(answer.receipt.as_of), answer.receipt.lens
        told = [answer.option, day, lens, " ".join(answer.relies_on), gaps]
        return [answer.scenario, answer.place.file, str(answer.place.line), *told, *verdicts, *powers, ""]
    problems = "; ".join(f"{problem.place}: {problem.message}" for problem in answer)
    place = answer[0].place
    where = [place.file, str(place.line or "")]
    return [name, *where, *[""] * (len(_COLUMNS) - 1 - len(where) + width), problems]


def _standing(power: PowerAnswer) -> str:
    """Return the verdict on a power, or that it is not needed."""
    return "not-needed" if power.verdict is None else power.verdict.value
