"""Batches of Arrow from Python: verdicts row by row, as a decision of each has them."""

from __future__ import annotations

import datetime
import json

import pytest

from authcheck.answer import Decider
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.folders import load_record
from tests.shipped import decider, pack

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'authcheck[tables]'")

FACTS = {
    "id": ["a", "", "c", "d e", "f"],
    "scenario": ["A", "B", "C", "D", "E"],
    "operation_type": ["airstrike", "airstrike|training", "unknown", "airstrike", "airstrke"],
    "uses_armed_force": [True, None, None, True, True],
    "days_since_hostilities_began": [70, 61, None, 70, 70],
    "as_of": [datetime.date(2025, 2, 4), None, None, None, None],
}


def test_a_batch_of_facts_becomes_a_batch_of_verdicts() -> None:
    from authcheck.arrow import BatchDecider

    decide = BatchDecider(decider(), lens="all")
    verdicts = decide(pa.RecordBatch.from_pydict(FACTS), file="here", first=5)
    assert verdicts.schema == decide.schema
    rows = verdicts.to_pylist()
    assert [(row["scenario"], row["line"]) for row in rows] == [
        ("a", 5), ("line-6", 6), ("c", 7), ("d e", 8), ("f", 9)
    ]  # fmt: skip
    assert [row["problem"] is None for row in rows] == [True, True, True, False, False]
    assert "here:9:1: `airstrke` is no value of `operation_type`" in rows[4]["problem"]
    line = (
        '{"scenario": "A", "as_of": "2025-02-04", "facts": {"operation_type": "airstrike", "uses_armed_force": true, '
        '"days_since_hostilities_began": 70}}'
    )
    scenario = load_record(line, 1, "here", pack()).scenario
    assert scenario is not None
    found = Decider(pack()).decide(scenario, lens="all")
    assert {name: rows[0][name] for name in found.verdicts} == {name: one.value for name, one in found.verdicts.items()}
    assert rows[0]["relies_on"] == [*found.relies_on]


def test_rows_that_contradict_themselves_alike_are_each_named_with_their_own_line() -> None:
    from authcheck.arrow import BatchDecider

    consent = {"operation_location": ["host_country"] * 4, "host_consent_status": ["none", "given", "none", "none"]}
    told = {**consent, "host_consent_covers_operation": [True] * 4, "days_since_hostilities_began": [3, 3, 3, 4]}
    rows = BatchDecider(decider())(
        pa.RecordBatch.from_pydict({"id": ["a", "b", "", "d e"], **told}), file="here", first=5
    ).to_pylist()
    assert [(row["scenario"], row["line"], row["problem"] is None) for row in rows] == [
        ("a", 5, False), ("b", 6, True), ("here:7", 7, False), ("d e", 8, False)
    ]  # fmt: skip
    for row, number in ((rows[0], 5), (rows[2], 7)):
        assert row["problem"].startswith(f"here:{number}:1: no situation has these facts together: ")
        assert f"`host_consent_status` stands at here:{number}:1; see " in row["problem"]
    # What is wrong with its id is said of it, whatever else is.
    assert rows[3]["problem"].startswith("here:8:1: `id` needs a name of letters")


def test_one_batch_and_many_say_the_same() -> None:
    from authcheck.arrow import BatchDecider

    batch = pa.RecordBatch.from_pydict(FACTS)
    whole = BatchDecider(decider())(batch)
    decide = BatchDecider(decider())
    parts = [decide(batch.slice(at, 2), first=at + 1) for at in range(0, 5, 2)]
    assert pa.Table.from_batches(parts).to_pylist() == whole.to_pylist()
    assert decide(batch.slice(0, 0)).num_rows == 0


def test_only_the_columns_wanted_are_there_and_a_column_that_cannot_be_is_named() -> None:
    from authcheck.arrow import BatchDecider

    decide = BatchDecider(decider(), columns=("gaps", "scenario"))
    assert decide(pa.RecordBatch.from_pydict({"id": ["a"]})).to_pylist() == [{"gaps": [], "scenario": "a"}]
    with pytest.raises(AuthcheckError, match="no fact"):
        decide(pa.RecordBatch.from_pydict({"operation_typ": ["airstrike"]}))
    with pytest.raises(AuthcheckError, match="is of the type int64"):
        decide(pa.RecordBatch.from_pydict({"operation_type": [1]}))


@pytest.mark.parametrize("beside", [{}, {"war_powers_report_date": datetime.date(2024, 12, 20)}])
def test_numbers_that_stand_for_others_have_their_verdicts(beside: dict[str, datetime.date]) -> None:
    from authcheck.arrow import BatchDecider

    days = ["0", "1", "59", "60", "61", "62", "90", "91", "400", "59|61", "007", "9" * 20, "-1", "unknown"]
    stated = {"operation_type": "airstrike", "as_of": datetime.date(2025, 2, 4), **beside}
    names = {name: [value] * len(days) for name, value in stated.items()}
    batch = pa.RecordBatch.from_pydict({**names, "days_since_hostilities_began": days})
    together = BatchDecider(decider())(batch).to_pylist()
    alone = [BatchDecider(decider())(batch.slice(at, 1), first=at + 1).to_pylist()[0] for at in range(len(days))]
    assert together == alone
    for day, row in zip(days[:9], together, strict=False):
        record = {**{name: str(value) for name, value in stated.items()}, "days_since_hostilities_began": int(day)}
        day_of_it = record.pop("as_of")
        loaded = load_record(json.dumps({"scenario": "A", "as_of": day_of_it, "facts": record}), 1, "here", pack())
        assert loaded.scenario is not None
        try:
            verdicts = Decider(pack()).decision(loaded.scenario).verdicts
        except AuthcheckError:
            assert row["problem"] is not None
        else:
            assert {name: row[name] for name in verdicts} == {name: one.value for name, one in verdicts.items()}
