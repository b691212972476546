"""What is assumed of an empty scenario can be so."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping

from authcheck.diagnostics import Severity
from authcheck.evaluation.projection import is_possible
from authcheck.evaluation.worlds import Allowed
from authcheck.linting.rule import Complaint, Excerpt
from authcheck.linting.survey import Survey
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, FactKind

CODE = "clashing-assumptions"
SEVERITY = Severity.ERROR
SUMMARY = "the values assumed of facts that nobody states exclude one another"
WHY = (
    "The program takes assumptions together or not at all. Assumptions that clash are all "
    "dropped, and facts that seemed settled are open."
)
EXAMPLE = (
    Excerpt(
        "vocabulary/facts.yaml",
        good="""\
- fact: incident
  group: incident
  kind: event
  type: choice
  question: Was there an incident?
  meaning: Anything that happened.
  values:
    none: There was none.
    occurred: There was one.
  unless_stated: none
""",
        bad="""\
- fact: incident
  group: incident
  kind: event
  type: choice
  question: Was there an incident?
  meaning: Anything that happened.
  values:
    none: There was none.
    occurred: There was one.
  unless_stated: none
  implies: {none: members_decided}  # which is assumed to be false
""",
    ),
)

_BY_DEFAULT = frozenset({FactKind.ACTIVITY, FactKind.EVENT})
_WHERE_ABSENT = _BY_DEFAULT | {FactKind.STATUS}


def check(survey: Survey) -> Iterator[Complaint]:
    """Return every group of facts whose assumed values no world has together, where nothing is stated."""
    found: dict[tuple[str, ...], None] = {}
    for names in survey.facts.groups:

        def excluded(assumed: Mapping[str, Allowed], names: tuple[str, ...] = names) -> bool:
            return not is_possible(names, survey.facts, {**survey.open, **assumed})

        for kinds in (_BY_DEFAULT, _WHERE_ABSENT):
            # Those that demand something are at fault before those of which it is demanded.
            ordered = tuple(sorted(names, key=lambda name: not survey.facts.demands[name]))
            assumed = _assumed(ordered, kinds, survey.pack.facts)
            # A table that is refused, and facts that exclude one another anyhow, are other rules' to report.
            with contextlib.suppress(ValueError):
                if excluded(assumed) and not excluded({}):
                    found[_culprits(assumed, excluded)] = None
    for names in found:
        listed = ", ".join(f"`{name}`" for name in names)
        several = f"the values assumed of {listed} exclude one another"
        message = several if len(names) > 1 else f"what facts demand excludes the value assumed of {listed}"
        help = "correct `unless_stated` or `absent`, or what `only_if`, `implies` and `excludes` demand"
        yield Complaint(survey.pack.facts[names[0]].place, message, help)


def _assumed(names: tuple[str, ...], kinds: frozenset[FactKind], facts: Mapping[str, Fact]) -> dict[str, Allowed]:
    found: dict[str, Allowed] = {}
    for name in names:
        fact = facts[name]
        value = fact.unless_stated if fact.kind is FactKind.EVENT else fact.absent
        if fact.kind in kinds and isinstance(value, bool | str):
            found[name] = (value,)
        elif fact.kind in kinds and isinstance(value, int):
            found[name] = (Range(value, value),)
    return found


def _culprits(assumed: Mapping[str, Allowed], excluded: Callable[[Mapping[str, Allowed]], bool]) -> tuple[str, ...]:
    """Return a smallest part of the assumptions that clashes still."""
    kept = dict(assumed)
    for name in assumed:
        fewer = {other: value for other, value in kept.items() if other != name}
        if excluded(fewer):
            kept = fewer
    return tuple(kept)
