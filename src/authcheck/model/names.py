"""What a field is in a file, beside its type: the key under which it stands, what it names, what is to be said of it.

The reader, the JSON Schemas and the tables for authors are made from these marks and the types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from authcheck.frozen import dataclass

__all__ = [
    "Cites",
    "Exact",
    "FactId",
    "Given",
    "Id",
    "Key",
    "Least",
    "Named",
    "Of",
    "OneOf",
    "OnlyOn",
    "Optional",
    "OrOne",
    "Plain",
    "PowerId",
    "Required",
    "Said",
    "Short",
    "Spoken",
    "Switch",
]


@dataclass(frozen=True, slots=True)
class Key:
    """The key under which the field stands, where it is not its name; a dot leads into a key of its own."""

    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an author is told of the key."""

    words: str


@dataclass(frozen=True, slots=True)
class Of:
    """The names are those of things of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the field gives or takes: `id` of letters, digits and hyphens, or `fact` of small letters and `_`."""

    form: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """A yes or no that a file writes as one of two words, the one for no first."""

    no: str
    yes: str


@dataclass(frozen=True, slots=True)
class Least:
    """At least so many entries."""

    count: int


@dataclass(frozen=True, slots=True)
class Required:
    """A file has the key, though the program could do without."""


@dataclass(frozen=True, slots=True)
class Given:
    """The file does not have it: it follows from where the part stands, or from other parts."""


@dataclass(frozen=True, slots=True)
class Optional:
    """A file may leave the key out: then it is empty."""


@dataclass(frozen=True, slots=True)
class OrOne:
    """A list, or one entry written without a list."""


@dataclass(frozen=True, slots=True)
class Short:
    """An entry may be a name alone: then this is the only field that it gives."""

    field: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A condition that turns on facts alone, and is never silent."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A condition that is never silent, and may ask which laws are in force."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A text that is kept to the letter, blanks included."""


Id: TypeAlias = Annotated[str, Named("id")]
FactId: TypeAlias = Annotated[str, Named("fact")]
Cites: TypeAlias = Annotated[tuple[str, ...], Of("passage"), Named("id")]
PowerId: TypeAlias = Annotated[str, Of("power"), Named("id")]
OnlyOn: TypeAlias = Annotated[
    Mapping[str, Annotated[tuple[str, ...], OrOne(), Named("id")]],
    Named("id"),
    Of("question"),
    Said("The readings on which it exists, by question."),
]
