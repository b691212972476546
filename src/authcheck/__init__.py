"""On which legal authorities would a described scenario rely, and who says so?

    pack = load_pack(shipped_pack(), Cache(None))
    scenario = load_scenario(Path("drone-attack.yaml"), pack, Cache(None))
    answer = decide(pack, scenario)
    answer.verdicts["article-ii"]

Everything returned is a frozen value. Errors of files are raised as one AuthcheckError with all diagnostics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from authcheck.answer import Decider, decide
    from authcheck.answer.answer import Answer
    from authcheck.diagnostics import AuthcheckError, Diagnostic
    from authcheck.loading.cache import Cache
    from authcheck.loading.folders import load_pack, load_scenario, shipped_pack

__all__ = [
    "Answer",
    "AuthcheckError",
    "Cache",
    "Decider",
    "Diagnostic",
    "__version__",
    "decide",
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
    "decide": "authcheck.answer",
    "load_pack": "authcheck.loading.folders",
    "load_scenario": "authcheck.loading.folders",
    "shipped_pack": "authcheck.loading.folders",
}


def __getattr__(name: str) -> object:
    # The names load when they are used, so that `authcheck --version` imports next to nothing.
    if name not in _HOME:
        raise AttributeError(name)
    import importlib

    return getattr(importlib.import_module(_HOME[name]), name)
