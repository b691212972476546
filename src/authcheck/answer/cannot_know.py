"""What the documents of an answer cannot know of its date, since they are of another time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from authcheck.answer.answer import CannotKnow, Untimely
from authcheck.model.pack import Pack

__all__ = ["cannot_know"]


def cannot_know(day: datetime.date, passages: Iterable[str], pack: Pack) -> Iterator[CannotKnow]:
    """Return which documents cannot know of the day: of those of the rules the last or the first, then later law.

    Later law is what the passages are of, those apart that say from when and until when a law is in force.
    """
    dated = {name: one.day for name, one in pack.documents.items() if one.day is not None}
    of_rules = sorted((name for name in dated if pack.documents[name].carries_rules), key=dated.__getitem__)
    found = [(Untimely.AFTER, name) for name in of_rules[-1:] if dated[name] < day]
    found += [(Untimely.BEFORE, name) for name in of_rules[:1] if day < dated[name]]
    times = (one.in_force.cite for one in pack.authorities.values() if one.in_force is not None)
    told = {pack.passages[name].document for name in set(passages).difference(*times)}
    later = [one for one in map(pack.documents.__getitem__, told) if one.is_ahead_of(day) and not one.carries_rules]
    found += [(Untimely.LATER, one.document) for one in sorted(later, key=lambda one: (one.date, one.document))]
    for how, name in found:
        yield CannotKnow(how, name, pack.documents[name].title, pack.documents[name].date)
