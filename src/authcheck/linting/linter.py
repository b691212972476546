"""A pack or a scenario becomes diagnostics, by the rules that stand in the folders beside this module."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import cast

from authcheck.decision.known import know
from authcheck.diagnostics import AuthcheckError, Diagnostic, in_file_order
from authcheck.evaluation.worlds import Vocabulary
from authcheck.linting import checks, scenario_checks, set_checks
from authcheck.linting.rule import Complaint, PackRule, RuleDoc, ScenarioRule, SetRule
from authcheck.linting.survey import Survey
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = ["lint_pack", "lint_scenario", "lint_scenarios", "rules"]


def lint_pack(pack: Pack, scenarios: Iterable[Scenario] = ()) -> tuple[Diagnostic, ...]:
    """Return what is doubtful in a pack. What the scenarios that come with it cite counts as used."""
    survey = Survey(pack, tuple(scenarios))
    return in_file_order(_diagnostic(rule, complaint) for rule in _pack_rules() for complaint in rule.check(survey))


def lint_scenario(scenario: Scenario, pack: Pack) -> tuple[Diagnostic, ...]:
    """Return what is doubtful in a scenario, and which of its facts no situation has together."""
    found = list(_contradictions(scenario, pack))
    found += [_diagnostic(rule, complaint) for rule in _scenario_rules() for complaint in rule.check(scenario, pack)]
    return in_file_order(found)


def lint_scenarios(scenarios: Iterable[Scenario]) -> tuple[Diagnostic, ...]:
    """Return what is doubtful in scenarios that are read together."""
    together = tuple(scenarios)
    return in_file_order(_diagnostic(rule, complaint) for rule in _set_rules() for complaint in rule.check(together))


def rules() -> Mapping[str, RuleDoc]:
    """Return the documentation of every rule, by its code."""
    return {
        rule.CODE: RuleDoc(rule.CODE, subject, rule.SEVERITY, rule.SUMMARY, rule.WHY, rule.EXAMPLE)
        for subject, found in (("pack", _pack_rules()), ("scenario", _scenario_rules()), ("scenarios", _set_rules()))
        for rule in found
    }


def _contradictions(scenario: Scenario, pack: Pack) -> Iterator[Diagnostic]:
    for changes in ({}, *scenario.restatements):
        try:
            know(Vocabulary(pack.facts), {**scenario.facts, **changes}, scenario.unstated, scenario.as_of or pack.as_of)
        except AuthcheckError as error:
            yield from error.diagnostics
        except ValueError:
            # A table that is too large is the pack's fault, and is reported there.
            return


def _diagnostic(rule: PackRule | ScenarioRule | SetRule, complaint: Complaint) -> Diagnostic:
    return Diagnostic(rule.CODE, complaint.message, complaint.place, rule.SEVERITY, complaint.help)


@functools.cache
def _pack_rules() -> tuple[PackRule, ...]:
    return tuple(cast("PackRule", module) for module in _modules_of(checks))


@functools.cache
def _scenario_rules() -> tuple[ScenarioRule, ...]:
    return tuple(cast("ScenarioRule", module) for module in _modules_of(scenario_checks))


@functools.cache
def _set_rules() -> tuple[SetRule, ...]:
    return tuple(cast("SetRule", module) for module in _modules_of(set_checks))


def _modules_of(package: ModuleType) -> Iterator[ModuleType]:
    for name in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        yield importlib.import_module(f"{package.__name__}.{name}")
