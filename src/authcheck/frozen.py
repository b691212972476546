"""Frozen dataclasses that are quick to define.

`dataclasses.dataclass` compiles six methods one by one for every class. That takes most of the start-up time of
a program with many small types, as `tests/bench/startup.py` shows. Here only `__init__` is compiled; the other
methods are shared. The result is a dataclass like any other: `fields`, `replace` and `match` work on it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import operator

    def dataclass(*, frozen: bool, slots: bool):  # noqa: ANN201 - typed by its namesake above.
        """Return the decorator; both arguments must be true, and stand there for the type checker."""
        assert frozen
        assert slots
        return _define

    def _define(cls: type) -> type:
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
        fields = dataclasses.fields(made)
        names = [one.name for one in fields]
        values = operator.attrgetter(*names) if names else (lambda _: ())
        made.__init__ = _initializer(fields)
        made.__setattr__ = made.__delattr__ = _refuse
        if "__repr__" not in cls.__dict__:
            made.__repr__ = _shown
        made.__eq__ = lambda self, other: values(self) == values(other) if other.__class__ is made else NotImplemented
        made.__hash__ = lambda self: hash(values(self))
        # To another process it goes as what it is made of.
        made.__reduce__ = lambda self: (made, tuple([getattr(self, name) for name in names]))
        return made

    def _initializer(fields: tuple[dataclasses.Field, ...]):  # noqa: ANN202
        """Return `__init__`, which alone sets what nothing may change afterwards."""
        known = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
        parameters, body = [], []
        for one in fields:
            default, value = "", one.name
            if one.default is not dataclasses.MISSING:
                known[f"_{one.name}"] = one.default
                default = f"=_{one.name}"
            elif one.default_factory is not dataclasses.MISSING:
                known[f"_{one.name}"] = one.default_factory
                default = "=_missing"
                value = f"_{one.name}() if {one.name} is _missing else {one.name}"
            parameters.append(f"{one.name}{default}")
            body.append(f" _set(self, {one.name!r}, {value})")
        source = f"def __init__(self, {', '.join(parameters)}):\n" + ("\n".join(body) or " pass")
        exec(source, known)  # noqa: S102 - the names are those of the class's own fields, as in `dataclasses`.
        return known["__init__"]

    def _refuse(_self: object, name: str, *_: object) -> None:
        raise dataclasses.FrozenInstanceError(name)

    def _shown(self: object) -> str:
        values = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self))
        return f"{type(self).__qualname__}({', '.join(values)})"
