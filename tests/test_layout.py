"""Layouts in every form: every word stands in each, and no form obeys a word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authcheck.rendering.layout import Block, Columns, Fold, Line, line
from authcheck.rendering.on_markdown import markdown_text
from authcheck.rendering.on_page import page_text
from authcheck.rendering.on_screen import Screen, write

HOSTILE = [
    *(
        "*a*",
        "**b**",
        "_c_",
        "`d`",
        "[e](f)",
        "[^1]",
        "<b>",
        "</p>",
        "<!--",
        "&amp;",
        "|",
        "~~g~~",
        "> h",
        "# i",
        "- j",
    ),
    *(
        "1. k",
        "---",
        "===",
        "+ l",
        "\\",
        "{m}",
        '"n"',
        "'o'",
        "[bold]",
        ":smile:",
        "\x1b[31m",
        "\u202e",
        "p q",
        "é",
        "=r",
    ),
]
TONES = ["", "title", "heading", "quiet", "quote", "source", "emphasis", "available", "contested", "undetermined"]

# A layout takes long to draw.
few = settings(max_examples=100)

words = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map(" ".join)
spans = st.tuples(words, st.sampled_from(TONES))


@st.composite
def lines(draw: st.DrawFn, indents: tuple[int, ...] = (0, 2, 4, 6)) -> Line:
    first: list[tuple[str, str]] = []
    mark = draw(st.sampled_from(["", "", "", "number", "note"]))
    if mark:
        first = [(f"{draw(st.integers(1, 99))}. " if mark == "number" else f"[{draw(st.integers(1, 99))}]", mark)]
    rest = draw(st.lists(spans, min_size=1, max_size=4))
    cited = draw(st.lists(st.integers(1, 9).map(lambda number: (f"[{number}]", "cite")), max_size=2))
    return line(
        *first,
        *rest,
        *cited,
        indent=0 if mark == "note" else draw(st.sampled_from(indents)),
        hang=draw(st.sampled_from([0, 2])),
    )


@st.composite
def columns(draw: st.DrawFn) -> Columns:
    width = draw(st.integers(1, 3))
    cells = st.tuples(lines((0,)).filter(lambda line: line.tone not in {"number", "note"}))
    rows = tuple(tuple(draw(cells) for _ in range(width)) for _ in range(draw(st.integers(1, 3))))
    instead = tuple(line for row in rows for cell in row for line in cell)
    return Columns(rows, instead, draw(st.sampled_from([0, 2, 4])), aligned=draw(st.booleans()))


folds = st.builds(Fold, lines(), st.lists(lines(), max_size=3).map(tuple))
layouts: st.SearchStrategy[list[Block]] = st.lists(
    st.one_of(lines(), lines(), columns(), folds), min_size=1, max_size=8
)


def lines_of(layout: list[Block]) -> Iterator[Line]:
    for block in layout:
        match block:
            case Line():
                yield block
            case Fold(summary, blocks):
                yield summary
                yield from lines_of(list(blocks))
            case Columns(instead=instead):
                yield from instead


def words_of(layout: list[Block]) -> list[str]:
    """Return the words of every span that is no mark, without the spaces and quotation marks of a form."""
    marks = {"number", "cite", "note"}
    return [bare(words) for line in lines_of(layout) for words, tone in line.spans if tone not in marks]


def bare(text: str) -> str:
    return re.sub(r"[\s“”]", "", text)


@few
@given(layouts)
def test_text_has_every_word_and_nothing_that_a_terminal_obeys(layout: list[Block]) -> None:
    file = io.StringIO()
    write(layout, Screen(file))
    text = file.getvalue()
    assert all(words in bare(text) for words in words_of(layout))
    assert not set(text) & {"\x1b", "\u202e"}


@few
@given(layouts)
def test_a_terminal_with_colour_has_every_word(layout: list[Block]) -> None:
    file = io.StringIO()
    write(layout, Screen(file, colour=True))
    text = re.sub(r"\x1b\[[\d;]*m", "", file.getvalue())
    assert all(words in bare(text) for words in words_of(layout))
    assert not set(text) & {"\x1b", "\u202e"}


@few
@given(layouts)
def test_markdown_has_every_word_and_obeys_none(layout: list[Block]) -> None:
    text = markdown_text(layout)
    own = re.sub(r"\\[\\`*_{}\[\]<>#|~&+=.)-]", "", text)
    # What is left of marks is the writer's own.
    assert not re.search(r"[`<>_~&{}\\]", own)
    assert re.sub(r"\[\^\d+\]", "", own).count("[") == 0
    assert not re.search(r"^\s*(?:[+>=]|-\S|#+[^# ])", text, re.MULTILINE)
    read = bare(re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*", "", text)))
    assert all(words.replace("*", "") in read.replace("*", "") for words in words_of(layout))


@pytest.mark.parametrize("begins", ["- a", "1. a", "12) a", "+ a", "===", "---", "# a", "> a"])
def test_what_would_begin_a_list_a_rule_or_a_heading_in_markdown_is_escaped(begins: str) -> None:
    for prose in (
        markdown_text([line(begins)]),
        markdown_text([line(("x", "heading")), line(begins, indent=2, hang=0)]),
    ):
        assert re.search(r"^\d*\\", prose, re.MULTILINE)


class Seen(HTMLParser):
    """The tags and the text of the main part of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(source[source.index("<main") : source.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


OWN = {
    "main",
    "div",
    "section",
    "p",
    "ul",
    "ol",
    "li",
    "figure",
    "blockquote",
    "figcaption",
    "details",
    "summary",
    "span",
}
OWN |= {"em", "strong", "q", "sup", "a", "table", "caption", "thead", "tbody", "tr", "th", "td"}
OWN |= {f"h{level}" for level in range(1, 8)}


@few
@given(layouts)
def test_a_page_has_every_word_and_obeys_none(layout: list[Block]) -> None:
    source = page_text([layout])
    seen = Seen(source)
    assert set(seen.tags) <= OWN
    # The title of a page stands above its main part.
    head = re.search(r"<h1>(.*?)</h1>", source)
    assert head is not None
    title = Seen(f"<main>{head[1]}</main>").text
    assert all(words in bare(seen.text) or words in bare(title) for words in words_of(layout))
    assert not set(source) & {"\x1b", "\u202e"}


def test_a_heading_further_in_is_a_section_within() -> None:
    layout = [
        line(("The whole", "title")),
        line(("A section", "heading")),
        line("Some prose.", indent=2, hang=0),
        line(("A part", "heading"), indent=2),
        line(("1. ", "number"), "first", (" so", "emphasis"), ("[1]", "cite"), indent=4),
        line("under it", indent=6),
        line(("[1]", "note"), " ", ("“words” ", "quote"), ("somebody", "source")),
    ]
    assert markdown_text(layout) == (
        "# The whole\n\n## A section\n\nSome prose.\n\n### A part\n\n1. first *so*[^1]\n   - under it\n\n"
        "[^1]: “words” somebody\n"
    )
    page = page_text([layout])
    assert '<h2 class="section-title">A section</h2>' in page
    assert "<h3>A part</h3>" in page
    assert '<ol class="listed"><li value="1">first<em> so</em><sup><a href="#note-1">[1]</a></sup>' in page
    assert '<p id="note-1" class="note">' in page


@pytest.mark.parametrize("names", [["first", "second"], ["a", "b", "c"]])
def test_where_several_lines_are_titles_none_names_the_whole(names: list[str]) -> None:
    layout = [line((name, "title"), " is one") for name in names]
    assert not markdown_text(layout).startswith("#")
    heading = "<h1>first · second</h1>" if len(names) == 2 else "<h1>a, and 2 more</h1>"
    assert heading in page_text([layout])
