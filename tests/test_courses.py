"""A scenario of several courses of action: what is asked of one question says that it leaves them out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shipped import Run

LEFT_OUT = (
    "its courses of action are left out; for one of them add `--option strike`, `--option title-50-raid` or "
    "`--option pressure`\n"
)


@pytest.mark.parametrize(
    "command",
    [("explain",), ("settle",), ("variants",), ("sweep", "--vary", "host_consent_status")],
)
def test_what_answers_one_question_says_that_it_leaves_them_out(command: tuple[str, ...], run: Run) -> None:
    name, *options = command
    whole = run(name, "three-courses", *options)
    assert whole.returncode == 0
    assert LEFT_OUT in whole.stderr

    one = run(name, "three-courses", *options, "--option", "strike")
    assert one.returncode == 0
    assert "left out" not in one.stderr


def test_an_answer_that_lists_them_says_nothing_of_it(run: Run) -> None:
    done = run("evaluate", "three-courses")
    assert (done.returncode, done.stderr) == (0, "")
    assert "strike" in done.stdout


def test_powers_of_which_none_is_known_to_be_needed_are_said_to_be_needed_perhaps(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "open.yaml"
    file.write_text("scenario: Nothing yet\nfacts: {operation_type: unknown}\n", encoding="utf-8")
    powers = json.loads(run("evaluate", str(file), "-f", "json").stdout)["powers"]
    assert {power["needed"] for power in powers.values()} == {"perhaps"}
    assert "Perhaps needed, by what is done: U.S. authority to use force abroad" in run("evaluate", str(file)).stdout
