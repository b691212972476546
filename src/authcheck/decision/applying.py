"""What a scenario states and no longer applies where another of its facts is changed."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.decision.decision import Decision
from authcheck.model.scenario import StatedFact, stated_as

__all__ = ["no_longer_apply"]


def no_longer_apply(change: StatedFact, decision: Decision) -> Iterator[StatedFact]:
    """Return the facts that the scenario states and that apply no longer with this change, stated absent.

    An attack that there was not has no place: a fact that applies only if another has some value goes with it.
    """
    law = decision.law
    for name in law.facts.tied[change.fact]:
        fact = law.facts[name]
        if name == change.fact or name not in decision.stated or fact.only_if is None or change.unknown:
            continue
        changed = {change.fact: change.values or change.ranges}
        _, applies = decision.circumstances.where(changed).table(fact.only_if)
        if not applies.true and isinstance(fact.absent, bool | str):
            yield stated_as(name, [fact.absent], change.place)
