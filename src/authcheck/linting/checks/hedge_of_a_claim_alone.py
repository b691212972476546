"""The words with which a claim hedges are hedges of the rules that it is proved from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import HEDGE, Survey

CODE = "hedge-of-a-claim-alone"
SEVERITY = Severity.WARNING
SUMMARY = "a claim quotes a hedge of its source, and no rule that cites the same passage has a `hedge`"
WHY = "A hedge that stands in a claim alone is lost wherever a verdict is printed: an answer is surer than the claim."
EXAMPLE = (
    Excerpt(
        "sources/story.yaml",
        good="""\
- passage: story-1
  quote: the board may act once it has approved
""",
        bad="""\
- passage: story-1
  quote: the board may probably act once it has approved
""",
    ),
    Excerpt(
        "charter.yaml",
        good="""\
- element: approved
  text: The board has approved it.
""",
        bad="""\
- element: approved
  text: The board has approved it; it may probably act.
""",
    ),
    Excerpt(
        "claims.yaml",
        good="""\
- claim: acts-alone
  text: The charter speaks of acts alone.
""",
        bad="""\
- claim: acts-alone
  text: The charter speaks of acts alone.
  hedge: The teller says "probably".
""",
    ),
)

_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every hedge that a claim quotes from a passage of which the rules have none."""
    for claim in survey.pack.claims.values():
        for words in filter(HEDGE.search, _QUOTED.findall(claim.hedge)):
            passages = [one for one in claim.cite if words.lower() in survey.pack.passages[one].quote.lower()]
            rules = [one for one in survey.hedgeable if set(one.cite) & set(passages)]
            if rules and not any(one.hedges for one in rules):
                message = f"the claim `{claim.claim}` hedges with “{words}”, and no rule that cites the passage hedges"
                yield Complaint(claim.place, message, "add the words as the `hedge:` of the rule that they limit")
