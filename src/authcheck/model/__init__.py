"""What things are: frozen dataclasses on the standard library alone.

Open `condition` first (the language), then `authority` (what a law is here), `scenario`.
May import `diagnostics` only.
"""

from __future__ import annotations
