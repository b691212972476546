"""The pack that comes with the program, its scenarios and who decides them, read once for all tests."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

from authcheck.answer import Decider
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, load_scenario, shipped_pack, shipped_scenarios
from authcheck.loading.scenarios import build_scenario
from authcheck.loading.text import Node
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = [
    "EVERY_PATH",
    "HARBOUR",
    "PATHS",
    "ROOT",
    "Run",
    "decider",
    "pack",
    "pack_in",
    "plain",
    "scenario",
    "scenario_in",
    "scenarios",
    "written",
]

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]
"""Runs a command line and returns what came of it: the fixtures `run` and `run_apart`."""

ROOT = Path(__file__).resolve().parent.parent
HARBOUR = ROOT / "tests" / "packs" / "harbour"

EVERY_PATH = shipped_scenarios(shipped_pack())
"""Where each shipped scenario stands, by its name."""

PATHS = {name: path for name, path in EVERY_PATH.items() if "\nactivities:" not in path.read_text(encoding="utf-8")}
"""Those of one activity."""


def pack_in(folder: Path) -> Pack:
    return load_pack(folder, Cache(None))


@cache
def pack() -> Pack:
    return pack_in(shipped_pack())


@cache
def decider() -> Decider:
    return Decider(pack(), version="1")


def scenario_in(path: Path, law: Pack | None = None) -> Scenario:
    """Return the scenario of a file; of the shipped pack unless another is given."""
    return load_scenario(path, law or pack(), Cache(None))


@cache
def scenario(name: str) -> Scenario:
    return scenario_in(EVERY_PATH[name])


def scenarios() -> list[Scenario]:
    return [scenario(name) for name in PATHS]


def written(text: str, law: Pack | None = None) -> Scenario:
    """Return the scenario of a text that goes on after its title; of the shipped pack unless another is given."""
    return build_scenario(f"scenario: Here\n{text}", "here.yaml", law or pack())


def plain(node: Node) -> object:
    """Return what was read as dictionaries, lists and scalars, without places."""
    match node.value:
        case dict() as entries:
            return {key: plain(value) for key, value in entries.items()}
        case tuple() as items:
            return [plain(item) for item in items]
        case value:
            return value
