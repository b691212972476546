"""The name of a fact is for files and command lines: prose says what the fact asks."""

from __future__ import annotations

import re

import pytest

from tests import shipped
from tests.shipped import Run

NAMES = "|".join(sorted((name for name in shipped.pack().facts if "_" in name), key=len, reverse=True))
# `name: value` and `name=value` state a fact, and `[name]` stands behind what it asks.
RAW = re.compile(rf"(?<![\w`\[])(?:{NAMES})(?![\w`\]:=])")
SOME = ["day-75", "designation-alone", "monthly-raids", "three-courses"]


def raw_names(text: str) -> list[str]:
    return [line for line in text.splitlines() if RAW.search(line)]


@pytest.mark.parametrize("name", shipped.PATHS)
def test_the_full_text_has_no_names_of_facts_in_its_prose(name: str, run: Run) -> None:
    assert raw_names(run("evaluate", name, "--full").stdout) == []


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize(
    "command",
    [
        ["evaluate"],
        ["evaluate", "--memo"],
        ["explain"],
        ["explain", "--full"],
        ["settle"],
        ["compare", "drone-attack"],
        ["compare", "--readings"],
        ["variants"],
    ],
    ids=" ".join,
)
def test_no_other_text_has_them_either(command: list[str], name: str, run: Run) -> None:
    assert raw_names(run(command[0], name, *command[1:]).stdout) == []
