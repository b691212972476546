"""`authcheck prove`: what is seen of it, what it writes, and how it ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from authcheck.answer import Decider
from authcheck.asking.expectations import check_expectations
from authcheck.asking.proof import Prover, Result
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack
from authcheck.model.claim import All
from authcheck.model.condition import AllOf, VerdictIs
from authcheck.model.verdict import Verdict
from authcheck.schemas import result_schema
from tests import shipped
from tests.shipped import Run

HERE = Path(__file__).parent

CLAIMS = """\
claims:
  - claim: asking
    text: To ask for a permit is no better than not to ask.
    hedge: The act says "no ship".
    cite: [act-1]
    unchanged: {of: harbour-act, by: {permit: [not_sought, sought]}}
  - claim: hands
    text: The crew changes nothing.
    cite: [gazette-pilots]
    lens: all
    unchanged: {of: harbour-act, by: {crew_size: any}}
  - claim: charter
    text: The charter gives leave to some ship.
    cite: [gazette-charter]
    note: It is not in force yet.
    some: {verdict: {old-charter: available}}
  - claim: oil
    text: Who unloads oil without entering has leave.
    cite: [act-1]
    all: {if: {all: [{cargo: oil}, {entering: false}]}, then: {verdict: {harbour-act: available}}}
  - claim: rocks
    text: The rocks are told of always.
    cite: [gazette-shelter]
    iff: [{caution: rocks}, entering]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the pack of the harbour, and claims about it that do not hold."""
    shutil.copytree(shipped.HARBOUR, tmp_path / "harbour")
    (tmp_path / "harbour" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    return tmp_path


def test_every_claim_of_the_shipped_pack_holds() -> None:
    prover = Prover(shipped.pack())
    found = {name: prover.result(claim).result for name, claim in shipped.pack().claims.items()}

    assert {name: result for name, result in found.items() if result not in {Result.PROVED, Result.UNASKED}} == {}


# The sentences that an analyst of the five documents found fit to be checked by machine, by number.
SENTENCES = {
    1: {"designation-and-force"},
    2: {"designation-begins-effects"},
    3: {"order-and-force"},
    4: {"designation-and-intelligence"},
    5: {"collection-on-others"},
    6: {"attack-never-lowers"},
    7: {"self-defence-after-attack"},
    8: {"force-without-congress"},
    9: {"sixty-days-end", "sixty-days-run-down"},
    10: {"experts-differ-on-a-strike"},
    11: {"host-and-title-50"},
    12: {"congress-and-title-50"},
    13: {"title-50-conditions"},
    14: {"title-50-alone"},
    15: {"title-50-campaign"},
    16: {"aumf-campaign"},
    17: {"team-conditions"},
    18: {"team-killing"},
    19: {"older-aumfs"},
    20: {"bill-not-passed"},
    21: {"force-and-retaliation"},
    22: {"training-conditions"},
    23: {"captured-troops"},
    24: {"airspace-without-agreement"},
    25: {"measures-without-force"},
}


def test_every_sentence_of_the_analysis_is_a_claim() -> None:
    assert set().union(*SENTENCES.values()) <= set(shipped.pack().claims)


def test_the_claim_on_the_older_authorizations_needs_its_words_on_iraq() -> None:
    claim = shipped.pack().claims["older-aumfs"]
    assert isinstance(claim.form, All)
    both = AllOf(tuple(VerdictIs(name, (Verdict.UNAVAILABLE,)) for name in ("aumf-2001", "aumf-2002")))
    result = Prover(shipped.pack()).result(replace(claim, form=replace(claim.form, then=both)))

    assert result.result is Result.REFUTED
    assert result.scenarios[0].facts["operation_in_iraq"] is True
    assert result.scenarios[0].verdicts == {"aumf-2001": Verdict.UNAVAILABLE, "aumf-2002": Verdict.SILENT}


def test_what_fails_is_shown_with_a_scenario(
    folder: Path, transcript: Callable[..., str], golden: Callable[[Path, str], None]
) -> None:
    golden(HERE / "refuted.txt", transcript(["authcheck prove --pack harbour --out against"], folder))


def test_each_scenario_that_is_written_shows_what_it_should(folder: Path, run: Run) -> None:
    done = run("prove", "--pack", "harbour", "--out", "against", "--format", "json", cwd=folder)

    pack = shipped.pack_in(folder / "harbour")
    decider = Decider(pack)
    proof = json.loads(done.stdout)
    shown = [(claim, one) for claim in proof["claims"] for one in claim["scenarios"]]
    assert {path.name for path in (folder / "against").iterdir()} == {f"{one['name']}.yaml" for _, one in shown}
    assert len(shown) == 5
    for claim, one in shown:
        scenario = shipped.scenario_in(folder / "against" / f"{one['name']}.yaml", pack)
        decision = decider.decision(scenario, lens=claim["lens"], readings=one["readings"])
        assert {name: decision.case(name).verdict.value for name in one["verdicts"]} == one["verdicts"]
        assert all(result.met for result in check_expectations(decider, scenario))


def test_the_command_that_a_screen_gives_shows_the_refuting_verdict(folder: Path, run: Run) -> None:
    done = run("prove", "hands", "--pack", "harbour", "--out", "against", cwd=folder)

    see = [line.partition("see it: authcheck ")[2] for line in done.stdout.splitlines() if "see it: " in line]
    verdicts = [json.loads(run(*line.split(), "--format", "json", cwd=folder).stdout)["verdicts"] for line in see]
    assert [one["harbour-act"] for one in verdicts] == ["available", "silent"]


def test_files_that_exist_are_kept_unless_forced(folder: Path, run: Run) -> None:
    first = run("prove", "rocks", "--pack", "harbour", "--out", "against", cwd=folder)
    again = run("prove", "rocks", "--pack", "harbour", "--out", "against", cwd=folder)
    forced = run("prove", "rocks", "--pack", "harbour", "--out", "against", "--force", cwd=folder)

    assert [first.returncode, again.returncode, forced.returncode] == [1, 2, 1]
    assert "--force" in again.stderr


@pytest.mark.parametrize(
    ("claims", "status"),
    [("charter", 1), ("oil", 0), ("oil rocks", 1), ("", 1)],
    ids=["refuted", "vacuous", "both", "all"],
)
def test_a_refuted_claim_is_a_negative_finding_and_a_vacuous_one_is_not(
    claims: str, status: int, folder: Path, run: Run
) -> None:
    assert run("prove", *claims.split(), "--pack", "harbour", cwd=folder).returncode == status


def test_a_pack_without_claims_leaves_nothing_to_do(run: Run) -> None:
    done = run("prove", "--pack", str(shipped.HARBOUR))

    assert done.returncode == 5
    assert done.stdout.startswith("0 claims")


def test_a_mistyped_claim_is_told_with_the_nearest(folder: Path, run: Run) -> None:
    done = run("prove", "rock", "--pack", "harbour", cwd=folder)

    assert done.returncode == 2
    assert "`rock` is no claim; did you mean `rocks`?" in done.stderr


def test_a_claim_of_too_many_facts_is_told_and_the_others_are_proved(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("authcheck.evaluation.worlds.TOO_LARGE", 1 << 8)
    done = run("prove", "asking", "rocks", "--pack", "harbour", cwd=folder)

    assert done.returncode == 3
    assert "the claim `asking` asks of too many facts at once" in done.stderr
    assert "rocks" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["--pack", "harbour"]], ids=["shipped", "harbour"])
def test_the_json_fits_its_schema(arguments: list[str], folder: Path, run: Run) -> None:
    done = run("prove", *arguments, "--format", "json", cwd=folder)

    proof = json.loads(done.stdout)
    assert proof["schema"] == "authcheck.proof/1"
    assert list(Draft7Validator(result_schema("proof")).iter_errors(proof)) == []
    assert {passage for claim in proof["claims"] for passage in claim["passages"]} == set(proof["passages"])


def test_the_same_claims_give_the_same_bytes(run: Run, run_apart: Run) -> None:
    assert run("prove", "--format", "json").stdout == run_apart("prove", "--format", "json", PYTHONHASHSEED="7").stdout


def test_claims_are_kept_with_the_pack(folder: Path) -> None:
    built = load_pack(folder / "harbour", Cache(folder / "cache"))
    kept = load_pack(folder / "harbour", Cache(folder / "cache"))

    assert kept.claims == built.claims
    assert len(kept.claims) == 5
