"""What is expected can be so."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict

CODE = "expectation-contradicts-itself"
SEVERITY = Severity.WARNING
SUMMARY = "an expectation relies on an authority to which it gives another verdict than available"
WHY = "A scenario relies on what is available alone, so no answer can meet both halves of the expectation."
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
expect:
  match: subset
  relies_on: [article-ii]
  verdicts: {article-ii: available}
""",
        bad="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
expect:
  match: subset
  relies_on: [article-ii]
  verdicts: {article-ii: unavailable}
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint for each authority on which an expectation relies and which it does not let be available."""
    for expectation in scenario.expect:
        for name in expectation.relies_on or ():
            if not expectation.admits(name, Verdict.AVAILABLE):
                verdict = expectation.verdicts.get(name, "")
                instead = f"expects it to be {verdict}" if verdict else "does not list it under `verdicts`"
                place = expectation.verdict_places.get(name, expectation.place)
                message = f"the expectation relies on `{name}` and {instead}"
                yield Complaint(place, message, "correct one of the two")
