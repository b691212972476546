"""What catches a mistake in the pack: the first claim that no longer holds, the first expectation that is not met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.asking.proof import Prover, Result
from authcheck.linting.checks import hedge_of_a_claim_alone, lost_hedge
from authcheck.linting.survey import Survey
from authcheck.model.claim import All, Claim, Iff, Some, authorities_of
from authcheck.model.scenario import Expectation, Scenario
from tests.mutations.mutants import Mutant

__all__ = ["catching_check", "catching_claim", "catching_scenario"]

CAUGHT = {Result.REFUTED, Result.VACUOUS}


def catching_claim(mutant: Mutant) -> str:
    """Return the first claim that is refuted of the mutant, or says nothing any more; nothing if all hold."""
    prover = Prover(mutant.pack)
    about = (about_these(claim, mutant.authorities) for claim in mutant.pack.claims.values())
    found = (claim.claim for claim in about if claim is not None and prover.result(claim).result in CAUGHT)
    return next(found, "")


def catching_check(mutant: Mutant) -> str:
    """Return the first check of the pack's hedges that finds something; nothing if none does."""
    survey = Survey(mutant.pack, ())
    return next((check.CODE for check in (lost_hedge, hedge_of_a_claim_alone) if any(check.check(survey))), "")


def about_these(claim: Claim, authorities: Sequence[str]) -> Claim | None:
    """Return the claim as far as it is about one of the authorities: for the others, it holds as before."""
    if isinstance(claim.form, All | Some | Iff):
        # A claim about a caution alone may turn on a term.
        asked = authorities_of(claim.form)
        return claim if not asked or set(asked) & set(authorities) else None
    of = tuple(one for one in claim.form.of if one in authorities)
    return replace(claim, form=replace(claim.form, of=of)) if of else None


def catching_scenario(mutant: Mutant, scenarios: Iterable[Scenario]) -> str:
    """Return the first worked scenario of which an expectation is not met, with its lens; nothing if all are."""
    decider = Decider(mutant.pack)
    found = (
        f"{scenario.id} ({expectation.lens or DEFAULT_LENS})"
        for scenario in scenarios
        for expectation in scenario.expect
        if not is_met(decider, scenario, expectation, mutant)
    )
    return next(found, "")


def is_met(decider: Decider, scenario: Scenario, expectation: Expectation, mutant: Mutant) -> bool:
    """Whether the verdicts that may be others, and what is relied on, are as expected."""
    decision = decider.decision(
        scenario, lens=expectation.lens or DEFAULT_LENS, unstated=expectation.unstated or scenario.unstated
    )
    for name in mutant.authorities:
        if not expectation.admits(name, decision.case(name).verdict):
            return False
    if expectation.relies_on is None or not mutant.supplies:
        return True
    return set(decision.relies_on) == set(expectation.relies_on)
