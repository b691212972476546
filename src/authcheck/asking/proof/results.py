"""What proving a claim comes to."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

from authcheck.answer.answer import CitedPassage
from authcheck.answer.hedges import Hedge
from authcheck.answer.result import ResultType
from authcheck.frozen import dataclass
from authcheck.model.verdict import Verdict

__all__ = ["RESULT", "SCHEMA", "ClaimResult", "ClaimSpan", "Exhibit", "Part", "Proof", "Result"]

SCHEMA = "authcheck.proof/1"


class Result(enum.Enum):
    """What a claim comes to: it holds; it holds since no rule asks for what changes; nothing tests it; it fails."""

    PROVED = "proved"
    UNASKED = "unasked"
    VACUOUS = "vacuous"
    REFUTED = "refuted"


class Part(enum.Enum):
    """What a scenario is to a claim: an example of it, a refutation, or one of two worlds that belong together."""

    EXAMPLE = "example"
    REFUTATION = "refutation"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A scenario that shows something of a claim. What it does not state is absent.

    `name` can name its file. `readings` are chosen beside the lens of the claim, where what it shows is seen on
    them alone. `verdicts` and `cautions` are those of which the claim speaks, `hedges` those of the verdicts that
    have any.
    """

    part: Part
    name: str
    facts: Mapping[str, bool | int | str]
    readings: Mapping[str, str]
    verdicts: Mapping[str, Verdict]
    hedges: Mapping[str, tuple[Hedge, ...]]
    cautions: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """What a claim comes to from a first day to the first on which it is otherwise, which is None where there is none.

    `claimed` is false before and after the time of the law of which it speaks.
    """

    first: datetime.date
    over: datetime.date | None
    result: Result
    claimed: bool


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether one claim holds.

    `cases` counts the worlds that were examined, or that show what is to be shown; worlds that neither the claim
    nor a rule behind it tells apart are one case. `over_time` is there where it was asked for.
    `changed` are the facts that the claim changes, of which no rule asks for those in `unasked`.
    """

    claim: str
    text: str
    hedge: str
    note: str
    lens: str
    form: str
    authorities: tuple[str, ...]
    cautions: tuple[str, ...]
    changed: tuple[str, ...]
    unasked: tuple[str, ...]
    result: Result
    cases: int
    scenarios: tuple[Exhibit, ...]
    passages: tuple[str, ...]
    over_time: tuple[ClaimSpan, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether it is refuted on the date, or at another time at which it is claimed."""
        then = any(span.result is Result.REFUTED and span.claimed for span in self.over_time)
        return then or (self.result is Result.REFUTED and not self.over_time)


@dataclass(frozen=True, slots=True)
class Proof:
    """The results of some claims of a pack on its date, and what they were made from."""

    schema: str
    tool: str
    version: str
    pack: str
    pack_version: str
    pack_digest: str
    as_of: datetime.date
    claims: tuple[ClaimResult, ...]
    passages: Mapping[str, CitedPassage]
    disclaimer: str


RESULT = ResultType("proof", "What the claims of a pack come to, of authcheck", SCHEMA, Proof)
