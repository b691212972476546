"""Which of the facts that vary act on which others, so that what is known of these is worked out once."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from authcheck.decision.applying import no_longer_apply
from authcheck.decision.decision import Decision
from authcheck.decision.known import know
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.worlds import Allowed, Vocabulary, facts_of
from authcheck.frozen import dataclass
from authcheck.model.fact import Fact, FactType
from authcheck.model.scenario import StatedFact
from authcheck.wording import listed

__all__ = ["Part", "TooManyStatesError", "Variation", "parts_of"]

# The states of a part are all held at once.
_MOST_STATES = 1_000_000


class TooManyStatesError(ValueError):
    """Raised where facts that act on one another have more values together than can be held."""


@dataclass(frozen=True, slots=True)
class Variation:
    """A fact that varies, and what is stated of it in turn."""

    fact: str
    values: tuple[StatedFact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Varied facts that together decide what is known of some facts, whatever the other varied facts are.

    `varied` are their positions in the sweep and `strides` the distances of their values in `states`: for each
    combination of them the index of what is `known` then, or -1 where that cannot be so. `refused` counts why not.
    `dropped` is, for the values of each, what the scenario states and no longer applies.
    """

    facts: frozenset[str]
    varied: tuple[int, ...]
    strides: tuple[int, ...]
    states: tuple[int, ...]
    known: tuple[Mapping[str, Allowed], ...]
    refused: Mapping[str, int]
    dropped: Mapping[StatedFact, tuple[StatedFact, ...]]

    def stated(self, values: Iterable[StatedFact]) -> dict[str, StatedFact]:
        """Return what is stated otherwise than in the scenario where its varied facts have these values."""
        some = [*values]
        left_out = {fact.fact: fact for one in some for fact in self.dropped[one]}
        return {**left_out, **{one.fact: one for one in some}}

    @property
    def possible(self) -> int:
        """How many combinations can be so."""
        return len(self.states) - self.states.count(-1)

    def place(self, digits: Sequence[int]) -> int:
        """Return the place of the state in which each fact that varies has the value of its number."""
        place = 0
        for at, stride in zip(self.varied, self.strides, strict=True):
            place += digits[at] * stride
        return place

    def digits(self, place: int, variations: Sequence[Variation]) -> tuple[int, ...]:
        """Return the numbers of the values of its varied facts that make the state in this place."""
        pairs = zip(self.varied, self.strides, strict=True)
        return tuple(place // stride % len(variations[at].values) for at, stride in pairs)


def parts_of(decision: Decision, variations: Sequence[Variation]) -> tuple[Part, ...]:
    """Return the parts of a sweep over what a scenario comes to; every varied fact is in one of them.

    What is known of any other fact is the same in every combination. Raises TooManyStatesError.
    """
    facts = decision.law.facts
    reaches = [_reach(one.fact, facts) for one in variations]
    return tuple(
        _part(decision, variations, frozenset(names), varied) for names, varied in _joined(reaches, len(variations))
    )


def _joined(reaches: Sequence[set[str]], count: int) -> Iterator[tuple[set[str], list[int]]]:
    """Return the reaches, those that overlap as one, each with the positions of those that are joined in it."""
    left = list(range(count))
    while left:
        names, varied = set(reaches[left[0]]), [left[0]]
        while more := [at for at in left if at not in varied and names & reaches[at]]:
            varied += more
            names = names.union(*(reaches[at] for at in more))
        left = [at for at in left if at not in varied]
        yield names, sorted(varied)


def _reach(name: str, facts: Vocabulary) -> set[str]:
    """Return the facts of which something else may be known where something else is stated of this one."""
    opened = {one for names in facts[name].opens.values() for one in names} & set(facts)
    reached: set[str] = set()
    grown = {name, *opened}
    while grown - reached:
        reached |= grown
        grown = reached.union(*(facts.tied[one] for one in reached), *(_dates(one, reached) for one in facts.values()))
    return reached


def _dates(fact: Fact, reached: Iterable[str]) -> set[str]:
    """Return a fact that a date ties to some that are reached, with them; nothing where none does."""
    bound = {fact.fact} if fact.derived is None else {fact.fact, fact.derived.from_date}
    if fact.type is FactType.DATE and fact.only_if is not None:
        bound.update(facts_of([fact.only_if]))
    return set() if bound.isdisjoint(reached) else bound


def _part(decision: Decision, variations: Sequence[Variation], names: frozenset[str], varied: Sequence[int]) -> Part:
    sizes = [len(variations[at].values) for at in varied]
    if math.prod(sizes) > _MOST_STATES:
        joined = listed([f"`{variations[at].fact}`" for at in varied], "and")
        message = f"{joined} act on one another, and have {math.prod(sizes):,} values together; {_MOST_STATES:,} is"
        raise TooManyStatesError(f"{message} the most: vary them over fewer values, or fewer of them")
    facts = decision.law.facts
    vocabulary = Vocabulary({name: fact for name, fact in facts.items() if name in names}, facts.openers)
    alike: dict[tuple[Allowed, ...], int] = {}
    known: list[Mapping[str, Allowed]] = []
    states: list[int] = []
    refused: Counter[str] = Counter()
    dropped = {one: tuple(no_longer_apply(one, decision)) for at in varied for one in variations[at].values}
    part = Part(names, tuple(varied), tuple(_strides(sizes)), (), (), {}, dropped)
    for values in itertools.product(*(variations[at].values for at in varied)):
        stated = {**decision.stated, **part.stated(values)}
        try:
            allowed = know(vocabulary, stated, decision.unstated, decision.day).allowed
        except AuthcheckError as error:
            gone = {fact.fact for one in values for fact in dropped[one]} - {one.fact for one in values}
            refused[_why_not(error, vocabulary, stated, gone, decision)] += 1
            states.append(-1)
            continue
        key = tuple(allowed.values())
        if key not in alike:
            alike[key] = len(known)
            known.append(allowed)
        states.append(alike[key])
    return replace(part, states=tuple(states), known=tuple(known), refused=refused)


def _why_not(
    error: AuthcheckError,
    facts: Vocabulary,
    stated: Mapping[str, StatedFact],
    gone: AbstractSet[str],
    decision: Decision,
) -> str:
    """Return why facts cannot be stated together: without those that are gone, if that is why; nobody states these."""
    try:
        if gone:
            left = {name: one for name, one in stated.items() if name not in gone}
            know(facts, left, decision.unstated, decision.day)
    except AuthcheckError as without:
        error = without
    return "; ".join(fault.message for fault in error.diagnostics)


def _strides(sizes: Sequence[int]) -> Iterator[int]:
    """Return how far apart in a product two values of each are that follow one another."""
    for at in range(len(sizes)):
        stride = 1
        for size in sizes[at + 1 :]:
            stride *= size
        yield stride
