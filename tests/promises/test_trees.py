"""The tree says what the verdict says: the root follows from its parts, whatever the reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from authcheck.answer import decide
from authcheck.answer.answer import Finding, Kind, Outcome, Truths
from authcheck.meaning import admitted_on, choices_of
from authcheck.model.authority import Authority
from authcheck.model.verdict import Verdict
from tests.promises.strategies import AS_OF, Case, cases, stated_as, stating
from tests.reference import Contradiction, Reference


@given(cases(), st.data())
def test_the_root_agrees_with_the_verdict_and_follows_from_its_parts(case: Case, data: st.DataObject) -> None:
    admits = admitted_on(case.pack, case.lens, AS_OF)
    try:
        reference = Reference(case.pack, case.scenario.facts, admits, case.scenario.unstated, AS_OF)
    except Contradiction:
        assume(False)  # noqa: FBT003
        raise
    answer = decide(case.pack, case.scenario, lens=case.lens)
    for found in answer.authorities.values():
        root = found.tree
        assert [(one.readings, one.truths) for one in root.by_reading] == [
            (one.readings, one.possible) for one in found.readings
        ]
        assert (root.outcome is Outcome.UNKNOWN) == (found.verdict is Verdict.UNDETERMINED)
        assert (root.outcome is Outcome.CONTESTED) == (found.verdict is Verdict.CONTESTED)
        if not found.crux:
            assert root.truths == found.possible

    world = data.draw(st.sampled_from(reference.worlds))
    told = [stated_as(case.pack.facts[name], value) for name, value in world.items()]
    # The world alone is stated: a day from which another count would follow is no part of it.
    answer = decide(case.pack, stating(replace(case.scenario, facts={}), *told), lens=case.lens)
    for name, found in answer.authorities.items():
        assert found.verdict is not Verdict.UNDETERMINED
        for choice in choices_of(admits):
            verdict = recomputed(found.tree, choice)
            assert truth(found.tree, choice) == verdict
            check_parts(found.tree, choice, case.pack.authorities[name])


def truth(finding: Finding, choice: Mapping[str, str]) -> str:
    """Return the one truth that the finding shows under a choice of readings."""
    for one in finding.by_reading:
        if one.readings.items() <= choice.items():
            return _only(one.truths)
    return _only(finding.truths)


def _only(truths: Truths) -> str:
    assert len(truths) <= 1
    return str(truths[0].value) if truths else "not asked"


def recomputed(root: Finding, choice: Mapping[str, str]) -> str:
    """Return the verdict that the parts of the root come to."""
    by_kind: dict[str, list[str]] = {}
    for part in root.parts:
        by_kind.setdefault(part.kind.value, []).append(truth(part, choice))
    if by_kind.get("governs") == ["false"] or "true" in by_kind.get("displacement", ()):
        return "not-engaged"
    if by_kind.get("in-force") == ["false"]:
        return "unavailable"
    found = less(any_of(by_kind.get("ground", ())), by_kind.get("exception", ()))
    return {"true": "available", "silent": "silent", "false": "unavailable"}[found]


def check_parts(finding: Finding, choice: Mapping[str, str], authority: Authority) -> None:
    """Check every finding below against its own parts."""
    only_on = {one.ground: one.only_on for one in authority.grounds}
    for part in finding.parts:
        check_parts(part, choice, authority)
        inner = [(one.kind.value, truth(one, choice)) for one in part.parts]
        truths = [one for _, one in inner]
        match part.kind:
            case Kind.GROUND:
                exists = all(choice[question] in some for question, some in only_on[part.id].items())
                elements = all_of(one for kind, one in inner if kind == "element" and one != "not asked")
                left = less(elements, [one for kind, one in inner if kind == "exception"])
                expected = left if exists else "false"
            case Kind.ELEMENT if part.parts[0].kind == Kind.READING:
                readings = {f"{question}={reading}" for question, reading in choice.items()}
                (expected,) = (truth(one, choice) for one in part.parts if one.id in readings)
            case Kind.READING if not part.parts:
                expected = "not asked"
            case Kind.ELEMENT | Kind.READING:
                expected = rule(dict(inner[1:]), truths[0])
            case Kind.ALL:
                expected = all_of(truths)
            case Kind.ANY:
                expected = any_of(truths)
            case Kind.NOT:
                expected = {"true": "false", "false": "true", "silent": "silent"}[truths[0]]
            case Kind.TERM | Kind.GOVERNS | Kind.EXCEPTION | Kind.UNLESS | Kind.SILENT_WHEN:
                (expected,) = truths
            case _:
                continue
        assert truth(part, choice) == expected


def rule(beside: Mapping[str, str], when: str) -> str:
    unless = beside.get("unless", "false")
    if when == "true" and unless == "false":
        return "true"
    is_silent = when == "silent" or (when == "true" and unless == "silent") or beside.get("silent-when") == "true"
    return "silent" if is_silent else "false"


def all_of(truths: Iterable[str]) -> str:
    found = set(truths)
    return "false" if "false" in found else "silent" if "silent" in found else "true"


def any_of(truths: Iterable[str]) -> str:
    found = set(truths)
    return "true" if "true" in found else "silent" if "silent" in found else "false"


def less(found: str, exceptions: Iterable[str]) -> str:
    against = set(exceptions)
    if "true" in against:
        return "false"
    return "silent" if "silent" in against and found == "true" else found
