"""The report as text: a finding on each line, and a line of totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from notelint.diagnostics import Diagnostic, RunReport


def render(report: RunReport) -> str:
    """``path:line:column: severity: message [rule]`` for each finding."""
    return "".join(f"{each}\n" for each in report.diagnostics)


def with_places(diagnostic: Diagnostic) -> str:
    """The message, with the places in other files, for a report that lists none."""
    others = [
        f"{each.path}:{each.range.start.line}"
        for each in diagnostic.related
        if each.path != diagnostic.path
    ]
    return diagnostic.message + (f" ({', '.join(others)})" if others else "")


def totals(report: RunReport, *, new: bool = False) -> str:
    """The numbers of problems, of files and of what can be fixed, in one line.

    *new*: the problems of a baseline are left out.
    """
    found, kind = report.diagnostics, "new problem" if new else "problem"
    if not found:
        return f"No {kind}s in {count(report.files, 'file')}"
    errors = sum(each.severity.value == "error" for each in found)
    kinds = f"{count(errors, 'error')}, {count(len(found) - errors, 'warning')}"
    bad = len({each.path for each in found})
    files = count(max(bad, report.files), "file")  # a picture has findings, but is not read
    return f"{count(len(found), kind)} ({kinds}) in {bad} of {files}{_fixable(found)}"


def _fixable(found: Sequence[Diagnostic]) -> str:
    # Only `notelint links` reports this rule, and it reports no other that has a fix.
    online = any(each.rule == "moved-link" for each in found)
    command = "notelint links --fix" if online else "notelint fix"
    fixable = Counter(each.fix.safe for each in found if each.fix)
    safe, unsafe = fixable[True], fixable[False]
    if not safe:
        return f"; {unsafe} fixable with {command} --unsafe" if unsafe else ""
    more = f", {unsafe} more with --unsafe" if unsafe else ""
    return f"; {safe} fixable with {command}{more}"


def statistics(diagnostics: Sequence[Diagnostic]) -> str:
    """The number of findings of each rule, highest first."""
    counts = Counter(each.rule for each in diagnostics)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{number:>6}  {rule}\n" for rule, number in rows)


def count(number: int, what: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {what}{'' if number == 1 else 's'}"
