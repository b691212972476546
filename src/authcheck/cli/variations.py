"""Which facts a sweep varies, over which values, and which of its combinations are asked for."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import typer

from authcheck.asking.sweep import NOT_NEEDED, Outcome, Variation, value_of
from authcheck.cli.inputs import known_name, read_settings
from authcheck.diagnostics import Place
from authcheck.frozen import dataclass
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.model.scenario import StatedFact, stated_as
from authcheck.model.verdict import Verdict

__all__ = ["Faults", "Wanted", "read_variations", "read_wanted"]

_VARY, _WHERE = "--vary", "--where"
_ANY = "any"
# Whoever means more of them means a unit that is too small, and would wait for minutes.
_MOST_VALUES = 100_000


class Faults:
    """What is wrong with the options of a command, gathered so that all of it is told at once."""

    def __init__(self) -> None:
        self._found: list[typer.BadParameter] = []

    @contextlib.contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep a usage error of one option instead of raising it."""
        try:
            yield
        except typer.BadParameter as error:
            self._found.append(error)

    def tell(self) -> None:
        """Raise a usage error of all that is wrong, if anything is."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            lines = (f"  {error.param_hint}: {error.message}" for error in self._found)
            raise typer.BadParameter("\n".join(["several of them are wrong", *lines]), param_hint="these options")


def read_variations(texts: Iterable[str], pack: Pack, faults: Faults) -> tuple[Variation, ...]:
    """Return the facts that `--vary` names with their values, in the order given; what is wrong is a fault."""
    found: dict[str, Variation] = {}
    for text in texts:
        with faults.gathered():
            name, separator, values = (part.strip() for part in text.partition("="))
            fact = pack.facts[known_name(name, pack.facts, "fact", _VARY)]
            if name in found:
                raise typer.BadParameter(f"`{name}` varies once: name its values by comma", param_hint=_VARY)
            # A fact whose values are wrong varies all the same, for what is said of it besides.
            found[name] = Variation(name, ())
            words = values.split(",") if separator else [_ANY]
            told: dict[str, StatedFact] = {}
            for word in words:
                with faults.gathered():
                    told |= {value_of(one): one for one in _stated(fact, word.strip(), pack, _VARY)}
            found[name] = Variation(name, tuple(told.values()))
    return tuple(found.values())


def _stated(fact: Fact, word: str, pack: Pack, hint: str) -> Iterator[StatedFact]:
    """Return what a word states of the fact: one thing or, where it stands for every value or a range, several."""
    if word == _ANY:
        if not fact.options:
            example = "0,60,61 or 1..90" if fact.type is FactType.NUMBER else "2025-02-01..2025-02-28"
            message = f"`{fact.fact}` has no list of values: say which, such as {fact.fact}={example}"
            raise typer.BadParameter(message, param_hint=hint)
        yield from (stated_as(fact.fact, [value], Place(hint)) for value in fact.options)
        return
    first, dots, last = word.partition("..")
    if not dots or fact.options:
        yield _one(fact, word, pack, hint)
        return
    begin, end = (_one(fact, end.strip(), pack, hint) for end in (first, last))
    count = _count(begin, end)
    if count < 1:
        raise typer.BadParameter(f"`{word}` holds nothing", param_hint=hint)
    if count > _MOST_VALUES:
        message = f"`{word}` holds {count:,} values, and {_MOST_VALUES:,} is the most"
        raise typer.BadParameter(f"{message}: name a shorter range, or single values by comma", param_hint=hint)
    for number in range(count):
        if begin.date is not None:
            yield replace(begin, date=begin.date + datetime.timedelta(days=number))
        else:
            value = begin.ranges[0].low + number
            yield replace(begin, ranges=(Range(value, value),))


def _count(first: StatedFact, last: StatedFact) -> int:
    """Return how many days or numbers there are from one that is stated to another; 0 where either is not known."""
    if first.date is not None and last.date is not None:
        return (last.date - first.date).days + 1
    if first.ranges and last.ranges:
        return last.ranges[0].low - first.ranges[0].low + 1
    return 0


def _one(fact: Fact, word: str, pack: Pack, hint: str) -> StatedFact:
    value = f"[{', '.join(part.strip() for part in word.split('|'))}]" if "|" in word else word
    return read_settings([f"{fact.fact}={value}"], pack, hint)[fact.fact]


@dataclass(frozen=True, slots=True)
class Condition:
    """A name, the words of which it is to have one, or none of which."""

    name: str
    words: frozenset[str]
    negated: bool

    def admits(self, word: str) -> bool:
        """Whether it may be this."""
        return (word in self.words) is not self.negated


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which combinations are asked for: by the values of facts, and by the verdicts on authorities and powers."""

    facts: tuple[Condition, ...]
    verdicts: tuple[Condition, ...]

    def of(self, variations: Sequence[Variation]) -> tuple[Variation, ...]:
        """Return the variations with the values that are asked for. Raises a usage error where none is left of one."""
        return tuple(self._restricted(one) for one in variations)

    def admits(self, outcome: Outcome) -> bool:
        """Whether the verdicts are those that are asked for."""
        standings = outcome.standings
        return all(one.admits(standings[one.name]) for one in self.verdicts)

    def _restricted(self, variation: Variation) -> Variation:
        asked = [one for one in self.facts if one.name == variation.fact]
        values = tuple(value for value in variation.values if all(one.admits(value_of(value)) for one in asked))
        if not values:
            raise typer.BadParameter(f"no value of `{variation.fact}` is left to vary", param_hint=_WHERE)
        return Variation(variation.fact, values)


def read_wanted(texts: Iterable[str], variations: Sequence[Variation], pack: Pack, faults: Faults) -> Wanted:
    """Return which combinations `--where` asks for; what is wrong is a fault."""
    varied = [variation.fact for variation in variations]
    conditions: list[Condition] = []
    for text in texts:
        with faults.gathered():
            conditions.append(_condition(text, varied, pack))
    return Wanted(
        facts=tuple(condition for condition in conditions if condition.name in varied),
        verdicts=tuple(condition for condition in conditions if condition.name not in varied),
    )


def _condition(text: str, varied: Sequence[str], pack: Pack) -> Condition:
    """Return what one `--where` asks for. Raises a usage error."""
    parts = re.fullmatch(r"([^=!]+)(!?)=(.+)", text)
    if parts is None:
        raise typer.BadParameter(f"`{text}` is not NAME=VALUE or NAME!=VALUE", param_hint=_WHERE)
    name, words = parts[1].strip(), [word.strip() for word in parts[3].split(",")]
    if name in pack.facts and name not in varied:
        message = f"`{name}` does not vary: add --vary {name}, or state it with --set"
        raise typer.BadParameter(message, param_hint=_WHERE)
    known_name(name, (*varied, *pack.authorities, *pack.powers), "fact that varies, authority or power", _WHERE)
    if name in varied:
        told = {value_of(one) for word in words for one in _stated(pack.facts[name], word, pack, _WHERE)}
        return Condition(name, frozenset(told), bool(parts[2]))
    known = [one.value for one in Verdict] + [NOT_NEEDED] * (name in pack.powers)
    chosen = frozenset(known_name(word, known, "verdict", _WHERE) for word in words)
    return Condition(name, chosen, bool(parts[2]))
