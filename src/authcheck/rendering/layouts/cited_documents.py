"""The documents that are cited, by their class, with those who speak in them or are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authcheck.answer.answer import CitedPassage
from authcheck.frozen import dataclass
from authcheck.model.source import DocumentClass, Speech
from authcheck.rendering.words import speaker_words

__all__ = ["ListedDocument", "cited_documents"]

_CLASSES: Mapping[DocumentClass, str] = {
    DocumentClass.CONSTITUTION: "Constitution",
    DocumentClass.STATUTE: "Statutes",
    DocumentClass.TREATY: "Treaties",
    DocumentClass.EXECUTIVE_ORDER: "Executive orders",
    DocumentClass.OFFICIAL_STATEMENT: "Official statements",
    DocumentClass.EXPERT_ANALYSIS: "Expert analysis",
    DocumentClass.REPORTING: "Reporting",
}


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document, where it appeared, and who speaks or is reported in it, each with a role."""

    title: str
    publisher: str
    speakers: tuple[str, ...]


def cited_documents(passages: Iterable[CitedPassage]) -> dict[str, list[ListedDocument]]:
    """Return the documents of the passages by the words for their class, the strongest class first."""
    cited = list(passages)
    found: dict[str, list[ListedDocument]] = {}
    for document_class, words in _CLASSES.items():
        named = sorted(
            {(passage.title, passage.publisher) for passage in cited if passage.document_class is document_class}
        )
        documents = [ListedDocument(title, publisher, _speaking(title, cited)) for title, publisher in named]
        if documents:
            found[words] = documents
    return found


def _speaking(title: str, cited: list[CitedPassage]) -> tuple[str, ...]:
    """Return who speaks in the document beside itself, and who is only reported in its words."""
    found: dict[str, list[CitedPassage]] = {}
    for passage in cited:
        if passage.title == title and passage.of_article and passage.speaker != passage.voice:
            found.setdefault(speaker_words(passage), []).append(passage)
    return tuple(_presented(who, passages) for who, passages in found.items())


def _presented(who: str, passages: list[CitedPassage]) -> str:
    role = next((f", {passage.role}" for passage in passages if passage.role), "")
    reported = " (only reported)" if all(passage.speech is Speech.INDIRECT for passage in passages) else ""
    return f"{who}{role}{reported}"
