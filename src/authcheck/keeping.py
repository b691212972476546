"""What has been worked out is kept, so that it is not worked out again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

__all__ = ["MOST_KEPT", "keep", "once"]

MOST_KEPT = 1 << 13
"""So many things are kept, unless it is said otherwise."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def keep(kept: dict[Key, Value], key: Key, value: Value, most: int = MOST_KEPT) -> Value:
    """Keep a value and return it; where so many are kept, all are dropped before, so that memory does not grow."""
    if len(kept) == most:
        kept.clear()
    kept[key] = value
    return value


def once(kept: dict[Key, Value], key: Key, work: Callable[[], Value], most: int = MOST_KEPT) -> Value:
    """Return what is kept under the key; where nothing is, what the work comes to, which is kept."""
    return kept[key] if key in kept else keep(kept, key, work(), most)
