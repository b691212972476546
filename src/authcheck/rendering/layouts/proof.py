"""What the claims came to, as text: a result and a sentence for each, the scenario where one fails, and the counts."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

from authcheck.asking.proof import ClaimResult, Exhibit, Part, Proof, Result
from authcheck.rendering.layout import Line, Span, line
from authcheck.rendering.layouts.receipt import short
from authcheck.rendering.words import STYLE_OF, hedged, quoted
from authcheck.wording import counted, spoken

__all__ = ["command_of", "proof_layout"]


def proof_layout(proof: Proof, files: Mapping[str, str], pack: str = "", *, full: bool) -> Iterator[Line]:
    """Return all that the claims came to. `files` are those of scenarios that were written, by their names.

    `full` adds the words that the claims rest on, their notes, and the scenarios that show what holds.
    """
    yield line((f"The claims of {proof.pack}", "name"))
    for claim in proof.claims:
        yield from _claim(claim, proof, full=full)
        for exhibit in claim.scenarios:
            if exhibit.name in files:
                yield line("see it: ", command_of(claim, exhibit, files[exhibit.name], pack), indent=2)
    yield from _summary(proof)


def command_of(claim: ClaimResult, exhibit: Exhibit, file: str, pack: str = "") -> str:
    """Return the command line that shows what the scenario in the file is there to show; `pack` is its folder."""
    chosen = [f"--reading {question}={reading}" for question, reading in exhibit.readings.items()]
    of = [f"--pack {shlex.quote(pack)}"] if pack else []
    return " ".join(["authcheck evaluate", shlex.quote(file), f"--lens {claim.lens}", *chosen, *of])


def _claim(result: ClaimResult, proof: Proof, *, full: bool) -> Iterator[Line]:
    word, style = _WORDS[result.result]
    lens = "" if result.lens == "documents" else f"; lens {result.lens}"
    yield line((f"{word}: ", style), (result.claim, "title"), f" ({_why(result)}{lens})")
    yield line(result.text, indent=2)
    if result.hedge:
        yield line(("hedged: ", "quiet"), result.hedge, indent=2)
    yield from _over_time(result)
    if full and len(result.changed) >= _MANY:
        yield line(("changed: ", "quiet"), ", ".join(result.changed), indent=2)
    if full and result.note:
        yield line(("note: ", "quiet"), result.note, indent=2)
    if full:
        for passage in result.passages:
            yield line(*quoted(proof.passages[passage]), indent=4)
    if full or result.result is Result.REFUTED:
        yield from _shown(result.scenarios)


def _over_time(result: ClaimResult) -> Iterator[Line]:
    """Return what it comes to at each time, and how to see it where it is claimed and fails."""
    if len(result.over_time) == 1 and result.over_time[0].result is result.result:
        yield line(f"so from {result.over_time[0].first}, the first law, on", indent=2)
        return
    for span in result.over_time:
        until = f"until {span.over}" if span.over else "on"
        word, style = _WORDS[span.result]
        style = style if span.claimed else "quiet"
        yield line(f"from {span.first} {until}: ", (word, style), "" if span.claimed else ", and not claimed", indent=2)
        if span.claimed and span.result is Result.REFUTED:
            yield line(f"see it: authcheck prove {result.claim} --as-of {span.first}", indent=4)


_WORDS: Mapping[Result, Span] = {
    Result.PROVED: ("proved", "available"),
    Result.UNASKED: ("proved", "available"),
    Result.VACUOUS: ("vacuous", "undetermined"),
    Result.REFUTED: ("refuted", "unavailable"),
}
_SHOWN = {"some", "changes"}
_VACUOUS = {
    "all": "no world meets its condition, so it says nothing",
    "iff": "neither side ever holds, so it says nothing",
    "unchanged": "no two worlds differ in this alone, so it says nothing",
    "never_lower": "there are no two worlds to compare, so it says nothing",
    "never_higher": "there are no two worlds to compare, so it says nothing",
}


def _why(result: ClaimResult) -> str:
    """Return on what the result rests."""
    match result.result:
        case Result.UNASKED:
            return f"no rule of {_of(result.authorities)} asks for {_facts(result.unasked)}"
        case Result.VACUOUS:
            return _VACUOUS[result.form]
        case Result.REFUTED if result.scenarios:
            return f"as shown below; {counted(result.cases, 'case')} examined"
        case Result.REFUTED:
            return "no world shows it"
        case _ if result.form in _SHOWN:
            return "a scenario shows it"
        case _:
            return counted(result.cases, "case")


def _of(authorities: Sequence[str]) -> str:
    return authorities[0] if len(authorities) == 1 else f"these {len(authorities)} authorities"


def _facts(names: Sequence[str]) -> str:
    return " or ".join(names) if len(names) < _MANY else f"any of the {len(names)} facts that change"


_MANY = 3


def _shown(exhibits: Sequence[Exhibit]) -> Iterator[Line]:
    """Return the facts of each scenario and what it shows; of the second of two, the facts that differ."""
    before: Mapping[str, object] = {}
    for question, reading in exhibits[0].readings.items() if exhibits else ():
        yield line(f"on the reading {question}={reading}", indent=2)
    for exhibit in exhibits:
        heads = {
            Part.EXAMPLE: "for example, where what is not stated is absent",
            Part.REFUTATION: "it fails here, where what is not stated is absent",
            Part.BEFORE: "in this scenario, where what is not stated is absent",
            Part.AFTER: "and in this one, which differs in",
        }
        yield line(heads[exhibit.part], indent=2)
        for name, value in exhibit.facts.items():
            if before.get(name) != value:
                yield line(f"{name}: {_value(value)}", indent=4)
        before = exhibit.facts if exhibit.part is Part.BEFORE else {}
        for name, verdict in exhibit.verdicts.items():
            words = hedged(spoken(verdict.value), exhibit.hedges.get(name, ()))
            yield line(f"→ {name}: ", (words, STYLE_OF[verdict]), indent=4)
        for name, is_shown in exhibit.cautions.items():
            yield line(f"→ the caution {name} is {'shown' if is_shown else 'not shown'}", indent=4)


def _value(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _summary(proof: Proof) -> Iterator[Line]:
    """Return the counts, and what they are counts of."""
    counts = {kind: sum(claim.result is kind for claim in proof.claims) for kind in Result}
    proved = counts[Result.PROVED] + counts[Result.UNASKED]
    unasked = (
        f", {counts[Result.UNASKED]} of them since no rule asks for what changes" if counts[Result.UNASKED] else ""
    )
    yield line(
        f"{counted(len(proof.claims), 'claim')}: {proved} proved{unasked}; "
        f"{counts[Result.VACUOUS]} vacuous, {counts[Result.REFUTED]} refuted"
    )
    yield line((f"On {proof.as_of}, with every fact known. Worlds that nothing tells apart are one case.", "quiet"))
    yield line(("What is proved is proved of the rules of this pack, not of the law.", "quiet"))
    yield line((proof.disclaimer, "quiet"))
    made_from = f"{proof.tool} {proof.version} · pack {proof.pack} {proof.pack_version} ({short(proof.pack_digest)})"
    yield line((made_from, "quiet"))
