"""Measures a sweep beside deciding every combination, and its counts beside numpy, as ratios within one run.

    python -m tests.bench.sweep [--repeats N] [--facts N] [--rows N]

Each is compared before it is timed: rows with the decisions on their combinations, counts with those that numpy makes
of the same rules over every combination at once, one bit for each. What says something else gets no ratio, and numpy is
left out where it is not installed. Nothing is asserted: machines are shared and noisy, and only ratios within one run
mean anything.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import resource
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from authcheck.answer import Decider
from authcheck.answer.record import Verdicts, verdicts_of
from authcheck.asking.sweep import Sweep, Variation
from authcheck.decision.decision import Decision
from authcheck.decision.verdicts import ORDER, AuthorityTables
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.worlds import is_known
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, load_scenario, shipped_pack, shipped_scenarios
from authcheck.model.condition import Range, Test
from authcheck.model.scenario import Scenario, StatedFact, Unstated, stated_as
from tests.bench.measuring import interleaved, table, timed

HERE = Place("bench")
VARIED = (
    *("attack_is_direct", "attack_attributed_to_target", "military_necessity_certified", "operation_in_iraq"),
    *("target_is_priority_us_target", "intelligence_committees_notified", "covert_action_oversight_compliance"),
    *("presidential_approval", "role_to_be_acknowledged", "enters_host_airspace", "us_ground_forces_in_host_country"),
    *("security_council_authorization", "training_or_advising_used", "host_defense_ministry_authority"),
    *("host_requires_approval", "direct_action_by_us_personnel", "lethal_force_intended", "home_statute_invoked"),
    *("intelligence_collection_used", "target_is_us_person", "fto_designation_in_effect"),
    *("financial_measures_used", "emergency_declared", "law_enforcement_measures_used"),
)
"""Yes/no facts on which the verdicts turn."""

Counts: TypeAlias = Mapping[str, Mapping[str, int]]


def asked(count: int) -> tuple[Decision, list[Variation]]:
    """Return a scenario in which every fact is known, and so many facts that vary over yes and no."""
    pack = load_pack(shipped_pack(), Cache(None))
    scenario: Scenario = load_scenario(shipped_scenarios(shipped_pack())["drone-attack"], pack, Cache(None))
    decider = Decider(pack)
    facts = decider.decision(scenario, unstated=Unstated.ABSENT).known.facts
    # All is stated: what is taken for granted would give way to what is stated of another fact.
    told = {
        name: stated_as(name, one.allowed if is_known(one.allowed) else [one.fact.options[-1]], HERE)
        for name, one in facts.items()
        if one.fact.options
    }
    decision = decider.decision(scenario).restated(told)
    return decision, [
        Variation(name, tuple(stated_as(name, [value], HERE) for value in (False, True))) for name in VARIED[:count]
    ]


# --- rows


def decided(decision: Decision, varied: Sequence[Variation]) -> Iterator[tuple[tuple[StatedFact, ...], Verdicts]]:
    """Decide every combination alone, as a loop over `decide` would."""
    for values in itertools.product(*(one.values for one in varied)):
        try:
            yield values, verdicts_of(decision.restated({one.fact: one for one in values}))
        except AuthcheckError:
            continue


def rows_differ(decision: Decision, varied: Sequence[Variation]) -> bool:
    """Whether a row says something else than the decision on its combination."""
    rows, alone = [*Sweep(decision, varied).rows()], [*decided(decision, varied)]
    return len(rows) != len(alone) or any(
        row.values != values or (row.outcome.authorities, row.outcome.powers) != (verdicts.authorities, verdicts.powers)
        for row, (values, verdicts) in zip(rows, alone, strict=True)
    )


# --- counts


def counted(decision: Decision, varied: Sequence[Variation]) -> Counts:
    """Return how often each verdict on each authority occurs, by a sweep."""
    found = {}
    for tally in Sweep(decision, varied).tallies(decision.law.pack.authorities):
        counts: Counter[str] = Counter()
        for told, times in tally.counts.items():
            assert told.verdict is not None
            counts[told.verdict.value] += times
        found[tally.name] = dict(counts)
    return found


class Planes:
    """A bit for each combination, in words of numpy."""

    def __init__(self, words: Any) -> None:  # noqa: ANN401 - numpy need not be installed.
        self.words = words

    def __and__(self, other: Any) -> Any:  # noqa: ANN401
        # What is no plane is 0, or -1 for its complement.
        return Planes(self.words & other.words) if isinstance(other, Planes) else self if other else 0

    def __or__(self, other: Any) -> Any:  # noqa: ANN401
        return Planes(self.words | other.words) if isinstance(other, Planes) else other or self

    def __invert__(self) -> Planes:
        return Planes(~self.words)

    def __bool__(self) -> bool:
        return bool(self.words.any())

    __rand__, __ror__ = __and__, __or__


class Combinations:
    """The worlds of a sweep of yes/no facts for the rules of the product, which take them for its own."""

    def __init__(self, decision: Decision, varied: Sequence[Variation]) -> None:
        import numpy as np

        self.known = decision.known.allowed
        size = 1 << (len(varied) - 6)
        self.everything = Planes(np.full(size, ~np.uint64(0)))
        self.columns: dict[str, Planes] = {}
        for place, one in enumerate(reversed(varied)):
            if place < 6:
                pattern = sum(1 << bit for bit in range(64) if bit >> place & 1)
                self.columns[one.fact] = Planes(np.full(size, np.uint64(pattern)))
            else:
                bits = np.arange(size, dtype=np.uint64) >> np.uint64(place - 6) & np.uint64(1)
                self.columns[one.fact] = Planes(np.uint64(0) - bits)

    def where(self, test: Test) -> Any:  # noqa: ANN401
        """Return the combinations in which the test holds."""
        if test.fact in self.columns:
            true, false = (test.has(value) for value in (True, False))
            column = self.columns[test.fact]
            return self.everything if true and false else column if true else ~column if false else 0
        (value,) = self.known[test.fact]
        is_so = test.range is not None and test.range.holds(value) if isinstance(value, Range) else test.has(value)
        return self.everything if is_so else 0


def counted_by_numpy(decision: Decision, varied: Sequence[Variation]) -> Counts:
    """Return how often each verdict on each authority occurs, by evaluating its rules in all combinations at once."""
    import numpy as np

    worlds: Any = Combinations(decision, varied)
    law, found = decision.law, {}
    for name, authority in law.pack.authorities.items():
        tables = AuthorityTables(authority, law.pack.questions, worlds, law.in_force)
        masks: Any = tables.agreed(tables.combinations(decision.lens.admits)).worlds
        counts = {
            verdict.value: int(np.bitwise_count(mask.words).sum())
            for verdict, mask in zip(ORDER, masks, strict=True)
            if mask
        }
        found[name] = {verdict: count for verdict, count in counts.items() if count}
    return found


def main() -> int:
    """Return 0 if everything could be timed, else 1."""
    parser = argparse.ArgumentParser(description="Ratios of a sweep to deciding each combination, and to numpy.")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="runs of each (5)")
    parser.add_argument(
        "--facts", type=int, default=len(VARIED), metavar="N", help="yes/no facts that are counted (24)"
    )
    parser.add_argument("--rows", type=int, default=10, metavar="N", help="yes/no facts of which rows are made (10)")
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, medians of {given.repeats} interleaved runs, time of the processor.\n")

    decision, varied = asked(given.rows)
    if rows_differ(decision, varied):
        print("no ratios: a row says something else than the decision on it", file=sys.stderr)
        return 1
    works = {
        "each decided alone": timed(lambda: [None for _ in decided(decision, varied)]),
        "sweep, rows": timed(lambda: [None for _ in Sweep(decision, varied).rows()]),
    }
    print(table(f"{1 << given.rows:,} combinations, as rows", interleaved(works, given.repeats)) + "\n", flush=True)

    decision, varied = asked(given.facts)
    sweep = Sweep(decision, varied)
    print(f"{sweep.total:,} combinations, {sweep.possible:,} can be so")
    works = {"sweep, counts": timed(lambda: counted(decision, varied))}
    try:
        import numpy as np
    except ImportError:
        print("numpy is not installed: pip install numpy")
    else:
        if sweep.possible == sweep.total and counted_by_numpy(decision, varied) != counted(decision, varied):
            print("no ratios: numpy counts something else", file=sys.stderr)
            return 1
        works = {f"numpy {np.__version__}, bit planes": timed(lambda: counted_by_numpy(decision, varied)), **works}
    targets = {"sweep, counts": 1.0} if len(works) > 1 else {}
    print(table(f"{sweep.total:,} combinations, verdicts counted", interleaved(works, given.repeats), targets))
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
