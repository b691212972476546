"""What the tests of scenarios came to, as text: failures in full, the rest in counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.asking.expectations import Aspect, ExpectationResult
from authcheck.rendering.layout import Line, line

__all__ = ["expectations_layout"]


def expectations_layout(
    results: Sequence[ExpectationResult], without: Sequence[str], written: Sequence[str], *, failed_alone: bool = False
) -> Iterator[Line]:
    """Return a line for each expectation, what differs under it, the files corrected, and the counts.

    Where the `failed_alone` are shown, those that are met are in the counts only.
    """
    yield line(("Expectations of the scenarios", "name"))
    for result in results:
        if result.met and failed_alone:
            continue
        word, style = ("met", "available") if result.met else ("not met", "unavailable")
        yield line((f"{word}: ", style), result.name)
        for difference in result.differences:
            place = f"{difference.place}: " if difference.place.line else ""
            what = f"{difference.authority} " if difference.authority else ""
            if difference.aspect is Aspect.RELIES_ON:
                came, expected = ("is", "not ") if difference.got == "yes" else ("is not", "")
                yield line(f"{place}{what}{came} relied on, and is {expected}expected to be", indent=2)
            elif difference.expected:
                yield line(f"{place}{what}expected {difference.expected}, got {difference.got}", indent=2)
            else:
                yield line(f"{place}{what}is not listed; add it, or say `match: subset`", indent=2)
            if difference.reason:
                yield line(difference.reason, indent=4)
    if without:
        names = ", ".join(without)
        yield line((f"without `expect:`, so not tested (`--write` adds it): {names}", "quiet"))
    if written:
        yield line(f"written, so that these are met now: {', '.join(written)}")
    failed = sum(not result.met for result in results)
    yield line(f"{len(results) - failed} met, {failed} not met, {len(without)} without an expectation")
