"""The things of a pack as text: a list of each kind, and one thing with all that the pack says of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping

from authcheck.answer.building import cited_passage
from authcheck.answer.findings import condition_text, period_words
from authcheck.model.authority import (
    ALWAYS,
    Authority,
    Clock,
    Displacement,
    Duty,
    Element,
    Exclusion,
    Ground,
    NonEffect,
    Remark,
    Rule,
    Waiver,
)
from authcheck.model.claim import (
    All,
    Changes,
    Claim,
    Form,
    Iff,
    Moves,
    NeverHigher,
    NeverLower,
    Some,
    Unchanged,
)
from authcheck.model.condition import AllOf, AnyOf, Condition, Not, Term
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Caution, Pack, Power
from authcheck.model.period import Period
from authcheck.model.question import Holder, Lens, Question, Reading
from authcheck.model.source import Document, Passage
from authcheck.rendering.layout import Block, Columns, Line, line
from authcheck.rendering.words import attribution, hedged, holder_words, inference_words, quoted
from authcheck.wording import listed, spoken

__all__ = ["KINDS", "list_layout", "names_of", "thing_layout"]


def names_of(pack: Pack, kind: str) -> Mapping[str, object]:
    """Return the things of one kind, by id."""
    return KINDS[kind](pack)


KINDS: Mapping[str, Callable[[Pack], Mapping[str, object]]] = {
    "authority": lambda pack: pack.authorities,
    "fact": lambda pack: pack.facts,
    "term": lambda pack: pack.terms,
    "power": lambda pack: pack.powers,
    "question": lambda pack: pack.questions,
    "lens": lambda pack: pack.lenses,
    "holder": lambda pack: pack.holders,
    "caution": lambda pack: pack.cautions,
    "claim": lambda pack: pack.claims,
    "document": lambda pack: pack.documents,
    "passage": lambda pack: pack.passages,
}


def list_layout(pack: Pack, kind: str) -> Iterator[Block]:
    """Return a line for each thing of a kind: its id and what it is."""
    things = names_of(pack, kind)
    width = max((len(name) for name in things), default=0)
    yield line((f"Every {kind} of {pack.title}", "name"))
    if things:
        rows = tuple(((line((name, "title")),), (line(_gist(thing)),)) for name, thing in things.items())
        lines = (
            line((f"{name:<{width}}", "title"), "  ", _gist(thing), hang=width + 2) for name, thing in things.items()
        )
        # A terminal wraps what a thing is beside its id, however narrow it is.
        yield Columns(rows, tuple(lines), least=sys.maxsize, aligned=True, headed=False)


def thing_layout(pack: Pack, thing: object) -> Iterator[Line]:
    """Return all that the pack says of one thing."""
    match thing:
        case Authority():
            yield from _authority(thing, pack)
        case Fact():
            yield from _fact(thing, pack)
        case Term(name, text, condition, cite):
            yield line((name, "title"), f": {text}")
            yield from _condition(condition, 2)
            yield from _quotes(cite, pack, 2)
        case Power():
            yield line((thing.title, "title"), f" ({thing.power})")
            yield line(thing.meaning, indent=2)
            yield line("needed when", indent=2)
            yield from _condition(thing.needed_when, 4)
            if thing.silent_when is not None:
                yield line(f"silent: {thing.silence}", indent=2)
                yield from _condition(thing.silent_when, 4)
            for authority in pack.authorities.values():
                if any(supply.power == thing.power for supply in authority.supplies):
                    yield line(f"supplied by {authority.authority}", indent=2)
            yield from _quotes(thing.cite, pack, 2)
        case Question():
            yield from _question(thing, pack)
        case Lens():
            yield line((thing.lens, "title"), f": {thing.title}")
            for question, readings in thing.admits.items():
                off = " (not on record: the documents' readings)" if question in thing.off_record else ""
                yield line(f"{question}: {', '.join(readings)}{off}", indent=2)
        case Holder():
            yield line((thing.holder, "title"), f": {thing.name}")
            for name, asked in pack.questions.items():
                for reading in asked.readings.values():
                    if thing.holder in reading.holders:
                        yield line(f"{name}: {reading.text}", indent=2)
        case Caution():
            yield line((thing.caution, "title"), f": {thing.text}")
            yield from _in_force(thing.in_force, pack, 2)
            yield from _condition(thing.when, 2)
            yield from _quotes(thing.cite, pack, 2)
        case Claim():
            yield from _claim(thing, pack)
        case Document():
            yield from _document(thing, pack)
        case Passage():
            yield from _passage(thing, pack)


def _gist(thing: object) -> str:
    match thing:
        case Authority(title=text) | Power(title=text) | Lens(title=text) | Document(title=text):
            return text
        case Fact(question=text) | Term(text=text) | Question(text=text) | Caution(text=text) | Claim(text=text):
            return text
        case Holder(name=text):
            return text
        case Passage(quote="", at=at):
            return f"{at} (citation only)"
        case Passage(quote=text):
            return text
        case _:  # pragma: no cover
            raise TypeError(type(thing).__name__)


def _authority(authority: Authority, pack: Pack) -> Iterator[Line]:
    yield line(
        (authority.title, "title"), f" ({authority.authority}, {authority.role.value}, {authority.authority_class})"
    )
    yield line(authority.law, indent=2)
    if authority.summary:
        yield line(authority.summary, indent=2)
    if authority.no_dated_law:
        yield line(f"no dated law: {authority.no_dated_law}", indent=2)
    yield from _in_force(authority.in_force, pack, 2)
    yield line("engaged when", indent=2)
    yield from _condition(authority.governs, 4)
    if authority.not_raised_when is not None:
        yield line("not raised when", indent=2)
        yield from _condition(authority.not_raised_when, 4)
    for supply in authority.supplies:
        words = hedged(pack.powers[supply.power].title, _own_hedge(supply.hedge))
        yield line(f"supplies: {words}{_only_on(supply.only_on)}", indent=2)
    for power in authority.means_for:
        yield line(f"a means for: {pack.powers[power].title}", indent=2)
    for displacement in authority.displaced_by:
        yield line(f"falls away: {displacement.text}{_only_on(displacement.only_on)}", indent=2)
        yield from _in_force(displacement.in_force, pack, 4)
        yield from _condition(displacement.when, 4)
        yield from _cited(displacement, pack, 4)
    for ground in authority.grounds:
        title = hedged(ground.title, _own_hedge(ground.hedge))
        yield line(("ground: ", "heading"), title, f" [{ground.ground}]{_only_on(ground.only_on)}", indent=2)
        yield from _in_force(ground.in_force, pack, 4)
        yield from _cited(ground, pack, 4)
        for element in ground.elements:
            yield from _element(element, pack)
        for exception in ground.exceptions:
            yield from _exception(exception, pack, 4)
    for exception in authority.exceptions:
        yield from _exception(exception, pack, 2)
    for clock in authority.clocks:
        days = f"{clock.days} days " if clock.days else ""
        whose = f" ({pack.holders[clock.holder].name})" if clock.holder else ""
        yield line(f"clock: {days}{clock.title}{whose}", indent=2)
        yield from _in_force(clock.in_force, pack, 4)
        yield from _cited(clock, pack, 4)
    titles = {clock.clock: f", by the end of {clock.days} days {clock.title}" for clock in authority.clocks}
    for duty in authority.duties:
        due = f", {duty.due.words}" if duty.due else titles.get(duty.clock, "")
        yield line(f"duty: {duty.text} ({duty.by}{due})", indent=2)
        yield from _in_force(duty.in_force, pack, 4)
        yield from _cited(duty, pack, 4)
    for waiver in authority.waives:
        yield line(f"does not call for: {waiver.text}", indent=2)
        yield from _cited(waiver, pack, 4)
    for effect in authority.does_not_supply:
        words = hedged(pack.powers[effect.power].title, _own_hedge(effect.hedge))
        yield line(f"does not supply: {words}. {effect.text}", indent=2)
        yield from _cited(effect, pack, 4)
    yield from _remarks("limit", authority.limits, pack)
    yield from _remarks("note", authority.notes, pack)
    yield from _remarks("not said", authority.not_said, pack)


def _exception(exception: Exclusion, pack: Pack, indent: int) -> Iterator[Line]:
    yield line(hedged(f"exception: {exception.text}", _own_hedge(exception.hedge)), indent=indent)
    yield from _in_force(exception.in_force, pack, indent + 2)
    yield from _condition(exception.when, indent + 2)
    yield from _cited(exception, pack, indent + 2)


def _own_hedge(hedge: str) -> tuple[str, ...]:
    return (hedge,) if hedge else ()


def _hedges(hedging: Rule | Reading, indent: int) -> Iterator[Line]:
    if hedging.hedge:
        yield line(f"hedged where it holds: “{hedging.hedge}”", indent=indent)
    if hedging.hedge_unmet:
        yield line(f"hedged where it does not: “{hedging.hedge_unmet}”", indent=indent)


def _unmet(cited: Element | Reading, pack: Pack, indent: int) -> Iterator[Line]:
    """Say of which of its passages it is that they speak only where it is not met."""
    if cited.cite_unmet:
        quotes = "; ".join(f"“{pack.passages[passage].quote}”" for passage in cited.cite_unmet)
        yield line(f"only where it is not met: {quotes}", indent=indent)


def _only_on(only_on: Mapping[str, tuple[str, ...]]) -> str:
    return "".join(f" (only on {question}: {' or '.join(readings)})" for question, readings in only_on.items())


def _element(element: Element, pack: Pack) -> Iterator[Line]:
    yield line((element.text, "title"), f" [{element.element}]", indent=4)
    yield from _in_force(element.in_force, pack, 6)
    if element.rule is not None:
        yield from _rule(element.rule)
    for reading in pack.questions[element.question].readings if element.question else ():
        asked = element.readings.get(reading)
        yield line(f"on {element.question}: {reading}{': not asked' if asked is None else ''}", indent=6)
        yield from _rule(asked) if asked is not None else ()
    yield from _cited(element, pack, 6)
    yield from _unmet(element, pack, 6)
    if element.speaks_of is not None:
        yield line("its passages speak of", indent=6)
        yield from _condition(element.speaks_of, 8)


def _rule(rule: Rule) -> Iterator[Line]:
    yield from _condition(rule.when, 8)
    if rule.unless is not None:
        yield line("unless", indent=8)
        yield from _condition(rule.unless, 10)
    if rule.silent_when is not None:
        yield line(f"silent: {rule.silence}", indent=8)
        yield from _condition(rule.silent_when, 10)
    yield from _hedges(rule, 8)


def _in_force(period: Period | None, pack: Pack, indent: int) -> Iterator[Line]:
    if period is not None:
        yield line(period_words(period), indent=indent)
        yield from _quotes(period.cite, pack, indent + 2)


def _remarks(word: str, remarks: Iterable[Remark], pack: Pack) -> Iterator[Line]:
    for remark in remarks:
        yield line(f"{word}: {remark.text}", indent=2)
        yield from _in_force(remark.in_force, pack, 4)
        yield from _quotes(remark.cite, pack, 4)


def _condition(condition: Condition, indent: int) -> Iterator[Line]:
    yield line(condition_text(condition), indent=indent)
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for inner in parts:
                yield from _condition(inner, indent + 2)
        case Not(part):
            yield from _condition(part, indent + 2)
        case _:
            pass


def _fact(fact: Fact, pack: Pack) -> Iterator[Line]:
    yield line((fact.fact, "title"), f" ({fact.type.value}, {fact.kind.value}, {fact.group})")
    yield line(fact.question, indent=2)
    yield line(fact.meaning, indent=2)
    for name, meaning in fact.values.items():
        yield line((name, "title"), f": {meaning}", indent=4)
    if fact.type is FactType.NUMBER:
        yield line(f"a whole number of {fact.unit or 'units'}, at least {fact.minimum}", indent=2)
    for value, words in ((fact.absent, "absent means"), (fact.unless_stated, "assumed unless stated:")):
        if value is not None:
            yield line(f"{words} {_value(value)}", indent=2)
    if fact.derived is not None:
        yield line(f"counted from {fact.derived.from_date}: {fact.derived.rule}", indent=2)
    if fact.only_if is not None:
        yield line("applies only if", indent=2)
        yield from _condition(fact.only_if, 4)
    for named, follows in fact.implies.items():
        yield line(f"{named} implies", indent=2)
        yield from _condition(follows, 4)
    for named, excluded in fact.excludes.items():
        yield line(f"{named} excludes", indent=2)
        yield from _condition(excluded, 4)
    for named, opened in fact.opens.items():
        yield line(f"{named}, where it is stated, leaves open {listed(opened, 'and')}", indent=2)
    yield from _in_force(fact.in_force, pack, 2)
    if fact.judgement:
        yield line("an open norm: the answer rests on the scenario's judgement", indent=2)
    if fact.several:
        yield line("two may be so at once: {all_of: [one, other]}", indent=2)
    if fact.narrative:
        yield line("no rule turns on it", indent=2)
    yield from _quotes(fact.cite, pack, 2)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _question(question: Question, pack: Pack) -> Iterator[Line]:
    yield line((question.text, "title"), f" ({question.question})")
    names = {holder: known.name for holder, known in pack.holders.items()}
    for name, reading in question.readings.items():
        yield line((name, "title"), f" ({holder_words(reading, names)}): {reading.text}", indent=2)
        yield from _hedges(reading, 4)
        yield from _in_force(reading.in_force, pack, 4)
        yield from _cited(reading, pack, 4)
        yield from _unmet(reading, pack, 4)
    if question.note:
        yield line(question.note, indent=2)


def _claim(claim: Claim, pack: Pack) -> Iterator[Line]:
    yield line((claim.text, "title"), f" ({claim.claim})")
    for word, said in (("hedged", claim.hedge), ("note", claim.note)):
        if said:
            yield line(f"{word}: {said}", indent=2)
    yield line(f"with every fact known, under the lens {claim.lens}", indent=2)
    yield from _in_force(claim.in_force, pack, 2)
    yield from _form(claim.form)
    yield from _quotes(claim.cite, pack, 2)


def _form(form: Form) -> Iterator[Line]:
    """Return what a claim says, in the words of its form."""
    match form:
        case All(given, then):
            yield from _given("in every world in which this holds", given)
            yield from _said("in every world this holds" if given == ALWAYS else "this holds", then)
        case Some(condition):
            yield from _said("in some world this holds", condition)
        case Iff(one, other):
            yield from _said("in every world in which this holds, and no other", one)
            yield from _said("this holds", other)
        case Unchanged(of, by):
            yield line(f"the same on every reading: {', '.join(of)}", indent=2)
            yield from _moves(by, " or ")
        case Changes(of, by, before, after):
            yield line(f"somewhere from {spoken(before.value)} to {spoken(after.value)}: {', '.join(of)}", indent=2)
            yield from _moves(by, " to ")
        case NeverLower(of, given, before, after):
            yield line(f"on no reading less: {', '.join(of)}", indent=2)
            yield from _given("in worlds in which this holds", given)
            yield from _said("from one in which", before)
            yield from _said("to one, else the same, in which", after)
        case NeverHigher(of, given, along):
            yield line(f"on no reading more, as {along} grows: {', '.join(of)}", indent=2)
            yield from _given("in worlds in which this holds", given)


def _said(words: str, condition: Condition) -> Iterator[Line]:
    yield line(words, indent=2)
    yield from _condition(condition, 4)


def _given(words: str, condition: Condition) -> Iterator[Line]:
    """Return under what something is said; nothing where it is said of all worlds."""
    if condition != ALWAYS:
        yield from _said(words, condition)


def _moves(moves: Moves, between: str) -> Iterator[Line]:
    yield line("where nothing else changes", indent=2)
    for name, values in moves.items():
        yield line(f"{name}: {between.join(_value(value) for value in values) or 'any'}", indent=4)


def _document(document: Document, pack: Pack) -> Iterator[Line]:
    yield line((document.title, "title"), f" ({document.document}, {document.document_class.value})")
    for label, text in (
        ("publisher", document.publisher),
        ("cited as", document.short),
        ("author", document.author),
        ("date", document.date),
        ("note", document.note),
    ):
        if text:
            yield line(f"{label}: {text}", indent=2)
    if document.restates:
        yield line(f"restates {document.restates}: the two count as one source", indent=2)
    for passage in pack.passages.values():
        if passage.document == document.document:
            yield line((passage.passage, "title"), f" {passage.at}", indent=2)


def _passage(passage: Passage, pack: Pack) -> Iterator[Line]:
    document = pack.documents[passage.document]
    yield line((f"“{passage.quote}”" if passage.quote else "(citation only: the words were not at hand)", "quote"))
    role = f", {passage.role}" if passage.role else ""
    yield line(f"{attribution(cited_passage(pack, passage.passage))}{role}", indent=2)
    yield line(f"{document.title}, {passage.at} ({document.document_class.value}; {passage.kind})", indent=2)
    for text in (passage.status, passage.note):
        if text:
            yield line(text, indent=2)


def _cited(
    part: Clock | Displacement | Duty | Element | Exclusion | Ground | NonEffect | Reading | Waiver,
    pack: Pack,
    indent: int,
) -> Iterator[Line]:
    """Return that a part is inferred, if it is, and the passages that it cites."""
    if part.inferred:
        yield line(inference_words(part.inferred, (cited_passage(pack, name) for name in part.cite)), indent=indent)
    yield from _quotes(part.cite, pack, indent)


def _quotes(passages: Iterable[str], pack: Pack, indent: int) -> Iterator[Line]:
    for name in passages:
        words, source = quoted(cited_passage(pack, name))
        yield line(words, source, (f" [{name}]", "quiet"), indent=indent)
