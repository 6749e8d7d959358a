"""Annotations for GitHub Actions, printed as commands to the runner.

A step shows ten errors and ten warnings and silently drops the rest (actions/toolkit,
problem-matchers.md). So we choose them, and the last one says how many more there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.report.escape import inert, printable
from notelint.report.text import count

MAX_ANNOTATIONS = 10  # annotations of a kind that GitHub shows for a step


def render(report: RunReport) -> str:
    """Errors, then warnings, at most ten of each; paths must be from the root."""
    return "".join(
        line + "\n"
        for kind in (Severity.ERROR, Severity.WARNING)
        for line in _of_a_kind(
            kind,
            [each for each in report.diagnostics if each.severity is kind],
            "; the summary of this step lists all" if report.in_step_summary else "",
        )
    )


def _of_a_kind(kind: Severity, found: Sequence[Diagnostic], elsewhere: str) -> list[str]:
    if len(found) <= MAX_ANNOTATIONS:
        return [_annotation(each) for each in found]
    more = count(len(found) - MAX_ANNOTATIONS + 1, f"more {kind.value}")
    last = _command(kind, {"title": "notelint"}, more + elsewhere)
    return [*(_annotation(each) for each in found[: MAX_ANNOTATIONS - 1]), last]


def _annotation(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.range
    where: dict[str, str | int] = {
        "file": diagnostic.path,
        "line": start.line,
        "endLine": diagnostic.last_line,
        "title": diagnostic.rule,
    }
    if start.line == end.line:  # GitHub takes columns only within one line
        where |= {"col": start.column, "endColumn": end.column}
    return _command(diagnostic.severity, where, diagnostic.message)


def _command(kind: Severity, properties: dict[str, str | int], message: str) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # the runner obeys only the first command of a line; a log viewer may differ
    return f"::{kind.value} {inert(given)}::{inert(_data(message))}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
