"""The changes of one or two facts that alter a verdict or a crux, in order of what they teach."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.answer.needed import weight_of_change
from authcheck.asking.variants.results import RANK, Effect
from authcheck.decision.applying import no_longer_apply
from authcheck.decision.decision import Decision
from authcheck.decision.known import everything_allowed, openings_of
from authcheck.decision.verdicts import conditions_of
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.worlds import Cuts
from authcheck.frozen import dataclass
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, FactKind
from authcheck.model.scenario import StatedFact, stated_as
from authcheck.model.verdict import Verdict

__all__ = ["HERE", "AlteringChange", "find_variants"]

HERE = Place("a variant")
"""Where what a variant states is stated, until it stands in a file."""


@dataclass(frozen=True, slots=True)
class AlteringChange:
    """A change that alters something, with the decision that it leads to.

    `effects` has every authority that is altered. `together` are those on which neither of two facts alone does
    the same, or all where one fact is changed; `main` is the one of them on which the change teaches most, and
    `weight` how much it counts. `alike` are statements of all values that do the same, the ones stated among them.
    """

    stated: Mapping[str, StatedFact]
    no_longer_apply: Mapping[str, StatedFact]
    decision: Decision
    effects: Mapping[str, Effect]
    together: tuple[str, ...]
    main: str
    weight: float
    alike: tuple[Mapping[str, StatedFact], ...]


# What an effect teaches: an authority gained or lost is one lesson, and what has no place here is all the last one.
_LESSON = {
    Effect.GAINED: 0,
    Effect.LOST: 0,
    Effect.DISPUTE_SETTLED: 1,
    Effect.DISPUTE_OPENED: 2,
    Effect.SILENCE_MET: 3,
}

_State = tuple[Verdict, tuple[str, ...]]
"""What a change may alter in an authority: its verdict and its crux."""


def find_variants(decision: Decision, authorities: Iterable[str] = ()) -> tuple[AlteringChange, ...]:
    """Return the changes of one or two facts that alter a verdict or a crux, in order of what they teach.

    With `authorities`, only those that alter one of them. A change of two facts counts where it makes of some
    authority what neither fact alone does. A fact takes each value that the rules tell apart; a stated event or
    status may also become unknown. Dates, and facts on which no verdict turns, stay as they are. Raises
    AuthcheckError where too many facts are open at once.
    """
    search = _Search(decision, frozenset(authorities) or frozenset(decision.law.tied_to))
    found = _alike_joined([*search.of_one_fact(), *search.of_two_facts()])
    return tuple(_ranked(found, decision.law.pack.facts))


class _Search:
    """Tries the changes of one decision; what one fact alone does is kept for the changes of two."""

    def __init__(self, decision: Decision, asked: frozenset[str]) -> None:
        self.decision = decision
        self.asked = asked
        law = decision.law
        self.turning = {
            fact: names
            for fact in law.facts
            if not asked.isdisjoint(names := [name for name, facts in law.bearing_on.items() if fact in facts])
        }
        conditions = [
            condition for authority in law.pack.authorities.values() for condition in conditions_of(authority)
        ]
        demands = [part for pairs in law.facts.demands.values() for pair in pairs for part in pair]
        openings = [opening for fact in law.facts.openers for opening in openings_of(fact)]
        self.cuts = Cuts([*conditions, *demands, *openings], law.facts)
        self.before = {name: _state(decision, name) for name in law.tied_to}
        self.alone: dict[StatedFact, Mapping[str, _State]] = {}
        # What one change alone makes known anew, and the authorities whose tables it leaves as they are.
        self.reach: dict[StatedFact, tuple[frozenset[str], frozenset[str]]] = {}
        # Of each value that is tried, all that the rules treat alike.
        self.alike: dict[StatedFact, StatedFact] = {}

    def of_one_fact(self) -> Iterator[AlteringChange]:
        """Return the changes of one fact that alter something."""
        for fact, names in self.turning.items():
            for change in self._values(fact):
                made = self._made({fact: change})
                self.alone[change] = {} if made is None else {name: _state(made[1], name) for name in names}
                if made is not None:
                    self.reach[change] = self._reach(made[1], names)
                altered = [name for name, state in self.alone[change].items() if state != self.before[name]]
                if made is not None and not self.asked.isdisjoint(altered):
                    yield self._found({fact: change}, *made, altered, altered)

    def of_two_facts(self) -> Iterator[AlteringChange]:
        """Return the changes of two facts that make of some authority what neither of them alone does."""
        for first, second in itertools.combinations(self.alone, 2):
            if first.fact == second.fact:
                continue
            shared = self._open_to_both(first, second)
            if self.asked.isdisjoint(shared):
                continue
            stated = {first.fact: first, second.fact: second}
            made = self._made(stated)
            if made is None:
                continue
            together = [
                name
                for name in shared
                if _state(made[1], name)
                not in {self.before[name], *(self.alone[fact].get(name, self.before[name]) for fact in (first, second))}
            ]
            if not self.asked.isdisjoint(together):
                either = [
                    name
                    for name in self.before
                    if name in self.turning[first.fact] or name in self.turning[second.fact]
                ]
                altered = [name for name in either if _state(made[1], name) != self.before[name]]
                yield self._found(stated, *made, altered, together)

    def _reach(self, decision: Decision, names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        before = self.decision
        anew = (name for name, known in decision.known.facts.items() if known is not before.known.facts[name])
        as_they_are = (name for name in names if decision.case(name).tables is before.case(name).tables)
        return frozenset(anew), frozenset(as_they_are)

    def _open_to_both(self, first: StatedFact, second: StatedFact) -> list[str]:
        """Return the authorities of which two changes may make what neither does.

        Where what they make known lies apart, one that leaves an authority's tables as they are adds nothing.
        """
        shared = [name for name in self.turning[first.fact] if name in self.turning[second.fact]]
        if first not in self.reach or second not in self.reach:
            return shared
        (known, left), (also_known, also_left) = self.reach[first], self.reach[second]
        return shared if known & also_known else [name for name in shared if name not in left and name not in also_left]

    def _values(self, fact: str) -> Iterator[StatedFact]:
        """Return each value that the rules tell from what is known of the fact."""
        if fact in self.decision.law.yet_to_come:
            return
        asked = self.decision.law.facts[fact]
        allowed = self.decision.known.allowed[fact]
        for cell in self.cuts.cells(fact, everything_allowed(asked)):
            if isinstance(cell, Range):
                if not all(isinstance(value, Range) and cell.holds(value) for value in allowed):
                    number = cell.nearest(value for value in allowed if isinstance(value, Range))
                    tried = stated_as(fact, [Range(number, number)], HERE)
                    self.alike[tried] = stated_as(fact, [cell], HERE)
                    yield tried
            elif not set(allowed) <= set(cell):
                tried = stated_as(fact, cell[:1], HERE)
                self.alike[tried] = stated_as(fact, cell, HERE)
                yield tried
        stated = self.decision.stated.get(fact)
        if stated is not None and not stated.unknown and asked.kind is not FactKind.ACTIVITY:
            yield StatedFact(fact, HERE, unknown=True)

    def _made(self, stated: Mapping[str, StatedFact]) -> tuple[Mapping[str, StatedFact], Decision] | None:
        """Return what no longer applies and the decision, or None where no world has these facts."""
        dropped = {one.fact: one for change in stated.values() for one in no_longer_apply(change, self.decision)}
        try:
            return dropped, self.decision.restated({**dropped, **stated})
        except AuthcheckError as error:
            if all(diagnostic.code in _FORBIDDEN for diagnostic in error.diagnostics):
                return None
            raise

    def _found(
        self,
        stated: Mapping[str, StatedFact],
        dropped: Mapping[str, StatedFact],
        decision: Decision,
        altered: Sequence[str],
        together: Sequence[str],
    ) -> AlteringChange:
        effects = {name: _effect(self.before[name][0], decision.case(name).verdict) for name in altered}
        main = min((name for name in together if name in self.asked), key=lambda name: RANK[effects[name]])
        alike = {name: self.alike.get(fact, fact) for name, fact in stated.items()}
        # What takes two facts is half as telling of each.
        weight = weight_of_change(self.decision, decision, main, stated) / len(stated)
        return AlteringChange(stated, dropped, decision, effects, tuple(together), main, weight, (alike,))


_FORBIDDEN = frozenset({"facts-contradict", "numbers-differ"})


def _state(decision: Decision, name: str) -> _State:
    case = decision.case(name)
    return case.verdict, case.crux


def _effect(before: Verdict, after: Verdict) -> Effect:
    match before, after:
        case Verdict.NOT_ENGAGED, _:
            return Effect.ENGAGED
        case _, Verdict.NOT_ENGAGED:
            return Effect.DISENGAGED
        case _ if before is after:
            return Effect.DISPUTE_MOVED
        case _, Verdict.UNDETERMINED:
            return Effect.OPENED
        case Verdict.CONTESTED, Verdict.AVAILABLE | Verdict.UNAVAILABLE:
            return Effect.DISPUTE_SETTLED
        case _, Verdict.AVAILABLE:
            return Effect.GAINED
        case _, Verdict.CONTESTED:
            return Effect.DISPUTE_OPENED
        case _, Verdict.SILENT:
            return Effect.SILENCE_MET
        case Verdict.AVAILABLE, _:
            return Effect.LOST
        case _:
            return Effect.SETTLED


def _alike_joined(every: Iterable[AlteringChange]) -> Iterator[AlteringChange]:
    """Return the changes, those of the same facts that do the same as one: the first, with the others beside it."""
    groups: dict[tuple[object, ...], list[AlteringChange]] = {}
    for change in every:
        unknown = any(stated.unknown for stated in change.stated.values())
        states = tuple((name, _state(change.decision, name)) for name in change.effects)
        groups.setdefault((tuple(change.stated), unknown, states), []).append(change)
    for first, *others in groups.values():
        yield replace(first, alike=(*first.alike, *(alike for change in others for alike in change.alike)))


# By what a change counts less for each time that one of its group of facts has been changed before.
_AGAIN = 1 / 4


def _ranked(every: Iterable[AlteringChange], facts: Mapping[str, Fact]) -> Iterator[AlteringChange]:
    """Yield the changes in order of what they teach: no effect a second time before each has come once.

    Of those, what is about the same as one before (an attack, the host nation) teaches less each time.
    """
    left = [
        (
            change,
            (change.main, change.effects[change.main]),
            {facts[name].group for name in change.stated},
            _teaching(change),
        )
        for change in every
    ]
    effects: Counter[tuple[str, Effect]] = Counter()
    groups: Counter[str] = Counter()

    def order(at: int) -> tuple[float, ...]:
        change, effect, about, (little, *teaching) = left[at]
        again = max(groups[group] for group in about)
        return little, effects[effect], -change.weight * _AGAIN**again, *teaching

    while left:
        change, effect, about, _ = left.pop(min(range(len(left)), key=order))
        effects[effect] += 1
        groups.update(about)
        yield change


def _teaching(change: AlteringChange) -> tuple[float, ...]:
    """Return a key by which what matters first comes first, and of that what teaches most.

    Then come few facts, known ones, and few verdicts altered.
    """
    effect = change.effects[change.main]
    unknown = any(stated.unknown for stated in change.stated.values())
    still_open = effect is Effect.DISPUTE_MOVED and change.decision.case(change.main).verdict is Verdict.UNDETERMINED
    little = effect in {Effect.ENGAGED, Effect.DISENGAGED} or still_open or (unknown and len(change.stated) > 1)
    lesson = _LESSON.get(effect, len(_LESSON))
    return little, -change.weight, lesson, len(change.stated), unknown, len(change.effects), RANK[effect]
