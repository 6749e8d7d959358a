"""Annotations for GitHub Actions, printed as commands to the runner.

A step shows ten errors and ten warnings and drops the rest without a word (actions/toolkit,
problem-matchers.md), so that we choose them, and the last one says how many more there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from notelint.finding import Diagnostic, Severity
from notelint.report.escape import inert, printable
from notelint.report.place import last_line
from notelint.report.text import count, totals

MOST = 10  # annotations of a kind that GitHub shows for a step


def render(
    diagnostics: Sequence[Diagnostic], files: int, *, elsewhere: str = "", counts: bool = True
) -> str:
    """Errors, then warnings, at most :data:`MOST` of each; paths from the repository's root.

    *elsewhere* says where the whole list is, as in "the step summary lists all".
    """
    shown = "".join(
        line + "\n"
        for kind in (Severity.ERROR, Severity.WARNING)
        for line in _of_a_kind(
            kind, [each for each in diagnostics if each.severity is kind], elsewhere
        )
    )
    return shown + (totals(diagnostics, files) + "\n" if counts else "")


def _of_a_kind(kind: Severity, found: Sequence[Diagnostic], elsewhere: str) -> list[str]:
    if len(found) <= MOST:
        return [_annotation(each) for each in found]
    more = count(len(found) - MOST + 1, f"more {kind.value}")
    last = _command(kind, {"title": "notelint"}, f"{more}; {elsewhere}" if elsewhere else more)
    return [*(_annotation(each) for each in found[: MOST - 1]), last]


def _annotation(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.range
    where: dict[str, str | int] = {
        "file": diagnostic.path,
        "line": start.line,
        "endLine": last_line(diagnostic),
        "title": diagnostic.rule,
    }
    if start.line == end.line:  # GitHub takes columns only within one line
        where |= {"col": start.column, "endColumn": end.column}
    return _command(diagnostic.severity, where, diagnostic.message)


def _command(kind: Severity, properties: dict[str, str | int], message: str) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # the runner obeys the first command of a line only; a log viewer may think otherwise
    return f"::{kind.value} {inert(given)}::{inert(_data(message))}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
