"""A ground can make a difference."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.idleness import ground_is_idle
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "idle-ground"
SEVERITY = Severity.WARNING
SUMMARY = "a ground can never matter"
WHY = "A ground is one way to rely on an authority. One that never holds where no other does is no way of its own."
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
- ground: grudging-leave
  title: Leave has been given with a grudge
  elements:
    - element: given
      text: The landlord has given leave.
      when: leave_given
      cite: [story-2]
    - element: grudge
      text: There was an incident.
      when: answered
      cite: [story-2]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every ground without which the authority would hold in the same worlds, on each reading."""
    for authority in survey.pack.authorities.values():
        for ground in authority.grounds:
            if ground_is_idle(authority, ground, survey):
                message = f"the ground `{ground.ground}` of `{authority.authority}` can never matter"
                help = "it never holds, or another ground holds wherever it does: correct it, or leave it out"
                yield Complaint(ground.place, message, help)
