"""A passage is kept because something cites it."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unused-passage"
SEVERITY = Severity.WARNING
SUMMARY = "nothing cites a passage"
WHY = (
    "The pack holds short cited passages and no more. A passage without a rule is a copy without "
    "a reason, or a rule that was never written."
)
EXAMPLE = (
    Excerpt(
        "sources/story.yaml",
        good="""\
- passage: story-2
  quote: in answer to an incident
  at: paragraph 2
  speaker: the teller
  speech: direct
  kind: law
""",
        bad="""\
- passage: story-2
  quote: in answer to an incident
  at: paragraph 2
  speaker: the teller
  speech: direct
  kind: law
- passage: story-3  # nothing cites it
  quote: and so they did
  at: paragraph 3
  speaker: the teller
  speech: direct
  kind: fact
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every passage that neither the pack nor a scenario that comes with it cites."""
    for passage in survey.pack.passages.values():
        if passage.passage not in survey.passages_used:
            help = "cite it where it belongs, or leave it out"
            yield Complaint(passage.place, f"nothing cites the passage `{passage.passage}`", help)
