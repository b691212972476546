"""Several activities of one scenario in short, before the answer to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from authcheck.answer.answer import Answer
from authcheck.asking.activities import Activities
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering.layout import Line, line
from authcheck.rendering.layouts.cannot_know import beyond_in_short
from authcheck.rendering.layouts.claimed import claimed_in_short
from authcheck.rendering.layouts.clocks import clock_of_the_law
from authcheck.rendering.layouts.receipt import head_lines, scenario_lines
from authcheck.rendering.layouts.unmodelled import unmodelled_lines
from authcheck.rendering.words import aside_words, hedged, number_words, power_words, unsettled_words
from authcheck.wording import listed

__all__ = ["activities_layout"]

_BLANK = Line()


def activities_layout(activities: Activities, commands: Iterable[str] | None = None) -> Iterator[Line]:
    """Return what each activity relies on, what is unsettled of it and its gaps, then who carries which of them.

    `commands` get the answer to each activity, where these do not follow.
    """
    yield from head_lines(activities.title, activities.receipt)
    if activities.unmodelled:
        yield _BLANK
        yield from unmodelled_lines(activities.unmodelled)
    yield _BLANK
    count = number_words(len(activities.answers))
    count = f"{count[:1].upper()}{count[1:]} {'activity' if len(activities.answers) == 1 else 'activities, all done'}"
    yield line((count, "heading"), ", answered each by itself")
    for name, answer in activities.answers.items():
        yield from _in_short(name, answer, activities)
    yield _BLANK
    yield from _together(activities)
    yield _BLANK
    if commands is not None:
        yield from (line((command, "quiet"), indent=2) for command in commands)
        beyond = {beyond_in_short(answer) for answer in activities.answers.values()}
        yield line(
            (" ".join(["For teaching, not legal advice.", *filter(None, beyond), "All of it: --full."]), "quiet")
        )
        return
    yield from scenario_lines(activities.disclaimer, activities.scenario, activities.receipt)


def _in_short(name: str, answer: Answer, activities: Activities) -> Iterator[Line]:
    short = activities.summary[name]
    relies = "; ".join(_titles(short.relies_on, answer)) or "nothing available"
    yield line((f"{name}: ", "title"), f"relies on {relies}", indent=2)
    unsettled = [
        unsettled_words(answer.powers[power].title, standing) + aside_words(answer.powers[power].apart_from)
        for power, standing in short.unsettled.items()
    ]
    if unsettled:
        yield line(f"unsettled: {'; '.join(unsettled)}", indent=4)
    if short.gaps:
        yield line(f"gaps: {'; '.join(_titles(short.gaps, answer))}", indent=4)
    perhaps = [
        f"{power.title} ({power_words(power)})" + aside_words(power.apart_from)
        for power in answer.powers.values()
        if power.needed is Need.PERHAPS and power.verdict is Verdict.AVAILABLE
    ]
    if perhaps:
        yield line(f"perhaps needed: {'; '.join(perhaps)}", indent=4)
    yield from (replace(told, indent=4) for told in (*claimed_in_short(answer), *clock_of_the_law(answer)))


def _titles(names: Iterable[str], answer: Answer) -> Iterator[str]:
    """Return the titles of authorities and powers, with what the verdicts on them are hedged by and leave out."""
    for name in names:
        thing = answer.authorities[name] if name in answer.authorities else answer.powers[name]
        yield hedged(thing.title, thing.hedges) + aside_words(thing.apart_from)


def _together(activities: Activities) -> Iterator[Line]:
    """Return each authority that carries some activity, with those that it carries."""
    carried: dict[str, list[str]] = {}
    for name, answer in activities.answers.items():
        for title in _titles(answer.relies_on, answer):
            carried.setdefault(title, []).append(name)
    words = "; ".join(f"{title} ({listed(names)})" for title, names in carried.items())
    yield line("Together they rely on ", words or "nothing available", ".", hang=0)
