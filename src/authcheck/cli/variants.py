"""authcheck variants."""

from __future__ import annotations

import contextlib
import enum
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Annotated

import typer

from authcheck.asking.variants import AlteringChange, Variants, find_variants, variant_scenario, variants_of
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit
from authcheck.cli.frame import asking
from authcheck.cli.output import write_folder
from authcheck.cli.request import ScenarioRequest
from authcheck.decision.decision import Decision
from authcheck.loading.files import printable
from authcheck.model.scenario import Scenario
from authcheck.rendering.layouts.variants import variants_layout

__all__ = ["variants"]


class Facts(enum.Enum):
    """How many facts a variant changes."""

    ONE = "one"
    TWO = "two"


@dataclass(frozen=True, slots=True)
class _Result:
    """The variants of one scenario: in words, and as they were found."""

    scenario: Scenario
    variants: Variants
    shown: Sequence[AlteringChange]


@asking(ScenarioRequest)
def variants(
    request: ScenarioRequest,
    most: Annotated[int, typer.Option("--number", "-n", metavar="N", min=1, help="How many, at most.")] = 10,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Write them here, each as a scenario with `expect:`.",
            autocompletion=candidates.folders,
        ),
    ] = None,
    facts: Annotated[
        Facts | None, typer.Option("--facts", help="Change one fact only, or two.", show_default="one or two")
    ] = None,
    authority: options.AuthorityIds = None,
) -> Exit:
    """Find the changes of one or two facts that alter a verdict, or what a dispute turns on.

    What turns a needed power, and what the story raises, comes first; of that, what teaches most: an authority
    gained or lost, a dispute settled or opened, a silence met. What was shown once waits for all others, and
    what is about the same as one before counts for less. A change of two facts is named where neither fact
    alone does the same.

    \b
    Examples:
      authcheck variants drone-attack
      authcheck variants drone-attack --authority article-ii
      authcheck variants title-50-raid --unstated absent --facts two
      authcheck variants drone-attack -n 5 --out variants/
    """
    if out is not None and request.readings:
        raise typer.BadParameter("an expectation names a lens and no reading: leave out --reading", param_hint="--out")
    authorities = request.authorities(authority)
    sizes = {None: {1, 2}, Facts.ONE: {1}, Facts.TWO: {2}}[facts]

    def work(decision: Decision) -> _Result:
        scenario = decision.inquiry.scenario
        with _announced_if_long(scenario):
            every = find_variants(decision, authorities)
        shown = [variant for variant in every if len(variant.stated) in sizes][:most]
        if not shown:
            request.exits.append(Exit.NOTHING)
        return _Result(scenario, variants_of(every, shown, decision, authorities), shown)

    results = list(request.results(work))
    made = [result for _, result in results if isinstance(result, _Result)]
    files = iter(_written(made, out, force=request.force) if out is not None else ())
    return request.write_each(
        ((name, result.variants if isinstance(result, _Result) else result) for name, result in results),
        lambda result: variants_layout(result, [str(file) for _, file in zip(result.variants, files, strict=False)]),
    )


def _written(results: Sequence[_Result], folder: Path, *, force: bool) -> list[Path]:
    """Write every variant as a scenario; return the files."""
    from authcheck.loading.writing import scenario_file

    texts: list[tuple[str, str]] = []
    for result in results:
        for variant, alteration in zip(result.variants.variants, result.shown, strict=True):
            scenario = variant_scenario(result.scenario, result.variants.option, variant, alteration)
            changed = " and ".join(f"{change.fact}: {change.before} → {change.after}" for change in variant.changes)
            comments = [f"A variant of {result.variants.scenario}. {changed}.", f"It isolates {variant.isolates}."]
            texts.append((f"{variant.name}.yaml", scenario_file(scenario, comments)))
    return write_folder(folder, texts, force=force)


@contextlib.contextmanager
def _announced_if_long(scenario: Scenario) -> Iterator[None]:
    """Say on a terminal what is going on, if it takes more than a moment."""

    def announce() -> None:
        sys.stderr.write(f"trying changes of {printable(scenario.id)} …\n")

    timer = Timer(2.0, announce)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
