"""A comparison as text: what differs, from what causes it to the verdict; the rest on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from authcheck.answer.answer import Kind, Outcome
from authcheck.answer.standing import PowerSupply
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
    ReasonedStanding,
)
from authcheck.model.scenario import Unstated
from authcheck.model.verdict import DutyState, Need, Verdict
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


def comparison_layout(comparison: Comparison, *, everything: bool) -> Iterator[Line]:
    """Return what differs, sections without content left out; with `everything`, what is the same as well."""
    yield from _head(comparison)
    differing = [
        _verdicts(comparison),
        _reasons(comparison),
        _powers(comparison, differ=True),
        _claimed(comparison),
        _duties(comparison, differ=True),
        _cautions(comparison, differ=True),
    ]
    sections = [lines for lines in map(list, differing) if lines]
    if not sections:
        sections.append([line(("No difference: every verdict is the same, for the same reason.", "heading"))])
    elif not any(authority.differs for authority in comparison.authorities):
        sections.insert(0, [line(("No verdict differs.", "heading"))])
    sections.append(list(_uncounted(comparison)))
    sections.append(list(_idle(comparison)))
    sections.extend(map(list, _same(comparison) if everything else [_folded(comparison)]))
    sections.append(list(_receipt(comparison)))
    for lines in sections:
        if lines:
            yield _BLANK
            yield from lines


def _receipt(comparison: Comparison) -> Iterator[Line]:
    first, second = comparison.first, comparison.second
    scenarios = {
        f"first {first.scenario}": first.receipt.scenario_digest,
        f"second {second.scenario}": second.receipt.scenario_digest,
    }
    return receipt_lines(comparison.disclaimer, first.receipt, scenarios)


def _head(comparison: Comparison) -> Iterator[Line]:
    first, second = comparison.first, comparison.second
    alike = (first.scenario, first.title) == (second.scenario, second.title)
    yield line((first.title if alike else f"{first.title}; {second.title}", "name"))
    yield line("first: ", (first.title, "title"), (_settings(first), "quiet"))
    settings = "" if alike and _settings(first) == _settings(second) else _settings(second)
    yield line("second: ", ("the same scenario" if alike else second.title, "title"), (settings, "quiet"))
    yield from _unmodelled(comparison)


def _unmodelled(comparison: Comparison) -> Iterator[Line]:
    """Return what the stories hold that no fact says, once where it is the same on both sides."""
    first, second = comparison.first.unmodelled, comparison.second.unmodelled
    both = first == second
    for side, parts in (("first", first), ("second", () if both else second)):
        if parts:
            yield _BLANK
            yield from unmodelled_lines(parts, "" if both else f", on the {side} side")


def _settings(side: Compared) -> str:
    option = (f" · option {side.option}" if side.option else "") + activity_words(side.receipt)
    unstated = side.receipt.unstated
    words = f" · unstated {unstated.value}" if unstated is not Unstated.DEFAULT else ""
    return f" · as of {side.receipt.as_of} · {lens_words(side.receipt)}{words}{option}"


def _verdicts(comparison: Comparison) -> Iterator[Line]:
    """Return the verdicts that differ, those with the same causes together."""
    groups: dict[tuple[Cause, ...], list[AuthorityComparison]] = {}
    for authority in comparison.authorities:
        if authority.differs:
            groups.setdefault(authority.causes, []).append(authority)
    order = sorted(groups, key=lambda causes: (len(causes), [comparison.changes.index(cause) for cause in causes]))
    for number, causes in enumerate(order):
        if number:
            yield _BLANK
        for count, cause in enumerate(causes):
            yield line("and " if count else "", (_change(cause), "heading"))
        for authority in groups[causes]:
            yield from _difference(authority, causes, comparison)


def _change(cause: Cause) -> str:
    asked = {CauseKind.DATE: "the date:", CauseKind.UNSTATED: "what is not stated:"}.get(cause.kind, cause.text)
    if cause.kind is CauseKind.FACT:
        return f"{asked} {value_words(cause.first)} → {value_words(cause.second)}"
    return f"{asked} {cause.first} → {cause.second}"


def _difference(authority: AuthorityComparison, causes: Sequence[Cause], comparison: Comparison) -> Iterator[Line]:
    """Return one chain: the findings that came out differently, the verdict, and its reasons."""
    told = {cause.id for cause in causes if cause.kind is CauseKind.FACT}
    yield line((authority.title, "title"), indent=2)
    for finding in authority.findings:
        yield line(f"{_label(finding)}: ", *_outcomes(finding), indent=4)
        for name in finding.facts:
            if name not in told:
                fact = comparison.facts[name]
                changed = f"{value_words(fact.first)} → {value_words(fact.second)}"
                yield line(f"fact: {fact.question} {changed}", indent=6)
        for passage in _carrier(finding, comparison):
            yield line(*quoted(comparison.passages[passage]), indent=6)
    yield line("so ", *_verdicts_of(authority, comparison), indent=4)
    yield from _why(authority, 6)


def _carrier(finding: FindingComparison, comparison: Comparison) -> Iterable[str]:
    """Return the first passage behind a finding whose words are at hand, or else the first; of a date, all."""
    if finding.kind is Kind.IN_FORCE:
        return finding.passages
    spoken = [passage for passage in finding.passages if comparison.passages[passage].quote]
    return (spoken or list(finding.passages))[:1]


def _why(authority: AuthorityComparison, indent: int) -> Iterator[Line]:
    for name, standing in (("first", authority.first), ("second", authority.second)):
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
        parted = "; ".join(
            f"{met_words(under.truths)} on {', '.join(under.readings.values())}" for under in held.by_reading
        )
        yield (
            held.outcome.words,
            STYLE_OF[Verdict.CONTESTED if held.outcome is Outcome.CONTESTED else Verdict.UNDETERMINED],
        )
        yield f" ({parted})", ""
    else:
        yield truth_words(held.outcome, held.truths)


def _verdict(standing: ReasonedStanding, authority: str, side: Compared) -> Span:
    return standing_words(standing) + apart(side.unmodelled, authority), verdict_tone(
        standing.verdict, standing.in_effect
    )


def _verdicts_of(authority: AuthorityComparison, comparison: Comparison) -> Iterator[Span]:
    """Return the verdicts on an authority on both sides, or once where they are told in the same words."""
    first = _verdict(authority.first, authority.authority, comparison.first)
    second = _verdict(authority.second, authority.authority, comparison.second)
    yield first
    if authority.differs or first != second:
        yield " → ", ""
        yield second


def _reasons(comparison: Comparison) -> Iterator[Line]:
    """Return what has the same verdict for another reason."""
    others = [
        authority
        for authority in comparison.authorities
        if not authority.differs and authority.first.reason != authority.second.reason
    ]
    if others:
        yield line(("The same verdict, for another reason", "heading"))
    for authority in others:
        yield line(f"{authority.title}: ", *_verdicts_of(authority, comparison), indent=2)
        yield from _why(authority, 4)


def _heading(words: str, *, differ: bool) -> Line:
    return line((words if differ else f"The same on both sides: {words[0].lower()}{words[1:]}", "heading"))


def _claimed(comparison: Comparison) -> Iterator[Line]:
    """Return what was claimed, beside what is found, where the sides differ in it."""
    titles = {authority.authority: authority.title for authority in comparison.authorities}
    sides = [
        {claim.authority: claim_words(claim) for claim in side.claimed}
        for side in (comparison.first, comparison.second)
    ]
    differing = [name for name in titles if sides[0].get(name) != sides[1].get(name)]
    if differing:
        yield line(("What was claimed, beside what is found", "heading"))
    for name in differing:
        words = (side.get(name, "not claimed") for side in sides)
        yield line(f"{titles[name]}: {' → '.join(words)}", indent=2)


def _powers(comparison: Comparison, *, differ: bool) -> Iterator[Line]:
    lines = [
        line(f"{power.title}: ", *_powers_of(power, comparison, differ=differ), indent=2)
        for power in comparison.powers
        if power.differs is differ and {power.first.needed, power.second.needed} != {Need.NOT_NEEDED}
    ]
    if differ:
        lines.extend(_relied_on(comparison))
    if lines:
        yield _heading("What it would rely on", differ=differ)
        yield from lines


def _powers_of(power: PowerComparison, comparison: Comparison, *, differ: bool) -> Iterator[Span]:
    first = list(_power(power.first, apart(comparison.first.unmodelled, power.power)))
    second = list(_power(power.second, apart(comparison.second.unmodelled, power.power)))
    yield from first
    if differ or first != second:
        yield " → ", ""
        yield from second


def _power(power: PowerSupply, left_out: str) -> Iterator[Span]:
    if power.needed is Need.NOT_NEEDED:
        yield "not needed", "quiet"
        return
    words = supply_words(power)
    yield words + left_out, power_tone(power)
    if power.needed is Need.PERHAPS:
        yield " (perhaps needed)", ""


def _relied_on(comparison: Comparison) -> Iterator[Line]:
    first = {
        authority.authority: hedged(authority.title, authority.first.hedges) for authority in comparison.authorities
    }
    second = {
        authority.authority: hedged(authority.title, authority.second.hedges) for authority in comparison.authorities
    }
    for side, of, titles, mine, theirs in (
        ("first", comparison.first, first, comparison.first_relies_on, comparison.second_relies_on),
        ("second", comparison.second, second, comparison.second_relies_on, comparison.first_relies_on),
    ):
        alone = [titles[name] + aside_words(apart_from(of.unmodelled, name)) for name in mine if name not in theirs]
        if alone:
            yield line(f"the {side} alone relies on: ", "; ".join(alone), indent=2)


def _duties(comparison: Comparison, *, differ: bool) -> Iterator[Line]:
    duties = [duty for duty in comparison.duties if duty.differs is differ]
    if duties:
        yield _heading("Duties and clocks", differ=differ)
    for duty in duties:
        yield line(f"{duty.text} ({duty.by}): {_states(duty)}", indent=2)


def _states(duty: DutyComparison) -> str:
    def state(held: DutyState | None, due: object) -> str:
        return "not raised" if held is None else DUTY_WORDS[held] + (f" (due {due})" if due else "")

    sides = [state(duty.first, duty.first_due), state(duty.second, duty.second_due)]
    return " → ".join(sides if duty.differs else sides[:1])


def _cautions(comparison: Comparison, *, differ: bool) -> Iterator[Line]:
    cautions = [caution for caution in comparison.cautions if caution.differs is differ]
    if cautions:
        yield _heading("Cautions, which change no verdict", differ=differ)
    for caution in cautions:
        yield line(f"{caution.text} {_raised(caution)}", indent=2)


def _raised(caution: CautionComparison) -> str:
    words = {True: "holds", False: "perhaps", None: "does not hold"}
    return f"({words[caution.first]} → {words[caution.second]})" if caution.differs else f"({words[caution.first]})"


def _uncounted(comparison: Comparison) -> Iterator[Line]:
    """Return the numbers that would follow from the dates, were it stated from when they are counted."""
    for fact in comparison.uncounted:
        taken = f"{fact.first} on both dates" if fact.first == fact.second else f"{fact.first}, then {fact.second}"
        how = f"state {fact.from_date} in its place" if fact.stated else f"add `--set {fact.from_date}=YYYY-MM-DD`"
        yield line(
            f"Not counted: {fact.fact} is {taken}, since {fact.from_date} is not known. To have it counted, {how}."
        )


def _idle(comparison: Comparison) -> Iterator[Line]:
    """Return what differs between the sides and makes no verdict differ."""
    busy = {cause for authority in comparison.authorities for cause in authority.causes}
    idle = [_change(change) for change in comparison.changes if change not in busy]
    if idle:
        yield line(("Differs too, and changes no verdict: ", "quiet"), ("; ".join(idle), "quiet"))


def _folded(comparison: Comparison) -> Iterator[Line]:
    count = len(_unchanged(comparison))
    if count:
        named = "one authority" if count == 1 else f"{count} authorities"
        yield line((f"The same on both sides: {named} (`--all` lists what is the same)", "quiet"))


def _unchanged(comparison: Comparison) -> list[AuthorityComparison]:
    return [
        authority
        for authority in comparison.authorities
        if not authority.differs and authority.first.reason == authority.second.reason
    ]


def _same(comparison: Comparison) -> Iterator[Iterator[Line]]:
    """Return what is the same on both sides, in sections."""
    yield _same_verdicts(comparison)
    yield _powers(comparison, differ=False)
    yield _duties(comparison, differ=False)
    yield _cautions(comparison, differ=False)


def _same_verdicts(comparison: Comparison) -> Iterator[Line]:
    yield _heading("Verdicts", differ=False)
    for authority in _unchanged(comparison):
        why = f" ({authority.first.reason.rstrip('.')})"
        yield line(f"{authority.title}: ", *_verdicts_of(authority, comparison), (why, "quiet"), indent=2)
