"""The rules for scenarios beside one another: each module is one, with its code, severity, summary and reason."""

from __future__ import annotations
