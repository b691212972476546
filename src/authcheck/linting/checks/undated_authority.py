"""Every authority has the time of its law, or says why it has none."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "undated-authority"
SEVERITY = Severity.ERROR
SUMMARY = "an authority does not say when its law begins"
WHY = "Without a first day, a statute answers for years before it was made."
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
in_force: {from: 2020-01-01, cite: [statute-1]}
""",
        bad="""\
in_force: {to: 2030-01-01, cite: [statute-1]}
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every authority with neither the beginning of a law nor a reason for having none, and those with both."""
    for name, authority in survey.pack.authorities.items():
        begins = authority.in_force is not None and authority.in_force.first is not None
        if not begins and not authority.no_dated_law:
            help = "write `in_force: {from: DAY, cite: [...]}`, or `no_dated_law:` with the reason"
            yield Complaint(authority.place, f"`{name}` does not say when its law begins", help)
        elif authority.in_force is not None and authority.no_dated_law:
            yield Complaint(
                authority.place, f"`{name}` has a time in force, and says that it has none", "leave one out"
            )
