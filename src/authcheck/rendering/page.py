"""A page that stands alone: it asks nothing of any network, and its policy forbids it to."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from authcheck.rendering.elements import Child, Html, element

__all__ = ["colours", "contents", "fragment_style", "whole_page"]

_HERE = Path(__file__).parent


def whole_page(title: str, header: Html, ways: Child, main: Html) -> str:
    """Return the page, ending in a newline, with the ways about it, if any. Its main part has the id `main`."""
    style, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{title} · authcheck"),
        # An empty picture, lest a browser ask a server for one.
        element("link", rel="icon", href="data:,"),
        element("style", Html(style)),
    )
    skip = element("a", "Skip to the answer", href="#main", class_="skip")
    frame = element("div", header, ways, main, class_="frame wide" if ways else "frame")
    page = element("html", head, element("body", skip, frame, element("script", Html(script))), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def colours() -> str:
    """Return the colours by name, in light and in dark, as a style sheet begins with them."""
    return (_HERE / "page.css").read_text(encoding="utf-8").partition("*,*::before")[0]


def fragment_style() -> Html:
    """Return the styles of a part of another page, of which nothing else there is touched."""
    own = (_HERE / "fragment.css").read_text(encoding="utf-8")
    return Html(colours().replace(":root", ".authcheck") + own)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def contents(entries: Sequence[tuple[str, str]]) -> Html:
    """Return the way about the page: links to ids, with their words, and what unfolds everything."""
    links = [element("li", element("a", words, href=f"#{id}")) for id, words in entries]
    buttons = [
        element("button", words, type="button", hidden=True, data_unfold=which)
        for which, words in (("all", "Unfold all"), ("none", "Fold all"))
    ]
    return element("nav", element("ul", links), element("div", buttons, class_="controls"), aria_label="Contents")
