"""The reports for GitHub Actions: annotations, and the summary of a step.

Annotations are commands printed to the runner. A step shows ten errors and ten warnings and
silently drops the rest (actions/toolkit, problem-matchers.md). So at most ten are printed, the
worst first, and the last one says how many more there are.

The summary is a Markdown table of all findings. GitHub renders it: it would fetch an image and
notify a mentioned user. So text from notes is in `<code>`, where GitHub ignores mentions and
references, and every character with a meaning in Markdown or in a bare URL is written as a
character reference, which has none (CommonMark, 2.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.project_urls import rule_page
from notelint.report.plain_text import count, totals, with_places
from notelint.text.escape import inert, printable
from notelint.text.startup import lazy_regex

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
    return _command(diagnostic.severity, where, with_places(diagnostic))


def _command(kind: Severity, properties: dict[str, str | int], message: str) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # the runner obeys only the first command of a line; a log viewer may differ
    return f"::{kind.value} {inert(given)}::{inert(_data(message))}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


MAX_SUMMARY_BYTES = 1024 * 1024  # GitHub shows nothing of a longer summary
_MAX_FAILURES = 20  # listed; for the others, only their number

_MARK = lazy_regex(r"[!\"#$&'*+.:<=>@\[\\\]^_`{|}~]")
_HEAD = "\n| | where | rule | what |\n| --- | --- | --- | --- |\n"


def render_summary(report: RunReport, limit: int = MAX_SUMMARY_BYTES) -> str:
    """A heading, totals, failures, and a row for each finding, errors first, in *limit* bytes.

    Rows that do not fit are left out, and a last line says how many. The summary is empty if
    *limit* has no room for that line.
    """
    diagnostics = report.diagnostics
    title = f"## notelint\n\n{totals(report)}\n{_list(report.failures)}"
    cut = _cut(len(diagnostics))
    left = limit - len((title + _HEAD + cut).encode())
    if left < 0:
        return ""
    rows: list[str] = []
    for each in sorted(diagnostics, key=lambda each: each.severity is not Severity.ERROR):
        row = _row(each)
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    left_out = len(diagnostics) - len(rows)
    return "".join([title, _HEAD if rows else "", *rows, _cut(left_out) if left_out else ""])


def _list(failures: Sequence[str]) -> str:
    if not failures:
        return ""
    more = count(len(failures) - _MAX_FAILURES, "more failure")
    lines = [as_code(each) for each in failures[:_MAX_FAILURES]]
    lines += [f"{more}, see the log"] if len(failures) > _MAX_FAILURES else []
    return "\n" + "".join(f"- {line}\n" for line in lines)


def _cut(number: int) -> str:
    return f"\n{count(number, 'more problem')} left out: GitHub takes 1 MiB of a step's summary.\n"


def _row(diagnostic: Diagnostic) -> str:
    start = diagnostic.range.start
    where = as_code(f"{diagnostic.path}:{start.line}:{start.column}")
    rule, what = as_linked_code(diagnostic.rule), as_code(diagnostic.message)
    return f"| {diagnostic.severity.value} | {where} | {rule} | {what} |\n"


def as_linked_code(rule: str) -> str:
    """The name of a *rule* as code in Markdown, linked to its page where that has an address."""
    page = rule_page(rule)
    if page is None:
        return as_code(rule)
    return f'<a href="{escape(page).replace("|", "&#124;")}">{as_code(rule)}</a>'


def as_code(text: str) -> str:
    """*text* as code in Markdown that GitHub shows literally."""
    return f"<code>{_MARK.sub(_reference, printable(text))}</code>"


def _reference(mark: re.Match[str]) -> str:
    # the comment splits `name@host`: GitHub links an address even in <code>
    return f"&#{ord(mark[0])};" + ("<!-- -->" if mark[0] == "@" else "")
