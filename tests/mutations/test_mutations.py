"""Mistakes in the pack are caught: by a claim of the documents, or by a worked scenario.

`caught.txt` names every mistake that `mutants.py` makes, with the first claim and the first scenario that catch it, or
why nothing can. Each run puts a sample of them to the test; AUTHCHECK_MUTANTS=all takes every one. After a change that
was meant, write the table anew (it takes a minute), and read the difference:
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
from tests.mutations.catching import catching_claim, catching_scenario
from tests.mutations.mutants import Mutant, mutants_of

TABLE = Path(__file__).parent / "caught.txt"
HEAD = """\
# A mistake in the pack, and the first claim and the first worked scenario that catch it.
# A scenario is given with the lens of the expectation that is no longer met.
"""
BETWEEN, SURVIVES = " → ", "survives: "

NOT_ASKED = "the same law: where the condition holds, nobody asks where it would be silent"
THE_REST = "the same law: the silence begins where the condition ends, and goes no further"
NO_ATTACK = "the same law: without an attack there is none that has a place, victims or an author"
IMPLIED = "the same law: it implies armed force, which is governed already"
DISPLACED = "the same law: an approval displaces the sixty days before that is asked"
EXCEPTED = "the same law: the exception takes a political killing away again"
IN_WORDS = "the same law in other words: both readings are silent on Iraq, each with a reason of its own"
NO_CONDITION = "the same law: the element says that there is no condition"
BY_DATE = "claims hold on the pack's date, on which it is in force; no worked scenario turns on it at another"
BOTH_COVER = "while both older authorizations are in force, each covers the same groups by practice"
UNSAID = "no document says what a refusal by Congress does, so nothing is claimed of it"
ENTRY = "the host's consent supplies entry as well, so what is relied on stays; no expectation names a power"
HAS_A_PLACE = "the same law: what is attacked has a place and victims"
CAUTIONS = "no verdict turns on it, only cautions and what is needed; tests/test_worked_scenarios.py holds the cautions"

SURVIVORS: Mapping[str, str] = {
    "article-ii: attack-or-claim: on section-2c: attack_victims: us_military or not_applicable": HAS_A_PLACE,
    "un-charter-51: north-of-the-border: attack_location: united_states or not_applicable": HAS_A_PLACE,
    "un-charter-51: north-of-the-border: silent when: attack_location: united_states or not_applicable": HAS_A_PLACE,
    "the term direct-attack-on-the-united-states: attack_location: united_states or not_applicable": HAS_A_PLACE,
    "article-ii: attack-or-claim: on section-2c: aumf-2001 in force dropped": BY_DATE,
    "article-ii: attack-or-claim: on section-2c: attack_status: occurred or none": NO_ATTACK,
    "article-ii: the-statutes-sixty-days: on must-end: aumf-2001 in force dropped": BY_DATE,
    "aumf-2001: never begins": BY_DATE,
    "aumf-2001: practice: such-a-group: silent when: target_connection_to_islamic_terror_group: "
    "direct_and_significant or is_such_group": NOT_ASKED,
    "aumf-2002: never begins": BY_DATE,
    "aumf-2002: iraq: in-iraq: practice and text swapped": IN_WORDS,
    "aumf-2002: practice: such-a-group: silent when: target_connection_to_islamic_terror_group: "
    "direct_and_significant or is_such_group": NOT_ASKED,
    "title-50: governs: operation_type: covert_action or airstrike": IMPLIED,
    "title-50: governs: operation_type: covert_action or ground_raid": IMPLIED,
    "title-50: priority-target: always silent where not met": THE_REST,
    "title-50: foreign-country: silent when: operation_location: "
    "international_airspace_or_waters or host_country": NOT_ASKED,
    "title-50: foreign-country: silent when: operation_location: "
    "international_airspace_or_waters or other_foreign_country": NOT_ASKED,
    "war-powers: displacement 2: aumf-2001 in force dropped": BY_DATE,
    "war-powers: displacement 3 dropped": BOTH_COVER,
    "war-powers: displacement 3: aumf-2001 in force dropped": BY_DATE,
    "war-powers: displacement 4 dropped": BOTH_COVER,
    "war-powers: displacement 4: aumf-2002 in force dropped": BY_DATE,
    "war-powers: within-sixty-days: silent when: congressional_approval_status: sought or granted": DISPLACED,
    "war-powers: within-sixty-days: silent when: congressional_approval_status: sought or refused": UNSAID,
    "war-powers: answer-to-attack: always silent where not met": THE_REST,
    "cia-sog: not-a-political-killing: killing_characterization: argued_not_political or political_killing": EXCEPTED,
    "host-consent: does not supply justify-force-internationally": ENTRY,
    "host-consent: supplies justify-force-internationally on every reading": ENTRY,
    "un-charter-51: attack-occurred: on attack-alone: silent when: attack_status: threatened or occurred": NOT_ASKED,
    "un-charter-51: north-of-the-border: always silent where not met": THE_REST,
    "un-charter-51: author: always silent where not met": THE_REST,
    "fid-training: legislature-approval: silent when: host_legislature_approval: not_required or given": NOT_ASKED,
    "intelligence-collection: not-a-us-person: always silent where not met": THE_REST,
    "financial-measures: no-condition-stated dropped": NO_CONDITION,
    "the term direct-attack-on-the-united-states: attack_status: occurred or none": NO_ATTACK,
    "the term force-in-host-country: `all` of uses_armed_force and on-host-territory read as `any`": CAUTIONS,
    "the term force-in-host-country: uses_armed_force dropped": CAUTIONS,
    "the term force-in-host-country: on-host-territory dropped": CAUTIONS,
}


@cache
def mutants() -> Mapping[str, Mutant]:
    return {one.name: one for one in mutants_of(shipped.pack())}


def outcome(name: str) -> str:
    """Return what catches the mistake, or why it survives."""
    mutant = mutants()[name]
    claim, scenario = catching_claim(mutant), catching_scenario(mutant, shipped.scenarios())
    caught = [f"claim {claim}"] * bool(claim) + [f"scenario {scenario}"] * bool(scenario)
    return ", ".join(caught) or f"{SURVIVES}{SURVIVORS.get(name, '')}"


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
    surviving = {name: caught for name, caught in kept().items() if caught.startswith(SURVIVES)}

    assert surviving == {name: f"{SURVIVES}{reason}" for name, reason in SURVIVORS.items()}
    assert all(SURVIVORS.values())


def test_most_mistakes_are_caught_by_a_claim() -> None:
    caught = [one for one in kept().values() if not one.startswith(SURVIVES)]

    assert len(caught) > 10 * len(SURVIVORS)
    assert sum(one.startswith("claim ") for one in caught) > 9 * len(caught) // 10
