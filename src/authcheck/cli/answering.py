"""Answering everything that a command line names, for the commands that show answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from authcheck import __version__
from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.cli.exits import Exit
from authcheck.cli.inputs import (
    date_of,
    known_name,
    load_scenarios,
    open_pack,
    read_choices,
    read_settings,
    with_settings,
)
from authcheck.cli.output import Output, report
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.loading.folders import Loaded
from authcheck.model.pack import Pack
from authcheck.model.scenario import Unstated

__all__ = ["Asked", "problem_record"]

Made = TypeVar("Made")


@dataclass(slots=True)
class Asked:
    """What is asked of every scenario. `exits` gathers what the inputs come to."""

    scenarios: Sequence[str]
    folder: Path | None
    lens: str
    readings: Sequence[str]
    as_of: str | None
    unstated: Unstated | None
    settings: Sequence[str]
    option: str
    exits: list[Exit] = field(default_factory=list)

    def pack(self) -> Pack:
        """Return the pack, once the lens is known to be one of it."""
        pack = open_pack(self.folder)
        known_name(self.lens, pack.lenses, "lens", "--lens")
        return pack

    def answers(self, pack: Pack) -> Iterator[tuple[str, Answer | tuple[Diagnostic, ...]]]:
        """Return each answer, or the problems of a scenario, which are reported as well, with its name."""
        return self.each(pack, Decider(pack, version=__version__).decide)

    def each(self, pack: Pack, work: Callable[..., Made]) -> Iterator[tuple[str, Made | tuple[Diagnostic, ...]]]:
        """Return what the work makes of each scenario, or its problems, which are reported as well, with its name.

        The work takes what `Decider.decide` and `Decider.decision` take.
        """
        day = date_of(self.as_of)
        stated = read_settings(self.settings, pack)
        readings = read_choices(self.readings, pack)
        for loaded in load_scenarios(self.scenarios, pack, self.folder):
            problems = loaded.problems
            if loaded.scenario is not None:
                try:
                    scenario = with_settings(loaded.scenario, stated, pack)
                    if self.option:
                        known_name(self.option, scenario.options, "option of the scenario", "--option")
                    yield (
                        loaded.name,
                        work(
                            scenario,
                            lens=self.lens,
                            readings=readings,
                            unstated=self.unstated,
                            as_of=day,
                            option=self.option,
                        ),
                    )
                    continue
                except AuthcheckError as error:
                    problems = tuple(_with_lines(one, loaded) for one in error.diagnostics)
            report(problems)
            nothing = all(one.code == "no-scenarios" for one in problems)
            self.exits.append(Exit.NOTHING if nothing else Exit.INVALID)
            yield loaded.name, problems

    def write_json(self, found: Sequence[tuple[str, object]], out: Output) -> None:
        """Write what was found as JSON: of one scenario an object, of several a list in which each has its place.

        Which of the two is by what was asked, not by what could be answered. One that could not be answered has a
        record of its problems in the list; alone, it has nothing.
        """
        from authcheck.rendering.values import json_text

        several = len(self.scenarios) != 1 or self.scenarios[0] == "-" or os.path.isdir(self.scenarios[0])  # noqa: PTH112 - it never raises.
        if several and [name for name, _ in found] != ["<stdin>"]:
            out.text(json_text([problem_record(name, one) if isinstance(one, tuple) else one for name, one in found]))
        elif found and not isinstance(found[0][1], tuple):
            out.text(json_text(found[0][1]))


def problem_record(name: str, problems: tuple[Diagnostic, ...]) -> dict[str, object]:
    """Return the record that stands for a scenario that could not be answered."""
    return {"schema": "authcheck.problem/1", "scenario": name, "problems": problems}


def _with_lines(problem: Diagnostic, loaded: Loaded) -> Diagnostic:
    """Return the problem with the lines around its place, where these are at hand."""
    from authcheck.loading.files import read_text, with_excerpt

    if loaded.path is None or not problem.place.line or problem.place.file == "--set":
        return problem
    return with_excerpt(problem, read_text(loaded.path))
