"""What can never matter: taking it away changes nothing in any possible world, on any reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from authcheck.decision.verdicts import holds_table
from authcheck.evaluation.truth import Setting, Table, ground_table
from authcheck.linting.survey import PlacedElement, PlacedException, Survey, View
from authcheck.model.authority import Authority, Ground

__all__ = ["element_is_idle", "exception_is_idle", "ground_is_idle"]


def ground_is_idle(authority: Authority, ground: Ground, survey: Survey) -> bool:
    """Whether the authority would hold in the same worlds without the ground."""
    others = tuple(one for one in authority.grounds if one is not ground)
    return _authority_is_same(authority, replace(authority, grounds=others), survey)


def element_is_idle(one: PlacedElement, survey: Survey) -> bool:
    """Whether the ground would hold in the same worlds were the element always met."""
    # A conjunction without one of its parts is the same as with that part true.
    others = tuple(other for other in one.ground.elements if other is not one.element)
    return _ground_is_same(one.authority, one.ground, replace(one.ground, elements=others), survey)


def exception_is_idle(one: PlacedException, survey: Survey) -> bool:
    """Whether the ground, or the whole authority, would hold in the same worlds without the exception."""
    owner = one.authority if one.ground is None else one.ground
    others = tuple(other for other in owner.exceptions if other is not one.exception)
    if one.ground is None:
        return _authority_is_same(one.authority, replace(one.authority, exceptions=others), survey)
    return _ground_is_same(one.authority, one.ground, replace(one.ground, exceptions=others), survey)


def _authority_is_same(authority: Authority, changed: Authority, survey: Survey) -> bool:
    def tables(setting: Setting) -> tuple[Table, Table]:
        return holds_table(authority, setting), holds_table(changed, setting)

    return _same(survey.views(authority), tables)


def _ground_is_same(authority: Authority, ground: Ground, changed: Ground, survey: Survey) -> bool:
    def tables(setting: Setting) -> tuple[Table, Table]:
        return ground_table(ground, setting), ground_table(changed, setting)

    return _same(survey.views(authority), tables)


def _same(views: tuple[View, ...], tables: Callable[[Setting], tuple[Table, Table]]) -> bool:
    """Whether the two tables agree wherever the authority is engaged; not so where it never is."""
    for view in views:
        before, after = tables(view.setting)
        if ((before.true ^ after.true) | (before.false ^ after.false)) & view.engaged:
            return False
    return any(view.engaged for view in views)
