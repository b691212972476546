"""The wheel holds the package and the pack, and answers away from the checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from email import message_from_string
from pathlib import Path, PurePosixPath

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "authorities"
SCENARIO = "drone-attack"


def python(*arguments: str | Path, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def pip(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    # One retry: without a network these tests are skipped, and need not wait for it.
    return python("-m", "pip", *arguments, folder=folder, environment={"PIP_RETRIES": "1"})


def is_build_backend_at_hand(folder: Path) -> bool:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    return pip("download", "--no-deps", "--dest", folder, *required, folder=folder).returncode == 0


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that this checkout makes."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("pip is not installed beside this Python, and builds the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    build = pip("wheel", "--no-deps", "--wheel-dir", folder, ROOT, folder=folder)
    if build.returncode != 0:
        if not is_build_backend_at_hand(folder):
            pytest.skip("the package registry is out of reach, and the wheel's build backend comes from it")
        pytest.fail(f"the wheel cannot be built:\n{build.stdout}", pytrace=False)
    (built,) = folder.glob("authcheck-*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> Mapping[PurePosixPath, bytes]:
    """Return every file of the wheel with what it holds."""
    with zipfile.ZipFile(wheel) as archive:
        return {PurePosixPath(name): archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_pack_to_the_letter(contents: Mapping[PurePosixPath, bytes]) -> None:
    checkout = {
        PurePosixPath("authcheck", path.relative_to(ROOT).as_posix()): path.read_bytes()
        for path in PACK.rglob("*")
        if path.suffix in {".md", ".yaml"}
    }
    shipped = {
        path: content
        for path, content in contents.items()
        if path.is_relative_to(PurePosixPath("authcheck/authorities"))
    }

    assert PurePosixPath("authcheck/authorities/pack.yaml") in shipped
    assert shipped == checkout


def test_the_wheel_holds_no_article_and_no_test(contents: Mapping[PurePosixPath, bytes]) -> None:
    product = [path for path in contents if not path.parts[0].endswith(".dist-info")]

    assert {path.parts[0] for path in product} == {"authcheck"}
    assert {path.suffix for path in product} <= {".css", ".js", ".md", ".py", ".typed", ".yaml"}


def test_the_wheel_asks_for_four_packages_and_no_more(contents: Mapping[PurePosixPath, bytes]) -> None:
    (metadata,) = (content for path, content in contents.items() if path.name == "METADATA")
    required = message_from_string(metadata.decode("utf-8")).get_all("Requires-Dist", [])
    at_run_time = [one for one in required if "extra ==" not in one]

    assert sorted(one.partition(">=")[0] for one in at_run_time) == ["pydantic", "pyyaml", "rich", "typer"]


def test_the_installed_wheel_answers_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    install = pip("install", "--no-deps", "--no-index", "--target", target, wheel, folder=tmp_path)
    assert install.returncode == 0, install.stdout
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {"PYTHONPATH": str(target), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    (scenario,) = (PACK / "scenarios").rglob(f"{SCENARIO}.yaml")
    title = yaml.safe_load(scenario.read_text("utf-8"))["scenario"]

    origin = python("-c", "import authcheck; print(authcheck.__file__)", folder=elsewhere, environment=environment)
    answer = python("-m", "authcheck", "evaluate", SCENARIO, folder=elsewhere, environment=environment)

    assert origin.stdout.strip() == str(target / "authcheck" / "__init__.py")
    assert answer.returncode == 0, answer.stdout
    assert title in answer.stdout
