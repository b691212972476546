"""Two documents of which one copies the other are one source."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "restated"
SEVERITY = Severity.NOTE
SUMMARY = "documents that restate one another are cited side by side"
WHY = "A rule seems better founded the more documents say it. One that repeats another adds nothing to it."
EXAMPLE = (
    Excerpt(
        "landlord.yaml",
        good="""\
- element: given
  text: The landlord has given leave.
  when: leave_given
  cite: [story-2]
""",
        bad="""\
- element: given
  text: The landlord has given leave.
  when: leave_given
  cite: [story-2, echo-1]
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return whatever several documents carry that are all one source."""
    pack = survey.pack
    for one in survey.cited:
        cited = dict.fromkeys(pack.passages[passage].document for passage in one.cite)
        sources = {pack.documents[document].restates or document for document in cited}
        if len(cited) > 1 and len(sources) == 1:
            listed = " and ".join(f"`{document}`" for document in cited)
            message = f"{one.name} cites {listed}, which count as one source"
            yield Complaint(one.place, message, "cite a source of its own beside them, if there is one")
