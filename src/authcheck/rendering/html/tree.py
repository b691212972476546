"""One authority on a page: its verdict, and behind it the tree, with the passages beside what they carry."""

from __future__ import annotations

from collections.abc import Iterator

from authcheck.answer.answer import AuthorityAnswer, Finding, FindingUnderReading, Kind, Outcome
from authcheck.answer.support import deciding_facts
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.html.elements import Child, Html, element, together
from authcheck.rendering.html.passages import (
    Parts,
    authority_badge,
    badge,
    outcome_badge,
    truth_style,
    verdict_badge,
)
from authcheck.rendering.words import holders, met_words, origin_words, outcome_words, value_words

__all__ = ["authority_article"]


def authority_article(name: str, parts: Parts) -> Html:
    """Return what is said of one authority."""
    one = parts.answer.authorities[name]
    if one.verdict is Verdict.NOT_ENGAGED:
        # Of what does not take place no condition is asked, and no limit is reached.
        head = element("div", parts.heading(1, one.title, class_="small-title"), authority_badge(one), class_="head")
        said = element("p", one.reason, element("span", f" ({one.law})", class_="law"))
        return element("article", head, said, class_="apart", id=parts.id(name))
    reason = one.reason if one.verdict is not Verdict.UNDETERMINED else ""
    return element(
        "article",
        element("div", parts.heading(1, one.title, class_="card-title"), authority_badge(one), class_="head"),
        element("p", one.law, class_="law"),
        element("p", reason) if reason else "",
        _on_readings(one, parts),
        _needed(one, parts),
        parts.fold(
            together("Elements, facts and passages", element("span", f" of {one.title}", class_="hidden")),
            list(_unfolded(one, parts)),
        ),
        class_="card",
        id=parts.id(name),
    )


def _on_readings(one: AuthorityAnswer, parts: Parts) -> Html:
    items = []
    for under in one.readings:
        whose = " and ".join(
            holders(parts.answer.disputes[question].readings[reading], parts.answer)
            for question, reading in under.readings.items()
        )
        items.append(element("li", verdict_badge(under.verdict, under.possible), f" on the reading of {whose}"))
    return element("ul", items, class_="tight") if items else Html("")


def _needed(one: AuthorityAnswer, parts: Parts) -> Html:
    if not one.still_needed:
        return Html("")
    facts = [element("li", parts.fact(name, asked=True)) for name in one.still_needed]
    return together(element("p", "It turns on:", class_="label"), element("ul", facts, class_="facts"))


def _unfolded(one: AuthorityAnswer, parts: Parts) -> Iterator[Child]:
    for part in one.tree.parts:
        if part.kind is Kind.GROUND:
            yield _ground(part, parts)
        else:
            yield parts.pair([_outside(part), _conditions(part, parts)], part.passages)
    for note in one.does_not_supply:
        if parts.answer.powers[note.power].needed is not Need.NOT_NEEDED:
            words = [
                element("p", badge("does not supply", "unavailable"), f" {parts.answer.powers[note.power].title}"),
                element("p", element("em", f"Not so: {note.misconception}")) if note.misconception else "",
                element("p", note.text),
            ]
            yield parts.pair(words, note.passages)
    for title, remarks in (("Limit", one.limits), ("Remark", one.notes), ("Not said", one.not_said)):
        for remark in remarks:
            label = element("span", f"{title}: ", class_="label")
            yield parts.pair(element("p", label, remark.text), remark.passages)
    if one.weakest is not None:
        speaker = f"{one.weakest.speaker}, anonymous" if one.weakest.anonymous else one.weakest.speaker
        kind = one.weakest.document_class.value.replace("-", " ")
        yield element("p", f"The weakest source behind the verdict: {speaker}, in {kind}.", class_="aside")
    for name in one.off_record:
        asked = parts.answer.disputes[name].text
        yield element(
            "p",
            f"Whom the lens follows is not on record, so the readings of the documents stand in: {asked}",
            class_="aside",
        )


def _outside(part: Finding) -> Html:
    label = {
        Kind.EXCEPTION: "Exception",
        Kind.DISPLACEMENT: "Would fall away",
        Kind.GOVERNS: "Engaged",
        Kind.IN_FORCE: "In force",
    }[part.kind]
    held = {Outcome.TRUE: "yes", Outcome.FALSE: "no"}.get(part.outcome, part.outcome.value)
    words = "" if part.kind is Kind.GOVERNS else f" {part.text}"
    return element("p", element("span", f"{label}:", class_="label"), words, " ", badge(held, "quiet"))


def _ground(ground: Finding, parts: Parts) -> Html:
    title = parts.heading(2, f"Ground: {ground.text}", class_="small-title")
    head = element("div", title, outcome_badge(ground), class_="head")
    return element("div", head, [_element(part, parts) for part in ground.parts], class_="ground")


def _element(part: Finding, parts: Parts) -> Html:
    if part.kind is not Kind.ELEMENT:
        return parts.pair([_outside(part), _conditions(part, parts)], part.passages)
    facts = [element("li", _fact(name, parts)) for name in dict.fromkeys(deciding_facts(part))]
    return together(
        parts.pair(
            [
                element("p", outcome_badge(part), " ", part.text),
                element("p", part.silence, class_="aside") if part.silence else "",
                element("ul", facts, class_="facts") if facts else "",
                _conditions(part, parts),
            ],
            part.passages,
        ),
        _readings(part, parts),
    )


def _fact(name: str, parts: Parts) -> Html:
    """Return a fact behind an element; its place in the file stands with the facts."""
    one = parts.answer.facts.get(name)
    origin = element("span", f" {one.origin}", class_="basis") if one is not None and one.origin != "unknown" else ""
    return together(parts.fact(name), origin)


def _test(name: str, asked: str, parts: Parts) -> Html:
    """Return a test of a fact, with what the fact is."""
    one = parts.answer.facts.get(name)
    if one is None:
        return together(element("code", asked), element("span", " (not stated)", class_="basis"))
    said = f" ({value_words(one.value)}, {origin_words(one)})"
    return together(parts.link(f"fact-{name}", element("code", asked)), element("span", said, class_="basis"))


def _readings(part: Finding, parts: Parts) -> Html:
    """Return what the readings make of an element, side by side, where they part on it."""
    shown = [_under(under, parts) for under in part.by_reading]
    return element("div", shown, class_="readings") if shown else Html("")


def _under(under: FindingUnderReading, parts: Parts) -> Html:
    views = [parts.answer.disputes[question].readings[name] for question, name in under.readings.items()]
    outcome = element("p", badge(met_words(under.truths), truth_style(under.truths)))
    return together(*(parts.reading(one, outcome, 3) for one in views))


def _conditions(part: Finding, parts: Parts) -> Html:
    if not part.parts:
        return Html("")
    name = element("span", f" of: {part.text}", class_="hidden")
    tree = element("ul", [_condition(one, parts) for one in part.parts], class_="tree")
    return parts.fold(together("The condition", name), tree)


def _condition(part: Finding, parts: Parts) -> Html:
    words, style = outcome_words(part)
    held = words.replace("not met", "false").replace("met", "true")
    text: Child = part.text
    if part.kind is Kind.CONSTANT:
        text = "without a condition"
    if part.kind is Kind.READING:
        reading = parts.answer.disputes[part.question].readings[part.reading]
        text = f"On the reading of {holders(reading, parts.answer)}: {part.text}"
    if part.kind is Kind.TEST:
        text = [_test(fact, part.text, parts) for fact in part.facts]
    inner = element("ul", [_condition(one, parts) for one in part.parts]) if part.parts else ""
    return element("li", badge(held, style), " ", text, inner)
