"""A scenario's file with its expectations set right or begun, and the rest of it to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from authcheck.frozen import dataclass

__all__ = ["Amendment", "CannotAmendError", "amended", "ended"]

_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one expectation is to say: verdicts to correct or to add, and all that is relied on where that differs."""

    verdicts: Mapping[str, str]
    relies_on: tuple[str, ...] | None = None


class CannotAmendError(Exception):
    """Raised where the expectations are written in a way that cannot be amended in place."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """The text that takes the place of what stands from `start` to before `end`."""

    start: int
    end: int
    text: str


def amended(text: str, amendments: Sequence[Amendment]) -> str:
    """Return the text of a scenario with each of its expectations amended. Raises CannotAmendError."""
    expect = _values(_root(text)).get("expect")
    parts = expect.value if isinstance(expect, yaml.SequenceNode) else [expect]
    changed = text
    edits = [
        edit
        for part, amendment in zip(parts, amendments, strict=True)
        for edit in (*_verdict_edits(text, _values(part), amendment), *_reliance_edits(text, _values(part), amendment))
    ]
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        changed = changed[: edit.start] + edit.text + changed[edit.end :]
    return changed


def ended(text: str, lines: str) -> str:
    """Return the text of a scenario that has no expectations, ended with the lines of some. Raises CannotAmendError."""
    root = _root(text)
    if "expect" in _values(root) or root.flow_style:
        raise CannotAmendError
    line_end = _end_of_line(text, 0)[0] or "\n"
    # Behind the last value stand its comments, and perhaps the mark that ends the document.
    before, after = text[: root.end_mark.index], text[root.end_mark.index :]
    begun = "" if before.endswith(("\n", "\r")) else line_end
    return before + begun + lines.replace("\n", line_end) + after


def _root(text: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise CannotAmendError from None
    if not isinstance(root, yaml.MappingNode):
        raise CannotAmendError
    return root


def _end_of_line(text: str, start: int) -> re.Match[str]:
    found = _LINE_END.search(text, start)
    assert found is not None  # Invariant: the end of the text is one.
    return found


def _values(node: yaml.Node | None) -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise CannotAmendError
    return {key.value: value for key, value in node.value}


def _verdict_edits(text: str, fields: Mapping[str, yaml.Node], amendment: Amendment) -> Iterator[_Edit]:
    verdicts = fields.get("verdicts")
    if not isinstance(verdicts, yaml.MappingNode):
        raise CannotAmendError
    listed = _values(verdicts)
    for name, verdict in amendment.verdicts.items():
        if name in listed:
            yield _Edit(listed[name].start_mark.index, listed[name].end_mark.index, verdict)
    added = [f"{name}: {verdict}" for name, verdict in amendment.verdicts.items() if name not in listed]
    if not added:
        return
    if not listed:
        end = verdicts.end_mark.index - 1
        yield _Edit(end, end, ", ".join(added))
        return
    first, (_, last) = verdicts.value[0][0], verdicts.value[-1]
    end = last.end_mark.index
    if verdicts.flow_style:
        yield _Edit(end, end, "".join(f", {entry}" for entry in added))
    else:
        line_end = _end_of_line(text, end)
        indent = (line_end[0] or _end_of_line(text, 0)[0]) + " " * first.start_mark.column
        yield _Edit(line_end.start(), line_end.start(), "".join(f"{indent}{entry}" for entry in added))


def _reliance_edits(text: str, fields: Mapping[str, yaml.Node], amendment: Amendment) -> Iterator[_Edit]:
    if amendment.relies_on is None:
        return
    listed = fields["relies_on"]
    start, end = listed.start_mark.index, listed.end_mark.index
    said = f"[{', '.join(amendment.relies_on)}]"
    if isinstance(listed, yaml.SequenceNode) and not listed.flow_style:
        start, end = listed.value[0].start_mark.index, listed.value[-1].end_mark.index
        if not amendment.relies_on:
            raise CannotAmendError
        said = f"{_end_of_line(text, start)[0]}{' ' * listed.start_mark.column}- ".join(amendment.relies_on)
    if "#" in text[start:end]:
        # The comment speaks of one of the names.
        raise CannotAmendError
    yield _Edit(start, end, said)
