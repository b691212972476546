"""A hedge is the source's own: its words stand in a passage that is cited beside it."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "hedge-not-quoted"
SEVERITY = Severity.ERROR
SUMMARY = "a `hedge` stands in no quote of the passages that are cited beside it"
WHY = "A hedge is printed in quotation marks beside a verdict. It must be words that the source has written."
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
- element: approved
  text: The board has approved it.
  when: approved
""",
        bad="""\
- element: approved
  text: The board has approved it.
  when: approved
  hedge: perhaps  # no passage says so
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every hedge whose words no cited passage holds."""
    for one in survey.hedgeable:
        quotes = [survey.pack.passages[passage].quote for passage in one.cite]
        for hedge in one.hedges:
            if not any(hedge in quote for quote in quotes):
                help = "copy the words from the passage, or cite the passage that has them"
                yield Complaint(
                    one.place, f"{one.name} has the hedge “{hedge}”, which no passage that it cites has", help
                )
