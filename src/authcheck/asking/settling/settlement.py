"""What would settle an open verdict, and what would turn another, as it is told.

An undetermined verdict lacks facts. Each fact that it lacks is given with what either answer would do to it, the
most useful first: `decision.needed` says which they are and ranks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from authcheck.answer.answer import Answer, Attention, LeftOut, PowerAnswer, Receipt, UnmodelledAnswer
from authcheck.answer.asked import setting_of
from authcheck.answer.building import answer_of
from authcheck.answer.hedges import Hedge, hedges_of, hedges_of_power
from authcheck.answer.inference import Inference
from authcheck.answer.needed import NeededFact, needed_facts
from authcheck.answer.restated import StatedAnew
from authcheck.answer.result import ResultType
from authcheck.answer.standing import PowerSupply, Standing
from authcheck.asking.settling.search import Proposal, Search, statement_of
from authcheck.decision import Case, Decision
from authcheck.diagnostics import AuthcheckError
from authcheck.evaluation.worlds import Cell
from authcheck.frozen import dataclass
from authcheck.model.condition import Range, in_words
from authcheck.model.verdict import Verdict

__all__ = [
    "RESULT",
    "SCHEMA",
    "AuthoritySettlement",
    "FactStated",
    "IfStated",
    "OpenFact",
    "PowerSettlement",
    "Settlement",
    "Step",
    "Turning",
    "Turnings",
    "settle",
]

SCHEMA = "authcheck.settlement/1"


@dataclass(frozen=True, slots=True)
class IfStated:
    """Values of an open fact that would do the same, the first as `--set` takes it, and what would be possible."""

    values: tuple[str, ...]
    setting: str
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that a verdict still needs: for each authority that it touches, what each answer would do."""

    fact: str
    question: str
    outcomes: Mapping[str, tuple[IfStated, ...]]


@dataclass(frozen=True, slots=True)
class FactStated(StatedAnew):
    """One fact of a change.

    `instead` holds the values that do as well as `after`; `setting` is the statement as `--set` takes it.
    """

    instead: tuple[str, ...]
    setting: str


@dataclass(frozen=True, slots=True)
class Step:
    """One fact stated, or a term made true by stating those of its facts that do not hold already.

    `term` and `text` are empty where the step is no term's.
    """

    term: str
    text: str
    facts: tuple[FactStated, ...]


@dataclass(frozen=True, slots=True)
class Turning:
    """Steps that turn a verdict together, and the verdicts that are then possible.

    Of an authority it has how much of what then makes it available is inferred, and what it would be on readings that
    the lens leaves out.
    """

    steps: tuple[Step, ...]
    possible: tuple[Verdict, ...]
    hedges: tuple[Hedge, ...]
    inferred: Inference | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Turnings:
    """The smallest changes that gain the verdict available, or else lose it; none where nothing would.

    `may_change` holds the facts that could be stated anew, `cases` the number of their combinations: each was tried.
    """

    gain: bool
    smallest: tuple[Turning, ...]
    may_change: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class AuthoritySettlement(Standing):
    """What would settle or turn the verdict on one authority: `needed` where it is undetermined, else `changes`."""

    title: str
    reason: str
    attention: Attention | None
    needed: tuple[OpenFact, ...]
    changes: Turnings | None


@dataclass(frozen=True, slots=True)
class PowerSettlement(PowerSupply):
    """What would settle or turn a power that was asked about: `needed` where it is undetermined, else `turned_by`.

    `sources` and `through` are the authorities that may supply it and those through which it would be supplied.
    `turned_by` holds the smallest of their own changes that turn the power too; where several supply it, none may.
    """

    title: str
    sources: tuple[str, ...]
    through: tuple[str, ...]
    ask: tuple[OpenFact, ...]
    turned_by: tuple[Turning, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What would settle the open verdicts on a scenario, and turn the others.

    `powers` are those that were asked about; what supplies them is among `authorities`.

    `ask` holds the facts that the undetermined ones of `authorities` need, in the order in which to ask for them.
    `not_raised` and `not_engaged` are the titles of authorities that were left out, `holders` the names of those whose
    readings are left out.
    """

    schema: str
    scenario: str
    title: str
    option: str
    unmodelled: tuple[UnmodelledAnswer, ...]
    ask: tuple[OpenFact, ...]
    powers: Mapping[str, PowerSettlement]
    authorities: Mapping[str, AuthoritySettlement]
    not_raised: Mapping[str, str]
    not_engaged: Mapping[str, str]
    holders: Mapping[str, str]
    disclaimer: str
    receipt: Receipt


RESULT = ResultType("settlement", "What would settle or turn verdicts, of authcheck", SCHEMA, Settlement)


def settle(
    decision: Decision, authorities: Iterable[str] = (), powers: Iterable[str] = (), *, every: bool = False
) -> Settlement:
    """Return what would settle or turn the verdicts of a decision.

    Of the authorities named, and of those that supply the powers named or are means to them; where nothing is named,
    of those that are engaged and raised or in question; `every` takes in the others. Raises AuthcheckError where too
    many facts are open at once.
    """
    answer = answer_of(decision)
    answered = answer.authorities
    not_engaged = {
        name: authority.title for name, authority in answered.items() if authority.verdict is Verdict.NOT_ENGAGED
    }
    not_raised = {
        name: authority.title for name, authority in answered.items() if authority.attention is Attention.QUIET
    }
    asked_powers = tuple(dict.fromkeys(powers))
    named = tuple(dict.fromkeys([*authorities, *(name for power in asked_powers for name in _behind(power, decision))]))
    if named or every:
        not_engaged, not_raised = {}, {}
    shown = [name for name in named or answered if name not in not_engaged and name not in not_raised]
    changes = {name: _changes(decision, decision.case(name)) for name in shown}
    return Settlement(
        schema=SCHEMA,
        scenario=answer.scenario,
        title=answer.title,
        option=answer.option,
        unmodelled=answer.unmodelled,
        ask=_open_facts(decision, shown),
        powers={name: _power(decision, answer.powers[name], name, changes) for name in asked_powers},
        authorities={name: _authority(decision, answer, name, changes[name]) for name in shown},
        not_raised=not_raised,
        not_engaged=not_engaged,
        holders={name: decision.law.pack.holders[name].name for name in _holders(changes.values())},
        disclaimer=answer.disclaimer,
        receipt=answer.receipt,
    )


def _holders(changes: Iterable[Changes | None]) -> dict[str, None]:
    """Return who holds a reading that the lens leaves out and that would make another verdict of a change."""
    proposals = (proposal for one in changes if one is not None for proposal in one.proposals)
    return dict.fromkeys(name for proposal in proposals for left in proposal.left_out for name in left.holders)


def _authority(decision: Decision, answer: Answer, name: str, changes: Changes | None) -> AuthoritySettlement:
    authority = answer.authorities[name]
    return AuthoritySettlement(
        title=authority.title,
        verdict=authority.verdict,
        possible=authority.possible,
        hedges=authority.hedges,
        reason=authority.reason,
        attention=authority.attention,
        in_effect=decision.law.pack.authorities[name].in_effect,
        needed=_open_facts(decision, [name]),
        changes=None if changes is None else _turnings(decision, changes),
    )


# --- powers


def _behind(power: str, decision: Decision) -> Iterator[str]:
    """Return the authorities that may supply a power and, of its means, those that are engaged."""
    for name, case in decision.cases.items():
        is_means = power in case.authority.means_for and case.verdict is not Verdict.NOT_ENGAGED
        if is_means or decision.may_supply(case.authority, power):
            yield name


def _power(
    decision: Decision, answer: PowerAnswer, name: str, changes: Mapping[str, Changes | None]
) -> PowerSettlement:
    undetermined = answer.verdict is Verdict.UNDETERMINED
    return PowerSettlement(
        title=answer.title,
        needed=answer.needed,
        verdict=answer.verdict,
        possible=answer.possible,
        unsupplied=answer.unsupplied,
        supplied_if_left_out=answer.supplied_if_left_out,
        gap=answer.gap,
        hedges=answer.hedges,
        sources=tuple(answer.sources),
        through=tuple(answer.through),
        ask=tuple(_asked_for(name, decision)) if undetermined else (),
        turned_by=() if undetermined or answer.verdict is None else _turned_by(name, decision, changes),
    )


def _asked_for(power: str, decision: Decision) -> Iterator[OpenFact]:
    """Return the facts that the power's sources and means need, and of which an answer alone narrows the power.

    Each answer is decided anew. Where no answer alone narrows it, they are all of them.
    """
    before = decision.powers[power].possible
    needed = needed_facts(decision, _behind(power, decision))
    found = {lacking.fact: tuple(_answers_of_power(lacking, power, decision)) for lacking in needed}
    telling = [fact for fact, answers in found.items() if any(answer.possible != before for answer in answers)]
    for fact in telling or found:
        yield OpenFact(fact, decision.law.facts[fact].question, {power: found[fact]})


def _answers_of_power(needed: NeededFact, power: str, decision: Decision) -> Iterator[IfStated]:
    alike: dict[tuple[Verdict, ...], tuple[list[Cell], Decision]] = {}
    for cell in needed.cells:
        try:
            after = decision.restated(statement_of({needed.fact: cell}))
            possible = after.powers[power].possible
        except AuthcheckError:
            # What is assumed may stand against it.
            continue
        alike.setdefault(possible, ([], after))[0].append(cell)
    for possible, (cells, after) in alike.items():
        yield IfStated(_in_words(cells), setting_of(needed.fact, cells[0]), possible, hedges_of_power(power, after))


def _turned_by(power: str, decision: Decision, changes: Mapping[str, Changes | None]) -> tuple[Turning, ...]:
    """Return the smallest changes of what supplies a power, or is a means to it, that turn the power as well."""
    gain = decision.powers[power].possible != (Verdict.AVAILABLE,)
    found: list[Turning] = []
    for name in _behind(power, decision):
        own = changes[name]
        for proposal in own.proposals if own is not None else ():
            after = decision.restated(statement_of({fact: cells[0] for fact, cells in proposal.said.items()}))
            possible = after.powers[power].possible
            if possible and (possible == (Verdict.AVAILABLE,) if gain else Verdict.AVAILABLE not in possible):
                found.append(Turning(_steps(decision, proposal), possible, hedges_of_power(power, after)))
    fewest = min((len(turning.steps) for turning in found), default=0)
    return tuple(dict.fromkeys(turning for turning in found if len(turning.steps) == fewest))


# --- what an undetermined verdict needs


def _open_facts(decision: Decision, authorities: Iterable[str]) -> tuple[OpenFact, ...]:
    return tuple(
        OpenFact(
            fact.fact,
            decision.law.facts[fact.fact].question,
            {name: _answers(fact, name, decision) for name in fact.after},
        )
        for fact in needed_facts(decision, authorities)
    )


def _answers(needed: NeededFact, authority: str, decision: Decision) -> tuple[IfStated, ...]:
    """Return what the values of a fact would do to an authority, those together that do the same."""
    alike: dict[tuple[Verdict, ...], list[Cell]] = {}
    for cell, possible in zip(needed.cells, needed.after[authority], strict=True):
        alike.setdefault(possible, []).append(cell)
    case = decision.case(authority)
    found = []
    for possible, cells in alike.items():
        hedges = hedges_of(case.where(needed.fact, cells))
        found.append(IfStated(_in_words(cells), setting_of(needed.fact, cells[0]), possible, hedges))
    return tuple(found)


def _in_words(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the values of cells in words, numbers that follow one another as one range."""
    found: list[str | Range] = []
    for cell in cells:
        if isinstance(cell, Range):
            last = found[-1] if found else None
            if isinstance(last, Range) and last.high == cell.low - 1:
                found[-1] = Range(last.low, cell.high)
            else:
                found.append(cell)
        else:
            found.extend(map(in_words, cell))
    return tuple(map(str, found))


# --- what turns a definite verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that were sought to gain a verdict, or else to lose it, and the smallest that were found."""

    gain: bool
    search: Search
    proposals: Sequence[Proposal]


def _changes(decision: Decision, case: Case) -> Changes | None:
    """Return the smallest changes that make the authority available or, if it is, no longer so; None if it is open."""
    if case.verdict is Verdict.UNDETERMINED:
        return None
    gain = case.verdict is not Verdict.AVAILABLE
    search = Search(decision, case, gain=gain)
    return Changes(gain, search, search.proposals())


def _turnings(decision: Decision, changes: Changes) -> Turnings:
    smallest = tuple(
        Turning(_steps(decision, one), one.possible, one.hedges, one.inferred, one.left_out)
        for one in changes.proposals
    )
    return Turnings(changes.gain, smallest, changes.search.may_change, changes.search.cases)


def _steps(decision: Decision, turn: Proposal) -> tuple[Step, ...]:
    """Return the steps of a change, the terms first; a fact of two terms is shown under the first."""
    left = {fact: _stated_anew(decision, fact, cells) for fact, cells in turn.said.items()}
    found = []
    for term in turn.terms:
        mine = tuple(left.pop(fact) for fact in term.said if fact in left)
        found.append(Step(term.term.term, term.term.text, mine))
    return (*found, *(Step("", "", (stated,)) for stated in left.values()))


def _stated_anew(decision: Decision, fact: str, cells: Sequence[Cell]) -> FactStated:
    known = decision.known.facts[fact]
    after, *instead = _in_words(cells)
    setting = setting_of(fact, cells[0], known.allowed)
    return FactStated(fact, known.fact.question, known.said, known.origin, after, tuple(instead), setting)
