"""Courses of action beside one another: a table where there is room, sentences elsewhere, and forms for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from authcheck.answer.standing import PowerStanding, Standing
from authcheck.answer.unmodelled import apart_from
from authcheck.asking.contrast.matrix import Column, Matrix, Row
from authcheck.model.verdict import Need
from authcheck.rendering.layout import Columns, Line, Span, line
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import (
    apart,
    aside_words,
    either,
    hedge_cell,
    hedged,
    power_tone,
    power_words,
    standing_words,
    unsettled_words,
    verdict_tone,
)
from authcheck.wording import spoken

__all__ = ["matrix_layout", "matrix_rows"]

_BLANK = Line()

_AS_IT_STANDS = "as it stands"
_NOTHING, _NONE = "nothing", "none"


def matrix_layout(matrix: Matrix, *, everything: bool) -> Iterator[Line | Columns]:
    """Return the authorities that differ between courses of action; with `everything`, all of them."""
    yield from head_lines(matrix.title, matrix.receipt)
    yield _BLANK
    if matrix.unmodelled:
        yield from unmodelled_lines(matrix.unmodelled)
        yield _BLANK
    rows = [row for row in matrix.rows if row.differs or everything]
    yield Columns(
        rows=tuple(_table(matrix, rows)),
        instead=tuple(_sentences(matrix, rows)),
        aligned=True,
        caption="Side by side",
    )
    yield _BLANK
    for column in matrix.columns:
        if column.option:
            changes = "; ".join(f"{fact} {value}" for fact, value in column.changes.items())
            yield line((f"{column.option}: ", "title"), (changes, "quiet"))
    same = [row for row in matrix.rows if not row.differs]
    if same and not everything:
        yield _BLANK
        listed = "; ".join(f"{words.title} ({_words(words.cells[0], words.authority, matrix)})" for words in same)
        yield line((f"The same in every column: {listed}", "quiet"))
    yield _BLANK
    hint = "`authcheck evaluate` answers a column in full, with `--option` and its name; `authcheck show authority` "
    yield line((f"{hint}says what the names of the rows stand for.", "quiet"))
    yield from scenario_lines(matrix.disclaimer, matrix.scenario, matrix.receipt)


def matrix_rows(matrix: Matrix) -> Iterator[list[str]]:
    """Return the matrix as rows of plain cells, every authority in it, the names of the columns first."""
    yield ["authority", *map(_name, matrix.columns)]
    for row in matrix.rows:
        yield [row.authority, *(cell.verdict.value for cell in row.cells)]
        hedges = [hedge_cell(cell.hedges) for cell in row.cells]
        if any(hedges):
            yield [f"{row.authority}_hedge", *hedges]
        in_effect = [cell.in_effect for cell in row.cells]
        if any(in_effect):
            yield [f"{row.authority}_in_effect", *in_effect]
        left_out = apart_from(matrix.unmodelled, row.authority)
        if left_out:
            yield [f"{row.authority}_apart_from", *["; ".join(left_out)] * len(row.cells)]
    yield ["relies_on", *(" ".join(column.relies_on) for column in matrix.columns)]
    yield ["unsettled", *(" ".join(column.unsettled) for column in matrix.columns)]
    yield ["gaps", *(" ".join(column.gaps) for column in matrix.columns)]


def _name(column: Column) -> str:
    return column.option or _AS_IT_STANDS


def _words(standing: Standing, authority: str, matrix: Matrix) -> str:
    return standing_words(standing) + apart(matrix.unmodelled, authority)


def _named(name: str, shown: str, matrix: Matrix) -> str:
    """Return how an authority or a power is shown in a list, with what its verdict leaves out of account."""
    return shown + aside_words(apart_from(matrix.unmodelled, name))


def _unsettled(column: Column, matrix: Matrix) -> list[str]:
    return [
        _named(name, unsettled_words(matrix.powers[name], power), matrix) for name, power in column.unsettled.items()
    ]


def _table(matrix: Matrix, rows: Sequence[Row]) -> Iterator[tuple[tuple[Line, ...], ...]]:
    yield _row("", [(_name(column), "title") for column in matrix.columns])
    for row in rows:
        left_out = apart(matrix.unmodelled, row.authority)
        words = [hedged(cell.in_effect or spoken(cell.verdict.value), cell.hedges) + left_out for cell in row.cells]
        tones = [verdict_tone(cell.verdict, cell.in_effect) for cell in row.cells]
        yield _row(row.authority, list(zip(words, tones, strict=True)))
    yield _row("relies on", [("; ".join(names) or _NOTHING, "") for names in _relied_on(matrix, {})])
    unsettled = [name for name in matrix.powers if any(name in column.unsettled for column in matrix.columns)]
    for name in unsettled:
        left_out = apart(matrix.unmodelled, name)
        cells = [_open(column.unsettled.get(name), left_out) for column in matrix.columns]
        yield _row(f"unsettled: {matrix.powers[name]}", cells)
    if not unsettled:
        yield _row("unsettled", [(_NONE, "")] * len(matrix.columns))
    gaps = [name for name in matrix.powers if any(name in column.gaps for column in matrix.columns)]
    for name in gaps:
        missing = "yes" + apart(matrix.unmodelled, name), "unavailable"
        gap = [missing if name in column.gaps else ("no", "") for column in matrix.columns]
        yield _row(f"gap: {matrix.powers[name]}", gap)
    if not gaps:
        yield _row("gaps", [(_NONE, "")] * len(matrix.columns))


def _relied_on(matrix: Matrix, titles: Mapping[str, str]) -> Iterator[list[str]]:
    """Return what each column relies on, hedged, under these titles or else its ids."""
    for index, column in enumerate(matrix.columns):
        hedges = {row.authority: row.cells[index].hedges for row in matrix.rows}
        yield [_named(name, hedged(titles.get(name, name), hedges[name]), matrix) for name in column.relies_on]


def _open(power: PowerStanding | None, left_out: str) -> Span:
    """Return what an unsettled power is or may become, apart from what is left out; `no` where it is not unsettled."""
    if power is None:
        return "no", ""
    perhaps = " (perhaps needed)" if power.needed is Need.PERHAPS else ""
    words = power_words(power) if power.unsupplied else hedged(either(power.possible), power.hedges)
    return words + perhaps + left_out, power_tone(power)


def _row(name: str, cells: Sequence[Span]) -> tuple[tuple[Line, ...], ...]:
    return tuple((line(cell, hang=0),) for cell in [(name, ""), *cells])


def _sentences(matrix: Matrix, rows: Sequence[Row]) -> Iterator[Line]:
    """Return a line for each row that names every column: for narrow screens, and to be read out."""
    titles = {row.authority: row.title for row in matrix.rows} | dict(matrix.powers)
    titled = {name: _named(name, title, matrix) for name, title in titles.items()}
    for row in rows:
        yield _sentence(
            row.title, matrix, [_words(cell, row.authority, matrix).replace(": ", ", ") for cell in row.cells]
        )
    for name, nothing, lists in (
        ("Relies on", _NOTHING, list(_relied_on(matrix, titles))),
        (
            "Unsettled",
            _NONE,
            [[power.replace(": ", ", ") for power in _unsettled(column, matrix)] for column in matrix.columns],
        ),
        ("Gaps", _NONE, [[titled[name] for name in column.gaps] for column in matrix.columns]),
    ):
        yield _sentence(name, matrix, ["; ".join(words) or nothing for words in lists])


def _sentence(name: str, matrix: Matrix, cells: Sequence[str]) -> Line:
    parts = (f"{_name(column)}: {cell}." for column, cell in zip(matrix.columns, cells, strict=True))
    return line((f"{name}. ", "title"), " ".join(parts))
