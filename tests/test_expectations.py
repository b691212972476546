from __future__ import annotations

from pathlib import Path

import pytest

from authcheck.asking.expectations import Aspect, check_expectations
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.scenarios import build_scenario
from tests import shipped
from tests.shipped import Run

STORY = """
scenario: A designation, and nothing else
facts:
  uses_armed_force: true
  fto_designation_in_effect: true
{more}
"""


def results(more: str) -> list[tuple[bool, tuple[tuple[Aspect, str, str, str], ...]]]:
    scenario = build_scenario(STORY.format(more=more), "story.yaml", shipped.pack(), id="story")
    return [
        (one.met, tuple((each.aspect, each.authority, each.expected, each.got) for each in one.differences))
        for one in check_expectations(shipped.decider(), scenario)
    ]


@pytest.mark.parametrize("name", shipped.EVERY_PATH)
def test_every_shipped_scenario_is_answered_as_expected(name: str) -> None:
    scenario = shipped.scenario(name)

    found = check_expectations(shipped.decider(), scenario)

    assert [one.differences for one in found] == [()] * len(scenario.expect)


def test_without_expectations_there_are_no_results() -> None:
    assert results("") == []


def test_a_subset_is_compared_and_no_more() -> None:
    more = "expect: {match: subset, verdicts: {fto-designation: available}}"

    assert results(more) == [(True, ())]


def test_a_verdict_that_differs_is_named_with_what_came_out() -> None:
    more = "expect: {match: subset, verdicts: {fto-designation: available, cartel-aumf: available}}"

    assert results(more) == [
        (False, ((Aspect.VERDICT, "cartel-aumf", "available", "unavailable"),)),
    ]


def test_a_difference_carries_its_place_and_the_reason_of_the_answer() -> None:
    text = STORY.format(more="expect:\n  match: subset\n  verdicts:\n    cartel-aumf: available")
    scenario = build_scenario(text, "story.yaml", shipped.pack(), id="story")

    (result,) = check_expectations(shipped.decider(), scenario)
    (difference,) = result.differences

    assert (result.scenario, result.lens, result.unstated) == ("story", "documents", "default")
    assert str(difference.place) == "story.yaml:9:5"
    assert difference.possible == ("unavailable",)
    assert "tailored authorization" in difference.reason


def test_an_expectation_may_name_its_lens_and_what_is_unstated() -> None:
    more = """
  conducting_element: us_armed_forces
  operation_location: host_country
expect:
  - {match: subset, lens: documents, verdicts: {article-ii: contested}}
  - {match: subset, lens: waxman, verdicts: {article-ii: available}}
  - {match: subset, lens: waxman, verdicts: {article-ii: contested}}
"""

    assert results(more) == [
        (True, ()),
        (True, ()),
        (False, ((Aspect.VERDICT, "article-ii", "contested", "available"),)),
    ]


def test_an_expectation_takes_what_is_unstated_from_the_scenario() -> None:
    more = """
unstated: absent
expect:
  - {match: subset, verdicts: {title-50: unavailable}}
  - {match: subset, unstated: default, verdicts: {title-50: undetermined}}
"""

    assert [met for met, _ in results(more)] == [True, True]


def test_what_is_relied_on_is_compared_as_a_set() -> None:
    facts = (
        "  operation_location: host_country\n  days_since_hostilities_began: 1\n  conducting_element: us_armed_forces\n"
    )
    more = (
        facts
        + """
expect:
  - {match: subset, lens: waxman, relies_on: [article-ii], verdicts: {}}
  - {match: subset, lens: waxman, relies_on: [article-ii, article-ii], verdicts: {}}
  - {match: subset, lens: waxman, relies_on: [title-50], verdicts: {}}
  - {match: subset, lens: waxman, verdicts: {article-ii: available}}
"""
    )

    assert results(more) == [
        (True, ()),
        (True, ()),
        (
            False,
            (
                (Aspect.RELIES_ON, "article-ii", "no", "yes"),
                (Aspect.RELIES_ON, "title-50", "yes", "no"),
            ),
        ),
        (True, ()),
    ]


def test_facts_that_contradict_one_another_are_no_result() -> None:
    more = "  operation_type: airstrike\nexpect: {match: subset, relies_on: [], verdicts: {}}"
    text = STORY.format(more=more).replace("uses_armed_force: true", "uses_armed_force: false")
    scenario = build_scenario(text, "story.yaml", shipped.pack(), id="story")

    with pytest.raises(AuthcheckError, match="no situation has these facts together"):
        check_expectations(shipped.decider(), scenario)


SHIP = (
    "scenario: A ship # in a storm\r\n"
    "facts: {entering: true, permit: sought, storm: raging, cargo: grain, pilot_aboard: true}\n"
)
# What is expected, as it stands and as it is written.
CORRECTED = {
    "a verdict, beside its comment": (
        "expect:\n  match: subset\n  verdicts:\n    storm-shelter: silent   # so it is said\n# The end.\n",
        "expect:\n  match: subset\n  verdicts:\n    storm-shelter: available   # so it is said\n# The end.\n",
    ),
    "an authority left out of braces": (
        "expect: {verdicts: {harbour-act: undetermined, old-charter: unavailable, storm-shelter: available}}\n",
        (
            "expect: {verdicts: {harbour-act: undetermined, old-charter: unavailable, storm-shelter: available, "
            "pilot-boat: available}}\n"
        ),
    ),
    "all of them": (
        "expect: {verdicts: {}}",
        (
            "expect: {verdicts: {harbour-act: undetermined, storm-shelter: available, pilot-boat: available, "
            "old-charter: unavailable}}"
        ),
    ),
    "authorities left out of lines, with other line ends and none at the end": (
        "expect:\r\n- verdicts:\r\n    harbour-act: silent # so\r\n    storm-shelter: available",
        (
            "expect:\r\n- verdicts:\r\n    harbour-act: undetermined # so\r\n    storm-shelter: available\r\n"
            "    pilot-boat: available\r\n    old-charter: unavailable"
        ),
    ),
    "what is relied on, in brackets": (
        "expect: {match: subset, relies_on: [pilot-boat, old-charter], verdicts: {}}\n",
        "expect: {match: subset, relies_on: [storm-shelter], verdicts: {}}\n",
    ),
    "what is relied on, line by line": (
        "expect:\n  match: subset\n  relies_on:\n    - storm-shelter\n    - old-charter\n  verdicts: {}\n",
        "expect:\n  match: subset\n  relies_on:\n    - storm-shelter\n  verdicts: {}\n",
    ),
    "each of several": (
        (
            "expect:\n- {match: subset, verdicts: {storm-shelter: silent}}\n- match: subset\n  lens: master\n"
            "  verdicts: {storm-shelter: silent}\n"
        ),
        (
            "expect:\n- {match: subset, verdicts: {storm-shelter: available}}\n- match: subset\n  lens: master\n"
            "  verdicts: {storm-shelter: available}\n"
        ),
    ),
}
CORRECT = ("test", "ship.yaml", "--write", "--pack", str(shipped.HARBOUR))


@pytest.mark.parametrize("case", CORRECTED)
def test_what_is_expected_is_corrected_and_the_rest_of_the_file_stays(case: str, run: Run, tmp_path: Path) -> None:
    before, after = CORRECTED[case]
    file = tmp_path / "ship.yaml"
    file.write_bytes(f"\ufeff{SHIP}{before}".encode())

    done = run(*CORRECT, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "written, so that these are met now: ship.yaml\n" in done.stdout
    assert file.read_bytes().decode() == f"\ufeff{SHIP}{after}"
    again = run(*CORRECT, cwd=tmp_path)
    assert (again.returncode, "written" in again.stdout) == (0, False)


def test_a_file_that_cannot_safely_be_corrected_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ship.yaml"
    expected = "expect:\n  relies_on: [old-charter, # why\n    storm-shelter]\n  match: subset\n  verdicts: {}\n"
    file.write_text(SHIP + expected, encoding="utf-8", newline="")

    done = run(*CORRECT, cwd=tmp_path)

    assert done.returncode == 3
    assert "[not-corrected]" in done.stderr
    assert file.read_bytes().decode() == SHIP + expected


def test_what_stands_in_no_file_of_its_own_is_not_corrected(run: Run, tmp_path: Path) -> None:
    text = f"{SHIP}expect: {{match: subset, verdicts: {{storm-shelter: silent}}}}\n"

    done = run("test", "-", "--write", "--pack", str(shipped.HARBOUR), stdin=text.encode(), cwd=tmp_path)

    assert (done.returncode, "[not-corrected]" in done.stderr) == (3, True)


EXPECTED = "  verdicts:\n    harbour-act: undetermined\n    storm-shelter: available\n"
EXPECTED += "    pilot-boat: available\n    old-charter: unavailable\n"
# What follows `SHIP`, which expects nothing, and what of it stands before and behind what is written.
BEGUN = {
    "behind the last comment": ("# The end.\n", "# The end.\n", ""),
    "where the last line has no end": ("description: |\n  A ship.", "description: |\n  A ship.\n", ""),
    "before the end of the document": ("# So.\n...\n", "# So.\n", "...\n"),
    "of each course of action": ("options: {gone: {storm: none}}\n", "options: {gone: {storm: none}}\n", ""),
}


@pytest.mark.parametrize("case", BEGUN)
def test_a_scenario_that_expects_nothing_is_given_what_its_answer_is(case: str, run: Run, tmp_path: Path) -> None:
    before, kept, end = (text.replace("\n", "\r\n") for text in BEGUN[case])
    file = tmp_path / "ship.yaml"
    file.write_bytes((SHIP + before).encode())

    done = run(*CORRECT, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "written, so that these are met now: ship.yaml\n" in done.stdout
    written = file.read_bytes().decode()
    expected = f"expect:\n- relies_on: [storm-shelter]\n{EXPECTED}".replace("\n", "\r\n")
    assert written.startswith(SHIP + kept + expected)
    assert written.endswith(end)
    assert "- option: gone\r\n" in written or "options" not in before
    again = run(*CORRECT, cwd=tmp_path)
    assert (again.returncode, "written" in again.stdout) == (0, False)
    assert file.read_bytes().decode() == written


def test_each_of_several_activities_is_given_what_its_answer_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    head = "scenario: Two ships\nfacts: {entering: true}\n"
    file.write_text(f"{head}activities: {{first: {{storm: raging}}, second: {{storm: none}}}}\n", encoding="utf-8")

    done = run("test", "two.yaml", "--write", "--pack", str(shipped.HARBOUR), cwd=tmp_path)

    assert done.returncode == 0
    assert [line for line in file.read_text(encoding="utf-8").splitlines() if "activity:" in line] == [
        "- activity: first",
        "- activity: second",
    ]


def test_a_scenario_on_one_line_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ship.yaml"
    file.write_text("{scenario: A ship, facts: {entering: true}}\n", encoding="utf-8")

    done = run(*CORRECT, cwd=tmp_path)

    assert (done.returncode, "cannot be added to" in done.stderr) == (3, True)
    assert file.read_text(encoding="utf-8") == "{scenario: A ship, facts: {entering: true}}\n"


COURSES = """
scenario: A designation, with or without a strike
facts: {fto_designation_in_effect: true}
options:
  strike: {operation: {type: airstrike, location: host_country}, conducting_element: us_armed_forces}
expect:
  - {match: subset, verdicts: {article-ii: not-engaged}}
  - {option: OPTION, match: subset, verdicts: {article-ii: not-engaged}}
"""


def test_a_course_of_action_is_answered_where_something_is_expected_of_it() -> None:
    text = COURSES.replace("OPTION", "strike")
    scenario = build_scenario(text, "courses.yaml", shipped.pack(), id="courses")

    as_it_stands, struck = check_expectations(shipped.decider(), scenario)

    assert as_it_stands.met
    assert [(one.authority, one.got) for one in struck.differences] == [("article-ii", "contested")]
    assert struck.name == "courses, strike (lens documents, unstated default)"


def test_an_unknown_course_of_action_is_named_with_the_nearest() -> None:
    text = COURSES.replace("OPTION", "strikes")

    with pytest.raises(AuthcheckError) as raised:
        build_scenario(text, "courses.yaml", shipped.pack())

    (problem,) = raised.value.diagnostics
    assert (problem.message, problem.help) == (
        "`strikes` is no course of action of the scenario",
        "did you mean `strike`?",
    )


def test_what_is_expected_of_a_course_of_action_is_corrected_in_its_place(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "courses.yaml"
    file.write_text(COURSES.replace("OPTION", "strike"), encoding="utf-8")

    assert run("test", str(file), "--write").returncode == 0

    before = "{option: strike, match: subset, verdicts: {article-ii: not-engaged}}"
    after = "{option: strike, match: subset, verdicts: {article-ii: contested}}"
    assert file.read_text(encoding="utf-8") == COURSES.replace("OPTION", "strike").replace(before, after)
    assert "expected" not in run("test", str(file)).stdout


def test_who_leaves_what_is_expected_empty_is_told_what_writes_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("scenario: A\nfacts: {operation_type: airstrike}\nexpect:\n", encoding="utf-8")
    assert "help: leave it out: `authcheck test --write` writes" in run("check", str(file)).stdout
