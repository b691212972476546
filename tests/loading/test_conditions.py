"""Conditions of a pack that cannot be read are named, with their place."""

from __future__ import annotations

import pytest

from authcheck.diagnostics import AuthcheckError
from authcheck.loading.files import PackText
from authcheck.loading.folders import read_pack_text
from authcheck.loading.packs import build_pack
from tests.shipped import HARBOUR


@pytest.mark.parametrize(
    ("written", "code"),
    [("{at_least: 5, at_most: 4}", "reversed-range"), ("{at_least: 0}", "range-needed"), ("few", "range-needed")],
)
def test_a_range_that_no_number_meets_is_named_with_its_place(written: str, code: str) -> None:
    text = read_pack_text(HARBOUR)
    rules = text.files["harbour-act.yaml"].decode()
    asked = "{crew_size: {at_least: 4, at_most: 5}}"
    assert rules.count(asked) == 1
    files = {**text.files, "harbour-act.yaml": rules.replace(asked, f"{{crew_size: {written}}}").encode()}

    with pytest.raises(AuthcheckError) as error:
        build_pack(PackText(text.folder, files, "sha256:changed"))

    (problem,) = error.value.diagnostics
    line = rules[: rules.index(asked)].count("\n") + 1
    assert (problem.code, problem.place.line) == (code, line)
