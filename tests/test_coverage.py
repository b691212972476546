"""What `test --coverage` says is seen, missed and impossible."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from authcheck import meaning
from authcheck.answer import Decider
from authcheck.asking.coverage import Aspect, Coverage, Outcome, Point, State, coverage_of, points_of_scenario
from authcheck.decision.law_of_the_day import days_of_change
from authcheck.model.authority import Authority
from authcheck.model.condition import Truth
from authcheck.model.fact import FactType, Value
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from tests import reference, shipped
from tests.shipped import Run

PACKS = Path(__file__).resolve().parent / "packs"
NAMES = ("club", "harbour")


def pack_named(name: str) -> Pack:
    return shipped.pack_in(PACKS / name)


def worlds_of(pack: Pack, names: Iterable[str]) -> Iterator[meaning.World]:
    """Return every world of these facts that the vocabulary allows, of numbers those at which something changes."""
    numbers: dict[str, set[int]] = {}
    for test in reference.tests_in(reference.conditions_in(pack)):
        if test.range is not None:
            ends = () if test.range.high is None else (test.range.high, test.range.high + 1)
            numbers.setdefault(test.fact, set()).update([test.range.low, *ends])
    bound = reference.tied(names, pack.facts)
    facts = {name: fact for name, fact in pack.facts.items() if fact.type is not FactType.DATE and name in bound}
    values: list[tuple[Value, ...]] = [
        tuple({fact.minimum, *numbers.get(name, ())}) if fact.type is FactType.NUMBER else tuple(fact.options)
        for name, fact in facts.items()
    ]
    for chosen in itertools.product(*values):
        world = dict(zip(facts, chosen, strict=True))
        if meaning.is_allowed(world, facts):
            yield world


STATES = {Truth.TRUE: State.TRUE, Truth.FALSE: State.FALSE, Truth.SILENT: State.SILENT}


def seen_naively(pack: Pack) -> set[Point]:
    """Return what some world shows of elements, exceptions and readings, world by world and reading by reading."""
    found: set[Point] = set()
    worlds = {
        name: list(worlds_of(pack, {test.fact for test in reference.tests_in(reference.conditions_behind(one))}))
        for name, one in pack.authorities.items()
    }
    for date in (pack.as_of, *days_of_change(pack)):
        day = meaning.day_of(pack, date)
        for authority in (one for name, one in pack.authorities.items() if name in day.in_force):
            asked = reference.questions_behind(authority)
            left = {name: readings for name, readings in every_reading(pack, date).items() if name in asked}
            tested = {test.fact for test in reference.tests_in(reference.conditions_behind(authority))}
            alike = {tuple(world[name] for name in sorted(tested)): world for world in worlds[authority.authority]}
            for world, choice in itertools.product(alike.values(), meaning.choices_of(left)):
                verdict = meaning.verdict_in(authority, world, choice, day)
                if verdict is not Verdict.NOT_ENGAGED:
                    found.update(in_a_world(authority, world, choice, day))
                for name, readings in left.items():
                    others = ({**choice, name: one} for one in readings)
                    if any(meaning.verdict_in(authority, world, one, day) is not verdict for one in others):
                        found.add(Point(authority.authority, Aspect.READING, name, State.DECIDES, reading=choice[name]))
    return found


def every_reading(pack: Pack, date: datetime.date) -> dict[str, tuple[str, ...]]:
    every = {
        name: tuple(reading for reading, view in question.readings.items() if meaning.lasts(view.in_force, date))
        for name, question in pack.questions.items()
    }
    return {name: readings for name, readings in every.items() if readings}


def in_a_world(authority: Authority, world: meaning.World, choice: meaning.Choice, day: meaning.Day) -> Iterator[Point]:
    name = authority.authority
    for ground in authority.grounds:
        if not meaning.exists(ground.only_on, choice) or not meaning.lasts(ground.in_force, day.date):
            continue
        for element in ground.elements:
            truth = meaning.element_truth(element, world, choice, day)
            reading = choice.get(element.question, "")
            if truth is not None:
                yield Point(name, Aspect.ELEMENT, element.element, STATES[truth], ground.ground, reading)
        for exception in ground.exceptions:
            truth = meaning.truth_of(exception.when, world, day.in_force)
            yield Point(name, Aspect.EXCEPTION, exception.exception, STATES[truth], ground.ground)
    for exception in authority.exceptions:
        truth = meaning.truth_of(exception.when, world, day.in_force)
        yield Point(name, Aspect.EXCEPTION, exception.exception, STATES[truth])


def covered(pack: Pack, *, propose: bool = False) -> Coverage:
    return coverage_of({}, Decider(pack), propose=propose)[0]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_called_impossible_is_what_no_world_shows_on_any_reading_at_any_time(name: str) -> None:
    pack = pack_named(name)
    asked = {Aspect.ELEMENT, Aspect.EXCEPTION, Aspect.READING}

    sights = [sight for one in covered(pack).authorities for sight in one.sights]
    possible = {
        sight.point
        for sight in sights
        if sight.point.aspect in asked
        and sight.point.state is not State.OPEN
        and sight.outcome is not Outcome.IMPOSSIBLE
    }

    assert possible == seen_naively(pack)


@pytest.mark.parametrize("name", NAMES)
def test_the_scenarios_proposed_show_everything_that_can_be_shown(name: str) -> None:
    decider = Decider(pack_named(name))
    _, proposals = coverage_of({}, decider, propose=True)

    shown = {one.scenario.id: points_of_scenario(one.scenario, decider) for one in proposals}
    found, more = coverage_of(shown, decider, propose=True)

    assert [
        sight.point.name for one in found.authorities for sight in one.sights if sight.outcome is Outcome.MISSED
    ] == []
    assert more == ()
    assert all(set(one.shows) <= shown[one.scenario.id] for one in proposals)


def test_a_scenario_shows_what_its_facts_make_of_an_element_and_nothing_else(tmp_path: Path, run: Run) -> None:
    story = tmp_path / "story.yaml"
    story.write_text("scenario: A ship\nfacts: {entering: true, permit: refused}\n", encoding="utf-8")

    done = run("test", str(story), "--pack", str(PACKS / "harbour"), "--coverage", "--format", "json")

    coverage = json.loads(done.stdout)["coverage"]
    states = {
        sight["point"]["state"]: sight
        for one in coverage["authorities"]
        for sight in one["sights"]
        if (sight["point"]["authority"], sight["point"]["id"]) == ("harbour-act", "permit-granted")
    }
    assert states["false"]["seen_in"] == ["story"]
    assert (states["true"]["outcome"], states["true"]["reason"]) == ("missed", "false in 1 scenario")
    assert states["true"]["shown_by"] in coverage["proposed"]


def test_what_is_written_is_met_by_its_own_test_and_writes_over_nothing(tmp_path: Path, run: Run) -> None:
    club, folder = str(PACKS / "club"), tmp_path / "missing"
    first = run("test", "--pack", club, "--write-missing", str(folder))
    files = sorted(folder.iterdir())

    assert first.returncode == 0
    assert f"written, to show what is missed: {len(files)} scenarios" in first.stdout
    assert all(file.read_text("utf-8").startswith("# Written to show what no other scenario does:\n") for file in files)
    whole = run("test", str(PACKS / "club" / "scenarios"), str(folder), "--pack", club, "--threshold", "100")
    assert (whole.returncode, whole.stderr) == (0, "")
    again = run("test", "--pack", club, "--write-missing", str(folder))
    assert again.returncode == 2
    assert "--force writes over" in again.stderr


def test_less_than_the_threshold_fails_and_says_how_much_it_is(run: Run) -> None:
    done = run("test", "--pack", str(PACKS / "club"), "--threshold", "100", "--format", "junit")

    assert done.returncode == 1
    assert "% of what can be shown is, and 100 % is asked for [coverage-below-threshold]" in done.stderr


def test_what_is_shown_of_one_authority_counts_alone_where_it_is_named(run: Run) -> None:
    pack = ("--pack", str(PACKS / "harbour"))
    whole = run("test", *pack, "--coverage", "--format", "json")
    alone = run("test", *pack, "--coverage", "-a", "pilot-boat", "--format", "json")

    of = {one["authority"]: one for one in json.loads(whole.stdout)["coverage"]["authorities"]}
    coverage = json.loads(alone.stdout)["coverage"]
    seen = {point["state"]: point["seen_in"] for point in _points(of["pilot-boat"])}
    (only,) = coverage["authorities"]
    assert {point["state"]: point["seen_in"] for point in _points(only)} == seen
    assert (coverage["seen"], coverage["possible"]) == (of["pilot-boat"]["seen"], of["pilot-boat"]["possible"])


@pytest.mark.parametrize(("options", "said"), [(("--coverage",), "did you mean"), ((), "what `--coverage` tells")])
def test_an_authority_that_is_none_or_has_nothing_to_limit_is_refused(
    options: tuple[str, ...], said: str, run: Run
) -> None:
    done = run("test", "--pack", str(PACKS / "harbour"), "-a", "pilot-bot", *options)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def _points(authority: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**sight["point"], "seen_in": sight["seen_in"]} for sight in authority["sights"]]


def test_a_screen_has_a_line_for_each_authority_and_the_first_misses_with_their_reasons(run: Run) -> None:
    done = run("test", "--pack", str(PACKS / "club"), "--coverage")

    assert done.returncode == 0
    assert "  rule-book: " in done.stdout
    assert "`--write-missing DIR` writes scenarios that show what is missed" in done.stdout
    assert all(len(line) < 220 for line in done.stdout.splitlines())
