"""What is to be read beside the commands: a page on each topic, and the meaning of each word of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

__all__ = ["TOPICS", "topic", "words"]

TOPICS: Mapping[str, str] = {
    "scenario": "Write a scenario in five minutes.",
    "questions": "What people ask next.",
    "words": "The words of an answer, and how they come about.",
    "lens": "Whose readings count.",
    "options": "The options, and the forms of a result.",
    "scripts": "Many scenarios, records and tables.",
    "cluster": "More than one machine.",
    "python": "From Python: scripts and notebooks.",
    "exit": "Exit statuses and the environment.",
    "why": "Why it is so.",
    "contribute": "How to add something, and what the tests ask.",
}


def topic(name: str) -> str:
    """Return the page on a topic, as Markdown."""
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")


def words() -> dict[str, str]:
    """Return each word of an answer with its meaning, as the tables of the page on words have them."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", topic("words"), re.MULTILINE)
    return {word.lower(): meaning.replace("*", "") for word, meaning in rows if word not in {"it says", "word"}}
