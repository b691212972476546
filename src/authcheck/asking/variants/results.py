"""What the variants of a scenario are: what is changed, and what becomes of which authority."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from authcheck.answer.answer import Kind, Outcome, Receipt, UnmodelledAnswer
from authcheck.answer.hedges import Hedge
from authcheck.answer.restated import StatedAnew
from authcheck.answer.result import ResultType
from authcheck.frozen import dataclass
from authcheck.model.verdict import Verdict
from authcheck.wording import spoken

__all__ = [
    "RANK",
    "RESULT",
    "SCHEMA",
    "Alteration",
    "ConditionChange",
    "Effect",
    "FactChange",
    "Variant",
    "Variants",
]

SCHEMA = "authcheck.variants/1"


class Effect(enum.Enum):
    """What a change does to one authority; what teaches most comes first."""

    GAINED = "gained"
    LOST = "lost"
    DISPUTE_SETTLED = "dispute-settled"
    DISPUTE_OPENED = "dispute-opened"
    SILENCE_MET = "silence-met"
    DISPUTE_MOVED = "dispute-moved"
    OPENED = "opened"
    SETTLED = "settled"
    ENGAGED = "engaged"
    DISENGAGED = "disengaged"


@dataclass(frozen=True, slots=True)
class FactChange(StatedAnew):
    """A fact stated at another value; `setting` is what states it on a command line: `fact=value`."""

    setting: str


@dataclass(frozen=True, slots=True)
class ConditionChange:
    """A condition of an authority that the change makes another: an element, an exception, what it governs.

    `reading` is that on which it becomes so, where not on all.
    """

    id: str
    kind: Kind
    text: str
    reading: str
    before: Outcome
    after: Outcome

    @property
    def words(self) -> str:
        """What it was, and what it is."""
        reading = f" on {self.reading}" if self.reading else ""
        return f"{self.before.words} → {self.after.words}{reading}"


@dataclass(frozen=True, slots=True)
class Alteration:
    """What becomes of one authority.

    `only_together` is true where the change is of two facts, and neither alone does this to the authority.
    `in_effect` words what it is where it is available, if it has effects of its own only.
    """

    authority: str
    title: str
    effect: Effect
    before: Verdict
    after: Verdict
    possible_before: tuple[Verdict, ...]
    possible_after: tuple[Verdict, ...]
    hedges_before: tuple[Hedge, ...]
    hedges_after: tuple[Hedge, ...]
    crux_before: tuple[str, ...]
    crux_after: tuple[str, ...]
    in_effect: str
    only_together: bool
    turns: tuple[ConditionChange, ...]

    def words(self, verdict: Verdict) -> str:
        """Return a verdict on the authority in a word, or what it is in effect."""
        return self.in_effect if verdict is Verdict.AVAILABLE and self.in_effect else spoken(verdict.value)


@dataclass(frozen=True, slots=True)
class Variant:
    """A change of one fact, or of two, that alters a verdict or a crux.

    `no_longer_apply` are the stated facts that mean nothing once the change is made: they are stated absent.
    `alike` are all the values of the same facts that do the same, where there are more than those stated.
    """

    name: str
    changes: tuple[FactChange, ...]
    no_longer_apply: tuple[FactChange, ...]
    isolates: str
    alterations: tuple[Alteration, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of a scenario, those that teach most first.

    With `authorities`, those that alter one of these. The counts are of all that there are; the list may hold
    fewer. `questions` has the words of every crux in it.
    """

    schema: str
    scenario: str
    title: str
    option: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    authorities: tuple[str, ...]
    of_one_fact: int
    of_two_facts: int
    variants: tuple[Variant, ...]
    questions: Mapping[str, str]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("variants", "The variants of a scenario, of authcheck", SCHEMA, Variants)

RANK = {effect: rank for rank, effect in enumerate(Effect)}
"""The place of each effect among what changes teach."""
