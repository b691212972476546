"""An authority: the grounds for relying on it, what takes them away, and what relying on it requires."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, TypeAlias

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Condition, Constant, Truth
from authcheck.model.names import (
    Cites,
    FactId,
    Id,
    Key,
    Least,
    Named,
    Of,
    OneOf,
    OnlyOn,
    Plain,
    PowerId,
    Required,
    Said,
    Short,
    Spoken,
    Switch,
)
from authcheck.model.period import Period, WhileInForce

__all__ = [
    "Authority",
    "Clock",
    "Displacement",
    "Due",
    "Duty",
    "Element",
    "Exclusion",
    "Ground",
    "Hedge",
    "Inferred",
    "NonEffect",
    "Remark",
    "Role",
    "Rule",
    "Start",
    "Supply",
    "UnmetCites",
    "UnmetHedge",
    "Waiver",
]

ALWAYS = Constant(Truth.TRUE)

Hedge: TypeAlias = Annotated[str, Said("The source's own words for how sure it is of what holds by this.")]
Inferred: TypeAlias = Annotated[str, Said("The step in words, where this goes further than its passages.")]
UnmetCites: TypeAlias = Annotated[Cites, Said("Those of `cite` that speak for it only where it is not met.")]
UnmetHedge: TypeAlias = Annotated[str, Said("The same, of what fails where this is not met, or is silent.")]

_CLASSES = ("constitution", "statute", "treaty", "executive-order", "official-statement")


class Role(enum.Enum):
    """Whether the authority is a source of power, or a means with conditions of its own."""

    SOURCE = "source"
    MEANS = "means"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an element is met: `when` and not `unless`; silent where `silent_when` holds instead."""

    when: Condition
    unless: Condition | None = None
    silent_when: Condition | None = None
    silence: str = ""
    hedge: Hedge = ""
    hedge_unmet: UnmetHedge = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of the rule, in their order."""
        return tuple(one for one in (self.when, self.unless, self.silent_when) if one is not None)


@dataclass(frozen=True, slots=True)
class Element:
    """One cited condition of a ground.

    A contested one has a rule for each reading of its question that asks it; a reading without one does not ask.
    `speaks_of` is that of which its passages speak: where that is not at hand, they are not what it rests on.
    `cite_unmet` holds those that speak for it only where it is not met.
    """

    element: str
    text: str
    cite: tuple[str, ...]
    place: Place
    rule: Rule | None = None
    question: str = ""
    readings: Mapping[str, Rule] = field(default_factory=dict)
    see_also: tuple[str, ...] = ()
    in_force: WhileInForce = None
    inferred: str = ""
    speaks_of: Condition | None = None
    cite_unmet: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The element's rule, or its rule under each reading that asks it."""
        return tuple(self.readings.values()) if self.rule is None else (self.rule,)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of its rules, under all readings."""
        return tuple(one for rule in self.rules for one in rule.conditions)

    @property
    def told_apart_by(self) -> tuple[Condition, ...]:
        """The conditions of its rules, and that of which its passages speak."""
        return (*self.conditions, *(() if self.speaks_of is None else (self.speaks_of,)))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exception: what takes a ground, or the whole authority, away again."""

    exception: Id
    text: str
    when: Condition
    cite: Cites
    place: Place
    see_also: Cites = ()
    hedge: Hedge = ""
    in_force: WhileInForce = None
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One way to rely on an authority. `only_on` names, for a question, the readings on which it exists."""

    ground: Id
    title: str
    elements: Annotated[tuple[Element, ...], Least(1)]
    place: Place
    exceptions: tuple[Exclusion, ...] = ()
    only_on: OnlyOn = field(default_factory=dict)
    cite: Annotated[Cites, Said("Passages of the ground as a whole, beside those of its elements.")] = ()
    hedge: Hedge = ""
    in_force: WhileInForce = None
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Displacement:
    """What makes the authority's question fall away, with the reason."""

    text: str
    when: Condition
    cite: Cites
    place: Place
    only_on: OnlyOn = field(default_factory=dict)
    in_force: WhileInForce = None
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """A power that the authority supplies; `only_on` as for a ground."""

    power: PowerId
    only_on: OnlyOn = field(default_factory=dict)
    cite: Cites = ()
    hedge: Hedge = ""


@dataclass(frozen=True, slots=True)
class NonEffect:
    """A power that the authority does not supply, the belief that it does, and the words against it."""

    power: PowerId
    text: str
    misconception: str
    cite: Cites
    hedge: Hedge = ""
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A power that relying on the authority does not call for, and who says so."""

    power: PowerId
    text: str
    cite: Cites
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The day on which a duty falls due: `days` after the day that the date fact gives."""

    from_date: Annotated[FactId, Key("from")]
    days: int
    words: str
    done_on: Annotated[FactId, Said("The date fact that says when it was done.")] = ""


@dataclass(frozen=True, slots=True)
class Start:
    """A day from which a clock counts: `days` after the day that the date fact gives."""

    date: FactId
    days: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """One way of counting days: from the earliest of its starts, `first` being the number of that day itself.

    Without a start it is the way of somebody who holds that no days run.
    """

    clock: Id
    title: Annotated[str, Said("What is counted, and from when.")]
    when: Annotated[Condition, Spoken(), Said("Where it runs, once it has begun.")]
    cite: Cites
    place: Place
    holder: Annotated[str, Of("holder"), Named("id"), Said("Whose count it is; nobody's, if left out.")] = ""
    starts: Annotated[tuple[Start, ...], Key("from"), Said("The days that it counts from, if earlier.")] = ()
    first: Annotated[int, Said("1 where the day that is counted from is day 1, else 0.")] = 0
    days: Annotated[int, Said("How many days there are.")] = 0
    silent_when: Annotated[Condition | None, Spoken(), Said("Where the sources do not say how it goes on.")] = None
    silence: Annotated[str, Said("What they do not say, in words; with `silent_when`.")] = ""
    in_force: WhileInForce = None
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What relying on an authority requires, by whom and by when. Never a condition of it.

    `with_engagement` is true where the duty arises with the activity itself, whatever the verdict.
    """

    duty: Id
    text: str
    by: str
    when: Annotated[Condition, Spoken()]
    cite: Cites
    place: Place
    done_when: Annotated[Condition | None, Spoken()] = None
    with_engagement: Annotated[bool, Key("arises_with"), Switch("reliance", "activity")] = False
    due: Due | None = None
    clock: Annotated[str, Named("id"), Said("The clock of this authority on whose last day it falls due.")] = ""
    done_with: Annotated[
        str,
        Named("id"),
        Said("The duty of this authority without which, done in time, no fact says whether it is done."),
    ] = ""
    perhaps_with: Annotated[
        tuple[str, ...], Of("authority"), Named("id"), Said("Where one of these is relied on, it is perhaps owed.")
    ] = ()
    see_also: Cites = ()
    in_force: WhileInForce = None
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A limit, a note or a thing that the documents do not say: shown, never computed."""

    text: str
    cite: Cites = ()
    in_force: WhileInForce = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A source of power, or a means, with all that the documents say of it."""

    authority: Id
    title: str
    law: Annotated[str, Said("The citation.")]
    authority_class: Annotated[str, Key("class"), OneOf(_CLASSES)]
    role: Role
    place: Place
    summary: str = ""
    in_effect: Annotated[str, Said("How it is worded when available, where that means its own effects only.")] = ""
    governs: Annotated[Condition, Plain(), Said("Where this is false, the authority is not engaged.")] = ALWAYS
    governs_text: Annotated[str, Key("not_engaged"), Said("The reason then given.")] = ""
    not_raised_when: Annotated[
        Condition | None, Plain(), Said("Where this may be so, no stated fact raises the authority.")
    ] = None
    supplies: Annotated[tuple[Supply, ...], Short("power"), Named("id")] = ()
    means_for: Annotated[tuple[str, ...], Of("power"), Named("id")] = ()
    in_force: Annotated[Period | None, Said("The time of the law itself; here, or `no_dated_law`.")] = None
    no_dated_law: Annotated[str, Said("Why it has no such time: it rests on consent, on practice, on no act.")] = ""
    displaced_by: tuple[Displacement, ...] = ()
    grounds: Annotated[tuple[Ground, ...], Least(1), Required()] = ()
    exceptions: tuple[Exclusion, ...] = ()
    clocks: Annotated[tuple[Clock, ...], Said("The ways of counting days, side by side.")] = ()
    duties: tuple[Duty, ...] = ()
    does_not_supply: tuple[NonEffect, ...] = ()
    waives: tuple[Waiver, ...] = ()
    limits: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    not_said: tuple[Remark, ...] = ()
    see_also: Cites = ()
