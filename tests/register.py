"""What no rule can tell from a mistake, part by part: whose words, what is inferred, what is hedged, and since when."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator, Mapping
from typing import Any

from authcheck.model.pack import Pack
from authcheck.model.period import Period
from authcheck.model.source import Passage

__all__ = ["register"]

KEPT = frozenset({"speech", "through", "anonymous", "inferred", "hedge", "hedge_unmet", "in_force"})


def register(pack: Pack) -> str:
    """Return a line for everything of the kind that the pack says."""
    parts = (pack.passages, pack.authorities, pack.questions, pack.facts, pack.cautions)
    return "".join(f"{line}\n" for some in parts for name, part in some.items() for line in _told(name, part))


def _told(path: str, part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, one in part.items():
            yield from _told(f"{path} {name}", one)
    elif isinstance(part, tuple):
        for number, one in enumerate(part, start=1):
            yield from _told(f"{path} {_id(one) or number}", one)
    elif dataclasses.is_dataclass(part):
        yield from _told_of_fields(path, part)


def _told_of_fields(path: str, part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a pack.
    kept = KEPT | {"speaker"} if isinstance(part, Passage) and part.speech is not None else KEPT
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if field.name in kept and value:
            yield f"{path}, {field.name}: {_said(value)}"
        elif isinstance(value, Mapping | tuple):
            yield from _told(f"{path} {field.name}", value)
        elif field.name == "rule":
            yield from _told(path, value)


def _id(part: object) -> str:
    """Return the id of a part, which is the first thing that is said of it; nothing of one that has none."""
    first = dataclasses.fields(part)[0].name if dataclasses.is_dataclass(part) else ""
    return "" if first in {"", "text"} else str(getattr(part, first))


def _said(value: object) -> str:
    if isinstance(value, Period):
        return f"{value.first or 'ever'} to {value.over or 'now'}"
    return value.value if isinstance(value, enum.Enum) else str(value)
