"""An answer on one screen of a terminal: what matters most stands first, and the rest is named.

What must stand is always there. What may stand beside it takes the rows that are left, the most useful first.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from authcheck.answer import DEFAULT_LENS
from authcheck.answer.answer import (
    Answer,
    Asked,
    Attention,
    AuthorityAnswer,
    Kind,
    LeftOut,
    PowerAnswer,
)
from authcheck.answer.support import carrying, chosen_words, passages_on
from authcheck.frozen import dataclass
from authcheck.model.verdict import DutyState, Need, Verdict
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.cannot_know import beyond_in_short, beyond_words
from authcheck.rendering.layouts.claimed import claimed_in_short
from authcheck.rendering.layouts.clocks import clocks_in_short
from authcheck.rendering.layouts.crux import verdict_on
from authcheck.rendering.words import (
    STYLE_OF,
    apart_words,
    aside_words,
    either,
    hedged,
    holders,
    inference_mark,
    inferred_words,
    is_of_one_holder,
    left_out_words,
    lens_words,
    power_tone,
    quoted,
    rivals,
    standing_words,
    supply_words,
    through_words,
    whose_hedges,
)
from authcheck.wording import listed

__all__ = ["COLUMNS", "ROWS", "first_screen"]

COLUMNS, ROWS = 80, 22
"""The terminal of 80 × 24, with a row for the command above and one for the prompt below."""


_FACTS_ROWS = 3
"""The most rows that the facts take from what may stand; they have what is left besides."""


_WHOLE = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that stand together. Those of rank 0 must stand; of the others the lowest rank comes first.

    Those of rank `_WHOLE` stand only where all does. For a `dispute` the facts take fewer rows.
    """

    lines: tuple[Line, ...]
    rank: int = 0
    dispute: bool = False

    @property
    def rows(self) -> int:
        """The rows that the lines take on a terminal of the usual width."""
        return sum(map(_rows, self.lines))


def first_screen(answer: Answer, command: str, *, whole: bool = False) -> Iterator[Line]:
    """Return the answer on one screen, or with every passage behind its lines where it is `whole`.

    `command` is what gets it again, to which more can be added; it is empty where nothing does.
    """
    told = [
        *_stand_ins(answer),
        *_powers(answer, whole=whole),
        *(Piece((claim,)) for claim in claimed_in_short(answer)),
        *_misleading(answer),
        *_time(answer),
        *_courses(answer),
    ]
    told += [*_asked(answer.asked, command), _further(answer, whole=whole)]
    head = [*_head(answer)]
    if not whole:
        room = ROWS - _height(piece for piece in told if not piece.rank)
        told = _beside_the_facts(told, answer, room)
        head = _fitting(answer, ROWS, ROWS - _height(told))
    for piece in (*head, *told):
        yield from piece.lines


def _fitting(answer: Answer, most: int, room: int) -> list[Piece]:
    """Return the head of the answer, with the facts in so many rows at most as there is room for, but in one."""
    heads = ([*_head(answer, rows)] for rows in range(most, 0, -1))
    return next((head for head in heads if _height(head) <= room), [*_head(answer, 1)])


def _beside_the_facts(told: Sequence[Piece], answer: Answer, room: int) -> list[Piece]:
    """Return what stands beside the facts, which take fewer rows where a dispute has no room else."""
    tries = [_chosen(told, room - _height(_fitting(answer, rows, room))) for rows in range(_FACTS_ROWS, 0, -1)]
    disputes = sum(piece.dispute for piece in told)
    return next((one for one in tries if sum(piece.dispute for piece in one) == disputes), tries[0])


def _chosen(told: Sequence[Piece], room: int) -> list[Piece]:
    """Return the pieces that must stand, and of the others those for which there is room, in their order."""
    chosen = {place for place, piece in enumerate(told) if not piece.rank}
    for place in sorted(range(len(told)), key=lambda place: told[place].rank):
        if place not in chosen and told[place].rank < _WHOLE and told[place].rows <= room:
            chosen.add(place)
            room -= told[place].rows
    return [told[place] for place in sorted(chosen)]


def _height(pieces: Iterable[Piece]) -> int:
    return sum(piece.rows for piece in pieces)


def _rows(shown: Line) -> int:
    words = "".join(text for text, _ in shown.spans)
    width = COLUMNS - shown.indent
    wrapped = textwrap.wrap(words, width, subsequent_indent=" " * shown.hang, break_on_hyphens=False)
    return max(1, len(wrapped))


def _head(answer: Answer, rows: int | None = None) -> Iterator[Piece]:
    """Return what is answered, with the facts in so many rows, or all of them."""
    option = f", option {answer.option}" if answer.option else ""
    activity = f", activity {answer.receipt.activity}" if answer.receipt.activity else ""
    usual = answer.receipt.lens == DEFAULT_LENS and not answer.receipt.readings
    lens = "" if usual else f", {lens_words(answer.receipt)}"
    when = f" (as of {answer.receipt.as_of}{lens}{option}{activity})"
    yield Piece((line((answer.title, "title"), (when, "quiet")),))
    # What no fact says is said before all else.
    yield from (Piece((line(("Not modelled: ", "strong"), thing.text),)) for thing in answer.unmodelled)
    if rows is None and (beyond := beyond_words(answer)):
        yield Piece((line((beyond, "quiet")),))
    if answer.understood:
        yield Piece((_understood(answer.understood, rows),))
    given = {name: fact for name, fact in answer.facts.items() if fact.place is not None and fact.place.file == "--set"}
    if given:
        words = "; ".join(f"{fact.question} {fact.value}" for fact in given.values())
        yield Piece((line(("As set: ", "quiet"), words),))


def _understood(clauses: Sequence[str], rows: int | None) -> Line:
    """Return the facts as one sentence: as many clauses as the rows hold, and how many more there are."""
    sentences = (_sentence(clauses[:count], len(clauses) - count) for count in range(len(clauses), 0, -1))
    fitting = (sentence for sentence in sentences if rows is None or _rows(sentence) <= rows)
    return next(fitting, _sentence(clauses[:1], len(clauses) - 1))


def _sentence(clauses: Sequence[str], more: int) -> Line:
    told = "; ".join([*clauses, *([f"and {more} more"] if more else [])])
    return line(f"{told[0].upper()}{told[1:]}.", hang=0)


def _stand_ins(answer: Answer) -> Iterator[Piece]:
    """Say whose readings are taken where the holder of the lens has none."""
    if is_of_one_holder(answer.receipt):
        words = "Where the lens's holder is not on record, the documents' readings stand in."
        yield Piece((line((words, "quiet"), hang=0),), 1)


# --- the powers


# More powers than these, none of which is known to be needed, are named alone.
_MOST_PERHAPS = 4


def _powers(answer: Answer, *, whole: bool) -> Iterator[Piece]:
    needed = [power for power in answer.powers.values() if power.needed is not Need.NOT_NEEDED]
    if not needed:
        yield Piece((line("Nothing that is described needs a power that the documents speak of."),))
    if not whole and len(needed) > _MOST_PERHAPS and all(power.needed is Need.PERHAPS for power in needed):
        # What is done is not known: nothing of any of them is.
        titles = "; ".join(power.title for power in needed)
        yield Piece((line(("Perhaps needed, by what is done: ", "title"), titles),))
        return
    shown: set[str] = set()
    for power in needed:
        yield from _power(power, answer, shown)


def _power(power: PowerAnswer, answer: Answer, shown: set[str]) -> Iterator[Piece]:
    perhaps = " (perhaps needed)" if power.needed is Need.PERHAPS else ""
    verdict = power.verdict or Verdict.UNAVAILABLE
    words = supply_words(power) + whose_hedges(power.hedges, answer) + apart_words(power.apart_from)
    turning = _turning(power, answer) if verdict is Verdict.UNDETERMINED else ""
    yield Piece((line((power.title, "title"), perhaps, ": ", (words, power_tone(power)), turning),))
    sources = {name: answer.authorities[name] for name in power.sources}
    match verdict:
        case Verdict.AVAILABLE:
            yield from _carried([sources[name] for name in power.carriers] or sources.values(), answer, shown)
        case Verdict.UNDETERMINED:
            yield from _perhaps_carried(sources.values(), answer, shown)
        case Verdict.CONTESTED:
            # The readings part on a source, or on what one supplies.
            contested: list[AuthorityAnswer | PowerAnswer] = [one for one in sources.values() if one.is_contested]
            disputed = [thing for thing in [*contested, power] if thing.crux]
            for count, thing in enumerate(disputed):
                yield from _dispute(thing, answer, shown, beside=len(disputed) > 1, further=bool(count))
        case Verdict.SILENT:
            reasons = [source.reason for source in sources.values() if source.verdict is Verdict.SILENT]
            silences = [words for words in (power.silence, *reasons) if words]
            yield from (Piece((line(words, indent=2),)) for words in silences[:1])
        case Verdict.UNAVAILABLE:
            failing = [f"{source.title}: {source.reason}" for source in sources.values() if source.reason]
            yield from (Piece((line((words, "quiet"), indent=2),), 4) for words in failing[:1])
    yield from (Piece((_left_out(left, answer),), 1) for left in power.left_out[:1])
    for name, met in power.through.items():
        yield from _through(answer.authorities[name], met, answer, shown)
    yield from _hedging(power, answer, shown)


def _through(means: AuthorityAnswer, met: Verdict, answer: Answer, shown: set[str]) -> Iterator[Piece]:
    """Return whether a means is met: with what that does not promise, or with what it is that bars it."""
    told = line(f"through {means.title}: ", through_words(means, met), indent=2)
    if met is Verdict.AVAILABLE:
        limits = [line((limit.text, "quiet"), indent=4) for limit in means.limits[:1]]
        yield Piece((told, *limits), 1 if limits else _WHOLE)
        return
    yield Piece((told,))
    if met is Verdict.UNAVAILABLE:
        yield Piece((line((means.reason, "quiet"), indent=4),), 1)
        failing = {part for cause in means.because for part in cause.parts}
        parts = [part for ground in means.tree.of(Kind.GROUND) for part in ground.parts if part.id in failing]
        cited = [passage for part in parts for passage in part.passages[:1]]
        yield from _quotes(cited, answer, shown, 1)


def _hedging(power: PowerAnswer, answer: Answer, shown: set[str]) -> Iterator[Piece]:
    """Return whose words the hedges of a power are, under the source or the means that each limits."""
    left = dict.fromkeys(passage for hedge in power.hedges for passage in hedge.passages if passage not in shown)
    bearing = [answer.authorities[name] for name in (*power.sources, *power.through)]
    for title, hedges in [*((one.title, one.hedges) for one in bearing), (power.title, power.hedges)]:
        under = [name for name in dict.fromkeys(name for hedge in hedges for name in hedge.passages) if name in left]
        if under:
            yield Piece((line((f"hedges of {title}:", "quiet"), indent=2),), _WHOLE)
        for name in under:
            del left[name]
            shown.add(name)
            yield Piece((line(*quoted(answer.passages[name]), indent=4),), _WHOLE)


def _carried(sources: Iterable[AuthorityAnswer], answer: Answer, shown: set[str]) -> Iterator[Piece]:
    able = [source for source in sources if Verdict.AVAILABLE in source.possible]
    yield Piece((_carriers(able, answer),))
    yield from _words(able, answer, shown)


def _perhaps_carried(sources: Iterable[AuthorityAnswer], answer: Answer, shown: set[str]) -> Iterator[Piece]:
    """Return what may supply a power once the facts are known; its words stand only where all does."""
    may_supply = {Verdict.AVAILABLE, Verdict.CONTESTED, Verdict.SILENT}
    able = [source for source in sources if may_supply & {*source.possible}]
    if able:
        yield Piece((line("; ".join(_alike(able)), indent=2),), 1 if len(able) > 1 else 3)
    yield from _words(able, answer, shown, _WHOLE)


def _alike(sources: Iterable[AuthorityAnswer]) -> Iterator[str]:
    """Return what each may be; neighbours that may be the same are named together, each for itself."""
    for words, some in itertools.groupby(sources, _may_be):
        titles = [one.title for one in some]
        yield f"{' and '.join(titles)}: {'each ' if len(titles) > 1 else ''}{words}"


def _may_be(authority: AuthorityAnswer) -> str:
    """Return what an authority may be where it is engaged, and what limits that: first that nothing raises it."""
    possible = authority.possible if authority.verdict is Verdict.UNDETERMINED else (authority.verdict,)
    raised = "not raised, " if authority.attention is Attention.QUIET else ""
    may_be = either(one for one in possible if one is not Verdict.NOT_ENGAGED)
    return f"{raised}{may_be}{inferred_words(authority)}{apart_words(authority.apart_from)}"


def _words(carriers: Sequence[AuthorityAnswer], answer: Answer, shown: set[str], rank: int = 0) -> Iterator[Piece]:
    """Return the words that carry a power: of the first authority with this rank, then all that their grounds cite."""
    for place, source in enumerate(carriers):
        said = {*carrying(source, answer, inferred=False, every=True)}
        pieces = [*_leading(source, answer, shown, rank + 3 if place else rank)]
        if not pieces and (chosen := chosen_words(source, answer)):
            inferred = {*chosen} - said
            pieces = [*_quotes(chosen[:1], answer, shown, rank + 3 if place else rank, inferred=inferred)]
        for every in (False, True):
            passages = [*carrying(source, answer, every=every)]
            if place or every or pieces:
                passages = [name for name in passages if name not in shown]
            later = _WHOLE if every else rank + 3 if place or pieces else rank
            pieces += _quotes(passages, answer, shown, later, inferred={*passages} - said)
        if pieces and len(carriers) > 1:
            yield Piece((line((f"{source.title}:", "quiet"), indent=2),), _WHOLE)
        yield from pieces


def _leading(source: AuthorityAnswer, answer: Answer, shown: set[str], rank: int) -> Iterator[Piece]:
    """Return the words of the reading that hedges what a source is, where nothing that is asked on it cites them."""
    cited = {*carrying(source, answer, every=True)}
    hedging = {name for hedge in source.hedges for name in hedge.passages}
    for left in source.left_out[:1]:
        for reading in answer.disputes[left.question].readings.values():
            said = [name for name in reading.passages if name in hedging - cited]
            if reading.admitted and said:
                inferred = said if reading.inferred else ()
                yield from _quotes(said[:1], answer, shown, rank, inferred=inferred)


def _carriers(carriers: Iterable[AuthorityAnswer], answer: Answer) -> Line:
    """Return who supplies the power, and on which reading that is left out it would be otherwise."""
    parts: list[str | Span] = []
    for authority in carriers:
        between = "; " if authority.verdict is Verdict.AVAILABLE else " or "
        parts += [between if parts else "", _title(authority)]
        for left in rivals(authority)[:1]:
            reading = answer.disputes[left.question].readings[left.reading]
            parts += [
                f" (disputed: {holders(reading, answer)}, ",
                (left_out_words(left), STYLE_OF[left.verdict]),
                ")",
            ]
    return line(*parts, indent=2)


def _title(authority: AuthorityAnswer) -> str:
    """Return the name of what carries, or may carry, a power, with what it leaves out and whether it is inferred."""
    return authority.title + aside_words(authority.apart_from) + inference_mark(authority)


def _left_out(left: LeftOut, answer: Answer) -> Line:
    """Return the reading that the lens leaves out and that would make another verdict of the power."""
    reading = answer.disputes[left.question].readings[left.reading]
    words = left_out_words(left)
    return line(f"{holders(reading, answer)} (left out): {reading.text} → ", (words, STYLE_OF[left.verdict]), indent=2)


def _dispute(
    thing: AuthorityAnswer | PowerAnswer, answer: Answer, shown: set[str], *, beside: bool, further: bool
) -> Iterator[Piece]:
    """Return what a contested authority or power turns on, who holds what of it, and the words of two sides.

    Of one that is `beside` another the shortest words come first; a `further` one is told in short.
    """
    for question in thing.crux[:1]:
        readings = answer.disputes[question].readings
        admitted = tuple(dict.fromkeys(under.readings[question] for under in thing.readings))
        parts: list[str | Span] = []
        for name in admitted:
            whose = f"{holders(readings[name], answer)}: "
            parts += [" · " if parts else "", whose, verdict_on(thing, question, name, answer)]
        title = f"{_title(thing)}: " if isinstance(thing, AuthorityAnswer) else ""
        text = answer.disputes[question].text
        if further:
            yield Piece((line(title, *parts, indent=2),), 1, dispute=True)
            yield Piece((line(text, indent=4),), 1)
        else:
            yield Piece((line(f"{title}{text}", indent=2), line(*parts, indent=2)))
        quoted_on = {
            name: [one for one in passages_on(thing, question, name, answer) if answer.passages[one].quote]
            for name in admitted
        }
        first = _first_on(quoted_on, answer, shortest=beside)
        for name, passages in quoted_on.items():
            inferred = passages if readings[name].inferred else ()
            # The first words of a reading are those that state it; those of a second question stand under it alone.
            rank = _WHOLE if further else 0 if name == first else 2
            yield from _quotes(passages[:1], answer, shown, rank, inferred=inferred)
            behind = [one for one in passages[1:] if one not in shown]
            yield from _quotes(behind, answer, shown, _WHOLE, inferred=inferred)


def _first_on(quoted_on: Mapping[str, Sequence[str]], answer: Answer, *, shortest: bool) -> str:
    """Return the reading whose words must stand: the first, or the one with the shortest first words."""
    names = [name for name, passages in quoted_on.items() if passages] or [*quoted_on]
    if not shortest:
        return names[0]
    first = {name: passages[0] for name, passages in quoted_on.items() if passages}
    return min(first, key=lambda name: _rows(line(*quoted(answer.passages[first[name]]), indent=4)), default=names[0])


def _turning(power: PowerAnswer, answer: Answer) -> str:
    """Return the question on which an undetermined power turns first; nothing where the screen asks it below."""
    names = {*power.sources, *power.through}
    asked = [fact for fact in answer.asked if fact.open and names & set(fact.authorities)]
    return f"; turns on: {asked[0].question}" if asked and asked[0] not in answer.asked[:1] else ""


def _quotes(
    passages: Iterable[str], answer: Answer, shown: set[str], rank: int = 0, *, inferred: Collection[str] = ()
) -> Iterator[Piece]:
    """Return the shortest words that carry it, of this rank, and the others after them; never a part of any.

    The words are their speaker's, whatever is `inferred` from them.
    """
    quotes = {name: line(*quoted(answer.passages[name]), indent=4) for name in passages}
    # What is said outright comes before what is only inferred from, where it takes no more than a row more.
    ranks = {name: (_rows(quotes[name]) + (name in inferred), name in inferred) for name in quotes}
    said = sorted((name for name in quotes if answer.passages[name].quote), key=ranks.__getitem__)
    # Words that have been given already are given again where there are no others.
    fresh = [name for name in said if name not in shown] or said[:1] or list(quotes)[:1]
    for count, name in enumerate(fresh):
        shown.add(name)
        yield Piece((quotes[name],), rank + 3 if count else rank)


# --- what else stands on the screen


def _misleading(answer: Answer) -> Iterator[Piece]:
    """Return what seems to reach further than it does: its effects, and the power that it does not supply."""
    for authority in answer.authorities.values():
        beyond = [
            note
            for note in authority.does_not_supply
            if note.power in answer.powers and answer.powers[note.power].needed is not Need.NOT_NEEDED
        ]
        if authority.in_effect and beyond:
            yield Piece(
                (
                    line(
                        f"{authority.title}: ",
                        (standing_words(authority) + apart_words(authority.apart_from), "undetermined"),
                    ),
                )
            )
            for note in beyond[:1]:
                quotes = sorted(
                    (line(*quoted(answer.passages[name]), indent=4) for name in note.passages),
                    key=_rows,
                )
                yield from (Piece((quote,), _WHOLE if place else 2) for place, quote in enumerate(quotes))


def _time(answer: Answer) -> Iterator[Piece]:
    """Return where the clocks stand, those first that somebody counts by; and what is overdue."""
    yield from (Piece((clock,), 1 if count else 0) for count, clock in enumerate(clocks_in_short(answer)))
    for duty in answer.duties:
        if duty.state is DutyState.OVERDUE:
            due = f" (due {duty.due})" if duty.due else ""
            inferred = " (an inference of this pack)" if duty.inferred else ""
            yield Piece((line(("Overdue: ", "unavailable"), f"{duty.text}{due}{inferred}"),), 2)


def _courses(answer: Answer) -> Iterator[Piece]:
    for name, option in answer.options.items():
        relies = (
            listed([hedged(answer.authorities[id].title, option.hedges.get(id, ())) for id in option.relies_on])
            or "nothing available"
        )
        unsettled, gaps = (
            f"; {label}: {', '.join(answer.powers[power].title for power in powers)}" if powers else ""
            for label, powers in (("unsettled", option.unsettled), ("gaps", option.gaps))
        )
        yield Piece((line((f"Course {name}: ", "strong"), f"relies on {relies}{unsettled}{gaps}"),))


def _asked(facts: Sequence[Asked], command: str) -> Iterator[Piece]:
    """Return the two facts that matter most, each with what shows what it turns."""
    for count, fact in enumerate(facts[:2]):
        words = ("Ask next: " if fact.open else "It rests on: ") if not count else "Then: " if fact.open else "And on: "
        # What the first command is for; that of the second is the same.
        why = "" if fact.open or count else " What is left if that is not known:"
        tried = line((f"{command} --set {fact.setting}".lstrip(), "quiet"), indent=2)
        yield Piece((line((words, "strong"), fact.question, why), tried), 1 if count else 0)


def _further(answer: Answer, *, whole: bool) -> Piece:
    beyond = "" if whole else beyond_in_short(answer)
    more = "All of it: --full." if whole else "More: -v, --full." if beyond else "Every passage: -v. All of it: --full."
    return Piece((line((" ".join(filter(None, ("For teaching, not legal advice.", beyond, more))), "quiet")),))
