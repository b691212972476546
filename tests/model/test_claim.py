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
    cautions_of,
    conditions_of,
)
from authcheck.model.condition import AllOf, AnyOf, CautionShown, Condition, Not, VerdictIs
from authcheck.model.verdict import Verdict

STORM = condition.Test("storm", ("raging",))
ACT = VerdictIs("harbour-act", (Verdict.AVAILABLE,))
BOAT = VerdictIs("pilot-boat", (Verdict.UNAVAILABLE, Verdict.SILENT))
ROCKS = CautionShown("rocks")

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


def test_a_claim_speaks_of_the_authorities_and_cautions_that_it_names_or_asks_for() -> None:
    form = All(AllOf((BOAT, ROCKS, ACT)), AnyOf((ACT, Not(ROCKS))))

    assert authorities_of(form) == ("pilot-boat", "harbour-act")
    assert cautions_of(form) == ("rocks",)
    assert authorities_of(NeverHigher(("harbour-act",), BOAT, "days")) == ("harbour-act", "pilot-boat")
