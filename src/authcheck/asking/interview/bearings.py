"""Why a fact is asked: on which needs, engagements, elements and exceptions it bears."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

from authcheck.asking.interview.asking import Interview, deciding
from authcheck.decision.decision import Case, Decision
from authcheck.decision.verdicts import conditions_of
from authcheck.evaluation.truth import Setting, Table, element_table, ground_table, table
from authcheck.evaluation.worlds import facts_of
from authcheck.frozen import dataclass
from authcheck.model.authority import Element, Ground
from authcheck.model.verdict import Verdict

__all__ = ["Bearing", "BearingKind", "bearings"]


class BearingKind(enum.Enum):
    """On what a fact bears."""

    NEED = "need"
    ENGAGEMENT = "engagement"
    DISPLACEMENT = "displacement"
    ELEMENT = "element"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Bearing:
    """One thing that an answer may settle: `text` says it, `passage` is the first quoted passage behind it.

    `power` or `authority` says of what; `ground` is the title of the ground in which an element or exception
    stands; `readings` of the contested `question` are those on which it turns on the fact; `through` is the fact
    that the rule tests, where another answer only implies it.
    """

    kind: BearingKind
    text: str
    power: str = ""
    authority: str = ""
    ground: str = ""
    question: str = ""
    readings: tuple[str, ...] = ()
    through: str = ""
    passage: str = ""


def bearings(interview: Interview) -> tuple[Bearing, ...]:
    """Return on what the fact that is asked bears: powers first, then the authorities in the order of the pack."""
    assert interview.asking is not None  # Invariant: why is asked of a question.
    name, decision = interview.asking.fact.fact, interview.decision
    found = [
        Bearing(BearingKind.NEED, power.meaning, power=power.power, passage=_first_quoted(power.cite, decision))
        for power in decision.law.pack.powers.values()
        if name in deciding(power, decision)
    ]
    undetermined = [case for case in decision.cases.values() if case.verdict is Verdict.UNDETERMINED]
    # What decides whether another fact applies bears on what that fact bears on.
    gated = {fact.fact for fact in decision.law.facts.values() if fact.only_if and name in facts_of([fact.only_if])}
    touched = [case for case in undetermined if not {name, *gated}.isdisjoint(case.still_needed)]
    for case in touched if touched or found else undetermined:
        tested = facts_of(conditions_of(case.authority))
        tied = [name] if name in tested else [other for other in decision.law.facts.tied[name] if other in tested]
        for fact in tied:
            found.extend(_Turning(fact, "" if fact == name else fact, case, decision).bearings())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Turning:
    """What of one open authority turns on one fact that its rules test."""

    fact: str
    through: str
    case: Case
    decision: Decision

    @property
    def settings(self) -> tuple[Setting, ...]:
        return tuple(self.case.tables.setting(combination) for combination in self.case.combinations)

    def turns(self, tables: Iterable[Table]) -> bool:
        worlds = self.case.tables.worlds
        return any(worlds.flips(self.fact, (asked.true, asked.false)) for asked in tables)

    def bearings(self) -> Iterator[Bearing]:
        authority = self.case.authority
        settings = self.settings
        if self.turns([table(authority.governs, settings[0])]):
            yield self.found(BearingKind.ENGAGEMENT, authority.governs_text, ())
        for displacement in authority.displaced_by:
            if self.turns(
                table(displacement.when, setting) for setting in settings if setting.exists(displacement.only_on)
            ):
                yield self.found(BearingKind.DISPLACEMENT, displacement.text, displacement.cite)
        for ground in authority.grounds:
            # A ground that can no longer hold turns on nothing.
            alive = [setting for setting in settings if self.may_hold(ground, setting)]
            for element in ground.elements:
                yield from self.element(element, ground, alive)
            for exception in ground.exceptions:
                if self.turns(table(exception.when, setting) for setting in alive):
                    yield self.found(BearingKind.EXCEPTION, exception.text, exception.cite, ground.title)
        for exception in authority.exceptions:
            if self.turns(table(exception.when, setting) for setting in settings):
                yield self.found(BearingKind.EXCEPTION, exception.text, exception.cite)

    def may_hold(self, ground: Ground, setting: Setting) -> bool:
        holds = ground_table(ground, setting)
        return bool(self.case.mask & ~holds.false)

    def element(self, element: Element, ground: Ground, settings: Iterable[Setting]) -> Iterator[Bearing]:
        on = [setting for setting in settings if self.turns([element_table(element, setting)])]
        if on:
            readings = (
                tuple(dict.fromkeys(reading.readings[element.question] for reading in on)) if element.question else ()
            )
            asked = self.decision.law.pack.questions[element.question].readings if element.question else {}
            said = {passage for name in readings for passage in asked[name].cite}
            # The words of the readings on which it turns come first.
            cite = tuple(sorted(element.cite, key=lambda passage: passage not in said))
            yield self.found(BearingKind.ELEMENT, element.text, cite, ground.title, element.question, readings)

    def found(
        self,
        kind: BearingKind,
        text: str,
        cite: tuple[str, ...],
        ground: str = "",
        question: str = "",
        readings: tuple[str, ...] = (),
    ) -> Bearing:
        return Bearing(
            kind,
            text,
            authority=self.case.authority.authority,
            ground=ground,
            question=question,
            readings=readings,
            through=self.through,
            passage=_first_quoted(cite, self.decision),
        )


def _first_quoted(cite: Iterable[str], decision: Decision) -> str:
    """Return the first passage whose words are at hand, else the first, else nothing."""
    passages = list(cite)
    return next(
        (passage for passage in passages if decision.law.pack.passages[passage].quote), next(iter(passages), "")
    )
