"""A fact stated anew, as the questions that try other facts tell it."""

from __future__ import annotations

from authcheck.decision.known import Origin
from authcheck.frozen import dataclass

__all__ = ["StatedAnew"]


@dataclass(frozen=True, slots=True)
class StatedAnew:
    """A fact stated at another value: what it was taken to be, with where that comes from, and what is stated.

    `origin` says where the value before comes from: stated, derived, implied, assumed, or unknown.
    """

    fact: str
    question: str
    before: str
    origin: Origin
    after: str
