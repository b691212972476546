"""How a sentence lists and counts things."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["counted", "listed", "spoken"]


def counted(number: int, noun: str) -> str:
    """Return how many there are: `1 thing`, `3 things`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def spoken(value: str) -> str:
    """Return one of the values that files and programs are given, as a sentence has it: not engaged."""
    return value.replace("-", " ")


def listed(items: Iterable[str], last: str = "and") -> str:
    """Return items as a sentence lists them; nothing where there are none."""
    *first, end = [*items] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
