"""The beginning of a result, what it is of, and its end: what it is not, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.answer.answer import Receipt
from authcheck.rendering.layout import Line, line
from authcheck.rendering.words import lens_words

__all__ = ["activity_words", "head_lines", "receipt_lines", "scenario_lines", "short"]


def head_lines(title: str, receipt: Receipt, option: str = "", given: str = "") -> Iterator[Line]:
    """Return the title, and under it the date, with where it was given, the lens and the course of action."""
    chosen = (f" · option {option}" if option else "") + activity_words(receipt)
    yield line((title, "title"))
    yield line((f"as of {receipt.as_of}{given} · {lens_words(receipt)}{chosen}", "quiet"))


def activity_words(receipt: Receipt) -> str:
    """Return the activity of which a result is, to follow on a line; nothing where there are not several."""
    return f" · activity {receipt.activity}" if receipt.activity else ""


def scenario_lines(disclaimer: str, scenario: str, receipt: Receipt, rest: str = "") -> Iterator[Line]:
    """Return the end of a result on one scenario."""
    return receipt_lines(disclaimer, receipt, {f"scenario {scenario}": receipt.scenario_digest}, rest)


def receipt_lines(disclaimer: str, receipt: Receipt, scenarios: Mapping[str, str], rest: str = "") -> Iterator[Line]:
    """Return the disclaimer, and the tool, the pack and the scenarios with their digests, by what they are called."""
    yield line((disclaimer, "quiet"))
    parts = [
        f"{receipt.tool} {receipt.version}",
        f"pack {receipt.pack} {receipt.pack_version} ({short(receipt.pack_digest)})",
        *(f"{name} ({short(digest)})" for name, digest in scenarios.items()),
        rest,
    ]
    yield line((" · ".join(part for part in parts if part), "quiet"))


def short(digest: str) -> str:
    """Return as much of a digest as tells it from others."""
    return digest.removeprefix("sha256:")[:12]
