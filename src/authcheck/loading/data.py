"""Values of the model as JSON data, and back: reading data can make values of the model and nothing else.

The first line is the value, after all that stands in it more than once, if it is large; what few commands ask for is a
line of its own after it, read when it is asked for.
"""

from __future__ import annotations

import datetime
import enum
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias, TypeGuard

from authcheck.diagnostics import Place
from authcheck.model import authority, claim, condition, fact, pack, period, question, scenario, source
from authcheck.model.verdict import Verdict

__all__ = ["read", "shape", "written"]

_Build: TypeAlias = Callable[[list[Any], list[Any]], Any]
"""Makes a value of data, with all that makes values, each at its tag."""

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

# Where a pack's parts stand and what its documents claim is asked for by few commands.
_LATER: Mapping[type, tuple[str, ...]] = {pack.Pack: ("places", "claims")}


def shape() -> str:
    """Return what the classes of the model are like: data of another shape is not to be read."""
    return repr([(cls.__qualname__, names) for cls, names in _FIELDS.items()])


def written(value: Any) -> bytes:  # noqa: ANN401
    """Return the value as lines of data."""
    later: dict[str, Any] = {name: getattr(value, name) for name in _LATER.get(type(value), ())}
    if not later:
        # It is small: to look for what stands in it again would take longer than to read that twice.
        return _dumped([_encoded(value)]).encode()
    first = replace(value, **{name: {} for name in later})
    return "\n".join(_dumped(_each_once(_encoded(one))) for one in (first, *later.values())).encode()


def read(body: bytes) -> Any:  # noqa: ANN401
    """Return the value of such lines. Of others it raises ValueError, TypeError, LookupError or RecursionError."""
    first, *others = body.split(b"\n")
    kept = _loaded(first)
    later = zip(_LATER.get(type(kept), ()), map(_Later, others), strict=True)
    return replace(kept, **dict(later)) if others else kept


class _Later(Mapping[str, Any]):
    """A mapping that is read when it is first asked for."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    @cached_property
    def _read(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = _loaded(self._body)
        return found

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def _encoded(value: object) -> object:
    """Return the value as JSON data: every composite is a list that begins with its tag."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(_encoded, value)]
    if isinstance(value, Mapping):
        return [_MAPPING, list(value), *map(_encoded, value.values())]
    if isinstance(value, datetime.date):
        return [_DATE, value.isoformat()]
    if isinstance(value, enum.Enum):
        return [_TAG_OF[type(value)], value.value]
    cls = type(value)
    return [_TAG_OF[cls], *(_encoded(getattr(value, name)) for name in _FIELDS[cls])]


def _decode(data: Any, build: list[_Build]) -> Any:  # noqa: ANN401
    """Return the value that the data stands for. Raises an error of some kind where it stands for none."""
    return build[data[0]](data, build) if data.__class__ is list else data


def _decoded(data: list[Any], start: int, build: list[_Build]) -> list[Any]:
    # As `_decode` for each, without a call for the many that stand for themselves.
    return [build[one[0]](one, build) if one.__class__ is list else one for one in data[start:]]


def _mapping(data: list[Any], build: list[_Build]) -> dict[str, Any]:
    return dict(zip(data[1], _decoded(data, 2, build), strict=True))


def _builder(cls: type) -> _Build:
    if issubclass(cls, enum.Enum):
        members = {one.value: one for one in cls}
        return lambda data, _: members[data[1]]
    return lambda data, build: cls(*_decoded(data, 1, build))


_BUILD: tuple[_Build, ...] = (
    lambda data, build: tuple(_decoded(data, 1, build)),
    _mapping,
    lambda data, _: datetime.date.fromisoformat(data[1]),
    *(_builder(cls) for cls in _CLASSES),
)


class _Common:
    """What stands in some data more than once: each of these is written before it, and built once.

    Where it stands there is its number alone, in a list: the numbers go on where the tags end.
    """

    def __init__(self, data: object) -> None:
        self._texts: dict[int, str] = {}
        self._times: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self.parts: list[object] = []
        self._text(data)

    def _text(self, data: object) -> str:
        """Return a text that all data have that are alike, and count in how many things that differ it stands."""
        if not _is_composite(data):
            return repr(data)
        own = [self._text(part) for part in data[1:]]
        text = self._texts[id(data)] = f"[{data[0]}, {', '.join(own)}]"
        if text not in self._times:
            self._times[text] = 0
            for part, told in zip(data[1:], own, strict=True):
                if _is_composite(part):
                    self._times[told] += 1
        return text

    def without(self, data: object) -> object:
        """Return the data with numbers for what is common; what these are is then in `parts`, each after its own."""
        if not _is_composite(data):
            return data
        text = self._texts[id(data)]
        if text in self._numbers:
            return [self._numbers[text]]
        found = [data[0], *map(self.without, data[1:])]
        if self._times[text] <= 1:
            return found
        number = self._numbers[text] = len(_BUILD) + len(self.parts)
        self.parts.append(found)
        return [number]


def _is_composite(data: object) -> TypeGuard[list[Any]]:
    """Whether data begins with a tag: the names of a mapping do not."""
    return isinstance(data, list) and bool(data) and isinstance(data[0], int)


def _each_once(data: object) -> list[object]:
    """Return the data after all that stands in it more than once."""
    common = _Common(data)
    whole = common.without(data)
    return [*common.parts, whole]


def _dumped(data: list[object]) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def _loaded(line: bytes) -> Any:  # noqa: ANN401
    *parts, whole = json.loads(line)
    build = [*_BUILD]
    for part in parts:
        build.append(_made(_decode(part, build)))
    return _decode(whole, build)


def _made(value: object) -> _Build:
    return lambda _data, _build: value
