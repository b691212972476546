"""Past events beside a scenario as text."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Sequence

from authcheck.asking.precedents import FactPair, PastEvent, Precedents
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import STYLE_OF, apart, citation, hedged, quoted
from authcheck.wording import spoken

__all__ = ["precedents_layout"]

_BLANK = Line()


def precedents_layout(precedents: Precedents, *, everything: bool) -> Iterator[Line]:
    """Return the past events, those that share most first; those that share nothing are named at the end."""
    yield from head_lines(precedents.title, precedents.receipt, precedents.option)
    shown = [event for event in precedents.events if event.shared or everything]
    untold = _untold(shown)
    yield _BLANK
    count = len({fact for facts in precedents.turns_on.values() for fact in facts})
    if precedents.unmodelled:
        yield from unmodelled_lines(precedents.unmodelled)
        yield _BLANK
    yield line(
        f"Past events that the documents tell, by the facts that they share of the {count} on which the verdicts at "
        "issue turn. A likeness is no holding: what is told of an event is all that is known of it here."
    )
    if untold:
        yield line(("Not told of any of them, or not closely enough: " + ", ".join(untold), "quiet"))
    quoted_before: set[str] = set()
    for number, event in enumerate(shown, start=1):
        yield _BLANK
        yield from _event(number, event, precedents, set(untold), quoted_before)
    rest = [f"{event.title} ({event.precedent})" for event in precedents.events if event not in shown]
    if rest:
        yield _BLANK
        yield line((f"These share none of those facts (`--all` shows them): {'; '.join(rest)}", "quiet"))
    yield _BLANK
    yield from scenario_lines(precedents.disclaimer, precedents.scenario, precedents.receipt)


def _untold(events: Sequence[PastEvent]) -> list[str]:
    """Return the facts that no event tells so that they could be compared, where several are shown."""
    if len(events) < 2:  # noqa: PLR2004 - what is unknown of one alone stands beside it.
        return []
    names = [[pair.fact for pair in event.unknown] for event in events]
    return [name for name in names[0] if all(name in others for others in names[1:])]


def _event(
    number: int, event: PastEvent, precedents: Precedents, untold: Container[str], quoted_before: set[str]
) -> Iterator[Line]:
    assumed = sum(pair.assumed for pair in event.differing)
    by = f" ({assumed} from what is assumed here)" if assumed else ""
    counts = f"{len(event.shared)} shared, {len(event.differing)} differing{by}, {len(event.unknown)} unknown"
    yield line((f"{number}. ", "number"), (event.title, "title"), f" ({event.precedent}): {counts}")
    yield line("tied to: ", *_tied(event, precedents), indent=3)
    yield line(event.text, indent=5)
    yield line(*_told_by(event, precedents), indent=5)
    yield from _passages(event, precedents, quoted_before)
    if event.shared:
        yield line(("shared: ", "available"), "; ".join(f"{fact.fact} {fact.here}" for fact in event.shared), indent=3)
    if event.differing:
        pairs = "; ".join(map(_differing, event.differing))
        yield line(("differing: ", "unavailable"), pairs, indent=3)
    unknown = list(_unknown([pair for pair in event.unknown if pair.fact not in untold]))
    if unknown:
        yield line(("unknown: ", "undetermined"), "; ".join(unknown), indent=3)
    if event.also_shared:
        also = ", ".join(event.also_shared)
        yield line((f"shared too, though no verdict at issue turns on it: {also}", "quiet"), indent=3)


def _passages(event: PastEvent, precedents: Precedents, quoted_before: set[str]) -> Iterator[Line]:
    """Return the words that tell an event; of neighbours that have been quoted before, in one line where they stand."""
    for before, names in itertools.groupby(event.passages, quoted_before.__contains__):
        passages = [precedents.passages[name] for name in names]
        if before:
            yield line("as above: ", ("; ".join(dict.fromkeys(map(citation, passages))), "source"), indent=5)
        else:
            yield from (line(*quoted(passage), indent=5) for passage in passages)
    quoted_before.update(event.passages)


def _differing(pair: FactPair) -> str:
    return f"{pair.fact} {pair.here}{' (assumed here)' if pair.assumed else ''}, there {pair.there}"


def _tied(event: PastEvent, precedents: Precedents) -> Iterator[Span]:
    for count, (name, verdict) in enumerate(event.authorities.items()):
        yield f"{'; ' if count else ''}{precedents.titles[name]}, here ", ""
        words = hedged(spoken(verdict.value), event.hedges.get(name, ())) + apart(precedents.unmodelled, name)
        yield words, STYLE_OF[verdict]


def _told_by(event: PastEvent, precedents: Precedents) -> Iterator[Span]:
    """Return who tells the event: one article's word alone is said to be so."""
    articles = [name for name in event.documents if precedents.documents[name].is_article]
    others = [name for name in event.documents if name not in articles]
    named = " and ".join(_named(name, precedents) for name in articles)
    if event.articles == 1:
        yield f"one article alone: {named}" if others else f"one article's word alone: {named}", "contested"
    elif articles:
        yield f"told by {event.articles} articles: {named}", ""
    if others:
        beside = " and ".join(precedents.documents[name].title for name in others)
        yield f"{'; and beside it ' if articles else 'told by '}{beside}", ""


def _named(name: str, precedents: Precedents) -> str:
    one = precedents.documents[name]
    restated = f" (which restates {_named(one.restates, precedents)})" if one.restates else ""
    return f"{one.voice}{restated}"


def _unknown(pairs: Sequence[FactPair]) -> Iterator[str]:
    """Return the facts that cannot be compared, by which of the stories leaves them open."""
    kinds = {
        (False, True): "not told there",
        (True, False): "not told here",
        (True, True): "told in neither",
        (False, False): "not told closely enough",
    }
    for kind, words in kinds.items():
        facts = [pair.fact for pair in pairs if (pair.here == "unknown", pair.there == "unknown") == kind]
        if facts:
            yield f"{words}: {', '.join(facts)}"
