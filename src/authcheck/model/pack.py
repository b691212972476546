"""A pack: the law as a set of documents states it, with the vocabulary that scenarios are written in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.authority import Authority
from authcheck.model.claim import Claim
from authcheck.model.condition import Condition, Term
from authcheck.model.fact import Fact
from authcheck.model.names import Cites, Id, Plain, Said
from authcheck.model.period import WhileInForce
from authcheck.model.question import Holder, Lens, Question
from authcheck.model.source import Document, Passage

__all__ = ["Caution", "Pack", "Power"]


@dataclass(frozen=True, slots=True)
class Power:
    """Something that an activity needs, when the condition holds, and that an authority may supply."""

    power: Id
    title: str
    meaning: str
    needed_when: Annotated[Condition, Plain()]
    place: Place
    silent_when: Annotated[
        Condition | None, Plain(), Said("Where no source supplies it, and the sources do not say whether it is met.")
    ] = None
    silence: Annotated[str, Said("What they do not say, in words; with `silent_when`.")] = ""
    cite: Cites = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """A cited risk, advice or statement of intention. Never changes a verdict."""

    caution: Id
    text: str
    when: Annotated[Condition, Plain()]
    cite: Cites
    place: Place
    in_force: WhileInForce = None


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that the engine needs to know of the law. All mappings are by id, in a fixed order."""

    id: str
    title: str
    version: str
    as_of: datetime.date
    review: str
    disclaimer: str
    digest: str
    authorities: Mapping[str, Authority]
    facts: Mapping[str, Fact]
    terms: Mapping[str, Term]
    powers: Mapping[str, Power]
    questions: Mapping[str, Question]
    holders: Mapping[str, Holder]
    lenses: Mapping[str, Lens]
    cautions: Mapping[str, Caution]
    documents: Mapping[str, Document]
    passages: Mapping[str, Passage]
    places: Mapping[str, Place] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
