"""A term is kept because some condition names it."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unused-term"
SEVERITY = Severity.WARNING
SUMMARY = "no condition names a term"
WHY = "A term is the shared meaning of several rules. One that stands in none of them says nothing about any answer."
EXAMPLE = (
    Excerpt(
        "vocabulary/terms.yaml",
        good="""\
- term: answered
  text: It answers an incident.
  when: {incident: occurred}
  cite: [story-2]
""",
        bad="""\
- term: answered
  text: It answers an incident.
  when: {incident: occurred}
  cite: [story-2]
- term: twice-approved  # no condition names it
  text: It is approved, and is answered.
  when: {all: [approved, answered]}
  cite: [story-1]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every term that stands in no condition, or only in terms that stand in none."""
    for name in survey.pack.terms:
        if name not in survey.terms_used:
            place = survey.pack.places[f"term:{name}"]
            yield Complaint(place, f"no condition names the term `{name}`", "use it in a rule, or leave it out")
