from __future__ import annotations

import pytest

from authcheck.model import condition
from authcheck.model.authority import ALWAYS
from authcheck.model.claim import (
    All,
    Changes,
    Form,
    Iff,
    NeverHigher,
    NeverLower,
    Some,
    Unchanged,
    authorities_of,
    authority_asked,
    caution_asked,
    caution_name,
    cautions_of,
    conditions_of,
    verdict_name,
)
from authcheck.model.condition import AllOf, AnyOf, Condition, Not
from authcheck.model.verdict import Verdict

STORM = condition.Test("storm", ("raging",))
ACT = condition.Test(verdict_name("harbour-act"), ("available",))
BOAT = condition.Test(verdict_name("pilot-boat"), ("unavailable", "silent"))
ROCKS = condition.Test(caution_name("rocks"), (True,))

FORMS: dict[str, tuple[Form, tuple[Condition, ...]]] = {
    "all": (All(STORM, ACT), (STORM, ACT)),
    "some": (Some(ACT), (ACT,)),
    "iff": (Iff(ROCKS, STORM), (ROCKS, STORM)),
    "unchanged": (Unchanged(("harbour-act",), {"storm": ()}), ()),
    "changes": (Changes(("harbour-act",), {"storm": ()}, Verdict.SILENT, Verdict.AVAILABLE), ()),
    "never lower": (NeverLower(("harbour-act",), ALWAYS, STORM, Not(STORM)), (ALWAYS, STORM, Not(STORM))),
    "never higher": (NeverHigher(("harbour-act",), BOAT, "days"), (BOAT,)),
}


@pytest.mark.parametrize(("form", "expected"), FORMS.values(), ids=FORMS)
def test_a_claim_is_read_in_the_order_of_its_conditions(form: Form, expected: tuple[Condition, ...]) -> None:
    assert conditions_of(form) == expected


def test_a_condition_of_a_claim_may_ask_for_a_verdict_or_a_caution() -> None:
    assert (authority_asked(ACT), caution_asked(ACT)) == ("harbour-act", "")
    assert (authority_asked(ROCKS), caution_asked(ROCKS)) == ("", "rocks")
    assert (authority_asked(STORM), caution_asked(STORM)) == ("", "")


def test_a_claim_speaks_of_the_authorities_and_cautions_that_it_names_or_asks_for() -> None:
    form = All(AllOf((BOAT, ROCKS, ACT)), AnyOf((ACT, Not(ROCKS))))

    assert authorities_of(form) == ("pilot-boat", "harbour-act")
    assert cautions_of(form) == ("rocks",)
    assert authorities_of(NeverHigher(("harbour-act",), BOAT, "days")) == ("harbour-act", "pilot-boat")
