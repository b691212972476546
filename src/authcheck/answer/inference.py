"""How much of what makes an authority available is this pack's inference, and not said by anybody."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from authcheck.decision.decision import Case
from authcheck.evaluation.truth import Setting, ground_table, is_at_hand, rule_of
from authcheck.model.authority import Element, Ground
from authcheck.model.verdict import Verdict

__all__ = ["Inference", "inference_of", "rests_on_inference"]


class Inference(enum.Enum):
    """How much of what makes an authority available, or may make it so, is inferred."""

    IN_PART = "in-part"
    WHOLLY = "wholly"


# Of anything else nothing is said that an inference could carry.
_CARRIED = frozenset({Verdict.AVAILABLE, Verdict.CONTESTED, Verdict.UNDETERMINED})


def inference_of(case: Case) -> Inference | None:
    """Return how much is inferred of the grounds that hold, or may hold on some reading; None where all is said.

    None too of what cannot be available. An element is said on which a source speaks; where no reading asks for it on
    which the ground holds, it is the reading that is said or inferred.
    """
    return case.once(_inference_of) if case.verdict in _CARRIED else None


def _inference_of(case: Case) -> Inference | None:
    parts = {inferred for ground in case.authority.grounds for inferred in _parts(ground, case)}
    if True not in parts:
        return None
    return Inference.IN_PART if False in parts else Inference.WHOLLY


def rests_on_inference(case: Case) -> bool:
    """Return whether anything that makes the authority available, or may, is inferred."""
    return inference_of(case) is not None


def _parts(ground: Ground, case: Case) -> Iterator[bool]:
    """Return of each part of a ground that may hold whether it is inferred; nothing of what no source speaks of."""
    settings = map(case.tables.setting, case.combinations)
    holding = [
        setting
        for setting in settings
        if setting.exists(ground.only_on) and ground_table(ground, setting).true & case.mask
    ]
    if holding and ground.inferred:
        yield True
    for element in ground.elements if holding else ():
        inferred = _inferred(element, holding, case)
        if inferred is not None:
            yield inferred


def _inferred(element: Element, holding: list[Setting], case: Case) -> bool | None:
    """Return whether an element is inferred, or its reading is; None where no source speaks of it here."""
    views = case.tables.questions[element.question].readings if element.question else {}
    asking = [setting for setting in holding if rule_of(element, setting) is not None]
    chosen = {setting.readings[element.question] for setting in asking or holding} if views else set()
    by_reading = bool(chosen) and all(views[name].inferred for name in chosen)
    if not asking:
        return by_reading
    at_hand = any(is_at_hand(element, setting, case.mask) for setting in asking)
    if by_reading or (element.inferred and at_hand):
        return True
    return False if at_hand and not set(element.cite) <= set(element.cite_unmet) else None
