"""The parts that whole answers have in common, each in a record of its own, for answers beside them that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from authcheck.answer.answer import (
    Asked,
    Assumption,
    AuthorityAnswer,
    CautionAnswer,
    ClockAnswer,
    Dispute,
    DutyAnswer,
    FactAnswer,
    Finding,
    OptionAnswer,
    PowerAnswer,
)
from authcheck.answer.result import ResultType
from authcheck.frozen import dataclass

__all__ = ["ENTRIES", "REFERENCE", "RESULT", "SCHEMA", "WHOLE", "Part", "Parted"]

SCHEMA = "authcheck.part/1"

REFERENCE = "$part"
"""The one key of what stands in the place of a part. No name of a pack or a scenario begins so."""

ENTRIES = ("powers", "authorities", "clocks", "duties", "cautions", "disputes", "facts", "asked", "options")
"""The keys of an answer of which each entry may be a part."""

WHOLE = ("assumed", "passages", "holders")
"""The keys of an answer of which all that they hold may be one part; of the passages, their ids."""

Parted: TypeAlias = (
    AuthorityAnswer
    | Finding
    | PowerAnswer
    | ClockAnswer
    | DutyAnswer
    | CautionAnswer
    | Dispute
    | FactAnswer
    | Asked
    | OptionAnswer
    | tuple[Assumption, ...]
    | tuple[str, ...]
    | Mapping[str, str]
)
"""What a part may be; of an authority, the tree is a part again."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part, by the digest of its JSON: the same part has the same name in every run."""

    schema: str
    part: str
    value: Parted


RESULT = ResultType("part", "A part that whole answers of authcheck have in common", SCHEMA, Part)
