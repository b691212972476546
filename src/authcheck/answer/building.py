"""What a scenario comes to, put into an answer: reasons, readings, passages and the receipt."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from authcheck.answer.answer import (
    SCHEMA,
    Answer,
    Assumption,
    Attention,
    AuthorityAnswer,
    CautionAnswer,
    CitedPassage,
    Dispute,
    DutyAnswer,
    FactAnswer,
    Finding,
    GapNote,
    Kind,
    LeftOut,
    OptionAnswer,
    PowerAnswer,
    ReadingAnswer,
    ReadingText,
    Receipt,
    UnsettledPower,
    Weakest,
)
from authcheck.answer.duties import Duties
from authcheck.answer.findings import TreeBuilder
from authcheck.answer.needed import needed_facts
from authcheck.answer.partings import partings
from authcheck.decision.decision import Case, Decision
from authcheck.decision.known import Known, KnownFact, Origin
from authcheck.decision.powers import PowerVerdict
from authcheck.decision.verdicts import occurring
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.truth import Setting, element_table, ground_table, table, table_alone
from authcheck.evaluation.worlds import facts_of
from authcheck.model.authority import Authority, Ground, Remark
from authcheck.model.condition import Truth
from authcheck.model.fact import FactKind
from authcheck.model.pack import Pack
from authcheck.model.scenario import FactStatus, Scenario
from authcheck.model.source import DocumentClass
from authcheck.model.verdict import Need, Verdict

__all__ = ["answer_of", "cited_passages"]

_RANK = {one: rank for rank, one in enumerate(DocumentClass)}


def answer_of(decision: Decision) -> Answer:
    """Return the decision as an answer. Raises AuthcheckError where an option contradicts what is stated."""
    return _AnswerBuilder(decision).answer()


class _AnswerBuilder:
    """Puts one decision into an answer."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.law = decision.law
        self.pack = decision.law.pack
        self.lens = decision.lens

    def answer(self) -> Answer:
        decision = self.decision
        scenario, option = decision.inquiry.scenario, decision.inquiry.option
        attention = {name: self._attention(case) for name, case in decision.cases.items()}
        duties = tuple(
            duty
            for name, case in decision.cases.items()
            for duty in Duties(case.authority, self.law.facts, decision.in_force).raised(
                decision.known, case.verdict, attention[name]
            )
        )
        authorities = {name: self._authority(case, attention[name]) for name, case in decision.cases.items()}
        cautions = tuple(self._caution_answers(decision.known))
        powers = {name: self._power(name, found, attention, duties) for name, found in decision.powers.items()}
        disputes = self._disputes(authorities)
        cited = self._cited(authorities, powers, duties, cautions, disputes)
        holders = dict.fromkeys(
            holder for dispute in disputes.values() for one in dispute.readings.values() for holder in one.holders
        )
        return Answer(
            schema=SCHEMA,
            scenario=scenario.id,
            title=scenario.title,
            description=scenario.description,
            option=option,
            verdicts=decision.verdicts,
            relies_on=decision.relies_on,
            powers=powers,
            authorities=authorities,
            duties=duties,
            cautions=cautions,
            disputes=disputes,
            facts=_fact_answers(decision, authorities.values()),
            assumed=_assumptions(decision),
            options={} if option else self._options(scenario),
            passages=cited,
            holders={name: self.pack.holders[name].name for name in holders},
            disclaimer=self.pack.disclaimer,
            receipt=Receipt(
                tool="authcheck",
                version=self.law.version,
                pack=self.pack.id,
                pack_version=self.pack.version,
                pack_digest=self.pack.digest,
                scenario_digest=scenario.digest,
                as_of=decision.day,
                as_of_from=decision.inquiry.day_from,
                lens=self.lens.lens,
                readings=decision.inquiry.readings,
                unstated=decision.unstated,
            ),
        )

    def _attention(self, case: Case) -> Attention | None:
        if case.verdict is not Verdict.UNDETERMINED:
            return None
        # What is done engages an authority; only what happened, or how things stand, raises the question of it.
        governing = facts_of([case.authority.governs])
        for name in case.tables.worlds.names:
            kind = self.pack.facts[name].kind
            if name in self.decision.stated and name not in governing and kind is not FactKind.ACTIVITY:
                return Attention.RAISED
        supplied = [one.power for one in case.authority.supplies] + list(case.authority.means_for)
        needed = any(self.decision.powers[power].needed is not Need.NOT_NEEDED for power in supplied)
        return Attention.IN_QUESTION if needed else Attention.QUIET

    # --- one authority

    def _authority(self, case: Case, attention: Attention | None) -> AuthorityAnswer:
        authority = case.authority
        tree = TreeBuilder(case.tables, case.combinations, self.pack).authority(case.verdict)
        readings, crux = self._readings(case)
        because = self._because(case) if case.verdict is Verdict.UNAVAILABLE else ()
        needed = tuple(one.fact for one in needed_facts(self.decision, [case.authority.authority]))
        engaged = case.verdict is not Verdict.NOT_ENGAGED
        remarks = [*authority.limits, *authority.notes, *authority.not_said]
        return AuthorityAnswer(
            title=authority.title,
            law=authority.law,
            role=authority.role.value,
            verdict=case.verdict,
            possible=case.possible,
            reason=self._reason(case, tree, crux, because, needed),
            attention=attention,
            in_effect=authority.in_effect if case.verdict is Verdict.AVAILABLE else "",
            because=because,
            readings=readings,
            crux=crux,
            partings=partings(authority, tree, crux),
            left_out=tuple(self._left_out(case)),
            off_record=tuple(name for name in case.tables.questions if name in self.lens.off_record),
            still_needed=needed,
            rests_on=_rests_on(case, self.decision.known) if engaged else (),
            weakest=self._weakest(case) if engaged else None,
            does_not_supply=tuple(
                GapNote(one.power, one.text, one.misconception, one.cite) for one in authority.does_not_supply
            ),
            tree=tree,
            limits=_remarks(authority.limits),
            notes=_remarks(authority.notes),
            not_said=_remarks(authority.not_said),
            passages=tuple(
                dict.fromkeys(
                    [
                        *_passages_of(tree),
                        *(passage for one in remarks for passage in one.cite),
                        *authority.see_also,
                    ]
                )
            ),
        )

    def _readings(self, case: Case) -> tuple[tuple[ReadingAnswer, ...], tuple[str, ...]]:
        """Return the verdict under each reading of the questions on which it turns, and these questions."""
        splits = [case.tables.split(one) for one in case.combinations]
        crux = case.crux
        found: dict[tuple[str, ...], ReadingAnswer] = {}
        for combination, split in zip(case.combinations, splits, strict=True):
            readings = {name: combination[name] for name in crux}
            possible = occurring(split, case.mask)
            verdict = possible[0] if len(possible) == 1 else Verdict.UNDETERMINED
            found.setdefault(tuple(readings.values()), ReadingAnswer(readings, verdict, possible))
        return (tuple(found.values()) if crux else ()), crux

    def _left_out(self, case: Case) -> Iterator[LeftOut]:
        """Return each reading that the lens leaves out and that would change the verdict."""
        for name, question in case.tables.questions.items():
            for reading, text in question.readings.items():
                if reading in self.lens.admits[name]:
                    continue
                widened = {**self.lens.admits, name: (*self.lens.admits[name], reading)}
                if occurring(case.tables.agreed(case.tables.combinations(widened)), case.mask) == case.possible:
                    continue
                alone = case.tables.agreed(case.tables.combinations({**self.lens.admits, name: (reading,)}))
                possible = occurring(alone, case.mask)
                verdict = possible[0] if len(possible) == 1 else Verdict.UNDETERMINED
                yield LeftOut(name, reading, text.holders, verdict)

    def _because(self, case: Case) -> tuple[tuple[str, ...], ...]:
        """Return, for each ground, the elements that fail in every world, or the smallest set of which one does."""
        found: dict[tuple[str, ...], None] = {}
        for combination in case.combinations:
            setting = case.tables.setting(combination)
            for ground in case.authority.grounds:
                if setting.exists(ground.only_on):
                    found[_failing(ground, case.authority, setting, case.mask)] = None
        return tuple(one for one in found if one)

    def _reason(
        self,
        case: Case,
        tree: Finding,
        crux: tuple[str, ...],
        because: tuple[tuple[str, ...], ...],
        needed: tuple[str, ...],
    ) -> str:
        authority = case.authority
        match case.verdict:
            case Verdict.NOT_ENGAGED:
                displaced = [
                    one.text for one in tree.parts if one.kind is Kind.DISPLACEMENT and Truth.TRUE in one.truths
                ]
                governed = next((one for one in tree.parts if one.kind is Kind.GOVERNS), None)
                if governed is not None and governed.truths == (Truth.FALSE,):
                    return authority.governs_text
                return displaced[0] if displaced else authority.governs_text
            case Verdict.UNAVAILABLE if not authority.in_force_on(self.decision.day):
                end = authority.in_force_to
                return (
                    f"Not in force since {end.date}." if end and self.decision.day >= end.date else "Not yet in force."
                )
            case Verdict.UNAVAILABLE:
                return _fails(tree, because) or self._without_ground(case)
            case Verdict.SILENT:
                silent = [one for one in tree.parts if one.kind is Kind.GROUND and Truth.SILENT in one.truths]
                silences = [part.silence for one in silent for part in one.parts if part.silence]
                return silences[0] if silences else "The sources do not say."
            case Verdict.CONTESTED:
                return " ".join(self.pack.questions[name].text for name in crux)
            case Verdict.UNDETERMINED:
                return "Turns on " + ", ".join(needed) + "."
            case _:
                holding = [one for one in tree.parts if one.kind is Kind.GROUND and Truth.TRUE in one.truths]
                return "; ".join(one.text for one in holding) + "." if holding else ""

    def _without_ground(self, case: Case) -> str:
        """Return the readings on which no ground exists, in words."""
        texts = dict.fromkeys(
            self.pack.questions[name].readings[combination[name]].text
            for combination in case.combinations
            for ground in case.authority.grounds
            for name, readings in ground.only_on.items()
            if combination[name] not in readings
        )
        return " ".join(texts)

    def _weakest(self, case: Case) -> Weakest | None:
        """Return the weakest source on which the verdict rests; an element is as strong as its best passage."""
        setting = case.tables.setting(case.combinations[0])
        grounds = [one for one in case.authority.grounds if setting.exists(one.only_on)]
        holding = [one for one in grounds if not case.mask & ~ground_table(one, setting).true]
        carried: list[tuple[str, ...]] = []
        for ground in holding[:1] or grounds:
            for element in ground.elements:
                readings = {one[element.question] for one in case.combinations} if element.question else set()
                views = [self.pack.questions[element.question].readings[name].cite for name in sorted(readings)]
                carried.extend(cites for cites in [element.cite, *views] if cites)
        if not carried:
            return None
        worst = max((min(cites, key=self._strength) for cites in carried), key=self._strength)
        passage = self.pack.passages[worst]
        document = self.pack.documents[passage.document]
        return Weakest(worst, document.document_class, passage.speaker, passage.anonymous)

    def _strength(self, passage: str) -> tuple[int, bool]:
        found = self.pack.passages[passage]
        return _RANK[self.pack.documents[found.document].document_class], found.anonymous

    # --- the rest of the answer

    def _power(
        self,
        name: str,
        found: PowerVerdict,
        attention: Mapping[str, Attention | None],
        duties: tuple[DutyAnswer, ...],
    ) -> PowerAnswer:
        power = self.pack.powers[name]
        # A source that supplies the power on readings that the lens leaves out is none here.
        supplying = [
            case
            for case in self.decision.cases.values()
            for one in case.authority.supplies
            if one.power == name and all(set(self.lens.admits[q]) & set(some) for q, some in one.only_on.items())
        ]
        means = [case for case in self.decision.cases.values() if name in case.authority.means_for]
        verdict = None
        if found.possible:
            verdict = found.possible[0] if len(found.possible) == 1 else Verdict.UNDETERMINED
        settled = found.possible in {(), (Verdict.AVAILABLE,)}
        waived = (
            (case, waiver)
            for case in self.decision.cases.values()
            for waiver in case.authority.waives
            if waiver.power == name and not settled
        )
        sources = {case.authority.authority for case in supplying}
        return PowerAnswer(
            title=power.title,
            needed=found.needed,
            verdict=verdict,
            possible=found.possible,
            sources={case.authority.authority: case.verdict for case in supplying},
            through={
                case.authority.authority: case.verdict for case in means if case.verdict is not Verdict.NOT_ENGAGED
            },
            clocks=tuple(one.clock for one in duties if one.clock is not None and one.authority in sources),
            gap=self.decision.is_gap(name),
            not_called_for=tuple(
                GapNote(case.authority.authority, waiver.text, "", waiver.cite)
                for case, waiver in waived
                if case.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED}
                or attention[case.authority.authority] is Attention.RAISED
            ),
            passages=power.cite,
        )

    def _caution_answers(self, known: Known) -> Iterator[CautionAnswer]:
        for name, caution in self.pack.cautions.items():
            worlds, when = table_alone(caution.when, self.law.facts, known.allowed, self.decision.in_force)
            truths = when.truths(worlds.possible)
            if Truth.TRUE in truths:
                yield CautionAnswer(name, caution.text, truths == (Truth.TRUE,), caution.cite)

    def _disputes(self, authorities: Mapping[str, AuthorityAnswer]) -> dict[str, Dispute]:
        """Return the questions that the rules of engaged authorities ask, and those shown with one."""
        found = {}
        engaged = [case for case in self.decision.cases.values() if case.verdict is not Verdict.NOT_ENGAGED]
        asked = {name for case in engaged for name in case.tables.questions}
        for name, question in self.pack.questions.items():
            decides = tuple(
                id
                for id, one in authorities.items()
                if name in one.crux or any(left.question == name for left in one.left_out)
            )
            shown = tuple(id for id in question.shown_with if authorities[id].verdict is not Verdict.NOT_ENGAGED)
            if decides or shown or name in asked:
                found[name] = Dispute(
                    text=question.text,
                    note=question.note,
                    decides=decides,
                    shown_with=shown,
                    readings={
                        id: ReadingText(one.text, one.holders, one.reported_by, id in self.lens.admits[name], one.cite)
                        for id, one in question.readings.items()
                    },
                )
        return found

    def _options(self, scenario: Scenario) -> dict[str, OptionAnswer]:
        found = {}
        for name, changes in scenario.options.items():
            try:
                decision = self.decision.restated(changes)
            except AuthcheckError as error:
                # The scenario's own facts are sound: the fault is where the option states its first one.
                place = min(one.place for one in changes.values())
                raise AuthcheckError(
                    replace(one, message=f"under the option `{name}`, {one.message}", place=place)
                    for one in error.diagnostics
                ) from None
            found[name] = OptionAnswer(
                changes={fact: one.said for fact, one in changes.items()},
                verdicts=decision.verdicts,
                relies_on=decision.relies_on,
                unsettled=dict(_unsettled(decision)),
                gaps=tuple(power for power in decision.powers if decision.is_gap(power)),
            )
        return found

    def _cited(
        self,
        authorities: Mapping[str, AuthorityAnswer],
        powers: Mapping[str, PowerAnswer],
        duties: Iterable[DutyAnswer],
        cautions: Iterable[CautionAnswer],
        disputes: Mapping[str, Dispute],
    ) -> dict[str, CitedPassage]:
        """Return every passage that the answer names, by id."""
        named = itertools.chain(
            (id for one in authorities.values() for id in one.passages),
            (id for one in authorities.values() for note in one.does_not_supply for id in note.passages),
            (id for one in powers.values() for id in one.passages),
            (id for one in powers.values() for note in one.not_called_for for id in note.passages),
            (id for one in duties for id in one.passages),
            (id for one in cautions for id in one.passages),
            (id for one in disputes.values() for reading in one.readings.values() for id in reading.passages),
        )
        return cited_passages(self.pack, named)


def _unsettled(decision: Decision) -> Iterator[tuple[str, UnsettledPower]]:
    """Return the powers that are or may be needed, and are neither available nor a gap."""
    for name, found in decision.powers.items():
        if found.needed is not Need.NOT_NEEDED and found.possible not in {(Verdict.AVAILABLE,), (Verdict.UNAVAILABLE,)}:
            verdict = found.possible[0] if len(found.possible) == 1 else Verdict.UNDETERMINED
            yield name, UnsettledPower(found.needed, verdict, found.possible)


def cited_passages(pack: Pack, named: Iterable[str]) -> dict[str, CitedPassage]:
    """Return the passages of these ids as an answer cites them, in the order of the ids."""
    found = {}
    for id in sorted(set(named)):
        passage = pack.passages[id]
        document = pack.documents[passage.document]
        found[id] = CitedPassage(
            quote=passage.quote,
            speaker=passage.speaker,
            role=passage.role,
            anonymous=passage.anonymous,
            document=passage.document,
            title=document.title,
            publisher=document.publisher,
            document_class=document.document_class,
            at=passage.at,
            kind=passage.kind,
        )
    return found


def _failing(ground: Ground, authority: Authority, setting: Setting, mask: int) -> tuple[str, ...]:
    """Return what fails a ground in every world, else the smallest set of things of which one always does."""
    causes: dict[str, int] = {}
    for element in ground.elements:
        causes[element.element] = element_table(element, setting).false(mask)
    for exception in (*ground.exceptions, *authority.exceptions):
        causes[exception.exception] = table(exception.when, setting).true & mask
    always = tuple(name for name, worlds in causes.items() if worlds == mask)
    if always:
        return always
    for size in range(2, len(causes) + 1):
        for names in itertools.combinations(causes, size):
            covered = 0
            for name in names:
                covered |= causes[name]
            if covered == mask:
                return names
    return ()


def _fails(tree: Finding, because: tuple[tuple[str, ...], ...]) -> str:
    """Return the failing elements in words."""
    texts = {one.id: one.text for one in _walk(tree) if one.kind in {Kind.ELEMENT, Kind.EXCEPTION}}
    exceptions = {one.id for one in _walk(tree) if one.kind is Kind.EXCEPTION}
    named = dict.fromkeys(name for names in because for name in names)
    return " ".join((texts[name] if name in exceptions else f"Not met: {texts[name]}") for name in named)


def _walk(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from _walk(part)


def _passages_of(tree: Finding) -> Iterator[str]:
    for one in _walk(tree):
        yield from one.passages


def _remarks(remarks: tuple[Remark, ...]) -> tuple[GapNote, ...]:
    return tuple(GapNote("", one.text, "", one.cite) for one in remarks)


def _rests_on(case: Case, known: Known) -> tuple[str, ...]:
    """Return the stated facts behind a verdict that are not simply given, or that are a judgement."""
    found = []
    for name in case.tables.worlds.names:
        fact = known.facts[name]
        if fact.stated is not None and not fact.stated.unknown:
            soft = fact.stated.status is not FactStatus.STIPULATED
            if soft or fact.fact.judgement:
                found.append(name)
    return tuple(found)


def _fact_answers(decision: Decision, answers: Iterable[AuthorityAnswer]) -> dict[str, FactAnswer]:
    """Return every fact that is known or mentioned, and every unknown one that a verdict still needs."""
    needed = {name for one in answers for name in one.still_needed}
    found = {}
    for name, one in decision.known.facts.items():
        if one.origin is not Origin.UNKNOWN or one.stated is not None or name in needed:
            found[name] = _fact_answer(one)
    return found


def _fact_answer(one: KnownFact) -> FactAnswer:
    stated = one.stated
    return FactAnswer(
        question=one.fact.question,
        value=one.said,
        origin=one.origin.value,
        status="" if stated is None else stated.status.value,
        note="" if stated is None else stated.note,
        place=None if stated is None else stated.place,
        judgement=one.fact.judgement and stated is not None,
    )


def _assumptions(decision: Decision) -> tuple[Assumption, ...]:
    """Return what was assumed and matters to an authority at issue; activities not stated are no part of the story."""
    matters = {
        name
        for case in decision.cases.values()
        if case.verdict is not Verdict.NOT_ENGAGED
        for name in case.tables.worlds.dimensions
    }
    return tuple(
        Assumption(name, one.said)
        for name, one in decision.known.facts.items()
        if one.origin is Origin.ASSUMED and one.fact.kind is not FactKind.ACTIVITY and name in matters
    )
