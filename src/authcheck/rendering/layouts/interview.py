"""An interview as text: the question, what may be answered, why it is asked, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from authcheck.answer.building import cited_passage
from authcheck.answer.hedges import hedges_of
from authcheck.answer.unmodelled import apart_from, unmodelled_of
from authcheck.asking.interview import AskedFact, Bearing, BearingKind, Interview, Progress, bearings, progress
from authcheck.model.fact import FactType
from authcheck.model.pack import Pack
from authcheck.model.verdict import Verdict
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.words import STYLE_OF, apart, aside_words, hedged, possible_words, quoted, verdict_tone
from authcheck.wording import spoken

__all__ = [
    "bearing_lines",
    "beyond_lines",
    "end_lines",
    "file_heading",
    "interrupted_lines",
    "kept_lines",
    "meaning_lines",
    "names_lines",
    "nothing_lines",
    "question_lines",
    "running_line",
    "welcome_lines",
    "why_lines",
]


def welcome_lines() -> Iterator[Line]:
    """Return what may be typed."""
    yield line(
        "Each question is about one fact that can still change the answer. Answer with a number, a name, yes or no."
    )
    yield line(
        (
            "Or type `don't know`, `skip`, `back`, `why`, `?` for what is meant, `quit` to end with what there is.",
            "quiet",
        )
    )


def question_lines(interview: Interview, *, in_full: bool = True, numbered: bool = False) -> Iterator[Line]:
    """Return the question with its number and how it is answered; in full, a choice with what its values mean.

    Where it is `numbered`, yes and no are a choice, and it is said that a question follows.
    """
    asking = _asked(interview)
    if in_full:
        yield Line()
    head = f"Question {len(interview.steps) + 1}. " if numbered else f"{len(interview.steps) + 1}. "
    yield line((f"{head}{asking.fact.question}", "title"), (f" ({_form(asking, numbered=numbered)})", "quiet"), hang=3)
    if in_full and numbered and asking.fact.type is FactType.YES_NO:
        yield from (line(f"{number} ", (word, "title"), indent=3) for number, word in ((1, "yes"), (2, "no")))
    if in_full and asking.fact.type is FactType.CHOICE:
        for number, value in enumerate(map(str, asking.values), start=1):
            yield line(f"{number} ", (value, "title"), f": {asking.fact.values[value]}", indent=3)


def _asked(interview: Interview) -> AskedFact:
    assert interview.asking is not None  # Invariant: only a question is shown.
    return interview.asking


def _form(asking: AskedFact, *, numbered: bool) -> str:
    if asking.fact.type is FactType.YES_NO:
        return "1 or 2" if numbered else "yes or no"
    if asking.fact.type is FactType.NUMBER:
        return f"a number of {asking.fact.unit}" if asking.fact.unit else "a number"
    return f"1 to {len(asking.values)}"


def meaning_lines(interview: Interview) -> Iterator[Line]:
    """Return what the question means, what may be typed, and what becomes of a fact that is skipped."""
    asking = _asked(interview)
    yield line(asking.fact.meaning, indent=3)
    if asking.fact.judgement:
        yield line("It is a judgement: the answer will say that it is yours.", indent=3)
    several = {
        FactType.NUMBER: "a number, a range such as 5-12, `at least 61`, or several of these: 5, 10-12",
        FactType.CHOICE: "a number or a name; 1,3 where it is one of the two",
    }.get(asking.fact.type, "yes or no")
    yield line(f"Answer: {several}. `don't know` leaves it open.", indent=3)
    left = (
        "stays open, as with `don't know`" if asking.if_skipped == "unknown" else f"is taken to be {asking.if_skipped}"
    )
    yield line(f"`skip` leaves `{asking.fact.fact}` out of the scenario: it then {left}.", indent=3)


def why_lines(interview: Interview) -> Iterator[Line]:
    """Return the way from the question to each element on which it bears, with the words behind it."""
    pack = interview.decision.law.pack
    found = bearings(interview)
    for bearing in found:
        if bearing.kind is BearingKind.NEED:
            title = pack.powers[bearing.power].title
            yield line("decides whether this power is needed: ", (title, "title"), f": {bearing.text}", indent=3)
            yield from _words(bearing, pack, 6)
    yield from _engaged([bearing for bearing in found if bearing.kind is BearingKind.ENGAGEMENT], pack)
    last = ""
    for bearing in found:
        if bearing.kind in _PARTS:
            if bearing.authority != last:
                yield from _authority(bearing, interview)
            last = bearing.authority
            yield from _part(bearing, pack)


def _engaged(bearings: Sequence[Bearing], pack: Pack) -> Iterator[Line]:
    for through in dict.fromkeys(bearing.through for bearing in bearings):
        titles = "; ".join(
            pack.authorities[bearing.authority].title for bearing in bearings if bearing.through == through
        )
        by = f", by what it implies for `{through}`" if through else ""
        yield line(f"decides whether these are engaged{by}: ", (titles, "title"), indent=3)


def _authority(bearing: Bearing, interview: Interview) -> Iterator[Line]:
    pack = interview.decision.law.pack
    authority = pack.authorities[bearing.authority]
    case = interview.decision.case(bearing.authority)
    powers = [
        pack.powers[name].title for name in (*(supply.power for supply in authority.supplies), *authority.means_for)
    ]
    left_out = apart(unmodelled_of(interview.decision.inquiry.scenario, pack), bearing.authority)
    yield line(
        (authority.title, "title"),
        f", for: {'; '.join(powers)} (",
        (possible_words(case.verdict, case.possible, hedges_of(case)) + left_out, STYLE_OF[case.verdict]),
        ")",
        indent=3,
    )


_PARTS: Mapping[BearingKind, str] = {
    BearingKind.ELEMENT: "element: ",
    BearingKind.EXCEPTION: "exception: ",
    BearingKind.DISPLACEMENT: "falls away if: ",
}


def _part(bearing: Bearing, pack: Pack) -> Iterator[Line]:
    ground = f"{bearing.ground} · " if bearing.ground else ""
    through = f" (through `{bearing.through}`)" if bearing.through else ""
    yield line(ground, _PARTS[bearing.kind], bearing.text, through, indent=6)
    if bearing.question:
        question = pack.questions[bearing.question]
        holders = dict.fromkeys(
            pack.holders[name].name for reading in bearing.readings for name in question.readings[reading].holders
        )
        yield line(f"contested: {question.text} This fact counts on the reading of {' and '.join(holders)}.", indent=9)
    yield from _words(bearing, pack, 9)


def _words(bearing: Bearing, pack: Pack, indent: int) -> Iterator[Line]:
    if bearing.passage:
        yield line(*quoted(cited_passage(pack, bearing.passage)), indent=indent)


def running_line(interview: Interview) -> Line:
    """Return the last answer, how much is settled, what it has settled, how much it has narrowed, and what is left."""
    found = progress(interview)
    return line(*_last(interview), *_settled(found, interview), *_narrowed(found), indent=3)


def _last(interview: Interview) -> Iterator[Span]:
    if interview.steps:
        step = interview.steps[-1]
        yield f"{step.fact}: {'skipped' if step.stated is None else step.stated.said} · ", "quiet"


def _settled(progress: Progress, interview: Interview) -> Iterator[Span]:
    pack = interview.decision.law.pack
    unmodelled = unmodelled_of(interview.decision.inquiry.scenario, pack)
    yield f"settled: {progress.settled} of {progress.total} verdicts", "quiet"
    by_verdict: dict[Span, list[str]] = {}
    for name, verdict in progress.newly.items():
        authority = pack.authorities[name]
        words = authority.in_effect if verdict is Verdict.AVAILABLE and authority.in_effect else spoken(verdict.value)
        words = hedged(words, hedges_of(interview.decision.case(name)))
        by_verdict.setdefault((words, verdict_tone(verdict, authority.in_effect)), []).append(
            authority.title + aside_words(apart_from(unmodelled, name))
        )
    for verdict_words, titles in by_verdict.items():
        yield " · now ", "quiet"
        yield verdict_words
        yield f": {'; '.join(titles)}", "quiet"


def _narrowed(progress: Progress) -> Iterator[Span]:
    if progress.closer:
        yield f" · narrowed: {len(progress.closer)}", "quiet"
    if progress.left:
        yield f" · at most {progress.left} {'question' if progress.left == 1 else 'questions'} left", "quiet"


def beyond_lines() -> Iterator[Line]:
    """Return the last question: what the story holds that no fact says."""
    yield Line()
    yield line(("What does the story hold that nothing asked for? ", "title"), ("(a few words, or `none`)", "quiet"))
    yield line(
        ("Say it so that it goes on from `apart from`: the answer will not take it into account, and says so.", "quiet")
    )


def bearing_lines() -> Iterator[Line]:
    """Return the question on what that bears."""
    hint = "(names, with commas between; `?` lists them)"
    yield line(("On which authorities or powers does it bear? ", "title"), (hint, "quiet"), indent=3)


def names_lines(pack: Pack) -> Iterator[Line]:
    """Return the names of all authorities and powers."""
    for named in (pack.authorities, pack.powers):
        for name, thing in named.items():
            yield line((name, "title"), f"  {thing.title}", indent=6)


def end_lines(interview: Interview) -> Iterator[Line]:
    """Return that the interview is over, and what it has come to."""
    found = progress(interview)
    yield Line()
    if interview.asking is not None:
        yield line(f"Ended early: {found.settled} of {found.total} verdicts are settled.")
    elif found.settled == found.total:
        yield line(f"No other fact can matter: all {found.total} verdicts are settled.")
    else:
        yield line(
            f"Nothing is left to ask: {found.settled} of {found.total} verdicts are settled. "
            "The others turn on what is not known."
        )
    yield Line()


def nothing_lines() -> Iterator[Line]:
    """Return that there is nothing to answer."""
    yield line("Nothing has been answered, so there is no scenario.")


def interrupted_lines(file: str) -> Iterator[Line]:
    """Return where what has been answered is kept: in the file, or in what follows."""
    yield line(f"Interrupted. What has been answered is {f'in {file}.' if file else 'this:'}")


def kept_lines(file: str, command: str) -> Iterator[Line]:
    """Return where the scenario is, and how to have its answer again."""
    yield Line()
    yield line(f"The scenario is in {file}. The same answer again: {command}")


def file_heading(file: str) -> Iterator[Line]:
    """Return the lines above the text of the scenario file."""
    yield Line()
    yield line(("The scenario file", "heading"), f" (save it as {file})")
    yield Line()
