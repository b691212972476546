"""The end of every screen: what it is not, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.answer.answer import Receipt
from authcheck.rendering.layout import Line, line

__all__ = ["receipt_lines"]


def receipt_lines(disclaimer: str, receipt: Receipt, scenarios: Mapping[str, str], rest: str = "") -> Iterator[Line]:
    """Return the disclaimer, and the tool, the pack and the scenarios with their digests, by what they are called."""
    yield line((disclaimer, "quiet"))
    parts = [
        f"{receipt.tool} {receipt.version}",
        f"pack {receipt.pack} {receipt.pack_version} ({_short(receipt.pack_digest)})",
        *(f"{name} ({_short(digest)})" for name, digest in scenarios.items()),
        rest,
    ]
    yield line((" · ".join(one for one in parts if one), "quiet"))


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:12]
