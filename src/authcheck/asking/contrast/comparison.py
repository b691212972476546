"""In what two answers differ, and what causes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from authcheck.answer.answer import (
    Answer,
    AuthorityAnswer,
    CitedPassage,
    ClaimedAnswer,
    Finding,
    FindingUnderReading,
    Kind,
    Outcome,
    Receipt,
    Truths,
    UnmodelledAnswer,
)
from authcheck.answer.findings import Position, positioned
from authcheck.answer.result import ResultType
from authcheck.answer.standing import PowerSupply, Standing, narrowed
from authcheck.asking.contrast.causes import Cause, Causes, fact_words
from authcheck.decision import Decision
from authcheck.decision.known import Origin
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority
from authcheck.model.verdict import DutyState, Verdict

__all__ = [
    "RESULT",
    "SCHEMA",
    "AuthorityComparison",
    "CautionComparison",
    "Compared",
    "Comparison",
    "DutyComparison",
    "FactComparison",
    "FindingComparison",
    "FindingOnSide",
    "PowerComparison",
    "ReasonedStanding",
    "Side",
    "UncountedFact",
    "comparison",
]

SCHEMA = "authcheck.comparison/1"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared."""

    decision: Decision
    answer: Answer


@dataclass(frozen=True, slots=True)
class Compared:
    """What a side is: a scenario, one of its courses of action, and what it was answered from."""

    scenario: str
    title: str
    option: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    claimed: tuple[ClaimedAnswer, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class FactComparison:
    """A fact that is taken to be one thing on one side, and another on the other."""

    question: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class FindingOnSide:
    """What a finding is on one side: as in an answer's tree."""

    outcome: Outcome
    truths: Truths
    by_reading: tuple[FindingUnderReading, ...]


@dataclass(frozen=True, slots=True)
class FindingComparison:
    """A finding that comes out differently; None where the readings of a side leave it out.

    `facts` names the facts that it tests and that differ.
    """

    kind: Kind
    id: str
    ground: str
    text: str
    first: FindingOnSide | None
    second: FindingOnSide | None
    facts: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonedStanding(Standing):
    """What an authority is on one side, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class AuthorityComparison:
    """One authority on both sides. `differs` where its verdict does, or what an undetermined one may become.

    `causes` are the changes that make it differ. `findings` are those whose outcome differs; where they differ on
    whether the authority is engaged at all, or in force, those alone.
    """

    authority: str
    title: str
    differs: bool
    causes: tuple[Cause, ...]
    findings: tuple[FindingComparison, ...]
    first: ReasonedStanding
    second: ReasonedStanding


@dataclass(frozen=True, slots=True)
class PowerComparison:
    """One power on both sides."""

    power: str
    title: str
    differs: bool
    first: PowerSupply
    second: PowerSupply


@dataclass(frozen=True, slots=True)
class DutyComparison:
    """A duty that one side raises, or both; None where it is not raised."""

    duty: str
    authority: str
    text: str
    by: str
    differs: bool
    first: DutyState | None
    first_due: datetime.date | None
    second: DutyState | None
    second_due: datetime.date | None


@dataclass(frozen=True, slots=True)
class CautionComparison:
    """A caution of one side or both: true where it holds, false where it may hold, None where it is not raised."""

    caution: str
    text: str
    differs: bool
    first: bool | None
    second: bool | None


@dataclass(frozen=True, slots=True)
class UncountedFact:
    """A number that would follow from the date, were another date stated: what it is taken to be on both sides.

    `stated` is true where a side states the number, and so has it uncounted. `from_date` names the date to state in
    its place, `counted` asks for it.
    """

    fact: str
    text: str
    first: str
    second: str
    stated: bool
    from_date: str
    counted: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two answers held against each other: every authority and power, and the duties and cautions that they raise.

    `changes` are the things in which the sides differ as they are stated, `facts` all facts that come out
    differently. `uncounted` are the numbers on which an engaged authority turns and which, where the dates differ,
    do not, since the date from which they are counted is not stated.
    """

    schema: str
    first: Compared
    second: Compared
    changes: tuple[Cause, ...]
    facts: Mapping[str, FactComparison]
    uncounted: tuple[UncountedFact, ...]
    authorities: tuple[AuthorityComparison, ...]
    first_relies_on: tuple[str, ...]
    second_relies_on: tuple[str, ...]
    powers: tuple[PowerComparison, ...]
    duties: tuple[DutyComparison, ...]
    cautions: tuple[CautionComparison, ...]
    passages: Mapping[str, CitedPassage]
    disclaimer: str


RESULT = ResultType("comparison", "A comparison of two answers, of authcheck", SCHEMA, Comparison)


def comparison(first: Side, second: Side) -> Comparison:
    """Return in what two answers from one pack differ. Raises AuthcheckError where too many facts are open at once."""
    causes = Causes(first.decision, second.decision)
    facts = dict(_facts(first.decision, second.decision))
    authorities = tuple(_authority(name, first, second, causes, facts) for name in first.answer.authorities)
    cited = {id for authority in authorities for finding in authority.findings for id in finding.passages}
    passages = {**second.answer.passages, **first.answer.passages}
    return Comparison(
        schema=SCHEMA,
        first=_compared(first.answer),
        second=_compared(second.answer),
        changes=causes.changes,
        facts=facts,
        uncounted=tuple(_uncounted(first, second)),
        authorities=authorities,
        first_relies_on=first.answer.relies_on,
        second_relies_on=second.answer.relies_on,
        powers=tuple(_powers(first.answer, second.answer)),
        duties=tuple(_duties(first, second)),
        cautions=tuple(_cautions(first, second)),
        passages={id: passages[id] for id in sorted(cited)},
        disclaimer=first.answer.disclaimer,
    )


def _compared(answer: Answer) -> Compared:
    return Compared(answer.scenario, answer.title, answer.option, answer.unmodelled, answer.claimed, answer.receipt)


def _facts(first: Decision, second: Decision) -> Iterator[tuple[str, FactComparison]]:
    for name, fact in first.known.facts.items():
        other = second.known.facts[name]
        if (fact.allowed, fact.date) != (other.allowed, other.date):
            yield name, FactComparison(fact.fact.question, fact_words(fact), fact_words(other))


def _uncounted(first: Side, second: Side) -> Iterator[UncountedFact]:
    if first.decision.day == second.decision.day:
        return
    engaged = [
        name
        for name in first.answer.verdicts
        if {first.answer.verdicts[name], second.answer.verdicts[name]} != {Verdict.NOT_ENGAGED}
    ]
    laws = [side.decision.law for side in (first, second)]
    bearing = {fact for name in engaged for law in laws for fact in law.bearing_on[name]}
    facts = laws[0].pack.facts
    for name, fact in facts.items():
        known = [side.decision.known.facts[name] for side in (first, second)]
        if fact.derived is not None and name in bearing and all(taken.origin is not Origin.DERIVED for taken in known):
            start = facts[fact.derived.from_date]
            stated = any(taken.stated is not None for taken in known)
            one, other = map(fact_words, known)
            yield UncountedFact(name, fact.question, one, other, stated, start.fact, start.question)


def _authority(
    name: str, first: Side, second: Side, causes: Causes, facts: Mapping[str, FactComparison]
) -> AuthorityComparison:
    one, other = first.answer.authorities[name], second.answer.authorities[name]
    differs = one.possible != other.possible
    return AuthorityComparison(
        authority=name,
        title=one.title,
        differs=differs,
        causes=causes.of(name) if differs else (),
        findings=tuple(_outermost(_changed(first, second, name, facts), one, other)),
        first=ReasonedStanding(one.verdict, one.possible, one.hedges, one.in_effect, one.reason),
        second=ReasonedStanding(other.verdict, other.possible, other.hedges, other.in_effect, other.reason),
    )


def _outermost(
    changed: Iterable[FindingComparison], authority: AuthorityAnswer, other: AuthorityAnswer
) -> list[FindingComparison]:
    """Return what decides of the findings that changed: the first kind in which any did."""
    found = list(changed)
    asked = [Kind.GOVERNS, Kind.IN_FORCE]
    if Verdict.NOT_ENGAGED in {*authority.possible, *other.possible}:
        asked.insert(1, Kind.DISPLACEMENT)
    for kind in asked:
        if deciding := [finding for finding in found if finding.kind is kind]:
            return deciding
    inner = [finding for finding in found if finding.kind in {Kind.ELEMENT, Kind.EXCEPTION}]
    return inner or [finding for finding in found if finding.kind is Kind.GROUND]


def _changed(first: Side, second: Side, name: str, facts: Mapping[str, FactComparison]) -> Iterator[FindingComparison]:
    """Return the findings of an authority's trees whose outcome differs, in the order of the authority's file."""
    here, there = (dict(positioned(side.answer.authorities[name].tree)) for side in (first, second))
    for key in _positions(first.decision.law.whole.pack.authorities[name]):
        one, other = here.get(key), there.get(key)
        either = one or other
        if either is None or _held(one) == _held(other):
            continue
        tested = {fact for finding in (one, other) if finding is not None for fact in _tested(finding)}
        yield FindingComparison(
            kind=either.kind,
            id=either.id,
            ground=key[0],
            text=either.text,
            first=_held(one),
            second=_held(other),
            facts=tuple(fact for fact in facts if fact in tested),
            # What its passages speak of may be at hand on one side alone.
            passages=max((finding.passages for finding in (one, other) if finding is not None), key=len),
        )


def _held(finding: Finding | None) -> FindingOnSide | None:
    return None if finding is None else FindingOnSide(finding.outcome, finding.truths, finding.by_reading)


def _tested(finding: Finding) -> Iterator[str]:
    yield from finding.facts
    for part in finding.parts:
        yield from _tested(part)


def _positions(authority: Authority) -> Iterator[Position]:
    """Return the positions of an authority's findings in the order of its file."""
    yield "", Kind.GOVERNS, "governs"
    yield from (("", Kind.DISPLACEMENT, displacement.text) for displacement in authority.displaced_by)
    yield "", Kind.IN_FORCE, "in-force"
    yield from (("", Kind.EXCEPTION, exception.exception) for exception in authority.exceptions)
    for ground in authority.grounds:
        yield ground.ground, Kind.GROUND, ground.ground
        yield from ((ground.ground, Kind.ELEMENT, element.element) for element in ground.elements)
        yield from ((ground.ground, Kind.EXCEPTION, exception.exception) for exception in ground.exceptions)


def _powers(first: Answer, second: Answer) -> Iterator[PowerComparison]:
    for name, power in first.powers.items():
        standings = [narrowed(PowerSupply, side) for side in (power, second.powers[name])]
        yield PowerComparison(name, power.title, standings[0] != standings[1], *standings)


def _duties(first: Side, second: Side) -> Iterator[DutyComparison]:
    here, there = ({(duty.authority, duty.duty): duty for duty in side.answer.duties} for side in (first, second))
    for name, authority in first.decision.law.whole.pack.authorities.items():
        for duty in authority.duties:
            one, other = here.get((name, duty.duty)), there.get((name, duty.duty))
            if one is None and other is None:
                continue
            held = [(None, None) if answer is None else (answer.state, answer.due) for answer in (one, other)]
            yield DutyComparison(duty.duty, name, duty.text, duty.by, held[0] != held[1], *held[0], *held[1])


def _cautions(first: Side, second: Side) -> Iterator[CautionComparison]:
    here, there = ({caution.caution: caution.holds for caution in side.answer.cautions} for side in (first, second))
    for name, caution in first.decision.law.whole.pack.cautions.items():
        if name in here or name in there:
            one, other = here.get(name), there.get(name)
            yield CautionComparison(name, caution.text, one is not other, one, other)
