"""A scenario as the file that states it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import yaml

from authcheck.model.condition import Range
from authcheck.model.fact import Value
from authcheck.model.scenario import Claimed, Expectation, FactStatus, Scenario, StatedFact, Unmodelled, Unstated

__all__ = ["expectation_lines", "scenario_file"]

# What would show a line in another order than it was written; elsewhere than in quotes it never stands.
_REORDERING = "[\u202a-\u202e\u2066-\u2069]"


class _Prose(str):
    """Text in somebody's words: in quotes, or as lines that read as they stand."""

    __slots__ = ()


class _Inline(dict[str, object]):
    """A mapping on one line."""


class _Dumper(yaml.SafeDumper):
    """Knows the two."""


def _prose(dumper: yaml.SafeDumper, text: _Prose) -> yaml.ScalarNode:
    as_lines = "\n" in text and all(line.isprintable() for line in text.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if as_lines else '"')


def _inline(dumper: yaml.SafeDumper, value: _Inline | tuple[object, ...]) -> yaml.Node:
    if isinstance(value, tuple):
        return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


_Dumper.add_representer(_Prose, _prose)
_Dumper.add_representer(_Inline, _inline)
_Dumper.add_representer(tuple, _inline)


def scenario_file(scenario: Scenario, comments: Iterable[str] = ()) -> str:
    """Return a YAML text that reads back as the scenario, its places and its digest apart.

    `comments` are lines that stand at its head. Facts keep their order, each under its full name.
    """
    keys: dict[str, object] = {
        "scenario": _Prose(scenario.title),
        "as_of": scenario.as_of,
        "description": _Prose(scenario.description),
        "unstated": "" if scenario.unstated is Unstated.DEFAULT else scenario.unstated.value,
    }
    rest: dict[str, object] = {
        "options": {name: _facts(changes) for name, changes in scenario.options.items()},
        "activities": {name: _facts(facts) for name, facts in scenario.activities.items()},
        "unmodelled": [_unmodelled(part) for part in scenario.unmodelled],
        "claimed": [_claimed(part) for part in scenario.claimed],
        "cite": scenario.cite,
        "precedent": scenario.precedent
        and {"authorities": scenario.precedent.authorities, "text": _Prose(scenario.precedent.text)},
        "expect": [_expectation(expected) for expected in scenario.expect],
    }
    stated = {**keys, "facts": _facts(scenario.facts), **rest}
    written = {key: value for key, value in stated.items() if value or key in {"scenario", "facts"}}
    text = re.sub(_REORDERING, lambda match: f"\\u{ord(match[0]):04x}", _yaml(written))
    return "".join(f"{f'# {comment}'.rstrip()}\n" for comment in comments) + text


def expectation_lines(expected: Iterable[Expectation]) -> str:
    """Return the lines of a scenario's file that expect this."""
    return _yaml({"expect": [_expectation(one) for one in expected]})


def _yaml(written: Mapping[str, object]) -> str:
    return yaml.dump(
        written, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000, default_flow_style=False
    )


def _facts(facts: Mapping[str, StatedFact]) -> dict[str, object]:
    return {name: _fact(stated) for name, stated in facts.items()}


def _fact(stated: StatedFact) -> object:
    value = _value(stated)
    if stated.status is FactStatus.STIPULATED and not stated.note:
        return value
    note = {"note": _Prose(stated.note)} if stated.note else {}
    return _Inline(value=value, status=stated.status.value, **note)


def _value(stated: StatedFact) -> object:
    if stated.unknown:
        return "unknown"
    if stated.date is not None:
        return stated.date
    values = (*map(_one, stated.values), *map(_range, stated.ranges))
    return values[0] if len(values) == 1 else values


def _one(value: Value) -> object:
    if isinstance(value, str) and " and " in value:
        return _Inline(all_of=tuple(value.split(" and ")))
    return value


def _range(bounds: Range) -> object:
    if bounds.low == bounds.high:
        return bounds.low
    most = {} if bounds.high is None else {"at_most": bounds.high}
    return _Inline(at_least=bounds.low, **most)


def _unmodelled(part: Unmodelled) -> dict[str, object]:
    keys = {"text": _Prose(part.text), "bears_on": part.bears_on, "activity": part.activity}
    return {key: value for key, value in keys.items() if value}


def _claimed(part: Claimed) -> dict[str, object]:
    keys = {
        "authority": part.authority,
        "by": _Prose(part.by),
        "on": part.on,
        "cite": part.cite,
        "source": _Prose(part.source),
        "note": _Prose(part.note),
        "activity": part.activity,
    }
    return {key: value for key, value in keys.items() if value}


def _expectation(expected: Expectation) -> dict[str, object]:
    keys: dict[str, object] = {
        "lens": expected.lens,
        "unstated": expected.unstated and expected.unstated.value,
        "match": "" if expected.exact else "subset",
        "activity": expected.activity,
        "option": expected.option,
    }
    stated = {key: value for key, value in keys.items() if value}
    if expected.relies_on is not None:
        stated["relies_on"] = expected.relies_on
    return {**stated, "verdicts": dict(expected.verdicts)}
