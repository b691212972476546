"""What is cited for the case that a thing is not met is among what is cited of it."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Place, Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey
from authcheck.model.authority import Element
from authcheck.model.question import Reading

CODE = "unmet-not-cited"
SEVERITY = Severity.ERROR
SUMMARY = "a `cite_unmet` names a passage that is not in the `cite` beside it"
WHY = "It says of passages that are cited when they speak. One that is not cited is shown nowhere."
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
  cite_unmet: [story-2]  # it is not in `cite`
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every element and reading that names a passage as one for where it is not met, and does not cite it."""
    for name, place, one in _citing(survey):
        for passage in one.cite_unmet:
            if passage not in one.cite:
                message = f"{name} has `{passage}` in `cite_unmet` and not in `cite`"
                yield Complaint(place, message, "cite it, or take it out")


def _citing(survey: Survey) -> Iterator[tuple[str, Place, Element | Reading]]:
    for placed in survey.elements:
        yield placed.name, placed.element.place, placed.element
    for question in survey.pack.questions.values():
        for reading in question.readings.values():
            yield f"the reading `{reading.reading}` of `{question.question}`", question.place, reading
