"""Small packs and scenarios, made at random as values of the model: every form that the law can take."""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from authcheck.diagnostics import Place
from authcheck.model.authority import (
    Authority,
    Displacement,
    Element,
    End,
    Exclusion,
    Ground,
    Role,
    Rule,
    Supply,
)
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    Condition,
    Constant,
    InForce,
    Not,
    Range,
    Term,
    Test,
    Truth,
)
from authcheck.model.fact import Derivation, Fact, FactKind, FactType, Value
from authcheck.model.pack import Caution, Pack, Power
from authcheck.model.question import Holder, Lens, Question, Reading
from authcheck.model.scenario import FactStatus, Scenario, StatedFact, Unstated
from authcheck.model.source import Document, DocumentClass, Passage

__all__ = ["AS_OF", "Case", "cases", "packs", "scenarios", "statements"]

AS_OF = datetime.date(2025, 2, 4)
PLACE = Place("pack.yaml", 1, 1)
LENSES = ("documents", "all", "scholar")

OnlyOn: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A pack, a scenario for it and a lens."""

    pack: Pack
    scenario: Scenario
    lens: str

    def __repr__(self) -> str:
        """Show what matters of a failing example: what turns no verdict is left out."""
        shown = {
            "facts": self.pack.facts,
            "authorities": self.pack.authorities,
            "powers": self.pack.powers,
            "admits": self.pack.lenses[self.lens].admits,
            "stated": self.scenario.facts,
            "unstated": self.scenario.unstated.value,
        }
        return "\n".join(f"{name}: {brief(value)}" for name, value in shown.items())

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: object) -> None:
        """Tell hypothesis to show it so."""
        del cycle
        printer.text(f"\n{self}\n")


WORDS = {"place", "cite", "text", "title", "law", "authority_class", "governs_text", "silence", "group", "question", "meaning"}


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
    parts = []
    for one in dataclasses.fields(value):
        told = getattr(value, one.name)
        is_name = one.name not in WORDS or (isinstance(value, Element) and one.name == "question")
        if is_name and told is not one.default and told not in ("", (), {}):
            parts.append(f"{one.name}={brief(told)}")
    return f"{type(value).__name__}({', '.join(parts)})"


# --- facts

NAMES = ("alarm", "border", "consent", "days", "envoy")
CHOICES = ("none", "some", "many")
START = "start"


def place_of(draw: st.DrawFn) -> Place:
    return draw(st.just(PLACE))


@st.composite
def bare_facts(draw: st.DrawFn, name: str) -> Fact:
    """Return a fact without constraints."""
    type = draw(st.sampled_from([FactType.YES_NO, FactType.YES_NO, FactType.CHOICE, FactType.NUMBER]))
    kind = draw(st.sampled_from(FactKind))
    minimum = draw(st.integers(0, 1)) if type is FactType.NUMBER else 0
    values = CHOICES[: draw(st.integers(2, 3))] if type is FactType.CHOICE else ()
    taken: Value | None = None
    if draw(st.booleans()):
        match type:
            case FactType.YES_NO:
                taken = draw(st.booleans())
            case FactType.CHOICE:
                taken = draw(st.sampled_from(values))
            case _:
                taken = minimum + draw(st.integers(0, 3))
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
        derived=Derivation(START, 1, "counted") if type is FactType.NUMBER and draw(st.booleans()) else None,
        judgement=draw(st.booleans()),
    )


@st.composite
def tests_of(draw: st.DrawFn, fact: Fact) -> Test:
    """Return a test of the fact."""
    if fact.type is FactType.NUMBER:
        low = fact.minimum + draw(st.integers(0, 3))
        high = draw(st.sampled_from([None, low, low + 1]))
        return Test(fact.fact, (), Range(low, high))
    if fact.type is FactType.YES_NO:
        return Test(fact.fact, (draw(st.booleans()),))
    return Test(fact.fact, draw(st.sampled_from([(one,) for one in fact.values] + [tuple(fact.values)[:2]])))


Leaves: TypeAlias = st.SearchStrategy[Condition]


def joined(leaves: Leaves) -> Leaves:
    """Return conditions over the leaves, two levels deep at most."""

    def level(inner: Leaves) -> Leaves:
        several = st.lists(inner, min_size=1, max_size=2).map(tuple)
        return st.one_of(leaves, leaves, several.map(AllOf), several.map(AnyOf), several.map(AnyOf), inner.map(Not))

    return level(level(leaves))


def plain(facts: Sequence[Fact]) -> Leaves:
    """Return conditions that turn on the facts alone and are never silent."""
    return joined(leaf_tests(facts)) if facts else st.just(Constant(Truth.TRUE))


def leaf_tests(facts: Sequence[Fact]) -> Leaves:
    return st.sampled_from(facts).flatmap(tests_of)


@st.composite
def constrained_facts(draw: st.DrawFn) -> dict[str, Fact]:
    """Return two to five facts, some of which demand something of others."""
    bare = [draw(bare_facts(name)) for name in NAMES[: draw(st.integers(2, 5))]]
    found = {}
    for fact in bare:
        others = [one for one in bare if one is not fact]
        only_if, implies = None, {}
        if fact.type is not FactType.NUMBER and draw(st.integers(0, 2)) == 0:
            condition = draw(leaf_tests(others) | plain(others))
            if (fact.absent is not None or fact.unless_stated is not None) and draw(st.booleans()):
                only_if = condition
            else:
                value = draw(st.sampled_from(fact.options))
                implies = {str(value).lower() if isinstance(value, bool) else value: condition}
        found[fact.fact] = with_constraints(fact, only_if, implies)
    if any(one.derived is not None for one in bare):
        found[START] = Fact(
            START, "group", FactKind.STATUS, FactType.DATE, "Since when?", "the first day", PLACE
        )
    return found


def with_constraints(fact: Fact, only_if: Condition | None, implies: Mapping[str, Condition]) -> Fact:
    """Return the fact with its constraints."""
    return Fact(
        **{name: getattr(fact, name) for name in Fact.__slots__ if name not in {"only_if", "implies"}},
        only_if=only_if,
        implies=implies,
    )


# --- questions and lenses


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Question]:
    """Return one to three questions of two or three readings, at least one of each in the documents."""
    found = {}
    for number in range(draw(st.sampled_from([1, 1, 2, 2, 3]))):
        name = f"question-{number + 1}"
        carried = draw(st.sampled_from([(True, True), (True, False), (False, True), (True, False, True), (True,) * 3]))
        readings = {
            reading: Reading(
                reading,
                f"{name} {reading}",
                (draw(st.sampled_from(["scholar", "text"])),),
                ("passage-1",),
                in_documents=in_documents,
            )
            for reading, in_documents in zip(("broad", "narrow", "none"), carried, strict=False)
        }
        found[name] = Question(name, f"What of {name}?", readings, PLACE)
    return found


def lenses_of(questions: Mapping[str, Question]) -> dict[str, Lens]:
    """Return the lens of the documents, that of all readings, and that of one holder."""
    documents, everything, scholar = {}, {}, {}
    off_record = []
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
def only_on(draw: st.DrawFn, questions: Mapping[str, Question]) -> OnlyOn:
    """Return the readings of one question, for something that exists on them alone; mostly nothing."""
    if draw(st.integers(0, 4)):
        return {}
    name = draw(st.sampled_from(list(questions)))
    readings = list(questions[name].readings)
    return {name: draw(st.sampled_from([(readings[0],), (readings[-1],), tuple(readings[:2])]))}


# --- authorities


@dataclass(frozen=True, slots=True)
class Source:
    """What the conditions of authorities are drawn from."""

    facts: Sequence[Fact]
    questions: Mapping[str, Question]
    powers: Sequence[str]
    plain: Leaves
    full: Leaves


@st.composite
def rules(draw: st.DrawFn, source: Source) -> Rule:
    """Return a rule, now and then with `unless` or `silent_when`."""
    extra = draw(st.sampled_from(["", "", "", "unless", "silent_when", "both"]))
    return Rule(
        draw(st.one_of(source.full, st.lists(source.full, min_size=2, max_size=3).map(tuple).map(AnyOf))),
        draw(source.full) if extra in {"unless", "both"} else None,
        draw(source.full) if extra in {"silent_when", "both"} else None,
        "The sources do not say." if extra in {"silent_when", "both"} else "",
    )


@st.composite
def elements(draw: st.DrawFn, source: Source, name: str) -> Element:
    """Return an element, contested one time in three."""
    cite = (draw(st.sampled_from(["passage-1", "passage-2"])),)
    if draw(st.integers(0, 2)):
        return Element(name, f"The {name} is met.", cite, PLACE, draw(rules(source)))
    question = draw(st.sampled_from(list(source.questions.values())))
    readings = {reading: draw(rules(source)) for reading in question.readings}
    return Element(name, f"The {name} is met.", cite, PLACE, None, question.question, readings)


@st.composite
def exclusions(draw: st.DrawFn, source: Source, name: str) -> tuple[Exclusion, ...]:
    """Return one exception or, mostly, none."""
    if draw(st.integers(0, 4)):
        return ()
    return (Exclusion(name, f"{name} takes it away.", draw(source.full), ("passage-1",), PLACE),)


@st.composite
def grounds(draw: st.DrawFn, source: Source, name: str) -> Ground:
    """Return a ground of one to three elements."""
    count = draw(st.sampled_from([1, 1, 1, 2, 2, 3]))
    return Ground(
        ground=name,
        title=f"The {name}",
        elements=tuple(draw(elements(source, f"{name}-element-{number + 1}")) for number in range(count)),
        place=PLACE,
        exceptions=draw(exclusions(source, f"{name}-exception")),
        only_on=draw(only_on(source.questions)),
    )


@st.composite
def ends(draw: st.DrawFn) -> tuple[End | None, End | None]:
    """Return both ends of the time in force: mostly open, now and then over or not yet begun."""
    begins, over = draw(st.sampled_from([(None, None)] * 6 + [(0, None), (1, None), (None, 0), (-1, 1)]))
    return (
        None if begins is None else End(AS_OF + datetime.timedelta(days=begins), ("passage-2",)),
        None if over is None else End(AS_OF + datetime.timedelta(days=over), ("passage-2",)),
    )


@st.composite
def authorities(draw: st.DrawFn, source: Source, name: str) -> Authority:
    """Return a source of one or two powers, or a means for one."""
    begins, over = draw(ends())
    # The first is a source, so that most powers have one.
    is_means = name != "law-1" and draw(st.integers(0, 3)) == 0
    powers = draw(st.sampled_from([source.powers, source.powers[:1], source.powers[-1:]]))
    displaced = draw(st.integers(0, 3)) == 0
    return Authority(
        authority=name,
        title=name,
        law=f"The law of {name}",
        authority_class="statute",
        role=Role.MEANS if is_means else Role.SOURCE,
        place=PLACE,
        governs=draw(source.plain) if draw(st.booleans()) else Constant(Truth.TRUE),
        governs_text="Nothing of the kind.",
        supplies=() if is_means else tuple(Supply(power, draw(only_on(source.questions))) for power in powers),
        means_for=tuple(powers) if is_means else (),
        in_force_from=begins,
        in_force_to=over,
        displaced_by=(
            Displacement(
                "Something else stands in its place.",
                draw(source.full),
                ("passage-1",),
                PLACE,
                draw(only_on(source.questions)),
            ),
        )
        if displaced
        else (),
        grounds=tuple(
            draw(grounds(source, f"ground-{number + 1}")) for number in range(draw(st.sampled_from([1, 2, 2])))
        ),
        exceptions=draw(exclusions(source, "exception")),
    )


# --- packs


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Return a small pack."""
    facts = draw(constrained_facts())
    tested = [fact for fact in facts.values() if fact.type is not FactType.DATE]
    asked = draw(questions())
    names = [f"law-{number + 1}" for number in range(draw(st.sampled_from([1, 2, 2, 3, 4])))]
    powers = ["power-1", "power-2"][: draw(st.integers(1, 2))]
    terms = {}
    tests = leaf_tests(tested)
    if draw(st.booleans()):
        terms["term"] = Term("term", "the term", draw(joined(tests)))
    shared: list[Condition] = list(terms.values())
    about_facts = st.one_of(tests, tests, tests, st.sampled_from(shared)) if shared else tests
    beyond: list[Condition] = [
        Constant(Truth.SILENT),
        Constant(Truth.SILENT),
        Constant(Truth.TRUE),
        *map(InForce, names),
    ]
    leaves = st.one_of(tests, tests, tests, about_facts, st.sampled_from(beyond))
    needs = st.one_of(st.just(Constant(Truth.TRUE)), joined(about_facts))
    source = Source(tested, asked, powers, joined(about_facts), joined(leaves))
    return Pack(
        id="generated",
        title="Generated",
        version="1",
        as_of=AS_OF,
        review="none",
        disclaimer="No law.",
        digest="sha256:pack",
        authorities={name: draw(authorities(source, name)) for name in names},
        facts=facts,
        terms=terms,
        powers={name: Power(name, name, name, draw(needs), PLACE) for name in powers},
        questions=asked,
        holders={name: Holder(name, name) for name in ("scholar", "text")},
        lenses=lenses_of(asked),
        cautions={"caution": Caution("caution", "Beware.", draw(source.plain), ("passage-1",), PLACE)},
        documents={
            "statute": Document("statute", "A statute", DocumentClass.STATUTE, PLACE),
            "report": Document("report", "A report", DocumentClass.REPORTING, PLACE, carries_rules=True),
        },
        passages={
            "passage-1": Passage("passage-1", "report", "words", "1", "somebody", "law", PLACE),
            "passage-2": Passage("passage-2", "statute", "words", "§ 1", "the law", "law", PLACE),
        },
    )


# --- scenarios


@st.composite
def statements(draw: st.DrawFn, fact: Fact) -> StatedFact:
    """Return something that a scenario says of the fact."""
    place = Place("scenario.yaml", NAMES.index(fact.fact) + 2 if fact.fact in NAMES else 1, 1)
    status = draw(st.sampled_from([FactStatus.STIPULATED] * 4 + [FactStatus.CLAIMED, FactStatus.DISPUTED]))
    if draw(st.integers(0, 3)) == 0:
        return StatedFact(fact.fact, place, unknown=True, status=status)
    match fact.type:
        case FactType.DATE:
            day = AS_OF - datetime.timedelta(days=draw(st.integers(-2, 5)))
            return StatedFact(fact.fact, place, date=day, status=status)
        case FactType.NUMBER:
            low = fact.minimum + draw(st.integers(0, 5))
            some = draw(st.sampled_from([(Range(low, low),), (Range(low, low + 2),), (Range(low),), (Range(low, low), Range(low + 3))]))
            return StatedFact(fact.fact, place, ranges=some, status=status)
        case _:
            values = draw(st.sampled_from([*((one,) for one in fact.options), fact.options[:2], fact.options[-2:]]))
            return StatedFact(fact.fact, place, values=values, status=status)


@st.composite
def scenarios(draw: st.DrawFn, pack: Pack) -> Scenario:
    """Return a scenario that states some of the facts."""
    stated = {
        name: draw(statements(fact)) for name, fact in pack.facts.items() if draw(st.integers(0, 2)) == 0
    }
    return Scenario(
        id="generated",
        title="Generated",
        place=Place("scenario.yaml", 1, 1),
        digest="sha256:scenario",
        facts=stated,
        as_of=draw(st.sampled_from([None, AS_OF])),
        unstated=draw(st.sampled_from([Unstated.DEFAULT, Unstated.DEFAULT, Unstated.ABSENT, Unstated.UNKNOWN])),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a pack, a scenario for it and a lens."""
    pack = draw(packs())
    return Case(pack, draw(scenarios(pack)), draw(st.sampled_from(LENSES)))
