"""A claim says where it is told."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "claimed-without-source"
SEVERITY = Severity.WARNING
SUMMARY = "what was claimed cites no passage and names no source"
WHY = "That somebody relied on an authority is a word put into their mouth, and a reader must be able to look it up."
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
claimed:
  - {authority: article-ii, by: the President, source: "his letter of that day"}
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
claimed:
  - {authority: article-ii, by: the President}
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint for each claim that says nowhere where it stands."""
    for claim in scenario.claimed:
        if not claim.cite and not claim.source:
            message = f"that {claim.by} relied on `{claim.authority}` is told nowhere"
            yield Complaint(claim.place, message, "name a passage under `cite`, or where it stands under `source`")
