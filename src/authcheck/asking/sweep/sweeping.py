"""Every combination of some facts over a scenario: each distinct state of an authority or a power is decided once."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from authcheck.answer.record import AuthorityVerdict, PowerRecord
from authcheck.answer.unmodelled import apart_from, unmodelled_of
from authcheck.asking.sweep.parts import Variation, parts_of
from authcheck.asking.sweep.results import Outcome, Row, Tally
from authcheck.asking.sweep.things import Key, Power, Standing, Thing, authority_of, power_of
from authcheck.decision.decision import Decision
from authcheck.keeping import keep
from authcheck.model.scenario import StatedFact

__all__ = ["Sweep", "Variation"]

Value = TypeVar("Value")
Places: TypeAlias = Sequence[int]
"""A combination: for each part of the sweep, the place of its state."""

# So much is remembered of states and outcomes; then it is dropped, so that memory does not grow with the combinations.
_MOST_STATES = 1 << 18
_MOST_DECIDED = 1 << 13


class Sweep:
    """All combinations of the values of some facts over what a scenario comes to.

    `total` is how many there are, and `possible` how many of them can be so. `refused` counts those that cannot by the
    reason; one that cannot for several has each of them.
    """

    def __init__(self, decision: Decision, variations: Sequence[Variation]) -> None:
        """Find out what can be so. Raises ValueError for a fact that varies twice, AuthcheckError as a decision does.

        Raises TooManyStatesError where facts that act on one another have too many values together. Every value must
        have been checked against the vocabulary.
        """
        names = [one.fact for one in variations]
        if len(set(names)) < len(names):
            raise ValueError("a fact varies once")
        self.decision = decision
        self.variations = tuple(variations)
        self.parts = parts_of(decision, variations)
        self.total = math.prod(len(one.values) for one in variations)
        self.possible = math.prod(part.possible for part in self.parts)
        self.refused: Mapping[str, int] = {
            why: count * (self.total // len(part.states)) for part in self.parts for why, count in part.refused.items()
        }
        self._beside = unmodelled_of(decision.inquiry.scenario, decision.law.pack)
        self._alike: dict[object, Standing] = {}
        self._outcomes: dict[tuple[Standing, ...], Outcome] = {}
        self._decided = 0
        self._last: tuple[Places, Decision] = ((), decision)
        pack = decision.law.pack
        self._powers = {name: power_of(name, decision, self.parts) for name in pack.powers}
        self._things: list[Thing[Standing]] = [
            *(authority_of(name, decision, self.parts) for name in pack.authorities),
            *(power.thing for power in self._powers.values()),
        ]
        self._stands = [self._alone(thing.decide(decision)) for thing in self._things]

    @property
    def no_longer_apply(self) -> Mapping[StatedFact, tuple[StatedFact, ...]]:
        """What the scenario states and, where a varied fact has one of these values, no longer applies."""
        varied = {one.fact for one in self.variations}
        dropped = {one: some for part in self.parts for one, some in part.dropped.items()}
        left = {one: tuple(fact for fact in some if fact.fact not in varied) for one, some in dropped.items()}
        return {one: some for one, some in left.items() if some}

    @property
    def as_it_stands(self) -> Mapping[str, AuthorityVerdict | PowerRecord]:
        """What every authority and power is in the scenario as it stands."""
        return {thing.name: one.told for thing, one in zip(self._things, self._stands, strict=True)}

    def rows(self) -> Iterator[Row]:
        """Return each combination that can be so, the values of the last fact following one another."""
        values = [one.values for one in self.variations]
        for digits, standings in self._walk():
            outcome = self._outcomes.get(standings)
            if outcome is None:
                outcome = self._outcome(standings)
            yield Row(tuple([some[digit] for some, digit in zip(values, digits, strict=True)]), outcome)

    def tallies(self, names: Container[str]) -> tuple[Tally, ...]:
        """Return how often these authorities and powers are what, counted by states and not by combinations."""
        return tuple(self._tally(thing) for thing in self._things if thing.name in names)

    def _walk(self) -> Iterator[tuple[Sequence[int], tuple[Standing, ...]]]:
        """Return each combination that can be so, as the numbers of its values, and what every thing then is."""
        count = len(self.variations)
        # What may be otherwise where the facts from that position on are.
        parts_from = [[at for at, part in enumerate(self.parts) if part.varied[-1] >= first] for first in range(count)]
        last = [max(thing.varied, default=0) for thing in self._things]
        things_from = [
            [(at, thing) for at, thing in enumerate(self._things) if last[at] >= first] for first in range(count)
        ]
        places, states, standings = [0] * len(self.parts), [0] * len(self.parts), [*self._stands]
        stale = 0
        for digits in itertools.product(*(range(len(one.values)) for one in self.variations)):
            first = count - 1
            while first and not digits[first]:
                first -= 1
            stale = min(stale, first)
            for at in parts_from[stale]:
                places[at] = place = self.parts[at].place(digits)
                states[at] = self.parts[at].states[place]
            if -1 in states:
                continue
            for at, thing in things_from[stale]:
                standing = thing.found.get(key := thing.key(states))
                standings[at] = self._standing(thing, key, places) if standing is None else standing
            stale = count - 1
            yield digits, tuple(standings)

    def _standing(self, thing: Thing[Standing], key: Key, places: Places) -> Standing:
        """Return what an authority or a power is in a state that has not been met before."""
        if thing.name not in self._powers or self._powers[thing.name].thing is not thing:
            return keep(thing.found, key, self._alone(thing.decide(self._decision(places))), _MOST_STATES)
        power = self._powers[thing.name]
        behind = self._behind(power, key, places)
        if behind not in power.alike:
            keep(power.alike, behind, self._alone(thing.decide(self._decision(places))), _MOST_STATES)
        return keep(thing.found, key, power.alike[behind], _MOST_STATES)

    def _behind(self, power: Power, key: Key, places: Places) -> tuple[Hashable, ...]:
        """Return all from which follows what the power is in a state.

        What is still open of it turns on what is left open in its parts, so that the states of these belong to it.
        """
        states = [part.states[place] for part, place in zip(self.parts, places, strict=True)]
        found: list[Hashable] = []
        left_open: set[int] = set()
        for thing in power.behind:
            own = thing.key(states)
            if own not in thing.found:
                keep(thing.found, own, thing.decide(self._decision(places)), _MOST_STATES)
            found.append(thing.found[own])
            if thing.found[own] is None:
                left_open.update(thing.parts)
        found += [state for at, state in zip(power.thing.parts, key, strict=True) if at in left_open]
        return tuple(found)

    def _decision(self, places: Places) -> Decision:
        """Return the decision on a combination; what is asked of the same one again is at hand."""
        if self._last[0] != places:
            self._decided += 1
            if self._decided % _MOST_DECIDED == 0:
                self._forget()
            stated: dict[str, StatedFact] = {}
            for part, place in zip(self.parts, places, strict=True):
                digits = zip(part.varied, part.digits(place, self.variations), strict=True)
                stated |= part.stated(self.variations[at].values[digit] for at, digit in digits)
            self._last = [*places], self.decision.restated(stated)
        return self._last[1]

    def _forget(self) -> None:
        """Drop what has been worked out on the way."""
        decision = self.decision
        decision.law.whole.forget()
        self.decision = decision.on_terms(decision.stated, decision.unstated, decision.day, decision.lens_asked)

    def _alone(self, standing: Standing) -> Standing:
        """Return the one object for all that is alike."""
        return self._alike.setdefault((standing.told, standing.relied_on), standing)

    def _outcome(self, standings: tuple[Standing, ...]) -> Outcome:
        changed = [
            thing.name
            for thing, now, before in zip(self._things, standings, self._stands, strict=True)
            if now.verdict != before.verdict
        ]
        relied_on = {name for one in standings for name in one.relied_on}
        authorities: dict[str, AuthorityVerdict] = {}
        powers: dict[str, PowerRecord] = {}
        for thing, one in zip(self._things, standings, strict=True):
            told = replace(one.told, apart_from=apart_from(self._beside, thing.name)) if self._beside else one.told
            if isinstance(told, AuthorityVerdict):
                authorities[thing.name] = told
            else:
                powers[thing.name] = told
        found = Outcome(
            changed=tuple(changed),
            relies_on=tuple(name for name in authorities if name in relied_on),
            gaps=tuple(name for name, power in powers.items() if power.gap),
            authorities=authorities,
            powers=powers,
        )
        return keep(self._outcomes, standings, found, _MOST_STATES)

    # --- how often

    def _tally(self, thing: Thing[Standing]) -> Tally:
        """Return how often the thing is what: each of its states counts as often as it occurs."""
        possible = [next((place for place, one in enumerate(part.states) if one >= 0), -1) for part in self.parts]
        beside = math.prod(part.possible for at, part in enumerate(self.parts) if at not in thing.parts)
        times: list[Counter[int]] = []
        examples: list[dict[int, int]] = []
        for at, own in zip(thing.parts, thing.states, strict=True):
            met = [(own[state], place) for place, state in enumerate(self.parts[at].states) if state >= 0]
            times.append(Counter(state for state, _ in met))
            examples.append(dict(reversed(met)))
        standings: dict[Key, Standing] = {}
        counts: Counter[AuthorityVerdict | PowerRecord] = Counter()
        for key in itertools.product(*times) if beside else ():
            standing = thing.found.get(key)
            if standing is None:
                places = [*possible]
                for at, example, state in zip(thing.parts, examples, key, strict=True):
                    places[at] = example[state]
                standing = self._standing(thing, key, places)
            standings[key] = standing
            counts[standing.told] += beside * math.prod(count[one] for count, one in zip(times, key, strict=True))
        turned_by = [
            one.fact
            for at, one in enumerate(self.variations)
            if at in thing.varied and len(counts) > 1 and self._turns(thing, at, standings)
        ]
        return Tally(thing.name, counts, tuple(turned_by))

    def _turns(self, thing: Thing[Standing], varied: int, standings: Mapping[Key, Standing]) -> bool:
        """Whether the value of a fact alone makes another verdict of the thing in some combination."""
        index, part = next(
            (at, self.parts[one]) for at, one in enumerate(thing.parts) if varied in self.parts[one].varied
        )
        own, stride = thing.states[index], part.strides[part.varied.index(varied)]
        size = len(self.variations[varied].values)
        groups: set[frozenset[int]] = set()
        for place in range(len(part.states)):
            if place // stride % size == 0:
                beside = (part.states[place + stride * digit] for digit in range(size))
                groups.add(frozenset(own[state] for state in beside if state >= 0))
        return any(
            len({standings[(*key[:index], one, *key[index + 1 :])].verdict for one in group}) > 1
            for group in groups
            if len(group) > 1
            for key in standings
            if key[index] == min(group)
        )
