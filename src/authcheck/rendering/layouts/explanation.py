"""The trees of an answer as text: each element with its truth, the fact and its line, the words and the speaker."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer.answer import Answer, ClockAnswer, DutyAnswer, Finding, GapNote, Kind, Outcome
from authcheck.answer.support import chosen_reading, deciding_facts
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Columns, Line, Span, line
from authcheck.rendering.layouts.claimed import claimed_lines
from authcheck.rendering.layouts.crux import crux_lines, note_lines
from authcheck.rendering.layouts.receipt import head_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import (
    DUTY_WORDS,
    apart_words,
    attribution,
    clock_words,
    condition_span,
    hedge_of,
    hedged,
    holders,
    holding_words,
    inference_words,
    met_words,
    origin_words,
    outcome_words,
    possible_words,
    quoted,
    value_words,
    verdict_span,
    when_due,
)
from authcheck.wording import spoken

__all__ = ["authority_layout", "explanation_layout"]

_BLANK = Line()


def explanation_layout(
    answer: Answer, authorities: tuple[str, ...], only: str, *, full: bool
) -> Iterator[Line | Columns]:
    """Return the trees. `only` keeps elements that failed, or are open; `full` unfolds conditions."""
    yield from head_lines(answer.title, answer.receipt, answer.option)
    if answer.unmodelled:
        yield _BLANK
        yield from unmodelled_lines(answer.unmodelled)
    if answer.claimed:
        yield _BLANK
        yield from claimed_lines(answer)
    shown = [
        name
        for name in authorities
        if not only or any(_shown(part, only) for part in answer.authorities[name].tree.parts)
    ]
    if only and not shown:
        of = f" of {' or '.join(authorities)}" if authorities else ""
        yield line(f"No element{of} {'failed' if only == 'failed' else 'is open'}.")
    for name in shown:
        yield _BLANK
        yield from authority_layout(name, answer, only, full=full)


def authority_layout(name: str, answer: Answer, only: str = "", *, full: bool) -> Iterator[Line | Columns]:
    """Return the tree of one authority, its verdict first."""
    one = answer.authorities[name]
    yield line((one.title, "heading"), ": ", verdict_span(one))
    yield line((one.law, "quiet"), indent=2)
    if one.reason and one.verdict is not Verdict.AVAILABLE:
        yield line(one.reason, indent=2)
    for under in one.readings:
        chosen = ", ".join(f"{question}={reading}" for question, reading in under.readings.items())
        verdict = possible_words(under.verdict, under.possible, under.hedges) + apart_words(one.apart_from)
        yield line(f"on {chosen}: ", verdict, indent=2)
    # Readings that part on an element are unfolded below it.
    elsewhere = dict.fromkeys(part.question for part in one.partings if part.kind is not Kind.ELEMENT)
    yield from crux_lines(one, {} if only else elsewhere, answer, set(), 2)
    if one.off_record:
        yield line(
            (
                "the lens's holder is not on record on "
                + ", ".join(one.off_record)
                + ": the documents' readings stand in",
                "quiet",
            ),
            indent=2,
        )
    if one.still_needed:
        yield line("still needed: ", " ".join(answer.facts[name].question for name in one.still_needed), indent=2)
    for part in one.tree.parts:
        yield from _finding(part, answer, 2, only, full=full)
    if only:
        return
    for note in one.does_not_supply:
        asked = answer.powers[note.power].needed is not Need.NOT_NEEDED
        if asked:
            yield line(
                ("does not supply: ", "unavailable"),
                f"{answer.powers[note.power].title}{hedge_of(note)}. {note.text}",
                indent=2,
            )
            yield from _inference(note, answer, 4)
            for passage in note.passages:
                yield line(*quoted(answer.passages[passage]), indent=6)
    for title, remarks in (("limit", one.limits), ("note", one.notes), ("not said", one.not_said)):
        for remark in remarks if full or title == "limit" else ():
            yield line((f"{title}: ", "quiet"), remark.text, indent=2)
            for passage in remark.passages if full else ():
                yield line(*quoted(answer.passages[passage]), indent=6)
    for clock in answer.clocks:
        if clock.authority == name:
            yield from _clock(clock, answer, full=full)
    for duty in answer.duties if full else ():
        if duty.authority == name:
            yield from _duty(duty, answer)
    if one.weakest is not None:
        who = attribution(answer.passages[one.weakest.passage])
        yield line((f"weakest source: {who} ({spoken(one.weakest.document_class.value)})", "quiet"), indent=2)


def _inference(part: ClockAnswer | Finding | DutyAnswer | GapNote, answer: Answer, indent: int) -> Iterator[Line]:
    if part.inferred:
        words = inference_words(part.inferred, (answer.passages[passage] for passage in part.passages))
        yield line((words, "quiet"), indent=indent)


def _clock(clock: ClockAnswer, answer: Answer, *, full: bool) -> Iterator[Line]:
    whose = f" ({answer.holders[clock.holder]})" if clock.holder else ""
    yield line(("clock: ", "quiet"), f"{clock.counted}{whose}: {clock_words(clock)}", indent=2)
    if clock.silence:
        yield line((clock.silence, "silent"), indent=4)
    yield from _inference(clock, answer, 4)
    for passage in clock.passages if full else ():
        yield line(*quoted(answer.passages[passage]), indent=6)


def _duty(duty: DutyAnswer, answer: Answer) -> Iterator[Line]:
    when = f", {when_due(duty)}" if when_due(duty) else ""
    yield line(f"duty, {DUTY_WORDS[duty.state]}: {duty.text} ({duty.by}{when})", indent=2)
    yield from _inference(duty, answer, 4)
    for passage in duty.passages:
        yield line(*quoted(answer.passages[passage]), indent=6)


def _finding(finding: Finding, answer: Answer, indent: int, only: str, *, full: bool) -> Iterator[Line]:
    if only and not _shown(finding, only):
        return
    words, style = outcome_words(finding)
    match finding.kind:
        case Kind.GROUND:
            yield line("ground: ", finding.text.rstrip("."), ": ", (words, style), indent=indent)
            yield from _inference(finding, answer, indent + 2)
            for part in finding.parts:
                yield from _finding(part, answer, indent + 2, only, full=full)
            return
        case Kind.EXCEPTION | Kind.DISPLACEMENT | Kind.GOVERNS | Kind.IN_FORCE:
            held = hedged(holding_words(finding.outcome), finding.hedges)
            yield line(_label(finding), ": ", (held, ""), indent=indent)
        case _:
            yield line((f"{words}: ", style), finding.text, (f" [{finding.id}]", "quiet"), indent=indent)
    yield from _inference(finding, answer, indent + 2)
    for under in finding.by_reading if finding.kind is Kind.ELEMENT else ():
        chosen = ", ".join(under.readings.values())
        truths = met_words(under.truths)
        yield line(f"on {chosen}: {truths}", indent=indent + 2)
    if finding.silence:
        yield line((finding.silence, "silent"), indent=indent + 2)
    for passage in finding.passages:
        yield line(*quoted(answer.passages[passage]), indent=indent + 4)
    if full:
        for part in finding.parts:
            yield from _condition(part, answer, indent + 2)
        yield from _notes(finding, answer, indent + 2)
    else:
        for fact in dict.fromkeys(deciding_facts(finding)):
            yield line("fact: ", *_fact(fact, answer), indent=indent + 2)
        # Readings that agree here are unfolded on request.
        alone = chosen_reading(finding, answer)
        for part in finding.parts if finding.by_reading or alone is not None else ():
            if part.kind is Kind.READING:
                yield from _reading(part, answer, indent + 2)
        yield from _notes(finding, answer, indent + 2)


def _notes(finding: Finding, answer: Answer, indent: int) -> Iterator[Line]:
    """Return what is to be noted on the question on which the readings of an element part."""
    if finding.by_reading:
        asked = dict.fromkeys(part.question for part in finding.readings)
        for question in asked:
            yield from note_lines(question, answer, (), indent)


def _reading(finding: Finding, answer: Answer, indent: int) -> Iterator[Line]:
    dispute = answer.disputes.get(finding.question)
    whose = f" ({holders(dispute.readings[finding.reading], answer)})" if dispute is not None else ""
    words, style = outcome_words(finding)
    yield line(f"reading {finding.reading}{whose}: ", finding.text, " → ", (words, style), indent=indent)
    yield from _inference(finding, answer, indent + 2)
    for passage in finding.passages:
        yield line(*quoted(answer.passages[passage]), indent=indent + 4)


def _condition(finding: Finding, answer: Answer, indent: int) -> Iterator[Line]:
    """Return a condition and everything in it."""
    held, style = condition_span(finding)
    match finding.kind:
        case Kind.READING:
            yield from _reading(finding, answer, indent)
        case Kind.CONSTANT:
            yield line((f"{held}: ", style), "in every case", indent=indent)
        case Kind.NOT:
            yield line((f"{held}: ", style), "it is not so that", indent=indent)
        case Kind.SILENT_WHEN:
            yield line("the sources do not say, where this holds: ", (held, style), indent=indent)
        case Kind.TEST:
            yield line((f"{held}: ", style), finding.text, indent=indent)
            for fact in finding.facts:
                yield line("fact: ", *_fact(fact, answer), indent=indent + 2)
        case _:
            yield line((f"{held}: ", style), finding.text, indent=indent)
            for passage in finding.passages:
                yield line(*quoted(answer.passages[passage]), indent=indent + 4)
    for part in finding.parts:
        yield from _condition(part, answer, indent + 2)


def _fact(name: str, answer: Answer) -> Iterator[Span]:
    one = answer.facts.get(name)
    if one is None:
        yield "not stated", ""
    else:
        yield f"{one.question} {value_words(one.value)}, {origin_words(one)}", ""
    yield f" [{name}]", "quiet"


def _label(finding: Finding) -> str:
    match finding.kind:
        case Kind.EXCEPTION:
            return f"exception: {finding.text.rstrip('.')}"
        case Kind.DISPLACEMENT:
            return f"would fall away: {finding.text.rstrip('.')}"
        case Kind.GOVERNS:
            return "engaged"
        case _:
            return finding.text


def _shown(finding: Finding, only: str) -> bool:
    wanted = {"failed": {Outcome.FALSE}, "open": {Outcome.UNKNOWN, Outcome.CONTESTED, Outcome.SILENT}}[only]
    if finding.kind is Kind.GROUND:
        return any(_shown(part, only) for part in finding.parts)
    return finding.kind in {Kind.ELEMENT, Kind.IN_FORCE} and finding.outcome in wanted
