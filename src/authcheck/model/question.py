"""What is contested: questions, the readings that answer them, and the lenses that choose among them."""

from __future__ import annotations

from collections.abc import Mapping

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass

__all__ = ["Holder", "Lens", "Question", "Reading"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose view a reading is: a person, an institution, or a text."""

    holder: str
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One named answer to a question. `in_documents` is true where a cited document carries it."""

    reading: str
    text: str
    holders: tuple[str, ...]
    cite: tuple[str, ...]
    reported_by: str = ""
    in_documents: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A contested point. One on which no rule turns is shown with the authorities in `shown_with`."""

    question: str
    text: str
    readings: Mapping[str, Reading]
    place: Place
    shown_with: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """For each question, the readings that it admits; `off_record` are those on which its holder is not on record."""

    lens: str
    title: str
    place: Place
    admits: Mapping[str, tuple[str, ...]]
    off_record: tuple[str, ...] = ()
