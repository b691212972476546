"""Some situation exists."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.evaluation.projection import is_possible
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "impossible-facts"
SEVERITY = Severity.ERROR
SUMMARY = "what facts demand of one another leaves no situation at all"
WHY = "Where `only_if`, `implies` and `excludes` leave no combination of values, no scenario can be answered."
EXAMPLE = (
    Excerpt(
        "vocabulary/facts.yaml",
        good="""\
- fact: leave_given
  group: act
  kind: status
  type: yes-no
  question: Has the landlord given leave?
  meaning: A word counts.
""",
        bad="""\
- fact: leave_given
  group: act
  kind: status
  type: yes-no
  question: Has the landlord given leave?
  meaning: A word counts.
  implies: {"true": {not: leave_given}, "false": leave_given}
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every group of facts of which no world is left."""
    facts = survey.facts
    for names in survey.facts.groups:
        # A table that is refused is another rule's to report.
        with contextlib.suppress(ValueError):
            if not is_possible(names, facts, survey.open):
                culprits = [name for name in names if facts.demands[name]]
                listed = ", ".join(f"`{name}`" for name in culprits)
                message = f"what these facts demand of one another leaves no situation: {listed}"
                yield Complaint(facts[culprits[0]].place, message, "correct their `only_if`, `implies` and `excludes`")
