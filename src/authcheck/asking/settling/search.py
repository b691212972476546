"""The smallest changes that turn a verdict that is definite.

A definite verdict can be turned. A *change* states facts at values, and does exactly what `--set` does: it is
`Decision.restated`, so what was assumed gives way where the change stands against it, and a change that stands
against what is stated does not exist. Only what happened and how things stand may change: events and statuses, a
count of days among them unless it is counted from a stated date. What is done stays as it is, and so do dates and
narrative facts; a change that would make an activity other than it was does not count. Of values that neither the
rules of the authority nor constraints tell apart, one is stated.

A *step* is one fact stated, or one term of the authority's rules made true: a term whose condition joins tests of
facts by `all` alone, of which those facts are stated that do not hold already. The smallest changes have the fewest
steps, and of these the fewest facts. They make an authority that is not available available in every world that is
left or, where it is available, in none. That there is no such change is an answer as well.

The search reads one table of the authority, in which all that may change is open and all else is as it is known. A
combination of what may change does it if the verdict is as wanted whatever else is open. Where none does, every
combination has been tried, and nothing that can be stated would turn the verdict. Otherwise changes are tried by
their number of steps, less those that can end in no such combination, and each that is found is decided anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from authcheck.answer.answer import LeftOut
from authcheck.answer.hedges import Hedge, hedges_of
from authcheck.answer.inference import Inference, inference_of
from authcheck.answer.reasons import left_out
from authcheck.decision import Case, Decision
from authcheck.decision.known import Origin, know
from authcheck.decision.verdicts import AuthorityTables, conditions_of
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.evaluation.circumstances import lay_out
from authcheck.evaluation.worlds import Allowed, Cell, TooLargeError, Vocabulary
from authcheck.frozen import dataclass
from authcheck.model.condition import AllOf, Condition, Range, Term, Test, parts
from authcheck.model.fact import FactKind, FactType
from authcheck.model.scenario import FactStatus, StatedFact, stated_as
from authcheck.model.verdict import Verdict

__all__ = ["HERE", "Proposal", "Said", "Search", "TermStep", "statement_of"]

HERE = Place("a change")
"""Where what a change states is stated."""

Said: TypeAlias = Mapping[str, Cell]
"""The facts of a change, each with the values of which one is stated."""


@dataclass(frozen=True, slots=True)
class TermStep:
    """A term, and what must be stated to make it true."""

    term: Term
    said: Said


Candidate: TypeAlias = tuple[Said, tuple[TermStep, ...]]
"""What a change states, and the terms among its steps."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that state the same facts, each at any of its values, and do the same."""

    said: Mapping[str, tuple[Cell, ...]]
    terms: tuple[TermStep, ...]
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]
    inferred: Inference | None
    left_out: tuple[LeftOut, ...]


class Search:
    """The changes that turn one authority's verdict, found on one table of it.

    The outermost facts of the table stay as they are whatever changes, and are folded away. Below them stand the
    facts that may change, in groups with those that constraints tie to them. A group for which something is chosen
    is folded away as well: what is left says in which worlds of the others the verdict may still be as wanted.
    `possible` are the worlds there are, and `undone` those in which it is not, for some of what is folded away.
    """

    def __init__(self, decision: Decision, case: Case, *, gain: bool) -> None:
        """Lay out the table. Raises AuthcheckError where it would be too large."""
        self.decision, self.authority, self.gain = decision, case.authority.authority, gain
        tables = self._laid_out(case)
        self.worlds = tables.worlds
        available = tables.agreed(case.combinations).available
        undone = self.worlds.possible & (~available if gain else available)
        others = [name for name in self.worlds.dimensions if not any(name in group for group in self.groups)]
        self.possible, self.undone = (self.worlds.folded(worlds, others) for worlds in (self.worlds.possible, undone))
        self.terms = tuple(self._term_steps(conditions_of(case.authority)))

    def _laid_out(self, case: Case) -> AuthorityTables:
        """Return the tables of all facts that bear on the authority; where that is too much, of fewer of them.

        Of a fact that no rule asks, nobody states and nothing is taken of, no change has to say anything. Where even
        the others are too many, they are those that the authority asks.
        """
        law, authority, refused = self.decision.law, case.authority.authority, ""
        every, tested = law.tied_to[authority], law.tested_by[authority]
        known = self.decision.known.facts
        told = tuple(
            name for name in every if name in tested or known[name].stated or known[name].origin is Origin.ASSUMED
        )
        for names in (every, told, tested):
            self.may_change = tuple(name for name in law.facts if name in names and _may_change(self.decision, name))
            whole = dict.fromkeys(law.facts.tied[name] for name in self.may_change)
            self.groups = tuple(tuple(name for name in group if name in names) for group in whole)
            self.vocabularies = {
                mine: _vocabulary(group, law.facts) for mine, group in zip(self.groups, whole, strict=True)
            }
            self.left: dict[tuple[str, ...], dict[tuple[tuple[str, Cell], ...], int]] = {
                group: {} for group in self.groups
            }
            below = [name for group in reversed(self.groups) for name in group]
            try:
                return self._tables(case, (*below, *(name for name in names if name not in below)))
            except TooLargeError as error:
                refused = str(error)
        message = f"what would turn `{authority}` cannot be tried: too many facts bear on it: {refused}"
        raise AuthcheckError([Diagnostic("table-too-large", message, case.authority.place)])

    @property
    def cases(self) -> int:
        """How many combinations of the facts that may change are possible, as far as the rules tell them apart."""
        others = (name for name in self.worlds.dimensions if name not in self.may_change)
        return self.worlds.folded(self.possible, others).bit_count()

    def _tables(self, case: Case, order: tuple[str, ...]) -> AuthorityTables:
        """Return the tables with all open that may change, and what is done as it is."""
        decision, law = self.decision, self.decision.law
        left_open = [name for name in order if name in self.may_change or _is_untold_detail(decision, name)]
        unknown = {name: StatedFact(name, law.facts[name].place, unknown=True) for name in left_open}
        allowed = {**decision.restated(unknown).known.allowed}
        allowed.update({name: decision.known.allowed[name] for name in order if _is_activity(decision, name)})
        clauses = [clause for group in self.groups for clause in law.facts.clauses[law.facts.tied[group[0]]]]
        worlds = lay_out(conditions_of(case.authority), law.facts, allowed, clauses, order)
        return AuthorityTables(case.authority, law.pack.questions, worlds, decision.in_force)

    def _where(self, fact: str, allowed: Allowed) -> int:
        """Return the worlds in which the fact may have one of the values."""
        found = 0
        for index, cell in enumerate(self.worlds.dimensions[fact].cells):
            if any(_lies_in(value, cell) for value in allowed):
                found |= self.worlds.column(fact, index)
        return found

    def _term_steps(self, conditions: Iterable[Condition]) -> Iterator[TermStep]:
        """Return what would make true each term that asks for one thing and another, and does not hold already."""
        terms = {part.term: part for condition in conditions for part in parts(condition) if isinstance(part, Term)}
        for term in terms.values():
            asked: dict[str, int] = {}
            for test in _joined(term) or ():
                asked[test.fact] = asked.get(test.fact, self.worlds.everything) & self.worlds.where(test)
            lacking = {
                fact: [cell for cell in self._cells(fact) if not self._where(fact, _values_of(cell)) & ~where]
                for fact, where in asked.items()
                if self._where(fact, self.decision.known.allowed[fact]) & ~where
            }
            if lacking and set(lacking) <= set(self.may_change):
                for cells in itertools.product(*lacking.values()):
                    yield TermStep(term, dict(zip(lacking, cells, strict=True)))

    def _cells(self, fact: str) -> tuple[Cell, ...]:
        return self.worlds.dimensions[fact].cells

    def smallest(self) -> Sequence[Candidate]:
        """Return the changes of the fewest steps and, of these, of the fewest facts."""
        # Where each is undone for some of what stays open, no combination does it.
        for steps in range(1, len(self.may_change) + 1) if self.possible & ~self.undone else ():
            found = self._of_steps(steps)
            if found:
                fewest = min(len(said) for said, _ in found)
                return sorted((candidate for candidate in found if len(candidate[0]) == fewest), key=self._place)
        return []

    def proposals(self) -> Sequence[Proposal]:
        """Return the smallest changes, those of the same facts that do the same as one."""
        proposals = []
        for said, terms in self.smallest():
            case = self.decision.restated(statement_of(said)).case(self.authority)
            possible, pack = case.possible, self.decision.law.pack
            # What the table proposes is decided anew: it is a change only if it does what is said of it.
            assert possible == (Verdict.AVAILABLE,) if self.gain else Verdict.AVAILABLE not in possible
            limits = (hedges_of(case), inference_of(case), tuple(left_out(case, pack)))
            proposals.append(Proposal({fact: (cell,) for fact, cell in said.items()}, terms, possible, *limits))
        for fact in self.may_change:
            proposals = _alike_but_for(fact, proposals)
        return proposals

    def _place(self, candidate: Candidate) -> tuple[object, ...]:
        said, terms = candidate
        places = ((self.may_change.index(fact), self._cells(fact).index(cell)) for fact, cell in said.items())
        return -len(terms), *places

    def _of_steps(self, steps: int) -> Sequence[Candidate]:
        """Return the changes of this many steps; one that has several descriptions by the most terms."""
        found: dict[frozenset[tuple[str, Cell]], Candidate] = {}
        for named in range(min(steps, len(self.terms)), -1, -1):
            for terms in itertools.combinations(self.terms, named):
                said = _together(terms)
                if said is not None:
                    for change in self._completed(self.groups, said, steps - named, self.possible, self.undone):
                        found.setdefault(frozenset(change.items()), (change, terms))
        return list(found.values())

    def _completed(
        self, groups: Sequence[tuple[str, ...]], said: Said, steps: int, possible: int, undone: int
    ) -> Iterator[dict[str, Cell]]:
        """Return what is said, with so many facts of the groups stated too, where that turns the verdict."""
        if not possible & ~undone:
            return
        if not groups:
            if not steps:
                yield {}
            return
        group, *below = groups
        for mine in self._statements(group, said, steps):
            more = steps - sum(fact not in said for fact in mine)
            after = self._after(group, mine)
            here = (self.worlds.folded(worlds & after, group) for worlds in (possible, undone))
            for others in self._completed(below, said, more, *here):
                yield {**mine, **others}

    def _statements(self, group: tuple[str, ...], said: Said, steps: int) -> Iterator[dict[str, Cell]]:
        """Return what may be stated of a group: what is said of it, and up to so many facts more."""
        mine = {fact: said[fact] for fact in group if fact in said}
        free = [fact for fact in group if fact in self.may_change and fact not in said]
        for size in range(min(steps, len(free)) + 1):
            for facts in itertools.combinations(free, size):
                for cells in itertools.product(*map(self._cells, facts)):
                    yield mine | dict(zip(facts, cells, strict=True))

    def _after(self, group: tuple[str, ...], said: Said) -> int:
        """Return the worlds that a group is in once this is stated of it; none where that cannot be."""
        kept, key = self.left[group], tuple(said.items())
        if key not in kept:
            kept[key] = self._decided(group, said)
        return kept[key]

    def _decided(self, group: tuple[str, ...], said: Said) -> int:
        decision = self.decision
        stated = {**decision.stated, **statement_of(said)}
        try:
            allowed = know(self.vocabularies[group], stated, decision.unstated, decision.day).allowed
        except AuthcheckError:
            return 0
        if any(_is_activity(decision, name) and allowed[name] != decision.known.allowed[name] for name in group):
            return 0
        found = self.worlds.everything
        for name in group:
            found &= self._where(name, allowed[name])
        return found


def _vocabulary(group: Iterable[str], facts: Vocabulary) -> Vocabulary:
    """Return the facts of a group, and the dates from which some are counted."""
    derived = (facts[name].derived for name in group)
    dates = [derivation.from_date for derivation in derived if derivation is not None]
    return Vocabulary({name: facts[name] for name in (*group, *dates)}, facts.openers)


def _is_activity(decision: Decision, name: str) -> bool:
    return decision.law.facts[name].kind is FactKind.ACTIVITY


def _is_untold_detail(decision: Decision, name: str) -> bool:
    """Whether nothing turns on the fact and nobody states it: it may be anything that goes with the others."""
    return decision.law.facts[name].narrative and name not in decision.stated


def _may_change(decision: Decision, name: str) -> bool:
    """Whether a change may state the fact: what happened, or how things stand, but no date and nothing narrative."""
    fact = decision.law.facts[name]
    if fact.kind is FactKind.ACTIVITY or fact.type is FactType.DATE or fact.narrative:
        return False
    if name in decision.law.yet_to_come:
        return False
    # A number that is counted from a stated date is what it is.
    start = None if fact.derived is None else decision.stated.get(fact.derived.from_date)
    return start is None or start.date is None or start.status is FactStatus.DISPUTED


def _lies_in(value: bool | str | Range, cell: Cell) -> bool:  # noqa: FBT001 - It is one value of a fact among others.
    if isinstance(cell, Range):
        return isinstance(value, Range) and value.meets(cell)
    return value in cell


def _values_of(cell: Cell) -> Allowed:
    return (cell,) if isinstance(cell, Range) else cell


def _joined(condition: Condition) -> tuple[Test, ...] | None:
    """Return the tests that a condition asks for all together, or None where it asks for anything else."""
    match condition:
        case Test():
            return (condition,)
        case Term(condition=inside):
            return _joined(inside)
        case AllOf(inner):
            found = [_joined(part) for part in inner]
            return None if None in found else tuple(test for tests in found for test in tests or ())
        case _:
            return None


def _together(terms: Sequence[TermStep]) -> dict[str, Cell] | None:
    """Return what the terms state together, or None where they state different things of a fact."""
    said: dict[str, Cell] = {}
    for term in terms:
        if any(said.get(fact, cell) != cell for fact, cell in term.said.items()):
            return None
        said.update(term.said)
    return said


def _alike_but_for(fact: str, turns: Iterable[Proposal]) -> list[Proposal]:
    """Return the turns, those as one that differ in the values of the fact alone."""
    alike: dict[tuple[object, ...], Proposal] = {}
    for change in turns:
        others = tuple(item for item in change.said.items() if item[0] != fact)
        key = (
            fact in change.said,
            others,
            tuple(step.term.term for step in change.terms),
            change.possible,
            change.hedges,
            change.inferred,
            change.left_out,
        )
        if key in alike:
            cells = (*alike[key].said[fact], *change.said[fact])
            alike[key] = replace(change, said={**change.said, fact: cells})
        else:
            alike[key] = change
    return list(alike.values())


def statement_of(said: Said) -> dict[str, StatedFact]:
    """Return the facts as a scenario would state them."""
    return {fact: stated_as(fact, [cell] if isinstance(cell, Range) else cell[:1], HERE) for fact, cell in said.items()}
