"""What a story says and what its facts state agree, as far as words can show it."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.loading.stories import said_in
from authcheck.model.condition import Test
from authcheck.model.fact import FactKind
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "story-says-otherwise"
SEVERITY = Severity.NOTE
SUMMARY = "words of the description say something else of a fact than the facts state"
WHY = (
    "The answer is to the facts alone; who reads the story with it takes it for the answer to that. Words are matched "
    "with the phrases of the vocabulary, and may be meant otherwise."
)
EXAMPLE = (
    Excerpt(
        "strike.yaml",
        good="""\
scenario: A strike on a laboratory
as_of: 2025-02-25
description: Without the host's consent, a drone strikes a laboratory.
facts:
  operation: {type: airstrike, location: host_country}
  conducting_element: us_armed_forces
  host_consent_status: none
""",
        bad="""\
scenario: A strike on a laboratory
as_of: 2025-02-25
description: Without the host's consent, a drone strikes a laboratory.
facts:
  operation: {type: airstrike, location: host_country}
  conducting_element: us_armed_forces
  host_consent_status: given
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint for each stated fact of which the description says one other value.

    Of what is done a story tells several things, and what is stated of a course of action or an activity is told beside
    the others: of these nothing is said.
    """
    for name, said in said_in(scenario.description, pack).items():
        stated = scenario.facts.get(name)
        if stated is None or not stated.values or pack.facts[name].kind is FactKind.ACTIVITY:
            continue
        test = Test(name, (said.value,))
        if not any(test.has(value) for value in stated.values):
            message = f"the story says “{said.words}”, and `{name}` is stated as {stated.said}"
            yield Complaint(
                stated.place, message, "correct one of the two, or say in an ignore how the words are meant"
            )
