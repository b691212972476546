"""What the engine returns. The fields are the layout of the published JSON, in this order."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from authcheck.answer.hedges import Hedge
from authcheck.answer.inference import Inference
from authcheck.answer.result import ResultType
from authcheck.answer.standing import PowerStanding, PowerSupply, Standing
from authcheck.decision.decision import DaySource
from authcheck.decision.known import Origin
from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.authority import Role
from authcheck.model.condition import Truth
from authcheck.model.scenario import Unstated
from authcheck.model.source import DocumentClass, Speech
from authcheck.model.verdict import DutyState, Verdict

__all__ = [
    "RESULT",
    "SCHEMA",
    "Answer",
    "Asked",
    "Assumption",
    "Attention",
    "AuthorityAnswer",
    "CannotKnow",
    "Cause",
    "CautionAnswer",
    "CitedPassage",
    "ClaimStanding",
    "ClaimedAnswer",
    "ClockAnswer",
    "ClockState",
    "Dispute",
    "DutyAnswer",
    "FactAnswer",
    "Finding",
    "FindingUnderReading",
    "GapNote",
    "Kind",
    "LeftOut",
    "OptionAnswer",
    "Outcome",
    "PartedBy",
    "PartedKind",
    "Parting",
    "PowerAnswer",
    "ReadingAnswer",
    "ReadingText",
    "Receipt",
    "Truths",
    "UnmodelledAnswer",
    "Untimely",
    "Weakest",
]

SCHEMA = "authcheck.answer/2"


class Outcome(enum.Enum):
    """What a finding shows: one truth, or that it is open, that the readings part on it, or that one does not ask."""

    TRUE = "true"
    FALSE = "false"
    SILENT = "silent"
    UNKNOWN = "unknown"
    CONTESTED = "contested"
    NOT_ASKED = "not-asked"

    @property
    def words(self) -> str:
        """What an element or an exception is that shows it: met, not met, or as the outcome is called."""
        return {Outcome.TRUE: "met", Outcome.FALSE: "not met", Outcome.NOT_ASKED: "not asked"}.get(self, self.value)


class Kind(enum.Enum):
    """What a finding is of: a part of an authority as its file has it, or a condition under one."""

    AUTHORITY = "authority"
    GOVERNS = "governs"
    DISPLACEMENT = "displacement"
    IN_FORCE = "in-force"
    EXCEPTION = "exception"
    GROUND = "ground"
    ELEMENT = "element"
    READING = "reading"
    UNLESS = "unless"
    SILENT_WHEN = "silent-when"
    CONSTANT = "constant"
    TEST = "test"
    ALL = "all"
    ANY = "any"
    NOT = "not"
    TERM = "term"


Truths: TypeAlias = tuple[Truth, ...] | tuple[Verdict, ...]
"""The truths that a finding takes; of the finding of an authority itself, the verdicts."""


class Attention(enum.Enum):
    """How much an undetermined authority asks for: raised by a stated fact, in question for a power, or neither."""

    RAISED = "raised"
    IN_QUESTION = "in-question"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class FindingUnderReading:
    """The truths that a finding takes under one choice of readings; none where they do not ask for it."""

    readings: Mapping[str, str]
    truths: Truths


@dataclass(frozen=True, slots=True)
class Finding:
    """One node of the answer's tree: what was asked, the exact set of its truths, and what stands behind it.

    `truths` holds every truth that the node takes in some possible world under some admitted reading;
    `by_reading` splits them where the readings part. `facts` names the facts that a test reads. `hedges` are the
    source's own words for how sure it is of this. `inferred` is the step where it goes further than its passages.
    """

    id: str
    kind: Kind
    text: str
    outcome: Outcome
    truths: Truths
    by_reading: tuple[FindingUnderReading, ...]
    facts: tuple[str, ...]
    passages: tuple[str, ...]
    silence: str
    hedges: tuple[str, ...]
    parts: tuple[Finding, ...]
    inferred: str = ""

    @property
    def question(self) -> str:
        """The question that a reading answers; the id of its finding names both."""
        return self.id.partition("=")[0] if self.kind is Kind.READING else ""

    @property
    def reading(self) -> str:
        """The name of a reading."""
        return self.id.partition("=")[2] if self.kind is Kind.READING else ""

    @property
    def readings(self) -> tuple[Finding, ...]:
        """The readings under a finding."""
        return self.of(Kind.READING)

    def of(self, *kinds: Kind) -> tuple[Finding, ...]:
        """Return its parts of these kinds."""
        return tuple(part for part in self.parts if part.kind in kinds)


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """The verdict under one choice of the readings on which the authority's verdict turns.

    Its `hedges` are those alone that the holders of these readings say.
    """

    readings: Mapping[str, str]
    verdict: Verdict
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """What the readings of a question part on: an element, a ground that some of them lack, or a displacement.

    `shared` holds the elements of the same `ground` that are met on every reading, in every world.
    """

    question: str
    kind: Kind
    id: str
    text: str
    ground: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A reading that the lens leaves out and that would change the verdict, with the hedges that its holders say."""

    question: str
    reading: str
    holders: tuple[str, ...]
    verdict: Verdict
    hedges: tuple[Hedge, ...]


@dataclass(frozen=True, slots=True)
class GapNote:
    """A sentence about a power, with its passages, and with the source's own words for how sure it is."""

    power: str
    text: str
    misconception: str
    passages: tuple[str, ...]
    hedge: str = ""
    inferred: str = ""


@dataclass(frozen=True, slots=True)
class Weakest:
    """The weakest source on which a verdict rests."""

    passage: str
    document_class: DocumentClass
    speaker: str
    speech: Speech | None
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """What fails a ground: the elements that are not met and the exceptions that hold, in every world.

    `one_of` says that it is the smallest set of which one always does. `on` names, for a question, the readings on
    which it is so; nothing where it is on every reading.
    """

    parts: tuple[str, ...]
    one_of: bool = False
    on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuthorityAnswer(Standing):
    """The answer on one authority.

    `because` holds what fails each ground on every reading, or what fails it on which. `still_needed` holds the
    unknown facts that can change the verdict, the most useful first; `rests_on` the stated facts that are claimed,
    reported or disputed, and the judgements that the scenario supplied. `apart_from` holds what the verdict leaves
    out of account: what the story holds that no fact says. `inferred` says how much of what makes it available, or may
    make it so, is inferred; nothing where all is said.
    """

    title: str
    law: str
    role: Role
    apart_from: tuple[str, ...]
    reason: str
    attention: Attention | None
    because: tuple[Cause, ...]
    readings: tuple[ReadingAnswer, ...]
    crux: tuple[str, ...]
    partings: tuple[Parting, ...]
    left_out: tuple[LeftOut, ...]
    off_record: tuple[str, ...]
    still_needed: tuple[str, ...]
    rests_on: tuple[str, ...]
    weakest: Weakest | None
    inferred: Inference | None
    does_not_supply: tuple[GapNote, ...]
    tree: Finding
    limits: tuple[GapNote, ...]
    notes: tuple[GapNote, ...]
    not_said: tuple[GapNote, ...]
    passages: tuple[str, ...]

    @property
    def is_at_issue(self) -> bool:
        """Whether it is engaged and, where it is undetermined, raised or in question."""
        return self.verdict is not Verdict.NOT_ENGAGED and self.attention is not Attention.QUIET

    @property
    def is_contested(self) -> bool:
        """Whether the readings part on it, or may once the facts that are raised are settled."""
        if self.verdict is Verdict.UNDETERMINED:
            return Verdict.CONTESTED in self.possible and self.attention is Attention.RAISED
        return self.verdict is Verdict.CONTESTED


class ClockState(enum.Enum):
    """Where a clock stands on the scenario's date; `none` is the way of who holds that no days run."""

    RUNNING = "running"
    OVER = "over"
    NOT_STARTED = "not-started"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """One way of counting days: whose it is, the day reached of the limit, and its first and last day.

    `holder` is nobody where the count is this pack's inference. The days are None where they are not known, and
    the latest that they may be where `at_latest` is true. `perhaps`: it is not known whether it runs at all.
    `silence` says what the sources do not say of how it goes on.
    """

    clock: str
    authority: str
    title: str
    holder: str
    state: ClockState
    perhaps: bool
    day: int
    limit: int
    first: datetime.date | None
    last: datetime.date | None
    at_latest: bool
    silence: str
    passages: tuple[str, ...]
    inferred: str = ""

    @property
    def counted(self) -> str:
        """What is counted, in words."""
        return f"{self.limit} days {self.title}" if self.limit else self.title


@dataclass(frozen=True, slots=True)
class PowerAnswer(PowerSupply):
    """Whether a power is needed, and from which sources, through which means, it would be supplied.

    `apart_from` holds what the verdict leaves out of account, as that of an authority has it.
    `crux`, `readings` and `left_out` are of questions on whose readings a source supplies it or does not. `silence`
    says what the sources do not say, where no source supplies it. `carriers` are the sources that are available for an
    available power or, where none is known to be, those of which each alone fills its need.
    """

    title: str
    silence: str
    crux: tuple[str, ...]
    readings: tuple[ReadingAnswer, ...]
    left_out: tuple[LeftOut, ...]
    apart_from: tuple[str, ...]
    sources: Mapping[str, Verdict]
    carriers: tuple[str, ...]
    through: Mapping[str, Verdict]
    not_called_for: tuple[GapNote, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyAnswer:
    """A duty that the scenario raises, where it stands and when it falls due; `clock` is that which it is due by.

    `done_on` is the day on which it was done, where that is known.
    """

    duty: str
    authority: str
    text: str
    by: str
    state: DutyState
    due: datetime.date | None
    due_words: str
    clock: str
    passages: tuple[str, ...]
    inferred: str = ""
    done_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class CautionAnswer:
    """A caution that holds, or may hold depending on facts not known."""

    caution: str
    text: str
    holds: bool
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """What a fact was taken to be: `origin` is stated, implied, assumed, derived or unknown."""

    question: str
    value: str
    origin: Origin
    status: str
    note: str
    place: Place | None
    judgement: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that matters to the answer, and a statement of it, as `--set` takes it, that shows how.

    `open`: it is not known, and the authorities named are undetermined without it; else they rest on it as stated.
    """

    fact: str
    question: str
    setting: str
    open: bool
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that was taken because the scenario does not state the fact."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class ReadingText:
    """One reading of a dispute in words."""

    text: str
    holders: tuple[str, ...]
    reported_by: str
    admitted: bool
    passages: tuple[str, ...]
    inferred: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contested question that bears on the answer, with all its readings.

    `decides` names the authorities whose verdict may turn on it, `decides_powers` the powers that it acts on itself.
    """

    text: str
    note: str
    decides: tuple[str, ...]
    decides_powers: tuple[str, ...]
    shown_with: tuple[str, ...]
    readings: Mapping[str, ReadingText]


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as the answer cites it; the quote is empty where only the citation is known.

    Without `speech` the document speaks itself, under the name that is its `voice`.
    """

    quote: str
    speaker: str
    role: str
    speech: Speech | None
    through: str
    anonymous: bool
    document: str
    title: str
    publisher: str
    voice: str
    document_class: DocumentClass
    at: str
    kind: str

    @property
    def of_article(self) -> bool:
        """Whether it stands in an article, which may report what others hold."""
        return self.document_class.is_article


class ClaimStanding(enum.Enum):
    """How what was claimed stands beside what is found.

    What is claimed and not found is not available. What is undetermined or contested is open, and what is available
    may still not be relied on.
    """

    AGREED = "agreed"
    NOT_FOUND = "not-found"
    OPEN = "open"
    NOT_RELIED_ON = "not-relied-on"
    NOT_CLAIMED = "not-claimed"


class PartedKind(enum.Enum):
    """What parts a claim from what is found; of what is found and not claimed, the ground on which it is."""

    GROUND = "ground"
    ELEMENT = "element"
    EXCEPTION = "exception"
    READING = "reading"
    FACT = "fact"
    MEANS = "means"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class PartedBy:
    """One thing that parts a claim from what is found: its id, and its words."""

    kind: PartedKind
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimedAnswer:
    """An authority that somebody said was relied on, or that is found and was not; `by` is then empty."""

    authority: str
    standing: ClaimStanding
    verdict: Verdict
    by: str
    on: datetime.date | None
    source: str
    note: str
    parted_by: tuple[PartedBy, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnmodelledAnswer:
    """What the story holds that no fact says: on what it bears, by title, and all whose verdicts it touches.

    What bears on an authority touches the powers that draw on it as well.
    """

    text: str
    bears_on: Mapping[str, str]
    touches: tuple[str, ...]


class Untimely(enum.Enum):
    """How the time of a document stands to the scenario's date, where the one cannot know of the other.

    After and before: the date lies after the newest, or before the oldest, of the documents that carry the rules.
    Later: the date lies before a law, an order or an opinion that the answer cites.
    """

    AFTER = "after"
    BEFORE = "before"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class CannotKnow:
    """Why what is cited cannot know of the scenario's date: the document, by title, and its own day or year."""

    untimely: Untimely
    document: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """The answer in short for one course of action.

    `hedges` are those of the verdicts that have any; `in_effect` words what is available with its own effects only.
    `unsettled` are the powers that are or may be needed, and are neither available nor a gap.
    """

    changes: Mapping[str, str]
    verdicts: Mapping[str, Verdict]
    hedges: Mapping[str, tuple[Hedge, ...]]
    in_effect: Mapping[str, str]
    relies_on: tuple[str, ...]
    unsettled: Mapping[str, PowerStanding]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the answer was made from, so that it can be made again. `readings` are those chosen beside the lens.

    `activity` names the one of several activities of which it is.
    """

    tool: str
    version: str
    pack: str
    pack_version: str
    pack_digest: str
    scenario_digest: str
    activity: str
    as_of: datetime.date
    as_of_from: DaySource
    lens: str
    readings: Mapping[str, str]
    unstated: Unstated


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on every authority, what the scenario relies on, the trees, and what is open.

    `place` is where the scenario begins. `understood` sums up the stated facts, a clause for each group of them.
    `cannot_know` says which documents are not of the scenario's time. `asked` holds the facts that matter to it, the
    most useful first.
    """

    schema: str
    scenario: str
    place: Place
    title: str
    description: str
    option: str
    understood: tuple[str, ...]
    cannot_know: tuple[CannotKnow, ...]
    unmodelled: tuple[UnmodelledAnswer, ...]
    claimed: tuple[ClaimedAnswer, ...]
    verdicts: Mapping[str, Verdict]
    relies_on: tuple[str, ...]
    powers: Mapping[str, PowerAnswer]
    authorities: Mapping[str, AuthorityAnswer]
    clocks: tuple[ClockAnswer, ...]
    duties: tuple[DutyAnswer, ...]
    cautions: tuple[CautionAnswer, ...]
    disputes: Mapping[str, Dispute]
    facts: Mapping[str, FactAnswer]
    asked: tuple[Asked, ...]
    assumed: tuple[Assumption, ...]
    options: Mapping[str, OptionAnswer]
    passages: Mapping[str, CitedPassage]
    holders: Mapping[str, str]
    disclaimer: str
    receipt: Receipt

    def _repr_html_(self) -> str:
        """Return what a notebook shows of it: its first part, as a part of a page."""
        import importlib

        # What writes it lies in a layer above, and is found by its name where a notebook asks for it.
        shown: str = importlib.import_module("authcheck.rendering.notebook").html_of(self)
        return shown


RESULT = ResultType("answer", "An answer of authcheck", SCHEMA, Answer)
