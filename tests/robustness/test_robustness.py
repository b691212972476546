"""Whatever is done to the files of a pack or to a scenario, it is answered, or refused at its place: nothing breaks.

The files of the small packs are changed at random, by a seed: what a key holds goes, comes twice, becomes something
else; letters and bytes go or come. AUTHCHECK_MUTATE_SECONDS=3600 goes on for an hour, and prints each seed that fails.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence

import pytest

from authcheck.answer import Decider
from authcheck.asking.expectations import check_expectations
from authcheck.diagnostics import AuthcheckError, Diagnostic
from authcheck.linting import lint_pack, lint_scenario
from authcheck.loading.files import PackText, decode
from authcheck.loading.folders import read_pack_text
from authcheck.loading.packs import build_pack
from authcheck.loading.scenarios import build_scenario
from authcheck.model.pack import Pack
from authcheck.rendering.layouts.answer import answer_layout
from tests.shipped import HARBOUR, ROOT, pack_in

PACKS = (HARBOUR, ROOT / "tests" / "packs" / "club")
TEXTS = [read_pack_text(folder) for folder in PACKS]
STORIES = [
    (pack_in(folder), path.read_bytes()) for folder in PACKS for path in sorted((folder / "scenarios").glob("*.yaml"))
]
SECONDS = float(os.environ.get("AUTHCHECK_MUTATE_SECONDS", "0"))

ODD = (
    *(
        "",
        "~",
        "{}",
        "[]",
        "[[]]",
        "{a: {b: c}}",
        "true",
        "no",
        "''",
        "0",
        "-1",
        "1e400",
        "9" * 400,
        "0x1F",
        ".inf",
        ".nan",
    ),
    *("2025-02-30", "2025-02-04", "0001-01-01", "9999-12-31", "12:30:00", '"\\x00"', "\u2028", "\ufeff"),
    *("&a x", "*a", "!!set {a}", "!!binary aGk=", "? [a]", "<<: {a: b}", "|", "'", "a: b: c", "- - -"),
    *("{" * 40, "[" * 1200, "%YAML 9.9", "---", "..."),
)

Change = Callable[[str, random.Random], str]


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def without_a_line(text: str, drawn: random.Random) -> str:
    lines = lines_of(text)
    del lines[drawn.randrange(len(lines))]
    return "".join(lines)


def with_a_line_twice(text: str, drawn: random.Random) -> str:
    lines = lines_of(text)
    lines.insert(drawn.randrange(len(lines) + 1), drawn.choice(lines))
    return "".join(lines)


def with_a_line_moved_in(text: str, drawn: random.Random) -> str:
    lines = lines_of(text)
    number = drawn.randrange(len(lines))
    lines[number] = " " * drawn.randrange(1, 5) + lines[number]
    return "".join(lines)


def with_another_value(text: str, drawn: random.Random) -> str:
    places = list(re.finditer(r"(?<=: )[^\n]+|(?<=- )[^\n]+|[\w-]+(?=[,}\]])", text))
    if not places:
        return drawn.choice(ODD)
    place = drawn.choice(places)
    value = drawn.choice([*ODD, drawn.choice(places)[0]])
    return text[: place.start()] + value + text[place.end() :]


def with_another_key(text: str, drawn: random.Random) -> str:
    keys = list(re.finditer(r"[\w-]+(?=:)", text))
    if not keys:
        return drawn.choice(ODD)
    key = drawn.choice(keys)
    name = drawn.choice([*ODD, drawn.choice(keys)[0]])
    return text[: key.start()] + name + text[key.end() :]


def with_odd_letters(text: str, drawn: random.Random) -> str:
    place = drawn.randrange(len(text) + 1)
    return text[:place] + drawn.choice("&*?!|>%@`'\"{}[],:#-\t\r\x07é\U0001f600") + text[place + drawn.randrange(2) :]


CHANGES: Sequence[Change] = (
    without_a_line,
    with_a_line_twice,
    with_a_line_moved_in,
    with_another_value,
    with_another_value,
    with_another_key,
    with_odd_letters,
)


def mutated(data: bytes, drawn: random.Random) -> bytes:
    """Return the bytes of a file after one to three changes, of which the last may cut or spoil the bytes."""
    text = data.decode()
    for _ in range(drawn.randint(1, 3)):
        text = drawn.choice(CHANGES)(text, drawn)
    data = text.encode()
    match drawn.randrange(12):
        case 0:
            return data[: drawn.randrange(len(data) + 1)]
        case 1:
            place = drawn.randrange(len(data) + 1)
            return data[:place] + drawn.randbytes(2) + data[place:]
        case _:
            return data


def try_pack(drawn: random.Random) -> None:
    text = drawn.choice(TEXTS)
    name = drawn.choice(sorted(text.files))
    pack = build_pack(PackText("pack", {**text.files, name: mutated(text.files[name], drawn)}, "sha256:0"))
    lint_pack(pack)
    answer(pack, b"scenario: x\nfacts: {}\n")


def try_scenario(drawn: random.Random) -> None:
    pack, data = drawn.choice(STORIES)
    answer(pack, mutated(data, drawn))


def answer(pack: Pack, data: bytes) -> None:
    scenario = build_scenario(decode(data, "scenario.yaml"), "scenario.yaml", pack)
    lint_scenario(scenario, pack)
    decider = Decider(pack)
    for part in scenario.parts:
        for lens in pack.lenses:
            list(answer_layout(decider.decide(part, lens=lens)))
    check_expectations(decider, scenario)


KINDS: Mapping[str, Callable[[random.Random], None]] = {"pack": try_pack, "scenario": try_scenario}


def refusals(kind: str, seed: int) -> Sequence[Diagnostic]:
    """Return how what the seed makes of a file is refused, or nothing where it is answered."""
    try:
        KINDS[kind](random.Random(seed))  # noqa: S311 - A seed is to give the same again.
    except AuthcheckError as error:
        return error.diagnostics
    return ()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_changed_at_random_is_answered_or_refused_at_its_place(kind: str) -> None:
    end = time.monotonic() + SECONDS / len(KINDS)
    seed, failed = 0, []
    while seed < 200 or time.monotonic() < end:
        try:
            for problem in refusals(kind, seed):
                assert problem.place.file
                assert re.fullmatch("[a-z]+(-[a-z]+)*", problem.code)
                assert problem.message
        except Exception as error:  # noqa: BLE001 - Whatever it is, it is a fault.
            print(f"{kind}, seed {seed}: {error!r}")  # noqa: T201 - Among thousands, the seed is what one needs.
            failed.append(seed)
        seed += 1
    assert failed == []
