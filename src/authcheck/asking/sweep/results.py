"""What a sweep comes to: a row for each combination, and how often each verdict occurs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from authcheck.answer.record import AuthorityVerdict, PowerRecord
from authcheck.answer.result import ResultType
from authcheck.frozen import dataclass
from authcheck.model.scenario import StatedFact

__all__ = ["NOT_NEEDED", "RESULT", "SCHEMA", "Outcome", "Row", "RowRecord", "Tally", "value_of"]

SCHEMA = "authcheck.sweep/1"

NOT_NEEDED = "not-needed"
"""What stands for the verdict on a power that is not needed."""


# It is told from others by what it is, not by what it says: to compare all that would take longer than to find it.
@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What combinations come to; those that come to the same have the same one, as long as it is remembered.

    Authorities and powers stand in the order of the pack. `changed` names those whose verdict is another than that of
    the scenario as it stands.
    """

    changed: tuple[str, ...]
    relies_on: tuple[str, ...]
    gaps: tuple[str, ...]
    authorities: Mapping[str, AuthorityVerdict]
    powers: Mapping[str, PowerRecord]

    def told(self, name: str) -> AuthorityVerdict | PowerRecord:
        """Return what an authority or a power is."""
        return self.authorities[name] if name in self.authorities else self.powers[name]

    @property
    def standings(self) -> dict[str, str]:
        """The bare verdict on every authority and power, or that a power is not needed."""
        authorities = {name: one.verdict.value for name, one in self.authorities.items()}
        powers = {name: NOT_NEEDED if one.verdict is None else one.verdict.value for name, one in self.powers.items()}
        return {**authorities, **powers}


@dataclass(frozen=True, slots=True)
class Row:
    """One combination: what is stated of each fact that varies, in the order asked for, and what it comes to."""

    values: tuple[StatedFact, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an authority or a power is what it may be.

    `turned_by` are the facts that vary of which the value alone makes another verdict of it, somewhere in the sweep.
    """

    name: str
    counts: Mapping[AuthorityVerdict | PowerRecord, int]
    turned_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowRecord:
    """A combination as it is written: the keys beside `facts` and `changed` say what those of an answer say."""

    schema: str
    facts: Mapping[str, str]
    changed: tuple[str, ...]
    relies_on: tuple[str, ...]
    gaps: tuple[str, ...]
    authorities: Mapping[str, AuthorityVerdict]
    powers: Mapping[str, PowerRecord]


RESULT = ResultType("sweep", "A combination of a sweep of authcheck", SCHEMA, RowRecord)


def value_of(stated: StatedFact) -> str:
    """Return what is stated as it stands in a table of facts: `a|b` is one of several."""
    if stated.unknown or stated.date is not None:
        return stated.said
    words = [str(one).lower() if isinstance(one, bool) else one for one in stated.values]
    return "|".join([*words, *map(str, stated.ranges)])
