"""Of scenarios that are read together, each has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.scenario import Scenario

CODE = "duplicate-id"
SEVERITY = Severity.WARNING
SUMMARY = "two scenarios have one id"
WHY = "Where they are answered together, in a table or as records, nothing but their place tells which is which."
EXAMPLE = (
    Excerpt(
        "one.yaml",
        good="""\
scenario: A strike
id: strike
""",
        bad="""\
scenario: A strike
id: strike
""",
    ),
    Excerpt(
        "two.yaml",
        good="""\
scenario: A second strike
id: second-strike
""",
        bad="""\
scenario: A second strike
id: strike
""",
    ),
)


def check(scenarios: Sequence[Scenario]) -> Iterator[Complaint]:
    """Return a complaint for each scenario whose id one before it has."""
    first: dict[str, Scenario] = {}
    for scenario in scenarios:
        other = first.setdefault(scenario.id, scenario)
        # A file that is named twice is one scenario all the same.
        if other.place != scenario.place:
            message = f"`{scenario.id}` is the id of another scenario too, at {other.place}"
            yield Complaint(scenario.place, message, "write another `id:`, or name the file otherwise")
