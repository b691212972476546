"""Small packs and scenarios, made at random as values of the model: every form that the law can take."""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from authcheck.diagnostics import Place
from authcheck.model.authority import (
    Authority,
    Clock,
    Displacement,
    Due,
    Duty,
    Element,
    Exclusion,
    Ground,
    Role,
    Rule,
    Start,
    Supply,
)
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, InForce, Not, Range, Term, Test, Truth
from authcheck.model.fact import Derivation, Fact, FactKind, FactType, Value
from authcheck.model.pack import Caution, Pack, Power
from authcheck.model.period import Period
from authcheck.model.question import Holder, Lens, Question, Reading
from authcheck.model.scenario import FactStatus, Scenario, StatedFact, Unstated
from authcheck.model.source import Document, DocumentClass, Passage

__all__ = [
    "AS_OF",
    "FEWER",
    "PLACE",
    "SILENT",
    "Case",
    "Maker",
    "cases",
    "leaves_of",
    "lens_of_one_reading_each",
    "packs_with_scenarios",
    "stated_as",
    "stating",
]

AS_OF = datetime.date(2025, 2, 4)
PLACE = Place("pack.yaml", 1, 1)
NAMES = ("alarm", "border", "consent", "days", "envoy")
CHOICES = ("none", "some", "many")
START = "start"
REPORTED = "reported"
COUNTED = {FactType.NUMBER: 2, FactType.YES_NO: 5}
"""The types of what may be counted from a date, and of how many one is."""
LENSES = ("documents", "all", "scholar")
TRUE, SILENT = Constant(Truth.TRUE), Constant(Truth.SILENT)

# For promises that a third of the examples put to the test as well.
FEWER = settings(max_examples=settings().max_examples // 3)

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A pack, a scenario for it and a lens."""

    pack: Pack
    scenario: Scenario
    lens: str

    def __repr__(self) -> str:
        shown = {
            "facts": self.pack.facts,
            "authorities": self.pack.authorities,
            "powers": self.pack.powers,
            "admits": self.pack.lenses[self.lens].admits,
            "stated": self.scenario.facts,
            "unstated": self.scenario.unstated,
        }
        return "\n".join(f"{name}: {brief(value)}" for name, value in shown.items())

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: object) -> None:
        """Tell hypothesis to show it so."""
        del cycle
        printer.text(f"\n{self}\n")


# What a failing example need not show: words, on which no verdict turns.
WORDS = {"authority_class", "cite", "governs_text", "group", "law", "meaning", "place", "silence", "text", "title"}


def brief(value: object) -> str:
    """Return a value of the model in short: no words, no places, no defaults."""
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {brief(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(brief, value)) + "]"
    if not dataclasses.is_dataclass(value):
        return repr(value)
    shown = []
    for one in dataclasses.fields(value):
        told = getattr(value, one.name)
        if one.name not in WORDS and told is not one.default and told not in ("", (), {}):
            shown.append(f"{one.name}={brief(told)}")
    return f"{type(value).__name__}({', '.join(shown)})"


@cache
def below(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, number - 1)


class Maker:
    """Makes the parts of a pack. Every choice is one draw, and the first of the things to choose is the simplest."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        """Take what draws."""
        self.draw = draw

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Return one of the things."""
        return things[self.draw(below(len(things)))] if len(things) > 1 else things[0]

    def once_in(self, number: int) -> bool:
        """Return true once in so many times."""
        return self.draw(below(number)) == number - 1

    def period(self, often: int = 8) -> Period | None:
        """Return the time of a law on which something rests, once in so many times: it may be gone, or yet to come."""
        if not self.once_in(often):
            return None
        first, over = self.pick([(0, None), (1, None), (None, 0), (-1, 1), (None, 1)])
        days = (None if one is None else AS_OF + datetime.timedelta(days=one) for one in (first, over))
        return Period(("passage-2",), *days)

    # --- conditions

    def condition(self, leaves: Sequence[Sequence[Condition]], depth: int = 2) -> Condition:
        """Return a condition over the leaves, so many levels deep at most."""
        form = self.pick(("leaf", "leaf", "all", "any", "any", "not")) if depth else "leaf"
        if form == "leaf":
            return self.pick(self.pick(leaves))
        if form == "not":
            return Not(self.condition(leaves, depth - 1))
        inner = tuple(self.condition(leaves, depth - 1) for _ in range(self.pick((2, 1, 2))))
        return AllOf(inner) if form == "all" else AnyOf(inner)

    # --- facts

    def bare_fact(self, name: str) -> Fact:
        """Return a fact without constraints."""
        type = self.pick((FactType.YES_NO, FactType.YES_NO, FactType.CHOICE, FactType.NUMBER))
        kind = self.pick(tuple(FactKind))
        minimum = self.pick((0, 1)) if type is FactType.NUMBER else 0
        values = self.pick((CHOICES[:2], CHOICES)) if type is FactType.CHOICE else ()
        taken: Value | None = None
        if self.once_in(2):
            numbers: tuple[Value, ...] = (minimum, minimum + 1, minimum + 3)
            taken = self.pick(numbers if type is FactType.NUMBER else values or (False, True))
        return Fact(
            fact=name,
            group="group",
            kind=kind,
            type=type,
            question=f"Is it {name}?",
            meaning=name,
            place=PLACE,
            values={value: value for value in values},
            absent=None if kind is FactKind.EVENT else taken,
            unless_stated=taken if kind is FactKind.EVENT else None,
            minimum=minimum,
            derived=Derivation(START, "counted", 1) if type in COUNTED and self.once_in(COUNTED[type]) else None,
            judgement=self.once_in(4),
            in_force=None if type is FactType.CHOICE and taken is None else self.period(12),
        )

    def facts(self) -> dict[str, Fact]:
        """Return two to five facts, some of which demand something of others."""
        bare = [self.bare_fact(name) for name in NAMES[: self.pick((2, 3, 4, 5))]]
        found = {}
        for fact in bare:
            others = [tests_of(one) for one in bare if one is not fact]
            only_if = None
            implies: dict[str, Condition] = {}
            excludes: dict[str, Condition] = {}
            if fact.type is not FactType.NUMBER and self.once_in(2):
                follows = self.condition(others, self.pick((0, 1, 2)))
                if (fact.absent is not None or fact.unless_stated is not None) and self.once_in(2):
                    only_if = follows
                else:
                    value = self.pick(fact.options)
                    by_value = {str(value).lower() if isinstance(value, bool) else value: follows}
                    implies, excludes = self.pick(((by_value, {}), ({}, by_value)))
            opens = {}
            if fact.options and self.once_in(5):
                opened = self.pick([one.fact for one in bare if one is not fact])
                opens = {str(self.pick(fact.options)).lower(): (opened,)}
            found[fact.fact] = dataclasses.replace(
                fact, only_if=only_if, implies=implies, excludes=excludes, opens=opens
            )
        if any(one.derived is not None for one in bare):
            for name in (START, REPORTED):
                found[name] = Fact(name, "group", FactKind.STATUS, FactType.DATE, "On what day?", "a day", PLACE)
        return found

    # --- questions

    def questions(self) -> dict[str, Question]:
        """Return one to three questions of two or three readings, at least one of each in the documents."""
        found = {}
        for number in range(self.pick((1, 1, 2, 2, 3))):
            name = f"question-{number + 1}"
            carried = self.pick(((True, True), (True, False), (False, True), (True, False, True), (True,) * 3))
            readings = {
                reading: Reading(
                    reading,
                    f"{name} {reading}",
                    (self.pick(("scholar", "text")),),
                    ("passage-1",),
                    in_documents=in_documents,
                    hedge=self.hedge(f"{name} {reading}"),
                    hedge_unmet=self.hedge(f"{name} {reading} is not"),
                    in_force=self.period(),
                )
                for reading, in_documents in zip(("broad", "narrow", "none"), carried, strict=False)
            }
            found[name] = Question(name, f"What of {name}?", readings, PLACE)
        return found

    def only_on(self, questions: Mapping[str, Question]) -> dict[str, tuple[str, ...]]:
        """Return the readings on which alone something exists; mostly, it exists on all."""
        if not self.once_in(5):
            return {}
        name = self.pick(tuple(questions))
        readings = tuple(questions[name].readings)
        return {name: self.pick((readings[:1], readings[-1:], readings[:2]))}

    # --- authorities

    def rule(self, ground: Groundwork, element: str) -> Rule:
        """Return a rule, now and then with `unless` or `silent_when`."""
        unless, silent = self.pick(((0, 0), (0, 0), (0, 0), (1, 0), (0, 1), (1, 1)))
        when = self.condition(ground.full)
        if self.once_in(2):
            when = AnyOf((when, self.condition(ground.full, 1)))
        failing = self.condition(ground.full, 1) if unless else None
        unsaid = self.condition(ground.full, 1) if silent else None
        met, unmet = self.hedge(f"{element} is met"), self.hedge(f"{element} is not met")
        # A silence quotes the hedge that its own rule has of what is not met, and none that its reading has.
        silence = f"It is said “{unmet}”; more is not." if unmet else "The sources do not say."
        return Rule(when, failing, unsaid, silence if silent else "", met, unmet)

    def hedge(self, name: str) -> str:
        """Return a hedge or, mostly, none."""
        return f"perhaps {name}" if self.once_in(6) else ""

    def element(self, ground: Groundwork, name: str) -> Element:
        """Return an element, contested one time in two."""
        cite = (self.pick(("passage-1", "passage-2")),)
        if not self.once_in(2):
            rule = self.rule(ground, name)
            return Element(name, f"The {name} is met.", cite, PLACE, rule, in_force=self.period())
        question = self.pick(tuple(ground.questions.values()))
        # Now and then, all readings but the first do not ask it.
        asking = tuple(question.readings)[: self.pick((len(question.readings), len(question.readings), 1))]
        readings = {reading: self.rule(ground, f"{name} on {reading}") for reading in asking}
        return Element(
            name, f"The {name} is met.", cite, PLACE, None, question.question, readings, in_force=self.period()
        )

    def exceptions(self, ground: Groundwork, name: str) -> tuple[Exclusion, ...]:
        """Return one exception or, mostly, none."""
        if not self.once_in(5):
            return ()
        when, hedge = self.condition(ground.full), self.hedge(name)
        return (
            Exclusion(
                name, f"{name} takes it away.", when, ("passage-1",), PLACE, hedge=hedge, in_force=self.period(3)
            ),
        )

    def ground(self, ground: Groundwork, name: str) -> Ground:
        """Return a ground of one to three elements."""
        count = self.pick((1, 1, 1, 2, 2, 3))
        return Ground(
            ground=name,
            title=f"The {name}",
            elements=tuple(self.element(ground, f"{name}-element-{number + 1}") for number in range(count)),
            place=PLACE,
            exceptions=self.exceptions(ground, f"{name}-exception"),
            only_on=self.only_on(ground.questions),
            hedge=self.hedge(name),
            in_force=self.period(),
        )

    def displaced_by(self, ground: Groundwork) -> tuple[Displacement, ...]:
        """Return one displacement or, mostly, none."""
        if not self.once_in(4):
            return ()
        when = self.condition(ground.full)
        only_on, text = self.only_on(ground.questions), "Something else has its place."
        return (Displacement(text, when, (), PLACE, only_on, self.period(3)),)

    def duties(self, ground: Groundwork) -> tuple[Duty, ...]:
        """Return one or two duties or, half of the time, none."""
        if not self.once_in(2):
            return ()
        return tuple(self.duty(ground, name) for name in self.pick((("duty",), ("duty", "duty-2"))))

    def duty(self, ground: Groundwork, name: str) -> Duty:
        """Return a duty, with a time where something is counted; the second may be done with the first."""
        time = self.pick(("clock", "due", "due", "")) if ground.counters else ""
        done_on = self.pick((REPORTED, REPORTED, ""))
        return Duty(
            duty=name,
            text="Report it.",
            by="somebody",
            when=self.condition(ground.plain),
            cite=("passage-2",),
            place=PLACE,
            done_when=self.condition(ground.plain, 1) if self.once_in(2) else None,
            with_engagement=self.once_in(2),
            due=Due(START, self.pick((0, 2)), "some days after it", done_on) if time == "due" else None,
            clock="clock" if time == "clock" else "",
            done_with="duty" if name != "duty" and self.once_in(2) else "",
            perhaps_with=("law-1",) if self.once_in(6) else (),
            in_force=self.period(3),
        )

    def clocks(self, ground: Groundwork) -> tuple[Clock, ...]:
        """Return one way of counting days where something is counted."""
        if not ground.counters:
            return ()
        starts = (Start(START, self.pick((0, 2))),)
        when, silent = self.condition(ground.plain), self.condition(ground.plain) if self.once_in(3) else None
        silence = "Nobody says how it goes on." if silent else ""
        return (Clock("clock", "of it", when, ("passage-2",), PLACE, "", starts, 1, 3, silent, silence),)

    def authority(self, ground: Groundwork, name: str) -> Authority:
        """Return a source of one or two powers, or a means for one."""
        # The first is a source, so that most powers have one.
        is_means = name != "law-1" and self.once_in(4)
        powers = self.pick((ground.powers, ground.powers[:1], ground.powers[-1:]))
        return Authority(
            authority=name,
            title=name,
            law=f"The law of {name}",
            authority_class="statute",
            role=Role.MEANS if is_means else Role.SOURCE,
            place=PLACE,
            governs=self.condition(ground.plain) if self.once_in(2) else TRUE,
            governs_text="Nothing of the kind.",
            supplies=() if is_means else tuple(Supply(one, self.only_on(ground.questions)) for one in powers),
            means_for=tuple(powers) if is_means else (),
            in_force=self.period(4),
            displaced_by=self.displaced_by(ground),
            grounds=tuple(self.ground(ground, f"ground-{number + 1}") for number in range(self.pick((1, 2, 2)))),
            exceptions=self.exceptions(ground, "exception"),
            clocks=self.clocks(ground),
            duties=self.duties(ground),
        )

    # --- packs and scenarios

    def pack(self) -> Pack:
        """Return a small pack."""
        facts = self.facts()
        questions = self.questions()
        names = [f"law-{number + 1}" for number in range(self.pick((1, 2, 2, 3, 4)))]
        powers = self.pick((("power-1",), ("power-1", "power-2")))
        tests = leaves_of(facts)
        terms = {}
        if self.once_in(2):
            terms["term"] = Term("term", "the term", self.condition(tests))
        plain = [*tests, *((one,) for one in terms.values())]
        beyond: tuple[Condition, ...] = (SILENT, SILENT, TRUE, *map(InForce, names))
        counters = tuple(name for name, one in facts.items() if one.derived is not None)
        ground = Groundwork(questions, powers, counters, plain, [*plain, beyond])
        return Pack(
            id="generated",
            title="Generated",
            version="1",
            as_of=AS_OF,
            review="none",
            disclaimer="No law.",
            digest="sha256:pack",
            authorities={name: self.authority(ground, name) for name in names},
            facts=facts,
            terms=terms,
            powers={
                name: Power(
                    name,
                    name,
                    name,
                    self.condition(plain) if self.once_in(2) else TRUE,
                    PLACE,
                    silent_when=self.condition(plain) if self.once_in(4) else None,
                )
                for name in powers
            },
            questions=questions,
            holders={name: Holder(name, name) for name in ("scholar", "text")},
            lenses=lenses_of(questions),
            cautions={
                "caution": Caution("caution", "Beware.", self.condition(plain), ("passage-1",), PLACE, self.period(4))
            },
            documents={
                "statute": Document("statute", "A statute", DocumentClass.STATUTE, PLACE),
                "report": Document("report", "A report", DocumentClass.REPORTING, PLACE, carries_rules=True),
            },
            passages={
                "passage-1": Passage("passage-1", "report", "words", "1", "somebody", "law", PLACE),
                "passage-2": Passage("passage-2", "statute", "words", "§ 1", "the law", "law", PLACE),
            },
        )

    def statement(self, fact: Fact) -> StatedFact:
        """Return something that a scenario says of the fact."""
        place = Place("scenario.yaml", [*NAMES, START, REPORTED].index(fact.fact) + 2, 1)
        status = self.pick((FactStatus.STIPULATED,) * 4 + (FactStatus.CLAIMED, FactStatus.DISPUTED))
        if self.once_in(4):
            return StatedFact(fact.fact, place, unknown=True, status=status)
        if fact.type is FactType.DATE:
            day = AS_OF - datetime.timedelta(days=self.pick((0, 1, 2, 4, -2)))
            return StatedFact(fact.fact, place, date=day, status=status)
        if fact.type is FactType.NUMBER:
            low = fact.minimum + self.pick((0, 1, 2, 3, 5))
            one = Range(low, low)
            some = self.pick(((one,), (Range(low, low + 2),), (Range(low),), (one, Range(low + 3))))
            return StatedFact(fact.fact, place, ranges=some, status=status)
        values = self.pick([*((one,) for one in fact.options), fact.options[:2], fact.options[-2:]])
        return StatedFact(fact.fact, place, values=values, status=status)

    def scenario(self, facts: Mapping[str, Fact]) -> Scenario:
        """Return a scenario that states some of the facts."""
        return Scenario(
            id="generated",
            title="Generated",
            place=Place("scenario.yaml", 1, 1),
            digest="sha256:scenario",
            facts={name: self.statement(fact) for name, fact in facts.items() if self.once_in(2)},
            as_of=self.pick((None, AS_OF)),
            unstated=self.pick((Unstated.DEFAULT, Unstated.DEFAULT, Unstated.ABSENT, Unstated.UNKNOWN)),
        )


@dataclass(frozen=True, slots=True)
class Groundwork:
    """What the parts of authorities are made from."""

    questions: Mapping[str, Question]
    powers: tuple[str, ...]
    counters: tuple[str, ...]
    plain: Sequence[Sequence[Condition]]
    full: Sequence[Sequence[Condition]]


def tests_of(fact: Fact) -> tuple[Test, ...]:
    """Return the tests of a fact that may occur."""
    if fact.type is FactType.NUMBER:
        lows = range(fact.minimum, fact.minimum + 4)
        return tuple(Test(fact.fact, (), Range(low, high)) for low in lows for high in (None, low, low + 1))
    if fact.type is FactType.YES_NO:
        return Test(fact.fact, (True,)), Test(fact.fact, (False,))
    values = tuple(fact.values)
    return tuple(Test(fact.fact, some) for some in ((values[0],), (values[1],), (values[-1],), values[:2]))


def leaves_of(facts: Mapping[str, Fact]) -> list[tuple[Condition, ...]]:
    """Return the tests of all facts, by fact."""
    return [tests_of(fact) for fact in facts.values() if fact.type is not FactType.DATE]


def lenses_of(questions: Mapping[str, Question]) -> dict[str, Lens]:
    """Return the lens of the documents, that of all readings, and that of one holder."""
    documents, everything, scholar, off_record = {}, {}, {}, []
    for name, question in questions.items():
        everything[name] = tuple(question.readings)
        documents[name] = tuple(id for id, one in question.readings.items() if one.in_documents)
        held = tuple(id for id, one in question.readings.items() if "scholar" in one.holders)
        scholar[name] = held or documents[name]
        if not held:
            off_record.append(name)
    admitted = zip(LENSES, (documents, everything, scholar), ((), (), tuple(off_record)), strict=True)
    return {name: Lens(name, name, PLACE, admits, off) for name, admits, off in admitted}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a pack, a scenario for it and a lens."""
    maker = Maker(draw)
    pack = maker.pack()
    return Case(pack, maker.scenario(pack.facts), maker.pick(LENSES))


@st.composite
def packs_with_scenarios(draw: st.DrawFn) -> tuple[Pack, list[Scenario]]:
    """Return a pack and several scenarios for it, which differ in what they state."""
    maker = Maker(draw)
    pack = maker.pack()
    return pack, [maker.scenario(pack.facts) for _ in range(draw(st.integers(2, 4)))]


# --- changes to what was made


def stated_as(fact: Fact, value: Value) -> StatedFact:
    """Return the statement that the fact has this one value."""
    place = Place("more.yaml", 1, 1)
    if isinstance(value, bool | str):
        return StatedFact(fact.fact, place, values=(value,))
    assert isinstance(value, int)
    return StatedFact(fact.fact, place, ranges=(Range(value, value),))


def stating(scenario: Scenario, *stated: StatedFact) -> Scenario:
    """Return the scenario with these facts stated too, or anew."""
    return dataclasses.replace(scenario, facts={**scenario.facts, **{one.fact: one for one in stated}})


def lens_of_one_reading_each(pack: Pack) -> Lens:
    """Return a lens that admits the first reading of every question alone."""
    admits = {name: (next(iter(one.readings)),) for name, one in pack.questions.items()}
    return Lens("alone", "alone", PLACE, admits)
