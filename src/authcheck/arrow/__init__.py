"""Tables of Arrow: what is read from Parquet and written to it. This alone knows pyarrow, the extra `tables`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authcheck.arrow.library import NotInstalledError, require

if TYPE_CHECKING:
    from authcheck.arrow.deciding import BatchDecider

__all__ = ["BatchDecider", "NotInstalledError", "require"]


def __getattr__(name: str) -> object:
    # The library loads where it is used.
    if name != "BatchDecider":
        raise AttributeError(name)
    from authcheck.arrow.deciding import BatchDecider

    return BatchDecider
