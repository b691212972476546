"""Tables of Arrow: what is read from Parquet and written to it. This alone knows pyarrow, the extra `tables`."""

from __future__ import annotations

from authcheck.arrow.library import NotInstalledError, require

__all__ = ["NotInstalledError", "require"]
