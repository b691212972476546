"""Changes of one or two facts of a scenario that alter a verdict or a crux, those that teach most first."""

from __future__ import annotations

import enum
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.answer.answer import Finding, Kind, Outcome, Receipt
from authcheck.answer.building import answer_of
from authcheck.answer.findings import Position, TreeBuilder, positioned
from authcheck.answer.result import ResultType
from authcheck.decision.decision import Case, Decision
from authcheck.decision.known import everything_allowed
from authcheck.decision.verdicts import conditions_of
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.worlds import cells_of
from authcheck.frozen import dataclass
from authcheck.model.condition import Range
from authcheck.model.fact import FactKind
from authcheck.model.scenario import Expectation, Scenario, StatedFact, stated_as
from authcheck.model.verdict import Verdict

__all__ = [
    "RESULT",
    "SCHEMA",
    "Alteration",
    "Change",
    "Effect",
    "Found",
    "Turn",
    "Variant",
    "Variants",
    "find_variants",
    "variant_scenario",
    "variants_of",
]

SCHEMA = "authcheck.variants/1"


class Effect(enum.Enum):
    """What a change does to one authority; what teaches most comes first."""

    GAINED = "gained"
    LOST = "lost"
    DISPUTE_SETTLED = "dispute-settled"
    DISPUTE_OPENED = "dispute-opened"
    SILENCE_MET = "silence-met"
    DISPUTE_MOVED = "dispute-moved"
    OPENED = "opened"
    SETTLED = "settled"
    ENGAGED = "engaged"
    DISENGAGED = "disengaged"


@dataclass(frozen=True, slots=True)
class Change:
    """A fact stated at another value.

    `origin` says where the value before comes from: stated, derived, implied, assumed, or unknown. `setting` is
    what states the new value on a command line: `fact=value`.
    """

    fact: str
    question: str
    before: str
    origin: str
    after: str
    setting: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A condition of an authority that the change makes another: an element, an exception, what it governs."""

    id: str
    kind: Kind
    text: str
    before: Outcome
    after: Outcome

    @property
    def words(self) -> str:
        """What it was, and what it is."""
        return f"{_OUTCOME_WORDS[self.before]} → {_OUTCOME_WORDS[self.after]}"


@dataclass(frozen=True, slots=True)
class Alteration:
    """What becomes of one authority.

    `only_together` is true where the change is of two facts, and neither alone does this to the authority.
    `in_effect` words what it is where it is available, if it has effects of its own only.
    """

    authority: str
    title: str
    effect: Effect
    before: Verdict
    after: Verdict
    possible_before: tuple[Verdict, ...]
    possible_after: tuple[Verdict, ...]
    crux_before: tuple[str, ...]
    crux_after: tuple[str, ...]
    in_effect: str
    only_together: bool
    turns: tuple[Turn, ...]

    def words(self, verdict: Verdict) -> str:
        """Return a verdict on the authority in a word, or what it is in effect."""
        return self.in_effect if verdict is Verdict.AVAILABLE and self.in_effect else verdict.value


@dataclass(frozen=True, slots=True)
class Variant:
    """A change of one fact, or of two, that alters a verdict or a crux.

    `no_longer_apply` are the stated facts that mean nothing once the change is made: they are stated absent.
    `alike` are all the values of the same facts that do the same, where there are more than those stated.
    """

    name: str
    changes: tuple[Change, ...]
    no_longer_apply: tuple[Change, ...]
    isolates: str
    alterations: tuple[Alteration, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of a scenario, those that teach most first.

    With `authorities`, those that alter one of these. The counts are of all that there are; the list may hold
    fewer. `questions` has the words of every crux in it.
    """

    schema: str
    scenario: str
    title: str
    option: str
    authorities: tuple[str, ...]
    of_one_fact: int
    of_two_facts: int
    variants: tuple[Variant, ...]
    questions: Mapping[str, str]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("variants", "The variants of a scenario, of authcheck", SCHEMA, Variants)


@dataclass(frozen=True, slots=True)
class Found:
    """A change that alters something, with the decision that it leads to.

    `effects` has every authority that is altered. `together` are those on which neither of two facts alone does
    the same, or all where one fact is changed; `main` is the one of them on which the change teaches most. `alike`
    are statements of all values that do the same, the ones stated among them.
    """

    stated: Mapping[str, StatedFact]
    no_longer_apply: Mapping[str, StatedFact]
    decision: Decision
    effects: Mapping[str, Effect]
    together: tuple[str, ...]
    main: str
    alike: tuple[Mapping[str, StatedFact], ...]


_RANK = {effect: rank for rank, effect in enumerate(Effect)}

# What an effect teaches: an authority gained or lost is one lesson, and what has no place here is all the last one.
_LESSON = {
    Effect.GAINED: 0,
    Effect.LOST: 0,
    Effect.DISPUTE_SETTLED: 1,
    Effect.DISPUTE_OPENED: 2,
    Effect.SILENCE_MET: 3,
}

_State = tuple[Verdict, tuple[str, ...]]
"""What a change may alter in an authority: its verdict and its crux."""


def find_variants(decision: Decision, authorities: Iterable[str] = ()) -> tuple[Found, ...]:
    """Return the changes of one or two facts that alter a verdict or a crux, in order of what they teach.

    With `authorities`, only those that alter one of them. A change of two facts counts where it makes of some
    authority what neither fact alone does. A fact takes each value that the rules tell apart; a stated event or
    status may also become unknown. Dates, and facts on which no verdict turns, stay as they are. Raises
    AuthcheckError where too many facts are open at once.
    """
    search = _Search(decision, frozenset(authorities) or frozenset(decision.law.facts_of))
    return tuple(_ranked(_alike_joined([*search.of_one_fact(), *search.of_two_facts()])))


class _Search:
    """Tries the changes of one decision; what one fact alone does is kept for the changes of two."""

    def __init__(self, decision: Decision, asked: frozenset[str]) -> None:
        self.decision = decision
        self.asked = asked
        law = decision.law
        self.turning = {
            fact: names
            for fact in law.facts
            if not asked.isdisjoint(names := [name for name, facts in law.facts_of.items() if fact in facts])
        }
        conditions = [condition for one in law.pack.authorities.values() for condition in conditions_of(one)]
        demands = [part for pairs in law.facts.demands.values() for pair in pairs for part in pair]
        self.conditions = [*conditions, *demands]
        self.before = {name: _state(decision, name) for name in law.facts_of}
        self.alone: dict[StatedFact, Mapping[str, _State]] = {}
        # Of each value that is tried, all that the rules treat alike.
        self.alike: dict[StatedFact, StatedFact] = {}

    def of_one_fact(self) -> Iterator[Found]:
        """Return the changes of one fact that alter something."""
        for fact, names in self.turning.items():
            for change in self._values(fact):
                made = self._made({fact: change})
                self.alone[change] = {} if made is None else {name: _state(made[1], name) for name in names}
                altered = [name for name, state in self.alone[change].items() if state != self.before[name]]
                if made is not None and not self.asked.isdisjoint(altered):
                    yield self._found({fact: change}, *made, altered, altered)

    def of_two_facts(self) -> Iterator[Found]:
        """Return the changes of two facts that make of some authority what neither of them alone does."""
        for first, second in itertools.combinations(self.alone, 2):
            shared = [name for name in self.turning[first.fact] if name in self.turning[second.fact]]
            if first.fact == second.fact or self.asked.isdisjoint(shared):
                continue
            stated = {first.fact: first, second.fact: second}
            made = self._made(stated)
            if made is None:
                continue
            together = [
                name
                for name in shared
                if _state(made[1], name)
                not in {self.before[name], *(self.alone[one].get(name, self.before[name]) for one in (first, second))}
            ]
            if not self.asked.isdisjoint(together):
                either = [
                    name
                    for name in self.before
                    if name in self.turning[first.fact] or name in self.turning[second.fact]
                ]
                altered = [name for name in either if _state(made[1], name) != self.before[name]]
                yield self._found(stated, *made, altered, together)

    def _values(self, fact: str) -> Iterator[StatedFact]:
        """Return each value that the rules tell from what is known of the fact."""
        asked = self.decision.law.facts[fact]
        allowed = self.decision.known.allowed[fact]
        for cell in cells_of(asked, self.conditions, everything_allowed(asked)):
            if isinstance(cell, Range):
                if not all(isinstance(one, Range) and cell.holds(one) for one in allowed):
                    number = cell.nearest(one for one in allowed if isinstance(one, Range))
                    tried = stated_as(fact, [Range(number, number)], _HERE)
                    self.alike[tried] = stated_as(fact, [cell], _HERE)
                    yield tried
            elif not set(allowed) <= set(cell):
                tried = stated_as(fact, cell[:1], _HERE)
                self.alike[tried] = stated_as(fact, cell, _HERE)
                yield tried
        stated = self.decision.stated.get(fact)
        if stated is not None and not stated.unknown and asked.kind is not FactKind.ACTIVITY:
            yield StatedFact(fact, _HERE, unknown=True)

    def _made(self, stated: Mapping[str, StatedFact]) -> tuple[Mapping[str, StatedFact], Decision] | None:
        """Return what no longer applies and the decision, or None where no world has these facts."""
        dropped = {name: one for change in stated.values() for name, one in self._no_longer_apply(change)}
        try:
            return dropped, self.decision.restated({**dropped, **stated})
        except AuthcheckError as error:
            if all(one.code in _FORBIDDEN for one in error.diagnostics):
                return None
            raise

    def _no_longer_apply(self, change: StatedFact) -> Iterator[tuple[str, StatedFact]]:
        """Return the stated facts that apply no longer, stated absent."""
        law, known = self.decision.law, self.decision.known.allowed
        for name in law.facts.tied[change.fact]:
            fact = law.facts[name]
            if name == change.fact or name not in self.decision.stated or fact.only_if is None or change.unknown:
                continue
            changed = {**known, change.fact: change.values or change.ranges}
            _, applies = replace(self.decision.circumstances, allowed=changed).table(fact.only_if)
            if not applies.true and isinstance(fact.absent, bool | str):
                yield name, stated_as(name, [fact.absent], _HERE)

    def _found(
        self,
        stated: Mapping[str, StatedFact],
        dropped: Mapping[str, StatedFact],
        decision: Decision,
        altered: Sequence[str],
        together: Sequence[str],
    ) -> Found:
        effects = {name: _effect(self.before[name][0], decision.case(name).verdict) for name in altered}
        main = min((name for name in together if name in self.asked), key=lambda name: _RANK[effects[name]])
        alike = {name: self.alike.get(one, one) for name, one in stated.items()}
        return Found(stated, dropped, decision, effects, tuple(together), main, (alike,))


_HERE = Place("a variant")
_FORBIDDEN = frozenset({"facts-contradict", "numbers-differ"})


def _state(decision: Decision, name: str) -> _State:
    case = decision.case(name)
    return case.verdict, case.crux


def _effect(before: Verdict, after: Verdict) -> Effect:
    match before, after:
        case Verdict.NOT_ENGAGED, _:
            return Effect.ENGAGED
        case _, Verdict.NOT_ENGAGED:
            return Effect.DISENGAGED
        case _ if before is after:
            return Effect.DISPUTE_MOVED
        case _, Verdict.UNDETERMINED:
            return Effect.OPENED
        case Verdict.CONTESTED, Verdict.AVAILABLE | Verdict.UNAVAILABLE:
            return Effect.DISPUTE_SETTLED
        case _, Verdict.AVAILABLE:
            return Effect.GAINED
        case _, Verdict.CONTESTED:
            return Effect.DISPUTE_OPENED
        case _, Verdict.SILENT:
            return Effect.SILENCE_MET
        case Verdict.AVAILABLE, _:
            return Effect.LOST
        case _:
            return Effect.SETTLED


def _alike_joined(every: Iterable[Found]) -> Iterator[Found]:
    """Return the changes, those of the same facts that do the same as one: the first, with the others beside it."""
    groups: dict[tuple[object, ...], list[Found]] = {}
    for one in every:
        unknown = any(stated.unknown for stated in one.stated.values())
        states = tuple((name, _state(one.decision, name)) for name in one.effects)
        groups.setdefault((tuple(one.stated), unknown, states), []).append(one)
    for first, *others in groups.values():
        yield replace(first, alike=(*first.alike, *(alike for one in others for alike in one.alike)))


def _ranked(every: Iterable[Found]) -> list[Found]:
    """Return the changes in order of what they teach: no effect a second time before each has come once."""
    seen: Counter[tuple[str, Effect]] = Counter()
    placed: list[tuple[tuple[int, int], Found]] = []
    for one in sorted(every, key=_teaching):
        effect = (one.main, one.effects[one.main])
        placed.append(((_teaching(one)[0], seen[effect]), one))
        seen[effect] += 1
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def _teaching(one: Found) -> tuple[int, ...]:
    """Return a key by which what teaches most comes first; then few facts, known ones, and few verdicts altered."""
    effect = one.effects[one.main]
    unknown = any(stated.unknown for stated in one.stated.values())
    still_open = effect is Effect.DISPUTE_MOVED and one.decision.case(one.main).verdict is Verdict.UNDETERMINED
    little = effect in {Effect.ENGAGED, Effect.DISENGAGED} or still_open or (unknown and len(one.stated) > 1)
    lesson = _LESSON.get(effect, len(_LESSON))
    return little, lesson, len(one.stated), unknown, len(one.effects), _RANK[effect]


# What is found, as it is told and as scenarios.


def variants_of(
    found: Sequence[Found],
    shown: Sequence[Found],
    decision: Decision,
    authorities: Iterable[str] = (),
) -> Variants:
    """Return what is shown, in words, of all that was found; the decision is that before any change.

    The authorities are those that were asked for.
    """
    answer = answer_of(decision)
    teller = _Teller(decision, f"{answer.scenario}-{answer.option}" if answer.option else answer.scenario)
    told = tuple(map(teller.variant, shown))
    altered = [one for variant in told for one in variant.alterations]
    crux = {name for one in altered for name in (*one.crux_before, *one.crux_after)}
    return Variants(
        schema=SCHEMA,
        scenario=answer.scenario,
        title=answer.title,
        option=answer.option,
        authorities=tuple(authorities),
        of_one_fact=sum(len(one.stated) == 1 for one in found),
        of_two_facts=sum(len(one.stated) > 1 for one in found),
        variants=told,
        questions={name: one.text for name, one in decision.law.pack.questions.items() if name in crux},
        disclaimer=answer.disclaimer,
        receipt=answer.receipt,
    )


class _Teller:
    def __init__(self, decision: Decision, name: str) -> None:
        self.decision = decision
        self.name = name
        self._turning: dict[str, Mapping[Position, Finding]] = {}

    def variant(self, one: Found) -> Variant:
        """Return one variant in words."""
        names = sorted(one.effects, key=lambda name: (name != one.main, _RANK[one.effects[name]]))
        alterations = [self._alteration(name, one) for name in names]
        changes = tuple(map(self._change, one.stated.values()))
        slug = "-and-".join(f"{change.fact}-{change.after}" for change in changes)
        return Variant(
            name=re.sub(r"[^a-z0-9]+", "-", f"{self.name}-{slug}".lower()).strip("-"),
            changes=changes,
            no_longer_apply=tuple(map(self._change, one.no_longer_apply.values())),
            isolates=_isolates(alterations),
            alterations=tuple(alterations),
            alike=tuple(
                ", ".join(f"{stated.fact}: {stated.said}" for stated in alike.values())
                for alike in one.alike
                if one.alike != (one.stated,)
            ),
        )

    def _change(self, stated: StatedFact) -> Change:
        known = self.decision.known.facts[stated.fact]
        return Change(
            fact=stated.fact,
            question=known.fact.question,
            before=known.said,
            origin=known.origin.value,
            after=stated.said,
            setting=stated.setting,
        )

    def _alteration(self, name: str, one: Found) -> Alteration:
        before, after = self.decision.case(name), one.decision.case(name)
        if name not in self._turning:
            self._turning[name] = _conditions(before, self.decision)
        return Alteration(
            authority=name,
            title=before.authority.title,
            effect=one.effects[name],
            before=before.verdict,
            after=after.verdict,
            possible_before=before.possible,
            possible_after=after.possible,
            crux_before=before.crux,
            crux_after=after.crux,
            in_effect=before.authority.in_effect,
            only_together=len(one.stated) > 1 and name in one.together,
            turns=tuple(_turns(self._turning[name], _conditions(after, one.decision))),
        )


def variant_scenario(scenario: Scenario, option: str, variant: Variant, found: Found) -> Scenario:
    """Return the variant of a scenario, or of one of its options, as a scenario that expects exactly its answer."""
    decision = found.decision
    changed = " and ".join(f"{one.fact} is {one.after}" for one in variant.changes)
    chosen = f", option {option}" if option else ""
    count = "two facts" if len(variant.changes) > 1 else "one fact"
    story = [f"The story of {scenario.id}{chosen}, with {count} changed."]
    story += [f"{one.question} Now: {one.after}. Before: {one.before}." for one in variant.changes]
    if scenario.description:
        story += ["What follows is the story as it was.", "", scenario.description.strip()]
    expected = Expectation(
        place=_HERE,
        verdicts={name: verdict.value for name, verdict in decision.verdicts.items()},
        verdict_places={},
        relies_on=decision.relies_on,
        lens=decision.lens.lens,
        unstated=decision.unstated,
    )
    return replace(
        scenario,
        id=variant.name,
        title=f"{scenario.title}{chosen}, but {changed}",
        description="\n".join([*story, ""]),
        as_of=decision.day,
        unstated=decision.unstated,
        facts={name: decision.stated[name] for name in decision.law.facts if name in decision.stated},
        options={},
        expect=(expected,),
        precedent=None,
        cite=(),
    )


def _conditions(case: Case, decision: Decision) -> Mapping[Position, Finding]:
    """Return the findings on which an authority's verdict turns, but for the grounds that they make up."""
    tree = TreeBuilder(case.tables, case.combinations, decision.law.pack).authority(case.verdict)
    return {position: one for position, one in positioned(tree) if one.kind is not Kind.GROUND}


def _turns(before: Mapping[Position, Finding], after: Mapping[Position, Finding]) -> Iterator[Turn]:
    turned = [key for key in before if key in after and before[key].outcome is not after[key].outcome]
    # Whether an authority is engaged is asked before anything else.
    first = [key for key in turned if before[key].kind in {Kind.GOVERNS, Kind.DISPLACEMENT}]
    for key in first or turned:
        one = before[key]
        yield Turn(one.id, one.kind, one.text, one.outcome, after[key].outcome)


def _isolates(alterations: Sequence[Alteration]) -> str:
    """Return what a variant isolates, in one line: the authority altered most tellingly, and why; then the others."""
    main, *others = alterations
    if main.effect is Effect.DISPUTE_MOVED:
        moved = [", ".join(crux) or "nothing" for crux in (main.crux_before, main.crux_after)]
        said = f"{main.authority}: the readings part on {moved[0]} → {moved[1]}"
    else:
        said = f"{main.authority}: {main.words(main.before)} → {main.words(main.after)}"
    telling = [one for one in main.turns if _tells(one, main.after)] or main.turns
    if telling:
        said += ", on " + _listed([f"{_ASKED.get(one.kind, one.id)} ({one.words})" for one in telling])
    if main.only_together:
        said += ", by both facts together"
    if others:
        said += f"; with it {_listed([one.authority for one in others])}"
    return said


_ASKED = {Kind.GOVERNS: "what it governs", Kind.DISPLACEMENT: "what displaces it"}

_OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.TRUE: "met",
    Outcome.FALSE: "not met",
    Outcome.SILENT: "silent",
    Outcome.UNKNOWN: "unknown",
    Outcome.CONTESTED: "contested",
}

_CARRIES: Mapping[Verdict, Outcome] = {
    Verdict.AVAILABLE: Outcome.TRUE,
    Verdict.CONTESTED: Outcome.CONTESTED,
    Verdict.SILENT: Outcome.SILENT,
    Verdict.UNAVAILABLE: Outcome.FALSE,
    Verdict.UNDETERMINED: Outcome.UNKNOWN,
}


def _tells(turn: Turn, verdict: Verdict) -> bool:
    """Whether the condition has turned to what carries the verdict; an exception that is met carries the contrary."""
    wanted = _CARRIES.get(verdict)
    if turn.kind is Kind.EXCEPTION and wanted in {Outcome.TRUE, Outcome.FALSE}:
        wanted = Outcome.FALSE if wanted is Outcome.TRUE else Outcome.TRUE
    return turn.after is wanted


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
