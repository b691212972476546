"""Mistakes in the pack are caught: by a check, a claim of the documents, a worked scenario, a promise or the register.

`caught.txt` names every mistake that `mutants.py` makes, with a claim and a scenario that catch it, or else the
check, the promise or the register that does, or why nothing can, which somebody writes there. Each run holds the table
against a sample of them; AUTHCHECK_MUTANTS=all takes every one. After a change that was meant, write the table anew,
which keeps what still holds, and read the difference: AUTHCHECK_GOLDEN=write pytest tests/mutations
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests import shipped
from tests.mutations.catching import CATCHERS, is_the_same_law
from tests.mutations.mutants import Kind, Mutant, mutants_of

TABLE = Path(__file__).parent / "caught.txt"
HEAD = """\
# A mistake in the pack, and a claim and a worked scenario that catch it, or else a check, a promise or the register.
# A scenario is given with the lens of the expectation that is no longer met.
"""
BETWEEN, SURVIVES = " → ", "survives: "
SAME = f"{SURVIVES}the same law in other words: on the pack's date no world tells the two apart"


@cache
def mutants() -> Mapping[str, Mutant]:
    return {one.name: one for one in mutants_of(shipped.pack())}


@cache
def in_turn(kind: str) -> list[str]:
    """Return the names of what may catch a mistake: first what caught one last, since mistakes that are near are alike.

    They are tried in this order where the table is written.
    """
    return list(CATCHERS[kind][0]())


def outcome(name: str) -> str:
    """Return what catches the mistake, or why it survives."""
    mutant, found = mutants()[name], list[str]()
    is_same = bool(mutant.authorities) and is_the_same_law(mutant)
    for kind, (_, catching) in CATCHERS.items():
        if kind == "claim" and is_same:
            continue
        if not found or (kind == "scenario" and found[0].startswith("claim ")):
            caught = catching(mutant, in_turn(kind))
            if caught:
                found.append(f"{kind} {caught}")
                in_turn(kind).remove(caught)
                in_turn(kind).insert(0, caught)
    if not found and is_same:
        return SAME
    # Why nothing else can catch it is written into the table by hand, and stays there as long as nothing does.
    before = kept().get(name, "")
    return ", ".join(found) or (before if before.startswith(SURVIVES) and before != SAME else SURVIVES)


def kept() -> dict[str, str]:
    """Return the table, by the name of the mistake."""
    lines = TABLE.read_text(encoding="utf-8").removeprefix(HEAD).splitlines() if TABLE.exists() else []
    return {name: caught for name, _, caught in (line.partition(BETWEEN) for line in lines)}


def holds(name: str) -> bool:
    """Whether what the table says of a mistake is so."""
    told, mutant = kept()[name], mutants()[name]
    if told.startswith(SURVIVES):
        # That nothing catches it is found out where the table is written: it takes every claim and every scenario.
        return told != SAME or is_the_same_law(mutant)
    each = (one.partition(" ") for one in told.split(", "))
    return all(CATCHERS[kind][1](mutant, [caught]) == caught for kind, _, caught in each)


def drawn() -> list[str]:
    """Return the mistakes that this run tries."""
    names = list(kept())
    every = os.environ.get("AUTHCHECK_MUTANTS") == "all" or len(names) < SAMPLE
    return names if every else sorted(random.Random(SAMPLE).sample(names, SAMPLE), key=names.index)  # noqa: S311


SAMPLE = 48


def test_the_table_names_every_mistake() -> None:
    if os.environ.get("AUTHCHECK_GOLDEN") == "write":
        before = kept()
        now = {name: before[name] if name in before and holds(name) else outcome(name) for name in mutants()}
        rows = "".join(f"{name}{BETWEEN}{caught}\n" for name, caught in now.items())
        TABLE.write_text(HEAD + rows, encoding="utf-8", newline="\n")

    assert list(kept()) == list(mutants())


@pytest.mark.parametrize("name", drawn())
def test_a_mistake_is_caught_as_the_table_says(name: str) -> None:
    assert holds(name)


def test_what_nothing_catches_has_a_reason() -> None:
    assert SURVIVES not in kept().values()


def test_most_mistakes_in_rules_are_caught_by_a_claim() -> None:
    # On other days than the pack's, the register stands in for scenarios that nobody wrote.
    found = {name: caught for name, caught in kept().items() if mutants()[name].of is Kind.RULE and caught != SAME}
    told = [caught for caught in found.values() if not caught.startswith(("register ", SURVIVES))]

    assert len(told) > 10 * sum(caught.startswith(SURVIVES) for caught in found.values())
    assert sum(caught.startswith("claim ") for caught in told) > 9 * len(told) // 10
