"""A reading that does not ask for an element says so, instead of meeting it always."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey
from authcheck.model.authority import Rule
from authcheck.model.condition import Constant, Truth

CODE = "bare-true"
SEVERITY = Severity.WARNING
SUMMARY = "a reading meets an element whatever the facts"
WHY = (
    "Where a speaker says nothing of a point, `true` puts a yes into his mouth. Either his reading is silent there, "
    "or what he says makes the point not matter, and the reading does not ask for it."
)
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
- element: in-answer
  text: It answers an incident.
  contested: scope
  readings:
    narrow: answered
    wide: not-asked
""",
        bad="""\
- element: in-answer
  text: It answers an incident.
  contested: scope
  readings:
    narrow: answered
    wide: true
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every element with a reading whose whole rule is `true`."""
    for one in survey.elements:
        for reading, rule in one.element.readings.items():
            if rule == Rule(Constant(Truth.TRUE)):
                help = "write `not-asked` if the reading's passages make the point not matter, else `silent_when: true`"
                yield Complaint(one.element.place, f"the reading `{reading}` meets {one.name} whatever the facts", help)
