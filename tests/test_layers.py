"""Imports run downhill: the contracts stand in `pyproject.toml`. A function is read on one screen."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
MOST_LINES = 60


def test_imports_keep_the_contracts() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    if run.returncode != 0:
        pytest.fail(run.stdout + run.stderr, pytrace=False)


def too_long(text: str) -> Iterator[str]:
    """Return each function that has too many lines, from `def` to its end."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES:
                yield f"{node.name} has {lines} lines"


def test_no_function_is_longer_than_a_screen() -> None:
    files = sorted((ROOT / "src").rglob("*.py"))
    found = {str(file.relative_to(ROOT)): [*too_long(file.read_text(encoding="utf-8"))] for file in files}

    assert files
    assert {file: functions for file, functions in found.items() if functions} == {}


@pytest.mark.parametrize(("lines", "found"), [(MOST_LINES, []), (MOST_LINES + 1, ["long has 61 lines"])])
def test_a_function_is_too_long_from_the_next_line_on(lines: int, found: list[str]) -> None:
    rest = "    pass\n" * (lines - 1)
    assert [*too_long(f"class A:\n  @decorated\n  async def long():\n{rest}")] == found
