"""Frozen dataclasses that are quick to define.

`dataclasses.dataclass` looks through every field and compiles six methods one by one for each class. That takes most
of the start-up time of a program with many small types, as `tests/bench/startup.py` shows. Here the methods are shared,
`__init__` by all classes of as many fields. The result is a dataclass like any other: `fields`, `replace` and `match`
work on it.
"""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import operator
    from collections.abc import Callable, Collection
    from functools import cache
    from types import CodeType, FunctionType

    @dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)
    class _Model:
        """What `dataclasses` sets on a class and on its fields."""

        field: object

    _PARAMETERS = _Model.__dataclass_params__
    _FIELD = dataclasses.fields(_Model)[0]._field_type  # noqa: SLF001 - `fields` passes over what is without it.

    def dataclass(*, frozen: bool, slots: bool):  # noqa: ANN201 - typed by its namesake above.
        """Return the decorator; both arguments must be true, and stand there for the type checker."""
        assert frozen
        assert slots
        return _define

    def _define(cls: type) -> type:
        fields = {name: one for base in cls.__mro__[:0:-1] for name, one in _fields_of(base).items()}
        own = {name: _field(name, kind, cls) for name, kind in inspect.get_annotations(cls).items()}
        fields |= own
        names = tuple(fields)
        values = operator.attrgetter(*names) if names else (lambda _: ())

        body = {name: value for name, value in cls.__dict__.items() if name not in own and name not in _OF_OPEN_CLASSES}
        body |= {
            "__slots__": tuple(own),
            "__match_args__": names,
            "__dataclass_fields__": fields,
            "__dataclass_params__": _PARAMETERS,
            "__init__": _initializer(fields.values()),
            "__setattr__": _refuse,
            "__delattr__": _refuse,
            "__repr__": cls.__dict__.get("__repr__", _shown),
            "__eq__": lambda self, other: values(self) == values(other) if other.__class__ is made else NotImplemented,
            "__hash__": lambda self: hash(values(self)),
            # To another process it goes as what it is made of.
            "__reduce__": lambda self: (made, tuple([getattr(self, name) for name in names])),
        }
        made = type(cls)(cls.__name__, cls.__bases__, body)
        made.__qualname__ = cls.__qualname__
        return made

    _OF_OPEN_CLASSES = frozenset({"__dict__", "__weakref__"})

    def _fields_of(base: type) -> dict[str, dataclasses.Field]:
        return base.__dict__.get("__dataclass_fields__", {})

    def _field(name: str, kind: str, cls: type) -> dataclasses.Field:
        default = cls.__dict__.get(name, dataclasses.MISSING)
        one = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
        one.name, one.type, one._field_type = name, kind, _FIELD  # noqa: SLF001
        return one

    def _initializer(fields: Collection[dataclasses.Field]):  # noqa: ANN202
        """Return `__init__`, which alone sets what nothing may change afterwards.

        Classes of as many fields share what is compiled for the first of them, under the names of their own fields.
        """
        fresh = tuple(one.default_factory is not dataclasses.MISSING for one in fields)
        names = {f"_{at}": one.name for at, one in enumerate(fields)}
        given = (_Fresh(one.default_factory) if new else one.default for one, new in zip(fields, fresh, strict=True))
        defaults = tuple(one for one in given if one is not dataclasses.MISSING)
        shared = _shared(fresh)
        code = shared.replace(
            co_varnames=tuple(names.get(one, one) for one in shared.co_varnames),
            co_consts=tuple(names.get(one, one) for one in shared.co_consts),
        )
        return FunctionType(code, _KNOWN, "__init__", defaults)

    @cache
    def _shared(fresh: tuple[bool, ...]) -> CodeType:
        """Return the code that sets so many fields; of some of them a value is made where none is given."""
        parameters = "".join(f", _{at}" for at in range(len(fresh)))
        made = (
            f"_{at}.make() if _{at}.__class__ is _Fresh else _{at}" if new else f"_{at}" for at, new in enumerate(fresh)
        )
        body = "".join(f" _set(self, '_{at}', {value})\n" for at, value in enumerate(made))
        space = {}
        exec(f"def __init__(self{parameters}):\n{body or ' pass'}", space)  # noqa: S102 - it has numbers alone.
        return space["__init__"].__code__

    class _Fresh:
        """Stands for a value that is made anew where none is given."""

        __slots__ = ("make",)

        def __init__(self, make: Callable[[], object]) -> None:
            self.make = make

    _KNOWN = {"_set": object.__setattr__, "_Fresh": _Fresh}

    def _refuse(_self: object, name: str, *_: object) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def _shown(self: object) -> str:
        values = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self))
        return f"{type(self).__qualname__}({', '.join(values)})"
