"""An answer as a notebook shows it."""

from __future__ import annotations

from authcheck.answer.answer import Answer
from authcheck.rendering.layouts.answer import answer_in_short
from authcheck.rendering.on_page import fragment_text

__all__ = ["html_of"]


def html_of(answer: Answer) -> str:
    """Return the first part of the answer as a part of a page, which stands alone and runs nothing."""
    return fragment_text(answer_in_short(answer))
