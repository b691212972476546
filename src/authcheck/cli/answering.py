"""Answering everything that a command line names, for the commands that show answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from authcheck import __version__
from authcheck.cli.exits import Exit
from authcheck.cli.inputs import date_of, known_name, load_scenarios, open_pack, with_settings
from authcheck.cli.output import report
from authcheck.decision import Decider
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.model.answer import Answer
from authcheck.model.pack import Pack
from authcheck.model.scenario import Unstated

__all__ = ["Asked"]


@dataclass(slots=True)
class Asked:
    """What is asked of every scenario. `exits` gathers what the inputs come to."""

    scenarios: Sequence[str]
    folder: Path | None
    lens: str
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
        decider = Decider(pack, version=__version__)
        day = date_of(self.as_of)
        for loaded in load_scenarios(self.scenarios, pack, self.folder):
            problems = loaded.problems
            if loaded.scenario is not None:
                try:
                    scenario = with_settings(loaded.scenario, self.settings, pack)
                    if self.option:
                        known_name(self.option, scenario.options, "option of the scenario", "--option")
                    yield (
                        loaded.name,
                        decider.decide(scenario, lens=self.lens, unstated=self.unstated, as_of=day, option=self.option),
                    )
                    continue
                except AuthcheckError as error:
                    problems = error.diagnostics
            report(problems)
            nothing = all(one.code == "no-scenarios" for one in problems)
            self.exits.append(Exit.NOTHING if nothing else Exit.INVALID)
            yield loaded.name, problems
