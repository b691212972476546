"""What stating one open fact would do to the verdicts that are undetermined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authcheck.decision.decision import Case, Decision
from authcheck.evaluation.worlds import Cell, cells_of
from authcheck.frozen import dataclass
from authcheck.model.verdict import Verdict

__all__ = ["NeededFact", "needed_facts"]


@dataclass(frozen=True, slots=True)
class NeededFact:
    """An open fact that can change an undetermined verdict.

    `cells` are its values that can still be, as the authorities that it touches tell them apart; `possible` gives,
    for each of these authorities, its possible verdicts before, and under each of the cells.
    """

    fact: str
    cells: tuple[Cell, ...]
    before: Mapping[str, tuple[Verdict, ...]]
    after: Mapping[str, tuple[tuple[Verdict, ...], ...]]

    @property
    def narrowing(self) -> float:
        """How many possible verdicts an answer takes away: the mean over the cells, summed over the authorities."""
        return sum(
            len(self.before[name]) - sum(map(len, after)) / len(self.cells) for name, after in self.after.items()
        )


def needed_facts(decision: Decision, authorities: Iterable[str]) -> tuple[NeededFact, ...]:
    """Return the facts that the undetermined ones of the authorities still need, the most useful first.

    That is the one that narrows the possible verdicts furthest; of those alike, the one that touches most
    authorities, and then the first in the vocabulary. Those that only tell the story come last. Raises AuthcheckError
    where too many facts are open at once.
    """
    touched: dict[str, list[Case]] = {}
    for name in authorities:
        case = decision.case(name)
        for fact in case.still_needed:
            touched.setdefault(fact, []).append(case)
    vocabulary = list(decision.law.facts)
    found = [_needed(fact, touched[fact], decision) for fact in vocabulary if fact in touched]
    return tuple(
        sorted(found, key=lambda one: (decision.law.facts[one.fact].narrative, -one.narrowing, -len(one.after)))
    )


def _needed(name: str, cases: list[Case], decision: Decision) -> NeededFact:
    facts = decision.law.facts
    conditions = [rule for case in cases for rule in decision.law.rules_of[case.authority.authority]]
    # What facts demand of one another tells values apart as well.
    conditions += facts.clauses[facts.tied[name]]
    cells = tuple(
        cell
        for cell in cells_of(facts[name], conditions, decision.known.allowed[name])
        if all(case.possible_in(name, cell) for case in cases)
    )
    return NeededFact(
        name,
        cells,
        {case.authority.authority: case.possible for case in cases},
        {case.authority.authority: tuple(case.possible_in(name, cell) for cell in cells) for case in cases},
    )
