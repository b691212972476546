"""What is wrong with inputs, as a log in the Static Analysis Results Interchange Format, version 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from urllib.parse import quote

from authcheck.diagnostics import Diagnostic, Severity
from authcheck.linting.rule import RuleDoc
from authcheck.rendering.values import json_text

__all__ = ["sarif_text"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_text(diagnostics: Iterable[Diagnostic], rules: Mapping[str, RuleDoc], version: str) -> str:
    """Return the log: one run, its rules, and a result for each diagnostic. Lines and columns count from 1."""
    found = tuple(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in found})
    driver = {"name": "authcheck", "version": version, "rules": [_rule(rules[code]) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in found],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: RuleDoc) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": f"{rule.summary[0].upper()}{rule.summary[1:]}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"authcheck check --explain {rule.code}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, index: int) -> dict[str, object]:
    help = f"\nHelp: {diagnostic.help}" if diagnostic.help else ""
    said = f"{diagnostic.message[0].upper()}{diagnostic.message[1:]}.{help}"
    path = PurePath(diagnostic.place.file)
    location: dict[str, object] = {
        "artifactLocation": {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
    }
    if diagnostic.place.line:
        location["region"] = {"startLine": diagnostic.place.line, "startColumn": max(diagnostic.place.column, 1)}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": location}],
    }
