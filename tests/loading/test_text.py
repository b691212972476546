from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place, Severity, in_file_order
from authcheck.loading.files import decode, printable, read_text, with_excerpt
from authcheck.loading.text import Node, parse
from tests.shipped import plain

Loader: TypeAlias = type[yaml.CSafeLoader | yaml.SafeLoader]

LOADERS: list[Loader] = [yaml.SafeLoader]
if yaml.__with_libyaml__:
    LOADERS.append(yaml.CSafeLoader)

# The plain loader takes a minute for some hostile texts; it is the fallback, and its scan is the same.
FASTLOADER = pytest.mark.skipif(not yaml.__with_libyaml__, reason="this PyYAML has no C loader")


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the C loader and with the pure one."""
    monkeypatch.setattr("authcheck.loading.text.LOADER", request.param)


def problems_of(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(AuthcheckError) as caught:
        parse(text, "f.yaml")
    return caught.value.diagnostics


def problems_of_file(path: Path) -> Diagnostic:
    with pytest.raises(AuthcheckError) as caught:
        read_text(path)
    (problem,) = caught.value.diagnostics
    return problem


def outline(problems: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


# Reading a value.


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: true", True),
        ("a: false", False),
        ("a: 0", 0),
        ("a: 12", 12),
        ("a: -3", -3),
        ("a: 999999999999999999", 999999999999999999),
        ("a: 2025-02-04", datetime.date(2025, 2, 4)),
        ("a: 2024-02-29", datetime.date(2024, 2, 29)),
        ("a: no evidence", "no evidence"),
        ("a: nope", "nope"),
        ("a: none", "none"),
        ("a: unknown", "unknown"),
        ("a: tRue", "tRue"),
        ("a: 1.2.3", "1.2.3"),
        ("a: 2025-02", "2025-02"),
        ("a: 2025-02-04 at dawn", "2025-02-04 at dawn"),
        ("a: 50 U.S.C. 3093", "50 U.S.C. 3093"),
        ("a: 12:30 local", "12:30 local"),
        ("a: ...and so on", "...and so on"),
        ("a: --", "--"),
        ("a: ٣", "٣"),
        ("a: 'NO'", "NO"),
        ('a: "010"', "010"),
        ("a: '2025-02-30'", "2025-02-30"),
        ('a: ""', ""),
        ("a: '<<'", "<<"),
        ("a: |\n  NO\n", "NO\n"),
        ("a: >-\n  12:30\n  or later\n", "12:30 or later"),
        ("a: President's daily briefing", "President's daily briefing"),
        ("a: two\n  lines", "two lines"),
        ("a: [1, two, [true]]", [1, "two", [True]]),
        ("a: []", []),
        ("a: {}", {}),
        ("---\na: {b: {c: d}}\n...\n", {"b": {"c": "d"}}),
        ("a:\n- b: 1\n  c: 2\n- d", [{"b": 1, "c": 2}, "d"]),
        ("? a\n: b", "b"),
    ],
)
def test_each_value_is_read_in_the_one_way_that_all_readers_share(text: str, value: object) -> None:
    read = plain(parse(text, "f.yaml"))

    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


@pytest.mark.usefixtures("each_loader")
def test_a_key_is_its_text_whatever_it_would_mean_as_a_value() -> None:
    text = "404: a\ntrue: b\nyes: c\n12:30: d\n2025-02-30: e\n'': f\n'<<': g\n~: h\n"

    assert plain(parse(text, "f.yaml")) == {
        "404": "a",
        "true": "b",
        "yes": "c",
        "12:30": "d",
        "2025-02-30": "e",
        "": "f",
        "<<": "g",
        "~": "h",
    }


@pytest.mark.usefixtures("each_loader")
def test_a_mapping_keeps_the_order_of_its_keys() -> None:
    read = plain(parse("c: x\na: x\nb: x\n", "f.yaml"))

    assert isinstance(read, dict)
    assert list(read) == ["c", "a", "b"]


@pytest.mark.usefixtures("each_loader")
def test_escapes_are_kept_in_the_value() -> None:
    assert plain(parse(r'"\e[31m\0\u202E"', "f.yaml")) == "\x1b[31m\x00\u202e"


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("text", ["a: x\r\nb:\r\n  c: z\r\n", "a: x\rb:\r  c: z\r", "\ufeffa: x\nb:\n  c: z"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(text: str) -> None:
    node = parse(text, "f.yaml")

    assert plain(node) == {"a": "x", "b": {"c": "z"}}
    assert isinstance(node.value, dict)
    inner = node.value["b"].value
    assert isinstance(inner, dict)
    assert inner["c"].place == Place("f.yaml", 3, 6)


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the pure loader is stricter about tabs")
def test_a_tab_that_indents_nothing_is_harmless() -> None:
    assert plain(parse("a:\t[\n\tb,\n\tc]\t# d\n", "f.yaml")) == {"a": ["b", "c"]}


# Refusing a value.

YES_OR_NO = (
    "write `true` or `false` for yes or no, the name of a value where there are several, or quotes if it is text"
)


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    ("scalar", "code", "help"),
    [
        *[
            (word, "ambiguous", YES_OR_NO)
            for word in ["NO", "no", "No", "nO", "yes", "YES", "yEs", "off", "OFF", "On", "y", "Y", "n", "N"]
        ],
        *[(word, "ambiguous", YES_OR_NO) for word in ["True", "TRUE", "False", "FALSE"]],
        *[(word, "ambiguous", "leave it out") for word in ["~", "null", "Null", "NULL"]],
        ("010", "ambiguous", "write `10`"),
        ("-007", "ambiguous", "write `-7`"),
        ("00", "ambiguous", "write `0`"),
        ("-0", "ambiguous", "write `0`"),
        ("+5", "ambiguous", "write `5`"),
        ("1_000", "ambiguous", "write `1000`"),
        ("0x1F", "ambiguous", "plain digits"),
        ("0o17", "ambiguous", "plain digits"),
        ("0b101", "ambiguous", "plain digits"),
        ("3.10", "ambiguous", "whole number"),
        ("5.", "ambiguous", "whole number"),
        (".5", "ambiguous", "whole number"),
        ("-1.5e-3", "ambiguous", "whole number"),
        ("1e3", "ambiguous", "whole number"),
        (".inf", "ambiguous", "quotes"),
        ("-.INF", "ambiguous", "quotes"),
        (".NaN", "ambiguous", "quotes"),
        ("=", "ambiguous", "quotes"),
        ("<<", "ambiguous", "quotes"),
        ("12:30", "ambiguous", "quotes"),
        ("09:05", "ambiguous", "quotes"),
        ("1:30:00", "ambiguous", "quotes"),
        ("190:20:30.15", "ambiguous", "quotes"),
        ("1000000000000000000", "ambiguous", "quotes"),
        ("2025-1-1", "ambiguous", "YYYY-MM-DD"),
        ("2025-01-01T00:00:00", "ambiguous", "YYYY-MM-DD"),
        ("2025-01-01 12:30:00 +1", "ambiguous", "YYYY-MM-DD"),
        ("2025-01-01t12:30:00.5Z", "ambiguous", "YYYY-MM-DD"),
        ("2025-02-30", "bad-date", "a day that exists"),
        ("0000-01-01", "bad-date", "a day that exists"),
    ],
)
def test_what_readers_take_for_different_things_is_refused(scalar: str, code: str, help: str) -> None:
    for text in (f"fact: {scalar}\n", f"fact: [{scalar}]\n"):
        (problem,) = problems_of(text)

        assert problem.code == code
        assert problem.place == Place("f.yaml", 1, text.index(scalar) + 1)
        assert f"`{scalar}`" in problem.message
        assert help in problem.help
        assert problem.severity is Severity.ERROR
        assert problem.excerpt == ((1, text.rstrip("\n")),)


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("scalar", ["true", "false", "7", "2025-02-04", "unknown", "1.2.3"])
def test_what_is_accepted_means_the_same_to_pyyaml(scalar: str) -> None:
    assert plain(parse(scalar, "f.yaml")) == yaml.safe_load(scalar)


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Values that are missing.
        ("", [("empty-file", 0, 0)]),
        ("# nothing\n\n", [("empty-file", 0, 0)]),
        ("---\n", [("empty-file", 0, 0)]),
        ("a:\nb: # not yet\n", [("empty-value", 1, 3), ("empty-value", 2, 3)]),
        ("a:\n  -\n  - b\n", [("empty-value", 2, 4)]),
        ("a: {b:c}\n", [("empty-value", 1, 8)]),
        # Documents.
        ("a: x\n---\nb: x\n", [("several-documents", 2, 1)]),
        ("a: NO\n---\nb: NO\n", [("ambiguous", 1, 4), ("several-documents", 2, 1)]),
        # Keys.
        ("a: x\nb: x\na: x\na: x\n", [("duplicate-key", 3, 1), ("duplicate-key", 4, 1)]),
        ("a: {b: x, 'b': x}\n", [("duplicate-key", 1, 11)]),
        ("a:\n- b: x\n- b: x\n  b: x\n", [("duplicate-key", 4, 3)]),
        ("a: {b: x}\nb: x\n", []),
        ("1: x\n'1': x\n", [("duplicate-key", 2, 1)]),
        ("? [a, b]\n: x\nc: NO\n", [("bad-key", 1, 3), ("ambiguous", 3, 4)]),
        ("{a: b}: x\n", [("bad-key", 1, 1)]),
        ("? |\n  a\n: x\n", [("bad-key", 1, 3)]),
        ("? \n: x\n", [("bad-key", 1, 2)]),
        # Anchors, aliases, merge keys, tags.
        ("a: &b x\nc: *b\n", [("alias", 1, 4), ("alias", 2, 4)]),
        ("a: &b [x]\nc: &d {e: x}\n", [("alias", 1, 4), ("alias", 2, 4)]),
        ("&a b: x\n*a : x\n", [("alias", 1, 1), ("alias", 2, 1)]),
        ("a:\n  <<: {b: x}\n  <<: {c: x}\n", [("merge-key", 2, 3), ("merge-key", 3, 3)]),
        ("a:\n  <<: {b: NO}\n", [("merge-key", 2, 3), ("ambiguous", 2, 11)]),
        ("a: !!int 3\nb: !x [c]\nd: ! e\n", [("tag", 1, 4), ("tag", 2, 4), ("tag", 3, 4)]),
        ("a: !!python/object/apply:os.system ['true']\n", [("tag", 1, 4)]),
        ("a: !!str NO\n", [("tag", 1, 4)]),
        ("!!str a: x\n", [("tag", 1, 1)]),
    ],
)
def test_each_trap_is_reported_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    if expected:
        assert outline(problems_of(text)) == expected
    else:
        parse(text, "f.yaml")


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a:\n\tb: x\n", (2, 1), "a tab stands where YAML wants spaces"),
        ("a:\n  b: x\n\tc: x\n", (3, 1), "a tab stands where YAML wants spaces"),
        ("a:\n  \tb: x\n", (2, 3), "a tab stands where YAML wants spaces"),
        ("a: |\n\tb\n", (2, 1), "a tab stands where YAML wants spaces"),
        ("-\ta: x\n", (1, 2), "a tab stands where YAML wants spaces"),
        ("a: @b\n", (1, 4), "text cannot begin with `@`"),
        ("a: `b`\n", (1, 4), "text cannot begin with a backtick"),
        ("a: 5\nb: %\n", (2, 4), "text cannot begin with `%`"),
        ("%a: x\n", (1, 1), "text cannot begin with `%`"),
        ("a: *very* bad\n", (1, 4), "text cannot begin with `*`"),
        ("a: & b\n", (1, 4), "text cannot begin with `&`"),
        ("a: !b!c d\n", (1, 4), "text cannot begin with `!`"),
        ("a: ? b\n", (1, 4), "text cannot begin with `?`"),
        ("%YAML 2.0\n---\na: x\n", (1, 1), "text cannot begin with `%`"),
        ("a: b: c\n", (1, 5), "a `:` stands where no key ends"),
        ("a: b\n  c: d\n", (2, 4), "a `:` stands where no key ends"),
        ("a: - b\n", (1, 4), "a list item cannot begin here"),
        ("a: x\nb\nc: x\n", (2, 1), "this key has no `:` after it"),
        ("a: x\nstatus:occurred\n", (2, 1), "this key has no `:` after it"),
        ("a: [b, c\nd: e\n", (2, 2), "a `,` is missing, or the bracket of line 1 is not closed"),
        ("a: {b: c d: e}\n", (1, 11), "a `,` is missing, or the bracket of line 1 is not closed"),
        ("a: 'b\nc: d\n", (1, 4), "these quotes are never closed"),
        ('a: x\nb: "c\n', (2, 4), "these quotes are never closed"),
        ("a: 'b\n---\nc'\n", (1, 4), "these quotes are never closed"),
        ("a: | b\n", (1, 6), "no text can follow `|` or `>` here"),
        ("a:\n    b: x\n  c: x\n", (3, 3), "this line does not fit those above it"),
        ("a: x\n- b\n", (2, 1), "this line does not fit those above it"),
        ("a: 'the president's brief'\n", (1, 19), "text follows a value that has ended"),
        ("a: b\nc: ]\n", (2, 4), "a value is missing here"),
        ("{a: b}\nc: d\n", (2, 1), "text follows the end of the document"),
    ],
)
def test_text_that_is_not_yaml_is_refused_in_plain_words(text: str, place: tuple[int, int], message: str) -> None:
    (problem,) = problems_of(text)

    assert problem.code == "syntax"
    assert (problem.place.line, problem.place.column) == place
    assert problem.message == message
    assert problem.help
    assert problem.excerpt


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r'a: "C:\path"', "begins no escape that YAML knows"),
        (r'a: "\xZZ"', "begins no escape that YAML knows"),
        (r'a: "\U00110000"', "escape"),
    ],
)
def test_an_escape_that_yaml_does_not_know_is_refused(text: str, words: str) -> None:
    (problem,) = problems_of(text)

    assert problem.code == "syntax"
    assert words in problem.message


@FASTLOADER
def test_a_colon_without_a_space_is_refused_in_braces() -> None:
    (problem,) = problems_of("a: {b:]}")

    assert (problem.place.column, problem.message) == (6, "no space follows this `:`")


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\uffff"])
def test_a_control_character_is_refused_where_it_stands(character: str) -> None:
    (problem,) = problems_of(f"a: x\nb: é{character}y\n")

    assert (problem.code, problem.place) == ("file-not-text", Place("f.yaml", 2, 5))
    assert f"U+{ord(character):04X}" in problem.message
    assert problem.excerpt == ((1, "a: x"), (2, "b: é\ufffdy"))


# Reporting.


@pytest.mark.usefixtures("each_loader")
def test_all_problems_of_a_file_are_reported_at_once_and_in_file_order() -> None:
    text = "a: NO\nb: 12:30\na: {c: 010, c: ~}\nd: 2025-02-30\ne: 'open\n"

    found = problems_of(text)

    assert outline(found) == [
        ("ambiguous", 1, 4),
        ("ambiguous", 2, 4),
        ("duplicate-key", 3, 1),
        ("ambiguous", 3, 8),
        ("duplicate-key", 3, 13),
        ("ambiguous", 3, 16),
        ("bad-date", 4, 4),
        ("syntax", 5, 4),
    ]
    assert found == in_file_order(reversed(found))


@pytest.mark.usefixtures("each_loader")
def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    second, third = problems_of("x: 1\nstatus: 1\nstatus: 2\nstatus: 3\n")

    assert second.message == third.message == "the key `status` stands on line 2 already"


@pytest.mark.usefixtures("each_loader")
def test_columns_count_characters() -> None:
    assert outline(problems_of("{é: x, 😀😀: NO}")) == [("ambiguous", 1, 12)]


def test_a_missing_value_says_whose_it_is_and_what_may_have_gone_wrong() -> None:
    (whose,) = problems_of("a:\nb: x\n")
    (where,) = problems_of("- x\n-\n")
    (spaceless,) = problems_of("{d:e}")

    assert whose.message == "`a` has no value"
    assert where.message == "there is no value here"
    assert (spaceless.message, spaceless.help) == ("`d:e` has no value", "put a space after the `:`")


def test_what_a_message_quotes_is_short_and_shown_rather_than_obeyed() -> None:
    (long,) = problems_of("a: " + "1" * 500)
    (escape,) = problems_of(r'{"\e[2J\u202E": x, "\e[2J\u202E": x}')

    assert long.message == f"`{'1' * 60}…` has more than 18 digits"
    assert escape.message == "the key `\ufffd[2J\ufffd` stands on line 1 already"


def test_a_message_is_one_sentence_without_a_capital_or_a_full_stop() -> None:
    texts = ["", "a:", "a: NO", "a: 010", "{a: x, a: x}", "? [a]", "a: &b x", "a: !b x", "a: @x", "a\n---\nb"]

    for text in texts:
        for problem in problems_of(text):
            assert re.fullmatch(r"(`|[a-z]).*[^.]", problem.message)
            assert re.fullmatch(r"[a-z].*[^.]", problem.help)


def test_problems_beyond_the_thousandth_are_counted_out() -> None:
    found = problems_of("- NO\n" * 5000)

    assert len(found) == 1001
    assert found[-1].code == "too-many-problems"
    assert found[-1].place.line == 1000


# Hostile texts.

NESTINGS = {
    "lists in brackets": "[",
    "closed lists in brackets": "[]",
    "mappings in braces": "{a: ",
    "lists on one line": "- ",
    "keys of keys": "? ",
    "lists in mappings": "a: [",
}


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("levels", [65, 500, 50_000])
@pytest.mark.parametrize("opening", NESTINGS.values(), ids=NESTINGS.keys())
def test_deep_nesting_is_refused_before_it_costs_anything(opening: str, levels: int) -> None:
    text = opening[0] * levels + opening[1:] * levels if opening == "[]" else opening * levels
    began = time.perf_counter()

    codes = [problem.code for problem in problems_of(text)]

    assert time.perf_counter() - began < 2
    assert codes[-1] == "too-deep"


@pytest.mark.usefixtures("each_loader")
def test_nesting_by_indentation_is_refused_beyond_the_limit_alone() -> None:
    def nested(levels: int) -> str:
        return "".join(f"{' ' * level}a:\n" for level in range(levels - 1)) + f"{' ' * levels}a: x\n"

    parse(nested(64), "f.yaml")
    assert outline(problems_of(nested(65))) == [("too-deep", 65, 66)]
    assert outline(problems_of(nested(500))) == [("too-deep", 65, 65)]


@pytest.mark.usefixtures("each_loader")
def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghi")
    )
    began = time.perf_counter()

    assert {problem.code for problem in problems_of(bomb)} == {"alias"}
    assert time.perf_counter() - began < 2


@FASTLOADER
@pytest.mark.parametrize(
    "text",
    [
        "[" * 2**20,
        "- " * 2**19,
        "~, " * 2**18,
        "a: " + "1" * 2**20 + "x",
        "a: " + "1_" * 2**19 + "x",
        "a: 1" + ":11" * 2**18 + "x",
        "a: 2025-01-01" + " " * 2**20 + "x",
        "a: NO\n" * 2**17,
        '"' * 2**20,
        "\t" * 2**20,
        "?\n" * 2**19,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_no_text_of_the_largest_size_takes_long(text: str) -> None:
    began = time.perf_counter()

    with contextlib.suppress(AuthcheckError):
        parse(text, "f.yaml")

    assert time.perf_counter() - began < 5


# Places.

TREE = """\
title: x
facts:
  attack:
    status: occurred
  list:
    - one
    - {two: 2}
"""


def test_a_node_knows_its_place_and_the_places_of_its_keys() -> None:
    node = parse(TREE, "f.yaml")

    assert node.place == Place("f.yaml", 1, 1)
    assert node.key_place("title") == Place("f.yaml", 1, 1)
    assert node.key_place("facts") == Place("f.yaml", 2, 1)
    assert isinstance(node.value, dict)
    title = node.value["title"]
    assert isinstance(title, Node)
    assert (title.value, title.place, title.key_marks) == ("x", Place("f.yaml", 1, 8), {})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (0, ()),
        (1, ((1, "one"), (2, "two"))),
        (2, ((1, "one"), (2, "two"), (3, "three"))),
        (3, ((2, "two"), (3, "three"))),
        (4, ((3, "three"),)),
        (9, ()),
    ],
)
def test_an_excerpt_is_the_line_and_its_neighbours(line: int, expected: object) -> None:
    diagnostic = Diagnostic("code", "message", Place("f.yaml", line, 1))

    assert with_excerpt(diagnostic, "one\ntwo\r\nthree\n").excerpt == expected


def test_an_excerpt_is_cut_and_shows_control_characters_rather_than_obey_them() -> None:
    diagnostic = Diagnostic("code", "message", Place("f.yaml", 1, 1))

    assert with_excerpt(diagnostic, "\tx\x1b" + "y" * 500).excerpt == ((1, " x\ufffd" + "y" * 62 + "…"),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a]n officer :gun: — § 3", "[a]n officer :gun: — § 3"),
        ("a\tb\nc\r\nd", "a b c  d"),
        ("\x1b[31mred\x1b[0m\x07\x7f\x9b2J", "\ufffd[31mred\ufffd[0m\ufffd\ufffd\ufffd2J"),
        ("a\u202eb\u2066c\u2069", "a\ufffdb\ufffdc\ufffd"),
        ("\ud800\x00", "\ufffd\ufffd"),
        ("x\u2028y", "x y"),
    ],
)
def test_printable_text_has_nothing_that_a_terminal_obeys(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_printable_text_stays_as_it_is(text: str) -> None:
    once = printable(text)

    assert len(once) == len(text)
    assert printable(once) == once
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", once)


# Files.


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a: x\n", "a: x\n"),
        (b"\xef\xbb\xbfa: x\n", "a: x\n"),
        ("a: “§ 3”\r\n\tb".encode(), "a: “§ 3”\r\n\tb"),
        (b"", ""),
        (b"x" * 2**20, "x" * 2**20),
    ],
)
def test_a_text_file_is_read_as_it_stands(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)

    assert read_text(path) == text


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"x" * (2**20 + 1), "file-too-large", 0, 0),
        (b"x" * 2**21, "file-too-large", 0, 0),
        (b"\x89PNG\r\n\x1a\n\0\0", "file-not-text", 1, 1),
        ("a: x".encode("utf-16"), "file-not-text", 1, 1),
        ("a: x\nb: é".encode("latin-1"), "file-not-text", 2, 4),
        (b"\xef\xbb\xbf\xc3\xa9\xff", "file-not-text", 1, 2),
        (b"a: x\nb: \0\n", "file-not-text", 2, 4),
        (b"a: x\r\nb: \x1b[31m\n", "file-not-text", 2, 4),
        ("a: x\u2028b".encode(), "file-not-text", 1, 5),
        ("a: \x85".encode(), "file-not-text", 1, 4),
        ("a\n\ufeff".encode(), "file-not-text", 2, 1),
    ],
    ids=lambda value: repr(value)[:16],
)
def test_a_file_that_is_not_plain_text_is_refused(
    tmp_path: Path, data: bytes, code: str, line: int, column: int
) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)

    problem = problems_of_file(path)

    assert (problem.code, problem.place) == (code, Place(str(path), line, column))
    with pytest.raises(AuthcheckError, match=re.escape(problem.message)):
        decode(data, str(path))


def test_a_file_is_called_as_it_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(AuthcheckError) as caught:
        read_text(tmp_path / "missing.yaml", shown_as="missing\x1b.yaml")

    (problem,) = caught.value.diagnostics
    assert problem.place == Place("missing\x1b.yaml")
    assert problem.message == "there is no file `missing\ufffd.yaml`"


def test_each_way_of_being_no_file_has_its_code(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text("a: x", encoding="utf-8")

    assert problems_of_file(tmp_path / "missing.yaml").code == "file-missing"
    assert problems_of_file(tmp_path / "file.yaml" / "missing.yaml").code == "file-missing"
    assert problems_of_file(tmp_path / "nul\0.yaml").code == "file-missing"
    assert problems_of_file(tmp_path).code == "file-is-folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_or_a_device_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert problems_of_file(tmp_path / "pipe").code == "file-not-regular"
    assert problems_of_file(Path(os.devnull)).code == "file-not-regular"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")

    assert problems_of_file(tmp_path / "link").code == "file-unreadable"


def test_a_file_that_one_may_not_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests may be allowed to read everything, so the system's refusal is put in its place.
    path = tmp_path / "secret.yaml"
    path.write_text("a: x", encoding="utf-8")

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    problem = problems_of_file(path)
    assert problem.code == "file-unreadable"
    assert problem.message.endswith("cannot be read: permission denied")


# What is written in quotes comes back.

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\ufffe\uffff")
NAMES = st.text(CHARACTERS, max_size=40)
INTEGERS = st.integers(-(10**18) + 1, 10**18 - 1)
SCALARS = NAMES | INTEGERS | st.booleans()
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
).filter(lambda data: data != "")


class QuotingDumper(yaml.SafeDumper):
    """Writes every text in double quotes and everything else plain."""

    def ignore_aliases(self, data: object) -> bool:
        """Return that nothing is written as an alias."""
        return data is data  # noqa: PLR0124


QuotingDumper.add_representer(
    str, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", data, style='"')
)


@given(DATA)
def test_what_yaml_writes_in_quotes_comes_back(data: object) -> None:
    assert plain(parse(yaml.dump(data, Dumper=QuotingDumper), "f.yaml")) == data


@given(DATA, st.sampled_from([None, 2]))
def test_what_json_writes_comes_back(data: object, indent: int | None) -> None:
    written = json.dumps(data, ensure_ascii=False, indent=indent)
    # JSON leaves these as they are; in a file of YAML they are no plain text.
    escaped = re.sub("[\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", written)

    assert plain(parse(escaped, "f.yaml")) == data


@given(st.text(st.sampled_from("aNO:-?[]{}<&*!|>'\"%@`#,~= \n\t01.")))
def test_any_text_is_read_or_refused_and_the_loaders_read_it_alike(text: str) -> None:
    read = []
    for loader in LOADERS:
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(AuthcheckError):
            patch.setattr("authcheck.loading.text.LOADER", loader)
            read.append(plain(parse(text, "f.yaml")))

    assert all(one == read[0] for one in read)
