"""A step that the pack takes is nobody's but the pack's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "speaker-of-an-inference"
SEVERITY = Severity.ERROR
SUMMARY = "the step of an `inferred` names somebody who speaks in a cited passage"
WHY = "An inference is printed as this pack's own. A name in its step stands beside words that nobody said."
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
- exception: abroad
  text: The incident was abroad.
""",
        bad="""\
- exception: abroad
  text: The incident was abroad.
  inferred: The teller speaks of approval; that the incident must be at home is not said.
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every inferred step that has the name of a speaker whom it is drawn from."""
    for part in survey.cited:
        for passage in (survey.pack.passages[name] for name in part.cite):
            if passage.speech is None:
                continue
            surname = passage.speaker.split()[-1]
            if re.search(rf"\b{re.escape(surname)}\b", part.inferred):
                message = f"{part.name} is inferred, and its step names {passage.speaker}"
                yield Complaint(part.place, message, "say in the step what the document says, and what it does not")
                break
