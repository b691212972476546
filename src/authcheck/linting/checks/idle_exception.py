"""An exception can take something away."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.idleness import exception_is_idle, ground_is_idle
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "idle-exception"
SEVERITY = Severity.WARNING
SUMMARY = "an exception can never take anything away"
WHY = "An exception that never bites is read as a limit of the law, and is none."
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
- exception: barred
  text: The act is barred.
  when: barred
""",
        bad="""\
- exception: barred
  text: The act is barred.
  when: {all: [barred, {not: barred}]}
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every exception without which each possible world, on each reading, would be the same."""
    for one in survey.exceptions:
        if one.ground is not None and ground_is_idle(one.authority, one.ground, survey):
            continue
        if exception_is_idle(one, survey):
            help = "what it excludes never holds, or fails without it: correct it, or leave it out"
            yield Complaint(one.exception.place, f"{one.name} can never take anything away", help)
