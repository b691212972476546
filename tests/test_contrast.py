"""What differs between two answers, between courses of action, and between readings."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from authcheck.asking.contrast.causes import CauseKind
from authcheck.asking.contrast.comparison import Comparison, Side, comparison
from authcheck.asking.contrast.readings import readings_table
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layouts.comparison import comparison_layout
from tests import shipped
from tests.shipped import Run

NAMES = list(shipped.PATHS)
# Each scenario on either side of another: as good as all pairs, and sooner done.
PAIRS = [(name, NAMES[(number + 5) % len(NAMES)]) for number, name in enumerate(NAMES)]


@cache
def side(name: str) -> Side:
    return Side(shipped.decider().decision(shipped.scenario(name)), shipped.decider().decide(shipped.scenario(name)))


@cache
def compared(one: str, other: str) -> Comparison:
    return comparison(side(one), side(other))


def found(run: Run, *arguments: str) -> Any:  # noqa: ANN401 - it is what JSON holds.
    done = run("compare", *arguments, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def differing(result: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        one["authority"]: (one["first"]["verdict"], one["second"]["verdict"])
        for one in result["authorities"]
        if one["differs"]
    }


def causes(result: Mapping[str, Any], authority: str) -> list[str]:
    one = next(one for one in result["authorities"] if one["authority"] == authority)
    return [each["id"] or each["kind"] for each in one["causes"]]


# Two answers.


def test_a_fact_that_changes_a_verdict_is_named_first(run: Run) -> None:
    done = run("compare", "drone-attack", "--set", "attack_attributed_to_target=false")
    assert (done.returncode, done.stderr) == (0, "")
    chain = done.stdout.splitlines()[3:]
    assert chain[0] == "Is the attack held to be the target's work? yes → no"
    assert chain[1] == "  Article II, the president's own power"
    assert chain[2].startswith("    A direct attack on the United States is answered")
    assert chain[2].endswith(
        ": met (not asked on broad-claim; met on attack-or-congress) → "
        "contested (not asked on broad-claim; not met on attack-or-congress)"
    )
    level = "“at least up to a certain level”"
    assert chain[4] == f"    so available, {level} → contested, {level}, “likely”"
    assert chain[6] == "      second: Does Article II suffice without a direct attack on the United States?"


def test_what_differs_is_what_was_set(run: Run) -> None:
    result = found(run, "drone-attack", "--set", "attack_attributed_to_target=false")
    assert differing(result) == {
        "article-ii": ("available", "contested"),
        "un-charter-51": ("available", "silent"),
        "war-powers": ("available", "silent"),
    }
    assert all(causes(result, name) == ["attack_attributed_to_target"] for name in differing(result))


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_does_not_differ_from_itself(name: str) -> None:
    result = comparison(side(name), side(name))
    assert (result.changes, result.facts, result.passages) == ((), {}, {})
    assert not [one for one in result.authorities if one.differs]
    assert not [one for one in result.powers if one.differs]
    assert not [one for one in result.duties if one.differs]
    assert not [one for one in result.cautions if one.differs]
    assert not [one for one in result.authorities if one.findings or one.causes]
    assert any("No difference" in line.text for line in comparison_layout(result, everything=False))


def test_no_difference_is_an_answer(run: Run) -> None:
    done = run("compare", "drone-attack", "drone-attack")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No difference: every verdict is the same, for the same reason." in done.stdout


def test_a_change_that_does_nothing_is_said_to_do_nothing(run: Run) -> None:
    shown = run("compare", "drone-attack", "--set", "delivery_means=standoff_weapon").stdout
    assert "No difference" in shown
    assert "Differs too, and changes no verdict: By what means is it carried out? drone → standoff weapon" in shown


def mirrored(result: Comparison) -> Comparison:
    """Return the comparison seen from the other side."""

    def swapped(one: Any) -> Any:  # noqa: ANN401 - it is any part of a comparison.
        pairs = [("first", "second"), ("first_due", "second_due")]
        here = [pair for pair in pairs if hasattr(one, pair[0])]
        values = {name: getattr(one, other) for pair in here for name, other in (pair, pair[::-1])}
        for name in ("causes", "findings"):
            if hasattr(one, name):
                values[name] = tuple(map(swapped, getattr(one, name)))
        return replace(one, **values)

    lists: dict[str, Any] = {
        name: tuple(map(swapped, getattr(result, name)))
        for name in ("changes", "uncounted", "authorities", "powers", "duties", "cautions")
    }
    return replace(
        result,
        first=result.second,
        second=result.first,
        first_relies_on=result.second_relies_on,
        second_relies_on=result.first_relies_on,
        facts={name: swapped(one) for name, one in result.facts.items()},
        **lists,
    )


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_other_way_round_a_comparison_is_its_mirror_image(one: str, other: str) -> None:
    assert comparison(side(other), side(one)) == mirrored(compared(one, other))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_difference_is_real_and_every_authority_is_there_once(one: str, other: str) -> None:
    first, second = side(one).answer, side(other).answer
    result = compared(one, other)
    assert [each.authority for each in result.authorities] == list(shipped.pack().authorities)
    for each in result.authorities:
        name = each.authority
        here, there = first.authorities[name], second.authorities[name]
        assert each.differs == ((here.verdict, here.possible) != (there.verdict, there.possible))
        assert bool(each.causes) == each.differs
        assert set(each.causes) <= set(result.changes)
        assert not [part for part in each.findings if part.first == part.second]
    for power in result.powers:
        assert power.differs == (power.first != power.second)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_causes_a_difference_does_it(one: str, other: str) -> None:
    result = compared(one, other)
    if any(each.kind is not CauseKind.FACT for each in result.changes):
        return
    for each in result.authorities:
        facts = dict(shipped.scenario(one).facts)
        for cause in each.causes:
            facts.pop(cause.id, None)
            if cause.id in shipped.scenario(other).facts:
                facts[cause.id] = shipped.scenario(other).facts[cause.id]
        changed = shipped.decider().decision(replace(shipped.scenario(one), facts=facts)).case(each.authority).possible
        engaged = [Verdict.NOT_ENGAGED not in possible for possible in (each.first.possible, each.second.possible)]
        if engaged[0] == engaged[1]:
            assert changed == each.second.possible
        else:
            assert (Verdict.NOT_ENGAGED not in changed) == engaged[1]


BEFORE_REPEAL, AFTER_REPEAL = "2025-12-17", "2025-12-18"


def test_two_dates_around_a_repeal_differ_in_what_was_repealed(run: Run) -> None:
    result = found(run, "soleimani", "--as-of", BEFORE_REPEAL, "--as-of", AFTER_REPEAL)
    assert differing(result) == {"aumf-2002": ("available", "unavailable")}
    assert causes(result, "aumf-2002") == ["date"]
    (finding,) = next(one for one in result["authorities"] if one["differs"])["findings"]
    assert (finding["kind"], finding["first"]["outcome"], finding["second"]["outcome"]) == ("in-force", "true", "false")
    assert "ndaa-fy2026-repeal" in result["passages"]
    shown = run("compare", "soleimani", "--as-of", BEFORE_REPEAL, "--as-of", AFTER_REPEAL).stdout.splitlines()
    assert shown[3] == f"the date: {BEFORE_REPEAL} → {AFTER_REPEAL}"


def test_one_date_is_held_against_the_scenarios_own(run: Run) -> None:
    result = found(run, "soleimani", "--as-of", AFTER_REPEAL)
    assert [result[name]["receipt"]["as_of"] for name in ("first", "second")] == ["2020-12-31", AFTER_REPEAL]
    assert differing(result) == {"aumf-2002": ("available", "unavailable")}


def test_a_day_count_that_stands_still_between_two_dates_is_said_to(run: Run) -> None:
    dates = ("--as-of", "2025-02-04", "--as-of", "2025-06-04")
    shown = run("compare", "cia-team", *dates).stdout
    assert "No difference" in shown
    assert (
        "Not counted: days_since_hostilities_began is 0 (assumed) on both dates, since hostilities_start_date is not "
        "known. To have it counted, add `--set hostilities_start_date=YYYY-MM-DD`.\n"
    ) in shown
    stated = run("compare", "day-75", *dates).stdout
    assert "days_since_hostilities_began is 75 on both dates, " in stated
    assert "state hostilities_start_date in its place." in stated
    counted = run("compare", "cia-team", *dates, "--set", "hostilities_start_date=2025-02-01").stdout
    assert "Not counted" not in counted
    # Nothing that is engaged counts days.
    assert "Not counted" not in run("compare", "arrests-at-home", *dates).stdout


def test_the_days_that_a_date_counts_are_shown_with_it(run: Run) -> None:
    result = found(run, "drone-attack", "--set", "days_since_hostilities_began=61")
    assert differing(result) == {"article-ii": ("available", "silent"), "war-powers": ("available", "unavailable")}
    counted = found(run, "authorities/scenarios/drone-attack.yaml", "--unstated", "unknown")
    assert counted["changes"][0]["kind"] == "unstated"


def test_two_lenses_differ_in_the_readings_that_they_admit(run: Run) -> None:
    arguments = ["monthly-raids", "--lens", "ali", "--lens", "waxman", "--unstated", "absent", "--unstated", "absent"]
    result = found(run, *arguments)
    assert differing(result) == {
        "article-ii": ("unavailable", "available"),
        "title-50": ("silent", "available"),
    }
    assert causes(result, "article-ii") == ["article-ii-without-attack"]
    assert causes(result, "title-50") == ["title-50-repetition"]
    shown = run("compare", *arguments).stdout
    assert "Does Title 50 carry more than one operation? one-off → programme" in shown
    assert "It is one operation, or a programme is accepted: silent → not asked" in shown


def test_one_reading_is_held_against_all_that_the_lens_admits(run: Run) -> None:
    result = found(run, "designation-alone", "--reading", "article-ii-without-attack=attack-or-congress")
    assert differing(result) == {"article-ii": ("contested", "unavailable")}
    assert causes(result, "article-ii") == ["article-ii-without-attack"]


def test_a_ground_that_the_readings_of_one_side_leave_out_is_said_to_be_left_out(run: Run) -> None:
    shown = run("compare", "al-baghdadi", "--lens", "text").stdout
    assert "is one of the groups that the authorization has been used against: met → left out by" in shown


def test_what_is_not_stated_can_be_taken_in_two_ways(run: Run) -> None:
    result = found(run, "title-50-raid", "--unstated", "absent")
    assert causes(result, "host-consent") == ["unstated"]
    shown = run("compare", "title-50-raid", "--unstated", "absent").stdout
    assert "what is not stated: default → absent" in shown
    assert "fact: Has the host country consented? none or requested or given or refused → none (assumed)" in shown


def test_two_courses_of_action_are_compared_like_two_scenarios(run: Run) -> None:
    result = found(run, "three-courses", "--option", "strike", "--option", "title-50-raid")
    assert [result[name]["option"] for name in ("first", "second")] == ["strike", "title-50-raid"]
    assert differing(result) == {"title-50": ("undetermined", "available")}
    assert "title-50" in result["second_relies_on"]
    once = found(run, "three-courses", "--option", "strike")
    assert [once[name]["option"] for name in ("first", "second")] == ["", "strike"]


def test_with_two_scenarios_an_option_holds_for_both(run: Run) -> None:
    result = found(run, "drone-attack", "day-75", "--lens", "ali", "--set", "presidential_approval=true")
    assert {result[name]["receipt"]["lens"] for name in ("first", "second")} == {"ali"}
    assert "presidential_approval" not in result["facts"]


def test_the_environment_says_what_holds_on_the_first_side(run: Run) -> None:
    done = run("compare", "monthly-raids", "--lens", "waxman", "-f", "json", AUTHCHECK_LENS="ali")
    result = json.loads(done.stdout)
    assert [result[name]["receipt"]["lens"] for name in ("first", "second")] == ["ali", "waxman"]
    both = json.loads(run("compare", "day-75", "drone-attack", "-f", "json", AUTHCHECK_LENS="ali").stdout)
    assert [both[name]["receipt"]["lens"] for name in ("first", "second")] == ["ali", "ali"]


def test_a_duty_that_is_met_is_a_difference_without_a_verdict(run: Run) -> None:
    shown = run("compare", "title-50-raid", "--set", "presidential_finding=false").stdout
    assert "\nNo verdict differs.\n" in shown
    assert "so " not in [line.strip()[:3] for line in shown.splitlines()]
    assert re.search(r"Set forth in a finding .*\(the President\): done → ", shown)
    assert "changes no verdict: Has the president made a finding? yes → no" in shown


@pytest.mark.parametrize(("one", "other"), PAIRS[::4])
def test_with_all_every_authority_is_shown_once(one: str, other: str) -> None:
    lines = [line.text.strip() for line in comparison_layout(compared(one, other), everything=True)]
    # What it would rely on names powers, one of which is called as an authority is.
    powers = [
        power.title
        for power in compared(one, other).powers
        if {power.first.needed, power.second.needed} != {Need.NOT_NEEDED}
    ]
    for authority in shipped.pack().authorities.values():
        # What was claimed of an authority has a line of its own, under a heading of its own.
        claimed = re.compile(r": [a-z, ]*claimed[a-z, ]* → [a-z, ]*claimed[a-z, ]*$")
        rows = [
            line
            for line in lines
            if (line == authority.title or line.startswith(f"{authority.title}: ")) and not claimed.search(line)
        ]
        assert len(rows) == 1 + powers.count(authority.title)


def test_without_all_what_is_the_same_is_counted(run: Run) -> None:
    shown = run("compare", "soleimani", "--as-of", AFTER_REPEAL).stdout
    same = len(shipped.pack().authorities) - 1
    assert f"The same on both sides: {same} authorities (`--all` lists what is the same)" in shown
    listed = run("compare", "soleimani", "--as-of", AFTER_REPEAL, "--all").stdout
    assert "  Authorization for Use of Military Force (2001): available (" in listed


def test_a_scenario_is_read_from_standard_input(run: Run) -> None:
    record = b'{"scenario": "A strike", "facts": {"operation_type": "airstrike", "operation_location": "host_country"}}'
    done = run("compare", "-", "--set", "attack_status=occurred", "-f", "json", stdin=record)
    assert done.returncode == 0
    assert json.loads(done.stdout)["changes"][0]["id"] == "attack_status"
    many = run("compare", "-", "day-75", stdin=record + b"\n" + record + b"\n")
    assert (many.returncode, many.stdout) == (2, "")
    assert "more than one scenario" in many.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["drone-attack"], "nothing to compare with"),
        (["drone-attack", "--courses"], "the scenario has no `options:`"),
        (["three-courses", "--courses", "--readings"], "--courses and --readings exclude each other"),
        (["three-courses", "day-75", "--precedents"], "--precedents takes one scenario"),
        (["three-courses", "--courses", "--lens", "ali", "--lens", "all"], "give each option once"),
        (["three-courses", "--courses", "--option", "strike"], "all courses of action are set side by side"),
        (["-", "-"], "standard input may stand for one of the two"),
        (["drone-attack", "--lens", "ali", "--lens", "all", "--lens", "text"], "there are two sides"),
        (["drone-attack", "day-75", "--format", "csv"], "csv is for courses of action alone"),
        (["three-courses", "--option", "strik"], "did you mean `strike`?"),
        (["drone-attack", "--lens", "waxmann"], "did you mean `waxman`?"),
        (["authorities/scenarios", "day-75"], "is a folder"),
        (["drone-attack", "--as-of", "soon"], "is no day"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_compared_is_said_in_a_sentence(run: Run, arguments: list[str], words: str) -> None:
    done = run("compare", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())


def test_a_scenario_that_cannot_be_answered_is_reported_with_its_place(run: Run) -> None:
    done = run("compare", "drone-attack", "--set", "attack_status=none")
    assert (done.returncode, done.stdout) == (3, "")
    assert "drone-attack.yaml:25:5: error: no situation has these facts together" in done.stderr
    missing = run("compare", "drone-atack", "day-75")
    assert (missing.returncode, missing.stdout) == (3, "")
    assert "did you mean `drone-attack`?" in missing.stderr


# Courses of action.


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a table whose columns are two spaces apart, from the row of its names on."""
    lines = text.split("\n\n")[1].splitlines()
    return [re.split(r"  +", line.strip()) for line in lines]


COURSES = ["as it stands", "strike", "title-50-raid", "pressure"]


def test_courses_of_action_stand_beside_one_another(run: Run) -> None:
    done = run("compare", "three-courses")
    assert (done.returncode, done.stderr) == (0, "")
    table = rows_of(done.stdout)
    assert table[0] == COURSES
    cells = {row[0]: row[1:] for row in table[1:]}
    possible = "“It’s possible”"
    assert cells["title-50"] == ["not engaged", f"undetermined, {possible}", f"available, {possible}", "not engaged"]
    assert cells["relies on"][2:] == [
        f"title-50, {possible}",
        "fto-designation; financial-measures",
    ]
    assert cells["gaps"] == ["none"] * 4
    assert cells["unsettled: U.S. authority to use force abroad"] == [
        "no",
        "available or contested, “at least up to a certain level”, “likely”, “It’s possible”",
        "no",
        "no",
    ]
    open_entry = ["available or unavailable"] * 2
    assert cells["unsettled: Entry to foreign territory and airspace"] == ["no", *open_entry, "no"]
    assert "Designation as a Foreign Terrorist Organization (in effect: criminal, " in done.stdout
    # In a pipe every row is one line, and the columns keep in line.
    lines = done.stdout.split("\n\n")[1].splitlines()
    assert len({line.index(cell) for line, cell in zip(lines[1:3], ["not engaged"] * 2, strict=True)}) == 1
    assert "fid-training" not in cells
    (same,) = (line for line in done.stdout.splitlines() if line.startswith("The same in every column: "))
    assert "; Foreign internal defense, training, advice and liaison (not engaged); " in same


def test_a_course_of_action_is_answered_as_evaluate_answers_it(run: Run) -> None:
    result = found(run, "three-courses")
    assert [column["option"] for column in result["columns"]] == ["", *COURSES[1:]]
    for number, column in enumerate(result["columns"]):
        asked = ["--option", column["option"]] if column["option"] else []
        answer = json.loads(run("evaluate", "three-courses", *asked, "-f", "json").stdout)
        assert column["relies_on"] == answer["relies_on"]
        assert column["gaps"] == [name for name, power in answer["powers"].items() if power["gap"]]
        assert column["unsettled"] == {
            name: {key: power[key] for key in column["unsettled"][name]}
            for name, power in answer["powers"].items()
            if power["needed"] != "not-needed" and not power["gap"] and power["verdict"] != "available"
        }
        assert {row["authority"]: row["cells"][number]["verdict"] for row in result["rows"]} == answer["verdicts"]
        changed = shipped.scenario("three-courses").options[column["option"]] if column["option"] else {}
        assert column["changes"] == {name: one.said for name, one in changed.items()}


def test_a_row_differs_where_its_cells_do(run: Run) -> None:
    for row in found(run, "three-courses")["rows"]:
        assert row["differs"] == (len({json.dumps(cell) for cell in row["cells"]}) > 1)


def test_with_all_every_authority_is_a_row(run: Run) -> None:
    table = rows_of(run("compare", "three-courses", "--all").stdout)
    assert [row[0].partition(": ")[0] for row in table[1:]] == [
        *shipped.pack().authorities,
        "relies on",
        *["unsettled"] * 4,
        "gaps",
    ]


def test_a_power_that_is_a_gap_is_a_row_of_its_own(run: Run) -> None:
    refused = ("--courses", "--set", "host_consent_status=refused", "--set", "attack_is_direct=true")
    table = rows_of(run("compare", "three-courses", *refused).stdout)
    cells = {row[0]: row[1:] for row in table[1:]}
    assert cells["gap: Entry to foreign territory and airspace"] == ["no", "yes", "yes", "no"]
    # What the Treasury enforces is silent, whatever the host says.
    unsettled = [name for name in cells if name.startswith("unsettled")]
    assert [name.partition(",")[0] for name in unsettled] == ["unsettled: Enforcement abroad without consent"]


def test_courses_of_action_can_be_asked_for_under_a_lens_and_with_facts(run: Run) -> None:
    result = found(run, "three-courses", "--courses", "--lens", "ali", "--set", "attack_is_direct=true")
    assert result["receipt"]["lens"] == "ali"
    strike = {row["authority"]: row["cells"][1]["verdict"] for row in result["rows"]}
    assert strike["article-ii"] == "available"


def test_plainly_each_row_is_a_sentence(run: Run) -> None:
    shown = run("compare", "three-courses", "--plain").stdout
    assert (
        "Title 50, covert and clandestine operations. as it stands: not engaged. strike: undetermined, available or "
        "silent or unavailable, “It’s possible”. title-50-raid: available, “It’s possible”. pressure: not engaged.\n"
    ) in shown
    assert not re.search(r"\S  +\S", shown)


def test_courses_of_action_are_a_csv_table(run: Run) -> None:
    table = list(csv.reader(io.StringIO(run("compare", "three-courses", "-f", "csv").stdout)))
    assert table[0] == ["authority", *COURSES]
    names = [row[0] for row in table[1:]]
    assert [one for one in names if not one.endswith(("_hedge", "_in_effect"))] == [
        *shipped.pack().authorities,
        "relies_on",
        "unsettled",
        "gaps",
    ]
    assert table[names.index("title-50_hedge") + 1][1:] == ["", "It’s possible", "It’s possible", ""]
    assert table[-2][1:] == [
        "",
        "use-force-abroad justify-force-internationally enter-host-territory",
        "justify-force-internationally enter-host-territory",
        "enforce-law-otherwise",
    ]
    assert {len(row) for row in table} == {5}


def test_courses_of_action_are_a_markdown_table(run: Run) -> None:
    lines = run("compare", "three-courses", "-f", "markdown").stdout.splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert table[0] == "|  | as it stands | strike | title-50-raid | pressure |"
    assert {line.count("|") for line in table} == {6}
    assert "| financial-measures | not engaged | not engaged | not engaged | **available** |" in table


# Readings.


@pytest.mark.parametrize(
    ("name", "lens"),
    [("monthly-raids", "all"), ("soleimani", "all"), ("day-75", "all"), ("designation-alone", "documents")],
)
def test_every_choice_of_readings_has_the_verdict_that_it_gives(name: str, lens: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    table = readings_table(answer)
    assert [one.id for one in table.authorities] == [name for name, one in answer.authorities.items() if one.crux]
    for one in table.authorities:
        assert len({tuple(choice.readings.items()) for choice in one.choices}) == len(one.choices)
        for choice in one.choices:
            chosen = shipped.decider().decide(shipped.scenario(name), lens=lens, readings=choice.readings)
            assert chosen.authorities[one.id].possible == choice.possible
            for question, reading in choice.readings.items():
                assert choice.holders[question] == shipped.pack().questions[question].readings[reading].holders


def test_readings_are_shown_with_their_holders_and_verdicts(run: Run) -> None:
    shown = run("compare", "designation-alone", "--readings", "--lens", "all").stdout
    assert re.search(r"^  attack-or-congress \(Javed Ali\) +unavailable, “likely”$", shown, re.MULTILINE)
    assert re.search(r"^  section-2c \(Congress and the text of the law\) +unavailable$", shown, re.MULTILINE)
    plain = run("compare", "designation-alone", "--readings", "--lens", "all", "--plain").stdout
    assert "  on article-ii-without-attack attack-or-congress (Javed Ali): unavailable, “likely”\n" in plain


def test_readings_that_are_left_out_are_hinted_at(run: Run) -> None:
    shown = run("compare", "monthly-raids", "--readings").stdout
    assert "(`--reading war-powers-grant=no-grant`)" in shown


def test_whose_a_reading_is_is_said_in_the_same_words_everywhere(run: Run) -> None:
    whose = "the executive branch, as reported by Matthew C. Waxman"
    shown = run("compare", "designation-alone", "--readings").stdout
    assert f"  broad-claim ({whose})  available, “at least up to a certain level”\n" in shown
    assert "the executive branch and Matthew C. Waxman" not in shown
    assert f"  broad-claim ({whose}): " in run("show", "question", "article-ii-without-attack").stdout


def test_where_no_readings_part_that_is_said(run: Run) -> None:
    done = run("compare", "bank-pressure", "--readings")
    assert done.returncode == 0
    assert "The readings that are admitted part on no authority." in done.stdout


# As JSON.


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("comparison", ["drone-attack", "bank-pressure"]),
        ("comparison", ["soleimani", "--lens", "text"]),
        ("comparison", ["day-75", "day-75"]),
        ("matrix", ["three-courses"]),
        ("readings", ["soleimani", "--readings", "--lens", "all"]),
        ("readings", ["drone-attack", "--readings"]),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_is_written_fits_the_published_schema(run: Run, schema: str, arguments: list[str]) -> None:
    published = json.loads(run("schema", schema).stdout)
    Draft7Validator.check_schema(published)
    result = found(run, *arguments)
    assert result["schema"] == f"authcheck.{schema}/1"
    assert [one.message for one in Draft7Validator(published, format_checker=FormatChecker()).iter_errors(result)] == []
    assert list(Draft7Validator(published).iter_errors({**result, "more": 1}))
