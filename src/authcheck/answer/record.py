"""The verdicts on a scenario without what stands behind them: what a table shows of it, as a record."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from authcheck.answer.answer import ClaimStanding, LeftOut
from authcheck.answer.claimed import standings
from authcheck.answer.hedges import hedges_of, hedges_of_power
from authcheck.answer.inference import Inference, inference_of
from authcheck.answer.reasons import left_out
from authcheck.answer.result import ResultType
from authcheck.answer.standing import PowerSupply, Standing
from authcheck.answer.unmodelled import apart_from, unmodelled_of
from authcheck.decision.decision import Case, Decision
from authcheck.decision.verdicts import single_verdict
from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = [
    "RESULT",
    "SCHEMA",
    "AuthorityVerdict",
    "PowerRecord",
    "Record",
    "Verdicts",
    "authority_verdict",
    "power_record",
    "record_of",
    "verdicts_of",
]

SCHEMA = "authcheck.verdicts/1"


@dataclass(frozen=True, slots=True)
class AuthorityVerdict(Standing):
    """The verdict on an authority, with what limits it, as the answer on it has them."""

    inferred: Inference | None
    left_out: tuple[LeftOut, ...]
    apart_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerRecord(PowerSupply):
    """Whether a power is needed and supplied, as the answer on it has it."""

    apart_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What all scenarios have in common that state the same, as far as the law tells it apart.

    `found` is what is relied on, with the means through which it is.
    """

    relies_on: tuple[str, ...]
    gaps: tuple[str, ...]
    authorities: Mapping[str, AuthorityVerdict]
    powers: Mapping[str, PowerRecord]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The verdicts on a scenario, or on one of its activities, for a day and a lens.

    The keys are those of an answer that say the same, without what stands behind them. `gaps` names the powers that
    are a gap. `option` is the course of action that was asked for; where that is none, those of a scenario are left
    out of account. Of what was claimed, `agreed` is found, `claimed_not_found` is not available, `claimed_open` is
    undetermined or contested, `claimed_not_relied_on` is available all the same; `found_not_claimed` is what else is
    found.
    """

    schema: str
    scenario: str
    place: Place
    option: str
    activity: str
    as_of: datetime.date
    lens: str
    agreed: tuple[str, ...]
    claimed_not_found: tuple[str, ...]
    claimed_open: tuple[str, ...]
    claimed_not_relied_on: tuple[str, ...]
    found_not_claimed: tuple[str, ...]
    relies_on: tuple[str, ...]
    gaps: tuple[str, ...]
    authorities: Mapping[str, AuthorityVerdict]
    powers: Mapping[str, PowerRecord]


RESULT = ResultType("verdicts", "A record of verdicts of authcheck", SCHEMA, Record)


def verdicts_of(decision: Decision, *, powers: bool = True) -> Verdicts:
    """Return the verdicts of a decision; without powers, those on authorities alone, and nothing that is relied on.

    Raises AuthcheckError where too many facts are open at once.
    """
    authorities = {name: authority_verdict(case) for name, case in decision.cases.items()}
    if not powers:
        return Verdicts((), (), authorities, {}, ())
    supplied = {name: power_record(name, decision) for name in decision.powers}
    return Verdicts(
        relies_on=decision.relies_on,
        gaps=tuple(name for name, power in supplied.items() if power.gap),
        authorities=authorities,
        powers=supplied,
        found=decision.found,
    )


def authority_verdict(case: Case) -> AuthorityVerdict:
    """Return the verdict on one authority."""
    return case.once(_authority_verdict)


def _authority_verdict(case: Case) -> AuthorityVerdict:
    pack = case.law.pack
    return AuthorityVerdict(
        verdict=case.verdict,
        possible=case.possible,
        hedges=hedges_of(case),
        in_effect=case.in_effect,
        inferred=inference_of(case),
        left_out=tuple(left_out(case, pack)),
        apart_from=(),
    )


def power_record(name: str, decision: Decision) -> PowerRecord:
    """Return what one power is."""
    return decision.of_power(_power_record, name)


def _power_record(name: str, decision: Decision) -> PowerRecord:
    power = decision.power(name)
    return PowerRecord(
        needed=power.needed,
        verdict=single_verdict(power.possible) if power.possible else None,
        possible=power.possible,
        unsupplied=power.unsupplied,
        supplied_if_left_out=decision.is_supplied_if_left_out(name),
        hedges=hedges_of_power(name, decision),
        apart_from=(),
        gap=decision.is_gap(name),
    )


def record_of(verdicts: Verdicts, scenario: Scenario, pack: Pack, day: datetime.date, lens: str, option: str) -> Record:
    """Return the record of a scenario that has these verdicts on the day, under the lens and with the option."""
    authorities, powers = verdicts.authorities, verdicts.powers
    claims = standings(scenario.claimed, verdicts.found, authorities)
    if scenario.unmodelled:
        beside = unmodelled_of(scenario, pack)
        authorities = {name: replace(one, apart_from=apart_from(beside, name)) for name, one in authorities.items()}
        powers = {name: replace(one, apart_from=apart_from(beside, name)) for name, one in powers.items()}
    return Record(
        schema=SCHEMA,
        scenario=scenario.id,
        place=scenario.place,
        option=option,
        activity=scenario.activity,
        as_of=day,
        lens=lens,
        agreed=claims[ClaimStanding.AGREED],
        claimed_not_found=claims[ClaimStanding.NOT_FOUND],
        claimed_open=claims[ClaimStanding.OPEN],
        claimed_not_relied_on=claims[ClaimStanding.NOT_RELIED_ON],
        found_not_claimed=claims[ClaimStanding.NOT_CLAIMED],
        relies_on=verdicts.relies_on,
        gaps=verdicts.gaps,
        authorities=authorities,
        powers=powers,
    )
