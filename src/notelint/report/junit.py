"""The report as JUnit XML, which most CI servers show as failed tests."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from notelint.diagnostics import Diagnostic, RunReport
from notelint.report.xml_text import attributes, text


def render(report: RunReport) -> str:
    """A suite for each note with findings, a failed case for each; else one case that passed."""
    diagnostics = report.diagnostics
    number = max(1, len(diagnostics))
    suites = [
        _suite(path, list(found)) for path, found in groupby(diagnostics, lambda each: each.path)
    ] or [_PASSED]
    counts = attributes(name="notelint", tests=number, failures=len(diagnostics), errors=0)
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{counts}>", *suites, _END]
    )


_END = "</testsuites>\n"
_PASSED = (
    ' <testsuite name="notelint" tests="1" failures="0" errors="0">\n'
    '  <testcase name="nothing found" classname="notelint"/>\n'
    " </testsuite>"
)


def _suite(path: str, found: Sequence[Diagnostic]) -> str:
    counts = attributes(name=path, tests=len(found), failures=len(found), errors=0)
    cases = "\n".join(_case(each) for each in found)
    return f" <testsuite{counts}>\n{cases}\n </testsuite>"


def _case(diagnostic: Diagnostic) -> str:
    start = diagnostic.range.start
    case = attributes(
        name=f"{diagnostic.rule} at {start.line}:{start.column}",
        classname=diagnostic.path,
        file=diagnostic.path,
        line=start.line,
    )
    failure = attributes(message=diagnostic.message, type=diagnostic.rule)
    return (
        f"  <testcase{case}>\n   <failure{failure}>{text(str(diagnostic))}</failure>\n  </testcase>"
    )
