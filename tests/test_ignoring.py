"""What an author has said not to report is not reported, and what is written for that does something."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from authcheck import __version__
from tests.shipped import Run

HEAD = "scenario: A strike\nas_of: 2025-02-04\n"
FACTS = "facts: {operation_type: airstrike}\n"
WHY = "because the exercise leaves it out"


def checked(run: Run, folder: Path, text: str, *options: str) -> list[str]:
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    found = json.loads(run("check", str(path), "--format", "json", *options).stdout)["diagnostics"]
    return [f"{one['place']['line']} {one['code']}" for one in found]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (HEAD + FACTS, ["1 no-description"]),
        (f"# authcheck: ignore no-description {WHY}\n{HEAD}{FACTS}", []),
        (HEAD.replace("\n", f"  # authcheck: ignore no-description {WHY}\n", 1) + FACTS, []),
        (f"{HEAD}# authcheck: ignore no-description {WHY}\n{FACTS}", ["1 no-description", "3 unused-ignore"]),
        (f"# authcheck: ignore no-date {WHY}\n{HEAD}{FACTS}", ["1 unused-ignore", "2 no-description"]),
        (f"# authcheck: ignore no-description\n{HEAD}{FACTS}", ["1 bad-ignore", "2 no-description"]),
        (f"# authcheck: ignore no-descripton {WHY}\n{HEAD}{FACTS}", ["1 bad-ignore", "2 no-description"]),
        (f"# authcheck: ignore unknown-fact {WHY}\n{HEAD}{FACTS}", ["1 bad-ignore", "2 no-description"]),
        (f"{HEAD}{FACTS}description: |\n  Is this # authcheck: ignore it\n", []),
    ],
    ids=[
        "nothing ignored",
        "on the line before",
        "on the line",
        "elsewhere",
        "another code",
        "without a reason",
        "a misspelt code",
        "what keeps a file from being read",
        "in a text",
    ],
)
def test_what_is_ignored_with_a_reason_is_not_reported(text: str, left: list[str], run: Run, tmp_path: Path) -> None:
    assert checked(run, tmp_path, text) == left


def test_what_is_said_of_an_ignore_can_be_looked_up(run: Run) -> None:
    for code in ("bad-ignore", "unused-ignore"):
        assert run("check", "--explain", code).stdout.startswith(f"{code}: ")


def test_an_ignore_without_a_reason_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"# authcheck: ignore no-description\n{HEAD}{FACTS}", encoding="utf-8")
    assert run("check", str(tmp_path / "a.yaml")).returncode == 1


def test_a_pack_can_ignore_too(run: Run, tmp_path: Path) -> None:
    minimal = Path(__file__).parent / "linting" / "packs" / "minimal"
    for path in (path for path in minimal.rglob("*") if path.is_file()):
        copy = tmp_path / path.relative_to(minimal)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    facts = tmp_path / "vocabulary" / "facts.yaml"
    entry = (
        "  - fact: idle\n    group: club\n    kind: status\n    type: yes-no\n    question: Why?\n    meaning: So.\n"
    )
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text + entry, encoding="utf-8")
    assert "[unused-fact]" in run("check", str(tmp_path)).stdout
    facts.write_text(f"{text}  # authcheck: ignore unused-fact because it is to come\n{entry}", encoding="utf-8")
    assert "[unused-fact]" not in run("check", str(tmp_path)).stdout


def test_sarif_has_a_result_at_each_place_with_its_rule(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a b.yaml").write_text(HEAD + FACTS, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(f"{HEAD}fact: {{}}\n", encoding="utf-8")
    done = run("check", str(tmp_path), "--output", str(tmp_path / "found.sarif"))
    assert done.returncode == 3
    log = json.loads((tmp_path / "found.sarif").read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    driver = one["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("authcheck", __version__)
    told = []
    for result in one["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        where = place["physicalLocation"]
        path = Path(unquote(urlparse(where["artifactLocation"]["uri"]).path))
        told.append((path.name, where["region"]["startLine"], result["level"], result["ruleId"]))
        assert re.match(r"[A-Z`].*\.\nHelp: ", result["message"]["text"])
    assert ("a b.yaml", 1, "note", "no-description") in told
    assert ("c.yaml", 3, "error", "unknown-key") in told
