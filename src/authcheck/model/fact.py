"""The vocabulary of scenarios: facts, their kinds and the values that they may take."""

from __future__ import annotations

import datetime
import enum
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Annotated, TypeAlias

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Condition
from authcheck.model.names import Cites, FactId, Key, Named, Of, OrOne, Said
from authcheck.model.period import Period

__all__ = ["NOT_KNOWN", "Derivation", "Fact", "FactKind", "FactType", "Value", "as_said", "at_once"]

Value: TypeAlias = bool | str | int | datetime.date


NOT_KNOWN = frozenset(
    [
        *("don't know", "dont know", "i don't know", "i dont know", "do not know", "idk", "dunno"),
        *("not sure", "unsure", "no idea", "not known", "unknown", "unclear"),
    ]
)
"""What people say of a fact that is not known."""


def as_said(text: str) -> str:
    """Return what is typed without what makes no difference: capitals, hyphens, more than one space."""
    return " ".join(text.replace("\u2019", "'").replace("-", " ").lower().split())


class FactKind(enum.Enum):
    """Why a story may leave a fact out, and so what its absence means."""

    ACTIVITY = "activity"
    EVENT = "event"
    STATUS = "status"


class FactType(enum.Enum):
    """The values that a fact takes."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Derivation:
    """What follows from the scenario's date and one stated date: a number, or a yes/no that is so from then on."""

    from_date: Annotated[FactId, Key("from"), Said("The date fact that is counted from.")]
    rule: Annotated[str, Said("The counting rule in words.")]
    first: Annotated[int, Said("Of a number: what it is on that date itself.")] = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a scenario may state.

    `values` are the choices with their meanings. `absent` is the value under `unstated: absent`, which an
    activity takes whenever it is not stated; `unless_stated` is the value that an event then takes.
    Where `only_if` fails the fact has its absent value; `implies` gives, for a value, what follows from it,
    and `excludes` what cannot be so together with it. Where a value that `opens` other facts is stated, or left open
    in so many words, those are not assumed to be anything.
    """

    fact: FactId
    group: str
    kind: FactKind
    type: FactType
    question: Annotated[str, Said("The question in plain words, as an interview asks it.")]
    meaning: Annotated[str, Said("What counts, and what does not.")]
    place: Place
    values: Annotated[Mapping[str, str], Named("fact"), Said("Of a choice: each value and its meaning.")] = field(
        default_factory=dict
    )
    absent: Annotated[Value | None, Said("The value under `unstated: absent`; an unstated activity's.")] = None
    unless_stated: Annotated[Value | None, Said("The value that an unstated event is assumed to have.")] = None
    unit: str = ""
    minimum: int = 0
    derived: Derivation | None = None
    only_if: Annotated[Condition | None, Said("Where this fails, the fact has its absent value.")] = None
    implies: Annotated[Mapping[str, Condition], Named("fact"), Said("What follows from a value.")] = field(
        default_factory=dict
    )
    excludes: Annotated[Mapping[str, Condition], Named("fact"), Said("What cannot be so beside a value.")] = field(
        default_factory=dict
    )
    opens: Annotated[
        Mapping[str, Annotated[tuple[str, ...], OrOne(), Of("fact"), Named("fact")]],
        Named("fact"),
        Said("What is left open, not assumed, where a value is stated."),
    ] = field(default_factory=dict)
    judgement: Annotated[bool, Said("An open norm: the answer says that it rests on a judgement.")] = False
    narrative: Annotated[bool, Said("No rule turns on it.")] = False
    several: Annotated[bool, Said("Two of its values may be so at once: `{all_of: [one, other]}`.")] = False
    brief: Annotated[Mapping[str, str], Named("fact"), Said("The words of a value where facts are summed up.")] = field(
        default_factory=dict
    )
    also: Annotated[Mapping[str, tuple[str, ...]], Named("fact"), Said("What else people call a value.")] = field(
        default_factory=dict
    )
    phrases: Annotated[
        Mapping[str, tuple[str, ...]], Named("fact"), Said("The words of a story that suggest a value.")
    ] = field(default_factory=dict)
    cite: Cites = ()
    in_force: Annotated[Period | None, Said("The time of the law that defines it: nobody can state it before.")] = None

    def called(self, said: str) -> str:
        """Return the value that people call so, or nothing."""
        return next((value for value, names in self.also.items() if said in names), "")

    @property
    def usual(self) -> Value | None:
        """The value that the fact has where nothing of the kind is told; None where there is none."""
        return self.unless_stated if self.absent is None else self.absent

    @property
    def options(self) -> tuple[bool | str, ...]:
        """The values of a yes/no fact or a choice, in the order of the vocabulary; none for the others."""
        if self.type is FactType.YES_NO:
            return (True, False)
        return tuple(self.values)

    @property
    def pairs(self) -> Mapping[str, tuple[str, ...]]:
        """Each value that is two at once, with the two.

        A scenario may state it; it is no world of its own, since no rule tells it from one of the two.
        """
        if not self.several:
            return {}
        single = (value for value in self.values if value not in {self.absent, self.unless_stated})
        return {at_once(pair): pair for pair in itertools.combinations(single, 2)}


def at_once(values: Iterable[str]) -> str:
    """Return the value that is all of these at once; no value of a vocabulary has a space."""
    return " and ".join(values)
