"""The verdicts of states that earlier runs have met, kept in the user's cache.

The form is data: a line of JSON with everything that some authority or power comes to, each once, and then a line for
each state, which has a digest of what is told in it and names what it comes to by numbers. Of a scenario nothing else
is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from authcheck.answer.answer import LeftOut
from authcheck.answer.hedges import Hedge
from authcheck.answer.inference import Inference
from authcheck.answer.record import AuthorityVerdict, PowerRecord, Verdicts
from authcheck.keeping import keep
from authcheck.loading.cache import Cache
from authcheck.model.pack import Pack
from authcheck.model.verdict import Need, Verdict

__all__ = ["StatesMet", "program_stamps"]

Part: TypeAlias = "tuple[str, ...] | AuthorityVerdict | PowerRecord"

_KIND = "verdicts"

# So many states are kept of a pack, the latest, and of so many packs.
_MOST_STATES = 1 << 13
_MOST_PACKS = 16


class StatesMet:
    """The verdicts of states that this run and earlier ones have met, from one pack."""

    def __init__(self, pack: Pack, cache: Cache) -> None:
        """Take the pack, and where things are kept; nothing is read before it is asked for."""
        self._names = (tuple(pack.authorities), tuple(pack.powers))
        self._cache = cache
        self._digest = pack.digest
        self._new: dict[str, Verdicts] = {}

    def find(self, told: Hashable, *, powers: bool = True) -> Verdicts | None:
        """Return the verdicts where an earlier run has met what is told, with those on powers or without; else nothing.

        What was decided of the authorities alone says nothing of powers.
        """
        parts, states = self._before
        numbers = states.get(_digest(told)) if states else None
        if numbers is None:
            return None
        relied_on, gaps, found, *decided = [parts[int(number)] for number in numbers.split()]
        authorities: dict[str, Any] = dict(zip(self._names[0], decided, strict=False))
        if not powers:
            return Verdicts((), (), authorities, {}, ())
        supplied: dict[str, Any] = dict(zip(self._names[1], decided[len(authorities) :], strict=False))
        whole = len(supplied) == len(self._names[1])
        return Verdicts(relied_on, gaps, authorities, supplied, found) if whole else None

    def add(self, told: Hashable, verdicts: Verdicts) -> None:
        """Take the verdicts on what is told, to be kept; with those on powers, where some are without."""
        digest = _digest(told)
        if self._cache.folder is not None and (verdicts.powers or digest not in self._new):
            keep(self._new, digest, verdicts, _MOST_STATES)

    def keep(self) -> None:
        """Keep what is new, beside what other runs have kept meanwhile; where nothing can be kept, nothing is."""
        if not self._new:
            return
        parts, states = self._read()
        numbers = {part: number for number, part in enumerate(parts)}
        for digest, verdicts in self._new.items():
            if digest in states and not verdicts.powers:
                continue
            states[digest] = " ".join([str(numbers.setdefault(one, len(numbers))) for one in _parts_of(verdicts)])
        self._new.clear()
        latest = list(states.items())[-_MOST_STATES:]
        first = json.dumps([_written(part) for part in numbers], separators=(",", ":"), ensure_ascii=False)
        lines = [first, *[f"{digest} {found}" for digest, found in latest]]
        self._cache.keep(_KIND, self._key, "\n".join(lines).encode(), _MOST_PACKS)

    @cached_property
    def _before(self) -> tuple[Sequence[Any], Mapping[str, str]]:
        return self._read()

    @cached_property
    def _key(self) -> tuple[str, ...]:
        return (self._digest, *program_stamps())

    def _read(self) -> tuple[list[Any], dict[str, str]]:
        body = self._cache.read(_KIND, self._key)
        if body is None:
            return [], {}
        first, *lines = body.split(b"\n")
        # What is of another form is as good as nothing.
        with contextlib.suppress(ValueError, TypeError):
            states = (line.decode().partition(" ") for line in lines)
            return [*map(_part, json.loads(first))], {digest: numbers for digest, _, numbers in states}
        return [], {}


def _digest(told: Hashable) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()


def program_stamps() -> Iterator[str]:
    """Return a stamp of each file of the program that decides: what another program has decided is not read."""
    root = Path(__file__).parents[1]
    with contextlib.suppress(OSError):
        for room in ("", "model", "loading", "evaluation", "decision", "answer"):
            for entry in sorted(os.scandir(root / room), key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    stamp = entry.stat()
                    yield f"{room}/{entry.name} {stamp.st_size} {stamp.st_mtime_ns}"


def _parts_of(verdicts: Verdicts) -> tuple[Part, ...]:
    return (
        verdicts.relies_on,
        verdicts.gaps,
        verdicts.found,
        *verdicts.authorities.values(),
        *verdicts.powers.values(),
    )


def _written(part: Part) -> list[object]:
    """Return a part as data: of how many values it is tells its kind."""
    match part:
        case AuthorityVerdict():
            inferred = part.inferred and part.inferred.value
            left_out = [_left_out(one) for one in part.left_out]
            standing = (part.verdict.value, _values(part.possible), _hedges(part.hedges), part.in_effect)
            return [*standing, inferred, left_out]
        case PowerRecord():
            verdict = None if part.verdict is None else part.verdict.value
            told = [part.unsupplied, part.supplied_if_left_out, part.gap]
            return [part.needed.value, verdict, _values(part.possible), *told, _hedges(part.hedges)]
        case _:
            return [list(part)]


def _part(data: list[Any]) -> Part:
    match data:
        case [names]:
            return tuple(names)
        case [verdict, possible, hedges, in_effect, inferred, left_out]:
            standing = (Verdict(verdict), _verdicts(possible), _hedged(hedges), in_effect)
            limits = (inferred and Inference(inferred), tuple(map(_was_left_out, left_out)))
            return AuthorityVerdict(*standing, *limits, apart_from=())
        case [needed, verdict, possible, unsupplied, left_out, gap, hedges]:
            decided = None if verdict is None else Verdict(verdict)
            told = (Need(needed), decided, _verdicts(possible), unsupplied, left_out, _hedged(hedges))
            return PowerRecord(*told, gap=gap, apart_from=())
    raise ValueError(data)


def _left_out(left: LeftOut) -> list[object]:
    return [left.question, left.reading, list(left.holders), left.verdict.value, _hedges(left.hedges)]


def _was_left_out(data: Sequence[Any]) -> LeftOut:
    question, reading, holders, verdict, hedges = data
    return LeftOut(question, reading, tuple(holders), Verdict(verdict), _hedged(hedges))


def _values(possible: Sequence[Verdict]) -> list[str]:
    return [one.value for one in possible]


def _verdicts(values: Sequence[str]) -> tuple[Verdict, ...]:
    return tuple(map(Verdict, values))


def _hedges(hedges: Sequence[Hedge]) -> list[list[object]]:
    return [[one.words, list(one.passages)] for one in hedges]


def _hedged(data: Sequence[Any]) -> tuple[Hedge, ...]:
    return tuple(Hedge(words, tuple(passages)) for words, passages in data)
