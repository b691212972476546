"""An element can make a difference."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.idleness import element_is_idle, ground_is_idle
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey
from authcheck.model.authority import Rule
from authcheck.model.condition import Constant

CODE = "idle-element"
SEVERITY = Severity.WARNING
SUMMARY = "an element can never matter"
WHY = (
    "An element on which no situation depends is a condition on paper only: the others demand it "
    "already, or it always holds."
)
EXAMPLE = (
    Excerpt(
        "landlord.yaml",
        good="""\
- ground: leave
  title: Leave has been given
  elements:
    - element: given
      text: The landlord has given leave.
      when: leave_given
      cite: [story-2]
""",
        bad="""\
- ground: leave
  title: Leave has been given
  elements:
    - element: given
      text: The landlord has given leave.
      when: leave_given
      cite: [story-2]
    - element: act
      text: Something is done.
      when: acts  # as what it governs asks already
      cite: [story-2]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every element that might as well be met always, in each possible world and on each reading."""
    for one in survey.elements:
        # What is written as `true` or `silent` says that no condition is stated.
        bare = all(rule == Rule(rule.when) and isinstance(rule.when, Constant) for rule in one.element.rules)
        if one.element.rule is not None and bare:
            continue
        # Where the whole ground is idle, that says it.
        if element_is_idle(one, survey) and not ground_is_idle(one.authority, one.ground, survey):
            help = "the rest of the ground demands it already, or it always holds: correct it, or leave it out"
            yield Complaint(one.element.place, f"{one.name} can never matter", help)
