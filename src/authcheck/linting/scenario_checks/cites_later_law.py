"""What an answer cites is there on its date."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer import Decider
from authcheck.answer.answer import Untimely
from authcheck.diagnostics import AuthcheckError, Severity
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "cites-later-law"
SEVERITY = Severity.NOTE
SUMMARY = "the answer cites a law, an order or an opinion that is later than the scenario's date"
WHY = "A reader of the answer sees what nobody could have cited then. It may be meant; then an ignore says why."
EXAMPLE = (
    Excerpt(
        "strike.yaml",
        good="""\
scenario: A strike at sea
as_of: 2025-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
""",
        bad="""\
scenario: A strike at sea
as_of: 1990-02-25
description: A drone strikes a boat of a cartel in international waters.
facts:
  operation: {type: airstrike, location: international_airspace_or_waters}
  conducting_element: us_armed_forces
  target_type: cartel
""",
    ),
)


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
    """Return a complaint that names every later document that the answer on some activity cites."""
    later: dict[str, str] = {}
    for told in [scenario.alone(name) for name in scenario.activities] or [scenario]:
        try:
            answer = _decider(pack).decide(told)
        except (AuthcheckError, ValueError):
            # Facts that no situation has together, and tables that are too large, are reported for themselves.
            continue
        later |= {
            one.document: f"`{one.document}` ({one.date})"
            for one in answer.cannot_know
            if one.untimely is Untimely.LATER
        }
    if later:
        day = scenario.as_of or pack.as_of
        message = f"the answer for {day} cites what is later: {', '.join(later.values())}"
        yield Complaint(scenario.place, message, "give a later date, or say in an ignore why it is meant")


_LAST: list[Decider] = []
"""The decider of the pack that was asked about last: scenarios are checked one after another, most of one pack."""


def _decider(pack: Pack) -> Decider:
    if not _LAST or _LAST[0].pack is not pack:
        _LAST[:] = [Decider(pack)]
    return _LAST[0]
