"""The part of an answer that belongs to one authority, made once for all scenarios that come to the same of it."""

from __future__ import annotations

from collections.abc import Iterable

from authcheck.answer.answer import Cause, Finding, GapNote, LeftOut, Parting, ReadingAnswer, Weakest
from authcheck.answer.findings import TreeBuilder
from authcheck.answer.hedges import Hedge, hedges_of
from authcheck.answer.partings import partings
from authcheck.answer.reasons import because, fails, left_out, readings_of, walk, weakest
from authcheck.decision.decision import Case
from authcheck.frozen import dataclass
from authcheck.model.authority import Remark
from authcheck.model.verdict import Verdict

__all__ = ["AuthorityPart", "part_of"]


@dataclass(frozen=True, slots=True)
class AuthorityPart:
    """What an answer says of an authority whatever else is known, as `AuthorityAnswer` has it.

    `failing` is what `because` comes to in words. `passages` are those of the tree and the remarks.
    """

    tree: Finding
    hedges: tuple[Hedge, ...]
    because: tuple[Cause, ...]
    failing: str
    readings: tuple[ReadingAnswer, ...]
    partings: tuple[Parting, ...]
    left_out: tuple[LeftOut, ...]
    weakest: Weakest | None
    does_not_supply: tuple[GapNote, ...]
    limits: tuple[GapNote, ...]
    notes: tuple[GapNote, ...]
    not_said: tuple[GapNote, ...]
    passages: tuple[str, ...]


def part_of(case: Case) -> AuthorityPart:
    """Return what an answer says of an authority that is so."""
    return case.once(_made)


def _made(case: Case) -> AuthorityPart:
    authority, pack = case.authority, case.law.pack
    tree = TreeBuilder(case).authority()
    causes = because(case) if case.verdict is Verdict.UNAVAILABLE else ()
    remarks = (*authority.limits, *authority.notes, *authority.not_said)
    return AuthorityPart(
        tree=tree,
        hedges=hedges_of(case),
        because=causes,
        failing=fails(tree, causes, pack),
        readings=readings_of(case, pack),
        partings=partings(authority, tree, case.crux),
        left_out=tuple(left_out(case, pack)),
        weakest=weakest(case, pack),
        does_not_supply=tuple(
            GapNote(gap.power, gap.text, gap.misconception, gap.cite, gap.hedge, gap.inferred)
            for gap in authority.does_not_supply
        ),
        limits=_remarks(authority.limits),
        notes=_remarks(authority.notes),
        not_said=_remarks(authority.not_said),
        passages=tuple(
            dict.fromkeys(
                [
                    *(passage for finding in walk(tree) for passage in finding.passages),
                    *(passage for remark in remarks for passage in remark.cite),
                ]
            )
        ),
    )


def _remarks(remarks: Iterable[Remark]) -> tuple[GapNote, ...]:
    return tuple(GapNote("", remark.text, "", remark.cite) for remark in remarks)
