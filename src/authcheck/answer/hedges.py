"""Which of the sources' own hedges belong to a verdict: those of the parts that carry it.

An available authority is carried by the grounds that hold, an unavailable one by what fails its grounds. A silent one
says nothing that a hedge could limit, but for what the words of the silence themselves quote. Where something else
carries the verdict without a hedge, it needs none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from authcheck.answer.inference import rests_on_inference
from authcheck.decision.decision import Case, Decision
from authcheck.decision.verdicts import AuthorityTables, Combination
from authcheck.evaluation.truth import element_table, ground_table, rule_of, table
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority, Element, Ground
from authcheck.model.pack import Pack
from authcheck.model.question import Reading
from authcheck.model.verdict import Verdict

__all__ = [
    "Hedge",
    "hedges_by_authority",
    "hedges_of",
    "hedges_of_power",
    "own_hedges",
    "parts_hedged",
    "said_by",
]


@dataclass(frozen=True, slots=True)
class Hedge:
    """The words with which a source limits how sure it is, and the passages in which they stand."""

    words: str
    passages: tuple[str, ...]


class _Spoken(Protocol):
    """A passage, of which it is known who says it."""

    @property
    def speaker(self) -> str:
        """Who says it."""


@dataclass(frozen=True, slots=True)
class _Carrier:
    """A part in the worlds in which it carries a verdict, and each of its hedges in those in which it has it."""

    worlds: int
    hedged: tuple[tuple[int, Hedge], ...]


def hedges_of(case: Case, combinations: Iterable[Combination] | None = None) -> tuple[Hedge, ...]:
    """Return the hedges of an authority's verdict under these choices of readings, by default all that are admitted."""
    return case.once(_hedges) if combinations is None else _hedges_under(case, combinations)


def _hedges(case: Case) -> tuple[Hedge, ...]:
    return _hedges_under(case, case.combinations)


def _hedges_under(case: Case, combinations: Iterable[Combination]) -> tuple[Hedge, ...]:
    pack = case.law.pack
    if next(parts_hedged(case.authority, pack), None) is None:
        return ()
    return _merged(hedge for one in combinations for hedge in _Hedges(case.tables, one, pack).found(case.mask))


def said_by(
    hedges: Iterable[Hedge], names: Collection[str], cited: Collection[str], passages: Mapping[str, _Spoken]
) -> tuple[Hedge, ...]:
    """Return those of the hedges that these speakers said, or that stand in what their own readings cite.

    A verdict that is given to a holder has no other: what somebody else says limits nothing of his.
    """
    theirs = (
        (hedge.words, tuple(one for one in hedge.passages if one in cited or passages[one].speaker in names))
        for hedge in hedges
    )
    return tuple(Hedge(words, found) for words, found in theirs if found)


def own_hedges(hedges: Iterable[Hedge], readings: Mapping[str, str], pack: Pack) -> tuple[Hedge, ...]:
    """Return those of the hedges that are said by who holds one of these readings, each of its question."""
    chosen = (pack.questions[question].readings[reading] for question, reading in readings.items())
    # What this pack infers nobody says, whoever is cited for it.
    views = [view for view in chosen if not view.inferred]
    names = {pack.holders[holder].name for view in views for holder in view.holders}
    return said_by(hedges, names, {passage for view in views for passage in view.cite}, pack.passages)


def hedges_by_authority(decision: Decision) -> dict[str, tuple[Hedge, ...]]:
    """Return the hedges of every verdict that has any."""
    found = {name: hedges_of(case) for name, case in decision.cases.items()}
    return {name: hedges for name, hedges in found.items() if hedges}


def hedges_of_power(name: str, decision: Decision) -> tuple[Hedge, ...]:
    """Return the hedges of a power's verdict: those of the sources that carry it, and of the means that are used.

    One source that makes it available without a hedge, and without an inference of the pack, is enough.
    """
    return decision.of_power(_hedges_of_power, name) if decision.power(name).possible else ()


def _hedges_of_power(name: str, decision: Decision) -> tuple[Hedge, ...]:
    pack, possible = decision.law.pack, decision.power(name).possible
    bearing = [
        decision.case(authority.authority)
        for authority in decision.law.involved[name]
        if name in authority.means_for or decision.may_supply(authority, name)
    ]
    engaged = [case for case in bearing if case.verdict is not Verdict.NOT_ENGAGED]
    sources = [case for case in engaged if decision.may_supply(case.authority, name)]
    carrying = [case for case in sources if case.verdict is not Verdict.UNAVAILABLE] or sources
    # What is open and not raised at all lends its hedges to nothing that is.
    raised = [
        one for one in carrying if one.verdict is not Verdict.UNDETERMINED or not decision.is_unraised(one.authority)
    ]
    carrying = raised or carrying
    if possible == (Verdict.AVAILABLE,):
        carrying = [case for case in sources if case.verdict is Verdict.AVAILABLE] or carrying
    if possible == (Verdict.SILENT,):
        # What is silent only where the power is needed says nothing of it that a hedge of another verdict limits.
        carrying = [case for case in carrying if case.verdict is Verdict.SILENT]
    each = [(*hedges_of(case), *_of_supply(case, name, pack)) for case in carrying]
    barred = possible == (Verdict.UNAVAILABLE,) and any(case.verdict is not Verdict.UNAVAILABLE for case in sources)
    sure = (not hedges and not rests_on_inference(case) for case, hedges in zip(carrying, each, strict=True))
    if barred or (possible == (Verdict.AVAILABLE,) and any(sure)):
        each = []
    each.extend(hedges_of(case) for case in engaged if name in case.authority.means_for)
    return _merged(hedge for hedges in each for hedge in hedges)


def parts_hedged(authority: Authority, pack: Pack) -> Iterator[Hedge]:
    """Return every hedge of the parts on which the authority's verdict, or what it supplies, may rest."""
    for exception in authority.exceptions:
        yield from _hedge(exception.hedge, exception.cite, pack)
    for supply in authority.supplies:
        yield from _hedge(supply.hedge, supply.cite, pack)
        yield from _of_questions(supply.only_on, pack)
    for ground in authority.grounds:
        yield from _hedge(ground.hedge, _cited_in(ground), pack)
        yield from _of_questions(ground.only_on, pack)
        for exception in ground.exceptions:
            yield from _hedge(exception.hedge, exception.cite, pack)
        for element in ground.elements:
            for rule in element.rules:
                yield from _hedge(rule.hedge, _cited_by(element, pack), pack)
                yield from _hedge(rule.hedge_unmet, _cited_by(element, pack), pack)
            yield from _of_questions([element.question] if element.question else (), pack)


def _of_questions(questions: Iterable[str], pack: Pack) -> Iterator[Hedge]:
    for question in questions:
        for reading in pack.questions[question].readings.values():
            yield from _hedge(reading.hedge, reading.cite, pack)
            yield from _hedge(reading.hedge_unmet, reading.cite, pack)


def _of_supply(case: Case, power: str, pack: Pack) -> Iterator[Hedge]:
    """Return the hedges of what it supplies; what is silent, or supplies nothing, has none."""
    supplies = case.authority.supplies if case.verdict not in {Verdict.SILENT, Verdict.UNAVAILABLE} else ()
    for supply in supplies:
        if supply.power == power:
            yield from _hedge(supply.hedge, supply.cite, pack)


def _hedge(words: str, cite: Iterable[str], pack: Pack) -> tuple[Hedge, ...]:
    """Return the hedge with the passages in which it stands, in order; none where there are no words."""
    if not words:
        return ()
    return (Hedge(words, tuple(dict.fromkeys(one for one in cite if words in pack.passages[one].quote))),)


def _cited_by(element: Element, pack: Pack) -> tuple[str, ...]:
    readings = pack.questions[element.question].readings.values() if element.question else ()
    return (*element.cite, *(passage for reading in readings for passage in reading.cite))


def _cited_in(ground: Ground) -> tuple[str, ...]:
    return (*ground.cite, *(passage for element in ground.elements for passage in element.cite))


def _merged(hedges: Iterable[Hedge]) -> tuple[Hedge, ...]:
    """Return the hedges, those of the same words as one."""
    found: dict[str, dict[str, None]] = {}
    for hedge in hedges:
        found.setdefault(hedge.words, {}).update(dict.fromkeys(hedge.passages))
    return tuple(Hedge(words, tuple(passages)) for words, passages in found.items())


class _Hedges:
    """Finds the hedges of one authority under one choice of readings."""

    def __init__(self, tables: AuthorityTables, combination: Combination, pack: Pack) -> None:
        self.authority = tables.authority
        self.setting = tables.setting(combination)
        self.everything = tables.worlds.everything
        self.split = tables.split(combination)
        self.combination = combination
        self.pack = pack

    def found(self, mask: int) -> Iterator[Hedge]:
        """Return the hedges of the verdicts that occur within the mask."""
        if self.authority.authority not in self.setting.in_force:
            return
        available, silent, failed = (
            worlds & mask for worlds in (self.split.available, self.split.silent, self.split.unavailable)
        )
        grounds = [ground for ground in self.authority.grounds if self.setting.exists(ground.only_on)]
        if available:
            yield from _unless_sure([self._holding(ground) for ground in grounds], available)
        if silent:
            yield from _unless_sure([self._silent(ground) for ground in grounds], silent)
        for ground in self.authority.grounds if failed else ():
            yield from _unless_sure([*self._failing(ground)], failed)

    def _holding(self, ground: Ground) -> _Carrier:
        return self._carrier(ground_table(ground, self.setting).true, self._of_ground(ground))

    def _silent(self, ground: Ground) -> _Carrier:
        """Return a ground where it does not fail, with the hedges that its silences quote."""
        quoted = tuple(
            (element_table(element, self.setting).silent(self.everything), hedge)
            for element in ground.elements
            if (rule := rule_of(element, self.setting)) is not None
            for hedge in self._of_element(element, unmet=True)
            if hedge.words in rule.silence
        )
        return _Carrier(self.everything & ~ground_table(ground, self.setting).false, quoted)

    def _failing(self, ground: Ground) -> Iterator[_Carrier]:
        """Return everything that may fail a ground."""
        for question, readings in ground.only_on.items():
            if self.combination[question] not in readings:
                reading = self._reading(question)
                yield self._carrier(self.everything, _hedge(reading.hedge_unmet, reading.cite, self.pack))
                return
        for element in ground.elements:
            yield self._carrier(element_table(element, self.setting).false, self._of_element(element, unmet=True))
        for exception in (*ground.exceptions, *self.authority.exceptions):
            hedge = _hedge(exception.hedge, exception.cite, self.pack)
            yield self._carrier(table(exception.when, self.setting).true, hedge)

    def _carrier(self, worlds: int, hedges: Iterable[Hedge]) -> _Carrier:
        return _Carrier(worlds, tuple((self.everything, hedge) for hedge in hedges))

    def _of_ground(self, ground: Ground) -> Iterator[Hedge]:
        yield from _hedge(ground.hedge, _cited_in(ground), self.pack)
        for reading in map(self._reading, ground.only_on):
            yield from _hedge(reading.hedge, reading.cite, self.pack)
        for element in ground.elements:
            yield from self._of_element(element, unmet=False)

    def _of_element(self, element: Element, *, unmet: bool) -> Iterator[Hedge]:
        rule = rule_of(element, self.setting)
        words = "" if rule is None else rule.hedge_unmet if unmet else rule.hedge
        if words or not element.question:
            yield from _hedge(words, _cited_by(element, self.pack), self.pack)
        elif rule is not None or not unmet:
            # A reading that does not ask for the element is what lets the ground do without it.
            reading = self._reading(element.question)
            yield from _hedge(reading.hedge_unmet if unmet else reading.hedge, reading.cite, self.pack)

    def _reading(self, question: str) -> Reading:
        return self.pack.questions[question].readings[self.combination[question]]


def _unless_sure(carriers: Iterable[_Carrier], within: int) -> Iterator[Hedge]:
    """Return the hedges of what carries a verdict, in the worlds in which nothing carries it without one."""
    found = tuple(carriers)
    left = within
    for carrier in found:
        sure = carrier.worlds
        for worlds, _ in carrier.hedged:
            sure &= ~worlds
        left &= ~sure
    for carrier in found:
        for worlds, hedge in carrier.hedged:
            if left & carrier.worlds & worlds:
                yield hedge
