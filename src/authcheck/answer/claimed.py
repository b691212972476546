"""What somebody said was relied on, beside what is found, with what parts the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.answer.answer import (
    AuthorityAnswer,
    ClaimedAnswer,
    ClaimStanding,
    Finding,
    Kind,
    Outcome,
    PartedBy,
    PartedKind,
    PowerAnswer,
)
from authcheck.answer.reasons import walk
from authcheck.answer.standing import Standing
from authcheck.answer.support import deciding_facts
from authcheck.model.pack import Pack
from authcheck.model.scenario import Claimed
from authcheck.model.verdict import Need, Verdict

__all__ = ["claims_beside", "standings"]

_PARTING = {Kind.ELEMENT: PartedKind.ELEMENT, Kind.EXCEPTION: PartedKind.EXCEPTION}


_APART = {
    Verdict.UNDETERMINED: ClaimStanding.OPEN,
    Verdict.CONTESTED: ClaimStanding.OPEN,
    Verdict.AVAILABLE: ClaimStanding.NOT_RELIED_ON,
}


def standings(
    claimed: tuple[Claimed, ...], found: tuple[str, ...], authorities: Mapping[str, Standing]
) -> Mapping[ClaimStanding, tuple[str, ...]]:
    """Return the authorities of each standing: those claimed, by their verdicts, and those found and not claimed.

    Where nothing is claimed, there is none of any.
    """
    if not claimed:
        return _NOTHING_CLAIMED
    names: dict[ClaimStanding, dict[str, None]] = {standing: {} for standing in ClaimStanding}
    for claim in claimed:
        names[_standing(claim.authority, found, authorities)][claim.authority] = None
    claims = {claim.authority for claim in claimed}
    names[ClaimStanding.NOT_CLAIMED].update(dict.fromkeys(name for name in found if name not in claims))
    return {standing: tuple(some) for standing, some in names.items()}


_NOTHING_CLAIMED: Mapping[ClaimStanding, tuple[str, ...]] = dict.fromkeys(ClaimStanding, ())


def _standing(name: str, found: tuple[str, ...], authorities: Mapping[str, Standing]) -> ClaimStanding:
    """Return how the claim of an authority stands beside what is found and its verdict."""
    return ClaimStanding.AGREED if name in found else _APART.get(authorities[name].verdict, ClaimStanding.NOT_FOUND)


def claims_beside(
    claimed: tuple[Claimed, ...],
    found: tuple[str, ...],
    authorities: Mapping[str, AuthorityAnswer],
    powers: Mapping[str, PowerAnswer],
    pack: Pack,
) -> Iterator[ClaimedAnswer]:
    """Return each claim beside what is found, then what is found and not claimed; nothing where nothing is claimed.

    `found` is what the scenario relies on, and the means through which it does.
    """
    needed = [power for power in powers.values() if power.needed is not Need.NOT_NEEDED]
    for claim in claimed:
        standing = _standing(claim.authority, found, authorities)
        authority = authorities[claim.authority]
        yield ClaimedAnswer(
            authority=claim.authority,
            standing=standing,
            verdict=authority.verdict,
            by=claim.by,
            on=claim.on,
            source=claim.source,
            note=claim.note,
            parted_by=()
            if standing is ClaimStanding.AGREED
            else tuple(_parting(claim.authority, authority, needed, pack)),
            passages=claim.cite,
        )
    for name in standings(claimed, found, authorities)[ClaimStanding.NOT_CLAIMED]:
        grounds = tuple(
            PartedBy(PartedKind.GROUND, ground.id, ground.text)
            for ground in authorities[name].tree.of(Kind.GROUND)
            if ground.outcome is Outcome.TRUE
        )
        verdict = authorities[name].verdict
        yield ClaimedAnswer(name, ClaimStanding.NOT_CLAIMED, verdict, "", None, "", "", grounds, ())


def _parting(name: str, authority: AuthorityAnswer, needed: list[PowerAnswer], pack: Pack) -> Iterator[PartedBy]:
    """Return what keeps an authority from being found: by its verdict an element, a reading or a fact."""
    match authority.verdict:
        case Verdict.CONTESTED:
            for question in authority.crux:
                yield PartedBy(PartedKind.READING, question, pack.questions[question].text)
        case Verdict.UNDETERMINED:
            yield from _facts(authority.still_needed, pack)
        case Verdict.NOT_ENGAGED:
            asked = [fact for part in authority.tree.of(Kind.GOVERNS) for fact in deciding_facts(part)]
            yield from _facts(dict.fromkeys(asked), pack)
        case Verdict.SILENT:
            yield from _silent(authority.tree)
        case Verdict.UNAVAILABLE:
            yield from _failing(name, authority)
        case _:
            yield from _idle(name, needed, pack)


def _failing(name: str, authority: AuthorityAnswer) -> Iterator[PartedBy]:
    """Return what fails of an authority that is unavailable; else the reason, such as that it is not in force."""
    failing = {part for cause in authority.because for part in cause.parts}
    for part in walk(authority.tree):
        if part.id in failing and part.kind in _PARTING:
            yield PartedBy(_PARTING[part.kind], part.id, part.text)
    if not failing:
        yield PartedBy(PartedKind.REASON, name, authority.reason)


def _idle(name: str, needed: list[PowerAnswer], pack: Pack) -> Iterator[PartedBy]:
    """Return the means that bar an authority which is available; else that nothing is needed of it."""
    powers = [power for power in needed if name in power.sources]
    barring = {means for power in powers for means, found in power.through.items() if found is not Verdict.AVAILABLE}
    yield from (PartedBy(PartedKind.MEANS, means, pack.authorities[means].title) for means in sorted(barring))
    if not barring:
        yield PartedBy(PartedKind.REASON, name, "Nothing that is described certainly needs what it supplies.")


def _facts(names: Mapping[str, object] | tuple[str, ...], pack: Pack) -> Iterator[PartedBy]:
    return (PartedBy(PartedKind.FACT, name, pack.facts[name].question) for name in names)


def _silent(tree: Finding) -> Iterator[PartedBy]:
    for part in walk(tree):
        if part.kind in _PARTING and part.outcome is Outcome.SILENT:
            yield PartedBy(_PARTING[part.kind], part.id, part.text)
