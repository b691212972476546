"""Each form of a claim, about the harbour of tests/decision: proved, refuted, vacuous, or settled by no rule at all."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

import pytest

from authcheck.asking.proof import ClaimResult, Part, Prover, Result
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation import worlds
from authcheck.model.claim import (
    Changes,
    Form,
    Unchanged,
    authorities_of,
    cautions_of,
    conditions_of,
)
from authcheck.model.condition import Condition
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from tests import reference
from tests.proof.conftest import Harbour
from tests.proof.naive import Naive

PROVED, UNASKED, VACUOUS, REFUTED = Result.PROVED, Result.UNASKED, Result.VACUOUS, Result.REFUTED

FORMS: Mapping[str, tuple[Result, str]] = {
    "only ships that enter or unload have leave": (
        PROVED,
        "all: {if: {verdict: {harbour-act: available}}, then: {any: [entering, {not: {cargo: none}}]}}",
    ),
    "every ship that enters has leave": (REFUTED, "all: {if: entering, then: {verdict: {harbour-act: available}}}"),
    "who unloads oil without entering has leave": (
        VACUOUS,
        "all: {if: {all: [{cargo: oil}, {entering: false}]}, then: {verdict: {harbour-act: available}}}",
    ),
    "the old charter never gives anything, for it is not in force yet": (
        PROVED,
        "all: {then: {all: [{verdict: {old-charter: unavailable}}, {not: {in_force: old-charter}}]}}",
    ),
    "the speakers part on some ship": (PROVED, "some: {verdict: {harbour-act: contested}}"),
    "on their own readings, the master and the law need not part": (
        REFUTED,
        "lens: master\nsome: {verdict: {harbour-act: contested}}",
    ),
    "some ship has leave, a pilot boat that is not met, and shelter": (
        PROVED,
        "some: {verdict: {harbour-act: [available, contested], pilot-boat: unavailable, storm-shelter: {not: silent}}}",
    ),
    "the rocks are told of in bad weather": (PROVED, "iff: [{caution: rocks}, {all: [entering, bad-weather]}]"),
    "the rocks are told of always": (REFUTED, "iff: [{caution: rocks}, entering]"),
    "the charter is available when nothing is": (VACUOUS, "iff: [{verdict: {old-charter: available}}, false]"),
    "a signal changes nothing for the act": (UNASKED, "unchanged: {of: harbour-act, by: {distress_signal: any}}"),
    "nor does it with a name for the storm": (
        UNASKED,
        "unchanged: {of: [harbour-act, pilot-boat], by: {distress_signal: any, storm_named: any}}",
    ),
    "the crew changes nothing for a charter out of force": (
        PROVED,
        "unchanged: {of: old-charter, by: {crew_size: any}}",
    ),
    "to be refused is no worse than not to ask": (
        PROVED,
        "unchanged: {of: harbour-act, by: {permit: [not_sought, refused]}}",
    ),
    "to ask is no better than not to ask": (
        REFUTED,
        "unchanged: {of: harbour-act, by: {permit: [not_sought, sought]}}",
    ),
    "the crew changes nothing on any reading": (
        REFUTED,
        "lens: all\nunchanged: {of: harbour-act, by: {crew_size: any}}",
    ),
    "leave begins with the permit": (
        PROVED,
        "changes: {of: harbour-act, by: {permit: [sought, granted]}, from: silent, to: available}",
    ),
    "leave ends with the permit": (
        REFUTED,
        "changes: {of: harbour-act, by: {permit: [sought, granted]}, from: available, to: silent}",
    ),
    "to enter engages the act and the shelter": (
        PROVED,
        "changes: {of: [harbour-act, storm-shelter], by: {entering: any}, from: not-engaged, to: silent}",
    ),
    "a storm that comes never lowers the shelter": (
        PROVED,
        "never_lower: {of: {supplies: enter-harbour}, if: seaworthy, from: {storm: warned}, to: {storm: raging}}",
    ),
    "a storm that goes never lowers the shelter": (
        REFUTED,
        "never_lower: {of: storm-shelter, from: {storm: raging}, to: {storm: none}}",
    ),
    "a storm never lowers the pilot boat, of which calm weather does not ask": (
        VACUOUS,
        "never_lower: {of: pilot-boat, from: {storm: none}, to: {storm: raging}}",
    ),
    "a pilot never lowers anything": (
        PROVED,
        "lens: all\nnever_lower: {of: all, from: {pilot_aboard: false}, to: pilot_aboard}",
    ),
    "days never help": (PROVED, "never_higher: {of: harbour-act, along: days_moored}"),
    "hands never help": (PROVED, "never_higher: {of: harbour-act, if: entering, along: crew_size}"),
    "nor where nobody enters": (
        VACUOUS,
        "never_higher: {of: storm-shelter, if: {entering: false}, along: crew_size}",
    ),
}


def proved(pack: Pack) -> ClaimResult:
    return Prover(pack).result(pack.claims["claim"])


@pytest.mark.parametrize(("expected", "form"), FORMS.values(), ids=FORMS)
def test_a_claim_comes_to(expected: Result, form: str, harbour: Harbour) -> None:
    assert proved(harbour(form)).result is expected


# The act asks for so many facts that to try them all takes too long; those are left to packs made up at random.
SMALL = {
    name: (expected, form)
    for name, (expected, form) in FORMS.items()
    if not any(word in form for word in ("harbour-act", "of: all", "supplies"))
}


@pytest.mark.parametrize(("expected", "form"), SMALL.values(), ids=SMALL)
def test_a_naive_prover_says_the_same(expected: Result, form: str, harbour: Harbour) -> None:
    pack = harbour(form)
    claim = pack.claims["claim"]
    moved = claim.form.by if isinstance(claim.form, Unchanged | Changes) else ()
    needed = {*moved, *(test.fact for test in reference.tests_in(behind(pack, claim.form)))}
    facts = {name: one for name, one in pack.facts.items() if name in reference.tied(needed, pack.facts)}

    assert Naive(dataclasses.replace(pack, facts=facts), claim).result == expected.value


def behind(pack: Pack, form: Form) -> Iterator[Condition]:
    """Return every condition on which the claim turns."""
    yield from reference.tests_in(conditions_of(form))
    for name in cautions_of(form):
        yield pack.cautions[name].when
    for name in authorities_of(form):
        yield from reference.conditions_behind(pack.authorities[name])


# The scenarios that show a result.


def test_a_refutation_states_what_it_takes_and_no_more(harbour: Harbour) -> None:
    (shown,) = proved(harbour("all: {if: entering, then: {verdict: {harbour-act: available}}}")).scenarios

    assert shown.part is Part.REFUTATION
    assert shown.name == "claim"
    assert shown.facts["entering"] is True
    assert shown.verdicts == {"harbour-act": Verdict.UNAVAILABLE}
    # A permit not sought, no storm and no day in harbour go without saying.
    assert not {"permit", "storm", "days_moored"} & set(shown.facts)


def test_two_worlds_differ_in_what_moves_alone(harbour: Harbour) -> None:
    before, after = proved(harbour("unchanged: {of: harbour-act, by: {permit: [not_sought, sought]}}")).scenarios

    assert (before.part, after.part) == (Part.BEFORE, Part.AFTER)
    assert (before.name, after.name) == ("claim-before", "claim-after")
    assert {name for name in before.facts if before.facts[name] != after.facts[name]} == {"permit"}
    assert before.verdicts["harbour-act"] is not after.verdicts["harbour-act"]


def test_a_change_seen_on_one_reading_alone_names_it(harbour: Harbour) -> None:
    before, after = proved(harbour("lens: all\nunchanged: {of: harbour-act, by: {crew_size: any}}")).scenarios

    assert before.readings == after.readings == {"pilots": "relaxed"}
    assert {before.verdicts["harbour-act"], after.verdicts["harbour-act"]} == {Verdict.AVAILABLE, Verdict.SILENT}


def test_a_fall_names_the_reading_on_which_it_is_seen(harbour: Harbour) -> None:
    before, after = proved(
        harbour("never_lower: {of: storm-shelter, from: {storm: raging}, to: {storm: none}}")
    ).scenarios

    assert (before.facts["storm"], after.facts["storm"]) == ("raging", "none")
    assert before.verdicts == {"storm-shelter": Verdict.AVAILABLE}
    assert after.verdicts == {"storm-shelter": Verdict.UNAVAILABLE}


def test_a_caution_is_shown_with_the_scenario(harbour: Harbour) -> None:
    (shown,) = proved(harbour("iff: [{caution: rocks}, entering]")).scenarios

    assert shown.cautions == {"rocks": False}
    assert shown.verdicts == {}


def test_what_no_scenario_can_show_is_refuted_without_one(harbour: Harbour) -> None:
    result = proved(harbour("lens: master\nsome: {verdict: {harbour-act: contested}}"))

    assert (result.result, result.scenarios) == (REFUTED, ())


# What else a result says.


def test_a_result_names_what_changes_and_what_no_rule_asks_for(harbour: Harbour) -> None:
    result = proved(harbour("unchanged: {of: old-charter, by: {crew_size: any, fee_paid: any}}"))

    assert result.result is PROVED
    assert (result.changed, result.unasked) == (("crew_size", "fee_paid"), ("fee_paid",))


def test_a_result_names_the_authorities_and_cautions_of_which_the_claim_speaks(harbour: Harbour) -> None:
    result = proved(harbour("all: {if: {caution: rocks}, then: {verdict: {pilot-boat: {not: not-engaged}}}}"))

    assert (result.authorities, result.cautions, result.result) == (("pilot-boat",), ("rocks",), PROVED)


def test_the_cases_of_a_claim_are_the_worlds_that_it_tells_apart(harbour: Harbour) -> None:
    assert proved(harbour("all: {if: entering, then: {any: [entering, pilot_aboard]}}")).cases == 2


def test_a_claim_of_too_many_facts_is_refused_with_their_names(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = harbour("iff: [{verdict: {harbour-act: available}}, {verdict: {storm-shelter: available}}]")
    monkeypatch.setattr(worlds, "TOO_LARGE", 1 << 10)

    with pytest.raises(AuthcheckError, match=r"`claim` asks of too many facts at once: .*permit"):
        proved(pack)


# What a claim may not say of numbers and dates; for the rest see tests/bad.


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("unchanged: {of: harbour-act, by: {crew_size: [1, 2]}}", "`crew_size` is a number: here it takes `any`"),
        ("unchanged: {of: harbour-act, by: {arrival_date: any}}", "`arrival_date` is a date, which no rule tests"),
        ("never_higher: {of: harbour-act, along: crew_sise}", "`crew_sise` is no fact"),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused(form: str, message: str, harbour: Harbour) -> None:
    with pytest.raises(AuthcheckError, match=re.escape(message)):
        harbour(form)
