"""A layout as a page that stands alone: sections, lists, quotations, tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from authcheck.rendering.elements import Child, Html, element, together
from authcheck.rendering.layout import Block, Cell, Columns, Entry, Fold, Line, Span, nested, title_of
from authcheck.rendering.page import contents, fragment_style, whole_page

__all__ = ["fragment_text", "page_text"]


def page_text(layouts: Sequence[Iterable[Block]]) -> str:
    """Return the layouts of one or several results as one page, ending in a newline."""
    results = [_parts(nested(layout)) for layout in layouts]
    titles = [title for title, _, _ in results]
    several = len(results) > 1
    title = f"Answers to {len(results)} scenarios" if several else titles[0]
    if several:
        places = [(f"result-{number}", words) for number, words in enumerate(titles, start=1)]
    else:
        places = [(f"section-1-{number}", words) for number, words in enumerate(map(_heading, results[0][2]))]
    main = [_result(result, number, several=several) for number, result in enumerate(results, start=1)]
    return whole_page(
        title,
        element("header", element("h1", title), class_="page-head"),
        contents(places) if places else "",
        element("main", main, id="main"),
    )


def fragment_text(layout: Iterable[Block]) -> str:
    """Return a layout as a part of another page, which has its styles with it, no script and no ids."""
    title, first, sections = _parts(nested(layout))
    shown = [
        together(_section(heading, _WITHIN), *(_group(part, _WITHIN) for part in rest)) for heading, rest in sections
    ]
    style = element("style", fragment_style())
    return element(
        "div", style, element("h3", title), [_group(part, _WITHIN) for part in first], shown, class_="authcheck"
    )


# The level of the sections of a part, of which the title stands under those of a page.
_WITHIN = 4


Group: TypeAlias = tuple[str, tuple[Entry, ...]]
"""Entries that stand under the title, as a list, or under nothing, each as a paragraph."""
Section: TypeAlias = tuple[Entry, list[Group]]
"""A heading with what is under it, and what stands between it and the next."""


def _parts(entries: Sequence[Entry]) -> tuple[str, list[Group], list[Section]]:
    """Return the title of a layout, what comes before its first section, and its sections."""
    first: list[Group] = []
    sections: list[Section] = []
    line = title_of(entries)
    titled = line is not None
    body = [("ul", entry) for entry in entries[0].under] if titled else []
    body += [("p", entry) for entry in entries[titled:]]
    for (tag, heads), group in itertools.groupby(body, lambda part: (part[0], _is_heading(part[1]))):
        found = tuple(entry for _, entry in group)
        if heads:
            sections.extend((entry, []) for entry in found)
        else:
            (sections[-1][1] if sections else first).append((tag, found))
    return _title(line, first), first, sections


def _title(line: Line | None, first: Sequence[Group]) -> str:
    """Return the title: without one, the first of those that the lines before the sections name, and how many more."""
    if line is not None:
        return line.text.strip()
    lines = [entry.block for _, entries in first for entry in entries if isinstance(entry.block, Line)]
    spans = (next((words for words, tone in line.spans if tone == "title"), "") for line in lines)
    named = [words.strip() for words in spans if words]
    if not named:
        return lines[0].text.strip() if lines else "authcheck"
    return " · ".join(named) if len(named) < _MANY else f"{named[0]}, and {len(named) - 1} more"


_MANY = 3


def _heading(section: Section) -> str:
    heading = section[0].block
    return heading.text.strip() if isinstance(heading, Line) else ""


def _is_heading(entry: Entry) -> bool:
    return isinstance(entry.block, Line) and entry.block.tone == "heading"


def _result(result: tuple[str, list[Group], list[Section]], number: int, *, several: bool) -> Html:
    title, first, sections = result
    level = 2 + several
    shown = [
        together(_section(heading, level, f"section-{number}-{count}"), *(_group(part, level) for part in rest))
        for count, (heading, rest) in enumerate(sections)
    ]
    head = element(f"h{level - 1}", title, class_="title") if several else ""
    return element("div", head, [_group(part, level) for part in first], shown, class_="answer", id=f"result-{number}")


def _group(group: Group, level: int) -> Html:
    tag, entries = group
    if tag == "ul":
        return _list(entries, level)
    parts = (_list((entry,), level) if _list_of(entry) == "ol" else _entry(entry, "p", level) for entry in entries)
    return together(*parts)


def _section(entry: Entry, level: int, id: str = "") -> Html:
    """Return a section of this level, or one within another, which has no id."""
    assert isinstance(entry.block, Line)
    heading = element(f"h{min(level, 6)}", _words(entry.block), class_="section-title" if id else "")
    return element("section", heading, element("div", _list(entry.under, level + 1), class_="stack"), id=id)


def _list(entries: Sequence[Entry], level: int) -> Html:
    """Return entries one under another: items as lists, and what is no item for itself."""
    parts: list[Html] = []
    for tag, group in itertools.groupby(entries, _list_of):
        if tag:
            parts.append(element(tag, [_entry(entry, "li", level) for entry in group], class_="listed"))
        else:
            parts.extend(_section(entry, level) if _is_heading(entry) else _entry(entry, "p", level) for entry in group)
    return together(*parts)


def _list_of(entry: Entry) -> str:
    """Return the kind of list in which an entry is an item; nothing where it is none."""
    line = entry.block
    if not isinstance(line, Line) or line.is_prose or line.tone == "heading":
        return ""
    return "ol" if line.tone == "number" else "ul"


def _entry(entry: Entry, tag: str, level: int) -> Html:
    match entry.block:
        case Columns():
            return _columns(entry.block, level)
        case Fold(summary, blocks):
            under = _list(nested(blocks), level)
            return element("details", element("summary", _words(summary)), under, class_="fold")
        case line if line.tone == "note":
            number, *words = line.spans
            mark = element("span", number[0], class_="basis")
            note = element("p", mark, list(map(_span, words)), id=_note_id(number[0]), class_="note")
            return together(note, _list(entry.under, level))
        case line:
            return _lined(entry, line, tag, level)


def _lined(entry: Entry, line: Line, tag: str, level: int) -> Html:
    if any(tone == "quote" for _, tone in line.spans) and not entry.under:
        return element("li", _quotation(line), class_="passage") if tag == "li" else _quotation(line)
    if tag == "p":
        return together(element("p", _words(line)), _list(entry.under, level))
    value = line.spans[0][0].strip(". ") if line.tone == "number" else ""
    return element(tag, _words(line), _list(entry.under, level), value=value)


def _note_id(mark: str) -> str:
    """Return the id of a note, of which the marks of a page are the names."""
    return f"note-{mark.strip('[]')}"


def _quotation(line: Line) -> Html:
    """Return exact words, with what comes before them, and whose they are."""
    before = [span for span in line.spans if span[1] not in {"quote", "source"}]
    words = [span[0].strip() for span in line.spans if span[1] == "quote"]
    source = [span[0] for span in line.spans if span[1] == "source"]
    return element(
        "figure",
        element("p", list(map(_span, before))) if before else "",
        element("blockquote", element("p", words)),
        element("figcaption", source) if source else "",
    )


def _columns(columns: Columns, level: int) -> Html:
    """Return rows of single lines as a table, and cells of several side by side."""
    if columns.aligned:
        return _table(columns)
    return element(
        "div",
        [element("div", _list(nested(cell), level), class_="reading") for row in columns.rows for cell in row],
        class_="readings",
    )


def _table(columns: Columns) -> Html:
    head, rows = (columns.rows[0], columns.rows[1:]) if columns.headed else ((), columns.rows)
    names = ["".join(line.text for line in cell) for cell in head] or [""] * len(columns.rows[0])
    cells = [
        element("th", _cell(cell), scope="col", role="columnheader") if name else element("td")
        for name, cell in zip(names, head, strict=False)
    ]
    return element(
        "table",
        element("caption", columns.caption) if columns.caption else "",
        element("thead", element("tr", cells, role="row"), role="rowgroup") if cells else "",
        element("tbody", [_row(row, names) for row in rows], role="rowgroup"),
        role="table",
    )


def _row(row: Sequence[Cell], names: Sequence[str]) -> Html:
    first, *rest = row
    return element(
        "tr",
        element("th", _cell(first), scope="row", role="rowheader"),
        [
            element("td", _cell(cell), role="cell", data_label=name or " ")
            for cell, name in zip(rest, names[1:], strict=True)
        ],
        role="row",
    )


def _cell(cell: Cell) -> Html:
    """Return the lines of a cell, one under another."""
    rest = [together(element("br"), _words(line)) for line in cell[1:]]
    return together(*map(_words, cell[:1]), *rest)


def _words(line: Line) -> Html:
    return together(*map(_span, line.spans))


def _span(span: Span) -> Child:
    words, tone = span
    match tone:
        case "" | "heading":
            return words
        case "title" | "strong":
            return element("strong", words)
        case "quote":
            return element("q", words.strip().strip("“”"))
        case "emphasis":
            return element("em", words)
        case "number":
            return ""
        case "cite":
            return element("sup", element("a", words, href=f"#{_note_id(words)}"))
        case "quiet" | "source":
            return element("span", words, class_="basis")
        case _:
            inner = words.rstrip()
            return [element("span", inner, class_=f"badge {tone}"), words[len(inner) :]]
