"""What the truths come to: a pack and a scenario make an answer.

Open `decider` first (the way of one scenario), then `cases` (what it comes to) and `verdicts` (the world first,
then the readings). `known` says what every fact is taken to be, and `needed` what stating one would do; `powers`
joins authorities; `answers` puts all into words; `duties` and `trees` do what their names say.
May import `evaluation` and `model`.
"""

from __future__ import annotations

from authcheck.decision.cases import Case, Decision
from authcheck.decision.decider import DEFAULT_LENS, Decider, decide

__all__ = ["DEFAULT_LENS", "Case", "Decider", "Decision", "decide"]
