"""The outline of each result: one module for each, none of which knows on what it is shown."""

from __future__ import annotations
