"""What an author writes, where that differs from what it is read into."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any, TypeAlias

from authcheck.frozen import dataclass
from authcheck.model.authority import Authority, Element, Hedge, Inferred, UnmetCites, UnmetHedge
from authcheck.model.claim import Claim
from authcheck.model.condition import Condition, Term
from authcheck.model.fact import Fact
from authcheck.model.names import Cites, FactId, Id, Key, Least, Named, Of, OneOf, OrOne, Required, Said, Short
from authcheck.model.pack import Caution, Power
from authcheck.model.period import Period, WhileInForce
from authcheck.model.question import Holder, Lens, Question
from authcheck.model.scenario import Claimed, InActivity, Precedent, Unmodelled
from authcheck.model.source import Document, Passage
from authcheck.model.verdict import Verdict

__all__ = ["AS_WRITTEN", "FILES", "PACK_FILES", "DocumentForm", "ScenarioForm"]


@dataclass(frozen=True, slots=True)
class PackForm:
    """pack.yaml: what the pack is, and what it is not."""

    pack: Annotated[Id, Said("The id of the pack.")]
    title: str
    version: str
    as_of: Annotated[datetime.date, Said("The date for which a scenario without one is answered.")]
    review: Annotated[str, Said("Who has reviewed the rules and the quotations.")]
    disclaimer: Annotated[str, Said("Printed with every answer.")]


@dataclass(frozen=True, slots=True)
class DocumentForm(Document):
    """sources/<document>.yaml: a document and the passages of it that are cited."""

    passages: Annotated[tuple[Passage, ...], Required()] = ()


@dataclass(frozen=True, slots=True)
class FactsForm:
    """vocabulary/facts.yaml."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TermsForm:
    """vocabulary/terms.yaml."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class PowersForm:
    """vocabulary/powers.yaml."""

    powers: tuple[Power, ...]


@dataclass(frozen=True, slots=True)
class QuestionsForm:
    """vocabulary/questions.yaml."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class LensForm:
    """Which readings an answer admits."""

    lens: Id
    title: str
    admits: Annotated[str, OneOf(("documents", "all"))] = ""
    holder: Annotated[str, Of("holder"), Named("id")] = ""


@dataclass(frozen=True, slots=True)
class LensesForm:
    """vocabulary/lenses.yaml."""

    holders: tuple[Holder, ...]
    lenses: tuple[Lens, ...]


@dataclass(frozen=True, slots=True)
class CautionsForm:
    """vocabulary/cautions.yaml."""

    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class ElementForm:
    """One cited condition of a ground."""

    element: Id
    text: str
    cite: Cites
    when: Annotated[Condition | None, Said("The condition; not beside `contested`.")] = None
    unless: Condition | None = None
    silent_when: Annotated[Condition | None, Said("Where the sources do not say.")] = None
    silence: Annotated[str, Said("What the sources do not say, in words.")] = ""
    contested: Annotated[str, Named("id"), Said("The question on whose readings the condition turns.")] = ""
    readings: Annotated[
        Mapping[str, Any],
        Named("id"),
        Said("For each reading a condition, {when, unless, silent_when, silence, hedge, hedge_unmet}, or `not-asked`."),
    ] = field(default_factory=dict)
    see_also: Cites = ()
    speaks_of: Annotated[
        Condition | None,
        Said("Of what its passages speak; where that is not so, they are not cited."),
    ] = None
    cite_unmet: UnmetCites = ()
    hedge: Hedge = ""
    hedge_unmet: UnmetHedge = ""
    in_force: WhileInForce = None
    inferred: Inferred = ""


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Every authority that supplies a power, on whatever reading."""

    supplies: Id


Authorities: TypeAlias = Annotated[
    tuple[Suppliers, ...],
    OrOne(),
    Short("supplies"),
    Named("id"),
    Said("The authorities: ids, or {supplies: power}; `all` for every one."),
]
Moves: TypeAlias = Annotated[Mapping[str, Any], Named("fact"), Least(1)]
SettledVerdict: TypeAlias = Annotated[
    str, OneOf(tuple(verdict.value for verdict in Verdict if verdict is not Verdict.UNDETERMINED))
]


@dataclass(frozen=True, slots=True)
class AllForm:
    """In every world, where `if` holds, `then` holds."""

    then: Condition
    given: Annotated[Condition | None, Key("if"), Said("Left out: everywhere.")] = None


@dataclass(frozen=True, slots=True)
class UnchangedForm:
    """Nothing changes about the authorities where these facts alone change."""

    of: Authorities
    by: Annotated[Moves, Said("The facts that change together: `any`, or the values that each runs through.")]


@dataclass(frozen=True, slots=True)
class ChangesForm:
    """Somewhere, these facts alone take each authority from one verdict to another."""

    of: Authorities
    by: Annotated[Moves, Said("`any`, or two values: the one before and the one after.")]
    before: Annotated[SettledVerdict, Key("from")]
    to: SettledVerdict


@dataclass(frozen=True, slots=True)
class NeverLowerForm:
    """From one kind of world to another, otherwise the same, no reading makes the authorities less."""

    of: Authorities
    before: Annotated[Condition, Key("from")]
    to: Condition
    given: Annotated[Condition | None, Key("if"), Said("What holds in both.")] = None


@dataclass(frozen=True, slots=True)
class NeverHigherForm:
    """As a number grows and nothing else changes, no reading makes the authorities more."""

    of: Authorities
    along: Annotated[FactId, Said("The number.")]
    given: Annotated[Condition | None, Key("if"), Said("What holds in both.")] = None


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """A sentence of the documents about all worlds, in one of seven forms."""

    claim: Id
    text: Annotated[str, Said("The sentence.")]
    cite: Cites
    hedge: Annotated[str, Said("How the sources hedge it; shown with the result.")] = ""
    lens: Annotated[str, Named("id"), Said("Whose readings count; `documents` if left out.")] = ""
    all: AllForm | None = None
    some: Annotated[Condition | None, Said("In some world this holds.")] = None
    iff: Annotated[tuple[Condition, ...], Said("In every world both of two hold, or neither.")] = ()
    unchanged: UnchangedForm | None = None
    changes: ChangesForm | None = None
    never_lower: NeverLowerForm | None = None
    never_higher: NeverHigherForm | None = None
    note: Annotated[str, Said("What to know of the encoding.")] = ""
    in_force: Annotated[
        Period | None, Said("The time of the law of which it speaks: before and after, nothing is claimed.")
    ] = None


@dataclass(frozen=True, slots=True)
class ClaimsForm:
    """claims.yaml."""

    claims: tuple[Claim, ...]


_UNSTATED = OneOf(("default", "absent", "unknown"))


@dataclass(frozen=True, slots=True)
class ExpectForm:
    """What the author expects of the answer."""

    verdicts: Annotated[Mapping[str, Verdict], Named("id"), Of("authority")]
    lens: Annotated[str, Of("lens"), Named("id")] = ""
    unstated: Annotated[str, _UNSTATED] = ""
    match: Annotated[str, OneOf(("exact", "subset")), Said("`exact`: each that is engaged is listed.")] = "exact"
    relies_on: Annotated[tuple[str, ...], Of("authority"), Named("id")] = ()
    activity: InActivity = ""
    option: Annotated[
        str,
        Named("id"),
        Of("course of action of the scenario"),
        Said("One of the courses of action under `options`; left out: the scenario as it stands."),
    ] = ""


@dataclass(frozen=True, slots=True)
class ScenarioForm:
    """A described situation."""

    scenario: Annotated[str, Said("The title.")]
    id: Annotated[str, Named("id"), Said("Names a record that does not stand in a file of its own.")] = ""
    as_of: Annotated[datetime.date | None, Said("The scenario's only date.")] = None
    description: str = ""
    cite: Cites = ()
    precedent: Precedent | None = None
    unstated: Annotated[str, _UNSTATED] = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: Annotated[
        Mapping[str, Mapping[str, Any]], Named("id"), Said("Courses of action, of which one would be taken.")
    ] = field(default_factory=dict)
    activities: Annotated[
        Mapping[str, Mapping[str, Any]], Named("id"), Said("Activities that are all done; not beside `options`.")
    ] = field(default_factory=dict)
    unmodelled: Annotated[tuple[Unmodelled, ...], Said("What the story holds that no fact says.")] = ()
    claimed: Annotated[tuple[Claimed, ...], Said("What somebody said was relied on.")] = ()
    expect: Annotated[tuple[ExpectForm, ...], OrOne()] = ()


AS_WRITTEN: Mapping[type, type] = {Claim: ClaimForm, Document: DocumentForm, Element: ElementForm, Lens: LensForm}
"""The parts that are written otherwise than they are."""

FILES: Mapping[str, type] = {
    "pack.yaml": PackForm,
    "claims.yaml": ClaimsForm,
    "vocabulary/facts.yaml": FactsForm,
    "vocabulary/terms.yaml": TermsForm,
    "vocabulary/powers.yaml": PowersForm,
    "vocabulary/questions.yaml": QuestionsForm,
    "vocabulary/lenses.yaml": LensesForm,
    "vocabulary/cautions.yaml": CautionsForm,
}
"""The files of a pack that stand once, by their paths."""

PACK_FILES = (*FILES.values(), Authority, DocumentForm)
