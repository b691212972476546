"""An authority can be available."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unreachable-verdict"
SEVERITY = Severity.WARNING
SUMMARY = "no situation makes an authority available"
WHY = "An authority that can never be relied on, on any reading, looks like a possible source and is none."
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
  unless: acts  # nothing else is governed
  cite: [story-2]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every authority that is available in no possible world, on no reading, at no time."""
    too_large = {one.place for one in survey.oversized}
    for name, authority in survey.pack.authorities.items():
        laid_out = has_world = False
        for view in survey.views(authority):
            if view.available:
                break
            laid_out, has_world = True, has_world or view.tables.worlds.possible > 0
        else:
            # Where the facts leave no world at all, that is another rule's to report.
            if (has_world or not laid_out) and authority.place not in too_large:
                help = "see which of its elements exclude one another, its `governs`, or its time in force"
                yield Complaint(authority.place, f"no situation makes `{name}` available", help)
