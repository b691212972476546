"""A ground can make a difference."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.diagnostics import Severity
from authcheck.linting.idleness import ground_is_idle
from authcheck.linting.rule import Complaint
from authcheck.linting.survey import Survey

CODE = "idle-ground"
SEVERITY = Severity.WARNING
SUMMARY = "a ground can never matter"
WHY = "A ground is one way to rely on an authority. One that never holds where no other does is no way of its own."


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every ground without which the authority would hold in the same worlds, on each reading."""
    for authority in survey.pack.authorities.values():
        for ground in authority.grounds:
            if ground_is_idle(authority, ground, survey):
                message = f"the ground `{ground.ground}` of `{authority.authority}` can never matter"
                help = "it never holds, or another ground holds wherever it does: correct it, or leave it out"
                yield Complaint(ground.place, message, help)
