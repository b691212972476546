"""A layout as a page that stands alone: sections, lists, quotations, tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from authcheck.rendering.elements import Child, Html, element, together
from authcheck.rendering.layout import Block, Cell, Columns, Entry, Fold, Line, Span, nested
from authcheck.rendering.page import contents, whole_page

__all__ = ["page_text"]


def page_text(layouts: Sequence[Iterable[Block]]) -> str:
    """Return the layouts of one or several results as one page, ending in a newline."""
    shown = [nested(layout) for layout in layouts]
    titles = [_title(entries) for entries in shown]
    several = len(shown) > 1
    title = f"Answers to {len(shown)} scenarios" if several else titles[0]
    parts = [_result(entries, number, several=several) for number, entries in enumerate(shown, start=1)]
    return whole_page(
        title,
        element("header", element("h1", title), class_="page-head"),
        contents(list(_places(shown, titles))),
        element("main", parts, id="main"),
    )


def _title(entries: Sequence[Entry]) -> str:
    """Return the title of a layout: its first words, where none is marked."""
    lines = [entry.block for entry in entries if isinstance(entry.block, Line)]
    named = next((line for line in lines if line.tone == "title"), lines[0] if lines else Line())
    return "".join(words for words, _ in named.spans).strip()


def _places(shown: Sequence[Sequence[Entry]], titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return the ids of the sections, or of the results where there are several, with their words."""
    if len(shown) > 1:
        yield from ((f"result-{number}", title) for number, title in enumerate(titles, start=1))
        return
    for number, entry in enumerate(entry for entries in shown for entry in entries if _is_heading(entry)):
        assert isinstance(entry.block, Line)
        yield f"section-1-{number}", "".join(words for words, _ in entry.block.spans)


def _is_heading(entry: Entry) -> bool:
    return isinstance(entry.block, Line) and entry.block.tone == "heading"


def _result(entries: Sequence[Entry], number: int, *, several: bool) -> Html:
    """Return one result: what comes before its first section, and its sections."""
    level, first, sections = 2 + several, list[Html](), list[Html]()
    headed = False
    for entry in entries:
        if isinstance(entry.block, Line) and entry.block.tone == "title" and not headed and not first:
            first.append(element(f"h{level - 1}", _words(entry.block), class_="title") if several else Html(""))
            headed = True
            rest = _list(entry.under, level)
        elif _is_heading(entry):
            sections.append(_section(entry, level, f"section-{number}-{len(sections)}"))
            continue
        else:
            rest = _entry(entry, "p", level)
        if sections:
            sections[-1] = together(sections[-1], rest)
        else:
            first.append(rest)
    return element("div", first, sections, class_="answer", id=f"result-{number}")


def _section(entry: Entry, level: int, id: str = "") -> Html:
    """Return a section of this level, or one within another, which has no id."""
    assert isinstance(entry.block, Line)
    heading = element(f"h{level}", _words(entry.block), class_="section-title" if id else "")
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
            return element("p", mark, list(map(_span, words)), id=_note_id(number[0]), class_="note")
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
        head, *rows = columns.rows
        names = ["".join(words for line in cell for words, _ in line.spans) for cell in head]
        cells = [
            element("th", list(map(_words, cell)), scope="col", role="columnheader") if name else element("td")
            for name, cell in zip(names, head, strict=True)
        ]
        body = [_row(row, names) for row in rows]
        return element(
            "table",
            element("caption", "Side by side"),
            element("thead", element("tr", cells, role="row"), role="rowgroup"),
            element("tbody", body, role="rowgroup"),
            role="table",
        )
    return element(
        "div",
        [element("div", _list(nested(cell), level), class_="reading") for row in columns.rows for cell in row],
        class_="readings",
    )


def _row(row: Sequence[Cell], names: Sequence[str]) -> Html:
    first, *rest = row
    return element(
        "tr",
        element("th", list(map(_words, first)), scope="row", role="rowheader"),
        [
            element("td", list(map(_words, cell)), role="cell", data_label=name or " ")
            for cell, name in zip(rest, names[1:], strict=True)
        ],
        role="row",
    )


def _words(line: Line) -> Html:
    return together(*map(_span, line.spans))


def _span(span: Span) -> Child:
    words, tone = span
    match tone:
        case "" | "heading":
            return words
        case "title":
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
