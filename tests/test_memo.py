"""The memorandum: its form, its footnotes, and that it is never surer than the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from authcheck.answer.answer import Answer, Kind, PowerAnswer
from authcheck.decision.decision import DaySource
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layouts.memo.memorandum import memorandum_layout
from authcheck.rendering.layouts.memo.sentences import Notes
from authcheck.rendering.on_markdown import escaped, markdown_text
from authcheck.rendering.words import paragraphs
from tests import shipped
from tests.shipped import Run

Decide: TypeAlias = Callable[..., Answer]

WORDS = {verdict: verdict.value for verdict in Verdict} | {Verdict.UNAVAILABLE: "gap"}


def words_of(power: PowerAnswer) -> str:
    """Return what is to be said of a power: of one that no reading supplies, that it is so."""
    assert power.verdict is not None
    if power.gap or not power.unsupplied or power.verdict is Verdict.SILENT:
        return WORDS[power.verdict]
    readings = "any reading that the lens admits" if power.supplied_if_left_out else "any reading"
    less = "" if power.verdict is Verdict.UNAVAILABLE else ": silent or unavailable"
    return f"not available on {readings}{less}"


@pytest.fixture(scope="module")
def decide() -> Decide:
    def decide(scenario: Path | str, lens: str = "documents") -> Answer:
        chosen = shipped.scenario(scenario) if isinstance(scenario, str) else shipped.scenario_in(scenario)
        return shipped.decider().decide(chosen, lens=lens)

    return decide


@pytest.fixture
def unsettled(tmp_path: Path) -> Path:
    """Return a scenario whose facts are claimed, reported, disputed and open."""
    path = tmp_path / "unsettled.yaml"
    path.write_text(
        """\
scenario: "A *raid* | 1. [x](y) <b>"
description: |
  1. No list.

  - No list either, <script>alert(1)</script> & so on.
facts:
  operation: {type: ground_raid, location: [host_country, united_states], tempo: single}
  conducting_element: cia_special_operations_group
  attack:
    status: {value: occurred, status: reported, note: a newspaper}
    location: {value: united_states, status: claimed}
    is_direct: {value: true, status: claimed, note: the President}
  host_consent_status: {value: refused, status: disputed, note: two diplomats differ}
options:
  strike: {operation_type: airstrike, conducting_element: us_armed_forces, operation_location: host_country}
""",
        encoding="utf-8",
    )
    return path


def memo_of(answer: Answer) -> str:
    return markdown_text(memorandum_layout(answer, Notes()))


def body_of(memo: str) -> str:
    return memo.partition("\n[^1]: ")[0]


def section(memo: str, title: str, level: int = 2) -> str:
    """Return what stands under a heading, up to the next of its level or above."""
    found = re.search(
        rf"^{'#' * level} {re.escape(title)}\n(.*?)(?=^#{{1,{level}}} |\Z)", memo, re.MULTILINE | re.DOTALL
    )
    assert found is not None, title
    return found[1]


# The footnotes.


def faults_of_footnotes(memo: str) -> Iterator[str]:
    """Return what is wrong with footnotes that should be numbered as they are first cited, each defined once."""
    defined = re.findall(r"^\[\^(\d+)\]: (.+)$", memo, re.MULTILINE)
    cited = list(dict.fromkeys(re.findall(r"\[\^(\d+)\](?!:)", memo)))
    if cited != [str(number) for number in range(1, len(cited) + 1)]:
        yield "not numbered as they are cited"
    if sorted(number for number, _ in defined) != sorted(cited):
        yield "cited and not defined, or defined and not cited, or twice"
    if len({words for _, words in defined}) != len(defined):
        yield "one passage has two footnotes"


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_footnote_is_defined_once_and_numbered_as_it_is_first_cited(name: str, decide: Decide) -> None:
    memo = memo_of(decide(name))
    assert "[^1]: " in memo
    assert not list(faults_of_footnotes(memo))


def test_several_memoranda_in_one_document_share_their_footnotes(run: Run) -> None:
    done = run("evaluate", "drone-attack", "gulf-of-california", "day-75", "-f", "markdown", "--memo")
    assert done.returncode == 0
    assert done.stdout.count("# Memorandum\n") == 3
    assert not list(faults_of_footnotes(done.stdout))


def test_several_answers_in_one_document_share_their_footnotes(run: Run) -> None:
    done = run("evaluate", "drone-attack", "gulf-of-california", "day-75", "-f", "markdown")
    assert not list(faults_of_footnotes(done.stdout))


def test_a_footnote_gives_the_words_the_speaker_and_the_place(decide: Decide) -> None:
    memo = memo_of(decide("drone-attack"))
    assert (
        "“such an attack would allow him to respond under United Nations Article 51’s self-defense provisions” "
        "The War Zone, reporting Javed Ali, paragraph 11\n"
    ) in memo
    assert "The War Zone, reporting a retired special forces officer, anonymous, paragraph 57\n" in memo
    assert re.search(r"^\[\^\d+\]: U\.N\. Charter art\. 51, second sentence \(citation only\)$", memo, re.MULTILINE)


@pytest.mark.parametrize("name", shipped.PATHS)
def test_nothing_is_put_in_quotation_marks_but_words_of_the_sources(name: str, decide: Decide) -> None:
    answer = decide(name)
    memo = memo_of(answer)
    quotes = {escaped(one.quote) for one in answer.passages.values()}
    for words in re.findall(r"^\[\^\d+\]: “(.+)” ", memo, re.MULTILINE):
        assert words in quotes
    said = " ".join([escaped(one.role) for one in answer.passages.values()] + [escaped(answer.description)])
    # A hedge stands beside its verdict in the source's own words.
    assert all(
        words in said or any(words[1:-1] in quote for quote in quotes) for words in re.findall(r"“.+?”", body_of(memo))
    )


# The form.


def test_to_and_from_are_left_blank_and_the_date_is_the_scenarios(decide: Decide) -> None:
    answer = decide("drone-attack")
    assert memo_of(answer).startswith(
        "# Memorandum\n\n**TO:**\n\n**FROM:**\n\n**DATE:** February 25, 2025\n\n"
        "**RE:** Drone attack on a Texas border post, strike the next day\n"
    )
    receipt = replace(answer.receipt, as_of_from=DaySource.PACK)
    assert "February 25, 2025 (the date of the pack; the scenario gives none)\n" in memo_of(
        replace(answer, receipt=receipt)
    )


def test_the_sections_stand_in_the_order_of_a_memorandum(decide: Decide) -> None:
    titles = re.findall(r"^## (.+)$", memo_of(decide("drone-attack")), re.MULTILINE)
    assert titles == [
        "Question presented",
        "Brief answer",
        "Facts",
        "Discussion",
        "Other authorities considered",
        "Duties and clocks",
        "Open questions",
        "Cautions",
        "What the documents cannot know",
        "Sources",
    ]


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_power_that_may_be_needed_is_discussed_and_no_other(name: str, decide: Decide) -> None:
    answer = decide(name)
    needed = [power for power in answer.powers.values() if power.needed is not Need.NOT_NEEDED]
    discussion = section(memo_of(answer), "Discussion")
    titles = [f"{number}. {escaped(power.title)}" for number, power in enumerate(needed, start=1)]
    assert re.findall(r"^### (.+)$", discussion, re.MULTILINE) == titles
    for title in titles:
        parts = re.findall(r"^#### (.+)$", section(discussion, title, 3), re.MULTILINE)
        assert parts == ["Issue", "Rule", "Application", "Conclusion"]


@pytest.mark.parametrize("lens", ["documents", "all", "ali"])
@pytest.mark.parametrize("name", shipped.PATHS)
def test_a_conclusion_is_as_sure_as_the_verdict_and_no_surer(name: str, lens: str, decide: Decide) -> None:
    answer = decide(name, lens)
    memo = memo_of(answer)
    needed = [power for power in answer.powers.values() if power.needed is not Need.NOT_NEEDED]
    for number, power in enumerate(needed, start=1):
        conclusion = section(section(memo, f"{number}. {escaped(power.title)}", 3), "Conclusion", 4)
        assert power.verdict is not None
        words = ", ".join([words_of(power), *(f"“{escaped(hedge.words)}”" for hedge in power.hedges)])
        assert re.findall(r"\*\*(.+?)\*\*", conclusion) == [words]
        assert conclusion.lstrip().startswith("If it is needed, ") == (power.needed is Need.PERHAPS)
        assert all(one.value in conclusion for one in power.possible if power.verdict is Verdict.UNDETERMINED)
        brief = re.search(rf"\*\*{re.escape(escaped(power.title))}: (.+?)\.\*\*", section(memo, "Brief answer"))
        assert brief is not None
        assert brief[1].removeprefix("a ").removesuffix(" (perhaps needed)").replace(" where it is needed", "") == words


@pytest.mark.parametrize("name", ["drone-attack", "day-75", "designation-alone", "title-50-raid", "cia-team"])
def test_every_element_of_a_source_that_may_carry_the_power_is_stated_and_applied(name: str, decide: Decide) -> None:
    answer = decide(name)
    memo = memo_of(answer)
    for id, one in answer.authorities.items():
        serves = any(id in power.sources and power.needed is not Need.NOT_NEEDED for power in answer.powers.values())
        if not serves or one.verdict in {Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED}:
            continue
        rule, application = re.findall(
            rf"^\*\*\([a-z]\) {re.escape(escaped(one.title))}.+?(?=^\*\*\(|^#)", memo, re.MULTILINE | re.DOTALL
        )
        # Of exceptions that do not hold, the first and the last are named.
        applied = {
            number
            for first, last in re.findall(r"\((\d+)\)(?: to \((\d+)\))?", application)
            for number in range(int(first), int(last or first) + 1)
        }
        elements = [part for ground in one.tree.parts if ground.kind == Kind.GROUND for part in ground.parts]
        for number, element in enumerate(elements, start=1):
            assert f"\n{number}. " in rule
            assert escaped(element.text) in rule
            assert number in applied


def test_the_facts_say_who_says_so_and_what_is_assumed_or_unknown(decide: Decide, unsettled: Path) -> None:
    facts = section(memo_of(decide(unsettled)), "Facts")
    assert "to which the operation answers? Occurred (reported: a newspaper).\n" in facts
    assert "where is it to take place? United States (claimed).\n" in facts
    assert "Is it a direct attack? Yes (claimed, a judgement that the scenario supplies: the President).\n" in facts
    assert "Has the host country consented? (disputed, and so counted as unknown: two diplomats differ)\n" in facts
    assert "Where does it take place? Host country or United States.\n" in facts
    assumed = section(facts, "What is assumed, since the scenario does not state it", 3)
    assert "Has Congress approved the operations? Not sought.\n" in assumed
    assert "Does the United States use armed force" in section(facts, "What follows from these", 3)


def test_a_verdict_says_which_soft_facts_it_rests_on(decide: Decide, unsettled: Path) -> None:
    memo = memo_of(decide(unsettled))
    assert "which is only reported; fact " in memo
    assert "which is only claimed and is a judgement that the scenario supplies." in memo


def test_a_means_that_is_only_perhaps_used_is_said_to_be_so(decide: Decide) -> None:
    memo = memo_of(decide("al-baghdadi"))
    assert "A means is perhaps used; if it is, it must be available as well.\n" in memo
    assert "**(e) CIA Special Operations Group team**, a means that may be used (" in memo
    assert "The means that is used must be available as well.\n" in memo_of(decide("cia-team"))


def test_what_bears_on_every_ground_is_set_apart_where_there_are_several(decide: Decide) -> None:
    rule = section(memo_of(decide("al-baghdadi")), "Rule", 4)
    assert "\nIt has two grounds, each of which is enough.\n" in rule
    assert "\n\nWhatever the ground:\n\n4. It is in force from 2001-09-18. (Congress)" in rule


def test_what_is_contested_says_who_holds_what(decide: Decide) -> None:
    memo = memo_of(decide("designation-alone"))
    application = section(memo, "Application", 4)
    assert (
        "- *(1) is contested.* Does Article II suffice without a direct attack on the United States?\n" in application
    )
    assert re.search(
        r"\n  - The executive branch, as reported by Matthew C\. Waxman: .+ \*So it is not asked\.\*\n", application
    )
    assert re.search(r"\n  - Javed Ali: .+ \*So it is not met\.\*\n", application)


def test_a_reading_that_the_lens_leaves_out_is_told_where_it_would_change_the_answer(decide: Decide) -> None:
    told = "On a reading that the lens leaves out, *War Powers Resolution, the sixty days* would be unavailable."
    memo = memo_of(decide("drone-attack"))
    assert told in section(memo, "Brief answer")
    left_out = section(memo, "Readings left out", 3)
    assert "On *War Powers Resolution, the sixty days*, that of Congress and the text of the law: " in left_out
    assert "the verdict is unavailable." in left_out
    memo = memo_of(decide("drone-attack", "all"))
    assert "that the lens leaves out" not in memo
    title = "*War Powers Resolution, the sixty days* (in part inferred)"
    assert f"{title} is contested: available on the reading of Javed Ali" in memo


def test_a_mistaken_sentence_is_named_as_mistaken_and_once(decide: Decide) -> None:
    memo = memo_of(decide("designation-alone"))
    assert memo.count("Mistaken, “directly”: *Once they are terrorists, we can strike.*") == 1
    brief = section(memo, "Brief answer")
    assert "*Designation as a Foreign Terrorist Organization* has its own effects alone" in brief


def test_without_a_power_in_issue_the_answer_is_none(decide: Decide) -> None:
    memo = memo_of(decide("three-courses"))
    assert "\nNone. The activity described needs no power of which the documents speak.\n" in memo
    courses = section(memo, "Courses of action")
    assert "- **strike**\n  - States anew: operation type: airstrike;" in courses
    assert "Would rely on *Title 50, covert and clandestine operations*, “It’s possible”." in courses


def test_a_clock_that_has_run_out_is_told_in_the_past(decide: Decide) -> None:
    clocks = section(memo_of(decide("day-75")), "Duties and clocks")
    assert "over; the last day was February 10, 2025, and this is day 75 of 60" in clocks


def test_every_memorandum_lists_the_documents_that_it_cites_and_no_others(run: Run) -> None:
    done = run("evaluate", "day-75", "gulf-of-california", "-f", "markdown", "--memo")
    first, second = done.stdout.split("# Memorandum\n")[1:]
    assert "War Powers Resolution" in section(first, "Sources")
    assert "War Powers Resolution" not in section(second, "Sources")
    assert "How Trump Could Use Military Force Against Cartels In Mexico" in section(second, "Sources")


# What a scenario holds.


def test_words_of_a_scenario_stay_words(decide: Decide, unsettled: Path) -> None:
    memo = memo_of(decide(unsettled))
    assert "**RE:** A \\*raid\\* \\| 1. \\[x\\](y) \\<b\\>\n" in memo
    assert "\n1\\. No list.\n" in memo
    assert "\n\\- No list either, \\<script\\>alert(1)\\</script\\> \\& so on.\n" in memo


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("1. a", "1\\. a"),
        ("12) b", "12\\) b"),
        ("1.5 days", "1.5 days"),
        ("2025-01-20", "2025-01-20"),
        ("- a", "\\- a"),
        ("=====", "\\====="),
        ("# a", "\\# a"),
        ("a\x1b[31m\nb", "a\ufffd\\[31m b"),
        ("[^1]", "\\[^1\\]"),
    ],
)
def test_what_markdown_would_obey_is_escaped(words: str, shown: str) -> None:
    assert escaped(words) == shown


def test_a_text_is_parted_at_its_empty_lines() -> None:
    assert list(paragraphs("a\nb\n \n\nc\n")) == ["a b", "c"]


# The command.


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_a_memorandum_in_another_format_is_an_error_that_says_so(format: str, run: Run) -> None:
    done = run("evaluate", "drone-attack", "--memo", "-f", format)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"a memorandum is written in words, not as {format}: add --format markdown" in done.stderr


def test_a_memorandum_as_text_points_to_its_notes_by_number(run: Run) -> None:
    shown = run("evaluate", "drone-attack", "--memo").stdout
    assert shown.startswith("Memorandum\n\nTO:\n\nFROM:\n\nDATE: February 25, 2025\n")
    assert "needs this power.[1] Does" in shown
    assert "\n[1] “" in shown
    assert not re.search(r"\*\*|\[\^|^#", shown, re.MULTILINE)


def test_a_memorandum_as_a_page_links_every_mark_to_its_note(run: Run) -> None:
    shown = run("evaluate", "drone-attack", "day-75", "--memo", "-f", "html").stdout
    marks = set(re.findall(r'<sup><a href="#(note-\d+)">\[\d+\]</a></sup>', shown))
    notes = re.findall(r'id="(note-\d+)"', shown)
    assert len(notes) > 10
    assert sorted(notes) == sorted(marks)


def test_the_seed_of_the_hashes_changes_no_byte_of_a_memorandum(run_apart: Run) -> None:
    shown = [
        run_apart("evaluate", "monthly-raids", "-f", "markdown", "--memo", PYTHONHASHSEED=seed)
        for seed in ("1", "4242")
    ]
    assert shown[0].returncode == 0
    assert shown[0].stdout == shown[1].stdout
