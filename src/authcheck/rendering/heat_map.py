"""Matrices of a sweep as one picture in SVG: every cell has its words, and light and dark their colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authcheck.asking.sweep import Grid, Swept
from authcheck.frozen import dataclass
from authcheck.rendering.brief import Brief, Notes
from authcheck.rendering.elements import Html, element, together
from authcheck.rendering.layouts.sweep import grid_title, legend, marked
from authcheck.rendering.page import colours
from authcheck.rendering.words import apart

__all__ = ["heat_map"]

# All in pixels: a letter as wide as the widest faces have it, a row, what is left between cells and around all.
_LETTER, _ROW, _GAP, _PAD, _MARGIN = 7.4, 28, 3, 10, 20
_WIDEST_LINE = 110

_STYLE = """
svg{background:var(--page);color-scheme:light dark;}
text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--text);}
.head{font-weight:600;}
.title{font-size:17px;font-weight:650;}
.basis{fill:var(--muted);font-size:12px;}
.cell rect{stroke:var(--rule);}
.stands rect{stroke:var(--text);stroke-width:2;}
"""
_TONES = ("available", "contested", "silent", "unavailable", "undetermined", "quiet")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A part of the picture, and how wide and high it is."""

    html: Html
    width: float
    height: float


def heat_map(swept: Swept) -> str:
    """Return the picture, ending in a newline: a matrix under another, then what their letters stand for."""
    notes = Notes(swept.holders)
    receipt = swept.receipt
    parts = [_lines([swept.title], "title"), _lines([f"as of {receipt.as_of}, lens {receipt.lens}"], "basis")]
    parts += [_lines(_wrapped(f"Not modelled: {story.text}"), "head") for story in swept.unmodelled]
    for grid in swept.grids:
        parts += [*_grid(grid, swept, notes), _lines([""], "basis")]
    parts += [_lines(_wrapped(text.text.strip()), "basis") for text in notes.lines()]
    parts.append(_lines(_wrapped(swept.disclaimer), "basis"))
    width = max(part.width for part in parts) + 2 * _MARGIN
    height, placed = float(_MARGIN), []
    for part in parts:
        placed.append(element("g", part.html, transform=f"translate({_MARGIN} {height:g})"))
        height += part.height
    tones = "".join(
        f".{tone} rect{{fill:var(--{tone}-behind);}}.{tone} text{{fill:var(--{tone});}}\n" for tone in _TONES
    )
    drawing = element(
        "svg",
        element("title", swept.title, id="title"),
        element("desc", _description(swept), id="desc"),
        element("style", Html(colours() + _STYLE + tones)),
        placed,
        xmlns="http://www.w3.org/2000/svg",
        role="graphics-document",
        aria_labelledby="title desc",
        viewBox=f"0 0 {width:g} {height + _MARGIN:g}",
        width=f"{width:g}",
        height=f"{height + _MARGIN:g}",
    )
    return f"{drawing}\n"


def _description(swept: Swept) -> str:
    told = "; ".join(f"{swept.titles[grid.name]}, {grid_title(grid)}" for grid in swept.grids)
    return f"What each combination of some facts comes to, a word in every cell: {told}."


def _grid(grid: Grid, swept: Swept, notes: Notes) -> Iterator[_Drawn]:
    stands = notes.brief(swept.as_it_stands[grid.name])
    title = swept.titles[grid.name] + apart(swept.unmodelled, grid.name)
    yield _lines([f"{title}: as it stands {stands.words}"], "head")
    yield _lines([grid_title(grid)], "basis")
    cells = [
        [marked(told, (down, across), grid, stands, notes) for across, told in enumerate(row)]
        for down, row in enumerate(grid.cells)
    ]
    yield _table(grid, cells)
    yield _lines([legend(cells)], "basis")


def _table(grid: Grid, cells: Sequence[Sequence[Brief]]) -> _Drawn:
    down = [_width([name, *(labels[at] for labels in grid.rows)]) for at, name in enumerate(grid.down)]
    across = [_width([name, *(row[at].words for row in cells)]) for at, name in enumerate(grid.columns)]
    starts = [sum(down[:at]) for at in range(len(down))] + [sum(down) + sum(across[:at]) for at in range(len(across))]
    parts = [_text(name, starts[at] + _PAD, 0, "basis") for at, name in enumerate(grid.down)]
    parts += [_text(name, starts[len(down) + at] + _PAD, 0, "head") for at, name in enumerate(grid.columns) if name]
    for number, (labels, row) in enumerate(zip(grid.rows, cells, strict=True), start=1):
        top = number * _ROW
        before = grid.rows[number - 2] if number > 1 else ()
        for at, label in enumerate(labels):
            # What is as in the row above is not said again.
            if labels[: at + 1] != before[: at + 1]:
                parts.append(_text(label, starts[at] + _PAD, top, "head"))
        for at, brief in enumerate(row):
            stands = " stands" if (number - 1, at) == grid.stands else ""
            parts.append(
                element(
                    "g",
                    element("title", _told(grid, labels, grid.columns[at], brief)),
                    element(
                        "rect",
                        x=f"{starts[len(down) + at]:g}",
                        y=f"{top:g}",
                        width=f"{across[at] - _GAP:g}",
                        height=f"{_ROW - _GAP:g}",
                        rx="4",
                    ),
                    _text(brief.words, starts[len(down) + at] + _PAD, top, ""),
                    class_=f"cell {brief.tone}{stands}",
                )
            )
    return _Drawn(together(parts), sum(down) + sum(across), (len(cells) + 1) * _ROW)


def _told(grid: Grid, labels: Sequence[str], column: str, brief: Brief) -> str:
    names = [f"{fact} {label}" for fact, label in zip(grid.down, labels, strict=True)]
    return f"{', '.join([*names, *([f'{grid.across} {column}'] if grid.across else [])])}: {brief.words}"


def _text(words: str, left: float, top: float, tone: str) -> Html:
    return element("text", words, x=f"{left:g}", y=f"{top + _ROW / 2 + 3:g}", class_=tone)


def _lines(lines: Sequence[str], tone: str) -> _Drawn:
    height = 20
    rows = [element("text", words, x="0", y=f"{at * height + 14:g}", class_=tone) for at, words in enumerate(lines)]
    scale = {"title": 1.35, "head": 1.05}.get(tone, 0.95)
    return _Drawn(together(rows), max(len(words) for words in lines) * _LETTER * scale, len(lines) * height + 4)


def _wrapped(words: str) -> list[str]:
    import textwrap

    return textwrap.wrap(words, _WIDEST_LINE)


def _width(words: Sequence[str]) -> float:
    return max(map(len, words)) * _LETTER + 2 * _PAD + _GAP
