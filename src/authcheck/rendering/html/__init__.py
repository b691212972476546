"""An answer as one self-contained page: `answer` writes it from `elements`, which escape."""

from __future__ import annotations
