"""Mistakes in the pack are caught: by a claim of the documents, or by a worked scenario.

`caught.txt` names every mistake that `mutants.py` makes, with the first claim and the first scenario that catch it, or
the check, where it drops a hedge, which no verdict shows, or
why nothing can, which somebody writes there. Each run puts a sample of them to the test; AUTHCHECK_MUTANTS=all takes
every one. After a change that was meant, write the table anew (it takes a minute), and read the difference:
AUTHCHECK_GOLDEN=write pytest tests/mutations
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests import shipped
from tests.mutations.catching import catching_check, catching_claim, catching_scenario
from tests.mutations.mutants import Mutant, mutants_of

TABLE = Path(__file__).parent / "caught.txt"
HEAD = """\
# A mistake in the pack, and the first claim and the first worked scenario that catch it.
# A scenario is given with the lens of the expectation that is no longer met.
"""
BETWEEN, SURVIVES = " → ", "survives: "


@cache
def mutants() -> Mapping[str, Mutant]:
    return {one.name: one for one in mutants_of(shipped.pack())}


def outcome(name: str) -> str:
    """Return what catches the mistake, or why it survives."""
    mutant = mutants()[name]
    if not mutant.authorities and (check := catching_check(mutant)):
        return f"check {check}"
    claim, scenario = catching_claim(mutant), catching_scenario(mutant, shipped.scenarios())
    caught = [f"claim {claim}"] * bool(claim) + [f"scenario {scenario}"] * bool(scenario)
    # Why nothing can catch it is written into the table by hand, and stays there as long as nothing does.
    before = kept().get(name, "")
    return ", ".join(caught) or (before if before.startswith(SURVIVES) else SURVIVES)


def kept() -> dict[str, str]:
    """Return the table, by the name of the mistake."""
    lines = TABLE.read_text(encoding="utf-8").removeprefix(HEAD).splitlines() if TABLE.exists() else []
    return {name: caught for name, _, caught in (line.partition(BETWEEN) for line in lines)}


def drawn() -> list[str]:
    """Return the mistakes that this run tries."""
    names = list(kept())
    every = os.environ.get("AUTHCHECK_MUTANTS") == "all" or len(names) < SAMPLE
    return names if every else sorted(random.Random(SAMPLE).sample(names, SAMPLE), key=names.index)  # noqa: S311


SAMPLE = 48


def test_the_table_names_every_mistake() -> None:
    if os.environ.get("AUTHCHECK_GOLDEN") == "write":
        rows = "".join(f"{name}{BETWEEN}{outcome(name)}\n" for name in mutants())
        TABLE.write_text(HEAD + rows, encoding="utf-8", newline="\n")

    assert list(kept()) == list(mutants())


@pytest.mark.parametrize("name", drawn())
def test_a_mistake_is_caught_as_the_table_says(name: str) -> None:
    assert outcome(name) == kept()[name]


def test_what_nothing_catches_has_a_reason() -> None:
    assert SURVIVES not in kept().values()


def test_most_mistakes_are_caught_by_a_claim() -> None:
    caught = [one for one in kept().values() if not one.startswith(SURVIVES)]

    assert len(caught) > 10 * (len(kept()) - len(caught))
    assert sum(one.startswith("claim ") for one in caught) > 9 * len(caught) // 10
