"""How much of what makes an authority available is inferred, and that no form leaves it out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from authcheck.answer import decide
from authcheck.answer.answer import AuthorityAnswer, Finding, Kind, Outcome
from authcheck.answer.inference import Inference
from authcheck.loading.scenarios import build_scenario
from authcheck.model.condition import Truth
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from tests import shipped
from tests.shipped import Run

FORMS = [[], ["--full"], ["--memo"], ["--format", "markdown"], ["--format", "html"]]


def of_boat(pack: Pack, aboard: str = "true", *, ground: str = "", elements: str = "") -> AuthorityAnswer:
    """Return the answer on the pilot boat where its ground, or all of its elements, are inferred."""
    boat = pack.authorities["pilot-boat"]
    (one,) = boat.grounds
    parts = tuple(replace(part, inferred=elements) for part in one.elements)
    boat = replace(boat, grounds=(replace(one, inferred=ground, elements=parts),))
    law = replace(pack, authorities={**pack.authorities, "pilot-boat": boat})
    text = f"scenario: A ship\nfacts: {{entering: true, storm: raging, pilot_aboard: {aboard}}}"
    return decide(law, build_scenario(text, "ship.yaml", law)).authorities["pilot-boat"]


def test_what_the_pack_infers_is_said_of_the_grounds_that_hold_in_part_or_wholly(harbour: Pack) -> None:
    assert of_boat(harbour).inferred is None
    assert of_boat(harbour, ground="Who pilots leads.").inferred is Inference.IN_PART
    assert of_boat(harbour, elements="Who pilots leads.").inferred is Inference.WHOLLY
    assert of_boat(harbour, "false", elements="Who pilots leads.").inferred is None


def parts(authority: AuthorityAnswer) -> Iterator[tuple[Finding, bool]]:
    """Return the elements of the grounds that hold which are asked and of which a source speaks; whether inferred."""
    for ground in authority.tree.of(Kind.GROUND):
        for part in ground.of(Kind.ELEMENT) if Truth.TRUE in ground.truths else ():
            view = part.readings[0].inferred if len(part.readings) == 1 else ""
            if part.outcome is not Outcome.NOT_ASKED and (part.passages or part.inferred or view):
                yield part, bool(part.inferred or view)


@pytest.mark.parametrize("lens", shipped.pack().lenses)
@pytest.mark.parametrize("name", shipped.PATHS)
def test_what_is_available_is_inferred_as_its_tree_shows(name: str, lens: str) -> None:
    for part in shipped.scenario(name).parts:
        for one in shipped.decider().decide(part, lens=lens).authorities.values():
            if one.verdict is Verdict.AVAILABLE:
                inferred = [found for _, found in parts(one)]
                assert (one.inferred is not None) == any(inferred)
                if one.inferred is Inference.WHOLLY:
                    assert all(inferred)
            elif one.verdict in {Verdict.UNAVAILABLE, Verdict.SILENT, Verdict.NOT_ENGAGED}:
                assert one.inferred is None


def test_a_reading_that_somebody_holds_is_said_where_it_does_not_ask_for_what_is_inferred() -> None:
    attack = shipped.scenario("drone-attack")
    inferred = {
        lens: shipped.decider().decide(attack, lens=lens).authorities["article-ii"].inferred
        for lens in ("ali", "executive")
    }
    assert inferred == {"ali": Inference.WHOLLY, "executive": Inference.IN_PART}


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("drone-attack", "Article II, the president's own power (wholly inferred)"),
        ("drone-attack", "Article 51, self-defence (in part inferred)"),
        ("arrests-at-home", "Criminal and immigration law enforcement (wholly inferred)"),
        ("operation-firewall", "Financial measures (wholly inferred)"),
        ("training-approved", "Consent of the host nation (wholly inferred)"),
    ],
)
def test_every_form_says_whether_all_is_inferred_or_a_part(name: str, said: str, form: list[str], run: Run) -> None:
    shown = html.unescape(re.sub(r"<[^>]*>", "", run("evaluate", name, *form).stdout)).replace("\\", "")
    assert said in " ".join(shown.replace("*", "").split())


def test_an_answer_as_json_says_how_much_is_inferred(run: Run) -> None:
    answer = json.loads(run("evaluate", "operation-firewall", "--format", "json").stdout)
    told = {name: one["inferred"] for name, one in answer["authorities"].items()}
    assert (told["financial-measures"], told["fto-designation"]) == ("wholly", None)
