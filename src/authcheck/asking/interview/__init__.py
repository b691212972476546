"""An interview: which open fact to ask next, why it is asked, and what the answers so far come to.

`asking.py` comes first: what has been answered, and the next question. `bearings.py` says why it is asked,
`replies.py` reads what is typed. Nothing here prints or reads a terminal.
"""

from __future__ import annotations

from authcheck.asking.interview.asking import AskedFact, Exchange, Interview, Progress, begin, progress
from authcheck.asking.interview.bearings import Bearing, BearingKind, bearings
from authcheck.asking.interview.replies import ReplyError, Word, read_bearing, read_beyond, read_reply

__all__ = [
    "AskedFact",
    "Bearing",
    "BearingKind",
    "Exchange",
    "Interview",
    "Progress",
    "ReplyError",
    "Word",
    "bearings",
    "begin",
    "progress",
    "read_bearing",
    "read_beyond",
    "read_reply",
]
