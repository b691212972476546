"""What would settle an open verdict, and turn a definite one: over the scenarios of the pack, against trying all."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from jsonschema import Draft7Validator, FormatChecker

from authcheck import meaning
from authcheck.answer import Decider
from authcheck.answer.answer import Attention
from authcheck.answer.building import answer_of
from authcheck.asking.settling import OpenFact, Settlement, Turnings, settle
from authcheck.decision import Decision
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation import worlds
from authcheck.loading.scenarios import build_scenario
from authcheck.meaning import is_allowed
from authcheck.model.authority import Authority, Rule
from authcheck.model.condition import AllOf, AnyOf, Condition, Range, Term
from authcheck.model.condition import Test as FactTest
from authcheck.model.fact import FactKind, FactType, Value
from authcheck.model.scenario import Scenario, Unstated
from authcheck.model.verdict import Verdict
from authcheck.rendering.words import value_words
from authcheck.schemas import result_schema
from tests import reference, shipped
from tests.changes import changeable, is_named, smallest_changes, stated, told, values_of
from tests.shipped import Run

World: TypeAlias = Mapping[str, Value]

ROOT = Path(__file__).resolve().parent.parent
PACK, DECIDER = shipped.pack(), shipped.decider()


def settled(
    scenario: Scenario,
    *authorities: str,
    unstated: Unstated | None = None,
    lens: str = "documents",
    every: bool = False,
) -> tuple[Decision, Settlement]:
    decision = DECIDER.decision(scenario, unstated=unstated, lens=lens)
    return decision, settle(decision, authorities, every=every)


@cache
def settled_in_full(name: str, unstated: Unstated, lens: str = "documents") -> tuple[Decision, Settlement]:
    return settled(shipped.scenario(name), unstated=unstated, lens=lens, every=True)


def written(facts: str, **more: str) -> Scenario:
    lines = ["scenario: A strike", "as_of: 2025-02-04", f"facts: {{{facts}}}", *(f"{k}: {v}" for k, v in more.items())]
    return build_scenario("\n".join(lines), "strike.yaml", PACK)


STRIKE = "operation_type: airstrike, operation_location: host_country, conducting_element: us_armed_forces"


# --- what an undetermined verdict needs


def test_the_one_open_fact_is_asked_for_first_with_what_either_answer_would_do(run: Run) -> None:
    done = run("settle", "drone-attack", "--set", "attack_attributed_to_target=unknown", "--format", "json")
    found = json.loads(done.stdout)

    first = found["ask"][0]
    assert (first["fact"], first["question"]) == (
        "attack_attributed_to_target",
        "Is the attack held to be the target's work?",
    )
    assert {
        authority: {one["setting"].partition("=")[2]: one["possible"] for one in answers}
        for authority, answers in first["outcomes"].items()
    } == {
        "article-ii": {"true": ["available"], "false": ["contested"]},
        "war-powers": {"true": ["available"], "false": ["silent"]},
        "un-charter-51": {"true": ["available"], "false": ["silent"]},
    }
    for authority in first["outcomes"]:
        (needed,) = found["authorities"][authority]["needed"]
        assert needed == {**first, "outcomes": {authority: first["outcomes"][authority]}}
        assert found["authorities"][authority]["changes"] is None


def test_what_decides_a_power_that_is_open_is_asked_before_what_decides_none() -> None:
    decision, found = settled(shipped.scenario("drone-attack"))

    # Force abroad is supplied already; only the host can let them in.
    assert decision.powers["use-force-abroad"].possible == (Verdict.AVAILABLE,)
    assert [fact.fact for fact in found.ask[:2]] == ["host_consent_status", "host_consent_covers_operation"]
    assert {fact.fact for fact in found.ask} == {fact.fact for one in found.authorities.values() for fact in one.needed}


def test_of_the_facts_of_one_verdict_the_first_narrows_it_most() -> None:
    _, found = settled(shipped.scenario("designation-alone"), unstated=Unstated.UNKNOWN)

    def narrowing(fact: OpenFact, name: str) -> float:
        counts = [len(answer.possible) for answer in fact.outcomes[name]]
        return len(found.authorities[name].possible) - sum(counts) / len(counts)

    compared = 0
    for name, authority in found.authorities.items():
        yes_or_no = [fact for fact in authority.needed if PACK.facts[fact.fact].type is FactType.YES_NO]
        ranks = [-round(narrowing(fact, name), 6) for fact in yes_or_no]
        assert ranks == sorted(ranks), name
        compared += len(ranks) > 1
    assert compared


def some(count: int, *lenses: str) -> list[tuple[str, Unstated, str]]:
    """Return so many of the pack's scenarios, with what is taken of unstated facts and a lens, always the same."""
    every = itertools.product(shipped.PATHS, Unstated, lenses or ["documents"])
    return random.Random(11).sample([*every], count)  # noqa: S311 - it is no secret.


def test_each_answer_does_what_stating_it_does() -> None:
    for name, unstated, lens in some(15):
        decision, found = settled_in_full(name, unstated, lens)
        for authority, one in found.authorities.items():
            for fact in one.needed:
                for value, possible in answers_to(fact, authority):
                    assert decision.restated(stated([(fact.fact, value)])).case(authority).possible == possible


def answers_to(fact: OpenFact, authority: str) -> Iterator[tuple[Value, tuple[Verdict, ...]]]:
    """Return every value that an open fact is said to take, with the verdicts that are said to be left."""
    for answer in fact.outcomes[authority]:
        known = PACK.facts[fact.fact]
        values: list[Value] = [*range(120)] if known.type is FactType.NUMBER else [*known.options]
        yield from ((value, answer.possible) for value in values if is_named(value, answer.values))


def test_a_fact_is_needed_exactly_where_it_can_change_the_verdict() -> None:
    compared = 0
    for name, unstated, lens in some(30):
        decision, found = settled_in_full(name, unstated, lens)
        for authority, one in found.authorities.items():
            if one.verdict is Verdict.UNDETERMINED:
                expected = needed_by_trying(decision, PACK.authorities[authority])
                if expected is not None:
                    assert {fact.fact for fact in one.needed} == expected, (name, unstated, authority)
                    compared += 1
    assert compared > 30


def needed_by_trying(decision: Decision, authority: Authority) -> set[str] | None:
    """Return the facts that can change the verdict, found world by world; None where there are too many worlds."""
    tests = {test.fact for test in reference.tests_in(reference.conditions_behind(authority))}
    names = sorted(reference.tied(tests, PACK.facts))
    left = [values_left(name, decision) for name in names]
    every = 1
    for values in left:
        every *= len(values)
    if every > 600:
        return None
    facts = {name: PACK.facts[name] for name in names}
    candidates = (dict(zip(names, values, strict=True)) for values in itertools.product(*left))
    tried = [(world, verdict(authority, world, decision)) for world in candidates if possible(world, facts)]
    verdicts = {one for _, one in tried}
    found = set()
    for name in names:
        by_value: dict[Value, set[Verdict]] = {}
        by_rest: dict[tuple[Value, ...], set[Verdict]] = {}
        for world, one in tried:
            by_value.setdefault(world[name], set()).add(one)
            by_rest.setdefault(tuple(value for other, value in world.items() if other != name), set()).add(one)
        if any(some != verdicts for some in by_value.values()) or any(len(some) > 1 for some in by_rest.values()):
            found.add(name)
    return found


def values_left(name: str, decision: Decision) -> list[Value]:
    """Return the values that a fact may have; of a number, some between and beyond all thresholds of the pack."""
    found: list[Value] = []
    for one in decision.known.allowed[name]:
        if isinstance(one, Range):
            found.extend(number for number in (0, 1, 30, 60, 61, 63, 64, 93, 94) if one.holds(Range(number, number)))
            found.extend([] if found else [one.low])
        else:
            found.append(one)
    return found


def possible(world: World, facts: Mapping[str, object]) -> bool:
    return is_allowed(world, {name: PACK.facts[name] for name in facts})


def verdict(authority: Authority, world: World, decision: Decision) -> Verdict:
    questions = reference.questions_behind(authority)
    admits = {name: one for name, one in decision.lens.admits.items() if name in questions}
    choices, day = meaning.choices_of(admits), meaning.day_of(decision.law.whole.pack, decision.day)
    return meaning.agreed(meaning.verdict_in(authority, world, choice, day) for choice in choices)


# --- what turns a definite verdict


def test_the_smallest_changes_are_those_that_trying_all_finds() -> None:
    """Those of more facts than can be tried are left to the packs made at random, in tests/promises."""
    compared: Counter[int] = Counter()
    for name, unstated, lens in some(26, "documents", "all", "ali", "text"):
        decision, found = settled_in_full(name, unstated, lens)
        for authority, one in found.authorities.items():
            if one.changes is None:
                assert one.verdict is Verdict.UNDETERMINED
                continue
            expected = smallest_changes(decision, PACK.authorities[authority], gain=one.changes.gain, most=2_000)
            if expected is not None:
                steps, changes = expected
                assert dict(told(one.changes.smallest, decision)) == changes, (name, unstated, lens, authority)
                assert {len(change.steps) for change in one.changes.smallest} == ({steps} if steps else set())
                compared[steps] += 1
    assert compared[0] > 20
    assert compared[1] > 20
    assert compared[2] > 5


@pytest.mark.parametrize(("name", "steps"), [("invited-raid", 3), ("drone-attack", 4)])
def test_more_steps_are_found_where_more_are_needed(name: str, steps: int) -> None:
    decision, found = settled_in_full(name, Unstated.ABSENT)
    changes = found.authorities["title-50"].changes
    assert changes is not None
    expected = smallest_changes(decision, PACK.authorities["title-50"], gain=True, most=40_000)
    assert expected == (steps, dict(told(changes.smallest, decision)))


def test_no_change_touches_an_activity_a_date_or_a_mere_detail() -> None:
    for name, unstated, lens in some(30):
        _, found = settled_in_full(name, unstated, lens)
        every = [one.changes for one in found.authorities.values() if one.changes is not None]
        changed = {
            fact.fact for one in every for change in one.smallest for step in change.steps for fact in step.facts
        }
        assert changed <= {fact for one in every for fact in one.may_change}
        for fact in (PACK.facts[fact] for one in every for fact in one.may_change):
            assert fact.kind is not FactKind.ACTIVITY
            assert fact.type is not FactType.DATE
            assert not fact.narrative


@pytest.mark.parametrize("name", ["designation-alone", "day-75", "cia-team", "training-approved"])
def test_a_change_typed_as_it_is_shown_turns_the_verdict(name: str, run: Run) -> None:
    found = json.loads(run("settle", name, "--format", "json", "--lens", "ali").stdout)
    # One of each authority, so that each form of value occurs.
    for authority, one in found["authorities"].items():
        for change in (one["changes"] or {"smallest": []})["smallest"][-1:]:
            settings = [f"--set={fact['setting']}" for step in change["steps"] for fact in step["facts"]]
            answer = json.loads(run("evaluate", name, "--format", "json", "--lens", "ali", *settings).stdout)
            assert answer["authorities"][authority]["possible"] == change["possible"]
            assert ("available" in change["possible"]) is one["changes"]["gain"]


def test_a_term_is_one_step_and_shows_the_facts_that_do_not_hold_already() -> None:
    attack = "attack: {status: occurred, location: united_states, is_direct: false, attributed_to_target: false}"
    for facts, lacking in (
        (STRIKE, ["attack_status", "attack_location", "attack_is_direct", "attack_attributed_to_target"]),
        (f"{STRIKE}, {attack}", ["attack_is_direct", "attack_attributed_to_target"]),
    ):
        _, found = settled(written(facts), "article-ii")
        changes = found.authorities["article-ii"].changes
        assert changes is not None
        ((step,),) = [change.steps for change in changes.smallest]
        assert step.term == "direct-attack-on-the-united-states"
        assert step.text == PACK.terms[step.term].text
        assert [one.fact for one in step.facts] == lacking


def test_of_changes_of_as_many_steps_those_of_the_fewest_facts_are_told() -> None:
    """A direct attack would be one step too, of four facts; that Congress has approved is one fact."""
    decision, found = settled_in_full("designation-alone", Unstated.DEFAULT, "text")
    changes = found.authorities["article-ii"].changes
    assert changes is not None
    assert dict(told(changes.smallest, decision)) == {
        frozenset({(name, value)}): (Verdict.AVAILABLE,)
        for name, value in (
            ("target_planned_911", True),
            ("target_aided_or_harbored_911_planners", True),
            ("congressional_approval_status", "granted"),
            ("authorization_by_congress", "specific"),
        )
    }


HARBOUR = shipped.pack_in(shipped.HARBOUR)


YES = (True,)


def in_harbour(rule: Condition, facts: str, implied: Mapping[str, Condition] | None = None) -> Turnings:
    """Return what would turn an authority of one rule, in a small pack; that a pilot is aboard may imply things."""
    pilot = replace(HARBOUR.facts["pilot_aboard"], implies=implied or {})
    charter = HARBOUR.authorities["old-charter"]
    (ground,) = charter.grounds
    elements = (replace(ground.elements[0], rule=Rule(rule)),)
    charter = replace(charter, in_force=None, grounds=(replace(ground, elements=elements),))
    pack = replace(
        HARBOUR,
        facts={**HARBOUR.facts, "pilot_aboard": pilot},
        authorities={**HARBOUR.authorities, "old-charter": charter},
    )
    scenario = build_scenario(f"scenario: A ship\nfacts: {{{facts}}}", "ship.yaml", pack)
    decider = Decider(pack)
    found = settle(decider.decision(scenario), ["old-charter"])
    changes = found.authorities["old-charter"].changes
    assert changes is not None
    return changes


def test_a_change_that_would_bring_an_activity_with_it_does_not_count() -> None:
    """Where nobody says that a ship enters, or it is left open, a pilot aboard would make it another scenario."""
    for entering, settings, cases in (
        ("entering: true, ", ["pilot_aboard=true"], 2),
        ("entering: [false], ", [], 1),
        ("", [], 1),
        ("entering: unknown, ", [], 2),
    ):
        implied = {"true": FactTest("entering", YES)}
        changes = in_harbour(FactTest("pilot_aboard", YES), f"{entering}pilot_aboard: false", implied)
        told = [fact.setting for change in changes.smallest for step in change.steps for fact in step.facts]
        assert (told, changes.cases) == (settings, cases)


def test_a_term_that_lacks_an_activity_is_no_step() -> None:
    sound = AllOf((FactTest("seaworthy", YES), FactTest("fee_paid", YES)))
    tanker = Term("tanker", "A sound tanker.", AllOf((FactTest("cargo", ("oil",)), sound)))
    for cargo, terms in (("cargo: oil, ", ["tanker"]), ("", ["", ""]), ("cargo: unknown, ", ["", ""])):
        (change,) = in_harbour(AnyOf((tanker, sound)), f"{cargo}seaworthy: false, fee_paid: false").smallest
        assert [step.term for step in change.steps] == terms
        assert [fact.setting for step in change.steps for fact in step.facts] == ["seaworthy=true", "fee_paid=true"]


def test_a_count_of_days_changes_only_where_it_is_not_counted_from_a_stated_date() -> None:
    attack = "attack: {status: occurred, location: united_states, is_direct: true, attributed_to_target: true}"
    days = "days_since_hostilities_began"
    for facts, may_change in ((f"{days}: 75", True), ("hostilities_start_date: 2024-11-22", False)):
        _, found = settled(written(f"{STRIKE}, {attack}, {facts}"), "war-powers")
        changes = found.authorities["war-powers"].changes
        assert changes is not None
        assert (days in changes.may_change) is may_change
        assert bool(changes.smallest) is may_change
    _, found = settled(written(f"{STRIKE}, {attack}, {days}: 75"), "war-powers")
    changes = found.authorities["war-powers"].changes
    assert changes is not None
    ((fact,),) = [step.facts for change in changes.smallest for step in change.steps]
    assert (fact.before, fact.after, fact.setting) == ("75", "0 to 60", f"{days}=60")


def test_what_was_assumed_gives_way_and_what_is_stated_does_not() -> None:
    """That there was no attack is assumed, or stated; where it is stated, an attack must be stated instead."""
    for facts in (STRIKE, f"{STRIKE}, attack_status: none"):
        _, found = settled(written(facts), "un-charter-51")
        changes = found.authorities["un-charter-51"].changes
        assert changes is not None
        (change,) = changes.smallest
        assert [fact.setting for step in change.steps for fact in step.facts] == [
            "attack_status=occurred",
            "attack_location=united_states",
            "attack_is_direct=true",
            "attack_attributed_to_target=true",
        ]
        assert [fact.before for step in change.steps for fact in step.facts] == [
            "none",
            "not_applicable",
            "no",
            "no",
        ]


def test_nothing_would_is_said_where_what_is_done_alone_decides() -> None:
    at_home = written("law_enforcement_measures_used: true, operation_location: united_states")
    _, found = settled(at_home, "article-ii", "host-consent")

    for one in found.authorities.values():
        assert one.changes is not None
        assert one.changes.smallest == ()
    # Of a rule that asks for an activity alone there is nothing that a change may state.
    changes = in_harbour(FactTest("entering", (False,)), "entering: true")
    assert (changes.smallest, changes.may_change, changes.cases) == ((), (), 1)


def test_the_cases_are_the_combinations_that_the_rules_tell_apart() -> None:
    compared = 0
    for name in ("drone-attack", "day-75", "cia-team"):
        decision, found = settled_in_full(name, Unstated.DEFAULT)
        for authority, one in found.authorities.items():
            if one.changes is not None and len(one.changes.may_change) < 8:
                assert one.changes.cases == cases_by_trying(decision, PACK.authorities[authority]), (name, authority)
                compared += 1
    assert compared > 20


def cases_by_trying(decision: Decision, authority: Authority) -> int:
    """Count the combinations of values of the facts that may change, of values that nothing tells apart only one."""
    behind = [*reference.conditions_behind(authority)]
    names = sorted(reference.tied({test.fact for test in reference.tests_in(behind)}, PACK.facts))
    behind += [one for name in names for one in reference.demands_on(PACK.facts[name])]
    tests = [*reference.tests_in(behind)]
    may_change = [fact.fact for fact in changeable(decision, authority)]

    def values(name: str) -> list[Value]:
        """Return what the fact may be: one of each kind if it may change, what it is, or anything where it is idle."""
        fact = PACK.facts[name]
        if name not in may_change:
            told = name in decision.stated or fact.kind is FactKind.ACTIVITY
            return values_left(name, decision) if told else [*fact.options]
        kinds: dict[object, Value] = {}
        for value in values_of(fact, decision):
            passed = tuple(meaning.truth_of(test, {name: value}, frozenset()) for test in tests if test.fact == name)
            applies = fact.only_if is not None and value != reference.absent_value(fact)
            kinds.setdefault((passed, applies, fact.implies.get(str(value).lower())), value)
        return [*kinds.values()]

    worlds = (dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*map(values, names)))
    facts = {name: PACK.facts[name] for name in names}
    return len({tuple(world[name] for name in may_change) for world in worlds if possible(world, facts)})


def test_changes_that_differ_in_one_value_and_do_the_same_are_told_as_one() -> None:
    _, found = settled(shipped.scenario("training-approved"), "fid-training")
    changes = found.authorities["fid-training"].changes
    assert changes is not None
    approval = [
        (fact.after, fact.instead, change.possible)
        for change in changes.smallest
        for step in change.steps
        for fact in step.facts
        if fact.fact == "host_legislature_approval"
    ]
    # Where the host asks for an approval, that it has not been asked or is not required is no way to turn it.
    assert approval == [("requested", ("refused",), (Verdict.UNAVAILABLE,))]


# --- what is shown


def test_what_is_quiet_or_not_engaged_is_named_and_shown_on_request() -> None:
    scenario = written("financial_measures_used: true")
    _, found = settled(scenario)
    quiet = [name for name, one in DECIDER.decide(scenario).authorities.items() if one.attention is Attention.QUIET]

    assert [*found.not_raised] == quiet == ["title-50", "cia-sog"]
    assert set(found.not_engaged) | set(found.not_raised) | set(found.authorities) == set(PACK.authorities)
    _, everything = settled(scenario, every=True)
    assert [*everything.authorities] == [*PACK.authorities]
    assert not everything.not_engaged
    _, one = settled(scenario, "fto-designation", "fto-designation")
    assert [*one.authorities] == ["fto-designation"]
    assert [fact.fact for fact in one.ask] == ["fto_designation_in_effect"]


def test_the_questions_and_the_lens_decide_what_would_settle(run: Run) -> None:
    plain = json.loads(run("settle", "designation-alone", "-a", "article-ii", "-f", "json").stdout)
    chosen = run(
        "settle",
        "designation-alone",
        "-a",
        "article-ii",
        "-f",
        "json",
        "--reading",
        "article-ii-without-attack=broad-claim",
    )
    read = json.loads(chosen.stdout)

    assert plain["authorities"]["article-ii"]["verdict"] == "contested"
    assert read["authorities"]["article-ii"]["verdict"] == "available"
    assert read["authorities"]["article-ii"]["changes"]["gain"] is False
    assert read["receipt"]["readings"] == {"article-ii-without-attack": "broad-claim"}


def test_a_table_that_would_be_too_large_is_refused_with_the_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = shipped.scenario("drone-attack")
    decision = DECIDER.decision(scenario)
    answer_of(decision)
    monkeypatch.setattr(worlds, "TOO_LARGE", 1000)
    with pytest.raises(AuthcheckError, match="what would turn `article-ii` cannot be tried: too many facts bear on it"):
        settle(decision, ["article-ii"])


# --- the command


def test_the_json_fits_its_schema(run: Run) -> None:
    validator = Draft7Validator(result_schema("settlement"), format_checker=FormatChecker())
    for unstated in ("default", "unknown"):
        done = run("settle", *list(shipped.PATHS)[::4], "--unstated", unstated, "--all", "--format", "json")
        assert (done.returncode, done.stderr) == (0, "")
        for one in json.loads(done.stdout):
            assert [*validator.iter_errors(one)] == []


def test_several_scenarios_are_a_list_and_a_bad_one_is_reported(run: Run) -> None:
    done = run("settle", "drone-attack", "no-such", "cia-team", "--format", "json")

    assert done.returncode == 3
    assert "no-such" in done.stderr
    assert [one["scenario"] for one in json.loads(done.stdout)] == ["drone-attack", "no-such", "cia-team"]
    records = "".join(f'{{"scenario": "{one}", "facts": {{}}}}\n' for one in "ab").encode()
    told = run("settle", "-", "--format", "json", stdin=records)
    assert [one["title"] for one in json.loads(told.stdout)] == ["a", "b"]
    alone = run("settle", "-", "--format", "json", stdin=b"scenario: a\nfacts: {operation_type: airstrike}\n")
    assert json.loads(alone.stdout)["title"] == "a"
    text = run("settle", "drone-attack", "cia-team").stdout
    assert text.count("For teaching.") == 2


def test_an_authority_that_does_not_exist_is_a_usage_error_with_the_nearest(run: Run) -> None:
    done = run("settle", "drone-attack", "-a", "article-i")
    assert done.returncode == 2
    assert "article-ii" in done.stderr


def test_on_a_terminal_nothing_is_wider_than_it(run: Run) -> None:
    for columns in (60, 100):
        shown = run("settle", "drone-attack", "--unstated", "unknown", "--color", "never", columns=columns).stdout
        assert max(map(len, shown.splitlines())) <= columns


def test_the_text_says_every_fact_that_the_json_names(run: Run) -> None:
    found = json.loads(run("settle", "cia-team", "--format", "json").stdout)
    text = run("settle", "cia-team").stdout
    for one in found["authorities"].values():
        assert one["title"] in text
        for fact in one["needed"]:
            assert f"{fact['question']} [{fact['fact']}]" in text
        smallest = (one["changes"] or {"smallest": []})["smallest"]
        # Of many ways of several steps the text has the first, and says how many more there are.
        shown = smallest if all(len(change["steps"]) == 1 for change in smallest) else smallest[:3]
        assert shown == smallest or f"or in {len(smallest) - len(shown)} more way" in text
        for change in shown:
            for fact in (fact for step in change["steps"] for fact in step["facts"]):
                assert f"→ {value_words(fact['after'])}" in text
                assert f"[{fact['fact']}]" in text


def test_what_has_effects_of_its_own_alone_is_never_called_available(run: Run) -> None:
    words = "in effect: criminal, immigration and financial measures; does not “directly” reach force"
    without = ("designation-alone", "--set", "fto_designation_in_effect=false")
    settled = run("settle", *without, "-a", "fto-designation").stdout
    asked = run("settle", "designation-alone", "--set", "fto_designation_in_effect=unknown", "-a", "fto-designation")
    compared = run("compare", "designation-alone", "--set", "fto_designation_in_effect=false").stdout

    assert f"It would be {words} if\n" in settled
    assert f"yes → {words}; no → unavailable" in asked.stdout
    assert f"so {words} → unavailable" in compared


# --- powers


def of_power(name: str, power: str) -> tuple[Decision, Settlement]:
    decision = DECIDER.decision(shipped.scenario(name))
    return decision, settle(decision, powers=[power])


def after(decision: Decision, setting: str) -> Decision:
    fact, _, value = setting.partition("=")
    return decision.restated(written(f"{fact}: {value}").facts)


@pytest.mark.parametrize("power", ["use-force-abroad", "justify-force-internationally", "enter-host-territory"])
@pytest.mark.parametrize("name", ["invited-raid", "drone-attack", "soleimani", "neptune-spear"])
def test_each_answer_does_to_a_power_what_it_is_said_to_do(name: str, power: str) -> None:
    decision, found = of_power(name, power)
    asked = found.powers[power]

    assert set(found.authorities) >= {*asked.sources, *asked.through}
    assert bool(asked.ask) == (asked.verdict is Verdict.UNDETERMINED)
    for fact in asked.ask:
        for answer in fact.outcomes[power]:
            assert after(decision, answer.setting).powers[power].possible == answer.possible
    for turning in asked.turned_by:
        stated = {fact.fact: fact.setting for step in turning.steps for fact in step.facts}
        changed = decision.restated({name: written(s.replace("=", ": ")).facts[name] for name, s in stated.items()})
        assert changed.powers[power].possible == turning.possible


def test_a_power_that_several_supply_is_turned_by_no_change_of_one_of_them(run: Run) -> None:
    told = run("settle", "drone-attack", "--power", "use-force-abroad", "--plain").stdout
    assert "U.S. authority to use force abroad: available" in told
    assert "None of the smallest changes of what supplies it, which follow, turns it alone." in told

    told = run("settle", "invited-raid", "--power", "enter-host-territory", "--plain").stdout
    assert re.search(r"1\. It would be unavailable if\n +Has the host country consented\?.*\n +given → withdrawn", told)


def test_a_power_that_is_not_needed_is_said_to_be_so(run: Run) -> None:
    assert (
        ": not needed for what is described"
        in run("settle", "drone-attack", "--power", "train-host-forces", "--plain").stdout
    )


def test_a_power_that_does_not_exist_is_a_usage_error(run: Run) -> None:
    done = run("settle", "drone-attack", "--power", "use-force-abrod")
    assert done.returncode == 2
    assert "use-force-abroad" in done.stderr
