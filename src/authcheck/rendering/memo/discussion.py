"""The discussion in a memorandum: for each power its issue, rule, application and conclusion."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from authcheck.answer.answer import (
    Answer,
    Attention,
    AuthorityAnswer,
    Finding,
    FindingUnderReading,
    GapNote,
    Kind,
    Outcome,
    PowerAnswer,
)
from authcheck.answer.support import chosen_reading, deciding_facts
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.markdown import Footnotes, escaped
from authcheck.rendering.memo.facts import NumberedFacts, facts_named, ranges
from authcheck.rendering.words import (
    holders,
    listed,
    long_date,
    met_words,
    number_words,
    possible_words,
    speakers,
)

__all__ = ["OUT_OF_REACH", "Discussion", "discussed", "named", "on_readings"]

_TAKING_AWAY = {Kind.EXCEPTION: "the exception", Kind.DISPLACEMENT: "the displacement"}
_BEFORE = {Kind.EXCEPTION: "*Exception:* ", Kind.DISPLACEMENT: "*Displaced if:* ", Kind.IN_FORCE: "It is "}
OUT_OF_REACH = {Verdict.UNAVAILABLE, Verdict.NOT_ENGAGED}


def discussed(power: PowerAnswer) -> list[str]:
    """Return the sources and means to discuss: those that may supply the power, or else all that fail to."""
    live = [name for name, found in power.sources.items() if found not in OUT_OF_REACH]
    failing = [name for name, found in power.sources.items() if found is Verdict.UNAVAILABLE]
    return [*(live or failing or power.sources), *power.through]


def on_readings(one: AuthorityAnswer, answer: Answer) -> str:
    """Return what an authority is on each reading of the questions on which it turns."""
    parts = []
    for under in one.readings:
        whose = listed(
            holders(answer.disputes[question].readings[reading], answer) for question, reading in under.readings.items()
        )
        parts.append(f"{possible_words(under.verdict, under.possible)} on the reading of {escaped(whose)}")
    return "; ".join(parts)


class Discussion:
    """Discusses power after power; an authority that serves two of them is set out once."""

    def __init__(self, answer: Answer, notes: Footnotes, facts: NumberedFacts) -> None:
        """Take the answer, the footnotes of the document, and the facts as they are numbered in it."""
        self.answer = answer
        self.notes = notes
        self.facts = facts
        self.place_of: dict[str, str] = {}
        self._told: set[str] = set()
        self._corrected: set[tuple[str, str]] = set()

    def power(self, number: int, power: PowerAnswer) -> Iterator[str]:
        """Return the lines of the section on one power."""
        names = discussed(power)
        letters = dict(zip(names, "abcdefghijklmnopqrstuvwxyz", strict=False))
        yield from ("", f"### {number}. {escaped(power.title)}", "", "#### Issue", "")
        yield self._issue(power)
        yield from ("", "#### Rule")
        yield from self._alternatives(power, names)
        for name, letter in letters.items():
            yield from ("", *self._rule(name, letter, power))
        yield from ("", "#### Application")
        for name, letter in letters.items():
            yield from ("", *self._application(name, letter))
        yield from ("", "#### Conclusion", "")
        yield from self._conclusion(power)
        for name, letter in letters.items():
            self.place_of.setdefault(name, f"{number}({letter})")

    def _issue(self, power: PowerAnswer) -> str:
        needed = "The activity described needs this power."
        if power.needed is Need.PERHAPS:
            needed = "Whether the activity described needs this power depends on facts not known."
        return f"{needed}{self.notes.cite(power.passages)} Does an authority that the documents name supply it?"

    # --- the rule

    def _alternatives(self, power: PowerAnswer, names: Sequence[str]) -> Iterator[str]:
        words = ["Any one of these sources is enough."] if len(names) - len(power.through) > 1 else []
        if power.through:
            used = any(self._is_used(name) for name in power.through)
            which = "The means that is used" if used else "A means is perhaps used; if it is, it"
            words.append(f"{which} must be available as well.")
        if words:
            yield from ("", " ".join(words))

    def _is_used(self, means: str) -> bool:
        return Verdict.NOT_ENGAGED not in self.answer.authorities[means].possible

    def _rule(self, name: str, letter: str, power: PowerAnswer) -> Iterator[str]:
        one = self.answer.authorities[name]
        means = f", a means that {'is' if self._is_used(name) else 'may be'} used" if name in power.through else ""
        head = f"**({letter}) {escaped(one.title)}**{means}"
        if name in self.place_of:
            yield f"{head}: as set out under {self.place_of[name]}."
            return
        yield f"{head} ({escaped(one.law)})."
        grounds, outside = _conditions(one.tree)
        numbers = itertools.count(1)
        if len(grounds) > 1:
            yield ""
            yield f"It has {number_words(len(grounds))} grounds, each of which is enough."
        for ground in grounds:
            hold = "This must hold" if len(ground.parts) == 1 else "All of this must hold"
            yield from ("", f"Ground: *{escaped(ground.text.rstrip('.'))}.* {hold}:", "")
            for part in ground.parts:
                yield self._condition(part, next(numbers))
        if outside and len(grounds) != 1:
            yield from ("", "Whatever the ground:", "")
        for part in outside:
            yield self._condition(part, next(numbers))
        remarks = [*(("Limit", note) for note in one.limits), *(("Remark", note) for note in one.notes)]
        if remarks:
            yield ""
        for label, note in remarks:
            yield f"- *{label}:* {escaped(note.text)}{self.notes.cite(note.passages)}"

    def _condition(self, part: Finding, number: int) -> str:
        before = _BEFORE.get(part.kind, "")
        who = speakers(self.answer.passages[passage] for passage in part.passages)
        said = f" ({escaped('; '.join(who))})" if who else ""
        return f"{number}. {before}{escaped(part.text.rstrip('.'))}.{said}{self.notes.cite(part.passages)}"

    # --- the application

    def _application(self, name: str, letter: str) -> Iterator[str]:
        one = self.answer.authorities[name]
        head = f"**({letter}) {escaped(one.title)}.**"
        if name in self.place_of:
            yield f"{head} As applied under {self.place_of[name]}: {possible_words(one.verdict, one.possible)}."
            return
        if one.verdict is Verdict.NOT_ENGAGED:
            # Of what does not take place no condition is asked.
            yield f"{head} {self._so(one)}"
            return
        yield from (head, "")
        for part in one.tree.parts:
            if part.kind is Kind.GOVERNS and part.outcome is not Outcome.TRUE:
                yield from self._item(f"*Whether it is engaged at all is {_word(part)}.*", self._because(part))
        grounds, outside = _conditions(one.tree)
        conditions = [part for ground in grounds for part in ground.parts]
        idle: list[tuple[int, Finding]] = []
        for number, part in enumerate([*conditions, *outside], start=1):
            if part.kind in _TAKING_AWAY and part.outcome is Outcome.FALSE:
                idle.append((number, part))
            else:
                yield from self._applied(part, number)
        if idle:
            yield from self._idle(idle)
        yield from ("", self._so(one))

    def _applied(self, part: Finding, number: int) -> Iterator[str]:
        readings = [one for one in part.parts if one.kind is Kind.READING]
        what = f"({number}), {_TAKING_AWAY[part.kind]}," if part.kind in _TAKING_AWAY else f"({number})"
        says = f"is {_word(part)}"
        if part.kind in _TAKING_AWAY:
            says = {Outcome.TRUE: "holds", Outcome.UNKNOWN: "may hold"}.get(part.outcome, f"is {part.outcome.value}")
        elif part.outcome is Outcome.UNKNOWN:
            says = f"is open: {met_words(part.truths)}"
        elif part.outcome in {Outcome.TRUE, Outcome.FALSE} and len(readings) > 1:
            says += ", on every reading that the lens admits"
        elif part.outcome is Outcome.SILENT:
            what, says = f"On {what}", "the sources are silent"
        more = self._parted(part) if part.by_reading else [self._because(part)]
        yield from self._item(f"*{what} {says}.*", *more)

    def _idle(self, idle: Sequence[tuple[int, Finding]]) -> Iterator[str]:
        """Return in one item what would take the authority away and does not."""
        for kind, name in _TAKING_AWAY.items():
            some = [(number, part) for number, part in idle if part.kind is kind]
            if some:
                which = ranges([number for number, _ in some], "({})")
                does = "does not hold" if len(some) == 1 else "do not hold"
                facts = self.facts.applied(fact for _, part in some for fact in deciding_facts(part))
                yield from self._item(f"*{which}, {name if len(some) == 1 else name + 's'}, {does}.*", facts)

    def _item(self, first: str, *more: str) -> Iterator[str]:
        rest = [one for one in more if one]
        yield f"- {first}" + (f" {rest[0]}" if rest else "")
        yield from (f"  - {one}" for one in rest[1:])

    def _because(self, part: Finding) -> str:
        """Return what a finding rests on: the words in which its terms hold, the silence, the facts."""
        facts = list(deciding_facts(part))
        if part.outcome is Outcome.UNKNOWN:
            told = [name for name in facts if name in self.answer.facts]
            facts = [name for name in told if name in self.facts.open] or told
            if not facts:
                return "The scenario does not state it, and no verdict turns on it."
        words = [self._once(escaped(part.silence))] if part.outcome is Outcome.SILENT else []
        readings = [one for one in part.parts if one.kind is Kind.READING]
        if len(readings) == 1 and (not facts or chosen_reading(part, self.answer)):
            words.append(self._reading(readings[0]))
        terms = list(dict.fromkeys(_holding(part)))
        if terms and part.outcome is Outcome.TRUE and self.facts.numbered(facts):
            told = [self._once(escaped(term)) for term in terms]
            words.append(" ".join([*(one for one in told if one), f"See {self.facts.numbered(facts)}."]))
        else:
            words.append(self.facts.applied(facts))
        return " ".join(one for one in words if one)

    def _once(self, words: str) -> str:
        """Return words that have not been told yet, or nothing."""
        if words in self._told:
            return ""
        self._told.add(words)
        return words

    def _reading(self, finding: Finding) -> str:
        reading = self.answer.disputes[finding.question].readings[finding.reading]
        whose = escaped(holders(reading, self.answer))
        mark = self.notes.cite(reading.passages)
        return f"The lens admits one reading, that of {whose}: {escaped(reading.text)}{mark}"

    def _parted(self, part: Finding) -> list[str]:
        """Return the question, who holds what and what follows from it here, and the facts."""
        questions = dict.fromkeys(name for under in part.by_reading for name in under.readings)
        disputes = [self.answer.disputes[name] for name in questions]
        asked = " ".join(escaped(one.text) for one in disputes)
        lines = [asked, *(self._held(under) for under in part.by_reading)]
        notes = [self._once(escaped(one.note)) for one in disputes]
        facts = self.facts.applied(deciding_facts(part))
        lines.append(f"On the facts: {facts}" if facts else "")
        lines.append(" ".join(one for one in notes if one))
        return lines

    def _held(self, under: FindingUnderReading) -> str:
        truths = f"{'' if len(under.truths) == 1 else 'open: '}{met_words(under.truths)}"
        views = [self.answer.disputes[question].readings[name] for question, name in under.readings.items()]
        who = listed(escaped(holders(one, self.answer)) for one in views)
        said = " ".join(f"{escaped(one.text)}{self.notes.cite(one.passages)}" for one in views)
        return f"{who[:1].upper()}{who[1:]}: {said} *So it is {truths}.*"

    def _so(self, one: AuthorityAnswer) -> str:
        title = named(one)
        match one.verdict:
            case Verdict.AVAILABLE:
                what = f"So {title} would be available."
            case Verdict.CONTESTED:
                what = f"So {title} is contested: {on_readings(one, self.answer)}."
                if not any(Verdict.AVAILABLE in under.possible for under in one.readings):
                    what += " No reading makes it available; they differ only on why."
            case Verdict.SILENT:
                what = f"So the sources are silent on {title}."
            case Verdict.UNDETERMINED:
                turns = self.facts.numbered(one.still_needed)
                what = f"So {title} is undetermined: {_either(one.possible)}, depending on {turns}."
            case Verdict.UNAVAILABLE:
                what = f"So {title} would be unavailable."
            case _:
                what = f"So {title} is not engaged: {escaped(one.reason)}"
        return " ".join([what, *self._footing(one), *self._reserve(one)])

    def _reserve(self, one: AuthorityAnswer) -> Iterator[str]:
        verdicts = dict.fromkeys(left.verdict for left in one.left_out if left.verdict is not one.verdict)
        if verdicts:
            yield f"On a reading that the lens leaves out it would be {_either(verdicts)} (see Open questions)."
        elif one.left_out:
            yield "A reading that the lens leaves out would change what it may become (see Open questions)."

    def _footing(self, one: AuthorityAnswer) -> Iterator[str]:
        """Return what a verdict rests on that is less than certain."""
        asked = set(facts_named(one.tree))
        soft = [name for name in one.rests_on if name in asked and self.answer.facts[name].origin != "unknown"]
        if soft and one.verdict not in OUT_OF_REACH:
            yield f"This rests on {self._soft(soft)}."
        if one.weakest is not None and one.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED}:
            anonymous = ", anonymous" if one.weakest.anonymous else ""
            kind = one.weakest.document_class.value.replace("-", " ")
            mark = self.notes.cite([one.weakest.passage])
            yield f"Its weakest source is {escaped(one.weakest.speaker)}{anonymous}, in {kind}.{mark}"

    def _soft(self, names: Sequence[str]) -> str:
        words = []
        for name in names:
            fact = self.answer.facts[name]
            kinds = [] if fact.status in {"", "stipulated"} else [f"is only {fact.status}"]
            kinds += ["is a judgement that the scenario supplies"] if fact.judgement else []
            words.append(f"{self.facts.numbered([name])}, which {listed(kinds)}")
        return "; ".join(words)

    # --- the conclusion

    def _conclusion(self, power: PowerAnswer) -> Iterator[str]:
        yield self._concluded(power, f"*{escaped(power.title)}*")
        for clock in power.clocks:
            title = named(self.answer.authorities[clock.authority])
            over = clock.ends is not None and clock.ends < self.answer.receipt.as_of
            ends = f"; the last day {'was' if over else 'is'} {long_date(clock.ends)}" if clock.ends else ""
            yield from ("", f"The clock of {title} stands at day {escaped(clock.day)} of {clock.limit}{ends}.")
        for note in power.not_called_for:
            yield from ("", f"Perhaps not called for: {escaped(note.text)}{self.notes.cite(note.passages)}")
        if power.verdict is not Verdict.AVAILABLE:
            for one in self.answer.authorities.values():
                yield from self._no_substitute(one, power)

    def _concluded(self, power: PowerAnswer, title: str) -> str:
        if_needed = "If it is needed, " if power.needed is Need.PERHAPS else ""
        match power.verdict:
            case Verdict.AVAILABLE:
                sources = [named(self.answer.authorities[name]) for name in _of(power, Verdict.AVAILABLE)]
                on = "on the facts stated and assumed"
                return f"{if_needed}{title} would be **available** {on}, from {listed(sources)}."
            case Verdict.CONTESTED:
                asked = dict.fromkeys(
                    name for one in _of(power, Verdict.CONTESTED) for name in self.answer.authorities[one].crux
                )
                over = " ".join(f"*{escaped(self.answer.disputes[name].text)}*" for name in asked)
                parted = "the readings that the lens admits part on it."
                return f"{if_needed}{title} is **contested**: {parted} {over}".rstrip()
            case Verdict.SILENT:
                return f"{if_needed}{title} is a matter on which the sources are **silent**."
            case Verdict.UNDETERMINED:
                names = [*power.sources, *power.through]
                needed = {fact for name in names for fact in self.answer.authorities[name].still_needed}
                turns = f"{self.facts.numbered(needed)} {'is' if len(needed) == 1 else 'are'}"
                return (
                    f"{if_needed}{title} is **undetermined** on the facts stated and assumed: it would be "
                    f"{_either(power.possible)}. Of what its sources turn on, {turns} open."
                )
            case _ if Verdict.UNAVAILABLE in power.through.values():
                return f"{if_needed}{title} is a **gap**: the conditions of the means that is used are not met."
            case _:
                return (
                    f"{if_needed}{title} is a **gap**: on the facts stated and assumed, "
                    "no authority that the documents name supplies it."
                )

    def _no_substitute(self, one: AuthorityAnswer, power: PowerAnswer) -> Iterator[str]:
        asked = one.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or one.attention is Attention.RAISED
        for note in one.does_not_supply:
            if asked and self.answer.powers[note.power] is power:
                yield from ("", f"{named(one)} does not supply it. {self.not_so(note)}")

    def not_so(self, note: GapNote) -> str:
        """Return what is mistaken of an authority, with the passages that say so; once, and nothing after that."""
        if (note.power, note.text) in self._corrected:
            return ""
        self._corrected.add((note.power, note.text))
        mistaken = f"Mistaken: *{escaped(note.misconception)}* " if note.misconception else ""
        return f"{mistaken}{escaped(note.text)}{self.notes.cite(note.passages)}"


def named(one: AuthorityAnswer) -> str:
    """Return the title of an authority, set off from the sentence in which it stands."""
    return f"*{escaped(one.title)}*"


def _conditions(tree: Finding) -> tuple[list[Finding], list[Finding]]:
    """Return the grounds of an authority, and what bears on all of them."""
    grounds = [part for part in tree.parts if part.kind is Kind.GROUND]
    return grounds, [part for part in tree.parts if part.kind in {Kind.EXCEPTION, Kind.DISPLACEMENT, Kind.IN_FORCE}]


def _of(power: PowerAnswer, verdict: Verdict) -> list[str]:
    return [name for name, found in power.sources.items() if found is verdict]


def _either(possible: Iterable[Verdict]) -> str:
    return listed((one.value for one in possible), "or")


def _word(part: Finding) -> str:
    words = {Outcome.TRUE: "met", Outcome.FALSE: "not met", Outcome.UNKNOWN: "open"}
    return words.get(part.outcome, part.outcome.value)


def _holding(finding: Finding) -> Iterator[str]:
    """Return the words of the outermost terms by which a finding holds."""
    for part in finding.parts:
        if part.outcome is Outcome.TRUE and part.kind not in {Kind.NOT, Kind.SILENT_WHEN, Kind.UNLESS}:
            if part.kind is Kind.TERM:
                yield part.text
            else:
                yield from _holding(part)
