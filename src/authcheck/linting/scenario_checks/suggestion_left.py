"""What was suggested for a scenario has been taken or left."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "suggestion-left"
SEVERITY = Severity.WARNING
SUMMARY = "a suggested fact has been neither taken nor left"
WHY = "The words of a story suggest a fact, and only its author can say that it is one. Until then it is not stated."
EXAMPLE = (
    Excerpt(
        "strike.yaml",
        good="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
  attack_status: occurred
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
  # suggested: attack_status: occurred  # after the ambush
""",
    ),
)

_MARK = "suggested:"


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint for each comment that still suggests a fact."""
    for comment in scenario.comments:
        if comment.text.startswith(_MARK):
            fact = comment.text.removeprefix(_MARK).partition("#")[0].strip()
            help = "if the story says so, take away what stands before it on the line; else take away the comment"
            yield Complaint(comment.place, f"`{fact}` is suggested, and not yet stated or left", help)
