"""The words for verdicts, truths and citations, the same in every text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authcheck.model.answer import (
    Answer,
    AuthorityAnswer,
    CitedPassage,
    Finding,
    Outcome,
    ReadingText,
    Receipt,
    Verdict,
)
from authcheck.rendering.screen import Span

__all__ = [
    "STYLE_OF",
    "chosen_reading",
    "citation",
    "holders",
    "lens_words",
    "outcome_words",
    "possible_words",
    "quoted",
    "verdict_span",
]

STYLE_OF: Mapping[Verdict, str] = {
    Verdict.AVAILABLE: "available",
    Verdict.CONTESTED: "contested",
    Verdict.SILENT: "silent",
    Verdict.UNAVAILABLE: "unavailable",
    Verdict.NOT_ENGAGED: "quiet",
    Verdict.UNDETERMINED: "undetermined",
}

_OUTCOME: Mapping[Outcome, tuple[str, str]] = {
    Outcome.TRUE: ("met", "available"),
    Outcome.FALSE: ("not met", "unavailable"),
    Outcome.SILENT: ("silent", "silent"),
    Outcome.UNKNOWN: ("unknown", "undetermined"),
    Outcome.CONTESTED: ("contested", "contested"),
}


_OF_ARTICLES = frozenset({"reporting", "expert-analysis"})


def verdict_span(one: AuthorityAnswer) -> Span:
    """Return the verdict; that of an authority with its own effects only is worded as these."""
    if one.in_effect:
        return one.in_effect, "available"
    return possible_words(one.verdict, one.possible), STYLE_OF[one.verdict]


def possible_words(verdict: Verdict, possible: Iterable[Verdict]) -> str:
    """Return a verdict in words; an undetermined one with the verdicts that it may become."""
    if verdict is Verdict.UNDETERMINED:
        return f"undetermined: {' or '.join(str(one.value) for one in possible)}"
    return str(verdict.value)


def outcome_words(finding: Finding) -> Span:
    """Return a finding's outcome in words, with its style; an unknown one with the truths that it may take."""
    words, style = _OUTCOME[finding.outcome]
    if finding.outcome is Outcome.UNKNOWN:
        names = {"true": "met", "false": "not met", "silent": "silent"}
        words += f" ({' or '.join(names.get(one, one) for one in finding.truths)})"
    return words, style


def lens_words(receipt: Receipt) -> str:
    """Return the lens, and the readings that were chosen beside it."""
    chosen = [f"{question}={reading}" for question, reading in receipt.readings.items()]
    return " · ".join([f"lens {receipt.lens}", *(f"reading {one}" for one in chosen)])


def citation(passage: CitedPassage) -> str:
    """Return who says it and where: the speaker, the text, the place in it."""
    where = passage.publisher or passage.title
    speaker = f"{passage.speaker} (anonymous)" if passage.anonymous else passage.speaker
    if passage.document_class in _OF_ARTICLES:
        if passage.speaker == where or passage.role == "the article's own voice":
            return f"{where}, {passage.at}"
        return f"{speaker}, in {where}, {passage.at}"
    return passage.at


def quoted(passage: CitedPassage) -> tuple[Span, Span]:
    """Return the words in quotation marks and their source, or the source alone where only that is known."""
    if not passage.quote:
        return ("", ""), (f"{citation(passage)} (citation only)", "source")
    return (f"“{passage.quote}” ", "quote"), (citation(passage), "source")


def chosen_reading(element: Finding, answer: Answer) -> Finding | None:
    """Return the reading on which an element stands, where the lens leaves out another that a document carries."""
    readings = [part for part in element.parts if part.kind == "reading"]
    if len(readings) != 1:
        return None
    left_out = [one for one in answer.disputes[readings[0].id.partition("=")[0]].readings.values() if not one.admitted]
    cited = (answer.passages[passage] for one in left_out for passage in one.passages)
    return readings[0] if any(one.document_class in _OF_ARTICLES for one in cited) else None


def holders(reading: ReadingText, answer: Answer) -> str:
    """Return whose view a reading is, and who reports it."""
    names = [answer.holders[one] for one in reading.holders]
    if not reading.reported_by:
        return " and ".join(names)
    # Who reports a view and shares it is named once.
    others = [one for one in names if one != reading.reported_by]
    return f"{' and '.join(others or names)}, as reported by {reading.reported_by}"
