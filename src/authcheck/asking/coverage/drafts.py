"""What scenarios are to state, taken from worlds, and what they are once somebody writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from authcheck.answer import DEFAULT_LENS, Decider
from authcheck.answer.understood import understood
from authcheck.asking.coverage.results import Point
from authcheck.decision.decision import Decision
from authcheck.decision.known import know, single
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.plainest import plainest, plainest_value
from authcheck.evaluation.worlds import Allowed, Cell, Worlds
from authcheck.frozen import dataclass
from authcheck.model.condition import Condition, Range
from authcheck.model.scenario import Expectation, Scenario, StatedFact, Unstated, stated_as
from authcheck.model.verdict import Verdict

__all__ = ["Draft", "expecting", "left_unknown", "values_in", "without_what_is_taken"]

_HERE = Place("")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a scenario is to state on a day, and the point that it is made for."""

    aim: Point
    day: datetime.date
    stated: Mapping[str, StatedFact]
    unstated: Unstated = Unstated.ABSENT

    def scenario(self, name: str) -> Scenario:
        """Return the scenario of the name."""
        return Scenario(
            id=name,
            title=name,
            place=Place(f"{name}.yaml"),
            digest="",
            facts=self.stated,
            as_of=self.day,
            unstated=self.unstated,
        )


def values_in(
    worlds: Worlds, mask: int, rules: Iterable[Condition], allowed: Mapping[str, Allowed], decider: Decider
) -> dict[str, StatedFact]:
    """Return the facts of the rules as they are in the plainest of the worlds."""
    facts = decider.law.facts
    world = plainest(worlds, facts, mask)
    narrowed = dict(allowed)
    for name, dimension in worlds.dimensions.items():
        cell = next(one for index, one in enumerate(dimension.cells) if world & worlds.column(name, index))
        narrowed[name] = _within(allowed[name], cell)
    # Within the cells the rules tell nothing apart, but the vocabulary may.
    fine = lay_out(rules, facts, narrowed)
    one = plainest(fine, facts, fine.possible)
    return {name: stated_as(name, single(plainest_value(fine, facts[name], one)), _HERE) for name in fine.dimensions}


def _within(allowed: Allowed, cell: Cell) -> Allowed:
    if isinstance(cell, Range):
        return tuple(part for one in allowed if isinstance(one, Range) and (part := one.shared(cell)) is not None)
    return tuple(one for one in allowed if not isinstance(one, Range) and one in cell)


def without_what_is_taken(
    values: Mapping[str, StatedFact], day: datetime.date, decider: Decider
) -> Mapping[str, StatedFact]:
    """Return the values without those that, left out, are taken to be the same."""
    facts = decider.law.facts
    kept = {name: values[name] for name in facts if name in values}
    wanted = {name: one.values or one.ranges for name, one in kept.items()}
    for name in list(kept):
        fewer = {other: one for other, one in kept.items() if other != name}
        try:
            known = know(facts, fewer, Unstated.ABSENT, day).allowed
        except AuthcheckError:
            continue
        if all(known[other] == value for other, value in wanted.items()):
            kept = fewer
    return kept


def left_unknown(names: Iterable[str]) -> dict[str, StatedFact]:
    """Return the statements that the facts are not known."""
    return {name: StatedFact(name, _HERE, unknown=True) for name in names}


_LONGEST_TITLE = 100


def expecting(scenario: Scenario, decision: Decision) -> Scenario:
    """Return the scenario with a title from what it states, and its answer as what is expected."""
    expected = Expectation(
        place=_HERE,
        verdicts={
            name: verdict.value for name, verdict in decision.verdicts.items() if verdict is not Verdict.NOT_ENGAGED
        },
        verdict_places={},
        relies_on=decision.relies_on,
        lens=DEFAULT_LENS,
    )
    return replace(scenario, title=_title(understood(decision.known)), expect=(expected,))


def _title(told: Sequence[str]) -> str:
    """Return as much of what is told as a title holds."""
    title = ""
    for clause in told:
        longer = f"{title}; {clause}" if title else clause
        if len(longer) > _LONGEST_TITLE and title:
            break
        title = longer
    # What begins so says where something is done, or by whom.
    if title.startswith(("by ", "in ", "where ", "equipped ")):
        title = f"An operation {title}"
    return title[:1].upper() + title[1:] or "An operation of which little is known"
