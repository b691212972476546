"""The words for verdicts, truths and citations, the same in every text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.answer import (
    Answer,
    AuthorityAnswer,
    CitedPassage,
    ClockAnswer,
    ClockState,
    DutyAnswer,
    FactAnswer,
    Finding,
    GapNote,
    LeftOut,
    Outcome,
    ReadingText,
    Receipt,
    Truths,
    UnmodelledAnswer,
)
from authcheck.answer.hedges import Hedge
from authcheck.answer.inference import Inference
from authcheck.answer.restated import StatedAnew
from authcheck.answer.standing import PowerStanding, PowerSupply, Standing
from authcheck.answer.unmodelled import apart_from
from authcheck.decision.known import Origin
from authcheck.model.condition import Truth
from authcheck.model.question import Reading
from authcheck.model.source import Speech
from authcheck.model.verdict import DutyState, Need, Verdict
from authcheck.rendering.layout import Span
from authcheck.wording import listed, spoken

__all__ = [
    "DUTY_WORDS",
    "INFERRED",
    "OUT_OF_REACH",
    "STYLE_OF",
    "apart",
    "apart_words",
    "aside_words",
    "attribution",
    "before_words",
    "citation",
    "clock_words",
    "condition_span",
    "doubts",
    "either",
    "hedge_cell",
    "hedge_of",
    "hedged",
    "holder_words",
    "holders",
    "holding_words",
    "inference_mark",
    "inference_of",
    "inference_words",
    "inferred_words",
    "is_of_one_holder",
    "left_out_words",
    "lens_words",
    "long_date",
    "met_words",
    "number_words",
    "origin_words",
    "outcome_words",
    "paragraphs",
    "place",
    "possible_words",
    "power_tone",
    "power_words",
    "quoted",
    "rivals",
    "speaker_words",
    "speakers",
    "standing_words",
    "supply_words",
    "through_words",
    "truth_words",
    "unsettled_words",
    "unsupplied_words",
    "value_words",
    "verdict_span",
    "verdict_tone",
    "when_due",
    "whose_hedges",
]

OUT_OF_REACH = frozenset({Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED})

STYLE_OF: Mapping[Verdict, str] = {
    Verdict.AVAILABLE: "available",
    Verdict.CONTESTED: "contested",
    Verdict.SILENT: "silent",
    Verdict.UNAVAILABLE: "unavailable",
    Verdict.NOT_ENGAGED: "quiet",
    Verdict.UNDETERMINED: "undetermined",
}

_MANY_VIEWS = {DEFAULT_LENS, "all"}

_TONE: Mapping[Outcome, str] = {
    Outcome.TRUE: "available",
    Outcome.FALSE: "unavailable",
    Outcome.SILENT: "silent",
    Outcome.UNKNOWN: "undetermined",
    Outcome.CONTESTED: "contested",
    Outcome.NOT_ASKED: "quiet",
}

_MET: Mapping[Truth | Verdict, str] = {Truth.TRUE: "met", Truth.FALSE: "not met"}

DUTY_WORDS: Mapping[DutyState, str] = {
    DutyState.OWED: "owed",
    DutyState.DONE: "done",
    DutyState.DONE_LATE: "done late",
    DutyState.DONE_UNDATED: "done, not known whether in time",
    DutyState.OVERDUE: "overdue",
    DutyState.UNKNOWN: "owed, not known whether done",
    DutyState.PERHAPS: "perhaps owed, where facts or the sources leave it open",
}


def verdict_span(authority: AuthorityAnswer) -> Span:
    """Return the verdict, hedged, with what it leaves out; one with its own effects only is worded as these."""
    return standing_words(authority) + apart_words(authority.apart_from), verdict_tone(
        authority.verdict, authority.in_effect
    )


INFERRED: Mapping[Inference, str] = {Inference.IN_PART: "in part inferred", Inference.WHOLLY: "wholly inferred"}


def inference_mark(authority: AuthorityAnswer) -> str:
    """Return how much of what carries it is inferred, to follow its title; nothing where it is all said."""
    return f" ({INFERRED[authority.inferred]})" if authority.inferred else ""


def inferred_words(authority: AuthorityAnswer) -> str:
    """Return how much of what makes an authority available is inferred, to follow its verdict; of another nothing."""
    return inference_mark(authority) if authority.verdict is Verdict.AVAILABLE else ""


def verdict_tone(verdict: Verdict, in_effect: str) -> str:
    """Return the tone of a verdict; what has effects of its own only never has that of what is available."""
    return "undetermined" if in_effect and verdict is Verdict.AVAILABLE else STYLE_OF[verdict]


def apart_words(texts: Iterable[str]) -> str:
    """Return what a verdict leaves out of account, to follow it on its line; nothing where it leaves out nothing."""
    left_out = listed(texts, "and")
    return f", apart from {left_out}" if left_out else ""


def aside_words(texts: Iterable[str]) -> str:
    """Return what a verdict leaves out of account, in brackets behind a name; nothing where it leaves out nothing."""
    left_out = listed(texts, "and")
    return f" (apart from {left_out})" if left_out else ""


def apart(unmodelled: Iterable[UnmodelledAnswer], name: str) -> str:
    """Return what the verdict on this authority or power leaves out of account, as `apart_words` does."""
    return apart_words(apart_from(unmodelled, name))


def standing_words(authority: Standing) -> str:
    """Return what an authority is, hedged; one with its own effects only is what these are where it is available."""
    if authority.in_effect and authority.verdict is Verdict.AVAILABLE:
        return hedged(authority.in_effect, authority.hedges)
    return possible_words(authority.verdict, authority.possible, authority.hedges)


def possible_words(verdict: Verdict, possible: Iterable[Verdict], hedges: Iterable[Hedge | str] = ()) -> str:
    """Return a verdict in words, hedged; an undetermined one with the verdicts that it may become."""
    words = f"undetermined: {either(possible)}" if verdict is Verdict.UNDETERMINED else spoken(verdict.value)
    return hedged(words, hedges)


def hedged(words: str, hedges: Iterable[Hedge | str]) -> str:
    """Return words with the sources' own hedges: `available, “at least up to a certain level”`."""
    said = (hedge if isinstance(hedge, str) else hedge.words for hedge in hedges)
    return ", ".join([words, *(f"“{quotation}”" for quotation in said)])


def is_of_one_holder(receipt: Receipt) -> bool:
    """Return whether the lens is of one holder's views, and the documents' readings stand in for what he leaves out."""
    return receipt.lens not in _MANY_VIEWS


def whose_hedges(hedges: Iterable[Hedge], answer: Answer) -> str:
    """Return whose words the hedges are, to follow them; nothing where the lens admits more than one holder's views.

    Under a holder's lens the readings of others stand in where he is not on record, and their hedges with them.
    """
    if not is_of_one_holder(answer.receipt) and not answer.receipt.readings:
        return ""
    who = speakers(answer.passages[passage] for hedge in hedges for passage in hedge.passages)
    return f" (on the word of {'; '.join(who)})" if who else ""


def either(possible: Iterable[Truth | Verdict]) -> str:
    """Return what something may be: `available or silent`."""
    return " or ".join(spoken(verdict.value) for verdict in possible)


def left_out_words(left: LeftOut) -> str:
    """Return what a verdict would be on a reading that the lens leaves out, hedged."""
    return hedged(spoken(left.verdict.value), left.hedges)


def rivals(authority: AuthorityAnswer) -> tuple[LeftOut, ...]:
    """Return the readings that the lens leaves out and on which an authority that may carry a power is less."""
    return tuple(left for left in authority.left_out if left.verdict not in {Verdict.AVAILABLE, authority.verdict})


def doubts(inferred: Inference | None, left_out: Sequence[LeftOut], holders: Mapping[str, str]) -> Iterator[str]:
    """Return how much of what is available is inferred, and whose first reading that is left out disputes it."""
    if inferred:
        yield INFERRED[inferred]
    for left in left_out[:1]:
        whose = " and ".join(holders[name] for name in left.holders) or "another reading"
        yield f"disputed: {whose}, {left_out_words(left)}"


def hedge_of(note: GapNote) -> str:
    """Return the hedge of a note, to stand behind what it limits; nothing where it has none."""
    return f", “{note.hedge}”" if note.hedge else ""


def hedge_cell(hedges: Iterable[Hedge]) -> str:
    """Return the hedges of a verdict as one cell of a table for programs."""
    return "; ".join(hedge.words for hedge in hedges)


def supply_words(power: PowerSupply) -> str:
    """Return what a power is, hedged; a gap is said to be one."""
    return hedged("nothing: a gap", power.hedges) if power.gap else power_words(power)


def through_words(means: AuthorityAnswer, met: Verdict) -> Span:
    """Return whether a means through which a power would be supplied is met, hedged, with what that leaves out."""
    words = {Verdict.AVAILABLE: "met", Verdict.UNAVAILABLE: "not met, which bars it"}.get(met, spoken(met.value))
    return hedged(words, means.hedges) + apart_words(means.apart_from), STYLE_OF[met]


def power_words(power: PowerStanding) -> str:
    """Return what a power that is no gap is, hedged; one that no reading supplies is said to be so.

    One that is perhaps needed is available only where it is: whether that is so, the facts leave open.
    """
    verdict = power.verdict or Verdict.UNAVAILABLE
    if verdict is Verdict.AVAILABLE and power.needed is Need.PERHAPS:
        return hedged("available where it is needed", power.hedges)
    unsupplied = unsupplied_words(power)
    if unsupplied:
        return hedged(unsupplied, power.hedges)
    return possible_words(verdict, power.possible, power.hedges)


def unsupplied_words(power: PowerStanding) -> str:
    """Return that no reading supplies a power that is needed, and what it is then; nothing where one may."""
    if not power.unsupplied or power.verdict in {None, Verdict.SILENT}:
        return ""
    readings = "any reading that the lens admits" if power.supplied_if_left_out else "any reading"
    less = "" if power.verdict is Verdict.UNAVAILABLE else ": silent or unavailable"
    return f"not available on {readings}{less}"


def power_tone(power: PowerStanding) -> str:
    """Return the tone of what a power is."""
    verdict = power.verdict or Verdict.UNAVAILABLE
    return STYLE_OF[Verdict.UNAVAILABLE if power.unsupplied and verdict is not Verdict.SILENT else verdict]


def unsettled_words(title: str, power: PowerStanding) -> str:
    """Return a power that is neither available nor a gap, with what it is or may become."""
    perhaps = "perhaps needed; " if power.needed is Need.PERHAPS else ""
    return f"{title} ({perhaps}{power_words(power)})"


def when_due(duty: DutyAnswer) -> str:
    """Return when a duty falls due and when it was done, with the days that are known; nothing where no time is set."""
    due = ": ".join(str(words) for words in (duty.due_words, duty.due) if words)
    return f"{due}, done {duty.done_on}" if duty.done_on else due


def outcome_words(finding: Finding) -> Span:
    """Return a finding's outcome in words, with its style; an unknown one with the truths that it may take."""
    return truth_words(finding.outcome, finding.truths, finding.hedges)


def truth_words(outcome: Outcome, truths: Truths, hedges: Iterable[str] = ()) -> Span:
    """Return an outcome in words, hedged, with its style; an unknown one with the truths that it may take."""
    words = f"{outcome.words} ({met_words(truths)})" if outcome is Outcome.UNKNOWN else outcome.words
    return hedged(words, hedges), _TONE[outcome]


def condition_span(finding: Finding) -> Span:
    """Return the outcome of a condition in words, with its style: it is true or false, where an element is met."""
    outcome = finding.outcome
    truths = f" ({either(finding.truths)})" if outcome is Outcome.UNKNOWN else ""
    return outcome.value + truths, _TONE[outcome]


def holding_words(outcome: Outcome) -> str:
    """Return whether something is so: yes, no, or as the outcome is called."""
    return {Outcome.TRUE: "yes", Outcome.FALSE: "no"}.get(outcome, outcome.value)


def met_words(truths: Truths) -> str:
    """Return the truths of a finding in words; silence, and verdicts, are called what they are."""
    return " or ".join(_MET.get(truth, truth.value) for truth in truths) or "not asked"


def lens_words(receipt: Receipt) -> str:
    """Return the lens, and the readings that were chosen beside it."""
    chosen = [f"{question}={reading}" for question, reading in receipt.readings.items()]
    return " · ".join([f"lens {receipt.lens}", *(f"reading {choice}" for choice in chosen)])


def attribution(passage: CitedPassage) -> str:
    """Return whose words a passage has: what a document reports of somebody are the document's words."""
    if passage.speech is not Speech.INDIRECT:
        return speaker_words(passage)
    through = f" through {passage.through}" if passage.through else ""
    return f"{passage.voice}, reporting {speaker_words(passage)}{through}"


def speaker_words(passage: CitedPassage) -> str:
    """Return who said it, and that the speaker has no name."""
    return f"{passage.speaker}, anonymous" if passage.anonymous else passage.speaker


def citation(passage: CitedPassage) -> str:
    """Return whose words they are and where they stand: the speaker, the text, the place in it."""
    if not passage.of_article:
        return passage.at
    reported = passage.speech is Speech.INDIRECT or passage.speaker == passage.voice
    where = "" if reported else f", in {passage.voice}"
    return f"{attribution(passage)}{where}, {passage.at}"


def place(passage: CitedPassage) -> str:
    """Return where words stand, and not who said them."""
    return f"{passage.voice}, {passage.at}" if passage.of_article else passage.at


def inference_words(step: str, passages: Iterable[CitedPassage]) -> str:
    """Return that something is inferred, from where, and the step: no speaker stands behind it."""
    drawn = listed(dict.fromkeys(map(place, passages)))
    return f"inference of this pack{', from ' if drawn else ''}{drawn}: {step}"


def inference_of(
    part: ClockAnswer | DutyAnswer | Finding | GapNote | ReadingText, passages: Mapping[str, CitedPassage]
) -> str:
    """Return that a part is inferred, in brackets to stand behind it; nothing where it is not."""
    if not part.inferred:
        return ""
    return f" ({inference_words(part.inferred, (passages[name] for name in part.passages))})"


def clock_words(clock: ClockAnswer) -> str:
    """Return where a clock stands, and the days between which it runs where they are known."""
    words = {
        ClockState.RUNNING: f"day {clock.day} of {clock.limit}",
        ClockState.OVER: f"over, at day {clock.day} of {clock.limit}",
        ClockState.NOT_STARTED: "not started",
        ClockState.UNKNOWN: "not known, since its first day is not",
        ClockState.NONE: "none runs",
    }[clock.state]
    if clock.perhaps:
        words = f"perhaps {words}"
    if clock.first is None or clock.last is None:
        return words
    latest = " at the latest" if clock.at_latest else ""
    return f"{words}, the first {clock.first}, the last {clock.last}{latest}"


def quoted(passage: CitedPassage) -> tuple[Span, Span]:
    """Return the words in quotation marks and their source, or the source alone where only that is known.

    The source says whose words they are: indirect speech stands in marks as the words of its document.
    """
    source = citation(passage)
    if not passage.quote:
        return ("", ""), (f"{source} (citation only)", "source")
    return (f"“{passage.quote}” ", "quote"), (source, "source")


def holders(reading: ReadingText, answer: Answer) -> str:
    """Return whose view a reading is, and who reports it."""
    return holder_words(reading, answer.holders)


def holder_words(reading: ReadingText | Reading, names: Mapping[str, str]) -> str:
    """Return whose view a reading is, by these names of the holders, and who reports it."""
    if reading.inferred:
        return "an inference of this pack"
    named = [names[holder] for holder in reading.holders]
    # Who reports a view and shares it is named once.
    others = [name for name in named if name != reading.reported_by]
    if not reading.reported_by or not others:
        return " and ".join(named)
    return f"{' and '.join(others)}, as reported by {reading.reported_by}"


def origin_words(fact: FactAnswer) -> str:
    """Return where the value of a fact comes from; a stated one with its status, where it is not simply given."""
    match fact.origin:
        case Origin.STATED if fact.place is not None:
            status = "" if fact.status == "stipulated" else f"{fact.status} "
            return f"{status}at {fact.place}" if status else f"stated at {fact.place}"
        case Origin.UNKNOWN if fact.status == "disputed" and fact.place is not None:
            return f"disputed at {fact.place}"
        case Origin.UNKNOWN:
            return f"so stated at {fact.place}" if fact.place is not None else "not stated"
        case Origin.DERIVED:
            return "counted from the stated date"
        case Origin.IMPLIED:
            return "implied by the other facts"
        case _:
            return "assumed, since not stated"


_NAMES = {"us": "U.S.", "cia": "CIA", "united": "United", "states": "States"}


def value_words(value: str) -> str:
    """Return a fact's value as it is read out: `us_armed_forces` as U.S. armed forces."""
    return re.sub(r"[a-z]+", lambda found: _NAMES.get(found[0], found[0]), value.replace("_", " "))


def before_words(stated: StatedAnew) -> str:
    """Return what a fact was taken to be, with where that comes from unless it was given."""
    given = stated.origin not in {Origin.ASSUMED, Origin.IMPLIED, Origin.DERIVED}
    before = value_words(stated.before)
    return before if given else f"{before} ({stated.origin.value})"


def paragraphs(words: str) -> Iterator[str]:
    """Return the paragraphs of a longer text of a file, each on one line."""
    for paragraph in re.split(r"\n[ \t]*\n", words):
        if paragraph.strip():
            yield " ".join(paragraph.split())


def speakers(passages: Iterable[CitedPassage]) -> list[str]:
    """Return whose words the passages are, each once."""
    return list(dict.fromkeys(map(attribution, passages)))


def number_words(number: int) -> str:
    """Return a number as a sentence gives it: the small ones in words."""
    small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return small[number] if number < len(small) else str(number)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: datetime.date) -> str:
    """Return a date with the name of its month, the same in every locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
