"""Everything that the pack says of the law rests on a passage."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "uncited"
SEVERITY = Severity.ERROR
SUMMARY = "a rule of the pack cites no passage"
WHY = (
    "An answer shows the words behind each of its steps. Where nothing is cited, the rule is the "
    "author's own, and a reader cannot tell it from the law."
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
  cite: []
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return everything that cites nothing."""
    for one in survey.cited:
        if not one.cite:
            yield Complaint(one.place, f"{one.name} cites no passage", "name under `cite` the passage that says so")
