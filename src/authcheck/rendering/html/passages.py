"""Passages, verdicts, readings and tables as HTML, the same everywhere on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from authcheck.answer.answer import Answer, AuthorityAnswer, Finding, Outcome, ReadingText, Truths
from authcheck.model.verdict import Verdict
from authcheck.rendering.html.elements import Child, Html, element, together
from authcheck.rendering.words import (
    STYLE_OF,
    citation,
    holders,
    outcome_words,
    possible_words,
    truth_words,
    value_words,
    verdict_span,
)

__all__ = ["Parts"]


class Parts:
    """The parts of which the page of one answer is made. Ids and the levels of headings fit the page it stands on."""

    def __init__(self, answer: Answer, prefix: str, level: int) -> None:
        """Take the answer, what its ids begin with, and the level of its sections' headings."""
        self.answer = answer
        self.prefix = prefix
        self.level = level

    def heading(self, depth: int, *words: Child, class_: str = "") -> Html:
        """Return a heading: 0 for a section, 1 for what stands in it, and so on."""
        return element(f"h{min(self.level + depth, 6)}", *words, class_=class_)

    def id(self, name: str) -> str:
        """Return an id that no other answer on the page has."""
        return f"{self.prefix}{name}"

    def link(self, name: str, *words: Child) -> Html:
        """Return a link to something on the page."""
        return element("a", *words, href=f"#{self.id(name)}")

    def authority(self, name: str) -> Html:
        """Return the title of an authority, linked to what is said of it."""
        return self.link(name, self.answer.authorities[name].title)

    def quotes(self, passages: Iterable[str]) -> Html:
        """Return passages with the words, who says them, and where; nothing where there are none."""
        figures = [self._quote(passage) for passage in dict.fromkeys(passages)]
        return element("div", figures, class_="passages") if figures else Html("")

    def _quote(self, name: str) -> Html:
        passage = self.answer.passages[name]
        said = element("blockquote", element("p", "“", passage.quote, "”")) if passage.quote else ""
        only = "" if passage.quote else " (citation only)"
        return element("figure", said, element("figcaption", citation(passage), only))

    def pair(self, left: Child, passages: Iterable[str]) -> Html:
        """Return something with the passages that carry it beside it."""
        return element("div", element("div", left), self.quotes(passages), class_="pair")

    def fold(self, summary: Child, *content: Child) -> Html:
        """Return content that unfolds."""
        return element("details", element("summary", summary), content)

    def reading(self, reading: ReadingText, outcomes: Child, depth: int, *more: Child) -> Html:
        """Return one reading: whose it is, what it says, what follows from it, and the words."""
        who = holders(reading, self.answer)
        return element(
            "div",
            self.heading(depth, who[:1].upper() + who[1:], class_="small-title"),
            element("p", reading.text),
            outcomes,
            self.quotes(reading.passages),
            more,
            class_="reading" if reading.admitted else "reading left-out",
        )

    def fact(self, name: str, *, asked: bool = False) -> Html:
        """Return a fact with its value; one that is `asked` for without a value that nobody knows."""
        one = self.answer.facts.get(name)
        if one is None:
            return together(element("code", name), " is not stated; no verdict turns on it")
        said = "not known" if one.origin == "unknown" else value_words(one.value)
        shown = "" if asked and one.origin == "unknown" else [" ", element("strong", said)]
        return together(self.link(f"fact-{name}", one.question), shown)


def badge(words: str, style: str) -> Html:
    """Return a word with the colour of a verdict behind it."""
    return element("span", words, class_=f"badge {style}")


def verdict_badge(verdict: Verdict, possible: Iterable[Verdict]) -> Html:
    """Return a verdict; an undetermined one with what it may become."""
    return badge(possible_words(verdict, possible).replace("-", " "), STYLE_OF[verdict])


def authority_badge(one: AuthorityAnswer) -> Html:
    """Return the verdict on an authority; that of one with its own effects only is worded as these."""
    words, style = verdict_span(one)
    return badge(words.replace("not-engaged", "not engaged"), style)


def outcome_badge(finding: Finding) -> Html:
    """Return whether an element is met."""
    return badge(*outcome_words(finding))


def truth_style(truths: Truths) -> str:
    """Return the style of an element's truths."""
    if len(truths) != 1:
        return "undetermined"
    return truth_words(Outcome(truths[0].value), truths)[1]


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Child]], ids: Sequence[str] = ()) -> Html:
    """Return a table whose first column heads its rows. On a narrow page every cell is led by its column's name."""
    head = element("tr", [element("th", one, scope="col", role="columnheader") for one in columns], role="row")
    body = []
    for number, (first, *rest) in enumerate(rows):
        cells = [
            element("td", cell, data_label=column, role="cell") for column, cell in zip(columns[1:], rest, strict=True)
        ]
        row = element("th", first, scope="row", role="rowheader")
        body.append(element("tr", row, cells, role="row", id=ids[number] if ids else ""))
    return element(
        "table",
        element("caption", caption),
        element("thead", head, role="rowgroup"),
        element("tbody", body, role="rowgroup"),
        role="table",
    )
