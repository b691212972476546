"""What a new scenario may state: the facts that bear on the authorities that it is written for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from authcheck.decision.decision import Law
from authcheck.decision.known import Origin, know
from authcheck.decision.verdicts import conditions_of
from authcheck.diagnostics import Place
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.worlds import Vocabulary, facts_of, is_known
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority
from authcheck.model.condition import Condition, Truth
from authcheck.model.fact import Fact, FactKind, FactType
from authcheck.model.pack import Pack
from authcheck.model.period import is_yet_to_come
from authcheck.model.scenario import StatedFact, Unstated

__all__ = ["Beginning", "OpenFact", "begin", "main_activity"]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that a scenario may state, and what it is assumed to be if left out: empty where it is then unknown.

    One that the main activity raises is stated from the start, as unknown.
    """

    fact: Fact
    assumed: str
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a scenario starts with: its date, its main activity, known or not, and the facts that are open to it."""

    as_of: datetime.date
    operation: StatedFact
    authorities: tuple[str, ...]
    facts: tuple[OpenFact, ...]


def main_activity(pack: Pack) -> Fact:
    """Return the fact with which a scenario begins: the first choice among activities, else the first fact."""
    choices = (fact for fact in pack.facts.values() if fact.kind is FactKind.ACTIVITY and fact.values)
    return next(choices, next(iter(pack.facts.values())))


def begin(
    pack: Pack, as_of: datetime.date, activity: str = "", authorities: Iterable[str] = (), facts: Iterable[str] = ()
) -> Beginning:
    """Return the facts that bear on the authorities; without any, on those that the activity may engage.

    Without an activity either, they are those that a story tells first. `facts` are there whatever they bear on. What
    the activity settles, and what its day cannot yet know, is left out.
    Raises AuthcheckError where the pack does not let the activity be stated.
    """
    vocabulary, law, main = Vocabulary(pack.facts), Law(pack).on(as_of), main_activity(pack)
    first = StatedFact(main.fact, Place(""), values=(activity,) if activity else (), unknown=not activity)
    taken, undecided = (
        know(vocabulary, {main.fact: first}, unstated, as_of) for unstated in (Unstated.DEFAULT, Unstated.UNKNOWN)
    )
    circumstances = Circumstances(vocabulary, undecided.allowed, law.in_force)
    named = tuple(dict.fromkeys(authorities)) or (tuple(_engaged(law.pack, circumstances)) if activity else ())
    asked = {main.fact, *facts, *_told(pack), *(() if named else _first_of_groups(pack))}
    asked |= {fact for name in named for fact in _bearing(law.pack.authorities[name], law.pack)}
    asked |= {deciding for name in asked for deciding in _deciding(name, pack.facts)}
    able = [name for name, fact in pack.facts.items() if not is_yet_to_come(fact, as_of)]
    unknown = {name: StatedFact(name, first.place, unknown=True) for name in able}
    possible = know(vocabulary, {**unknown, main.fact: first}, Unstated.DEFAULT, as_of)
    found: list[OpenFact] = []
    for name in able:
        fact = pack.facts[name]
        is_settled = fact.type is not FactType.DATE and is_known(possible.allowed[name])
        if name in asked and not is_settled:
            known = taken.facts[name]
            assumed = known.said if known.origin in {Origin.ASSUMED, Origin.IMPLIED} else ""
            found.append(OpenFact(fact, assumed, name in main.opens.get(activity, ())))
    return Beginning(as_of, first, named, tuple(found))


def _told(pack: Pack) -> Iterator[str]:
    """Return the activities with which an answer sums up a story, whatever turns on them."""
    for name, fact in pack.facts.items():
        if fact.kind is FactKind.ACTIVITY and fact.values and fact.brief:
            yield name


def _first_of_groups(pack: Pack) -> Iterable[str]:
    """Return the fact with which each group begins."""
    return {fact.group: name for name, fact in reversed([*pack.facts.items()])}.values()


def _engaged(pack: Pack, circumstances: Circumstances) -> Iterator[str]:
    """Return the authorities that may be engaged, whatever events and statuses the story turns out to have."""
    for name, authority in pack.authorities.items():
        if Truth.TRUE in circumstances.truths(authority.governs):
            yield name


def _bearing(authority: Authority, pack: Pack) -> Iterator[str]:
    """Return the facts on which the authority, its duties and the need of what it supplies turn."""
    conditions: list[Condition] = [*conditions_of(authority)]
    conditions += [pack.powers[supply.power].needed_when for supply in authority.supplies]
    for duty in authority.duties:
        conditions += [condition for condition in (duty.when, duty.done_when) if condition is not None]
        yield from () if duty.due is None else (duty.due.from_date, *filter(None, [duty.due.done_on]))
    for clock in authority.clocks:
        conditions += [condition for condition in (clock.when, clock.silent_when) if condition is not None]
        yield from (start.date for start in clock.starts)
    yield from facts_of(conditions)


def _deciding(name: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Return what decides whether the fact applies, from what it is counted, what opens it, and what decides these."""
    fact = facts[name]
    deciding = [*facts_of([] if fact.only_if is None else [fact.only_if])]
    deciding += [] if fact.derived is None else [fact.derived.from_date]
    deciding += [other for other, fact in facts.items() if any(name in opened for opened in fact.opens.values())]
    for other in deciding:
        yield other
        yield from _deciding(other, facts)
