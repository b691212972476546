"""The plainest of several worlds: that in which as many facts as can be are what they usually are."""

from __future__ import annotations

from authcheck.evaluation.worlds import Cell, Vocabulary, Worlds
from authcheck.model.condition import Range
from authcheck.model.fact import Fact, Value

__all__ = ["plainest", "plainest_value"]


def plainest(worlds: Worlds, facts: Vocabulary, mask: int) -> int:
    """Return one world of the mask: the first in which as many facts as can be are what they usually are."""
    for name in worlds.dimensions:
        mask &= worlds.column(name, _plainest_cell(worlds, facts[name], mask))
    return mask & -mask


def plainest_value(worlds: Worlds, fact: Fact, mask: int) -> bool | int | str:
    """Return a value that the fact has in some world of the mask, the usual one if it can be."""
    cell = worlds.dimensions[fact.fact].cells[_plainest_cell(worlds, fact, mask)]
    usual = fact.usual
    if isinstance(usual, bool | int | str) and _holds(cell, usual):
        return usual
    return cell.low if isinstance(cell, Range) else cell[0]


def _plainest_cell(worlds: Worlds, fact: Fact, mask: int) -> int:
    """Return the cell of the fact's usual value, or else the first that it has in some world of the mask."""
    cells = worlds.dimensions[fact.fact].cells
    there = [index for index in range(len(cells)) if mask & worlds.column(fact.fact, index)]
    return min(there, key=lambda index: not _holds(cells[index], fact.usual))


def _holds(cell: Cell, value: Value | None) -> bool:
    if isinstance(cell, Range):
        return isinstance(value, int) and cell.meets(Range(value, value))
    return value in cell
