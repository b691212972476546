"""An answer as text: what it relies on first, then what is contested, owed, open, and out of reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from authcheck.answer.answer import (
    Answer,
    Attention,
    AuthorityAnswer,
    ClockAnswer,
    DutyAnswer,
    PowerAnswer,
    Weakest,
)
from authcheck.answer.support import carrying
from authcheck.answer.unmodelled import apart_from
from authcheck.decision.decision import DaySource
from authcheck.decision.known import Origin
from authcheck.model.authority import Role
from authcheck.model.verdict import DutyState, Need, Verdict
from authcheck.rendering.layout import Block, Columns, Line, Span, line
from authcheck.rendering.layouts.cannot_know import cannot_know_lines
from authcheck.rendering.layouts.claimed import claimed_lines
from authcheck.rendering.layouts.crux import crux_lines, left_out_lines, power_crux_lines
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import (
    DUTY_WORDS,
    OUT_OF_REACH,
    apart_words,
    aside_words,
    attribution,
    citation,
    clock_words,
    either,
    hedge_of,
    hedged,
    holders,
    inference_mark,
    inference_of,
    inference_words,
    left_out_words,
    power_tone,
    quoted,
    rivals,
    supply_words,
    through_words,
    unsettled_words,
    value_words,
    verdict_span,
    when_due,
    whose_hedges,
)
from authcheck.wording import spoken

__all__ = ["answer_in_short", "answer_layout", "answer_with_limits"]

_BLANK = Line()


def answer_layout(answer: Answer, further: Iterable[Iterable[Block]] = ()) -> Iterator[Block]:
    """Return an answer, sections without content left out; `further` sections stand before its end."""
    yield from _head(answer)
    for section in (
        unmodelled_lines(answer.unmodelled),
        _powers(answer),
        claimed_lines(answer),
        _other_effects(answer),
        _also_available(answer),
        _contested(answer),
        _left_out(answer),
        _duties(answer),
        _undetermined(answer),
        _silent(answer),
        _out_of_reach(answer),
        _options(answer),
        _cautions(answer),
        _also_disputed(answer),
        _not_engaged(answer),
        _assumed(answer),
        cannot_know_lines(answer),
        *further,
    ):
        found: list[Block] = list(section)
        if found:
            yield _BLANK
            yield from found
    yield _BLANK
    yield from _receipt(answer)


def answer_with_limits(answer: Answer) -> Iterator[Block]:
    """Return an answer with the limits of what is not out of reach, for a form that unfolds no authority."""
    return answer_layout(answer, (_limits(answer),))


def answer_in_short(answer: Answer) -> Iterator[Block]:
    """Return the first part of an answer: what it relies on, and what is contested of that, with its end."""
    yield from _head(answer)
    for section in (
        unmodelled_lines(answer.unmodelled),
        _powers(answer),
        claimed_lines(answer),
        _contested(answer),
        cannot_know_lines(answer),
    ):
        yield from section
    yield from _receipt(answer)


def _head(answer: Answer) -> Iterator[Line]:
    given = {
        DaySource.SCENARIO: "",
        DaySource.OPTION: " (as asked)",
        DaySource.PACK: " (the pack's date; the scenario gives none)",
    }
    yield from head_lines(answer.title, answer.receipt, answer.option, given[answer.receipt.as_of_from])


def _powers(answer: Answer) -> Iterator[Line]:
    needed = {name: power for name, power in answer.powers.items() if power.needed is not Need.NOT_NEEDED}
    if not needed:
        yield line(("Nothing that is described needs a power that the documents speak of.", "heading"))
        return
    yield line(("It would rely on", "heading"))
    shown: set[str] = set()
    for power in needed.values():
        yield from _power(power, answer, shown)


def _power(power: PowerAnswer, answer: Answer, shown: set[str]) -> Iterator[Line]:
    perhaps = " (perhaps needed)" if power.needed is Need.PERHAPS else ""
    words = supply_words(power) + whose_hedges(power.hedges, answer) + apart_words(power.apart_from)
    yield line(power.title, perhaps, ": ", (words, power_tone(power)), indent=2)
    if power.silence:
        yield line((power.silence, "silent"), indent=4)
    yield from power_crux_lines(power, answer, 4)
    for name, verdict in power.sources.items():
        authority = answer.authorities[name]
        if verdict is Verdict.AVAILABLE or name in power.carriers:
            rivals = _rivals(authority, answer)
            yield line(*_titled(authority), *rivals, *_weakness(authority.weakest, answer), indent=4)
            yield from _carrying(authority, answer, shown)
        elif verdict is Verdict.CONTESTED or (
            verdict is Verdict.UNDETERMINED and power.verdict is not Verdict.AVAILABLE
        ):
            yield line(authority.title + inference_mark(authority), ": ", verdict_span(authority), indent=4)
    for name, verdict in power.through.items():
        means = answer.authorities[name]
        yield line(f"through: {means.title}, ", through_words(means, verdict), indent=4)
    for note in power.not_called_for:
        yield line(f"not called for, perhaps: {note.text}{inference_of(note, answer.passages)}", indent=4)
    if power.verdict is Verdict.UNDETERMINED:
        asked = dict.fromkeys(
            fact for name in [*power.sources, *power.through] for fact in answer.authorities[name].still_needed
        )
        if asked:
            yield line("open of its sources: ", _questions(asked, answer), indent=4)


def _titled(authority: AuthorityAnswer) -> Iterator[Span | str]:
    """Return the title, where the verdict is said elsewhere, with what that leaves out; hedged, the verdict itself."""
    yield authority.title + inference_mark(authority)
    if authority.hedges:
        yield ": "
        yield verdict_span(authority)
    else:
        yield apart_words(authority.apart_from)


def _before_reason(authority: AuthorityAnswer) -> str:
    return ". " if authority.hedges else ": "


def _weakness(weakest: Weakest | None, answer: Answer) -> Iterator[Span]:
    """Name the weakest source where the words are an anonymous speaker's alone."""
    if weakest is not None and weakest.anonymous:
        who = attribution(answer.passages[weakest.passage])
        yield f" (rests on {who}; {spoken(weakest.document_class.value)})", "quiet"


def _carrying(authority: AuthorityAnswer, answer: Answer, shown: set[str]) -> Iterator[Line]:
    """Return the words that carry the elements of the grounds that hold; each passage stands once in an answer."""
    for passage in carrying(authority, answer):
        if passage not in shown:
            yield line(*quoted(answer.passages[passage]), indent=6)
        shown.add(passage)


def _other_effects(answer: Answer) -> Iterator[Line]:
    """Return what is available and yet supplies nothing that is needed."""
    for name, authority in answer.authorities.items():
        if authority.verdict is Verdict.AVAILABLE and authority.in_effect and name not in answer.relies_on:
            yield line(authority.title, ": ", verdict_span(authority))
            for note in authority.does_not_supply:
                if note.power in answer.powers and answer.powers[note.power].needed is not Need.NOT_NEEDED:
                    words = f"{note.misconception} {note.text}{inference_of(note, answer.passages)}"
                    yield line(f"not so{hedge_of(note)}: {words}", indent=2)
                    for passage in note.passages:
                        yield line(*quoted(answer.passages[passage]), indent=4)


def _also_available(answer: Answer) -> Iterator[Line]:
    """Name what is available and whose powers nothing that is described needs."""
    sources = {
        name for power in answer.powers.values() if power.needed is not Need.NOT_NEEDED for name in power.sources
    }
    titles = [
        hedged(authority.title, authority.hedges)
        for name, authority in answer.authorities.items()
        if authority.verdict is Verdict.AVAILABLE
        and authority.role is Role.SOURCE
        and not authority.in_effect
        and name not in sources
    ]
    if titles:
        yield line(f"Also available: {'; '.join(titles)}: which nothing described needs.")


def _rivals(authority: AuthorityAnswer, answer: Answer) -> Iterator[Span]:
    """Say in the same line on whose reading, which the lens leaves out, a source that is available would not be."""
    for left in rivals(authority):
        whose = holders(answer.disputes[left.question].readings[left.reading], answer)
        yield f" (on the reading of {whose}, left out: {left_out_words(left)})", "quiet"


def _contested(answer: Answer) -> Iterator[Line | Columns]:
    contested = [authority for authority in answer.authorities.values() if authority.is_contested]
    if contested:
        yield line(("Contested", "heading"))
    shown: set[str] = set()
    for authority in contested:
        if authority.verdict is Verdict.CONTESTED:
            yield line(*_titled(authority), indent=2)
        else:
            yield line(f"{authority.title} ({verdict_span(authority)[0]})", indent=2)
        yield from crux_lines(authority, authority.crux, answer, shown, 4)
        if authority.still_needed:
            yield line("turns on: ", _questions(authority.still_needed, answer), indent=4)


def _left_out(answer: Answer) -> Iterator[Line]:
    titled: list[AuthorityAnswer | PowerAnswer] = [*answer.authorities.values(), *answer.powers.values()]
    left_out = (
        (authority.title + aside_words(authority.apart_from), left)
        for authority in titled
        for left in authority.left_out
    )
    found = list(left_out_lines(left_out, answer.disputes, answer.holders, 2))
    if found:
        by = "the lens and the readings chosen" if answer.receipt.readings else "the lens"
        yield line((f"Left out by {by}", "heading"), " (the option at the end of a line shows it)")
    yield from found


def _also_disputed(answer: Answer) -> Iterator[Line]:
    """Name the disputes on which no rule turns, where an authority at issue is shown with them."""
    needed = {
        source
        for power in answer.powers.values()
        if power.needed is not Need.NOT_NEEDED
        for source in [*power.sources, *power.through]
    }
    named = [name for name, dispute in answer.disputes.items() if needed & set(dispute.shown_with)]
    if named:
        words = "Also disputed, with no rule turning on it (`authcheck show question ID`): "
        yield line((words + ", ".join(named), "quiet"))


def _duties(answer: Answer) -> Iterator[Line]:
    if answer.duties or answer.clocks:
        yield line(("Duties and clocks", "heading"))
    yield from _clocks(answer)
    for duty in answer.duties:
        if duty.state is not DutyState.PERHAPS:
            when = f" {when_due(duty)}" if when_due(duty) else ""
            yield line(
                (f"{DUTY_WORDS[duty.state]}: ", _DUTY_STYLE[duty.state]),
                f"{duty.text} ({duty.by})",
                (f"{when} {_law(duty, answer)}", "quiet"),
                indent=2,
            )
    yield from _perhaps(
        [f"{duty.text} ({duty.by}) {_law(duty, answer)}" for duty in answer.duties if duty.state is DutyState.PERHAPS]
    )


def _clocks(answer: Answer) -> Iterator[Line]:
    """Return every way of counting the days, one beside the other."""
    for clock in answer.clocks:
        whose = f" ({answer.holders[clock.holder]})" if clock.holder else ""
        words = f"{clock.counted}{whose}: {clock_words(clock)}"
        yield line(f"{words[:1].upper()}{words[1:]}", (f" {_law(clock, answer)}", "quiet"), indent=2)
    silences = dict.fromkeys(clock.silence for clock in answer.clocks)
    yield from (line((silence, "silent"), indent=2) for silence in silences if silence)


def _law(part: ClockAnswer | DutyAnswer, answer: Answer) -> str:
    """Return where a clock or a duty stands: its first passage, or that it is inferred; nothing where it cites none."""
    if part.inferred:
        return f"[{inference_words(part.inferred, [answer.passages[passage] for passage in part.passages])}]"
    return f"[{citation(answer.passages[part.passages[0]])}]" if part.passages else ""


def _perhaps(sentences: Sequence[str]) -> Iterator[Line]:
    if sentences:
        yield line(("perhaps, where facts or the sources leave it open:", "quiet"), indent=2)
    for sentence in sentences:
        yield line((sentence, "quiet"), indent=4)


_DUTY_STYLE = {
    DutyState.OWED: "undetermined",
    DutyState.DONE: "available",
    DutyState.DONE_LATE: "unavailable",
    DutyState.DONE_UNDATED: "undetermined",
    DutyState.OVERDUE: "unavailable",
    DutyState.UNKNOWN: "undetermined",
}


def _undetermined(answer: Answer) -> Iterator[Line]:
    # What may be contested stands there, with what it turns on.
    open_ones = [
        authority
        for authority in answer.authorities.values()
        if authority.verdict is Verdict.UNDETERMINED and not authority.is_contested
    ]
    if not open_ones:
        return
    yield line(("Undetermined", "heading"))
    for authority in open_ones:
        if authority.attention is Attention.RAISED:
            yield line(authority.title, ": ", verdict_span(authority), indent=2)
            yield line("turns on: ", _questions(authority.still_needed, answer), indent=4)
    for authority in open_ones:
        if authority.attention is Attention.IN_QUESTION:
            yield line(
                f"in question: {authority.title}, ",
                (
                    hedged(either(authority.possible), authority.hedges) + apart_words(authority.apart_from),
                    "undetermined",
                ),
                f"; first ask: {_questions(authority.still_needed[:1], answer)}",
                indent=2,
            )
    quiet = [
        authority.title + aside_words(authority.apart_from)
        for authority in open_ones
        if authority.attention is Attention.QUIET
    ]
    if quiet:
        yield line(("not raised: " + "; ".join(quiet), "quiet"), indent=2)


def _silent(answer: Answer) -> Iterator[Line]:
    silent = [authority for authority in answer.authorities.values() if authority.verdict is Verdict.SILENT]
    if silent:
        yield line(("The sources are silent", "heading"))
    for authority in silent:
        yield line(*_titled(authority), _before_reason(authority), (authority.reason, "silent"), indent=2)


def _out_of_reach(answer: Answer) -> Iterator[Line]:
    found = [authority for authority in answer.authorities.values() if authority.verdict is Verdict.UNAVAILABLE]
    if found:
        yield line(("Does not reach", "heading"))
    for authority in found:
        words = authority.reason or "no ground holds"
        yield line(*_titled(authority), _before_reason(authority), words, indent=2)


def _questions(facts: Iterable[str], answer: Answer) -> str:
    """Return facts as what is asked: their names are for files."""
    return " ".join(answer.facts[name].question for name in facts)


def _options(answer: Answer) -> Iterator[Line]:
    if answer.options:
        yield line(("Courses of action", "heading"))
    for name, option in answer.options.items():
        relies = "; ".join(
            hedged(source, option.hedges.get(source, ())) + _aside(source, answer) for source in option.relies_on
        )
        relies = relies or "nothing available"
        yield line((f"{name}: ", "title"), f"relies on {relies}", indent=2)
        unsettled = [
            unsettled_words(answer.powers[power].title, standing) + _aside(power, answer)
            for power, standing in option.unsettled.items()
        ]
        if unsettled:
            yield line(f"unsettled: {'; '.join(unsettled)}", indent=4)
        if option.gaps:
            gaps = (answer.powers[power].title + _aside(power, answer) for power in option.gaps)
            yield line("gaps: ", "; ".join(gaps), indent=4)
        changed = [
            f"{answer.authorities[id].title}: "
            + hedged(option.in_effect.get(id, spoken(verdict.value)), option.hedges.get(id, ()))
            + _aside(id, answer)
            for id, verdict in option.verdicts.items()
            if verdict is not answer.verdicts[id] and not {verdict, answer.verdicts[id]} <= OUT_OF_REACH
        ]
        if changed:
            yield line(f"changes: {'; '.join(changed)}", indent=4)


def _aside(name: str, answer: Answer) -> str:
    """Return what the verdict on an authority or a power leaves out of account, behind its name in a list."""
    return aside_words(apart_from(answer.unmodelled, name))


def _cautions(answer: Answer) -> Iterator[Line]:
    if answer.cautions:
        yield line(("Cautions, which change no verdict", "heading"))
    for caution in answer.cautions:
        if caution.holds:
            yield line(caution.text, (f" {_sources(caution.passages, answer)}", "quiet"), indent=2)
    yield from _perhaps(
        [f"{caution.text} {_sources(caution.passages, answer)}" for caution in answer.cautions if not caution.holds]
    )


def _limits(answer: Answer) -> Iterator[Line]:
    """Return the limits of each authority that supplies what is needed, or may, and is not out of reach."""
    needed = [power for power in answer.powers.values() if power.needed is not Need.NOT_NEEDED]
    named = {name for power in needed for name in (*power.sources, *power.through)}
    limited = [
        authority
        for name, authority in answer.authorities.items()
        if name in named and authority.verdict not in OUT_OF_REACH and authority.attention is not Attention.QUIET
    ]
    if any(authority.limits for authority in limited):
        yield line(("Limits, which change no verdict", "heading"))
    for authority in limited:
        for limit in authority.limits:
            cited = "; ".join(citation(answer.passages[passage]) for passage in limit.passages)
            yield line(f"{authority.title}: {limit.text}", (f" [{cited}]" if cited else "", "quiet"), indent=2)


def _sources(passages: Iterable[str], answer: Answer) -> str:
    named = dict.fromkeys(answer.passages[passage].voice for passage in passages)
    return f"({'; '.join(named)})"


def _not_engaged(answer: Answer) -> Iterator[Line]:
    found = [authority for authority in answer.authorities.values() if authority.verdict is Verdict.NOT_ENGAGED]
    if found:
        named = (
            f"{authority.title} ({authority.reason.rstrip('.')}{apart_words(authority.apart_from)})"
            for authority in found
        )
        yield line(("Not engaged: ", "quiet"), ("; ".join(named), "quiet"))


def _assumed(answer: Answer) -> Iterator[Line]:
    if answer.assumed:
        listed = "; ".join(
            f"{_questions([assumption.fact], answer)} {value_words(assumption.value)}" for assumption in answer.assumed
        )
        yield line(("Assumed, since not stated: ", "quiet"), (listed, "quiet"))
    soft = [
        f"{fact.question} ({fact.status})"
        for name, fact in answer.facts.items()
        if fact.status not in {"", "stipulated"} and fact.origin is not Origin.UNKNOWN
    ]
    disputed = [fact.question for fact in answer.facts.values() if fact.status == "disputed"]
    judged = [fact.question for fact in answer.facts.values() if fact.judgement and fact.origin is Origin.STATED]
    if soft:
        yield line(("Rests on what is only said: " + " ".join(soft), "quiet"))
    if disputed:
        yield line(("Disputed, and so counted as unknown: " + " ".join(disputed), "quiet"))
    if judged:
        yield line(("Rests on the scenario's judgement: " + " ".join(judged), "quiet"))


def _receipt(answer: Answer) -> Iterator[Line]:
    receipt = answer.receipt
    yield from scenario_lines(answer.disclaimer, answer.scenario, receipt, f"unstated {receipt.unstated.value}")
