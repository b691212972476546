"""Whether the library is at hand."""

from __future__ import annotations

__all__ = ["NotInstalledError", "require"]


class NotInstalledError(Exception):
    """Raised, with what to do about it, where the library is not installed."""


def require(what: str) -> None:
    """Raise NotInstalledError where the library is missing that something needs, which is named."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise NotInstalledError(f"{what} needs the library pyarrow: pip install 'authcheck[tables]'") from None
