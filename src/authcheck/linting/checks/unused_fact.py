"""A fact of the vocabulary serves a rule, or is said to serve none."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unused-fact"
SEVERITY = Severity.WARNING
SUMMARY = "nothing turns on a fact, and it is not marked `narrative`"
WHY = (
    "An author of scenarios takes care over every fact that the vocabulary offers. One that "
    "changes nothing should say so; often it is a rule that forgot to ask for it."
)
EXAMPLE = (
    Excerpt(
        "vocabulary/facts.yaml",
        good="""\
- fact: weather
  group: incident
  kind: status
  type: choice
  question: What was the weather like?
  meaning: As remembered.
  values:
    fair: Fair.
    foul: Foul.
  narrative: true
""",
        bad="""\
- fact: weather
  group: incident
  kind: status
  type: choice
  question: What was the weather like?
  meaning: As remembered.
  values:
    fair: Fair.
    foul: Foul.
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every fact on which nothing turns, directly or through what facts demand of one another."""
    for fact in survey.pack.facts.values():
        if fact.fact not in survey.facts_used and not fact.narrative:
            help = "ask for it in a rule, mark it `narrative: true`, or leave it out"
            yield Complaint(fact.place, f"nothing turns on the fact `{fact.fact}`", help)
