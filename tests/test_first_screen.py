"""The first screen of an answer: it fits, it answers, and its quotations are whole."""

from __future__ import annotations

import itertools
import json
import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from authcheck.answer.answer import Answer
from authcheck.answer.support import carrying
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layouts.first_screen import COLUMNS, ROWS, first_screen
from authcheck.rendering.words import power_words
from tests import shipped
from tests.processes import ESCAPE, Terminal
from tests.shipped import ROOT, Run

CAPTURES = Path(__file__).parent / "golden" / "first-screens"
"""What a student sees first, of each scenario of the pack."""


@pytest.fixture
def terminal(clean_environment: Mapping[str, str]) -> Callable[..., str]:
    """Return a function that runs a command line on a terminal of 80 × 24 and returns what it shows."""

    def terminal(*arguments: str, **settings: str) -> str:
        at = Terminal(*arguments, cwd=ROOT, environment={**clean_environment, **settings}, columns=COLUMNS)
        try:
            at.end()
        finally:
            at.close()
        return ESCAPE.sub("", at.shown)

    return terminal


def needed(answer: Answer) -> list[str]:
    return [name for name, power in answer.powers.items() if power.needed is not Need.NOT_NEEDED]


@pytest.mark.parametrize("name", shipped.EVERY_PATH)
def test_it_fits_a_terminal_and_says_the_same_in_a_pipe(
    name: str, terminal: Callable[..., str], run: Run, golden: Callable[[Path, str], None]
) -> None:
    # Several activities are one screen in short.
    powers = needed(shipped.decider().decide(shipped.scenario(name))) if name in shipped.PATHS else []
    shown = terminal("evaluate", name)
    golden(CAPTURES / f"{name}.txt", shown)
    rows = shown.rstrip("\n").split("\n")
    assert len(rows) <= ROWS + 4 * max(0, len(powers) - 3)
    assert all(len(row) <= COLUMNS for row in rows)
    assert shown.split() == run("evaluate", name).stdout.split()


@pytest.mark.parametrize("lens", ["documents", "all", "ali", "executive"])
@pytest.mark.parametrize("name", shipped.PATHS)
def test_each_power_has_its_verdict_and_the_words_that_carry_it(name: str, lens: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    lines = [line.text for line in first_screen(answer, f"authcheck evaluate {name}")]
    quotes = {f"“{passage.quote}”" for passage in answer.passages.values() if passage.quote}
    for power in (answer.powers[name] for name in needed(answer)):
        (at,) = (index for index, line in enumerate(lines) if line.startswith((f"{power.title}: ", f"{power.title} (")))
        assert ("nothing: a gap" if power.gap else power_words(power)) in lines[at]
        under = list(itertools.takewhile(lambda line: line.startswith(" "), lines[at + 1 :]))
        if power.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED}:
            assert any(quote in line for quote in quotes for line in under), power.title
    # No quotation is cut, and each has its source beside it.
    for line in lines:
        if "“" in line and line.startswith("    "):
            assert any(quote in line for quote in quotes), line
            assert line.split("” ")[-1].strip()


@pytest.mark.parametrize("name", shipped.PATHS)
def test_verbose_has_every_passage_that_carries_it_and_whose_words_the_hedges_are(name: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    shown = "\n".join(line.text for line in first_screen(answer, "authcheck", whole=True))
    for power in (answer.powers[name] for name in needed(answer)):
        hedging = {passage for hedge in power.hedges for passage in hedge.passages}
        sources = [answer.authorities[source] for source in power.sources]
        if power.verdict is Verdict.AVAILABLE:
            carriers = [source for source in sources if source.verdict is Verdict.AVAILABLE]
            hedging.update(passage for source in carriers for passage in carrying(source, answer, every=True))
        for passage in hedging:
            assert answer.passages[passage].quote in shown, (power.title, passage)
    assert "-v" not in shown.splitlines()[-1]


@pytest.mark.parametrize(("name", "fact"), [("drone-attack", "an attack in the United States"), ("day-75", "refused")])
def test_what_the_story_is_about_is_not_cut_from_its_facts(name: str, fact: str, run: Run) -> None:
    assert fact in run("evaluate", name).stdout.splitlines()[1]


@pytest.mark.parametrize("name", ["invited-raid", "neptune-spear", "al-baghdadi"])
def test_what_may_supply_an_undetermined_power_is_named(name: str, run: Run) -> None:
    shown = run("evaluate", name).stdout
    assert re.search(
        "^  Article II, the president's own power: .*Title 50, covert and clandestine", shown, re.MULTILINE
    )


def test_a_power_that_is_perhaps_needed_is_available_where_it_is_and_from_what_alone_fills_the_need(
    run: Run, tmp_path: Path
) -> None:
    # Nothing says where the measures are taken, or by whom, and nothing is said to be designated.
    assert run("new", "raid.yaml", "--type", "law_enforcement", cwd=tmp_path).returncode == 0
    title = "Criminal and immigration enforcement (perhaps needed): available where it is needed"
    for form in ((), ("--full",)):
        shown = run("evaluate", "raid.yaml", *form, cwd=tmp_path).stdout
        under = shown.partition(title)[2].splitlines()[1:3]
        assert under[0].lstrip().startswith("Criminal and immigration law enforcement (wholly inferred)"), form
        assert "“Washington should enhance interagency coordination" in under[1], form
    memo = run("evaluate", "raid.yaml", "--memo", cwd=tmp_path).stdout
    assert "available on the facts stated and assumed, from Criminal and immigration law enforcement" in memo
    (carrier,) = json.loads(run("evaluate", "raid.yaml", "--format", "json", cwd=tmp_path).stdout)["powers"][
        "enforce-criminal-and-immigration-law"
    ]["carriers"]
    assert carrier == "law-enforcement"


def test_the_clock_of_the_statute_stands_first_and_one_that_is_inferred_says_so(run: Run) -> None:
    clocks = [line for line in run("evaluate", "day-75").stdout.splitlines() if line.startswith("Clock")]
    # The thirty days that may be certified are not said to be.
    assert [line.partition(",")[0] for line in clocks] == ["Clock over: day 72 of 60", "Clock over: day 75 of 60"]
    assert "from the report or its due day" in clocks[0]
    certified = run("evaluate", "day-75", "-v", "--set", "military_necessity_certified=true").stdout
    assert "Clock: day 72 of 90" in certified
    assert "from the first day of operations (inference)" in " ".join(certified.split())
    assert "72 of 60" not in certified


_ANNOUNCED = """
as_of: 2025-03-01
facts:
  operation: {type: airstrike, tempo: sustained, location: host_country}
  conducting_element: us_armed_forces
  target_type: state
  attack_status: none
  hostilities_start_date: 2024-12-01
  presidential_approval: true
  role_to_be_acknowledged: true
"""


def test_what_nothing_raises_is_not_asked_for_and_lends_no_hedge() -> None:
    answer = shipped.decider().decide(shipped.written(_ANNOUNCED))
    power = answer.powers["use-force-abroad"]
    held = {hedge.words for hedge in answer.authorities["title-50"].hedges}
    assert "It’s possible" in held
    assert not held & {hedge.words for hedge in power.hedges}
    assert "title-50" not in {name for fact in answer.asked for name in fact.authorities}
    shown = "\n".join(line.text for line in first_screen(answer, "authcheck"))
    assert "Title 50, covert and clandestine operations: not raised, " in shown


def test_the_words_of_a_hedge_stand_under_the_authority_that_they_limit() -> None:
    answer = shipped.decider().decide(shipped.written(_ANNOUNCED.replace("target_type: state", "target_type: cartel")))
    lines = [line.text for line in first_screen(answer, "authcheck", whole=True)]
    (at,) = (place for place, line in enumerate(lines) if "“he would likely need a new AUMF" in line)
    above = [line for line in lines[:at] if line.startswith("  ") and line.endswith(":")]
    assert above[-1].endswith("Article II, the president's own power:")


def test_the_first_words_are_of_the_reading_on_which_a_source_is_available() -> None:
    story = _ANNOUNCED.replace("2024-12-01", "2025-02-20")
    answer = shipped.decider().decide(shipped.written(story), lens="executive")
    assert answer.authorities["article-ii"].left_out
    lines = [line.text for line in first_screen(answer, "authcheck")]
    (at,) = (place for place, line in enumerate(lines) if line.startswith("  Article II, the president's own power"))
    assert "“Presidents – and especially this President – assert" in lines[at + 1]


@pytest.mark.parametrize(
    ("name", "lens", "title", "words", "whose"),
    [
        (
            "drone-attack",
            "text",
            "Article 51, self-defence",
            "if an armed attack occurs against a Member",
            "U.N. Charter",
        ),
        ("drone-attack", "ali", "Article 51, self-defence", "such an attack would allow him", "reporting Javed Ali"),
        ("drone-attack", "executive", "Article II, the president's own power", "Presidents – and", "Matthew C. Waxman"),
        ("cia-team", "text", "Title 50, covert and clandestine operations", "", "U.S.C. § 3093"),
    ],
)
def test_the_first_words_under_the_lens_of_a_holder_are_of_the_reading_that_he_chose(
    name: str, lens: str, title: str, words: str, whose: str
) -> None:
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    lines = [line.text for line in first_screen(answer, "authcheck")]
    (at,) = (place for place, line in enumerate(lines) if line.startswith(f"  {title}"))
    assert words in lines[at + 1]
    assert whose in lines[at + 1]


def test_the_lens_of_a_holder_says_whose_readings_stand_in_where_he_has_none(run: Run) -> None:
    said = "Where the lens's holder is not on record, the documents' readings stand in."
    for lens, says in (("text", True), ("ali", True), ("documents", False), ("all", False)):
        assert (said in run("evaluate", "arrests-at-home", "--lens", lens).stdout.splitlines()) == says


def test_a_means_that_is_met_says_what_that_does_not_promise(run: Run) -> None:
    shown = " ".join(run("evaluate", "cia-team").stdout.split())
    said = 'The teams could "conceivably" be used; that the argument on the ban succeeds is not promised.'
    assert f"through CIA Special Operations Group team: met, “conceivably” {said}" in shown
    assert said not in run("evaluate", "title-50-raid").stdout


def test_a_means_that_bars_a_power_says_by_what_and_whose_word_that_is(run: Run) -> None:
    shown = " ".join(run("evaluate", "cia-team-unargued").stdout.split())
    assert "which bars it Not met: No killing is intended, or it is argued to be something other" in shown
    assert "“the CIA would need to argue that this is not a political killing but is something else” Matthew" in shown


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        (
            "monthly-raids",
            "Javed Ali: silent, “would probably only do that once” · Matthew C. Waxman: available, “It’s possible”",
        ),
        ("announced-strike", "Javed Ali: available · Matthew C. Waxman and The War Zone: silent"),
    ],
)
def test_a_second_dispute_on_which_a_power_turns_is_named_with_who_holds_what(name: str, sides: str, run: Run) -> None:
    shown = " ".join(run("evaluate", name).stdout.split())
    assert "Does Article II suffice without a direct attack on the United States?" in shown
    assert re.search(rf"Title 50, covert and clandestine operations \((in part|wholly) inferred\): {sides}", shown)


def test_what_is_silent_has_no_hedge_of_another_verdict() -> None:
    facts = "operation_type: blockade, conducting_element: us_armed_forces, target_type: state"
    answer = shipped.decider().decide(shipped.written(f"as_of: 2025-03-01\nfacts: {{{facts}}}\n"))
    assert answer.powers["act-short-of-force"].verdict is Verdict.SILENT
    assert answer.powers["act-short-of-force"].hedges == ()


@pytest.mark.parametrize("name", shipped.PATHS)
def test_no_name_of_a_fact_stands_in_its_prose(name: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    prose = "\n".join(
        line.text for line in first_screen(answer, "authcheck") if not line.text.startswith("  authcheck")
    )
    named = re.compile(r"\b(" + "|".join(fact for fact in shipped.pack().facts if "_" in fact) + r")\b")
    assert not named.search(prose)


@pytest.mark.parametrize(
    "arguments", [["drone-attack"], ["day-75", "--lens", "all"], ["authorities/scenarios/bolivia.yaml"]]
)
def test_a_fact_that_it_asks_for_can_be_stated_as_it_says(arguments: list[str], run: Run) -> None:
    shown = run("evaluate", *arguments).stdout
    for command in re.findall(r"^  (authcheck evaluate .*--set .*)$", shown, re.MULTILINE):
        done = run(*shlex.split(command)[1:])
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout != shown


def test_what_was_set_on_the_command_line_is_said(run: Run) -> None:
    shown = run("evaluate", "drone-attack", "--set", "attack_is_direct=unknown").stdout
    assert "As set: Is it a direct attack? unknown" in shown


def test_a_designation_that_reaches_no_force_is_never_green(run: Run) -> None:
    shown = run("evaluate", "drone-attack", "--color", "always").stdout
    (line,) = (line for line in shown.splitlines() if "does not “directly” reach force" in line)
    assert "\x1b[32m" not in line
    assert "32m" not in line


def test_all_of_it_is_whole_and_goes_through_the_pager(terminal: Callable[..., str], run: Run, tmp_path: Path) -> None:
    whole = run("evaluate", "drone-attack", "--full").stdout
    assert "Cautions, which change no verdict" in whole
    kept = tmp_path / "kept.txt"
    assert terminal("evaluate", "drone-attack", "--full", PAGER=f"cat > {kept}") == ""
    paged = ESCAPE.sub("", kept.read_text(encoding="utf-8"))
    assert paged.split() == whole.split()
    assert terminal("evaluate", "drone-attack", "--full", "--no-pager", PAGER="false").split() == whole.split()


@pytest.mark.parametrize("pager", ["false", "/no/such/pager", "", "exit 3"])
def test_a_pager_that_fails_hides_nothing(pager: str, terminal: Callable[..., str], run: Run) -> None:
    shown = terminal("evaluate", "drone-attack", "--full", PAGER=pager)
    assert run("evaluate", "drone-attack", "--full").stdout.split()[-20:] == shown.split()[-20:]


def test_nothing_is_paged_in_a_pipe(run: Run) -> None:
    assert run("evaluate", "drone-attack", "--full", PAGER="false").stdout
