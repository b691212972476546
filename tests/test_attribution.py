"""Whose words an answer gives: in every form, nobody is made to say what is only reported, or inferred."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from authcheck.answer.answer import CitedPassage
from authcheck.answer.building import cited_passage
from authcheck.answer.inference import Inference
from authcheck.model.authority import Rule
from authcheck.model.condition import Constant, Truth
from authcheck.model.source import Speech
from authcheck.model.verdict import Verdict
from authcheck.rendering.layouts.first_screen import first_screen
from authcheck.rendering.words import citation, place
from tests import shipped
from tests.shipped import Run

MARKS = {Inference.IN_PART: " (in part inferred)", Inference.WHOLLY: " (wholly inferred)"}
FORMS = [
    ("evaluate",),
    ("evaluate", "--verbose"),
    ("evaluate", "--full"),
    ("evaluate", "--format", "markdown"),
    ("evaluate", "--format", "html"),
    ("evaluate", "--memo"),
    ("explain", "--full"),
]


def plain(output: str) -> str:
    """Return what is read of a page or of Markdown, on one line and without marks."""
    words = html.unescape(re.sub(r"<[^>]*>", " ", output))
    return " ".join(words.replace("\\", "").replace("*", "").replace("_", "").split())


def cited(speech: Speech) -> Iterator[CitedPassage]:
    for name, passage in shipped.pack().passages.items():
        if passage.speech is speech and passage.quote:
            yield cited_passage(shipped.pack(), name)


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize("name", ["drone-attack", "title-50-raid", "cia-team", "invited-raid", "plan-colombia"])
def test_reported_speech_is_the_words_of_its_document(form: tuple[str, ...], name: str, run: Run) -> None:
    done = run(form[0], name, *form[1:])
    assert done.returncode == 0, done.stderr
    shown = plain(done.stdout)
    for passage in cited(Speech.INDIRECT):
        allowed = {plain(source) for source in (citation(passage), place(passage))}
        for after in shown.split(f"“{plain(passage.quote)}” ")[1:]:
            assert not after.startswith(passage.speaker), passage.quote
            assert after.startswith(tuple(allowed)), passage.quote


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize("name", ["drone-attack", "title-50-raid", "invited-raid"])
def test_no_name_stands_behind_what_is_inferred(form: tuple[str, ...], name: str, run: Run) -> None:
    surnames = {passage.speaker.split()[-1] for passage in cited(Speech.INDIRECT) if not passage.anonymous}
    for line in run(form[0], name, *form[1:]).stdout.splitlines():
        for step in re.findall(r"inference of this pack, from ([^“”()\[\]]*)", plain(line)):
            assert not surnames & set(re.findall(r"\w+", step)), step


def test_no_name_stands_behind_a_silence() -> None:
    """A reading by which nothing can hold is no speaker's view: no speaker said it."""
    pack = shipped.pack()
    rules: dict[tuple[str, str], list[Rule]] = {}
    for authority in pack.authorities.values():
        for element in (element for ground in authority.grounds for element in ground.elements):
            for reading, rule in element.readings.items():
                rules.setdefault((element.question, reading), []).append(rule)
    silent = {key for key, some in rules.items() if all(rule.when == Constant(Truth.FALSE) for rule in some)}
    silent |= {(name, "not-addressed") for name, one in pack.questions.items() if "not-addressed" in one.readings}
    assert ("security-council-authorization", "not-addressed") in silent
    for question, reading in silent:
        assert pack.questions[question].readings[reading].holders == ("silence",)


@pytest.mark.parametrize("command", ["evaluate monthly-raids --memo", "show question invited-operations"])
def test_experts_are_called_anonymous_only_where_the_article_says_so(command: str, run: Run) -> None:
    shown = plain(run(*command.split()).stdout)
    assert "a senior active-duty special operator and other experts" in shown
    assert "other experts, anonymous" not in shown


@pytest.mark.parametrize("lens", ["documents", "all", "executive"])
@pytest.mark.parametrize("name", shipped.PATHS)
def test_nothing_inferred_is_called_available_without_saying_so(name: str, lens: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name), lens=lens)
    shown = [line.text for whole in (False, True) for line in first_screen(answer, "authcheck", whole=whole)]
    for one in answer.authorities.values():
        if one.verdict is Verdict.AVAILABLE and one.inferred is not None:
            # A power of the same name has its own line, at the margin.
            for after in "\n".join(line for line in shown if line[0] == " ").split(f"{one.title}: available")[1:]:
                assert after.startswith(MARKS[one.inferred]), one.title


@pytest.mark.parametrize("name", shipped.PATHS)
def test_the_first_screen_says_whose_each_quotation_is_and_what_is_inferred(name: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    for whole in (False, True):
        shown = [line.text for line in first_screen(answer, "authcheck", whole=whole)]
        quoted = [line.strip() for line in shown if line.startswith("    “")]
        sources = {f"“{one.quote}” {citation(one)}" for one in answer.passages.values() if one.quote}
        assert set(quoted) <= sources
        for one in answer.authorities.values():
            for inferred, mark in MARKS.items():
                if f"  {one.title}{mark}" in "\n".join(shown):
                    assert one.inferred is inferred
