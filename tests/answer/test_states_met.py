"""What earlier runs have decided is said again as it was, and decided anew where anything else may come of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Hashable
from pathlib import Path

import pytest

from authcheck.answer import Decider, states_met
from authcheck.answer.record import Verdicts
from authcheck.answer.states_met import StatesMet
from authcheck.decision.decision import Decision
from authcheck.loading.cache import Cache
from tests.shipped import HARBOUR, Run, pack, scenarios

STRIKE = (
    '{"id": "here", "scenario": "A strike", "facts": {"operation_type": "airstrike", "host_consent_status": "given"}}\n'
)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def undecided(monkeypatch: pytest.MonkeyPatch) -> list[Decision]:
    """Return the decisions that are made from now on."""
    made: list[Decision] = []
    begin = Decision.__init__

    def noted(self: Decision, *given: object, **named: object) -> None:
        made.append(self)
        begin(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Decision, "__init__", noted)
    return made


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("more", [(), ("--lens", "executive"), ("--unstated", "unknown"), ("--jobs", "2")])
def test_the_next_run_decides_nothing_and_writes_the_same(
    run: Run, tmp_path: Path, kept: Path, undecided: list[Decision], form: str, more: tuple[str, ...]
) -> None:
    arguments = ("batch", "authorities/scenarios", "-f", form, "--force", *more, "-o")
    plain = run(*arguments, str(tmp_path / "plain"), AUTHCHECK_CACHE="off")
    first = run(*arguments, str(tmp_path / "first"), AUTHCHECK_CACHE=str(kept))
    undecided.clear()
    again = run(*arguments, str(tmp_path / "again"), AUTHCHECK_CACHE=str(kept))
    assert [one.stderr for one in (first, again)] == [plain.stderr] * 2
    assert (tmp_path / "first").read_bytes() == (tmp_path / "plain").read_bytes()
    assert (tmp_path / "again").read_bytes() == (tmp_path / "plain").read_bytes()
    assert not undecided


def test_every_verdict_comes_back_as_it_was(kept: Path) -> None:
    cache = Cache(kept)
    first, again = (Decider(pack(), met=StatesMet(pack(), cache)) for _ in range(2))
    asked = [
        (part, lens, powers)
        for one in scenarios()
        for part in one.parts
        for lens in pack().lenses
        for powers in (True, False)
    ]
    said = [first.record(part, lens=lens, powers=powers) for part, lens, powers in asked]
    assert first.met is not None
    first.met.keep()
    again.decision = None  # type: ignore[assignment, method-assign]
    assert [again.record(part, lens=lens, powers=powers) for part, lens, powers in asked] == said


def test_nothing_of_a_scenario_is_kept_but_what_it_comes_to(run: Run, kept: Path) -> None:
    run("batch", "-", stdin=STRIKE.encode(), AUTHCHECK_CACHE=str(kept))
    (found,) = kept.glob("verdicts-*.json")
    text = found.read_text(encoding="utf-8")
    for word in ("A strike", "here", "airstrike", "operation_type", "host_consent_status", "given"):
        assert word not in text


def test_another_pack_or_anotherprogram_stamps_decides_anew(
    run: Run, tmp_path: Path, kept: Path, undecided: list[Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided(folder: Path) -> int:
        undecided.clear()
        run("batch", str(HARBOUR / "scenarios"), "--pack", str(folder), AUTHCHECK_CACHE=str(kept))
        return len(undecided)

    same = Path(shutil.copytree(HARBOUR, tmp_path / "same"))
    assert decided(HARBOUR) > 0
    assert decided(HARBOUR) == 0
    path = next(iter(sorted(same.glob("*.yaml"))))
    path.write_text(path.read_text(encoding="utf-8") + "\n# Changed.\n", encoding="utf-8")
    assert decided(same) > 0
    monkeypatch.setattr(states_met, "program_stamps", lambda: iter(["changed"]))
    assert decided(HARBOUR) > 0


def test_of_theprogram_stamps_every_file_counts_that_decides() -> None:
    named = {stamp.split()[0] for stamp in states_met.program_stamps()}
    assert {"decision/powers.py", "evaluation/worlds.py", "model/pack.py", "answer/hedges.py"} <= named
    assert all(name.endswith(".py") for name in named)


def with_digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize(
    "spoilt", [b"", b"{}", b"not\nwhat it was", *map(with_digest, [b"nope", b"\xff\xfe", b"7", b"[[1, 2]]\nx 0"])]
)
def test_a_file_that_is_not_whole_is_as_good_as_none(
    run: Run, kept: Path, undecided: list[Decision], spoilt: bytes
) -> None:
    first = run("batch", "-", stdin=STRIKE.encode(), AUTHCHECK_CACHE=str(kept))
    (found,) = kept.glob("verdicts-*.json")
    whole = found.read_bytes()
    found.write_bytes(spoilt or whole[:-1])
    undecided.clear()
    again = run("batch", "-", stdin=STRIKE.encode(), AUTHCHECK_CACHE=str(kept))
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
    assert undecided
    assert found.read_bytes() == whole


def test_what_is_no_file_is_left_alone_and_nothing_is_left_beside_it(
    run: Run, kept: Path, undecided: list[Decision]
) -> None:
    first = run("batch", "-", stdin=STRIKE.encode(), AUTHCHECK_CACHE=str(kept))
    (found,) = kept.glob("verdicts-*.json")
    found.unlink()
    found.mkdir()
    before = {*kept.iterdir()}
    again = run("batch", "-", stdin=STRIKE.encode(), AUTHCHECK_CACHE=str(kept))
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
    assert {*kept.iterdir()} == before
    assert undecided


def test_where_nothing_can_be_kept_the_same_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    said = {
        run("batch", "-", stdin=STRIKE.encode(), AUTHCHECK_CACHE=where).stdout
        for where in ("off", str(tmp_path / "taken"), str(tmp_path / "taken" / "within"))
    }
    assert len(said) == 1
    assert (tmp_path / "taken").read_bytes() == b""


def test_what_contradicts_itself_is_refused_in_each_run(run: Run, kept: Path) -> None:
    facts = {"operation_type": "airstrike", "airstrikes_used": False}
    text = json.dumps({"scenario": "Both", "facts": facts})
    said = [run("batch", "-", stdin=text.encode(), AUTHCHECK_CACHE=str(kept)) for _ in range(2)]
    assert said[0].returncode == 3
    assert (said[0].stdout, said[0].stderr) == (said[1].stdout, said[1].stderr)


AUTHORITIES, POWERS = "scenario,title-50", "scenario,gaps"


@pytest.mark.parametrize(
    ("asked", "decides"), [((AUTHORITIES, POWERS, AUTHORITIES, POWERS), 2), ((POWERS, AUTHORITIES, POWERS), 1)]
)
def test_what_is_asked_of_authorities_alone_says_nothing_of_powers_and_takes_nothing_away(
    run: Run, kept: Path, undecided: list[Decision], asked: tuple[str, ...], decides: int
) -> None:
    for number, select in enumerate(asked):
        arguments = ("batch", "authorities/scenarios", "-f", "csv", "--select", select)
        plain = run(*arguments, AUTHCHECK_CACHE="off").stdout
        undecided.clear()
        assert run(*arguments, AUTHCHECK_CACHE=str(kept)).stdout == plain
        assert bool(undecided) == (number < decides)


def verdicts() -> Verdicts:
    return Verdicts((), (), {}, {}, ())


def found(met: StatesMet, *told: Hashable) -> list[bool]:
    return [met.find(one, powers=False) is not None for one in told]


def test_what_two_runs_meet_at_once_is_kept_of_both(kept: Path) -> None:
    one, other, later = (StatesMet(pack(), Cache(kept)) for _ in range(3))
    assert found(one, "a", "b") == found(other, "a", "b") == [False, False]
    one.add("a", verdicts())
    other.add("b", verdicts())
    one.keep()
    other.keep()
    assert found(later, "a", "b", "c") == [True, True, False]


def test_authorities_alone_take_nothing_away_from_what_another_run_has_kept_meanwhile(kept: Path) -> None:
    story = scenarios()[0]
    whole = Decider(pack()).record(story)
    alone, both = (Decider(pack(), met=StatesMet(pack(), Cache(kept))) for _ in range(2))
    alone.record(story, powers=False)
    both.record(story)
    for one in (both, alone):
        assert one.met is not None
        one.met.keep()
    later = Decider(pack(), met=StatesMet(pack(), Cache(kept)))
    later.decision = None  # type: ignore[assignment, method-assign]
    assert later.record(story) == whole


def test_the_latest_states_are_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states_met, "_MOST_STATES", 3)
    for some in ("ab", "cd"):
        met = StatesMet(pack(), Cache(kept))
        for told in some:
            met.add(told, verdicts())
        met.keep()
    assert found(StatesMet(pack(), Cache(kept)), *"abcd") == [False, True, True, True]
    met = StatesMet(pack(), Cache(kept))
    for told in "efghi":
        met.add(told, verdicts())
    met.keep()
    later = StatesMet(pack(), Cache(kept))
    assert found(later, "i") == [True]
    assert sum(found(later, *"abcdefghi")) == 3


def test_of_packs_that_change_the_latest_are_kept(kept: Path) -> None:
    cache, other = Cache(kept), kept / "pack-of-another-kind.json"
    kept.mkdir()
    other.write_bytes(b"")
    for number in range(5):
        cache.keep("verdicts", (str(number),), b"anything", 3)
    assert [cache.read("verdicts", (str(number),)) for number in range(5)] == [None, None, *[b"anything"] * 3]
    assert other.exists()


def test_what_states_the_same_is_one_state(run: Run, kept: Path) -> None:
    lines = "".join(STRIKE.replace("here", f"r{number}") for number in range(5))
    run("batch", "-", stdin=lines.encode(), AUTHCHECK_CACHE=str(kept))
    (path,) = kept.glob("verdicts-*.json")
    states = path.read_text(encoding="utf-8").split("\n")[2:]
    assert len(states) == 1
