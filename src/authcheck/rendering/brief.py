"""What an authority or a power is, in a word or two for a cell; what limits it goes by a letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authcheck.answer.record import AuthorityVerdict, PowerRecord
from authcheck.frozen import dataclass
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Line, line
from authcheck.rendering.words import doubts, either, hedged, power_tone, verdict_tone
from authcheck.wording import spoken

__all__ = ["Brief", "Notes", "in_brief"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Brief:
    """The words of a cell, the letter of what limits them included, and their tone."""

    words: str
    tone: str

    @property
    def is_quiet(self) -> bool:
        """Whether it is not engaged, or not needed."""
        return self.tone == "quiet"


class Notes:
    """Puts what is told into cells, and keeps the words of what limits it, each under one letter."""

    def __init__(self, holders: Mapping[str, str]) -> None:
        """Begin without any; take the names of those who hold a reading."""
        self._holders = holders
        self._letters: dict[str, str] = {}
        self._briefs: dict[AuthorityVerdict | PowerRecord, Brief] = {}

    def brief(self, told: AuthorityVerdict | PowerRecord) -> Brief:
        """Return the words of a cell."""
        if told not in self._briefs:
            words, limits, tone = in_brief(told)
            note = "; ".join([*filter(None, [limits]), *self._doubts(told)])
            letter = f" [{self._letter(note)}]" if note else ""
            self._briefs[told] = Brief(words + letter, tone)
        return self._briefs[told]

    def _doubts(self, told: AuthorityVerdict | PowerRecord) -> Iterator[str]:
        """Return how much of an authority is inferred, and who reads it otherwise where it is available."""
        if isinstance(told, AuthorityVerdict):
            disputed = told.left_out if told.verdict is Verdict.AVAILABLE else ()
            yield from doubts(told.inferred, disputed, self._holders)

    def lines(self) -> Iterator[Line]:
        """Return what each letter stands for."""
        for note, letter in self._letters.items():
            yield line((f"[{letter}] ", "quiet"), note, indent=2, hang=4)

    def _letter(self, note: str) -> str:
        if note not in self._letters:
            count = len(self._letters)
            first = _LETTERS[count // len(_LETTERS) - 1] if count >= len(_LETTERS) else ""
            self._letters[note] = first + _LETTERS[count % len(_LETTERS)]
        return self._letters[note]


def in_brief(told: AuthorityVerdict | PowerRecord) -> tuple[str, str, str]:
    """Return what it is in a word or two, what limits that, and the tone."""
    return _of_authority(told) if isinstance(told, AuthorityVerdict) else _of_power(told)


def _of_authority(told: AuthorityVerdict) -> tuple[str, str, str]:
    is_in_effect = bool(told.in_effect) and told.verdict is Verdict.AVAILABLE
    notes = [told.in_effect] if is_in_effect else [either(told.possible)] * (told.verdict is Verdict.UNDETERMINED)
    words = "in effect" if is_in_effect else spoken(told.verdict.value)
    return words, _limits(notes, told), verdict_tone(told.verdict, told.in_effect)


def _of_power(told: PowerRecord) -> tuple[str, str, str]:
    if told.verdict is None:
        return "not needed", "", "quiet"
    notes = ["perhaps needed"] * (told.needed is Need.PERHAPS)
    if told.gap:
        words = "gap"
    elif told.unsupplied and told.verdict is not Verdict.SILENT:
        words = "not available"
        notes.append(f"on any reading{' that the lens admits' if told.supplied_if_left_out else ''}")
        notes += ["silent or unavailable"] * (told.verdict is not Verdict.UNAVAILABLE)
    else:
        words = spoken(told.verdict.value)
        notes += [either(told.possible)] * (told.verdict is Verdict.UNDETERMINED)
    return words, _limits(notes, told), power_tone(told)


def _limits(notes: list[str], told: AuthorityVerdict | PowerRecord) -> str:
    first, *rest = notes or [""]
    return "; ".join([hedged(first, told.hedges).removeprefix(", ") if first or told.hedges else "", *rest]).strip("; ")
