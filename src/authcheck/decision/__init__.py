"""What the truths come to: a pack and a scenario make a decision.

Open `decision` first (what a scenario comes to), then `verdicts` (the world first, then the readings). `known` says
what every fact is taken to be, `applying` what goes where one is changed; `powers` joins authorities.
May import `evaluation` and `model`.
"""

from __future__ import annotations

from authcheck.decision.decision import Case, Decision

__all__ = ["Case", "Decision"]
