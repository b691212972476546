"""What the words of a story say of facts.

The phrases stand in the vocabulary. A word that ends in `*` begins a word of the story, `a|b` is either word, and
`...` passes over a few. What the story puts in doubt, tells as another course, or says did not last says nothing; what
it denies says the opposite of a yes or a no, and nothing of a choice. Words within longer ones that say something else
of a fact say nothing. Where its words say two values of one fact, they say neither.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from authcheck.frozen import dataclass
from authcheck.model.fact import Fact, FactKind, FactType
from authcheck.model.pack import Pack

__all__ = ["AS_IT_WAS", "Suggestion", "said_in"]

_QUESTION = re.compile(r"[^.!?;\n]*\?")

AS_IT_WAS = "What follows is the story as it was."
"""After this sentence a story is told as it was before its facts were changed: of the facts it says nothing."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that a story seems to give a fact, and its words that suggest it."""

    fact: str
    value: bool | str
    words: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A value that words give a fact, and where they stand in the story."""

    value: bool | str
    start: int
    end: int

    def is_within(self, other: _Said) -> bool:
        """Whether longer words say something else."""
        return other.start <= self.start and self.end <= other.end and other.value != self.value


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the story in small letters, or a mark between words, and where it stands."""

    text: str
    start: int
    end: int


# An abbreviation keeps its dots; what joins two words parts them here.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*|[.,;:!?()]")
_ENDS = frozenset(".;:!?")
_NOT = frozenset(
    ["no", "not", "never", "without", "neither", "nor", "nobody", "none", "nothing", "cannot", "hardly", "denies"]
)
_DOUBT = frozenset(["if", "whether", "could", "might", "may", "perhaps", "unless", "should"])
_SAYING = frozenset(["say", "says", "said", "claims", "know", "knows"])
# What comes after these is spoken of, and need not be what is done.
_SPOKEN_OF = frozenset(["authorize", "authorized", "authorizes", "proposed", "proposes", "threatened", "threatens"])
# What comes before these may not last.
_TURNS = frozenset(["then", "later", "until"])
# How far a denial reaches, and how many words `...` passes over.
_REACH = 4
_PASSED = 10


def said_in(story: str, pack: Pack) -> Mapping[str, Suggestion]:
    """Return what the story says of each fact of which it says one thing, in the order of the vocabulary."""
    # Nor does a question say anything; its place is kept.
    story = _QUESTION.sub(lambda question: " " * len(question[0]), story.partition(AS_IT_WAS)[0])
    sentences = tuple(_sentences(story))
    found: dict[str, Suggestion] = {}
    for name, fact in pack.facts.items():
        said = [one for sentence in sentences for one in _said(fact, sentence)]
        said = [one for one in said if not any(map(one.is_within, said))]
        if len({one.value for one in said}) == 1:
            words = " ".join(story[said[0].start : said[0].end].split())
            found[name] = Suggestion(name, said[0].value, words)
    return found


def _sentences(story: str) -> Iterator[Sequence[_Word]]:
    words = [_Word(one[0].lower().replace("’", "'"), one.start(), one.end()) for one in _WORD.finditer(story)]
    for is_end, sentence in itertools.groupby(words, key=lambda one: one.text in _ENDS):
        if not is_end:
            yield tuple(sentence)


def _said(fact: Fact, sentence: Sequence[_Word]) -> Iterator[_Said]:
    # A sentence that begins so tells of another course.
    if sentence[0].text == "or":
        return
    for named, phrases in fact.phrases.items():
        value = {"true": True, "false": False}.get(named, named) if fact.type is FactType.YES_NO else named
        for steps, start in itertools.product(map(_steps, phrases), range(len(sentence))):
            end = _match(steps, sentence, start)
            if end is None or _is_doubted(sentence[:end]) or _TURNS & {one.text for one in sentence[end:]}:
                continue
            if fact.kind is FactKind.ACTIVITY and _SPOKEN_OF & {one.text for one in sentence[:start]}:
                continue
            begin, is_denied = _denied(sentence, start, end, steps)
            if is_denied and not isinstance(value, bool):
                continue
            yield _Said(not value if is_denied else value, sentence[begin].start, sentence[end - 1].end)


_Step: TypeAlias = tuple[frozenset[str], tuple[str, ...]]
"""The words that may stand in one place of a phrase, and what such words may begin with."""

_PASSING: _Step = (frozenset(["..."]), ())


@cache
def _steps(phrase: str) -> tuple[_Step, ...]:
    return tuple(map(_step, phrase.split()))


def _step(words: str) -> _Step:
    either = words.split("|")
    return (
        frozenset(word for word in either if not word.endswith("*")),
        tuple(word[:-1] for word in either if word.endswith("*")),
    )


def _match(steps: Sequence[_Step], sentence: Sequence[_Word], at: int) -> int | None:
    """Return where the words end that match the steps from here on, denials among them passed over; None if none do."""
    if not steps:
        return at
    if at >= len(sentence):
        return None
    if steps[0] == _PASSING:
        ends = (_match(steps[1:], sentence, later) for later in range(at, min(at + _PASSED, len(sentence)) + 1))
        return next((end for end in ends if end is not None), None)
    words, beginnings = steps[0]
    if sentence[at].text in words or sentence[at].text.startswith(beginnings):
        end = _match(steps[1:], sentence, at + 1)
        # Between two words of a phrase a story may deny it.
        if end is None and at + 1 < len(sentence) and sentence[at + 1].text in _NOT:
            end = _match(steps[1:], sentence, at + 2)
        return end
    return None


def _denied(sentence: Sequence[_Word], start: int, end: int, steps: Sequence[_Step]) -> tuple[int, bool]:
    """Return where what was matched begins, its denial included, and whether it is denied."""
    own = {word for words, _ in steps for word in words} & _NOT
    inside = any(_is_denial(one.text) and one.text not in own for one in sentence[start:end])
    for before in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if sentence[before].text in {",", "(", ")", "and", "but"}:
            break
        if _is_denial(sentence[before].text):
            return before, True
    return start, inside


def _is_denial(text: str) -> bool:
    return text in _NOT or text.endswith("n't")


def _is_doubted(words: Sequence[_Word]) -> bool:
    """Whether what comes before puts it in doubt, or says that nobody says so."""
    texts = [one.text for one in words]
    if _DOUBT & set(texts):
        return True
    return any(text in _SAYING and any(map(_is_denial, texts[max(0, at - 3) : at])) for at, text in enumerate(texts))
