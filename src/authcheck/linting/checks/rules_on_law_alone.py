"""The rules are those of the documents that carry rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
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
EXAMPLE = (
    Excerpt(
        "landlord.yaml",
        good="""\
- element: given
  text: The landlord has given leave.
  when: leave_given
  cite: [story-2]
""",
        bad="""\
- element: given
  text: The landlord has given leave.
  when: leave_given
  cite: [statute-1]
""",
    ),
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
        if rule.cite and not carried and not _is_of_law_alone(one.ground, rule, pack):
            help = (
                "cite the document whose rule it is and move these passages to `see_also`, "
                "or let no reading ask for it but the law's own"
            )
            yield Complaint(rule.place, f"{one.name} cites no document that carries rules", help)


def _is_of_law_alone(ground: Ground | None, rule: Element | Exclusion, pack: Pack) -> bool:
    """Whether the ground exists, or the element is asked, only on readings that no carrying document holds."""
    only_on: dict[str, Iterable[str]] = {} if ground is None else {**ground.only_on}
    if isinstance(rule, Element) and rule.question:
        only_on[rule.question] = rule.readings
    return any(
        not any(pack.questions[question].readings[reading].in_documents for reading in readings)
        for question, readings in only_on.items()
    )
