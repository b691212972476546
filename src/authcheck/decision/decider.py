"""A pack and a scenario make an answer."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from authcheck.decision.duties import Duties
from authcheck.decision.known import Known, KnownFact, Origin, know
from authcheck.decision.powers import PowerTables, PowerVerdict
from authcheck.decision.trees import TreeBuilder
from authcheck.decision.verdicts import AuthorityTables, Combination, Split, conditions_of, crux_of, occurring
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.evaluation.truth import Setting, element_table, ground_table, lay_out, table
from authcheck.evaluation.worlds import Allowed, TooLargeError, Vocabulary, constrained, facts_of
from authcheck.frozen import dataclass
from authcheck.model.answer import (
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
    LeftOut,
    Need,
    OptionAnswer,
    PowerAnswer,
    ReadingAnswer,
    ReadingText,
    Receipt,
    Verdict,
    Weakest,
)
from authcheck.model.authority import Authority, Ground, Remark
from authcheck.model.condition import Truth
from authcheck.model.fact import FactKind
from authcheck.model.pack import Pack
from authcheck.model.question import Lens
from authcheck.model.scenario import FactStatus, Scenario, StatedFact, Unstated
from authcheck.model.source import DocumentClass

__all__ = ["DEFAULT_LENS", "Decider", "decide"]

DEFAULT_LENS = "documents"

_RANK = {one: rank for rank, one in enumerate(DocumentClass)}


def decide(
    pack: Pack,
    scenario: Scenario,
    *,
    lens: str = DEFAULT_LENS,
    unstated: Unstated | None = None,
    as_of: datetime.date | None = None,
    option: str = "",
    version: str = "",
) -> Answer:
    """Return the answer to one scenario. To answer many, make a `Decider` of the pack once.

    `unstated` and `as_of` override the scenario's own; `option` names one of its courses of action; `version`
    is the tool's, for the receipt. Raises AuthcheckError where the stated facts contradict one another, and
    KeyError for a lens or an option that does not exist.
    """
    return Decider(pack, version=version).decide(scenario, lens=lens, unstated=unstated, as_of=as_of, option=option)


@dataclass(frozen=True, slots=True)
class _Case:
    """What one authority is for one scenario under one lens."""

    tables: AuthorityTables
    combinations: tuple[Combination, ...]
    agreed: Split
    possible: tuple[Verdict, ...]

    @property
    def authority(self) -> Authority:
        return self.tables.authority

    @property
    def mask(self) -> int:
        return self.tables.worlds.possible

    @property
    def verdict(self) -> Verdict:
        return self.possible[0] if len(self.possible) == 1 else Verdict.UNDETERMINED


@dataclass(frozen=True, slots=True)
class _Short:
    """What a scenario comes to: the part of an answer from which all else is read."""

    known: Known
    cases: Mapping[str, _Case]
    powers: Mapping[str, PowerVerdict]
    relies_on: tuple[str, ...]

    @property
    def verdicts(self) -> dict[str, Verdict]:
        return {name: case.verdict for name, case in self.cases.items()}

    def is_gap(self, power: str) -> bool:
        found = self.powers[power]
        return found.needed is not Need.NOT_NEEDED and found.possible == (Verdict.UNAVAILABLE,)


class Decider:
    """Answers scenarios from one pack. What scenarios have in common is worked out once."""

    def __init__(self, pack: Pack, *, version: str = "") -> None:
        """Take the pack, and the version of the tool for receipts."""
        self.pack = pack
        self.version = version
        everyone = pack.authorities.values()
        self.facts = Vocabulary(pack.facts)
        self._facts_of = {one.authority: constrained(facts_of(conditions_of(one)), self.facts) for one in everyone}
        self._tables: dict[tuple[object, ...], AuthorityTables] = {}

    def decide(
        self,
        scenario: Scenario,
        *,
        lens: str = DEFAULT_LENS,
        unstated: Unstated | None = None,
        as_of: datetime.date | None = None,
        option: str = "",
    ) -> Answer:
        """Return the answer, as the function `decide` does."""
        chosen = self.pack.lenses[lens]
        day = as_of or scenario.as_of or self.pack.as_of
        mode = unstated or scenario.unstated
        stated = {**scenario.facts, **(scenario.options[option] if option else {})}
        short = self._short(stated, mode, day, chosen)
        attention = {name: self._attention(case, stated, short) for name, case in short.cases.items()}
        in_force = self._in_force(day)
        duties = tuple(
            duty
            for name, case in short.cases.items()
            for duty in Duties(case.authority, self.facts, in_force).raised(short.known, case.verdict, attention[name])
        )
        authorities = {
            name: self._authority(case, short, chosen, attention[name], day) for name, case in short.cases.items()
        }
        cautions = tuple(self._caution_answers(short.known))
        powers = {
            name: self._power(name, found, short, attention, duties, chosen) for name, found in short.powers.items()
        }
        disputes = self._disputes(authorities, short, chosen)
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
            verdicts=short.verdicts,
            relies_on=short.relies_on,
            powers=powers,
            authorities=authorities,
            duties=duties,
            cautions=cautions,
            disputes=disputes,
            facts=_fact_answers(short, authorities.values()),
            assumed=_assumptions(short),
            options={} if option else self._options(scenario, stated, mode, day, chosen),
            passages=cited,
            holders={name: self.pack.holders[name].name for name in holders},
            disclaimer=self.pack.disclaimer,
            receipt=self._receipt(scenario, day, "scenario" if as_of is None else "option", lens, mode),
        )

    def _in_force(self, day: datetime.date) -> frozenset[str]:
        return frozenset(name for name, one in self.pack.authorities.items() if one.in_force_on(day))

    def _tables_of(self, name: str, in_force: frozenset[str], allowed: Mapping[str, Allowed]) -> AuthorityTables:
        """Return the tables of an authority; scenarios that leave the same open share them."""
        key = (name, in_force, *(allowed[fact] for fact in self._facts_of[name]))
        if key not in self._tables:
            authority = self.pack.authorities[name]
            self._tables[key] = AuthorityTables(authority, self.facts, self.pack.questions, in_force, allowed)
        return self._tables[key]

    def _short(self, stated: Mapping[str, StatedFact], unstated: Unstated, day: datetime.date, lens: Lens) -> _Short:
        try:
            return self._worked_out(stated, unstated, day, lens)
        except TooLargeError as error:
            message = f"too many facts are open at once: {error}"
            problem = Diagnostic("table-too-large", message, Place("the scenario"), help="state some of them")
            raise AuthcheckError([problem]) from None

    def _worked_out(
        self, stated: Mapping[str, StatedFact], unstated: Unstated, day: datetime.date, lens: Lens
    ) -> _Short:
        pack = self.pack
        known = know(self.facts, stated, unstated, day)
        in_force = self._in_force(day)
        cases = {}
        for name in pack.authorities:
            tables = self._tables_of(name, in_force, known.allowed)
            combinations = tables.combinations(lens.admits)
            agreed = tables.agreed(combinations)
            cases[name] = _Case(tables, combinations, agreed, occurring(agreed, tables.worlds.possible))
        powers = {
            name: PowerTables(
                power, pack.authorities.values(), self.facts, pack.questions, in_force, known.allowed
            ).verdict(lens.admits)
            for name, power in pack.powers.items()
        }
        return _Short(known, cases, powers, self._relies_on(cases, powers, lens))

    def _relies_on(self, cases: Mapping[str, _Case], powers: Mapping[str, PowerVerdict], lens: Lens) -> tuple[str, ...]:
        """Return the sources available for a needed power that no unmet means bars."""
        found: dict[str, None] = {}
        for power, verdict in powers.items():
            barred = any(
                power in case.authority.means_for and case.verdict is Verdict.UNAVAILABLE for case in cases.values()
            )
            if verdict.needed is Need.NEEDED and not barred:
                for name, case in cases.items():
                    supplies = any(
                        one.power == power and all(set(lens.admits[q]) <= set(some) for q, some in one.only_on.items())
                        for one in case.authority.supplies
                    )
                    if supplies and case.verdict is Verdict.AVAILABLE:
                        found[name] = None
        return tuple(name for name in cases if name in found)

    def _attention(self, case: _Case, stated: Mapping[str, StatedFact], short: _Short) -> Attention | None:
        if case.verdict is not Verdict.UNDETERMINED:
            return None
        # What is done engages an authority; only what happened, or how things stand, raises the question of it.
        governing = facts_of([case.authority.governs])
        for name in case.tables.worlds.names:
            kind = self.pack.facts[name].kind
            if name in stated and name not in governing and kind is not FactKind.ACTIVITY:
                return Attention.RAISED
        supplied = [one.power for one in case.authority.supplies] + list(case.authority.means_for)
        needed = any(short.powers[power].needed is not Need.NOT_NEEDED for power in supplied)
        return Attention.IN_QUESTION if needed else Attention.QUIET

    # --- one authority

    def _authority(
        self, case: _Case, short: _Short, lens: Lens, attention: Attention | None, day: datetime.date
    ) -> AuthorityAnswer:
        authority = case.authority
        tree = TreeBuilder(case.tables, case.combinations, self.pack).authority(case.verdict)
        readings, crux = self._readings(case)
        because = self._because(case) if case.verdict is Verdict.UNAVAILABLE else ()
        needed = self._still_needed(case) if case.verdict is Verdict.UNDETERMINED else ()
        engaged = case.verdict is not Verdict.NOT_ENGAGED
        remarks = [*authority.limits, *authority.notes, *authority.not_said]
        return AuthorityAnswer(
            title=authority.title,
            law=authority.law,
            role=authority.role.value,
            verdict=case.verdict,
            possible=case.possible,
            reason=self._reason(case, tree, crux, because, needed, day),
            attention=attention,
            in_effect=authority.in_effect if case.verdict is Verdict.AVAILABLE else "",
            because=because,
            readings=readings,
            crux=crux,
            left_out=tuple(self._left_out(case, lens)),
            off_record=tuple(name for name in case.tables.questions if name in lens.off_record),
            still_needed=needed,
            rests_on=_rests_on(case, short.known) if engaged else (),
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

    def _readings(self, case: _Case) -> tuple[tuple[ReadingAnswer, ...], tuple[str, ...]]:
        """Return the verdict under each reading of the questions on which it turns, and these questions."""
        splits = [case.tables.split(one) for one in case.combinations]
        crux = crux_of(case.combinations, [one.worlds for one in splits], case.mask)
        found: dict[tuple[str, ...], ReadingAnswer] = {}
        for combination, split in zip(case.combinations, splits, strict=True):
            readings = {name: combination[name] for name in crux}
            possible = occurring(split, case.mask)
            verdict = possible[0] if len(possible) == 1 else Verdict.UNDETERMINED
            found.setdefault(tuple(readings.values()), ReadingAnswer(readings, verdict, possible))
        return (tuple(found.values()) if crux else ()), crux

    def _left_out(self, case: _Case, lens: Lens) -> Iterator[LeftOut]:
        """Return each reading that the lens leaves out and that would change the verdict."""
        for name, question in case.tables.questions.items():
            for reading, text in question.readings.items():
                if reading in lens.admits[name]:
                    continue
                widened = {**lens.admits, name: (*lens.admits[name], reading)}
                if occurring(case.tables.agreed(case.tables.combinations(widened)), case.mask) == case.possible:
                    continue
                alone = case.tables.agreed(case.tables.combinations({**lens.admits, name: (reading,)}))
                possible = occurring(alone, case.mask)
                verdict = possible[0] if len(possible) == 1 else Verdict.UNDETERMINED
                yield LeftOut(name, reading, text.holders, verdict)

    def _still_needed(self, case: _Case) -> tuple[str, ...]:
        """Return the open facts that, stated, can change the verdict: alone, or together with others."""
        worlds = case.tables.worlds
        found = []
        for name in worlds.open_facts:
            columns = (worlds.column(name, cell) for cell in range(len(worlds.dimensions[name].cells)))
            settled = [occurring(case.agreed, there) for one in columns if (there := case.mask & one)]
            if any(one != case.possible for one in settled) or worlds.flips(name, case.agreed.worlds):
                found.append(name)
        # Facts that constraints tie so that none moves alone, and none narrows alone, are needed together.
        return tuple(found or worlds.open_facts)

    def _because(self, case: _Case) -> tuple[tuple[str, ...], ...]:
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
        case: _Case,
        tree: Finding,
        crux: tuple[str, ...],
        because: tuple[tuple[str, ...], ...],
        needed: tuple[str, ...],
        day: datetime.date,
    ) -> str:
        authority = case.authority
        match case.verdict:
            case Verdict.NOT_ENGAGED:
                displaced = [one.text for one in tree.parts if one.kind == "displacement" and "true" in one.truths]
                governed = next((one for one in tree.parts if one.kind == "governs"), None)
                if governed is not None and governed.truths == ("false",):
                    return authority.governs_text
                return displaced[0] if displaced else authority.governs_text
            case Verdict.UNAVAILABLE if not authority.in_force_on(day):
                end = authority.in_force_to
                return f"Not in force since {end.date}." if end and day >= end.date else "Not yet in force."
            case Verdict.UNAVAILABLE:
                return _fails(tree, because) or self._without_ground(case)
            case Verdict.SILENT:
                silent = [one for one in tree.parts if one.kind == "ground" and "silent" in one.truths]
                silences = [part.silence for one in silent for part in one.parts if part.silence]
                return silences[0] if silences else "The sources do not say."
            case Verdict.CONTESTED:
                return " ".join(self.pack.questions[name].text for name in crux)
            case Verdict.UNDETERMINED:
                return "Turns on " + ", ".join(needed) + "."
            case _:
                holding = [one for one in tree.parts if one.kind == "ground" and "true" in one.truths]
                return "; ".join(one.text for one in holding) + "." if holding else ""

    def _without_ground(self, case: _Case) -> str:
        """Return the readings on which no ground exists, in words."""
        texts = dict.fromkeys(
            self.pack.questions[name].readings[combination[name]].text
            for combination in case.combinations
            for ground in case.authority.grounds
            for name, readings in ground.only_on.items()
            if combination[name] not in readings
        )
        return " ".join(texts)

    def _weakest(self, case: _Case) -> Weakest | None:
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
        return Weakest(worst, document.document_class.value, passage.speaker, passage.anonymous)

    def _strength(self, passage: str) -> tuple[int, bool]:
        found = self.pack.passages[passage]
        return _RANK[self.pack.documents[found.document].document_class], found.anonymous

    # --- the rest of the answer

    def _power(
        self,
        name: str,
        found: PowerVerdict,
        short: _Short,
        attention: Mapping[str, Attention | None],
        duties: tuple[DutyAnswer, ...],
        lens: Lens,
    ) -> PowerAnswer:
        power = self.pack.powers[name]
        # A source that supplies the power on readings that the lens leaves out is none here.
        supplying = [
            case
            for case in short.cases.values()
            for one in case.authority.supplies
            if one.power == name and all(set(lens.admits[q]) & set(some) for q, some in one.only_on.items())
        ]
        means = [case for case in short.cases.values() if name in case.authority.means_for]
        verdict = None
        if found.possible:
            verdict = found.possible[0] if len(found.possible) == 1 else Verdict.UNDETERMINED
        settled = found.possible in {(), (Verdict.AVAILABLE,)}
        waived = (
            (case, waiver)
            for case in short.cases.values()
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
            gap=short.is_gap(name),
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
            worlds = lay_out([caution.when], self.facts, known.allowed)
            truths = table(caution.when, Setting(worlds, frozenset(), {})).truths(worlds.possible)
            if Truth.TRUE in truths:
                yield CautionAnswer(name, caution.text, truths == (Truth.TRUE,), caution.cite)

    def _disputes(self, authorities: Mapping[str, AuthorityAnswer], short: _Short, lens: Lens) -> dict[str, Dispute]:
        """Return the questions that the rules of engaged authorities ask, and those shown with one."""
        found = {}
        engaged = [case for case in short.cases.values() if case.verdict is not Verdict.NOT_ENGAGED]
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
                        id: ReadingText(one.text, one.holders, one.reported_by, id in lens.admits[name], one.cite)
                        for id, one in question.readings.items()
                    },
                )
        return found

    def _options(
        self,
        scenario: Scenario,
        stated: Mapping[str, StatedFact],
        unstated: Unstated,
        day: datetime.date,
        lens: Lens,
    ) -> dict[str, OptionAnswer]:
        found = {}
        for name, changes in scenario.options.items():
            try:
                short = self._short({**stated, **changes}, unstated, day, lens)
            except AuthcheckError as error:
                # The scenario's own facts are sound: the fault is where the option states its first one.
                place = min(one.place for one in changes.values())
                raise AuthcheckError(
                    replace(one, message=f"under the option `{name}`, {one.message}", place=place)
                    for one in error.diagnostics
                ) from None
            found[name] = OptionAnswer(
                changes={fact: one.said for fact, one in changes.items()},
                verdicts=short.verdicts,
                relies_on=short.relies_on,
                gaps=tuple(power for power in short.powers if short.is_gap(power)),
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
        found = {}
        for id in sorted(set(named)):
            passage = self.pack.passages[id]
            document = self.pack.documents[passage.document]
            found[id] = CitedPassage(
                quote=passage.quote,
                speaker=passage.speaker,
                role=passage.role,
                anonymous=passage.anonymous,
                document=passage.document,
                title=document.title,
                publisher=document.publisher,
                document_class=document.document_class.value,
                at=passage.at,
                kind=passage.kind,
            )
        return found

    def _receipt(self, scenario: Scenario, day: datetime.date, given: str, lens: str, unstated: Unstated) -> Receipt:
        return Receipt(
            tool="authcheck",
            version=self.version,
            pack=self.pack.id,
            pack_version=self.pack.version,
            pack_digest=self.pack.digest,
            scenario_digest=scenario.digest,
            as_of=day,
            as_of_from=given if given == "option" or scenario.as_of is not None else "pack",
            lens=lens,
            unstated=unstated.value,
        )


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
    texts = {one.id: one.text for one in _walk(tree) if one.kind in {"element", "exception"}}
    exceptions = {one.id for one in _walk(tree) if one.kind == "exception"}
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


def _rests_on(case: _Case, known: Known) -> tuple[str, ...]:
    """Return the stated facts behind a verdict that are not simply given, or that are a judgement."""
    found = []
    for name in case.tables.worlds.dimensions:
        fact = known.facts[name]
        if fact.stated is not None and not fact.stated.unknown:
            soft = fact.stated.status is not FactStatus.STIPULATED
            if soft or fact.fact.judgement:
                found.append(name)
    return tuple(found)


def _fact_answers(short: _Short, answers: Iterable[AuthorityAnswer]) -> dict[str, FactAnswer]:
    """Return every fact that is known or mentioned, and every unknown one that a verdict still needs."""
    needed = {name for one in answers for name in one.still_needed}
    found = {}
    for name, one in short.known.facts.items():
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


def _assumptions(short: _Short) -> tuple[Assumption, ...]:
    """Return what was assumed and matters to an authority at issue; activities not stated are no part of the story."""
    matters = {
        name
        for case in short.cases.values()
        if case.verdict is not Verdict.NOT_ENGAGED
        for name in case.tables.worlds.dimensions
    }
    return tuple(
        Assumption(name, one.said)
        for name, one in short.known.facts.items()
        if one.origin is Origin.ASSUMED and one.fact.kind is not FactKind.ACTIVITY and name in matters
    )
