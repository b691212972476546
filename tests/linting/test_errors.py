from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping

import pytest

from authcheck.diagnostics import AuthcheckError, Severity
from authcheck.linting import RuleDoc, lint_scenario, rules
from authcheck.linting.errors import ERRORS
from authcheck.linting.ignoring import IGNORING
from authcheck.loading.files import PackText
from authcheck.loading.folders import read_pack_text
from authcheck.loading.packs import build_pack
from authcheck.loading.scenarios import build_scenario
from tests import shipped
from tests.linting.test_linting import MINIMAL, with_the_bad

SOURCE = shipped.ROOT / "src" / "authcheck"
# What reads files, and what finds that facts contradict one another: `check` prints no other errors.
RAISING = (*sorted((SOURCE / "loading").glob("*.py")), SOURCE / "decision" / "known.py")
TABLES = {"_EMPTY", "_REFUSED"}
ADDING = {"Diagnostic", "_refusal", "add", "stop", "unknown"}
NAMING = {"Of", "name", "_known"}
WITHOUT_LINES = {
    "too-deep": "64 lists within one another are no lines to read",
    "too-many-problems": "a thousand problems are none either",
    "file-too-large": "nor is a file of that size",
    "line-too-long": "nor is such a line",
    "cells": "it is of a table",
    "unknown-column": "it is of a table",
    "missing": "there is no such file",
    "unknown-file": "all of a file is",
    **dict.fromkeys(("file-missing", "no-pack", "no-scenarios", "no-such-scenario"), "there is nothing to read"),
    **dict.fromkeys(
        ("file-is-folder", "file-not-regular", "file-not-text", "file-unreadable"), "it is not of the text"
    ),
}
WITH_LINES = [page for page in ERRORS.values() if page.example]
OF_PACKS = [page for page in WITH_LINES if page.subject == "pack"]


def raised() -> Iterator[str]:
    """Return each code that the source can raise of a file: given in a call, held in a table, or made of a kind."""
    kinds = {"reading"}
    for path in (*RAISING, *sorted((SOURCE / "model").glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ) if name in TABLES:
                    yield from (ast.literal_eval(one.elts[0]) for one in ast.walk(value) if isinstance(one, ast.Tuple))
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str(first)), *_]
                ):
                    if name in ADDING and (name == "Diagnostic" or len(node.args) > 2):
                        yield first
                    elif name in NAMING:
                        kinds.add(first)
                case _:
                    pass
    # As the reader of names makes them.
    yield from (f"unknown-{kind.partition(' of ')[0].replace(' ', '-')}" for kind in kinds)


def test_every_error_of_a_file_can_be_looked_up_and_no_other() -> None:
    assert set(ERRORS) == set(raised())
    assert not set(ERRORS) & {*rules(), *IGNORING}


def test_every_error_that_lines_can_show_shows_them() -> None:
    assert {page.code for page in ERRORS.values() if not page.example} == {*WITHOUT_LINES}


def errors_in(lines: str) -> set[str]:
    pack = shipped.pack()
    try:
        scenario = build_scenario(lines, "strike.yaml", pack, id="strike")
    except AuthcheckError as error:
        return {one.code for one in error.diagnostics}
    return {one.code for one in lint_scenario(scenario, pack) if one.severity is Severity.ERROR}


def errors_in_pack(files: Mapping[str, str]) -> set[str]:
    try:
        build_pack(PackText("pack", {name: text.encode() for name, text in files.items()}, "sha256:0"))
    except AuthcheckError as error:
        return {one.code for one in error.diagnostics}
    return set()


@pytest.mark.parametrize("page", OF_PACKS, ids=lambda page: page.code)
def test_the_lines_of_a_pack_have_the_error_alone_and_as_they_should_be_none(page: RuleDoc) -> None:
    files = {name: data.decode() for name, data in read_pack_text(MINIMAL).files.items()}
    assert errors_in_pack(files) == set()
    for example in page.example:
        # The lines as they should be are those of the pack.
        bad = with_the_bad(files[example.file], example)
        assert errors_in_pack({**files, example.file: bad}) == {page.code}


@pytest.mark.parametrize("page", [page for page in WITH_LINES if page not in OF_PACKS], ids=lambda page: page.code)
def test_the_lines_have_the_error_alone_and_as_they_should_be_none(page: RuleDoc) -> None:
    for example in page.example:
        assert errors_in(example.bad) == {page.code}
        assert errors_in(example.good) == set()


@pytest.mark.parametrize("page", ERRORS.values(), ids=lambda page: page.code)
def test_the_page_says_in_a_sentence_what_it_means_and_why(page: RuleDoc) -> None:
    assert page.summary[0].islower() or page.summary[0] == "`"
    assert not page.summary.endswith(".")
    assert page.why.endswith(".")


@pytest.mark.parametrize("code", ["unknown-fact", "file-missing", "cycle"])
def test_a_code_that_was_printed_can_be_looked_up(code: str, run: shipped.Run) -> None:
    page = ERRORS[code]
    shown = run("check", "--explain", code).stdout
    assert shown.startswith(f"{code}: {page.summary}\n  An error, of a {page.subject}. {page.why}\n")
    for example in page.example:
        for lines in (example.bad, example.good):
            assert textwrap.indent(lines, "    ") in shown


def test_an_error_cannot_be_chosen_or_left_out(run: shipped.Run) -> None:
    for option in ("--select", "--exclude-rule"):
        done = run("check", option, "unknown-fact")
        assert done.returncode == 2
        assert "`unknown-fact` is an error, which is always reported" in " ".join(done.stderr.split())
