"""Past events that the documents tell, ranked by what they share with a scenario where it matters to the verdicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from authcheck.answer.answer import CitedPassage, Receipt, UnmodelledAnswer
from authcheck.answer.building import answer_of, cited_passages
from authcheck.answer.hedges import Hedge, hedges_of
from authcheck.answer.result import ResultType
from authcheck.decision import Case, Decision
from authcheck.decision.known import KnownFact, Origin, everything_allowed, know
from authcheck.decision.verdicts import occurring
from authcheck.evaluation.worlds import Allowed
from authcheck.frozen import dataclass
from authcheck.model.condition import Range
from authcheck.model.fact import FactType
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, Unstated
from authcheck.model.verdict import Verdict

__all__ = ["RESULT", "SCHEMA", "CitedDocument", "FactPair", "Past", "PastEvent", "Precedents", "find_precedents"]

SCHEMA = "authcheck.precedents/1"

# An assumption is no fact of a story.
_TOLD = {Origin.STATED, Origin.DERIVED, Origin.IMPLIED}


@dataclass(frozen=True, slots=True)
class Past:
    """A past event of the pack, with what it comes to."""

    scenario: Scenario
    decision: Decision


@dataclass(frozen=True, slots=True)
class FactPair:
    """A fact on which the verdicts at issue turn: what it is here, and in the past event; `unknown` where not told.

    `assumed` is true where what it is here is not told, but assumed; so it may differ, and is never shared.
    """

    fact: str
    question: str
    here: str
    there: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that tells an event. An article that restates another one counts as one with it."""

    title: str
    publisher: str
    voice: str
    document_class: str
    is_article: bool
    restates: str


@dataclass(frozen=True, slots=True)
class PastEvent:
    """A past event beside the scenario.

    `authorities` are those to which the text ties the event, with their verdicts on the scenario, and `hedges` those
    of these verdicts that have any; `articles` counts
    the articles that tell it, those that restate one another once. Facts that are not told are `unknown`.
    """

    precedent: str
    title: str
    as_of: datetime.date | None
    text: str
    authorities: Mapping[str, Verdict]
    hedges: Mapping[str, tuple[Hedge, ...]]
    shared: tuple[FactPair, ...]
    differing: tuple[FactPair, ...]
    unknown: tuple[FactPair, ...]
    also_shared: tuple[str, ...]
    documents: tuple[str, ...]
    articles: int
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Precedents:
    """Past events, those that share most where it matters first.

    `turns_on` gives, for each authority at issue, the facts on which its verdict turns.
    """

    schema: str
    scenario: str
    title: str
    option: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    turns_on: Mapping[str, tuple[str, ...]]
    events: tuple[PastEvent, ...]
    titles: Mapping[str, str]
    documents: Mapping[str, CitedDocument]
    passages: Mapping[str, CitedPassage]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("precedents", "Past events beside a scenario, of authcheck", SCHEMA, Precedents)


def find_precedents(decision: Decision, past: Iterable[Past]) -> Precedents:
    """Return the past events beside the scenario: most shared facts first, then fewest that are told to differ.

    Facts count on which the verdict of an authority at issue turns; other shared facts part those that are alike in
    these, and then facts that differ from what is assumed. Raises AuthcheckError where too many facts are open at once.
    """
    pack, answer = decision.law.pack, answer_of(decision)
    at_issue = {name: decision.case(name) for name, authority in answer.authorities.items() if authority.is_at_issue}
    turns_on = {name: tuple(_turning(case, decision)) for name, case in at_issue.items()}
    matter = {fact for facts in turns_on.values() for fact in facts}
    asked = [name for name in pack.facts if name in matter]
    events = sorted(
        (_event(beside, decision, asked) for beside in past),
        key=_likeness,
    )
    named = [name for event in events for name in event.authorities]
    documents = {name for event in events for name in event.documents}
    documents |= {pack.documents[name].restates for name in documents}
    return Precedents(
        schema=SCHEMA,
        scenario=answer.scenario,
        title=answer.title,
        option=answer.option,
        unmodelled=answer.unmodelled,
        turns_on=turns_on,
        events=tuple(events),
        titles={
            name: authority.title for name, authority in pack.authorities.items() if name in turns_on or name in named
        },
        documents={name: _document(name, pack) for name in pack.documents if name in documents},
        passages=cited_passages(pack, (id for event in events for id in event.passages)),
        disclaimer=answer.disclaimer,
        receipt=answer.receipt,
    )


def _likeness(event: PastEvent) -> tuple[int, ...]:
    assumed = sum(pair.assumed for pair in event.differing)
    return -len(event.shared), len(event.differing) - assumed, -len(event.also_shared), assumed


def _turning(case: Case, decision: Decision) -> Iterator[str]:
    """Return the facts that would change an authority's verdict if they were otherwise, or open."""
    facts = decision.law.facts
    name = case.authority.authority
    before = occurring(case.agreed, case.tables.worlds.everything)
    for fact in case.tables.worlds.names:
        if len(case.tables.worlds.dimensions[fact].cells) > 1:
            if fact in case.still_needed:
                yield fact
            continue
        opened = decision.law.tables(name, decision.circumstances.where({fact: everything_allowed(facts[fact])}))
        # What other facts demand of this one is left aside: it is asked what would be if it were otherwise.
        if occurring(opened.agreed(case.combinations), opened.worlds.everything) != before:
            yield fact


def _event(past: Past, decision: Decision, asked: Sequence[str]) -> PastEvent:
    scenario, pack = past.scenario, decision.law.pack
    assert scenario.precedent is not None  # Invariant: who asks gives past events alone.
    shared, differing, unknown = [], [], []
    here, there = _told_facts(decision), _told_facts(past.decision)
    for name in asked:
        assumed = _assumed_otherwise(decision.known.facts[name], there[name])
        taken = decision.known.facts[name].said if assumed else _told(here[name])
        pair = FactPair(name, pack.facts[name].question, taken, _told(there[name]), assumed)
        match False if assumed else _alike(here[name], there[name]):
            case True:
                shared.append(pair)
            case False:
                differing.append(pair)
            case None:
                unknown.append(pair)
    documents = tuple(dict.fromkeys(pack.passages[id].document for id in scenario.cite))
    return PastEvent(
        precedent=scenario.id,
        title=scenario.title,
        as_of=scenario.as_of,
        text=scenario.precedent.text,
        authorities={name: decision.case(name).verdict for name in scenario.precedent.authorities},
        hedges=_hedges(scenario.precedent.authorities, decision),
        shared=tuple(shared),
        differing=tuple(differing),
        unknown=tuple(unknown),
        also_shared=tuple(name for name in pack.facts if name not in asked and _alike(here[name], there[name])),
        documents=documents,
        articles=_articles(documents, pack),
        passages=scenario.cite,
    )


def _hedges(authorities: Iterable[str], decision: Decision) -> dict[str, tuple[Hedge, ...]]:
    found = {name: hedges_of(decision.case(name)) for name in authorities}
    return {name: hedges for name, hedges in found.items() if hedges}


def _told_facts(decision: Decision) -> Mapping[str, KnownFact]:
    """Return what is known of every fact where nothing is assumed of the events that a story leaves out."""
    return know(decision.law.facts, decision.stated, Unstated.UNKNOWN, decision.day).facts


def _alike(here: KnownFact, there: KnownFact) -> bool | None:
    """Whether a fact is the same in both stories; None where one does not tell it, or not closely enough."""
    if here.origin not in _TOLD or there.origin not in _TOLD or here.fact.type is FactType.DATE:
        return None
    if set(here.allowed) == set(there.allowed):
        return True
    return None if _meet(here.allowed, there.allowed) else False


def _assumed_otherwise(here: KnownFact, there: KnownFact) -> bool:
    """Whether a fact is assumed here to be what the past event tells that it was not."""
    return here.origin is Origin.ASSUMED and there.origin in _TOLD and not _meet(here.allowed, there.allowed)


def _meet(here: Allowed, there: Allowed) -> bool:
    """Whether some value, or number, lies in both."""
    ranges = [value for value in there if isinstance(value, Range)]
    return any(any(map(value.meets, ranges)) if isinstance(value, Range) else value in there for value in here)


def _told(known: KnownFact) -> str:
    return known.said if known.origin in _TOLD else "unknown"


def _articles(documents: Iterable[str], pack: Pack) -> int:
    """Return how many articles there are, one that restates another counted with it."""
    articles = [pack.documents[name] for name in documents if pack.documents[name].document_class.is_article]
    return len({article.restates or article.document for article in articles})


def _document(name: str, pack: Pack) -> CitedDocument:
    one = pack.documents[name]
    kind = one.document_class
    return CitedDocument(one.title, one.publisher, one.voice, kind.value, kind.is_article, one.restates)
