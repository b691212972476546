"""A question is asked because a rule turns on it, or is shown beside an authority."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.decision.verdicts import questions_of
from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unused-question"
SEVERITY = Severity.WARNING
SUMMARY = "no rule turns on a question, and no authority shows it"
WHY = "A dispute that no answer mentions is lost on every reader."
EXAMPLE = (
    Excerpt(
        "vocabulary/questions.yaml",
        good="""\
- question: scope
  text: Is an incident needed?
  readings:
    - reading: narrow
      text: It is.
      holders: [teller]
      cite: [story-2]
    - reading: wide
      text: It is not.
      holders: [text]
      cite: [statute-1]
""",
        bad="""\
- question: scope
  text: Is an incident needed?
  readings:
    - reading: narrow
      text: It is.
      holders: [teller]
      cite: [story-2]
    - reading: wide
      text: It is not.
      holders: [text]
      cite: [statute-1]
- question: wisdom  # no element is contested on it
  text: Is it wise?
  readings:
    - {reading: wise, text: It is., holders: [teller], cite: [story-1]}
    - {reading: unwise, text: It is not., holders: [text], cite: [statute-1]}
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every question that no answer can show."""
    used = {
        question
        for authority in survey.pack.authorities.values()
        for named in (
            questions_of(authority),
            *(supply.only_on for supply in authority.supplies),
        )
        for question in named
    }
    for name, question in survey.pack.questions.items():
        if name not in used and not question.shown_with:
            help = "let an element be `contested` on it, or name authorities under `shown_with`"
            yield Complaint(question.place, f"no rule turns on the question `{name}`, and nothing shows it", help)
