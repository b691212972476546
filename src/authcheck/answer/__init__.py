"""What a decision comes to in words: an answer, with the trees, passages, duties and open facts behind it.

Open `decider` first (the way of one scenario), then `answer` (what comes out) and `building` (how it is put
together). `findings` makes the trees, `reasons` why a verdict is as it is, `duties` what is owed, `partings` where
readings part, `needed` what stating an open fact would do.
May import `decision`, `evaluation` and `model`.
"""

from __future__ import annotations

from authcheck.answer.decider import DEFAULT_LENS, Decider, decide

__all__ = ["DEFAULT_LENS", "Decider", "decide"]
