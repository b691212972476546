"""What was built from a text, kept by the text's digest, so that the next run need not build it again.

The form is JSON: reading it back can make values of the model and nothing else. The first line is the digest
of the rest: a kept file that does not fit is left aside and written anew. The second is the value; what few commands
ask for is a line of its own after it, read when it is asked for. Where nothing can be kept, everything still works.
"""

from __future__ import annotations

import contextlib
import datetime
import enum
import hashlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from authcheck.diagnostics import Place
from authcheck.model import authority, claim, condition, fact, pack, period, question, scenario, source
from authcheck.model.verdict import Verdict

__all__ = ["Cache", "default_cache"]

Thing = TypeVar("Thing")

_TUPLE, _MAPPING, _DATE = 0, 1, 2
_MODULES = (condition, period, fact, source, authority, question, claim, pack, scenario)
_CLASSES: tuple[type, ...] = (
    Place,
    Verdict,
    *(
        value
        for module in _MODULES
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and (is_dataclass(value) or issubclass(value, enum.Enum))
    ),
)
_TAG_OF = {cls: tag for tag, cls in enumerate(_CLASSES, start=3)}
_FIELDS: Mapping[type, tuple[str, ...]] = {
    cls: tuple(one.name for one in fields(cls)) for cls in _CLASSES if is_dataclass(cls)
}

# Nothing that is kept comes near it.
_MOST_BYTES = 1 << 27

# Where a pack's parts stand and what its documents claim is asked for by few commands.
_LATER: Mapping[type, tuple[str, ...]] = {pack.Pack: ("places", "claims")}


class _Later(Mapping[str, Any]):
    """A mapping that is read when it is first asked for."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    @cached_property
    def _read(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = decode(json.loads(self._body))
        return found

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def encode(value: object) -> object:
    """Return the value as JSON data: every composite is a list that begins with its tag."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(encode, value)]
    if isinstance(value, Mapping):
        return [_MAPPING, list(value), *map(encode, value.values())]
    if isinstance(value, datetime.date):
        return [_DATE, value.isoformat()]
    if isinstance(value, enum.Enum):
        return [_TAG_OF[type(value)], value.value]
    cls = type(value)
    return [_TAG_OF[cls], *(encode(getattr(value, name)) for name in _FIELDS[cls])]


def decode(data: Any) -> Any:  # noqa: ANN401
    """Return the value that the data stands for. Raises an error of some kind where it stands for none."""
    return _BUILD[data[0]](data) if data.__class__ is list else data


def _decoded(data: list[Any], start: int) -> list[Any]:
    # As `decode` for each, without a call for the many that stand for themselves.
    return [_BUILD[one[0]](one) if one.__class__ is list else one for one in data[start:]]


def _mapping(data: list[Any]) -> dict[str, Any]:
    return dict(zip(data[1], _decoded(data, 2), strict=True))


def _builder(cls: type) -> Callable[[list[Any]], Any]:
    if issubclass(cls, enum.Enum):
        members = {one.value: one for one in cls}
        return lambda data: members[data[1]]
    return lambda data: cls(*_decoded(data, 1))


_BUILD: tuple[Callable[[list[Any]], Any], ...] = (
    lambda data: tuple(_decoded(data, 1)),
    _mapping,
    lambda data: datetime.date.fromisoformat(data[1]),
    *(_builder(cls) for cls in _CLASSES),
)


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
        form = repr([(cls.__qualname__, names) for cls, names in _FIELDS.items()])
        body = self.read(kind, (form, *key))
        # What is of another form is as good as nothing.
        with contextlib.suppress(ValueError, TypeError, LookupError, RecursionError):
            kept = None if body is None else _read(body)
            if isinstance(kept, expected):
                return kept
        value = build()
        with contextlib.suppress(ValueError):
            self.keep(kind, (form, *key), _written(value))
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


def _written(value: Any) -> bytes:  # noqa: ANN401
    later: dict[str, Any] = {name: getattr(value, name) for name in _LATER.get(type(value), ())}
    first = replace(value, **{name: {} for name in later}) if later else value
    lines = (json.dumps(encode(one), separators=(",", ":"), ensure_ascii=False) for one in (first, *later.values()))
    return "\n".join(lines).encode()


def _read(body: bytes) -> Any:  # noqa: ANN401
    first, *others = body.split(b"\n")
    kept = decode(json.loads(first))
    later = zip(_LATER.get(type(kept), ()), map(_Later, others), strict=True)
    return replace(kept, **dict(later)) if others else kept


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
