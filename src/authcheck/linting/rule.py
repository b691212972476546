"""The form of a rule: what it says of itself, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from authcheck.diagnostics import Place, Severity
from authcheck.frozen import dataclass
from authcheck.linting.survey import Survey
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = ["Complaint", "Excerpt", "PackRule", "RuleDoc", "ScenarioRule", "SetRule"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that a rule finds: a diagnostic but for the code and the severity, which are the rule's."""

    place: Place
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file as they should be, and as a rule finds them."""

    file: str
    good: str
    bad: str


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """What a reader may look up of a rule, or of an error. `subject` is `pack`, `scenario`, `scenarios` or `file`.

    The example of a scenario is a whole one, in the words of the shipped pack; that of a pack is a part of one.
    """

    code: str
    subject: str
    severity: Severity
    summary: str
    why: str
    example: tuple[Excerpt, ...] = ()


class _Rule(Protocol):
    CODE: str
    SEVERITY: Severity
    SUMMARY: str
    WHY: str
    EXAMPLE: tuple[Excerpt, ...]


class PackRule(_Rule, Protocol):
    """A module that checks a pack."""

    def check(self, survey: Survey) -> Iterator[Complaint]:
        """Return everything that the rule finds in the pack."""
        ...


class ScenarioRule(_Rule, Protocol):
    """A module that checks a scenario."""

    def check(self, scenario: Scenario, pack: Pack) -> Iterator[Complaint]:
        """Return everything that the rule finds in the scenario."""
        ...


class SetRule(_Rule, Protocol):
    """A module that checks scenarios beside one another."""

    def check(self, scenarios: Sequence[Scenario]) -> Iterator[Complaint]:
        """Return everything that the rule finds in the scenarios."""
        ...
