"""The verdict on one authority in every world, under every choice of readings."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

from authcheck.evaluation.truth import Setting, Table, all_of, any_of, ground_table, table, untaken
from authcheck.evaluation.worlds import Worlds
from authcheck.frozen import dataclass
from authcheck.keeping import once
from authcheck.model.authority import Authority, Element
from authcheck.model.condition import Condition
from authcheck.model.question import Question
from authcheck.model.verdict import Verdict

__all__ = [
    "AuthorityTables",
    "Combination",
    "Split",
    "combine",
    "conditions_of",
    "crux_of",
    "occurring",
    "questions_of",
    "single_verdict",
    "told_apart_by",
]

Found = TypeVar("Found")

Combination = Mapping[str, str]
"""One reading chosen for each question of an authority."""

ORDER = (Verdict.AVAILABLE, Verdict.CONTESTED, Verdict.SILENT, Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED)


@dataclass(frozen=True, slots=True)
class Split:
    """The worlds of each verdict; every world is in one of them."""

    available: int = 0
    contested: int = 0
    silent: int = 0
    unavailable: int = 0
    not_engaged: int = 0

    @property
    def worlds(self) -> tuple[int, int, int, int, int]:
        """The worlds of each verdict, in the order of ORDER."""
        return (self.available, self.contested, self.silent, self.unavailable, self.not_engaged)


def occurring(split: Split, mask: int) -> tuple[Verdict, ...]:
    """Return the verdicts that occur within the mask, in a fixed order."""
    return tuple(verdict for verdict, worlds in zip(ORDER, split.worlds, strict=True) if worlds & mask)


def single_verdict(possible: tuple[Verdict, ...]) -> Verdict:
    """Return the verdict that is the only one possible, else that it is undetermined."""
    return possible[0] if len(possible) == 1 else Verdict.UNDETERMINED


def combine(splits: list[Split], everything: int) -> Split:
    """Return the verdict on which all readings agree in each world; contested where they do not."""
    agreed = [everything] * len(ORDER)
    for split in splits:
        agreed = [mine & theirs for mine, theirs in zip(agreed, split.worlds, strict=True)]
    settled = 0
    for worlds in agreed:
        settled |= worlds
    return Split(agreed[0], everything & ~settled, *agreed[2:])


def conditions_of(authority: Authority) -> Iterator[Condition]:
    """Return every condition on which the authority's verdict turns."""
    return _conditions(authority, lambda element: element.conditions)


def told_apart_by(authority: Authority) -> Iterator[Condition]:
    """Return the conditions on which its verdict turns, and those of which its passages speak."""
    return _conditions(authority, lambda element: element.told_apart_by)


def _conditions(authority: Authority, of: Callable[[Element], Iterable[Condition]]) -> Iterator[Condition]:
    yield authority.governs
    for ground in authority.grounds:
        for element in ground.elements:
            yield from of(element)
    for exception in (
        *authority.exceptions,
        *(one for ground in authority.grounds for one in ground.exceptions),
    ):
        yield exception.when
    for displacement in authority.displaced_by:
        yield displacement.when


def questions_of(authority: Authority) -> tuple[str, ...]:
    """Return the questions on which the authority's verdict may turn, in order of first appearance."""
    found: dict[str, None] = {}
    for displacement in authority.displaced_by:
        found.update(dict.fromkeys(displacement.only_on))
    for ground in authority.grounds:
        found.update(dict.fromkeys(ground.only_on))
        found.update({element.question: None for element in ground.elements if element.question})
    return tuple(found)


class AuthorityTables:
    """The tables of one authority for what a scenario leaves open, on one date, with what follows of them."""

    def __init__(
        self,
        authority: Authority,
        questions: Mapping[str, Question],
        worlds: Worlds,
        in_force: frozenset[str],
    ) -> None:
        """Take the worlds, in which the facts that the authority's rules test are laid out."""
        self.authority = authority
        self.in_force = in_force
        self.worlds = worlds
        self.questions = {name: questions[name] for name in questions_of(authority)}
        self._found: dict[tuple[object, ...], object] = {}
        self._splits: dict[tuple[str, ...], Split] = {}
        self._kept: dict[int, Table] | None = None

    @contextlib.contextmanager
    def remembering(self) -> Iterator[None]:
        """Keep the table of every condition of the authority meanwhile: readings share them, and so do findings."""
        before = self._kept
        self._kept = {} if before is None else before
        try:
            yield
        finally:
            self._kept = before

    def once(self, work: Callable[[], Found], *key: object) -> Found:
        """Return what the work finds of the tables: it is done once for one key."""
        if key not in self._found:
            with self.remembering():
                self._found[key] = work()
        return cast("Found", self._found[key])

    def combinations(self, admits: Mapping[str, tuple[str, ...]]) -> tuple[Combination, ...]:
        """Return every choice of admitted readings for the authority's questions."""
        return tuple(
            dict(zip(self.questions, chosen, strict=True))
            for chosen in itertools.product(*(admits[name] for name in self.questions))
        )

    def setting(self, combination: Combination) -> Setting:
        """Return what is fixed under a choice of readings."""
        return Setting(self.worlds, self.in_force, combination, self._kept)

    def split(self, combination: Combination) -> Split:
        """Return the verdict in every world under one choice of readings."""
        key = tuple(combination.values())
        return once(self._splits, key, lambda: _split(self.authority, self.setting(combination)))

    def forget_splits(self) -> None:
        """Drop the verdicts under each choice of readings, which are found again where they are asked for."""
        self._splits.clear()

    def agreed(self, combinations: tuple[Combination, ...]) -> Split:
        """Return the verdict in every world over several choices of readings."""
        with self.remembering():
            return combine([self.split(one) for one in combinations], self.worlds.everything)


def _split(authority: Authority, setting: Setting) -> Split:
    """Return the verdict in every world: engaged or not, then in force or not, then the grounds."""
    everything = setting.worlds.everything
    engaged = table(authority.governs, setting).true
    if authority.authority not in setting.in_force:
        return Split(unavailable=engaged, not_engaged=everything & ~engaged)
    for displacement in authority.displaced_by:
        if setting.exists(displacement.only_on):
            engaged &= ~table(displacement.when, setting).true
    holds = holds_table(authority, setting)
    return Split(
        available=engaged & holds.true,
        silent=holds.silent(engaged),
        unavailable=engaged & holds.false,
        not_engaged=everything & ~engaged,
    )


def holds_table(authority: Authority, setting: Setting) -> Table:
    """Return whether any ground holds and no exception takes the authority away."""
    grounds = any_of((ground_table(one, setting) for one in authority.grounds), setting)
    return all_of([grounds, *untaken(authority.exceptions, setting)], setting)


def crux_of(combinations: tuple[Combination, ...], outcomes: Sequence[tuple[int, ...]], mask: int) -> tuple[str, ...]:
    """Return the questions whose reading alone can change the outcome in some world within the mask."""
    if len(combinations) < 2:  # noqa: PLR2004 - one choice leaves nothing to part on.
        return ()
    found = []
    for question in combinations[0]:
        seen: dict[tuple[str, ...], tuple[int, ...]] = {}
        for combination, outcome in zip(combinations, outcomes, strict=True):
            others = tuple(reading for name, reading in combination.items() if name != question)
            here = tuple(worlds & mask for worlds in outcome)
            if seen.setdefault(others, here) != here:
                found.append(question)
                break
    return tuple(found)
