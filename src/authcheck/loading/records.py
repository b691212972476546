"""One line of JSON as the same tree that YAML is read into."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.files import printable, quoted
from authcheck.loading.text import Node
from authcheck.model.fact import FactType
from authcheck.model.pack import Pack

__all__ = ["PLAIN", "is_id", "is_sound", "read_record", "what_is_alike"]

DEEPEST = 64


@dataclass(slots=True)
class _Mark:
    line: int
    column: int = 0


class _Fraction(str):
    """A number with a fraction or an exponent, or none at all such as NaN, as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return it as no text of the same letters is shown."""
        return f"<{self}>"

    @property
    def whole(self) -> int | None:
        """The whole number that it is, if its fraction is nothing: programs write so where a column has gaps."""
        found = _WHOLE.fullmatch(self)
        return None if found is None else int(found[1])


_WHOLE = re.compile(r"(-?[0-9]{1,18})\.0+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")

PLAIN = re.compile(
    rb'\{\s*(?:"id"\s*:\s*"([A-Za-z0-9][A-Za-z0-9-]{0,999})"\s*,\s*)?"scenario"\s*:\s*"[!#-\[\]-~][ !#-\[\]-~]{0,9999}"'
    rb'(?:\s*,\s*"description"\s*:\s*"[ !#-\[\]-~]{0,99999}")?(.*)',
    re.DOTALL,
)
"""A line that begins with its id and its words, none of which can be at fault: its id, and the rest.

Lines with the same rest are at fault in the same or not at all, if the rest says no other id.
"""


def what_is_alike(line: str, pack: Pack, first_alike: Callable[[str, int], int] | None) -> tuple[str, str]:
    """Return the id of a record, and all that stands in it beside its id and its words, as a text to compare.

    Numbers that are the `first_alike` are the same in it; without that, none. Both are empty where the record may be
    at fault in what is left out: it must then be read.
    """
    try:
        data = _DECODER.decode(line)
    except (ValueError, RecursionError):
        return "", ""
    if data.__class__ is not dict:
        return "", ""
    id, title, words = data.pop("id", _NO_ID), data.pop("scenario", None), data.pop("description", "")
    if not (title.__class__ is words.__class__ is str and title and is_sound(title) and is_sound(words)):
        return "", ""
    if first_alike is not None and data.keys() <= _PLAIN_KEYS and data.get("facts").__class__ is dict:
        _shorten(data["facts"], pack, first_alike)
    if id is _NO_ID:
        return "", repr(data)
    return (id, repr(data)) if id.__class__ is str and is_id(id) else ("", "")


# A record of these states nothing but its facts.
_PLAIN_KEYS = {"facts", "as_of", "unstated"}


def _shorten(stated: dict[str, object], pack: Pack, first_alike: Callable[[str, int], int]) -> None:
    """Put the first number alike in place of each that the fact may have, unless numbers are counted from a date."""
    numbers = {}
    for name, value in stated.items():
        fact = pack.facts.get(name)
        if fact is None or fact.type is FactType.DATE:
            return
        if fact.type is FactType.NUMBER and value.__class__ is int and value >= fact.minimum:
            numbers[name] = first_alike(name, value)
    stated.update(numbers)


def is_id(text: str) -> bool:
    """Whether a text is one by which a scenario can go."""
    return _ID.fullmatch(text) is not None


def is_sound(text: str) -> bool:
    """Whether a text can certainly be written."""
    return text.isascii() or text.isprintable()


def _once(found: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(found)
    if len(mapping) < len(found):
        raise ValueError("a key stands here twice")
    return mapping


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_float=_Fraction, parse_constant=_Fraction)
# Of a record that says no id, where one that says `null` is at fault.
_NO_ID = object()


def read_record(line: str, number: int, file: str) -> Node:
    """Return the tree of one record. Raises AuthcheckError with everything that is wrong with the line.

    JSON gives no places inside a line: every value is placed at the line's beginning.
    """
    problems: list[Diagnostic] = []
    place = Place(file, number, 1)

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        mapping = dict(found)
        problems.extend(
            Diagnostic(
                "duplicate-key",
                f"the key `{printable(key)}` stands here twice",
                place,
                help="keep one of them",
            )
            for key, times in Counter(key for key, _ in found).items()
            if times > 1
        )
        return mapping

    try:
        data = json.loads(line, object_pairs_hook=pairs, parse_float=_Fraction, parse_constant=_Fraction)
    except json.JSONDecodeError as error:
        where = Place(file, number, error.pos + 1)
        message = f"this is not JSON: {printable(error.msg).lower().removesuffix(' at').removesuffix(' starting')}"
        raise AuthcheckError(
            [Diagnostic("syntax", message, where, help="write one JSON object on each line")]
        ) from None
    except RecursionError:
        raise AuthcheckError([_too_deep(place)]) from None
    except ValueError:
        # Python reads no number of thousands of digits.
        problem = Diagnostic("ambiguous", "a number here has too many digits", place, help="write a smaller one")
        raise AuthcheckError([problem]) from None
    node = _node(data, file, _Mark(number - 1), problems, 0)
    if problems or node is None:
        raise AuthcheckError(problems)
    return node


def _node(data: object, file: str, mark: _Mark, problems: list[Diagnostic], depth: int) -> Node | None:
    place = Place(file, mark.line + 1, mark.column + 1)
    if depth > DEEPEST:
        problems.append(_too_deep(place))
        return None
    match data:
        case _Fraction():
            if data.whole is not None:
                return Node(data.whole, file, mark, {})
            message = f"{quoted(data)} is no whole number"
            problems.append(Diagnostic("ambiguous", message, place, help="write a whole number"))
        case bool() | int() | str():
            return Node(data, file, mark, {})
        case list():
            items = [_node(one, file, mark, problems, depth + 1) for one in data]
            return Node(tuple(one for one in items if one is not None), file, mark, {})
        case Mapping():
            values = {key: _node(one, file, mark, problems, depth + 1) for key, one in data.items()}
            kept = {key: one for key, one in values.items() if one is not None}
            return Node(kept, file, mark, dict.fromkeys(kept, mark))
        case None:
            problems.append(
                Diagnostic("empty-value", "`null` is no value", place, help="leave the key out, or write `unknown`")
            )
    return None


def _too_deep(place: Place) -> Diagnostic:
    return Diagnostic(
        "too-deep",
        f"the values are nested more than {DEEPEST} deep",
        place,
        help="a scenario needs three levels",
    )
