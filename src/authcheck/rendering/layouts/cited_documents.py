"""The documents that are cited, by their class, with those who speak in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authcheck.answer.answer import CitedPassage
from authcheck.frozen import dataclass
from authcheck.model.source import DocumentClass
from authcheck.rendering.words import OWN_VOICE, speakers

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
    """A document, where it appeared, and who speaks in it beside the document itself, each with a role."""

    title: str
    publisher: str
    speakers: tuple[str, ...]


def cited_documents(passages: Iterable[CitedPassage]) -> dict[str, list[ListedDocument]]:
    """Return the documents of the passages by the words for their class, the strongest class first."""
    cited = list(passages)
    found: dict[str, list[ListedDocument]] = {}
    for document_class, words in _CLASSES.items():
        named = sorted({(one.title, one.publisher) for one in cited if one.document_class is document_class})
        documents = [ListedDocument(title, publisher, _speaking(title, cited)) for title, publisher in named]
        if documents:
            found[words] = documents
    return found


def _speaking(title: str, cited: list[CitedPassage]) -> tuple[str, ...]:
    roles: dict[str, str] = {}
    for one in cited:
        said = one.title == title and one.of_article
        if said and one.role != OWN_VOICE and one.speaker != one.publisher:
            roles.setdefault(speakers([one])[0], one.role)
    return tuple(f"{who}, {role}" if role else who for who, role in roles.items())
