"""What a scenario holds beside its facts: what no fact says, what was claimed, and several activities."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from authcheck.answer import Decider
from authcheck.answer.answer import Answer, ClaimStanding
from authcheck.loading.writing import scenario_file
from authcheck.model.scenario import Scenario, Unmodelled
from authcheck.model.verdict import Need
from tests import shipped
from tests.shipped import HARBOUR, Run

CLUB = HARBOUR.parent / "club"
BEYOND = "the oath of the pilot"


def touching(answer: Answer) -> Scenario:
    """Return a scenario that says of each authority that something bears on it which no fact says."""
    scenario = shipped.scenario(answer.scenario)
    return replace(scenario, unmodelled=(Unmodelled(BEYOND, tuple(answer.authorities)),))


@pytest.mark.parametrize("name", ["drone-attack", "day-75", "three-courses", "neptune-spear"])
def test_what_no_fact_says_changes_no_verdict(name: str) -> None:
    before = shipped.decider().decide(shipped.scenario(name))
    after = shipped.decider().decide(touching(before))
    assert after.verdicts == before.verdicts
    assert after.relies_on == before.relies_on
    assert {authority.apart_from for authority in after.authorities.values()} == {(BEYOND,)}


def test_what_bears_on_an_authority_touches_the_powers_that_draw_on_it() -> None:
    scenario = replace(shipped.scenario("day-75"), unmodelled=(Unmodelled(BEYOND, ("cia-sog",)),))
    answer = shipped.decider().decide(scenario)
    touched = {name for name, power in answer.powers.items() if power.apart_from}
    assert touched == set(shipped.pack().authorities["cia-sog"].means_for)
    assert [name for name, authority in answer.authorities.items() if authority.apart_from] == ["cia-sog"]


WORDED = [
    ["evaluate"],
    ["evaluate", "--format", "markdown"],
    ["evaluate", "--format", "html"],
    ["evaluate", "--memo"],
    ["explain"],
    ["settle", "--all"],
]


@pytest.mark.parametrize("words", WORDED, ids=" ".join)
@pytest.mark.parametrize("name", ["drone-attack", "day-75", "designation-alone"])
def test_apart_from_stands_on_the_line_of_each_verdict_it_touches(
    words: list[str], name: str, run: Run, tmp_path: Path
) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    (tmp_path / "story.yaml").write_text(scenario_file(touching(answer)), encoding="utf-8")
    shown = run(words[0], "story.yaml", *words[1:], cwd=tmp_path).stdout
    lines = shown.replace("</h", "\n</h").replace("&#x27;", "'").splitlines()
    verdicts = ("contested", "undetermined: ", "does not reach", "unavailable", "sources are silent")
    for title in (authority.title for authority in answer.authorities.values()):
        telling = [line for line in lines if title in line and any(f"{title}{sep}" in line for sep in (": ",))]
        told = [line for line in telling if any(verdict in line for verdict in verdicts)]
        assert [line for line in told if f"apart from {BEYOND}" not in line] == []
    answers = ("It would rely on", "Nothing that is described needs", "Brief answer")
    told_later = [shown.index(heading) for heading in answers if heading in shown]
    assert all(shown.index("The story holds what no fact says") < later for later in told_later)


def test_csv_has_it_beside_the_bare_verdict(run: Run) -> None:
    done = run("evaluate", "quiet-party", "--pack", str(CLUB), "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["rule-book_apart_from"] == "the neighbours' own invitation"
    assert "apart" not in row["rule-book"]


def pack_and_story(folder: Path, name: str) -> tuple[Decider, Scenario]:
    pack = shipped.pack_in(folder)
    return Decider(pack), shipped.scenario_in(folder / "scenarios" / f"{name}.yaml", pack)


def test_an_activity_alone_answers_as_the_same_file_of_one_activity(tmp_path: Path) -> None:
    decider, scenario = pack_and_story(HARBOUR, "two-ships")
    for name in scenario.activities:
        alone = scenario.alone(name)
        (tmp_path / "two-ships.yaml").write_text(scenario_file(replace(alone, expect=())), encoding="utf-8")
        text = (tmp_path / "two-ships.yaml").read_text(encoding="utf-8").replace(f"  activity: {name}\n", "")
        (tmp_path / "two-ships.yaml").write_text(text, encoding="utf-8")
        own, of_several = (
            decider.decide(shipped.scenario_in(tmp_path / "two-ships.yaml", decider.pack)),
            decider.decide(alone),
        )
        assert own.verdicts == of_several.verdicts
        assert own.powers == of_several.powers
        assert own.authorities == of_several.authorities
        assert (own.duties, own.cautions, own.relies_on) == (
            of_several.duties,
            of_several.cautions,
            of_several.relies_on,
        )
        assert [claim.standing for claim in own.claimed] == [claim.standing for claim in of_several.claimed]
        assert of_several.receipt.activity == name


def test_several_activities_are_answered_each_by_itself_and_in_short(run: Run) -> None:
    command = ("evaluate", "two-ships", "--pack", str(HARBOUR))
    found = json.loads(run(*command, "--format", "json").stdout)
    assert found["schema"] == "authcheck.activities/1"
    assert list(found["answers"]) == list(found["summary"]) == ["entering", "unloading"]
    assert found["summary"]["entering"]["relies_on"] == found["answers"]["entering"]["relies_on"] == ["storm-shelter"]
    rows = list(csv.DictReader(io.StringIO(run(*command, "--format", "csv").stdout)))
    assert [row["activity"] for row in rows] == ["entering", "unloading"]
    assert [row["agreed"] for row in rows] == ["storm-shelter", ""]
    assert rows[0]["claimed_not_found"] == "old-charter"
    alone = json.loads(run(*command, "--activity", "unloading", "--format", "json").stdout)
    assert alone == found["answers"]["unloading"]


def test_of_several_activities_no_answer_is_given_unasked() -> None:
    decider, scenario = pack_and_story(HARBOUR, "two-ships")
    with pytest.raises(ValueError, match="several activities"):
        decider.decide(scenario)


def test_a_story_is_written_as_it_is_read(tmp_path: Path) -> None:
    decider, scenario = pack_and_story(HARBOUR, "two-ships")
    (tmp_path / "again.yaml").write_text(scenario_file(scenario), encoding="utf-8")
    again = shipped.scenario_in(tmp_path / "again.yaml", decider.pack)
    assert (again.unmodelled, list(again.activities)) == (scenario.unmodelled, list(scenario.activities))
    assert [(one.authority, one.by, one.on, one.activity) for one in again.claimed] == [
        (one.authority, one.by, one.on, one.activity) for one in scenario.claimed
    ]


@pytest.mark.parametrize("scenario", [one for one in shipped.scenarios() if one.claimed], ids=lambda one: one.id)
def test_a_claim_of_the_documents_cites_its_passage_and_is_parted_by_something(scenario: Scenario) -> None:
    answer = shipped.decider().decide(scenario)
    for claim in answer.claimed:
        if claim.standing is ClaimStanding.NOT_CLAIMED:
            continue
        assert claim.passages
        assert (claim.authority in answer.relies_on) == (claim.standing is ClaimStanding.AGREED)
        assert bool(claim.parted_by) == (claim.standing is not ClaimStanding.AGREED)


def test_what_is_found_and_not_claimed_names_its_ground() -> None:
    answer = shipped.decider().decide(shipped.scenario("al-baghdadi"))
    others = [claim for claim in answer.claimed if claim.standing is ClaimStanding.NOT_CLAIMED]
    assert {claim.authority for claim in others} == set(answer.relies_on) - {"aumf-2001"}
    assert all(claim.parted_by for claim in others)
    assert any(power.needed is not Need.NOT_NEEDED for power in answer.powers.values())


def test_what_is_claimed_and_available_is_said_to_be_so_and_why_it_is_not_relied_on(run: Run) -> None:
    for options in (["--full"], ["--memo"]):
        shown = run("evaluate", "soleimani", *options).stdout.replace("*", "")
        assert "laimed, and open: Article II" in shown
        claim = (
            "laimed, and available, but not relied on since its means may bar it: Authorization for Use of Military "
        )
        assert shown.count(claim) == 2
    command = ("evaluate", "-", "--pack", str(HARBOUR), "--lens", "text")
    sound = {"seaworthy": True, "pilot_aboard": True, "fee_paid": True}
    story = {"facts": {"entering": False, "cargo": "grain", "permit": "granted", "storm": "none", **sound}}
    claimed = [{"authority": "harbour-act", "by": "the captain", "source": "the log"}]
    done = run(*command, "--full", stdin=json.dumps({"scenario": "Idle", **story, "claimed": claimed}).encode())
    assert "claimed, and available, but not relied on since nothing described certainly needs it: " in done.stdout


def test_a_table_tells_what_is_claimed_and_open_or_available_apart_from_what_is_not_found(run: Run) -> None:
    wanting = {"unavailable", "silent", "not-engaged"}
    found = {"claimed_not_found": wanting, "claimed_open": {"undetermined", "contested"}}
    found["claimed_not_relied_on"] = {"available"}
    stories = ("al-baghdadi", "soleimani", "neptune-spear")
    rows = {
        row["scenario"]: row for row in csv.DictReader(io.StringIO(run("batch", *stories, "--format", "csv").stdout))
    }
    for row in rows.values():
        for column, verdicts in found.items():
            assert {row[name] for name in row[column].split()} <= verdicts
    assert rows["al-baghdadi"]["claimed_not_relied_on"] == "aumf-2001"
    assert rows["neptune-spear"]["claimed_open"] == "title-50"
    for name, row in rows.items():
        answer = json.loads(run("evaluate", name, "--format", "json").stdout)
        told = {one["authority"]: one["standing"] for one in answer["claimed"]}
        assert row["claimed_open"].split() == [name for name, standing in told.items() if standing == "open"]


def test_what_reaches_no_target_of_2001_rests_on_no_assumption_about_it() -> None:
    facts = "{operation_type: airstrike, operation_location: host_country, target_type: cartel}"
    answer = shipped.decider().decide(shipped.written(f"as_of: 2025-02-25\nfacts: {facts}\n"))
    assert "11 September 2001" in answer.authorities["aumf-2001"].reason
    assert "11 September 2001" not in answer.authorities["aumf-2002"].reason


def test_the_summary_of_several_activities_has_what_was_claimed_and_the_clock(run: Run, tmp_path: Path) -> None:
    story = """\
scenario: Two strikes
as_of: 2025-03-01
facts:
  target_type: state
  attack_status: none
  conducting_element: us_armed_forces
  hostilities_start_date: 2025-02-20
claimed: [{authority: article-ii, by: the President, on: 2025-02-21, source: a speech}]
activities:
  north: {operation: {type: airstrike, tempo: single, location: host_country}}
  south: {operation: {type: airstrike, tempo: single, location: other_foreign_country}}
"""
    (tmp_path / "story.yaml").write_text(story, encoding="utf-8")
    shown = run("evaluate", "story.yaml", cwd=tmp_path).stdout
    for name in ("north", "south"):
        under = shown.partition(f"  {name}: ")[2]
        assert "Claimed: Article II, the president's own power, by the President" in under
        assert "Clock: day 7 of 60, last 2025-04-23 or earlier, from the report or its due" in under
