"""Values that Python, numpy and pandas hold, as JSON has them."""

from __future__ import annotations

import datetime
import enum

__all__ = ["day_of", "is_nothing", "plain"]


def is_nothing(value: object) -> bool:
    """Whether a value is None, NaN, or what pandas has for them: NaT and NA."""
    try:
        # NaN is nothing that is equal to itself.
        return value is None or bool(value != value)  # noqa: PLR0124
    except TypeError:
        # Of NA nothing is known, not even that.
        return True
    except ValueError:
        # Of an array each value has its own answer.
        return False


def plain(value: object) -> object:
    """Return a value as JSON has it. Raises TypeError where it has none."""
    match value:
        case datetime.datetime():
            return day_of(value)
        case datetime.date():
            return value.isoformat()
        case enum.Enum():
            return value.value
        case set() | frozenset():
            return sorted(value)
    # What numpy has of numbers, truth, days and lists becomes Python's; of nanoseconds Python has no days.
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":
        value = value.astype("datetime64[us]")  # type: ignore[attr-defined]
    convert = getattr(value, "tolist", None)
    if convert is None:
        raise TypeError(f"a {type(value).__name__} is no value of a fact")
    return convert()


def day_of(moment: datetime.datetime) -> str:
    """Return the day of a moment at its beginning; of any other the moment itself, which is no day."""
    return str(moment) if moment.time() != datetime.time() else moment.date().isoformat()
