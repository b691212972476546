"""What a student asks beside the law is answered where the story raises it, and nowhere else."""

from __future__ import annotations

import json

import pytest

from tests.shipped import Run

BESIDE_THE_LAW = frozenset(
    [
        "actions-first",
        "cyber",
        "families",
        "order-asks",
        "raid-risks",
        "smaller-groups",
        "strike-or-raid",
        "tariff-deal",
        "unprecedented",
        "what-must-come-first",
    ]
)


@pytest.mark.parametrize(
    ("scenario", "raised"),
    [
        (
            "drone-attack",
            {
                "actions-first",
                "cyber",
                "smaller-groups",
                "strike-or-raid",
                "tariff-deal",
                "unprecedented",
                "what-must-come-first",
            },
        ),
        (
            "title-50-raid",
            {"cyber", "families", "raid-risks", "smaller-groups", "unprecedented", "what-must-come-first"},
        ),
        ("bank-pressure", set()),
        ("gulf-of-california", set()),
        ("training-approved", set()),
    ],
)
def test_cautions_beside_the_law_are_shown_where_the_story_raises_them(
    scenario: str, raised: set[str], run: Run
) -> None:
    answer = json.loads(run("evaluate", scenario, "--unstated", "absent", "--format", "json").stdout)
    shown = {caution["caution"] for caution in answer["cautions"] if caution["holds"]}
    assert shown & BESIDE_THE_LAW == raised
