"""What the words of a story suggest: facts that it seems to state, for its author to take or leave.

A fact that could not be so beside the others, or that the story does not make apply, is not suggested.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from authcheck.decision.known import know
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.circumstances import Circumstances
from authcheck.evaluation.worlds import Vocabulary
from authcheck.loading.stories import Suggestion, said_in
from authcheck.model.condition import Truth
from authcheck.model.pack import Pack
from authcheck.model.scenario import StatedFact, Unstated

__all__ = ["Suggestion", "suggestions"]


def suggestions(story: str, pack: Pack, day: datetime.date) -> tuple[Suggestion, ...]:
    """Return what the story suggests, in the order of the vocabulary, each fact at most once."""
    return tuple(_together(said_in(story, pack), pack, day))


def _together(found: Mapping[str, Suggestion], pack: Pack, day: datetime.date) -> Iterator[Suggestion]:
    """Return the suggestions that can be so beside those before them, where the story makes them apply."""
    vocabulary = Vocabulary(pack.facts)
    stated: dict[str, StatedFact] = {}
    for name, suggestion in found.items():
        more = {**stated, name: StatedFact(name, Place("the story"), values=(suggestion.value,))}
        condition = pack.facts[name].only_if
        try:
            if condition is not None:
                known = know(vocabulary, stated, Unstated.DEFAULT, day)
                if Circumstances(vocabulary, known.allowed, frozenset()).truths(condition) != (Truth.TRUE,):
                    continue
            know(vocabulary, more, Unstated.DEFAULT, day)
        except AuthcheckError:
            continue
        stated = more
        yield suggestion
