"""Every row of a sweep says what deciding its combination says, and what is left out cannot be so."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from authcheck.answer import Decider
from authcheck.answer.record import verdicts_of
from authcheck.asking.sweep import Sweep, Variation
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.model import condition
from authcheck.model.scenario import StatedFact, stated_as
from tests import shipped
from tests.promises.strategies import Case, Maker, cases


@st.composite
def variations(draw: st.DrawFn, case: Case) -> tuple[Variation, ...]:
    """Return up to three facts that vary, each over what some scenarios state of it in any form, and unknown."""
    maker = Maker(draw)
    others = [maker.scenario(case.pack.facts) for _ in range(3)]
    found = []
    for name in draw(st.lists(st.sampled_from([*case.pack.facts]), min_size=1, max_size=3, unique=True)):
        told = [one.facts[name] for one in others if name in one.facts]
        found.append(Variation(name, (*dict.fromkeys(told), StatedFact(name, case.scenario.place, unknown=True))))
    return tuple(found)


def agrees(sweep: Sweep, varied: Sequence[Variation]) -> int:
    """Compare each row with the decision on its combination; return how many there are."""
    rows, count, left_out = sweep.rows(), 0, 0
    tallied: Counter[tuple[str, object]] = Counter()
    for values in itertools.product(*(one.values for one in varied)):
        # What no longer applies goes with a value, which `sweep` says.
        stated: dict[str, StatedFact] = {}
        for part in sweep.parts:
            stated |= part.stated([values[at] for at in part.varied])
        try:
            decision = sweep.decision.restated(stated)
        except AuthcheckError:
            left_out += 1
            continue
        row, verdicts = next(rows), verdicts_of(decision)
        assert row.values == values
        assert (row.outcome.relies_on, row.outcome.gaps) == (verdicts.relies_on, verdicts.gaps)
        assert (row.outcome.authorities, row.outcome.powers) == (verdicts.authorities, verdicts.powers)
        for name, told in (*verdicts.authorities.items(), *verdicts.powers.items()):
            tallied[name, told] += 1
        count += 1
    assert next(rows, None) is None
    assert (sweep.possible, sweep.total) == (count, count + left_out)
    assert bool(sweep.refused) == bool(left_out)
    if count:
        assert {
            (one.name, told): times for one in sweep.tallies(sweep.as_it_stands) for told, times in one.counts.items()
        } == tallied
    return count


@given(st.data(), cases())
def test_a_row_says_what_the_decision_on_its_combination_says(data: st.DataObject, case: Case) -> None:
    try:
        decision = Decider(case.pack).decision(case.scenario, lens=case.lens)
    except AuthcheckError:
        return
    varied = data.draw(variations(case))
    agrees(Sweep(decision, varied), varied)


def test_facts_of_the_shipped_pack_that_act_on_one_another_are_swept_together() -> None:
    pack = shipped.pack()
    names = ("target_part_in_911", "target_type", "target_connection_to_islamic_terror_group", "operation_type")
    decision = shipped.decider().decision(shipped.scenario("drone-attack"))
    varied = [
        Variation(
            name, tuple(StatedFact(name, shipped.scenario("drone-attack").place, values=(one,)) for one in options)
        )
        for name in names
        for options in [pack.facts[name].options[:5]]
    ]
    assert agrees(Sweep(decision, varied), varied) > 100


def test_what_raises_an_authority_tells_the_rows_of_a_sweep_apart_though_no_rule_asks_it() -> None:
    pack, fact = shipped.pack(), "fto_designation_in_effect"
    quiet = replace(pack.authorities["title-50"], not_raised_when=condition.Test(fact, (True,)))
    ask = Decider(replace(pack, authorities={**pack.authorities, "title-50": quiet}))
    varied = [Variation(fact, tuple(stated_as(fact, [value], Place("--vary")) for value in (True, False)))]
    for name in ("day-75", "invited-raid", "stray-fire"):
        assert agrees(Sweep(ask.decision(shipped.scenario(name)), varied), varied) == 2
