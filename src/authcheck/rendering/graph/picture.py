"""A rule, or an answer with its reasons, as nodes and edges; what draws them knows nothing else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from authcheck.answer.answer import Answer, CitedPassage, Finding, Kind, Outcome
from authcheck.answer.building import cited_passage
from authcheck.answer.findings import condition_text, period_words
from authcheck.answer.support import deciding_facts
from authcheck.decision.known import Origin
from authcheck.frozen import dataclass
from authcheck.loading.files import printable
from authcheck.model.authority import Authority, Displacement, Element, Exclusion, Ground, Rule
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, Not, Term, Test, Truth
from authcheck.model.pack import Pack
from authcheck.model.period import Dated
from authcheck.model.question import Reading
from authcheck.rendering.words import (
    condition_span,
    hedged,
    holder_words,
    holders,
    holding_words,
    inference_words,
    lens_words,
    outcome_words,
    quoted,
    verdict_span,
)
from authcheck.wording import counted

__all__ = ["Cluster", "Edge", "Graph", "Node", "answer_graph", "rule_graph", "wrapped"]

WIDTH = 34
LONGEST_WORD = 44


@dataclass(frozen=True, slots=True)
class Node:
    """What stands in one box: what it is or how it stands, its words, and what is said of it in small.

    `tone` is the style of its value, as on a screen; empty where it has none. `tip` holds the quoted words behind it;
    `joins` says how what it rests on is joined: all of it, any of it, or by one reading or another.
    """

    name: str
    kind: str
    head: str
    text: str = ""
    details: tuple[str, ...] = ()
    tone: str = ""
    tip: str = ""
    joins: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from what stands or falls to what it stands or falls on; `defeats` where that takes it away."""

    start: str
    end: str
    defeats: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """One authority: its nodes, each before what it rests on, and the edges among them."""

    name: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A picture: what it is called, what it shows, and a cluster for each authority."""

    title: str
    description: str
    clusters: tuple[Cluster, ...]


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Return the text in rows that fit a box, without anything that a terminal would obey."""
    words = printable(text).split()
    pieces = [word[start : start + LONGEST_WORD] for word in words for start in range(0, len(word), LONGEST_WORD)]
    # A sign of section stays with its number.
    joined = re.sub("(§+) ", "\\1\u00a0", " ".join(pieces))
    return textwrap.wrap(joined, width, break_long_words=False, break_on_hyphens=False) or [""]


# Rules.


def rule_graph(authority: Authority, pack: Pack, *, full: bool) -> Graph:
    """Return the picture of an authority's rules. `full` unfolds conditions, which else stand in words."""
    rule = _RulePicture(pack, full=full)
    rule.authority(authority)
    elements = sum(len(ground.elements) for ground in authority.grounds)
    counts = f"{counted(len(authority.grounds), 'ground')} with {counted(elements, 'element')}"
    description = (
        f"{authority.law}. The picture goes from the authority on the left to its conditions on the right: {counts}. "
        f"`authcheck show authority {authority.authority}` says the same in words."
    )
    return Graph(f"The rules of {authority.title}", description, (rule.cluster(authority.authority, authority.title),))


class _Picture:
    """Nodes and edges as they are drawn; each name is given once."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self._names: set[str] = set()

    def cluster(self, name: str, title: str) -> Cluster:
        return Cluster(name, title, tuple(self.nodes), tuple(self.edges))

    def add(self, above: str, node: Node) -> str:
        """Draw the node under the one above it; return its name, which says where it stands."""
        first = f"{above}/{node.name}" if above else node.name
        count = 1
        while (name := first if count == 1 else f"{first} {count}") in self._names:
            count += 1
        self._names.add(name)
        self.nodes.append(replace(node, name=name))
        if above:
            self.edges.append(Edge(above, name, node.kind in _DEFEATING))
        return name


_DEFEATING = frozenset({"exception", "displacement", "unless"})


class _RulePicture(_Picture):
    def __init__(self, pack: Pack, *, full: bool) -> None:
        super().__init__()
        self.pack = pack
        self.full = full

    def authority(self, authority: Authority) -> None:
        supplied = [
            ", ".join([f"supplies: {self.pack.powers[supply.power].title}", *_only_on(supply.only_on)])
            for supply in authority.supplies
        ]
        means = [f"a means for: {self.pack.powers[power].title}" for power in authority.means_for]
        several = ["Any one ground is enough."] if len(authority.grounds) > 1 else []
        details = (authority.law, *supplied, *means, *several)
        root = self.add("", Node(authority.authority, "authority", authority.role.value, authority.title, details))
        if authority.governs != Constant(Truth.TRUE):
            node = Node(
                "governs", "governs", "asked about where", "" if self.full else condition_words(authority.governs)
            )
            self._unfold(self.add(root, node), authority.governs)
        for displacement in authority.displaced_by:
            details = (*_only_on(displacement.only_on), *_dated(displacement), *self._inference(displacement))
            tip = self._tip(displacement.cite)
            node = Node("displaced-by", "displacement", "falls away", displacement.text, details, tip=tip)
            self._conditioned(root, node, displacement.when)
        if authority.in_force is not None:
            for day, word in ((authority.in_force.first, "from"), (authority.in_force.over, "until")):
                if day is not None:
                    tip = self._tip(authority.in_force.cite)
                    self.add(root, Node(f"in-force-{word}", "in-force", f"in force {word}", str(day), tip=tip))
        for ground in authority.grounds:
            self._ground(root, ground)
        for exception in authority.exceptions:
            self._exception(root, exception)

    def _ground(self, above: str, ground: Ground) -> None:
        joined = ("All of these are needed.",) if len(ground.elements) > 1 else ()
        details = (*_only_on(ground.only_on), *_dated(ground), *self._inference(ground), *joined)
        name = self.add(above, Node(ground.ground, "ground", "ground", ground.title, details, joins="all"))
        for element in ground.elements:
            self._element(name, element)
        for exception in ground.exceptions:
            self._exception(name, exception)

    def _exception(self, above: str, exception: Exclusion) -> None:
        details = (*_dated(exception), *self._inference(exception))
        node = Node(
            exception.exception, "exception", "exception", exception.text, details, tip=self._tip(exception.cite)
        )
        self._conditioned(above, node, exception.when)

    def _element(self, above: str, element: Element) -> None:
        details = (*_dated(element), *self._inference(element))
        node = Node(element.element, "element", "element", element.text, details, tip=self._tip(element.cite))
        if element.rule is not None:
            self._ruled(above, node, element.rule)
            return
        question = self.pack.questions[element.question]
        contested = replace(
            node, head="element, contested", details=(*node.details, question.text), tone="contested", joins="or"
        )
        name = self.add(above, contested)
        for id, reading in question.readings.items():
            step = self._inference(reading)
            whose = holder_words(reading, {name: holder.name for name, holder in self.pack.holders.items()})
            head, tip = f"on the reading {id}", self._tip(reading.cite)
            whose_when = (*(step or (whose,)), *_dated(reading))
            if id in element.readings:
                self._ruled(name, Node(id, "reading", head, reading.text, whose_when, tip=tip), element.readings[id])
            else:
                self.add(name, Node(id, "reading", f"{head}: not asked", reading.text, whose_when, tip=tip))

    def _ruled(self, above: str, node: Node, rule: Rule) -> None:
        """Draw what has a rule, with its conditions in words or under it."""
        if not self.full:
            self.add(above, replace(node, details=(*node.details, *_rule_words(rule))))
            return
        name = self.add(above, node)
        self._unfold(name, rule.when)
        if rule.unless is not None:
            self._unfold(self.add(name, Node("unless", "unless", "unless")), rule.unless)
        if rule.silent_when is not None:
            silent = Node("silent-when", "silent-when", "the sources are silent where", rule.silence)
            self._unfold(self.add(name, silent), rule.silent_when)

    def _conditioned(self, above: str, node: Node, condition: Condition) -> None:
        details = () if self.full else (f"when {condition_words(condition)}",)
        self._unfold(self.add(above, replace(node, details=(*node.details, *details))), condition)

    def _unfold(self, above: str, condition: Condition) -> None:
        """Draw a condition and everything in it, if all is to be unfolded."""
        if not self.full:
            return
        tip = self._tip(condition.cite) if isinstance(condition, Term) else ""
        text = condition_words(condition) if isinstance(condition, Constant) else condition_text(condition)
        joins = "all" if isinstance(condition, AllOf) else "any" if isinstance(condition, AnyOf) else ""
        name = self.add(above, Node(_id_of(condition), "condition", "", text, tip=tip, joins=joins))
        for part in _parts_of(condition):
            self._unfold(name, part)

    def _inference(self, part: Element | Exclusion | Ground | Displacement | Reading) -> tuple[str, ...]:
        if not part.inferred:
            return ()
        return (inference_words(part.inferred, (cited_passage(self.pack, name) for name in part.cite)),)

    def _tip(self, cite: Iterable[str]) -> str:
        return "\n".join(map(self._said, cite))

    def _said(self, name: str) -> str:
        return _said(cited_passage(self.pack, name))


def _dated(part: Dated) -> tuple[str, ...]:
    """Return the time of the law on which a part rests, in words, if that has one."""
    return () if part.in_force is None else (period_words(part.in_force),)


def _only_on(only_on: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(f"only on {question}: {' or '.join(readings)}" for question, readings in only_on.items())


def _rule_words(rule: Rule) -> Iterator[str]:
    always = rule.when == Constant(Truth.TRUE)
    yield "without a condition" if always else f"when {condition_words(rule.when)}"
    if rule.unless is not None:
        yield f"unless {condition_words(rule.unless)}"
    if rule.silent_when is not None:
        where = (
            " otherwise" if rule.silent_when == Constant(Truth.TRUE) else f" when {condition_words(rule.silent_when)}"
        )
        yield f"silent{where}"


def condition_words(condition: Condition, *, inside: bool = False) -> str:
    """Return a whole condition in words; what is joined within another stands in brackets."""
    match condition:
        case Constant(truth):
            return _CONSTANT[truth]
        case AllOf(inner) | AnyOf(inner):
            word = " and " if isinstance(condition, AllOf) else " or "
            words = word.join(condition_words(part, inside=True) for part in inner)
            return f"({words})" if inside else words
        case Not(inner):
            return f"not {condition_words(inner, inside=True)}"
        case Term(text=text):
            return f"({text.rstrip('.')})" if inside else text.rstrip(".")
        case _:
            return condition_text(condition)


_CONSTANT = {Truth.TRUE: "always", Truth.FALSE: "never", Truth.SILENT: "the sources are silent"}


def _id_of(condition: Condition) -> str:
    match condition:
        case Term(term=id):
            return id
        case Test(fact=id):
            return id
        case _:
            return type(condition).__name__.lower()


def _parts_of(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case AllOf(inner) | AnyOf(inner):
            return inner
        case Not(inner) | Term(condition=inner):
            return (inner,)
        case _:
            return ()


# Answers.


def answer_graph(answer: Answer, authorities: Iterable[str], *, full: bool) -> Graph:
    """Return the picture of why the authorities stand as they do. `full` unfolds every condition."""
    clusters = []
    for name in authorities:
        picture = _AnswerPicture(answer, full=full)
        picture.authority(name)
        clusters.append(picture.cluster(name, answer.authorities[name].title))
    verdicts = "; ".join(
        f"{cluster.title}: {verdict_span(answer.authorities[cluster.name])[0]}" for cluster in clusters
    )
    option = f" · option {answer.option}" if answer.option else ""
    description = f"As of {answer.receipt.as_of}{option} · {lens_words(answer.receipt)}. {verdicts}."
    return Graph(answer.title, description, tuple(clusters))


class _AnswerPicture(_Picture):
    def __init__(self, answer: Answer, *, full: bool) -> None:
        super().__init__()
        self.answer = answer
        self.full = full

    def authority(self, name: str) -> None:
        one = self.answer.authorities[name]
        head, tone = verdict_span(one)
        root = self.add("", Node(name, "authority", head, one.title, (one.law,), tone))
        for part in one.tree.parts:
            self._finding(root, part)

    def _finding(self, above: str, finding: Finding) -> None:
        words, tone = outcome_words(finding)
        head, text = words, finding.text
        match finding.kind:
            case Kind.GROUND:
                head = f"ground: {words}"
            case Kind.EXCEPTION | Kind.DISPLACEMENT:
                named = "exception" if finding.kind is Kind.EXCEPTION else "would fall away"
                head, tone = (
                    f"{named}: {hedged(holding_words(finding.outcome), finding.hedges)}",
                    _UNDER[finding.outcome],
                )
            case Kind.GOVERNS:
                head, text = f"engaged: {holding_words(finding.outcome)}", ""
            case Kind.IN_FORCE:
                head = holding_words(finding.outcome)
            case _:
                pass
        facts = () if finding.kind is Kind.GROUND or finding.by_reading else self._facts(finding)
        details = (*([finding.silence] if finding.silence else []), *self._inference(finding), *facts)
        joins = {Kind.GROUND: "all", Kind.ELEMENT: "or" if finding.by_reading else ""}.get(finding.kind, "")
        name = self.add(
            above, Node(finding.id, finding.kind.value, head, text, details, tone, self._tip(finding), joins)
        )
        for part in finding.parts:
            if finding.kind is Kind.GROUND:
                self._finding(name, part)
            elif part.kind is Kind.READING:
                # Readings that agree are unfolded on request.
                if self.full or finding.by_reading:
                    self._reading(name, part)
            else:
                self._unfold(name, part)

    def _reading(self, above: str, finding: Finding) -> None:
        words, tone = outcome_words(finding)
        dispute = self.answer.disputes.get(finding.question)
        whose = (holders(dispute.readings[finding.reading], self.answer),) if dispute is not None else ()
        head, details = (
            f"on the reading {finding.reading}: {words}",
            (*(self._inference(finding) or whose), *self._facts(finding)),
        )
        name = self.add(above, Node(finding.reading, "reading", head, finding.text, details, tone, self._tip(finding)))
        for part in finding.parts:
            self._unfold(name, part)

    def _unfold(self, above: str, finding: Finding) -> None:
        """Draw a condition and everything in it, if all is to be unfolded."""
        if not self.full:
            return
        head, tone = condition_span(finding)
        text = "without a condition" if finding.kind is Kind.CONSTANT else finding.text
        details = tuple(self._fact(fact).replace(f"{fact}:", "here:", 1) for fact in finding.facts)
        joins = finding.kind.value if finding.kind in {Kind.ALL, Kind.ANY} else ""
        # A test is known by its fact.
        id = finding.facts[0] if finding.facts else finding.id
        name = self.add(above, Node(id, "condition", head, text, details, tone, self._tip(finding), joins))
        for part in finding.parts:
            self._unfold(name, part)

    def _inference(self, finding: Finding) -> tuple[str, ...]:
        if not finding.inferred:
            return ()
        return (inference_words(finding.inferred, (self.answer.passages[name] for name in finding.passages)),)

    def _facts(self, finding: Finding) -> tuple[str, ...]:
        """Return the facts on which a finding turns; none where they stand under it, unfolded."""
        return () if self.full else tuple(map(self._fact, dict.fromkeys(deciding_facts(finding))))

    def _fact(self, name: str) -> str:
        one = self.answer.facts.get(name)
        if one is None or one.value == "unknown":
            return f"{name}: unknown"
        return f"{name}: {one.value}{'' if one.origin is Origin.STATED else f' ({one.origin.value})'}"

    def _tip(self, finding: Finding) -> str:
        return "\n".join(_said(self.answer.passages[name]) for name in finding.passages)


def _said(passage: CitedPassage) -> str:
    return "".join(words for words, _ in quoted(passage))


# What takes away is met where the authority suffers by it.
_UNDER: Mapping[Outcome, str] = {
    Outcome.TRUE: "unavailable",
    Outcome.FALSE: "available",
    Outcome.SILENT: "silent",
    Outcome.UNKNOWN: "undetermined",
    Outcome.CONTESTED: "contested",
    Outcome.NOT_ASKED: "quiet",
}
