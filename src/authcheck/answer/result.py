"""What a command writes as JSON, as it is published."""

from __future__ import annotations

from authcheck.frozen import dataclass

__all__ = ["ResultType"]


@dataclass(frozen=True, slots=True)
class ResultType:
    """A result: its name, its title, the version that its key `schema` gives, and its type.

    A module that defines a result states it as `RESULT`.
    """

    name: str
    title: str
    version: str
    form: type
