"""Every table that the engine lays out has room."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "table-too-large"
SEVERITY = Severity.ERROR
SUMMARY = "a rule turns on too many facts to be decided exactly"
WHY = (
    "Verdicts are exact because every possible world is looked at. Beyond some sixteen million "
    "worlds the program refuses, rather than make its reader wait."
)
EXAMPLE = (
    Excerpt(
        "landlord.yaml",
        good="""\
- element: given
  text: The landlord has given leave.
  when: leave_given
""",
        bad="""\
- element: given
  text: The landlord has given leave.
  when: {any: [leave_given, part_01, part_02, ..., part_23]}  # each open, and each told apart
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every table that would be refused where a scenario states nothing, with its facts."""
    for one in survey.oversized:
        facts = ", ".join(f"`{name}`" for name in one.facts.split(", "))
        message = f"{one.name} turns on too many facts at once: {facts}"
        yield Complaint(one.place, message, "merge values that no rule tells apart, or split the rule")
