"""authcheck evaluate."""

from __future__ import annotations

import enum
import sys
from collections.abc import Iterator
from typing import Annotated, TypeAlias

import typer

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.answer import Answer
from authcheck.cli import options
from authcheck.cli.answering import Asked, problem_record
from authcheck.cli.exits import Exit, worst
from authcheck.cli.inputs import spare_inputs
from authcheck.cli.output import Output
from authcheck.diagnostics import Diagnostic
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from authcheck.rendering import values

__all__ = ["evaluate"]

Answered: TypeAlias = tuple[str, Answer | tuple[Diagnostic, ...]]


class Format(enum.Enum):
    """The formats of an answer."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


def evaluate(
    scenarios: options.Scenarios,
    format: Annotated[
        Format, typer.Option("--format", "-f", envvar="AUTHCHECK_FORMAT", help="The form of the answer.")
    ] = Format.TEXT,
    lens: options.LensOption = DEFAULT_LENS,
    readings: options.ReadingChoices = None,
    as_of: options.AsOf = None,
    unstated: options.UnstatedOption = None,
    settings: options.Settings = None,
    option: options.OptionName = "",
    fail_on: Annotated[
        list[Verdict] | None,
        typer.Option(
            "--fail-on", metavar="VERDICT", help="Exit 1 if any authority has this verdict.", show_default=False
        ),
    ] = None,
    memo: Annotated[
        bool, typer.Option("--memo", help="Write a memorandum of law; goes with `--format markdown`.")
    ] = False,
    output: options.OutputFile = None,
    pack: options.PackFolder = None,
    plain: options.Plain = False,
    color: options.ColourOption = options.Colour.AUTO,
) -> int:
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
    if memo and format is not Format.MARKDOWN:
        raise typer.BadParameter(
            f"a memorandum is written as Markdown, not as {format.value}: add --format markdown", param_hint="--memo"
        )
    spare_inputs(output, scenarios, pack)
    asked = Asked(scenarios, pack, lens, readings or (), as_of, unstated, settings or (), option)
    found = asked.pack()
    failing = set(fail_on or ())

    def answered() -> Iterator[Answered]:
        for count, (name, one) in enumerate(asked.answers(found), start=1):
            _progress(count)
            if isinstance(one, Answer) and failing & set(one.verdicts.values()):
                asked.exits.append(Exit.NEGATIVE)
            yield name, one

    out = Output(output, options.colour_of(color), plain)
    if format is Format.JSON:
        asked.write_json(list(answered()), out)
    else:
        _write(format, answered(), found, out, memo=memo)
    out.close()
    return worst(asked.exits)


def _write(format: Format, answered: Iterator[Answered], pack: Pack, out: Output, *, memo: bool) -> None:
    """Write the answers as they come; a page alone waits for the last."""
    match format:
        case Format.JSONL:
            for name, one in answered:
                out.text(values.json_line(one if isinstance(one, Answer) else problem_record(name, one)))
        case Format.CSV:
            out.text(values.csv_text([[*_COLUMNS, *pack.authorities, "problem"]]))
            for name, one in answered:
                out.text(values.csv_text([_row(name, one, len(pack.authorities))]))
        case Format.MARKDOWN:
            from authcheck.rendering.layouts.in_full import answer_in_full
            from authcheck.rendering.markdown import Footnotes
            from authcheck.rendering.memo.memorandum import memorandum
            from authcheck.rendering.on_markdown import markdown_text

            notes = Footnotes()
            for count, answer in enumerate(one for _, one in answered if isinstance(one, Answer)):
                text = memorandum(answer, notes) if memo else markdown_text(answer_in_full(answer))
                out.text("\n" * (count > 0) + text)
        case Format.HTML:
            from authcheck.rendering.layouts.in_full import answer_in_full
            from authcheck.rendering.on_page import page_text

            answers = [one for _, one in answered if isinstance(one, Answer)]
            if answers:
                out.text(page_text([answer_in_full(one) for one in answers]))
        case Format.TEXT:
            from authcheck.rendering.layouts.answer import answer_layout

            out.blocks(answer_layout(one) for _, one in answered if isinstance(one, Answer))


_COLUMNS = ("scenario", "option", "as_of", "lens", "relies_on")


def _row(name: str, one: Answer | tuple[Diagnostic, ...], width: int) -> list[str]:
    """Return one row; a scenario that could not be answered has its name and its problems."""
    if isinstance(one, Answer):
        receipt = one.receipt
        verdicts = [str(verdict.value) for verdict in one.verdicts.values()]
        return [
            one.scenario,
            one.option,
            str(receipt.as_of),
            receipt.lens,
            " ".join(one.relies_on),
            *verdicts,
            "",
        ]
    problems = "; ".join(f"{problem.place}: {problem.message}" for problem in one)
    return [name, *[""] * (len(_COLUMNS) - 1 + width), problems]


def _progress(count: int) -> None:
    """Count long work on a terminal, and nowhere else."""
    if count % 100 == 0 and sys.stderr.isatty():
        sys.stderr.write(f"\r{count} scenarios\r")
