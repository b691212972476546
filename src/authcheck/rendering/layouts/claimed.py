"""What somebody said was relied on, beside what is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.answer.answer import Answer, ClaimedAnswer, ClaimStanding, PartedKind
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Line, line
from authcheck.rendering.words import inferred_words, long_date, quoted, verdict_span
from authcheck.wording import listed

__all__ = ["claim_words", "claimed_in_short", "claimed_lines", "claimed_words", "parted_words"]

_STANDINGS: Mapping[ClaimStanding, str] = {
    ClaimStanding.AGREED: "agreed",
    ClaimStanding.NOT_FOUND: "claimed and not found",
    ClaimStanding.OPEN: "claimed, and open",
    ClaimStanding.NOT_RELIED_ON: "claimed, and available, but not relied on",
    ClaimStanding.NOT_CLAIMED: "found and not claimed",
}
_PARTED: Mapping[PartedKind, str] = {
    PartedKind.GROUND: "on the ground",
    PartedKind.ELEMENT: "parted by the element",
    PartedKind.EXCEPTION: "parted by the exception",
    PartedKind.READING: "parted by the readings of",
    PartedKind.FACT: "parted by the fact",
    PartedKind.MEANS: "parted by the means",
    PartedKind.REASON: "parted by this",
}


def claimed_lines(answer: Answer) -> Iterator[Line]:
    """Return each claim beside what is found, under a heading; nothing where nothing is claimed."""
    if answer.claimed:
        yield line(("What was claimed, beside what is found", "heading"))
    for claim in answer.claimed:
        authority = answer.authorities[claim.authority]
        inferred = inferred_words(authority)
        yield line(f"{claim_words(claim)}: {authority.title}: ", verdict_span(authority), inferred, indent=2)
        words = claimed_words(claim)
        if words:
            yield line(words, indent=4)
        for passage in claim.passages:
            yield line(*quoted(answer.passages[passage]), indent=6)
        if claim.note:
            yield line((claim.note, "quiet"), indent=4)
        yield from (line(words, indent=4) for words in parted_words(claim))


def claimed_in_short(answer: Answer) -> Iterator[Line]:
    """Return what somebody said was relied on, beside what is found; what is found and was not claimed goes unsaid."""
    for claim in answer.claimed:
        if claim.by:
            authority = answer.authorities[claim.authority]
            found = f"{authority.title}, by {claim.by}; found "
            # It may be found on another ground than was claimed.
            why = {Verdict.AVAILABLE: ", on", Verdict.NOT_ENGAGED: ""}.get(authority.verdict)
            ground = f"{why}: {authority.reason.rstrip('.')}" if why is not None else ""
            inferred = inferred_words(authority)
            yield line(("Claimed: ", "strong"), found, verdict_span(authority), inferred, ground)


def claim_words(claim: ClaimedAnswer) -> str:
    """Return how a claim stands beside what is found; of what is available all the same, why it is not relied on."""
    words = _STANDINGS[claim.standing]
    if claim.standing is not ClaimStanding.NOT_RELIED_ON:
        return words
    barred = any(part.kind is PartedKind.MEANS for part in claim.parted_by)
    why = "its means may bar it" if barred else "nothing described certainly needs it"
    return f"{words} since {why}"


def claimed_words(claim: ClaimedAnswer) -> str:
    """Return who claimed it, when and where; nothing of what is not claimed."""
    on = f", {long_date(claim.on)}" if claim.on else ""
    source = f" ({claim.source})" if claim.source else ""
    return f"claimed by {claim.by}{on}{source}" if claim.by else ""


def parted_words(claim: ClaimedAnswer) -> Iterator[str]:
    """Return what parts a claim from what is found, those of a kind together."""
    for kind, words in _PARTED.items():
        parts = [f"{part.text} [{part.id}]" for part in claim.parted_by if part.kind is kind]
        if parts:
            yield f"{words}: {listed(parts, 'and')}"
