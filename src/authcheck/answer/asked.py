"""The facts that matter most to an answer: those to ask for or, where nothing is open, those that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.answer.answer import Asked, AuthorityAnswer, Kind, PowerAnswer
from authcheck.answer.needed import NeededFact, awaited, needed_facts
from authcheck.answer.support import deciding_facts
from authcheck.decision.decision import Decision
from authcheck.decision.known import Origin
from authcheck.diagnostics import Place
from authcheck.evaluation.worlds import Allowed, Cell
from authcheck.model.condition import Range
from authcheck.model.fact import FactKind
from authcheck.model.scenario import stated_as
from authcheck.model.verdict import Need, Verdict

__all__ = ["asked_facts", "setting_of"]


def asked_facts(
    decision: Decision, authorities: Mapping[str, AuthorityAnswer], powers: Mapping[str, PowerAnswer]
) -> tuple[Asked, ...]:
    """Return the open facts that the authorities at issue need, the most useful first; else what the answer rests on.

    Raises AuthcheckError where too many facts are open at once.
    """
    at_issue = [name for name, authority in authorities.items() if authority.is_at_issue]
    # Where nothing is at issue, a needed power may still wait for what nobody raised.
    needed = needed_facts(decision, at_issue) or needed_facts(decision, awaited(decision))
    if needed:
        return tuple(_asked(fact, decision) for fact in needed)
    return tuple(_resting(decision, authorities, powers))


def _asked(needed: NeededFact, decision: Decision) -> Asked:
    """Return the fact with the value that leaves most of the authorities available, or else possibly so."""
    gains = [
        sum((after == (Verdict.AVAILABLE,)) + (Verdict.AVAILABLE in after) for after in outcomes)
        for outcomes in zip(*needed.after.values(), strict=True)
    ]
    best = gains.index(max(gains))
    return Asked(
        fact=needed.fact,
        question=decision.law.facts[needed.fact].question,
        setting=setting_of(needed.fact, needed.cells[best]),
        open=True,
        authorities=tuple(needed.after),
    )


def setting_of(fact: str, cell: Cell, known: Allowed = ()) -> str:
    """Return a value of the cell as `--set` takes it; of several numbers the one that is nearest to what is known."""
    if isinstance(cell, Range):
        number = cell.nearest(one for one in known if isinstance(one, Range))
        cell = Range(number, number)
    return stated_as(fact, [cell] if isinstance(cell, Range) else cell, Place("--set")).setting


def _resting(
    decision: Decision, authorities: Mapping[str, AuthorityAnswer], powers: Mapping[str, PowerAnswer]
) -> Iterator[Asked]:
    """Return the stated facts on which the sources of the needed powers turn, the judgements first."""
    behind: dict[str, dict[str, None]] = {}
    for power in powers.values():
        for name in power.sources if power.needed is not Need.NOT_NEEDED else ():
            authority = authorities[name]
            if authority.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED}:
                for ground in authority.tree.of(Kind.GROUND):
                    for fact in deciding_facts(ground):
                        behind.setdefault(fact, {})[name] = None
    facts = decision.known.facts
    turning = [
        name
        for name in behind
        if facts[name].origin is Origin.STATED and facts[name].fact.kind is not FactKind.ACTIVITY
    ]
    for name in sorted(turning, key=lambda name: (not facts[name].fact.judgement, -len(behind[name]))):
        yield Asked(
            fact=name,
            question=facts[name].fact.question,
            setting=f"{name}=unknown",
            open=False,
            authorities=tuple(behind[name]),
        )
