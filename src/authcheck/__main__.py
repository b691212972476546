"""`python -m authcheck`."""

from __future__ import annotations

from authcheck.cli import main

main()
