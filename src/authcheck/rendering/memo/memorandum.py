"""An answer as a memorandum of law: issue, rule, application and conclusion for each power, with footnotes.

To and From are left for whoever hands it in. A conclusion is as sure as the verdict, and no surer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.answer.answer import (
    Answer,
    Attention,
    AuthorityAnswer,
    DutyAnswer,
    DutyState,
    Finding,
    Kind,
    OptionAnswer,
    PowerAnswer,
)
from authcheck.answer.support import carrying, deciding_facts
from authcheck.decision.decision import DaySource
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layouts.cited_documents import cited_documents
from authcheck.rendering.markdown import Footnotes, escaped, paragraphs
from authcheck.rendering.memo.discussion import OUT_OF_REACH, Discussion, discussed, named, on_readings
from authcheck.rendering.memo.facts import NumberedFacts
from authcheck.rendering.words import (
    holders,
    lens_words,
    listed,
    long_date,
    number_words,
    speakers,
    unsettled_words,
    value_words,
    verdict_span,
)

__all__ = ["memorandum"]


def memorandum(answer: Answer, notes: Footnotes) -> str:
    """Return the memorandum as Markdown, ending in a newline. Those in one document share its footnotes."""
    return "\n".join([*_Memo(answer, notes).lines(), "", *notes.written(answer.passages)]) + "\n"


class _Memo:
    """One memorandum: what is cited in it, and what it has said already."""

    def __init__(self, answer: Answer, notes: Footnotes) -> None:
        self.answer = answer
        self.notes = notes
        notes.begin()
        self.facts = NumberedFacts(answer)
        self.discussion = Discussion(answer, notes, self.facts)
        self.powers = [one for one in answer.powers.values() if one.needed is not Need.NOT_NEEDED]

    def lines(self) -> Iterator[str]:
        yield from self._heading()
        yield from ("", "## Question presented", "", *self._question())
        yield from ("", "## Brief answer", "", *self._brief_answer())
        yield from ("", "## Facts", "", *self._facts())
        yield from ("", "## Discussion")
        if not self.powers:
            yield from ("", "No power is in issue, so there is nothing to apply.")
        else:
            yield from ("", "The names after a condition are those who say it; the footnotes give their words.")
        for number, power in enumerate(self.powers, start=1):
            yield from self.discussion.power(number, power)
        for title, section in (
            ("Other authorities considered", self._others()),
            ("Duties and clocks", self._duties()),
            ("Courses of action", self._options()),
            ("Open questions", self._open_questions()),
            ("Cautions", self._cautions()),
            ("Sources", self._sources()),
        ):
            found = list(section)
            if found:
                yield from ("", f"## {title}", *([] if not found[0] else [""]), *found)
        yield from self._receipt()

    def _heading(self) -> Iterator[str]:
        receipt = self.answer.receipt
        given = {DaySource.PACK: " (the date of the pack; the scenario gives none)"}.get(receipt.as_of_from, "")
        option = f" (course of action: {escaped(self.answer.option)})" if self.answer.option else ""
        yield "# Memorandum"
        yield from ("", "**TO:**", "", "**FROM:**")
        yield from ("", f"**DATE:** {long_date(receipt.as_of)}{given}")
        yield from ("", f"**RE:** {escaped(self.answer.title)}{option}")
        yield from ("", "---")

    def _question(self) -> Iterator[str]:
        match self.powers:
            case []:
                yield (
                    "On which of the legal authorities that the cited documents name, if any, would the activity "
                    "described rely?"
                )
            case [power]:
                yield (
                    "Which of the legal authorities that the cited documents name, if any, would supply "
                    f"*{escaped(power.title)}* to the activity described?"
                )
            case powers:
                yield (
                    "Which of the legal authorities that the cited documents name, if any, would supply each of these "
                    "to the activity described?"
                )
                yield ""
                yield from (f"{number}. {escaped(one.title)}" for number, one in enumerate(powers, start=1))

    # --- the brief answer

    def _brief_answer(self) -> Iterator[str]:
        if not self.powers:
            yield "None. The activity described needs no power of which the documents speak."
        for number, power in enumerate(self.powers, start=1):
            mark = f"{number}. " if len(self.powers) > 1 else ""
            yield f"{mark}**{escaped(power.title)}: {_verdict(power)}.** {self._in_short(power)}".rstrip()
        for name, one in self.answer.authorities.items():
            if one.in_effect and name not in self.answer.relies_on:
                yield from ("", f"Beside these, {named(one)} has its own effects alone ({escaped(one.in_effect)}).")
        yield ""
        yield self._reserve()

    def _in_short(self, power: PowerAnswer) -> str:
        authorities = self.answer.authorities
        of = {
            verdict: [authorities[name] for name, found in power.sources.items() if found is verdict]
            for verdict in Verdict
        }
        if power.gap:
            barred = [name for name, found in power.through.items() if found is Verdict.UNAVAILABLE]
            return _sentences(authorities[name] for name in barred or discussed(power))
        if power.verdict is Verdict.AVAILABLE:
            words = [f"From {listed(f'{named(one)}{self._on_whose_word(one)}' for one in of[Verdict.AVAILABLE])}."]
            words += [
                f"On a reading that the lens leaves out, {named(one)} would be {left.verdict.value}."
                for one in of[Verdict.AVAILABLE]
                for left in one.left_out
            ]
            return " ".join(words)
        words = []
        if power.verdict is Verdict.UNDETERMINED:
            needed = {fact for name in [*power.sources, *power.through] for fact in authorities[name].still_needed}
            facts = "one fact" if len(needed) == 1 else f"{number_words(len(needed))} facts"
            either = listed((one.value for one in power.possible), "or")
            words.append(f"It would be {either}, depending on {facts} not known.")
        words += [f"{named(one)} is contested: {on_readings(one, self.answer)}." for one in of[Verdict.CONTESTED]]
        words += [
            f"{named(one)} is undetermined: {listed((each.value for each in one.possible), 'or')}."
            for one in of[Verdict.UNDETERMINED]
        ]
        return " ".join([*words, _sentences(of[Verdict.SILENT])]).rstrip()

    def _on_whose_word(self, one: AuthorityAnswer) -> str:
        who = speakers(self.answer.passages[passage] for passage in carrying(one, self.answer))
        return f" (on the word of {escaped('; '.join(who))})" if who else ""

    def _reserve(self) -> str:
        receipt = self.answer.receipt
        judged = [one for one in self.answer.facts.values() if one.judgement and one.origin == "stated"]
        counts = [
            f"{number_words(len(some))} {word if len(some) == 1 else words}"
            for some, word, words in (
                (self.answer.assumed, "assumed fact", "assumed facts"),
                (judged, "judgement that the scenario supplies", "judgements that the scenario supplies"),
            )
            if some
        ]
        on = f", with {listed(counts)} among them" if counts else ""
        return (
            f"This holds on the facts set out below{on}, and under the {_lens(receipt.lens, receipt.readings)}, "
            "which says whose readings count. It is what the cited documents say, and no more."
        )

    # --- the facts

    def _facts(self) -> Iterator[str]:
        described = list(paragraphs(self.answer.description))
        for one in described:
            yield from (one, "")
        yield (
            "The facts are numbered, for the discussion to point to. "
            "What is done and not told of is no part of it, unless it is listed as not known."
        )
        yield from self.facts.section()

    # --- what follows the discussion

    def _others(self) -> Iterator[str]:
        """Return the authorities that the discussion did not set out, and why they do not carry the activity."""
        others = [one for name, one in self.answer.authorities.items() if name not in self.discussion.place_of]
        for one in others:
            title = f"- **{escaped(one.title)}** ({escaped(one.law)})"
            match one.verdict:
                case Verdict.NOT_ENGAGED:
                    pass
                case Verdict.UNAVAILABLE:
                    yield f"{title} does not reach the activity described. {self._why(one)}"
                case Verdict.UNDETERMINED:
                    either = listed((found.value for found in one.possible), "or")
                    yield f"{title} is undetermined: {either}, depending on {self.facts.numbered(one.still_needed)}."
                case _:
                    yield f"{title}: {escaped(verdict_span(one)[0])}. {self._misread(one)}".rstrip()
        apart = [one for one in others if one.verdict is Verdict.NOT_ENGAGED]
        if apart:
            yield "- Not engaged:"
        yield from (f"  - {escaped(one.title)}: {escaped(one.reason)}" for one in apart)

    def _why(self, one: AuthorityAnswer) -> str:
        """Return why an authority is unavailable, with the facts and passages behind each cause."""
        parts = {part.id: part for part in _walk(one.tree) if part.kind in {Kind.ELEMENT, Kind.EXCEPTION}}
        sentences = []
        for name in dict.fromkeys(name for names in one.because for name in names):
            part = parts[name]
            facts = self.facts.numbered(deciding_facts(part))
            on = f" ({facts})" if facts else ""
            what = "Not met" if part.kind is Kind.ELEMENT else "Excepted"
            sentences.append(f"{what}{on}: {escaped(part.text)}{self.notes.cite(part.passages)}")
        return " ".join(sentences) or escaped(one.reason)

    def _misread(self, one: AuthorityAnswer) -> str:
        """Return what an authority is mistaken to supply, where the power is needed."""
        found = (
            self.discussion.not_so(note)
            for note in one.does_not_supply
            if self.answer.powers[note.power] in self.powers
        )
        return " ".join(one for one in found if one)

    def _duties(self) -> Iterator[str]:
        for name in dict.fromkeys(duty.authority for duty in self.answer.duties):
            yield f"- Under {named(self.answer.authorities[name])}:"
            owed = [duty for duty in self.answer.duties if duty.authority == name]
            yield from (f"  - {self._duty(duty)}" for duty in owed)

    def _duty(self, duty: DutyAnswer) -> str:
        on = f" ({long_date(duty.due)})" if duty.due else ""
        when = f" Time: {escaped(duty.due_words)}{on}." if duty.due_words or on else ""
        state = _DUTY[duty.state].format(escaped(duty.by))
        return f"{state}: {escaped(duty.text)}{self.notes.cite(duty.passages)}{when}"

    def _options(self) -> Iterator[str]:
        for name, option in self.answer.options.items():
            yield f"- **{escaped(name)}**"
            stated = (f"{value_words(fact)}: {value_words(value)}" for fact, value in option.changes.items())
            yield f"  - States anew: {escaped('; '.join(stated))}."
            titles = [named(self.answer.authorities[one]) for one in option.relies_on]
            gaps = [f"*{escaped(self.answer.powers[one].title)}*" for one in option.gaps]
            open_ones = [
                escaped(unsettled_words(self.answer.powers[power].title, one))
                for power, one in option.unsettled.items()
            ]
            unsettled = f" Unsettled: {'; '.join(open_ones)}." if open_ones else ""
            missing = f" {'A gap' if len(gaps) == 1 else 'Gaps'}: {listed(gaps)}." if gaps else ""
            yield f"  - Would rely on {listed(titles) or 'nothing that is available'}.{unsettled}{missing}"
            changed = list(self._changed(option))
            if changed:
                yield f"  - Verdicts that change: {'; '.join(changed)}."

    def _changed(self, option: OptionAnswer) -> Iterator[str]:
        for name, verdict in option.verdicts.items():
            if verdict is not self.answer.verdicts[name] and not {verdict, self.answer.verdicts[name]} <= OUT_OF_REACH:
                yield f"{named(self.answer.authorities[name])}, {verdict.value}"

    # --- the open questions

    def _open_questions(self) -> Iterator[str]:
        for title, section in (
            ("Facts still needed", self._needed()),
            ("What the documents do not say", self._not_said()),
            ("Readings left out", self._left_out()),
            ("Disputes on which no rule turns here", self._also_disputed()),
        ):
            found = list(section)
            if found:
                yield from ("", f"### {title}", "", *found)

    def _needed(self) -> Iterator[str]:
        bearing: dict[str, list[str]] = {}
        for one in self.answer.authorities.values():
            if one.attention in {Attention.RAISED, Attention.IN_QUESTION}:
                for fact in one.still_needed:
                    bearing.setdefault(fact, []).append(named(one))
        for titles in dict.fromkeys(tuple(one) for one in bearing.values()):
            facts = self.facts.numbered(name for name, one in bearing.items() if tuple(one) == titles)
            yield f"- {facts[:1].upper()}{facts[1:]}, for {listed(titles, 'and for')}."

    def _not_said(self) -> Iterator[str]:
        for name, place in self.discussion.place_of.items():
            notes = self.answer.authorities[name].not_said
            if notes:
                yield f"- On {named(self.answer.authorities[name])} ({place}):"
            yield from (f"  - {escaped(note.text)}{self.notes.cite(note.passages)}" for note in notes)

    def _left_out(self) -> Iterator[str]:
        for one in self.answer.authorities.values():
            for left in one.left_out:
                reading = self.answer.disputes[left.question].readings[left.reading]
                whose = escaped(holders(reading, self.answer))
                yield (
                    f"- On {named(one)}, that of {whose}: {escaped(reading.text)}{self.notes.cite(reading.passages)} "
                    f"Were it admitted, the answer would be another; on it alone, the verdict is {left.verdict.value}."
                )
        off_record = dict.fromkeys(name for one in self.answer.authorities.values() for name in one.off_record)
        asked = [f"*{escaped(self.answer.disputes[name].text)}*" for name in off_record if name in self.answer.disputes]
        if asked:
            yield "- Whom the lens follows is not on record on these questions; the readings of the documents stand in:"
        yield from (f"  - {one}" for one in asked)

    def _also_disputed(self) -> Iterator[str]:
        needed = {name for power in self.powers for name in [*power.sources, *power.through]}
        for dispute in self.answer.disputes.values():
            if needed & set(dispute.shown_with):
                note = f" {escaped(dispute.note)}" if dispute.note else ""
                yield f"- *{escaped(dispute.text)}*{note}"
                for reading in dispute.readings.values():
                    who = escaped(holders(reading, self.answer))
                    yield f"  - {who[:1].upper()}{who[1:]}: {escaped(reading.text)}{self.notes.cite(reading.passages)}"

    def _cautions(self) -> Iterator[str]:
        for words, holds in (
            ("These change no verdict:", True),
            ("These may apply as well, depending on facts not known:", False),
        ):
            some = [one for one in self.answer.cautions if one.holds is holds]
            if some:
                yield from ("", words, "")
            yield from (f"- {escaped(one.text)}{self.notes.cite(one.passages)}" for one in some)

    def _sources(self) -> Iterator[str]:
        """Return the documents that the footnotes cite, by class, with those who speak in them."""
        cited = cited_documents(self.answer.passages[name] for name in self.notes.cited)
        for title, documents in cited.items():
            yield f"- {title}:"
            for one in documents:
                where = f", {escaped(one.publisher)}" if one.publisher else ""
                yield f"  - *{escaped(one.title)}*{where}" + (", in which speak" if one.speakers else "")
                yield from (f"    - {escaped(speaker)}" for speaker in one.speakers)

    def _receipt(self) -> Iterator[str]:
        receipt = self.answer.receipt
        yield from ("", "---", "", f"*{escaped(self.answer.disclaimer)}*", "")
        yield (
            f"{receipt.tool} {receipt.version}; pack {receipt.pack} {receipt.pack_version} "
            f"({receipt.pack_digest[7:19]}); scenario {escaped(self.answer.scenario)} "
            f"({receipt.scenario_digest[7:19]}); {lens_words(receipt).replace(' · ', ', ')}; "
            f"unstated facts {receipt.unstated.value}."
        )


_DUTY: Mapping[DutyState, str] = {
    DutyState.OWED: "Owed by {}",
    DutyState.DONE: "Done by {}",
    DutyState.OVERDUE: "Overdue, owed by {}",
    DutyState.UNKNOWN: "Owed by {}, not known whether done",
    DutyState.PERHAPS: "Perhaps owed by {}, depending on facts not known",
}


def _verdict(power: PowerAnswer) -> str:
    words = "a gap" if power.gap or power.verdict is None else power.verdict.value
    return words + (" (perhaps needed)" if power.needed is Need.PERHAPS else "")


def _sentences(authorities: Iterable[AuthorityAnswer]) -> str:
    return " ".join(
        f"On {named(one)} the sources are silent. {escaped(one.reason)}"
        if one.verdict is Verdict.SILENT
        else f"{named(one)} is {one.verdict.value}. {escaped(one.reason or 'No ground holds.')}"
        for one in authorities
    )


def _walk(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from _walk(part)


def _lens(lens: str, readings: Mapping[str, str]) -> str:
    if not readings:
        return f"lens `{lens}`"
    chosen = listed(f"`{question}={name}`" for question, name in readings.items())
    return f"lens `{lens}` and the chosen {'reading' if len(readings) == 1 else 'readings'} {chosen}"
