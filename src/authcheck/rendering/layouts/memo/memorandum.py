"""An answer as a memorandum of law: issue, rule, application and conclusion for each power, with notes.

To and From are left for whoever hands it in. A conclusion is as sure as the verdict, and no surer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.answer.answer import (
    Answer,
    Attention,
    AuthorityAnswer,
    ClockAnswer,
    ClockState,
    DutyAnswer,
    Kind,
    OptionAnswer,
    PowerAnswer,
    Receipt,
)
from authcheck.answer.findings import conditional_parts
from authcheck.answer.reasons import where_it_fails
from authcheck.answer.support import carrying, deciding_facts
from authcheck.decision.decision import DaySource
from authcheck.decision.known import Origin
from authcheck.model.verdict import DutyState, Need, Verdict
from authcheck.rendering.layout import Line, line
from authcheck.rendering.layouts.cannot_know import CANNOT_KNOW, cannot_know_words
from authcheck.rendering.layouts.cited_documents import cited_documents
from authcheck.rendering.layouts.claimed import claim_words, claimed_words, parted_words
from authcheck.rendering.layouts.memo.discussion import Discussion, discussed, on_readings
from authcheck.rendering.layouts.memo.facts import NumberedFacts
from authcheck.rendering.layouts.memo.sentences import (
    Notes,
    Words,
    emphasized,
    item,
    joined,
    listed_words,
    marked,
    named,
    numbered_item,
    prose,
    said,
    strong,
    titled,
)
from authcheck.rendering.layouts.receipt import short
from authcheck.rendering.layouts.unmodelled import UNMODELLED
from authcheck.rendering.words import (
    OUT_OF_REACH,
    apart_words,
    aside_words,
    clock_words,
    hedged,
    holders,
    inference_of,
    left_out_words,
    lens_words,
    long_date,
    number_words,
    paragraphs,
    power_words,
    speakers,
    standing_words,
    unsettled_words,
    value_words,
)
from authcheck.wording import listed, spoken

__all__ = ["memorandum_layout"]


def memorandum_layout(answer: Answer, notes: Notes) -> Iterator[Line]:
    """Return the memorandum. Those in one document share its notes."""
    for row in _Memo(answer, notes).lines():
        # A heading and a paragraph stand apart from what is above them.
        if row.tone == "heading" or row.is_prose:
            yield Line()
        yield row
    yield Line()
    yield from notes.written(answer.passages)


class _Memo:
    """One memorandum: what is cited in it, and what it has said already."""

    def __init__(self, answer: Answer, notes: Notes) -> None:
        self.answer = answer
        self.notes = notes
        notes.begin()
        self.facts = NumberedFacts(answer)
        self.discussion = Discussion(answer, notes, self.facts)
        self.powers = [power for power in answer.powers.values() if power.needed is not Need.NOT_NEEDED]

    def lines(self) -> Iterator[Line]:
        yield from self._heading()
        for title, section in (
            (UNMODELLED, self._unmodelled()),
            ("Question presented", self._question()),
            ("Brief answer", self._brief_answer()),
            ("Facts", self._facts()),
            ("Discussion", self._discussion()),
            ("What was claimed", self._claimed()),
            ("Other authorities considered", self._others()),
            ("Duties and clocks", self._duties()),
            ("Courses of action", self._options()),
            ("Open questions", self._open_questions()),
            ("Cautions", self._cautions()),
            (CANNOT_KNOW, (item(2, words) for words in cannot_know_words(self.answer))),
            ("Sources", self._sources()),
        ):
            yield from _under((title, 0), section)
        yield from self._receipt()

    def _heading(self) -> Iterator[Line]:
        receipt = self.answer.receipt
        given = {DaySource.PACK: " (the date of the pack; the scenario gives none)"}.get(receipt.as_of_from, "")
        option = f" (course of action: {self.answer.option})" if self.answer.option else ""
        option += f" (activity: {receipt.activity})" if receipt.activity else ""
        yield line(("Memorandum", "title"))
        for label, words in (
            ("TO:", ""),
            ("FROM:", ""),
            ("DATE:", f" {long_date(receipt.as_of)}{given}"),
            ("RE:", f" {self.answer.title}{option}"),
        ):
            yield prose(0, strong(label), words)

    def _unmodelled(self) -> Iterator[Line]:
        """Return what no fact says: before the question, since no answer takes it into account."""
        for part in self.answer.unmodelled:
            yield item(2, f"{part.text[:1].upper()}{part.text[1:]}. It bears on ", listed(part.bears_on.values()), ".")

    def _question(self) -> Iterator[Line]:
        authorities = "of the legal authorities that the cited documents name, if any, would"
        match self.powers:
            case []:
                yield prose(2, f"On which {authorities} the activity described rely?")
            case [power]:
                yield prose(2, f"Which {authorities} supply ", emphasized(power.title), " to the activity described?")
            case powers:
                yield prose(2, f"Which {authorities} supply each of these to the activity described?")
                yield from (numbered_item(2, number, power.title) for number, power in enumerate(powers, start=1))

    def _brief_answer(self) -> Iterator[Line]:
        if not self.powers:
            yield prose(2, "None. The activity described needs no power of which the documents speak.")
        for number, power in enumerate(self.powers, start=1):
            words = joined([strong(f"{power.title}: {_verdict(power)}."), self._in_short(power)])
            yield numbered_item(2, number, words) if len(self.powers) > 1 else prose(2, words)
        for name, authority in self.answer.authorities.items():
            if authority.in_effect and name not in self.answer.relies_on:
                effects = f" has its own effects alone ({hedged(authority.in_effect, authority.hedges)})."
                yield prose(2, "Beside these, ", marked(authority), effects)
        yield prose(2, self._reserve())

    def _in_short(self, power: PowerAnswer) -> Words:
        authorities = self.answer.authorities
        of = {
            verdict: [authorities[name] for name, of_source in power.sources.items() if of_source is verdict]
            for verdict in Verdict
        }
        if power.gap:
            barred = [name for name, of_means in power.through.items() if of_means is Verdict.UNAVAILABLE]
            return _sentences(authorities[name] for name in barred or discussed(power))
        if power.verdict is Verdict.AVAILABLE:
            carriers = [authorities[name] for name in power.carriers or power.sources]
            sources = (
                said(marked(source), hedged("", source.hedges), self._on_whose_word(source)) for source in carriers
            )
            left_out = (
                said(
                    "On a reading that the lens leaves out, ",
                    titled(source),
                    f" would be {left_out_words(left)}.",
                )
                for source in carriers
                for left in source.left_out
            )
            return joined([said("From ", listed_words(sources), "."), *left_out])
        sentences: list[Words] = [said(power.silence)] if power.silence else []
        sentences += [
            said(
                "On a reading that the lens leaves out, that of "
                f"{holders(self.answer.disputes[left.question].readings[left.reading], self.answer)}, "
                f"it would be {left_out_words(left)}."
            )
            for left in power.left_out
        ]
        if power.verdict is Verdict.UNDETERMINED:
            needed = {fact for name in [*power.sources, *power.through] for fact in authorities[name].still_needed}
            facts = "one fact" if len(needed) == 1 else f"{number_words(len(needed))} facts"
            either = hedged(listed((spoken(verdict.value) for verdict in power.possible), "or"), power.hedges)
            sentences.append(said(f"It would be {either}, depending on {facts} not known."))
        sentences += [
            said(marked(source), f" is contested: {on_readings(source, self.answer)}.")
            for source in of[Verdict.CONTESTED]
        ]
        sentences += [
            said(marked(source), f" is undetermined: {_either(source)}.") for source in of[Verdict.UNDETERMINED]
        ]
        sentences += [
            said(marked(source), f" is {hedged('available', source.hedges)}.") for source in of[Verdict.AVAILABLE]
        ]
        return joined([*sentences, _sentences(of[Verdict.SILENT])])

    def _on_whose_word(self, authority: AuthorityAnswer) -> str:
        spoken = carrying(authority, self.answer, inferred=False)
        who = speakers(self.answer.passages[passage] for passage in spoken)
        return f" (on the word of {'; '.join(who)})" if who else ""

    def _reserve(self) -> Words:
        judged = [fact for fact in self.answer.facts.values() if fact.judgement and fact.origin is Origin.STATED]
        counts = [
            f"{number_words(len(some))} {word if len(some) == 1 else words}"
            for some, word, words in (
                (self.answer.assumed, "assumed fact", "assumed facts"),
                (judged, "judgement that the scenario supplies", "judgements that the scenario supplies"),
            )
            if some
        ]
        on = f", with {listed(counts)} among them" if counts else ""
        return said(
            f"This holds on the facts set out below{on}, and under the ",
            _lens(self.answer.receipt),
            ", which says whose readings count. It is what the cited documents say, and no more.",
        )

    def _facts(self) -> Iterator[Line]:
        yield from (prose(2, words) for words in paragraphs(self.answer.description))
        yield prose(
            2,
            "The facts are numbered, for the discussion to point to. "
            "What is done and not told of is no part of it, unless it is listed as not known.",
        )
        yield from self.facts.section(2)

    def _discussion(self) -> Iterator[Line]:
        if not self.powers:
            yield prose(2, "No power is in issue, so there is nothing to apply.")
            return
        yield prose(2, "Behind a condition stands who says it, or that this pack infers it; the notes give the words.")
        for number, power in enumerate(self.powers, start=1):
            yield from self.discussion.power(number, power)

    def _claimed(self) -> Iterator[Line]:
        """Return what was claimed, beside what is found."""
        for claim in self.answer.claimed:
            authority = self.answer.authorities[claim.authority]
            who = claimed_words(claim)
            said_by = said(f"; {who}", self.notes.cite(claim.passages)) if who else ""
            head = claim_words(claim)
            head = f"{head[:1].upper()}{head[1:]}: "
            yield item(2, head, marked(authority), f", {standing_words(authority)}", said_by, ".")
            yield from (item(4, f"{words[:1].upper()}{words[1:]}.") for words in parted_words(claim))
            if claim.note:
                yield item(4, claim.note)

    def _others(self) -> Iterator[Line]:
        """Return the authorities that the discussion did not set out, and why they do not carry the activity."""
        authorities = self.answer.authorities.items()
        others = [authority for name, authority in authorities if name not in self.discussion.place_of]
        for authority in others:
            title = said(strong(authority.title), f" ({authority.law})", aside_words(authority.apart_from))
            match authority.verdict:
                case Verdict.NOT_ENGAGED:
                    pass
                case Verdict.UNAVAILABLE:
                    reach = hedged(" does not reach the activity described", authority.hedges)
                    yield item(2, title, f"{reach}. ", self._why(authority))
                case Verdict.UNDETERMINED:
                    facts = self.facts.numbered(authority.still_needed)
                    yield item(2, title, f" is undetermined: {_either(authority)}, depending on {facts}.")
                case _:
                    verdict = said(title, f": {standing_words(authority)}.")
                    yield item(2, joined([verdict, self._misread(authority)]))
        apart = [authority for authority in others if authority.verdict is Verdict.NOT_ENGAGED]
        if apart:
            yield item(2, "Not engaged:")
        for authority in apart:
            yield item(4, f"{authority.title}{aside_words(authority.apart_from)}: {authority.reason}")

    def _why(self, authority: AuthorityAnswer) -> Words:
        """Return why an authority is unavailable, with the facts and passages behind each cause."""
        parts = conditional_parts(authority.tree)
        sentences = []
        for cause in authority.because:
            sentences.append(said(where_it_fails(cause, self._text)))
            for part in map(parts.__getitem__, cause.parts):
                facts = self.facts.numbered(deciding_facts(part))
                on = f" ({facts})" if facts else ""
                what = "Not met" if part.kind is Kind.ELEMENT else "Excepted"
                sentences.append(said(f"{what}{on}: {part.text}", self.notes.cite(part.passages)))
        return joined(sentences) or said(authority.reason)

    def _text(self, question: str, reading: str) -> str:
        return self.answer.disputes[question].readings[reading].text

    def _misread(self, authority: AuthorityAnswer) -> Words:
        """Return what an authority is mistaken to supply, where the power is needed."""
        return joined(
            self.discussion.not_so(note)
            for note in authority.does_not_supply
            if self.answer.powers[note.power] in self.powers
        )

    def _clocks(self) -> Iterator[Line]:
        """Return every way of counting the days, one beside the other."""
        if self.answer.clocks:
            yield item(2, "The ways of counting the days:")
        for clock in self.answer.clocks:
            whose = f" ({self.answer.holders[clock.holder]})" if clock.holder else ""
            words = f"{clock.counted}{whose}: {_clock(clock)}{inference_of(clock, self.answer.passages)}"
            yield item(4, f"{words[:1].upper()}{words[1:]}", self.notes.cite(clock.passages), ".")
        yield from (
            item(4, silence) for silence in dict.fromkeys(clock.silence for clock in self.answer.clocks) if silence
        )

    def _duties(self) -> Iterator[Line]:
        yield from self._clocks()
        for name in dict.fromkeys(duty.authority for duty in self.answer.duties):
            yield item(2, "Under ", named(self.answer.authorities[name]), ":")
            yield from (self._duty(duty) for duty in self.answer.duties if duty.authority == name)

    def _duty(self, duty: DutyAnswer) -> Line:
        on = f" ({long_date(duty.due)})" if duty.due else ""
        done = f"; done on {long_date(duty.done_on)}" if duty.done_on else ""
        when = f" Time: {duty.due_words}{on}{done}." if duty.due_words or on else ""
        state = _DUTY[duty.state].format(duty.by)
        return item(
            4, f"{state}: {duty.text}{inference_of(duty, self.answer.passages)}", self.notes.cite(duty.passages), when
        )

    def _options(self) -> Iterator[Line]:
        for name, option in self.answer.options.items():
            yield item(2, strong(name))
            stated = (f"{value_words(fact)}: {value_words(value)}" for fact, value in option.changes.items())
            yield item(4, f"States anew: {'; '.join(stated)}.")
            titles = listed_words(
                said(titled(self.answer.authorities[source]), hedged("", option.hedges.get(source, ())))
                for source in option.relies_on
            )
            relies = said("Would rely on ", titles or "nothing that is available", ".")
            open_powers = [
                unsettled_words(self.answer.powers[power].title, state)
                + aside_words(self.answer.powers[power].apart_from)
                for power, state in option.unsettled.items()
            ]
            unsettled = f"Unsettled: {'; '.join(open_powers)}." if open_powers else ""
            gaps = listed_words(titled(self.answer.powers[power]) for power in option.gaps)
            missing = said(f"{'A gap' if len(option.gaps) == 1 else 'Gaps'}: ", gaps, ".") if gaps else ""
            yield item(4, joined([relies, unsettled, missing]))
            changed = joined(self._changed(option), "; ")
            if changed:
                yield item(4, "Verdicts that change: ", changed, ".")

    def _changed(self, option: OptionAnswer) -> Iterator[Words]:
        for name, verdict in option.verdicts.items():
            if verdict is not self.answer.verdicts[name] and not {verdict, self.answer.verdicts[name]} <= OUT_OF_REACH:
                words = hedged(spoken(verdict.value), option.hedges.get(name, ()))
                yield said(titled(self.answer.authorities[name]), f", {words}")

    def _open_questions(self) -> Iterator[Line]:
        for title, section in (
            ("Facts still needed", self._needed()),
            ("What the documents do not say", self._not_said()),
            ("Readings left out", self._left_out()),
            ("Disputes on which no rule turns here", self._also_disputed()),
        ):
            yield from _under((title, 2), section)

    def _needed(self) -> Iterator[Line]:
        bearing: dict[str, list[Words]] = {}
        for authority in self.answer.authorities.values():
            if authority.attention in {Attention.RAISED, Attention.IN_QUESTION}:
                for fact in authority.still_needed:
                    bearing.setdefault(fact, []).append(named(authority))
        for titles in dict.fromkeys(map(tuple, bearing.values())):
            facts = self.facts.numbered(name for name, borne in bearing.items() if tuple(borne) == titles)
            yield item(4, f"{facts[:1].upper()}{facts[1:]}, for ", listed_words(titles, "and for"), ".")

    def _not_said(self) -> Iterator[Line]:
        for name, place in self.discussion.place_of.items():
            authority = self.answer.authorities[name]
            if authority.not_said:
                yield item(4, "On ", named(authority), f" ({place}):")
            yield from (item(6, note.text, self.notes.cite(note.passages)) for note in authority.not_said)

    def _left_out(self) -> Iterator[Line]:
        everything: list[AuthorityAnswer | PowerAnswer] = [*self.answer.authorities.values(), *self.powers]
        for left_out in everything:
            for left in left_out.left_out:
                reading = self.answer.disputes[left.question].readings[left.reading]
                yield item(
                    4,
                    "On ",
                    titled(left_out),
                    f", that of {holders(reading, self.answer)}: {reading.text}",
                    inference_of(reading, self.answer.passages),
                    self.notes.cite(reading.passages),
                    " Were it admitted, the answer would be another; "
                    f"on it alone, the verdict is {left_out_words(left)}.",
                )
        off_record = dict.fromkeys(
            name for authority in self.answer.authorities.values() for name in authority.off_record
        )
        asked = [self.answer.disputes[name].text for name in off_record if name in self.answer.disputes]
        if asked:
            stand_in = "the readings of the documents stand in:"
            yield item(4, f"Whom the lens follows is not on record on these questions; {stand_in}")
        yield from (item(6, emphasized(text)) for text in asked)

    def _also_disputed(self) -> Iterator[Line]:
        needed = {name for power in self.powers for name in [*power.sources, *power.through]}
        for dispute in self.answer.disputes.values():
            if needed & set(dispute.shown_with):
                yield item(4, joined([emphasized(dispute.text), dispute.note]))
                for reading in dispute.readings.values():
                    who = holders(reading, self.answer)
                    mark = self.notes.cite(reading.passages)
                    inferred = inference_of(reading, self.answer.passages)
                    yield item(6, f"{who[:1].upper()}{who[1:]}: {reading.text}{inferred}", mark)

    def _cautions(self) -> Iterator[Line]:
        for words, holds in (
            ("These change no verdict:", True),
            ("These may apply as well, where facts or the sources leave it open:", False),
        ):
            some = [caution for caution in self.answer.cautions if caution.holds is holds]
            if some:
                yield prose(2, words)
            yield from (item(2, caution.text, self.notes.cite(caution.passages)) for caution in some)

    def _sources(self) -> Iterator[Line]:
        """Return the documents that the notes cite, by class, with those who speak in them or are reported."""
        cited = cited_documents(self.answer.passages[name] for name in self.notes.cited)
        for title, documents in cited.items():
            yield item(2, f"{title}:")
            for document in documents:
                where = f", {document.publisher}" if document.publisher else ""
                yield item(
                    4,
                    emphasized(document.title),
                    where,
                    ", in which speak or are reported" if document.speakers else "",
                )
                yield from (item(6, speaker) for speaker in document.speakers)

    def _receipt(self) -> Iterator[Line]:
        receipt = self.answer.receipt
        yield prose(0, emphasized(self.answer.disclaimer))
        yield prose(
            0,
            f"{receipt.tool} {receipt.version}; pack {receipt.pack} {receipt.pack_version} "
            f"({short(receipt.pack_digest)}); scenario {self.answer.scenario} "
            f"({short(receipt.scenario_digest)}); {lens_words(receipt).replace(' · ', ', ')}; "
            f"unstated facts {receipt.unstated.value}.",
        )


def _clock(clock: ClockAnswer) -> str:
    """Return where a clock stands, its days told in the past where they are over."""
    if clock.first is None or clock.last is None:
        return clock_words(clock)
    latest = " at the latest" if clock.at_latest else ""
    perhaps = "perhaps " if clock.perhaps else ""
    last = f"the last day {{}} {long_date(clock.last)}{latest}"
    match clock.state:
        case ClockState.OVER:
            return f"{perhaps}over; {last.format('was')}, and this is day {clock.day} of {clock.limit}"
        case ClockState.NOT_STARTED:
            return f"{perhaps}not started; the first day is {long_date(clock.first)}, {last.format('is')}"
        case _:
            return f"{perhaps}at day {clock.day} of {clock.limit}; {last.format('is')}"


_DUTY: Mapping[DutyState, str] = {
    DutyState.OWED: "Owed by {}",
    DutyState.DONE: "Done by {}",
    DutyState.DONE_LATE: "Done late by {}",
    DutyState.DONE_UNDATED: "Done by {}, not known whether in time",
    DutyState.OVERDUE: "Overdue, owed by {}",
    DutyState.UNKNOWN: "Owed by {}, not known whether done",
    DutyState.PERHAPS: "Perhaps owed by {}, where facts or the sources leave it open",
}


def _under(heading: tuple[str, int], section: Iterable[Line]) -> Iterator[Line]:
    """Return a section under its heading, which stands so far in; nothing where the section is empty."""
    title, indent = heading
    rows = list(section)
    if rows:
        yield line((title, "heading"), indent=indent)
    yield from rows


def _verdict(power: PowerAnswer) -> str:
    words = hedged("a gap", power.hedges) if power.gap else power_words(power)
    if power.verdict is Verdict.UNDETERMINED and not power.unsupplied:
        # What it may be is said in the sentence that follows.
        words = hedged("undetermined", power.hedges)
    perhaps = " (perhaps needed)" if power.needed is Need.PERHAPS else ""
    return words + perhaps + apart_words(power.apart_from)


def _sentences(authorities: Iterable[AuthorityAnswer]) -> Words:
    return joined(
        said("On ", marked(authority), f" the sources are {hedged('silent', authority.hedges)}. {authority.reason}")
        if authority.verdict is Verdict.SILENT
        else said(
            marked(authority),
            f" is {hedged(spoken(authority.verdict.value), authority.hedges)}. ",
            authority.reason or "No ground holds.",
        )
        for authority in authorities
    )


def _either(authority: AuthorityAnswer) -> str:
    return hedged(listed((spoken(verdict.value) for verdict in authority.possible), "or"), authority.hedges)


def _lens(receipt: Receipt) -> Words:
    lens = said("lens ", emphasized(receipt.lens))
    if not receipt.readings:
        return lens
    readings = [emphasized(f"{question}={name}") for question, name in receipt.readings.items()]
    return said(lens, f" and the chosen {'reading' if len(readings) == 1 else 'readings'} ", listed_words(readings))
