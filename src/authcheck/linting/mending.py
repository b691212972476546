"""What has exactly one mend, mended in the text of a scenario, of which all else stays to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.frozen import dataclass
from authcheck.linting.ignoring import IGNORING, heeded
from authcheck.linting.linter import lint_scenario, rules
from authcheck.loading.files import lines_of
from authcheck.loading.scenarios import build_scenario
from authcheck.loading.text import KEY_WITHOUT_SPACE
from authcheck.model.pack import Pack

__all__ = ["Mend", "mended"]

# Of fewer letters, too many words are near one another.
_SHORTEST = 4
_LONG = 8
_WORD = re.compile(r"[\w.-]+")
_QUOTED_WORD = re.compile(r"""(['"]?)([\w.-]+)\1(?=\s*(?:[,\]}#]|$))""")
_LOOKALIKE = re.compile(r"column (\d+)(?: of line (\d+))? holds .*: (?:type (?:a (space)|`(.)`)|leave it out)")
_STANDS_TWICE = re.compile(r"stands on line (\d+) already")
_FIRST_AT = re.compile(r"the first is at .*:(\d+):\d+$")
_NAMED = re.compile(r"`([^`]+)`")
_YES_NO = {
    **dict.fromkeys(["yes", "y", "on", "true"], "true"),
    **dict.fromkeys(["no", "n", "off", "false"], "false"),
}


@dataclass(frozen=True, slots=True)
class Mend:
    """What was at fault, where it stood in the text as it was then, and the line before and after."""

    problem: Diagnostic
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """A line as it is to be; None where it is to go."""

    number: int
    line: str | None


def mended(text: str, file: str, pack: Pack) -> tuple[str, tuple[Mend, ...]]:
    """Return the text of a scenario with every fault mended that has one mend, and the mends in their order.

    A mend is made only where the fault is gone with it and nothing else comes of it.
    """
    mends: list[Mend] = []
    found = _problems(text, file, pack)
    tried: set[tuple[str, str]] = set()
    while True:
        # As long as a text cannot be read to its end, nothing else in it can be judged.
        unreadable = [one for one in found if one.code == "syntax"]
        for problem in unreadable or found:
            edit = _edit(problem, text, pack)
            key = (problem.code, f"{problem.place}{edit}")
            if edit is None or key in tried:
                continue
            tried.add(key)
            changed = _edited(text, edit)
            left = _problems(changed, file, pack)
            if _is_gone(problem, edit, found, left):
                before = lines_of(text)[edit.number - 1]
                mends.append(Mend(problem, before.strip(), "" if edit.line is None else edit.line.strip()))
                text, found = changed, left
                break
        else:
            return text, tuple(mends)


def _problems(text: str, file: str, pack: Pack) -> tuple[Diagnostic, ...]:
    try:
        scenario = build_scenario(text, file, pack)
    except AuthcheckError as error:
        return error.diagnostics
    left = heeded(lint_scenario(scenario, pack), scenario.comments, rules())
    return tuple(one for one in left if one.code in IGNORING)


def _is_gone(problem: Diagnostic, edit: _Edit, before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> bool:
    """Whether the problem is gone, and none has come in its place."""
    if problem.code == "syntax":
        return not any(one.code == "syntax" and one.place.line <= problem.place.line for one in after)
    known = {(one.code, one.message) for one in before}
    same = sum(one.code == problem.code and one.message == problem.message for one in after)
    fewer = same < sum(one.code == problem.code and one.message == problem.message for one in before)
    # What the mended place turns out not to be either was no mend; what it hid elsewhere is told for itself.
    here = (problem.place.line, problem.place.column)
    new = (one for one in after if one.code not in IGNORING and (one.code, one.message) not in known)
    return fewer and not any(edit.line is None or (one.place.line, one.place.column) == here for one in new)


def _edited(text: str, edit: _Edit) -> str:
    """Return the text with the line as it is to be, and every line end as it was."""
    parts = re.split(r"(\r\n|\r|\n|\x85|\u2028|\u2029)", text)
    at = 2 * (edit.number - 1)
    if edit.line is None:
        return "".join(parts[:at] + parts[at + 2 :])
    # A mark of byte order stands before the first line, and is none of it.
    mark = "\ufeff" if at == 0 and text.startswith("\ufeff") else ""
    return "".join([*parts[:at], mark + edit.line, *parts[at + 1 :]])


def _edit(problem: Diagnostic, text: str, pack: Pack) -> _Edit | None:
    """Return the one edit that mends the problem, if there is one."""
    lines = lines_of(text.removeprefix("\ufeff"))
    number, column = problem.place.line, problem.place.column - 1
    if not 0 < number <= len(lines):
        return None
    line = lines[number - 1]
    if (misleading := _LOOKALIKE.match(problem.help)) is not None:
        return _without_lookalike(misleading, number, lines)
    match problem.code:
        case "syntax" | "wrong-type" if key := KEY_WITHOUT_SPACE.match(line, column):
            return _Edit(number, f"{line[: key.end()]} {line[key.end() :]}")
        case "empty-value" if (name := _NAMED.match(problem.message)) and ":" in name[1] and name[1] in line:
            # The place is that at which the value is missing.
            at = line.find(name[1])
            return _Edit(number, line[:at] + name[1].replace(":", ": ", 1) + line[at + len(name[1]) :])
        case "ambiguous" | "yes-no-needed" if word := _QUOTED_WORD.match(line, column):
            said = _YES_NO.get(word[2].lower())
            return None if said is None else _Edit(number, line[: word.start()] + said + line[word.end() :])
        case "duplicate-key" | "stated-twice":
            return _without_the_second(problem, lines)
        case "unused-ignore":
            left = line[:column].rstrip()
            return _Edit(number, left or None)
        case _ if found := _one_meant(problem, line[column:], pack):
            stands, meant = found
            return _Edit(number, line[:column] + meant + line[column + len(stands) :])
        case _:
            return None


def _without_lookalike(found: re.Match[str], number: int, lines: Sequence[str]) -> _Edit:
    column, number = int(found[1]) - 1, int(found[2] or number)
    instead = " " if found[3] else found[4] or ""
    line = lines[number - 1]
    return _Edit(number, line[:column] + instead + line[column + 1 :])


def _without_the_second(problem: Diagnostic, lines: Sequence[str]) -> _Edit | None:
    """Return the edit that takes away a line that says again, word for word, what another line says."""
    number = problem.place.line
    first = _STANDS_TWICE.search(problem.message) or _FIRST_AT.search(problem.help)
    if first is None or (number < len(lines) and _indent(lines[number]) > _indent(lines[number - 1])):
        return None
    same = _bare(lines[int(first[1]) - 1]) == _bare(lines[number - 1])
    return _Edit(number, None) if same and _bare(lines[number - 1]).count(":") == 1 else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _bare(line: str) -> str:
    """Return a line without its comment and indent."""
    return re.split(r"\s#", line)[0].strip()


def _one_meant(problem: Diagnostic, line: str, pack: Pack) -> tuple[str, str] | None:
    """Return what stands at the beginning of the line and the one name that is meant by it, if there is one."""
    names = _NAMED.findall(problem.message)
    if not names:
        return None
    stands = re.match(rf"""(['"]?){re.escape(names[0])}\1(?![\w-])""", line) or _WORD.match(line)
    if stands is None or not names[0].endswith(stands[0].strip("'\"")):
        return None
    # Of a fact that is written in steps, the last stands here.
    before = names[0].removesuffix(stands[0].strip("'\""))
    meant = [name for name in _known(problem, names, pack) if name.startswith(before)]
    alike = [name for name in meant if _plain(name) == _plain(names[0])]
    near = alike or [name for name in meant if len(names[0]) >= _SHORTEST and _are_near(name, names[0])]
    return (stands[0], near[0].removeprefix(before)) if len(near) == 1 else None


def _known(problem: Diagnostic, names: Sequence[str], pack: Pack) -> tuple[str, ...]:
    """Return the names that there are where one is unknown."""
    match problem.code:
        case "unknown-fact":
            return tuple(pack.facts)
        case "unknown-value" if names[-1] in pack.facts:
            return tuple(pack.facts[names[-1]].values)
        case "unknown-lens":
            return tuple(pack.lenses)
        case "unknown-authority":
            return tuple(pack.authorities)
        case "wrong-value":
            return tuple(names[1:])
        case "unknown-key" | "unknown-status":
            return tuple(_NAMED.findall(problem.help))
        case _:
            return ()


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _are_near(name: str, other: str) -> bool:
    """Whether one letter is another, missing, added or exchanged with its neighbour; two in a long name."""
    return _distance(name, other) <= (1 if len(other) < _LONG else 2)


def _distance(one: str, other: str) -> int:
    """Return how many letters are to be changed, left out, added or exchanged with a neighbour to get the other."""
    rows: list[list[int]] = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, there in enumerate(other, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and there == one[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
