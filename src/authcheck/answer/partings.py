"""Where the readings of a contested question part, and what they share up to there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.answer.answer import Finding, Kind, Parting
from authcheck.model.authority import Authority
from authcheck.model.condition import Truth

__all__ = ["partings"]


def partings(authority: Authority, tree: Finding, crux: Iterable[str]) -> tuple[Parting, ...]:
    """Return each finding of the authority's tree on which the readings of a crux question part, by question."""
    return tuple(one for question in crux for one in _of(question, authority, tree))


def _of(question: str, authority: Authority, tree: Finding) -> Iterator[Parting]:
    on_some = {one.ground for one in authority.grounds if question in one.only_on}
    for part in tree.parts:
        if part.kind is Kind.DISPLACEMENT and _parts(part, question):
            yield Parting(question, part.kind, part.id, part.text, "", ())
        if part.kind is not Kind.GROUND or not _parts(part, question):
            continue
        elements = [one for one in part.parts if one.kind is Kind.ELEMENT]
        shared = tuple(one.id for one in elements if one.truths == (Truth.TRUE,) and not one.by_reading)
        if part.id in on_some:
            yield Parting(question, part.kind, part.id, part.text, part.id, shared)
        for one in elements:
            if _parts(one, question):
                yield Parting(question, one.kind, one.id, one.text, part.id, shared)


def _parts(finding: Finding, question: str) -> bool:
    # What is met wherever it is asked parts nobody.
    return finding.truths != (Truth.TRUE,) and any(question in one.readings for one in finding.by_reading)
