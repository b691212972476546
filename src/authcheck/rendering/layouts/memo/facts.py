"""The facts of a memorandum, numbered, so that the discussion can point to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.answer.answer import Answer, FactAnswer, Finding
from authcheck.decision.known import Origin
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Line, line
from authcheck.rendering.layouts.memo.sentences import numbered_item
from authcheck.rendering.words import value_words
from authcheck.wording import listed

__all__ = ["NumberedFacts", "facts_named", "ranges"]


class NumberedFacts:
    """The facts stated, assumed and unknown. A fact is told in words where it is first applied, and then by number."""

    def __init__(self, answer: Answer) -> None:
        """Take the facts that the scenario states, those assumed at issue, what follows from these, and the unknown."""
        self.answer = answer
        facts = answer.facts
        at_issue = {
            name
            for authority in answer.authorities.values()
            if authority.verdict is not Verdict.NOT_ENGAGED
            for name in facts_named(authority.tree)
        }
        self.stated = [name for name, fact in facts.items() if fact.origin is Origin.STATED]
        self.assumed = [assumption.fact for assumption in answer.assumed]
        self.following = [
            name for name in facts if facts[name].origin in {Origin.IMPLIED, Origin.DERIVED} and name in at_issue
        ]
        self.unknown = [name for name, fact in facts.items() if fact.origin is Origin.UNKNOWN]
        # A fact that is stated as one of several values is open as well.
        self.open = {
            *self.unknown,
            *(name for authority in answer.authorities.values() for name in authority.still_needed),
        }
        numbered = [*self.stated, *self.assumed, *self.following, *self.unknown]
        self.numbers = {name: number for number, name in enumerate(numbered, start=1)}
        self._told: set[str] = set()

    def section(self, indent: int) -> Iterator[Line]:
        """Return the lines of the section on facts that follow the description."""
        for title, names in (
            ("What the scenario states", self.stated),
            ("What is assumed, since the scenario does not state it", self.assumed),
            ("What follows from these", self.following),
            ("What is not known, and may matter", self.unknown),
        ):
            if names:
                yield line((title, "heading"), indent=indent)
                yield from (numbered_item(indent + 2, self.numbers[name], self._line(name)) for name in names)

    def _line(self, name: str) -> str:
        fact = self.answer.facts[name]
        basis = "" if name in {*self.assumed, *self.following} else _basis(fact)
        remark = ": ".join(words for words in (basis, fact.note.rstrip(".")) if words)
        said = "" if fact.origin is Origin.UNKNOWN else _as_answer(fact)
        more = f"({remark})" if remark else ""
        answer = " ".join(words for words in (said, more) if words)
        return f"{fact.question} {answer}." if said else f"{fact.question} {answer}".rstrip()

    def numbered(self, names: Iterable[str]) -> str:
        """Return facts by their numbers, those assumed apart: `facts 3 and 5 to 7 and assumed fact 20`."""
        known = [name for name in dict.fromkeys(names) if name in self.numbers]
        kinds = {
            "": [name for name in known if name not in {*self.assumed, *self.unknown}],
            "assumed ": [name for name in known if name in self.assumed],
            "unknown ": [name for name in known if name in self.unknown],
        }
        return listed(
            f"{kind}{'fact' if len(some) == 1 else 'facts'} {ranges(sorted(self.numbers[name] for name in some))}"
            for kind, some in kinds.items()
            if some
        )

    def applied(self, names: Iterable[str]) -> str:
        """Return facts as sentences: in words the first time, then by number.

        What is unknown and bears on no verdict is left out.
        """
        known = [name for name in dict.fromkeys(names) if name in self.answer.facts]
        again = [name for name in known if name in self._told and name in self.numbers]
        sentences = [self._in_words(name, self.answer.facts[name]) for name in known if name not in again]
        if again:
            sentences.append(f"See {self.numbered(again)}.")
        self._told.update(known)
        return " ".join(sentences)

    def _in_words(self, name: str, fact: FactAnswer) -> str:
        number = f"fact {self.numbers[name]}" if name in self.numbers else ""
        remark = ", ".join(words for words in (number, _basis(fact)) if words)
        if fact.origin is Origin.UNKNOWN:
            return f"Not known: {fact.question} ({remark})"
        return f"{fact.question} {_as_answer(fact)} ({remark})."


def _as_answer(fact: FactAnswer) -> str:
    words = value_words(fact.value)
    return words[:1].upper() + words[1:]


def _basis(fact: FactAnswer) -> str:
    """Return what a reader must know of how a fact comes in; nothing where it is simply given."""
    match fact.origin:
        case Origin.STATED:
            words = [fact.status] if fact.status != "stipulated" else []
            return ", ".join([*words, "a judgement that the scenario supplies"] if fact.judgement else words)
        case Origin.UNKNOWN:
            return "disputed, and so counted as unknown" if fact.status == "disputed" else ""
        case Origin.DERIVED:
            return "counted from the stated date"
        case Origin.IMPLIED:
            return "implied by the other facts"
        case _:
            return "assumed"


def ranges(numbers: list[int], form: str = "{}") -> str:
    """Return numbers in a sentence, three or more in a row as a range."""
    runs: list[list[str]] = []
    last = None
    for number in numbers:
        if last is None or number != last + 1:
            runs.append([])
        runs[-1].append(form.format(number))
        last = number
    shown = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run for run in runs)  # noqa: PLR2004
    return listed(number for some in shown for number in some)


def facts_named(finding: Finding) -> Iterator[str]:
    """Return the facts that a tree tests."""
    yield from finding.facts
    for part in finding.parts:
        yield from facts_named(part)
