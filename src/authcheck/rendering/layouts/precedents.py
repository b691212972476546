"""Past events beside a scenario as text."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Sequence

from authcheck.asking.precedents import FactPair, PastEvent, Precedents
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import STYLE_OF, apart, citation, hedged, quoted

__all__ = ["precedents_layout"]

_BLANK = Line()


def precedents_layout(found: Precedents, *, everything: bool) -> Iterator[Line]:
    """Return the past events, those that share most first; those that share nothing are named at the end."""
    yield from head_lines(found.title, found.receipt, found.option)
    shown = [one for one in found.events if one.shared or everything]
    untold = _untold(shown)
    yield _BLANK
    count = len({fact for facts in found.turns_on.values() for fact in facts})
    if found.unmodelled:
        yield from unmodelled_lines(found.unmodelled)
        yield _BLANK
    yield line(
        f"Past events that the documents tell, by the facts that they share of the {count} on which the verdicts at "
        "issue turn. A likeness is no holding: what is told of an event is all that is known of it here."
    )
    if untold:
        yield line(("Not told of any of them, or not closely enough: " + ", ".join(untold), "quiet"))
    quoted_before: set[str] = set()
    for number, one in enumerate(shown, start=1):
        yield _BLANK
        yield from _event(number, one, found, set(untold), quoted_before)
    rest = [f"{one.title} ({one.precedent})" for one in found.events if one not in shown]
    if rest:
        yield _BLANK
        yield line((f"These share none of those facts (`--all` shows them): {'; '.join(rest)}", "quiet"))
    yield _BLANK
    yield from scenario_lines(found.disclaimer, found.scenario, found.receipt)


def _untold(events: Sequence[PastEvent]) -> list[str]:
    """Return the facts that no event tells so that they could be compared, where several are shown."""
    if len(events) < 2:  # noqa: PLR2004 - what is unknown of one alone stands beside it.
        return []
    names = [[pair.fact for pair in one.unknown] for one in events]
    return [name for name in names[0] if all(name in others for others in names[1:])]


def _event(
    number: int, one: PastEvent, found: Precedents, untold: Container[str], quoted_before: set[str]
) -> Iterator[Line]:
    assumed = sum(pair.assumed for pair in one.differing)
    by = f" ({assumed} from what is assumed here)" if assumed else ""
    counts = f"{len(one.shared)} shared, {len(one.differing)} differing{by}, {len(one.unknown)} unknown"
    yield line((f"{number}. ", "number"), (one.title, "title"), f" ({one.precedent}): {counts}")
    yield line("tied to: ", *_tied(one, found), indent=3)
    yield line(one.text, indent=5)
    yield line(*_told_by(one, found), indent=5)
    yield from _passages(one, found, quoted_before)
    if one.shared:
        yield line(("shared: ", "available"), "; ".join(f"{each.fact} {each.here}" for each in one.shared), indent=3)
    if one.differing:
        pairs = "; ".join(map(_differing, one.differing))
        yield line(("differing: ", "unavailable"), pairs, indent=3)
    unknown = list(_unknown([each for each in one.unknown if each.fact not in untold]))
    if unknown:
        yield line(("unknown: ", "undetermined"), "; ".join(unknown), indent=3)
    if one.also_shared:
        also = ", ".join(one.also_shared)
        yield line((f"shared too, though no verdict at issue turns on it: {also}", "quiet"), indent=3)


def _passages(one: PastEvent, found: Precedents, quoted_before: set[str]) -> Iterator[Line]:
    """Return the words that tell an event; of neighbours that have been quoted before, in one line where they stand."""
    for before, names in itertools.groupby(one.passages, quoted_before.__contains__):
        passages = [found.passages[name] for name in names]
        if before:
            yield line("as above: ", ("; ".join(dict.fromkeys(map(citation, passages))), "source"), indent=5)
        else:
            yield from (line(*quoted(passage), indent=5) for passage in passages)
    quoted_before.update(one.passages)


def _differing(one: FactPair) -> str:
    return f"{one.fact} {one.here}{' (assumed here)' if one.assumed else ''}, there {one.there}"


def _tied(event: PastEvent, found: Precedents) -> Iterator[Span]:
    for count, (name, verdict) in enumerate(event.authorities.items()):
        yield f"{'; ' if count else ''}{found.titles[name]}, here ", ""
        words = hedged(verdict.value, event.hedges.get(name, ())) + apart(found.unmodelled, name)
        yield words, STYLE_OF[verdict]


def _told_by(one: PastEvent, found: Precedents) -> Iterator[Span]:
    """Return who tells the event: one article's word alone is said to be so."""
    articles = [name for name in one.documents if found.documents[name].is_article]
    others = [name for name in one.documents if name not in articles]
    named = " and ".join(_named(name, found) for name in articles)
    if one.articles == 1:
        yield f"one article alone: {named}" if others else f"one article's word alone: {named}", "contested"
    elif articles:
        yield f"told by {one.articles} articles: {named}", ""
    if others:
        beside = " and ".join(found.documents[name].title for name in others)
        yield f"{'; and beside it ' if articles else 'told by '}{beside}", ""


def _named(name: str, found: Precedents) -> str:
    one = found.documents[name]
    restated = f" (which restates {_named(one.restates, found)})" if one.restates else ""
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
        facts = [one.fact for one in pairs if (one.here == "unknown", one.there == "unknown") == kind]
        if facts:
            yield f"{words}: {', '.join(facts)}"
