"""A passage of an article says whether its words are those of the speaker or a report of them."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey

CODE = "unsaid-speech"
SEVERITY = Severity.ERROR
SUMMARY = "somebody speaks in an article, and `speech` does not say whether in their own words"
WHY = (
    "What an article reports of somebody is in the article's words. Printed as theirs, it puts a sentence into a "
    "mouth that did not say it."
)
EXAMPLE = (
    Excerpt(
        "sources/echo.yaml",
        good="""\
- passage: echo-1
  quote: the board can act once it has approved
  at: paragraph 1
  speaker: somebody
  speech: indirect
""",
        bad="""\
- passage: echo-1
  quote: the board can act once it has approved
  at: paragraph 1
  speaker: somebody
""",
    ),
)


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every passage of an article that another than the article or its author says, without its speech."""
    for passage in survey.pack.passages.values():
        document = survey.pack.documents[passage.document]
        own = {document.voice, document.title, document.author}
        if document.document_class.is_article and passage.speech is None and passage.speaker not in own:
            message = f"the passage `{passage.passage}` does not say whether it has the words of {passage.speaker}"
            help = "add `speech: direct`, `indirect` or `post`; leave `speaker` out where the article speaks itself"
            yield Complaint(passage.place, message, help)
