"""What was built from a text, kept by the text's digest, so that the next run need not build it again.

The first line is the digest of the rest: a kept file that does not fit is left aside and written anew. Where nothing
can be kept, everything still works.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from authcheck.loading import data

__all__ = ["Cache", "default_cache"]

Thing = TypeVar("Thing")

# Nothing that is kept comes near it.
_MOST_BYTES = 1 << 27


class Cache:
    """A folder of built values, or nothing at all."""

    def __init__(self, folder: Path | None, version: str = "") -> None:
        """Keep values in the folder; with None, keep nothing. What another version kept is not read."""
        self.folder = folder
        self.version = version

    def built(self, kind: str, key: tuple[str, ...], expected: type[Thing], build: Callable[[], Thing]) -> Thing:
        """Return the value kept under the key, else build it and keep it. Errors of building are passed on."""
        if self.folder is None:
            return build()
        # The model's own shape is part of the key, so that a value of an older shape is never read.
        form = data.shape()
        body = self.read(kind, (form, *key))
        # What is of another form is as good as nothing.
        with contextlib.suppress(ValueError, TypeError, LookupError, RecursionError):
            kept = None if body is None else data.read(body)
            if isinstance(kept, expected):
                return kept
        value = build()
        with contextlib.suppress(ValueError):
            self.keep(kind, (form, *key), data.written(value))
        return value

    def read(self, kind: str, key: tuple[str, ...]) -> bytes | None:
        """Return what is kept under the key, or nothing: a file cut short or changed by hand is as good as none."""
        if self.folder is None:
            return None
        path = self._path(kind, key, self.folder)
        with contextlib.suppress(OSError):
            found = path.stat()
            if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
                return None
            digest, _, body = path.read_bytes().partition(b"\n")
            if digest == _digest(body):
                return body
        return None

    def keep(self, kind: str, key: tuple[str, ...], body: bytes, most: int = 0) -> None:
        """Keep this under the key, where it can be kept; of a kind of which so many are kept, the latest are."""
        if self.folder is None:
            return
        path = self._path(kind, key, self.folder)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            _replace(path, _digest(body) + b"\n" + body)
            if most:
                kept = sorted(self.folder.glob(f"{kind}-*.json"), key=lambda one: one.stat().st_mtime_ns)
                for one in kept[:-most]:
                    one.unlink()

    def _path(self, kind: str, key: tuple[str, ...], folder: Path) -> Path:
        name = hashlib.sha256("\0".join((self.version, *key)).encode(errors="surrogatepass")).hexdigest()[:40]
        return folder / f"{kind}-{name}.json"


def _replace(path: Path, content: bytes) -> None:
    """Write the file whole, or leave what is there and nothing besides."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def default_cache(version: str) -> Cache:
    """Return the user's cache for a version of the tool: AUTHCHECK_CACHE names its folder, or `off`."""
    named = os.environ.get("AUTHCHECK_CACHE", "")
    if named:
        return Cache(None if named == "off" else Path(named), version)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or str(Path("~/.cache").expanduser())
    return Cache(Path(base) / "authcheck" if Path(base).is_absolute() else None, version)
