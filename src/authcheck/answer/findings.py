"""The tree of findings under a verdict: what was asked, what it is, and the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar, assert_never
from weakref import WeakKeyDictionary

from authcheck.answer.answer import Finding, FindingUnderReading, Kind, Outcome, Truths
from authcheck.decision.decision import Case, LawOfTheDay
from authcheck.decision.verdicts import crux_of, occurring
from authcheck.evaluation.truth import Table, ground_table, is_at_hand, rule_of, rule_table, table
from authcheck.evaluation.worlds import facts_of
from authcheck.keeping import keep
from authcheck.model.authority import Displacement, Element, Exclusion, Ground, Rule
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    CautionShown,
    Condition,
    Constant,
    InForce,
    Not,
    Term,
    Test,
    Truth,
    VerdictIs,
    in_words,
)
from authcheck.model.period import Period
from authcheck.model.verdict import Verdict

__all__ = ["Position", "TreeBuilder", "condition_text", "conditional_parts", "period_words", "positioned"]


def condition_text(condition: Condition) -> str:
    """Return a condition in the words of the vocabulary, as a pack's author would read it out."""
    match condition:
        case Constant(truth):
            return truth.value
        case Test():
            return _test_text(condition)
        case InForce(authority):
            return f"{authority} is in force"
        case VerdictIs(authority, verdicts):
            return f"verdict of {authority}: {' or '.join(verdict.value for verdict in verdicts)}"
        case CautionShown(caution):
            return f"caution {caution}: yes"
        case AllOf():
            return "all of these"
        case AnyOf():
            return "any of these"
        case Not():
            return "not"
        case Term(text=text):
            return text
        case _:  # pragma: no cover
            assert_never(condition)


def _test_text(test: Test) -> str:
    bounds = test.range
    if bounds is None:
        return f"{test.fact}: {' or '.join(map(in_words, test.values))}"
    if bounds.high is None:
        return f"{test.fact}: at least {bounds.low}"
    return f"{test.fact}: at most {bounds.high}" if bounds.low == 0 else f"{test.fact}: {bounds}"


def period_words(period: Period) -> str:
    """Return the time of a law in words."""
    words = [f"from {period.first}"] if period.first is not None else []
    words += [f"until {period.over}, when it no longer is"] if period.over is not None else []
    return " ".join(["in force", *words])


Part = TypeVar("Part", bound=Condition | Displacement | Element | Exclusion)

Position: TypeAlias = tuple[str, Kind, str]
"""Where a finding stands in an authority: its ground, its kind, and its id, or its words where it has no id."""


def positioned(tree: Finding) -> Iterator[tuple[Position, Finding]]:
    """Return the findings on which an authority's verdict turns, each at its position: grounds, and what is in them."""
    for part in tree.parts:
        ground = part.id if part.kind is Kind.GROUND else ""
        yield (ground, part.kind, part.text if part.kind is Kind.DISPLACEMENT else part.id), part
        for one in part.parts if ground else ():
            yield (ground, one.kind, one.id), one


def conditional_parts(tree: Finding) -> dict[str, Finding]:
    """Return what may fail a ground by its id: the elements and the exceptions of an authority."""
    return {part.id: part for _, part in positioned(tree) if part.kind in (Kind.ELEMENT, Kind.EXCEPTION)}


class _Met(NamedTuple):
    """The facts that a part of an authority tests, and what has been found of it where that much is known of them."""

    facts: tuple[str, ...]
    findings: dict[tuple[object, ...], Finding]


# So many findings are kept of each part.
_MOST_OF_A_PART = 1 << 7

# The parts of the authorities of each law, by their identity: they stay as long as it does.
_MET: WeakKeyDictionary[LawOfTheDay, dict[int, _Met]] = WeakKeyDictionary()


class TreeBuilder:
    """Builds the findings of one authority as it is decided.

    What is found of a part turns on the facts that it tests and on the readings of its question, and on nothing else:
    it is found once for all cases in which these are the same.
    """

    def __init__(self, case: Case) -> None:
        """Take what the authority is."""
        self.case = case
        self.tables = case.tables
        self.combinations = case.combinations
        self.settings = tuple(case.tables.setting(one) for one in case.combinations)
        self.mask = case.mask
        self.pack = case.law.pack
        self._met = _MET.setdefault(case.law, {})

    def authority(self) -> Finding:
        """Return the whole tree; the root's truths are the authority's possible verdicts."""
        authority = self.tables.authority
        parts: list[Finding] = []
        if authority.governs != Constant(Truth.TRUE):
            parts.append(self._once(authority.governs, self._governs, [authority.governs]))
        parts.extend(
            self._once(one, self._displacement, [one.when], one.only_on)
            for one in authority.displaced_by
            if any(setting.exists(one.only_on) for setting in self.settings)
        )
        if authority.in_force is not None:
            parts.append(self._in_force(authority.in_force))
        parts.extend(self._once(one, self._exception, [one.when]) for one in authority.exceptions)
        parts.extend(
            self._ground(one)
            for one in authority.grounds
            if any(setting.exists(one.only_on) for setting in self.settings)
        )
        splits = [self.tables.split(one) for one in self.combinations]
        verdicts = [occurring(split, self.mask) for split in splits]
        return Finding(
            id=authority.authority,
            kind=Kind.AUTHORITY,
            text=authority.title,
            outcome=_OUTCOME_OF[self.case.verdict],
            truths=tuple(dict.fromkeys(one for truths in verdicts for one in truths)),
            by_reading=self._by_reading(verdicts, [split.worlds for split in splits]),
            facts=(),
            passages=(),
            silence="",
            hedges=(),
            parts=tuple(parts),
        )

    def _once(
        self,
        part: Part,
        find: Callable[[Part], Finding],
        conditions: Iterable[Condition],
        questions: Iterable[str] = (),
    ) -> Finding:
        """Return what is found of a part of the authority, which has these conditions and turns on these questions."""
        worlds, admits = self.tables.worlds, self.case.admits
        if worlds.possible != worlds.everything:
            # What is possible of its facts is not told by what is known of each.
            return find(part)
        met = self._met.get(id(part))
        if met is None:
            met = self._met[id(part)] = _Met(facts_of(conditions), {})
        key = (*[admits[name] for name in questions], *[worlds.dimensions[name].cells for name in met.facts])
        return met.findings.get(key) or keep(met.findings, key, find(part), _MOST_OF_A_PART)

    def _governs(self, governs: Condition) -> Finding:
        return self._wrapped("governs", Kind.GOVERNS, "it is engaged", governs)

    def _displacement(self, displacement: Displacement) -> Finding:
        nowhere = Table(0, self.tables.worlds.everything)
        tables = [
            table(displacement.when, setting) if setting.exists(displacement.only_on) else nowhere
            for setting in self.settings
        ]
        parts = [self._condition(displacement.when)]
        finding = self._finding(
            "displaced-by", Kind.DISPLACEMENT, displacement.text, tables, displacement.cite, parts=parts
        )
        return _inferred(finding, displacement.inferred)

    def _ground(self, ground: Ground) -> Finding:
        finding = self._finding(
            ground.ground,
            Kind.GROUND,
            ground.title,
            [ground_table(ground, setting) for setting in self.settings],
            ground.cite,
            parts=[
                *(
                    self._once(one, self._element, one.told_apart_by, (one.question,) if one.question else ())
                    for one in ground.elements
                ),
                *(self._once(one, self._exception, [one.when]) for one in ground.exceptions),
            ],
        )
        return _hedged(_inferred(finding, ground.inferred), ground.hedge)

    def _element(self, element: Element) -> Finding:
        rules = [rule_of(element, setting) for setting in self.settings]
        tables = [
            None if rule is None else rule_table(rule, setting)
            for rule, setting in zip(rules, self.settings, strict=True)
        ]
        silent = [
            rule.silence
            for one, rule in zip(tables, rules, strict=True)
            if one is not None and rule is not None and one.silent(self.mask)
        ]
        silence = next((one for one in silent if one), "")
        if element.rule is not None:
            parts = self._rule(element.rule)
        else:
            admitted = dict.fromkeys(one[element.question] for one in self.combinations)
            parts = [self._reading(element, name) for name in admitted]
        at_hand = is_at_hand(element, self.settings[0], self.mask)
        cite, inferred = (element.cite, element.inferred) if at_hand else ((), "")
        finding = self._finding(element.element, Kind.ELEMENT, element.text, tables, cite, silence, parts)
        finding = _speaking(_inferred(finding, inferred), element.cite_unmet)
        return finding if element.rule is None else _hedged(finding, element.rule.hedge, element.rule.hedge_unmet)

    def _reading(self, element: Element, name: str) -> Finding:
        rule = element.readings.get(name)
        reading = self.pack.questions[element.question].readings[name]
        chosen = [self.tables.setting({**one, element.question: name}) for one in self.combinations]
        finding = self._finding(
            f"{element.question}={name}",
            Kind.READING,
            reading.text,
            [None if rule is None else rule_table(rule, setting) for setting in chosen],
            reading.cite,
            "" if rule is None else rule.silence,
            () if rule is None else self._rule(rule),
        )
        finding = _speaking(_inferred(finding, reading.inferred), reading.cite_unmet)
        # A rule says again only what its reading does not say already.
        if rule is None:
            return _hedged(finding, reading.hedge)
        return _hedged(finding, rule.hedge or reading.hedge, rule.hedge_unmet or reading.hedge_unmet)

    def _rule(self, rule: Rule) -> list[Finding]:
        parts = [self._condition(rule.when)]
        if rule.unless is not None:
            parts.append(self._wrapped("unless", Kind.UNLESS, "unless", rule.unless))
        if rule.silent_when is not None:
            parts.append(
                self._wrapped("silent-when", Kind.SILENT_WHEN, "the sources do not say where", rule.silent_when)
            )
        return parts

    def _exception(self, exception: Exclusion) -> Finding:
        finding = self._wrapped(exception.exception, Kind.EXCEPTION, exception.text, exception.when, exception.cite)
        return _hedged(_inferred(finding, exception.inferred), exception.hedge)

    def _wrapped(self, id: str, kind: Kind, text: str, condition: Condition, cite: tuple[str, ...] = ()) -> Finding:
        tables = [table(condition, setting) for setting in self.settings]
        return self._finding(id, kind, text, tables, cite, parts=[self._condition(condition)])

    def _in_force(self, period: Period) -> Finding:
        return self._finding(
            "in-force",
            Kind.IN_FORCE,
            period_words(period),
            [table(InForce(self.tables.authority.authority), setting) for setting in self.settings],
            period.cite,
        )

    def _condition(self, condition: Condition) -> Finding:
        kind, parts, cite, facts = _SHAPE[type(condition)](condition)
        return self._finding(
            condition.term if isinstance(condition, Term) else kind.value,
            kind,
            condition_text(condition),
            [table(condition, setting) for setting in self.settings],
            cite,
            parts=[self._condition(one) for one in parts],
            facts=facts,
        )

    def _finding(
        self,
        id: str,
        kind: Kind,
        text: str,
        tables: Sequence[Table | None],
        passages: tuple[str, ...] = (),
        silence: str = "",
        parts: Iterable[Finding] = (),
        facts: tuple[str, ...] = (),
    ) -> Finding:
        truths = [() if one is None else one.truths(self.mask) for one in tables]
        split = self._by_reading(truths, [_UNASKED if one is None else (one.true, one.false) for one in tables])
        return Finding(
            id=id,
            kind=kind,
            text=text,
            outcome=_outcome(one.truths for one in split) if split else _outcome_of(truths[0]),
            truths=truths[0] if not split else tuple(truth for truth in Truth if any(truth in some for some in truths)),
            by_reading=split,
            facts=facts,
            passages=passages,
            silence=silence,
            hedges=(),
            parts=tuple(parts),
        )

    def _by_reading(self, truths: Sequence[Truths], outcomes: list[tuple[int, ...]]) -> tuple[FindingUnderReading, ...]:
        """Return the truths under each reading of the questions on which they turn; nothing where they agree."""
        is_alike = outcomes.count(outcomes[0]) == len(outcomes)
        crux = () if is_alike else crux_of(self.combinations, outcomes, self.mask)
        if not crux:
            return ()
        split: dict[tuple[str, ...], FindingUnderReading] = {}
        for combination, found in zip(self.combinations, truths, strict=True):
            readings = {name: combination[name] for name in crux}
            split.setdefault(tuple(readings.values()), FindingUnderReading(readings, found))
        return tuple(split.values())


# Nothing is both true and false in a world: what is not asked parts from all that is.
_UNASKED = (-1, -1)


def _outcome(truths: Iterable[Truths]) -> Outcome:
    """Return what the truths under each reading come to; empty ones are of readings that do not ask."""
    occurring = set(truths)
    asked = occurring - {()}
    if any(len(some) > 1 for some in asked):
        return Outcome.UNKNOWN
    if len(asked) > 1 or (len(occurring) > 1 and asked != {(Truth.TRUE,)}):
        return Outcome.CONTESTED
    return _outcome_of(next(iter(asked), ()))


def _outcome_of(truths: Truths) -> Outcome:
    """Return what the truths under every reading come to."""
    if len(truths) == 1:
        return _OUTCOME_OF_TRUTH[truths[0]]
    return Outcome.UNKNOWN if truths else Outcome.NOT_ASKED


def _inferred(finding: Finding, step: str) -> Finding:
    return replace(finding, inferred=step) if step else finding


def _speaking(finding: Finding, unmet: tuple[str, ...]) -> Finding:
    """Return the finding without the passages that speak only where it is not met; with them last, where it may be."""
    truths = finding.truths
    if not unmet or Truth.TRUE not in truths:
        return finding
    met = tuple(passage for passage in finding.passages if passage not in unmet)
    perhaps = () if truths == (Truth.TRUE,) else tuple(passage for passage in finding.passages if passage in unmet)
    return replace(finding, passages=(*met, *perhaps))


def _hedged(finding: Finding, met: str, unmet: str = "") -> Finding:
    """Return the finding with the hedges of what it shows: where it is met or not asked, where it is not met.

    A silence has the one that its own words quote.
    """
    truths = finding.truths
    is_unmet = Truth.FALSE in truths or (Truth.SILENT in truths and unmet in finding.silence)
    shown = (met if Truth.TRUE in truths or not truths else "", unmet if is_unmet else "")
    hedges = tuple(dict.fromkeys(words for words in shown if words))
    return replace(finding, hedges=hedges) if hedges else finding


_OUTCOME_OF_TRUTH: Mapping[Truth | Verdict, Outcome] = {truth: Outcome(truth.value) for truth in Truth}

_OUTCOME_OF: Mapping[Verdict, Outcome] = {
    Verdict.AVAILABLE: Outcome.TRUE,
    Verdict.CONTESTED: Outcome.CONTESTED,
    Verdict.SILENT: Outcome.SILENT,
    Verdict.UNAVAILABLE: Outcome.FALSE,
    Verdict.NOT_ENGAGED: Outcome.FALSE,
    Verdict.UNDETERMINED: Outcome.UNKNOWN,
}

_Shape = tuple[Kind, tuple[Condition, ...], tuple[str, ...], tuple[str, ...]]

_SHAPE: Mapping[type, Callable[..., _Shape]] = {
    Constant: lambda _: (Kind.CONSTANT, (), (), ()),
    Test: lambda one: (Kind.TEST, (), (), (one.fact,)),
    InForce: lambda _: (Kind.IN_FORCE, (), (), ()),
    AllOf: lambda one: (Kind.ALL, one.parts, (), ()),
    AnyOf: lambda one: (Kind.ANY, one.parts, (), ()),
    Not: lambda one: (Kind.NOT, (one.part,), (), ()),
    Term: lambda one: (Kind.TERM, (one.condition,), one.cite, ()),
}
