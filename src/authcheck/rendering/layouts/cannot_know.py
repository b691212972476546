"""What the documents of an answer cannot know of its date, in words."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer.answer import Answer, Untimely
from authcheck.rendering.layout import Line, line

__all__ = ["CANNOT_KNOW", "beyond_in_short", "beyond_words", "cannot_know_lines", "cannot_know_words"]

CANNOT_KNOW = "What the documents cannot know"


def cannot_know_lines(answer: Answer) -> Iterator[Line]:
    """Return what the documents cannot know of the answer's date, under a heading; nothing where nothing is."""
    words = cannot_know_words(answer)
    if words:
        yield line((CANNOT_KNOW, "heading"))
    yield from (line(sentence, indent=2) for sentence in words)


def cannot_know_words(answer: Answer) -> tuple[str, ...]:
    """Return what the documents cannot know of the answer's date, a sentence each."""
    return tuple(words for words in (beyond_words(answer), _later_words(answer)) if words)


def beyond_words(answer: Answer) -> str:
    """Return how the date lies outside the time of the documents of the rules; nothing where it does not."""
    for law in answer.cannot_know:
        if law.untimely is Untimely.AFTER:
            return f"The documents end on {law.date}: of what came after they cannot know."
        if law.untimely is Untimely.BEFORE:
            return f"The documents begin on {law.date}: they speak of the law and practice of their own time."
    return ""


def beyond_in_short(answer: Answer) -> str:
    """Return where the documents of the rules end or begin, where the date lies outside their time; else nothing."""
    ends = {Untimely.AFTER: "end", Untimely.BEFORE: "begin"}
    return next(
        (f"Documents {ends[law.untimely]} on {law.date}." for law in answer.cannot_know if law.untimely in ends), ""
    )


def _later_words(answer: Answer) -> str:
    later = [f"{law.title} ({law.date})" for law in answer.cannot_know if law.untimely is Untimely.LATER]
    return f"Cited here, and later than {answer.receipt.as_of}: {'; '.join(later)}." if later else ""
