"""What is not to be reported, since its author says why: `# authcheck: ignore CODE because REASON`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from authcheck.diagnostics import Diagnostic, Severity
from authcheck.linting.rule import Excerpt, RuleDoc
from authcheck.model.scenario import Comment

__all__ = ["IGNORING", "heeded"]

_STORY = """\
{}
scenario: A strike at sea
description: A drone strikes a boat in international waters.
facts:
  operation: {{type: airstrike, location: international_airspace_or_waters}}
"""

IGNORING: Mapping[str, RuleDoc] = {
    rule.code: rule
    for rule in (
        RuleDoc(
            "bad-ignore",
            "scenario",
            Severity.WARNING,
            "an ignore names no code that can be ignored, or gives no reason",
            "Without its reason nobody can tell later whether what is kept quiet is still meant to be.",
            (
                Excerpt(
                    "exercise.yaml",
                    good=_STORY.format("# authcheck: ignore no-date because the exercise is of no day"),
                    bad=_STORY.format("# authcheck: ignore no-date"),
                ),
            ),
        ),
        RuleDoc(
            "unused-ignore",
            "scenario",
            Severity.NOTE,
            "an ignore stands where its code finds nothing",
            "It would keep quiet what comes to be there later, and was never judged.",
            (
                Excerpt(
                    "exercise.yaml",
                    good=_STORY.format("# authcheck: ignore no-date because the exercise is of no day"),
                    bad=_STORY.format("# authcheck: ignore duplicate-id because there is one of its name"),
                ),
            ),
        ),
    )
}
"""What is said of the comments themselves, which is never ignored."""

_FORM = re.compile(r"authcheck:\s*ignore\s+([a-z0-9-]+)\s+because\s+\S")


def heeded(found: Iterable[Diagnostic], comments: Iterable[Comment], codes: Collection[str]) -> Iterator[Diagnostic]:
    """Return what is left to report: all but what a comment on its line, or on the line before it, says to ignore.

    An ignore without a known code and a reason is reported, and one that does nothing. `codes` are those that may be
    ignored: what keeps an input from being read may not.
    """
    ignores: dict[tuple[str, int, str], Comment] = {}
    for comment in comments:
        if not comment.text.startswith("authcheck:"):
            continue
        told = _FORM.match(comment.text)
        if told is None or told[1] not in codes:
            message = "this ignore names no code that can be ignored, or gives no reason"
            help = "write `# authcheck: ignore CODE because REASON`"
            yield Diagnostic("bad-ignore", message, comment.place, Severity.WARNING, help)
        else:
            ignores[comment.place.file, comment.place.line, told[1]] = comment
    used: set[tuple[str, int, str]] = set()
    for one in found:
        keys = [(one.place.file, line, one.code) for line in (one.place.line, one.place.line - 1)]
        ignored = [key for key in keys if key in ignores]
        used.update(ignored)
        if not ignored:
            yield one
    for key, comment in ignores.items():
        if key not in used:
            message = f"`{key[2]}` finds nothing here that could be ignored"
            yield Diagnostic("unused-ignore", message, comment.place, Severity.NOTE, "take the comment away")
