"""Answers as one page: the answer first, then trees that unfold, with the passages beside what they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from authcheck.answer.answer import (
    Answer,
    Attention,
    AuthorityAnswer,
    Dispute,
    DutyAnswer,
    DutyState,
    PowerAnswer,
    ReadingText,
)
from authcheck.answer.support import carrying
from authcheck.decision.decision import DaySource
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.cited_documents import cited_documents
from authcheck.rendering.html.elements import Child, Html, element, together
from authcheck.rendering.html.page import contents, whole_page
from authcheck.rendering.html.passages import Parts, authority_badge, badge, table, verdict_badge
from authcheck.rendering.html.tree import authority_article
from authcheck.rendering.words import (
    DUTY_WORDS,
    STYLE_OF,
    lens_words,
    listed,
    long_date,
    number_words,
    origin_words,
    unsettled_words,
    value_words,
)

__all__ = ["answer_page"]


def answer_page(answers: Sequence[Answer]) -> str:
    """Return one whole page with the answers, ending in a newline."""
    if len(answers) == 1:
        only = _Page(Parts(answers[0], "", 2))
        sections = list(only.sections())
        return whole_page(
            answers[0].title,
            element("header", only.head("h1"), class_="page-head"),
            contents([(id, words) for id, words, _ in sections]),
            element("main", [section for _, _, section in sections], id="main"),
            only.foot("footer"),
        )
    title = f"Answers to {len(answers)} scenarios"
    pages = [_Page(Parts(answer, f"answer-{number}-", 3)) for number, answer in enumerate(answers, start=1)]
    shown = [
        element(
            "article",
            element("div", page.head("h2"), class_="page-head"),
            [section for _, _, section in page.sections()],
            page.foot("div"),
            class_="answer",
            id=page.parts.id("answer"),
        )
        for page in pages
    ]
    return whole_page(
        title,
        element("header", element("h1", title), class_="page-head"),
        contents([(page.parts.id("answer"), page.answer.title) for page in pages]),
        element("main", shown, id="main"),
    )


class _Page:
    """The sections of one answer."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.answer = parts.answer
        self.powers = {name: one for name, one in self.answer.powers.items() if one.needed is not Need.NOT_NEEDED}

    def head(self, tag: str) -> Html:
        receipt = self.answer.receipt
        given = {DaySource.OPTION: ", as asked", DaySource.PACK: ", the pack's date; the scenario gives none"}
        option = f" · option {self.answer.option}" if self.answer.option else ""
        when = f"As of {long_date(receipt.as_of)}{given.get(receipt.as_of_from, '')}"
        described = [one for one in re.split(r"\n[ \t]*\n", self.answer.description) if one.strip()]
        return together(
            element(tag, self.answer.title, class_="" if tag == "h1" else "title"),
            element("p", f"{when} · {lens_words(receipt)}{option}", class_="meta"),
            element("div", [element("p", one) for one in described]) if described else "",
        )

    def foot(self, tag: str) -> Html:
        receipt = self.answer.receipt
        made_from = (
            f"{receipt.tool} {receipt.version} · pack {receipt.pack} {receipt.pack_version} "
            f"({receipt.pack_digest[7:19]}) · scenario {self.answer.scenario} ({receipt.scenario_digest[7:19]}) · "
            f"unstated {receipt.unstated.value}"
        )
        class_ = "" if tag == "footer" else "meta"
        return element(tag, element("p", self.answer.disclaimer), element("p", made_from), class_=class_)

    def sections(self) -> Iterator[tuple[str, str, Html]]:
        """Return the sections that have content: the id, the words for the contents, and the section."""
        for name, title, content in (
            ("relies-on", "What it would rely on", self._relies_on()),
            ("disputes", "Who holds what", self._disputes()),
            ("open", "What is open", self._open()),
            ("duties", "Duties and clocks", self._duties()),
            ("courses", "Courses of action", self._options()),
            ("authorities", "Every authority", self._authorities()),
            ("facts", "Facts", self._facts()),
            ("cautions", "Cautions", self._cautions()),
            ("sources", "Sources", self._sources()),
        ):
            found = list(content)
            if found:
                id = self.parts.id(f"section-{name}")
                heading = self.parts.heading(0, title, class_="section-title")
                yield id, title, element("section", heading, element("div", found, class_="stack"), id=id)

    # --- the answer

    def _relies_on(self) -> Iterator[Html]:
        for power in self.powers.values():
            yield self._power(power)
        if not self.powers:
            yield element("p", "Nothing that is described needs a power that the documents speak of.", class_="card")
        for name, one in self.answer.authorities.items():
            if one.in_effect and name not in self.answer.relies_on:
                yield self._own_effects(name, one)
        if self.answer.assumed:
            yield element("p", self._assumed(), class_="aside")

    def _power(self, power: PowerAnswer) -> Html:
        verdict = power.verdict or Verdict.UNAVAILABLE
        word = badge("nothing: a gap", "unavailable") if power.gap else verdict_badge(verdict, power.possible)
        perhaps = element("span", "perhaps needed", class_="meta") if power.needed is Need.PERHAPS else ""
        head = element("div", self.parts.heading(1, power.title, class_="card-title"), word, perhaps, class_="head")
        ranked = sorted(power.sources.items(), key=lambda source: _NEAREST_FIRST.index(source[1]))
        sources = [self._source(name, found, power) for name, found in ranked]
        means = [
            element("li", "through ", self.parts.authority(name), " ", authority_badge(self.answer.authorities[name]))
            for name in power.through
        ]
        notes = [element("p", f"Perhaps not called for: {note.text}") for note in power.not_called_for]
        passages = [
            passage
            for name, found in power.sources.items()
            if found is Verdict.AVAILABLE
            for passage in carrying(self.answer.authorities[name], self.answer)
        ]
        passages += [passage for note in power.not_called_for for passage in note.passages]
        left = [element("ul", sources, means, class_="tight"), notes]
        style = "card gap-note" if power.gap else "card"
        return element("div", head, self.parts.pair(left, passages or power.passages), class_=style)

    def _source(self, name: str, found: Verdict, power: PowerAnswer) -> Html:
        clocks = [
            f" day {clock.day} of {clock.limit}" + (f", the last on {long_date(clock.ends)}" if clock.ends else "")
            for clock in power.clocks
            if clock.authority == name and found is Verdict.AVAILABLE
        ]
        one = self.answer.authorities[name]
        told = {Verdict.SILENT, Verdict.CONTESTED, *([Verdict.UNAVAILABLE] if power.gap else [])}
        why = one.reason if found in told else ""
        return element(
            "li",
            self.parts.authority(name),
            " ",
            verdict_badge(found, one.possible),
            element("span", clocks, class_="basis") if clocks else "",
            element("p", why, class_="aside") if why else "",
        )

    def _own_effects(self, name: str, one: AuthorityAnswer) -> Html:
        asked = [note for note in one.does_not_supply if self.answer.powers[note.power].needed is not Need.NOT_NEEDED]
        title = self.parts.heading(1, self.parts.authority(name), class_="card-title")
        head = element("div", title, authority_badge(one), class_="head")
        notes = []
        for note in asked:
            mistaken = element("p", element("em", f"Not so: {note.misconception}")) if note.misconception else ""
            notes.append(self.parts.pair([mistaken, element("p", note.text)], note.passages))
        return element("div", head, notes, class_="card")

    def _assumed(self) -> Html:
        count = len(self.answer.assumed)
        words = f"{number_words(count)} {'fact is' if count == 1 else 'facts are'}"
        return together(
            f"Since the scenario does not state them, {words} ", self.parts.link("section-facts", "assumed"), "."
        )

    # --- who holds what

    def _disputes(self) -> Iterator[Html]:
        decided = {name: one for name, one in self.answer.disputes.items() if one.decides}
        for name, dispute in decided.items():
            yield self._dispute(name, dispute)
        needed = {source for power in self.powers.values() for source in [*power.sources, *power.through]}
        for name, dispute in self.answer.disputes.items():
            if name not in decided and needed & set(dispute.shown_with):
                readings = [self.parts.reading(one, "", 1) for one in dispute.readings.values()]
                yield self.parts.fold(
                    together("No rule turns on it: ", dispute.text),
                    element("div", readings, class_="readings"),
                    element("p", dispute.note, class_="aside") if dispute.note else "",
                )

    def _dispute(self, name: str, dispute: Dispute) -> Html:
        bearing = listed_html([self.parts.authority(one) for one in dispute.decides])
        turns = [
            element("p", element("span", "It turns on: ", class_="label"), parting.text)
            for id in dispute.decides
            for parting in self.answer.authorities[id].partings
            if parting.question == name
        ]
        readings = [
            self.parts.reading(one, self._outcomes(name, id, one, dispute), 2) for id, one in dispute.readings.items()
        ]
        return element(
            "div",
            self.parts.heading(1, dispute.text, class_="card-title"),
            element("p", "It bears on ", bearing, ".", class_="meta"),
            turns,
            element("div", readings, class_="readings"),
            element("p", dispute.note, class_="aside") if dispute.note else "",
            class_="card",
        )

    def _outcomes(self, question: str, reading: str, text: ReadingText, dispute: Dispute) -> Child:
        """Return what each authority is on a reading."""
        found: list[Child] = []
        for id in dispute.decides:
            verdicts = dict.fromkeys(self._under(self.answer.authorities[id], question, reading))
            title = f"{self.answer.authorities[id].title}: " if len(dispute.decides) > 1 else ""
            left_out = "" if text.admitted else element("span", " left out by the lens", class_="basis")
            found.append(element("p", title, list(verdicts), left_out) if verdicts or left_out else "")
        return found

    def _under(self, one: AuthorityAnswer, question: str, reading: str) -> Iterator[Html]:
        for left in one.left_out:
            if (left.question, left.reading) == (question, reading):
                yield badge(left.verdict.value, STYLE_OF[left.verdict])
        for under in one.readings:
            if under.readings.get(question) == reading:
                yield verdict_badge(under.verdict, under.possible)
        # Readings that the verdict does not turn on all come to it.
        if question not in one.crux and self.answer.disputes[question].readings[reading].admitted:
            yield authority_badge(one)

    # --- what is open, and what is owed

    def _open(self) -> Iterator[Html]:
        bearing: dict[str, list[str]] = {}
        for name, one in self.answer.authorities.items():
            if one.attention in {Attention.RAISED, Attention.IN_QUESTION}:
                for fact in one.still_needed:
                    bearing.setdefault(fact, []).append(name)
        if bearing:
            rows = [
                [
                    self.parts.link(f"fact-{fact}", self.answer.facts[fact].question),
                    listed_html([self.parts.authority(name) for name in names]),
                ]
                for fact, names in bearing.items()
            ]
            yield table("Facts still needed", ["Fact", "It bears on"], rows)
        silent = [one for one in self.answer.authorities.items() if one[1].verdict is Verdict.SILENT]
        items = [element("li", self.parts.authority(name), f": {one.reason}") for name, one in silent]
        if items:
            yield together(
                element("p", "The sources are silent", class_="label"), element("ul", items, class_="listed")
            )
        quiet = [name for name, one in self.answer.authorities.items() if one.attention is Attention.QUIET]
        if quiet:
            names = listed_html([self.parts.authority(name) for name in quiet])
            yield element("p", "Undetermined, and raised by nothing that is stated: ", names, ".", class_="aside")

    def _duties(self) -> Iterator[Html]:
        duties = [self.parts.pair(list(self._duty(duty)), duty.passages) for duty in self.answer.duties]
        if duties:
            yield element("div", duties, class_="card")

    def _duty(self, duty: DutyAnswer) -> Iterator[Html]:
        yield element("p", badge(DUTY_WORDS[duty.state], _DUTY_STYLE[duty.state]))
        yield element("p", duty.text)
        under = self.parts.authority(duty.authority)
        yield element("p", "By ", duty.by, ", under ", under, class_="basis")
        if duty.due_words or duty.due:
            day = element("strong", long_date(duty.due)) if duty.due else ""
            yield element("p", duty.due_words, ": " if duty.due_words and day else "", day, class_="basis")

    def _options(self) -> Iterator[Html]:
        rows = []
        for name, option in self.answer.options.items():
            changes = listed(f"{value_words(fact)}: {value_words(value)}" for fact, value in option.changes.items())
            relies = listed_html([self.parts.authority(one) for one in option.relies_on]) or "nothing available"
            unsettled = listed(
                unsettled_words(self.answer.powers[power].title, one) for power, one in option.unsettled.items()
            )
            gaps = listed(self.answer.powers[one].title for one in option.gaps) or "none"
            rows.append([name, changes, relies, unsettled or "none", gaps])
        if rows:
            columns = ["Course", "Facts stated anew", "Would rely on", "Unsettled", "Gaps"]
            yield table("Each states some facts anew", columns, rows)

    # --- every authority, the facts, the cautions

    def _authorities(self) -> Iterator[Html]:
        rows = [
            [self.parts.authority(name), authority_badge(one), self._serves(name)]
            for name, one in self.answer.authorities.items()
        ]
        yield table("In the order of the pack", ["Authority", "Verdict", "Would serve"], rows)
        apart = [name for name, one in self.answer.authorities.items() if one.verdict is Verdict.NOT_ENGAGED]
        for name in self.answer.authorities:
            if name not in apart:
                yield authority_article(name, self.parts)
        yield from (authority_article(name, self.parts) for name in apart)

    def _serves(self, name: str) -> Child:
        titles = [one.title for one in self.powers.values() if name in one.sources or name in one.through]
        return "; ".join(titles) or element("span", "nothing needed", class_="basis")

    def _facts(self) -> Iterator[Html]:
        order = ("stated", "implied", "derived", "unknown", "assumed")
        names = sorted(self.answer.facts, key=lambda name: order.index(self.answer.facts[name].origin))
        rows = []
        for name in names:
            one = self.answer.facts[name]
            question = [element("p", one.question), element("code", name)]
            rows.append([question, value_words(one.value), element("span", self._basis(name), class_="basis")])
        ids = [self.parts.id(f"fact-{name}") for name in names]
        if rows:
            yield table("What was taken of every fact", ["Fact", "Value", "Basis"], rows, ids)

    def _basis(self, name: str) -> str:
        one = self.answer.facts[name]
        note = f": {one.note}" if one.note else ""
        return origin_words(one) + note + ("; a judgement that the scenario supplies" if one.judgement else "")

    def _cautions(self) -> Iterator[Html]:
        for holds, words in _CAUTIONS.items():
            some = [one for one in self.answer.cautions if one.holds is holds]
            items = [self.parts.pair(element("p", one.text), one.passages) for one in some]
            if holds and some:
                yield element("div", element("p", words, class_="label"), items)
            elif some:
                yield self.parts.fold(words, items)

    def _sources(self) -> Iterator[Html]:
        for words, documents in cited_documents(self.answer.passages.values()).items():
            items = []
            for one in documents:
                where = f", {one.publisher}" if one.publisher else ""
                speaking = element("ul", [element("li", speaker) for speaker in one.speakers], class_="aside")
                items.append(element("li", element("cite", one.title), where, speaking if one.speakers else ""))
            yield element(
                "div", self.parts.heading(1, words, class_="small-title"), element("ul", items, class_="listed")
            )


_CAUTIONS = {True: "These change no verdict.", False: "These may apply as well, depending on facts not known."}
_NEAREST_FIRST = (
    Verdict.AVAILABLE,
    Verdict.CONTESTED,
    Verdict.UNDETERMINED,
    Verdict.SILENT,
    Verdict.UNAVAILABLE,
    Verdict.NOT_ENGAGED,
)
_DUTY_STYLE = {
    DutyState.OWED: "undetermined",
    DutyState.DONE: "available",
    DutyState.OVERDUE: "unavailable",
    DutyState.UNKNOWN: "undetermined",
    DutyState.PERHAPS: "quiet",
}


def listed_html(items: Sequence[Html]) -> Html:
    """Return parts as a sentence lists them."""
    *first, end = items or [Html("")]
    return together([together(one, ", ") for one in first[:-1]], [first[-1], " and "] if first else "", end)
