"""What can never matter: taking it away changes nothing in any possible world, on any reading, at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from authcheck.decision.verdicts import holds_table
from authcheck.evaluation.truth import Table, any_of, ground_table
from authcheck.linting.survey import PlacedElement, PlacedException, Survey, View
from authcheck.model.authority import Authority, Ground

__all__ = ["element_is_idle", "exception_is_idle", "ground_is_idle"]


def ground_is_idle(authority: Authority, ground: Ground, survey: Survey) -> bool:
    """Whether the authority would hold in the same worlds without the ground."""

    def without(whole: Authority) -> Authority:
        return replace(whole, grounds=tuple(one for one in whole.grounds if one.ground != ground.ground))

    return _authority_is_same(authority, without, survey)


def element_is_idle(one: PlacedElement, survey: Survey) -> bool:
    """Whether the ground would hold in the same worlds were the element always met."""

    def without(whole: Ground) -> Ground:
        # A conjunction without one of its parts is the same as with that part true.
        others = tuple(other for other in whole.elements if other.element != one.element.element)
        return replace(whole, elements=others)

    return _ground_is_same(one.authority, one.ground, without, survey)


def exception_is_idle(one: PlacedException, survey: Survey) -> bool:
    """Whether the ground, or the whole authority, would hold in the same worlds without the exception."""

    def without(whole: Part) -> Part:
        others = tuple(other for other in whole.exceptions if other.exception != one.exception.exception)
        return replace(whole, exceptions=others)

    if one.ground is None:
        return _authority_is_same(one.authority, without, survey)
    return _ground_is_same(one.authority, one.ground, without, survey)


Part = TypeVar("Part", Authority, Ground)


def _authority_is_same(authority: Authority, without: Callable[[Authority], Authority], survey: Survey) -> bool:
    def tables(view: View) -> tuple[Table, Table]:
        whole = view.tables.authority
        return holds_table(whole, view.setting), holds_table(without(whole), view.setting)

    return _same(survey.views(authority), tables)


def _ground_is_same(authority: Authority, ground: Ground, without: Callable[[Ground], Ground], survey: Survey) -> bool:
    def tables(view: View) -> tuple[Table, Table]:
        # At a time at which it is not there, the ground is the same with and without.
        there = [one for one in view.tables.authority.grounds if one.ground == ground.ground]
        before, after = (
            any_of((ground_table(one, view.setting) for one in some), view.setting)
            for some in (there, map(without, there))
        )
        return before, after

    return _same(survey.views(authority), tables)


def _same(views: Iterable[View], tables: Callable[[View], tuple[Table, Table]]) -> bool:
    """Whether the two tables agree wherever the authority is engaged; not so where it never is."""
    engaged = 0
    for view in views:
        before, after = tables(view)
        if ((before.true ^ after.true) | (before.false ^ after.false)) & view.engaged:
            return False
        engaged |= view.engaged
    return engaged > 0
