"""A claim is proved on every day on which a law begins or ends, and fails where it is claimed and refuted."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from authcheck.asking.proof import Prover, over_time
from authcheck.decision.law_of_the_day import days_of_change
from authcheck.diagnostics import AuthcheckError
from tests import shipped
from tests.proof.conftest import HEAD, Harbour
from tests.shipped import Run

SINCE_2030 = "in_force: {from: 2030-01-01, cite: [gazette-charter]}"
SOME_LEAVE = "some: {verdict: {old-charter: available}}"


def told(harbour: Harbour, form: str) -> list[tuple[str, str, bool]]:
    """Return from when on it is what, and whether that is claimed."""
    pack = harbour(form)
    spans = over_time(pack, pack.claims.values())["claim"]
    assert [one.over for one in spans[:-1]] == [one.first for one in spans[1:]]
    assert spans[-1].over is None
    return [(str(one.first), one.result.value, one.claimed) for one in spans]


def test_each_time_says_what_it_comes_to_then(harbour: Harbour) -> None:
    assert told(harbour, SOME_LEAVE)[-2:] == [("2000-01-01", "refuted", True), ("2030-01-01", "proved", True)]


def test_outside_the_time_of_its_law_nothing_is_claimed(harbour: Harbour) -> None:
    spans = told(harbour, f"{SOME_LEAVE}\n{SINCE_2030}")

    assert spans[-1] == ("2030-01-01", "proved", True)
    assert not any(claimed for _, _, claimed in spans[:-1])


def test_over_time_is_what_each_day_has_alone() -> None:
    pack = shipped.pack()
    names = ("sixty-days-end", "designation-begins-effects", "older-aumfs")
    spans = over_time(pack, [pack.claims[name] for name in names])

    for day in days_of_change(pack)[::5]:
        prover = Prover(pack, day)
        for name in names:
            there = next(one for one in reversed(spans[name]) if one.first <= day)
            assert there.result is prover.result(pack.claims[name]).result


def test_a_screen_shows_when_it_fails_and_how_to_see_it(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "harbour"
    shutil.copytree(shipped.HARBOUR, folder)
    (folder / "claims.yaml").write_text(f"claims:\n{HEAD}    {SOME_LEAVE}\n", encoding="utf-8")

    done = run("prove", "claim", "--over-time", "--pack", str(folder))
    assert done.returncode == 1
    assert "until 2030-01-01: refuted\n    see it: authcheck prove claim --as-of 2000-01-01" in done.stdout
    assert run("prove", "--as-of", "2030-01-01", "--pack", str(folder)).returncode == 0


def test_claims_of_another_time_are_left_out_unless_they_are_named(run: Run) -> None:
    day = datetime.date(1990, 1, 1).isoformat()

    assert "title-50-alone" not in run("prove", "--as-of", day).stdout
    assert "refuted: title-50-alone" in run("prove", "title-50-alone", "--as-of", day).stdout


@pytest.mark.slow
def test_at_all_times_nothing_is_left_out(run: Run) -> None:
    # On the pack's date the authorization of 2002 is in force, and after its repeal its claims are not asked alone.
    day = "2026-01-01"
    assert "aumf-2002-exactly" not in run("prove", "--as-of", day).stdout
    assert "aumf-2002-exactly" in run("prove", "--as-of", day, "--over-time").stdout


def test_too_many_facts_at_some_time_are_a_problem_of_the_claim(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = harbour(SOME_LEAVE)
    monkeypatch.setattr("authcheck.evaluation.worlds.TOO_LARGE", 1)
    with pytest.raises(AuthcheckError, match="`claim` asks of too many facts at once"):
        over_time(pack, pack.claims.values())
