"""What is cited: documents, their class, and the exact passages with their speakers."""

from __future__ import annotations

import datetime
import enum
from typing import Annotated

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.names import Exact, Given, Id, Key, Named, OneOf, Optional, Said

__all__ = ["Document", "DocumentClass", "Passage", "Speech"]


class DocumentClass(enum.Enum):
    """The classes of document, strongest first."""

    CONSTITUTION = "constitution"
    STATUTE = "statute"
    TREATY = "treaty"
    EXECUTIVE_ORDER = "executive-order"
    OFFICIAL_STATEMENT = "official-statement"
    EXPERT_ANALYSIS = "expert-analysis"
    REPORTING = "reporting"

    @property
    def is_article(self) -> bool:
        """Whether such documents say what others hold; law and official statements speak for themselves."""
        return self in {DocumentClass.EXPERT_ANALYSIS, DocumentClass.REPORTING}


class Speech(enum.Enum):
    """Whose words a passage of an article has, where they are not the article's own."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Document:
    """A text that is cited.

    `carries_rules` is true of the documents whose words the rules encode, false of the primary law behind
    them. `file`, `sha256` and `numbering` are given where the full text was at hand. `restates` names the
    document that this one copies: the two count as one source.
    """

    document: Id
    title: str
    document_class: Annotated[DocumentClass, Key("class")]
    place: Place
    publisher: str = ""
    short: Annotated[str, Said("A shorter title, under which a document without a publisher is cited.")] = ""
    author: str = ""
    date: str = ""
    carries_rules: Annotated[bool, Said("Whether the rules encode this document's words.")] = False
    file: Annotated[str, Said("The name of the full text, for verification.")] = ""
    sha256: str = ""
    numbering: str = ""
    restates: Annotated[str, Named("id"), Said("The document that this one copies.")] = ""
    note: str = ""

    @property
    def voice(self) -> str:
        """Under what name it speaks itself."""
        return self.publisher or self.short or self.title

    @property
    def day(self) -> datetime.date | None:
        """Its date; None where it states no day."""
        try:
            return datetime.date.fromisoformat(self.date)
        except ValueError:
            return None

    def is_ahead_of(self, day: datetime.date) -> bool:
        """Whether it is of a later day, or of a later year where its date says no more."""
        return day < self.day if self.day is not None else self.date.isdecimal() and day.year < int(self.date)


@dataclass(frozen=True, slots=True)
class Passage:
    """Exact words of a document. An empty `quote` is a citation only: the words were not at hand.

    Without `speech` the document speaks itself. Direct speech stands between quotation marks in the document and a
    post without them: both are the speaker's own words. Indirect speech is the document's words for what the
    speaker said, which `through` passed on where the document has it from another.
    """

    passage: Id
    document: Annotated[str, Given()]
    quote: Annotated[str, Exact(), Optional()]
    at: Annotated[str, Said("The paragraph or section.")]
    speaker: Annotated[str, Optional(), Said("Who says it; the document, where nobody is named.")]
    kind: Annotated[str, OneOf(("law", "procedure", "precedent", "policy", "fact"))]
    place: Place
    role: str = ""
    speech: Annotated[Speech | None, Said("Whether it is the speaker's own words.")] = None
    through: Annotated[str, Said("Who passed indirect speech on to the document.")] = ""
    anonymous: bool = False
    status: str = ""
    note: str = ""
