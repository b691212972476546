"""What scenarios show of a pack: a line for each authority, and what is missed with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.asking.coverage import Aspect, AuthorityCoverage, Coverage, Outcome, Sight, point_words
from authcheck.rendering.layout import Block, Cell, Columns, Fold, Line, line
from authcheck.wording import counted

__all__ = ["coverage_layout"]

# What a column of the table counts.
_COLUMNS = {
    "engaged": (Aspect.ENGAGEMENT, Aspect.DISPLACEMENT),
    "elements": (Aspect.ELEMENT,),
    "exceptions": (Aspect.EXCEPTION,),
    "readings": (Aspect.READING,),
    "duties": (Aspect.DUTY,),
}

# So many misses are named on a screen.
_FEW = 3


def coverage_layout(coverage: Coverage, *, in_full: bool) -> Iterator[Block]:
    """Return the summary, and of each authority what is missed and what cannot be; a screen names a few of these."""
    every = [sight for authority in coverage.authorities for sight in authority.sights]
    missed = [sight for sight in every if sight.outcome is Outcome.MISSED]
    impossible = sum(sight.outcome is Outcome.IMPOSSIBLE for sight in every)
    many = len(coverage.scenarios)
    yield line((f"What {counted(many, 'scenario')} {'shows' if many == 1 else 'show'} of the pack", "heading"))
    yield _table(coverage.authorities)
    yield line(
        (f"{coverage.percent} %", "strong"),
        f": {coverage.seen} of {coverage.possible} seen, {len(missed)} missed; {impossible} more cannot be, "
        "which is proved",
    )
    if in_full:
        for authority in coverage.authorities:
            yield from _in_full(authority)
    else:
        for sight in missed[:_FEW]:
            yield _missed(sight, authority=True)
        if len(missed) > _FEW:
            yield line((f"and {len(missed) - _FEW} more: `--format markdown` names all", "quiet"), indent=2)
    if coverage.written:
        yield line(
            f"written, to show what is missed: {counted(len(coverage.written), 'scenario')}, as {coverage.written[0]}"
        )
    elif missed and not coverage.proposed:
        yield line(("`--write-missing DIR` writes scenarios that show what is missed", "quiet"))


def _table(authorities: Sequence[AuthorityCoverage]) -> Columns:
    head = ("", "all", *_COLUMNS)
    rows = [
        head,
        *(
            (authority.authority, f"{authority.seen}/{authority.possible}", *map_columns(authority))
            for authority in authorities
        ),
    ]
    return Columns(
        rows=tuple(tuple(_cell(text) for text in row) for row in rows),
        instead=tuple(line(_in_words(authority), indent=2) for authority in authorities),
        gap=1,
        caption="Seen of what can be seen",
    )


def map_columns(authority: AuthorityCoverage) -> tuple[str, ...]:
    """Return what is seen of an authority in each column, of what can be."""
    return tuple(f"{seen}/{possible}" if possible else "" for seen, possible in _counts(authority))


def _counts(authority: AuthorityCoverage) -> Iterator[tuple[int, int]]:
    for aspects in _COLUMNS.values():
        some = [sight for sight in authority.sights if sight.point.aspect in aspects]
        possible = [sight for sight in some if sight.outcome is not Outcome.IMPOSSIBLE]
        yield sum(sight.outcome is Outcome.SEEN for sight in possible), len(possible)


def _cell(text: str) -> Cell:
    return (line(text, hang=0),)


def _in_words(authority: AuthorityCoverage) -> str:
    parts = [
        f"{name} {seen} of {possible}"
        for name, (seen, possible) in zip(_COLUMNS, _counts(authority), strict=True)
        if possible
    ]
    return f"{authority.authority}: {authority.seen} of {authority.possible} seen ({', '.join(parts)})"


def _in_full(authority: AuthorityCoverage) -> Iterator[Block]:
    missed = [sight for sight in authority.sights if sight.outcome is Outcome.MISSED]
    impossible = [sight for sight in authority.sights if sight.outcome is Outcome.IMPOSSIBLE]
    if not missed and not impossible:
        return
    yield line((authority.title, "heading"))
    for sight in missed:
        yield _missed(sight, authority=False)
    if impossible:
        summary = line(f"{len(impossible)} cannot be", indent=2)
        yield Fold(summary, tuple(_impossible(sight) for sight in impossible))


def _missed(sight: Sight, *, authority: bool) -> Line:
    named = f"{sight.point.authority} " if authority else ""
    shown_by = f"; `{sight.shown_by}` would show it" if sight.shown_by else ""
    return line(
        ("missed: ", "unavailable"), f"{named}{point_words(sight.point)}", f" ({sight.reason}){shown_by}", indent=2
    )


def _impossible(sight: Sight) -> Line:
    cases = f", in {counted(sight.cases, 'case')}" if sight.cases else ""
    return line(f"{point_words(sight.point)}: {sight.reason}{cases}", indent=4)
