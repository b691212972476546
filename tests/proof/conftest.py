"""The packs about which claims are made up, and a short way to what they come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from authcheck.loading.files import PackText
from authcheck.loading.folders import read_pack_text
from authcheck.loading.packs import build_pack
from authcheck.model.pack import Pack
from tests.shipped import HARBOUR

Harbour: TypeAlias = Callable[[str], Pack]

HEAD = "  - claim: claim\n    text: It is so.\n    cite: [act-1]\n"


@pytest.fixture(scope="session")
def harbour() -> Harbour:
    """Return a function that makes the small pack of a harbour with one claim, whose form is written as in a file."""
    text = read_pack_text(HARBOUR)

    def harbour(form: str) -> Pack:
        body = "".join(f"    {line}\n" for line in form.strip().splitlines())
        files = {**text.files, "claims.yaml": f"claims:\n{HEAD}{body}".encode()}
        return build_pack(PackText("harbour", files, text.digest))

    return harbour
