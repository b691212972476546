"""What a story suggests is what it says: not what it denies, doubts or tells of another course."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from authcheck.asking.suggestions import suggestions
from authcheck.decision.known import know
from authcheck.evaluation.worlds import Vocabulary
from tests import shipped
from tests.shipped import ROOT, Run

PACK = shipped.pack()


def suggested(story: str) -> dict[str, bool | str]:
    return {one.fact: one.value for one in suggestions(story, PACK, PACK.as_of)}


@pytest.mark.parametrize(
    ("story", "facts"),
    [
        ("The host has consented.", {"host_consent_status": "given"}),
        ("The host has not consented.", {}),
        ("The host hasn't consented, and nobody was asked.", {}),
        ("If the host has consented, they go.", {}),
        ("Whether the host has consented is open.", {}),
        ("Nobody says that the host has consented.", {}),
        ("Or the host has consented.", {}),
        ("The host has consented, and later it refused.", {}),
        ("The host has consented. The host has refused.", {}),
        ("The president approves it.", {"presidential_approval": True}),
        ("The president has not approved it.", {"presidential_approval": False}),
        ("The president never approved it.", {"presidential_approval": False}),
        ("The committees were told, but not the president.", {"intelligence_committees_notified": True}),
        ("The committees were not told.", {"intelligence_committees_notified": False}),
        ("He is a U.S. citizen.", {"target_is_us_person": True}),
        ("They are not U.S. citizens.", {"target_is_us_person": False}),
        ("Congress authorized drone strikes on them.", {}),
        ("A drone strike follows.", {"operation_type": "airstrike", "delivery_means": "drone"}),
        ("A drone-strike follows.", {"operation_type": "airstrike", "delivery_means": "drone"}),
        ("The air strike is in aid of a raid.", {}),
        ("It was a direct attack.", {}),
        # A word within longer ones that say something else.
        ("FBI agents raid a house.", {"operation_type": "law_enforcement", "conducting_element": "us_law_enforcement"}),
        ("They raid a house.", {"operation_type": "ground_raid"}),
        ("It was an air raid.", {"operation_type": "airstrike"}),
        ("The host refused consent.", {"host_consent_status": "refused"}),
        ("The host withheld its consent.", {"host_consent_status": "refused"}),
        ("The host's ministry had turned them down.", {"host_consent_status": "refused"}),
        ("Nobody withheld permission.", {}),
        ("Army Rangers wait.", {"conducting_element": "us_special_operations_forces"}),
        (
            "Guardsmen are guarding a courthouse.",
            {
                "operation_type": "protection_at_home",
                "conducting_element": "us_national_guard",
                "operation_location": "united_states",
            },
        ),
        ("Congress was never asked.", {"congressional_approval_status": "not_sought"}),
    ],
)
def test_a_story_suggests_what_it_says(story: str, facts: dict[str, bool | str]) -> None:
    assert suggested(story) == facts


def test_a_suggestion_shows_the_words_with_their_denial() -> None:
    (one,) = suggestions("Last week the president\nhas not yet approved anything.", PACK, PACK.as_of)
    assert one.words == "president has not yet approved"


@pytest.mark.parametrize("name", shipped.PATHS)
def test_what_a_shipped_story_suggests_never_contradicts_its_facts(name: str) -> None:
    scenario = shipped.scenario(name)
    for part in scenario.parts:
        day = part.as_of or PACK.as_of
        known = know(Vocabulary(PACK.facts), part.facts, part.unstated, day).facts
        for one in suggestions(scenario.description, PACK, day):
            stated = part.facts.get(one.fact)
            if stated is not None and not stated.unknown:
                assert one.value in stated.values, one
            elif known[one.fact].origin.value in {"implied", "derived"}:
                assert one.value in known[one.fact].allowed, one


def other_stories() -> Iterator[tuple[str, str, dict[str, tuple[bool | str, ...]]]]:
    told = runpy.run_path(str(ROOT / "tests" / "bench" / "suggestions.py"))["other_stories"]
    yield from (*told("known"), *told("held"))


@pytest.mark.parametrize("told", [*other_stories()], ids=lambda told: str(told[0]))
def test_no_other_story_is_contradicted(told: tuple[str, str, dict[str, tuple[bool | str, ...]]]) -> None:
    _, story, facts = told
    assert {name: value for name, value in suggested(story).items() if value not in facts.get(name, (value,))} == {}


STORY = "The president orders one airstrike on the cartel.\n\nCongress was not asked; # suggested: none: here."


def test_a_file_is_begun_from_a_story_and_states_nothing_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    path = tmp_path / "a.yaml"
    assert run("new", str(path), "--from-text", str(tmp_path / "story.txt")).returncode == 0
    scenario = shipped.scenario_in(path)
    text = path.read_text(encoding="utf-8")

    assert scenario.description == STORY
    assert [one.said for one in scenario.facts.values()] == ["unknown"]
    assert "  # suggested: congressional_approval_status: not_sought  # Congress was not asked\n" in text
    assert "  operation_type: unknown  # suggested: operation_type: airstrike  # one airstrike\n" in text or (
        "  operation_type: unknown  # suggested: operation_type: airstrike  # airstrike\n" in text
    )

    left = run("check", str(path), "--format", "concise")
    assert left.returncode == 1
    assert left.stdout.count("[suggestion-left]") == text.count("# suggested: ") - 1 == 5


def test_a_suggestion_that_is_taken_is_stated_and_no_more_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    path = tmp_path / "a.yaml"
    run("new", str(path), "--from-text", str(tmp_path / "story.txt"))
    taken = path.read_text(encoding="utf-8").replace("operation_type: unknown  # suggested: ", "")
    path.write_text(taken.replace("  # suggested: ", "  "), encoding="utf-8")

    facts = shipped.scenario_in(path).facts
    assert facts["operation_type"].said == "airstrike"
    assert facts["presidential_approval"].said == "yes"
    assert run("check", str(path)).returncode == 0
