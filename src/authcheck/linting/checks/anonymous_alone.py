"""An element should have a speaker with a name."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "anonymous-alone"
SEVERITY = Severity.NOTE
SUMMARY = "only speakers without a name carry an element"
WHY = (
    "The answer names the weakest source behind each verdict. An author should know where that is "
    "somebody whom nobody can ask."
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
  cite: [echo-1]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every element all of whose passages are of anonymous speakers."""
    for one in survey.elements:
        cite = one.element.cite
        if cite and all(survey.pack.passages[passage].anonymous for passage in cite):
            help = "cite a named speaker beside them, if there is one"
            yield Complaint(one.element.place, f"{one.name} rests on anonymous speakers alone", help)
