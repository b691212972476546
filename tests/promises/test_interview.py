"""An interview about any pack comes to the answer that the whole story has, and asks nothing that cannot matter."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hypothesis import assume, event, given
from hypothesis import strategies as st

from authcheck.answer import Decider
from authcheck.asking.interview import Interview, begin, progress
from authcheck.diagnostics import AuthcheckError
from authcheck.meaning import admitted_on, agreed, truth_of, verdict_in
from authcheck.model.condition import Truth
from authcheck.model.fact import Value
from authcheck.model.scenario import Scenario, StatedFact, Unstated
from authcheck.model.verdict import Need, Verdict
from tests.promises.strategies import AS_OF, FEWER, Case, cases, stated_as
from tests.reference import Contradiction, Reference, tied


def all_open(case: Case, stated: Mapping[str, StatedFact]) -> Reference:
    """Return what is so where everything that is not stated is unknown."""
    every = {name: StatedFact(name, one.place, unknown=True) for name, one in case.pack.facts.items()}
    admits = admitted_on(case.pack, case.lens, AS_OF)
    return Reference(case.pack, {**every, **stated}, admits, Unstated.DEFAULT, AS_OF)


def outcomes_in(case: Case, world: Mapping[str, Value], reference: Reference) -> tuple[object, ...]:
    """Return every verdict, and every need of a power, in one world."""
    verdicts = (
        agreed(verdict_in(one, world, choice, reference.day) for choice in reference.choices)
        for one in case.pack.authorities.values()
    )
    needs = (
        truth_of(one.needed_when, world, reference.day.in_force) is Truth.TRUE for one in case.pack.powers.values()
    )
    return (*verdicts, *needs)


def can_matter(name: str, case: Case, reference: Reference) -> bool:
    """Whether two values of the fact leave different outcomes possible, other things being equal.

    Those are the facts that are not tied to it, and any of those that are: the rest of these is left open.
    """
    outcomes = [outcomes_in(case, world, reference) for world in reference.worlds]
    near = tied([name], case.pack.facts) - {name}
    far = set(reference.facts) - near - {name}
    return any(
        turns_on(name, far | set(some), reference, outcomes)
        for count in range(len(near) + 1)
        for some in itertools.combinations(sorted(near), count)
    )


def turns_on(name: str, equal: set[str], reference: Reference, outcomes: Sequence[tuple[object, ...]]) -> bool:
    """Whether two values of the fact leave different outcomes possible, these facts being equal."""
    by_rest: dict[tuple[Value, ...], dict[Value, list[set[object]]]] = {}
    for world, found in zip(reference.worlds, outcomes, strict=True):
        rest = tuple(value for fact, value in world.items() if fact in equal)
        left = by_rest.setdefault(rest, {}).setdefault(world[name], [set() for _ in found])
        for several, one in zip(left, found, strict=True):
            several.add(one)
    return any(unequal(by_value.values()) for by_value in by_rest.values())


def unequal(several: Iterable[list[set[object]]]) -> bool:
    first, *others = several
    return any(one != first for one in others)


def begun(case: Case) -> tuple[Decider, Interview]:
    """Return the interview about a pack from nothing; packs whose facts contradict themselves are left out."""
    decider = Decider(case.pack)
    try:
        return decider, begin(
            decider.decision(replace(case.scenario, facts={}, unstated=Unstated.DEFAULT), lens=case.lens)
        )
    except AuthcheckError:
        assume(False)  # noqa: FBT003
        raise


def story_so_far(case: Case, interview: Interview) -> Scenario:
    """Return the scenario that an interview has come to."""
    return replace(case.scenario, facts=interview.facts, unstated=Unstated.DEFAULT)


def settled(interview: Interview | None) -> Mapping[str, Verdict]:
    """Return the verdicts that an interview has settled; none before it has begun."""
    verdicts = {} if interview is None else interview.decision.verdicts
    return {name: one for name, one in verdicts.items() if one is not Verdict.UNDETERMINED}


@FEWER
@given(cases(), st.data())
def test_an_interview_settles_what_it_is_told_and_asks_nothing_else(case: Case, data: st.DataObject) -> None:
    decider, interview = begun(case)
    try:
        story = data.draw(st.sampled_from(all_open(case, {}).worlds))
    except Contradiction:
        assume(False)  # noqa: FBT003
        raise
    told_all = True
    left = []
    while interview.asking is not None:
        left.append(progress(interview).left)
        # Whoever stops here has a file that says no more than the interview.
        so_far = decider.decision(story_so_far(case, interview), lens=case.lens)
        assert so_far.verdicts == interview.decision.verdicts
        assert settled(interview.before).items() <= so_far.verdicts.items()
        fact = interview.asking.fact
        assert fact.fact not in {step.fact for step in interview.steps}
        assert can_matter(fact.fact, case, all_open(case, interview.decision.stated)), fact.fact
        value = story[fact.fact]
        way = data.draw(st.sampled_from(["told", "told", "told", "not known", "skipped"]))
        is_offered = value in interview.asking.values or (isinstance(value, int) and not isinstance(value, bool))
        told_all &= way == "told" and is_offered
        if way == "skipped":
            interview = interview.skipped()
        elif way == "not known" or not is_offered:
            interview = interview.not_known()
        else:
            interview = interview.stated(stated_as(fact, value))
    event(f"{len(interview.steps)} questions")
    # No more is asked than is told to be left.
    assert all(most >= len(interview.steps) - asked for asked, most in enumerate(left))

    answer = decider.decide(story_so_far(case, interview), lens=case.lens)
    assert answer.verdicts == interview.decision.verdicts
    if told_all:
        event("told all")
        reference = all_open(case, {})
        assert tuple(answer.verdicts.values()) == outcomes_in(case, story, reference)[: len(answer.verdicts)]
        assert Need.PERHAPS not in {one.needed for one in answer.powers.values()}
