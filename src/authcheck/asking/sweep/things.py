"""What is looked up in a sweep: something of which the value follows from the states of some parts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from authcheck.answer.inference import rests_on_inference
from authcheck.answer.record import AuthorityVerdict, PowerRecord, authority_verdict, power_record
from authcheck.asking.sweep.parts import Part
from authcheck.asking.sweep.results import NOT_NEEDED
from authcheck.decision.decision import Decision
from authcheck.decision.verdicts import occurring
from authcheck.evaluation.projection import demanded
from authcheck.evaluation.worlds import facts_of

__all__ = ["Key", "Power", "Standing", "Thing", "authority_of", "power_of"]

Value = TypeVar("Value")
Key = tuple[int, ...]
"""The state of each of the parts of a thing, as far as it is something to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What an authority or a power is, and what is relied on for a power."""

    told: AuthorityVerdict | PowerRecord
    relied_on: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """The bare verdict, or that a power is not needed."""
        return NOT_NEEDED if self.told.verdict is None else self.told.verdict.value


@dataclass(slots=True)
class Thing(Generic[Value]):
    """The parts from which the value follows, and for each state of a part what it is to the thing.

    `varied` are the positions of the facts of these parts; `found` are the values that have been met.
    """

    name: str
    parts: tuple[int, ...]
    states: tuple[tuple[int, ...], ...]
    varied: frozenset[int]
    decide: Callable[[Decision], Value]
    found: dict[Key, Value] = field(default_factory=dict)

    def key(self, states: Sequence[int]) -> Key:
        """Return what the states of all parts are to it."""
        return tuple([mine[states[at]] for at, mine in zip(self.parts, self.states, strict=True)])


@dataclass(slots=True)
class Power:
    """A power: what it is, and `behind` it all from which that follows.

    What is behind is whether the power is needed and silent, and what every source and means is to it. Each has the
    value None where that is still open. `alike` is what the power is where all of it is the same.
    """

    thing: Thing[Standing]
    behind: tuple[Thing[Hashable], ...]
    alike: dict[tuple[Hashable, ...], Standing] = field(default_factory=dict)


def authority_of(name: str, decision: Decision, parts: Sequence[Part]) -> Thing[Standing]:
    """Return an authority of a sweep over the decision."""
    return _thing(
        name,
        decision.law.turns_on[name].facts,
        decision,
        parts,
        lambda one: Standing(authority_verdict(one.case(name))),
    )


def power_of(name: str, decision: Decision, parts: Sequence[Part]) -> Power:
    """Return a power of a sweep over the decision."""
    law = decision.law
    tables = law.power_tables(name)
    own = [one for one in (tables.power.needed_when, tables.power.silent_when) if one is not None]

    def truths(one: Decision) -> Hashable:
        found = [one.truths(condition) for condition in own]
        return tuple(found) if all(len(some) == 1 for some in found) else None

    def means(authority: str) -> Callable[[Decision], Hashable]:
        def behind(one: Decision) -> Hashable:
            case = one.case(authority)
            each = case.tables.combinations(one.every_reading)
            verdicts = [occurring(case.tables.split(readings), case.mask) for readings in each]
            if any(len(some) > 1 for some in verdicts):
                return None
            return (
                *verdicts,
                authority_verdict(case),
                rests_on_inference(case),
                one.is_unraised(case.authority),
            )

        return behind

    involved = {
        one.authority: (*law.turns_on[one.authority].facts, *law.raised_by[one.authority]) for one in tables.involved
    }
    return Power(
        _thing(
            name,
            law.power_turns_on(name).facts,
            decision,
            parts,
            lambda one: Standing(power_record(name, one), one.relied_on_for(name)),
        ),
        (
            _thing(name, facts_of(own), decision, parts, truths),
            *(_thing(one, tested, decision, parts, means(one)) for one, tested in involved.items()),
        ),
    )


def _thing(
    name: str, tested: Sequence[str], decision: Decision, parts: Sequence[Part], decide: Callable[[Decision], Value]
) -> Thing[Value]:
    """Return the thing with the parts that hold facts which it tests."""
    own = tuple(at for at, part in enumerate(parts) if not part.facts.isdisjoint(tested))
    states = tuple(_states(parts[at], tested, decision) for at in own)
    return Thing(name, own, states, frozenset(one for at in own for one in parts[at].varied), decide)


def _states(part: Part, tested: Sequence[str], decision: Decision) -> tuple[int, ...]:
    """Return for each state of the part one number, the same for those of which the same is left to be tested."""
    names = [name for name in tested if name in part.facts]
    before, facts = decision.known.allowed, decision.law.facts
    alike: dict[object, int] = {}
    found = []
    for known in part.known:
        demands = demanded(names, facts, {**before, **known})
        found.append(alike.setdefault((demands, *(known[name] for name in names)), len(alike)))
    return tuple(found)
