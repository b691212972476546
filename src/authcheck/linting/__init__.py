"""What can be read and is doubtful all the same: rules without words behind them, parts that do nothing.

Open `linter` first. A rule for packs is a module of `checks`, one for scenarios a module of
`scenario_checks`, or of `set_checks` where it holds them beside one another: adding a file adds the rule.
`errors` has a page on each error for which a file cannot be read or a scenario answered. `survey` answers what
several rules ask of a pack, `idleness` what can never matter. May import `decision` and what stands below it.
"""

from __future__ import annotations

from authcheck.linting.linter import lint_pack, lint_scenario, lint_scenarios, rules
from authcheck.linting.rule import RuleDoc

__all__ = ["RuleDoc", "lint_pack", "lint_scenario", "lint_scenarios", "rules"]
