"""A record or a row says no less of doubt than the first screen: what is inferred, and who reads it otherwise."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from authcheck.answer.answer import Answer
from authcheck.model.verdict import Verdict
from tests import shipped
from tests.shipped import Run


def row_of(run: Run, name: str, *options: str) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(run("batch", name, "--format", "csv", *options).stdout))
    return row


@pytest.mark.parametrize("lens", ["documents", "all"])
@pytest.mark.parametrize("name", ["drone-attack", "al-qaeda-ally", "operation-firewall", "training-approved"])
def test_a_row_says_of_each_authority_how_much_is_inferred_and_who_reads_it_otherwise(
    name: str, lens: str, run: Run
) -> None:
    row = row_of(run, name, "--lens", lens)
    answer: Answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    for id, authority in answer.authorities.items():
        inferred = authority.inferred.value if authority.inferred else ""
        assert row.get(f"{id}_inferred", "") == inferred
        disputed = row.get(f"{id}_disputed", "").split("; ")
        whose = {" and ".join(left.holders) for left in authority.left_out}
        assert {one.partition(":")[0] for one in disputed if one} == whose
        assert all(left.verdict.value in row[f"{id}_disputed"] for left in authority.left_out)


def test_a_row_names_the_rival_reading_of_what_is_found_available(run: Run) -> None:
    strike, raid = row_of(run, "drone-attack"), row_of(run, "al-baghdadi")
    assert (strike["war-powers"], strike["war-powers_disputed"]) == ("available", "congress and text: unavailable")
    assert (raid["aumf-2001"], raid["aumf-2001_inferred"]) == ("available", "wholly")
    assert raid["aumf-2002_disputed"].startswith("congress and text: unavailable")


def test_a_record_has_what_the_answer_has_of_doubt(run: Run) -> None:
    record = json.loads(run("batch", "drone-attack", "--format", "jsonl").stdout)
    answer = json.loads(run("evaluate", "drone-attack", "--format", "json").stdout)
    for id, authority in record["authorities"].items():
        assert authority == {key: answer["authorities"][id][key] for key in authority}
    assert record["authorities"]["war-powers"]["left_out"][0]["verdict"] == "unavailable"
    assert record["authorities"]["article-ii"]["inferred"] == "wholly"


@pytest.mark.parametrize("name", ["al-qaeda-ally", "monthly-raids", "title-50-raid"])
def test_a_power_that_no_reading_supplies_is_not_bare_in_a_row(name: str, run: Run) -> None:
    row = row_of(run, name)
    assert row["power: justify-force-internationally_unsupplied"].startswith("not available on any reading")
    for id, power in shipped.decider().decide(shipped.scenario(name)).powers.items():
        said = bool(row[f"power: {id}_unsupplied"])
        assert said == (power.unsupplied and power.verdict not in {None, Verdict.SILENT})


def test_a_column_stands_beside_a_verdict_only_where_a_rule_can_fill_it(run: Run) -> None:
    row = row_of(run, "drone-attack")
    assert [name for name in row if name.endswith("_in_effect")] == ["fto-designation_in_effect"]
    assert "fto-designation_inferred" not in row


def test_a_sweep_and_the_next_run_say_the_same(run: Run) -> None:
    swept = run("sweep", "drone-attack", "--vary", "attack_location", "--format", "csv").stdout
    rows = {row["attack_location"]: row for row in csv.DictReader(io.StringIO(swept))}
    row, as_it_stands = rows["united_states"], row_of(run, "drone-attack")
    same = [name for name in row if name.endswith(("_inferred", "_disputed", "_unsupplied", "_in_effect"))]
    assert {name: row[name] for name in same} == {name: as_it_stands[name] for name in same}
    assert any(row[name] for name in same)
    assert row_of(run, "drone-attack") == as_it_stands


RIVAL = "in part inferred; disputed: Congress and the text of the law, unavailable"


def test_what_would_become_available_has_its_rival_reading_in_the_same_line(run: Run) -> None:
    lines = run("settle", "designation-alone", "-a", "war-powers").stdout.splitlines()
    assert [line for line in lines if "would become available" in line and f"available ({RIVAL})" not in line] == []
    settled = json.loads(run("settle", "designation-alone", "-a", "war-powers", "--format", "json").stdout)
    (turning, *_) = settled["authorities"]["war-powers"]["changes"]["smallest"]
    assert turning["inferred"] == "in-part"
    assert {settled["holders"][name] for left in turning["left_out"] for name in left["holders"]} == {
        "Congress",
        "the text of the law",
    }


@pytest.mark.parametrize("form", ["text", "markdown", "svg"])
def test_a_matrix_of_a_sweep_says_under_its_letters_who_reads_it_otherwise(form: str, run: Run) -> None:
    shown = run("sweep", "drone-attack", "--vary", "attack_location", "-a", "war-powers", "--format", form).stdout
    assert RIVAL in " ".join(re.sub(r"<[^>]*>", " ", shown).split())
