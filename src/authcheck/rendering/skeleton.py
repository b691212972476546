"""A scenario that is begun: the facts that it may state, each with its question and its choices, as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.asking.beginning import Beginning, OpenFact
from authcheck.asking.suggestions import Suggestion
from authcheck.loading.files import printable
from authcheck.model.fact import Fact, FactType

__all__ = ["skeleton_head", "skeleton_lines"]

_HOW = (
    "Take the `# ` away before a fact that the story tells, and put one of its choices after the colon.",
    "`unknown` is a choice of every fact; `check` says what is wrong, `evaluate` answers.",
)


def skeleton_head(beginning: Beginning, titles: Mapping[str, str], schema: str) -> Iterator[str]:
    """Return the comments at the head: for the editor, then for whom the file is and how to go on."""
    yield f"yaml-language-server: $schema={schema}"
    yield from _HOW
    if not beginning.authorities:
        yield "Here is what a story tells first; `evaluate` asks for what else matters. `new FILE --type VALUE` has all"
        yield f"facts that bear on what is done: VALUE is one of those of `{beginning.operation.fact}`."
    elif len(beginning.authorities) < len(titles):
        yield "The facts that bear on these authorities are here; the others have their own:"
        yield from (f"  {titles[name]} ({name})" for name in beginning.authorities)


def skeleton_lines(beginning: Beginning, stated: str, suggested: Iterable[Suggestion]) -> Iterator[str]:
    """Return the lines under `facts`: each group, and each fact, as comments.

    `stated` is the line that states the main activity. What is suggested for a fact stands in the place of the line
    to be filled in, and beside that of the main activity.
    """
    main, group = beginning.operation.fact, ""
    suggestions = {suggestion.fact: _suggestion(suggestion) for suggestion in suggested}
    for fact in beginning.facts:
        name = fact.fact.fact
        if fact.fact.group != group:
            group = fact.fact.group
            yield from ("", f"  # --- {group} ---")
        yield ""
        yield from (f"  # {said}" for said in _told(fact))
        if name == main:
            yield f"{stated}  # {suggestions[name]}" if name in suggestions else stated
        else:
            mark = "" if fact.is_raised and name not in suggestions else "# "
            yield f"  {mark}{suggestions.get(name, f'{name}: unknown')}"


def _suggestion(suggestion: Suggestion) -> str:
    value = str(suggestion.value).lower() if isinstance(suggestion.value, bool) else suggestion.value
    return f"suggested: {suggestion.fact}: {value}  # {printable(suggestion.words)}"


def _told(beginning: OpenFact) -> Iterator[str]:
    fact = beginning.fact
    yield fact.question
    yield from (f"  {value}: {meaning}" for value, meaning in fact.values.items())
    left_out = f"left out, it is {f'assumed to be {beginning.assumed}' if beginning.assumed else 'unknown'}"
    said = "; ".join([*_form(fact), left_out])
    yield f"{said[0].upper()}{said[1:]}."


def _form(fact: Fact) -> Iterator[str]:
    """Return how a value is written, where the list of values does not say it."""
    match fact.type:
        case FactType.YES_NO:
            yield "`true`, `false` or `unknown`"
        case FactType.NUMBER:
            yield f"a whole number{f' of {fact.unit}' if fact.unit else ''}, such as {max(fact.minimum, 1)}"
        case FactType.DATE:
            yield "a date, such as 2025-02-04"
        case FactType.CHOICE if fact.pairs:
            yield f"or two at once, as `{{all_of: [{', '.join(next(iter(fact.pairs.values())))}]}}`"
        case _:
            pass
