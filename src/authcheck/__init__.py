"""On which legal authorities would a described scenario rely, and who says so?

    pack = load_pack()
    scenario = load_scenario("drone-attack", pack)
    answer = decide(pack, scenario, lens="all")
    answer.verdicts["article-ii"]

`decide_many` takes an iterable, and `decide_table` a table of pandas or Arrow. Everything returned is a frozen value.
Errors of files are raised as one AuthcheckError with all diagnostics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from authcheck.answer import Decider
    from authcheck.answer.answer import Answer
    from authcheck.answer.record import Record
    from authcheck.api import decide, decide_many, decide_table, load_pack, load_scenario
    from authcheck.arrow import NotInstalledError
    from authcheck.diagnostics import AuthcheckError, Diagnostic
    from authcheck.loading.cache import Cache
    from authcheck.loading.folders import shipped_pack

__all__ = [
    "Answer",
    "AuthcheckError",
    "Cache",
    "Decider",
    "Diagnostic",
    "NotInstalledError",
    "Record",
    "__version__",
    "decide",
    "decide_many",
    "decide_table",
    "load_pack",
    "load_scenario",
    "shipped_pack",
]

__version__ = "0.1.0"

_HOME = {
    "Answer": "authcheck.answer.answer",
    "AuthcheckError": "authcheck.diagnostics",
    "Cache": "authcheck.loading.cache",
    "Decider": "authcheck.answer",
    "Diagnostic": "authcheck.diagnostics",
    "NotInstalledError": "authcheck.arrow",
    "Record": "authcheck.answer.record",
    "decide": "authcheck.api",
    "decide_many": "authcheck.api",
    "decide_table": "authcheck.api",
    "load_pack": "authcheck.api",
    "load_scenario": "authcheck.api",
    "shipped_pack": "authcheck.loading.folders",
}


def __getattr__(name: str) -> object:
    # The names load when they are used, so that `authcheck --version` imports next to nothing.
    if name not in _HOME:
        raise AttributeError(name)
    import importlib

    return getattr(importlib.import_module(_HOME[name]), name)
