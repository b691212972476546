"""A comparison as text: what differs, from what causes it to the verdict; the rest on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from authcheck.answer.answer import DutyState, Kind, Outcome
from authcheck.answer.unmodelled import apart_from
from authcheck.asking.contrast.causes import Cause, CauseKind
from authcheck.asking.contrast.comparison import (
    AuthorityComparison,
    CautionComparison,
    Compared,
    Comparison,
    DutyComparison,
    FindingComparison,
    FindingOnSide,
    PowerComparison,
    PowerStanding,
    ReasonedStanding,
)
from authcheck.model.scenario import Unstated
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.claimed import claim_words
from authcheck.rendering.layouts.receipt import activity_words, receipt_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import (
    DUTY_WORDS,
    STYLE_OF,
    apart,
    aside_words,
    hedged,
    holding_words,
    lens_words,
    met_words,
    power_tone,
    quoted,
    standing_words,
    supply_words,
    truth_words,
    value_words,
    verdict_tone,
)

__all__ = ["comparison_layout"]

_BLANK = Line()


def comparison_layout(found: Comparison, *, everything: bool) -> Iterator[Line]:
    """Return what differs, sections without content left out; with `everything`, what is the same as well."""
    yield from _head(found)
    differing = [
        _verdicts(found),
        _reasons(found),
        _powers(found, differ=True),
        _claimed(found),
        _duties(found, differ=True),
        _cautions(found, differ=True),
    ]
    sections = [lines for lines in map(list, differing) if lines]
    if not sections:
        sections.append([line(("No difference: every verdict is the same, for the same reason.", "heading"))])
    elif not any(one.differs for one in found.authorities):
        sections.insert(0, [line(("No verdict differs.", "heading"))])
    sections.append(list(_uncounted(found)))
    sections.append(list(_idle(found)))
    sections.extend(map(list, _same(found) if everything else [_folded(found)]))
    sections.append(list(_receipt(found)))
    for lines in sections:
        if lines:
            yield _BLANK
            yield from lines


def _receipt(found: Comparison) -> Iterator[Line]:
    first, second = found.first, found.second
    scenarios = {
        f"first {first.scenario}": first.receipt.scenario_digest,
        f"second {second.scenario}": second.receipt.scenario_digest,
    }
    return receipt_lines(found.disclaimer, first.receipt, scenarios)


def _head(found: Comparison) -> Iterator[Line]:
    first, second = found.first, found.second
    alike = (first.scenario, first.title) == (second.scenario, second.title)
    yield line((first.title if alike else f"{first.title}; {second.title}", "name"))
    yield line("first: ", (first.title, "title"), (_settings(first), "quiet"))
    settings = "" if alike and _settings(first) == _settings(second) else _settings(second)
    yield line("second: ", ("the same scenario" if alike else second.title, "title"), (settings, "quiet"))
    yield from _unmodelled(found)


def _unmodelled(found: Comparison) -> Iterator[Line]:
    """Return what the stories hold that no fact says, once where it is the same on both sides."""
    first, second = found.first.unmodelled, found.second.unmodelled
    both = first == second
    for side, parts in (("first", first), ("second", () if both else second)):
        if parts:
            yield _BLANK
            yield from unmodelled_lines(parts, "" if both else f", on the {side} side")


def _settings(one: Compared) -> str:
    option = (f" · option {one.option}" if one.option else "") + activity_words(one.receipt)
    unstated = one.receipt.unstated
    words = f" · unstated {unstated.value}" if unstated is not Unstated.DEFAULT else ""
    return f" · as of {one.receipt.as_of} · {lens_words(one.receipt)}{words}{option}"


def _verdicts(found: Comparison) -> Iterator[Line]:
    """Return the verdicts that differ, those with the same causes together."""
    groups: dict[tuple[Cause, ...], list[AuthorityComparison]] = {}
    for one in found.authorities:
        if one.differs:
            groups.setdefault(one.causes, []).append(one)
    order = sorted(groups, key=lambda causes: (len(causes), [found.changes.index(one) for one in causes]))
    for number, causes in enumerate(order):
        if number:
            yield _BLANK
        for count, cause in enumerate(causes):
            yield line("and " if count else "", (_change(cause), "heading"))
        for authority in groups[causes]:
            yield from _difference(authority, causes, found)


def _change(one: Cause) -> str:
    asked = {CauseKind.DATE: "the date:", CauseKind.UNSTATED: "what is not stated:"}.get(one.kind, one.text)
    if one.kind is CauseKind.FACT:
        return f"{asked} {value_words(one.first)} → {value_words(one.second)}"
    return f"{asked} {one.first} → {one.second}"


def _difference(one: AuthorityComparison, causes: Sequence[Cause], found: Comparison) -> Iterator[Line]:
    """Return one chain: the findings that came out differently, the verdict, and its reasons."""
    told = {cause.id for cause in causes if cause.kind is CauseKind.FACT}
    yield line((one.title, "title"), indent=2)
    for finding in one.findings:
        yield line(f"{_label(finding)}: ", *_outcomes(finding), indent=4)
        for name in finding.facts:
            if name not in told:
                fact = found.facts[name]
                changed = f"{value_words(fact.first)} → {value_words(fact.second)}"
                yield line(f"fact: {fact.question} {changed}", indent=6)
        for passage in _carrier(finding, found):
            yield line(*quoted(found.passages[passage]), indent=6)
    yield line("so ", *_verdicts_of(one, found), indent=4)
    yield from _why(one, 6)


def _carrier(finding: FindingComparison, found: Comparison) -> Iterable[str]:
    """Return the first passage behind a finding whose words are at hand, or else the first; of a date, all."""
    if finding.kind is Kind.IN_FORCE:
        return finding.passages
    spoken = [one for one in finding.passages if found.passages[one].quote]
    return (spoken or list(finding.passages))[:1]


def _why(one: AuthorityComparison, indent: int) -> Iterator[Line]:
    for name, standing in (("first", one.first), ("second", one.second)):
        if standing.reason:
            yield line((f"{name}: {standing.reason}", "quiet"), indent=indent)


def _label(finding: FindingComparison) -> str:
    words = finding.text.rstrip(".")
    match finding.kind:
        case Kind.GOVERNS:
            return "engaged"
        case Kind.DISPLACEMENT:
            return f"would fall away: {words}"
        case Kind.EXCEPTION | Kind.GROUND:
            return f"{finding.kind.value}: {words}"
        case _:
            return words


def _outcomes(finding: FindingComparison) -> Iterator[Span]:
    yield from _outcome(finding.kind, finding.first)
    yield " → ", ""
    yield from _outcome(finding.kind, finding.second)


def _outcome(kind: Kind, held: FindingOnSide | None) -> Iterator[Span]:
    if held is None:
        yield "left out by the readings", "quiet"
    elif kind not in {Kind.ELEMENT, Kind.GROUND}:
        yield holding_words(held.outcome), ""
    elif held.by_reading:
        parted = "; ".join(f"{met_words(one.truths)} on {', '.join(one.readings.values())}" for one in held.by_reading)
        yield (
            held.outcome.words,
            STYLE_OF[Verdict.CONTESTED if held.outcome is Outcome.CONTESTED else Verdict.UNDETERMINED],
        )
        yield f" ({parted})", ""
    else:
        yield truth_words(held.outcome, held.truths)


def _verdict(one: ReasonedStanding, authority: str, side: Compared) -> Span:
    return standing_words(one) + apart(side.unmodelled, authority), verdict_tone(one.verdict, one.in_effect)


def _verdicts_of(one: AuthorityComparison, found: Comparison) -> Iterator[Span]:
    """Return the verdicts on an authority on both sides, or once where they are told in the same words."""
    first = _verdict(one.first, one.authority, found.first)
    second = _verdict(one.second, one.authority, found.second)
    yield first
    if one.differs or first != second:
        yield " → ", ""
        yield second


def _reasons(found: Comparison) -> Iterator[Line]:
    """Return what has the same verdict for another reason."""
    others = [one for one in found.authorities if not one.differs and one.first.reason != one.second.reason]
    if others:
        yield line(("The same verdict, for another reason", "heading"))
    for one in others:
        yield line(f"{one.title}: ", *_verdicts_of(one, found), indent=2)
        yield from _why(one, 4)


def _heading(words: str, *, differ: bool) -> Line:
    return line((words if differ else f"The same on both sides: {words[0].lower()}{words[1:]}", "heading"))


def _claimed(found: Comparison) -> Iterator[Line]:
    """Return what was claimed, beside what is found, where the sides differ in it."""
    titles = {one.authority: one.title for one in found.authorities}
    sides = [{claim.authority: claim_words(claim) for claim in side.claimed} for side in (found.first, found.second)]
    differing = [name for name in titles if sides[0].get(name) != sides[1].get(name)]
    if differing:
        yield line(("What was claimed, beside what is found", "heading"))
    for name in differing:
        words = (side.get(name, "not claimed") for side in sides)
        yield line(f"{titles[name]}: {' → '.join(words)}", indent=2)


def _powers(found: Comparison, *, differ: bool) -> Iterator[Line]:
    lines = [
        line(f"{one.title}: ", *_powers_of(one, found, differ=differ), indent=2)
        for one in found.powers
        if one.differs is differ and {one.first.needed, one.second.needed} != {Need.NOT_NEEDED}
    ]
    if differ:
        lines.extend(_relied_on(found))
    if lines:
        yield _heading("What it would rely on", differ=differ)
        yield from lines


def _powers_of(one: PowerComparison, found: Comparison, *, differ: bool) -> Iterator[Span]:
    first = list(_power(one.first, apart(found.first.unmodelled, one.power)))
    second = list(_power(one.second, apart(found.second.unmodelled, one.power)))
    yield from first
    if differ or first != second:
        yield " → ", ""
        yield from second


def _power(one: PowerStanding, left_out: str) -> Iterator[Span]:
    if one.needed is Need.NOT_NEEDED:
        yield "not needed", "quiet"
        return
    words = supply_words(one)
    yield words + left_out, power_tone(one)
    if one.needed is Need.PERHAPS:
        yield " (perhaps needed)", ""


def _relied_on(found: Comparison) -> Iterator[Line]:
    first = {one.authority: hedged(one.title, one.first.hedges) for one in found.authorities}
    second = {one.authority: hedged(one.title, one.second.hedges) for one in found.authorities}
    for side, of, titles, mine, theirs in (
        ("first", found.first, first, found.first_relies_on, found.second_relies_on),
        ("second", found.second, second, found.second_relies_on, found.first_relies_on),
    ):
        alone = [titles[one] + aside_words(apart_from(of.unmodelled, one)) for one in mine if one not in theirs]
        if alone:
            yield line(f"the {side} alone relies on: ", "; ".join(alone), indent=2)


def _duties(found: Comparison, *, differ: bool) -> Iterator[Line]:
    duties = [one for one in found.duties if one.differs is differ]
    if duties:
        yield _heading("Duties and clocks", differ=differ)
    for one in duties:
        yield line(f"{one.text} ({one.by}): {_states(one)}", indent=2)


def _states(one: DutyComparison) -> str:
    def state(held: DutyState | None, due: object) -> str:
        return "not raised" if held is None else DUTY_WORDS[held] + (f" (due {due})" if due else "")

    sides = [state(one.first, one.first_due), state(one.second, one.second_due)]
    return " → ".join(sides if one.differs else sides[:1])


def _cautions(found: Comparison, *, differ: bool) -> Iterator[Line]:
    cautions = [one for one in found.cautions if one.differs is differ]
    if cautions:
        yield _heading("Cautions, which change no verdict", differ=differ)
    for one in cautions:
        yield line(f"{one.text} {_raised(one)}", indent=2)


def _raised(one: CautionComparison) -> str:
    words = {True: "holds", False: "perhaps", None: "does not hold"}
    return f"({words[one.first]} → {words[one.second]})" if one.differs else f"({words[one.first]})"


def _uncounted(found: Comparison) -> Iterator[Line]:
    """Return the numbers that would follow from the dates, were it stated from when they are counted."""
    for one in found.uncounted:
        taken = f"{one.first} on both dates" if one.first == one.second else f"{one.first}, then {one.second}"
        how = f"state {one.from_date} in its place" if one.stated else f"add `--set {one.from_date}=YYYY-MM-DD`"
        yield line(
            f"Not counted: {one.fact} is {taken}, since {one.from_date} is not known. To have it counted, {how}."
        )


def _idle(found: Comparison) -> Iterator[Line]:
    """Return what differs between the sides and makes no verdict differ."""
    busy = {cause for one in found.authorities for cause in one.causes}
    idle = [_change(one) for one in found.changes if one not in busy]
    if idle:
        yield line(("Differs too, and changes no verdict: ", "quiet"), ("; ".join(idle), "quiet"))


def _folded(found: Comparison) -> Iterator[Line]:
    count = len(_unchanged(found))
    if count:
        named = "one authority" if count == 1 else f"{count} authorities"
        yield line((f"The same on both sides: {named} (`--all` lists what is the same)", "quiet"))


def _unchanged(found: Comparison) -> list[AuthorityComparison]:
    return [one for one in found.authorities if not one.differs and one.first.reason == one.second.reason]


def _same(found: Comparison) -> Iterator[Iterator[Line]]:
    """Return what is the same on both sides, in sections."""
    yield _same_verdicts(found)
    yield _powers(found, differ=False)
    yield _duties(found, differ=False)
    yield _cautions(found, differ=False)


def _same_verdicts(found: Comparison) -> Iterator[Line]:
    yield _heading("Verdicts", differ=False)
    for one in _unchanged(found):
        why = f" ({one.first.reason.rstrip('.')})"
        yield line(f"{one.title}: ", *_verdicts_of(one, found), (why, "quiet"), indent=2)
