"""Nothing is expected of a law at a time at which it is none."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.period import in_force_on
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict

CODE = "expects-law-not-in-force"
SEVERITY = Severity.WARNING
SUMMARY = "an expectation wants more of an authority than it can give on the scenario's date"
WHY = "Before a law is made, and once it is repealed, it supplies nothing: no answer can meet the expectation."
EXAMPLE = (
    Excerpt(
        "strike.yaml",
        good="""\
scenario: A strike at sea
as_of: 2026-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
expect: {match: subset, verdicts: {aumf-2002: unavailable}}
""",
        bad="""\
scenario: A strike at sea
as_of: 2026-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
expect: {match: subset, verdicts: {aumf-2002: available}}  # repealed in 2025
""",
    ),
)

_POSSIBLE = {verdict.value for verdict in (Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED, Verdict.UNDETERMINED)}


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint for each authority that is expected to supply something, or may, while it is not in force."""
    day = scenario.as_of or pack.as_of
    for expectation in scenario.expect:
        for name, authority in pack.authorities.items():
            if in_force_on(authority, day):
                continue
            verdict = expectation.verdicts.get(name, Verdict.NOT_ENGAGED.value)
            if verdict not in _POSSIBLE or name in (expectation.relies_on or ()):
                place = expectation.verdict_places.get(name, expectation.place)
                message = f"`{name}` is not in force on {day}, the scenario's date"
                yield Complaint(place, message, "expect `unavailable`, or correct the date")
