"""The packs that decisions are tried on, and a short way to an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from authcheck.decision import Decider
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, shipped_pack
from authcheck.loading.scenarios import build_scenario
from authcheck.model.answer import Answer
from authcheck.model.pack import Pack

HARBOUR = Path(__file__).parent / "harbour"

Ask: TypeAlias = Callable[..., Answer]


@pytest.fixture(scope="session")
def harbour() -> Pack:
    """Return a small pack, of which every rule stands for one thing that a decision can turn on."""
    return load_pack(HARBOUR, Cache(None))


@pytest.fixture(scope="session")
def shipped() -> Pack:
    """Return the pack that comes with the program."""
    return load_pack(shipped_pack(), Cache(None))


@pytest.fixture
def ask(harbour: Pack) -> Ask:
    """Return a function that answers the text of a scenario about the harbour."""
    decider = Decider(harbour, version="9.9")

    def ask(text: str, **settings: Any) -> Answer:  # noqa: ANN401 - They are those of `Decider.decide`.
        scenario = build_scenario(f"scenario: A ship\n{text}", "ship.yaml", harbour, id="ship")
        return decider.decide(scenario, **settings)

    return ask
