"""What matters first: what stating an open fact would do to the verdicts, and how much a verdict counts.

All that ranks facts or changes ranks them by this: what a needed power turns on before what none does, and what the
story raises before what it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from weakref import WeakKeyDictionary

from authcheck.decision.decision import Case, Decision
from authcheck.decision.known import Origin, opened_by
from authcheck.decision.powers import PowerVerdict
from authcheck.evaluation.worlds import Cell, Cuts, facts_of
from authcheck.frozen import dataclass
from authcheck.model.fact import FactKind
from authcheck.model.verdict import Need, Verdict

__all__ = ["NeededFact", "awaited", "is_raised", "needed_facts", "weight_of_change"]


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

    @property
    def settling(self) -> Mapping[str, float]:
        """How much an answer settles of what is open of each authority, from nothing to all of it."""
        return {name: narrowing / (len(self.before[name]) - 1) for name, narrowing in self.narrowing.items()}

    @property
    def closing(self) -> Mapping[str, float]:
        """In what share of the cells each authority is settled for good."""
        return {name: sum(len(one) == 1 for one in after) / len(self.cells) for name, after in self.after.items()}


def needed_facts(decision: Decision, authorities: Iterable[str]) -> tuple[NeededFact, ...]:
    """Return the facts that the undetermined ones of the authorities still need, the most useful first.

    That is the one that settles most, where it counts: for the powers that are needed and still open, and for what
    the story raises. Of those alike it is the one that touches most authorities, and then the first in the vocabulary.
    Those that only tell the story come last. Raises AuthcheckError where too many facts are open at once.
    """
    touched: dict[str, list[Case]] = {}
    for name in authorities:
        case = decision.case(name)
        for fact in case.still_needed:
            touched.setdefault(fact, []).append(case)
    vocabulary = list(decision.law.facts)
    found = [decision.law.of_cases(_found, fact, touched[fact], decision) for fact in vocabulary if fact in touched]
    weights = _WEIGHTS.setdefault(decision, {})
    weights.update((name, _weight(name, decision)) for one in found for name in one.after if name not in weights)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                decision.law.facts[one.fact].narrative,
                -sum(weights[name] * share for name, share in one.settling.items()),
                -sum(weights[name] * share for name, share in one.closing.items()),
                -len(one.after),
            ),
        )
    )


# Those of a decision are asked for over and over.
_WEIGHTS: WeakKeyDictionary[Decision, dict[str, float]] = WeakKeyDictionary()

_OF_NO_POWER = 0.1
"""The weight of an authority that no needed power waits for: its facts rank among themselves, after all others."""

_NOT_RAISED = 0.25
"""By what a weight is multiplied where the story does not raise the authority."""


def is_raised(case: Case, decision: Decision) -> bool:
    """Whether the story raises an authority: a stated fact outside its `governs` bears on it.

    What is done engages an authority; only what happened, or how things stand, raises the question of it. A fact of
    which some values open others raises what these bear on.
    """
    if decision.is_unraised(case.authority):
        return False
    governing, names = facts_of([case.authority.governs]), case.tables.worlds.names

    def raises(name: str) -> bool:
        fact = decision.law.facts[name]
        if fact.kind is FactKind.ACTIVITY or name in governing:
            return False
        opened = {other for _, other in opened_by(fact, decision.known.allowed[name])}
        return not fact.opens or not opened.isdisjoint(names)

    return any(name in decision.stated and raises(name) for name in names)


def weight_of_change(before: Decision, after: Decision, authority: str, facts: Iterable[str]) -> float:
    """Return how much a change of facts counts that alters the authority most: by the needed powers that it turns.

    What is done is what the story is about: another activity than is known counts as what it does not raise. What a
    stated value leaves open is of the story.
    """
    turned = sum(
        _turns(power, after.powers[name])
        for name, power in before.powers.items()
        if power.needed is not Need.NOT_NEEDED
    )
    known = [before.known.facts[name] for name in facts]
    is_another = any(one.fact.kind is FactKind.ACTIVITY and one.origin is not Origin.UNKNOWN for one in known)
    is_of_the_story = any(one.fact.fact in before.known.opened for one in known)
    counts = _NOT_RAISED if is_another else 1 if is_of_the_story else _raised(authority, before)
    return (turned or _OF_NO_POWER) * counts


def _turns(before: PowerVerdict, after: PowerVerdict) -> bool:
    """Whether a power becomes another, or it is settled that it is needed or is not."""
    return before.possible != after.possible or (before.needed is Need.PERHAPS and after.needed is not Need.PERHAPS)


def _raised(name: str, decision: Decision) -> float:
    """Return what an authority counts for: all where the story raises it, or where it fills a need or may."""
    case = decision.case(name)
    fills = case.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or name in awaited(decision)
    of_the_story = fills or is_raised(case, decision)
    return 1 if of_the_story else _NOT_RAISED


def awaited(decision: Decision) -> tuple[str, ...]:
    """Return the undetermined authorities for which a needed power waits that is open, but those not raised at all."""
    return tuple(
        name
        for name, case in decision.cases.items()
        if case.verdict is Verdict.UNDETERMINED
        and not decision.is_unraised(case.authority)
        and any(True for _ in _shares(name, Need.NEEDED, decision))
    )


def _weight(name: str, decision: Decision) -> float:
    """Return how much an authority counts: by its shares in powers that are or may be needed, and if it is raised."""
    shares = (share for need in (Need.NEEDED, Need.PERHAPS) for share in _shares(name, need, decision))
    return (_OF_NO_POWER + sum(shares)) * _raised(name, decision)


def _shares(name: str, need: Need, decision: Decision) -> Iterator[float]:
    """Return the share of an authority among those that may decide, for each open power that is so needed.

    A means may bar a power alone; a source shares it with the others that may be available.
    """
    authority = decision.law.pack.authorities[name]
    for power, verdict in decision.powers.items():
        if verdict.needed is not need or len(verdict.possible) == 1:
            continue
        if power in authority.means_for:
            yield 1
        elif any(supply.power == power for supply in authority.supplies):
            yield 1 / max(1, sum(Verdict.AVAILABLE in case.possible for case in _sources(power, decision)))


def _sources(power: str, decision: Decision) -> Iterator[Case]:
    for case in decision.cases.values():
        if any(supply.power == power for supply in case.authority.supplies):
            yield case


def _found(name: str, cases: Sequence[Case], decision: Decision) -> NeededFact:
    facts = decision.law.facts
    conditions = [rule for case in cases for rule in decision.law.rules_of[case.authority.authority]]
    # What facts demand of one another tells values apart as well.
    conditions += facts.clauses[facts.tied[name]]
    cells = Cuts(conditions, facts).cells(name, decision.known.allowed[name])
    each = {cell: [case.possible_in(name, cell) for case in cases] for cell in cells}
    found = {cell: possible for cell, possible in each.items() if all(possible)}
    return NeededFact(
        name,
        tuple(found),
        {case.authority.authority: case.possible for case in cases},
        {case.authority.authority: tuple([one[at] for one in found.values()]) for at, case in enumerate(cases)},
    )
