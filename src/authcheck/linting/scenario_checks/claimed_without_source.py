"""A claim says where it is told."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Complaint
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

CODE = "claimed-without-source"
SEVERITY = Severity.WARNING
SUMMARY = "what was claimed cites no passage and names no source"
WHY = "That somebody relied on an authority is a word put into their mouth, and a reader must be able to look it up."


def check(scenario: Scenario, pack: Pack) -> Iterator[Complaint]:  # noqa: ARG001 - every rule is asked alike.
    """Return a complaint for each claim that says nowhere where it stands."""
    for claim in scenario.claimed:
        if not claim.cite and not claim.source:
            message = f"that {claim.by} relied on `{claim.authority}` is told nowhere"
            yield Complaint(claim.place, message, "name a passage under `cite`, or where it stands under `source`")
