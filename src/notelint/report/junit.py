"""The report as JUnit XML, which most CI servers show as failed tests."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from notelint.diagnostics import Diagnostic, RunReport
from notelint.text.escape import printable


def render(report: RunReport) -> str:
    """A suite for each note with findings, a failed case for each; else one case that passed."""
    diagnostics = report.diagnostics
    number = max(1, len(diagnostics))
    suites = [
        _suite(path, list(found)) for path, found in groupby(diagnostics, lambda each: each.path)
    ] or [_PASSED]
    counts = _attributes(name="notelint", tests=number, failures=len(diagnostics), errors=0)
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
    counts = _attributes(name=path, tests=len(found), failures=len(found), errors=0)
    cases = "\n".join(_case(each) for each in found)
    return f" <testsuite{counts}>\n{cases}\n </testsuite>"


def _case(diagnostic: Diagnostic) -> str:
    start = diagnostic.range.start
    case = _attributes(
        name=f"{diagnostic.rule} at {start.line}:{start.column}",
        classname=diagnostic.path,
        file=diagnostic.path,
        line=start.line,
    )
    failure = _attributes(message=diagnostic.message, type=diagnostic.rule)
    return (
        f"  <testcase{case}>\n"
        f"   <failure{failure}>{_text(str(diagnostic))}</failure>\n"
        "  </testcase>"
    )


def _attributes(**values: str | int) -> str:
    return "".join(f' {name}="{_text(str(value))}"' for name, value in values.items())


# U+FFFE and U+FFFF are not characters of XML 1.0 (2.2); `printable` has escaped the controls.
_REPLACED = {'"': "&quot;", "\ufffe": "\ufffd", "\uffff": "\ufffd"}


def _text(text: str) -> str:
    # a log must not show `##[command]` of a note
    return escape(printable(text), _REPLACED).replace("##[", "&#35;#[")
