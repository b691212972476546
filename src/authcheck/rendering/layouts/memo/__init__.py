"""An answer as a memorandum of law: `memorandum` lays it out part by part."""

from __future__ import annotations
