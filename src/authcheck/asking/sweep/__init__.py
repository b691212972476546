"""Every combination of the values of some facts over a scenario, and what each comes to.

Open `sweeping` first. `parts` finds which of the facts that vary act on which others, so that each is worked out alone;
`results` is what comes out, and
`showing` what people are shown of it.
May import `answer` and below.
"""

from __future__ import annotations

from authcheck.asking.sweep.parts import TooManyStatesError
from authcheck.asking.sweep.results import NOT_NEEDED, SCHEMA, Outcome, Row, Tally, value_of
from authcheck.asking.sweep.showing import MOST_CELLS, Grid, Swept, Told, grids_of, left_out_by, swept
from authcheck.asking.sweep.sweeping import Sweep, Variation

__all__ = [
    "MOST_CELLS",
    "NOT_NEEDED",
    "SCHEMA",
    "Grid",
    "Outcome",
    "Row",
    "Sweep",
    "Swept",
    "Tally",
    "Told",
    "TooManyStatesError",
    "Variation",
    "grids_of",
    "left_out_by",
    "swept",
    "value_of",
]
