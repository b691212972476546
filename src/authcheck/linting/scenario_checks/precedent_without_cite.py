"""A precedent says where it is told."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "precedent-without-cite"
SEVERITY = Severity.WARNING
SUMMARY = "a precedent cites no passage"
WHY = "That a past event rests on an authority is somebody's word, and the answer should show whose."
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
cite: [war-zone-p24-precedents-under-aumf]
precedent: {authorities: [article-ii], text: Told of as one.}
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
precedent: {authorities: [article-ii], text: Told of as one.}
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint where the scenario is a precedent that cites nothing."""
    if scenario.precedent is not None and not scenario.cite:
        yield Complaint(
            scenario.place, "the precedent cites no passage", "name under `cite` the passages that tell of it"
        )
