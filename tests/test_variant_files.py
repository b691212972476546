"""Variants of a scenario: each alters what it says, none is missing, and as files they pass `authcheck test`."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from jsonschema import Draft7Validator

from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.asking.variants import AlteringChange, Effect, find_variants, variants_of
from authcheck.decision.decision import Decision
from authcheck.diagnostics import AuthcheckError, Place
from authcheck.evaluation.worlds import facts_of
from authcheck.loading.scenarios import build_scenario
from authcheck.meaning import admitted_on
from authcheck.model.condition import Range
from authcheck.model.fact import FactKind, FactType
from authcheck.model.scenario import Scenario, StatedFact, Unstated
from authcheck.model.verdict import Verdict
from authcheck.schemas import result_schema
from tests import shipped
from tests.reference import Contradiction, Reference
from tests.shipped import Run

State: TypeAlias = tuple[Verdict, frozenset[str]]
States: TypeAlias = Mapping[str, State]

HARBOUR = shipped.pack_in(shipped.HARBOUR)
SCENARIOS = {scenario.id: scenario for scenario in shipped.scenarios()}
DECIDER = shipped.decider()
# These between them have a contest, silence, much that is open, a means, and little that is engaged.
SEEDS = ("drone-attack", "cia-team", "bank-pressure")
HERE = Place("here")
SHIP = """
scenario: A ship
facts: {entering: true, crew_size: 4, permit: sought, storm: raging, storm_named: true, pilot_aboard: false,
  fee_paid: true, seaworthy: true}
"""


def states_of(answer: Answer) -> States:
    return {name: (one.verdict, frozenset(one.crux)) for name, one in answer.authorities.items()}


def state_of(decision: Decision, authority: str) -> State:
    case = decision.case(authority)
    return case.verdict, frozenset(case.crux)


def differing(after: States, before: States) -> States:
    return {name: state for name, state in after.items() if state != before[name]}


def with_facts(scenario: Scenario, stated: Mapping[str, StatedFact]) -> Scenario:
    return dataclasses.replace(scenario, facts={**scenario.facts, **stated})


@functools.cache
def found_for(name: str) -> tuple[AlteringChange, ...]:
    return find_variants(DECIDER.decision(SCENARIOS[name]))


@pytest.mark.parametrize("name", SEEDS)
def test_every_variant_alters_exactly_what_it_says(name: str) -> None:
    scenario = SCENARIOS[name]
    before = DECIDER.decide(scenario)
    found = found_for(name)
    told = variants_of(found, found, DECIDER.decision(scenario))
    assert len(told.variants) == told.of_one_fact + told.of_two_facts == len(found)
    for variant, one in zip(told.variants, found, strict=True):
        after = DECIDER.decide(with_facts(scenario, {**one.no_longer_apply, **one.stated}))
        altered = differing(states_of(after), states_of(before))
        assert {alteration.authority for alteration in variant.alterations} == set(altered)
        for alteration in variant.alterations:
            authority = alteration.authority
            assert (alteration.before, frozenset(alteration.crux_before)) == states_of(before)[authority]
            assert (alteration.after, frozenset(alteration.crux_after)) == altered[authority]
            assert alteration.possible_after == after.authorities[authority].possible
        for change in variant.changes:
            known = before.facts.get(change.fact)
            assert known is None or (change.before, change.origin) == (known.value, known.origin)


@pytest.mark.parametrize("name", SEEDS)
def test_two_facts_do_what_neither_does_alone(name: str) -> None:
    before = DECIDER.decision(SCENARIOS[name])
    pairs = [one for one in found_for(name) if len(one.stated) > 1]
    assert pairs
    for one in pairs:
        both = DECIDER.decision(with_facts(SCENARIOS[name], {**one.no_longer_apply, **one.stated}))
        others = [before]
        for fact in one.stated.values():
            # What no world allows alone alters nothing alone.
            with contextlib.suppress(AuthcheckError):
                others.append(DECIDER.decision(with_facts(SCENARIOS[name], {fact.fact: fact})))
        assert one.together
        for authority in one.together:
            assert state_of(both, authority) not in [state_of(other, authority) for other in others]


def test_no_variant_is_missing_and_none_is_made_up() -> None:
    scenario = build_scenario(SHIP, "ship.yaml", HARBOUR, id="ship")
    before = naive(scenario.facts)
    assert before is not None
    values = [one for name in HARBOUR.facts for one in changes(name, scenario.facts)]
    alone = {one: naive_after([one], scenario.facts) or before for one in values}
    expected = {key([one], differing(states, before)) for one, states in alone.items() if states != before}
    for first, second in itertools.combinations(values, 2):
        both = naive_after([first, second], scenario.facts) if first.fact != second.fact else None
        if both is not None and any(
            both[name] not in {before[name], alone[first][name], alone[second][name]} for name in both
        ):
            expected.add(key([first, second], differing(both, before)))

    found = find_variants(Decider(HARBOUR).decision(scenario))

    assert {key(one.stated.values(), found_states(one)) for one in found} == expected
    for one in found:
        for stated in (one.stated, *one.alike):
            after = naive_after(list(stated.values()), scenario.facts)
            assert after is not None
            assert differing(after, before) == found_states(one)
    assert any(one.no_longer_apply for one in found)
    assert any(len(one.stated) > 1 for one in found)


def key(stated: Iterable[StatedFact], altered: States) -> tuple[object, ...]:
    """Return what makes two changes one variant: the same facts, with the same effects."""
    changed = list(stated)
    unknown = any(one.unknown for one in changed)
    return frozenset(one.fact for one in changed), unknown, frozenset(altered.items())


def found_states(one: AlteringChange) -> States:
    return {name: state_of(one.decision, name) for name in one.effects}


def changes(name: str, stated: Mapping[str, StatedFact]) -> Iterator[StatedFact]:
    """Return every statement of the fact, but for those that say what the scenario does."""
    fact = HARBOUR.facts[name]
    if fact.type is FactType.DATE:
        return
    if fact.type is FactType.NUMBER:
        yield from (StatedFact(name, HERE, ranges=(Range(number, number),)) for number in range(fact.minimum, 14))
    yield from (StatedFact(name, HERE, values=(value,)) for value in fact.options)
    if name in stated and fact.kind is not FactKind.ACTIVITY:
        yield StatedFact(name, HERE, unknown=True)


def naive(stated: Mapping[str, StatedFact]) -> States | None:
    """Return what a naive evaluator says of every authority; None where no world has the facts."""
    try:
        found = Reference(
            HARBOUR, stated, admitted_on(HARBOUR, "documents", HARBOUR.as_of), Unstated.DEFAULT, HARBOUR.as_of
        )
    except Contradiction:
        return None
    return {name: (one.verdict, one.crux) for name, one in found.authorities.items()}


def naive_after(changed: Iterable[StatedFact], stated: Mapping[str, StatedFact]) -> States | None:
    """Return what becomes of the scenario; facts that depend on a changed one are stated absent where they must be."""
    made = {**stated, **{one.fact: one for one in changed}}
    names = {one.fact for one in changed}
    depending = [
        fact
        for name, fact in HARBOUR.facts.items()
        if name in stated and name not in names and fact.only_if is not None
        if not names.isdisjoint(facts_of([fact.only_if]))
    ]
    for count in range(len(depending) + 1):
        for dropped in itertools.combinations(depending, count):
            absent = {
                one.fact: StatedFact(one.fact, HERE, values=(one.absent,))
                for one in dropped
                if isinstance(one.absent, bool | str)
            }
            found = naive({**made, **absent})
            if found is not None:
                return found
    return None


def test_what_a_change_takes_the_sense_from_is_stated_absent() -> None:
    found = next(one for one in found_for("drone-attack") if "attack_status" in one.stated)
    asked = SCENARIOS["drone-attack"]
    told = variants_of([found], [found], DECIDER.decision(asked))
    assert [change.setting for change in told.variants[0].changes] == ["attack_status=none"]
    assert [change.setting for change in told.variants[0].no_longer_apply] == [
        "attack_location=not_applicable",
        "attack_is_direct=false",
        "attack_attributed_to_target=false",
        "attack_means=not_applicable",
        "attack_victims=not_applicable",
    ]


# Their order.


@pytest.mark.parametrize("name", [*SEEDS, "day-75", "title-50-raid", "training-approved"])
def test_no_effect_is_shown_again_before_every_other_was(name: str) -> None:
    found = found_for(name)
    effects = [(one.main, one.effects[one.main]) for one in found]
    dull = {Effect.ENGAGED, Effect.DISENGAGED}
    telling = list(dict.fromkeys(effect for effect in effects if effect[1] not in dull))
    first = min(5, len(telling))
    assert len(set(effects[:first])) == first


LESSONS = [{Effect.GAINED, Effect.LOST}, {Effect.DISPUTE_SETTLED}, {Effect.DISPUTE_OPENED}, {Effect.SILENCE_MET}]


@pytest.mark.parametrize("name", ["drone-attack", "invited-raid"])
def test_the_attack_the_consent_and_the_days_come_before_9_11_and_iraq(name: str) -> None:
    facts = [fact for one in found_for(name)[:3] for fact in one.stated]
    groups = {shipped.pack().facts[fact].group for fact in facts}
    assert groups & {"attack", "host nation"}
    assert "AUMF" not in groups
    assert not {"operation_in_iraq", "threat_in_iraq"} & set(facts)


@pytest.mark.parametrize("name", SEEDS)
def test_of_what_is_new_what_matters_most_comes_first_then_few_facts_and_those_that_are_known(name: str) -> None:
    seen: set[object] = set()
    order = []
    for one in found_for(name):
        effect = (one.main, one.effects[one.main])
        new = {effect, *(shipped.pack().facts[fact].group for fact in one.stated)}
        if not seen & new and effect[1] not in {Effect.ENGAGED, Effect.DISENGAGED, Effect.DISPUTE_MOVED}:
            lesson = next((rank for rank, some in enumerate(LESSONS) if effect[1] in some), len(LESSONS))
            unknown = any(stated.unknown for stated in one.stated.values())
            order.append((-one.weight, lesson, len(one.stated), unknown, len(one.effects)))
        seen |= new
    assert order == sorted(order)
    assert order


def test_what_a_rescue_leaves_open_of_force_comes_first() -> None:
    stated = {"operation_type": "evacuation_or_rescue", "operation_location": "host_country", "target_type": "cartel"}
    facts = "".join(f"  {name}: {value}\n" for name, value in stated.items())
    scenario = build_scenario(f"scenario: A\nas_of: 2025-03-01\nfacts:\n{facts}", "s.yaml", shipped.pack())
    first = find_variants(shipped.decider().decision(scenario))[0]
    assert [*first.stated] == ["uses_armed_force"]


def test_what_one_fact_turns_comes_before_what_takes_two() -> None:
    assert [[*one.stated] for one in found_for("invited-raid")[:3]] == [
        ["host_consent_status"],
        ["presidential_approval"],
        ["attack_status"],
    ]


@pytest.mark.parametrize("name", ["drone-attack", "invited-raid", "cia-team"])
def test_the_first_three_are_about_three_things(name: str) -> None:
    facts = shipped.pack().facts
    first, second, third = ({facts[fact].group for fact in one.stated} for one in found_for(name)[:3])
    assert not first & second
    assert not third & (first | second)


def test_one_authority_alone_may_be_asked_about() -> None:
    found = find_variants(DECIDER.decision(SCENARIOS["drone-attack"]), ["article-ii"])
    every = [one for one in found_for("drone-attack") if "article-ii" in one.together]
    assert {tuple(one.stated.values()) for one in found} == {tuple(one.stated.values()) for one in every}
    assert {one.main for one in found} == {"article-ii"}


# As files.


def test_ten_variants_of_a_scenario_are_written_and_each_passes_its_test(run: Run, tmp_path: Path) -> None:
    done = run("variants", "drone-attack", "--out", "made", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    files = sorted((tmp_path / "made").iterdir())
    assert len(files) == 10
    assert all(f"written to made/{file.name}\n" in done.stdout for file in files)
    tested = run("test", "made", cwd=tmp_path)
    assert tested.returncode == 0
    assert tested.stdout.endswith("10 met, 0 not met, 0 without an expectation\n")
    checked = run("check", "made", cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "10 files checked: 0 errors, 0 warnings, 0 notes\n")
    story = SCENARIOS["drone-attack"].description.splitlines()[0]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert text.splitlines()[0].startswith("# A variant of drone-attack. ")
        assert text.splitlines()[1].startswith("# It isolates ")
        assert f"\n  {story}\n" in text


@pytest.mark.parametrize(
    "settings",
    [
        ("three-courses", "--option", "strike", "-a", "host-consent"),
        ("drone-attack", "--unstated", "absent", "-a", "aumf-2001"),
        ("day-75", "--lens", "all", "--as-of", "2025-12-18", "-a", "un-charter-51"),
        ("cia-team", "--set", "killing_characterization=unknown"),
        ("title-50-raid", "--facts", "two", "--unstated", "unknown", "-a", "title-50"),
    ],
    ids=" ".join,
)
def test_variants_of_any_question_pass_as_files(settings: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    assert run("variants", *settings, "--out", str(tmp_path)).returncode == 0
    tested = run("test", str(tmp_path))
    assert tested.returncode == 0
    count = len(list(tmp_path.iterdir()))
    assert count > 4
    assert f"{count} met, 0 not met" in tested.stdout
    if "--option" in settings:
        assert all(one.name.startswith("three-courses-strike-") for one in tmp_path.iterdir())


def test_a_listed_variant_is_made_again_with_its_settings(run: Run) -> None:
    listed = json.loads(run("variants", "day-75", "-a", "war-powers", "--facts", "two", "-n", "4", "-f", "json").stdout)
    for variant in listed["variants"]:
        stated = [change["setting"] for change in (*variant["changes"], *variant["no_longer_apply"])]
        answer = json.loads(
            run("evaluate", "day-75", "-f", "json", *(word for one in stated for word in ("--set", one))).stdout
        )
        for one in variant["alterations"]:
            assert answer["verdicts"][one["authority"]] == one["after"]


def test_no_file_is_written_over_and_then_none_is_written(run: Run, tmp_path: Path) -> None:
    name = "drone-attack-host-consent-status-none.yaml"
    (tmp_path / name).write_text("mine", encoding="utf-8")
    ask = ("variants", "drone-attack", "-a", "host-consent", "-n", "3", "--out", str(tmp_path))
    refused = run(*ask)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"one file exists already: `{name}`; --force writes over" in refused.stderr
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert run(*ask, "--force").returncode == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("# A variant of")
    assert len(list(tmp_path.iterdir())) == 3


def test_where_a_file_cannot_be_written_none_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "drone-attack-host-consent-status-none.yaml").mkdir()
    ask = ("variants", "drone-attack", "-a", "host-consent", "-n", "3", "--force", "--out")
    done = run(*ask, str(tmp_path))
    assert done.returncode == 3
    assert "cannot be written: is a directory" in done.stderr
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(*ask, str(tmp_path / "file")).returncode == 3


def test_an_expectation_cannot_choose_a_reading(run: Run, tmp_path: Path) -> None:
    chosen = ("variants", "drone-attack", "--reading", "article-ii-without-attack=broad-claim")
    refused = run(*chosen, "--out", str(tmp_path / "made"))
    assert refused.returncode == 2
    assert "leave out --reading" in refused.stderr
    assert not (tmp_path / "made").exists()
    assert run(*chosen).returncode == 0


def test_two_scenarios_of_one_name_are_not_written_into_one_folder(run: Run, tmp_path: Path) -> None:
    text = shipped.PATHS["drone-attack"].read_text(encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.yaml").write_text(text, encoding="utf-8")
    asked = ("variants", "a", "b", "-a", "fto-designation")
    refused = run(*asked, "--out", "made", cwd=tmp_path)
    assert refused.returncode == 2
    assert "two files would be named `made/same-" in refused.stderr
    listed = json.loads(run(*asked, "-f", "json", cwd=tmp_path).stdout)
    assert [one["scenario"] for one in listed] == ["same", "same"]


def test_a_name_from_outside_stays_in_the_folder(run: Run, tmp_path: Path) -> None:
    story = "scenario: A strike\nfacts: {operation_type: airstrike}\n"
    (tmp_path / "..Straße 1.yaml").write_text(story, encoding="utf-8")
    assert run("variants", "..Straße 1.yaml", "-n", "1", "--out", "made", cwd=tmp_path).returncode == 0
    made = [one.name for one in (tmp_path / "made").iterdir()]
    assert len(made) == 1
    assert made[0].startswith("stra-e-1-")
    assert run("test", "made", cwd=tmp_path).returncode == 0


def test_what_nothing_alters_is_said(run: Run, tmp_path: Path) -> None:
    rule = "facts: {entering: true, crew_size: 2}\n"
    (tmp_path / "ship.yaml").write_text(f"scenario: A ship\n{rule}", encoding="utf-8")
    asked = ("variants", "ship.yaml", "--pack", str(shipped.HARBOUR), "-a", "old-charter")
    done = run(*asked, "--facts", "two", "--out", "made", cwd=tmp_path)
    assert done.returncode == 5
    assert done.stdout.splitlines()[2] == "no change of one or two facts alters a verdict or a crux of old-charter"
    assert not (tmp_path / "made").exists()


def test_the_same_scenario_has_the_same_variants_under_any_seed(run_apart: Run) -> None:
    shown = [
        run_apart("variants", "training-approved", "-a", "fid-training", "-f", "json", PYTHONHASHSEED=seed)
        for seed in ("1", "2")
    ]
    assert shown[0].stdout == shown[1].stdout
    assert shown[0].returncode == 0


@pytest.mark.parametrize("name", ["drone-attack", "three-courses"])
def test_the_json_is_as_published(name: str, run: Run) -> None:
    schema = result_schema("variants")
    assert json.loads(run("schema", "variants").stdout) == schema
    shown = json.loads(run("variants", name, "-n", "1000", "-f", "json").stdout)
    assert list(Draft7Validator(schema).iter_errors(shown)) == []
    assert shown["schema"] == "authcheck.variants/1"
    assert len(shown["variants"]) == shown["of_one_fact"] + shown["of_two_facts"]
    assert len({one["name"] for one in shown["variants"]}) == len(shown["variants"])
