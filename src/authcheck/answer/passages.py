"""The passages of a pack in one record, for answers beside it that name those that they cite."""

from __future__ import annotations

from collections.abc import Mapping

from authcheck.answer.answer import CitedPassage
from authcheck.answer.building import cited_passages
from authcheck.answer.result import ResultType
from authcheck.frozen import dataclass
from authcheck.model.pack import Pack

__all__ = ["RESULT", "SCHEMA", "Passages", "passages_of"]

SCHEMA = "authcheck.passages/1"


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages by id, each as an answer has those that it cites."""

    schema: str
    passages: Mapping[str, CitedPassage]


RESULT = ResultType("passages", "The passages of a pack of authcheck", SCHEMA, Passages)


def passages_of(pack: Pack) -> Passages:
    """Return every passage of the pack, in the order of the ids."""
    return Passages(SCHEMA, cited_passages(pack, pack.passages))
