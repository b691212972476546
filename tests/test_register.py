"""What no rule can tell from a mistake is written down twice, so that nobody changes it without reading the sources.

After a change that was meant: AUTHCHECK_GOLDEN=write pytest tests/test_register.py, and read the difference beside
the document that the passage names.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import shipped
from tests.register import register


def test_whose_words_what_is_inferred_and_since_when_is_as_it_was_read(golden: Callable[[Path, str], None]) -> None:
    golden(Path(__file__).parent / "register.txt", register(shipped.pack()))
