"""Courses of action beside one another: a table where there is room, sentences elsewhere, and forms for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from authcheck.answer.answer import UnsettledPower
from authcheck.answer.unmodelled import apart_from
from authcheck.asking.contrast.matrix import Column, Matrix, Row, Standing
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

__all__ = ["matrix_layout", "matrix_rows"]

_BLANK = Line()

_AS_IT_STANDS = "as it stands"
_NOTHING, _NONE = "nothing", "none"


def matrix_layout(found: Matrix, *, everything: bool) -> Iterator[Line | Columns]:
    """Return the authorities that differ between courses of action; with `everything`, all of them."""
    yield from head_lines(found.title, found.receipt)
    yield _BLANK
    if found.unmodelled:
        yield from unmodelled_lines(found.unmodelled)
        yield _BLANK
    rows = [one for one in found.rows if one.differs or everything]
    yield Columns(
        rows=tuple(_table(found, rows)),
        instead=tuple(_sentences(found, rows)),
        aligned=True,
        caption="Side by side",
    )
    yield _BLANK
    for one in found.columns:
        if one.option:
            changes = "; ".join(f"{fact} {value}" for fact, value in one.changes.items())
            yield line((f"{one.option}: ", "title"), (changes, "quiet"))
    same = [one for one in found.rows if not one.differs]
    if same and not everything:
        yield _BLANK
        listed = "; ".join(f"{one.title} ({_words(one.cells[0], one.authority, found)})" for one in same)
        yield line((f"The same in every column: {listed}", "quiet"))
    yield _BLANK
    hint = "`authcheck evaluate` answers a column in full, with `--option` and its name; `authcheck show authority` "
    yield line((f"{hint}says what the names of the rows stand for.", "quiet"))
    yield from scenario_lines(found.disclaimer, found.scenario, found.receipt)


def matrix_rows(found: Matrix) -> Iterator[list[str]]:
    """Return the matrix as rows of plain cells, every authority in it, the names of the columns first."""
    yield ["authority", *map(_name, found.columns)]
    for row in found.rows:
        yield [row.authority, *(cell.verdict.value for cell in row.cells)]
        limits = [hedge_cell(cell.hedges, cell.in_effect) for cell in row.cells]
        if any(limits):
            yield [f"{row.authority}_hedge", *limits]
        left_out = apart_from(found.unmodelled, row.authority)
        if left_out:
            yield [f"{row.authority}_apart_from", *["; ".join(left_out)] * len(row.cells)]
    yield ["relies_on", *(" ".join(one.relies_on) for one in found.columns)]
    yield ["unsettled", *(" ".join(one.unsettled) for one in found.columns)]
    yield ["gaps", *(" ".join(one.gaps) for one in found.columns)]


def _name(one: Column) -> str:
    return one.option or _AS_IT_STANDS


def _words(one: Standing, authority: str, found: Matrix) -> str:
    return standing_words(one) + apart(found.unmodelled, authority)


def _named(name: str, shown: str, found: Matrix) -> str:
    """Return how an authority or a power is shown in a list, with what its verdict leaves out of account."""
    return shown + aside_words(apart_from(found.unmodelled, name))


def _unsettled(one: Column, found: Matrix) -> list[str]:
    return [_named(name, unsettled_words(found.powers[name], power), found) for name, power in one.unsettled.items()]


def _table(found: Matrix, rows: Sequence[Row]) -> Iterator[tuple[tuple[Line, ...], ...]]:
    yield _row("", [(_name(one), "title") for one in found.columns])
    for row in rows:
        left_out = apart(found.unmodelled, row.authority)
        words = [hedged(one.in_effect or one.verdict.value, one.hedges) + left_out for one in row.cells]
        tones = [verdict_tone(one.verdict, one.in_effect) for one in row.cells]
        yield _row(row.authority, list(zip(words, tones, strict=True)))
    yield _row("relies on", [("; ".join(names) or _NOTHING, "") for names in _relied_on(found, {})])
    unsettled = [name for name in found.powers if any(name in one.unsettled for one in found.columns)]
    for name in unsettled:
        left_out = apart(found.unmodelled, name)
        cells = [_open(one.unsettled.get(name), left_out) for one in found.columns]
        yield _row(f"unsettled: {found.powers[name]}", cells)
    if not unsettled:
        yield _row("unsettled", [(_NONE, "")] * len(found.columns))
    gaps = [name for name in found.powers if any(name in one.gaps for one in found.columns)]
    for name in gaps:
        missing = "yes" + apart(found.unmodelled, name), "unavailable"
        gap = [missing if name in one.gaps else ("no", "") for one in found.columns]
        yield _row(f"gap: {found.powers[name]}", gap)
    if not gaps:
        yield _row("gaps", [(_NONE, "")] * len(found.columns))


def _relied_on(found: Matrix, titles: Mapping[str, str]) -> Iterator[list[str]]:
    """Return what each column relies on, hedged, under these titles or else its ids."""
    for index, one in enumerate(found.columns):
        hedges = {row.authority: row.cells[index].hedges for row in found.rows}
        yield [_named(name, hedged(titles.get(name, name), hedges[name]), found) for name in one.relies_on]


def _open(one: UnsettledPower | None, left_out: str) -> Span:
    """Return what an unsettled power is or may become, apart from what is left out; `no` where it is not unsettled."""
    if one is None:
        return "no", ""
    perhaps = " (perhaps needed)" if one.needed is Need.PERHAPS else ""
    words = power_words(one) if one.unsupplied else hedged(either(one.possible), one.hedges)
    return words + perhaps + left_out, power_tone(one)


def _row(name: str, cells: Sequence[Span]) -> tuple[tuple[Line, ...], ...]:
    return tuple((line(cell, hang=0),) for cell in [(name, ""), *cells])


def _sentences(found: Matrix, rows: Sequence[Row]) -> Iterator[Line]:
    """Return a line for each row that names every column: for narrow screens, and to be read out."""
    titles = {one.authority: one.title for one in found.rows} | dict(found.powers)
    titled = {name: _named(name, title, found) for name, title in titles.items()}
    for row in rows:
        yield _sentence(row.title, found, [_words(one, row.authority, found).replace(": ", ", ") for one in row.cells])
    for name, nothing, lists in (
        ("Relies on", _NOTHING, list(_relied_on(found, titles))),
        ("Unsettled", _NONE, [[one.replace(": ", ", ") for one in _unsettled(one, found)] for one in found.columns]),
        ("Gaps", _NONE, [[titled[name] for name in one.gaps] for one in found.columns]),
    ):
        yield _sentence(name, found, ["; ".join(words) or nothing for words in lists])


def _sentence(name: str, found: Matrix, cells: Sequence[str]) -> Line:
    parts = (f"{_name(column)}: {cell}." for column, cell in zip(found.columns, cells, strict=True))
    return line((f"{name}. ", "title"), " ".join(parts))
