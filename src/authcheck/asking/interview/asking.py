"""What has been answered, and which open fact is asked next.

While an interview lasts, every fact that has not been answered is open: nothing is assumed that has not been asked.
A fact *can matter* where two of its values, with the same values for some of the other open facts, leave different
verdicts possible on an authority, or differ in whether a power is needed. No other fact is asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from authcheck.answer.needed import NeededFact, awaited, needed_facts
from authcheck.decision.decision import Decision
from authcheck.decision.known import KnownFact, Origin, everything_allowed
from authcheck.diagnostics import Place
from authcheck.evaluation.worlds import Worlds, constrained, facts_of, is_known
from authcheck.frozen import dataclass
from authcheck.model.condition import Test
from authcheck.model.fact import Fact, FactKind, FactType
from authcheck.model.pack import Power
from authcheck.model.scenario import StatedFact, stated_as
from authcheck.model.verdict import Need, Verdict

__all__ = ["HERE", "AskedFact", "Exchange", "Interview", "Progress", "begin", "deciding", "progress"]

HERE = Place("the interview")
"""Where an answer is stated, until it stands in a file."""


@dataclass(frozen=True, slots=True)
class AskedFact:
    """The fact to ask next: the values that are offered, and what it is taken to be if it is skipped."""

    fact: Fact
    values: tuple[bool | str, ...]
    if_skipped: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One fact that has been asked, and the answer; None where it was skipped."""

    fact: str
    stated: StatedFact | None


@dataclass(frozen=True, slots=True)
class Interview:
    """What has been answered, and what follows.

    `written` is what the scenario comes to that states the answers; `decision` is the same with every other fact
    open, but for those skipped, which are what the scenario takes them for. `open_facts` are the facts that can
    matter and have not been asked; `asking` is the one to ask next, None at the end.
    """

    steps: tuple[Exchange, ...]
    written: Decision
    decision: Decision
    open_facts: tuple[str, ...]
    asking: AskedFact | None
    before: Interview | None = None

    def stated(self, answer: StatedFact) -> Interview:
        """Return the interview with the fact that is asked stated so.

        Raises AuthcheckError where the answer contradicts what is stated already.
        """
        written = self.written.restated({answer.fact: answer})
        return _interview((*self.steps, Exchange(answer.fact, answer)), written, self)

    def not_known(self) -> Interview:
        """Return the interview with the fact that is asked stated to be unknown."""
        return self.stated(self._left_open(self._name))

    def skipped(self) -> Interview:
        """Return the interview with the fact that is asked left unstated."""
        return _interview((*self.steps, Exchange(self._name, None)), self.written, self)

    @property
    def _name(self) -> str:
        assert self.asking is not None  # Invariant: answers are given to questions.
        return self.asking.fact.fact

    @property
    def facts(self) -> Mapping[str, StatedFact]:
        """The facts of the scenario that the interview comes to, in the order of the vocabulary.

        What can still matter and has not been asked is stated to be unknown, where it would be assumed otherwise, or
        would follow from what is.
        """
        known, now = self.written.known, self.decision.known
        unknown = {
            name: self._left_open(name)
            for name in self.open_facts
            if known.facts[name].origin is Origin.ASSUMED or known.allowed[name] != now.allowed[name]
        }
        stated = {**self.written.stated, **unknown}
        return {name: stated[name] for name in self.written.law.facts if name in stated}

    def _left_open(self, name: str) -> StatedFact:
        """Return the fact as unknown; or, where something was skipped, as one of the values that this leaves.

        What a skipped fact is assumed to be would give way to the others.
        """
        allowed = self.decision.known.allowed[name]
        if allowed == everything_allowed(self.decision.law.facts[name]) or all(step.stated for step in self.steps):
            return StatedFact(name, HERE, unknown=True)
        return stated_as(name, allowed, HERE)


def begin(start: Decision) -> Interview:
    """Return the interview about what is open in a scenario. What it states to be unknown is asked too."""
    return _interview((), start, None)


def _interview(steps: tuple[Exchange, ...], written: Decision, before: Interview | None) -> Interview:
    asked = _asked(steps, written)
    decision = _opened(written, {step.fact for step in steps if step.stated is None})
    facts = decision.law.facts
    mattering = {name for name in _mattering(decision) - asked if not facts[name].narrative}
    askable = {able for name in mattering for able in _askable(name, mattering, asked, decision)}
    name = _next([name for name in facts if name in askable], decision, steps[-1].fact if steps else "")
    asking = _open_fact(facts[name], decision, written.known.facts[name]) if name else None
    open_facts = tuple(name for name in facts if name in mattering | askable)
    return Interview(steps, written, decision, open_facts, asking, before)


def _asked(steps: tuple[Exchange, ...], written: Decision) -> set[str]:
    """Return the facts that are not asked again: those that have been, and those that are stated."""
    return {*(step.fact for step in steps), *(name for name, fact in written.stated.items() if not fact.unknown)}


def _opened(written: Decision, skipped: set[str]) -> Decision:
    """Return the decision in which nothing is assumed but what was skipped."""
    more = {}
    for name, known in written.known.facts.items():
        if name in skipped and known.origin is Origin.ASSUMED:
            more[name] = stated_as(name, known.allowed, HERE)
        # A number that is derived from a stated date is known; no condition tests a date itself.
        elif name not in written.stated and known.origin is not Origin.DERIVED and known.fact.type is not FactType.DATE:
            more[name] = StatedFact(name, HERE, unknown=True)
    return written.restated(more)


def _mattering(decision: Decision) -> set[str]:
    """Return the facts on which a verdict or a need still turns."""
    needs = (deciding(power, decision) for power in decision.law.pack.powers.values())
    return {name for names in (*(case.still_needed for case in decision.cases.values()), *needs) for name in names}


def deciding(power: Power, decision: Decision) -> tuple[str, ...]:
    """Return the facts that decide, alone or together, whether a power is needed; none where that is settled."""
    worlds, needed = _need(power, decision)
    if needed in {0, worlds.possible}:
        return ()
    return worlds.turning((needed, worlds.possible & ~needed))


def _need(power: Power, decision: Decision) -> tuple[Worlds, int]:
    """Return the worlds of a power's need, and those in which it is needed."""
    worlds, when = decision.circumstances.table(power.needed_when)
    return worlds, worlds.possible & when.true


def _askable(name: str, mattering: set[str], asked: set[str], decision: Decision) -> Iterator[str]:
    """Return the fact; or, where it is not certain that it applies, what decides that and has not been asked."""
    condition = decision.law.facts[name].only_if
    if condition is None:
        yield name
        return
    worlds, applies = decision.circumstances.table(condition)
    if not worlds.possible & ~applies.true:
        yield name
        return
    itself = _turns_on(name, decision)
    for other in worlds.names:
        # What decides whether it applies can matter where it can do so itself, and not only by what it implies.
        if other not in asked and (other in mattering or (itself and worlds.flips(other, (applies.true,)))):
            yield other


def _turns_on(name: str, decision: Decision) -> bool:
    """Whether two worlds that differ in the fact alone differ in a verdict or a need."""
    told: list[tuple[Worlds, tuple[int, ...]]] = [
        (case.tables.worlds, case.agreed.worlds) for case in decision.cases.values()
    ]
    needs = (_need(power, decision) for power in decision.law.pack.powers.values())
    told += [(worlds, (needed,)) for worlds, needed in needs]
    return any(name in worlds.dimensions and worlds.flips(name, truths) for worlds, truths in told)


def _next(candidates: Sequence[str], decision: Decision, last: str) -> str:
    """Return the fact to ask next, or nothing.

    Until some power is known to be needed, it is the first on which such a need turns, or from which it follows.
    Then comes the subject (the group) of the fact that matters first, which is asked to its end in the order of the
    vocabulary: first what bears on the needed powers that are open, and then the rest.
    """
    facts, powers = decision.law.facts, decision.law.pack.powers.values()
    if all(power.needed is not Need.NEEDED for power in decision.powers.values()):
        needs = {name for power in powers for name in deciding(power, decision)}
        for name in candidates:
            if name in needs or not needs.isdisjoint(facts_of(facts[name].implies.values())):
                return name
    begun = [last] if last and facts[last].kind is not FactKind.ACTIVITY else []
    undetermined = [name for name, case in decision.cases.items() if case.verdict is Verdict.UNDETERMINED]
    for authorities in (awaited(decision), undetermined):
        useful = [fact for fact in needed_facts(decision, authorities) if fact.fact in candidates]
        ripe = [fact for fact in useful if _is_ripe(fact, decision)] or useful
        names = [fact.fact for fact in ripe]
        subjects = [facts[fact].group for fact in (*begun, *names)]
        for subject, name in itertools.product(subjects, candidates):
            if name in names and facts[name].group == subject:
                return _first_of(name, ripe, decision)
    return next(iter(candidates), "")


def _is_ripe(needed: NeededFact, decision: Decision) -> bool:
    """Whether a fact bears on an authority that is engaged, or on whether one is: all else may be asked in vain."""
    for name, possible in needed.before.items():
        governing = facts_of([decision.law.pack.authorities[name].governs])
        if Verdict.NOT_ENGAGED not in possible or needed.fact in constrained(governing, decision.law.facts):
            return True
    return False


def _first_of(name: str, ripe: Sequence[NeededFact], decision: Decision) -> str:
    """Return the fact; or one that settles no less, and of which a value says what the fact is."""
    (asked,) = (fact for fact in ripe if fact.fact == name)
    for other in ripe:
        follows = any(
            isinstance(fact, Test) and fact.fact == name for fact in decision.law.facts[other.fact].implies.values()
        )
        if follows and all(other.settling.get(fact, 0) >= share for fact, share in asked.settling.items()):
            return other.fact
    return name


def _open_fact(fact: Fact, decision: Decision, written: KnownFact) -> AskedFact:
    allowed = decision.known.allowed[fact.fact]
    # A choice that applies is not offered the value for not applying.
    never = fact.absent if fact.only_if is not None and fact.type is FactType.CHOICE else None
    values = tuple(option for option in fact.options if option in allowed and option != never)
    return AskedFact(fact, values, written.said if written.origin is Origin.ASSUMED else "unknown")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many authorities have a definite verdict, of how many, and what the last answer did.

    `newly` are the verdicts that it settled; `closer` gives, for each authority that it narrowed, how many facts can
    still change the verdict, fewest first. At most `left` questions are to come.
    """

    settled: int
    total: int
    newly: Mapping[str, Verdict]
    closer: Mapping[str, int]
    left: int


def progress(interview: Interview) -> Progress:
    """Return how far the interview has come."""
    cases = interview.decision.cases
    before = cases if interview.before is None else interview.before.decision.cases
    definite = {name: case.verdict for name, case in cases.items() if case.verdict is not Verdict.UNDETERMINED}
    closer = {
        name: len(case.still_needed)
        for name, case in cases.items()
        if name not in definite
        and (case.possible, case.still_needed) != (before[name].possible, before[name].still_needed)
    }
    return Progress(
        len(definite),
        len(cases),
        {name: verdict for name, verdict in definite.items() if verdict is not before[name].verdict},
        dict(sorted(closer.items(), key=lambda one: one[1])),
        _most_to_come(interview),
    )


def _most_to_come(interview: Interview) -> int:
    """Return how many facts can matter, or may come to matter by what constraints tie them to."""
    decision = interview.decision
    facts = decision.law.facts
    mattering = {*interview.open_facts, *_mattering(decision)}
    tied = {other for name in mattering for other in facts.tied[name]}
    left = {name for name in tied if not facts[name].narrative and not is_known(decision.known.allowed[name])}
    return len(left - _asked(interview.steps, interview.written))
