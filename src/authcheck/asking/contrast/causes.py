"""Which of the things in which two decisions differ make a verdict differ."""

from __future__ import annotations

import enum
from collections.abc import Collection, Sequence
from dataclasses import replace

from authcheck.decision import Decision
from authcheck.decision.known import KnownFact, Origin
from authcheck.diagnostics import AuthcheckError
from authcheck.frozen import dataclass
from authcheck.model.scenario import StatedFact
from authcheck.model.verdict import Verdict

__all__ = ["Cause", "CauseKind", "Causes", "changes", "fact_words"]


class CauseKind(enum.Enum):
    """What kind of thing differs."""

    DATE = "date"
    UNSTATED = "unstated"
    FACT = "fact"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing in which two sides differ: the date, a fact that one of them states, the readings of a question.

    `id` names the fact or the question; `text` is what it asks.
    """

    kind: CauseKind
    id: str
    text: str
    first: str
    second: str


def changes(first: Decision, second: Decision) -> tuple[Cause, ...]:
    """Return everything in which two decisions on one pack differ, in the order of the pack."""
    found = []
    pack = first.law.whole.pack
    if first.day != second.day:
        found.append(Cause(CauseKind.DATE, "", "", first.day.isoformat(), second.day.isoformat()))
    if first.unstated is not second.unstated:
        found.append(Cause(CauseKind.UNSTATED, "", "", first.unstated.value, second.unstated.value))
    for name, fact in pack.facts.items():
        if _said(first.stated.get(name)) != _said(second.stated.get(name)):
            words = (fact_words(side.known.facts[name]) for side in (first, second))
            found.append(Cause(CauseKind.FACT, name, fact.question, *words))
    for name, question in pack.questions.items():
        admitted = [" or ".join(side.lens_asked.admits[name]) for side in (first, second)]
        if set(first.lens_asked.admits[name]) != set(second.lens_asked.admits[name]):
            found.append(Cause(CauseKind.READINGS, name, question.text, *admitted))
    return tuple(found)


def _said(stated: StatedFact | None) -> object:
    """Return what is said of a fact, wherever it is said; a fact that is not stated is not said to be unknown."""
    if stated is None:
        return None
    return stated.unknown, set(stated.values), set(stated.ranges), stated.date, stated.status


def fact_words(known: KnownFact) -> str:
    """Return what a fact is taken to be, and on what footing where it is not simply given."""
    status = "" if known.stated is None else known.stated.status.value
    if known.origin is not Origin.STATED:
        how = {Origin.DERIVED: "counted", Origin.IMPLIED: "implied", Origin.ASSUMED: "assumed"}.get(known.origin, "")
        status = how or ("" if status == "stipulated" else status)
    return f"{known.said} ({status})" if status not in {"", "stipulated"} else known.said


def _engaged(possible: tuple[Verdict, ...] | None) -> tuple[bool, ...]:
    """Return whether an authority may be engaged, and whether it may not; nothing where there is no situation."""
    if possible is None:
        return ()
    return possible != (Verdict.NOT_ENGAGED,), Verdict.NOT_ENGAGED in possible


class Causes:
    """Finds, for one authority after another, the changes that make its verdict differ."""

    def __init__(self, first: Decision, second: Decision) -> None:
        """Take two decisions on one pack."""
        self.first, self.second = first, second
        self.changes = changes(first, second)
        self._mixed: dict[tuple[bool, frozenset[Cause]], Decision | None] = {}

    def of(self, name: str) -> tuple[Cause, ...]:
        """Return the changes that, exchanged between the sides, exchange the authority's verdict; each is needed.

        One that does it alone comes before several together. Seen from either side they are the same.
        """
        involved = self._involved(name)
        if not self._exchanges(name, involved):
            involved = self.changes
        for cause in involved:
            if self._exchanges(name, [cause]):
                return (cause,)
        kept = list(involved)
        for cause in involved:
            rest = [other for other in kept if other is not cause]
            if self._exchanges(name, rest):
                kept = rest
        return tuple(kept)

    def _involved(self, name: str) -> Sequence[Cause]:
        """Return the changes that can bear on an authority."""
        sides = (self.first, self.second)
        facts = {fact for side in sides for fact in side.law.bearing_on[name]}
        vocabulary = self.first.law.facts
        facts |= {derived.from_date for fact in facts if (derived := vocabulary[fact].derived) is not None}
        questions = {question for side in sides for question in side.case(name).tables.questions}
        bearing = {CauseKind.FACT: facts, CauseKind.READINGS: questions}
        return [change for change in self.changes if change.kind not in bearing or change.id in bearing[change.kind]]

    def _exchanges(self, name: str, taken: Collection[Cause]) -> bool:
        """Whether either side, with these changes taken from the other, has the other's verdict.

        Where one is engaged and the other is not, it is asked no more than that.
        """
        first, second = self.first.case(name).possible, self.second.case(name).possible
        forth, back = self._possible(name, taken, back=False), self._possible(name, taken, back=True)
        if _engaged(first) != _engaged(second):
            return (_engaged(forth), _engaged(back)) == (_engaged(second), _engaged(first))
        return (forth, back) == (second, first)

    def _possible(self, name: str, taken: Collection[Cause], *, back: bool) -> tuple[Verdict, ...] | None:
        key = (back, frozenset(taken))
        try:
            if key not in self._mixed:
                self._mixed[key] = self._mix(taken, back=back)
            mixed = self._mixed[key]
            return None if mixed is None else mixed.case(name).possible
        except AuthcheckError:
            # No situation has the facts of both sides together, or too many are open at once.
            self._mixed[key] = None
            return None

    def _mix(self, taken: Collection[Cause], *, back: bool) -> Decision:
        """Return one side with the changes taken from the other."""
        base, other = (self.second, self.first) if back else (self.first, self.second)
        kinds = {cause.kind for cause in taken}
        stated, admits = dict(base.stated), dict(base.lens_asked.admits)
        for cause in taken:
            if cause.kind is CauseKind.READINGS:
                admits[cause.id] = other.lens_asked.admits[cause.id]
            elif cause.kind is CauseKind.FACT:
                stated.pop(cause.id, None)
                if cause.id in other.stated:
                    stated[cause.id] = other.stated[cause.id]
        return base.on_terms(
            stated,
            (other if CauseKind.UNSTATED in kinds else base).unstated,
            (other if CauseKind.DATE in kinds else base).day,
            replace(base.lens_asked, admits=admits),
        )
