"""Conditions over all worlds at once.

`worlds` lays out the worlds of some facts as the bits of one integer; `truth` turns a condition into the
worlds in which it is true and those in which it is silent. Knows nothing of authorities' outcomes.
May import `model` only.
"""

from __future__ import annotations
