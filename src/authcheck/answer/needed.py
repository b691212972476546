"""What stating one open fact would do to the verdicts that are undetermined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.decision.decision import Case, Decision
from authcheck.evaluation.worlds import Cell, cells_of
from authcheck.frozen import dataclass
from authcheck.model.verdict import Need, Verdict

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
    def narrowing(self) -> Mapping[str, float]:
        """How many possible verdicts an answer takes away from each authority: the mean over the cells."""
        return {
            name: len(self.before[name]) - sum(map(len, after)) / len(self.cells) for name, after in self.after.items()
        }


def needed_facts(decision: Decision, authorities: Iterable[str]) -> tuple[NeededFact, ...]:
    """Return the facts that the undetermined ones of the authorities still need, the most useful first.

    That is the one that narrows the possible verdicts furthest, where it counts: for the powers that are needed and
    still open. Of those alike it is the one that touches most authorities, and then the first in the vocabulary.
    Those that only tell the story come last. Raises AuthcheckError where too many facts are open at once.
    """
    touched: dict[str, list[Case]] = {}
    for name in authorities:
        case = decision.case(name)
        for fact in case.still_needed:
            touched.setdefault(fact, []).append(case)
    vocabulary = list(decision.law.facts)
    found = [_needed(fact, touched[fact], decision) for fact in vocabulary if fact in touched]
    weights = {name: _weight(name, decision) for one in found for name in one.after}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                decision.law.facts[one.fact].narrative,
                -sum(weights[name] * narrowing for name, narrowing in one.narrowing.items()),
                -len(one.after),
            ),
        )
    )


_OF_NO_POWER = 0.1
"""The weight of an authority that no needed power waits for: its facts rank among themselves, after all others."""


def _weight(name: str, decision: Decision) -> float:
    """Return how much an authority counts: for each needed power that is open, its share among those that may decide.

    A means may bar a power alone; a source shares it with the others that may be available.
    """
    authority = decision.law.pack.authorities[name]
    weight = _OF_NO_POWER
    for power, verdict in decision.powers.items():
        if verdict.needed is Need.NOT_NEEDED or len(verdict.possible) == 1:
            continue
        if power in authority.means_for:
            weight += 1
        elif any(supply.power == power for supply in authority.supplies):
            weight += 1 / max(1, sum(Verdict.AVAILABLE in case.possible for case in _sources(power, decision)))
    return weight


def _sources(power: str, decision: Decision) -> Iterator[Case]:
    for case in decision.cases.values():
        if any(supply.power == power for supply in case.authority.supplies):
            yield case


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
