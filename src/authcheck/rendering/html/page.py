"""A page that stands alone: it asks nothing of any network, and its policy forbids it to."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from authcheck.rendering.html.elements import Child, Html, element
from authcheck.rendering.html.style import SCRIPT, STYLE

__all__ = ["contents", "whole_page"]


def whole_page(title: str, *body: Child) -> str:
    """Return the page, ending in a newline. Its main part has the id `main`."""
    policy = (
        f"default-src 'none'; style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)}; img-src data:; "
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
        element("style", Html(STYLE)),
    )
    skip = element("a", "Skip to the answer", href="#main", class_="skip")
    frame = element("div", *body, class_="frame wide")
    page = element("html", head, element("body", skip, frame, element("script", Html(SCRIPT))), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


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
