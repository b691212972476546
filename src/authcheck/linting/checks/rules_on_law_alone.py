"""The rules are those of the documents that carry rules."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint
from authcheck.linting.survey import PlacedElement, PlacedException, Survey
from authcheck.model.authority import Element, Exclusion, Ground
from authcheck.model.pack import Pack

CODE = "rules-on-law-alone"
SEVERITY = Severity.ERROR
SUMMARY = "an element or an exception cites no document that carries rules"
WHY = (
    "The pack encodes what certain documents say of the law. What primary law alone says stands "
    "behind them: as `see_also`, as a duty, or as a reading that the lens `documents` leaves out."
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every element and exception that no such document is cited for, though one should be."""
    pack = survey.pack
    found: list[tuple[PlacedElement | PlacedException, Element | Exclusion]] = [
        *((one, one.element) for one in survey.elements),
        *((one, one.exception) for one in survey.exceptions),
    ]
    for one, rule in found:
        carried = any(pack.documents[pack.passages[id].document].carries_rules for id in rule.cite)
        if rule.cite and not carried and not (one.ground is not None and _is_of_law_alone(one.ground, pack)):
            help = (
                "cite the document whose rule it is and move these passages to `see_also`, "
                "or put it in a ground that exists `only_on` a reading of the law's own"
            )
            yield Complaint(rule.place, f"{one.name} cites no document that carries rules", help)


def _is_of_law_alone(ground: Ground, pack: Pack) -> bool:
    """Whether the ground exists only on readings that no carrying document holds."""
    return any(
        not any(pack.questions[question].readings[reading].in_documents for reading in readings)
        for question, readings in ground.only_on.items()
    )
