"""Where the readings of a contested verdict part, who holds what, and what the lens leaves out."""

from __future__ import annotations

import re

import pytest

from authcheck.answer.answer import Answer
from authcheck.rendering.layout import Line
from authcheck.rendering.layouts.answer import answer_layout
from authcheck.wording import spoken
from tests import shipped
from tests.shipped import Run

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def answer(name: str, lens: str = "documents", **readings: str) -> Answer:
    scenario = shipped.scenario(name)
    chosen = {question.replace("_", "-"): reading for question, reading in readings.items()}
    return shipped.decider().decide(scenario, lens=lens, readings=chosen)


def section(text: str, heading: str) -> str:
    """Return the lines of a section, without its heading."""
    return next(part for part in text.split("\n\n") if part.startswith(heading)).partition("\n")[2]


def test_the_crux_names_the_element_what_is_shared_and_who_holds_what(run: Run) -> None:
    shown = section(run("evaluate", "designation-alone", "--full").stdout, "Contested")
    lines = [line for line in shown.splitlines() if not line.startswith("        ")]
    assert lines[1].startswith(
        "    met on every reading that the lens admits: The sixty days are not over, Congress has acted, or a practice "
        "counts that administrations have treated as approval."
    )
    assert lines[2].startswith("    the crux: Does Article II suffice without a direct attack on the United States? ")
    assert " It turns on: A direct attack on the United States is answered, or the president's broader" in lines[2]
    assert [(line.partition(": ")[0], line.rpartition(" → ")[2]) for line in lines[3:]] == [
        ("      the executive branch, as reported by Matthew C. Waxman", "available, “at least up to a certain level”"),
        ("      Javed Ali", "unavailable, “likely”"),
        (f"      {NOTE}", f"      {NOTE}"),
    ]


NOTE = (
    "Ali does not say that the new AUMF is for want of an attack. Waxman reports the claim; his own "
    "view is that no new AUMF is needed, and that Article II is why is an inference. Whether the executive "
    "holds § 2(c) binding no passage says; that such an attack creates a national emergency, with no more, is an "
    'inference. One document leaves the question open ("whether the president has '
    'the authority").'
)


def test_what_is_to_be_noted_on_a_question_stands_with_its_readings(run: Run) -> None:
    for command in (
        ["explain", "designation-alone", "-a", "article-ii"],
        ["explain", "designation-alone", "-a", "article-ii", "--full"],
        ["compare", "designation-alone", "--readings"],
    ):
        assert run(*command).stdout.count(NOTE) == 1


def test_what_is_undetermined_and_may_be_contested_stands_once_with_what_it_turns_on(run: Run) -> None:
    shown = run("evaluate", "monthly-raids", "--set", "covert_action_oversight_compliance=unknown", "--full").stdout
    contested = section(shown, "Contested")
    hedges = "“would probably only do that once”, “It’s possible”"
    title = "Title 50, covert and clandestine operations"
    assert f"  {title} (undetermined: contested or unavailable, {hedges})\n" in contested
    asked = shipped.pack().facts["covert_action_oversight_compliance"].question
    assert contested.endswith(f"    turns on: {asked}")
    assert "Title 50" not in section(shown, "Undetermined")


def test_a_source_that_is_undetermined_is_named_with_what_it_may_become(run: Run) -> None:
    title = "Title 50, covert and clandestine operations"
    arguments = ["monthly-raids", "--set", "covert_action_oversight_compliance=unknown"]
    relied_on = section(run("evaluate", *arguments, "--full").stdout, "It would rely on")
    lines = relied_on.partition("Justification under")[0] if relied_on else ""
    hedges = "“would probably only do that once”, “It’s possible”"
    assert f"    {title} (in part inferred): undetermined: contested or unavailable, {hedges}\n" in f"{lines}\n"
    memo = run("evaluate", *arguments, "--memo", "--format", "markdown").stdout
    assert f"*{title}* (in part inferred) is undetermined: contested or unavailable, {hedges}." in memo


def test_a_duty_is_shown_with_where_it_stands(run: Run) -> None:
    duties = section(run("evaluate", "drone-attack", "--full").stdout, "Duties and clocks")
    assert all(line.endswith("]") for line in duties.splitlines() if ": " in line and "perhaps" not in line)
    assert "(the President) within 48 hours after forces are introduced: 2025-02-27 [50 U.S.C. § 1543(a)]\n" in duties
    words = "  duty, owed: Consult with Congress before forces are introduced, in every possible instance. ("
    assert words in run("explain", "drone-attack", "-a", "war-powers", "--full").stdout
    assert words not in run("explain", "drone-attack", "-a", "war-powers").stdout


def test_a_ground_that_some_readings_lack_is_named_as_such(run: Run) -> None:
    shown = section(run("evaluate", "al-baghdadi", "--full", "--lens", "all").stdout, "Contested")
    assert (
        "    met on every reading that the lens admits: "
        "The target, unless it is a cartel or of that kind, is one of the groups that the authorization has been used "
        "against. The target, if it is a cartel or of that kind, is one of those groups itself.\n"
        "    the crux: How far does the 2001 AUMF reach? It turns on whether there is this ground: "
        "Islamic terror groups, against which it was later used.\n"
    ) in shown


def test_what_makes_an_authority_fall_away_on_some_readings_is_named_as_such(run: Run) -> None:
    shown = section(run("evaluate", "al-baghdadi", "--full", "--lens", "all").stdout, "Contested")
    assert "It turns on whether this makes it fall away: The 2001 authorization reaches the target by practice" in shown


def test_under_one_of_several_questions_all_that_an_authority_may_be_is_said(run: Run) -> None:
    shown = section(run("evaluate", "al-baghdadi", "--full", "--lens", "all").stdout, "Contested")
    assert (
        "Javed Ali: It would give the president sixty days to carry out military operations before seeking approval by "
        "Congress. → available or silent or not engaged, by how the other questions are read\n"
    ) in shown


def test_the_words_behind_a_reading_stand_once(run: Run) -> None:
    shown = section(run("evaluate", "al-baghdadi", "--full", "--lens", "all").stdout, "Contested")
    assert shown.count("the crux: How far does the 2001 AUMF reach?") == 2
    assert shown.count("“were all conducted against terror groups”") == 1


def test_explain_shows_the_crux_where_no_element_carries_it(run: Run) -> None:
    shown = run("explain", "al-baghdadi", "-a", "aumf-2001", "--lens", "all").stdout
    assert "  the crux: How far does the 2001 AUMF reach? It turns on whether there is this ground: " in shown
    assert "    Congress and the text of the law: It reaches those who planned, " in shown
    element = run("explain", "designation-alone", "-a", "article-ii").stdout
    assert "the crux:" not in element
    assert "reading broad-claim (the executive branch, as reported by Matthew C. Waxman): " in element


def test_who_speaks_and_where_is_one_name_where_they_are_the_same(run: Run) -> None:
    for arguments in (["fact", "attack_status"], ["authority", "title-50"], ["claim", "designation-and-force"]):
        shown = run("show", *arguments).stdout
        assert "The War Zone, paragraph" in shown
        assert "The War Zone, The War Zone" not in shown


def test_a_pack_says_of_which_quotations_the_words_are_checked(run: Run) -> None:
    shown = run("show").stdout
    assert "The quotations of the five articles are checked word for word" in shown
    assert "those of primary law are not" in shown


def test_a_reporter_who_is_the_holder_is_named_once(run: Run) -> None:
    shown = run("evaluate", "al-baghdadi", "--full", "--lens", "all").stdout
    assert "      The War Zone: Subsequent administrations used it to justify actions against Islamic" in shown


@pytest.mark.parametrize("columns", [100, 120])
def test_on_a_wide_terminal_the_readings_stand_side_by_side(run: Run, columns: int) -> None:
    rows = ESCAPE.sub(
        "", run("evaluate", "designation-alone", "--full", "--no-pager", columns=columns).stdout
    ).splitlines()
    (row,) = (row for row in rows if "the executive branch, as reported" in row)
    assert "   Javed Ali: A direct attack by cartels" in row
    first = row.index("Javed Ali")
    (quote,) = (row for row in rows if "“A direct attack by cartels" in row)
    # The words of a reading stand under it, a little further in.
    assert quote.index("“A direct attack") == first + 2


@pytest.mark.parametrize("arguments", [["--plain"], []], ids=["--plain", "99 columns"])
def test_elsewhere_the_readings_stand_one_after_the_other(run: Run, arguments: list[str]) -> None:
    shown = run(
        "evaluate", "designation-alone", "--full", "--no-pager", *arguments, columns=120 if arguments else 99
    ).stdout
    rows = [row for row in ESCAPE.sub("", shown).splitlines() if "Javed Ali: A direct attack by cartels" in row]
    assert [row.index("Javed Ali") for row in rows] == [6]


def test_three_readings_need_more_room_than_two(run: Run) -> None:
    def beside(columns: int) -> bool:
        shown = ESCAPE.sub(
            "", run("evaluate", "designation-alone", "--full", "--no-pager", "--lens", "all", columns=columns).stdout
        )
        (row,) = (row for row in shown.splitlines() if "the executive branch, as reported" in row)
        return "Javed Ali" in row

    assert [beside(columns) for columns in (100, 119, 120)] == [False, False, True]


# What is left out.


def test_each_reading_that_is_left_out_says_how_to_see_it(run: Run) -> None:
    shown = run("evaluate", "drone-attack", "--full").stdout
    assert "Left out by the lens (the option at the end of a line shows it)\n" in shown
    for line in section(shown, "Left out").splitlines():
        assert re.search(r" → [a-z ]+(, “.+”)? \(`--reading [a-z0-9-]+=[a-z0-9-]+`\)$", line)


@pytest.mark.parametrize("lens", ["documents", "ali", "congress"])
@pytest.mark.parametrize("name", shipped.PATHS)
def test_the_option_that_is_named_shows_the_verdict_that_is_named(name: str, lens: str) -> None:
    asked = answer(name, lens)
    lines = [one.text for one in answer_layout(asked) if isinstance(one, Line) and "(`--reading " in one.text]
    left_out = [(id, left) for id, one in asked.authorities.items() for left in one.left_out]
    left_out += [(id, left) for id, one in asked.powers.items() for left in one.left_out]
    assert len(lines) == len(left_out)
    for line, (id, left) in zip(lines, left_out, strict=True):
        found = re.search(r" → ([a-z ]+)(?:, “.*”)? \(`--reading (\S+)=(\S+)`\)$", line)
        assert found is not None
        assert found[1] == spoken(left.verdict.value)
        scenario = shipped.scenario(name)
        seen = shipped.decider().decide(scenario, lens=lens, readings={found[2]: found[3]})
        assert left.verdict is (seen.verdicts[id] if id in seen.verdicts else seen.powers[id].verdict)


def test_a_reading_that_was_chosen_leaves_out_what_the_lens_would_admit(run: Run) -> None:
    shown = run("evaluate", "designation-alone", "--full", "--reading", "article-ii-without-attack=broad-claim").stdout
    assert "Left out by the lens and the readings chosen (the option at the end of a line shows it)\n" in shown
    assert (
        "  on Article II, the president's own power, Javed Ali: A direct attack by cartels north of the border would "
        "give the widest latitude for responding with military force inside Mexico; for an airstrike, a raid or a "
        "wider strategy against cartels a new AUMF, specifically tailored for those organizations, would likely be "
        "needed. → unavailable, “likely” "
        "(`--reading article-ii-without-attack=attack-or-congress`)\n"
    ) in shown


def test_where_nothing_that_is_left_out_matters_nothing_is_said(run: Run) -> None:
    assert "Left out" not in run("evaluate", "bank-pressure", "--full").stdout
    assert "Left out" not in run("evaluate", "drone-attack", "--full", "--lens", "all").stdout
