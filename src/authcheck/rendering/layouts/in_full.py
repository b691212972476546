"""An answer with all that stands behind it: every authority unfolded, the facts, the documents."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer.answer import Answer, FactAnswer
from authcheck.decision.known import Origin
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Block, Columns, Fold, Line, line
from authcheck.rendering.layouts.answer import answer_layout
from authcheck.rendering.layouts.cited_documents import cited_documents
from authcheck.rendering.layouts.explanation import authority_layout
from authcheck.rendering.words import origin_words, paragraphs, value_words, verdict_span

__all__ = ["answer_in_full"]


def answer_in_full(answer: Answer) -> Iterator[Block]:
    """Return the answer, then the tree of every authority, folded, then the facts and the documents."""
    return answer_layout(answer, (_description(answer), _authorities(answer), _facts(answer), _documents(answer)))


def _description(answer: Answer) -> Iterator[Block]:
    if answer.description:
        yield line(("The scenario as it is told", "heading"))
    yield from (line(words, indent=2, hang=0) for words in paragraphs(answer.description))


def _authorities(answer: Answer) -> Iterator[Block]:
    yield line(("Every authority", "heading"))
    apart = {
        name: authority for name, authority in answer.authorities.items() if authority.verdict is Verdict.NOT_ENGAGED
    }
    for name in answer.authorities:
        if name in apart:
            continue
        first, *rest = authority_layout(name, answer, full=True)
        assert isinstance(first, Line)
        (title, _), *verdict = first.spans
        yield Fold(line((title, "title"), *verdict, indent=2), tuple(rest))
    # Of what does not take place no condition is asked.
    for part in apart.values():
        yield line((part.title, "title"), ": ", verdict_span(part), indent=2)
        yield line(f"{part.reason} ({part.law})", indent=4)


def _facts(answer: Answer) -> Iterator[Block]:
    """Return what was taken of every fact: what is stated first, what is assumed last."""
    order = (Origin.STATED, Origin.IMPLIED, Origin.DERIVED, Origin.UNKNOWN, Origin.ASSUMED)
    facts = sorted(answer.facts.items(), key=lambda entry: order.index(entry[1].origin))
    if not facts:
        return
    yield line(("Facts", "heading"))
    head = tuple((line((words, "title"), hang=0),) for words in ("Fact", "Value", "Basis"))
    rows = [
        (
            (line(fact.question), line((name, "quiet"))),
            (line(value_words(fact.value)),),
            (line((_basis(fact), "quiet")),),
        )
        for name, fact in facts
    ]
    sentences = (
        line(f"{fact.question} [{name}] ", (value_words(fact.value), "title"), (f" {_basis(fact)}", "quiet"), indent=2)
        for name, fact in facts
    )
    yield Columns(
        rows=(head, *rows),
        instead=tuple(sentences),
        indent=2,
        aligned=True,
        caption="What was taken of each fact, and on what basis",
    )


def _basis(fact: FactAnswer) -> str:
    note = f": {fact.note}" if fact.note else ""
    return origin_words(fact) + note + ("; a judgement that the scenario supplies" if fact.judgement else "")


def _documents(answer: Answer) -> Iterator[Block]:
    classes = cited_documents(answer.passages.values())
    if classes:
        yield line(("Documents", "heading"))
    for words, documents in classes.items():
        yield line((words, "title"), indent=2)
        for document in documents:
            where = f", {document.publisher}" if document.publisher else ""
            yield line(document.title, where, indent=4)
            yield from (line((speaker, "quiet"), indent=6) for speaker in document.speakers)
