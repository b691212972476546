"""What stands behind a verdict: the passages that carry it, and the facts that decide a finding."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer.answer import Answer, AuthorityAnswer, Finding, Kind, Outcome, PowerAnswer
from authcheck.model.condition import Truth

__all__ = ["carrying", "chosen_reading", "chosen_words", "deciding_facts", "passages_on"]


def carrying(
    authority: AuthorityAnswer, answer: Answer, *, inferred: bool = True, every: bool = False
) -> Iterator[str]:
    """Return the passages that carry the grounds that hold, or hold perhaps: of each element the first that is quoted.

    Where the lens chose a reading, they are those of the reading, also of one on which the element is not asked. Where
    `inferred` is false, those are left out from which an element is only inferred. `every` passage of each element,
    where that is asked.
    """
    for ground in _holding(authority):
        for element in ground.of(Kind.ELEMENT):
            chosen = chosen_reading(element, answer)
            shown = chosen or element
            if (element.outcome is Outcome.NOT_ASKED and chosen is None) or (shown.inferred and not inferred):
                continue
            passages = shown.passages if element.passages else ()
            quoted = (passage for passage in passages if answer.passages[passage].quote)
            yield from passages if every else [next(quoted, passages[0])] if passages else ()


def chosen_words(authority: AuthorityAnswer, answer: Answer) -> tuple[str, ...]:
    """Return the passages of the first reading that the lens chose, asking or not: those that are quoted, if any is."""
    elements = (element for ground in _holding(authority) for element in ground.of(Kind.ELEMENT))
    chosen = (reading for element in elements if (reading := chosen_reading(element, answer)) is not None)
    first = next(chosen, None)
    passages = () if first is None else first.passages
    return tuple(passage for passage in passages if answer.passages[passage].quote) or passages


def _holding(authority: AuthorityAnswer) -> list[Finding]:
    """Return the grounds that hold or, where none does, those that hold perhaps."""
    grounds = authority.tree.of(Kind.GROUND)
    holding = [ground for ground in grounds if ground.outcome is Outcome.TRUE]
    return holding or [ground for ground in grounds if Truth.TRUE in ground.truths]


def chosen_reading(element: Finding, answer: Answer) -> Finding | None:
    """Return the reading on which an element stands, where the lens leaves out another that a document carries."""
    if len(element.readings) != 1:
        return None
    (reading,) = element.readings
    # The answer has no dispute of a question that only an authority asks that is not engaged.
    if reading.question not in answer.disputes:
        return None
    left_out = (view for view in answer.disputes[reading.question].readings.values() if not view.admitted)
    cited = (answer.passages[passage] for view in left_out for passage in view.passages)
    return reading if any(passage.of_article for passage in cited) else None


def passages_on(thing: AuthorityAnswer | PowerAnswer, question: str, reading: str, answer: Answer) -> tuple[str, ...]:
    """Return the passages that speak for what an authority or a power is on a reading: those of its finding, if any."""
    grounds = thing.tree.of(Kind.GROUND) if isinstance(thing, AuthorityAnswer) else ()
    elements = (element for ground in grounds for element in ground.of(Kind.ELEMENT))
    found = (one for element in elements for one in element.readings if one.id == f"{question}={reading}")
    first = next(found, None)
    return answer.disputes[question].readings[reading].passages if first is None else first.passages


_DECISIVE = {(Kind.ANY, Outcome.TRUE): Outcome.TRUE, (Kind.ALL, Outcome.FALSE): Outcome.FALSE}


def deciding_facts(finding: Finding) -> Iterator[str]:
    """Return the facts on which a finding turns: where `any` is met, of the parts that are, and so on."""
    yield from finding.facts
    decisive = _DECISIVE.get((finding.kind, finding.outcome))
    for part in finding.parts:
        if decisive in {None, part.outcome} and not (part.kind is Kind.SILENT_WHEN and finding.outcome is Outcome.TRUE):
            yield from deciding_facts(part)
