"""What the verification of quotations came to, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.asking.verification import DocumentCheck, totals
from authcheck.rendering.diagnostics import diagnostic_lines
from authcheck.rendering.layout import Line, line

__all__ = ["verification_layout"]


def verification_layout(checks: Sequence[DocumentCheck]) -> Iterator[Line]:
    """Return a line for each document whose text is at hand, the problems, and the counts."""
    yield line(("Quotations held against their documents", "name"))
    for check in checks:
        if check.checkable:
            style = "unavailable" if check.problems else "available"
            yield line((f"{check.document}: ", style), f"{check.found} of {check.quotes} quotations found once")
            yield from diagnostic_lines(check.problems)
    unchecked = [check.document for check in checks if not check.checkable]
    if unchecked:
        yield line((f"no full text to check against: {', '.join(unchecked)}", "quiet"))
    counts = totals(checks)
    yield line(
        f"{counts.found} of {counts.quotes} quotations of {counts.checkable} documents found; "
        f"{counts.unchecked} passages have no full text here; {counts.problems} problems"
    )
