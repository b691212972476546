"""Answers held against each other: two of them, the courses of action of a scenario, or the readings of one answer.

`comparison` says in what two answers differ, and `causes` which fact, date or reading does it; `matrix` sets courses
of action side by side, `readings` the verdicts on every choice of readings. May import `decision` and `model`.
"""

from __future__ import annotations
