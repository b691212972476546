"""Pictures of a rule and of an answer: `picture` says what is drawn, and each form writes it."""

from __future__ import annotations
