"""What claims come to on every day on which a law begins or ends."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from authcheck.asking.proof.prover import Prover
from authcheck.asking.proof.results import ClaimSpan, Result
from authcheck.decision.law_of_the_day import days_of_change
from authcheck.model.claim import Claim
from authcheck.model.pack import Pack
from authcheck.model.period import in_force_on

__all__ = ["over_time"]


def over_time(pack: Pack, claims: Iterable[Claim]) -> Mapping[str, tuple[ClaimSpan, ...]]:
    """Return what each claim comes to, from the first law on. Raises AuthcheckError where one asks of too many facts.

    A claim is proved anew where something has changed on which it can turn.
    """
    every = tuple(claims)
    own = {day for claim in every if claim.in_force is not None for day in claim.in_force.days}
    days = sorted({*days_of_change(pack), *own} or {pack.as_of})
    spans: dict[str, list[ClaimSpan]] = {claim.claim: [] for claim in every}
    known: dict[str, tuple[object, Result]] = {}
    for day, over in zip(days, [*days[1:], None], strict=True):
        prover = Prover(pack, day)
        for claim in every:
            alike = prover.asks_alike(claim)
            if claim.claim not in known or known[claim.claim][0] != alike:
                known[claim.claim] = alike, prover.result_alone(claim)
            result, claimed = known[claim.claim][1], in_force_on(claim, day)
            _extend(spans[claim.claim], day, over, result, claimed=claimed)
    return {name: tuple(span) for name, span in spans.items()}


def _extend(
    spans: list[ClaimSpan], day: datetime.date, over: datetime.date | None, result: Result, *, claimed: bool
) -> None:
    """Add a time to those before it; where it is as the last was, that goes on."""
    if spans and (spans[-1].result, spans[-1].claimed) == (result, claimed):
        day = spans.pop().first
    spans.append(ClaimSpan(day, over, result, claimed))
