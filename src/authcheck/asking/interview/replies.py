"""What is typed in answer to a question."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping

from authcheck.asking.interview.asking import HERE, AskedFact
from authcheck.loading.fields import nearest
from authcheck.loading.files import quoted
from authcheck.model.condition import Range
from authcheck.model.fact import NOT_KNOWN, Fact, FactType, as_said
from authcheck.model.pack import Pack
from authcheck.model.scenario import StatedFact

__all__ = ["ReplyError", "Word", "read_bearing", "read_beyond", "read_reply"]


class Word(enum.Enum):
    """What may be said instead of an answer."""

    DONT_KNOW = "don't know"
    SKIP = "skip"
    BACK = "back"
    WHY = "why"
    MEANING = "?"
    QUIT = "quit"


class ReplyError(ValueError):
    """Raised, with one sentence, for a reply that is no answer to the question."""


_WORDS: Mapping[str, Word] = {
    **dict.fromkeys(NOT_KNOWN, Word.DONT_KNOW),
    **{word.value: word for word in Word},
    "help": Word.MEANING,
}
_YES_NO: Mapping[str, bool] = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_NUMBER = r"(\d{1,9})"
# Each form, and whether it names the least and the greatest number.
_RANGES = (
    (re.compile(_NUMBER), True, True),
    (re.compile(rf"{_NUMBER} ?(?:-|–|to) ?{_NUMBER}"), True, True),
    (re.compile(rf"at least {_NUMBER}|{_NUMBER} ?(?:\+|or more)"), True, False),
    (re.compile(rf"at most {_NUMBER}|{_NUMBER} or less"), False, True),
)


def read_reply(text: str, asking: AskedFact, *, numbered: bool = False) -> StatedFact | Word:
    """Return the fact as the reply states it, or the word that it is. Raises ReplyError for anything else.

    `numbered` says that yes and no have numbers as well.
    """
    said = " ".join(text.replace("’", "'").lower().split())
    if numbered and asking.fact.type is FactType.YES_NO:
        said = {"1": "yes", "2": "no"}.get(said, said)
    if said in _WORDS:
        return _WORDS[said]
    if not said:
        raise ReplyError("type an answer, or `?` for what it means")
    if asking.fact.type is FactType.NUMBER:
        return StatedFact(asking.fact.fact, HERE, ranges=tuple(_range(word, asking.fact) for word in _several(said)))
    chosen = {_value(word, asking) for word in _several(said)}
    if len(chosen) > 1 and chosen == set(asking.values):
        return Word.DONT_KNOW
    return StatedFact(asking.fact.fact, HERE, values=tuple(value for value in asking.values if value in chosen))


def read_beyond(text: str) -> str:
    """Return what a story holds beyond its facts, as it is told. Raises ReplyError for a word alone."""
    if len(text.split()) < 2:  # noqa: PLR2004 - so many words tell something.
        raise ReplyError("nothing is left to ask but what the story holds beyond its facts: a few words, or `none`")
    return text.rstrip(".")


def read_bearing(text: str, pack: Pack) -> tuple[str, ...]:
    """Return the authorities and powers that are named. Raises ReplyError where one is not known, or none is named."""
    known = (*pack.authorities, *pack.powers)
    named = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    for name in named:
        if name not in known:
            raise ReplyError(f"{quoted(name)} is no authority or power; {nearest(name, known) or '`?` lists them'}")
    if not named:
        raise ReplyError("name at least one; `?` lists them")
    return named


def _several(said: str) -> list[str]:
    """Return the alternatives of a reply."""
    return [word.strip() for word in re.split(r",| or (?!more\b|less\b)", said)]


def _value(said: str, asking: AskedFact) -> bool | str:
    if asking.fact.type is FactType.YES_NO:
        if _YES_NO.get(said) not in asking.values:
            raise ReplyError(f"{quoted(said)} is neither yes nor no; answer yes or no")
        return _YES_NO[said]
    names = [str(value) for value in asking.values]
    if said.isdecimal():
        number = int(said[:9])
        if not 1 <= number <= len(names):
            raise ReplyError(f"{quoted(said)} is no number from 1 to {len(names)}")
        return names[number - 1]
    if (called := asking.fact.called(as_said(said))) in names:
        return called
    name = re.sub(r"[\s-]", "_", said)
    found = [word for word in names if word == name] or [word for word in names if name and word.startswith(name)]
    if len(found) > 1:
        raise ReplyError(f"{quoted(said)} may be {' or '.join(f'`{word}`' for word in found)}")
    if not found:
        help = nearest(name, names) or f"answer with a number from 1 to {len(names)}, or a name"
        raise ReplyError(f"{quoted(said)} is none of the values; {help}")
    return found[0]


def _range(said: str, fact: Fact) -> Range:
    # "day 61" and "61 days" say no more than "61".
    unit = re.escape(fact.unit.removesuffix("s"))
    bare = " ".join(re.sub(rf"\b{unit}s?\b", "", said).split()) if unit else said
    for form, has_least, has_greatest in _RANGES:
        if found := form.fullmatch(bare):
            numbers = [int(group) for group in found.groups() if group is not None]
            low = numbers[0] if has_least else fact.minimum
            high = numbers[-1] if has_greatest else None
            if low < fact.minimum:
                raise ReplyError(f"the least possible is {fact.minimum}")
            if high is not None and high < low:
                raise ReplyError(f"no number is at least {low} and at most {high}")
            return Range(low, high)
    of = f" of {fact.unit}" if fact.unit else ""
    raise ReplyError(f"{quoted(said)} is no whole number{of}; write one, a range such as 5-12, or `at least 61`")
