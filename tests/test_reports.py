"""The tests of scenarios as other programs read them, and what is tested again."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.shipped import Run

FACTS = "facts: {operation_type: airstrike, operation_location: host_country, conducting_element: us_armed_forces}"
MET = f'scenario: "A <b> & ]]> # strike"\nas_of: 2025-02-04\n{FACTS}\n'
EXPECT = "expect: {match: subset, verdicts: {article-ii: %s}, relies_on: []}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rest in (
        ("a-met", EXPECT % "contested"),
        ("b-not-met", EXPECT % "available"),
        ("c-without", ""),
        ("d-unread", "fact: {}\n"),
        ("e-not-met", EXPECT % "silent"),
    ):
        (tmp_path / f"{name}.yaml").write_text(MET + rest, encoding="utf-8")
    return tmp_path


def test_junit_has_a_case_for_each_with_what_differs(folder: Path, run: Run) -> None:
    done = run("test", str(folder), "--format", "junit")
    assert done.returncode == 3
    (suite,) = ElementTree.fromstring(done.stdout)  # noqa: S314 - the program has written it.
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "1",
        "skipped": "1",
    }
    told = {case.get("classname"): [part.tag for part in case] for case in suite}
    assert told["a-met"] == []
    assert told["b-not-met"] == ["failure"]
    failure = next(suite.iter("failure"))
    assert failure.get("message") == "article-ii: expected available, got contested"
    assert "b-not-met.yaml:4:36: article-ii" in (failure.text or "")
    assert "Does Article II suffice" in (failure.text or "")
    (error,) = suite.iter("error")
    assert error.get("type") == "unknown-key"


def test_a_reader_of_junit_accepts_it(folder: Path, run: Run) -> None:
    junitparser = pytest.importorskip("junitparser")
    assert run("test", str(folder), "--format", "junit", "-o", str(folder / "report.xml")).returncode == 3
    read = junitparser.JUnitXml.fromfile(str(folder / "report.xml"))
    assert (read.tests, read.failures, read.errors, read.skipped) == (5, 2, 1, 1)


def test_tap_numbers_each_and_says_what_differs(folder: Path, run: Run) -> None:
    lines = run("test", str(folder), "--format", "tap").stdout.splitlines()
    assert lines[:3] == ["TAP version 13", "1..5", "ok 1 - a-met (lens documents, unstated default)"]
    assert [line.split(" - ")[0] for line in lines if line.startswith(("ok", "not ok"))] == [
        "ok 1",
        "not ok 2",
        "not ok 3",
        "not ok 4",
        "ok 5",
    ]
    assert lines[-1].endswith("# SKIP it has no `expect:`")
    assert any(line.endswith("article-ii: expected available, got contested") for line in lines)


def test_github_has_an_annotation_at_each_place(folder: Path, run: Run) -> None:
    lines = run("test", str(folder), "--format", "github").stdout.splitlines()
    assert len(lines) == 3
    assert f"::error file={folder}/b-not-met.yaml,title=expectation-not-met,line=4,col=36::" in lines[1]


def test_it_ends_with_the_first_that_fails(folder: Path, run: Run) -> None:
    done = run("test", str(folder), "-x")
    assert done.returncode == 1
    assert "1 met, 1 not met, 0 without" in done.stdout


def test_what_failed_the_last_time_is_tested_alone_until_it_is_met(folder: Path, run: Run) -> None:
    kept = {"AUTHCHECK_CACHE": str(folder / "kept")}

    def tested(*options: str) -> list[str]:
        done = run("test", str(folder), "--format", "json", *options, cwd=folder, **kept)
        return [result["scenario"] for result in json.loads(done.stdout)["results"]]

    assert tested("--last-failed") == ["a-met", "b-not-met", "e-not-met"]
    assert tested("--last-failed") == ["b-not-met", "e-not-met"]
    (folder / "b-not-met.yaml").write_text(MET + EXPECT % "contested", encoding="utf-8")
    assert tested("--last-failed", "-k", "b-") == ["b-not-met"]
    assert tested("--last-failed") == ["e-not-met"]
    (folder / "e-not-met.yaml").write_text(MET + EXPECT % "contested", encoding="utf-8")
    (folder / "d-unread.yaml").unlink()
    assert tested("--last-failed") == ["e-not-met"]
    assert tested("--last-failed") == ["a-met", "b-not-met", "e-not-met"]


def test_where_nothing_is_kept_everything_is_tested(folder: Path, run: Run) -> None:
    done = run("test", str(folder), "--last-failed", AUTHCHECK_CACHE="off")
    assert "1 met, 2 not met" in done.stdout
