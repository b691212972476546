"""A power can be had from somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unsupplied-power"
SEVERITY = Severity.WARNING
SUMMARY = "no authority supplies a power"
WHY = "A scenario that needs such a power has a gap whatever it states, and the answer cannot say what would fill it."
EXAMPLE = (
    Excerpt(
        "vocabulary/powers.yaml",
        good="""\
- power: leave
  title: Leave to act
  meaning: Leave of somebody else.
  needed_when: acts
  cite: [story-1]
""",
        bad="""\
- power: leave
  title: Leave to act
  meaning: Leave of somebody else.
  needed_when: acts
  cite: [story-1]
- power: spend  # no authority supplies it
  title: Power to spend
  meaning: Money of the club.
  needed_when: acts
  cite: [story-1]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every power that no authority supplies."""
    supplied = {supply.power for one in survey.pack.authorities.values() for supply in one.supplies}
    for name, power in survey.pack.powers.items():
        if name not in supplied:
            help = "name it under the `supplies` of an authority, or leave it out"
            yield Complaint(power.place, f"no authority supplies the power `{name}`", help)
