"""The shape of each file, as its author writes it: the reference for authors, and the source of the schemas.

Names are resolved and conditions read later, where the whole pack is known.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

__all__ = [
    "AuthorityFile",
    "CautionsFile",
    "ClaimsFile",
    "DocumentFile",
    "FactsFile",
    "LensesFile",
    "PackFile",
    "PowersFile",
    "QuestionsFile",
    "ScenarioFile",
    "TermsFile",
]

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
FactId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
Date: TypeAlias = Annotated[
    datetime.date | Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")],
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
Cites: TypeAlias = list[Id]
Scalar: TypeAlias = bool | int | str

CONDITION_SCHEMA = {
    "description": "A fact or term by name; {fact: value}; {fact: [values]}; {fact: {not: value}}; "
    "{fact: {at_least: n, at_most: n}}; {in_force: authority}; all, any, not; true, false, silent.",
    "type": ["string", "boolean", "object"],
    "minProperties": 1,
    "maxProperties": 1,
}
Condition: TypeAlias = Annotated[Any, WithJsonSchema(CONDITION_SCHEMA)]
CLAIM_CONDITION_SCHEMA = {
    **CONDITION_SCHEMA,
    "description": f"{CONDITION_SCHEMA['description']} Also {{verdict: {{authority: verdict}}}}, with one, "
    "a list or {not: verdict}, and {caution: id}; not silent.",
}
ClaimCondition: TypeAlias = Annotated[Any, WithJsonSchema(CLAIM_CONDITION_SCHEMA)]
STATED_SCHEMA = {
    "description": "A value, a list of values, `unknown`, {at_least, at_most}, {value, status, note}, or facts "
    "nested by the first words of their names.",
    "type": ["string", "boolean", "integer", "array", "object"],
}
Stated: TypeAlias = Annotated[Any, WithJsonSchema(STATED_SCHEMA)]


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class PackFile(_Part):
    """pack.yaml: what the pack is, and what it is not."""

    pack: Id = Field(description="The id of the pack.")
    title: Text
    version: Text
    as_of: Date = Field(description="The date for which a scenario without one is answered.")
    review: Text = Field(description="Who has reviewed the rules and the quotations.")
    disclaimer: Text = Field(description="Printed with every answer.")


class DerivedPart(_Part):
    """How a number follows from the scenario's date and one stated date."""

    from_: FactId = Field(alias="from", description="The date fact that is counted from.")
    first: int = Field(description="The number on that date itself.")
    rule: Text = Field(description="The counting rule in words.")


class FactPart(_Part):
    """One fact of the vocabulary."""

    fact: FactId
    group: Text
    kind: Literal["activity", "event", "status"]
    type: Literal["yes-no", "choice", "number", "date"]
    question: Text = Field(description="The question in plain words, as an interview asks it.")
    meaning: Text = Field(description="What counts, and what does not.")
    values: dict[FactId, Text] = Field(default_factory=dict, description="Of a choice: each value and its meaning.")
    absent: Scalar | None = Field(None, description="The value under `unstated: absent`; an unstated activity's.")
    unless_stated: Scalar | None = Field(None, description="The value that an unstated event is assumed to have.")
    unit: str = ""
    minimum: int = 0
    derived: DerivedPart | None = None
    only_if: Condition = Field(None, description="Where this fails, the fact has its absent value.")
    implies: dict[FactId, Condition] = Field(default_factory=dict, description="What follows from a value.")
    judgement: bool = Field(False, description="An open norm: the answer says that it rests on a judgement.")
    narrative: bool = Field(False, description="No rule turns on it.")
    cite: Cites = Field(default_factory=list)


class FactsFile(_Part):
    """vocabulary/facts.yaml."""

    facts: list[FactPart]


class TermPart(_Part):
    """A named condition."""

    term: Id
    text: Text
    when: Condition
    cite: Cites = Field(default_factory=list)


class TermsFile(_Part):
    """vocabulary/terms.yaml."""

    terms: list[TermPart]


class PowerPart(_Part):
    """Something that an activity needs."""

    power: Id
    title: Text
    meaning: Text
    needed_when: Condition
    cite: Cites = Field(default_factory=list)


class PowersFile(_Part):
    """vocabulary/powers.yaml."""

    powers: list[PowerPart]


class ReadingPart(_Part):
    """One named answer to a question."""

    reading: Id
    text: Text
    holders: list[Id] = Field(min_length=1, description="Whose view it is.")
    reported_by: str = Field("", description="Who says that it is theirs.")
    cite: Cites


class QuestionPart(_Part):
    """A contested point."""

    question: Id
    text: Text
    readings: list[ReadingPart] = Field(min_length=2)
    shown_with: list[Id] = Field(
        default_factory=list, description="Authorities to show it with, if no rule turns on it."
    )
    note: str = ""


class QuestionsFile(_Part):
    """vocabulary/questions.yaml."""

    questions: list[QuestionPart]


class HolderPart(_Part):
    """Whose view a reading is."""

    holder: Id
    name: Text


class LensPart(_Part):
    """Which readings an answer admits."""

    lens: Id
    title: Text
    admits: Literal["documents", "all"] | None = None
    holder: Id | None = None


class LensesFile(_Part):
    """vocabulary/lenses.yaml."""

    holders: list[HolderPart]
    lenses: list[LensPart]


class CautionPart(_Part):
    """A cited risk, advice or statement of intention."""

    caution: Id
    text: Text
    when: Condition
    cite: Cites


class CautionsFile(_Part):
    """vocabulary/cautions.yaml."""

    cautions: list[CautionPart]


class SuppliersPart(_Part):
    """Every authority that supplies a power, on whatever reading."""

    supplies: Id


Authorities: TypeAlias = Id | SuppliersPart | list[Id | SuppliersPart]
RUN_SCHEMA = {"anyOf": [{"const": "any"}, {"type": "array", "items": {"type": ["string", "boolean"]}, "minItems": 2}]}
Moves: TypeAlias = Annotated[dict[FactId, Annotated[Any, WithJsonSchema(RUN_SCHEMA)]], Field(min_length=1)]
SettledVerdict: TypeAlias = Literal["available", "contested", "silent", "unavailable", "not-engaged"]


class AllPart(_Part):
    """In every world, where `if` holds, `then` holds."""

    if_: ClaimCondition = Field(None, alias="if", description="Left out: everywhere.")
    then: ClaimCondition


class UnchangedPart(_Part):
    """Nothing changes about the authorities where these facts alone change."""

    of: Authorities = Field(description="The authorities: ids, or {supplies: power}; `all` for every one.")
    by: Moves = Field(description="The facts that change together: `any`, or the values that each runs through.")


class ChangesPart(_Part):
    """Somewhere, these facts alone take each authority from one verdict to another."""

    of: Authorities
    by: Moves = Field(description="`any`, or two values: the one before and the one after.")
    from_: SettledVerdict = Field(alias="from")
    to: SettledVerdict


class NeverLowerPart(_Part):
    """From one kind of world to another, otherwise the same, no reading makes the authorities less."""

    of: Authorities
    if_: ClaimCondition = Field(None, alias="if", description="What holds in both.")
    from_: ClaimCondition = Field(alias="from")
    to: ClaimCondition


class NeverHigherPart(_Part):
    """As a number grows and nothing else changes, no reading makes the authorities more."""

    of: Authorities
    if_: ClaimCondition = Field(None, alias="if", description="What holds in both.")
    along: FactId = Field(description="The number.")


class ClaimPart(_Part):
    """A sentence of the documents about all worlds, in one of seven forms."""

    claim: Id
    text: Text = Field(description="The sentence.")
    hedge: str = Field("", description="How the sources hedge it; shown with the result.")
    cite: Cites
    lens: Id | None = Field(None, description="Whose readings count; `documents` if left out.")
    all: AllPart | None = None
    some: ClaimCondition = Field(None, description="In some world this holds.")
    iff: list[ClaimCondition] | None = Field(None, description="In every world both of two hold, or neither.")
    unchanged: UnchangedPart | None = None
    changes: ChangesPart | None = None
    never_lower: NeverLowerPart | None = None
    never_higher: NeverHigherPart | None = None
    note: str = Field("", description="What to know of the encoding.")


class ClaimsFile(_Part):
    """claims.yaml."""

    claims: list[ClaimPart]


class PassagePart(_Part):
    """Exact words of a document; without `quote`, a citation only."""

    passage: Id
    quote: str = ""
    at: Text = Field(description="The paragraph or section.")
    speaker: Text
    role: str = ""
    anonymous: bool = False
    kind: Literal["law", "procedure", "precedent", "policy", "fact"]
    status: str = ""
    note: str = ""


class DocumentFile(_Part):
    """sources/<document>.yaml: a document and the passages of it that are cited."""

    document: Id
    title: Text
    class_: Literal[
        "constitution",
        "statute",
        "treaty",
        "executive-order",
        "official-statement",
        "expert-analysis",
        "reporting",
    ] = Field(alias="class")
    publisher: str = ""
    author: str = ""
    date: str = ""
    carries_rules: bool = Field(False, description="Whether the rules encode this document's words.")
    file: str = Field("", description="The name of the full text, for verification.")
    sha256: str = ""
    numbering: str = ""
    restates: Id | None = Field(None, description="The document that this one copies.")
    note: str = ""
    passages: list[PassagePart]


class RulePart(_Part):
    """When an element is met, where its condition needs more than one key."""

    when: Condition
    unless: Condition = None
    silent_when: Condition = None
    silence: str = ""


class ElementPart(_Part):
    """One cited condition of a ground."""

    element: Id
    text: Text
    when: Condition = Field(None, description="The condition; not beside `contested`.")
    unless: Condition = None
    silent_when: Condition = Field(None, description="Where the sources do not say.")
    silence: str = Field("", description="What the sources do not say, in words.")
    contested: Id | None = Field(None, description="The question on whose readings the condition turns.")
    readings: dict[Id, Any] | None = Field(
        None, description="For each reading a condition, or {when, unless, silent_when, silence}."
    )
    cite: Cites
    see_also: Cites = Field(default_factory=list)


class ExceptionPart(_Part):
    """What takes a ground, or the whole authority, away again."""

    exception: Id
    text: Text
    when: Condition
    cite: Cites
    see_also: Cites = Field(default_factory=list)


ReadingChoice: TypeAlias = Id | list[Id]


class GroundPart(_Part):
    """One way to rely on an authority."""

    ground: Id
    title: Text
    only_on: dict[Id, ReadingChoice] = Field(default_factory=dict)
    elements: list[ElementPart] = Field(min_length=1)
    exceptions: list[ExceptionPart] = Field(default_factory=list)


class DisplacementPart(_Part):
    """What makes the authority's question fall away."""

    text: Text
    when: Condition
    only_on: dict[Id, ReadingChoice] = Field(default_factory=dict)
    cite: Cites


class EndPart(_Part):
    """One end of the time in force."""

    date: Date
    cite: Cites = Field(min_length=1)


class InForcePart(_Part):
    """The first day in force, and the first day no longer."""

    from_: EndPart | None = Field(None, alias="from")
    to: EndPart | None = None


class DuePart(_Part):
    """The day on which a duty falls due."""

    from_: FactId = Field(alias="from")
    days: int
    words: Text


class ClockPart(_Part):
    """The count of days on which a duty runs out."""

    counter: FactId
    limit: int


class DutyPart(_Part):
    """What relying on the authority requires."""

    duty: Id
    text: Text
    by: Text
    when: Condition
    arises_with: Literal["reliance", "activity"] = "reliance"
    done_when: Condition = None
    due: DuePart | None = None
    clock: ClockPart | None = None
    cite: Cites
    see_also: Cites = Field(default_factory=list)


class NonEffectPart(_Part):
    """A power that the authority does not supply."""

    power: Id
    text: Text
    misconception: Text
    cite: Cites


class WaiverPart(_Part):
    """A power that relying on the authority does not call for."""

    power: Id
    text: Text
    cite: Cites


class RemarkPart(_Part):
    """A sentence that is shown, never computed."""

    text: Text
    cite: Cites = Field(default_factory=list)


class SupplyPart(_Part):
    """A power that the authority supplies on some readings alone."""

    power: Id
    only_on: dict[Id, ReadingChoice] = Field(default_factory=dict)
    cite: Cites = Field(default_factory=list)


class AuthorityFile(_Part):
    """<authority>.yaml, in the order in which a lawyer reads."""

    authority: Id
    title: Text
    law: Text = Field(description="The citation.")
    class_: Literal["constitution", "statute", "treaty", "executive-order", "official-statement"] = Field(alias="class")
    role: Literal["source", "means"]
    summary: str = ""
    in_effect: str = Field("", description="How it is worded when available, where that means its own effects only.")
    governs: Condition = Field(None, description="Where this is false, the authority is not engaged.")
    not_engaged: str = Field("", description="The reason then given.")
    supplies: list[Id | SupplyPart] = Field(default_factory=list)
    means_for: list[Id] = Field(default_factory=list)
    in_force: InForcePart | None = None
    displaced_by: list[DisplacementPart] = Field(default_factory=list)
    grounds: list[GroundPart] = Field(min_length=1)
    exceptions: list[ExceptionPart] = Field(default_factory=list)
    duties: list[DutyPart] = Field(default_factory=list)
    waives: list[WaiverPart] = Field(default_factory=list)
    does_not_supply: list[NonEffectPart] = Field(default_factory=list)
    limits: list[RemarkPart] = Field(default_factory=list)
    notes: list[RemarkPart] = Field(default_factory=list)
    not_said: list[RemarkPart] = Field(default_factory=list)
    see_also: Cites = Field(default_factory=list)


class ExpectPart(_Part):
    """What the author expects of the answer."""

    lens: Id | None = None
    unstated: Literal["default", "absent", "unknown"] | None = None
    match: Literal["exact", "subset"] = Field("exact", description="`exact`: every authority is listed.")
    relies_on: list[Id] | None = None
    verdicts: dict[Id, Literal["available", "contested", "silent", "unavailable", "not-engaged", "undetermined"]]


class PrecedentPart(_Part):
    """The authorities to which the text ties a past event."""

    authorities: list[Id]
    text: Text


class ScenarioFile(_Part):
    """A described situation."""

    scenario: Text = Field(description="The title.")
    id: Id | None = Field(None, description="Names a record that does not stand in a file of its own.")
    as_of: Date | None = Field(None, description="The scenario's only date.")
    description: str = ""
    cite: Cites = Field(default_factory=list)
    precedent: PrecedentPart | None = None
    unstated: Literal["default", "absent", "unknown"] | None = None
    facts: dict[str, Stated] = Field(default_factory=dict)
    options: dict[Id, dict[str, Stated]] = Field(default_factory=dict)
    expect: Annotated[list[ExpectPart], BeforeValidator(_listed)] = Field(default_factory=list)
