"""What is contested: questions, the readings that answer them, and the lenses that choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.authority import Hedge, Inferred, UnmetCites, UnmetHedge
from authcheck.model.names import Cites, Given, Id, Least, Named, Of, Said
from authcheck.model.period import Period

__all__ = ["Holder", "Lens", "Question", "Reading"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose view a reading is: a person, an institution, or a text."""

    holder: Id
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One named answer to a question. `in_documents` is true where a cited document carries it."""

    reading: Id
    text: str
    holders: Annotated[tuple[str, ...], Of("holder"), Named("id"), Least(1), Said("Whose view it is.")]
    cite: Cites
    reported_by: Annotated[str, Said("Who says that it is theirs.")] = ""
    in_documents: Annotated[bool, Given()] = False
    hedge: Hedge = ""
    hedge_unmet: UnmetHedge = ""
    in_force: Annotated[
        Period | None, Said("The time of the law that it reads: before and after, nobody reads it.")
    ] = None
    inferred: Inferred = ""
    cite_unmet: UnmetCites = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A contested point. One on which no rule turns is shown with the authorities in `shown_with`."""

    question: Id
    text: str
    readings: Annotated[Mapping[str, Reading], Least(2)]
    place: Place
    shown_with: Annotated[
        tuple[str, ...], Of("authority"), Named("id"), Said("Authorities to show it with, if no rule turns on it.")
    ] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """For each question, the readings that it admits; `off_record` are those on which its holder is not on record."""

    lens: str
    title: str
    place: Place
    admits: Mapping[str, tuple[str, ...]]
    off_record: tuple[str, ...] = ()
