"""What is said to serve no rule serves none."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.evaluation.worlds import facts_of
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "narrative-used"
SEVERITY = Severity.WARNING
SUMMARY = "a fact is marked `narrative`, but a rule turns on it"
WHY = "Readers skip narrative facts, because the vocabulary says that no verdict, duty or caution turns on them."
EXAMPLE = (
    Excerpt(
        "vocabulary/facts.yaml",
        good="""\
- fact: barred
  group: act
  kind: status
  type: yes-no
  question: Is it barred?
  meaning: A written bar counts.
""",
        bad="""\
- fact: barred
  group: act
  kind: status
  type: yes-no
  question: Is it barred?
  meaning: A written bar counts.
  narrative: true
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every narrative fact that a rule asks for, or from which something about such a fact follows."""
    for fact in survey.pack.facts.values():
        # That it has a value at all may say something too: that is how a detail belongs to its event.
        follows = survey.facts_used.intersection(facts_of(fact.implies.values()))
        if fact.narrative and (fact.fact in survey.facts_asked or follows):
            message = f"the fact `{fact.fact}` is marked `narrative`, but a rule turns on it"
            yield Complaint(fact.place, message, "leave out `narrative: true`")
