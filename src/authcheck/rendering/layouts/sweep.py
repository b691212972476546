"""A sweep: what was varied, how often each verdict occurs and what turns it, matrices, and combinations by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.asking.sweep import MOST_CELLS, Grid, Row, Swept, Tally, Told
from authcheck.rendering.brief import Brief, Notes, in_brief
from authcheck.rendering.layout import Block, Columns, Line, Span, line
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import apart
from authcheck.wording import counted, listed

__all__ = ["IMPOSSIBLE", "SAME", "TURNED", "grid_title", "legend", "marked", "sweep_layout"]

TURNED, SAME, IMPOSSIBLE = "→", "=", "–"
"""What marks a cell that differs from the scenario as it stands, one that is the scenario, and what cannot be so."""

_BLANK = Line()
_FEW = 3
_WIDTH, _GAP = 78, 2


def sweep_layout(swept: Swept) -> Iterator[Block]:
    """Return what the combinations come to; what limits a verdict is a letter beside it, with its words below."""
    notes = Notes(swept.holders)
    yield from head_lines(swept.title, swept.receipt, swept.option)
    for lines in (unmodelled_lines(swept.unmodelled), _varied(swept)):
        blocks = list(lines)
        if blocks:
            yield _BLANK
            yield from blocks
    for grid in swept.grids:
        yield _BLANK
        yield from _grid(grid, swept, notes)
    if swept.tallies and not swept.grids:
        yield _BLANK
        yield from _tallies(swept, notes)
    if swept.rows or not (swept.grids or swept.tallies):
        yield _BLANK
        yield from _rows(swept, notes)
    told = [*notes.lines()]
    if told:
        yield _BLANK
        yield from told
    yield _BLANK
    yield line((f"{_of_matrices(swept)}Every combination as a table: -o FILE.csv.", "quiet"))
    yield from scenario_lines(swept.disclaimer, swept.scenario, swept.receipt)


def _of_matrices(swept: Swept) -> str:
    """Return how a matrix is had, where none is shown."""
    if swept.grids or swept.rows:
        return ""
    if swept.total > MOST_CELLS:
        return f"A matrix shows {MOST_CELLS:,} combinations at most. "
    return "A matrix of one authority or power: -a ID or --power ID. "


def _varied(swept: Swept) -> Iterator[Line]:
    """Return which facts vary, and which combinations are left out and why."""
    facts = listed([f"{fact.fact} ({counted(len(fact.values), 'value')})" for fact in swept.varied])
    left_out, total = swept.total - swept.possible, counted(swept.total, "combination")
    yield line(
        ("Varied: ", "strong"), f"{facts}; {total}{f', of which {left_out:,} cannot be so' if left_out else ''}."
    )
    ordered = sorted(swept.refused.items(), key=lambda one: -one[1])
    for why, times in ordered[:_FEW]:
        yield line((f"{times:,}: {why}", "quiet"), indent=2)
    if len(ordered) > _FEW:
        yield line((f"and for {counted(len(ordered) - _FEW, 'other reason')}", "quiet"), indent=2)
    for words in swept.no_longer_apply:
        yield line((f"{words[0].upper()}{words[1:]}.", "quiet"), indent=2)


# --- how often


def _tallies(swept: Swept, notes: Notes) -> Iterator[Line]:
    """Return what differs between combinations, with what turns it, and in one line what does not."""
    counts = {tally.name: _counts(tally, notes) for tally in swept.tallies}
    for tally in swept.tallies:
        if len(counts[tally.name]) > 1:
            yield from _tally(tally, counts[tally.name], swept, notes)
    same = [tally.name for tally in swept.tallies if len(counts[tally.name]) == 1]
    if len(same) == len(swept.tallies):
        yield line("Nothing differs between them.")
    engaged = [name for name in same if not all(brief.is_quiet for brief in counts[name])]
    if engaged:
        words = (f"{_title(name, swept)} ({''.join(brief.words for brief in counts[name])})" for name in engaged)
        yield line(("The same in all: ", "strong"), f"{'; '.join(words)}.")
    if len(same) > len(engaged):
        yield line((f"{len(same) - len(engaged)} more are not engaged, or not needed, in any.", "quiet"))


def _tally(tally: Tally, counts: dict[Brief, int], swept: Swept, notes: Notes) -> Iterator[Line]:
    yield line((_title(tally.name, swept), "title"), (f" [{tally.name}]", "quiet"))
    parts: list[str | Span] = []
    for brief, times in counts.items():
        parts += ["; " if parts else "", (brief.words, brief.tone), f" in {times:,}"]
    yield line(*parts, indent=2)
    by = f"turned by {listed(tally.turned_by)}; " if tally.turned_by else ""
    yield line((f"{by}as it stands: {notes.brief(swept.as_it_stands[tally.name]).words}", "quiet"), indent=2)


def _counts(tally: Tally, notes: Notes) -> dict[Brief, int]:
    """Return how often it is what, in short, the most frequent first."""
    counts: dict[Brief, int] = {}
    for told, times in tally.counts.items():
        brief = notes.brief(told)
        counts[brief] = counts.get(brief, 0) + times
    return dict(sorted(counts.items(), key=lambda one: -one[1]))


def _title(name: str, swept: Swept) -> str:
    return swept.titles[name] + apart(swept.unmodelled, name)


# --- matrices


def grid_title(grid: Grid) -> str:
    """Return which facts stand where."""
    across = f", {grid.across} across" if grid.across else ""
    return f"{listed(grid.down)} down{across}"


def marked(told: Told | None, at: tuple[int, int], grid: Grid, stands: Brief, notes: Notes) -> Brief:
    """Return what stands in a cell: whether that differs from the scenario as it stands, and what it is."""
    if told is None:
        return Brief(IMPOSSIBLE, "quiet")
    brief = notes.brief(told)
    mark = f"{SAME} " if at == grid.stands else f"{TURNED} " if brief != stands else ""
    return Brief(mark + brief.words, brief.tone)


def _grid(grid: Grid, swept: Swept, notes: Notes) -> Iterator[Block]:
    stands = notes.brief(swept.as_it_stands[grid.name])
    yield line((_title(grid.name, swept), "heading"), ": as it stands ", (stands.words, stands.tone))
    cells = [
        [marked(told, (down, across), grid, stands, notes) for across, told in enumerate(row)]
        for down, row in enumerate(grid.cells)
    ]
    if grid.across:
        yield line((grid_title(grid), "quiet"), indent=2, hang=0)
    for columns in _side_by_side(grid, cells):
        if columns.start:
            yield _BLANK
        yield _columns(grid, cells, columns)
    yield line((legend(cells), "quiet"), indent=2, hang=0)


def _side_by_side(grid: Grid, cells: Sequence[Sequence[Brief]]) -> Iterator[range]:
    """Return the columns in groups that have room on a terminal of the usual width beside the names of the rows."""
    room = _WIDTH - sum(max(map(len, names)) + _GAP for names in zip(grid.down, *grid.rows, strict=True))
    start, width = 0, 0
    for at, column in enumerate(grid.columns):
        wanted = max(len(column), *(len(row[at].words) for row in cells)) + _GAP
        if at > start and width + wanted > room:
            yield range(start, at)
            start, width = at, 0
        width += wanted
    yield range(start, len(grid.columns))


def _columns(grid: Grid, cells: Sequence[Sequence[Brief]], columns: range) -> Columns:
    """Return these columns of a matrix."""
    heads = [*((name, "quiet") for name in grid.down), *((grid.columns[at], "title") for at in columns)]
    rows = [
        [*((label, "title") for label in labels), *((row[at].words, row[at].tone) for at in columns)]
        for labels, row in zip(grid.rows, cells, strict=True)
    ]
    named = [grid.columns[at] for at in columns]
    return Columns(
        rows=tuple(tuple((line(cell, hang=0),) for cell in row) for row in (heads, *rows)),
        instead=tuple(
            _sentence(labels, [row[at] for at in columns], grid, named)
            for labels, row in zip(grid.rows, cells, strict=True)
        ),
        indent=2,
        gap=_GAP,
        aligned=True,
    )


def _sentence(labels: Sequence[str], row: Sequence[Brief], grid: Grid, columns: Sequence[str]) -> Line:
    """Return a row of a matrix as a sentence: for narrow screens, and to be read out."""
    names = ", ".join(f"{fact} {label}" for fact, label in zip(grid.down, labels, strict=True))
    parts: list[str | Span] = []
    for column, brief in zip(columns, row, strict=True):
        parts += ["; " if parts else "", f"{grid.across} {column}: " if grid.across else "", (brief.words, brief.tone)]
    return line((f"{names}: ", "title"), *parts, indent=2)


def legend(cells: Sequence[Sequence[Brief]]) -> str:
    """Return what the marks of the cells stand for."""
    meanings = {
        TURNED: "differs from the scenario as it stands",
        SAME: "the scenario as it stands",
        IMPOSSIBLE: "cannot be so",
    }
    seen = {brief.words[0] for row in cells for brief in row}
    told = [f"{mark} {words}" for mark, words in meanings.items() if mark in seen]
    return f"{'; '.join(told)}." if told else "Nothing differs from the scenario as it stands."


# --- combinations by name


def _rows(swept: Swept, notes: Notes) -> Iterator[Line]:
    """Return combinations, those together that make the same of what is shown of the scenario as it stands."""
    if not swept.rows:
        yield line("No combination is so.")
        return
    alike: dict[tuple[str, ...], tuple[list[Row], list[str | Span]]] = {}
    for row in swept.rows:
        changes = [
            name for name, stands in swept.as_it_stands.items() if in_brief(row.outcome.told(name)) != in_brief(stands)
        ]
        briefs = [(name, notes.brief(row.outcome.told(name))) for name in changes]
        key = tuple(f"{name} {brief.words}" for name, brief in briefs)
        parts: list[str | Span] = []
        for name, brief in briefs:
            parts += ["; " if parts else "", f"{name} ", (brief.words, brief.tone)]
        alike.setdefault(key, ([], parts or ["nothing differs from the scenario as it stands"]))[0].append(row)
    for rows, parts in alike.values():
        yield line((f"{counted(len(rows), 'combination')}: ", "title"), *parts)
        for row in rows:
            yield line(", ".join(f"{value.fact} {value.said}" for value in row.values), indent=2)
    if swept.count > len(swept.rows):
        yield line((f"{counted(swept.count - len(swept.rows), 'combination')} more.", "quiet"))
