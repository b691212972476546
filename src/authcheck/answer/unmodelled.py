"""What a story holds that no fact says, with the verdicts that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authcheck.answer.answer import UnmodelledAnswer
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario, Unmodelled

__all__ = ["apart_from", "unmodelled_of"]


def unmodelled_of(scenario: Scenario, pack: Pack) -> tuple[UnmodelledAnswer, ...]:
    """Return what the scenario says that no fact can, with the titles of what it bears on, and all that it touches."""
    return tuple(_touching(part, pack) for part in scenario.unmodelled)


def apart_from(unmodelled: Iterable[UnmodelledAnswer], name: str) -> tuple[str, ...]:
    """Return what the verdict on an authority or a power leaves out of account."""
    return tuple(part.text for part in unmodelled if name in part.touches)


def _touching(part: Unmodelled, pack: Pack) -> UnmodelledAnswer:
    titles = {name: thing.title for things in (pack.authorities, pack.powers) for name, thing in things.items()}
    return UnmodelledAnswer(
        text=part.text.rstrip("."),
        bears_on={name: titles[name] for name in part.bears_on},
        touches=tuple(dict.fromkeys([*part.bears_on, *_drawing(part.bears_on, pack)])),
    )


def _drawing(names: Iterable[str], pack: Pack) -> Iterator[str]:
    """Return the powers that draw on the authorities, as sources or as means."""
    for name in names:
        if name in pack.authorities:
            authority = pack.authorities[name]
            yield from (supply.power for supply in authority.supplies)
            yield from authority.means_for
