"""HTML built from values: whatever is not HTML already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from authcheck.loading.files import printable

__all__ = ["Child", "Html", "element", "together"]


class Html(str):
    """Text that is HTML already. Only `element` and `together` make it; put to a plain text it is plain again."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child]"

_EMPTY = {"br", "link", "meta"}


def element(tag: str, *children: Child, **attributes: str | bool) -> Html:
    """Return an element. `class_` is the attribute `class`, and `aria_label` `aria-label`.

    An attribute that is true stands without a value; one that is false or empty is left out.
    """
    words = [tag]
    for name, value in attributes.items():
        if value:
            name = name.rstrip("_").replace("_", "-")  # noqa: PLW2901 - the name as HTML spells it.
            words.append(name if value is True else f'{name}="{escape(printable(value))}"')
    start = f"<{' '.join(words)}>"
    return Html(start) if tag in _EMPTY else Html(f"{start}{together(*children)}</{tag}>")


def together(*children: Child) -> Html:
    """Return children as HTML, one after another."""
    return Html("".join(_one(child) for child in children))


def _one(child: Child) -> str:
    if isinstance(child, Html):
        return str(child)
    if isinstance(child, str):
        return escape(printable(child))
    return str(together(*child))
