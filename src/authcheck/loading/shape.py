"""Checking the shape of a file, with every fault at its place."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from authcheck.diagnostics import Diagnostic, Severity
from authcheck.loading.fields import nearest
from authcheck.loading.files import printable
from authcheck.loading.text import Node, place_at, plain

__all__ = ["check_shape"]

_NEEDED: Mapping[str, str] = {
    "string_type": "text",
    "bool_type": "`true` or `false`",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "date_type": "a date such as 2025-02-04",
    "string_pattern_mismatch": "a name of letters, digits and hyphens",
    "string_too_short": "some text",
    "string_unicode": "text that can be written as UTF-8",
}


def check_shape(node: Node, model: type[BaseModel]) -> list[Diagnostic]:
    """Return the faults of a file against the shape that it should have; none when it fits."""
    try:
        model.model_validate(plain(node))
    except ValidationError as error:
        found: dict[tuple[str, str], Diagnostic] = {}
        for one in error.errors(include_url=False):
            diagnostic = _diagnostic(dict(one), node, model)
            found.setdefault((str(diagnostic.place), diagnostic.code), diagnostic)
        return list(found.values())
    return []


def _diagnostic(error: Mapping[str, Any], node: Node, model: type[BaseModel]) -> Diagnostic:
    location = tuple(error["loc"])
    place = place_at(node, location)
    kind = str(error["type"])
    key = printable(str(location[-1])) if location else ""
    match kind:
        case "extra_forbidden":
            known = _keys_at(model, location[:-1])
            return _error(
                "unknown-key",
                f"`{key}` is not a key here",
                node,
                location,
                nearest(key, known) or _list(known),
            )
        case "missing":
            return Diagnostic("missing-key", f"`{key}` is missing", place_at(node, location[:-1]), Severity.ERROR)
        case "literal_error":
            allowed = str(error["ctx"]["expected"]).replace("'", "`")
            given = printable(str(error["input"]))
            return Diagnostic(
                "wrong-value",
                f"`{given}` is not one of {allowed}",
                place,
                help=nearest(given, allowed.split("`")[1::2]),
            )
        case "too_short":
            return Diagnostic("too-few", f"`{key}` needs more entries", place)
        case _:
            needed = _NEEDED.get(kind, printable(str(error["msg"])).lower())
            help = (
                "put the text in quotes"
                if kind == "string_type" and not isinstance(error["input"], list | dict)
                else ""
            )
            name = _last_key(node, location)
            owner = f"`{printable(name)}`" if name else "this file or record"
            return Diagnostic("wrong-type", f"{owner} needs {needed}", place, help=help)


def _last_key(node: Node, location: tuple[str | int, ...]) -> str:
    """Return the last key of the file on the way to a location; pydantic adds steps that stand in no file."""
    name = ""
    for part in location:
        value = node.value
        if isinstance(value, Mapping) and part in value:
            name, node = str(part), value[str(part)]
        elif isinstance(value, tuple) and isinstance(part, int) and part < len(value):
            node = value[part]
    return name


def _error(code: str, message: str, node: Node, location: tuple[str | int, ...], help: str) -> Diagnostic:
    """Return an error at the key itself, not at its value."""
    owner = node
    for part in location[:-1]:
        if isinstance(owner.value, Mapping) and part in owner.value:
            owner = owner.value[str(part)]
        elif isinstance(owner.value, tuple) and isinstance(part, int) and part < len(owner.value):
            owner = owner.value[part]
    return Diagnostic(code, message, owner.keys.get(str(location[-1]), owner.place), help=help)


def _list(names: tuple[str, ...]) -> str:
    return "the keys here are " + ", ".join(f"`{name}`" for name in names) if names else ""


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that the shape has at a location."""
    here: Any = model
    for part in location:
        fields = getattr(here, "model_fields", {})
        by_key = {field.alias or name: field.annotation for name, field in fields.items()}
        if part in by_key:
            here = _part_of(by_key[str(part)])
    fields = getattr(here, "model_fields", {})
    return tuple(field.alias or name for name, field in fields.items())


def _part_of(annotation: Any) -> Any:  # noqa: ANN401
    """Return the shape inside an annotation such as `list[Part]` or `Part | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = get_args(annotation) if get_origin(annotation) or isinstance(annotation, UnionType) else ()
    return next((found for one in inner if hasattr(found := _part_of(one), "model_fields")), annotation)
