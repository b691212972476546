"""What catches a mistake in the pack: a check, a claim, a worked scenario's expectation, a promise or the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import ModuleType

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.answer.answer import Attention
from authcheck.asking.proof import Prover, Result
from authcheck.decision.decision import Law, LawOfTheDay
from authcheck.decision.known import Origin, possible_on
from authcheck.decision.verdicts import AuthorityTables, conditions_of, questions_of
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.worlds import TooLargeError
from authcheck.linting.checks import (
    clashing_assumptions,
    hedge_of_a_claim_alone,
    impossible_facts,
    lost_hedge,
    rules_on_law_alone,
    uncited,
    undated_authority,
    unsaid_speech,
)
from authcheck.linting.survey import Survey
from authcheck.loading.scenarios import build_scenario
from authcheck.model.authority import Authority
from authcheck.model.claim import All, Claim, Iff, Some, authorities_of
from authcheck.model.pack import Pack
from authcheck.model.scenario import Expectation, Scenario
from authcheck.model.verdict import Verdict
from tests import shipped
from tests.mutations.mutants import Kind, Mutant
from tests.register import register
from tests.test_facts_together import CONTRADICTIONS, IMPLIED, OPENED, facts

__all__ = ["CATCHERS", "Catcher", "is_the_same_law"]

Catcher = tuple[Callable[[], Sequence[str]], Callable[[Mutant, Sequence[str]], str]]
"""The names of what may catch a mistake, and what returns the first of some that does, or nothing."""


# Checks of words and sources.

CHECKS: Mapping[str, ModuleType] = {
    check.CODE: check
    for check in (
        lost_hedge,
        hedge_of_a_claim_alone,
        unsaid_speech,
        uncited,
        undated_authority,
        rules_on_law_alone,
        clashing_assumptions,
        impossible_facts,
    )
}


OF_DEMANDS = ("clashing-assumptions", "impossible-facts")


def catching_check(mutant: Mutant, names: Sequence[str]) -> str:
    """Return the first check that finds something, of those that ask for what is changed."""
    if mutant.of not in {Kind.WORDS, Kind.DEMAND}:
        return ""
    names = [name for name in names if (name in OF_DEMANDS) is (mutant.of is Kind.DEMAND)]
    survey = Survey(mutant.pack, ())
    return next((name for name in names if any(CHECKS[name].check(survey))), "")


# Claims.

CAUGHT = {Result.REFUTED, Result.VACUOUS}


def catching_claim(mutant: Mutant, names: Sequence[str]) -> str:
    """Return the first claim that is refuted of the mutant, or says nothing any more."""
    # What a fact demands shows in stories: a claim would ask of every world that it leaves.
    if mutant.of in {Kind.DEMAND, Kind.SILENCE} or (mutant.of is not Kind.RULE and not mutant.authorities):
        return ""
    prover = Prover(mutant.pack)
    about = (about_these(mutant.pack.claims[name], mutant.authorities) for name in names)
    return next((claim.claim for claim in about if claim is not None and fails(claim, prover)), "")


def fails(claim: Claim, prover: Prover) -> bool:
    try:
        return prover.result(claim).result in CAUGHT
    except AuthcheckError:
        # `authcheck prove` ends with an error: the rules ask of too many facts.
        return True


def about_these(claim: Claim, authorities: Sequence[str]) -> Claim | None:
    """Return the claim as far as it is about one of the authorities: for the others, it holds as before."""
    if isinstance(claim.form, All | Some | Iff):
        # A claim about a caution alone may turn on a term.
        asked = authorities_of(claim.form)
        return claim if not asked or set(asked) & set(authorities) else None
    of = tuple(one for one in claim.form.of if one in authorities)
    return replace(claim, form=replace(claim.form, of=of)) if of else None


@cache
def law() -> LawOfTheDay:
    return Law(shipped.pack()).on(shipped.pack().as_of)


def is_the_same_law(mutant: Mutant) -> bool:
    """Whether no world has another verdict on the pack's date, on any reading, and no claim says anything else."""
    changed = Law(mutant.pack).on(mutant.pack.as_of)
    if mutant.of in {Kind.DEMAND, Kind.SILENCE} or mutant.supplies or mutant.pack.claims != shipped.pack().claims:
        return False
    if (changed.in_force, list(changed.pack.questions)) != (law().in_force, list(law().pack.questions)):
        return False
    try:
        return all(
            is_the_same(law().pack.authorities[name], changed.pack.authorities[name], changed)
            for name in mutant.authorities
        )
    except TooLargeError:
        return False


def is_the_same(before: Authority, after: Authority, changed: LawOfTheDay) -> bool:
    if before == after:
        return True
    if before.supplies != after.supplies or set(questions_of(before)) != set(questions_of(after)):
        return False
    facts, questions = changed.facts, changed.pack.questions
    if any(questions[name].readings.keys() != law().pack.questions[name].readings.keys() for name in questions):
        return False
    everything = {name: possible_on(fact, shipped.pack().as_of) for name, fact in facts.items()}
    worlds = lay_out([*conditions_of(before), *conditions_of(after)], facts, everything, coarse=True)
    tables = [AuthorityTables(one, questions, worlds, changed.in_force) for one in (before, after)]
    every = {name: tuple(question.readings) for name, question in questions.items()}
    return all(
        all((one ^ other) & worlds.possible == 0 for one, other in zip(*splits, strict=True))
        for choice in tables[0].combinations(every)
        for splits in [[table.split(choice).worlds for table in tables]]
    )


# Worked scenarios, and real operations.


@cache
def expectations() -> Mapping[str, Sequence[tuple[Scenario, Expectation]]]:
    """Return what is expected, by the scenario and the lens."""
    paths = sorted((shipped.ROOT / "tests" / "operations").glob("*.yaml"))
    found: dict[str, list[tuple[Scenario, Expectation]]] = {}
    for scenario in (*shipped.scenarios(), *map(shipped.scenario_in, paths)):
        for expectation in scenario.expect:
            activities = (expectation.activity,) if expectation.activity else tuple(scenario.activities)
            name = f"{scenario.id} ({expectation.lens or DEFAULT_LENS})"
            told = [scenario.alone(activity) for activity in activities] or [scenario]
            found.setdefault(name, []).extend((one, expectation) for one in told)
    return found


def catching_scenario(mutant: Mutant, names: Sequence[str]) -> str:
    """Return the first scenario of which an expectation is not met, with its lens."""
    if not mutant.authorities:
        return ""
    decider = Decider(mutant.pack)
    return next(
        (
            name
            for name in names
            for scenario, expectation in expectations()[name]
            if not is_met(decider, scenario, expectation, mutant)
        ),
        "",
    )


def is_met(decider: Decider, scenario: Scenario, expectation: Expectation, mutant: Mutant) -> bool:
    """Whether the verdicts that may be others, and what is relied on, are as expected."""
    try:
        decision = decider.decision(
            scenario,
            lens=expectation.lens or DEFAULT_LENS,
            unstated=expectation.unstated or scenario.unstated,
            option=expectation.option,
        )
        for name in mutant.authorities:
            if not expectation.admits(name, decision.case(name).verdict):
                return False
        if expectation.relies_on is None or not mutant.supplies:
            return True
        return set(decision.relies_on) == set(expectation.relies_on)
    except AuthcheckError:
        return False


# Promises that other tests hold of every pack of this kind.


def is_refused(pack: Pack, *stated: str) -> bool:
    text = f"scenario: A story\nas_of: 2025-02-04\nfacts:\n{facts(*stated)}"
    try:
        Decider(pack).decision(build_scenario(text, "story.yaml", pack))
    except AuthcheckError:
        return True
    return False


def keeps_apart(pack: Pack) -> bool:
    """Whether facts that cannot be so together are refused."""
    return all(is_refused(pack, *stated) for stated in CONTRADICTIONS)


def keeps_whole(pack: Pack) -> bool:
    """Whether an activity is all that it is said to imply."""
    decider = Decider(pack)
    return all(
        decider.decision(shipped.written(f"as_of: 2025-02-04\nfacts:\n{facts(*stated)}", pack)).case(name).verdict
        is not Verdict.NOT_ENGAGED
        for stated, name in IMPLIED
    )


def keeps_open(pack: Pack) -> bool:
    """Whether what a story raises is not assumed away."""
    decider = Decider(pack)
    return all(
        decider.decision(shipped.written(f"as_of: 2025-02-04\nfacts: {{{stated}}}", pack)).known.facts[name].origin
        is not Origin.ASSUMED
        for stated, name in OPENED
    )


def keeps_quiet(pack: Pack) -> bool:
    """Whether an open operation of the military leaves Title 50 out of the question."""
    text = "as_of: 2025-09-04\nfacts: {operation_type: airstrike, role_to_be_acknowledged: true}"
    answer = Decider(pack).decide(shipped.written(text, pack))
    return answer.authorities["title-50"].attention is Attention.QUIET


def keeps_silent(pack: Pack) -> bool:
    """Whether nobody is made to say what consent answers in international law."""
    power = Decider(pack).decision(shipped.scenario("invited-raid")).powers["justify-force-internationally"]
    return power.possible == (Verdict.SILENT,)


PROMISES: Mapping[str, Callable[[Pack], bool]] = {
    "facts-together": keeps_apart,
    "what-an-activity-implies": keeps_whole,
    "what-a-story-raises": keeps_open,
    "what-raises-title-50": keeps_quiet,
    "what-consent-leaves-unsaid": keeps_silent,
}


def catching_promise(mutant: Mutant, names: Sequence[str]) -> str:
    """Return the first promise that is broken; none is about single rules or words."""
    if mutant.of not in {Kind.DEMAND, Kind.SILENCE}:
        return ""
    return next((name for name in names if not PROMISES[name](mutant.pack)), "")


# The register.


@cache
def registered() -> str:
    return register(shipped.pack())


def caught_by_the_register(mutant: Mutant, _: Sequence[str]) -> str:
    return "of words and times" if register(mutant.pack) != registered() else ""


CATCHERS: Mapping[str, Catcher] = {
    "check": (lambda: list(CHECKS), catching_check),
    "promise": (lambda: list(PROMISES), catching_promise),
    "claim": (lambda: list(shipped.pack().claims), catching_claim),
    "scenario": (lambda: list(expectations()), catching_scenario),
    "register": (lambda: ["of words and times"], caught_by_the_register),
}
"""What is tried, in this order, until something catches the mistake; but a claim and a scenario stand side by side."""
