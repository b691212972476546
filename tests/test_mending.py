"""What `check --fix` mends, and what it leaves to its author."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from authcheck.linting.mending import mended
from tests import shipped
from tests.shipped import Run

STORY = "scenario: A strike\nas_of: 2025-02-04\ndescription: One strike.\nfacts:\n"


def mend(text: str) -> str:
    return mended(text, "strike.yaml", shipped.pack())[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("  target_typ: cartel", "  target_type: cartel", id="a fact misspelt"),
        pytest.param("  attack: {locaton: abroad}", "", id="a fact misspelt in steps, with a value that is none"),
        pytest.param(
            "  attack: {status: occured, locaton: united_states}",
            "  attack: {status: occurred, location: united_states}",
            id="a fact in steps and a value",
        ),
        pytest.param("  target_type: Cartel  # they say", "  target_type: cartel  # they say", id="another case"),
        pytest.param(
            "  conducting_element: us armed-forces", "  conducting_element: us_armed_forces", id="another joint"
        ),
        pytest.param('  presidential_approval: "true"', "  presidential_approval: true", id="a yes in quotes"),
        pytest.param(
            "  presidential_approval: 'no' # yet", "  presidential_approval: false # yet", id="a no in quotes"
        ),
        pytest.param("  presidential_approval: Yes", "  presidential_approval: true", id="a plain yes"),
        pytest.param("  presidential_approval:true", "  presidential_approval: true", id="no space after a colon"),
        pytest.param("  attack: {status:occurred}", "  attack: {status: occurred}", id="nor in braces"),
        pytest.param("  target_type:\u00a0cartel", "  target_type: cartel", id="a space that is none"),
        pytest.param(
            "  target_type: {value: cartel, stauts: claimed}",
            "  target_type: {value: cartel, status: claimed}",
            id="a key misspelt",
        ),
    ],
)
def test_what_has_one_mend_is_mended(before: str, after: str) -> None:
    if not after:
        after = before.replace("locaton", "location")

    assert mend(f"{STORY}{before}\n") == f"{STORY}{after}\n"
    assert mend(f"{STORY}{after}\n") == f"{STORY}{after}\n"


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param("  operation_type: strike", id="a word that is far from any"),
        pytest.param("  target_type: cartel\n  target_type: state", id="two values of which one is wrong"),
        pytest.param("  attack_status: no", id="a no where there is a choice"),
        pytest.param("  # suggested: target_type: cartel  # the gang", id="a suggestion"),
        pytest.param("  presidential_approval: {value: perhaps}", id="a value that is none"),
    ],
)
def test_what_is_doubtful_is_left_to_its_author(facts: str) -> None:
    assert mend(f"{STORY}{facts}\n") == f"{STORY}{facts}\n"


def test_text_that_means_yes_is_left_in_a_title() -> None:
    text = "scenario: yes\nas_of: 2025-02-04\nfacts: {target_type: cartel}\n"

    assert mend(text) == text


def test_a_line_that_says_the_same_again_goes_and_so_does_an_ignore_of_nothing() -> None:
    text = (
        f"{STORY}  target_type: cartel\n  target_type: cartel  # again\n"
        "  # authcheck: ignore no-date because of the exercise\n  attack_status: none\n"
    )

    assert mend(text) == f"{STORY}  target_type: cartel\n  attack_status: none\n"


def test_names_of_authorities_verdicts_and_lenses_are_mended_where_one_alone_is_near() -> None:
    text = (
        f"{STORY}  target_type: cartel\nexpect:\n  lens: document\n  verdicts: {{article-i: Silent, title50: silent}}\n"
    )

    assert mend(text).endswith("  lens: documents\n  verdicts: {article-ii: silent, title-50: silent}\n")


def test_all_else_of_a_file_stays_to_the_byte_and_what_is_left_is_reported(tmp_path: Path, run: Run) -> None:
    story = tmp_path / "strike.yaml"
    before = (
        "\ufeff# ours\r\nscenario: A strike\r\nas_of: 2025-02-04\r\n\r\ndescription: |\r\n  So.\r\nfacts:   # all\r\n"
    )
    story.write_bytes(f"{before}  target_typ:  cartel\r\n  attack_status: maybe\r\n".encode())

    done = run("check", str(story), "--fix", "--format", "concise")

    assert story.read_bytes() == f"{before}  target_type:  cartel\r\n  attack_status: maybe\r\n".encode()
    first, second, counts = done.stdout.splitlines()
    assert first == f"{story}:8:3: mended `target_typ:  cartel` → `target_type:  cartel` [unknown-fact]"
    assert "[unknown-value]" in second
    assert (done.returncode, counts) == (3, "1 file checked: 1 error, 0 warnings, 0 notes")


def test_a_sound_file_is_not_written_anew(tmp_path: Path, run: Run) -> None:
    story = tmp_path / "strike.yaml"
    story.write_text(f"{STORY}  target_type: cartel\n", encoding="utf-8")
    before = story.stat()

    done = run("check", str(story), "--fix", "--format", "json")

    assert json.loads(done.stdout)["mended"] == []
    assert (story.stat().st_ino, story.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_law_of_a_pack_is_left_to_its_author_and_its_scenarios_are_mended(tmp_path: Path, run: Run) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(shipped.HARBOUR, pack)
    law, story = pack / "harbour-act.yaml", pack / "scenarios" / "moored.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    before = law.read_bytes()

    refused = run("check", str(pack), "--fix", "--format", "concise")
    assert refused.returncode == 3
    assert "of a pack, the scenarios alone are mended" in refused.stderr
    assert law.read_bytes() == before

    law.write_bytes(before.replace(b"titel:", b"title:", 1))
    whole = story.read_text(encoding="utf-8")
    story.write_text(whole.replace("entering:", "enterin:", 1), encoding="utf-8")
    mended_too = run("check", str(pack), "--fix", "--pack", str(pack))
    assert story.read_text(encoding="utf-8") == whole
    assert "mended `enterin: true` → `entering: true`" in mended_too.stdout
