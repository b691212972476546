"""Documents are of their time: an answer for another says what they cannot know."""

from __future__ import annotations

import datetime

import pytest

from authcheck.answer.answer import Answer, Untimely
from authcheck.rendering.layout import Line
from authcheck.rendering.layouts.answer import answer_layout
from authcheck.rendering.layouts.first_screen import first_screen
from tests import shipped

NEWEST, OLDEST = datetime.date(2025, 2, 4), datetime.date(2025, 1, 14)
DAY = datetime.timedelta(days=1)


def answer(name: str, day: datetime.date) -> Answer:
    return shipped.decider().decide(shipped.scenario(name), as_of=day)


def beyond(day: datetime.date) -> list[tuple[str, str]]:
    found = answer("designation-alone", day).cannot_know
    return [(one.document, one.date) for one in found if one.untimely is not Untimely.LATER]


def test_between_the_first_and_the_last_of_the_documents_nothing_is_said() -> None:
    assert beyond(OLDEST) == beyond(NEWEST) == []


def test_after_the_newest_document_and_before_the_oldest_it_is_said_which_that_is() -> None:
    assert beyond(NEWEST + DAY) == [("war-zone", str(NEWEST))]
    assert beyond(OLDEST - DAY) == [("atlantic-council", str(OLDEST))]


def test_a_law_that_is_cited_and_later_is_named_and_none_where_only_its_end_is_later() -> None:
    later = [one.document for one in answer("invasion-of-iraq", datetime.date(2003, 3, 20)).cannot_know[1:]]

    assert "soleimani-notice" in later
    assert "ndaa-2026" not in later
    assert answer("drone-attack", NEWEST).cannot_know == ()


def test_a_text_of_which_the_year_alone_is_known_is_later_than_the_years_before() -> None:
    of_2000, of_2001 = (
        {one.document: one.date for one in answer("invited-raid", datetime.date(year, 12, 31)).cannot_know}
        for year in (2000, 2001)
    )

    assert of_2000["ilc-articles"] == "2001"
    assert "ilc-articles" not in of_2001


def test_a_passage_to_see_beside_another_is_not_cited_before_its_document_exists() -> None:
    before, after = (
        answer("soleimani", datetime.date(year, 1, 1)).authorities["article-ii"].passages for year in (1972, 1974)
    )

    assert "wpr-2c" not in before
    assert "wpr-2c" in after


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (NEWEST + DAY, "The documents end on 2025-02-04: of what came after they cannot know."),
        (OLDEST - DAY, "The documents begin on 2025-01-14: they speak of the law and practice of their own time."),
    ],
)
def test_it_stands_on_the_first_screen_in_short_and_in_the_answer_in_full(day: datetime.date, words: str) -> None:
    found = answer("designation-alone", day)

    short = words.removeprefix("The d").partition(":")[0]
    assert f"D{short}." in [one.text for one in first_screen(found, "")][-1]
    assert words in [one.text for one in first_screen(found, "", whole=True)]
    assert words in [one.text.strip() for one in answer_layout(found) if isinstance(one, Line)]
