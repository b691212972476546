"""A pack looked over once: what cites what, what is used, and what can happen with every fact open."""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from authcheck.decision.decision import Law, LawOfTheDay
from authcheck.decision.known import everything_allowed
from authcheck.decision.law_of_the_day import periods
from authcheck.decision.verdicts import AuthorityTables, conditions_of
from authcheck.diagnostics import Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.projection import coarsened, demanded
from authcheck.evaluation.truth import Setting
from authcheck.evaluation.worlds import Allowed, Vocabulary, Worlds, constrained, constraints, facts_of
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority, Clock, Duty, Element, Exclusion, Ground
from authcheck.model.claim import conditions_of as conditions_in
from authcheck.model.condition import Condition, InForce, Term, parts
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = ["HEDGE", "Cited", "Hedgeable", "Oversized", "PlacedElement", "PlacedException", "Survey", "View"]


_HEDGES = (
    *("likely", "probably", "conceivably", "perhaps", "possible", "possibly", "necessarily", "automatically"),
    *("directly", "greatly", "generally", "at present", "at least", "quite", "could still"),
)
HEDGE = re.compile(rf"\b({'|'.join(_HEDGES)})\b", re.IGNORECASE)
"""A word with which a source limits how sure it is."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Something that must rest on a passage: what a message calls it, where it stands, what it cites."""

    name: str
    place: Place
    cite: tuple[str, ...]
    inferred: str = ""


@dataclass(frozen=True, slots=True)
class Hedgeable:
    """Something that says what passages say, and may carry their hedges: `text` is all that it says in words."""

    name: str
    place: Place
    text: str
    cite: tuple[str, ...]
    hedges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedElement:
    """An element with the ground and the authority to which it belongs."""

    authority: Authority
    ground: Ground
    element: Element

    @property
    def name(self) -> str:
        """What a message calls it."""
        return f"the element `{self.element.element}` of `{self.authority.authority}`"


@dataclass(frozen=True, slots=True)
class PlacedException:
    """An exception with its authority, and its ground unless it stands under the authority as a whole."""

    authority: Authority
    ground: Ground | None
    exception: Exclusion

    @property
    def name(self) -> str:
        """What a message calls it."""
        return f"the exception `{self.exception.exception}` of `{self.authority.authority}`"


@dataclass(frozen=True, slots=True)
class View:
    """An authority under one choice of readings at one time, with the worlds in which it is engaged."""

    tables: AuthorityTables
    setting: Setting
    engaged: int
    available: int


@dataclass(frozen=True, slots=True)
class Oversized:
    """A table that the engine refuses, and the facts that span it."""

    name: str
    place: Place
    facts: str


class Survey:
    """What the rules ask of a pack, each thing worked out once and only if asked for."""

    def __init__(self, pack: Pack, scenarios: tuple[Scenario, ...]) -> None:
        """Take the pack, and the scenarios that come with it."""
        self.pack = pack
        self.scenarios = scenarios
        self._views: dict[str, tuple[list[View], Iterator[View]]] = {}

    # What stands in the pack.

    @functools.cached_property
    def elements(self) -> tuple[PlacedElement, ...]:
        """Every element of every ground."""
        return tuple(
            PlacedElement(authority, ground, element)
            for authority in self.pack.authorities.values()
            for ground in authority.grounds
            for element in ground.elements
        )

    @functools.cached_property
    def exceptions(self) -> tuple[PlacedException, ...]:
        """Every exception, of grounds and of whole authorities."""
        return tuple(
            PlacedException(authority, ground, exception)
            for authority in self.pack.authorities.values()
            for ground in (*authority.grounds, None)
            for exception in (authority if ground is None else ground).exceptions
        )

    @functools.cached_property
    def duties(self) -> tuple[tuple[Authority, Duty], ...]:
        """Every duty with its authority."""
        return tuple((one, duty) for one in self.pack.authorities.values() for duty in one.duties)

    @functools.cached_property
    def clocks(self) -> tuple[tuple[Authority, Clock], ...]:
        """Every way of counting days with its authority."""
        return tuple((one, clock) for one in self.pack.authorities.values() for clock in one.clocks)

    @functools.cached_property
    def cited(self) -> tuple[Cited, ...]:
        """Everything that must rest on a passage."""
        return tuple(self._cited())

    def _cited(self) -> Iterator[Cited]:
        for one in self.elements:
            yield Cited(one.name, one.element.place, one.element.cite, one.element.inferred)
        for other in self.exceptions:
            yield Cited(other.name, other.exception.place, other.exception.cite, other.exception.inferred)
        for authority in self.pack.authorities.values():
            yield from _cited_of(authority)
        yield from self._cited_in_vocabulary()

    def _cited_in_vocabulary(self) -> Iterator[Cited]:
        pack = self.pack
        for question in pack.questions.values():
            for reading in question.readings.values():
                name = f"the reading `{reading.reading}` of `{question.question}`"
                yield Cited(name, question.place, reading.cite, reading.inferred)
        for caution in pack.cautions.values():
            yield Cited(f"the caution `{caution.caution}`", caution.place, caution.cite)
        for claim in pack.claims.values():
            yield Cited(f"the claim `{claim.claim}`", claim.place, claim.cite)
        for power in pack.powers.values():
            yield Cited(f"the power `{power.power}`", power.place, power.cite)
        for term in pack.terms.values():
            yield Cited(f"the term `{term.term}`", pack.places[f"term:{term.term}"], term.cite)

    @functools.cached_property
    def hedgeable(self) -> tuple[Hedgeable, ...]:
        """Everything that may carry a hedge."""
        return tuple(self._hedgeable())

    def _hedgeable(self) -> Iterator[Hedgeable]:
        for one in self.elements:
            yield self._hedgeable_element(one)
        for other in self.exceptions:
            exception = other.exception
            yield Hedgeable(other.name, exception.place, exception.text, exception.cite, _given(exception.hedge))
        for authority in self.pack.authorities.values():
            yield from _hedgeable_of(authority)
        for question in self.pack.questions.values():
            for reading in question.readings.values():
                name = f"the reading `{reading.reading}` of `{question.question}`"
                hedges = _given(reading.hedge, reading.hedge_unmet)
                yield Hedgeable(name, question.place, reading.text, reading.cite, hedges)

    def _hedgeable_element(self, one: PlacedElement) -> Hedgeable:
        """Return an element with what its ground says, and what is said and cited on the readings of its question."""
        element, rules = one.element, one.element.rules
        readings = self.pack.questions[element.question].readings.values() if element.question else ()
        silences = (rule.silence for rule in rules)
        text = " ".join(
            (one.ground.title, one.ground.hedge, element.text, *silences, *(view.text for view in readings))
        )
        return Hedgeable(
            one.name,
            element.place,
            " ".join((text, *(view.hedge + view.hedge_unmet for view in readings))),
            (*element.cite, *(passage for view in readings for passage in view.cite)),
            _given(*(hedge for rule in rules for hedge in (rule.hedge, rule.hedge_unmet))),
        )

    # What is used.

    @functools.cached_property
    def passages_used(self) -> frozenset[str]:
        """Every passage that something cites or points to."""
        return frozenset(passage for cites in self._citations() for passage in cites)

    def _citations(self) -> Iterator[tuple[str, ...]]:
        yield from (one.cite for one in self.cited)
        yield from (one.element.see_also for one in self.elements)
        yield from (one.exception.see_also for one in self.exceptions)
        yield from (duty.see_also for _, duty in self.duties)
        yield from (fact.cite for fact in self.pack.facts.values())
        yield from (scenario.cite for scenario in self.scenarios)
        for authority in self.pack.authorities.values():
            yield authority.see_also
            yield from (supply.cite for supply in authority.supplies)
            yield from (ground.cite for ground in authority.grounds)
            yield from (one.cite for one in (*authority.limits, *authority.notes, *authority.not_said))
        yield from (period.cite for period in periods(self.pack))
        yield from (claim.in_force.cite for claim in self.pack.claims.values() if claim.in_force is not None)

    @functools.cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition on which an answer turns; not what facts demand of one another."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[Condition]:
        for authority in self.pack.authorities.values():
            yield from conditions_of(authority)
        for _, duty in self.duties:
            yield duty.when
            if duty.done_when is not None:
                yield duty.done_when
        for _, clock in self.clocks:
            yield from (one for one in (clock.when, clock.silent_when) if one is not None)
        for power in self.pack.powers.values():
            yield from (one for one in (power.needed_when, power.silent_when) if one is not None)
        yield from (caution.when for caution in self.pack.cautions.values())

    @functools.cached_property
    def facts_asked(self) -> frozenset[str]:
        """The facts that a rule asks for by name: in a condition, for the day of a duty, or by a clock."""
        asked = set(facts_of(self.conditions))
        for _, duty in self.duties:
            if duty.due is not None:
                asked |= {date for date in (duty.due.from_date, duty.due.done_on) if date}
        asked |= {start.date for _, clock in self.clocks for start in clock.starts}
        for fact in self.pack.facts.values():
            if fact.derived is not None and fact.fact in asked:
                asked.add(fact.derived.from_date)
        return frozenset(asked)

    @functools.cached_property
    def facts_used(self) -> frozenset[str]:
        """The facts that are asked for, and those from which something about them may follow."""
        return frozenset(constrained(sorted(self.facts_asked), self.facts))

    @functools.cached_property
    def terms_used(self) -> frozenset[str]:
        """The terms that stand in some condition."""
        demands = (follows for fact in self.pack.facts.values() for _, follows in constraints(fact))
        claimed = (one for claim in self.pack.claims.values() for one in conditions_in(claim.form))
        return frozenset(
            part.term
            for condition in (*self.conditions, *demands, *claimed)
            for part in parts(condition)
            if isinstance(part, Term)
        )

    # What can happen, with every fact open.

    @functools.cached_property
    def facts(self) -> Vocabulary:
        """The facts, with what they demand of one another."""
        return Vocabulary(self.pack.facts)

    @functools.cached_property
    def open(self) -> Mapping[str, Allowed]:
        """Every fact with all the values that it may have."""
        return {name: everything_allowed(fact) for name, fact in self.pack.facts.items()}

    def views(self, authority: Authority) -> Iterator[View]:
        """Return the authority under every choice of readings, at every time that makes a difference to it.

        The latest come first. There are none where it is never in force, and none after tables that are too large.
        """
        found, rest = self._views.setdefault(authority.authority, ([], self._views_of(authority)))
        for place in itertools.count():
            if place == len(found):
                try:
                    found.append(next(rest))
                except (StopIteration, ValueError):
                    return
            yield found[place]

    def _views_of(self, authority: Authority) -> Iterator[View]:
        seen: list[tuple[Authority, frozenset[str]]] = []
        for law in reversed(self.laws):
            today = law.pack.authorities[authority.authority]
            in_force = law.in_force & self._asked(authority)
            # On no other part of it does a verdict turn.
            bare = replace(today, clocks=(), duties=(), limits=(), notes=(), not_said=())
            if authority.authority not in in_force or (bare, in_force) in seen:
                continue
            seen.append((bare, in_force))
            worlds = lay_out(conditions_of(today), self.facts, self.open, coarse=True)
            tables = AuthorityTables(today, law.pack.questions, worlds, in_force)
            possible = tables.worlds.possible
            for combination in tables.combinations(
                {name: tuple(law.pack.questions[name].readings) for name in tables.questions}
            ):
                split = tables.split(combination)
                engaged = possible & ~split.not_engaged
                yield View(tables, tables.setting(combination), engaged, possible & split.available)

    @functools.cached_property
    def laws(self) -> tuple[LawOfTheDay, ...]:
        """The law of every time that makes a difference to the pack."""
        whole = Law(self.pack)
        return tuple(whole.on(day) for day in (datetime.date.min, *whole.days))

    def _asked(self, authority: Authority) -> frozenset[str]:
        """Return the authority, and those of which its conditions ask whether they are in force."""
        asked = (
            part.authority
            for condition in conditions_of(authority)
            for part in parts(condition)
            if isinstance(part, InForce)
        )
        return frozenset((*asked, authority.authority))

    @functools.cached_property
    def oversized(self) -> tuple[Oversized, ...]:
        """Every table that the engine would refuse where a scenario states nothing."""
        return tuple(self._oversized())

    def _oversized(self) -> Iterator[Oversized]:
        refused: set[str] = set()
        for name, place, conditions in self._laid_out():
            facts = self._refused(tuple(conditions))
            # An authority that is refused for itself is refused with every power too.
            if facts and facts not in refused:
                refused.add(facts)
                yield Oversized(name, place, facts)

    def _refused(self, conditions: Sequence[Condition]) -> str:
        """Return the facts that make a table too large; nothing where it is not."""
        try:
            # The size alone is asked for: laying out the worlds would cost far more.
            demands = demanded(facts_of(conditions), self.facts, self.open)
            Worlds(conditions, self.facts, self.open, coarsened(demands, conditions, self.facts, self.open))
        except ValueError as error:
            return str(error)
        return ""

    def _laid_out(self) -> Iterator[tuple[str, Place, Iterable[Condition]]]:
        """Return the conditions of every table."""
        pack = self.pack
        for authority in pack.authorities.values():
            yield f"the authority `{authority.authority}`", authority.place, conditions_of(authority)
        for power in pack.powers.values():
            for one in (power.needed_when, power.silent_when):
                yield f"the power `{power.power}`", power.place, [] if one is None else [one]
        for authority, duty in self.duties:
            for condition in (duty.when, duty.done_when):
                name = f"the duty `{duty.duty}` of `{authority.authority}`"
                yield name, duty.place, [] if condition is None else [condition]
        for authority, clock in self.clocks:
            for condition in (clock.when, clock.silent_when):
                name = f"the clock `{clock.clock}` of `{authority.authority}`"
                yield name, clock.place, [] if condition is None else [condition]
        for caution in pack.cautions.values():
            yield f"the caution `{caution.caution}`", caution.place, [caution.when]


def _cited_of(authority: Authority) -> Iterator[Cited]:
    """Return what an authority file says that must rest on a passage, but for elements and exceptions."""
    of = f"of `{authority.authority}`"
    for ground in authority.grounds:
        if ground.inferred:
            yield Cited(f"the ground `{ground.ground}` {of}", ground.place, ground.cite, ground.inferred)
    for clock in authority.clocks:
        yield Cited(f"the clock `{clock.clock}` {of}", clock.place, clock.cite, clock.inferred)
    for duty in authority.duties:
        yield Cited(f"the duty `{duty.duty}` {of}", duty.place, duty.cite, duty.inferred)
    for displacement in authority.displaced_by:
        yield Cited(
            f"what displaces `{authority.authority}`", displacement.place, displacement.cite, displacement.inferred
        )
    for effect in authority.does_not_supply:
        name = f"the entry for `{effect.power}` in `does_not_supply` {of}"
        yield Cited(name, authority.place, effect.cite, effect.inferred)
    for waiver in authority.waives:
        yield Cited(f"the waiver of `{waiver.power}` {of}", authority.place, waiver.cite, waiver.inferred)


def _hedgeable_of(authority: Authority) -> Iterator[Hedgeable]:
    """Return what an authority file says that may carry a hedge, but for elements and exceptions."""
    of = f"of `{authority.authority}`"
    for ground in authority.grounds:
        # What a ground's passages say, its elements say.
        cited = (*ground.cite, *(passage for element in ground.elements for passage in element.cite))
        if ground.hedge:
            yield Hedgeable(f"the ground `{ground.ground}` {of}", ground.place, "", cited, (ground.hedge,))
        elif ground.cite:
            yield Hedgeable(f"the ground `{ground.ground}` {of}", ground.place, ground.title, ground.cite, ())
    for supply in authority.supplies:
        name = f"what `{authority.authority}` supplies as `{supply.power}`"
        yield Hedgeable(name, authority.place, "", supply.cite if supply.hedge else (), _given(supply.hedge))
    for effect in authority.does_not_supply:
        # It is no part of a verdict whose words could hedge for it: what is not so is told by its hedge.
        name = f"the entry for `{effect.power}` in `does_not_supply` {of}"
        yield Hedgeable(name, authority.place, "", effect.cite, _given(effect.hedge))


def _given(*hedges: str) -> tuple[str, ...]:
    return tuple(hedge for hedge in hedges if hedge)
