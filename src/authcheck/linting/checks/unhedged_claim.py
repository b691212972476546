"""A claim that is proved is no surer than what it is proved from."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey
from authcheck.model.authority import Authority, Ground
from authcheck.model.claim import All, Claim, Iff, Some
from authcheck.model.condition import Condition, VerdictIs, parts
from authcheck.model.verdict import Verdict

CODE = "unhedged-claim"
SEVERITY = Severity.ERROR
SUMMARY = "a claim lacks the hedge of a passage that it cites, or of the ground that it says is available"
WHY = "“Proved” says that the rules have it so. Where they hedge, a claim without the hedge says more than they do."
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
- element: approved
  text: The board has approved it.
  when: approved
""",
        bad="""\
- element: approved
  text: The board has approved it.
  when: approved
  hedge: may act once  # and the claim of it does not
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every claim that lacks a hedge which the rules have of the same."""
    for claim in survey.pack.claims.values():
        said = f"{claim.text} {claim.hedge}".lower()
        for hedge in dict.fromkeys((*_of_passages(claim, survey), *_of_grounds(claim, survey))):
            if hedge.lower() not in said:
                message = f"the claim `{claim.claim}` lacks the hedge “{hedge}”"
                yield Complaint(claim.place, message, "add the words to the claim's `hedge:`")


def _of_passages(claim: Claim, survey: Survey) -> Iterator[str]:
    """Return the hedges that the rules take from a passage that the claim cites."""
    for one in survey.hedgeable:
        for passage in set(one.cite) & set(claim.cite):
            yield from (hedge for hedge in one.hedges if hedge in survey.pack.passages[passage].quote)


def _of_grounds(claim: Claim, survey: Survey) -> Iterator[str]:
    """Return the hedges that every ground has of an authority of which the claim says that it is available."""
    shown: tuple[Condition, ...]
    match claim.form:
        case All(then=then):
            shown = (then,)
        case Some(condition):
            shown = (condition,)
        case Iff(one, other):
            shown = (one, other)
        case _:
            return
    for part in (part for condition in shown for part in parts(condition)):
        if isinstance(part, VerdictIs) and part.verdicts == (Verdict.AVAILABLE,):
            yield from _always_hedged(survey.pack.authorities[part.authority])


def _always_hedged(authority: Authority) -> Iterator[str]:
    each = [_hedges_of(ground) for ground in authority.grounds]
    yield from (hedge for hedge in each[0] if all(hedge in others for others in each))


def _hedges_of(ground: Ground) -> tuple[str, ...]:
    rules = (element.rule for element in ground.elements if element.rule is not None)
    return tuple(hedge for hedge in (ground.hedge, *(rule.hedge for rule in rules)) if hedge)
