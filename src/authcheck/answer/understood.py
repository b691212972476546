"""The stated facts of a scenario summed up, so that a reader sees how the story was taken."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from authcheck.decision.known import Known, KnownFact, Origin
from authcheck.model.scenario import FactStatus

__all__ = ["understood"]

# Of what is one of so many things, next to nothing is told.
_MANY = 4


def understood(known: Known) -> tuple[str, ...]:
    """Return what is stated in the words that the vocabulary has for it: clauses, those of one group together."""
    clauses: list[str] = []
    for _, group in itertools.groupby(known.facts.values(), lambda fact: fact.fact.group):
        joined = "".join(phrase if phrase[0] in ",;" else f" {phrase}" for phrase in _phrases(group))
        clauses.extend(clause for part in joined.split(";") if (clause := part.lstrip(", ").rstrip()))
    return tuple(clauses)


def _phrases(facts: Iterator[KnownFact]) -> Iterator[str]:
    for fact in facts:
        if fact.origin is not Origin.STATED or fact.stated is None:
            continue
        words = [fact.fact.brief.get(str(value).lower(), "") for value in fact.allowed]
        if words and all(words) and len(words) < _MANY:
            # Several values: one of them, not known which.
            phrase = " or ".join([words[0], *(word.lstrip(",; ") for word in words[1:])])
            soft = fact.stated.status is not FactStatus.STIPULATED
            yield f"{phrase} ({fact.stated.status.value})" if soft else phrase
