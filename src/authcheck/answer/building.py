"""What a scenario comes to, put into an answer: reasons, readings, passages and the receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias
from weakref import WeakKeyDictionary

from authcheck.answer.answer import (
    SCHEMA,
    Answer,
    Assumption,
    Attention,
    AuthorityAnswer,
    CautionAnswer,
    CitedPassage,
    ClaimedAnswer,
    ClockAnswer,
    Dispute,
    DutyAnswer,
    FactAnswer,
    GapNote,
    OptionAnswer,
    PowerAnswer,
    ReadingText,
    Receipt,
)
from authcheck.answer.asked import asked_facts
from authcheck.answer.cannot_know import cannot_know
from authcheck.answer.claimed import claims_beside
from authcheck.answer.clocks import clocks_of
from authcheck.answer.duties import Duties
from authcheck.answer.hedges import hedges_by_authority, hedges_of_power
from authcheck.answer.inference import inference_of
from authcheck.answer.needed import is_raised, needed_facts
from authcheck.answer.parts import part_of
from authcheck.answer.reasons import (
    power_left_out,
    power_readings,
    reason,
    rests_on,
    unsettled,
)
from authcheck.answer.understood import understood
from authcheck.answer.unmodelled import apart_from, unmodelled_of
from authcheck.decision.decision import Case, Decision, LawOfTheDay
from authcheck.decision.known import KnownFact, Origin
from authcheck.decision.powers import PowerVerdict
from authcheck.decision.verdicts import single_verdict
from authcheck.model.condition import Truth
from authcheck.model.fact import FactKind
from authcheck.model.pack import Pack, Power
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Need, Verdict

__all__ = ["answer_of", "cited_passage", "cited_passages", "filled"]


_Citing: TypeAlias = ClockAnswer | DutyAnswer | CautionAnswer | ClaimedAnswer


# Every answer cites them the same.
_CITED: WeakKeyDictionary[LawOfTheDay, dict[str, CitedPassage]] = WeakKeyDictionary()


def answer_of(decision: Decision) -> Answer:
    """Return the decision as an answer. Raises AuthcheckError where an option contradicts what is stated."""
    return _AnswerBuilder(decision).answer()


def filled(answer: Answer, scenario: Scenario) -> Answer:
    """Return the answer to another scenario that states the same, claims nothing, and holds nothing besides."""
    stated = {**scenario.facts, **(scenario.options[answer.option] if answer.option else {})}
    facts = {**answer.facts}
    for name, told in stated.items():
        before = facts[name]
        # Spelt out, it takes a quarter of the time that `replace` does, for each fact of each answer.
        facts[name] = FactAnswer(
            before.question, before.value, before.origin, before.status, told.note, told.place, before.judgement
        )
    return replace(
        answer,
        scenario=scenario.id,
        place=scenario.place,
        title=scenario.title,
        description=scenario.description,
        facts=facts,
        receipt=replace(answer.receipt, scenario_digest=scenario.digest, activity=scenario.activity),
    )


class _AnswerBuilder:
    """Puts one decision into an answer."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.law = decision.law
        self.pack = decision.law.pack
        self.lens = decision.lens
        self.unmodelled = unmodelled_of(decision.inquiry.scenario, self.pack)

    def answer(self) -> Answer:
        decision = self.decision
        scenario, option = decision.inquiry.scenario, decision.inquiry.option
        attention = {name: self._attention(case) for name, case in decision.cases.items()}
        clocks = tuple(clock for case in decision.cases.values() for clock in clocks_of(case.authority, decision))
        duties = tuple(self._duties(attention, clocks))
        authorities = {name: self._authority(case, attention[name]) for name, case in decision.cases.items()}
        cautions = tuple(self._caution_answers())
        powers = {name: self._power(name, supply, attention) for name, supply in decision.powers.items()}
        disputes = self._disputes(authorities, powers)
        claimed = tuple(claims_beside(scenario.claimed, decision.found, authorities, powers, self.pack))
        others: tuple[_Citing, ...] = (*clocks, *duties, *cautions, *claimed)
        beside = (powers.values(), disputes.values(), others)
        cited = tuple(_passages(authorities.values(), *beside))
        engaged = (one for one in authorities.values() if one.verdict is not Verdict.NOT_ENGAGED)
        printed = tuple(_passages(engaged, *beside))
        readings = (reading for dispute in disputes.values() for reading in dispute.readings.values())
        counting = (clock.holder for clock in clocks if clock.holder)
        holders = dict.fromkeys((*(holder for reading in readings for holder in reading.holders), *counting))
        return Answer(
            schema=SCHEMA,
            scenario=scenario.id,
            place=scenario.place,
            title=scenario.title,
            description=scenario.description,
            option=option,
            understood=understood(decision.known),
            cannot_know=tuple(cannot_know(decision.day, printed, self.pack)),
            unmodelled=self.unmodelled,
            claimed=claimed,
            verdicts=decision.verdicts,
            relies_on=decision.relies_on,
            powers=powers,
            authorities=authorities,
            clocks=clocks,
            duties=duties,
            cautions=cautions,
            disputes=disputes,
            facts=_fact_answers(decision, authorities.values()),
            asked=asked_facts(decision, authorities, powers),
            assumed=_assumptions(decision),
            options={} if option else self._options(scenario),
            passages=self._cited(cited),
            holders={name: self.pack.holders[name].name for name in holders},
            disclaimer=self.pack.disclaimer,
            receipt=self._receipt(),
        )

    def _receipt(self) -> Receipt:
        inquiry = self.decision.inquiry
        return Receipt(
            tool="authcheck",
            version=self.law.version,
            pack=self.pack.id,
            pack_version=self.pack.version,
            pack_digest=self.pack.digest,
            scenario_digest=inquiry.scenario.digest,
            activity=inquiry.scenario.activity,
            as_of=self.decision.day,
            as_of_from=inquiry.day_from,
            lens=self.lens.lens,
            readings=inquiry.readings,
            unstated=self.decision.unstated,
        )

    def _cited(self, named: Iterable[str]) -> dict[str, CitedPassage]:
        names, kept = sorted(set(named)), _CITED.setdefault(self.law, {})
        kept.update(cited_passages(self.pack, (name for name in names if name not in kept)))
        return {name: kept[name] for name in names}

    def _duties(
        self, attention: Mapping[str, Attention | None], clocks: tuple[ClockAnswer, ...]
    ) -> Iterator[DutyAnswer]:
        decision = self.decision
        contested = (name for name, case in decision.cases.items() if case.verdict is Verdict.CONTESTED)
        relied_on = frozenset((*decision.relies_on, *contested))
        for name, case in decision.cases.items():
            duties = Duties(case.authority, decision, clocks, relied_on)
            yield from duties.raised(case.verdict, attention[name])

    def _attention(self, case: Case) -> Attention | None:
        if case.verdict is not Verdict.UNDETERMINED:
            return None
        if self.decision.is_unraised(case.authority):
            return Attention.QUIET
        if is_raised(case, self.decision):
            return Attention.RAISED
        supplied = [supply.power for supply in case.authority.supplies] + list(case.authority.means_for)
        needed = any(self.decision.powers[power].needed is not Need.NOT_NEEDED for power in supplied)
        return Attention.IN_QUESTION if needed else Attention.QUIET

    def _authority(self, case: Case, attention: Attention | None) -> AuthorityAnswer:
        authority, part = case.authority, part_of(case)
        needed = tuple(fact.fact for fact in needed_facts(self.decision, [authority.authority]))
        engaged = case.verdict is not Verdict.NOT_ENGAGED
        return AuthorityAnswer(
            title=authority.title,
            law=authority.law,
            role=authority.role,
            verdict=case.verdict,
            possible=case.possible,
            hedges=part.hedges,
            apart_from=apart_from(self.unmodelled, authority.authority),
            reason=reason(case, part.tree, part.failing, needed, self.decision),
            attention=attention,
            in_effect=case.in_effect,
            because=part.because,
            readings=part.readings,
            crux=case.crux,
            partings=part.partings,
            left_out=part.left_out,
            off_record=tuple(name for name in case.tables.questions if name in self.lens.off_record),
            still_needed=needed,
            rests_on=rests_on(case, self.decision.known) if engaged else (),
            weakest=part.weakest if engaged else None,
            inferred=inference_of(case),
            does_not_supply=part.does_not_supply,
            tree=part.tree,
            limits=part.limits,
            notes=part.notes,
            not_said=part.not_said,
            passages=tuple(
                dict.fromkeys([*part.passages, *(one for one in authority.see_also if not self._is_later(one))])
            ),
        )

    def _is_later(self, passage: str) -> bool:
        """Whether a passage is of a document that there is not yet."""
        return self.pack.documents[self.pack.passages[passage].document].is_ahead_of(self.decision.day)

    def _power(
        self,
        name: str,
        supply: PowerVerdict,
        attention: Mapping[str, Attention | None],
    ) -> PowerAnswer:
        power = self.pack.powers[name]
        involved = [self.decision.case(one.authority) for one in self.law.involved[name]]
        # A source that supplies the power on readings that the lens leaves out is none here.
        supplying = [case for case in involved if self.decision.may_supply(case.authority, name)]
        means = [case for case in involved if name in case.authority.means_for]
        settled = supply.possible in {(), (Verdict.AVAILABLE,)}
        waived = (
            (case, waiver)
            for case in self.decision.cases.values()
            for waiver in case.authority.waives
            if waiver.power == name and not settled
        )
        return PowerAnswer(
            title=power.title,
            needed=supply.needed,
            verdict=single_verdict(supply.possible) if supply.possible else None,
            possible=supply.possible,
            unsupplied=supply.unsupplied,
            supplied_if_left_out=self.decision.is_supplied_if_left_out(name),
            silence=power.silence if self._is_silent(power, supply) else "",
            crux=tuple(supply.readings[0].readings) if supply.readings else (),
            readings=power_readings(name, self.decision),
            left_out=self.decision.of_power(power_left_out, name),
            hedges=hedges_of_power(name, self.decision),
            apart_from=apart_from(self.unmodelled, name),
            sources={case.authority.authority: case.verdict for case in supplying},
            carriers=self.decision.carriers(name),
            through={
                case.authority.authority: case.verdict for case in means if case.verdict is not Verdict.NOT_ENGAGED
            },
            gap=self.decision.is_gap(name),
            not_called_for=tuple(
                GapNote(case.authority.authority, waiver.text, "", waiver.cite, inferred=waiver.inferred)
                for case, waiver in waived
                if case.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED}
                or attention[case.authority.authority] is Attention.RAISED
            ),
            passages=power.cite,
        )

    def _is_silent(self, power: Power, supply: PowerVerdict) -> bool:
        """Whether nothing may supply a power, and it is one on which the sources are then silent."""
        if power.silent_when is None or supply.possible in {(), (Verdict.AVAILABLE,)}:
            return False
        return self.decision.truths(power.silent_when) == (Truth.TRUE,)

    def _caution_answers(self) -> Iterator[CautionAnswer]:
        for name, caution in self.pack.cautions.items():
            truths = self.decision.truths(caution.when)
            if Truth.TRUE in truths:
                yield CautionAnswer(name, caution.text, truths == (Truth.TRUE,), caution.cite)

    def _disputes(
        self, authorities: Mapping[str, AuthorityAnswer], powers: Mapping[str, PowerAnswer]
    ) -> dict[str, Dispute]:
        """Return the questions that engaged authorities ask, or needed powers, and those shown with an authority."""
        disputes = {}
        engaged = [case for case in self.decision.cases.values() if case.verdict is not Verdict.NOT_ENGAGED]
        asked = {name for case in engaged for name in case.tables.questions}
        for name, question in self.pack.questions.items():
            decides = tuple(
                id
                for id, authority in authorities.items()
                if name in authority.crux or any(view.question == name for view in authority.left_out)
            )
            shown = tuple(id for id in question.shown_with if authorities[id].verdict is not Verdict.NOT_ENGAGED)
            on_powers = tuple(
                id
                for id, power in powers.items()
                if name in power.crux or any(view.question == name for view in power.left_out)
            )
            if decides or on_powers or shown or name in asked:
                disputes[name] = Dispute(
                    text=question.text,
                    note=question.note,
                    decides=decides,
                    decides_powers=on_powers,
                    shown_with=shown,
                    readings={
                        id: ReadingText(
                            view.text,
                            view.holders,
                            view.reported_by,
                            id in self.lens.admits[name],
                            view.cite,
                            view.inferred,
                        )
                        for id, view in question.readings.items()
                    },
                )
        return disputes

    def _options(self, scenario: Scenario) -> dict[str, OptionAnswer]:
        options = {}
        for name, changes in scenario.options.items():
            decision = self.decision.under(name)
            options[name] = OptionAnswer(
                changes={fact: stated.said for fact, stated in changes.items()},
                verdicts=decision.verdicts,
                hedges=hedges_by_authority(decision),
                in_effect={id: case.in_effect for id, case in decision.cases.items() if case.in_effect},
                relies_on=decision.relies_on,
                unsettled=unsettled(decision),
                gaps=tuple(power for power in decision.powers if decision.is_gap(power)),
            )
        return options


def _passages(
    authorities: Iterable[AuthorityAnswer],
    powers: Iterable[PowerAnswer],
    disputes: Iterable[Dispute],
    others: Iterable[_Citing],
) -> Iterator[str]:
    """Return every passage that an answer names; those of a tree and of its remarks are also its authority's."""
    readings = (reading for dispute in disputes for reading in dispute.readings.values())
    for authority in authorities:
        yield from authority.passages
        yield from (passage for note in authority.does_not_supply for passage in note.passages)
    for power in powers:
        yield from power.passages
        yield from (passage for note in power.not_called_for for passage in note.passages)
    yield from (passage for part in (*others, *readings) for passage in part.passages)


def cited_passages(pack: Pack, named: Iterable[str]) -> dict[str, CitedPassage]:
    """Return the passages of these ids as an answer cites them, in the order of the ids."""
    return {id: cited_passage(pack, id) for id in sorted(set(named))}


def cited_passage(pack: Pack, named: str) -> CitedPassage:
    """Return the passage of this id as an answer cites it."""
    passage = pack.passages[named]
    document = pack.documents[passage.document]
    return CitedPassage(
        quote=passage.quote,
        speaker=passage.speaker,
        role=passage.role,
        speech=passage.speech,
        through=passage.through,
        anonymous=passage.anonymous,
        document=passage.document,
        title=document.title,
        publisher=document.publisher,
        voice=document.voice,
        document_class=document.document_class,
        at=passage.at,
        kind=passage.kind,
    )


def _fact_answers(decision: Decision, answers: Iterable[AuthorityAnswer]) -> dict[str, FactAnswer]:
    """Return every fact that is known or mentioned, and every unknown one that a verdict still needs."""
    needed = {name for answer in answers for name in answer.still_needed}
    facts = {}
    for name, fact in decision.known.facts.items():
        if fact.origin is not Origin.UNKNOWN or fact.stated is not None or name in needed:
            facts[name] = _fact_answer(fact)
    return facts


def _fact_answer(known: KnownFact) -> FactAnswer:
    stated = known.stated
    return FactAnswer(
        question=known.fact.question,
        value=known.said,
        origin=known.origin,
        status="" if stated is None else stated.status.value,
        note="" if stated is None else stated.note,
        place=None if stated is None else stated.place,
        judgement=known.fact.judgement and stated is not None,
    )


def _assumptions(decision: Decision) -> tuple[Assumption, ...]:
    """Return what was assumed and matters to an authority at issue; activities not stated are no part of the story."""
    known, neighbours = decision.known.facts, decision.law.facts.neighbours
    asked = {
        name
        for case in decision.cases.values()
        if case.verdict is not Verdict.NOT_ENGAGED
        for name in case.tables.worlds.dimensions
    }
    # What follows of a fact that is asked may follow from what is assumed of another.
    matters = asked.union(*(neighbours[name] for name in asked if known[name].origin is Origin.IMPLIED))
    return tuple(
        Assumption(name, fact.said)
        for name, fact in known.items()
        if fact.origin is Origin.ASSUMED and fact.fact.kind is not FactKind.ACTIVITY and name in matters
    )
