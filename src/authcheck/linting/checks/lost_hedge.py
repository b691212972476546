"""What limits a sentence of a source limits what a rule takes from it."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import HEDGE, Survey

CODE = "lost-hedge"
SEVERITY = Severity.WARNING
SUMMARY = "a cited passage hedges, and neither the text nor a `hedge` of what cites it does"
WHY = "A source that says “likely” or “not necessarily” is less sure than a rule, and an answer, without the word."
EXAMPLE = (
    Excerpt(
        "sources/story.yaml",
        good="""\
- passage: story-2
  quote: in answer to an incident
""",
        bad="""\
- passage: story-2
  quote: most likely in answer to an incident  # and what cites it is sure
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return everything that cites a passage with a word that hedges, and has no such word itself."""
    for one in survey.hedgeable:
        said = " ".join((one.text, *one.hedges)).lower()
        for passage in one.cite:
            lost = [word for word in HEDGE.findall(survey.pack.passages[passage].quote) if word.lower() not in said]
            if lost:
                words = " and ".join(f"“{word}”" for word in dict.fromkeys(lost))
                help = f"add `hedge:` with the words of the passage, or say {words} in the text"
                yield Complaint(one.place, f"{one.name} loses {words} of `{passage}`", help)
