"""A scenario as the file that states it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from authcheck.model.condition import Range
from authcheck.model.scenario import Expectation, FactStatus, Scenario, StatedFact, Unstated

__all__ = ["scenario_file"]

# What no text file holds, and what would show a line in another order than it was written.
_UNFIT = "[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"


def scenario_file(scenario: Scenario, comments: Iterable[str] = ()) -> str:
    """Return a YAML text that reads back as the scenario, its places and its digest apart.

    `comments` are lines that stand at its head. Facts keep their order, each under its full name.
    """
    return "\n".join([*(f"# {one}".rstrip() for one in comments), *_lines(scenario)]) + "\n"


def _lines(scenario: Scenario) -> Iterator[str]:
    yield f"scenario: {_text(scenario.title)}"
    if scenario.as_of is not None:
        yield f"as_of: {scenario.as_of}"
    if scenario.description:
        yield from _description(scenario.description)
    if scenario.unstated is not Unstated.DEFAULT:
        yield f"unstated: {scenario.unstated.value}"
    yield "facts:" if scenario.facts else "facts: {}"
    yield from _facts(scenario.facts, "  ")
    if scenario.options:
        yield "options:"
    for name, changes in scenario.options.items():
        yield f"  {name}:"
        yield from _facts(changes, "    ")
    if scenario.cite:
        yield f"cite: [{', '.join(scenario.cite)}]"
    if scenario.precedent is not None:
        yield "precedent:"
        yield f"  authorities: [{', '.join(scenario.precedent.authorities)}]"
        yield f"  text: {_text(scenario.precedent.text)}"
    if scenario.expect:
        yield "expect:"
    for one in scenario.expect:
        yield from _expectation(one)


def _facts(facts: Mapping[str, StatedFact], indent: str) -> Iterator[str]:
    for name, one in facts.items():
        value = _value(one)
        if one.status is not FactStatus.STIPULATED or one.note:
            note = f", note: {_text(one.note)}" if one.note else ""
            value = f"{{value: {value}, status: {one.status.value}{note}}}"
        yield f"{indent}{name}: {value}"


def _value(one: StatedFact) -> str:
    if one.unknown:
        return "unknown"
    if one.date is not None:
        return one.date.isoformat()
    said = [str(value).lower() if isinstance(value, bool) else value for value in one.values]
    said += [_range(bounds) for bounds in one.ranges]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def _range(bounds: Range) -> str:
    if bounds.low == bounds.high:
        return str(bounds.low)
    most = "" if bounds.high is None else f", at_most: {bounds.high}"
    return f"{{at_least: {bounds.low}{most}}}"


def _expectation(one: Expectation) -> Iterator[str]:
    keys = []
    if one.lens:
        keys.append(f"lens: {one.lens}")
    if one.unstated is not None:
        keys.append(f"unstated: {one.unstated.value}")
    if not one.exact:
        keys.append("match: subset")
    if one.relies_on is not None:
        keys.append(f"relies_on: [{', '.join(one.relies_on)}]")
    keys.append("verdicts:" if one.verdicts else "verdicts: {}")
    yield from (f"  {'- ' if number == 0 else '  '}{key}" for number, key in enumerate(keys))
    yield from (f"      {name}: {verdict}" for name, verdict in one.verdicts.items())


def _description(text: str) -> Iterator[str]:
    """Return the description as lines that read as they stand, where YAML leaves them as they are."""
    ended = text.endswith("\n")
    rows = text.removesuffix("\n").split("\n")
    as_it_stands = rows[-1] and rows[0] and not rows[0][0].isspace() and (ended or len(rows) > 1)
    if as_it_stands and all(row.isprintable() for row in rows):
        yield "description: |" if ended else "description: |-"
        yield from (f"  {row}" if row else "" for row in rows)
    else:
        yield f"description: {_text(text)}"


def _text(words: str) -> str:
    # JSON's quoted text is YAML's too; a character that no text file holds is written as an escape.
    return re.sub(_UNFIT, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(words, ensure_ascii=False))
