"""Every claim is looked up in tables over all worlds at once; nothing is sampled."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from authcheck.answer import Decider
from authcheck.answer.building import cited_passages
from authcheck.asking.proof.results import SCHEMA, ClaimResult, Part, Proof, Result
from authcheck.asking.proof.scenarios import Shown, exhibits
from authcheck.asking.proof.spaces import Space, narrowed
from authcheck.decision.known import possible_on
from authcheck.decision.verdicts import ORDER, AuthorityTables, Combination, Split, conditions_of, questions_of
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.projection import as_condition
from authcheck.evaluation.worlds import TooLargeError, Worlds, constrained, facts_of
from authcheck.frozen import dataclass
from authcheck.model.authority import ALWAYS, Authority, Element
from authcheck.model.claim import (
    All,
    Changes,
    Claim,
    Form,
    Iff,
    Moves,
    NeverHigher,
    NeverLower,
    Some,
    Unchanged,
    authorities_of,
    cautions_of,
)
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    CautionShown,
    Condition,
    Constant,
    Not,
    Range,
    Test,
    Truth,
    VerdictIs,
)
from authcheck.model.fact import FactType
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict

__all__ = ["Prover"]

# `contested` is no rank, and `not-engaged` stands outside.
RANKED = (Verdict.UNAVAILABLE, Verdict.SILENT, Verdict.AVAILABLE)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a form comes to, over how many cases, and the worlds that show it."""

    result: Result
    cases: int
    shown: tuple[Shown, ...] = ()


class _View:
    """One authority under one choice of readings, or over all that a lens admits: its verdicts as conditions."""

    def __init__(self, worlds: Worlds, possible: int, split: Split, readings: Combination) -> None:
        self.readings = readings
        self._worlds = worlds
        self._possible = possible
        self._worlds_of = dict(zip(ORDER, split.worlds, strict=True))
        self._found: dict[tuple[Verdict, ...], Condition] = {}

    def one_of(self, *verdicts: Verdict) -> Condition:
        """Return the condition that the verdict is one of these."""
        if verdicts not in self._found:
            union = 0
            for verdict in verdicts:
                union |= self._worlds_of[verdict]
            self._found[verdicts] = as_condition(self._worlds, union, self._possible)
        return self._found[verdicts]


class Prover:
    """Proves claims about one pack, on one date. What they have in common is worked out once."""

    def __init__(self, pack: Pack, day: datetime.date | None = None, *, version: str = "") -> None:
        """Take the pack, the date, which is the pack's own if left out, and the version of the tool for receipts."""
        self.version = version
        self.day = day or pack.as_of
        self.decider = Decider(replace(pack, as_of=self.day))
        self.law = self.decider.law.on(self.day)
        self.pack = self.law.pack
        self.in_force = self.law.in_force
        self.open = {name: possible_on(fact, self.day) for name, fact in pack.facts.items()}
        self._views: dict[tuple[str, str], tuple[_View, tuple[_View, ...]]] = {}

    def result(self, claim: Claim) -> ClaimResult:
        """Return what a claim comes to. Raises AuthcheckError where it asks of too many facts at once."""
        found = self._proved(claim)
        form, authorities = claim.form, authorities_of(claim.form)
        changed = tuple(form.by) if isinstance(form, Unchanged | Changes) else ()
        ruled = self.decider.pack.authorities
        asked = {name for authority in authorities for name in facts_of(conditions_of(ruled[authority]))}
        unasked = tuple(name for name in changed if name not in asked)
        result = found.result
        if result is Result.PROVED and isinstance(form, Unchanged) and unasked == changed:
            result = Result.UNASKED
        return ClaimResult(
            claim=claim.claim,
            text=claim.text,
            hedge=claim.hedge,
            note=claim.note,
            lens=claim.lens,
            form=_NAMES[type(form)],
            authorities=authorities,
            cautions=cautions_of(form),
            changed=changed,
            unasked=unasked,
            result=result,
            cases=found.cases,
            scenarios=exhibits(claim, found.shown, self.decider),
            passages=claim.cite,
        )

    def proof(self, results: Sequence[ClaimResult]) -> Proof:
        """Return results with the words that they cite, and what they were made from."""
        return Proof(
            schema=SCHEMA,
            tool="authcheck",
            version=self.version,
            pack=self.pack.id,
            pack_version=self.pack.version,
            pack_digest=self.pack.digest,
            as_of=self.day,
            claims=tuple(results),
            passages=cited_passages(self.pack, (id for result in results for id in result.passages)),
            disclaimer=self.pack.disclaimer,
        )

    def result_alone(self, claim: Claim) -> Result:
        """Return whether a claim holds, without what shows it. Raises as `result` does."""
        return self._proved(claim).result

    def asks_alike(self, claim: Claim) -> tuple[object, ...]:
        """Return all of the law of the day on which the result of a claim can turn."""
        names = authorities_of(claim.form)
        questions = {name for authority in names for name in questions_of(self.pack.authorities[authority])}
        admits = self.pack.lenses[claim.lens].admits
        return (
            tuple(self.pack.authorities[name] for name in names),
            tuple(self.pack.cautions.get(name) for name in cautions_of(claim.form)),
            {name: admits[name] for name in questions if name in admits},
            self.in_force,
            self.law.yet_to_come,
        )

    def _proved(self, claim: Claim) -> _Found:
        try:
            return self._found(claim.form, claim.lens)
        except TooLargeError as error:
            message = f"the claim `{claim.claim}` asks of too many facts at once: {error}"
            raise AuthcheckError([Diagnostic("table-too-large", message, claim.place, help="split it")]) from None

    def _found(self, form: Form, lens: str) -> _Found:
        match form:
            case All(given, then):
                return self._all(self._plain(given, lens), self._plain(then, lens))
            case Some(condition):
                return self._some(self._plain(condition, lens))
            case Iff(one, other):
                return self._iff(self._plain(one, lens), self._plain(other, lens))
            case Unchanged():
                return _together(self._unchanged(name, form, lens) for name in form.of)
            case Changes():
                return _together(self._changes(name, form, lens) for name in form.of)
            case NeverLower():
                return _together(self._never_lower(name, form, lens) for name in form.of)
            case NeverHigher():
                return _together(self._never_higher(name, form, lens) for name in form.of)
            case _:  # pragma: no cover
                assert_never(form)

    # --- forms about single worlds

    def _all(self, given: Condition, then: Condition) -> _Found:
        space = self._space([given, then], given)
        there = space.where(given)
        against = there & ~space.where(then)
        if against:
            return _Found(Result.REFUTED, there.bit_count(), (_one(Part.REFUTATION, space, against),))
        return _Found(Result.PROVED if there else Result.VACUOUS, there.bit_count())

    def _some(self, condition: Condition) -> _Found:
        space = self._space([condition], condition)
        there = space.where(condition)
        if not there:
            return _Found(Result.REFUTED, space.size)
        return _Found(Result.PROVED, there.bit_count(), (_one(Part.EXAMPLE, space, there),))

    def _iff(self, condition: Condition, other: Condition) -> _Found:
        space = self._space([condition, other])
        mine, theirs = space.where(condition), space.where(other)
        if mine ^ theirs:
            return _Found(Result.REFUTED, space.size, (_one(Part.REFUTATION, space, mine ^ theirs),))
        return _Found(Result.PROVED if mine else Result.VACUOUS, space.size)

    # --- forms about pairs of worlds, for one authority

    def _unchanged(self, name: str, form: Unchanged, lens: str) -> _Found:
        if not self._can_move(form.by):
            return _Found(Result.VACUOUS, 0)
        agreed, views = self._of(name, lens)
        told = [view.one_of(verdict) for view in (agreed, *views) for verdict in ORDER]
        # A fact of which no verdict asks, nor a constraint on one that a verdict asks, need not be laid out.
        reached = set(constrained(facts_of(told), self.law.facts))
        moves = {fact: values for fact, values in form.by.items() if fact in reached}
        space = self._space([*told, *_run(moves), *self._each_value(moves)], moved=moves)
        there = space.where(AllOf(_run(moves)))
        for view in (agreed, *views):
            for verdict in ORDER:
                mine = there & space.where(view.one_of(verdict))
                pair = _pair(space, tuple(moves), mine, there & ~mine, view.readings, either_way=True)
                if pair:
                    return _Found(Result.REFUTED, there.bit_count(), pair)
        return _Found(Result.PROVED, there.bit_count())

    def _can_move(self, moves: Moves) -> bool:
        """Whether two possible worlds differ in these facts alone."""
        space = self._space([*_run(moves), *self._each_value(moves)], moved=moves)
        there = space.where(AllOf(_run(moves)))
        return there.bit_count() > space.folded(there, moves).bit_count()

    def _changes(self, name: str, form: Changes, lens: str) -> _Found:
        agreed, _ = self._of(name, lens)
        told = agreed.one_of(form.before), agreed.one_of(form.after)
        ends = [
            AllOf(tuple(Test(fact, (values[end],)) for fact, values in form.by.items() if values)) for end in (0, -1)
        ]
        space = self._space([*told, *ends, *self._each_value(form.by)], moved=form.by)
        first, second = (space.where(AllOf(both)) for both in zip(told, ends, strict=True))
        pair = _pair(space, tuple(form.by), first, second, {})
        return _Found(Result.PROVED if pair else Result.REFUTED, space.size, pair)

    def _never_lower(self, name: str, form: NeverLower, lens: str) -> _Found:
        _, views = self._of(name, lens)
        given, before, after = (self._plain(condition, lens) for condition in (form.given, form.before, form.after))
        told = [view.one_of(verdict) for view in views for verdict in RANKED]
        moved = constrained(facts_of([before, after]), self.law.facts)
        space = self._space([given, before, after, *told], given, moved)
        first, second = space.where(AllOf((given, before))), space.where(AllOf((given, after)))
        cases, compared = (first | second).bit_count(), False
        for view in views:
            ranks = [space.where(view.one_of(verdict)) for verdict in RANKED]
            engaged = ranks[0] | ranks[1] | ranks[2]
            compared |= bool(space.folded(first & engaged, moved) & space.folded(second & engaged, moved))
            for lower, higher in itertools.combinations(ranks, 2):
                pair = _pair(space, moved, first & higher, second & lower, view.readings)
                if pair:
                    return _Found(Result.REFUTED, cases, pair)
        return _Found(Result.PROVED if compared else Result.VACUOUS, cases)

    def _never_higher(self, name: str, form: NeverHigher, lens: str) -> _Found:
        _, views = self._of(name, lens)
        given, moved = self._plain(form.given, lens), (form.along,)
        told = [view.one_of(verdict) for view in views for verdict in RANKED]
        space = self._space([given, *told, *self._each_value({form.along: ()})], given, moved)
        there, compared = space.where(given), False
        for view in views:
            ranks = [there & space.where(view.one_of(verdict)) for verdict in RANKED]
            compared |= _moves_along(space, form.along, ranks[0] | ranks[1] | ranks[2])
            for (lower, higher), (less, more) in itertools.product(
                itertools.combinations(ranks, 2), itertools.combinations(space.at(form.along), 2)
            ):
                pair = _pair(space, moved, lower & less, higher & more, view.readings)
                if pair:
                    return _Found(Result.REFUTED, there.bit_count(), pair)
        return _Found(Result.PROVED if compared else Result.VACUOUS, there.bit_count())

    # --- verdicts and cautions as conditions of facts

    def _space(self, conditions: Iterable[Condition], given: Condition = ALWAYS, moved: Iterable[str] = ()) -> Space:
        """Return the worlds that the conditions tell apart, where what is given can hold."""
        return Space(conditions, self.law.facts, self.in_force, narrowed(self.open, given), moved)

    def _each_value(self, moves: Moves) -> Iterator[Condition]:
        """Return conditions that tell the values of the facts apart, so that there is something to change."""
        for name in moves:
            fact = self.law.facts[name]
            if fact.type is FactType.NUMBER:
                yield Test(name, (), Range(fact.minimum, fact.minimum))
            yield from (Test(name, (value,)) for value in fact.options)

    def _of(self, name: str, lens: str) -> tuple[_View, tuple[_View, ...]]:
        """Return an authority over all readings that the lens admits, and under each choice of them."""
        key = (name, lens)
        if key not in self._views:
            admits = self.pack.lenses[lens].admits
            authority = _on_readings(self.pack.authorities[name], admits)
            worlds = lay_out(conditions_of(authority), self.law.facts, self.open)
            tables = AuthorityTables(authority, self.pack.questions, worlds, self.in_force)
            combinations, possible = tables.combinations(admits), worlds.possible
            disputed = [question for question in tables.questions if len(admits[question]) > 1]
            self._views[key] = (
                _View(worlds, possible, tables.agreed(combinations), {}),
                tuple(
                    _View(
                        worlds,
                        possible,
                        tables.split(combination),
                        {question: combination[question] for question in disputed},
                    )
                    for combination in combinations
                ),
            )
        return self._views[key]

    def _plain(self, condition: Condition, lens: str) -> Condition:
        """Return the condition as one of facts alone."""
        match condition:
            case AllOf(inner):
                return AllOf(tuple(self._plain(part, lens) for part in inner))
            case AnyOf(inner):
                return AnyOf(tuple(self._plain(part, lens) for part in inner))
            case Not(part):
                return Not(self._plain(part, lens))
            case VerdictIs(name, verdicts):
                agreed, _ = self._of(name, lens)
                return agreed.one_of(*(verdict for verdict in ORDER if verdict in verdicts))
            case CautionShown(name):
                caution = self.pack.cautions.get(name)
                return Constant(Truth.FALSE) if caution is None else caution.when
            case _:
                return condition


_NAMES: Mapping[type, str] = {
    All: "all",
    Some: "some",
    Iff: "iff",
    Unchanged: "unchanged",
    Changes: "changes",
    NeverLower: "never_lower",
    NeverHigher: "never_higher",
}


def _on_readings(authority: Authority, admits: Mapping[str, tuple[str, ...]]) -> Authority:
    """Return the authority without what exists on readings alone that are not admitted."""

    def exists(only_on: Mapping[str, tuple[str, ...]]) -> bool:
        return all(set(admits[question]) & set(readings) for question, readings in only_on.items())

    def admitted(element: Element) -> Element:
        readings = {reading: rule for reading, rule in element.readings.items() if reading in admits[element.question]}
        return replace(element, readings=readings)

    return replace(
        authority,
        displaced_by=tuple(displacement for displacement in authority.displaced_by if exists(displacement.only_on)),
        grounds=tuple(
            replace(ground, elements=tuple(admitted(element) for element in ground.elements))
            for ground in authority.grounds
            if exists(ground.only_on)
        ),
    )


def _run(moves: Moves) -> tuple[Condition, ...]:
    """Return the conditions that the facts have the values through which they run."""
    return tuple(Test(fact, values) for fact, values in moves.items() if values)


def _one(part: Part, space: Space, worlds: int) -> Shown:
    return Shown(part, space.values(space.plainest(worlds)))


def _pair(
    space: Space, moved: Sequence[str], first: int, second: int, readings: Combination, *, either_way: bool = False
) -> tuple[Shown, ...]:
    """Return a world of the first and one of the second that differ in the facts moved alone; nothing if none do.

    With `either_way`, the plainer of the two comes before the other.
    """
    meeting = space.unfolded(space.folded(first, moved) & space.folded(second, moved), moved)
    if not meeting:
        return ()
    if either_way and space.plainest(meeting & (first | second)) & second:
        first, second = second, first
    before = space.plainest(meeting & first)
    after = space.plainest(space.unfolded(space.folded(before, moved), moved) & second)
    return Shown(Part.BEFORE, space.values(before), readings), Shown(Part.AFTER, space.values(after), readings)


def _moves_along(space: Space, fact: str, engaged: int) -> bool:
    """Whether two of the worlds differ in the number alone."""
    there = [space.folded(engaged & cell, (fact,)) for cell in space.at(fact)]
    several = [
        isinstance(cell, Range) and cell.low != cell.high and mask
        for cell, mask in zip(space.worlds.dimensions[fact].cells, there, strict=True)
    ]
    return any(several) or any(first & other for first, other in itertools.combinations(there, 2))


_GRAVEST_FIRST = (Result.REFUTED, Result.VACUOUS, Result.PROVED)


def _together(found: Iterable[_Found]) -> _Found:
    """Return what several authorities come to: the gravest result, with the worlds of the first that has it."""
    every = tuple(found)
    gravest = min(every, key=lambda result: _GRAVEST_FIRST.index(result.result))
    return _Found(gravest.result, sum(result.cases for result in every), gravest.shown)
