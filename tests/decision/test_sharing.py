"""What scenarios share is worked out once, and says of each no less and nothing else than a decision of it alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from authcheck.answer import Decider
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from tests import shipped

# A harbour in which a passage speaks of a small crew, for which one reading alone asks, and that from 2025 on.
SMALL_CREW = {
    "harbour-act.yaml": (
        "        cite: [gazette-pilots]\n        see_also: [act-1]\n",
        (
            "        cite: [gazette-pilots]\n        see_also: [act-1]\n"
            "        speaks_of: {crew_size: {at_most: 3}}\n        inferred: The pack goes further.\n"
        ),
    ),
    "vocabulary/questions.yaml": (
        "      - reading: relaxed\n",
        "      - reading: relaxed\n        in_force: {from: 2025-01-01, cite: [act-1]}\n",
    ),
}
# One in which a passage speaks of a large crew, where the condition tells it from none.
LARGE_CREW = {
    "storm-shelter.yaml": (
        "      - element: raging\n",
        (
            "      - element: crew\n        text: The crew is large.\n        when: {crew_size: {at_least: 4}}\n"
            "        speaks_of: {crew_size: {at_least: 50}}\n        inferred: Who shelters has a crew.\n"
            "        cite: [gazette-shelter]\n      - element: raging\n"
        ),
    ),
}
# One whose passages and constraints cut the same values in two ways.
FOUR_CARGOES = {
    "harbour-act.yaml": (
        "      - element: pilot\n",
        (
            "      - element: goods\n        text: It comes.\n"
            "        when: {any: [entering, {not: {cargo: none}}]}\n"
            "        speaks_of: {cargo: [grain, oil]}\n        cite: [act-1]\n      - element: pilot\n"
        ),
    ),
    "vocabulary/facts.yaml": (
        "    meaning: A pilot of this harbour.\n",
        '    meaning: A pilot of this harbour.\n    implies: {"true": {cargo: [none, oil, wood]}}\n',
    ),
}
MORE_CARGOES = (
    ("grain: Grain., oil: Oil.", "grain: Grain., coal: Coal., oil: Oil., wood: Wood."),
    ("    implies: {oil: entering}\n", ""),
)


@pytest.fixture
def harbour_with(tmp_path: Path) -> Callable[..., Pack]:
    def made(changes: dict[str, tuple[str, str]], *more: tuple[str, str]) -> Pack:
        folder = tmp_path / "harbour"
        shutil.copytree(Path(__file__).parent.parent / "packs" / "harbour", folder)
        for name, change in changes.items():
            file = folder / name
            text = file.read_text(encoding="utf-8")
            for old, new in (change, *(more if name == "vocabulary/facts.yaml" else ())):
                assert text.count(old) == 1, old
                text = text.replace(old, new)
            file.write_text(text, encoding="utf-8")
        return shipped.pack_in(folder)

    return made


def ship(pack: Pack, **facts: object) -> Scenario:
    told = {"entering": "true", "permit": "granted", "crew_size": 10, "seaworthy": "true", "fee_paid": "true"}
    told |= {"storm": "none", "days_moored": 1, "cargo": "grain", **facts}
    return shipped.written(
        "unstated: unknown\nfacts:\n" + "".join(f"  {name}: {value}\n" for name, value in told.items()), pack
    )


@pytest.mark.parametrize("crews", [(2, 10), (10, 2)])
def test_what_a_passage_speaks_of_is_told_apart(crews: tuple[int, int], harbour_with: Callable[..., Pack]) -> None:
    pack = harbour_with(SMALL_CREW)
    asked = Decider(pack)
    found = {}
    for crew in crews:
        one = ship(pack, crew_size=crew, pilot_aboard="true")
        answer = asked.decide(one, lens="all")
        assert answer == Decider(pack).decide(one, lens="all")
        assert asked.record(one, lens="all") == Decider(pack).record(one, lens="all")
        found[crew] = answer.authorities["harbour-act"].inferred
    assert found[2] is not found[10]


def test_no_number_stands_for_one_that_a_passage_tells_apart(harbour_with: Callable[..., Pack]) -> None:
    pack = harbour_with(LARGE_CREW)
    asked = Decider(pack)
    found = []
    for crew in (10, 60):
        one = ship(pack, crew_size=crew, permit="sought", storm="raging")
        inferred = asked.record(one, lens="all").authorities["storm-shelter"].inferred
        assert inferred is asked.decide(one, lens="all").authorities["storm-shelter"].inferred
        found.append(inferred)
    assert found[0] is not found[1]


def test_a_fact_is_needed_though_passages_cut_its_values_otherwise(harbour_with: Callable[..., Pack]) -> None:
    pack = harbour_with(FOUR_CARGOES, *MORE_CARGOES)
    case = Decider(pack).decision(ship(pack, cargo="[grain, coal, oil, wood]"), lens="master").case("harbour-act")
    assert case.still_needed == ("pilot_aboard", "cargo")


def test_a_power_may_be_what_it_is_in_any_of_several_values() -> None:
    # The first value of what the rules take for one is not among those that are left.
    def power(location: str) -> set[str]:
        scenario = shipped.written(
            "as_of: 2025-02-04\nunstated: unknown\nfacts:\n  operation: {type: airstrike, location: host_country}\n"
            "  conducting_element: us_armed_forces\n  target_type: organization_leader\n"
            f"  attack: {{status: unknown, location: {location}}}\n"
        )
        found = shipped.decider().decision(scenario, lens="all").power("justify-force-internationally").possible
        return {one.value for one in found}

    several = power("[elsewhere, not_applicable]")
    assert several == power("elsewhere") | power("not_applicable")
    assert len(several) == 3
