"""An answer as a memorandum of law, in Markdown: `memorandum` writes it part by part."""

from __future__ import annotations
