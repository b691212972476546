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
from authcheck.decision.known import Origin
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Line, line
from authcheck.rendering.layouts.memo.facts import NumberedFacts, facts_named, ranges
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
)
from authcheck.rendering.words import (
    OUT_OF_REACH,
    aside_words,
    attribution,
    hedge_of,
    hedged,
    holders,
    inference_of,
    met_words,
    number_words,
    possible_words,
    power_tone,
    power_words,
    speakers,
)
from authcheck.wording import listed, spoken

__all__ = ["Discussion", "discussed", "on_readings"]

_TAKING_AWAY = {Kind.EXCEPTION: "the exception", Kind.DISPLACEMENT: "the displacement"}
_BEFORE = {
    Kind.EXCEPTION: said(emphasized("Exception:"), " "),
    Kind.DISPLACEMENT: said(emphasized("Displaced if:"), " "),
    Kind.IN_FORCE: said("It is "),
}
# How far in the parts of a discussion stand: a power, what is said of it, and the sentences of that.
_POWER, _PART, _TEXT = 2, 4, 6


def discussed(power: PowerAnswer) -> list[str]:
    """Return the sources and means to discuss: those that may supply the power, or else all that fail to."""
    live = [name for name, verdict in power.sources.items() if verdict not in OUT_OF_REACH]
    failing = [name for name, verdict in power.sources.items() if verdict is Verdict.UNAVAILABLE]
    return [*(live or failing or power.sources), *power.through]


def on_readings(authority: AuthorityAnswer, answer: Answer) -> str:
    """Return what an authority is on each reading of the questions on which it turns."""
    parts = []
    for under in authority.readings:
        whose = listed(
            holders(answer.disputes[question].readings[reading], answer) for question, reading in under.readings.items()
        )
        parts.append(f"{possible_words(under.verdict, under.possible, under.hedges)} on the reading of {whose}")
    return "; ".join(parts)


class Discussion:
    """Discusses power after power; an authority that serves two of them is set out once."""

    def __init__(self, answer: Answer, notes: Notes, facts: NumberedFacts) -> None:
        """Take the answer, the notes of the document, and the facts as they are numbered in it."""
        self.answer = answer
        self.notes = notes
        self.facts = facts
        self.place_of: dict[str, str] = {}
        self._told: set[str] = set()
        self._corrected: set[tuple[str, str]] = set()

    def power(self, number: int, power: PowerAnswer) -> Iterator[Line]:
        """Return the lines of the section on one power."""
        names = discussed(power)
        letters = dict(zip(names, "abcdefghijklmnopqrstuvwxyz", strict=False))
        yield line((f"{number}. {power.title}", "heading"), indent=_POWER)
        yield line(("Issue", "heading"), indent=_PART)
        yield prose(_TEXT, *self._issue(power))
        yield line(("Rule", "heading"), indent=_PART)
        yield from self._alternatives(power, names)
        for name, letter in letters.items():
            yield from self._rule(name, letter, power)
        yield line(("Application", "heading"), indent=_PART)
        for name, letter in letters.items():
            yield from self._application(name, letter)
        yield line(("Conclusion", "heading"), indent=_PART)
        yield from self._conclusion(power)
        for name, letter in letters.items():
            self.place_of.setdefault(name, f"{number}({letter})")

    def _issue(self, power: PowerAnswer) -> tuple[str | Words, ...]:
        needed = "The activity described needs this power."
        if power.needed is Need.PERHAPS:
            needed = "Whether the activity described needs this power depends on facts not known."
        return needed, self.notes.cite(power.passages), " Does an authority that the documents name supply it?"

    def _alternatives(self, power: PowerAnswer, names: Sequence[str]) -> Iterator[Line]:
        words = ["Any one of these sources is enough."] if len(names) - len(power.through) > 1 else []
        if power.through:
            used = any(self._is_used(name) for name in power.through)
            which = "The means that is used" if used else "A means is perhaps used; if it is, it"
            words.append(f"{which} must be available as well.")
        if words:
            yield prose(_TEXT, " ".join(words))

    def _is_used(self, means: str) -> bool:
        return Verdict.NOT_ENGAGED not in self.answer.authorities[means].possible

    def _rule(self, name: str, letter: str, power: PowerAnswer) -> Iterator[Line]:
        authority = self.answer.authorities[name]
        means = f", a means that {'is' if self._is_used(name) else 'may be'} used" if name in power.through else ""
        head = said(strong(f"({letter}) {authority.title}"), means)
        if name in self.place_of:
            yield prose(_TEXT, head, f": as set out under {self.place_of[name]}.")
            return
        yield prose(_TEXT, head, f" ({authority.law}).")
        grounds, outside = _conditions(authority.tree)
        numbers = itertools.count(1)
        if len(grounds) > 1:
            yield prose(_TEXT, f"It has {number_words(len(grounds))} grounds, each of which is enough.")
        for ground in grounds:
            hold = "This must hold" if len(ground.parts) == 1 else "All of this must hold"
            yield prose(_TEXT, "Ground: ", emphasized(f"{ground.text.rstrip('.')}."), f" {hold}:")
            yield from (self._condition(part, next(numbers)) for part in ground.parts)
        if outside and len(grounds) != 1:
            yield prose(_TEXT, "Whatever the ground:")
        yield from (self._condition(part, next(numbers)) for part in outside)
        remarks = [*(("Limit", note) for note in authority.limits), *(("Remark", note) for note in authority.notes)]
        for label, note in remarks:
            yield item(_TEXT, emphasized(f"{label}:"), f" {note.text}", self.notes.cite(note.passages))

    def _condition(self, part: Finding, number: int) -> Line:
        who = speakers(self.answer.passages[passage] for passage in part.passages)
        speaking = inference_of(part, self.answer.passages) or (f" ({'; '.join(who)})" if who else "")
        text = f"{part.text.rstrip('.')}.{speaking}"
        return numbered_item(_TEXT, number, _BEFORE.get(part.kind, ""), text, self.notes.cite(part.passages))

    def _application(self, name: str, letter: str) -> Iterator[Line]:
        authority = self.answer.authorities[name]
        head = strong(f"({letter}) {authority.title}.")
        if name in self.place_of:
            verdict = possible_words(authority.verdict, authority.possible, authority.hedges)
            yield prose(_TEXT, head, f" As applied under {self.place_of[name]}: {verdict}.")
            return
        if authority.verdict is Verdict.NOT_ENGAGED:
            # Of what does not take place no condition is asked.
            yield prose(_TEXT, head, " ", self._so(authority))
            return
        yield prose(_TEXT, head)
        for part in authority.tree.parts:
            if part.kind is Kind.GOVERNS and part.outcome is not Outcome.TRUE:
                yield from _itemized(f"Whether it is engaged at all is {_word(part)}.", said(self._because(part)))
        grounds, outside = _conditions(authority.tree)
        conditions = [part for ground in grounds for part in ground.parts]
        idle: list[tuple[int, Finding]] = []
        for number, part in enumerate([*conditions, *outside], start=1):
            if part.kind in _TAKING_AWAY and part.outcome is Outcome.FALSE:
                idle.append((number, part))
            else:
                yield from self._applied(part, number)
        yield from self._idle(idle)
        yield prose(_TEXT, self._so(authority))

    def _applied(self, part: Finding, number: int) -> Iterator[Line]:
        readings = [inner for inner in part.parts if inner.kind is Kind.READING]
        what = f"({number}), {_TAKING_AWAY[part.kind]}," if part.kind in _TAKING_AWAY else f"({number})"
        says = f"is {_word(part)}"
        if part.kind in _TAKING_AWAY:
            says = {Outcome.TRUE: "holds", Outcome.UNKNOWN: "may hold"}.get(
                part.outcome, f"is {spoken(part.outcome.value)}"
            )
        elif part.outcome is Outcome.UNKNOWN:
            says = f"is open: {met_words(part.truths)}"
        elif part.outcome in {Outcome.TRUE, Outcome.FALSE} and len(readings) > 1:
            says += ", on every reading that asks" if part.by_reading else ", on every reading that the lens admits"
        elif part.outcome is Outcome.SILENT:
            what, says = f"On {what}", "the sources are silent"
        more = self._parted(part) if part.by_reading else [self._because(part)]
        yield from _itemized(f"{what} {says}.", *more)

    def _idle(self, idle: Sequence[tuple[int, Finding]]) -> Iterator[Line]:
        """Return in one item what would take the authority away and does not."""
        for kind, name in _TAKING_AWAY.items():
            some = [(number, part) for number, part in idle if part.kind is kind]
            if some:
                which = ranges([number for number, _ in some], "({})")
                does = "does not hold" if len(some) == 1 else "do not hold"
                facts = self.facts.applied(fact for _, part in some for fact in deciding_facts(part))
                yield from _itemized(f"{which}, {name if len(some) == 1 else name + 's'}, {does}.", said(facts))

    def _because(self, part: Finding) -> Words:
        """Return what a finding rests on: the words in which its terms hold, the silence, the facts."""
        facts = list(deciding_facts(part))
        if part.outcome is Outcome.UNKNOWN:
            told = [name for name in facts if name in self.answer.facts]
            facts = [name for name in told if name in self.facts.open] or told
            if not facts:
                return said("The scenario does not state it, and no verdict turns on it.")
        words = [said(self._once(part.silence))] if part.outcome is Outcome.SILENT else []
        readings = [inner for inner in part.parts if inner.kind is Kind.READING]
        if len(readings) == 1 and (not facts or chosen_reading(part, self.answer)):
            words.append(self._reading(readings[0]))
        terms = list(dict.fromkeys(_holding(part)))
        if terms and part.outcome is Outcome.TRUE and self.facts.numbered(facts):
            words.append(joined([*map(self._once, terms), f"See {self.facts.numbered(facts)}."]))
        else:
            words.append(said(self.facts.applied(facts)))
        return joined(words)

    def _once(self, words: str) -> str:
        """Return words that have not been told yet, or nothing."""
        if words in self._told:
            return ""
        self._told.add(words)
        return words

    def _reading(self, finding: Finding) -> Words:
        reading = self.answer.disputes[finding.question].readings[finding.reading]
        whose = holders(reading, self.answer)
        mark = self.notes.cite(reading.passages)
        inferred = inference_of(reading, self.answer.passages)
        return said(f"The lens admits one reading, that of {whose}: {reading.text}{inferred}", mark)

    def _parted(self, part: Finding) -> list[Words]:
        """Return the question, who holds what and what follows from it here, and the facts."""
        questions = dict.fromkeys(name for under in part.by_reading for name in under.readings)
        disputes = [self.answer.disputes[name] for name in questions]
        lines = [joined(dispute.text for dispute in disputes), *(self._held(under) for under in part.by_reading)]
        notes = [self._once(dispute.note) for dispute in disputes]
        facts = self.facts.applied(deciding_facts(part))
        return [*lines, said(f"On the facts: {facts}" if facts else ""), joined(notes)]

    def _held(self, under: FindingUnderReading) -> Words:
        truths = f"{'open: ' if len(under.truths) > 1 else ''}{met_words(under.truths)}"
        views = [self.answer.disputes[question].readings[name] for question, name in under.readings.items()]
        who = listed(holders(view, self.answer) for view in views)
        texts = joined(
            said(view.text, inference_of(view, self.answer.passages), self.notes.cite(view.passages)) for view in views
        )
        return said(f"{who[:1].upper()}{who[1:]}: ", texts, " ", emphasized(f"So it is {truths}."))

    def _so(self, authority: AuthorityAnswer) -> Words:
        title = marked(authority)
        match authority.verdict:
            case Verdict.AVAILABLE:
                what = said("So ", title, f" would be {hedged('available', authority.hedges)}.")
            case Verdict.CONTESTED:
                what = said("So ", title, f" is contested: {on_readings(authority, self.answer)}.")
                if not any(Verdict.AVAILABLE in under.possible for under in authority.readings):
                    what = said(what, " No reading makes it available; they differ only on why.")
            case Verdict.SILENT:
                what = said("So the sources are silent on ", title, f"{hedged('', authority.hedges)}.")
            case Verdict.UNDETERMINED:
                turns = self.facts.numbered(authority.still_needed)
                what = said(
                    "So ",
                    title,
                    f" is undetermined: {hedged(_either(authority.possible), authority.hedges)}, depending on {turns}.",
                )
            case Verdict.UNAVAILABLE:
                what = said("So ", title, f" would be {hedged('unavailable', authority.hedges)}.")
            case _:
                what = said("So ", title, f" is not engaged: {authority.reason}")
        return joined([what, *self._footing(authority), *self._reserve(authority)])

    def _reserve(self, authority: AuthorityAnswer) -> Iterator[str]:
        others = [left for left in authority.left_out if left.verdict is not authority.verdict]
        if others:
            either = hedged(
                _either(dict.fromkeys(left.verdict for left in others)),
                dict.fromkeys(hedge.words for left in others for hedge in left.hedges),
            )
            yield f"On a reading that the lens leaves out it would be {either} (see Open questions)."
        elif authority.left_out:
            yield "A reading that the lens leaves out would change what it may become (see Open questions)."

    def _footing(self, authority: AuthorityAnswer) -> Iterator[Words]:
        """Return what a verdict rests on that is less than certain."""
        asked = set(facts_named(authority.tree))
        soft = [
            name
            for name in authority.rests_on
            if name in asked and self.answer.facts[name].origin is not Origin.UNKNOWN
        ]
        if soft and authority.verdict not in OUT_OF_REACH:
            yield said(f"This rests on {self._soft(soft)}.")
        weakest = authority.weakest
        if weakest is not None and authority.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED}:
            who = attribution(self.answer.passages[weakest.passage])
            kind = spoken(weakest.document_class.value)
            mark = self.notes.cite([weakest.passage])
            yield said(f"Its weakest source is {who} ({kind}).", mark)

    def _soft(self, names: Sequence[str]) -> str:
        words = []
        for name in names:
            fact = self.answer.facts[name]
            kinds = [] if fact.status in {"", "stipulated"} else [f"is only {fact.status}"]
            kinds += ["is a judgement that the scenario supplies"] if fact.judgement else []
            words.append(f"{self.facts.numbered([name])}, which {listed(kinds)}")
        return "; ".join(words)

    def _conclusion(self, power: PowerAnswer) -> Iterator[Line]:
        if_needed = "If it is needed, " if power.needed is Need.PERHAPS else ""
        yield prose(_TEXT, if_needed, emphasized(power.title), aside_words(power.apart_from), *self._concluded(power))
        for note in power.not_called_for:
            yield prose(
                _TEXT,
                f"Perhaps not called for: {note.text}{inference_of(note, self.answer.passages)}",
                self.notes.cite(note.passages),
            )
        if power.verdict is not Verdict.AVAILABLE:
            for authority in self.answer.authorities.values():
                yield from self._no_substitute(authority, power)

    def _concluded(self, power: PowerAnswer) -> tuple[str | Words, ...]:
        """Return what is concluded of a power, whose title stands before it."""
        authorities = self.answer.authorities
        match power.verdict:
            case _ if not power.gap and power.unsupplied and power.verdict is not Verdict.SILENT:
                words = ((power_words(power), power_tone(power)),)
                return (
                    " is ",
                    words,
                    ": no authority that the documents name supplies it on the facts stated and assumed.",
                )
            case Verdict.AVAILABLE:
                sources = listed_words(
                    said(marked(authorities[name]), hedged("", authorities[name].hedges))
                    for name in power.carriers or power.sources
                )
                available = ((hedged("available", power.hedges), "available"),)
                return " would be ", available, " on the facts stated and assumed, from ", sources, "."
            case Verdict.CONTESTED:
                asked = dict.fromkeys(name for source in _of(power, power.verdict) for name in authorities[source].crux)
                over = joined(emphasized(self.answer.disputes[name].text) for name in asked)
                parted = ": the readings that the lens admits part on it."
                return " is ", ((hedged("contested", power.hedges), "contested"),), joined([parted, over])
            case Verdict.SILENT:
                silent = ((hedged("silent", power.hedges), "silent"),)
                return " is a matter on which the sources are ", silent, f". {power.silence}".rstrip()
            case Verdict.UNDETERMINED:
                names = [*power.sources, *power.through]
                needed = {fact for name in names for fact in authorities[name].still_needed}
                turns = f"{self.facts.numbered(needed)} {'is' if len(needed) == 1 else 'are'}"
                either = f" on the facts stated and assumed: it would be {_either(power.possible)}."
                rest = f"{either} Of what its sources turn on, {turns} open."
                return " is ", ((hedged("undetermined", power.hedges), "undetermined"),), rest
            case _ if Verdict.UNAVAILABLE in power.through.values():
                return " is a ", _gap(power), ": the conditions of the means that is used are not met."
            case _:
                why = "on the facts stated and assumed, no authority that the documents name supplies it."
                return " is a ", _gap(power), f": {why}"

    def _no_substitute(self, authority: AuthorityAnswer, power: PowerAnswer) -> Iterator[Line]:
        live = authority.verdict in {Verdict.AVAILABLE, Verdict.CONTESTED} or authority.attention is Attention.RAISED
        for note in authority.does_not_supply:
            if live and self.answer.powers[note.power] is power:
                correction = self.not_so(note)
                yield prose(_TEXT, named(authority), " does not supply it.", " " if correction else "", correction)

    def not_so(self, note: GapNote) -> Words:
        """Return what is mistaken of an authority, with the passages that say so; once, and nothing after that."""
        if (note.power, note.text) in self._corrected:
            return ()
        self._corrected.add((note.power, note.text))
        words = f"Mistaken{hedge_of(note)}: "
        mistaken = said(words, emphasized(note.misconception), " ") if note.misconception else ()
        return said(mistaken, note.text, inference_of(note, self.answer.passages), self.notes.cite(note.passages))


def _gap(power: PowerAnswer) -> Words:
    return ((hedged("gap", power.hedges), "unavailable"),)


def _itemized(first: str, *more: Words) -> Iterator[Line]:
    """Return an item that begins with words that are set off, and what follows them, the first of it on the line."""
    rest = [words for words in more if words]
    yield item(_TEXT, joined([emphasized(first), *rest[:1]]))
    yield from (item(_TEXT + 2, words) for words in rest[1:])


def _conditions(tree: Finding) -> tuple[list[Finding], list[Finding]]:
    """Return the grounds of an authority, and what bears on all of them."""
    grounds = [part for part in tree.parts if part.kind is Kind.GROUND]
    return grounds, [part for part in tree.parts if part.kind in {Kind.EXCEPTION, Kind.DISPLACEMENT, Kind.IN_FORCE}]


def _of(power: PowerAnswer, verdict: Verdict) -> list[str]:
    return [name for name, standing in power.sources.items() if standing is verdict]


def _either(possible: Iterable[Verdict]) -> str:
    return listed((spoken(verdict.value) for verdict in possible), "or")


def _word(part: Finding) -> str:
    return "open" if part.outcome is Outcome.UNKNOWN else part.outcome.words


def _holding(finding: Finding) -> Iterator[str]:
    """Return the words of the outermost terms by which a finding holds."""
    for part in finding.parts:
        if part.outcome is Outcome.TRUE and part.kind not in {Kind.NOT, Kind.SILENT_WHEN, Kind.UNLESS}:
            if part.kind is Kind.TERM:
                yield part.text
            else:
                yield from _holding(part)
