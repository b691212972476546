"""Changes of one or two facts of a scenario that alter a verdict or a crux, those that teach most first.

`results.py` comes first: what is told. `search.py` finds the changes, `telling.py` words them and writes scenarios.
"""

from __future__ import annotations

from authcheck.asking.variants.results import Alteration, ConditionChange, Effect, FactChange, Variant, Variants
from authcheck.asking.variants.search import AlteringChange, find_variants
from authcheck.asking.variants.telling import variant_scenario, variants_of

__all__ = [
    "Alteration",
    "AlteringChange",
    "ConditionChange",
    "Effect",
    "FactChange",
    "Variant",
    "Variants",
    "find_variants",
    "variant_scenario",
    "variants_of",
]
