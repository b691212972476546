"""Where the sources are silent, the pack says on what."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey
from authcheck.model.authority import Rule
from authcheck.model.condition import Constant, Truth, parts

CODE = "missing-silence"
SEVERITY = Severity.WARNING
SUMMARY = "an element can be silent, but no `silence` says on what"
WHY = "`silent` is an answer of its own. Without words for it, a reader learns that something is missing and not what."
EXAMPLE = (
    Excerpt(
        "charter.yaml",
        good="""\
readings:
  narrow: answered
  wide: not-asked
""",
        bad="""\
readings:
  narrow: {any: [answered, silent]}
  wide: not-asked
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every element with a rule that can be silent and has no words for it."""
    for one in survey.elements:
        if any(not rule.silence and _can_be_silent(rule) for rule in one.element.rules):
            help = "add `silent_when` with `silence`, and say there what the sources do not say"
            yield Complaint(one.element.place, f"{one.name} can be silent without saying on what", help)


def _can_be_silent(rule: Rule) -> bool:
    return any(
        part == Constant(Truth.SILENT)
        for condition in (rule.when, rule.unless)
        if condition is not None
        for part in parts(condition)
    )
