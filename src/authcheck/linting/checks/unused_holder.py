"""A holder is named because some reading is theirs."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unused-holder"
SEVERITY = Severity.WARNING
SUMMARY = "no reading names a holder"
WHY = "A lens of a holder without readings admits what the documents do, and so shows nobody's view."
EXAMPLE = (
    Excerpt(
        "vocabulary/lenses.yaml",
        good="""\
- {holder: text, name: the text}
""",
        bad="""\
- {holder: text, name: the text}
- {holder: critic, name: the critic}  # holds no reading
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every holder of no reading."""
    pack = survey.pack
    held = {
        holder
        for question in pack.questions.values()
        for reading in question.readings.values()
        for holder in reading.holders
    }
    for name in pack.holders:
        if name not in held:
            place = pack.places[f"holder:{name}"]
            help = "name it under the `holders` of a reading, or leave it out"
            yield Complaint(place, f"`{name}` holds no reading", help)
