"""The sources' own hedges stand beside the verdicts that rest on them, in every form."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from authcheck.answer.answer import Answer, Attention
from authcheck.answer.hedges import parts_hedged
from authcheck.asking.contrast.readings import readings_table
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Block, Columns, Line
from authcheck.rendering.layouts.answer import answer_layout
from authcheck.rendering.layouts.first_screen import first_screen
from authcheck.rendering.layouts.memo.memorandum import memorandum_layout
from authcheck.rendering.layouts.memo.sentences import Notes
from authcheck.rendering.layouts.readings import readings_layout
from tests import shipped
from tests.shipped import Run

BLOCK = re.compile(r"</?(?:li|p|div|section|h\d|td|tr|table|ul|ol|header|details|summary|blockquote|svg)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
IN_EFFECT = "in effect: criminal, immigration and financial measures; does not “directly” reach force"

FORMS = {
    "text": ["--full"],
    "markdown": ["--format", "markdown"],
    "html": ["--format", "html"],
    "memo": ["--memo"],
}


def written(run: Run, name: str, form: str) -> list[str]:
    """Return what the form says, a line for each paragraph."""
    done = run("evaluate", name, *FORMS[form], "--no-pager")
    assert done.returncode == 0
    text = done.stdout
    if form == "html":
        text = html.unescape(TAG.sub("", BLOCK.sub("\n", text[text.index("<body") :])))
    return text.replace("*", "").replace("\\", "").splitlines()


def hedged(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Return the title of everything whose verdict is told, with its hedges."""
    for authority in answer.authorities.values():
        told = authority.verdict is not Verdict.NOT_ENGAGED and authority.attention is not Attention.QUIET
        if told and authority.hedges:
            yield authority.title, [hedge.words for hedge in authority.hedges]
    for power in answer.powers.values():
        if power.needed is not Need.NOT_NEEDED and power.hedges:
            yield power.title, [hedge.words for hedge in power.hedges]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_hedge_stands_beside_the_verdict_that_rests_on_it(name: str, form: str, run: Run) -> None:
    lines = written(run, name, form)
    for title, hedges in hedged(shipped.decider().decide(shipped.scenario(name))):
        about = [line for line in lines if title in line]
        assert any(all(f"“{hedge}”" in line for hedge in hedges) for line in about), (title, hedges, about)


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_hedge_is_in_the_data(name: str, run: Run) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    data = json.loads(run("evaluate", name, "--format", "json").stdout)
    (row,) = csv.DictReader(io.StringIO(run("evaluate", name, "--format", "csv").stdout))
    for id, authority in answer.authorities.items():
        words = [hedge.words for hedge in authority.hedges]
        assert [hedge["words"] for hedge in data["authorities"][id]["hedges"]] == words
        assert row[f"{id}_hedge"] == "; ".join(words)


@pytest.mark.parametrize("form", FORMS)
def test_what_has_effects_of_its_own_only_is_told_as_these(form: str, run: Run) -> None:
    lines = written(run, "designation-alone", form)
    about = [line for line in lines if "Designation as a Foreign Terrorist Organization" in line]
    assert any(IN_EFFECT in line for line in about)
    assert not any(re.search(r"Organization\W*(: |is )?available", line) for line in about)


def test_what_has_effects_of_its_own_only_never_has_the_tone_of_what_is_available(run: Run) -> None:
    page = run("evaluate", "designation-alone", "--format", "html").stdout
    tones = re.findall(rf'class="([^"]*)">{re.escape(IN_EFFECT)}', page)
    assert tones
    assert not any("available" in tone for tone in tones)


def test_a_row_for_programs_says_what_is_in_effect_beside_the_verdict(run: Run) -> None:
    (row,) = csv.DictReader(io.StringIO(run("evaluate", "designation-alone", "--format", "csv").stdout))
    assert (row["fto-designation_in_effect"], row["fto-designation_hedge"]) == (IN_EFFECT, "")


def test_a_rival_reading_that_the_lens_leaves_out_stands_in_the_line_of_its_source(run: Run) -> None:
    lines = written(run, "drone-attack", "text")
    (line,) = (line for line in lines if line.strip().startswith("War Powers Resolution, the sixty days ("))
    assert "(on the reading of Congress and the text of the law, left out: unavailable)" in line


@pytest.mark.parametrize("kind", ["terms", "authorities", "questions", "claims"])
def test_no_practice_of_administrations_is_told_as_an_act_of_congress(kind: str) -> None:
    """Where a rule reaches a group by practice alone, its text says whose practice it is."""
    assert not re.search(r"by practice(?:\.|, so Congress)", str(getattr(shipped.pack(), kind)))


@pytest.mark.parametrize(
    ("target", "hedged"),
    [("cartel", True), ("organization_leader", True), ("state", False), ("rebel_group", False), ("vessel", False)],
)
def test_what_is_said_of_cartels_at_present_hedges_nothing_on_other_targets(target: str, hedged: bool) -> None:  # noqa: FBT001
    strike = f"{{operation_type: airstrike, operation_location: host_country, target_type: {target}}}"
    answer = shipped.decider().decide(shipped.written(f"as_of: 2025-02-25\nfacts: {strike}\n"))
    for name in ("aumf-2001", "aumf-2002"):
        assert answer.authorities[name].verdict is Verdict.UNAVAILABLE
        assert ("At present" in {hedge.words for hedge in answer.authorities[name].hedges}) is hedged


# Some brackets, a semicolon, a point in the middle and a new sentence begin what is said of somebody else.
OF_ANOTHER = re.compile(
    r" · |; | \((?=disputed|on the reading)| \(on the word of [^)]*\)|(?<=[a-z”)])\.(?:\[\d+\])* (?=[A-Z])"
)


@cache
def speakers_of_hedges() -> dict[str, set[str]]:
    """Return for the words of each hedge all whose they are: who says them, and who holds a reading that cites them."""
    pack = shipped.pack()
    found: dict[str, set[str]] = {}
    for authority in pack.authorities.values():
        for hedge in parts_hedged(authority, pack):
            found.setdefault(hedge.words, set()).update(pack.passages[one].speaker for one in hedge.passages)
    for question in pack.questions.values():
        for reading in question.readings.values():
            for words in filter(None, (reading.hedge, reading.hedge_unmet)):
                found[words].update(pack.holders[holder].name for holder in reading.holders)
    return found


def told(answer: Answer) -> Iterator[Block]:
    """Return every text that gives a verdict to who holds a reading."""
    yield from first_screen(answer, "authcheck")
    yield from first_screen(answer, "authcheck", whole=True)
    yield from answer_layout(answer)
    yield from memorandum_layout(answer, Notes())
    yield from readings_layout(readings_table(answer))


def lines_of(block: Block) -> Iterator[str]:
    if isinstance(block, Columns):
        yield from (part.text for part in block.instead)
        yield from (part.text for row in block.rows for cell in row for part in cell)
    elif isinstance(block, Line):
        yield block.text


@pytest.mark.parametrize("lens", shipped.pack().lenses)
@pytest.mark.parametrize("name", shipped.PATHS)
def test_no_hedge_is_put_into_a_mouth_that_did_not_say_it(name: str, lens: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    whose = speakers_of_hedges()
    everybody = {holder.name for holder in shipped.pack().holders.values()}
    views = [view.text for question in shipped.pack().questions.values() for view in question.readings.values()]
    # What a reading says, in words that may name others, stands between its holder and the verdict on it.
    between = re.compile("|".join(map(re.escape, sorted(views, key=len, reverse=True))))
    for block in told(answer):
        for part in (part for text in lines_of(block) for part in OF_ANOTHER.split(between.sub("", text))):
            named = {one for one in everybody if one in part}
            for words in re.findall(r", “([^”]*)”", part):
                assert not named or named & whose.get(words, named), part


def test_a_verdict_on_the_reading_of_one_who_hedges_it_keeps_his_hedge() -> None:
    answer = shipped.decider().decide(shipped.scenario("monthly-raids"))
    found = {under.verdict: under.hedges for under in answer.authorities["article-ii"].readings}
    assert [hedge.words for hedge in found[Verdict.UNAVAILABLE]] == ["likely"]
    assert [hedge.words for hedge in found[Verdict.AVAILABLE]] == ["at least up to a certain level"]


@pytest.mark.parametrize(
    ("lens", "whose"), [("text", " (on the word of Javed Ali; Matthew C. Waxman)"), ("documents", "")]
)
def test_under_the_lens_of_a_holder_a_hedge_of_another_names_who_says_it(lens: str, whose: str, run: Run) -> None:
    title = "U.S. authority to use force abroad: "
    for form in ((), ("--full",)):
        shown = run("evaluate", "monthly-raids", "--lens", lens, *form).stdout
        (line,) = (line.strip() for line in shown.splitlines() if line.strip().startswith(title))
        assert f"“would probably only do that once”, “It’s possible”{whose}" in line
        assert ("on the word of" in line) == bool(whose)
