"""The passages of a pack apart from the answers, and an answer as a notebook shows it."""

from __future__ import annotations

from authcheck.answer.passages import SCHEMA, passages_of
from tests import shipped


def test_the_record_has_each_passage_as_an_answer_cites_it() -> None:
    record = passages_of(shipped.pack())
    assert record.schema == SCHEMA
    assert set(record.passages) == set(shipped.pack().passages)
    answer = shipped.decider().decide(shipped.scenario("drone-attack"))
    assert answer.passages
    assert all(record.passages[name] == passage for name, passage in answer.passages.items())


def test_a_notebook_shows_an_answer_by_its_title_and_its_verdicts() -> None:
    answer = shipped.decider().decide(shipped.scenario("drone-attack"))
    shown = answer._repr_html_()
    assert "Drone attack on a Texas border post" in shown
    assert "<script" not in shown
