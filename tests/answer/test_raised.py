"""What puts an authority in question, and what does not."""

from __future__ import annotations

import pytest

from authcheck.answer.answer import Attention
from authcheck.loading.scenarios import build_scenario
from tests import shipped

STRIKE = """
scenario: A strike at sea
as_of: 2025-09-04
facts:
  operation_type: airstrike
  conducting_element: us_armed_forces
  operation_location: international_airspace_or_waters
  presidential_approval: true
"""


@pytest.mark.parametrize(
    ("stated", "attention"),
    [
        ("role_to_be_acknowledged: false", Attention.RAISED),
        ("role_to_be_acknowledged: true", Attention.QUIET),
        ("role_to_be_acknowledged: true\n  intelligence_committees_notified: true", Attention.RAISED),
        ("role_to_be_acknowledged: true\n  presidential_finding: true", Attention.RAISED),
    ],
)
def test_an_open_operation_raises_title_50_only_by_a_step_of_title_50(stated: str, attention: Attention) -> None:
    scenario = build_scenario(f"{STRIKE}  {stated}\n", "strike.yaml", shipped.pack(), id="strike")
    assert shipped.decider().decide(scenario).authorities["title-50"].attention is attention
