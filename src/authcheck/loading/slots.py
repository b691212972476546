"""The keys of a part of a file, from the fields of its class and their marks."""

from __future__ import annotations

import collections
import dataclasses
import enum
import functools
import types
from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Condition
from authcheck.model.names import (
    Exact,
    Given,
    Key,
    Least,
    Named,
    Of,
    OneOf,
    Optional,
    OrOne,
    Plain,
    Required,
    Said,
    Short,
    Spoken,
    Switch,
)

__all__ = ["Slot", "Written", "slots"]

Marks: TypeAlias = dict[type, Any]
"""The marks beside a type, by their classes."""


class Written(enum.Enum):
    """How a value is written."""

    FREELY = "freely"
    CONDITION = "condition"
    PART = "part"
    LIST = "list"
    KEYED_LIST = "keyed list"
    MAPPING = "mapping"
    SCALAR = "scalar"


@dataclass(frozen=True, slots=True)
class Slot:
    """One key, or an entry of its list: where it stands, the field that it gives, and what may stand there.

    `hint` is its type; `inner` describes the entries of a list or mapping. `words` are those of which it takes one,
    `of` the kind of the things that it names, `named` the form of a name, `short` the field that a name alone gives.
    """

    name: str
    path: tuple[str, ...]
    hint: Any
    written: Written
    needed: bool
    inner: Slot | None = None
    words: tuple[str, ...] = ()
    of: str = ""
    named: str = ""
    short: str = ""
    least: int = 0
    or_one: bool = False
    plain: bool = False
    spoken: bool = False
    exact: bool = False
    is_switch: bool = False
    said: str = ""

    @property
    def key(self) -> str:
        """The last key of its path."""
        return self.path[-1]


def slots(cls: Any) -> tuple[Slot, ...]:  # noqa: ANN401 - any class of a part.
    """Return the keys of a part, in the order of its fields; its place, and what is given otherwise, are no keys."""
    return _slots(cls)


@functools.cache
def _slots(cls: Any) -> tuple[Slot, ...]:  # noqa: ANN401
    hints = get_type_hints(cls, include_extras=True)
    parted = ((field, *_parted(hints[field.name])) for field in dataclasses.fields(cls))
    return tuple(_slot(field, hint, marks) for field, hint, marks in parted if hint is not Place and Given not in marks)


def _slot(field: dataclasses.Field[Any], hint: Any, marks: Marks) -> Slot:  # noqa: ANN401
    has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    needed = Required in marks or not (has_default or Optional in marks)
    path = tuple(marks[Key].key.split(".")) if Key in marks else (field.name,)
    return _made(field.name, path, hint, marks, needed=needed)


def _made(
    name: str,
    path: tuple[str, ...],
    hint: Any,  # noqa: ANN401
    marks: Marks,
    *,
    needed: bool,
) -> Slot:
    written = _written(hint)
    inner = None
    if written in {Written.LIST, Written.KEYED_LIST, Written.MAPPING}:
        entry, entry_marks = _parted(get_args(hint)[0 if written is Written.LIST else 1])
        # The name of a mapping's keys is no name of its values.
        inherited = {} if written is Written.MAPPING else marks
        inner = _made(name, path, entry, {**inherited, **entry_marks}, needed=True)
    return Slot(
        name=name,
        path=path,
        hint=hint,
        written=written,
        needed=needed,
        inner=inner,
        words=_words(hint, marks),
        of=marks[Of].kind if Of in marks else "",
        named=marks[Named].form if Named in marks else "",
        short=marks[Short].field if Short in marks else "",
        least=marks[Least].count if Least in marks else 0,
        or_one=OrOne in marks,
        plain=Plain in marks,
        spoken=Spoken in marks,
        exact=Exact in marks,
        is_switch=Switch in marks,
        said=marks[Said].words if Said in marks else "",
    )


def _written(hint: Any) -> Written:  # noqa: ANN401
    if hint is Any:
        return Written.FREELY
    if hint == Condition:
        return Written.CONDITION
    if dataclasses.is_dataclass(hint):
        return Written.PART
    if get_origin(hint) is tuple:
        return Written.LIST
    if get_origin(hint) is collections.abc.Mapping:
        is_part = dataclasses.is_dataclass(_parted(get_args(hint)[1])[0])
        return Written.KEYED_LIST if is_part else Written.MAPPING
    return Written.SCALAR


def _words(hint: Any, marks: Marks) -> tuple[str, ...]:  # noqa: ANN401
    if OneOf in marks:
        return tuple(marks[OneOf].words)
    if Switch in marks:
        return marks[Switch].no, marks[Switch].yes
    members: Iterable[enum.Enum] = hint if isinstance(hint, enum.EnumType) else ()
    return tuple(str(member.value) for member in members)


def _parted(hint: Any) -> tuple[Any, Marks]:  # noqa: ANN401
    """Return the type that a hint gives, without `None`, and the marks that stand beside it, by their classes."""
    marks: Marks = {}
    while True:
        if get_origin(hint) is Annotated:
            hint, *found = get_args(hint)
            marks = {**{type(mark): mark for mark in found}, **marks}
        elif get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint):
            hint = Union[tuple(arg for arg in get_args(hint) if arg is not type(None))]  # noqa: UP007
        else:
            return hint, marks
