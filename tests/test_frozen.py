"""Frozen dataclasses behave as those of the standard library do."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from collections.abc import Mapping

import pytest

from authcheck.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Ship:
    name: str
    masts: int = 1
    cargo: Mapping[str, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Boat:
    name: str
    masts: int = 1
    cargo: Mapping[str, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Buoy:
    pass


@dataclass(frozen=True, slots=True)
class Flag:
    colour: str

    def __repr__(self) -> str:
        return f"a {self.colour} flag"


@dataclass(frozen=True, slots=True)
class Spar:
    wood: str
    length: int


@dataclass(frozen=True, slots=True)
class Sail:
    kind: str
    area: int = 12


@dataclass(frozen=True, slots=True)
class Barge(Boat):
    tons: int = 1


def test_what_is_not_given_has_its_default() -> None:
    ship = Ship("Ada")

    assert (ship.name, ship.masts, ship.cargo) == ("Ada", 1, {})
    assert Ship("Ada", 3, {"oil": 2}) == Ship(name="Ada", cargo={"oil": 2}, masts=3)


def test_classes_of_as_many_fields_keep_their_own_names_and_defaults() -> None:
    spar, sail = Spar("oak", 4), Sail("jib")

    assert (spar.wood, spar.length, sail.kind, sail.area) == ("oak", 4, "jib", 12)
    assert list(inspect.signature(Spar).parameters) == ["wood", "length"]
    assert inspect.signature(Sail).parameters["area"].default == 12
    with pytest.raises(TypeError, match="kind"):
        Spar(kind="jib")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="length"):
        Spar("oak")  # type: ignore[call-arg]


def test_a_class_has_the_fields_of_its_base_first() -> None:
    assert Barge("Ada", tons=3) == Barge(name="Ada", masts=1, cargo={}, tons=3)
    assert [one.name for one in dataclasses.fields(Barge)] == ["name", "masts", "cargo", "tons"]
    assert Barge("Ada") != Boat("Ada")


def test_each_value_gets_a_default_of_its_own() -> None:
    assert Ship("Ada").cargo is not Ship("Ada").cargo


def test_a_value_without_a_default_must_be_given() -> None:
    with pytest.raises(TypeError, match="name"):
        Ship()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="sails"):
        Ship("Ada", sails=2)  # type: ignore[call-arg]


def test_values_of_one_class_are_equal_where_their_fields_are() -> None:
    assert Ship("Ada", 2) == Ship("Ada", 2)
    assert Ship("Ada", 2) != Ship("Ada", 3)
    assert Flag("red") == Flag("red")
    assert Flag("red") != Flag("blue")
    assert Buoy() == Buoy()


def test_values_of_different_classes_are_never_equal() -> None:
    ship: object = Ship("Ada")

    assert ship != Boat("Ada")
    assert ship != ("Ada", 1, {})


def test_equal_values_are_one_key() -> None:
    assert len({Flag("red"), Flag("red"), Flag("blue")}) == 2
    assert hash(Buoy()) == hash(Buoy())
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ship("Ada"))


def test_a_value_shows_its_fields_unless_its_class_says_how() -> None:
    assert repr(Ship("Ada", 2)) == "Ship(name='Ada', masts=2, cargo={})"
    assert repr(Buoy()) == "Buoy()"
    assert repr(Flag("red")) == "a red flag"


def test_a_value_cannot_be_changed() -> None:
    ship = Ship("Ada")

    with pytest.raises(dataclasses.FrozenInstanceError, match="masts"):
        ship.masts = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="name"):
        del ship.name
    with pytest.raises(dataclasses.FrozenInstanceError, match="sails"):
        ship.sails = 2  # type: ignore[attr-defined]
    assert ship == Ship("Ada")
    assert not hasattr(ship, "__dict__")


def test_a_changed_copy_leaves_the_value_as_it_was() -> None:
    ship = Ship("Ada", 2, {"oil": 2})
    copy = dataclasses.replace(ship, masts=3)

    assert copy == Ship("Ada", 3, {"oil": 2})
    assert ship.masts == 2


def test_a_value_is_a_dataclass_and_can_be_matched() -> None:
    assert [one.name for one in dataclasses.fields(Ship)] == ["name", "masts", "cargo"]
    match Ship("Ada", 2):
        case Ship(name, masts=2):
            assert name == "Ada"
        case _:
            pytest.fail("it does not match")


def test_it_goes_to_another_process_and_stays_what_it_is() -> None:
    for value in (Ship("Anna", cargo={"salt": 3}), Buoy(), Flag("red")):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - it comes from here.
