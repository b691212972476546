"""The smallest changes that turn a verdict are those that trying every change finds."""

from __future__ import annotations

from hypothesis import assume, event, given

from authcheck.answer import Decider
from authcheck.asking.settling import settle
from authcheck.diagnostics import AuthcheckError
from authcheck.model.verdict import Verdict
from tests.changes import changeable, smallest_changes, told
from tests.promises.strategies import Case, cases


@given(cases())
def test_the_smallest_changes_are_those_that_trying_all_finds(case: Case) -> None:
    decider = Decider(case.pack)
    try:
        decision = decider.decision(case.scenario, lens=case.lens)
        decider.decide(case.scenario, lens=case.lens)
    except AuthcheckError:
        assume(False)  # noqa: FBT003
        raise
    for name, one in settle(decision, case.pack.authorities).authorities.items():
        authority, changes = decision.law.pack.authorities[name], one.changes
        if one.verdict is Verdict.UNDETERMINED:
            assert changes is None
            continue
        assert changes is not None
        assert changes.gain is (one.verdict is not Verdict.AVAILABLE)
        assert set(changes.may_change) == {fact.fact for fact in changeable(decision, authority)}
        expected = smallest_changes(decision, authority, gain=changes.gain, most=400)
        if expected is not None:
            steps, smallest = expected
            event(f"turned in {steps} steps" if steps else "not turned")
            assert dict(told(changes.smallest, decision)) == smallest
            assert all(len(change.steps) == steps for change in changes.smallest)
