"""Why a verdict is as it is: what fails, what is silent, what is left out, and on how weak a source it rests."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator

from authcheck.answer.answer import Answer, Cause, Finding, Kind, LeftOut, ReadingAnswer, Weakest
from authcheck.answer.findings import conditional_parts
from authcheck.answer.hedges import hedges_of, hedges_of_power, own_hedges
from authcheck.answer.standing import PowerStanding, narrowed
from authcheck.answer.support import deciding_facts
from authcheck.decision.decision import Case, Decision
from authcheck.decision.known import Known, KnownFact, Origin
from authcheck.decision.verdicts import Combination, occurring, single_verdict
from authcheck.evaluation.truth import Setting, element_table, ground_table, table
from authcheck.model.authority import Authority, Ground
from authcheck.model.condition import Constant, Truth
from authcheck.model.fact import FactKind
from authcheck.model.pack import Pack
from authcheck.model.scenario import FactStatus
from authcheck.model.source import DocumentClass
from authcheck.model.verdict import Need, Verdict
from authcheck.wording import listed

__all__ = [
    "because",
    "fails",
    "left_out",
    "power_left_out",
    "power_readings",
    "readings_of",
    "reason",
    "rests_on",
    "unsettled",
    "unsettled_in",
    "walk",
    "weakest",
    "where_it_fails",
]

_RANK = {document_class: rank for rank, document_class in enumerate(DocumentClass)}


def unsettled(decision: Decision) -> dict[str, PowerStanding]:
    """Return the powers that are or may be needed, and are neither available nor a gap."""
    return {
        name: PowerStanding(
            power.needed,
            single_verdict(power.possible),
            power.possible,
            power.unsupplied,
            decision.is_supplied_if_left_out(name),
            hedges_of_power(name, decision),
        )
        for name, power in decision.powers.items()
        if power.possible not in {(), (Verdict.AVAILABLE,)} and not decision.is_gap(name)
    }


def unsettled_in(answer: Answer) -> dict[str, PowerStanding]:
    """Return the powers that an answer has as needed, and as neither available nor a gap."""
    return {
        name: narrowed(PowerStanding, power)
        for name, power in answer.powers.items()
        if power.verdict is not None and power.verdict is not Verdict.AVAILABLE and not power.gap
    }


def power_readings(name: str, decision: Decision) -> tuple[ReadingAnswer, ...]:
    """Return what a power is on each reading of the questions of its supply on which it turns."""
    return tuple(
        ReadingAnswer(
            one.readings,
            single_verdict(one.possible),
            one.possible,
            own_hedges(hedges_of_power(name, decision), one.readings, decision.law.pack)
            if Verdict.AVAILABLE in one.possible
            else (),
        )
        for one in decision.powers[name].readings
    )


def power_left_out(name: str, decision: Decision) -> tuple[LeftOut, ...]:
    """Return each reading of a question of its supply that the lens leaves out and that would change a power."""
    return tuple(_power_left_out(name, decision))


def _power_left_out(name: str, decision: Decision) -> Iterator[LeftOut]:
    found, lens = decision.powers[name], decision.lens
    if found.needed is Need.NOT_NEEDED:
        return
    for question in decision.law.power_tables(name).supply_questions:
        for reading, view in decision.law.pack.questions[question].readings.items():
            if reading in lens.admits[question]:
                continue
            widened = decision.power_on(name, {**lens.admits, question: (*lens.admits[question], reading)})
            if widened.possible != found.possible:
                alone = decision.power_on(name, {**lens.admits, question: (reading,)})
                yield LeftOut(question, reading, view.holders, single_verdict(alone.possible), ())


def walk(finding: Finding) -> Iterator[Finding]:
    """Return the finding and all under it, outermost first."""
    left = [finding]
    while left:
        one = left.pop()
        yield one
        left.extend(reversed(one.parts))


def readings_of(case: Case, pack: Pack) -> tuple[ReadingAnswer, ...]:
    """Return the verdict under each reading of the questions on which it turns; nothing where it turns on none."""
    if not case.crux:
        return ()
    answers: dict[tuple[str, ...], ReadingAnswer] = {}
    for combination in case.combinations:
        readings = {question: combination[question] for question in case.crux}
        if (names := tuple(readings.values())) not in answers:
            possible = occurring(case.tables.split(combination), case.mask)
            alike = [one for one in case.combinations if readings.items() <= one.items()]
            hedges = own_hedges(hedges_of(case, alike), readings, pack)
            answers[names] = ReadingAnswer(readings, single_verdict(possible), possible, hedges)
    return tuple(answers.values())


def left_out(case: Case, pack: Pack) -> Iterator[LeftOut]:
    """Return each reading that the lens leaves out and that would change the verdict."""
    if case.possible == (Verdict.NOT_ENGAGED,) and not case.authority.displaced_by:
        # No reading changes what an authority governs.
        return
    admits = case.admits
    for name, question in case.tables.questions.items():
        for reading, view in question.readings.items():
            if reading in admits[name]:
                continue
            widened = {**admits, name: (*admits[name], reading)}
            if occurring(case.tables.agreed(case.tables.combinations(widened)), case.mask) == case.possible:
                continue
            alone = case.tables.combinations({**admits, name: (reading,)})
            verdict = single_verdict(occurring(case.tables.agreed(alone), case.mask))
            hedges = own_hedges(hedges_of(case, alone), {name: reading}, pack)
            yield LeftOut(name, reading, view.holders, verdict, hedges)


def because(case: Case) -> tuple[Cause, ...]:
    """Return, for each ground, what fails it on every reading; where nothing does, what fails it on which."""
    grounds = case.authority.grounds
    causes: list[Cause] = []
    for ground in [ground for ground in grounds if _can_hold(ground)] or grounds:
        for cause in _causes(ground, case):
            if cause.parts and cause not in causes:
                causes.append(cause)
    return tuple(causes)


def where_it_fails(cause: Cause, texts: Callable[[str, str], str]) -> str:
    """Return the words before a cause that is none on every reading, and before one thing of several.

    `texts` gives the text of a question's reading.
    """
    views = [listed((texts(name, view).rstrip(".") for view in views), "or") for name, views in cause.on.items()]
    before = f"On one reading ({'; '.join(views)}): " if views else ""
    return before + ("One of these at least: " if cause.one_of else "")


def _can_hold(ground: Ground) -> bool:
    """Whether the ground is more than the place of a silence, which no facts fill."""
    each = [element.rules for element in ground.elements]
    return not any(rules and all(rule.when == Constant(Truth.FALSE) for rule in rules) for rules in each)


def _causes(ground: Ground, case: Case) -> Iterator[Cause]:
    """Return what fails a ground on every reading on which it exists; else each cause with the readings of it."""
    failing: dict[tuple[tuple[str, ...], bool], list[Combination]] = {}
    for combination in case.combinations:
        setting = case.tables.setting(combination)
        if setting.exists(ground.only_on):
            failing.setdefault(_failing(ground, case.authority, setting, case.mask), []).append(combination)
    always = [set(parts) for parts, one_of in failing if not one_of]
    shared = set.intersection(*always) if len(always) == len(failing) and always else set()
    if shared:
        yield Cause(tuple(part for part in next(iter(failing))[0] if part in shared))
        return
    questions = dict.fromkeys(element.question for element in ground.elements if element.question)
    everywhere = {name: {one[name] for one in case.combinations} for name in questions}
    for (parts, one_of), combinations in failing.items():
        on = {name: tuple(dict.fromkeys(one[name] for one in combinations)) for name in questions}
        yield Cause(parts, one_of, {name: views for name, views in on.items() if set(views) != everywhere[name]})


def _failing(ground: Ground, authority: Authority, setting: Setting, mask: int) -> tuple[tuple[str, ...], bool]:
    """Return what fails a ground in every world; else the smallest set of which one thing always does, and True."""
    causes: dict[str, int] = {}
    for element in ground.elements:
        causes[element.element] = element_table(element, setting).false & mask
    for exception in (*ground.exceptions, *authority.exceptions):
        causes[exception.exception] = table(exception.when, setting).true & mask
    always = tuple(name for name, worlds in causes.items() if worlds == mask)
    if always:
        return always, False
    for size in range(2, len(causes) + 1):
        for names in itertools.combinations(causes, size):
            covered = 0
            for name in names:
                covered |= causes[name]
            if covered == mask:
                return names, True
    return (), False


def reason(case: Case, tree: Finding, failing: str, needed: tuple[str, ...], decision: Decision) -> str:
    """Return the reason of a verdict in words; `failing` is what `fails` says, `needed` the facts still needed."""
    match case.verdict:
        case Verdict.NOT_ENGAGED:
            return _not_engaged(case.authority, tree)
        case Verdict.UNAVAILABLE if case.authority.authority not in decision.in_force:
            return _out_of_force(case.authority, decision.day)
        case Verdict.UNAVAILABLE:
            pack = decision.law.pack
            nothing = f"No ground of it is law on {decision.day}."
            return (failing or _without_ground(case, pack) or nothing) + _assuming(case, decision)
        case Verdict.SILENT:
            parts = [part for ground in _grounds(tree, Truth.SILENT) for part in ground.parts]
            silent = [part for part in (*parts, *tree.of(Kind.EXCEPTION)) if Truth.SILENT in part.truths]
            told_by = (part.text if part.kind is Kind.EXCEPTION else part.silence for part in silent)
            silences = dict.fromkeys(words for words in told_by if words)
            # Where the readings are silent for different reasons, each is given.
            told = silences if len(case.combinations) > 1 else list(silences)[:1]
            return " ".join(told) or "The sources do not say."
        case Verdict.CONTESTED:
            return " ".join(decision.law.pack.questions[name].text for name in case.crux)
        case Verdict.UNDETERMINED:
            return "Turns on: " + " ".join(decision.law.facts[name].question for name in needed)
        case _:
            holding = _grounds(tree, Truth.TRUE)
            return "; ".join(ground.text for ground in holding) + "." if holding else ""


def _assuming(case: Case, decision: Decision) -> str:
    """Return what is assumed and decides the verdict: without it, the authority might be something else."""
    known, facts = decision.known.facts, decision.law.facts
    tested = decision.law.tested_by[case.authority.authority]
    assumed = [
        name for name in tested if known[name].origin is Origin.ASSUMED and known[name].fact.kind is FactKind.EVENT
    ]

    # What follows from an assumption goes with it.
    implied = [name for name, fact in known.items() if fact.origin is Origin.IMPLIED]

    def decides(*opened: str) -> bool:
        # An assumption that no rule tests is made of what they do test: it goes with that.
        beside = (
            other
            for name in opened
            for other in facts.neighbours[name]
            if known[other].origin is Origin.ASSUMED and other not in tested
        )
        return case.opened([*implied, *opened, *beside]).possible != case.possible

    if not assumed or not decides(*assumed):
        return ""
    deciding = [name for name in assumed if decides(name)] or assumed
    return " It is unavailable, assuming: " + " ".join(_answered(known[name]) for name in deciding)


def _answered(one: KnownFact) -> str:
    """Return the question of a fact with its answer, as an interview would put them."""
    return f"{one.fact.question} {one.fact.values.get(one.said) or f'{one.said.capitalize()}.'}"


def _out_of_force(authority: Authority, day: datetime.date) -> str:
    assert authority.in_force is not None  # Invariant: what has no time is always in force.
    if authority.in_force.is_ahead_of(day):
        return f"Its law begins on {authority.in_force.first}."
    return f"Not in force since {authority.in_force.over}."


def _grounds(tree: Finding, truth: Truth) -> list[Finding]:
    """Return the grounds that take this truth in some world."""
    return [ground for ground in tree.of(Kind.GROUND) if truth in ground.truths]


def _not_engaged(authority: Authority, tree: Finding) -> str:
    """Return what the authority governs, where it does not; else by what it is displaced."""
    displaced = [_failure(part) for part in tree.of(Kind.DISPLACEMENT) if Truth.TRUE in part.truths]
    governs_nothing = any(part.truths == (Truth.FALSE,) for part in tree.of(Kind.GOVERNS))
    return displaced[0] if displaced and not governs_nothing else authority.governs_text


def fails(tree: Finding, causes: tuple[Cause, ...], pack: Pack) -> str:
    """Return what fails in words, each thing once; on which reading, where it is not on every one.

    Beside others, a ground of another kind of activity than is described is no reason.
    """
    parts = conditional_parts(tree)

    def is_of_another_kind(cause: Cause) -> bool:
        kinds = {pack.facts[fact].kind for id in cause.parts for fact in deciding_facts(parts[id])}
        return kinds == {FactKind.ACTIVITY}

    def text(question: str, reading: str) -> str:
        return pack.questions[question].readings[reading].text

    sentences: dict[str, None] = {}
    for cause in [cause for cause in causes if not is_of_another_kind(cause)] or causes:
        failing = [parts[name] for name in cause.parts]
        words = [_failure(part) for part in failing]
        before = where_it_fails(cause, text)
        sentences.update(dict.fromkeys([before + " ".join(words)] if before else words))
    return " ".join(sentences)


def _failure(part: Finding) -> str:
    """Return what fails as a sentence, and that the pack infers it, if it does."""
    words = f"Not met: {part.text}" if part.kind is Kind.ELEMENT else part.text
    return f"{words.rstrip('.')} (inference of this pack)." if part.inferred else words


def _without_ground(case: Case, pack: Pack) -> str:
    """Return the readings on which no ground exists, in words."""
    texts = dict.fromkeys(
        pack.questions[name].readings[combination[name]].text
        for combination in case.combinations
        for ground in case.authority.grounds
        for name, readings in ground.only_on.items()
        if combination[name] not in readings
    )
    return " ".join(texts)


def weakest(case: Case, pack: Pack) -> Weakest | None:
    """Return the weakest source on which the verdict rests; an element is as strong as its best passage."""

    def strength(passage: str) -> tuple[int, bool]:
        source = pack.passages[passage]
        return _RANK[pack.documents[source.document].document_class], source.anonymous

    setting = case.tables.setting(case.combinations[0])
    grounds = [ground for ground in case.authority.grounds if setting.exists(ground.only_on)]
    holding = [ground for ground in grounds if not case.mask & ~ground_table(ground, setting).true]
    carried: list[tuple[str, ...]] = []
    for ground in holding[:1] or grounds:
        for element in ground.elements:
            question = element.question
            admitted = {combination[question] for combination in case.combinations} if question else set()
            readings = admitted & set(element.readings)
            if question and not readings:
                continue
            views = [pack.questions[question].readings[name].cite for name in sorted(readings)]
            carried.extend(passages for passages in [element.cite, *views] if passages)
    if not carried:
        return None
    worst = max((min(passages, key=strength) for passages in carried), key=strength)
    passage = pack.passages[worst]
    return Weakest(
        passage=worst,
        document_class=pack.documents[passage.document].document_class,
        speaker=passage.speaker,
        speech=passage.speech,
        anonymous=passage.anonymous,
    )


def rests_on(case: Case, known: Known) -> tuple[str, ...]:
    """Return the stated facts behind a verdict that are not simply given, or that are a judgement."""
    facts = (known.facts[name] for name in case.tables.worlds.names)
    return tuple(
        fact.fact.fact
        for fact in facts
        if fact.stated is not None
        and not fact.stated.unknown
        and (fact.stated.status is not FactStatus.STIPULATED or fact.fact.judgement)
    )
