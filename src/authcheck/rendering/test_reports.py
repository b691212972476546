"""What the tests of scenarios came to, in the forms that other programs read: JUnit's XML, TAP and GitHub's lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from authcheck.asking.expectations import Difference, ExpectationResult
from authcheck.diagnostics import Diagnostic
from authcheck.loading.files import printable
from authcheck.rendering.diagnostics import github_lines
from authcheck.rendering.layout import Line, line

__all__ = ["github_report", "junit_text", "tap_lines"]


def junit_text(
    results: Sequence[ExpectationResult], without: Sequence[str], unread: Sequence[tuple[str, Sequence[Diagnostic]]]
) -> str:
    """Return the XML that tools for JUnit read: one case for each expectation, and for each scenario without one."""
    suite = ElementTree.Element(
        "testsuite",
        name="authcheck",
        tests=str(len(results) + len(without) + len(unread)),
        failures=str(sum(not result.met for result in results)),
        errors=str(len(unread)),
        skipped=str(len(without)),
    )
    for result in results:
        case = _case(suite, result.scenario, result.name, result.place.file, result.place.line)
        if not result.met:
            first = _differs(result.differences[0])
            failure = ElementTree.SubElement(case, "failure", type="expectation-not-met", message=printable(first))
            failure.text = _lines(_told(result))
    for name, problems in unread:
        case = _case(suite, name, name, name)
        error = ElementTree.SubElement(case, "error", type=problems[0].code, message=printable(problems[0].message))
        error.text = _lines(f"{problem.place}: {problem.message} [{problem.code}]" for problem in problems)
    for name in without:
        ElementTree.SubElement(_case(suite, name, name, name), "skipped", message="it has no `expect:`")
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(suites, encoding="unicode")}\n'


def tap_lines(
    results: Sequence[ExpectationResult], without: Sequence[str], unread: Sequence[tuple[str, Sequence[Diagnostic]]]
) -> Iterator[Line]:
    """Return the lines of the Test Anything Protocol, version 13."""
    yield line("TAP version 13")
    yield line(f"1..{len(results) + len(without) + len(unread)}")
    for number, result in enumerate(results, start=1):
        yield line(f"{'ok' if result.met else 'not ok'} {number} - {_escaped(result.name)}", hang=0)
        yield from (line(f"# {said}", hang=0) for said in _told(result))
    for number, (name, problems) in enumerate(unread, start=len(results) + 1):
        yield line(f"not ok {number} - {_escaped(name)}", hang=0)
        yield from (line(f"# {problem.place}: {problem.message} [{problem.code}]", hang=0) for problem in problems)
    for number, name in enumerate(without, start=len(results) + len(unread) + 1):
        yield line(f"ok {number} - {_escaped(name)} # SKIP it has no `expect:`", hang=0)


def github_report(
    results: Sequence[ExpectationResult], unread: Sequence[tuple[str, Sequence[Diagnostic]]]
) -> Iterator[Line]:
    """Return each point on which an answer differs, and each fault of a file, as an annotation of a workflow."""
    yield from github_lines(problem for _, problems in unread for problem in problems)
    yield from github_lines(
        Diagnostic(
            "expectation-not-met", f"{result.name}: {_differs(difference)}", difference.place, help=difference.reason
        )
        for result in results
        for difference in result.differences
    )


def _case(suite: ElementTree.Element, scenario: str, name: str, file: str, number: int = 0) -> ElementTree.Element:
    given = {"classname": printable(scenario), "name": printable(name), "file": printable(file)}
    return ElementTree.SubElement(suite, "testcase", given | ({"line": str(number)} if number else {}))


def _lines(texts: Iterable[str]) -> str:
    """Return the texts as lines, without what XML cannot hold."""
    return "\n".join(map(printable, texts))


def _told(result: ExpectationResult) -> Iterator[str]:
    for difference in result.differences:
        yield f"{difference.place}: {_differs(difference)}"
        if difference.reason:
            yield f"  {difference.reason}"


def _differs(difference: Difference) -> str:
    if not difference.expected:
        return f"{difference.authority} is {difference.got}, and not listed"
    asked = "relied on: " if difference.aspect.value == "relies-on" else ""
    return f"{difference.authority}: {asked}expected {difference.expected}, got {difference.got}"


def _escaped(text: str) -> str:
    """Return a description in which `#` begins no directive."""
    return text.replace("\\", "\\\\").replace("#", "\\#")
