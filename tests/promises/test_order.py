"""The same inputs give the same answer, in whatever order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from authcheck.answer import Decider, decide
from authcheck.answer.answer import Answer
from authcheck.diagnostics import AuthcheckError
from authcheck.model.authority import Authority, Element, Ground
from authcheck.model.pack import Pack
from tests.promises.strategies import FEWER, Case, cases

Thing = TypeVar("Thing")


def answer_of(case: Case) -> Answer | str:
    """Return the answer, or what contradicts itself."""
    try:
        return decide(case.pack, case.scenario, lens=case.lens)
    except AuthcheckError as error:
        return str(error)


@FEWER
@given(cases())
def test_the_same_inputs_give_the_same_answer(case: Case) -> None:
    first = answer_of(case)
    assert answer_of(case) == first

    decider = Decider(case.pack)
    if isinstance(first, Answer):
        for lens in case.pack.lenses:
            decider.decide(case.scenario, lens=lens)
        assert decider.decide(case.scenario, lens=case.lens) == first


class Shuffle:
    """Puts things into an order that hypothesis chooses."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def tuple(self, things: Iterable[Thing]) -> tuple[Thing, ...]:
        return tuple(self.data.draw(st.permutations(list(things))))

    def mapping(self, things: Mapping[str, Thing]) -> dict[str, Thing]:
        return {name: things[name] for name in self.tuple(things)}

    def element(self, element: Element) -> Element:
        return replace(element, readings=self.mapping(element.readings))

    def ground(self, ground: Ground) -> Ground:
        return replace(ground, elements=self.tuple(map(self.element, ground.elements)))

    def authority(self, authority: Authority) -> Authority:
        return replace(authority, grounds=self.tuple(map(self.ground, authority.grounds)))

    def pack(self, pack: Pack) -> Pack:
        return replace(
            pack,
            facts=self.mapping(pack.facts),
            powers=self.mapping(pack.powers),
            questions=self.mapping(pack.questions),
            authorities={name: self.authority(one) for name, one in self.mapping(pack.authorities).items()},
            lenses={
                name: replace(
                    one, admits={question: self.tuple(some) for question, some in self.mapping(one.admits).items()}
                )
                for name, one in pack.lenses.items()
            },
        )


def same(one: Sequence[object], other: Sequence[object]) -> bool:
    return len(one) == len(other) and set(one) == set(other)


@given(cases(), st.data())
def test_order_never_matters(case: Case, data: st.DataObject) -> None:
    shuffle = Shuffle(data)
    shuffled = Case(
        shuffle.pack(case.pack),
        replace(case.scenario, facts=shuffle.mapping(case.scenario.facts)),
        case.lens,
    )
    first, second = answer_of(case), answer_of(shuffled)
    if isinstance(first, str) or isinstance(second, str):
        assert first == second
        return

    assert dict(second.verdicts) == dict(first.verdicts)
    assert same(second.relies_on, first.relies_on)
    assert same(second.assumed, first.assumed)
    assert same(second.cautions, first.cautions)
    assert {name: one.value for name, one in second.facts.items()} == {
        name: one.value for name, one in first.facts.items()
    }
    for name, found in first.authorities.items():
        other = second.authorities[name]
        assert other.possible == found.possible
        assert same(other.crux, found.crux)
        assert same(other.still_needed, found.still_needed)
        assert {frozenset(one.readings.items()): one.possible for one in other.readings} == {
            frozenset(one.readings.items()): one.possible for one in found.readings
        }
    for name, power in first.powers.items():
        assert second.powers[name].possible == power.possible
        assert second.powers[name].needed is power.needed
