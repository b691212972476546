"""Cells side by side: every word of them, in its column, as far as there is room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from authcheck.rendering.columns import aligned, side_by_side
from authcheck.rendering.layout import Columns, Line, line

INSTEAD = (line("instead"),)


def columns(*rows: tuple[str, ...], indent: int = 0, least: int = 0) -> Columns:
    cells = tuple(tuple((line(text, hang=0),) for text in row) for row in rows)
    return Columns(cells, INSTEAD, indent=indent, least=least, aligned=True)


def shown(lines: tuple[Line, ...]) -> list[str]:
    return [one.text for one in lines]


def test_columns_are_as_wide_as_what_they_hold() -> None:
    found = columns(("", "one", "two"), ("law", "available", "silent"), ("a statute", "x", "y"), indent=2)
    assert shown(side_by_side(found, 80)) == [
        "             one        two",
        "  law        available  silent",
        "  a statute  x          y",
    ]
    assert shown(aligned(found)) == shown(side_by_side(found, 80))


def test_a_cell_is_wrapped_in_its_own_column() -> None:
    found = columns(("one two three four", "five six seven eight"))
    assert shown(side_by_side(found, 21)) == ["one two    five six", "three      seven", "four       eight"]


def test_what_is_short_leaves_its_room_to_the_others() -> None:
    found = columns(("yes", "a longer text that wants much room of its own"))
    assert shown(side_by_side(found, 40)) == ["yes  a longer text that wants much room", "     of its own"]


def test_a_name_is_parted_after_a_hyphen_where_it_has_no_room_and_a_number_never() -> None:
    found = columns(("fto-designation, law-enforcement", "on 2025-02-04"))
    assert shown(side_by_side(found, 24)) == ["fto-          on", "designation,  2025-02-04", "law-", "enforcement"]
    assert shown(side_by_side(found, 29)) == ["fto-designation,  on", "law-enforcement   2025-02-04"]


def test_a_line_that_hangs_is_wrapped_further_in() -> None:
    cell = (line("Ali: one two three"), line("“four five six”", indent=2))
    found = Columns(((cell, (line("x"),)),), INSTEAD)
    assert shown(side_by_side(found, 14)) == ["Ali: one   x", "  two", "  three", "  “four", "    five", "    six”"]


def test_where_there_is_no_room_for_a_word_the_same_is_said_in_lines() -> None:
    found = columns(("undetermined", "undetermined"))
    assert side_by_side(found, 26) != INSTEAD
    assert side_by_side(found, 25) == INSTEAD


def test_a_screen_may_be_too_narrow_though_there_were_room() -> None:
    found = columns(("a", "b"), least=100)
    assert side_by_side(found, 99) == INSTEAD
    assert shown(side_by_side(found, 100)) == ["a  b"]


def test_wide_letters_are_counted_as_wide() -> None:
    found = columns(("無人機", "b"), ("x", "y"))
    assert shown(side_by_side(found, 80)) == ["無人機  b", "x       y"]


def test_styles_stay_with_their_words() -> None:
    found = Columns((((line(("one ", "title"), ("two", "quote"), hang=0),), (line("x"),)),), INSTEAD)
    first, second = side_by_side(found, 8)
    assert ("one", "title") in [(text.strip(), style) for text, style in first.spans]
    assert ("two", "quote") in second.spans


WORDS = st.text(alphabet="abcdefghi-", min_size=1, max_size=9)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


@given(
    st.integers(1, 4).flatmap(lambda size: st.lists(st.tuples(*[TEXTS] * size), min_size=1, max_size=4)),
    st.integers(8, 60),
)
def test_no_letter_is_lost_and_every_row_fits(rows: list[tuple[str, ...]], width: int) -> None:
    found = side_by_side(columns(*rows, indent=1), width)
    if found != INSTEAD:
        assert all(cell_len(one.text) <= width for one in found)
        assert sorted("".join("".join(map("".join, rows)).split())) == sorted("".join("".join(shown(found)).split()))


@pytest.mark.parametrize("width", [40, 60])
def test_each_column_reads_from_top_to_bottom(width: int) -> None:
    texts = ("one two three four five six seven", "eight nine ten eleven twelve")
    found = shown(side_by_side(columns(texts), width))
    start = next(row.index("eight") for row in found if "eight" in row)
    assert " ".join(row[:start].strip() for row in found).strip() == texts[0]
    assert " ".join(row[start:].strip() for row in found).strip() == texts[1]
